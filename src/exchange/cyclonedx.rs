//! CycloneDX: models, services and their data, vulnerabilities with what was said of them, attestations.
//!
//! Hundreds of libraries are one piece of evidence, a list of what is in it.

use serde_json::{Value, json};

use super::draft::{
    Anchors, ComponentDraft, ControlDraft, Draft, EvidenceDraft, FlowDraft, Format, Labelled, PartDraft, Run, Seen,
    SystemDraft, ThreatDraft,
};
use super::ident::Ids;
use super::receipt::Counts;
use super::stream::{self, Rows, Take};
use super::{Refused, tree, words};
use crate::domain::{Line, Prose};

/// Kinds of components that are parts of a system by themselves; the others are summed up.
const PARTS: [&str; 4] = ["data", "application", "platform", "threat-model"];

/// What is read of a document.
pub(super) static TAKE: Take = stream::fields(&[
    ("bomFormat", Take::All),
    ("specFormat", Take::All),
    ("specVersion", Take::All),
    ("metadata", stream::fields(&[("timestamp", Take::All), ("component", stream::fields(&ABOUT))])),
    ("components", stream::rows(COMPONENTS, &Take::All)),
    ("services", stream::rows(SERVICES, &Take::All)),
    ("vulnerabilities", stream::rows(VULNERABILITIES, &Take::All)),
    ("dependencies", stream::rows(DEPENDENCIES, &Take::Nothing)),
    ("declarations", Take::All),
    ("threats", Take::All),
    ("risks", Take::All),
]);

static ABOUT: [(&str, Take); 3] = [("name", Take::All), ("description", Take::All), ("modelCard", Take::All)];

const COMPONENTS: &str = "components";
const SERVICES: &str = "services";
const VULNERABILITIES: &str = "vulnerabilities";
const DEPENDENCIES: &str = "dependencies";

/// Reads a document that was recognised: what is beside its long lists, and what is in them one by one.
pub(super) fn read(seen: &Seen, tree: &Value, rows: Rows) -> Result<Draft, Refused> {
    let mut draft = Draft::new(Format::CycloneDx, seen);
    let about = &tree["metadata"]["component"];
    draft.title = tree::line(about, "name");
    let name_from_file = draft.title.is_empty();
    let mut system = SystemDraft {
        name: if name_from_file { super::stem(seen.name) } else { draft.title.clone() },
        name_from_file,
        description: tree::prose(about, "description"),
        ..SystemDraft::default()
    };
    let mut reader = Reader {
        ids: Ids::new(Format::CycloneDx.word()),
        anchors: Anchors::default(),
        kinds: Counts::new(),
        states: Counts::new(),
        cards: 0,
        libraries: 0,
        vulnerabilities: 0,
        dependencies: 0,
    };
    system.source_id = reader.ids.give("", &["about", system.name.as_str()]);
    if about.is_object() {
        reader.card(about, &mut system);
    }
    rows(&mut |row| match row.list {
        COMPONENTS => reader.component(row.item, &mut system, 0),
        SERVICES => reader.service(row.item, &mut system, 0),
        VULNERABILITIES => reader.vulnerability(row.item, &mut system),
        _ => reader.dependencies += 1,
    })?;
    reader.declared(tree, seen, &mut system);
    preview(tree, &mut reader.ids, &mut system);
    counts(&mut draft, tree, &reader);
    let stamp = tree::day(&tree::text(&tree["metadata"]["timestamp"]));
    if reader.libraries > 0 {
        system.evidence.push(EvidenceDraft {
            source_id: Line::new(&format!("cyclonedx/list {}", seen.sha256)),
            title: Line::new(&format!("List of {} components", reader.libraries)),
            run: Run::Inventory,
            collected: stamp,
            ..EvidenceDraft::default()
        });
        draft.notes.dropped(&format!("{} libraries and files; their list is one piece of evidence", reader.libraries));
    }
    reader.anchors.repeated_ids = 0;
    draft.schema = Line::new(&tree::text(&tree["specVersion"]));
    draft.lineage = system.name.clone();
    draft.anchors = Some(reader.anchors);
    draft.systems = vec![system];
    Ok(draft)
}

fn counts(draft: &mut Draft, tree: &Value, reader: &Reader) {
    let spec = tree::text(&tree["specVersion"]).into_owned();
    let declared = &tree["declarations"];
    let title = if draft.title.is_empty() { Value::Null } else { Value::from(draft.title.as_str()) };
    draft.count("spec", spec);
    draft.count("title", title);
    draft.count("components", reader.kinds.values().sum::<usize>());
    draft.count("component_kinds", json!(reader.kinds));
    draft.count("model_cards", reader.cards);
    draft.count("vulnerabilities", reader.vulnerabilities);
    draft.count("analysis_state", json!(reader.states));
    draft.count("claims", tree::items(declared, "claims").len());
    draft.count("attestations", tree::items(declared, "attestations").len());
    draft.count("evidence", tree::items(declared, "evidence").len());
    draft.count("threats", listed(tree, "threats").len());
    draft.count("risks", listed(tree, "risks").len());
    draft.count("dependencies", reader.dependencies);
    draft.count("outcome", "ok");
}

