//! What is to be done about a threat, and what is done.

use super::{Notes, Reading, Rule, named};
use crate::domain::{
    Id, Kind,
    decision::{Acceptance, AcceptanceState, AcceptanceStatus, Mend, Place, acceptance_state_by, acceptance_why},
    fields::Vocabulary,
    register::{Analysis, Threat, Treatment},
};

pub(super) fn threats(read: &Reading, notes: &mut Notes) {
    for threat in read.d.live_threats() {
        let name = named(threat);
        let field = |field| Place::field(Kind::Threat, threat.id, field);
        match threat.treated() {
            Treatment::Mitigate if read.standing(threat).next().is_none() => {
                let place = Place { id: Some(threat.id), ..Place::add(Kind::Control) };
                let what = format!("{name} is to be mitigated, and no control is planned against it.");
                notes.say(Rule::MitigateWithoutPlan, place, what, "Plan a control against it, or treat it otherwise.");
            }
            Treatment::Accept => accept(read, threat, notes),
            Treatment::Avoid | Treatment::Transfer | Treatment::NotApplicable if threat.treatment_reason.is_empty() => {
                let treated = threat.treated().label();
                let what = format!("{name} has the treatment \"{treated}\", and nobody said why.");
                notes.say(Rule::TreatmentWithoutReason, field("treatment_reason"), what, "Say why in a few words.");
            }
            Treatment::Undecided if threat.status == Some(Analysis::Closed) => {
                let what = format!("The analysis of {name} is closed, and nothing was decided about it.");
                notes.say(Rule::ClosedUndecided, field("treatment"), what, "Choose a treatment, or open it again.");
            }
            _ => {}
        }
        if threat.counts() && threat.treated() != Treatment::Accept {
            ended(read, threat, notes);
        }
    }
}

fn deciding(threat: Id) -> Place {
    Place::act(Kind::Acceptance, Some(threat), Mend::Accept)
}

/// To be accepted: an acceptance has to be in force.
fn accept(read: &Reading, threat: &Threat, notes: &mut Notes) {
    if read.is_carried(threat) {
        return;
    }
    let name = named(threat);
    let last = read.acceptances_of(threat).iter().rev().find(|a| a.status == Some(AcceptanceStatus::Accepted));
    let what = match last {
        Some(last) => format!("{name} is to be accepted, and {}.", ending(read, last)),
        None => format!("{name} is to be accepted, and nobody accepted it."),
    };
    let mend = "Ask the governance lead for an acceptance, or treat it otherwise.";
    notes.say(Rule::AcceptWithoutAcceptance, deciding(threat.id), what, mend);
}

/// What became of an acceptance that does not hold.
fn ending(read: &Reading, acceptance: &Acceptance) -> String {
    let state = acceptance_state_by(read.d, acceptance, &read.plan, read.today);
    match (state, acceptance.expires) {
        (AcceptanceState::Lapsed, Some(expires)) => format!("its acceptance lapsed on {expires}"),
        _ => format!("its acceptance is {}", state.label()),
    }
}

/// An acceptance of something that is treated otherwise, and that does not hold any more.
fn ended(read: &Reading, threat: &Threat, notes: &mut Notes) {
    use AcceptanceStatus::{Accepted, Proposed};
    let open = |a: &&&Acceptance| matches!(a.status.unwrap_or(Proposed), Accepted | Proposed);
    let Some(last) = read.acceptances_of(threat).iter().rev().find(open) else { return };
    if read.is_carried(threat) {
        return;
    }
    let name = named(threat);
    let over = last.expires.is_some_and(|expires| expires < read.today);
    let accepted = last.status == Some(Accepted);
    if let Some(expires) = last.expires.filter(|_| over) {
        let what = if accepted {
            format!("The acceptance of {name} lapsed on {expires}.")
        } else {
            format!("The acceptance of {name} was asked for until {expires}, and that day is over.")
        };
        let mend = "Ask for a renewed acceptance, or revoke the one that is over.";
        notes.say(Rule::AcceptanceExpired, deciding(threat.id), what, mend);
    } else if accepted && acceptance_state_by(read.d, last, &read.plan, read.today) == AcceptanceState::Breached {
        let why = acceptance_why(read.d, last, read.today).join(" ");
        let what = format!("The acceptance of {name} does not hold. {why}");
        let mend = "See to the condition and record its proof, or ask for another acceptance.";
        notes.say(Rule::AcceptanceBreached, deciding(threat.id), what, mend);
    } else if accepted {
        let what = format!("The acceptance of {name} was given for another score than the one of today.");
        let mend = "Ask for an acceptance of the score of today.";
        notes.say(Rule::AcceptanceDrifted, deciding(threat.id), what, mend);
    }
}
