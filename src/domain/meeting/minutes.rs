//! The minutes: made from the entries of the journal that were written in the meeting, and from nothing else that
//! somebody could have changed since.

use super::{AgendaSection, ItemMark, MatterSort, Meeting, Presence, StanceKind, hands::parsed, spent_in};
use crate::domain::{
    Change, Dossier, Id, Kind,
    fields::{Day, Moment, Vocabulary, Who},
    value::Value,
    wording::person,
};

/// One entry of the journal that was written in a meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Its number in this file.
    pub n: i64,
    /// When.
    pub at: Moment,
    /// Who, as they were called then.
    pub who: String,
    /// In which hat.
    pub role: String,
    /// The intent without the kind of thing: `decide`.
    pub verb: String,
    /// The kind of thing.
    pub of: Option<Kind>,
    /// What it is about.
    pub entity: Id,
    /// The system, with its name.
    pub system: Option<(Id, String)>,
    /// What was set.
    pub set: Vec<Change>,
    /// What happened, in words.
    pub what: String,
    /// Why, in the words of the person.
    pub why: String,
    /// The hash of the entry.
    pub hash: [u8; 32],
}

/// Something that was decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What, in words.
    pub what: String,
    /// What it says in full: rationale, conditions, gaps; one a line.
    pub lines: Vec<String>,
    /// The system.
    pub system: Option<(Id, String)>,
    /// What kind of thing was decided on.
    pub of: Kind,
    /// Which.
    pub entity: Id,
    /// Who, in which hat.
    pub by: String,
    /// When.
    pub at: Moment,
    /// The fingerprint of what was decided on, where it has one.
    pub content: String,
    /// The number of the entry.
    pub n: i64,
    /// The hash of the entry.
    pub hash: [u8; 32],
}

/// A line of the minutes, and who wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// What.
    pub text: String,
}

/// One item of the minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct MinutesItem {
    /// Its key.
    pub key: String,
    /// What it was called.
    pub title: String,
    /// The part of the agenda.
    pub section: Option<AgendaSection>,
    /// What was done with it, where nothing was decided.
    pub mark: Option<ItemMark>,
    /// Why.
    pub reason: String,
    /// The milliseconds that it took.
    pub spent: i64,
    /// When it was taken up.
    pub taken_up: Option<Moment>,
    /// What was decided.
    pub outcomes: Vec<Outcome>,
    /// Who dissents, abstains or was recused, and why.
    pub stances: Vec<(StanceKind, String, String)>,
    /// The lines that were written down.
    pub notes: Vec<Voice>,
    /// What somebody has to do.
    pub actions: Vec<(String, String, Option<Day>)>,
}

/// The minutes of a meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Minutes {
    /// The meeting.
    pub meeting: Meeting,
    /// Who led it.
    pub chair: String,
    /// Who was there.
    pub present: Vec<String>,
    /// Who was not.
    pub absent: Vec<String>,
    /// How many had to be there.
    pub quorum: usize,
    /// Where that number comes from.
    pub quorum_because: String,
    /// The milliseconds that it took.
    pub spent: i64,
    /// The items that were on, in the order in which they were, then the others that hands touched.
    pub items: Vec<MinutesItem>,
    /// What was decided beside the agenda.
    pub beside: Vec<Outcome>,
    /// Lines that are about no item.
    pub notes: Vec<Voice>,
    /// What somebody has to do that is about no item.
    pub actions: Vec<(String, String, Option<Day>)>,
    /// How many other entries were made in the meeting.
    pub others: usize,
    /// The meeting that approved them, and when.
    pub approved: Option<(String, Moment)>,
    /// The entry with which the meeting was closed, else the last one of it: its number and its hash.
    pub head: Option<(i64, [u8; 32])>,
}

