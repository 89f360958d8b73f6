//! Open Threat Model, in JSON or YAML: definitions of threats, and their instances at components and flows.

use std::collections::HashMap;

use serde_json::Value;

use super::draft::{
    Anchors, BoundaryDraft, ComponentDraft, ControlDraft, Draft, FlowDraft, Format, Labelled, PartDraft, Seen,
    SystemDraft, ThreatDraft,
};
use super::ident::Ids;
use super::notes::Notes;
use super::tree;
use super::words::{self, Proposed};
use crate::domain::{Line, Prose};

/// Reads a model that was recognised.
pub(super) fn read(seen: &Seen, tree: &Value) -> Draft {
    let mut draft = Draft::new(Format::Otm, seen);
    let project = &tree["project"];
    draft.title = tree::line(project, "name");
    let name_from_file = draft.title.is_empty();
    let mut system = SystemDraft {
        name: if name_from_file { super::stem(seen.name) } else { draft.title.clone() },
        name_from_file,
        description: tree::prose(project, "description"),
        owner: tree::line(project, "owner"),
        ..SystemDraft::default()
    };
    let mut ids = Ids::new(Format::Otm.word());
    system.source_id = ids.give(&tree::text(&project["id"]), &["project", system.name.as_str()]);
    let mut reader = Reader { tree, names: names(tree), counted: Counted::default(), notes: Notes::default(), ids };
    reader.places(&mut system);
    reader.mitigations(&mut system);
    for holder in tree::items(tree, "components").iter().chain(tree::items(tree, "dataflows")) {
        reader.threats(holder, &mut system);
    }
    let mut anchors = Anchors::default();
    for one in tree::items(tree, "threats") {
        let raw = tree::text(&one["name"]);
        anchors.count(&raw, &Line::new(&raw));
    }
    draft.diagrams =
        tree::items(tree, "representations").iter().filter(|one| one["type"].as_str() == Some("diagram")).count();
    let version = tree::line(tree, "otmVersion");
    draft.schema = if version.is_empty() { Line::new("no version") } else { version.clone() };
    let version = if version.is_empty() { Value::Null } else { Value::from(version.as_str()) };
    draft.count("otm_version", version);
    draft.count("assets", tree::items(tree, "assets").len());
    draft.count("threats", tree::items(tree, "threats").len());
    draft.count("threat_instances", system.threats.len());
    draft.count("control_status", tree::tally(reader.counted.states.iter().map(Into::into)));
    draft.count("links", reader.counted.links);
    draft.count("dangling", reader.counted.dangling);
    draft.notes = reader.notes;
    if reader.counted.dangling > 0 {
        draft.notes.dropped("Links to a threat or a mitigation that is not in the file");
    }
    draft.lineage = system.name.clone();
    draft.anchors = Some(anchors);
    draft.systems = vec![system];
    draft
}

/// What a component, a zone or an asset is called, by its id.
fn names(tree: &Value) -> HashMap<String, Line> {
    let all = ["trustZones", "components", "assets"].into_iter().flat_map(|list| tree::items(tree, list));
    all.map(|one| (tree::text(&one["id"]).into_owned(), tree::line(one, "name"))).collect()
}

#[derive(Default)]
struct Counted {
    states: Vec<String>,
    links: usize,
    dangling: usize,
}

struct Reader<'a> {
    tree: &'a Value,
    names: HashMap<String, Line>,
    counted: Counted,
    notes: Notes,
    ids: Ids,
}

