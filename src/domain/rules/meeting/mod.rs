//! Meetings: planning, opening and closing them, the agenda under the hands, what is said by name, tasks and minutes.

mod lead;
mod plan;
mod written;

use super::{Refusal, Rule, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind,
    fields::Kept,
    meeting::{Meeting, MeetingAct},
    people::Stamp,
    value::Value,
    wording::person,
};

type Outcome = Result<Vec<Event>, Refusal>;

/// What follows from an act of a meeting.
pub fn meet(record: &Dossier, act: &MeetingAct, stamp: &Stamp) -> Outcome {
    match act {
        MeetingAct::Plan(set, invited) => plan::plan(record, set, invited, stamp).map(|(_, events)| events),
        MeetingAct::OpenNow(set) => plan::open_now(record, set, stamp),
        MeetingAct::Change(id, set) => plan::change(record, *id, set),
        MeetingAct::Cancel(id, why) => plan::cancel(record, *id, why, stamp),
        MeetingAct::Open(id) => plan::open(record, *id, stamp),
        MeetingAct::Attend(id, people, chair) => plan::attend(record, *id, (people, *chair), stamp),
        MeetingAct::Stand(id, key, who, stance, text) => {
            written::stand(record, (*id, key), (*who, *stance), text, stamp)
        }
        MeetingAct::TakeUp(id, next, left) => lead::take_up(record, *id, (next.as_ref(), *left), stamp),
        MeetingAct::Pause(id) => lead::pause(record, *id, stamp),
        MeetingAct::Resume(id) => lead::resume(record, *id, stamp),
        MeetingAct::Place(id, item, placing) => lead::place(record, *id, (item, *placing), stamp),
        MeetingAct::Arrange(id, all) => lead::arrange(record, *id, all, stamp),
        MeetingAct::Mark(id, item, mark, why) => lead::marked(record, *id, (item, *mark), why, stamp),
        MeetingAct::AddItem(id, item, section, minutes) => {
            lead::add_item(record, *id, item, (*section, *minutes), stamp)
        }
        _ => words(record, act, stamp),
    }
}

/// What is written in a meeting, and its end.
fn words(record: &Dossier, act: &MeetingAct, stamp: &Stamp) -> Outcome {
    match act {
        MeetingAct::Remark(id, key, text) => written::remark(record, *id, key, text, stamp),
        MeetingAct::AddTask(task) => written::add_task(record, task, stamp),
        MeetingAct::EndTask(id, outcome) => written::end_task(record, *id, outcome, stamp),
        MeetingAct::Opine(id, said, note) => written::opine(record, *id, said, note, stamp),
        MeetingAct::Close(id) => lead::close(record, *id, stamp),
        MeetingAct::Approve(id, within) => written::approve(record, *id, *within, stamp),
        _ => Err(Refusal::new(Rule::NothingChanged, "Nothing follows from this.")),
    }
}

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

fn at(stamp: &Stamp) -> Value {
    Some(stamp.at).to_value()
}
