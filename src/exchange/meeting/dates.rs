//! Dates for a calendar: meetings, actions, and of every system what ends or is due before long.

use crate::{
    domain::{
        Dossier, Id,
        dates::DateSort,
        fields::Moment,
        meeting::{Matter, MatterSort},
    },
    exchange::ics::{Calendar, Due},
};

/// Every meeting to come, every action, and every day on which something of a system ends or is due for the board; with
/// the titles of what they are about, where that is wanted.
pub fn calendar(record: &Dossier, portfolio: &[(Id, String, Matter)], (now, titles): (Moment, bool)) -> String {
    let mut out = Calendar::new("agenda", now);
    for meeting in record.meetings.iter().filter(|m| m.is_planned() || m.runs()) {
        let Some(day) = meeting.day else { continue };
        let time = chrono::NaiveTime::parse_from_str(meeting.starts.as_str(), "%H:%M").ok();
        let time = time.map(|time| (time, meeting.minutes.unwrap_or(60)));
        out.event(&format!("meeting-{}", meeting.id), &format!("Meeting: {}", meeting.title), day, time);
    }
    for task in record.open_tasks() {
        let Some(due) = task.due else { continue };
        let who = crate::domain::wording::person(record, task.owner.map(|who| who.0));
        out.event(&format!("action-{}", task.id), &format!("Action of {who}: {}", task.text), due, None);
    }
    for (_, system, matter) in portfolio {
        let (Some(day), Some(sort)) = (matter.lapses, sort(matter.sort)) else { continue };
        out.due(&Due { sort, id: matter.id, system, number: "", title: if titles { &matter.what } else { "" } }, day);
    }
    out.end()
}

/// The day that something for the board is about.
fn sort(matter: MatterSort) -> Option<DateSort> {
    match matter {
        MatterSort::Decide => Some(DateSort::Review),
        MatterSort::Expires => Some(DateSort::Clearance),
        MatterSort::Lapse => Some(DateSort::Acceptance),
        MatterSort::Condition => Some(DateSort::Condition),
        MatterSort::Proviso => Some(DateSort::Proviso),
        MatterSort::Except => Some(DateSort::Exception),
        MatterSort::Triage => Some(DateSort::Reassess),
        MatterSort::Minutes
        | MatterSort::Accept
        | MatterSort::Returned
        | MatterSort::Flagged
        | MatterSort::Task
        | MatterSort::Hand => None,
    }
}
