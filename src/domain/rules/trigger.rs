//! Firing a trigger, and the triage of whatever fired: a trigger, a change, an incident.

use super::{Refusal, Rule, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    after::{came, carried},
    decision::{Triage, Trigger},
    fields::{Kept, Marks, Moment, Vocabulary, Who},
    people::{Role, Stamp},
    value::Value,
};

type Outcome = Result<Vec<Event>, Refusal>;

fn armed(dossier: &Dossier, id: Id) -> Result<&Trigger, Refusal> {
    dossier.triggers.iter().find(|t| t.id == id && !t.archived).ok_or_else(|| unknown(Kind::Trigger))
}

/// Records that a trigger fired: the clearance follows at once.
pub fn fire(dossier: &Dossier, id: Id, why: &Prose, stamp: &Stamp) -> Outcome {
    let trigger = armed(dossier, id)?;
    if is_waiting(trigger) {
        return Err(Refusal::new(Rule::WrongState, "It fired already and waits for its triage."));
    }
    needs_reason(why, "A fired trigger")?;
    Ok(vec![fired(dossier, trigger, why, stamp)])
}

/// Whether it fired and nobody has triaged it.
pub fn is_waiting(trigger: &Trigger) -> bool {
    trigger.fired_at.is_some() && trigger.triage.is_none()
}

/// That a trigger fired; what was decided about an earlier time counts no more.
pub fn fired(dossier: &Dossier, trigger: &Trigger, why: &Prose, stamp: &Stamp) -> Event {
    let mut set = vec![("fired_at", Some(stamp.at).to_value()), ("fired_why", why.to_value())];
    set.extend(["triage", "triage_reason", "triaged_by", "triaged_at", "roles"].map(|field| (field, Value::Null)));
    event(dossier, (Kind::Trigger, trigger.id, "fire"), set, why)
}

/// Says what becomes of what fired. A scoped review names the roles that are to look again.
pub fn triage(
    dossier: &Dossier,
    (id, outcome): (Id, Triage),
    roles: &[Role],
    reason: &Prose,
    stamp: &Stamp,
) -> Outcome {
    let kind = triaged(dossier, id, stamp)?;
    needs_reason(reason, "A triage")?;
    match (outcome, roles.is_empty()) {
        (Triage::Scoped, true) => {
            let says = "A scoped review names at least one role that is to look again.";
            return Err(Refusal::new(Rule::Incomplete, says));
        }
        (Triage::NotMaterial | Triage::Full, false) => {
            let says = format!("Only a scoped review names roles; {} names none.", outcome.label());
            return Err(Refusal::new(Rule::BadValue, says).hint("Choose the scoped review, or no role."));
        }
        _ => {}
    }
    if let Some(other) = roles.iter().find(|role| !Role::REVIEW.contains(role)) {
        let says = format!("The {} has no part of a review of its own.", other.label());
        return Err(Refusal::new(Rule::BadValue, says).hint("Name roles of the review."));
    }
    let set = vec![
        ("triage", Some(outcome).to_value()),
        ("triage_reason", reason.to_value()),
        ("triaged_by", Some(Who(stamp.by)).to_value()),
        ("triaged_at", Some(stamp.at).to_value()),
        ("roles", roles.to_vec().to_value()),
    ];
    Ok(vec![event(dossier, (kind, id, "triage"), set, reason)])
}

/// What is to be triaged, where it has fired.
fn triaged(dossier: &Dossier, id: Id, stamp: &Stamp) -> Result<Kind, Refusal> {
    let open = |at: Option<Moment>, fires: &Marks| {
        if at.is_some() && !carried(dossier, fires) {
            return Ok(());
        }
        let says = "A trigger that it fired is triaged in its stead.";
        Err(Refusal::new(Rule::WrongState, says).hint("Triage the trigger."))
    };
    if let Some(change) = dossier.alterations.iter().find(|row| row.id == id && !row.archived) {
        return open(change.at, &change.fires).map(|()| Kind::Alteration);
    }
    if let Some(incident) = dossier.incidents.iter().find(|row| row.id == id && !row.archived) {
        return open(incident.at, &incident.fires).map(|()| Kind::Incident);
    }
    let trigger = armed(dossier, id)?;
    let due = trigger.due.is_some_and(|due| due <= stamp.today);
    if trigger.fired_at.is_none() && !due && !came(dossier, trigger, stamp.today) {
        return Err(Refusal::new(Rule::WrongState, "It has not fired."));
    }
    Ok(Kind::Trigger)
}
