//! Meetings: planning, opening and closing them, the agenda under the hands, what is said by name, tasks and minutes.

use super::{Refusal, Rule, edit::next_number, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Line, Prose,
    command::Fields,
    fields::{Kept, Who},
    meeting::{
        AgendaItem, AgendaSection, ItemMark, ItemRef, Meeting, MeetingAct, NewTask, Opined, OpinionKind, Placing,
        Presence, StanceKind, elapsed, quorum_met,
    },
    people::Stamp,
    value::Value,
    wording::person,
};

type Outcome = Result<Vec<Event>, Refusal>;
type Set = Vec<(&'static str, Value)>;

/// What follows from an act of a meeting.
pub fn meet(record: &Dossier, act: &MeetingAct, stamp: &Stamp) -> Outcome {
    match act {
        MeetingAct::Plan(set, invited) => plan(record, set, invited, stamp).map(|(_, events)| events),
        MeetingAct::OpenNow(set) => open_now(record, set, stamp),
        MeetingAct::Change(id, set) => change(record, *id, set),
        MeetingAct::Cancel(id, why) => cancel(record, *id, why, stamp),
        MeetingAct::Open(id) => open(record, *id, stamp),
        MeetingAct::Attend(id, people, chair) => attend(record, *id, (people, *chair), stamp),
        MeetingAct::Stand(id, key, who, stance, text) => stand(record, (*id, key), (*who, *stance), text, stamp),
        MeetingAct::TakeUp(id, next, left) => take_up(record, *id, (next.as_ref(), *left), stamp),
        MeetingAct::Pause(id) => pause(record, *id, stamp),
        MeetingAct::Resume(id) => resume(record, *id, stamp),
        MeetingAct::Place(id, item, placing) => place(record, *id, (item, *placing), stamp),
        MeetingAct::Arrange(id, all) => arrange(record, *id, all, stamp),
        MeetingAct::Mark(id, item, mark, why) => marked(record, *id, (item, *mark), why, stamp),
        MeetingAct::AddItem(id, item, section, minutes) => add_item(record, *id, item, (*section, *minutes), stamp),
        _ => written(record, act, stamp),
    }
}

/// What is written in a meeting, and its end.
fn written(record: &Dossier, act: &MeetingAct, stamp: &Stamp) -> Outcome {
    match act {
        MeetingAct::Remark(id, key, text) => remark(record, *id, key, text, stamp),
        MeetingAct::AddTask(task) => add_task(record, task, stamp),
        MeetingAct::EndTask(id, outcome) => end_task(record, *id, outcome, stamp),
        MeetingAct::Opine(id, said, note) => opine(record, *id, said, note, stamp),
        MeetingAct::Close(id) => close(record, *id, stamp),
        MeetingAct::Approve(id, within) => approve(record, *id, *within, stamp),
        _ => Err(Refusal::new(Rule::NothingChanged, "Nothing follows from this.")),
    }
}

const NONE: &str = "";

fn known(record: &Dossier, id: Id) -> Result<&Meeting, Refusal> {
    record.meeting(id).ok_or_else(|| unknown(Kind::Meeting))
}

/// A meeting that is not over.
fn to_come(record: &Dossier, id: Id) -> Result<&Meeting, Refusal> {
    let meeting = known(record, id)?;
    if meeting.closed_at.is_some() || !meeting.cancelled.is_empty() {
        let says = format!("The meeting \"{}\" is over; what was decided in it stays as it was.", meeting.title);
        return Err(Refusal::new(Rule::WrongState, says).hint("A line may still be added to its minutes."));
    }
    Ok(meeting)
}

/// A meeting that runs.
fn running(record: &Dossier, id: Id) -> Result<&Meeting, Refusal> {
    let meeting = to_come(record, id)?;
    if meeting.runs() {
        return Ok(meeting);
    }
    Err(Refusal::new(Rule::WrongState, format!("The meeting \"{}\" was not opened yet.", meeting.title))
        .hint("Open it first."))
}

/// Whoever leads it: the chair, or anybody while the chair is not there.
fn led<'a>(record: &Dossier, meeting: &'a Meeting, stamp: &Stamp) -> Result<&'a Meeting, Refusal> {
    let chair = meeting.chair.map(|who| who.0).filter(|chair| *chair != stamp.by);
    match chair.filter(|chair| record.is_present(meeting.id, *chair)) {
        Some(chair) => {
            let says = format!("{} leads this meeting.", person(record, Some(chair)));
            Err(Refusal::new(Rule::RoleMayNot, says).hint("Ask the chair, or change who leads it."))
        }
        None => Ok(meeting),
    }
}

/// The fields of a meeting that people set.
const SAID: [&str; 8] = ["title", "series", "every", "day", "starts", "minutes", "chair", "quorum"];

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

