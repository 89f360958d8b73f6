//! Threagile: the model in YAML, and the list of risks that the program makes of it.

use serde_json::Value;

use super::draft::{
    Anchors, BoundaryDraft, ComponentDraft, Draft, FlowDraft, Format, Labelled, PartDraft, Seen, SystemDraft,
    ThreatDraft,
};
use super::ident::Ids;
use super::notes::Notes;
use super::tree;
use super::words::{self, Proposed, Severity};
use crate::domain::{Line, Prose};

/// Reads a model that was recognised.
pub(super) fn model(seen: &Seen, tree: &Value) -> Draft {
    let mut draft = Draft::new(Format::Threagile, seen);
    draft.schema = Line::new("model");
    draft.title = tree::line(tree, "title");
    let name_from_file = draft.title.is_empty();
    let mut system = SystemDraft {
        name: if name_from_file { super::stem(seen.name) } else { draft.title.clone() },
        name_from_file,
        description: plain(&tree["business_overview"]["description"]),
        owner: tree::line(&tree["author"], "name"),
        ..SystemDraft::default()
    };
    let mut ids = Ids::new(Format::Threagile.word());
    system.source_id = ids.give("", &["model", system.name.as_str()]);
    for (label, text) in [
        ("Technical overview", plain(&tree["technical_overview"]["description"])),
        ("Summary", plain(&tree["management_summary_comment"])),
        ("Criticality", tree::prose(tree, "business_criticality")),
    ] {
        if !text.is_empty() {
            system.further.push(Labelled { label: Line::new(label).into(), text });
        }
    }
    let mut anchors = Anchors::default();
    places(tree, &mut ids, &mut system, &mut anchors);
    written_in(tree, &mut ids, &mut system, &mut draft.notes);
    tracked(tree, &mut draft);
    draft.count("kind", "model");
    draft.count("data_assets", tree::entries(tree, "data_assets").count());
    draft.count("shared_runtimes", tree::entries(tree, "shared_runtimes").count());
    draft.count("risk_categories", tree::entries(tree, "individual_risk_categories").count());
    draft.lineage = system.name.clone();
    draft.anchors = Some(anchors);
    draft.systems = vec![system];
    draft
}

fn plain(value: &Value) -> Prose {
    Prose::new(&tree::unmarked(&tree::text(value)))
}

fn places(tree: &Value, ids: &mut Ids, system: &mut SystemDraft, anchors: &mut Anchors) {
    let name_of = |id: &str| {
        let found = tree::entries(tree, "technical_assets").find(|(_, one)| one["id"].as_str() == Some(id));
        found.map(|(name, _)| Line::new(name)).unwrap_or_default()
    };
    let known: Vec<&str> = tree::items(tree, tree::ORDER).iter().filter_map(Value::as_str).collect();
    let at = |name: &str| known.iter().position(|known| *known == name);
    let mut assets: Vec<(&String, &Value)> = tree::entries(tree, "technical_assets").collect();
    assets.sort_by_key(|(name, _)| at(name).unwrap_or(usize::MAX));
    for (name, one) in assets {
        anchors.count(name, &Line::new(name));
        let out = one["out_of_scope"].as_bool() == Some(true);
        system.components.push(ComponentDraft {
            source_id: ids.give(&tree::text(&one["id"]), &["asset", name]),
            name: Line::new(name),
            kind: tree::line(one, "type"),
            description: plain(&one["description"]),
            out_of_scope: out.then(|| tree::prose(one, "justification_out_of_scope")),
        });
        for (link, to) in tree::entries(one, "communication_links") {
            let target = tree::text(&to["target"]);
            system.flows.push(FlowDraft {
                source_id: ids.give("", &["flow", name, link, &target]),
                name: Line::new(link),
                from: Line::new(name),
                to: name_of(&target),
                protocol: tree::line(to, "protocol"),
                encrypted: encrypted(&tree::text(&to["protocol"])),
                bidirectional: to["readonly"].as_bool() == Some(false),
                ..FlowDraft::default()
            });
        }
    }
    for (name, one) in tree::entries(tree, "trust_boundaries") {
        let source_id = ids.give(&format!("boundary {}", tree::text(&one["id"])), &["boundary", name]);
        system.boundaries.push(BoundaryDraft { source_id, name: Line::new(name) });
    }
    for (name, one) in tree::entries(tree, "data_assets") {
        let (what, class) = (tree::text(&one["description"]), tree::text(&one["confidentiality"]));
        system.retrievals.push(PartDraft {
            source_id: ids.give(&format!("data {}", tree::text(&one["id"])), &["data", name]),
            name: Line::new(name),
            content: Line::new(&[what.as_ref(), &class].join(" · ")),
            ..PartDraft::default()
        });
    }
}

