//! Taking in one system of a file: what another tool says is a claim, and a decision made here stays.

mod merge;

use std::collections::HashMap;

pub use merge::Merged;
use merge::{Known, Mark, Met};

use super::{
    Refusal, Rule,
    edit::{checked, next_number, opening},
    event,
};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    command::{Import, ImportRow},
    fields::{By, Digest, Kept, Marks},
    people::{self, Stamp},
    value::Value,
};

/// Fields with what they are to hold.
type Set = Vec<(&'static str, Value)>;

/// What an import may fill: the inventory and the registers. Everything else is a decision, an opinion or a proof, and is
/// made here.
const FROM_FILES: [Kind; 13] = [
    Kind::System,
    Kind::Release,
    Kind::Component,
    Kind::Flow,
    Kind::Tool,
    Kind::Connection,
    Kind::Model,
    Kind::Retrieval,
    Kind::Threat,
    Kind::Control,
    Kind::Link,
    Kind::Evidence,
    Kind::Finding,
];

/// The fields that only rules set and that an import may: the words of the tool, and what a run of it came to.
const WORDS_OF_TOOL: [&str; 13] = [
    "library",
    "source",
    "source_text",
    "status_word",
    "severity_word",
    "claim",
    "occurrences",
    "ran",
    "checks",
    "failed",
    "unscored",
    "path",
    "size",
];

/// What only the file may not say of a finding: how it ended.
const ENDS: [&str; 4] = ["retest", "retested", "retest_evidence", "reason"];

/// Takes in the rows that are new, lets the words of the known ones follow the file where nobody changed them here, and
/// keeps what was decided here. The same file twice changes nothing.
pub fn import(dossier: &Dossier, file: &Import, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let found = merged(dossier, file, stamp, &mut |_| true)?;
    Ok(found.map(|(events, _)| events).unwrap_or_default())
}

/// How many rows of a file are things of their own to a person.
pub fn counted_rows(file: &Import) -> usize {
    file.rows.iter().filter(|row| merge::is_counted(row.kind)).count()
}

/// What taking in a file would come to, against what is in the record now. It is told how many rows are compared, and
/// ends with nothing where the answer is no.
pub fn compare(
    dossier: &Dossier,
    file: &Import,
    stamp: &Stamp,
    told: &mut dyn FnMut(usize) -> bool,
) -> Result<Option<Merged>, Refusal> {
    Ok(merged(dossier, file, stamp, told)?.map(|(_, merged)| merged))
}

/// Rows between two questions whether to go on.
const PIECE: usize = 256;

fn merged(
    dossier: &Dossier,
    file: &Import,
    stamp: &Stamp,
    told: &mut dyn FnMut(usize) -> bool,
) -> Result<Option<(Vec<Event>, Merged)>, Refusal> {
    dossier.subject.ok_or_else(|| super::unknown(Kind::System))?;
    let digest = file.file.iter().find(|(field, _)| field == "digest").map(|(_, value)| Digest::from_value(value));
    if digest.is_some_and(|digest| dossier.sources.iter().any(|s| s.digest == digest && !s.archived)) {
        return Err(Refusal::new(
            Rule::NothingChanged,
            "This file was imported already, and nothing in it has changed.",
        ));
    }
    let none = Prose::default();
    let source = checked(dossier, Kind::Source, &file.file, None)?;
    let mut events = vec![event(dossier, (Kind::Source, stamp.fresh(), "import"), source, &none)];
    let mut privacy = dossier.privacy().map(|assessment| assessment.id);
    if dossier.system().is_none() {
        let begun = opening(dossier, stamp);
        privacy = begun.iter().find(|event| event.of == Kind::Privacy).map(|event| event.entity);
        events.extend(begun);
    }
    let mut taking = Taking {
        dossier,
        stamp,
        known: Known::of(dossier, &file.lineage),
        ids: HashMap::new(),
        next: HashMap::new(),
        privacy,
    };
    let mut merged = Merged::default();
    for (done, row) in file.rows.iter().enumerate() {
        if done % PIECE == 0 && !told(done) {
            return Ok(None);
        }
        only_claims(row)?;
        let (id, set) = taking.row(row, &mut merged)?;
        events.push(event(dossier, (row.kind, id, "import"), set, &none));
    }
    // A file none of whose rows is known may be another one that looks the same.
    if file.whole && (merged.is_again() || file.gone) {
        for (kind, id) in taking.known.gone(dossier, &taking.ids) {
            let set = vec![("gone", Some(stamp.today).to_value())];
            events.push(event(dossier, (kind, id, "import"), set, &none));
            merged.gone += 1;
        }
    }
    merged.systems_gone = usize::from(file.gone);
    events.retain(|event| !event.set.is_empty() || event.of == Kind::Intake || event.of == Kind::Privacy);
    Ok(Some((events, merged)))
}

/// A file on its way into the record.
struct Taking<'a> {
    dossier: &'a Dossier,
    stamp: &'a Stamp,
    known: Known,
    ids: HashMap<(Kind, String), Id>,
    next: HashMap<Kind, i64>,
    privacy: Option<Id>,
}

