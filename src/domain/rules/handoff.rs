//! Sending, opening, confirming, returning and recalling a hand-off.

use super::{Refusal, Rule, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    decision::{HandoffState, ReturnReason, Step, print_of},
    fields::{Day, Kept, Who},
    people::{Role, Stamp},
};

type Outcome = Result<Vec<Event>, Refusal>;

/// Hands over: the work changes courts.
pub fn send(dossier: &Dossier, step: Step, note: &Prose, due: Option<Day>, stamp: &Stamp) -> Outcome {
    let review = dossier.review().ok_or_else(|| unknown(Kind::Review))?;
    if due.is_some_and(|due| due < stamp.today) {
        return Err(Refusal::new(Rule::BadValue, "A hand-off cannot be due in the past."));
    }
    let state = if step == Step::OwnerAll { HandoffState::Completed } else { HandoffState::Sent };
    let set = vec![
        ("review", Some(review.id).to_value()),
        ("step", Some(step).to_value()),
        ("state", Some(state).to_value()),
        ("note", note.to_value()),
        ("due", Some(due.unwrap_or_else(|| stamp.today.plus(step.default_days()))).to_value()),
        ("sent_by", Some(Who(stamp.by)).to_value()),
        ("sent_at", Some(stamp.at).to_value()),
        ("carried", print_of(dossier, step.carries()).to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Handoff, stamp.fresh(), "send"), set, &Prose::default())])
}

/// Opens it: from now on only the receiver can send it back.
pub fn receive(dossier: &Dossier, step: Step, stamp: &Stamp) -> Outcome {
    let id = current(dossier, step)?;
    let set = vec![
        ("state", Some(HandoffState::Received).to_value()),
        ("received_by", Some(Who(stamp.by)).to_value()),
        ("received_at", Some(stamp.at).to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Handoff, id, "receive"), set, &Prose::default())])
}

/// Confirms that it is enough, for the content as it is now.
pub fn confirm(dossier: &Dossier, step: Step, stamp: &Stamp) -> Outcome {
    let id = current(dossier, step)?;
    let handoff = dossier.handoff(step).ok_or_else(|| unknown(Kind::Handoff))?;
    let mut set = vec![
        ("state", Some(HandoffState::Completed).to_value()),
        ("closed_by", Some(Who(stamp.by)).to_value()),
        ("closed_at", Some(stamp.at).to_value()),
        ("carried", print_of(dossier, step.carries()).to_value()),
    ];
    if handoff.received_at.is_none() {
        set.push(("received_by", Some(Who(stamp.by)).to_value()));
        set.push(("received_at", Some(stamp.at).to_value()));
    }
    Ok(vec![event(dossier, (Kind::Handoff, id, "confirm"), set, &Prose::default())])
}

/// Sends it back: a reason, at least one specific gap, and the role that closes it.
pub fn give_back(dossier: &Dossier, why: (Step, ReturnReason, Role), gaps: &Prose, stamp: &Stamp) -> Outcome {
    let (step, reason, role) = why;
    let id = current(dossier, step)?;
    if gaps.is_empty() {
        let says = "To send it back, name at least one specific gap.";
        return Err(Refusal::new(Rule::GapNeeded, says).hint("Write one gap a line."));
    }
    if !Role::REVIEW.contains(&role) {
        return Err(Refusal::new(Rule::GapNeeded, "A gap is closed by one of the five review roles."));
    }
    if reason == ReturnReason::Other {
        needs_reason(gaps, "A return for another reason")?;
    }
    let set = vec![
        ("state", Some(HandoffState::Returned).to_value()),
        ("closed_by", Some(Who(stamp.by)).to_value()),
        ("closed_at", Some(stamp.at).to_value()),
        ("reason", Some(reason).to_value()),
        ("gaps", gaps.to_value()),
        ("gaps_role", Some(role).to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Handoff, id, "return"), set, gaps)])
}

/// Takes it back before it is opened.
pub fn recall(dossier: &Dossier, step: Step) -> Outcome {
    let id = current(dossier, step)?;
    let set = vec![("state", Some(HandoffState::Recalled).to_value())];
    Ok(vec![event(dossier, (Kind::Handoff, id, "recall"), set, &Prose::default())])
}

/// Whether what a completed hand-off carries has changed since.
pub fn is_stale(dossier: &Dossier, step: Step) -> bool {
    dossier.handoff(step).is_some_and(|handoff| print_of(dossier, step.carries()) != handoff.carried)
}

fn current(dossier: &Dossier, step: Step) -> Result<Id, Refusal> {
    dossier.handoff(step).map(|handoff| handoff.id).ok_or_else(|| unknown(Kind::Handoff))
}