impl Reader<'_> {
    fn places(&mut self, system: &mut SystemDraft) {
        for zone in tree::items(self.tree, "trustZones") {
            let name = tree::line(zone, "name");
            let source_id = self.ids.give(&tree::text(&zone["id"]), &["zone", name.as_str()]);
            system.boundaries.push(BoundaryDraft { source_id, name });
        }
        for one in tree::items(self.tree, "components") {
            let name = tree::line(one, "name");
            system.components.push(ComponentDraft {
                source_id: self.ids.give(&tree::text(&one["id"]), &["component", name.as_str()]),
                name,
                kind: tree::line(one, "type"),
                description: tree::prose(one, "description"),
                out_of_scope: None,
            });
        }
        for one in tree::items(self.tree, "dataflows") {
            let end = |field: &str| self.names.get(tree::text(&one[field]).as_ref()).cloned();
            let (from, to) = (end("source"), end("destination"));
            if from.is_none() || to.is_none() {
                self.notes.warn("A data flow ends at a component that is not there");
            }
            let name = tree::line(one, "name");
            system.flows.push(FlowDraft {
                source_id: self.ids.give(&tree::text(&one["id"]), &["flow", name.as_str()]),
                name,
                from: from.unwrap_or_default(),
                to: to.unwrap_or_default(),
                bidirectional: one["bidirectional"].as_bool().unwrap_or(false),
                ..FlowDraft::default()
            });
        }
        for one in tree::items(self.tree, "assets") {
            let name = tree::line(one, "name");
            system.retrievals.push(PartDraft {
                source_id: self.ids.give(&tree::text(&one["id"]), &["asset", name.as_str()]),
                name,
                content: tree::line(one, "description"),
                ..PartDraft::default()
            });
        }
    }

    fn mitigations(&mut self, system: &mut SystemDraft) {
        for one in tree::items(self.tree, "mitigations") {
            let title = tree::line(one, "name");
            let id = tree::text(&one["id"]);
            system.controls.push(ControlDraft {
                source_id: self.ids.give(&id, &["mitigation", title.as_str()]),
                tool_id: Line::new(&id),
                title,
                description: tree::prose(one, "description"),
                ..ControlDraft::default()
            });
        }
    }

    /// One definition has many instances: each is a threat to the part that names it.
    fn threats(&mut self, holder: &Value, system: &mut SystemDraft) {
        let target = tree::line(holder, "name");
        let holder_id = tree::text(&holder["id"]);
        for instance in tree::items(holder, "threats") {
            let id = tree::text(&instance["threat"]);
            let known = tree::items(self.tree, "threats").iter().find(|one| tree::text(&one["id"]) == id);
            self.counted.dangling += usize::from(known.is_none());
            let definition = known.unwrap_or(&Value::Null);
            let title = tree::line(definition, "name");
            let title = if title.is_empty() { Line::new(&id) } else { title };
            let status_word = tree::line(instance, "state");
            let source_id = self.ids.give(&format!("{holder_id}/{id}"), &[]);
            let claims = self.linked(instance, &source_id, system);
            system.threats.push(ThreatDraft {
                source_id,
                tool_id: Line::new(&id),
                title,
                description: tree::labelled(&[
                    ("", &tree::text(&definition["description"])),
                    ("Weaknesses", &joined(&definition["cwes"])),
                    ("Likelihood of 100", &tree::text(&definition["risk"]["likelihood"])),
                    ("Impact of 100", &tree::text(&definition["risk"]["impact"])),
                ]),
                category: Line::new(&joined(&definition["categories"])),
                targets: vec![target.clone()],
                proposed: proposed(&status_word, &mut self.notes),
                status_word,
                mitigation: claims,
                further: Vec::<Labelled>::new(),
                ..ThreatDraft::default()
            });
        }
    }

    /// Links the mitigations of an instance, and says what they claim.
    fn linked(&mut self, instance: &Value, threat: &Line, system: &mut SystemDraft) -> Prose {
        let mut claims = Vec::new();
        for one in tree::items(instance, "mitigations") {
            let id = tree::text(&one["mitigation"]);
            let state = tree::line(one, "state");
            self.counted.links += 1;
            self.counted.states.push(state.to_string());
            match system.controls.iter_mut().find(|control| control.tool_id.as_str() == id) {
                Some(control) => {
                    claims.push(format!("{} ({state})", control.title));
                    system.links.push((threat.clone(), control.source_id.clone()));
                    if control.status_word.is_empty() {
                        control.status_word = state;
                    }
                }
                None => self.counted.dangling += 1,
            }
        }
        Prose::new(&claims.join("\n"))
    }
}

fn joined(value: &Value) -> String {
    tree::lines(value).iter().map(Line::as_str).collect::<Vec<_>>().join(", ")
}

/// States are free text; `AutoGenerated` is what a converted file of the Microsoft tool says of what nobody looked at.
fn proposed(word: &Line, notes: &mut Notes) -> Proposed {
    words::status(word.as_str()).unwrap_or_else(|| {
        notes.unknown("The state", word.as_str(), "undecided");
        Proposed::default()
    })
}
