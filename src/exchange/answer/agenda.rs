//! `docket agenda`: what is for the board, why, and since when.

use std::fmt::Write;

use serde::Serialize;

use super::{ANSWER_VERSION, age, pretty, text};
use crate::domain::{
    fields::{Day, Vocabulary},
    meeting::{Agenda, AgendaSection, Item},
    wording,
};

/// The agenda on a day.
#[derive(Debug, Clone, Serialize)]
pub struct AgendaAnswer {
    /// `docket.agenda`.
    pub kind: &'static str,
    /// See [`ANSWER_VERSION`].
    pub version: &'static str,
    /// The day on which everything is computed.
    pub on: String,
    /// The number of the meeting, such as `M-2`; none where none is planned.
    pub meeting: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// The day of the meeting.
    pub day: Option<String>,
    /// When it starts.
    pub starts: Option<String>,
    /// The day of the next meeting: what ends before it is on this agenda.
    pub next: Option<String>,
    /// How many have to be there.
    pub quorum: usize,
    /// The minutes that everything on it is given.
    pub minutes: i64,
    /// The items, in their order.
    pub items: Vec<AnswerItem>,
}

/// One item.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerItem {
    /// The same in every meeting.
    pub key: String,
    /// The code of the part of the agenda.
    pub section: &'static str,
    /// The code of how it stands.
    pub state: &'static str,
    /// The code of what it is about.
    pub sort: &'static str,
    /// The identity of the system.
    pub system_id: Option<String>,
    /// The name of the system.
    pub system: Option<String>,
    /// What is asked.
    pub what: String,
    /// Why it is here.
    pub why: String,
    /// Since when, in UTC.
    pub since: Option<String>,
    /// Whole days since then.
    pub days: Option<i64>,
    /// The last day on which it still holds.
    pub lapses: Option<String>,
    /// How many gaps stand before its decision.
    pub missing: u32,
    /// How many pre-approve what is there now.
    pub approvals: usize,
    /// Who flags it, and why.
    pub flags: Vec<String>,
    /// The minutes that it is given.
    pub minutes: i64,
}

impl AnswerItem {
    fn of(item: &Item, today: Day) -> Self {
        Self {
            key: item.key.clone(),
            section: item.section.code(),
            state: item.state.code(),
            sort: item.sort.code(),
            system_id: item.system.as_ref().map(|(id, _)| id.to_string()),
            system: item.system.as_ref().map(|(_, name)| name.clone()),
            what: item.what.clone(),
            why: item.why.clone(),
            since: item.since.map(wording::moment),
            days: item.since.map(|since| age(since, today)),
            lapses: item.lapses.map(|day| day.to_string()),
            missing: item.missing,
            approvals: item.opinions.approve.len(),
            flags: item.opinions.flags.iter().map(|(who, why)| format!("{who}: {why}")).collect(),
            minutes: item.minutes,
        }
    }
}

impl AgendaAnswer {
    /// The agenda on a day.
    pub fn of(agenda: &Agenda, today: Day) -> Self {
        let meeting = agenda.meeting.as_ref();
        Self {
            kind: "docket.agenda",
            version: ANSWER_VERSION,
            on: today.to_string(),
            meeting: meeting.map(|m| format!("M-{}", m.number.unwrap_or(0))),
            title: meeting.map(|m| m.title.to_string()),
            day: meeting.and_then(|m| m.day).map(|day| day.to_string()),
            starts: meeting.map(|m| m.starts.to_string()).filter(|starts| !starts.is_empty()),
            next: agenda.horizon.map(|day| day.to_string()),
            quorum: agenda.quorum,
            minutes: agenda.planned_minutes(),
            items: agenda.items.iter().map(|item| AnswerItem::of(item, today)).collect(),
        }
    }

    /// For a pipeline.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// For people: section by section, below each item why it is here and since when; at most 80 columns.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let head = match (&self.title, &self.day) {
            (Some(title), Some(day)) => {
                let at = self.starts.as_ref().map_or_else(String::new, |starts| format!(" {starts}"));
                format!("{} {title}, {day}{at}", self.meeting.as_deref().unwrap_or_default())
            }
            _ => "No meeting is planned; this is for the board today.".to_owned(),
        };
        out.push_str(&text::wrapped("", &head));
        if self.items.is_empty() {
            out.push_str("Nothing is for the board.\n");
            return out;
        }
        let items = crate::domain::decision::counted(self.items.len(), "item", "items");
        out.push_str(&text::wrapped("", &format!("{items}, {} min. Next meeting: {}.", self.minutes, self.next())));
        for section in AgendaSection::ALL {
            let here: Vec<_> = self.items.iter().filter(|item| item.section == section.code()).collect();
            if here.is_empty() {
                continue;
            }
            let _ = writeln!(out, "\n{}", capital(section.label()));
            for item in here {
                out.push_str(&line(item));
            }
        }
        out
    }

    fn next(&self) -> &str {
        self.next.as_deref().unwrap_or("-")
    }
}

fn line(item: &AnswerItem) -> String {
    let system = item.system.as_ref().map_or_else(String::new, |name| format!("{name}: "));
    let state = match item.state {
        "missing" => format!("missing {}", item.missing),
        other => other.replace('_', "-"),
    };
    let mut out = text::wrapped("  ", &format!("[{state}] {system}{} ({} min)", item.what, item.minutes));
    let since = item.days.map_or_else(String::new, |days| match days {
        0 => ", since today".to_owned(),
        1 => ", for 1 day".to_owned(),
        days => format!(", for {days} days"),
    });
    out.push_str(&text::wrapped("      ", &format!("{}{since}", item.why.trim_end_matches('.'))));
    for flag in &item.flags {
        out.push_str(&text::wrapped("      ", &format!("flagged by {flag}")));
    }
    out
}

/// The first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
