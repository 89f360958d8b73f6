//! The gate: why can't I sign? One function computes it, and every door shows the same list.

use super::{
    Gap, Judgement, Mend, Place, SignoffState, Step, active_acceptance, due_roles, fingerprint,
    handoff::completed,
    latest_signoff, overlaps,
    readiness::{counted, empty_fields},
    requires_decision, signoff_state, snapshot_of, uncovered,
};
use crate::domain::{
    Dossier, Kind,
    fields::{Day, Entity, Moment, Vocabulary},
    people::Role,
    privacy::{Dpia, Followed, Privacy},
    register::{Control, ControlStatus, Threat, Treatment, counts_as_verified, ratings},
};

/// The eight conditions, in the words of the checklist.
pub fn conditions() -> [(u8, &'static str); 8] {
    [
        (1, "Roles and the accountable owner"),
        (2, "Description, confirmed as enough"),
        (3, "Threat model covers the context"),
        (4, "Threats scored and answered"),
        (5, "Governance: plan and triggers"),
        (6, "Data protection"),
        (7, "Evidence behind what is verified"),
        (8, "Sign-offs and independence"),
    ]
}

/// Everything that stands between the current review and its clearance: DPO and governance first, then by condition.
pub fn gate(dossier: &Dossier, today: Day) -> Vec<Gap> {
    let mut gaps = Vec::new();
    roles(dossier, today, &mut gaps);
    description(dossier, &mut gaps);
    coverage(dossier, &mut gaps);
    threats(dossier, today, &mut gaps);
    governance(dossier, &mut gaps);
    privacy(dossier, &mut gaps);
    evidence(dossier, today, &mut gaps);
    signoffs(dossier, today, &mut gaps);
    for gap in &mut gaps {
        gap.person = dossier.holder(gap.role, today);
        gap.since = gap.since.or(dossier.opened_at());
    }
    gaps.sort_by_key(|gap| (!matches!(gap.role, Role::Dpo | Role::Governance), gap.role != Role::Dpo, gap.condition));
    gaps
}

fn gap(condition: u8, role: Role, what: impl Into<String>, place: Place) -> Gap {
    Gap { condition, role, person: None, what: what.into(), since: None, due: None, place }
}

fn made(id: crate::domain::Id) -> Moment {
    Moment(id.made_at())
}

/// 1. Roles assigned, accountable owner a named person.
fn roles(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    for role in Role::REVIEW.iter().filter(|role| **role != Role::Dpo || dossier.personal_data()) {
        if dossier.holder(*role, today).is_none() {
            let what = format!("Nobody holds the role {}", role.label());
            let mender = if *role == Role::Dpo { Role::Dpo } else { Role::Governance };
            gaps.push(gap(1, mender, what, Place::act(Kind::Assignment, None, Mend::Assign(*role))));
        }
    }
    if let Some(system) = dossier.system() {
        let named = system.owner.is_some_and(|who| dossier.people.iter().any(|p| p.id == who.0 && !p.archived));
        if !named {
            let place = Place::field(Kind::System, system.id, "owner");
            gaps.push(gap(1, Role::Owner, "The accountable owner is not a named person", place));
        }
    }
}

/// 2. The description is complete, and security confirmed it was enough, and it has not changed since.
fn description(dossier: &Dossier, gaps: &mut Vec<Gap>) {
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
    let (role, mend, what) = match dossier.handoff(step) {
        Some(handoff) if completed(dossier, step) => {
            if fingerprint(&snapshot_of(dossier, step.carries())) == handoff.carried {
                return;
            }
            let what = "The description changed after security confirmed it was enough";
            (Role::Owner, Mend::Send(step), what)
        }
        Some(handoff) if handoff.state != Some(super::HandoffState::Returned) => {
            (Role::Security, Mend::Confirm(step), "Security has not confirmed that the description is enough")
        }
        Some(_) | None => (Role::Owner, Mend::Send(step), "The description was not handed to security"),
    };
    gaps.push(gap(2, role, what, Place::act(Kind::Handoff, None, mend)));
}

/// 3. The threat model covers the stated deployment context.
fn coverage(dossier: &Dossier, gaps: &mut Vec<Gap>) {
    for subject in uncovered(dossier) {
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

/// 4. Every threat is scored; each above the threshold has a specified control or an active acceptance.
fn threats(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    for threat in dossier.live_threats() {
        let found = threat_gap(dossier, threat, today);
        gaps.extend(found.map(|found| Gap { since: found.since.or(Some(made(threat.id))), due: threat.due, ..found }));
    }
}

fn threat_gap(dossier: &Dossier, threat: &Threat, today: Day) -> Option<Gap> {
    let name = format!("{} \"{}\"", threat.reference(), threat.title);
    let field = |field| Place::field(Kind::Threat, threat.id, field);
    if !threat.counts() {
        let unexplained = threat.treatment_reason.is_empty();
        return unexplained.then(|| {
            gap(4, Role::Security, format!("{name} is not applicable without a reason"), field("treatment_reason"))
        });
    }
    let Some(now) = ratings(dossier, threat, today).now else {
        let missing = if threat.likelihood.is_none() { "likelihood" } else { "impact" };
        return Some(gap(4, Role::Security, format!("{name} is unscored"), field(missing)));
    };
    if threat.treated() == Treatment::Undecided {
        return Some(gap(4, Role::Security, format!("{name} has no treatment"), field("treatment")));
    }
    let accepted = active_acceptance(dossier, threat.id, today).is_some();
    if threat.treated() == Treatment::Accept && !accepted {
        let place = Place::act(Kind::Acceptance, Some(threat.id), Mend::Accept);
        return Some(gap(
            4,
            Role::Governance,
            format!("{name} is to be accepted, and no acceptance is in force"),
            place,
        ));
    }
    let answered = accepted || dossier.controls_of(threat.id).any(|(_, control)| control.specified());
    (requires_decision(now.level) && !answered).then(|| {
        let what = format!("{name} is {} and has neither a specified control nor an acceptance", now.level.label());
        gap(4, Role::Security, what, Place { id: Some(threat.id), ..Place::add(Kind::Control) })
    })
}

/// 5. Governance confirmed the plan; re-assessment triggers are registered.
fn governance(dossier: &Dossier, gaps: &mut Vec<Gap>) {
    let act = |mend| Place::act(Kind::Handoff, None, mend);
    let step = Step::SecurityGovernance;
    if !completed(dossier, step) {
        let sent = dossier.handoff(step).is_some_and(|h| h.state != Some(super::HandoffState::Returned));
        gaps.push(if sent {
            gap(5, Role::Governance, "Governance has not confirmed the plan", act(Mend::Confirm(step)))
        } else {
            gap(5, Role::Security, "The plan was not handed to governance", act(Mend::Send(step)))
        });
    }
    if !dossier.triggers.iter().any(|trigger| !trigger.archived) {
        let what = "No re-assessment trigger is registered";
        gaps.push(gap(5, Role::Governance, what, Place::add(Kind::Trigger)));
    }
    if let Some(review) = dossier.review() {
        let draft = [
            (review.draft.is_none(), "draft", "There is no draft disposition"),
            (review.draft_reason.is_empty(), "draft_reason", "The draft disposition has no rationale"),
        ];
        for (_, field, what) in draft.iter().filter(|(missing, ..)| *missing) {
            gaps.push(gap(5, Role::Governance, *what, Place::field(Kind::Review, review.id, field)));
        }
    }
    handed_on(dossier, Step::GovernanceSignoff, 5, gaps);
}

/// The last leg of a side: sent by it, taken up by the authority.
fn handed_on(dossier: &Dossier, step: Step, condition: u8, gaps: &mut Vec<Gap>) {
    if completed(dossier, step) {
        return;
    }
    let waiting = dossier.handoff(step).is_some_and(|h| h.state != Some(super::HandoffState::Returned));
    let (role, mend, what) = if waiting {
        (Role::Signoff, Mend::Confirm(step), "The sign-off authority has not taken up the hand-off")
    } else {
        (step.from(), Mend::Send(step), "The hand-off to the sign-off authority is missing:")
    };
    gaps.push(gap(condition, role, format!("{what} {}", step.label()), Place::act(Kind::Handoff, None, mend)));
}

/// 6. DPO: advisory given, DPIA status settled, data flows handed over; otherwise not applicable, derived.
fn privacy(dossier: &Dossier, gaps: &mut Vec<Gap>) {
    if !dossier.personal_data() {
        return;
    }
    let step = Step::SecurityDpo;
    if !completed(dossier, step) {
        let sent = dossier.handoff(step).is_some_and(|h| h.state != Some(super::HandoffState::Returned));
        let (role, mend, what) = if sent {
            (Role::Dpo, Mend::Confirm(step), "The DPO has not confirmed that there is enough")
        } else {
            (Role::Security, Mend::Send(step), "The DPO was never asked: the data flows were not handed over")
        };
        gaps.push(gap(6, role, what, Place::act(Kind::Handoff, None, mend)));
    }
    let Some(assessment) = dossier.privacy() else {
        gaps.push(gap(6, Role::Dpo, "There is no DPO assessment", Place::add(Kind::Privacy)));
        return;
    };
    for field in Privacy::FIELDS.iter().filter(|field| field.needed && assessment.get(field.id).is_null()) {
        let what = format!("{} is not assessed", field.label);
        gaps.push(gap(6, Role::Dpo, what, Place::field(Kind::Privacy, assessment.id, field.id)));
    }
    if matches!(assessment.dpia, Some(Dpia::Missing | Dpia::InProgress | Dpia::Refused)) {
        let place = Place::field(Kind::Privacy, assessment.id, "dpia");
        gaps.push(gap(6, Role::Dpo, "The DPIA is not settled", place));
    }
    validations(dossier, gaps);
    advice(dossier, assessment, gaps);
    handed_on(dossier, Step::DpoSignoff, 6, gaps);
}

fn validations(dossier: &Dossier, gaps: &mut Vec<Gap>) {
    for threat in dossier.live_threats().filter(|t| t.counts() && t.personal.is_some() && t.dpo_verdict.is_none()) {
        let what = format!("The DPO has not validated {} \"{}\"", threat.reference(), threat.title);
        gaps.push(gap(6, Role::Dpo, what, Place::field(Kind::Threat, threat.id, "dpo_verdict")));
    }
}

fn advice(dossier: &Dossier, assessment: &Privacy, gaps: &mut Vec<Gap>) {
    let place = Place::act(Kind::Privacy, Some(assessment.id), Mend::Advise);
    if dossier.advice().is_none() {
        gaps.push(gap(6, Role::Dpo, "The DPO's advice is missing", place));
    } else if assessment.followed.is_none() && completed(dossier, Step::DpoSignoff) {
        let place = Place::field(Kind::Privacy, assessment.id, "followed");
        gaps.push(gap(6, Role::Signoff, "Nobody recorded whether the DPO's advice is followed", place));
    } else if assessment.followed.is_some_and(|f| f != Followed::Fully) && assessment.followed_reason.is_empty() {
        let place = Place::field(Kind::Privacy, assessment.id, "followed_reason");
        gaps.push(gap(6, Role::Signoff, "The DPO's advice is not followed in full, and no reason is given", place));
    }
}

/// 7. Evidence pack compiled: what claims "verified" has evidence behind it.
fn evidence(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    let claims = |control: &&Control| control.stage() == ControlStatus::Verified;
    for control in dossier.live_controls().filter(claims) {
        if !counts_as_verified(dossier, control, today) {
            let what =
                format!("{} \"{}\" claims verified without evidence in date", control.reference(), control.title);
            let place = Place { id: Some(control.id), ..Place::add(Kind::Verification) };
            gaps.push(Gap { since: Some(made(control.id)), due: control.due, ..gap(7, Role::Security, what, place) });
        }
    }
    let broken = |control: &&Control| matches!(control.stage(), ControlStatus::Degraded | ControlStatus::Failed);
    for control in dossier.live_controls().filter(broken) {
        let what = format!("{} \"{}\" is {}", control.reference(), control.title, control.stage().label());
        gaps.push(gap(7, Role::Owner, what, Place::field(Kind::Control, control.id, "status")));
    }
    if !dossier.evidence.iter().any(|evidence| !evidence.archived) {
        let what = "The evidence pack is empty";
        gaps.push(gap(7, Role::Security, what, Place::add(Kind::Evidence)));
    }
}

/// 8. No sign-off missing or voided; conflict-of-role policy met.
fn signoffs(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    for role in due_roles(dossier) {
        let found = latest_signoff(dossier, role);
        let state = found.map(|signoff| signoff_state(dossier, signoff));
        let what = match state {
            Some(SignoffState::Valid) => continue,
            Some(SignoffState::Voided) => "was voided by a later change",
            Some(SignoffState::Withdrawn) => "was withdrawn",
            Some(SignoffState::Superseded) | None => "is missing",
        };
        let what = format!("The sign-off of the {} {what}", role.label());
        gaps.push(gap(8, role, what, Place::act(Kind::Signoff, found.map(|s| s.id), Mend::Sign(role))));
    }
    let overridden = dossier.review().is_some_and(|review| !review.override_reason.is_empty());
    for overlap in overlaps(dossier, today).iter().filter(|o| o.judgement == Judgement::Block && !overridden) {
        let who = dossier.person_name(overlap.person).map_or("One person", |name| name.as_str());
        let roles: Vec<_> = overlap.roles.iter().map(|role| role.label()).collect();
        let what = format!("{who} holds {}, {}", counted(roles.len(), "role", "roles"), roles.join(" and "));
        let place = Place::act(Kind::Review, dossier.review().map(|review| review.id), Mend::Override);
        gaps.push(gap(8, Role::Governance, format!("{what}: the policy wants a recorded reason"), place));
    }
}
