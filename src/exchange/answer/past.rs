//! `docket journal` as people read it, and `docket changes`.

use std::fmt::Write;

use serde::Serialize;

use crate::domain::{
    decision::Traced,
    fields::Vocabulary,
    id::hex,
    log::{LogLine, LogQuery},
    past::{Changed, lines, summary},
    wording,
};

use super::{ANSWER_VERSION, pretty};

/// One entry as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct EntryLine {
    /// Its number in this file.
    pub entry: i64,
    /// When, in UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// In which hat.
    pub hat: String,
    /// The name of its system; none for the record itself.
    pub system: Option<String>,
    /// What happened, in words.
    pub what: String,
    /// Why, in their own words; empty where nobody said.
    pub why: String,
}

/// The entries that fit.
#[derive(Debug, Clone, Serialize)]
pub struct Entries {
    kind: &'static str,
    version: &'static str,
    /// The code of the act that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    act: Option<&'static str>,
    /// The entries, newest first.
    pub entries: Vec<EntryLine>,
}

impl Entries {
    /// Entries as data.
    pub fn of(query: &LogQuery, found: &[LogLine]) -> Self {
        let line = |LogLine { line, system }: &LogLine| EntryLine {
            entry: line.n,
            at: wording::moment(line.at),
            who: line.who.clone(),
            hat: line.role.clone(),
            system: system.as_ref().map(|(_, name)| name.clone()),
            what: line.what.clone(),
            why: line.why.clone(),
        };
        let entries = found.iter().map(line).collect();
        Self { kind: "docket.entries", version: ANSWER_VERSION, act: query.act.map(Vocabulary::code), entries }
    }

    /// As JSON.
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// One entry a line, and its reason below it.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for EntryLine { entry, at, who, hat, system, what, why } in &self.entries {
            let system = system.as_deref().unwrap_or("the record");
            let _ = writeln!(out, "{entry:>7}  {at}  {who} ({hat})  {system}: {what}");
            for line in why.lines() {
                let _ = writeln!(out, "         because: {line}");
            }
        }
        if self.entries.is_empty() {
            out.push_str("No entry of the journal is like that.\n");
        }
        out
    }
}

#[derive(Debug, Clone, Serialize)]
struct FieldLine {
    #[serde(rename = "field")]
    id: &'static str,
    label: &'static str,
    old: String,
    new: String,
}

#[derive(Debug, Clone, Serialize)]
struct Thing {
    kind: &'static str,
    id: String,
    name: String,
    became: &'static str,
    fields: Vec<FieldLine>,
}

/// What changed between two points.
#[derive(Debug, Clone, Serialize)]
pub struct Between {
    kind: &'static str,
    version: &'static str,
    system: String,
    /// Right after this entry.
    since: i64,
    /// Up to and with this entry; none for now.
    until: Option<i64>,
    changes: Vec<Thing>,
    #[serde(skip)]
    text: String,
}

impl Between {
    /// Changes as data.
    pub fn of(system: &str, since: i64, until: Option<i64>, found: &[Changed]) -> Self {
        let thing = |change: &Changed| Thing {
            kind: change.kind.code(),
            id: change.id.to_string(),
            name: change.name.clone(),
            became: change.became.label(),
            fields: change
                .fields
                .iter()
                .map(|field| FieldLine {
                    id: field.field,
                    label: field.label,
                    old: field.old.clone(),
                    new: field.new.clone(),
                })
                .collect(),
        };
        let end = until.map_or_else(|| "now".to_owned(), |n| format!("entry {n}"));
        let text = format!("{system}, from right after entry {since} to {end}: {}\n\n", summary(found));
        Self {
            kind: "docket.changes",
            version: ANSWER_VERSION,
            system: system.to_owned(),
            since,
            until,
            changes: found.iter().map(thing).collect(),
            text: text + &lines(found).join("\n") + "\n",
        }
    }

    /// As JSON.
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// As text, grouped by thing.
    pub fn to_text(&self) -> &str {
        &self.text
    }
}

#[derive(Debug, Clone, Serialize)]
struct ProofLine {
    condition: u8,
    what: String,
    who: String,
    hat: Option<&'static str>,
    at: Option<String>,
    sha256: String,
    worth: String,
    entry: Option<i64>,
    entry_hash: Option<String>,
}

/// What a clearance rests on.
#[derive(Debug, Clone, Serialize)]
pub struct Trace {
    kind: &'static str,
    version: &'static str,
    system: String,
    proofs: Vec<ProofLine>,
    entries: u64,
    head: String,
}

impl Trace {
    /// A trace as data: each proof with the number and the hash of its entry.
    pub fn of(system: &str, proofs: &[Traced], head: (u64, [u8; 32])) -> Self {
        let line = |Traced { proof, entry }: &Traced| ProofLine {
            condition: proof.condition,
            what: proof.what.clone(),
            who: proof.who.clone(),
            hat: proof.hat.map(Vocabulary::code),
            at: proof.at.map(wording::moment),
            sha256: proof.digest.clone(),
            worth: proof.worth.clone(),
            entry: entry.map(|(n, _)| n),
            entry_hash: entry.map(|(_, hash)| hex(&hash)),
        };
        Self {
            kind: "docket.trace",
            version: ANSWER_VERSION,
            system: system.to_owned(),
            proofs: proofs.iter().map(line).collect(),
            entries: head.0,
            head: hex(&head.1),
        }
    }

    /// As JSON.
    pub fn to_json(&self) -> String {
        pretty(self)
    }
}
