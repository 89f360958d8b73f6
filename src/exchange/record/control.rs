//! The control plan with what was found, and the evidence behind it.

use std::collections::BTreeSet;

use crate::domain::{
    Id,
    fields::{Vocabulary, YesNo},
    register::{Control, ControlStatus, Evidence, EvidenceKind, Verification, counts_as_verified},
};

use super::{
    ground::Ground,
    parts::{ControlPart, EvidencePart, VerificationPart},
    words::{by_number, date, day_end, day_start, instant, portable, said},
};

/// The controls by number.
pub(crate) fn controls(ground: &Ground) -> Vec<ControlPart> {
    let mut live: Vec<&Control> = ground.d.live_controls().collect();
    live.sort_by_key(|control| (control.number, control.id));
    live.into_iter().map(|control| one(ground, control)).collect()
}

fn one(ground: &Ground, control: &Control) -> ControlPart {
    ControlPart {
        id: control.reference(),
        title: said(&control.title).unwrap_or_else(|| "untitled".to_owned()),
        status: status(control.stage()),
        refs: said(&control.library).into_iter().collect(),
        owner: ground.party(control.owner),
        evidence: proof(ground, control.id),
        owner_role: control.owner_role.map(Vocabulary::code),
        gate: control.gate.map(Vocabulary::code),
        method: control.method.map(Vocabulary::code),
        due: control.due.map(date),
        threats: threats(ground, control.id),
        counts: counts_as_verified(ground.d, control, ground.today),
        verifications: looks(ground, control.id).map(|look| verification(ground, look)).collect(),
    }
}

fn status(stage: ControlStatus) -> &'static str {
    match stage {
        ControlStatus::Proposed => "suggested",
        ControlStatus::Planned => "planned",
        ControlStatus::InProgress => "in-progress",
        ControlStatus::Implemented => "in-place",
        ControlStatus::Verified => "verified",
        ControlStatus::Degraded => "degraded",
        ControlStatus::Failed => "failed",
        ControlStatus::Retired => "retired",
        ControlStatus::NotApplicable => "wont-do",
    }
}

/// The threats that a control is against, by number.
fn threats(ground: &Ground, control: Id) -> Vec<String> {
    let links = ground.d.links.iter().filter(|link| !link.archived && link.control == Some(control));
    let mut found: Vec<_> =
        links.filter_map(|link| ground.d.live_threats().find(|threat| Some(threat.id) == link.threat)).collect();
    found.sort_by_key(|threat| threat.number);
    found.dedup_by_key(|threat| threat.id);
    found.into_iter().map(crate::domain::register::Threat::reference).collect()
}

fn looks<'a>(ground: &Ground<'a>, control: Id) -> impl Iterator<Item = &'a Verification> {
    ground.d.verifications.iter().filter(move |look| !look.archived && look.control == Some(control))
}

/// The evidence that the verifications of a control name.
pub(crate) fn proof(ground: &Ground, control: Id) -> Vec<String> {
    by_number(looks(ground, control).filter_map(|look| ground.evidence_ref(look.evidence)))
}

fn verification(ground: &Ground, look: &Verification) -> VerificationPart {
    VerificationPart {
        method: look.method.map(Vocabulary::code),
        outcome: look.outcome.map(Vocabulary::code),
        by: ground.party(look.by),
        on: look.on.map(date),
        valid_until: look.valid_until.map(date),
        evidence: ground.evidence_ref(look.evidence),
    }
}

/// The evidence by number.
pub(crate) fn evidence(ground: &Ground) -> Vec<EvidencePart> {
    let mut live: Vec<&Evidence> = ground.d.evidence.iter().filter(|evidence| !evidence.archived).collect();
    live.sort_by_key(|evidence| (evidence.number, evidence.id));
    live.into_iter().map(item).collect()
}

fn item(evidence: &Evidence) -> EvidencePart {
    EvidencePart {
        id: evidence.reference(),
        sort: evidence.sort.map_or("other", sort),
        title: evidence.title.as_str().to_owned(),
        sha256: Some(evidence.digest.0.clone()).filter(|digest| !digest.is_empty()),
        collected_at: evidence.collected.map(day_start),
        location: said(&evidence.place).map(|place| portable(&place)),
        size: evidence.size,
        checked_at: evidence.checked.map(instant),
        check: evidence.check.map(Vocabulary::code),
        kept: evidence.kept.map(|kept| kept == YesNo::Yes),
        grade: evidence.grade.map(Vocabulary::code),
        supports: evidence.supports.iter().map(|what| what.code()).collect::<BTreeSet<_>>().into_iter().collect(),
        expires_at: evidence.expires.map(day_end),
        ran_to_end: evidence.ran.map(|ran| ran == YesNo::Yes),
        checks: evidence.checks,
        failed: evidence.failed,
        unscored: evidence.unscored,
    }
}

fn sort(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Inventory => "inventory",
        EvidenceKind::Document => "document",
        EvidenceKind::Configuration => "configuration",
        EvidenceKind::Log => "log",
        EvidenceKind::Test => "test",
        EvidenceKind::RedTeam => "red-team-run",
        EvidenceKind::Scan => "scan",
        EvidenceKind::Dpia => "dpia",
        EvidenceKind::Attestation => "statement",
        EvidenceKind::Other => "other",
    }
}
