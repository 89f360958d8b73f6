//! Models of the OWASP Threat Model Library: threats, controls, risks and data sets. Threats carry no status of their own.

use std::collections::HashMap;

use serde_json::Value;

use super::draft::{
    Anchors, BoundaryDraft, ComponentDraft, ControlDraft, Draft, FlowDraft, Format, Labelled, PartDraft, Seen,
    SystemDraft, ThreatDraft,
};
use super::ident::Ids;
use super::tree;
use super::words::{self, Severity};
use crate::domain::{Line, Prose};

const PARTS: [&str; 3] = ["actors", "components", "data_stores"];

/// Reads a model that was recognised.
pub(super) fn read(seen: &Seen, tree: &Value) -> Draft {
    let mut draft = Draft::new(Format::TmLibrary, seen);
    let scope = &tree["scope"];
    draft.title = tree::line(scope, "title");
    let name_from_file = draft.title.is_empty();
    let description = tree::prose(scope, "description");
    let mut system = SystemDraft {
        name: if name_from_file { super::stem(seen.name) } else { draft.title.clone() },
        name_from_file,
        description: if description.is_empty() { tree::prose(tree, "description") } else { description },
        ..SystemDraft::default()
    };
    let mut ids = Ids::new(Format::TmLibrary.word());
    system.source_id = ids.give("", &["scope", system.name.as_str()]);
    further(tree, &mut system);
    places(tree, &mut ids, &mut system);
    let mut anchors = Anchors::default();
    for one in tree::items(tree, "threats") {
        let raw = tree::text(&one["title"]);
        anchors.count(&raw, &Line::new(&raw));
        let threat = threat(one, tree, &mut ids);
        system.threats.push(threat);
    }
    let (links, dangling) = controls(tree, &mut ids, &mut system);
    anchors.repeated_ids = ids.repeated();
    draft.diagrams = tree::items(tree, "diagrams").len();
    draft.schema = tree::line(tree, "version");
    draft.count("boundary_pairs", tree::items(tree, "trust_boundaries").len());
    for (name, list) in [
        ("data_sets", "data_sets"),
        ("risks", "risks"),
        ("assumptions", "assumptions"),
        ("personas", "threat_personas"),
    ] {
        draft.count(name, tree::items(tree, list).len());
    }
    draft.count("risk_level", tree::tally(tree::items(tree, "risks").iter().map(|risk| tree::text(&risk["level"]))));
    draft.count("links", links);
    draft.count("dangling", dangling);
    if dangling > 0 {
        draft.notes.dropped("Links to something that is not in the file");
    }
    draft
        .notes
        .warn("Threats of this format have no status; it follows from their controls and from what the board decides");
    draft.lineage = system.name.clone();
    draft.anchors = Some(anchors);
    draft.systems = vec![system];
    draft
}

fn further(tree: &Value, system: &mut SystemDraft) {
    let scope = &tree["scope"];
    let assumed: Vec<String> = tree::items(tree, "assumptions")
        .iter()
        .map(|one| format!("{} ({})", tree::line(one, "description"), tree::line(one, "validity")))
        .collect();
    let said = [
        ("Criticality", tree::text(&scope["business_criticality"]).into_owned()),
        ("Sensitivity", joined(&scope["data_sensitivity"])),
        ("Exposure", tree::text(&scope["exposure"]).into_owned()),
        ("Tier", tree::text(&scope["tier"]).into_owned()),
        ("Reviewed at", tree::text(&tree["reviewed_at"]).into_owned()),
        ("Assumptions", assumed.join("; ")),
    ];
    for (label, text) in said.into_iter().filter(|(_, text)| !text.is_empty()) {
        system.further.push(Labelled { label: Line::new(label).into(), text: Prose::new(&text) });
    }
}

fn joined(value: &Value) -> String {
    tree::lines(value).iter().map(Line::as_str).collect::<Vec<_>>().join(", ")
}

