//! What will require a new assessment, and how often one is due anyway.

use super::asset::{LibraryError, Meta, read, shipped, unique};
use super::matrix::Level;
use super::tier::Tier;
use serde::Deserialize;

const FILE: &str = "reassessment_triggers.toml";

/// What sets a trigger off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriggerKind {
    /// Something about the system is different.
    Change,
    /// Something happened.
    Event,
    /// A date is past.
    Time,
}

impl TriggerKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Change, Self::Event, Self::Time];

    /// What the record stores.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Event => "event",
            Self::Time => "time",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A trigger that a review may arm.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TriggerEntry {
    /// Its number, such as DKT-R-001.
    pub id: String,
    /// What people read.
    pub title: String,
    /// What sets it off.
    pub kind: TriggerKind,
    /// How it is noticed.
    pub detection: String,
    /// Whether docket can notice it from its own data or a recorded configuration.
    pub machine_checkable: bool,
    /// Starting point for how serious it is; may be raised.
    pub default_severity: Level,
    /// Parts of the review to do again.
    pub redo: Vec<String>,
    /// System facts that are likely to become true.
    #[serde(default)]
    pub turns_facts: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Interval {
    tier: Tier,
    review_months: u8,
}

/// The trigger library.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Triggers {
    /// Its heading.
    pub meta: Meta,
    trigger: Vec<TriggerEntry>,
    interval: Vec<Interval>,
}

impl Triggers {
    /// Reads `text`; refuses an id used twice and anything but one interval per tier, none longer for a higher tier.
    pub fn parse(text: &str) -> Result<Self, LibraryError> {
        let read: Self = read(FILE, text)?;
        unique(FILE, read.trigger.iter().map(|trigger| trigger.id.as_str()))?;
        let falling = read.interval.iter().rev().is_sorted_by_key(|interval| interval.review_months);
        let each_tier = read.interval.iter().map(|interval| interval.tier).eq(Tier::ALL);
        if !each_tier || !falling || read.interval.iter().any(|interval| interval.review_months == 0) {
            return Err(LibraryError::new(
                FILE,
                "interval",
                "must be one per tier, lowest first, none longer than before",
            ));
        }
        Ok(read)
    }

    /// Version of the content.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// Every trigger, by number.
    #[must_use]
    pub fn all(&self) -> &[TriggerEntry] {
        &self.trigger
    }

    /// The trigger `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&TriggerEntry> {
        self.trigger.iter().find(|trigger| trigger.id == id)
    }

    /// Months from one full review to the next.
    #[must_use]
    pub fn review_months(&self, tier: Tier) -> u8 {
        let found = self.interval.iter().find(|interval| interval.tier == tier);
        found.expect("parsing refuses a file without an interval for each tier").review_months
    }
}

shipped! {
    /// The shipped triggers; parsed at the first call.
    triggers -> Triggers, "reassessment_triggers.toml"
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../assets/frameworks/reassessment_triggers.toml");

    #[test]
    fn a_higher_tier_is_reviewed_more_often() {
        assert_eq!(Tier::ALL.map(|tier| triggers().review_months(tier)), [24, 12, 6, 3]);
    }

    #[test]
    fn a_bad_edit_is_refused_by_name() {
        let key = |from: &str, to: &str| Triggers::parse(&TEXT.replacen(from, to, 1)).unwrap_err().key;
        assert_eq!(key("review_months = 24", "review_months = 1"), "interval");
        assert_eq!(key("review_months = 3", "review_months = 0"), "interval");
        assert_eq!(key("tier = \"high\"", "tier = \"limited\""), "interval");
        assert_eq!(key("DKT-R-002", "DKT-R-001"), "DKT-R-001");
        assert!(key("kind = \"change\"", "kind = \"whim\"").contains("kind"));
    }

    #[test]
    fn kinds_are_read_back() {
        assert!(TriggerKind::ALL.iter().all(|kind| TriggerKind::parse(kind.code()) == Some(*kind)));
        assert_eq!(TriggerKind::parse("whim"), None);
        assert!(triggers().get("DKT-R-001").is_some() && triggers().get("DKT-R-999").is_none());
    }
}
