//! What acceptances ask of people once they are given: conditions that come due, and decisions that have to be taken anew.

use std::sync::Arc;

use super::{
    Acceptance, AcceptanceState, ENDING_DAYS, Exception, ExceptionState, Gap, Mend, Place, Proviso, ProvisoState,
    acceptance_state, acceptance_why, exception_over, proviso_says, proviso_standing,
};
use crate::domain::{Dossier, Id, Kind, fields::Day, people::Role, summary::NextStep};

/// The steps: each condition that is due or broken for its owner, each acceptance that ends or does not hold for the
/// governance lead, and each proposal that no gap of the gate asks for already.
pub fn duties(dossier: &Dossier, gaps: &[Arc<Gap>], today: Day) -> Vec<NextStep> {
    let mut steps: Vec<NextStep> = Vec::new();
    for (acceptance, proviso) in dossier.live_provisos() {
        steps.extend(condition(dossier, acceptance, proviso, today));
    }
    let asked = |threat: Option<Id>| {
        gaps.iter().any(|gap| gap.place.mend == Mend::Accept && gap.place.id == threat && threat.is_some())
    };
    let live = dossier.acceptances.iter().filter(|a| !a.archived && !asked(a.threat));
    steps.extend(live.filter_map(|acceptance| decision(dossier, acceptance, today)));
    let asked = |id: Id| gaps.iter().any(|gap| gap.place.mend == Mend::Except && gap.place.id == Some(id));
    let open = dossier.live_exceptions().filter(|e| dossier.decided().is_some() || !asked(e.id));
    steps.extend(open.filter_map(|exception| exception_step(dossier, exception, today)));
    steps
}

/// A request and a review are for the governance lead; that an exception ends soon is for its owner.
fn exception_step(dossier: &Dossier, exception: &Exception, today: Day) -> Option<NextStep> {
    let name = format!("{} \"{}\"", exception.reference(), exception.title);
    let soon = exception.deadline.is_some_and(|last| today.days_to(last) <= ENDING_DAYS);
    let (role, person, what, due) = match exception.state(today) {
        ExceptionState::Requested => (Role::Governance, None, format!("Decide on the exception {name}"), None),
        ExceptionState::ReviewDue => {
            (Role::Governance, None, format!("Review the exception {name}"), exception.review_due)
        }
        ExceptionState::Overdue => (Role::Governance, None, exception_over(exception), exception.deadline),
        ExceptionState::Open if soon => {
            let owner = exception.owner.map(|who| who.0);
            let ends = exception.deadline.map_or_else(String::new, |day| day.to_string());
            (hat_of(dossier, owner, today), owner, format!("The exception {name} ends on {ends}"), exception.deadline)
        }
        ExceptionState::Open | ExceptionState::Declined | ExceptionState::Closed => return None,
    };
    let place = Place::act(Kind::Exception, Some(exception.id), Mend::Except).to_text();
    Some(NextStep { role, person: person.or_else(|| dossier.holder(role, today)), what, since: None, due, place })
}

/// A hat that a person holds on the system and in which they report on it.
fn hat_of(dossier: &Dossier, person: Option<Id>, today: Day) -> Role {
    const HATS: [Role; 5] = [Role::Owner, Role::Operator, Role::Builder, Role::Governance, Role::Security];
    let held = |person: Id| HATS.into_iter().find(|role| dossier.holds(person, *role, today));
    person.and_then(held).unwrap_or(Role::Owner)
}

/// The owner of a condition sees to it, in a hat that they hold on the system.
fn condition(dossier: &Dossier, acceptance: &Acceptance, proviso: &Proviso, today: Day) -> Option<NextStep> {
    let standing = proviso_standing(dossier, proviso, today);
    let what = match standing.state {
        ProvisoState::Breached => format!("is broken: {}", standing.why),
        ProvisoState::Due => "is due".to_owned(),
        ProvisoState::Open | ProvisoState::Holds | ProvisoState::Met => return None,
    };
    let owner = proviso.owner.map(|who| who.0);
    let role = hat_of(dossier, owner, today);
    // What the record itself shows is put right where the record says it.
    let place = match (proviso.by_proof(), proviso.control) {
        (false, Some(control)) => Place::field(Kind::Control, control, "status"),
        _ => Place::act(Kind::Proviso, Some(proviso.id), Mend::Meet),
    };
    let says = proviso_says(dossier, proviso);
    Some(NextStep {
        role,
        person: owner.or_else(|| dossier.holder(role, today)),
        what: format!("Condition of {}, \"{says}\", {what}", acceptance.reference()),
        since: None,
        due: standing.due,
        place: place.to_text(),
    })
}

fn decision(dossier: &Dossier, acceptance: &Acceptance, today: Day) -> Option<NextStep> {
    let state = acceptance_state(dossier, acceptance, today);
    let threat = acceptance.threat.and_then(|id| dossier.live_threats().find(|t| t.id == id && t.counts()))?;
    let name = format!("{} of {}", acceptance.reference(), threat.reference());
    let (what, mend) = match state {
        AcceptanceState::Proposed => (
            format!("Decide on the proposed acceptance {name}"),
            Place::act(Kind::Acceptance, Some(threat.id), Mend::Accept),
        ),
        AcceptanceState::Expiring | AcceptanceState::Lapsed | AcceptanceState::Drifted | AcceptanceState::Breached => {
            // What was asked for anew is decided there, and what another one carries needs nothing.
            let renewed = |a: &Acceptance| {
                acceptance_state(dossier, a, today) == AcceptanceState::Proposed && a.threat == acceptance.threat
            };
            if dossier.acceptances.iter().any(|a| !a.archived && renewed(a)) {
                return None;
            }
            let ends = acceptance.expires.map_or_else(String::new, |day| day.to_string());
            let why = match state {
                AcceptanceState::Expiring => format!("ends on {ends}"),
                _ => acceptance_why(dossier, acceptance, today).join(" ").trim_end_matches('.').to_owned(),
            };
            let place = Place::act(Kind::Acceptance, Some(acceptance.id), Mend::Renew);
            (format!("Renew or revoke the acceptance {name}: {why}"), place)
        }
        _ => return None,
    };
    Some(NextStep {
        role: Role::Governance,
        person: dossier.holder(Role::Governance, today),
        what,
        since: None,
        due: acceptance.expires.filter(|_| state.given()),
        place: mend.to_text(),
    })
}
