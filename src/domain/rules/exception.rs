//! Exceptions: asked for, approved or declined by governance, reviewed in a rhythm, closed.

use super::{Refusal, Rule, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    decision::{Exception, ExceptionStatus},
    fields::{Entity, Kept, Vocabulary, Who},
    people::Stamp,
    value::Value,
};

type Outcome = Result<Vec<Event>, Refusal>;
type Set = Vec<(&'static str, Value)>;

/// Checks what is set of an exception: only a request is rewritten.
pub fn settle(dossier: &Dossier, id: Id, set: &mut Set, stamp: &Stamp) -> Result<(), Refusal> {
    let before = dossier.exceptions.by_id(id);
    if before.is_none() {
        set.push(("status", Some(ExceptionStatus::Requested).to_value()));
        set.push(("requester", Some(Who(stamp.by)).to_value()));
    }
    withdrawable(dossier, id)?;
    let mut after = before.cloned().unwrap_or_else(|| Exception::empty(id));
    for (field, value) in set.iter() {
        after.put(field, value);
    }
    if after.every.is_some_and(|every| every <= 0) {
        return Err(Refusal::new(
            Rule::BadValue,
            "An exception is reviewed every so many days: a whole number above 0.",
        ));
    }
    if after.control.is_some_and(|id| !dossier.live_controls().any(|control| control.id == id)) {
        return Err(Refusal::new(Rule::Unknown, "An exception names a control of this system, or none."));
    }
    Ok(())
}

/// What was decided stays: it is closed, never taken back.
pub fn withdrawable(dossier: &Dossier, id: Id) -> Result<(), Refusal> {
    let decided = |e: &Exception| e.status.is_some_and(|status| status != ExceptionStatus::Requested);
    if dossier.exceptions.by_id(id).is_some_and(decided) {
        return Err(Refusal::new(Rule::WrongState, "What was decided about an exception stays as it was decided.")
            .hint("Close it, and ask for another one."));
    }
    Ok(())
}

/// Approves or declines a request. Approved are the words as they stand, until a day that has not passed.
pub fn decide(dossier: &Dossier, (id, approve): (Id, bool), why: &Prose, stamp: &Stamp) -> Outcome {
    let exception = found(dossier, id, ExceptionStatus::Requested)?;
    let mut set = vec![
        ("approver", Some(Who(stamp.by)).to_value()),
        ("approver_name", dossier.name_and_title(stamp.by).to_value()),
        ("decided_at", Some(stamp.at).to_value()),
    ];
    if !approve {
        needs_reason(why, "To decline an exception")?;
        set.push(("status", Some(ExceptionStatus::Declined).to_value()));
        set.push(("ended_why", why.to_value()));
        return Ok(vec![event(dossier, (Kind::Exception, id, "decline"), set, why)]);
    }
    if let Some(field) = Exception::FIELDS.iter().find(|field| field.needed && exception.get(field.id).is_null()) {
        let says = format!("{} cannot be approved: {} is missing.", exception.reference(), field.label.to_lowercase());
        return Err(Refusal::new(Rule::Incomplete, says).hint("An exception has an owner, an end and a rhythm."));
    }
    if exception.deadline.is_none_or(|last| last < stamp.today) {
        return Err(Refusal::new(Rule::ExpiryNeeded, "An exception cannot have ended before it is approved."));
    }
    set.extend([
        ("status", Some(ExceptionStatus::Approved).to_value()),
        ("approved_as", Prose::new(&exception.terms(dossier)).to_value()),
        ("review_due", next_review(exception, stamp)),
    ]);
    Ok(vec![event(dossier, (Kind::Exception, id, "approve"), set, why)])
}

/// Records that somebody looked at it, and when the next look is due.
pub fn review(dossier: &Dossier, id: Id, note: &Prose, stamp: &Stamp) -> Outcome {
    let exception = found(dossier, id, ExceptionStatus::Approved)?;
    needs_reason(note, "A review")?;
    let set = vec![
        ("reviewed_at", Some(stamp.at).to_value()),
        ("review_note", note.to_value()),
        ("review_due", next_review(exception, stamp)),
    ];
    Ok(vec![event(dossier, (Kind::Exception, id, "review"), set, note)])
}

/// Closes it: the requirement holds again, or something else was decided.
pub fn close(dossier: &Dossier, id: Id, why: &Prose, stamp: &Stamp) -> Outcome {
    found(dossier, id, ExceptionStatus::Approved)?;
    needs_reason(why, "To close an exception")?;
    let set = vec![
        ("status", Some(ExceptionStatus::Closed).to_value()),
        ("closed_at", Some(stamp.at).to_value()),
        ("ended_why", why.to_value()),
        ("review_due", Value::Null),
    ];
    Ok(vec![event(dossier, (Kind::Exception, id, "close"), set, why)])
}

fn next_review(exception: &Exception, stamp: &Stamp) -> Value {
    Some(stamp.today.plus(exception.every.unwrap_or(0).max(1))).to_value()
}

fn found(dossier: &Dossier, id: Id, wanted: ExceptionStatus) -> Result<&Exception, Refusal> {
    let found = dossier.live_exceptions().find(|e| e.id == id).ok_or_else(|| unknown(Kind::Exception))?;
    let is = found.status.unwrap_or(ExceptionStatus::Requested);
    if is == wanted {
        return Ok(found);
    }
    let says = format!("{} is {}; only one that is {} takes this.", found.reference(), is.label(), wanted.label());
    Err(Refusal::new(Rule::WrongState, says))
}
