//! What the desk hands over to a screen: plain values, read in one go.

use std::sync::Arc;

use super::{
    Dossier, Id,
    decision::{Since, Void},
    fields::Moment,
    people::Role,
    register::{Group, Point, Tally},
    summary::{NextStep, Summary},
};

pub use super::across::{Across, AcrossRow, AcrossRows, AllThreats, By, Chosen, MARKS, Query, TAKEN_BACK, Which};

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
    /// The folder that it is in, as a person reads it.
    pub folder: String,
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
    /// Which entries voided whose sign-off.
    pub voided: Vec<Void>,
    /// What changed since the content that was decided on last.
    pub since: Option<Arc<Since>>,
    /// Drafts that were kept, by key.
    pub drafts: Vec<(String, String)>,
    /// How the register was looked at last, as a line of text.
    pub register: Option<String>,
    /// The threats by level over the last weeks, oldest first; the last point is today.
    pub trend: Vec<Point>,
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
    /// The risk of all systems.
    pub risk: Box<Risk>,
    /// The number that only the rows behind are shown of, if so.
    pub only: Option<Box<OnlySystems>>,
}

/// The risk of all systems.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Risk {
    /// The threats in numbers.
    pub tally: Tally,
    /// The same by level over the last weeks, oldest first; the last point is today.
    pub trend: Vec<Point>,
}

/// A number of the whole portfolio, of which the rows are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// The systems that have threats of a group.
    Threats(Group),
    /// The systems of a tier, by its code; empty before the intake.
    Tier(String),
}

impl Behind {
    /// What it is called, in a title.
    pub fn label(&self) -> String {
        match self {
            Self::Threats(group) => group.label(),
            Self::Tier(code) if code.is_empty() => "no tier yet".to_owned(),
            Self::Tier(code) => format!("tier {code}"),
        }
    }
}

/// That a board shows only the systems behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnlySystems {
    /// Which number.
    pub behind: Behind,
    /// How many threats of it each of the rows has; nothing where systems are counted.
    pub counts: Vec<u32>,
    /// How many threats they are in all.
    pub threats: u32,
    /// How many systems there are without it.
    pub of: usize,
}

/// The whole portfolio in pictures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Portfolio {
    /// The risk of all systems.
    pub risk: Risk,
    /// How many systems have which tier, by its code.
    pub tiers: Vec<(String, u32)>,
    /// The systems with the most open risk: how many threats, and the worst level, 0 none to 4 critical.
    pub top: Vec<(Id, String, u32, u8)>,
    /// How many systems there are.
    pub systems: u32,
}

/// One entry of the journal, as a person reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLine {
    /// Its number in this file.
    pub n: i64,
    /// What it is about.
    pub about: Id,
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

/// The text of a control of some system: what can be said anew of another one, and nothing of how far it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlText {
    /// What is done, in one line.
    pub title: String,
    /// How it works and where.
    pub description: String,
    /// The code of how it is shown that it works; empty where nobody said.
    pub method: String,
    /// The system that it comes from, and how many more have the same.
    pub place: String,
}

/// How many systems are read at a time.
pub const PAGE: usize = 64;
/// How many of the next steps of one person are read.
pub const STEPS: usize = 40;
/// How many systems the list of those with the most open risk names.
pub const TOP: usize = 12;