/// The minutes of a meeting: `heard` is what was written in it, oldest first.
pub fn minutes(record: &Dossier, meeting: &Meeting, heard: &[Heard], now: Moment) -> Minutes {
    let mut items = items(record, meeting, now);
    let mut beside = Vec::new();
    let mut others = 0;
    let mut on = String::new();
    for entry in heard {
        if entry.of == Some(Kind::Meeting) && entry.verb != "approve" {
            if let Some(Value::Text(key)) = said(entry, "current") {
                on.clone_from(key);
            }
            continue;
        }
        let Some(outcome) = outcome(entry, heard) else {
            others += usize::from(entry.system.is_some() && !belongs(entry));
            continue;
        };
        match place(record, meeting, &items, entry, &on) {
            Some(at) => items[at].outcomes.push(outcome),
            None => beside.push(outcome),
        }
    }
    let there = |wanted: Presence| {
        let rows = record.attendees_of(meeting.id).filter(move |row| row.presence == Some(wanted));
        rows.map(|row| person(record, row.person.map(|who| who.0))).collect::<Vec<_>>()
    };
    let closed = heard.iter().find(|e| e.of == Some(Kind::Meeting) && e.verb == "close" && e.entity == meeting.id);
    let approved = meeting.approved_at.map(|at| {
        let within = meeting.approved_in.and_then(|id| record.meeting(id));
        (within.map_or_else(String::new, |next| next.title.to_string()), at)
    });
    let mut absent = there(Presence::Absent);
    absent.extend(there(Presence::Invited));
    Minutes {
        chair: person(record, meeting.chair.map(|who| who.0)),
        present: there(Presence::Present),
        absent,
        quorum: super::quorum(record, meeting),
        quorum_because: super::quorum_because(record, meeting),
        spent: spent_in(Some(meeting), None, now),
        items,
        beside,
        notes: notes(record, meeting.id, ""),
        actions: actions(record, meeting.id, ""),
        others,
        approved,
        head: closed.or(heard.last()).map(|entry| (entry.n, entry.hash)),
        meeting: meeting.clone(),
    }
}

fn items(record: &Dossier, meeting: &Meeting, now: Moment) -> Vec<MinutesItem> {
    let mut rows: Vec<_> =
        record.agenda_items.iter().filter(|row| !row.archived && row.meeting == Some(meeting.id)).collect();
    rows.sort_by_key(|row| (row.taken_up.is_none(), row.taken_up));
    rows.into_iter()
        .map(|row| {
            let key = row.key.as_str();
            let stances = record.stances_of(meeting.id).filter(|s| s.key.as_str() == key);
            let tasks =
                record.tasks.iter().filter(|t| !t.archived && t.meeting == Some(meeting.id) && t.key.as_str() == key);
            MinutesItem {
                key: key.to_owned(),
                title: row.title.to_string(),
                section: row.section,
                mark: row.mark,
                reason: row.reason.to_string(),
                spent: spent_in(None, Some(row), now),
                taken_up: row.taken_up,
                outcomes: Vec::new(),
                stances: stances
                    .filter_map(|s| Some((s.stance?, person(record, s.person.map(|w| w.0)), s.text.to_string())))
                    .collect(),
                notes: notes(record, meeting.id, key),
                actions: tasks.map(|t| (t.text.to_string(), person(record, t.owner.map(|w| w.0)), t.due)).collect(),
            }
        })
        .collect()
}

fn actions(record: &Dossier, meeting: Id, key: &str) -> Vec<(String, String, Option<Day>)> {
    let mine = record.tasks.iter().filter(|t| !t.archived && t.meeting == Some(meeting) && t.key.as_str() == key);
    mine.map(|t| (t.text.to_string(), person(record, t.owner.map(|w| w.0)), t.due)).collect()
}

fn notes(record: &Dossier, meeting: Id, key: &str) -> Vec<Voice> {
    let mine = record.remarks.iter().filter(|r| !r.archived && r.meeting == Some(meeting) && r.key.as_str() == key);
    mine.map(|r| Voice {
        at: r.at.unwrap_or(Moment(0)),
        who: person(record, r.by.map(|Who(id)| id)),
        text: r.text.to_string(),
    })
    .collect()
}

fn said<'a>(entry: &'a Heard, field: &str) -> Option<&'a Value> {
    entry.set.iter().find(|change| change.field == field).map(|change| &change.new)
}

