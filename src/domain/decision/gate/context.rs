//! Conditions 1 to 3: who is there, what was described, and whether the threat model looks at all of it.

use super::{gap, made};
use crate::domain::{
    Dossier, Kind,
    decision::{
        Gap, HandoffState, Mend, Place, Step,
        handoff::completed,
        look, needless, print_of,
        readiness::{empty_fields, empty_part, empty_parts},
        uncovered_by,
    },
    fields::{Day, Vocabulary},
    people::Role,
};

/// 1. Roles assigned, accountable owner a named person.
pub(super) fn roles(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    for role in Role::REVIEW.iter().filter(|role| **role != Role::Dpo || dossier.personal_data()) {
        if dossier.holder(*role, today).is_none() {
            let what = format!("Nobody holds the role {}", role.label());
            let mender = if *role == Role::Dpo { Role::Dpo } else { Role::Governance };
            gaps.push(gap(1, mender, what, Place::act(Kind::Assignment, None, Mend::Assign(*role))));
        }
    }
    if let Some(system) = dossier.system() {
        let named = system.owner.is_some_and(|who| dossier.people.by_id(who.0).is_some_and(|p| !p.archived));
        if !named {
            let place = Place::field(Kind::System, system.id, "owner");
            gaps.push(gap(1, Role::Owner, "The accountable owner is not a named person", place));
        }
    }
}

/// 2. The description is complete, and security confirmed it was enough, and it has not changed since.
pub(super) fn description(dossier: &Dossier, gaps: &mut Vec<Gap>) {
    let Some(system) = dossier.system() else {
        let withdrawn = dossier.systems.last().map(|system| system.id);
        let place = Place { id: withdrawn, ..Place::add(Kind::System) };
        gaps.push(gap(2, Role::Owner, "There is no system in the inventory", place));
        return;
    };
    for field in empty_fields(system).filter(|field| field.id != "owner") {
        let what = format!("{} is empty", field.label);
        gaps.push(gap(2, Role::Owner, what, Place::field(Kind::System, system.id, field.id)));
    }
    for (row, field) in empty_parts(dossier) {
        let place = Place::field(row.kind(), row.id(), field.id);
        gaps.push(Gap { since: Some(made(row.id())), ..gap(2, Role::Owner, empty_part(row, field), place) });
    }
    if !dossier.flows.iter().any(|flow| !flow.archived) {
        gaps.push(gap(2, Role::Owner, "No data flow is described", Place::add(Kind::Flow)));
    }
    if dossier.tier().is_none() {
        let place = dossier.intake().map_or_else(
            || Place::add(Kind::Intake),
            |intake| Place::field(Kind::Intake, intake.id, "data_sensitivity"),
        );
        gaps.push(gap(2, Role::Owner, "The intake questions are not answered", place));
    }
    let step = Step::OwnerSecurity;
    if needless(dossier, step) {
        return;
    }
    let (role, mend, what) = match dossier.handoff(step) {
        Some(handoff) if completed(dossier, step) => {
            if print_of(dossier, step.carries()) == handoff.carried {
                return;
            }
            let what = "The description changed after security confirmed it was enough";
            (Role::Owner, Mend::Send(step), what)
        }
        Some(handoff) if handoff.state != Some(HandoffState::Returned) => {
            (Role::Security, Mend::Confirm(step), "Security has not confirmed that the description is enough")
        }
        Some(_) | None => (Role::Owner, Mend::Send(step), "The description was not handed to security"),
    };
    gaps.push(gap(2, role, what, Place::act(Kind::Handoff, None, mend)));
}

/// 3. The threat model covers the stated deployment context.
pub(super) fn coverage(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    for subject in uncovered_by(dossier, &look(dossier, today)) {
        let what = format!("No threat covers the {}", subject.label);
        let place = Place { kind: Kind::Considered, id: None, field: subject.mark, mend: Mend::Cover };
        let mut gap = gap(3, Role::Security, what, place);
        gap.since = subject.row.map(|(_, id)| made(id));
        gaps.push(gap);
    }
    if dossier.live_threats().next().is_none() {
        gaps.push(gap(3, Role::Security, "The threat register is empty", Place::add(Kind::Threat)));
    }
}
