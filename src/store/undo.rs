//! Undo: a new command with the values from before, refused where somebody has changed them since.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use rusqlite::{Connection, params};

use super::{
    Fault, Store,
    history::{ENTRY, Entry, entry},
    read,
    session::Session,
    write::{Line, Summarise},
};
use crate::domain::{Change, Event, Id, Kind, Prose, across::TAKEN_BACK, people::Stamp, value::Value};

/// The verbs of commands that bind nobody.
const UNDOABLE: [&str; 9] = ["add", "edit", "archive", "restore", "verify", "attach", "check", "arm", "override_tier"];
/// So many entries are read at a time.
const AT_A_TIME: usize = 1_000;

/// What was taken back, or done again.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// The systems that changed; none stands for the record itself.
    pub subjects: Vec<Option<Id>>,
    /// The first entry of the command that was taken back: it says what was meant.
    pub taken_back: Option<Entry>,
    /// The entries that were written.
    pub entries: RangeInclusive<i64>,
    /// The number of the new command.
    pub cmd: i64,
}

/// Why nothing was undone.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NotUndone {
    /// There is nothing to take back.
    #[error("There is nothing to undo.")]
    Nothing,
    /// There is nothing to do again.
    #[error("There is nothing to redo.")]
    NothingToRedo,
    /// The last command binds: it is superseded, never undone.
    #[error("The last thing you did, {0}, is binding and cannot be undone; it can only be withdrawn or superseded.")]
    Binding(String),
    /// It is too large.
    #[error("The last thing you did wrote {0} entries, too many to undo in one step.")]
    Large(usize),
    /// It is a line of minutes that were approved since.
    #[error(
        "The minutes of \"{0}\" were approved, and this line is in them; they stay as they are. Nothing was undone."
    )]
    Approved(String),
    /// Somebody has changed it since.
    #[error("{by} has changed the {field} of this {kind} since (entry {n}). Nothing was undone.")]
    Changed {
        /// What kind of thing it is.
        kind: &'static str,
        /// Which one it is.
        entity: Id,
        /// The field, as people call it.
        field: String,
        /// Who changed it.
        by: String,
        /// The entry with which they did.
        n: i64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Undo,
    Redo,
}

impl Store {
    /// Takes back the last own command that was not taken back yet.
    pub fn undo(
        &mut self,
        person: Id,
        stamp: &Stamp,
        summarise: Summarise<'_>,
    ) -> Result<Result<Undone, NotUndone>, Fault> {
        self.turn(Way::Undo, person, stamp, summarise)
    }

    /// Does again what was taken back last, as long as nothing else was done since.
    pub fn redo(
        &mut self,
        person: Id,
        stamp: &Stamp,
        summarise: Summarise<'_>,
    ) -> Result<Result<Undone, NotUndone>, Fault> {
        self.turn(Way::Redo, person, stamp, summarise)
    }

    fn turn(
        &mut self,
        way: Way,
        person: Id,
        stamp: &Stamp,
        summarise: Summarise<'_>,
    ) -> Result<Result<Undone, NotUndone>, Fault> {
        self.writing(|conn, seat, held| {
            let mut session = Session::begin(conn, seat, stamp, summarise, held)?;
            let found = match session.dev() {
                Some(dev) => last_command(conn, way, dev, person)?.map(|command| (dev, command)),
                None => Err(if way == Way::Undo { NotUndone::Nothing } else { NotUndone::NothingToRedo }),
            };
            let (dev, command) = match found {
                Ok(found) => found,
                Err(kept) => return Ok((session.cancel(), Err(kept))),
            };
            let (mut subjects, mut taken_back) = (BTreeSet::new(), None);
            // Part by part, so that a large command is never in memory as a whole: what a later entry of it changed is
            // back in the rows before the earlier ones are looked at.
            for part in command.chunks(AT_A_TIME) {
                let mut entries = entries(conn, dev, part)?;
                let plan = match inverse(conn, way, &entries)? {
                    Ok(plan) => plan,
                    Err(kept) => return Ok((session.cancel(), Err(kept))),
                };
                for (subject, event, seq) in &plan {
                    session.take(*subject, std::slice::from_ref(event), &[*seq])?;
                    subjects.insert(*subject);
                }
                taken_back = entries.pop();
            }
            let done = session.finish(Line::Now)?;
            let subjects = subjects.into_iter().collect();
            Ok((done.held, Ok(Undone { subjects, taken_back, entries: done.entries, cmd: done.cmd })))
        })
    }
}

/// The numbers of the entries of the command to take back, newest first.
fn last_command(conn: &Connection, way: Way, dev: i64, person: Id) -> anyhow::Result<Result<Vec<i64>, NotUndone>> {
    let mut query = conn.prepare_cached(&format!("{ENTRY} WHERE e.dev=?1 AND e.actor=?2 ORDER BY e.seq DESC"))?;
    let mut rows = query.query(params![dev, person.0])?;
    let mut taken_back: BTreeSet<i64> = BTreeSet::new();
    let mut found: Vec<i64> = Vec::new();
    let (mut command, mut binding) = (None, None);
    while let Some(row) = rows.next()? {
        let next = entry(row)?;
        if command.is_some_and(|command| command != next.cmd) {
            break;
        }
        if next.kind == "device.open" || taken_back.contains(&next.seq) {
            continue;
        }
        match (way, next.verb()) {
            (Way::Undo, "undo") | (_, "redo") => taken_back.extend(&next.body.undo),
            (Way::Redo, "undo") | (Way::Undo, _) => {
                if way == Way::Undo && binding.is_none() && !UNDOABLE.contains(&next.verb()) {
                    binding = Some(next.kind.clone());
                }
                command = Some(next.cmd);
                found.push(next.seq);
            }
            (Way::Redo, _) => break,
        }
    }
    Ok(match (found.is_empty(), way, binding) {
        (true, Way::Undo, _) => Err(NotUndone::Nothing),
        (true, Way::Redo, _) => Err(NotUndone::NothingToRedo),
        (false, ..) if found.len() > TAKEN_BACK => Err(NotUndone::Large(found.len())),
        (false, _, Some(kind)) => Err(NotUndone::Binding(kind)),
        (false, _, None) => Ok(found),
    })
}