/// The threats or risks of the next version, which may stand in a list or below a heading of their own.
fn listed<'a>(tree: &'a Value, what: &str) -> &'a [Value] {
    let found = &tree[what];
    found.as_array().or_else(|| found[what].as_array()).map_or(&[][..], Vec::as_slice)
}

/// Threats and risks of the preview of version 2.0: their words, and no decision.
fn preview(tree: &Value, ids: &mut Ids, system: &mut SystemDraft) {
    for (what, word) in [("threats", "threat"), ("risks", "risk")] {
        for one in listed(tree, what) {
            let title = [tree::line(one, "name"), tree::line(one, "title"), tree::line(one, "statement")];
            let title = title.into_iter().find(|line| !line.is_empty()).unwrap_or_default();
            system.threats.push(ThreatDraft {
                source_id: ids.give(&format!("{word} {}", tree::text(&one["bom-ref"])), &[word, title.as_str()]),
                title,
                description: tree::prose(one, "description"),
                status_word: tree::line(one, "status"),
                ..ThreatDraft::default()
            });
        }
    }
}

struct Reader {
    ids: Ids,
    anchors: Anchors,
    kinds: Counts,
    states: Counts,
    cards: usize,
    libraries: usize,
    vulnerabilities: usize,
    dependencies: usize,
}

/// Components and services nest; deeper than this no real document goes.
const DEEP: usize = 32;

impl Reader {
    fn component(&mut self, one: &Value, system: &mut SystemDraft, depth: usize) {
        let raw = tree::text(&one["name"]);
        let (name, kind) = (Line::new(&raw), tree::line(one, "type"));
        self.anchors.count(&raw, &name);
        *self.kinds.entry(kind.to_string()).or_default() += 1;
        let supplier = [tree::line(&one["supplier"], "name"), tree::line(one, "publisher"), tree::line(one, "group")];
        let supplier = supplier.into_iter().find(|line| !line.is_empty()).unwrap_or_default();
        let version = tree::line(one, "version");
        match kind.as_str() {
            "machine-learning-model" => system.models.push(PartDraft {
                source_id: self.ids.give("", &["model", supplier.as_str(), name.as_str()]),
                name,
                provider: supplier,
                version,
                ..PartDraft::default()
            }),
            "data" => system.retrievals.push(PartDraft {
                source_id: self.ids.give("", &["data", supplier.as_str(), name.as_str()]),
                content: tree::line(one, "description"),
                name,
                ..PartDraft::default()
            }),
            kind if PARTS.contains(&kind) => system.components.push(ComponentDraft {
                source_id: self.ids.give("", &["component", kind, supplier.as_str(), name.as_str()]),
                name,
                kind: Line::new(kind),
                description: tree::prose(one, "description"),
                out_of_scope: None,
            }),
            _ => self.libraries += 1,
        }
        self.card(one, system);
        for inner in tree::items(one, "components").iter().filter(|_| depth < DEEP) {
            self.component(inner, system, depth + 1);
        }
    }

    /// The card of a model: its facts as words of the source, its ethical considerations as threats with what is said
    /// against them.
    fn card(&mut self, one: &Value, system: &mut SystemDraft) {
        let card = &one["modelCard"];
        if !card.is_object() {
            return;
        }
        self.cards += 1;
        let name = tree::line(one, "name");
        let (facts, considered) = (&card["modelParameters"], &card["considerations"]);
        let joined = |value: &Value| tree::lines(value).iter().map(Line::as_str).collect::<Vec<_>>().join("; ");
        let said = [
            ("Task", tree::text(&facts["task"]).into_owned()),
            ("Architecture", tree::text(&facts["modelArchitecture"]).into_owned()),
            ("Users", joined(&considered["users"])),
            ("Use cases", joined(&considered["useCases"])),
            ("Limits", joined(&considered["technicalLimitations"])),
            ("Trade-offs", joined(&considered["performanceTradeoffs"])),
        ];
        for (label, text) in said.into_iter().filter(|(_, text)| !text.is_empty()) {
            let label = Line::new(&format!("{name}, {}", label.to_lowercase()));
            system.further.push(Labelled { label: label.into(), text: Prose::new(&text) });
        }
        for risk in tree::items(considered, "ethicalConsiderations") {
            let title = tree::line(risk, "name");
            system.threats.push(ThreatDraft {
                source_id: self.ids.give("", &["ethics", name.as_str(), title.as_str()]),
                title,
                targets: vec![name.clone()],
                mitigation: tree::prose(risk, "mitigationStrategy"),
                ..ThreatDraft::default()
            });
        }
        for fair in tree::items(considered, "fairnessAssessments") {
            let title = Line::new(&format!("Unfair to {}", tree::text(&fair["groupAtRisk"])));
            system.threats.push(ThreatDraft {
                source_id: self.ids.give("", &["fairness", name.as_str(), title.as_str()]),
                title,
                description: tree::prose(fair, "harms"),
                targets: vec![name.clone()],
                mitigation: tree::prose(fair, "mitigationStrategy"),
                ..ThreatDraft::default()
            });
        }
    }

