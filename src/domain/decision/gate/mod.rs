//! The gate: why can't I sign? One function computes it, and every door shows the same list.

mod context;
mod register;
mod sides;

pub use register::{Looked, look};

use std::sync::Arc;

use super::{
    ExceptionState, Gap, Mend, Overlap, Place, SignoffState, Wanted, asked_roles, exception_over, latest_signoff,
    overlaps, quote, readiness::counted, rules_of_review, second_role, signoff_state, wanted,
};
use crate::domain::{
    Dossier, Id, Kind,
    fields::{Day, Moment, Vocabulary},
    memo::Of,
    people::Role,
    register::{Control, ControlStatus, Finding, Plan, Severity},
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
    gaps(dossier, today).iter().map(|gap| Gap::clone(gap)).collect()
}

/// [`gate`] to be read only: made once for each state of a dossier and each day.
pub fn gaps(dossier: &Dossier, today: Day) -> Arc<[Arc<Gap>]> {
    dossier.memo.gaps(Of::kinds(dossier, Kind::ALL, Some(today)), || made_gaps(dossier, today))
}

fn made_gaps(dossier: &Dossier, today: Day) -> Vec<Arc<Gap>> {
    let mut gaps = Vec::new();
    context::roles(dossier, today, &mut gaps);
    context::description(dossier, &mut gaps);
    context::coverage(dossier, today, &mut gaps);
    exceptions(dossier, today, &mut gaps);
    sides::governance(dossier, &mut gaps);
    sides::privacy(dossier, today, &mut gaps);
    evidence(dossier, today, &mut gaps);
    signoffs(dossier, today, &mut gaps);
    let holders = holders(dossier, today);
    for gap in &mut gaps {
        gap.person = holders[gap.role as usize];
        aged(dossier, gap);
    }
    let mut gaps: Vec<Arc<Gap>> = gaps.into_iter().map(Arc::new).collect();
    gaps.extend(register::look(dossier, today).iter().flat_map(|part| part.gaps.iter().cloned()));
    gaps.sort_by_key(|gap| (!matches!(gap.role, Role::Dpo | Role::Governance), gap.role != Role::Dpo, gap.condition));
    gaps
}

fn holders(dossier: &Dossier, today: Day) -> Vec<Option<Id>> {
    Role::ALL.iter().map(|role| dossier.holder(*role, today)).collect()
}

fn gap(condition: u8, role: Role, what: impl Into<String>, place: Place) -> Gap {
    Gap { condition, role, person: None, what: what.into(), since: None, due: None, place }
}

/// Since when it is missing, and by when it is due: a leg as its hand-off says, a sign-off since it was lost, else since
/// the review was opened.
fn aged(dossier: &Dossier, gap: &mut Gap) {
    let handoff = |step| dossier.handoff(step);
    match gap.place.mend {
        Mend::Confirm(step) => {
            gap.since = handoff(step).and_then(|handoff| handoff.sent_at);
            gap.due = handoff(step).and_then(|handoff| handoff.due);
        }
        Mend::Send(step) => gap.since = handoff(step).and_then(|handoff| handoff.closed_at),
        Mend::Sign(role) => {
            gap.since = latest_signoff(dossier, role).and_then(|signoff| signoff.withdrawn_at.or(signoff.at));
        }
        _ => {}
    }
    gap.since = gap.since.or(dossier.opened_at());
}

fn made(id: crate::domain::Id) -> Moment {
    Moment(id.made_at())
}

/// Condition 4: an exception that is over leaves a requirement without its control, and nobody carries that: as if a
/// threat had neither a control nor an acceptance.
fn exceptions(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    for over in dossier.live_exceptions().filter(|e| e.state(today) == ExceptionState::Overdue) {
        let place = Place::act(Kind::Exception, Some(over.id), Mend::Except);
        gaps.push(Gap { due: over.deadline, ..gap(4, Role::Governance, exception_over(over), place) });
    }
}

/// 7. Evidence pack compiled: what claims "verified" has evidence behind it.
fn evidence(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    let plan = Plan::of(dossier, today);
    let claims = |control: &&Control| control.stage() == ControlStatus::Verified;
    for control in dossier.live_controls().filter(claims) {
        if !plan.counts(control) {
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
    // How grave an open finding is that nobody rated, nobody knows: it counts as the worst.
    let grave = |finding: &&Finding| finding.severity.is_none_or(|severity| severity >= Severity::High);
    let open = |finding: &&Finding| finding.is_open() && finding.remediation.is_empty();
    for finding in dossier.findings.iter().filter(open).filter(grave) {
        let how = finding.severity.map_or("not rated", Vocabulary::label);
        let what = format!(
            "{} \"{}\" is open and {how}, and nothing says what is done about it",
            finding.reference(),
            finding.title
        );
        let place = Place::field(Kind::Finding, finding.id, "remediation");
        gaps.push(Gap {
            since: Some(made(finding.id)),
            due: finding.due,
            ..gap(7, finding.remedied_by(), what, place)
        });
    }
    if !dossier.evidence.iter().any(|evidence| !evidence.archived) {
        let what = "The evidence pack is empty";
        gaps.push(gap(7, Role::Security, what, Place::add(Kind::Evidence)));
    }
}

/// 8. No sign-off missing or voided; conflict-of-role policy met.
fn signoffs(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    for role in asked_roles(dossier) {
        let found = latest_signoff(dossier, role);
        let state = found.map(|signoff| signoff_state(dossier, signoff));
        let what = match state {
            Some(SignoffState::Valid) => continue,
            Some(SignoffState::Voided) => "was voided by a later change",
            Some(SignoffState::Withdrawn) => "was withdrawn",
            Some(SignoffState::Superseded) | None => "is missing",
        };
        let before = quote(dossier, role).filter(|quote| found.is_none() && quote.unchanged);
        let same =
            before.map_or_else(String::new, |quote| format!("; what it reviewed is as in review {}", quote.number));
        let what = format!("The sign-off of the {} {what}{same}", role.label());
        gaps.push(gap(8, role, what, Place::act(Kind::Signoff, found.map(|s| s.id), Mend::Sign(role))));
    }
    let rules = rules_of_review(dossier);
    for overlap in overlaps(dossier, today) {
        for lack in wanted(dossier, overlap.person, &overlap.roles, (&rules, today)) {
            gaps.push(independence(dossier, &overlap, lack, today));
        }
    }
}

/// What the policy still wants of one person in several roles.
fn independence(dossier: &Dossier, overlap: &Overlap, lack: Wanted, today: Day) -> Gap {
    let who = dossier.person_name(overlap.person).map_or("One person", |name| name.as_str());
    let roles: Vec<_> = overlap.roles.iter().map(|role| role.label()).collect();
    let what = format!("{who} holds {}, {}", counted(roles.len(), "role", "roles"), roles.join(" and "));
    match (lack, second_role(dossier, today)) {
        (Wanted::Override, _) => {
            let place = Place::act(Kind::Review, dossier.review().map(|review| review.id), Mend::Override);
            gap(8, Role::Governance, format!("{what}: the policy wants a recorded reason"), place)
        }
        (Wanted::Countersign, Some(second)) => {
            let place = Place::act(Kind::Countersign, Some(overlap.person), Mend::Countersign);
            gap(8, second, format!("{what}: the policy wants a countersignature"), place)
        }
        (Wanted::Countersign, None) => {
            let what = format!("{what}: the policy wants a countersignature, and nobody here is independent");
            let place = Place::act(Kind::Assignment, None, Mend::Assign(Role::Auditor));
            gap(8, Role::Governance, what, place)
        }
    }
}