impl Taking<'_> {
    /// Which row of the record it is, and what is set of it.
    fn row(&mut self, row: &ImportRow, merged: &mut Merged) -> Result<(Id, Set), Refusal> {
        let mut set = checked(self.dossier, row.kind, &row.set, None)?;
        set.retain(|(_, value)| !value.is_null());
        set.extend(row.refs.iter().filter_map(|(field, kind, key)| {
            let id = self.ids.get(&(*kind, key.clone()))?;
            Some((row.kind.field(field)?.id, Some(*id).to_value()))
        }));
        let old = self.old(row, &set);
        let id = old.unwrap_or_else(|| self.fresh(row));
        self.ids.insert((row.kind, row.key.clone()), id);
        let has_mark = row.kind.field("imported").is_some();
        let mark = Mark::of(&self.known.lineage, &set);
        if let Some(there) = self.dossier.find(row.kind, id) {
            let met = Met { row: there, before: Mark::read(there), lineage: &self.known.lineage };
            let (mut follows, came) = met.settle(set);
            merged.count(came);
            if has_mark && met.may_mark() {
                follows.push(("imported", mark.to_value()));
            }
            return Ok((id, follows));
        }
        merged.new += usize::from(merge::is_counted(row.kind));
        if has_mark {
            set.push(("imported", mark.to_value()));
        }
        if row.kind.field("source").is_some() {
            set.push(("source", Value::from(row.key.as_str())));
        }
        if row.kind.field("number").is_some() {
            let number = self.next.entry(row.kind).or_insert_with(|| next_number(self.dossier, row.kind));
            set.push(("number", Value::Int(*number)));
            *number += 1;
        }
        if row.kind == Kind::Threat {
            let flow = |key: &String| self.ids.get(&(Kind::Flow, key.clone())).map(ToString::to_string);
            set.push(("covers", Marks(row.covers.iter().filter_map(flow).collect()).to_value()));
        }
        Ok((id, set))
    }

    /// The row of the record that it is, as far as there is one.
    fn old(&self, row: &ImportRow, set: &[(&'static str, Value)]) -> Option<Id> {
        if row.kind == Kind::System {
            return self.dossier.system().map(|system| system.id);
        }
        if row.kind == Kind::Privacy {
            return self.privacy;
        }
        if row.kind == Kind::Link {
            let named = |field: &str| set.iter().find(|(id, _)| *id == field).map(|(_, value)| value.clone());
            let (threat, control) = (named("threat"), named("control"));
            let same = |link: &&crate::domain::register::Link| {
                Some(link.threat.to_value()) == threat && Some(link.control.to_value()) == control
            };
            return self.dossier.links.iter().find(same).map(|link| link.id);
        }
        self.known.find(row.kind, &row.key)
    }

    fn fresh(&self, row: &ImportRow) -> Id {
        match (row.kind, self.dossier.subject, self.privacy) {
            (Kind::System, Some(system), _) => system,
            (Kind::Privacy, _, Some(privacy)) => privacy,
            _ => self.stamp.fresh(),
        }
    }
}

/// Refuses what no file brings: a sign-off, an opinion, an acceptance, a decision, a number.
fn only_claims(row: &ImportRow) -> Result<(), Refusal> {
    let refused = |what: &str| {
        Err(Refusal::new(Rule::SetByRule, format!("An import does not bring this in: {what}."))
            .hint("It is decided or shown here, by the person who holds the role."))
    };
    // The DPO assesses; a file brings no more than what the owner tells them first.
    let told = row.kind == Kind::Privacy && !row.set.is_empty() && row.set.iter().all(|(id, _)| id == "briefing");
    if !told && !FROM_FILES.contains(&row.kind) {
        return refused(row.kind.label());
    }
    let decided = |id: &str, value: &Value| {
        let by = row.kind.field(id).map(|field| field.by);
        let ruled = by == Some(By::Rule) && !WORDS_OF_TOOL.contains(&id);
        let ended =
            row.kind == Kind::Finding && (ENDS.contains(&id) || (id == "status" && *value != Value::from("open")));
        let verified = row.kind == Kind::Control && id == "status" && *value == Value::from("verified");
        ruled || ended || verified || by == Some(people::DPO)
    };
    match row.set.iter().find(|(id, value)| decided(id, value)) {
        Some((id, _)) => refused(row.kind.field(id).map_or("", |field| field.label)),
        None => Ok(()),
    }
}
