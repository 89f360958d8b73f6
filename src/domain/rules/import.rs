//! Taking in one system of a file: what another tool says is a claim, and a decision made here stays.

use std::collections::HashMap;

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

/// The fields that a newer file may still change on a row that is here: the words of the tool, never a decision.
const FOLLOWS_FILE: [&str; 5] = ["description", "claim", "status_word", "severity_word", "source_text"];

/// What an import may fill: the inventory and the registers. Everything else is a decision, an opinion or a proof, and is
/// made here.
const FROM_FILES: [Kind; 12] = [
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
];

/// The fields that only rules set and that an import may: the words of the tool.
const WORDS_OF_TOOL: [&str; 6] = ["library", "source", "source_text", "status_word", "severity_word", "claim"];

/// Takes in the rows that are new, lets the words of the known ones follow the file, and keeps what was decided here.
/// The same file twice changes nothing.
pub fn import(dossier: &Dossier, file: &Import, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let system = dossier.subject.ok_or_else(|| super::unknown(Kind::System))?;
    let digest = file.file.iter().find(|(field, _)| field == "digest").map(|(_, value)| Digest::from_value(value));
    if digest.is_some_and(|digest| dossier.sources.iter().any(|s| s.digest == digest && !s.archived)) {
        return Err(Refusal::new(
            Rule::NothingChanged,
            "This file was imported already, and nothing in it has changed.",
        ));
    }
    let none = Prose::default();
    let mut events = vec![event(
        dossier,
        (Kind::Source, stamp.fresh(), "import"),
        checked(dossier, Kind::Source, &file.file, None)?,
        &none,
    )];
    if dossier.system().is_none() {
        events.extend(opening(dossier, stamp));
    }
    let mut known: HashMap<(Kind, String), Id> = HashMap::new();
    let mut next = HashMap::new();
    for row in &file.rows {
        only_claims(row)?;
        let mut set = checked(dossier, row.kind, &row.set, None)?;
        let old = existing(dossier, row.kind, &row.key);
        let id = old.unwrap_or_else(|| if row.kind == Kind::System { system } else { stamp.fresh() });
        known.insert((row.kind, row.key.clone()), id);
        if old.is_some() || (row.kind == Kind::System && dossier.system().is_some()) {
            set.retain(|(field, _)| FOLLOWS_FILE.contains(field));
        } else {
            if row.kind.field("source").is_some() {
                set.push(("source", Value::from(row.key.as_str())));
            }
            if row.kind.field("number").is_some() {
                let number = next.entry(row.kind).or_insert_with(|| next_number(dossier, row.kind));
                set.push(("number", Value::Int(*number)));
                *number += 1;
            }
            let covers: Vec<String> = row.covers.iter().filter_map(|key| mark(&known, key)).collect();
            if row.kind == Kind::Threat {
                set.push(("covers", Marks(covers).to_value()));
            }
        }
        events.push(event(dossier, (row.kind, id, "import"), set, &none));
    }
    events.retain(|event| !event.set.is_empty() || event.of == Kind::Intake || event.of == Kind::Privacy);
    Ok(events)
}

/// Refuses what no file brings: a sign-off, an opinion, an acceptance, a decision, a number.
fn only_claims(row: &ImportRow) -> Result<(), Refusal> {
    let refused = |what: &str| {
        Err(Refusal::new(Rule::SetByRule, format!("An import does not bring this in: {what}."))
            .hint("It is decided or shown here, by the person who holds the role."))
    };
    if !FROM_FILES.contains(&row.kind) {
        return refused(row.kind.label());
    }
    let decided = |id: &str| {
        let by = row.kind.field(id).map(|field| field.by);
        let ruled = by == Some(By::Rule) && !WORDS_OF_TOOL.contains(&id);
        ruled || by == Some(people::DPO)
    };
    match row.set.iter().find(|(id, _)| decided(id)) {
        Some((id, _)) => refused(row.kind.field(id).map_or("", |field| field.label)),
        None => Ok(()),
    }
}

fn mark(known: &HashMap<(Kind, String), Id>, key: &str) -> Option<String> {
    known.get(&(Kind::Flow, key.to_owned())).map(ToString::to_string)
}

fn existing(dossier: &Dossier, kind: Kind, key: &str) -> Option<Id> {
    kind.field("source")?;
    dossier
        .rows(kind)
        .into_iter()
        .find(|row| row.get("source") == Value::from(key))
        .map(crate::domain::fields::Entity::id)
}
