//! The parts of the document that say what people did, and what is missing.

use serde::Serialize;

use super::{model::Party, parts::RatingPart};

/// Who holds a role.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RolePart {
    pub(crate) role: &'static str,
    pub(crate) party: Option<Party>,
}

/// One hand-off.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct HandoffPart {
    pub(crate) step: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) carries: &'static str,
    pub(crate) state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    pub(crate) sent_by: Option<Party>,
    pub(crate) sent_at: Option<String>,
    pub(crate) received_at: Option<String>,
    pub(crate) closed_by: Option<Party>,
    pub(crate) closed_at: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) returned: Option<ReturnPart>,
}

/// Why a hand-off came back.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReturnPart {
    pub(crate) reason: &'static str,
    pub(crate) gaps: Vec<String>,
    pub(crate) role: &'static str,
}

/// An acceptance of one residual risk.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AcceptancePart {
    pub(crate) id: String,
    pub(crate) threat: String,
    pub(crate) state: &'static str,
    pub(crate) reason: String,
    pub(crate) condition: String,
    pub(crate) requested_by: Option<Party>,
    pub(crate) accepted_by: Option<Party>,
    pub(crate) decided_at: Option<String>,
    pub(crate) expires_at: Option<String>,
    pub(crate) rating: Option<RatingPart>,
    pub(crate) credited: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ended_because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recorded_by: Option<Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) renews: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) why: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) conditions: Vec<ProvisoPart>,
}

/// Something that an acceptance depends on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProvisoPart {
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    pub(crate) state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
    pub(crate) owner: Option<Party>,
    pub(crate) due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) every_days: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) met_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) proof: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) evidence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) measured: Option<i64>,
}

/// A requirement that does not hold for a while.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExceptionPart {
    pub(crate) id: String,
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) control: Option<String>,
    pub(crate) state: &'static str,
    pub(crate) reason: String,
    pub(crate) compensating: String,
    pub(crate) owner: Option<Party>,
    pub(crate) deadline: Option<String>,
    pub(crate) review_every_days: Option<i64>,
    pub(crate) review_due: Option<String>,
    pub(crate) requested_by: Option<Party>,
    pub(crate) decided_by: Option<Party>,
    pub(crate) decided_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) review_note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ended_because: Option<String>,
}

/// What will require a new assessment.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TriggerPart {
    pub(crate) title: String,
    pub(crate) kind: Option<&'static str>,
    pub(crate) state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) noticed_by: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) fired_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fired_because: Option<String>,
    pub(crate) triage: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) triage_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) triaged_by: Option<Party>,
}

/// One thing that is missing.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GapPart {
    pub(crate) part: &'static str,
    pub(crate) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) condition: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<&'static str>,
    pub(crate) party: Option<Party>,
    pub(crate) since: Option<String>,
    pub(crate) due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<String>,
}

/// What one person confirmed or decided.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SignoffPart {
    pub(crate) role: &'static str,
    pub(crate) party: Party,
    pub(crate) decision: &'static str,
    pub(crate) at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) statement: Option<String>,
    pub(crate) content_sha256: String,
    pub(crate) sections: Vec<&'static str>,
    pub(crate) state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ended_because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ended_at: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) voided_by: Vec<CausePart>,
}

/// An earlier sign-off that a scoped review relies on as unchanged.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReliedPart {
    pub(crate) role: &'static str,
    pub(crate) party: Option<Party>,
    pub(crate) review: i64,
    pub(crate) at: Option<String>,
    pub(crate) content_sha256: String,
}

/// One entry of the journal that voided a sign-off.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CausePart {
    pub(crate) entry: i64,
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) role: Option<&'static str>,
    pub(crate) kind: &'static str,
    pub(crate) fields: Vec<String>,
    pub(crate) what: String,
}

/// Whether one person did several steps, and what the policy says of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DutiesPart {
    pub(crate) satisfied: bool,
    pub(crate) policy_version: i64,
    pub(crate) overlaps: Vec<OverlapPart>,
    pub(crate) sentence: String,
    pub(crate) steps: Vec<StepPart>,
    #[serde(rename = "override")]
    pub(crate) by_hand: Option<OverridePart>,
}

/// One person in several roles.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OverlapPart {
    pub(crate) party: Party,
    pub(crate) roles: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) compensating: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) judgement: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) countersigned: Option<CountersignPart>,
}

/// What a second person signed for it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CountersignPart {
    pub(crate) by: Option<Party>,
    pub(crate) role: Option<&'static str>,
    pub(crate) at: Option<String>,
    pub(crate) statement: String,
}

/// One step of the review and who stands for it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StepPart {
    pub(crate) role: &'static str,
    pub(crate) party: Option<Party>,
    pub(crate) acted: bool,
}

/// Why roles were combined against the policy.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OverridePart {
    pub(crate) reason: String,
    pub(crate) by: Option<Party>,
}