fn is_time(text: &str) -> bool {
    chrono::NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

fn plan(record: &Dossier, set: &Fields, invited: &[Id], stamp: &Stamp) -> Result<(Id, Vec<Event>), Refusal> {
    let mut set = said(set)?;
    let missing = |field: &str| !set.iter().any(|(f, value)| *f == field && !value.is_null());
    if missing("title") || missing("day") {
        return Err(Refusal::new(Rule::Incomplete, "A meeting has a title and a day."));
    }
    set.push(("number", Value::Int(next_number(record, Kind::Meeting))));
    let id = stamp.fresh();
    let mut events = vec![event(record, (Kind::Meeting, id, "plan"), set, &Prose::default())];
    for person in invited {
        events.push(presence(record, id, *person, Presence::Invited, stamp)?);
    }
    Ok((id, events))
}

/// A meeting of this moment: planned and opened in one go by whoever sits here.
fn open_now(record: &Dossier, set: &Fields, stamp: &Stamp) -> Outcome {
    none_runs(record)?;
    let (id, mut events) = plan(record, set, &[stamp.by], stamp)?;
    let mut after = record.clone();
    for event in &events {
        after.apply(event);
    }
    events.extend(opened(&after, id, stamp)?);
    Ok(events)
}

fn change(record: &Dossier, id: Id, set: &Fields) -> Outcome {
    to_come(record, id)?;
    let event = event(record, (Kind::Meeting, id, "edit"), said(set)?, &Prose::default());
    if event.set.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "Nothing would change."));
    }
    Ok(vec![event])
}

