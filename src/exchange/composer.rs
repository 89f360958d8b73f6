//! AWS Threat Composer, schema 1: threats as sentences, mitigations and assumptions that are linked to them.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use super::draft::{Anchors, ControlDraft, Draft, Format, Labelled, Seen, SystemDraft, ThreatDraft};
use super::ident::Ids;
use super::notes::Notes;
use super::tree;
use super::words::{self, Proposed, Severity, Stage, Treatment};
use crate::domain::{Line, Prose};

/// Reads a model that was recognised.
pub(super) fn read(seen: &Seen, tree: &Value) -> Draft {
    let mut draft = Draft::new(Format::ThreatComposer, seen);
    let info = &tree["applicationInfo"];
    draft.title = tree::line(info, "name");
    let name_from_file = draft.title.is_empty();
    let mut system = SystemDraft {
        name: if name_from_file { super::stem(seen.name) } else { draft.title.clone() },
        name_from_file,
        description: tree::prose(info, "description"),
        ..SystemDraft::default()
    };
    system.source_id = Ids::new(Format::ThreatComposer.word()).give("", &[system.name.as_str()]);
    for (label, part) in [("Architecture", "architecture"), ("Data flow", "dataflow")] {
        let text = tree::prose(&tree[part], "description");
        if !text.is_empty() {
            system.further.push(Labelled { label: Line::new(label).into(), text });
        }
    }
    let mut anchors = Anchors::default();
    let mut ids = Ids::new(Format::ThreatComposer.word());
    let links = Links::of(tree);
    for one in tree::items(tree, "threats") {
        let raw = tree::text(&one["statement"]);
        anchors.count(&raw, &Line::new(&raw));
        system.threats.push(threat(one, tree, &mut ids, &mut draft.notes));
    }
    for one in tree::items(tree, "mitigations") {
        let content = tree::prose(one, "content");
        system.controls.push(ControlDraft {
            source_id: ids.give(&format!("mitigation {}", tree::text(&one["id"])), &[content.as_str()]),
            tool_id: tree::line(one, "numericId"),
            title: Line::new(content.as_str().lines().next().unwrap_or_default()),
            description: content,
            status_word: tree::line(one, "status"),
            further: Vec::new(),
        });
    }
    system.links = links.good;
    anchors.repeated_ids = ids.repeated();
    counts(&mut draft, tree, (links.total, links.dangling));
    contradictions(tree, &mut draft.notes);
    draft.lineage = system.name.clone();
    draft.schema = Line::new(&tree::text(&tree["schema"]));
    draft.anchors = Some(anchors);
    draft.systems = vec![system];
    draft
}

fn threat(one: &Value, tree: &Value, ids: &mut Ids, notes: &mut Notes) -> ThreatDraft {
    let id = tree::text(&one["id"]).into_owned();
    let statement = tree::prose(one, "statement");
    let action = tree::line(one, "threatAction");
    let title = if action.is_empty() {
        if statement.is_empty() {
            notes.warn("A threat is only half written; it comes in as a draft");
        }
        Line::new(statement.as_str().lines().next().unwrap_or_default())
    } else {
        action
    };
    let (severity_word, status_word) = (Line::new(&said(one, "Priority").join(", ")), tree::line(one, "status"));
    let severity = words::severity(severity_word.as_str()).unwrap_or_else(|| {
        notes.unknown("The priority", severity_word.as_str(), "unrated");
        Severity::Unrated
    });
    let list = |field: &str| tree::lines(&one[field]).iter().map(Line::as_str).collect::<Vec<_>>().join(", ");
    ThreatDraft {
        source_id: ids.give(&id, &["threat", title.as_str()]),
        tool_id: tree::line(one, "numericId"),
        title,
        description: tree::labelled(&[
            ("", statement.as_str()),
            ("Source", &tree::text(&one["threatSource"])),
            ("Needs", &tree::text(&one["prerequisites"])),
            ("Impact", &tree::text(&one["threatImpact"])),
            ("Goals", &list("impactedGoal")),
            ("Assets", &list("impactedAssets")),
            ("Tags", &list("tags")),
            ("Assumed", &assumed(tree, &id)),
        ]),
        category: Line::new(&said(one, "STRIDE").join(", ")),
        model_type: Line::new("STRIDE"),
        proposed: proposed(&status_word, notes),
        status_word,
        severity_word,
        severity,
        mitigation: mitigations(tree, &id),
        justification: Prose::new(&said(one, "Comments").join("\n")),
        ..ThreatDraft::default()
    }
}

/// The words of this tool; a missing one means identified, because the tool had none before 2024.
fn proposed(word: &Line, notes: &mut Notes) -> Proposed {
    let to = |treatment, progress| Proposed { treatment, progress, in_review: false };
    match word.as_str() {
        "" | "threatIdentified" => Proposed::default(),
        "threatResolved" => to(Treatment::Mitigate, Some(Stage::Claimed)),
        "threatResolvedNotUseful" => to(Treatment::NotApplicable, None),
        other => {
            notes.unknown("The status", other, "undecided");
            Proposed::default()
        }
    }
}

/// What the metadata of a thing says under a key.
fn said(one: &Value, key: &str) -> Vec<String> {
    let found = tree::items(one, "metadata").iter().find(|entry| entry["key"].as_str() == Some(key));
    found.map_or_else(Vec::new, |entry| tree::lines(&entry["value"]).iter().map(ToString::to_string).collect())
}

