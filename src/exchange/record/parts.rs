//! The parts of the document that say what is there: coverage, threats, controls, evidence, the DPO's assessment.

use std::collections::BTreeMap;

use serde::Serialize;

use super::model::Party;

/// Whether the threat model looks at everything that the inventory names.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CoveragePart {
    pub(crate) subjects: usize,
    pub(crate) uncovered: Vec<String>,
    pub(crate) considered: Vec<ConsideredPart>,
}

/// "Considered: none, because …".
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ConsideredPart {
    pub(crate) subject: String,
    pub(crate) reason: String,
}

/// The threat register with its counts.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ThreatsPart {
    pub(crate) counts: Counts,
    pub(crate) items: Vec<ThreatPart>,
}

/// Counts over the items.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Counts {
    pub(crate) total: usize,
    pub(crate) by_disposition: BTreeMap<&'static str, usize>,
    pub(crate) by_residual_severity: BTreeMap<&'static str, usize>,
}

/// A score: likelihood, impact, and the level that a matrix gives them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RatingPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) likelihood: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) impact: Option<u8>,
    pub(crate) severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scheme: Option<String>,
}

/// One threat.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ThreatPart {
    pub(crate) id: String,
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) categories: Vec<Category>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) maps: Vec<MapPart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) targets: Vec<String>,
    pub(crate) inherent: RatingPart,
    pub(crate) residual: RatingPart,
    pub(crate) target: RatingPart,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) score_reason: Option<String>,
    pub(crate) treatment: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) personal_data_kind: Option<&'static str>,
    pub(crate) dpo_verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dpo_reason: Option<String>,
    pub(crate) disposition: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) progress: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rationale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) decided_by: Option<Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) decided_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transferred_to: Option<String>,
    pub(crate) controls: Vec<String>,
    pub(crate) evidence: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) findings: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) origin: Option<Origin>,
}

/// A category in the words of a framework.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Category {
    pub(crate) taxonomy: &'static str,
    pub(crate) value: String,
}

/// An item of a framework that a threat is an instance of; several frameworks renumber, so the edition stands beside it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MapPart {
    pub(crate) framework: String,
    pub(crate) version: String,
    pub(crate) id: String,
    pub(crate) title: String,
}

/// Where an import found it, in the words of the tool.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Origin {
    pub(crate) format: &'static str,
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status_word: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) severity_word: Option<String>,
}

/// One control.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ControlPart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) refs: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) owner: Option<Party>,
    pub(crate) evidence: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) owner_role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gate: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<&'static str>,
    pub(crate) due: Option<String>,
    pub(crate) threats: Vec<String>,
    pub(crate) counts: bool,
    pub(crate) verifications: Vec<VerificationPart>,
}

/// One look at whether a control works.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct VerificationPart {
    pub(crate) method: Option<&'static str>,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) by: Option<Party>,
    pub(crate) on: Option<String>,
    pub(crate) valid_until: Option<String>,
    pub(crate) evidence: Option<String>,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EvidencePart {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) sort: &'static str,
    pub(crate) title: String,
    pub(crate) sha256: Option<String>,
    pub(crate) collected_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kept: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) grade: Option<&'static str>,
    pub(crate) supports: Vec<&'static str>,
    pub(crate) expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) checked_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) check: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ran_to_end: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) checks: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failed: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unscored: Option<i64>,
}

/// The DPO's part, and what the deciding person made of it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct PrivacyPart {
    pub(crate) personal_data: bool,
    pub(crate) because: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lawful_basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) minimisation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) purpose_limitation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retention: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transfers: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rights: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) training_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dpia: Option<DpiaPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dpo: Option<DpoPart>,
    pub(crate) followed: Option<FollowedPart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) sections: Vec<SectionPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) screening: Option<ScreeningPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) views: Option<SaidPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) prior_consultation: Option<SaidPart>,
}

/// One section of the DPO's checklist.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SectionPart {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) done: bool,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) by_answers: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    pub(crate) answers: Vec<AnswerPart>,
}

/// The answer to one question.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AnswerPart {
    pub(crate) id: &'static str,
    pub(crate) question: &'static str,
    pub(crate) answer: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) chosen: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

/// What the nine criteria come to, and what they came to when it was decided.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ScreeningPart {
    pub(crate) criteria_met: u8,
    pub(crate) result: Option<&'static str>,
    pub(crate) rules: Vec<&'static str>,
    pub(crate) when_decided: Option<&'static str>,
}

/// A word and what is said with it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SaidPart {
    pub(crate) outcome: &'static str,
    pub(crate) text: Option<String>,
}

/// The impact assessment.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DpiaPart {
    pub(crate) required: bool,
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
}

/// The advice.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DpoPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) party: Option<Party>,
    pub(crate) opinion: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<String>,
}

/// What the deciding person made of the advice.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FollowedPart {
    pub(crate) outcome: &'static str,
    pub(crate) reason: String,
}
