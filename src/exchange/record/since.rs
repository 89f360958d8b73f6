//! What happened since the decision: changes, incidents and pauses, with what became of each.

use serde::Serialize;

use crate::domain::{
    Id,
    after::{Alteration, Incident, Pause, title_of},
    fields::{Marks, Moment, Vocabulary},
};

use super::{
    ground::Ground,
    model::Party,
    words::{by_number, date, instant, said},
};

/// Something about the system that changed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChangePart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) kind: Option<&'static str>,
    pub(crate) since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
    pub(crate) recorded_by: Option<Party>,
    pub(crate) recorded_at: Option<String>,
    #[serde(flatten)]
    pub(crate) triage: TriagePart,
}

/// Something that went wrong in use.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IncidentPart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) path: Option<&'static str>,
    pub(crate) noticed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) what: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) escalated_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) escalated_on: Option<String>,
    pub(crate) evidence: Vec<String>,
    pub(crate) threats: Vec<String>,
    pub(crate) controls: Vec<String>,
    pub(crate) reported_by: Option<Party>,
    pub(crate) reported_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) restriction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) restricted_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) restricted_by: Option<Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) correction: Option<String>,
    pub(crate) closed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) closed_by: Option<Party>,
    #[serde(flatten)]
    pub(crate) triage: TriagePart,
}

/// That the system was stopped.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PausePart {
    pub(crate) reason: String,
    pub(crate) by: Option<Party>,
    pub(crate) role: Option<&'static str>,
    pub(crate) at: Option<String>,
    pub(crate) resumed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resumed_by: Option<Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resumed_because: Option<String>,
}

/// What it fired, and what became of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TriagePart {
    pub(crate) fires: Vec<String>,
    pub(crate) triage: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) triage_roles: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) triage_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) triaged_by: Option<Party>,
}

/// What a row fired and what became of it: kept alike by everything that can fire a trigger.
macro_rules! triaged {
    ($ground:expr, $row:expr) => {
        TriagePart {
            fires: fires($ground, &$row.fires),
            triage: $row.triage.map(Vocabulary::code),
            triage_roles: $row.roles.iter().map(|role| role.code()).collect(),
            triage_reason: said(&$row.triage_reason),
            triaged_by: $ground.party($row.triaged_by),
        }
    };
}

/// Whether something came after the last decision; before the first one, everything did.
fn is_since(ground: &Ground, at: Option<Moment>) -> bool {
    ground.disposition.and_then(|made| made.at).is_none_or(|decided| at.is_some_and(|at| at > decided))
}

/// Every change that was recorded since the decision, by number.
pub(crate) fn changes(ground: &Ground) -> Vec<ChangePart> {
    let mut all: Vec<&Alteration> =
        ground.d.alterations.iter().filter(|row| !row.archived && is_since(ground, row.at)).collect();
    all.sort_by_key(|row| (row.number, row.id));
    let one = |row: &Alteration| ChangePart {
        id: row.reference(),
        title: row.title.as_str().to_owned(),
        kind: row.sort.map(Vocabulary::code),
        since: row.since.map(date),
        before: said(&row.before),
        after: said(&row.after),
        recorded_by: ground.named(row.by, &row.name),
        recorded_at: row.at.map(instant),
        triage: triaged!(ground, row),
    };
    all.into_iter().map(one).collect()
}

/// Every incident that was reported since the decision, and those of before that nobody has closed, by number.
pub(crate) fn incidents(ground: &Ground) -> Vec<IncidentPart> {
    let told = |row: &&Incident| !row.archived && (row.is_open() || is_since(ground, row.at));
    let mut all: Vec<&Incident> = ground.d.incidents.iter().filter(told).collect();
    all.sort_by_key(|row| (row.number, row.id));
    all.into_iter().map(|row| incident(ground, row)).collect()
}

fn incident(ground: &Ground, row: &Incident) -> IncidentPart {
    let ids = |marks: &Marks| marks.0.iter().filter_map(|mark| Id::parse(mark)).collect::<Vec<_>>();
    let threat = |id: Id| ground.d.threats.by_id(id).map(crate::domain::register::Threat::reference);
    IncidentPart {
        id: row.reference(),
        title: row.title.as_str().to_owned(),
        path: row.sort.map(Vocabulary::code),
        noticed: row.noticed.map(date),
        what: said(&row.what),
        escalated_to: said(&row.contact),
        escalated_on: row.escalated.map(date),
        evidence: by_number(ids(&row.evidence).into_iter().filter_map(|id| ground.evidence_ref(Some(id)))),
        threats: by_number(ids(&row.threats).into_iter().filter_map(threat)),
        controls: by_number(ids(&row.controls).into_iter().filter_map(|id| ground.control_ref(id))),
        reported_by: ground.named(row.by, &row.name),
        reported_at: row.at.map(instant),
        restriction: said(&row.restriction),
        restricted_until: row.restricted_until.map(date),
        restricted_by: ground.named(row.restricted_by, &row.restricted_name),
        correction: said(&row.correction),
        closed_at: row.closed_at.map(instant),
        closed_by: ground.party(row.closed_by),
        triage: triaged!(ground, row),
    }
}

/// Every time that the system was stopped since the decision, and the pause that holds, oldest first.
pub(crate) fn pauses(ground: &Ground) -> Vec<PausePart> {
    let told = |row: &&Pause| !row.archived && (row.holds() || is_since(ground, row.at));
    let one = |row: &Pause| PausePart {
        reason: row.reason.as_str().to_owned(),
        by: ground.named(row.by, &row.name),
        role: row.role.map(Vocabulary::code),
        at: row.at.map(instant),
        resumed_at: row.resumed_at.map(instant),
        resumed_by: ground.named(row.resumed_by, &row.resumed_name),
        resumed_because: said(&row.resumed_why),
    };
    ground.d.pauses.iter().filter(told).map(one).collect()
}

fn fires(ground: &Ground, marks: &Marks) -> Vec<String> {
    marks.0.iter().map(|mark| title_of(ground.d, mark).unwrap_or_else(|| mark.clone())).collect()
}
