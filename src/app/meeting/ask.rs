//! What is asked of meetings, and what comes back.

use std::collections::BTreeMap;

use crate::{
    app::Opened,
    domain::{
        Dossier, Id,
        meeting::{Agenda, MeetingAct, Opined},
    },
};

/// What the screen asks of meetings.
#[derive(Debug, Clone, PartialEq)]
pub enum MeetingAsk {
    /// Read the agenda, with the system of the item of this key.
    Look(Option<String>),
    /// Do something of a meeting; then the item of this key is shown.
    Do(MeetingAct, Option<String>),
    /// The people to whom an action can be given, about a system or none.
    NewTask(Option<Id>),
    /// Take everything of the consent part that is pre-approved and unflagged, in one act.
    Consent(Id),
    /// Close it, and send what follows from its decisions.
    Close(Id),
    /// Keep what only whoever sits here sees.
    Keep(Private, Option<String>),
    /// Say what waits in the private queue, with a note.
    SayAll(Id, crate::domain::Prose),
    /// Read the minutes.
    Minutes(Id),
    /// Write the minutes to files.
    WriteMinutes(Id),
}

/// What only one person sees: what they mean to say, and what they have read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Private {
    /// What waits to be said.
    pub queue: Vec<Opined>,
    /// What of each item was seen when it was opened, by its key.
    pub read: BTreeMap<String, String>,
    /// The words of sheets that were not sent yet.
    pub drafts: Vec<(String, String)>,
}

/// The meeting as it is now.
#[derive(Debug, Default)]
pub struct MeetingView {
    /// The agenda.
    pub agenda: Agenda,
    /// The record that it was made from.
    pub record: Dossier,
    /// What only whoever sits here sees.
    pub private: Private,
    /// The item on which the cursor is to be; none leaves it.
    pub on: Option<String>,
    /// The system of the item that is shown.
    pub opened: Option<Box<Opened>>,
    /// Whether the sheet that asked is done with.
    pub closes: bool,
}
