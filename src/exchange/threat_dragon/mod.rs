//! OWASP Threat Dragon models: JSON, versions 1 and 2.
//!
//! The two versions differ in where things are (`cell.rs` knows), not in what they are. The program itself only warns
//! about files that break its schema, so nothing is required here but the two sections that make it a model.

mod cell;
mod threat;

use std::collections::HashMap;

use serde_json::Value;

use super::draft::{Anchors, BoundaryDraft, ComponentDraft, Draft, FlowDraft, Format, Seen, SystemDraft};
use super::ident::Ids;
use super::notes::Notes;
use crate::domain::{Line, Prose};
use cell::{Cell, Shape, text};

/// Reads a model that was recognised.
pub(super) fn read(bytes: &[u8], name: &str, version: u8, model: &Value) -> Draft {
    let mut reader = Reader {
        ids: Ids::new(Format::ThreatDragon.word()),
        threat_ids: Ids::new(Format::ThreatDragon.word()),
        notes: Notes::default(),
        anchors: Anchors::default(),
        system: system(model, name),
        text_blocks: 0,
    };
    let title = Line::new(&text(&model["summary"]["title"]));
    if title.is_empty() {
        reader.notes.warn("The model has no title; the system is named after the file");
    }
    let diagrams = model["detail"]["diagrams"].as_array().map_or(&[][..], Vec::as_slice);
    for diagram in diagrams {
        reader.diagram(diagram);
    }
    reader.check();
    let lineage = if title.is_empty() { reader.system.name.clone() } else { title.clone() };
    reader.system.source_id = Ids::new(Format::ThreatDragon.word()).give("", &[lineage.as_str()]);
    Draft {
        schema: Line::new(if version == 1 { "v1" } else { "v2" }),
        lineage,
        title,
        systems: vec![reader.system],
        diagrams: diagrams.len(),
        text_blocks: reader.text_blocks,
        anchors: Some(reader.anchors),
        notes: reader.notes,
        ..Draft::new(Format::ThreatDragon, &Seen::of(bytes, name))
    }
}

/// The system as the head of the model describes it.
fn system(model: &Value, file: &str) -> SystemDraft {
    let (summary, detail) = (&model["summary"], &model["detail"]);
    let title = Line::new(&text(&summary["title"]));
    let people = detail["contributors"].as_array().map_or(&[][..], Vec::as_slice);
    let mut contributors: Vec<Line> = people
        .iter()
        .map(|person| Line::new(&text(if person.is_object() { &person["name"] } else { person })))
        .filter(|name| !name.is_empty())
        .collect();
    contributors.dedup();
    SystemDraft {
        name_from_file: title.is_empty(),
        name: if title.is_empty() { super::stem(file) } else { title },
        description: Prose::new(&text(&summary["description"])),
        owner: Line::new(&text(&summary["owner"])),
        reviewer: Line::new(&text(&detail["reviewer"])),
        contributors,
        ..SystemDraft::default()
    }
}

struct Reader {
    ids: Ids,
    threat_ids: Ids,
    notes: Notes,
    anchors: Anchors,
    system: SystemDraft,
    text_blocks: usize,
}

impl Reader {
    fn diagram(&mut self, diagram: &Value) {
        let cells = diagram["cells"].as_array().or_else(|| diagram["diagramJson"]["cells"].as_array());
        let cells: Vec<Cell> = cells.map_or(&[][..], Vec::as_slice).iter().map(Cell).collect();
        let names: HashMap<String, Line> = cells.iter().map(|cell| (cell.id(), cell.name())).collect();
        for cell in &cells {
            self.cell(cell, &names);
        }
    }

    fn cell(&mut self, cell: &Cell, names: &HashMap<String, Line>) {
        match cell.shape() {
            Shape::Part(kind) => self.component(cell, kind),
            Shape::Flow => self.flow(cell, names),
            Shape::Boundary => {
                let source_id = self.ids.give(&cell.id(), &["boundary", cell.name().as_str()]);
                self.system.boundaries.push(BoundaryDraft { source_id, name: cell.name() });
            }
            Shape::Text => self.text_blocks += 1,
            Shape::Other(kind) => {
                self.notes.dropped(&format!("An element of the unknown kind \"{}\"", super::notes::short(&kind)));
            }
        }
        self.threats(cell);
    }

    fn component(&mut self, cell: &Cell, kind: &str) {
        let name = cell.name();
        if name.is_empty() {
            self.notes.warn("An element has no name");
        }
        self.system.components.push(ComponentDraft {
            source_id: self.ids.give(&cell.id(), &[kind, name.as_str()]),
            name,
            kind: Line::new(kind),
            description: Prose::new(&cell.field("description")),
            out_of_scope: cell.out_of_scope(),
        });
    }

    fn flow(&mut self, cell: &Cell, names: &HashMap<String, Line>) {
        let mut end = |which: &str| {
            let id = cell.end(which);
            let found = names.get(&id).cloned().unwrap_or_default();
            if id.is_empty() {
                self.notes.warn("A data flow has a loose end");
            } else if !names.contains_key(&id) {
                self.notes.warn("A data flow ends at an element that is not there");
            }
            found
        };
        let (from, to) = (end("source"), end("target"));
        let name = cell.name();
        self.system.flows.push(FlowDraft {
            source_id: self.ids.give(&cell.id(), &["flow", from.as_str(), to.as_str(), name.as_str()]),
            name,
            from,
            to,
            protocol: Line::new(&cell.field("protocol")),
            encrypted: cell.flag("isEncrypted"),
            public_network: cell.flag("isPublicNetwork"),
            bidirectional: cell.flag("isBidirectional").unwrap_or(false),
            out_of_scope: cell.out_of_scope(),
        });
    }

    fn threats(&mut self, cell: &Cell) {
        for value in cell.threats() {
            if !value.is_object() {
                self.notes.dropped("A threat that is not an object");
                continue;
            }
            let raw = text(&value["title"]);
            let threat = threat::read(value, cell, &mut self.threat_ids, &mut self.notes);
            self.anchors.count(&raw, &threat.title);
            self.system.threats.push(threat);
        }
    }

    /// Tells what the whole of a model shows.
    fn check(&mut self) {
        self.anchors.repeated_ids = self.threat_ids.repeated();
        if self.system.threats.is_empty() {
            self.notes.warn("The model holds no threats; that is common, and the system is imported all the same");
        }
    }
}