fn cancel(record: &Dossier, id: Id, why: &Prose, stamp: &Stamp) -> Outcome {
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

fn open(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
    let meeting = to_come(record, id)?;
    if meeting.runs() {
        return Err(Refusal::new(Rule::WrongState, "It runs already."));
    }
    none_runs(record)?;
    opened(record, id, stamp)
}

fn opened(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
    let meeting = known(record, id)?;
    let mut set: Set = vec![("opened_at", at(stamp)), ("running_since", at(stamp))];
    if meeting.chair.is_none() {
        set.push(("chair", Some(Who(stamp.by)).to_value()));
    }
    let there = presence(record, id, stamp.by, Presence::Present, stamp)?;
    let mut events = vec![event(record, (Kind::Meeting, id, "start"), set, &Prose::default())];
    events.extend(Some(there).filter(|there| !there.set.is_empty()));
    Ok(events)
}

fn at(stamp: &Stamp) -> Value {
    Some(stamp.at).to_value()
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

fn attend(record: &Dossier, id: Id, (people, chair): (&[(Id, Presence)], Option<Id>), stamp: &Stamp) -> Outcome {
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

fn stand(
    record: &Dossier,
    (id, key): (Id, &str),
    (who, stance): (Id, StanceKind),
    text: &Prose,
    stamp: &Stamp,
) -> Outcome {
    running(record, id)?;
    if !record.is_present(id, who) {
        let says = format!("{} is not there.", person(record, Some(who)));
        return Err(Refusal::new(Rule::Unknown, says).hint("Say who is here first."));
    }
    if record.item_of(id, key).is_none() {
        return Err(unknown(Kind::AgendaItem));
    }
    if stance == StanceKind::Dissents {
        needs_reason(text, "A dissent")?;
    }
    let mine = record.stances_of(id).find(|row| row.key.as_str() == key && row.person == Some(Who(who)));
    let row = mine.map_or_else(|| stamp.fresh(), |row| row.id);
    let set = vec![
        ("meeting", Some(id).to_value()),
        ("key", Value::from(key)),
        ("person", Some(Who(who)).to_value()),
        ("stance", Some(stance).to_value()),
        ("text", text.to_value()),
    ];
    Ok(vec![event(record, (Kind::Stance, row, "stand"), set, text)])
}

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

fn take_up(record: &Dossier, id: Id, (next, left): (Option<&ItemRef>, Option<ItemMark>), stamp: &Stamp) -> Outcome {
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
    let key = next.map_or(NONE, |next| next.key.as_str());
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

fn pause(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
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

fn resume(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
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

fn place(record: &Dossier, id: Id, (item, to): (&ItemRef, Placing), stamp: &Stamp) -> Outcome {
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

fn arrange(record: &Dossier, id: Id, all: &[(ItemRef, Placing)], stamp: &Stamp) -> Outcome {
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

fn marked(record: &Dossier, id: Id, (item, mark): (&ItemRef, Option<ItemMark>), why: &Prose, stamp: &Stamp) -> Outcome {
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

fn add_item(
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

/// A line may be added as long as nobody approved the minutes; an outcome is never one.
fn remark(record: &Dossier, id: Id, key: &str, text: &Prose, stamp: &Stamp) -> Outcome {
    let meeting = known(record, id)?;
    if meeting.approved_at.is_some() {
        let says = format!("The minutes of \"{}\" were approved; they stay as they are.", meeting.title);
        return Err(Refusal::new(Rule::WrongState, says).hint("Say it in the next meeting."));
    }
    needs_reason(text, "A line of the minutes").map_err(|_| Refusal::new(Rule::Incomplete, "The line is empty."))?;
    let set = vec![
        ("meeting", Some(id).to_value()),
        ("key", Value::from(key)),
        ("text", text.to_value()),
        ("by", Some(Who(stamp.by)).to_value()),
        ("at", at(stamp)),
    ];
    Ok(vec![event(record, (Kind::Remark, stamp.fresh(), "add"), set, &Prose::default())])
}

fn add_task(record: &Dossier, task: &NewTask, stamp: &Stamp) -> Outcome {
    let (Some(owner), Some(due), false) = (task.owner, task.due, task.text.is_empty()) else {
        return Err(Refusal::new(Rule::Incomplete, "An action says what is to be done, by whom, and until when."));
    };
    if record.people.by_id(owner).is_none_or(|known| known.archived) {
        return Err(unknown(Kind::Person));
    }
    if due < stamp.today {
        return Err(Refusal::new(Rule::BadValue, "An action cannot have been due already."));
    }
    let set = vec![
        ("number", Value::Int(next_number(record, Kind::Task))),
        ("text", task.text.to_value()),
        ("owner", Some(Who(owner)).to_value()),
        ("due", Some(due).to_value()),
        ("meeting", task.meeting.to_value()),
        ("key", Value::from(task.key.as_str())),
        ("about", task.about.to_value()),
    ];
    Ok(vec![event(record, (Kind::Task, stamp.fresh(), "add"), set, &Prose::default())])
}

fn end_task(record: &Dossier, id: Id, outcome: &Prose, stamp: &Stamp) -> Outcome {
    let task = record.tasks.by_id(id).filter(|task| !task.archived).ok_or_else(|| unknown(Kind::Task))?;
    if task.done_at.is_some() {
        return Err(Refusal::new(Rule::WrongState, "It was ended already."));
    }
    let set = vec![("done_at", at(stamp)), ("outcome", outcome.to_value())];
    Ok(vec![event(record, (Kind::Task, id, "end"), set, outcome)])
}

/// What one reviewer says to several items: it takes the place of what they said before.
fn opine(record: &Dossier, id: Id, all: &[Opined], note: &Prose, stamp: &Stamp) -> Outcome {
    to_come(record, id)?;
    if all.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "Nothing waits to be said."));
    }
    let mut events = Vec::new();
    for said in all {
        if said.sort != OpinionKind::Approve && said.text.is_empty() {
            return Err(Refusal::new(Rule::Incomplete, "A flag and a comment say something in words."));
        }
        let mine = |o: &&crate::domain::meeting::Opinion| {
            let same = (o.sort == Some(OpinionKind::Comment)) == (said.sort == OpinionKind::Comment);
            o.meeting == Some(id) && o.key.as_str() == said.key && o.person == Some(Who(stamp.by)) && same
        };
        let row = record.opinions.iter().find(mine).map_or_else(|| stamp.fresh(), |row| row.id);
        let set = vec![
            ("meeting", Some(id).to_value()),
            ("key", Value::from(said.key.as_str())),
            ("person", Some(Who(stamp.by)).to_value()),
            ("sort", Some(said.sort).to_value()),
            ("text", said.text.to_value()),
            ("seen", Line::new(&said.seen).to_value()),
            ("at", at(stamp)),
        ];
        events.push(event(record, (Kind::Opinion, row, said.sort.code_verb()), set, note));
    }
    Ok(events)
}

fn close(record: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
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

/// The minutes of a meeting that is over are approved in another one that has its quorum; somebody alone needs none.
fn approve(record: &Dossier, id: Id, within: Option<Id>, stamp: &Stamp) -> Outcome {
    let meeting = known(record, id)?;
    if meeting.closed_at.is_none() || meeting.approved_at.is_some() {
        return Err(Refusal::new(Rule::WrongState, "Minutes are approved once, when their meeting is over."));
    }
    match within {
        Some(next) => {
            let next = running(record, next)?;
            if !quorum_met(record, next) {
                return Err(
                    Refusal::new(Rule::NoQuorum, "There is no quorum to approve minutes.").hint("Say who is here.")
                );
            }
        }
        None if record.attendees_of(id).count() > 1 => {
            return Err(
                Refusal::new(Rule::WrongState, "Minutes are approved at the next meeting.").hint("Open one first.")
            );
        }
        None => {}
    }
    let set = vec![("approved_at", at(stamp)), ("approved_in", within.to_value())];
    Ok(vec![event(record, (Kind::Meeting, id, "approve"), set, &Prose::default())])
}

impl OpinionKind {
    /// The intent in the journal.
    fn code_verb(self) -> &'static str {
        match self {
            Self::Approve => "preapprove",
            Self::Flag => "flag",
            Self::Comment => "comment",
        }
    }
}
