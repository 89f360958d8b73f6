//! Leading a meeting: what is on, the clocks, the order of the agenda, the end.

use super::{Outcome, at, led, running, to_come};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    fields::Kept,
    meeting::{AgendaItem, AgendaSection, ItemMark, ItemRef, Meeting, Placing, elapsed},
    people::Stamp,
    refusal::{Refusal, Rule},
    rules::{event, needs_reason},
    value::Value,
};

type Set = Vec<(&'static str, Value)>;

/// An item as it is kept once hands touch it.
fn kept(record: &Dossier, meeting: Id, item: &ItemRef, stamp: &Stamp) -> (Id, Set) {
    match record.item_of(meeting, &item.key) {
        Some(row) => (row.id, Vec::new()),
        None => (
            stamp.fresh(),
            vec![
                ("meeting", Some(meeting).to_value()),
                ("key", Value::from(item.key.as_str())),
                ("title", item.title.to_value()),
                ("about", item.about.to_value()),
            ],
        ),
    }
}

/// Stops the clock of the item that is on.
fn stopped(item: &AgendaItem, stamp: &Stamp) -> Set {
    if item.running_since.is_none() {
        return Vec::new();
    }
    let spent = elapsed(item.spent, item.running_since, stamp.at);
    vec![("spent", Value::Int(spent)), ("running_since", Value::Null)]
}

fn current<'a>(record: &'a Dossier, meeting: &Meeting) -> Option<&'a AgendaItem> {
    record.item_of(meeting.id, meeting.current.as_str()).filter(|_| !meeting.current.is_empty())
}

pub(super) fn take_up(
    record: &Dossier,
    id: Id,
    (next, left): (Option<&ItemRef>, Option<ItemMark>),
    stamp: &Stamp,
) -> Outcome {
    let meeting = led(record, running(record, id)?, stamp)?;
    let none = Prose::default();
    let mut events = Vec::new();
    let same = next.is_some_and(|next| next.key == meeting.current.as_str());
    if let Some(before) = current(record, meeting).filter(|_| !same) {
        let mut set = stopped(before, stamp);
        if before.mark.is_none() {
            set.extend(left.map(|left| ("mark", Some(left).to_value())));
        }
        events.push(event(record, (Kind::AgendaItem, before.id, "leave"), set, &none));
    }
    let key = next.map_or("", |next| next.key.as_str());
    if let Some(next) = next.filter(|_| !same) {
        let (row, mut set) = kept(record, id, next, stamp);
        let old = record.item_of(id, &next.key);
        if old.is_none_or(|old| old.taken_up.is_none()) {
            set.push(("taken_up", at(stamp)));
        }
        if !meeting.is_paused() {
            set.push(("running_since", at(stamp)));
        }
        // What comes back is open again.
        set.extend([("mark", Value::Null), ("reason", Value::Null)]);
        events.push(event(record, (Kind::AgendaItem, row, "take_up"), set, &none));
    }
    events.push(event(record, (Kind::Meeting, id, "turn"), vec![("current", Value::from(key))], &none));
    events.retain(|event| !event.set.is_empty());
    Ok(events)
}

pub(super) fn pause(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
    let meeting = led(record, running(record, id)?, stamp)?;
    if meeting.is_paused() {
        return Err(Refusal::new(Rule::WrongState, "The clock stands still already."));
    }
    let spent = elapsed(meeting.spent, meeting.running_since, stamp.at);
    let none = Prose::default();
    let set = vec![("spent", Value::Int(spent)), ("running_since", Value::Null)];
    let mut events = vec![event(record, (Kind::Meeting, id, "pause"), set, &none)];
    let on = current(record, meeting).filter(|item| item.running_since.is_some());
    events.extend(on.map(|item| event(record, (Kind::AgendaItem, item.id, "pause"), stopped(item, stamp), &none)));
    Ok(events)
}

