//! The receipt of an import: what a person agrees to, and what an independent count is compared with.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::draft::{Anchors, Draft, Format, SystemDraft, TableFacts, ThreatDraft};
use super::notes::{Note, NoteKind};
use super::table::Field;
use super::words;
use crate::domain::{Line, rules::Merged};

mod keys;
mod lines;

/// Most characters of a stage or impact answer that are counted by; the rest is the form's own explanation.
const ANSWER_MAX: usize = 40;

/// Counts of words.
pub type Counts = BTreeMap<String, usize>;

/// What an import holds, in numbers.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The format.
    pub format: Format,
    /// The shape within the format.
    pub schema: Line,
    /// The file.
    pub source_name: Line,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Size of the file.
    pub bytes: usize,
    /// Title of the whole.
    pub title: Line,
    /// Whether there is nothing but a head.
    pub empty: bool,
    /// Systems.
    pub systems: usize,
    /// Systems with a name.
    pub named: usize,
    /// Drawings.
    pub diagrams: usize,
    /// Components by kind.
    pub component_kinds: Counts,
    /// Trust boundaries.
    pub boundaries: usize,
    /// Data flows.
    pub flows: usize,
    /// Comments in drawings.
    pub text_blocks: usize,
    /// Controls.
    pub controls: usize,
    /// Components and flows that are out of scope.
    pub out_of_scope: usize,
    /// Threats.
    pub threats: usize,
    /// Threats that say what is done about them.
    pub with_mitigation: usize,
    /// Threats by the tool's word for their status.
    pub status_words: Counts,
    /// Threats by what is proposed.
    pub states: Counts,
    /// Threats by the tool's word for their severity.
    pub severity_words: Counts,
    /// Threats by our severity.
    pub severities: Counts,
    /// Threats by category.
    pub categories: Counts,
    /// Systems by stage.
    pub stages: Counts,
    /// Systems by our lifecycle.
    pub lifecycles: Counts,
    /// Systems by impact class.
    pub impact: Counts,
    /// First and last title and the like.
    pub anchors: Option<Anchors>,
    /// How the table was read.
    pub table: Option<TableFacts>,
    /// Controls by the tool's word for their status.
    pub control_words: Counts,
    /// Models.
    pub models: usize,
    /// Services and connections.
    pub connections: usize,
    /// Runs of tests and scans.
    pub evidence: usize,
    /// Of those, the ones that did not run to their end.
    pub cut_short: usize,
    /// Kinds of findings.
    pub findings: usize,
    /// Hits of open findings by the tool's word for their severity.
    pub finding_words: Counts,
    /// Entries of a library.
    pub library: usize,
    /// Whether it goes into a system that is in the record.
    pub results: bool,
    /// What else was counted.
    pub counts: Map<String, Value>,
    /// What it comes to against the record, where that is known.
    pub merged: Option<Merged>,
    /// What was dropped, not understood or contradictory.
    pub notes: Vec<Note>,
}

impl Receipt {
    /// Counts a draft.
    pub fn of(draft: &Draft) -> Self {
        let systems = || draft.systems.iter();
        let threats = || systems().flat_map(|system| &system.threats);
        let inventories = || systems().filter_map(|system| system.inventory.as_deref());
        let components = || systems().flat_map(|system| &system.components);
        let flows = || systems().flat_map(|system| &system.flows);
        let hidden = components().filter(|part| part.out_of_scope.is_some()).count();
        let rows = draft.table.as_ref().map(|table| table.rows);
        let controls_or_more =
            |s: &SystemDraft| !(s.controls.is_empty() && s.models.is_empty() && s.connections.is_empty());
        let nothing = components().next().is_none() && threats().next().is_none() && !systems().any(controls_or_more);
        Self {
            format: draft.format,
            schema: draft.schema.clone(),
            source_name: draft.source_name.clone(),
            sha256: draft.sha256.clone(),
            bytes: draft.bytes,
            title: draft.title.clone(),
            empty: rows.map_or(nothing, |rows| rows == 0),
            systems: draft.systems.len(),
            named: draft.systems.len()
                - draft.anchors.as_ref().map_or(0, |anchors| anchors.empty.min(draft.systems.len())),
            diagrams: draft.diagrams,
            component_kinds: counts(components().map(|part| part.kind.as_str())),
            boundaries: systems().map(|system| system.boundaries.len()).sum(),
            flows: flows().count(),
            text_blocks: draft.text_blocks,
            controls: systems().map(|system| system.controls.len()).sum(),
            out_of_scope: hidden + flows().filter(|flow| flow.out_of_scope.is_some()).count(),
            threats: threats().count(),
            with_mitigation: threats().filter(|threat| !threat.mitigation.is_empty()).count(),
            status_words: counts(threats().map(|threat| threat.status_word.as_str()).chain(controls(draft))),
            states: counts(threats().map(|threat| threat.proposed.state())),
            severity_words: counts(threats().map(|threat| threat.severity_word.as_str())),
            severities: counts(threats().map(|threat: &ThreatDraft| threat.severity.word())),
            categories: counts(threats().map(|threat| threat.category.as_str())),
            stages: counts(inventories().map(|system| answer(&system.stage_word))),
            lifecycles: counts(inventories().map(|system| system.stage.map_or("", words::Lifecycle::word))),
            impact: counts(inventories().map(|system| answer(&system.impact_word))),
            anchors: draft.anchors.clone(),
            table: draft.table.clone(),
            control_words: keys::control_words(draft),
            models: systems().map(|system| system.models.len()).sum(),
            connections: systems().map(|system| system.connections.len()).sum(),
            evidence: systems().map(|system| system.evidence.len()).sum(),
            cut_short: systems().flat_map(|s| &s.evidence).filter(|run| run.ran_to_end == Some(false)).count(),
            findings: systems().map(|system| system.findings.len()).sum(),
            finding_words: keys::finding_words(draft),
            library: draft.library.len(),
            results: draft.results,
            counts: draft.counts.clone(),
            merged: None,
            notes: draft.notes.all(),
        }
    }

