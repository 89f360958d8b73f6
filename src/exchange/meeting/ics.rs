//! Dates for a calendar: meetings, reviews, what ends, what is due.

use std::fmt::Write;

use crate::domain::{
    Dossier, Id,
    fields::{Day, Moment},
    meeting::{Matter, MatterSort},
    text::is_visible,
};

/// A calendar as RFC 5545 has it: every meeting to come, every action, and every day on which something of a system ends
/// or is due.
pub fn calendar(record: &Dossier, portfolio: &[(Id, String, Matter)], now: Moment) -> String {
    let mut out = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//docket//agenda//EN\r\n");
    let stamp = chrono::DateTime::from_timestamp_millis(now.0)
        .map_or_else(String::new, |at| at.format("%Y%m%dT%H%M%SZ").to_string());
    for meeting in record.meetings.iter().filter(|m| m.is_planned() || m.runs()) {
        let Some(day) = meeting.day else { continue };
        let title = format!("Meeting: {}", meeting.title);
        let time = chrono::NaiveTime::parse_from_str(meeting.starts.as_str(), "%H:%M").ok();
        let event = Event { id: &format!("meeting-{}", meeting.id), title: &title, day, stamp: &stamp };
        event.write(&mut out, time.map(|time| (time, meeting.minutes.unwrap_or(60))));
    }
    for task in record.open_tasks() {
        let Some(due) = task.due else { continue };
        let who = crate::domain::wording::person(record, task.owner.map(|who| who.0));
        let title = format!("Action of {who}: {}", task.text);
        Event { id: &format!("action-{}", task.id), title: &title, day: due, stamp: &stamp }.write(&mut out, None);
    }
    for (_, name, matter) in portfolio {
        let Some(day) = matter.lapses else { continue };
        let word = match matter.sort {
            MatterSort::Decide => "Decision wanted",
            MatterSort::Expires => "Clearance ends: review",
            MatterSort::Lapse => "Acceptance ends",
            _ => "Due",
        };
        let title = format!("{word}: {name}: {}", matter.what);
        Event { id: &matter.key().replace('/', "-"), title: &title, day, stamp: &stamp }.write(&mut out, None);
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}

struct Event<'a> {
    id: &'a str,
    title: &'a str,
    day: Day,
    stamp: &'a str,
}

impl Event<'_> {
    fn write(&self, out: &mut String, time: Option<(chrono::NaiveTime, i64)>) {
        let day = self.day.0.format("%Y%m%d");
        line(out, "BEGIN:VEVENT");
        line(out, &format!("UID:{}@docket", self.id));
        line(out, &format!("DTSTAMP:{}", self.stamp));
        // A time without a zone is the time of whoever reads it: a meeting takes place where its people are.
        if let Some((time, minutes)) = time {
            line(out, &format!("DTSTART:{day}T{}", time.format("%H%M%S")));
            line(out, &format!("DURATION:PT{minutes}M"));
        } else {
            line(out, &format!("DTSTART;VALUE=DATE:{day}"));
            line(out, &format!("DTEND;VALUE=DATE:{}", self.day.plus(1).0.format("%Y%m%d")));
        }
        line(out, &format!("SUMMARY:{}", escaped(self.title)));
        line(out, "END:VEVENT");
    }
}

/// A line of at most 75 octets; what is longer goes on in the next one after a blank.
fn line(out: &mut String, text: &str) {
    let mut room = 75;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    let _ = write!(out, "\r\n");
}

fn escaped(text: &str) -> String {
    let seen: String = text.chars().filter(|c| is_visible(*c)).collect();
    seen.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_text_makes_no_fields() {
        let mut out = String::new();
        let title = format!("{}\r\nATTACH:evil; a, b", "模型".repeat(40));
        let day = Day::parse("2026-12-24").unwrap();
        Event { id: "x", title: &title, day, stamp: "20261121T120000Z" }.write(&mut out, None);
        assert!(out.split("\r\n").all(|line| line.len() <= 75));
        assert!(!out.contains("\r\nATTACH") && out.contains("DTEND;VALUE=DATE:20261225"));
    }
}
