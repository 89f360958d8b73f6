//! What the dashboard shows of one system, and what is to be done next for it.
//!
//! Computed from a dossier by one function and kept beside it, so that a portfolio of ten thousand systems opens in the
//! blink of an eye; [`Summary::good_until`] says when time alone makes it stale.

use super::{
    Id, Line,
    fields::{Day, Moment},
    people::Role,
};

/// One line of the dashboard.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// The name of the system.
    pub name: Line,
    /// The code of the tier that counts; empty before the intake.
    pub tier: String,
    /// The code of the lifecycle.
    pub lifecycle: String,
    /// The track in short form: one letter a station, see `decision::stage`.
    pub track: String,
    /// In whose court it is, in words: `DPO`, `Governance + DPO`, `cleared`.
    pub court: String,
    /// Since when.
    pub since: Option<Moment>,
    /// By when the next thing is due.
    pub due: Option<Day>,
    /// Gaps that the DPO has to close.
    pub dpo_gaps: u32,
    /// Gaps that governance has to close.
    pub governance_gaps: u32,
    /// All gaps.
    pub gaps: u32,
    /// Live threats.
    pub threats: u32,
    /// Threats without a score.
    pub unscored: u32,
    /// The worst current level, 0 none to 4 critical.
    pub worst: u8,
    /// The code of the effective clearance.
    pub clearance: String,
    /// How far up in the list: greater is more pressing.
    pub rank: i64,
    /// The last day on which this holds without anything happening.
    pub good_until: Option<Day>,
    /// What is to be done next, most pressing first.
    pub steps: Vec<NextStep>,
}

/// One thing that somebody has to do.
#[derive(Debug, Clone, PartialEq)]
pub struct NextStep {
    /// In which role.
    pub role: Role,
    /// Who holds it, if anybody does.
    pub person: Option<Id>,
    /// What, in one sentence without a full stop.
    pub what: String,
    /// Since when it is missing.
    pub since: Option<Moment>,
    /// By when it is due.
    pub due: Option<Day>,
    /// Where it is done: see `decision::Place`, written as text.
    pub place: String,
}
