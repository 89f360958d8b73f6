//! Looking through the journal: a slice of time at a time, so that no key ever waits for it.

use std::time::{Duration, Instant};

use super::{Desk, Trouble, view};
use crate::{
    domain::{
        Dossier, Id, Line, Prose,
        fields::{Form, Vocabulary},
        log::{LogLine, LogPage, LogQuery},
        page::HistoryLine,
        value::Value,
        wording,
    },
    store::{Entry, Store},
};

/// How many lines are read at a time.
const LINES: usize = 500;
/// How many entries are passed before the time is looked at.
const STRETCH: usize = 250;
/// How long a slice may take.
const SLICE: Duration = Duration::from_millis(25);

/// How far a look through the journal is.
#[derive(Debug)]
pub(super) struct Looking {
    query: LogQuery,
    /// Go on before this entry; none at the end.
    before: Option<i64>,
    /// What was found and not handed out yet.
    left: Vec<LogLine>,
    looked: usize,
    total: usize,
    /// How many lines are still wanted.
    wanted: usize,
    /// What things are called.
    names: Dossier,
}

impl Desk {
    /// Begins a look through the journal; what the first slice of time finds.
    pub fn log(&self, query: LogQuery) -> Result<LogPage, Trouble> {
        let store = self.store()?;
        let names = match query.system {
            Some(system) => store.dossier(Some(system))?,
            None => store.people()?,
        };
        let total = store.log_length(query.system)?;
        let before = Some(query.upto.map_or(i64::MAX, |n| n.saturating_add(1)));
        let looking = Looking { query, before, left: Vec::new(), looked: 0, total, wanted: LINES, names };
        *self.looking_through.borrow_mut() = Some(looking);
        self.go_through(true, SLICE)
    }

    /// Some more lines of what was asked last.
    pub fn log_more(&self) -> Result<LogPage, Trouble> {
        if let Some(looking) = self.looking_through.borrow_mut().as_mut() {
            looking.wanted = LINES;
        }
        self.go_through(false, SLICE)
    }

    /// What the next slice of time finds.
    pub fn log_on(&self) -> Result<LogPage, Trouble> {
        self.go_through(false, SLICE)
    }

    /// Whether lines are wanted that were not found yet.
    pub fn is_looking_through(&self) -> bool {
        self.looking_through.borrow().as_ref().is_some_and(|looking| looking.wanted > 0 && looking.before.is_some())
    }

    /// Everything that fits, at most `limit` entries, newest first.
    pub fn log_all(&self, query: LogQuery, limit: usize) -> Result<Vec<LogLine>, Trouble> {
        self.log_all_telling(query, limit, &mut |_, _| {})
    }

    /// [`Self::log_all`], which tells after each slice of time how many entries were looked at, of how many.
    pub fn log_all_telling(
        &self,
        query: LogQuery,
        limit: usize,
        told: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<LogLine>, Trouble> {
        let mut lines = self.log(query)?.lines;
        loop {
            if let Some(looking) = self.looking_through.borrow().as_ref() {
                told(looking.looked.min(looking.total), looking.total);
            }
            lines.truncate(limit);
            let over = self.looking_through.borrow().as_ref().is_none_or(Looking::is_over);
            if lines.len() == limit || over {
                return Ok(lines);
            }
            lines.extend(self.log_more()?.lines);
        }
    }

    fn go_through(&self, fresh: bool, slice: Duration) -> Result<LogPage, Trouble> {
        let store = self.store()?;
        let mut looking = self.looking_through.borrow_mut();
        let Some(looking) = looking.as_mut() else { return Ok(LogPage::default()) };
        let end = Instant::now() + slice;
        let words: Vec<String> = looking.query.words.split_whitespace().map(str::to_lowercase).collect();
        while looking.left.len() < looking.wanted
            && let Some(before) = looking.before
        {
            let part = store.look_through(&looking.query, before, STRETCH)?;
            looking.before = part.before;
            looking.looked += part.looked;
            for entry in part.entries {
                let line = looking.line(store, &entry)?;
                if words.is_empty() || fits(&line, &words) {
                    looking.left.push(line);
                }
            }
            if Instant::now() >= end {
                break;
            }
        }
        let take = looking.wanted.min(looking.left.len());
        let lines: Vec<LogLine> = looking.left.drain(..take).collect();
        looking.wanted -= take;
        Ok(LogPage {
            query: looking.query.clone(),
            fresh,
            lines,
            looked: looking.looked.min(looking.total),
            total: looking.total,
            done: looking.is_over(),
            people: if fresh { people(&looking.names) } else { Vec::new() },
        })
    }
}

fn people(names: &Dossier) -> Vec<(Id, String)> {
    names.people.iter().map(|person| (person.id, person.name.to_string())).collect()
}

impl Looking {
    fn is_over(&self) -> bool {
        self.before.is_none() && self.left.is_empty()
    }

    /// An entry in words, with the system that it belongs to.
    fn line(&mut self, store: &Store, entry: &Entry) -> Result<LogLine, Trouble> {
        if self.query.system.is_none() {
            store.name_into(&mut self.names, entry.entity)?;
            for id in references(entry) {
                store.name_into(&mut self.names, id)?;
            }
            if let Some(system) = entry.body.system {
                store.name_into(&mut self.names, system)?;
            }
        }
        let called = |id: Id| {
            let found = self.names.systems.by_id(id).map(|system| system.name.to_string());
            (id, found.unwrap_or_else(|| "a system".to_owned()))
        };
        Ok(LogLine { line: line(&self.names, entry), system: entry.body.system.map(called) })
    }
}

/// The things that the values of an entry name.
fn references(entry: &Entry) -> Vec<Id> {
    let Some(of) = entry.of else { return Vec::new() };
    let mut out = Vec::new();
    for change in &entry.body.set {
        let named = of.field(&change.field).is_some_and(|field| matches!(field.form, Form::Reference | Form::Marks));
        for value in [&change.old, &change.new].into_iter().filter(|_| named) {
            match value {
                Value::Text(id) => out.extend(Id::parse(id)),
                Value::List(ids) => out.extend(ids.iter().filter_map(|id| Id::parse(id))),
                Value::Null | Value::Int(_) => {}
            }
        }
    }
    out
}

/// Whether all of these words are in what people read of an entry.
fn fits(line: &LogLine, words: &[String]) -> bool {
    let HistoryLine { n, at, who, role, what, why, .. } = &line.line;
    let system = line.system.as_ref().map_or("", |(_, name)| name.as_str());
    let text = format!("{n} {} {who} {role} {system} {what} {why}", wording::moment(*at)).to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

/// The name of then; the first entries of a record were written before anybody had one.
fn who(dossier: &Dossier, entry: &Entry) -> String {
    let known = || dossier.person_name(entry.actor).map(ToString::to_string).unwrap_or_default();
    if entry.name.is_empty() { known() } else { Line::new(&entry.name).to_string() }
}

/// An entry as people read it.
pub(super) fn line(dossier: &Dossier, entry: &Entry) -> HistoryLine {
    HistoryLine {
        n: entry.n,
        about: entry.entity,
        at: entry.at,
        who: who(dossier, entry),
        role: entry.role.map_or("", Vocabulary::label).to_owned(),
        what: view::what(dossier, entry),
        why: Prose::new(&entry.body.why).to_string(),
    }
}
