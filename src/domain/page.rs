//! What the desk hands over to a screen: plain values, read in one go.

use super::{
    Dossier, Id,
    fields::Moment,
    people::Role,
    summary::{NextStep, Summary},
};

pub use super::across::{Across, By, MARKS, AllThreats, AcrossRow, AcrossRows, Query, Which};

/// Who is at the keyboard, and in which hat.
#[derive(Debug, Clone, PartialEq)]
pub struct Me {
    /// Who.
    pub person: Id,
    /// Their name.
    pub name: String,
    /// The hat they wear now.
    pub role: Role,
    /// Every hat that they hold somewhere in the record.
    pub roles: Vec<Role>,
}

/// What the record is, for the header.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecordInfo {
    /// The name of the file.
    pub name: String,
    /// Whether it is the sample.
    pub sample: bool,
    /// Why it cannot be written, if it cannot.
    pub read_only: Option<String>,
}

/// One system, as the desk hands it over.
#[derive(Debug)]
pub struct Opened {
    /// Everything about it.
    pub dossier: Dossier,
    /// What happened, newest first.
    pub history: Vec<HistoryLine>,
    /// Which edit voided whose sign-off: by role, one sentence.
    pub voided: Vec<(Role, String)>,
    /// Drafts that were kept, by key.
    pub drafts: Vec<(String, String)>,
    /// How the register was looked at last, as a line of text.
    pub register: Option<String>,
}

/// A part of the board.
#[derive(Debug, Default)]
pub struct BoardPage {
    /// The number of the first row.
    pub from: usize,
    /// The rows.
    pub rows: Vec<(Id, Summary)>,
    /// How many systems there are.
    pub total: usize,
    /// How many of them have something late.
    pub late: usize,
    /// How many hold a current clearance.
    pub cleared: usize,
    /// How many have something missing.
    pub with_gaps: usize,
    /// How many threats have no score.
    pub unscored: usize,
    /// What waits for this person, most pressing first.
    pub steps: Vec<(Id, String, NextStep)>,
    /// How many next steps wait for this person in all.
    pub steps_total: usize,
    /// Drafts that were kept, by key.
    pub drafts: Vec<(String, String)>,
}

/// One entry of the journal, as a person reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLine {
    /// Its number in this file.
    pub n: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// In which hat.
    pub role: String,
    /// What, in words made from the table of fields.
    pub what: String,
    /// Why, in their own words.
    pub why: String,
}

/// Something with a name that was found in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The system that it belongs to.
    pub system: Id,
    /// The threat, if it is one.
    pub thing: Option<Id>,
    /// What it is called.
    pub text: String,
    /// Where it is.
    pub place: String,
}

/// What a queue is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueOf {
    /// The unscored threats of one system, or of all.
    Threats(Option<Id>),
    /// The unscored threats among those that the register over all systems shows.
    Shown,
    /// The systems whose intake is not answered.
    Intakes,
}

/// One thing of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueItem {
    /// The system.
    pub system: Id,
    /// Its name.
    pub name: String,
    /// The code of its tier; empty before the intake.
    pub tier: String,
    /// The threat; none where the system itself waits.
    pub threat: Option<Id>,
    /// What it is called.
    pub title: String,
}

/// How many things a queue holds at most; what is left comes with the next one.
pub const QUEUE: usize = 500;

/// How many systems are read at a time.
pub const PAGE: usize = 64;
/// How many of the next steps of one person are read.
pub const STEPS: usize = 40;
