//! Calendars as RFC 5545 has them: written line by line, folded, and the same each time for the same dates.

use std::fmt::Write;

use crate::domain::{
    Dossier, Id,
    dates::{DateSort, due_dates},
    fields::{Day, Moment, Vocabulary},
    text::is_visible,
};

/// A calendar that is being written.
#[derive(Debug)]
pub struct Calendar {
    out: String,
    stamp: String,
}

/// A day on which something of a system ends or is due.
#[derive(Debug, Clone, Copy)]
pub struct Due<'a> {
    /// What it is of.
    pub sort: DateSort,
    /// The thing.
    pub id: Id,
    /// The name of the system.
    pub system: &'a str,
    /// The number of the thing; empty where it has none.
    pub number: &'a str,
    /// What it is called; empty where that is not to be seen in a calendar.
    pub title: &'a str,
}

/// The days of one system on which something ends or is due; with the titles of what they are about, where that is wanted.
pub fn of_system(calendar: &mut Calendar, dossier: &Dossier, today: Day, titles: bool) {
    for date in due_dates(dossier, today) {
        let title = if titles { date.title.as_str() } else { "" };
        let due = Due { sort: date.sort, id: date.id, system: dossier.name(), number: &date.number, title };
        calendar.due(&due, date.day);
    }
}

impl Calendar {
    /// A calendar with nothing in it, made at this moment.
    pub fn new(name: &str, now: Moment) -> Self {
        let stamp = chrono::DateTime::from_timestamp_millis(now.0)
            .map_or_else(String::new, |at| at.format("%Y%m%dT%H%M%SZ").to_string());
        let mut out = String::new();
        line(&mut out, "BEGIN:VCALENDAR");
        line(&mut out, "VERSION:2.0");
        line(&mut out, &format!("PRODID:-//docket//{name}//EN"));
        Self { out, stamp }
    }

    /// One event, on a whole day or at a time for so many minutes. Its identity stays, so that a calendar which reads it
    /// again moves it.
    pub fn event(&mut self, id: &str, title: &str, day: Day, time: Option<(chrono::NaiveTime, i64)>) {
        let out = &mut self.out;
        let date = day.0.format("%Y%m%d");
        line(out, "BEGIN:VEVENT");
        line(out, &format!("UID:{id}@docket"));
        line(out, &format!("DTSTAMP:{}", self.stamp));
        // A time without a zone is the time of whoever reads it: a meeting takes place where its people are.
        if let Some((time, minutes)) = time {
            line(out, &format!("DTSTART:{date}T{}", time.format("%H%M%S")));
            line(out, &format!("DURATION:PT{minutes}M"));
        } else {
            line(out, &format!("DTSTART;VALUE=DATE:{date}"));
            line(out, &format!("DTEND;VALUE=DATE:{}", day.plus(1).0.format("%Y%m%d")));
            // A day on which something ends takes nobody's time.
            line(out, "TRANSP:TRANSPARENT");
        }
        line(out, &format!("SUMMARY:{}", escaped(title)));
        line(out, "END:VEVENT");
    }

    /// A day on which something of a system ends or is due.
    pub fn due(&mut self, due: &Due<'_>, day: Day) {
        let parts = [due.sort.label(), due.system, due.number, due.title];
        let title = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
        self.event(&format!("{}-{}", due.sort.code(), due.id), &title, day, None);
    }

    /// The whole text.
    pub fn end(mut self) -> String {
        line(&mut self.out, "END:VCALENDAR");
        self.out
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
        let mut calendar = Calendar::new("test", Moment(1_795_262_400_000));
        let title = format!("{}\r\nATTACH:evil; a, b", "模型".repeat(40));
        calendar.event("x", &title, Day::parse("2026-12-24").unwrap(), None);
        let out = calendar.end();
        assert!(out.split("\r\n").all(|line| line.len() <= 75));
        assert!(!out.contains("\r\nATTACH") && out.contains("DTEND;VALUE=DATE:20261225"));
    }
}