    /// The receipt as an automatic check compares it.
    pub fn to_json(&self) -> Value {
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
        put("format", json!(self.format.word()));
        put("bytes", json!(self.bytes));
        put("outcome", json!(if self.empty { "empty" } else { "ok" }));
        put("dropped", self.noted(&[NoteKind::Dropped]));
        put("warnings", self.noted(&[NoteKind::Contradiction, NoteKind::UnknownWord, NoteKind::Warning]));
        if let Some(anchors) = &self.anchors {
            put("anchors", anchors_json(anchors));
        }
        match &self.table {
            None if self.format == Format::ThreatDragon => out.extend(self.model_json()),
            None => out.extend(self.counted_json()),
            Some(table) => {
                out.extend(table_json(table));
                out.extend(if self.format == Format::AiInventory {
                    self.inventory_json(table)
                } else {
                    self.register_json(table)
                });
            }
        }
        if let Some(merged) = &self.merged {
            out.insert("record".to_owned(), merged_json(merged));
        }
        Value::Object(out)
    }

    fn model_json(&self) -> Map<String, Value> {
        // The three kinds are listed even where there are none.
        let mut kinds: Counts = ["tm.Actor", "tm.Process", "tm.Store"].map(|kind| (kind.to_owned(), 0)).into();
        kinds.extend(self.component_kinds.clone());
        object(json!({
            "schema": self.schema.as_str(),
            "systems": self.systems,
            "diagrams": self.diagrams,
            "title": self.title.as_str(),
            "components": self.component_kinds.values().sum::<usize>(),
            "component_kinds": kinds,
            "boundaries": self.boundaries,
            "data_flows": self.flows,
            "text_blocks": self.text_blocks,
            "threats": self.threats,
            "with_mitigation_text": self.with_mitigation,
            "out_of_scope": self.out_of_scope,
            "threat_status": self.status_words,
            "status_norm": self.states,
            "threat_severity": self.severity_words,
            "severity_norm": self.severities,
            "threat_category": self.categories,
        }))
    }

    fn register_json(&self, table: &TableFacts) -> Map<String, Value> {
        let mut out = object(json!({ "has_header": table.has_header, "rows": table.rows }));
        if table.has_header {
            out.insert("header".to_owned(), json!(table.header.iter().map(Line::as_str).collect::<Vec<_>>()));
        }
        if table.has(&[Field::Status, Field::Treatment]) {
            out.insert("status".to_owned(), json!(self.status_words));
        }
        if table.has(&[Field::Severity]) {
            out.insert("severity".to_owned(), json!(self.severity_words));
        }
        out
    }

    fn inventory_json(&self, table: &TableFacts) -> Map<String, Value> {
        let first: Vec<&str> = table.header.iter().take(8).map(Line::as_str).collect();
        let mut out = object(json!({
            "banner_rows": table.banner_rows, "header_first": first, "systems": self.systems, "named": self.named,
        }));
        if table.has(&[Field::Stage]) {
            out.insert("stages".to_owned(), json!(self.stages));
        }
        if table.has(&[Field::ImpactClass]) {
            out.insert("impact".to_owned(), json!(self.impact));
        }
        out
    }

    fn noted(&self, kinds: &[NoteKind]) -> Value {
        let told = self.notes.iter().filter(|note| kinds.contains(&note.kind));
        told.map(|note| json!({ "text": note.text.as_str(), "count": note.count })).collect()
    }
}

fn merged_json(merged: &Merged) -> Value {
    json!({
        "new": merged.new,
        "changed": merged.changed,
        "gone": merged.gone,
        "kept": merged.kept,
        "unchanged": merged.same,
    })
}

fn table_json(table: &TableFacts) -> Map<String, Value> {
    object(json!({
        "delimiter": table.delimiter.to_string(), "encoding": table.encoding, "bom": table.bom, "columns": table.columns,
    }))
}

fn anchors_json(anchors: &Anchors) -> Value {
    json!({
        "first": anchors.first.as_ref().map(Line::as_str),
        "last": anchors.last.as_ref().map(Line::as_str),
        "non_ascii": anchors.non_ascii,
        "empty": anchors.empty,
        "repeated_ids": anchors.repeated_ids,
    })
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

/// The words for the status of controls, where a table lists nothing else.
fn controls(draft: &Draft) -> impl Iterator<Item = &str> {
    let systems = draft.systems.iter().filter(|_| draft.table.is_some());
    systems.flat_map(|system| &system.controls).map(|control| control.status_word.as_str())
}

fn answer(word: &Line) -> &str {
    let head = words::answer_head(word.as_str());
    head.char_indices().nth(ANSWER_MAX).map_or(head, |(at, _)| head[..at].trim_end())
}

fn counts<'a>(words: impl Iterator<Item = &'a str>) -> Counts {
    let mut out = Counts::new();
    for word in words {
        match out.get_mut(word) {
            Some(count) => *count += 1,
            None => {
                out.insert(word.to_owned(), 1);
            }
        }
    }
    out
}
