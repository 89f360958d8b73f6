//! Planning a meeting, opening it, and who is there.

use super::{Outcome, at, known, led, to_come};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    command::Fields,
    decision::rules_in_force,
    fields::{Kept, Who},
    meeting::{Meeting, Presence},
    people::Stamp,
    refusal::{Refusal, Rule},
    rules::{edit::next_number, event, needs_reason, unknown},
    value::Value,
};

type Set = Vec<(&'static str, Value)>;

fn said(set: &Fields) -> Result<Vec<(&str, Value)>, Refusal> {
    let mut out = Vec::new();
    for (field, value) in set {
        if !SAID.contains(&field.as_str()) {
            return Err(Refusal::new(Rule::SetByRule, format!("\"{field}\" is not set when a meeting is planned.")));
        }
        let below = matches!(value, Value::Int(n) if *n < 1);
        if below && ["every", "minutes", "quorum"].contains(&field.as_str()) {
            return Err(Refusal::new(Rule::BadValue, "A quorum, minutes and days are whole numbers above 0."));
        }
        if field == "starts" && !value.is_null() && !matches!(value, Value::Text(text) if is_time(text)) {
            return Err(Refusal::new(Rule::BadValue, "The start is a time of the day, such as 14:00."));
        }
        out.push((field.as_str(), value.clone()));
    }
    Ok(out)
}

/// The fields of a meeting that people set.
const SAID: [&str; 9] = ["title", "series", "every", "day", "starts", "minutes", "chair", "quorum", "quorum_reason"];

/// A meeting that needs another number of people than the policy says, says why.
fn explained(before: Option<&Meeting>, set: &[(&str, Value)]) -> Result<(), Refusal> {
    let after = |field: &str| set.iter().find(|(known, _)| *known == field).map(|(_, value)| value.clone());
    let was = before.map_or(Value::Null, |meeting| meeting.quorum.to_value());
    let quorum = after("quorum").unwrap_or_else(|| was.clone());
    let why = after("quorum_reason").unwrap_or_else(|| before.map_or(Value::Null, |m| m.quorum_reason.to_value()));
    if quorum.is_null() || !why.is_null() || (quorum == was && before.is_some_and(|m| m.quorum_reason.is_empty())) {
        return Ok(());
    }
    needs_reason(&Prose::default(), "Another quorum than the policy says")
}

fn is_time(text: &str) -> bool {
    chrono::NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

pub(super) fn plan(record: &Dossier, set: &Fields, invited: &[Id], stamp: &Stamp) -> Result<(Id, Vec<Event>), Refusal> {
    let mut set = said(set)?;
    let missing = |field: &str| !set.iter().any(|(f, value)| *f == field && !value.is_null());
    if missing("title") || missing("day") {
        return Err(Refusal::new(Rule::Incomplete, "A meeting has a title and a day."));
    }
    explained(None, &set)?;
    set.push(("number", Value::Int(next_number(record, Kind::Meeting))));
    let id = stamp.fresh();
    let mut events = vec![event(record, (Kind::Meeting, id, "plan"), set, &Prose::default())];
    for person in invited {
        events.push(presence(record, id, *person, Presence::Invited, stamp)?);
    }
    Ok((id, events))
}

/// A meeting of this moment: planned and opened in one go by whoever sits here.
pub(super) fn open_now(record: &Dossier, set: &Fields, stamp: &Stamp) -> Outcome {
    none_runs(record)?;
    let (id, mut events) = plan(record, set, &[stamp.by], stamp)?;
    let mut after = record.clone();
    for event in &events {
        after.apply(event);
    }
    events.extend(opened(&after, id, stamp)?);
    Ok(events)
}

pub(super) fn change(record: &Dossier, id: Id, set: &Fields) -> Outcome {
    let meeting = to_come(record, id)?;
    let set = said(set)?;
    explained(Some(meeting), &set)?;
    let event = event(record, (Kind::Meeting, id, "edit"), set, &Prose::default());
    if event.set.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "Nothing would change."));
    }
    Ok(vec![event])
}

pub(super) fn cancel(record: &Dossier, id: Id, why: &Prose, stamp: &Stamp) -> Outcome {
    let meeting = to_come(record, id)?;
    needs_reason(why, "To call a meeting off")?;
    if meeting.runs() {
        return Err(Refusal::new(Rule::WrongState, "A meeting that runs is closed, not called off."));
    }
    led(record, meeting, stamp)?;
    Ok(vec![event(record, (Kind::Meeting, id, "cancel"), vec![("cancelled", why.to_value())], why)])
}

fn none_runs(record: &Dossier) -> Result<(), Refusal> {
    match record.running_meeting() {
        Some(other) => {
            let says = format!("The meeting \"{}\" runs already.", other.title);
            Err(Refusal::new(Rule::WrongState, says).hint("Close it first."))
        }
        None => Ok(()),
    }
}

pub(super) fn open(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
    let meeting = to_come(record, id)?;
    if meeting.runs() {
        return Err(Refusal::new(Rule::WrongState, "It runs already."));
    }
    none_runs(record)?;
    opened(record, id, stamp)
}

fn opened(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
    let meeting = known(record, id)?;
    let policy = Value::Int(rules_in_force(record).version);
    let mut set: Set = vec![("opened_at", at(stamp)), ("running_since", at(stamp)), ("policy", policy)];
    if meeting.chair.is_none() {
        set.push(("chair", Some(Who(stamp.by)).to_value()));
    }
    let there = presence(record, id, stamp.by, Presence::Present, stamp)?;
    let mut events = vec![event(record, (Kind::Meeting, id, "start"), set, &Prose::default())];
    events.extend(Some(there).filter(|there| !there.set.is_empty()));
    Ok(events)
}

fn presence(record: &Dossier, meeting: Id, who: Id, presence: Presence, stamp: &Stamp) -> Result<Event, Refusal> {
    if record.people.by_id(who).is_none_or(|known| known.archived) {
        return Err(unknown(Kind::Person));
    }
    let known = record.attendees_of(meeting).find(|row| row.person == Some(Who(who)));
    let id = known.map_or_else(|| stamp.fresh(), |row| row.id);
    let set = vec![
        ("meeting", Some(meeting).to_value()),
        ("person", Some(Who(who)).to_value()),
        ("presence", Some(presence).to_value()),
    ];
    Ok(event(record, (Kind::Attendee, id, "attend"), set, &Prose::default()))
}

pub(super) fn attend(
    record: &Dossier,
    id: Id,
    (people, chair): (&[(Id, Presence)], Option<Id>),
    stamp: &Stamp,
) -> Outcome {
    to_come(record, id)?;
    let leads = chair.map(|chair| vec![("chair", Some(Who(chair)).to_value())]);
    let leads = leads.map(|set| event(record, (Kind::Meeting, id, "edit"), set, &Prose::default()));
    let mut events: Vec<Event> = leads.into_iter().collect();
    for (who, there) in people {
        events.push(presence(record, id, *who, *there, stamp)?);
    }
    events.retain(|event| !event.set.is_empty());
    if events.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "Nothing would change."));
    }
    Ok(events)
}