fn linked<'a>(tree: &'a Value, links: &str, of: &'a str, to: &'a str) -> impl Iterator<Item = &'a str> {
    let all = tree[links].as_array().map_or(&[][..], Vec::as_slice).iter();
    all.filter(move |link| link["linkedId"].as_str() == Some(to)).filter_map(move |link| link[of].as_str())
}

fn by_id<'a>(tree: &'a Value, list: &str, id: &str) -> Option<&'a Value> {
    tree[list].as_array()?.iter().find(|one| one["id"].as_str() == Some(id))
}

fn assumed(tree: &Value, threat: &str) -> String {
    let ids = linked(tree, "assumptionLinks", "assumptionId", threat);
    let texts = ids.filter_map(|id| by_id(tree, "assumptions", id)).map(|one| tree::line(one, "content").to_string());
    texts.collect::<Vec<_>>().join("; ")
}

fn mitigations(tree: &Value, threat: &str) -> Prose {
    let ids = linked(tree, "mitigationLinks", "mitigationId", threat);
    let texts = ids.filter_map(|id| by_id(tree, "mitigations", id)).map(|one| tree::line(one, "content").to_string());
    Prose::new(&texts.collect::<Vec<_>>().join("\n"))
}

struct Links {
    good: Vec<(Line, Line)>,
    total: usize,
    dangling: usize,
}

impl Links {
    fn of(tree: &Value) -> Self {
        let ids = |list: &str| -> HashSet<&str> {
            tree[list].as_array().into_iter().flatten().filter_map(|one| one["id"].as_str()).collect()
        };
        let (threats, mitigations) = (ids("threats"), ids("mitigations"));
        let all = tree::items(tree, "mitigationLinks");
        let name = |text: &str| Line::new(&format!("{}/{text}", Format::ThreatComposer.word()));
        let good: Vec<(Line, Line)> = all
            .iter()
            .filter_map(|link| Some((link["linkedId"].as_str()?, link["mitigationId"].as_str()?)))
            .filter(|(threat, control)| threats.contains(threat) && mitigations.contains(control))
            .map(|(threat, control)| (name(threat), name(&format!("mitigation {control}"))))
            .collect();
        Self { dangling: all.len() - good.len(), total: all.len(), good }
    }
}

fn counts(draft: &mut Draft, tree: &Value, (links, dangling): (usize, usize)) {
    let assumptions: HashSet<&str> =
        tree::items(tree, "assumptions").iter().filter_map(|one| one["id"].as_str()).collect();
    let known: HashSet<&str> = ["threats", "mitigations"]
        .iter()
        .flat_map(|list| tree::items(tree, list))
        .filter_map(|one| one["id"].as_str())
        .collect();
    let lost = tree::items(tree, "assumptionLinks").iter().filter(|link| {
        let has = |field: &str, among: &HashSet<&str>| link[field].as_str().is_some_and(|id| among.contains(id));
        !has("assumptionId", &assumptions) || !has("linkedId", &known)
    });
    let lost = lost.count();
    let mut letters: BTreeMap<String, usize> = BTreeMap::new();
    for letter in tree::items(tree, "threats").iter().flat_map(|one| said(one, "STRIDE")) {
        *letters.entry(letter).or_default() += 1;
    }
    let drawn = |part: &str| tree[part]["image"].as_str().is_some_and(|image| image.starts_with("data:"));
    let pictures = ["architecture", "dataflow"].into_iter().filter(|part| drawn(part)).count();
    draft.count("outcome", if tree::items(tree, "threats").is_empty() { "empty" } else { "ok" });
    draft.count("threats_key_present", tree.get("threats").is_some());
    draft.count("assumptions", tree::items(tree, "assumptions").len());
    draft.count("links", links);
    draft.count("dangling", dangling);
    draft.count("assumption_links", tree::items(tree, "assumptionLinks").len());
    draft.count("dangling_assumption_links", lost);
    draft.count("stride_letters", json!(letters));
    draft.count("embedded_images", pictures);
    if pictures > 0 {
        draft
            .notes
            .dropped(&format!("{pictures} pictures; attach them to the architecture documents if they are needed"));
    }
    if dangling + lost > 0 {
        draft.notes.dropped("Links to something that is not in the file");
    }
}

/// Files of this tool contradict themselves: the board should know.
fn contradictions(tree: &Value, notes: &mut Notes) {
    let done = |word: &Value| word.as_str().is_some_and(|word| word.starts_with("mitigationResolved"));
    for one in tree::items(tree, "threats") {
        let id = one["id"].as_str().unwrap_or_default();
        let mut of = linked(tree, "mitigationLinks", "mitigationId", id)
            .filter_map(|m| by_id(tree, "mitigations", m))
            .peekable();
        let (any, resolved) = (of.peek().is_some(), one["status"].as_str() == Some("threatResolved"));
        let all_done = of.all(|m| done(&m["status"]));
        if resolved && any && !all_done {
            notes.contradiction("A threat counts as resolved, but a mitigation of it is only identified");
        }
        if resolved && !any {
            notes.contradiction("A threat counts as resolved, but no mitigation is linked to it");
        }
        if any && all_done && !resolved {
            notes.contradiction("All mitigations of a threat are resolved, but the threat is not");
        }
    }
}
