//! Microsoft Threat Modeling Tool: XML of the data contract, read element by element.
//!
//! Nine tenths of such a file are the knowledge base of its template, which is skipped. A document type is refused, and no
//! entity is looked up but the five of XML.

mod xml;

use std::{collections::HashMap, io::BufRead};

use super::draft::{
    Anchors, BoundaryDraft, ComponentDraft, Draft, FlowDraft, Format, Labelled, Seen, SystemDraft, ThreatDraft,
};
use super::ident::Ids;
use super::notes::Notes;
use super::words::{self, Proposed, Severity};
use super::{Refused, tree};
use crate::domain::{Line, Prose};
use xml::{Node, Part};

/// The three kinds of parts, listed even where there are none.
const KINDS: [&str; 3] = ["StencilRectangle", "StencilEllipse", "StencilParallelLines"];

/// Reads a file that was recognised.
pub(super) fn read(seen: &Seen, source: &mut dyn BufRead) -> Result<Draft, Refused> {
    let mut draft = Draft::new(Format::Tm7, seen);
    let mut reader = Reader {
        ids: Ids::new(Format::Tm7.word()),
        threat_ids: Ids::new(Format::Tm7.word()),
        anchors: Anchors::default(),
        notes: Notes::default(),
        system: SystemDraft::default(),
        names: HashMap::new(),
        flows: HashMap::new(),
        ends: Vec::new(),
        surfaces: 0,
        justified: 0,
        advised: 0,
        title: Line::default(),
    };
    xml::walk(source, &mut |part, node| reader.take(part, node))?;
    reader.ended();
    let name_from_file = reader.title.is_empty();
    reader.system.name_from_file = name_from_file;
    reader.system.name = if name_from_file { super::stem(seen.name) } else { reader.title.clone() };
    reader.system.source_id = Ids::new(Format::Tm7.word()).give("", &["model", reader.system.name.as_str()]);
    let kinds = KINDS.map(|kind| {
        let count = reader.system.components.iter().filter(|part| part.kind.as_str() == kind).count();
        (kind.to_owned(), count.into())
    });
    draft.count("component_kinds", serde_json::Value::Object(kinds.into_iter().collect()));
    draft.count("owner_given", !reader.system.owner.is_empty());
    draft.count("reviewer_given", !reader.system.reviewer.is_empty());
    draft.count("with_justification", reader.justified);
    draft.count("with_possible_mitigations", reader.advised);
    reader.anchors.repeated_ids = reader.threat_ids.repeated();
    draft.notes = reader.notes;
    if !reader.system.threats.is_empty() {
        draft.notes.warn("The tool gives nearly every threat the priority High by itself, so it says little");
    }
    draft.diagrams = reader.surfaces;
    draft.schema = Line::new("tm7");
    draft.title = reader.title;
    draft.lineage = reader.system.name.clone();
    draft.anchors = Some(reader.anchors);
    draft.systems = vec![reader.system];
    Ok(draft)
}

struct Reader {
    ids: Ids,
    threat_ids: Ids,
    anchors: Anchors,
    notes: Notes,
    system: SystemDraft,
    /// What a part is called, by its guid.
    names: HashMap<String, Line>,
    /// The id of a flow, by its guid.
    flows: HashMap<String, Line>,
    /// The guids at the two ends of each flow.
    ends: Vec<(String, String)>,
    surfaces: usize,
    justified: usize,
    advised: usize,
    title: Line,
}

impl Reader {
    fn take(&mut self, part: Part, node: &Node) {
        match part {
            Part::Surface => self.surfaces += 1,
            Part::Border | Part::Line => self.shape(node),
            Part::Meta => self.meta(node),
            Part::Threat => self.threat(node),
        }
    }

    fn shape(&mut self, node: &Node) {
        let value = node.child("Value");
        let guid = node.child("Key").line().to_string();
        let name = property(value, "Name");
        match value.kind.as_str() {
            kind if KINDS.contains(&kind) => {
                let out = property(value, "Out Of Scope").as_str() == "true";
                let reason = property(value, "Reason For Out Of Scope");
                self.names.insert(guid.clone(), name.clone());
                self.system.components.push(ComponentDraft {
                    source_id: self.ids.give(&guid, &[kind, name.as_str()]),
                    name,
                    kind: Line::new(kind),
                    description: Prose::default(),
                    out_of_scope: out.then(|| Prose::new(reason.as_str())),
                });
            }
            "BorderBoundary" | "LineBoundary" => {
                let source_id = self.ids.give(&guid, &["boundary", name.as_str()]);
                self.system.boundaries.push(BoundaryDraft { source_id, name });
            }
            "Connector" => {
                let source_id = self.ids.give(&guid, &["flow", name.as_str()]);
                self.flows.insert(guid, source_id.clone());
                let end = |which: &str| value.child(which).line().to_string();
                self.ends.push((end("SourceGuid"), end("TargetGuid")));
                self.system.flows.push(FlowDraft { source_id, name, ..FlowDraft::default() });
            }
            other => self.notes.dropped(&format!("An element of the kind \"{}\"", super::notes::short(other))),
        }
    }