fn places(tree: &Value, ids: &mut Ids, system: &mut SystemDraft) {
    let mut names: HashMap<(&str, String), Line> = HashMap::new();
    for list in PARTS {
        for one in tree::items(tree, list) {
            let (name, symbol) = (tree::line(one, "title"), tree::text(&one["symbolic_name"]).into_owned());
            // A symbolic name is unique only within its kind.
            let source_id = ids.give(&format!("{list}/{symbol}"), &[]);
            let reference = list.trim_end_matches('s');
            names.insert((reference, symbol), name.clone());
            let kind = Line::new(list);
            let description = tree::prose(one, "description");
            system.components.push(ComponentDraft { source_id, name, kind, description, out_of_scope: None });
        }
    }
    for zone in tree::items(tree, "trust_zones") {
        let name = tree::line(zone, "title");
        let source_id = ids.give(&format!("zone/{}", tree::text(&zone["symbolic_name"])), &[name.as_str()]);
        system.boundaries.push(BoundaryDraft { source_id, name });
    }
    for one in tree::items(tree, "data_sets") {
        let name = tree::line(one, "title");
        system.retrievals.push(PartDraft {
            source_id: ids.give(&format!("data/{}", tree::text(&one["symbolic_name"])), &[name.as_str()]),
            content: Line::new(
                &[tree::text(&one["description"]).as_ref(), &joined(&one["data_sensitivity"])].join(" · "),
            ),
            name,
            ..PartDraft::default()
        });
    }
    for one in tree::items(tree, "data_flows") {
        let end = |field: &str| {
            let end = &one[field];
            let symbol = tree::text(if end.is_object() { &end["object"] } else { end }).into_owned();
            let kind = end["type"].as_str().unwrap_or_default();
            let found = names.iter().find(|((of, known), _)| *known == symbol && (kind.is_empty() || *of == kind));
            found.map(|(_, name)| name.clone()).unwrap_or_default()
        };
        let name = tree::line(one, "title");
        system.flows.push(FlowDraft {
            source_id: ids.give(&format!("flow/{}", tree::text(&one["symbolic_name"])), &[name.as_str()]),
            from: end("source"),
            to: end("destination"),
            encrypted: one["encrypted"].as_bool(),
            name,
            ..FlowDraft::default()
        });
    }
}

/// A threat with what the risks say of it: the worst level, likelihood and impact.
fn threat(one: &Value, tree: &Value, ids: &mut Ids) -> ThreatDraft {
    let symbol = tree::text(&one["symbolic_name"]).into_owned();
    let about = |risk: &&Value| tree::lines(&risk["threats"]).iter().any(|name| name.as_str() == symbol);
    let rated = |risk: &Value| words::severity(&tree::text(&risk["level"])).unwrap_or_default();
    let risk = tree::items(tree, "risks").iter().filter(about).max_by_key(|risk| rated(risk)).unwrap_or(&Value::Null);
    let list = |field: &str, part: &str| {
        let all = tree::items(one, field).iter().map(|entry| tree::text(&entry[part]).into_owned());
        all.collect::<Vec<_>>().join(", ")
    };
    let persona = tree::text(&one["threat_persona"]).into_owned();
    ThreatDraft {
        source_id: ids.give(&format!("threat/{symbol}"), &[&tree::text(&one["title"])]),
        tool_id: Line::new(&symbol),
        title: tree::line(one, "title"),
        description: tree::labelled(&[
            ("", &tree::text(&one["description"])),
            ("Event", &tree::text(&one["event"])),
            ("Persona", &persona),
            ("CAPEC", &list("attack_mechanisms", "capec_id")),
            ("CWE", &list("weaknesses", "cwe_id")),
            ("Risk", &tree::text(&risk["title"])),
            ("Impact", &tree::text(&risk["impact_description"])),
        ]),
        severity: rated(risk).max(Severity::Unrated),
        severity_word: tree::line(risk, "level"),
        likelihood_word: tree::line(risk, "likelihood"),
        impact_word: tree::line(risk, "impact"),
        ..ThreatDraft::default()
    }
}

/// The controls, each against the threats that it names; how many links there are, and how many lead nowhere.
fn controls(tree: &Value, ids: &mut Ids, system: &mut SystemDraft) -> (usize, usize) {
    let (mut links, mut dangling) = (0, 0);
    for one in tree::items(tree, "controls") {
        let title = tree::line(one, "title");
        let source_id = ids.give(&format!("control/{}", tree::text(&one["symbolic_name"])), &[title.as_str()]);
        for name in tree::lines(&one["threats"]) {
            links += 1;
            match system.threats.iter_mut().find(|threat| threat.tool_id == name) {
                Some(threat) => {
                    let said = format!("{title} ({})", tree::text(&one["status"]));
                    threat.mitigation = Prose::new(&format!("{}\n{said}", threat.mitigation));
                    system.links.push((threat.source_id.clone(), source_id.clone()));
                }
                None => dangling += 1,
            }
        }
        system.controls.push(ControlDraft {
            source_id,
            tool_id: tree::line(one, "symbolic_name"),
            title,
            description: tree::prose(one, "description"),
            status_word: tree::line(one, "status"),
            further: Vec::new(),
        });
    }
    (links, dangling)
}
