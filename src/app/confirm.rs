//! Small overlays: a question, a list to choose from, a text to read.

use super::{Effect, list::Selection, log::Facet, measure};
use crate::{
    domain::{
        Id, Kind,
        after::ChangeKind,
        bring::TableColumns,
        command::Command,
        decision::{ProvisoKind, SignedAct},
        log::LogQuery,
        people::Role,
        register::Treatment,
    },
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
    /// Have an act signed with the SSH key of whoever sits here.
    Seal(SignedAct, Id),
    /// Close the sheet below; its draft is kept.
    CloseForm,
    /// Take in the file that was read.
    TakeIn(Option<Id>),
    /// Do it over several systems although one undo does not take it back.
    Carry(Box<Effect>),
    /// Ask something of meetings.
    Meeting(super::meeting::MeetingAsk),
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

impl Pick {
    /// Whether it is ticked or not; none for what is chosen at once.
    pub fn ticked(&self) -> Option<bool> {
        match self {
            Self::Tick(_, on) | Self::Column(_, on) => Some(*on),
            Self::Add(_)
            | Self::Link(..)
            | Self::NewControl(_)
            | Self::Because(..)
            | Self::Fact(_)
            | Self::Hat(..)
            | Self::Propose(_)
            | Self::Proviso(..)
            | Self::Change(_)
            | Self::Facet(_)
            | Self::Field(..)
            | Self::Narrow(_) => None,
        }
    }
    /// Ticks it, or no longer.
    pub fn tick(&mut self) {
        if let Self::Tick(_, on) | Self::Column(_, on) = self {
            *on = !*on;
        }
    }
}

/// What choosing does.
#[derive(Debug, Clone, PartialEq)]
pub enum Pick {
    /// Add a thing of this kind.
    Add(Kind),
    /// Mark for the commands that take several; the chooser stays open.
    Tick(String, bool),
    /// Record a change of this kind.
    Change(ChangeKind),
    /// Link the selected threat with this control.
    Link(Id, Id),
    /// Correct this system fact.
    Fact(&'static str),
    /// Add a new control against this threat.
    NewControl(Id),
    /// Propose to accept the risk of this threat.
    Propose(Id),
    /// Add a condition of this kind to this proposal.
    Proviso(Id, ProvisoKind),
    /// Show a column of the register; the chooser stays open.
    Column(&'static str, bool),
    /// Do it in this hat.
    Hat(Role, Action),
    /// Treat the chosen threats so, for this reason, or for one that is still to be written.
    Because(Treatment, Option<String>),
    /// Narrow the log by this: to what, another list asks.
    Facet(Facet),
    /// Narrow the log to this.
    Narrow(Box<LogQuery>),
    /// Read a column of a table into this field, or into none.
    Field(usize, Option<usize>),
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
    /// What Enter takes in, where it describes something that can be.
    pub take_in: Option<Take>,
}

/// What a text to read describes and Enter takes in.
#[derive(Debug, Clone, PartialEq)]
pub enum Take {
    /// The file that was read last: into this system, or each of its systems as its own.
    File(Option<Id>),
    /// The same of a table, of which a person may say what its columns are.
    Table(Option<Id>, Box<TableColumns>),
    /// Results of tests, once somebody said which system was tested.
    Choose,
    /// Rows that were pasted into the system that is open.
    Rows(Command),
}

/// A text to read is never wider than this.
const WIDEST: u16 = 100;

impl Reader {
    /// The columns that its text has on a terminal that is so wide.
    pub fn columns(terminal: u16) -> usize {
        usize::from(terminal.saturating_sub(4).min(WIDEST))
    }

    /// One line over as many lines as it needs, each as far in as the first.
    pub fn wrapped(line: &str, columns: usize) -> Vec<String> {
        let bare = line.trim_start();
        let blanks = (line.len() - bare.len()).min(columns / 2);
        if measure::width(line) <= columns {
            return vec![line.to_owned()];
        }
        let lead = " ".repeat(blanks);
        measure::wrap(bare, columns.saturating_sub(blanks).max(1)).iter().map(|text| format!("{lead}{text}")).collect()
    }

    /// The last line that has to stand on top so that the end is in sight, on a terminal of this size.
    pub fn last(&self, size: (u16, u16)) -> usize {
        let mut room = Self::room(size);
        let fits = self.lines.iter().rev().take_while(|line| {
            let high = Self::wrapped(line, Self::columns(size.0)).len();
            let fits = high <= room;
            room = room.saturating_sub(high);
            fits
        });
        self.lines.len() - fits.count()
    }

    /// How many lines from the top one on are in sight in full; at least one.
    pub fn seen(&self, size: (u16, u16)) -> usize {
        let mut room = Self::room(size);
        let fits = self.lines.iter().skip(self.top).take_while(|line| {
            let high = Self::wrapped(line, Self::columns(size.0)).len();
            let fits = high <= room;
            room = room.saturating_sub(high);
            fits
        });
        fits.count().max(1)
    }

    /// The header, the footer and the box take five lines.
    fn room(size: (u16, u16)) -> usize {
        usize::from(size.1.saturating_sub(5))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_by_page_every_line_is_seen() {
        let lines: Vec<String> = (0..60).map(|n| format!("  {n} {}", "word ".repeat(n % 40))).collect();
        for size in [(40, 10), (60, 20), (120, 36)] {
            let mut reader = Reader { lines: lines.clone(), ..Reader::default() };
            let mut seen = 0;
            while seen < lines.len() {
                assert!(reader.top <= seen, "nothing is passed over");
                seen = reader.top + reader.seen(size);
                assert!(seen == lines.len() || reader.top < reader.last(size));
                reader.top = (reader.top + reader.seen(size)).min(reader.last(size));
            }
        }
    }
}
