//! The DPO's checklist: questions in sections, the nine screening criteria, and what can be advised.
//!
//! The DPO advises (GDPR Art. 38 and 39); nothing here decides.

use super::asset::{LibraryError, Meta, Refs, read, shipped, unique};
use super::screening::ScreeningRule;
use serde::Deserialize;

const FILE: &str = "dpo_checklist.toml";

/// What a DPO can advise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdvisoryOutcome {
    /// No personal data is involved; the reason is recorded.
    NotApplicable,
    /// Nothing found that needs action.
    NoObjection,
    /// Suggestions that need an answer, not a change.
    Comments,
    /// May go ahead once the listed points are met.
    Conditions,
    /// A data protection impact assessment (Art. 35) has to be done first.
    DpiaRequired,
    /// High risk remains: the authority is consulted before processing (Art. 36).
    PriorConsultation,
    /// The DPO advises not to go ahead as described.
    AdviseAgainst,
}

impl AdvisoryOutcome {
    /// Every outcome, mildest first.
    pub const ALL: [Self; 7] = [
        Self::NotApplicable,
        Self::NoObjection,
        Self::Comments,
        Self::Conditions,
        Self::DpiaRequired,
        Self::PriorConsultation,
        Self::AdviseAgainst,
    ];

    /// What the record stores; a word of the vocabulary, which has its title and meaning.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::NoObjection => "no_objection",
            Self::Comments => "comments",
            Self::Conditions => "conditions",
            Self::DpiaRequired => "dpia_required",
            Self::PriorConsultation => "prior_consultation",
            Self::AdviseAgainst => "advise_against",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// How a check is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Yes, no or unclear.
    YesNoUnclear,
    /// One or more of [`DpoCheck::choices`].
    Choice,
    /// A screening criterion: met or not, with a reason where it departs from the suggestion.
    Criterion,
    /// Worked out from the validation of the personal-data threats.
    ThreatValidation,
}

/// A part of the checklist.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DpoSection {
    /// What the record stores.
    pub id: String,
    /// What people read.
    pub title: String,
    /// Its place, from 1.
    pub order: u8,
}

/// A question for the DPO.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DpoCheck {
    /// Its number, such as DKT-D-001.
    pub id: String,
    /// The section it is in.
    pub section: String,
    /// The question itself.
    pub question: String,
    /// What to think of.
    pub help: String,
    /// How it is answered.
    pub answer: AnswerKind,
    /// What a bad answer leads to.
    pub outcome_if_not_met: AdvisoryOutcome,
    /// Articles to choose from, for [`AnswerKind::Choice`].
    #[serde(default)]
    pub choices: Vec<String>,
    /// System facts that make a "yes" likely.
    #[serde(default)]
    pub suggested_by_facts: Vec<String>,
    /// Whether it is one of the nine criteria of WP248.
    #[serde(default)]
    pub counts_for_dpia: bool,
    /// Whether "yes" is the bad answer.
    #[serde(default)]
    pub inverse: bool,
    /// The articles it rests on.
    pub refs: Refs,
}

/// The DPO's checklist as a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DpoChecklist {
    /// Its heading.
    pub meta: Meta,
    section: Vec<DpoSection>,
    check: Vec<DpoCheck>,
    screening_rule: Vec<ScreeningRule>,
}

impl DpoChecklist {
    /// Reads `text`; refuses an id used twice, a check in no section and a condition that cannot be read.
    pub fn parse(text: &str) -> Result<Self, LibraryError> {
        let read: Self = read(FILE, text)?;
        unique(FILE, read.section.iter().map(|section| section.id.as_str()))?;
        unique(FILE, read.check.iter().map(|check| check.id.as_str()))?;
        unique(FILE, read.screening_rule.iter().map(|rule| rule.id.as_str()))?;
        match read.check.iter().find(|check| !read.section.iter().any(|section| section.id == check.section)) {
            Some(stray) => Err(LibraryError::new(FILE, &stray.id, format!("no section {}", stray.section))),
            None => Ok(read),
        }
    }

    /// Version of the content.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// The sections, in order.
    #[must_use]
    pub fn sections(&self) -> &[DpoSection] {
        &self.section
    }

    /// Every check, by number.
    #[must_use]
    pub fn checks(&self) -> &[DpoCheck] {
        &self.check
    }

    /// The check `id`.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<&DpoCheck> {
        self.check.iter().find(|check| check.id == id)
    }

    /// The checks of a section, by number.
    pub fn of_section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a DpoCheck> {
        self.check.iter().filter(move |check| check.section == section)
    }

    /// The nine screening criteria.
    pub fn criteria(&self) -> impl Iterator<Item = &DpoCheck> {
        self.check.iter().filter(|check| check.counts_for_dpia)
    }

    /// The screening rules.
    #[must_use]
    pub fn screening_rules(&self) -> &[ScreeningRule] {
        &self.screening_rule
    }

    /// The rules that hold for a number of criteria met (0 to 9) and the points known to be true. Several may hold;
    /// the stricter result prevails, so [`super::ScreeningResult::DpiaRequired`] sets aside a "not needed".
    #[must_use]
    pub fn screen(&self, criteria_met: u8, is_true: &dyn Fn(&str) -> bool) -> Vec<&ScreeningRule> {
        self.screening_rule.iter().filter(|rule| rule.holds(criteria_met, is_true)).collect()
    }
}

shipped! {
    /// The shipped checklist; parsed at the first call.
    dpo_checklist -> DpoChecklist, "dpo_checklist.toml"
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../assets/frameworks/dpo_checklist.toml");

    #[test]
    fn a_bad_edit_is_refused_by_name() {
        let key = |from: &str, to: &str| DpoChecklist::parse(&TEXT.replacen(from, to, 1)).unwrap_err().key;
        assert!(key("criteria_met >= 2", "criteria_met > 2").contains("condition"));
        assert!(key("criteria_met >= 2", "criteria_met >= 999").contains("condition"));
        assert_eq!(key("section = \"scope\"", "section = \"shop\""), "DKT-D-001");
        assert_eq!(key("DKT-D-002", "DKT-D-001"), "DKT-D-001");
        assert!(key("answer = \"choice\"", "answer = \"shrug\"").contains("answer"));
    }

    #[test]
    fn outcomes_are_read_back() {
        assert!(AdvisoryOutcome::ALL.iter().all(|o| AdvisoryOutcome::parse(o.code()) == Some(*o)));
        assert_eq!(AdvisoryOutcome::parse("shrug"), None);
    }
}