/// What the name of a protocol says of encryption.
fn encrypted(protocol: &str) -> Option<bool> {
    let secured = ["https", "wss", "ssh", "sftp", "ftps", "ldaps", "smtp-encrypted", "imap-encrypted", "scp"];
    let open = ["http", "ws", "ftp", "ldap", "smtp", "telnet", "imap", "pop3"];
    match protocol {
        p if secured.contains(&p) || p.ends_with("-encrypted") => Some(true),
        p if open.contains(&p) => Some(false),
        _ => None,
    }
}

/// The risks that people wrote into the model; the others come with the list of risks.
fn written_in(tree: &Value, ids: &mut Ids, system: &mut SystemDraft, notes: &mut Notes) {
    for (category, kind) in tree::entries(tree, "individual_risk_categories") {
        for (title, one) in tree::entries(kind, "risks_identified") {
            let target = relevant(one);
            let category_id = tree::text(&kind["id"]).into_owned();
            let severity_word = tree::line(one, "severity");
            let id = if target.is_empty() { String::new() } else { format!("{category_id}@{target}") };
            system.threats.push(ThreatDraft {
                source_id: ids.give(&id, &["risk", &category_id, title]),
                tool_id: Line::new(&id),
                title: Line::new(&tree::unmarked(title)),
                description: tree::labelled(&[
                    ("", &tree::unmarked(&tree::text(&kind["description"]))),
                    ("Impact", &tree::unmarked(&tree::text(&kind["impact"]))),
                    ("Likelihood", &tree::text(&one["exploitation_likelihood"])),
                    ("Weakness", &tree::text(&kind["cwe"])),
                ]),
                category: Line::new(category),
                targets: vec![Line::new(&target)],
                severity: severity(&severity_word, notes),
                severity_word,
                mitigation: plain(&kind["mitigation"]),
                ..ThreatDraft::default()
            });
        }
    }
}

fn severity(word: &Line, notes: &mut Notes) -> Severity {
    words::severity(word.as_str()).unwrap_or_else(|| {
        notes.unknown("The severity", word.as_str(), "unrated");
        Severity::Unrated
    })
}

/// The first thing that a risk is said to be about.
fn relevant(one: &Value) -> String {
    const ABOUT: [&str; 5] =
        ["technical_asset", "communication_link", "data_asset", "trust_boundary", "shared_runtime"];
    let all = ABOUT.iter().map(|what| tree::text(&one[format!("most_relevant_{what}").as_str()]).into_owned());
    all.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// What was decided in the model: counted and told, because a line with stars may cover many risks or none, and because
/// who checked it there signs nothing here.
fn tracked(tree: &Value, draft: &mut Draft) {
    let all: Vec<(&String, &Value)> = tree::entries(tree, "risk_tracking").collect();
    draft.count("tracking_entries", all.len());
    draft.count("tracking_wildcards", all.iter().filter(|(key, _)| key.contains('*')).count());
    draft.count("tracking_status", tree::tally(all.iter().map(|(_, one)| tree::text(&one["status"]))));
    let mut open: Vec<&str> = Vec::new();
    for (key, one) in &all {
        let threats = draft.systems.iter_mut().flat_map(|system| &mut system.threats);
        let meant: Vec<&mut ThreatDraft> = threats.filter(|threat| is_meant(key, threat.tool_id.as_str())).collect();
        if meant.is_empty() {
            open.push(key);
        }
        for threat in meant {
            follow(threat, one, &mut draft.notes);
        }
    }
    let applied = all.len() - open.len();
    if applied > 0 {
        draft.notes.warn(&format!("{applied} lines of risk tracking are applied as claims; they sign nothing here"));
    }
    if !open.is_empty() {
        draft.notes.warn(&format!(
            "{} lines of risk tracking are about risks that only the list of risks holds: import risks.json too",
            open.len()
        ));
    }
}

/// Whether a line of risk tracking means a risk: a star stands for anything.
fn is_meant(key: &str, id: &str) -> bool {
    let mut parts = key.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = id.strip_prefix(first).filter(|_| !id.is_empty()) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(before) = last.replace(part) {
            let Some(at) = rest.find(before) else { return false };
            rest = &rest[at + before.len()..];
        }
    }
    last.map_or_else(|| rest.is_empty(), |last| rest.ends_with(last))
}

