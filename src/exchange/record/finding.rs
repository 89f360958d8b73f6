//! The findings of red teams, penetration tests and audits, and what became of them.

use serde::Serialize;

use crate::domain::{
    fields::Vocabulary,
    register::{Finding, FindingStatus, Retest},
};

use super::{
    ground::Ground,
    model::Party,
    words::{by_number, date, said},
};

/// One finding.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FindingPart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) severity: &'static str,
    pub(crate) state: &'static str,
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) found_in: Option<&'static str>,
    pub(crate) found_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) found_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    pub(crate) threats: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remediation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) owner: Option<Party>,
    pub(crate) due: Option<String>,
    pub(crate) overdue: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retest: Option<RetestPart>,
    pub(crate) evidence: Vec<String>,
}

/// What a retest came to.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RetestPart {
    pub(crate) result: &'static str,
    pub(crate) on: Option<String>,
}

/// The findings by number.
pub(crate) fn findings(ground: &Ground) -> Vec<FindingPart> {
    let mut live: Vec<&Finding> = ground.d.findings.iter().filter(|finding| !finding.archived).collect();
    live.sort_by_key(|finding| (finding.number, finding.id));
    live.into_iter().map(|finding| one(ground, finding)).collect()
}

fn one(ground: &Ground, finding: &Finding) -> FindingPart {
    let against = ground.d.live_threats().filter(|threat| finding.is_against(threat.id));
    FindingPart {
        id: finding.reference(),
        title: said(&finding.title).unwrap_or_else(|| "untitled".to_owned()),
        severity: finding.severity.map_or("unrated", Vocabulary::code),
        state: state(finding),
        status: finding.stage().code(),
        found_in: finding.sort.map(Vocabulary::code),
        found_on: finding.found.map(date),
        found_by: said(&finding.by),
        description: said(&finding.description),
        threats: by_number(against.map(crate::domain::register::Threat::reference)),
        remediation: said(&finding.remediation),
        owner: ground.party(finding.owner),
        due: finding.due.map(date),
        overdue: finding.is_overdue(ground.today),
        reason: said(&finding.reason),
        retest: finding.retest.map(|result| RetestPart { result: result.code(), on: finding.retested.map(date) }),
        evidence: ground.evidence_ref(finding.retest_evidence).into_iter().collect(),
    }
}

/// Fixed is what a retest has shown; what was closed for a reason is only closed.
fn state(finding: &Finding) -> &'static str {
    match finding.stage() {
        FindingStatus::Open | FindingStatus::InRemediation | FindingStatus::ReadyForRetest => "open",
        FindingStatus::Closed if finding.retest == Some(Retest::Passed) => "fixed",
        FindingStatus::Closed => "closed",
        FindingStatus::NotReproducible => "not-reproducible",
    }
}