    fn service(&mut self, one: &Value, system: &mut SystemDraft, depth: usize) {
        let (name, reference) = (tree::line(one, "name"), tree::text(&one["bom-ref"]).into_owned());
        let zone = tree::text(&one["trustZone"]);
        let sure = match one["authenticated"].as_bool() {
            Some(true) => "with authentication",
            Some(false) => "without authentication",
            None => "",
        };
        let carries = [zone.as_ref(), sure].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        system.connections.push(PartDraft {
            source_id: self.ids.give(&reference, &["service", name.as_str()]),
            provider: tree::line(&one["provider"], "name"),
            content: Line::new(&carries),
            name: name.clone(),
            ..PartDraft::default()
        });
        let ends = |value: &Value| tree::lines(value).iter().map(Line::as_str).collect::<Vec<_>>().join(", ");
        for data in tree::items(one, "data") {
            let called = tree::line(data, "name");
            let (from, to) = (ends(&data["source"]), ends(&data["destination"]));
            let flow = tree::text(&data["flow"]).into_owned();
            let or_service = |end: String| if end.is_empty() { name.clone() } else { Line::new(&end) };
            system.flows.push(FlowDraft {
                source_id: self.ids.give("", &["data", name.as_str(), called.as_str(), &flow]),
                name: if called.is_empty() { tree::line(data, "classification") } else { called },
                from: or_service(from),
                to: or_service(to),
                bidirectional: flow == "bi-directional",
                ..FlowDraft::default()
            });
        }
        for inner in tree::items(one, "services").iter().filter(|_| depth < DEEP) {
            self.service(inner, system, depth + 1);
        }
    }

    /// A vulnerability is a threat with what the analysis says of it; the analysis is a claim.
    fn vulnerability(&mut self, one: &Value, system: &mut SystemDraft) {
        let analysis = &one["analysis"];
        let status_word = tree::line(analysis, "state");
        self.vulnerabilities += 1;
        if !status_word.is_empty() {
            *self.states.entry(status_word.to_string()).or_default() += 1;
        }
        let severity_word = tree::items(one, "ratings").iter().map(|rating| tree::line(rating, "severity"));
        let severity_word = severity_word.max_by_key(|word| words::severity(word.as_str())).unwrap_or_default();
        let why = tree::labelled(&[
            ("", &tree::text(&analysis["detail"])),
            ("Justification", &tree::text(&analysis["justification"])),
            ("Response", &tree::lines(&analysis["response"]).iter().map(Line::as_str).collect::<Vec<_>>().join(", ")),
        ]);
        let id = tree::line(one, "id");
        system.threats.push(ThreatDraft {
            source_id: self.ids.give(&format!("vulnerability {id}"), &[]),
            tool_id: id.clone(),
            title: id,
            description: tree::labelled(&[
                ("", &tree::text(&one["description"])),
                ("", &tree::text(&one["detail"])),
                ("Advice", &tree::text(&one["recommendation"])),
            ]),
            category: Line::new("vulnerability"),
            proposed: words::status(status_word.as_str()).unwrap_or_default(),
            status_word,
            severity: words::severity(severity_word.as_str()).unwrap_or_default(),
            severity_word,
            justification: why,
            ..ThreatDraft::default()
        });
    }

    /// Claims as controls, and the evidence that the document names; who attested it there signs nothing here.
    fn declared(&mut self, tree: &Value, seen: &Seen, system: &mut SystemDraft) {
        let declared = &tree["declarations"];
        for one in tree::items(declared, "claims") {
            let title = tree::line(one, "predicate");
            system.controls.push(ControlDraft {
                source_id: self.ids.give(&format!("claim {}", tree::text(&one["bom-ref"])), &[title.as_str()]),
                title,
                description: tree::prose(one, "reasoning"),
                status_word: Line::new("claimed"),
                ..ControlDraft::default()
            });
        }
        for one in tree::items(declared, "evidence") {
            let title = [tree::line(one, "description"), tree::line(one, "propertyName")];
            system.evidence.push(EvidenceDraft {
                source_id: self.ids.give(&format!("evidence {} {}", tree::text(&one["bom-ref"]), seen.sha256), &[]),
                title: title.into_iter().find(|line| !line.is_empty()).unwrap_or_else(|| Line::new("Attestation")),
                run: Run::Attestation,
                collected: tree::day(&tree::text(&one["created"])),
                expires: tree::day(&tree::text(&one["expires"])),
                ..EvidenceDraft::default()
            });
        }
    }
}