    fn meta(&mut self, node: &Node) {
        self.title = node.child("ThreatModelName").line();
        self.system.owner = node.child("Owner").line();
        self.system.reviewer = node.child("Reviewer").line();
        self.system.description = Prose::new(&node.child("HighLevelSystemDescription").text);
        self.system.contributors =
            [node.child("Contributors").line()].into_iter().filter(|line| !line.is_empty()).collect();
        for (label, field) in [("Assumptions", "Assumptions"), ("Outside dependencies", "ExternalDependencies")] {
            let text = Prose::new(&node.child(field).text);
            if !text.is_empty() {
                self.system.further.push(Labelled { label: Line::new(label).into(), text });
            }
        }
    }

    fn threat(&mut self, node: &Node) {
        let value = node.child("Value");
        let said = |key: &str| {
            let found = value.child("Properties").children.iter().find(|pair| pair.child("Key").line().as_str() == key);
            found.map_or(String::new(), |pair| pair.child("Value").text.trim().to_owned())
        };
        let raw = said("Title");
        let title = Line::new(&raw);
        self.anchors.count(&raw, &title);
        let (status_word, severity_word) = (value.child("State").line(), priority(value, &said("Priority")));
        let why = Prose::new(&said("StateInformation"));
        let advice = said("PossibleMitigations");
        self.justified += usize::from(!why.is_empty());
        self.advised += usize::from(!advice.is_empty());
        let flow = value.child("FlowGuid").line();
        let target = self.names.get(value.child("TargetGuid").line().as_str()).cloned();
        let proposed = words::status(status_word.as_str()).unwrap_or_else(|| {
            self.notes.unknown("The state", status_word.as_str(), "undecided");
            Proposed::default()
        });
        let key = node.child("Key").line();
        self.system.threats.push(ThreatDraft {
            source_id: self.threat_ids.give(key.as_str(), &["threat", title.as_str()]),
            tool_id: value.child("Id").line(),
            title,
            description: tree::labelled(&[
                ("", &said("UserThreatDescription")),
                ("Interaction", &said("InteractionString")),
                ("Possible mitigations", &advice),
                ("Phase", &said("SDLPhase")),
            ]),
            category: Line::new(&said("UserThreatCategory")),
            model_type: Line::new("STRIDE"),
            targets: target.into_iter().collect(),
            covers: self.flows.get(flow.as_str()).cloned().into_iter().collect(),
            proposed,
            status_word,
            severity: words::severity(severity_word.as_str()).unwrap_or(Severity::Unrated),
            severity_word,
            justification: why,
            ..ThreatDraft::default()
        });
    }

    /// The ends of flows, once all parts are known.
    fn ended(&mut self) {
        for (flow, (from, to)) in self.system.flows.iter_mut().zip(&self.ends) {
            let end = |guid: &String| self.names.get(guid).cloned();
            if end(from).is_none() || end(to).is_none() {
                self.notes.warn("A data flow has a loose end");
            }
            flow.from = end(from).unwrap_or_default();
            flow.to = end(to).unwrap_or_default();
        }
        let uncovered = self.system.threats.iter().filter(|threat| threat.covers.is_empty()).count();
        if uncovered > 0 {
            self.notes.warn("A threat belongs to a data flow that is not drawn any more");
        }
    }
}

fn priority(value: &Node, said: &str) -> Line {
    let own = value.child("Priority").line();
    if own.is_empty() { Line::new(said) } else { own }
}

/// A property of a shape by the name that the tool shows.
fn property(value: &Node, shown: &str) -> Line {
    let all = &value.child("Properties").children;
    all.iter()
        .find(|one| one.child("DisplayName").line().as_str() == shown)
        .map_or_else(Line::default, |one| one.child("Value").line())
}
