//! The document: its head, the system, the policy, the verdict. The order of the fields is the order of the schema.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{
    act_parts::{
        AcceptancePart, DutiesPart, ExceptionPart, GapPart, HandoffPart, ReliedPart, RolePart, SignoffPart, TriggerPart,
    },
    finding::FindingPart,
    parts::{ControlPart, CoveragePart, EvidencePart, PrivacyPart, ThreatsPart},
    since::{ChangePart, IncidentPart, PausePart},
};

/// The disposition record of one system on one day.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    pub(crate) kind: &'static str,
    pub(crate) schema_version: &'static str,
    #[serde(rename = "record")]
    pub(crate) head: Head,
    pub(crate) system: SystemPart,
    pub(crate) sources: Vec<SourcePart>,
    pub(crate) review: ReviewPart,
    pub(crate) roles: Vec<RolePart>,
    pub(crate) policy: PolicyPart,
    pub(crate) handoffs: Vec<HandoffPart>,
    pub(crate) coverage: CoveragePart,
    pub(crate) verdict: VerdictPart,
    pub(crate) threats: ThreatsPart,
    pub(crate) controls: Vec<ControlPart>,
    pub(crate) evidence: Vec<EvidencePart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) findings: Vec<FindingPart>,
    pub(crate) privacy: PrivacyPart,
    pub(crate) acceptances: Vec<AcceptancePart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) exceptions: Vec<ExceptionPart>,
    pub(crate) triggers: Vec<TriggerPart>,
    pub(crate) changes: Vec<ChangePart>,
    pub(crate) incidents: Vec<IncidentPart>,
    pub(crate) pauses: Vec<PausePart>,
    pub(crate) gaps: Vec<GapPart>,
    pub(crate) signoffs: Vec<SignoffPart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) relied_on: Vec<ReliedPart>,
    pub(crate) separation_of_duties: DutiesPart,
    pub(crate) integrity: Integrity,
}

impl Record {
    /// The record as JSON: the fields in the order of the schema, a line end at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // A struct of text, whole numbers and lists always has a JSON form.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The record as Markdown: one line per decision, in a stable order.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        super::markdown::page(self)
    }

    /// The hash of the content, as everybody who signs a copy of this document would name it.
    #[must_use]
    pub fn content_sha256(&self) -> &str {
        &self.integrity.content_sha256
    }

    /// The record as a value.
    pub(crate) fn value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// Which record it is, and who wrote it when.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Head {
    pub(crate) id: String,
    pub(crate) revision: usize,
    pub(crate) supersedes: Option<String>,
    pub(crate) generated_at: String,
    pub(crate) generator: Generator,
}

/// The program that wrote it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Generator {
    pub(crate) name: &'static str,
    pub(crate) version: String,
}

/// A named human.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Party {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// The system and the release that the decision is about.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SystemPart {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) release: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) subjects: Vec<Subject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) environment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) owner: Option<Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) criticality: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) impact_class: Option<String>,
    pub(crate) components: usize,
    pub(crate) data_flows: usize,
    pub(crate) tier: TierPart,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) facts: Vec<FactPart>,
    pub(crate) inventory: Inventory,
}

/// What a release is made of, in the shape of an in-toto subject.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) digest: BTreeMap<&'static str, String>,
}

/// The tier, how it came about, and what a person made of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TierPart {
    pub(crate) effective: Option<&'static str>,
    pub(crate) computed: Option<&'static str>,
    pub(crate) explanation: Vec<String>,
    #[serde(rename = "override")]
    pub(crate) by_hand: Option<TierByHand>,
}

/// A tier set by hand; the computed one stays beside it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TierByHand {
    pub(crate) tier: &'static str,
    pub(crate) reason: String,
    pub(crate) by: Option<Party>,
    pub(crate) at: Option<String>,
}

/// A fact about the system that was corrected by hand.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FactPart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) holds: bool,
    pub(crate) reason: String,
}

/// What the owner documented.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Inventory {
    pub(crate) fields: Vec<InventoryField>,
    pub(crate) parts: Vec<InventoryPart>,
}

/// One field of the system; without a value nothing was said.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InventoryField {
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    pub(crate) value: Option<String>,
}

/// One component, data flow, tool, connection, model or retrieval source.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InventoryPart {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) details: Vec<Detail>,
}

/// What is known of a part.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Detail {
    pub(crate) label: &'static str,
    pub(crate) value: String,
}

/// A file that was imported.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SourcePart {
    pub(crate) format: String,
    pub(crate) name: String,
    pub(crate) sha256: String,
    pub(crate) imported_at: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) dropped: Vec<String>,
}

/// The review that the record is about.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ReviewPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<&'static str>,
    pub(crate) opened_at: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) draft: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) draft_reason: Option<String>,
}

/// The rules by which the gate was computed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PolicyPart {
    pub(crate) id: &'static str,
    pub(crate) version: &'static str,
    pub(crate) sha256: String,
    pub(crate) block_at: &'static str,
    pub(crate) separation_of_duties: &'static str,
    pub(crate) required_roles: Vec<&'static str>,
}

/// What was decided, and what it is worth on the day of the record.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct VerdictPart {
    pub(crate) result: &'static str,
    pub(crate) disposition: Option<&'static str>,
    pub(crate) rationale: Option<String>,
    pub(crate) decided_by: Option<Party>,
    pub(crate) clearance: ClearancePart,
    pub(crate) decided_at: Option<String>,
    pub(crate) valid_from: Option<String>,
    pub(crate) valid_until: Option<String>,
    pub(crate) next_review: Option<String>,
    pub(crate) reasons: Vec<super::Reason>,
    pub(crate) conditions: Vec<ConditionPart>,
}

/// The effective clearance on a day.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ClearancePart {
    pub(crate) state: &'static str,
    pub(crate) on: String,
    pub(crate) reason: String,
    pub(crate) restore: String,
}

/// What the decision depends on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ConditionPart {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) owner: Option<Party>,
    pub(crate) due: String,
    pub(crate) met: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) proof: Option<String>,
}

/// The hash of the content and the head of the journal.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Integrity {
    pub(crate) canonical: &'static str,
    pub(crate) content_sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) log_head: Option<String>,
    pub(crate) events: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) signatures: Vec<SignaturePart>,
}

/// An SSH signature over an act, with everything that ssh-keygen needs to verify it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SignaturePart {
    pub(crate) kind: &'static str,
    pub(crate) of: String,
    pub(crate) signed_by: Option<Party>,
    pub(crate) principal: String,
    pub(crate) at: Option<String>,
    pub(crate) namespace: String,
    pub(crate) key: String,
    pub(crate) fingerprint: String,
    pub(crate) holds: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key_ended: Option<String>,
    pub(crate) text: String,
    pub(crate) signature: String,
    pub(crate) verify: String,
}