/// What a line of risk tracking says of a risk: how far it is, why, who checked it and when. It is a claim of the file.
fn follow(threat: &mut ThreatDraft, one: &Value, notes: &mut Notes) {
    let status = tree::line(one, "status");
    threat.proposed = words::status(status.as_str()).unwrap_or_else(|| {
        notes.unknown("The status", status.as_str(), "undecided");
        Proposed::default()
    });
    let by = [("by", "checked_by"), ("on", "date"), ("ticket", "ticket")]
        .map(|(word, field)| (word, tree::line(one, field)))
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(word, text)| format!("{word} {text}"));
    let by: Vec<String> = by.collect();
    let why = plain(&one["justification"]);
    let checked = if by.is_empty() { String::new() } else { format!("Checked {}.", by.join(", ")) };
    let lines: Vec<&str> = [why.as_str(), &checked].into_iter().filter(|line| !line.is_empty()).collect();
    threat.justification = Prose::new(&lines.join("\n"));
    threat.status_word = status;
}

/// Reads a list of risks that was recognised.
pub(super) fn risks(seen: &Seen, tree: &Value) -> Draft {
    let mut draft = Draft::new(Format::Threagile, seen);
    draft.schema = Line::new("risks");
    let all = tree.as_array().map_or(&[][..], Vec::as_slice);
    let (mut anchors, mut ids) = (Anchors::default(), Ids::new(Format::Threagile.word()));
    let mut system = SystemDraft { name: super::stem(seen.name), name_from_file: true, ..SystemDraft::default() };
    system.source_id = Ids::new(Format::Threagile.word()).give("", &["risks", system.name.as_str()]);
    for one in all {
        let raw = tree::text(&one["title"]);
        anchors.count(&raw, &Line::new(&raw));
        system.threats.push(risk(one, &mut ids, &mut draft.notes));
    }
    anchors.repeated_ids = ids.repeated();
    let mut categories: Vec<Line> = all.iter().map(|one| tree::line(one, "category")).collect();
    categories.sort();
    categories.dedup();
    draft.count("kind", "risks.json");
    draft.count("distinct_categories", categories.len());
    let marked = all.iter().filter(|one| tree::text(&one["title"]).contains('<')).count();
    draft.count("titles_with_html", marked);
    draft.count("outcome", if all.is_empty() { "empty" } else { "ok" });
    draft
        .notes
        .warn("A list of risks names no system; take it into that of its model, or it gets one named after the file");
    if anchors.repeated_ids > 0 {
        draft
            .notes
            .warn(&format!("Ids are not unique: {} risks repeat the id of an earlier one", anchors.repeated_ids));
    }
    draft.lineage = system.name.clone();
    draft.anchors = Some(anchors);
    draft.systems = vec![system];
    draft
}

fn risk(one: &Value, ids: &mut Ids, notes: &mut Notes) -> ThreatDraft {
    let (status_word, severity_word) = (tree::line(one, "risk_status"), tree::line(one, "severity"));
    let title = Line::new(&tree::unmarked(&tree::text(&one["title"])));
    let id = tree::text(&one["synthetic_id"]);
    let proposed = words::status(status_word.as_str()).unwrap_or_else(|| {
        notes.unknown("The status", status_word.as_str(), "undecided");
        Proposed::default()
    });
    ThreatDraft {
        source_id: ids.give(&id, &["risk", &tree::text(&one["category"]), title.as_str()]),
        tool_id: Line::new(&id),
        title,
        description: tree::labelled(&[
            ("Likelihood", &tree::text(&one["exploitation_likelihood"])),
            ("Impact", &tree::text(&one["exploitation_impact"])),
            ("Data breach", &tree::text(&one["data_breach_probability"])),
            ("Link", &tree::text(&one["most_relevant_communication_link"])),
        ]),
        category: tree::line(one, "category"),
        targets: vec![Line::new(&relevant(one))],
        status_word,
        proposed,
        severity: severity(&severity_word, notes),
        severity_word,
        likelihood_word: tree::line(one, "exploitation_likelihood"),
        impact_word: tree::line(one, "exploitation_impact"),
        ..ThreatDraft::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        let id = "leak@chat@store";
        for key in ["leak@chat@store", "leak@*", "*", "leak@*@store", "*@store", "leak*chat*", "l*k@*e"] {
            assert!(is_meant(key, id), "{key}");
        }
        for key in ["leak@chat", "leak@*@stores", "*@chat", "chat*", "leak@*x*", ""] {
            assert!(!is_meant(key, id), "{key}");
        }
        assert!(!is_meant("*", ""), "a risk without an id is meant by none");
    }
}
