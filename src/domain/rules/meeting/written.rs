//! What is said and written in a meeting, by name: stances, lines of the minutes, actions, opinions, approvals.

use super::{Outcome, at, known, running, to_come};
use crate::domain::{
    Dossier, Id, Kind, Line, Prose,
    fields::{Kept, Who},
    meeting::{NewTask, Opined, OpinionKind, StanceKind, quorum_met},
    people::Stamp,
    refusal::{Refusal, Rule},
    rules::{edit::next_number, event, needs_reason, unknown},
    value::Value,
    wording::person,
};

pub(super) fn stand(
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

/// A line may be added as long as nobody approved the minutes; an outcome is never one.
pub(super) fn remark(record: &Dossier, id: Id, key: &str, text: &Prose, stamp: &Stamp) -> Outcome {
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

pub(super) fn add_task(record: &Dossier, task: &NewTask, stamp: &Stamp) -> Outcome {
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

pub(super) fn end_task(record: &Dossier, id: Id, outcome: &Prose, stamp: &Stamp) -> Outcome {
    let task = record.tasks.by_id(id).filter(|task| !task.archived).ok_or_else(|| unknown(Kind::Task))?;
    if task.done_at.is_some() {
        return Err(Refusal::new(Rule::WrongState, "It was ended already."));
    }
    let set = vec![("done_at", at(stamp)), ("outcome", outcome.to_value())];
    Ok(vec![event(record, (Kind::Task, id, "end"), set, outcome)])
}

/// What one reviewer says to several items: it takes the place of what they said before.
pub(super) fn opine(record: &Dossier, id: Id, all: &[Opined], note: &Prose, stamp: &Stamp) -> Outcome {
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

/// The minutes of a meeting that is over are approved in another one that has its quorum; somebody alone needs none.
pub(super) fn approve(record: &Dossier, id: Id, within: Option<Id>, stamp: &Stamp) -> Outcome {
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