/// The entries with these numbers, newest first, as the numbers are.
fn entries(conn: &Connection, dev: i64, numbers: &[i64]) -> anyhow::Result<Vec<Entry>> {
    let mut query = conn.prepare_cached(&format!("{ENTRY} WHERE e.dev=?1 AND e.seq=?2"))?;
    let mut out = Vec::with_capacity(numbers.len());
    for number in numbers {
        let mut rows = query.query(params![dev, number])?;
        while let Some(row) = rows.next()? {
            out.push(entry(row)?);
        }
    }
    Ok(out)
}

type Plan = Vec<(Option<Id>, Event, i64)>;

/// The values from before, for every field that still holds what the command wrote.
fn inverse(conn: &Connection, way: Way, entries: &[Entry]) -> anyhow::Result<Result<Plan, NotUndone>> {
    // What the fields will hold, where an earlier part of the plan sets them.
    let mut planned: BTreeMap<(Id, String), Value> = BTreeMap::new();
    let mut plan = Plan::new();
    for entry in entries {
        let Some(of) = entry.of else { return Ok(Err(NotUndone::Binding(entry.kind.clone()))) };
        if let Some(title) = approved(conn, of, entry)? {
            return Ok(Err(NotUndone::Approved(title)));
        }
        for (field, wrote) in written(of, entry) {
            let now = match planned.get(&(entry.entity, field.clone())) {
                Some(value) => value.clone(),
                None => read::current(conn, of, entry.entity, &field)?,
            };
            if now != wrote {
                return Ok(Err(changed(conn, of, entry, &field)?));
            }
        }
        let set = taken_back(entry);
        planned.extend(set.iter().map(|change| ((entry.entity, change.field.clone()), change.new.clone())));
        let verb = if way == Way::Undo { "undo" } else { "redo" };
        let event = Event { of, verb: verb.into(), entity: entry.entity, set, why: Prose::default(), attach: None };
        plan.push((entry.body.system, event, entry.seq));
    }
    Ok(Ok(plan))
}

/// The title of the meeting whose minutes an entry belongs to, where they were approved.
fn approved(conn: &Connection, of: Kind, entry: &Entry) -> anyhow::Result<Option<String>> {
    let meeting = entry.body.set.iter().find(|change| change.field == "meeting").map(|change| &change.new);
    let (Kind::Remark, Some(Value::Text(meeting))) = (of, meeting) else { return Ok(None) };
    let Some(meeting) = Id::parse(meeting) else { return Ok(None) };
    if read::current(conn, Kind::Meeting, meeting, "approved_at")?.is_null() {
        return Ok(None);
    }
    Ok(match read::current(conn, Kind::Meeting, meeting, "title")? {
        Value::Text(title) => Some(title),
        Value::Null | Value::Int(_) | Value::List(_) => Some(String::new()),
    })
}

/// The fields that must still hold what the entry wrote. To take back an addition, nothing may have been added to it.
fn written(of: Kind, entry: &Entry) -> Vec<(String, Value)> {
    let mut out: Vec<(String, Value)> =
        entry.body.set.iter().map(|change| (change.field.clone(), change.new.clone())).collect();
    if entry.verb() == "add" {
        let others = of.fields().iter().map(|field| field.id).chain(["archived"]);
        let others: Vec<&str> = others.filter(|id| !out.iter().any(|(field, _)| field == id)).collect();
        out.extend(others.into_iter().map(|field| (field.to_owned(), Value::Null)));
    }
    out
}

/// An addition is taken back by withdrawing: nothing is ever deleted, and its number is not used again.
fn taken_back(entry: &Entry) -> Vec<Change> {
    if entry.verb() == "add" {
        return vec![Change { field: "archived".into(), old: Value::Null, new: Value::Int(1) }];
    }
    let back =
        |change: &Change| Change { field: change.field.clone(), old: change.new.clone(), new: change.old.clone() };
    entry.body.set.iter().map(back).collect()
}

fn changed(conn: &Connection, of: Kind, since: &Entry, field: &str) -> anyhow::Result<NotUndone> {
    let mut query = conn.prepare_cached(&format!("{ENTRY} WHERE e.entity=?1 AND e.n>?2 ORDER BY e.n DESC"))?;
    let mut rows = query.query(params![since.entity.0, since.n])?;
    let (mut by, mut n) = ("Somebody".to_owned(), since.n);
    while let Some(row) = rows.next()? {
        let found = entry(row)?;
        if found.body.set.iter().any(|change| change.field == field) {
            (by, n) = (found.name, found.n);
            break;
        }
    }
    let label = of.field(field).map_or(field, |field| field.label).to_lowercase();
    Ok(NotUndone::Changed { kind: of.label(), entity: since.entity, field: label, by, n })
}