fn text(entry: &Heard, field: &str) -> String {
    match said(entry, field) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// Whether an entry only says more about one that is in the minutes already.
fn belongs(entry: &Heard) -> bool {
    matches!((entry.of, entry.verb.as_str()), (Some(Kind::Condition), "set") | (Some(Kind::Disposition), "print"))
}

/// What was decided by an entry; none where it decides nothing.
fn outcome(entry: &Heard, heard: &[Heard]) -> Option<Outcome> {
    let of = entry.of?;
    let decides = matches!(
        (of, entry.verb.as_str()),
        (Kind::Disposition, "decide" | "revoke")
            | (Kind::Acceptance, "accept" | "decline" | "revoke" | "propose")
            | (Kind::Exception, "approve" | "decline" | "close" | "review")
            | (Kind::Trigger | Kind::Alteration | Kind::Incident, "triage")
            | (Kind::Handoff, "return" | "send" | "confirm")
            | (Kind::Condition | Kind::Proviso, "meet")
            | (Kind::Review, "open")
            | (Kind::Meeting, "approve")
            | (Kind::Task, "end")
    );
    if !decides {
        return None;
    }
    let (what, mut lines) = match (of, entry.verb.as_str()) {
        (Kind::Disposition, "decide") => decided(entry, heard),
        (Kind::Handoff, "return") => (entry.what.clone(), vec![text(entry, "gaps")]),
        _ => (entry.what.clone(), Vec::new()),
    };
    lines.extend(Some(entry.why.clone()));
    lines.retain(|line| !line.trim().is_empty());
    let mut known = Vec::new();
    lines.retain(|line| {
        if known.contains(line) {
            false
        } else {
            known.push(line.clone());
            true
        }
    });
    Some(Outcome {
        what,
        lines,
        system: entry.system.clone(),
        of,
        entity: entry.entity,
        by: if entry.role.is_empty() { entry.who.clone() } else { format!("{} ({})", entry.who, entry.role) },
        at: entry.at,
        content: text(entry, "content"),
        n: entry.n,
        hash: entry.hash,
    })
}

/// The decision in capitals, then why, until when, and on which conditions.
fn decided(entry: &Heard, heard: &[Heard]) -> (String, Vec<String>) {
    let code = text(entry, "decision");
    let label = crate::domain::decision::Decision::parse(&code).map_or_else(|| code.clone(), |d| d.label().to_owned());
    let until = text(entry, "valid_until");
    let until = if until.is_empty() { String::new() } else { format!(", valid until {until}") };
    let mut lines = vec![format!("Because: {}", text(entry, "rationale"))];
    let of = |c: &&Heard| {
        let mine = matches!(said(c, "disposition"), Some(Value::Text(id)) if *id == entry.entity.to_string());
        c.of == Some(Kind::Condition) && c.verb == "set" && mine
    };
    for condition in heard.iter().filter(of) {
        lines.push(format!("Condition, due {}: {}", text(condition, "due"), text(condition, "text")));
    }
    (format!("{}{until}", label.to_uppercase()), lines)
}

/// The item that an outcome belongs to: the one that is about that very thing, else the one that was on, if it is about
/// the same system.
fn place(record: &Dossier, meeting: &Meeting, items: &[MinutesItem], entry: &Heard, on: &str) -> Option<usize> {
    let review = text(entry, "review");
    let about = |item: &MinutesItem| match parsed(&item.key) {
        Some((MatterSort::Decide, id)) => entry.of == Some(Kind::Disposition) && id.to_string() == review,
        Some((_, id)) => id == entry.entity,
        None => false,
    };
    let system = entry.system.as_ref().map(|(id, _)| *id);
    let same = |item: &MinutesItem| {
        let row = record.item_of(meeting.id, &item.key);
        system.is_some() && row.is_some_and(|row| row.about == system)
    };
    let direct = items.iter().position(about);
    let was_on = || items.iter().position(|item| item.key == on && same(item));
    direct.or_else(was_on).or_else(|| items.iter().position(same))
}