pub(super) fn resume(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
    let meeting = led(record, running(record, id)?, stamp)?;
    if !meeting.is_paused() {
        return Err(Refusal::new(Rule::WrongState, "The clock runs already."));
    }
    let none = Prose::default();
    let goes_on = || vec![("running_since", at(stamp))];
    let mut events = vec![event(record, (Kind::Meeting, id, "resume"), goes_on(), &none)];
    let on = current(record, meeting);
    events.extend(on.map(|item| event(record, (Kind::AgendaItem, item.id, "resume"), goes_on(), &none)));
    Ok(events)
}

pub(super) fn place(record: &Dossier, id: Id, (item, to): (&ItemRef, Placing), stamp: &Stamp) -> Outcome {
    to_come(record, id)?;
    let (row, mut set) = kept(record, id, item, stamp);
    set.extend(to.section.map(|section| ("section", Some(section).to_value())));
    set.extend(to.position.map(|position| ("position", Value::Int(position))));
    if let Some(minutes) = to.minutes {
        if !(1..=24 * 60).contains(&minutes) {
            return Err(Refusal::new(Rule::BadValue, "A timebox is between 1 minute and a day."));
        }
        set.push(("minutes", Value::Int(minutes)));
    }
    Ok(vec![event(record, (Kind::AgendaItem, row, "edit"), set, &Prose::default())])
}

pub(super) fn arrange(record: &Dossier, id: Id, all: &[(ItemRef, Placing)], stamp: &Stamp) -> Outcome {
    let mut events = Vec::new();
    for (item, to) in all {
        events.extend(place(record, id, (item, *to), stamp)?);
    }
    events.retain(|event| !event.set.is_empty());
    if events.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "Nothing would change."));
    }
    Ok(events)
}

pub(super) fn marked(
    record: &Dossier,
    id: Id,
    (item, mark): (&ItemRef, Option<ItemMark>),
    why: &Prose,
    stamp: &Stamp,
) -> Outcome {
    let meeting = to_come(record, id)?;
    if meeting.runs() {
        led(record, meeting, stamp)?;
    }
    if matches!(mark, Some(ItemMark::Deferred | ItemMark::Dropped)) {
        needs_reason(why, "To defer an item, or to take it off the agenda,")?;
    }
    let (row, mut set) = kept(record, id, item, stamp);
    set.extend([("mark", mark.to_value()), ("reason", why.to_value())]);
    let verb = match mark {
        Some(ItemMark::Skipped) => "skip",
        Some(ItemMark::Deferred) => "defer",
        Some(ItemMark::Dropped) => "drop",
        Some(ItemMark::Done) => "discuss",
        None => "reopen",
    };
    Ok(vec![event(record, (Kind::AgendaItem, row, verb), set, why)])
}

pub(super) fn add_item(
    record: &Dossier,
    id: Id,
    item: &ItemRef,
    (section, minutes): (AgendaSection, Option<i64>),
    stamp: &Stamp,
) -> Outcome {
    to_come(record, id)?;
    if item.title.is_empty() {
        return Err(Refusal::new(Rule::Incomplete, "An item has a title."));
    }
    let row = stamp.fresh();
    let set = vec![
        ("meeting", Some(id).to_value()),
        ("key", Value::from(format!("hand/{row}").as_str())),
        ("title", item.title.to_value()),
        ("about", item.about.to_value()),
        ("section", Some(section).to_value()),
        ("minutes", minutes.to_value()),
    ];
    Ok(vec![event(record, (Kind::AgendaItem, row, "add"), set, &Prose::default())])
}

pub(super) fn close(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
    let meeting = led(record, running(record, id)?, stamp)?;
    let spent = elapsed(meeting.spent, meeting.running_since, stamp.at);
    let none = Prose::default();
    let on = current(record, meeting).filter(|item| item.running_since.is_some());
    let mut events: Vec<Event> = on
        .map(|item| event(record, (Kind::AgendaItem, item.id, "leave"), stopped(item, stamp), &none))
        .into_iter()
        .collect();
    let set = vec![("spent", Value::Int(spent)), ("running_since", Value::Null), ("closed_at", at(stamp))];
    events.push(event(record, (Kind::Meeting, id, "close"), set, &none));
    Ok(events)
}
