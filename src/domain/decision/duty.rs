//! What acceptances ask of people once they are given: conditions that come due, and decisions that have to be taken anew.

use std::sync::Arc;

use super::{
    Acceptance, AcceptanceState, Gap, Mend, Place, Proviso, ProvisoState, acceptance_state, acceptance_why,
    proviso_says, proviso_standing,
};
use crate::domain::{
    Dossier, Id, Kind,
    fields::Day,
    people::Role,
    summary::NextStep,
};

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
    steps
}

/// The owner of a condition sees to it, in a hat that they hold on the system.
fn condition(dossier: &Dossier, acceptance: &Acceptance, proviso: &Proviso, today: Day) -> Option<NextStep> {
    const HATS: [Role; 5] = [Role::Owner, Role::Operator, Role::Builder, Role::Governance, Role::Security];
    let standing = proviso_standing(dossier, proviso, today);
    let what = match standing.state {
        ProvisoState::Breached => format!("is broken: {}", standing.why),
        ProvisoState::Due => "is due".to_owned(),
        ProvisoState::Open | ProvisoState::Holds | ProvisoState::Met => return None,
    };
    let owner = proviso.owner.map(|who| who.0);
    let hat = owner.and_then(|person| HATS.into_iter().find(|role| dossier.holds(person, *role, today)));
    let role = hat.unwrap_or(Role::Owner);
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
        AcceptanceState::Proposed => {
            (format!("Decide on the proposed acceptance {name}"), Place::act(Kind::Acceptance, Some(threat.id), Mend::Accept))
        }
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
