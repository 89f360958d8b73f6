//! Small overlays: a question, a list to choose from, a text to read.

use super::list::Selection;
use crate::{
    domain::{Id, Kind, command::Command, people::Role},
    keymap::Action,
};

/// A question; only `y` says yes, and the key that asked never does.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// What is asked.
    pub question: String,
    /// Who does it, in which hat, and what follows.
    pub lines: Vec<String>,
    /// What yes does.
    pub yes: Yes,
}

/// What yes does.
#[derive(Debug, Clone, PartialEq)]
pub enum Yes {
    /// Change the hat and do it.
    SwitchAndDo(Role, Action),
    /// Change the hat and mend what was asked for.
    SwitchAndMend(Role, crate::domain::decision::Place),
    /// Carry out a command.
    Commit(Command),
    /// Close the sheet below; its draft is kept.
    CloseForm,
    /// Take in the file that was read.
    TakeIn(Option<Id>),
}

/// A list to choose one from.
#[derive(Debug, Clone, PartialEq)]
pub struct Chooser {
    /// What is chosen.
    pub title: String,
    /// What can be chosen.
    pub options: Vec<(String, Pick)>,
    /// Which one the cursor is on.
    pub at: Selection,
}

/// What choosing does.
#[derive(Debug, Clone, PartialEq)]
pub enum Pick {
    /// Add a thing of this kind.
    Add(Kind),
    /// Mark for the commands that take several; the chooser stays open.
    Tick(String, bool),
    /// Link the selected threat with this control.
    Link(Id, Id),
    /// Add a new control against this threat.
    NewControl(Id),
}

/// A text to read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reader {
    /// What it is.
    pub title: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// The first line shown.
    pub top: usize,
    /// Whether Enter takes in the file that it describes, and into which system.
    pub take_in: Option<Option<Id>>,
}
