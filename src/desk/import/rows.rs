//! From a draft of a file to the rows of an import.

use crate::{
    domain::{
        Kind, Prose,
        command::{Fields, Import, ImportRow},
        fields::{Day, Kept, Score},
        value::Value,
    },
    exchange::{
        Draft,
        draft::{
            ControlDraft, EvidenceDraft, FindingDraft, FlowDraft, Labelled, PartDraft, Run, SystemDraft, ThreatDraft,
        },
        words::{Severity, Stage, Treatment},
    },
};

/// What identifies a system over two imports of the same source.
pub(super) fn key_of(draft: &Draft, system: &SystemDraft) -> String {
    format!("{}{}", source_of(draft), system.source_id)
}

/// How the identity of every system of this source begins.
pub(super) fn source_of(draft: &Draft) -> String {
    format!("{}|{}|", draft.format.word(), draft.lineage)
}

/// One system of a file as an import; of its evidence the file is at `path`.
pub(super) fn import(draft: &Draft, system: &SystemDraft, path: &str) -> Import {
    let lineage = key_of(draft, system);
    let file = file_fields(draft, &lineage);
    let mut rows = Vec::new();
    if !draft.results {
        rows.push(row(Kind::System, &lineage, described(system)));
    }
    if !system.briefing.is_empty() {
        rows.push(row(Kind::Privacy, "briefing", texts(&[("briefing", system.briefing.as_str())])));
    }
    for component in &system.components {
        let mut set = texts(&[("name", component.name.as_str()), ("sort", component.kind.as_str())]);
        scope(&mut set, component.out_of_scope.as_ref().map(Prose::as_str));
        rows.push(row(Kind::Component, component.source_id.as_str(), set));
    }
    rows.extend(parts(system));
    rows.extend(system.flows.iter().map(|flow| row(Kind::Flow, flow.source_id.as_str(), flowing(flow))));
    rows.extend(system.threats.iter().map(|threat| ImportRow {
        covers: covered(system, threat),
        ..row(Kind::Threat, threat.source_id.as_str(), threatening(threat))
    }));
    rows.extend(
        system.controls.iter().map(|control| row(Kind::Control, control.source_id.as_str(), controlling(control))),
    );
    rows.extend(system.links.iter().map(|(threat, control)| ImportRow {
        refs: vec![
            ("threat".into(), Kind::Threat, threat.to_string()),
            ("control".into(), Kind::Control, control.to_string()),
        ],
        ..row(Kind::Link, &format!("{threat}|{control}"), Vec::new())
    }));
    rows.extend(system.evidence.iter().map(|run| row(Kind::Evidence, run.source_id.as_str(), shown(draft, run, path))));
    rows.extend(system.findings.iter().map(|one| row(Kind::Finding, one.source_id.as_str(), found(one))));
    Import { file, rows, lineage, whole: draft.whole, gone: false }
}

/// About how many rows a system has, for saying how far it is.
pub(super) fn count(system: &SystemDraft) -> usize {
    let parts = system.components.len() + system.models.len() + system.connections.len() + system.retrievals.len();
    let said = system.flows.len() + system.threats.len() + system.controls.len() + system.links.len();
    1 + parts + said + system.evidence.len() + system.findings.len()
}

/// That a file does not name a system any more that an older file of the same source brought: it says so in the words
/// of its source, and what else came from there is marked.
pub(super) fn gone(draft: &Draft, lineage: &str, before: &str, day: Day) -> Import {
    let said = format!("{GONE} {} on {day}.", draft.source_name);
    let rest = before.lines().skip_while(|line| line.starts_with(GONE));
    let words: Vec<&str> = std::iter::once(said.as_str()).chain(rest).collect();
    let rows = vec![row(Kind::System, lineage, texts(&[("source_text", &words.join("\n"))]))];
    Import { file: file_fields(draft, lineage), rows, lineage: lineage.to_owned(), whole: true, gone: true }
}

/// How the words of the source of a system begin that is gone from there.
const GONE: &str = "Gone from its source: not named any more in";

fn file_fields(draft: &Draft, lineage: &str) -> Fields {
    let notes: Vec<String> = draft.notes.all().iter().map(|note| note.text.to_string()).take(100).collect();
    vec![
        ("name".into(), Value::from(draft.source_name.as_str())),
        ("format".into(), Value::from(draft.format.word())),
        ("digest".into(), Value::from(draft.sha256.as_str())),
        ("lineage".into(), Value::from(lineage)),
        ("dropped".into(), Value::from(notes.join("\n").as_str())),
    ]
}

fn row(kind: Kind, key: &str, set: Fields) -> ImportRow {
    ImportRow { kind, key: key.to_owned(), set, covers: Vec::new(), refs: Vec::new() }
}

fn texts(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().filter(|(_, text)| !text.is_empty()).map(|(id, text)| ((*id).to_owned(), Value::from(*text))).collect()
}

fn scope(set: &mut Fields, reason: Option<&str>) {
    if let Some(reason) = reason {
        let reason = if reason.is_empty() { "the model says so" } else { reason };
        set.push(("out_of_scope".into(), Value::from(reason)));
    }
}

fn yes_no(answer: Option<bool>) -> Value {
    answer.map_or(Value::Null, |yes| Value::from(if yes { "yes" } else { "no" }))
}

fn said(further: &[Labelled]) -> Vec<String> {
    further.iter().map(|part| format!("{}: {}", part.label, part.text)).collect()
}

fn described(system: &SystemDraft) -> Fields {
    let mut set = texts(&[("name", system.name.as_str()), ("purpose", system.description.as_str())]);
    let mut words = Vec::new();
    let mut say = |label: &str, text: &str| {
        if !text.is_empty() {
            words.push(format!("{label}: {text}"));
        }
    };
    say("Owner", system.owner.as_str());
    say("Reviewer", system.reviewer.as_str());
    let contributors: Vec<&str> = system.contributors.iter().map(crate::domain::Line::as_str).collect();
    say("Contributors", &contributors.join(", "));
    let inventory = system.inventory.as_deref();
    if let Some(inventory) = inventory {
        if set.iter().all(|(id, _)| id != "purpose") {
            set.extend(texts(&[("purpose", inventory.purpose.as_str())]));
        }
        set.extend(texts(&[("vendors", inventory.vendor.as_str()), ("regulated", inventory.impact_word.as_str())]));
        set.extend(inventory.stage.map(|stage| ("lifecycle".to_owned(), Value::from(stage.word()))));
        say("Id", inventory.id.as_str());
        say("Stage", inventory.stage_word.as_str());
        say("Organisation", inventory.organisation.as_str());
        say("Unit", inventory.unit.as_str());
        say("Contact", inventory.contact.as_str());
        say("Personal data", inventory.personal_data_word.as_str());
        say("Impact class", inventory.impact_word.as_str());
        say("Benefits", inventory.benefits.as_str());
        say("Outputs", inventory.outputs.as_str());
        if inventory.personal_data == Some(true) {
            set.push(("data".into(), Value::List(vec!["personal".into()])));
        }
    }
    words.extend(said(inventory.map_or(&[][..], |inventory| &inventory.further)));
    words.extend(said(&system.further));
    set.push(("source_text".into(), Value::from(words.join("\n").as_str())));
    set
}

fn parts(system: &SystemDraft) -> Vec<ImportRow> {
    type Of = fn(&PartDraft) -> Fields;
    let model: Of = |part| {
        texts(&[("name", part.name.as_str()), ("provider", part.provider.as_str()), ("version", part.version.as_str())])
    };
    let connection: Of = |part| {
        texts(&[("name", part.name.as_str()), ("party", part.provider.as_str()), ("carries", part.content.as_str())])
    };
    let retrieval: Of = |part| texts(&[("name", part.name.as_str()), ("content", part.content.as_str())]);
    let kinds = [
        (Kind::Model, &system.models, model),
        (Kind::Connection, &system.connections, connection),
        (Kind::Retrieval, &system.retrievals, retrieval),
    ];
    let of = |(kind, parts, set): (Kind, &Vec<PartDraft>, Of)| -> Vec<ImportRow> {
        parts.iter().map(|part| row(kind, part.source_id.as_str(), set(part))).collect()
    };
    kinds.into_iter().flat_map(of).collect()
}

fn flowing(flow: &FlowDraft) -> Fields {
    let name = if flow.name.is_empty() { format!("{} to {}", flow.from, flow.to) } else { flow.name.to_string() };
    let mut set = texts(&[
        ("name", &name),
        ("origin", flow.from.as_str()),
        ("target", flow.to.as_str()),
        ("protocol", flow.protocol.as_str()),
    ]);
    set.push(("encrypted".into(), yes_no(flow.encrypted)));
    set.push(("public".into(), yes_no(flow.public_network)));
    scope(&mut set, flow.out_of_scope.as_ref().map(Prose::as_str));
    set
}

/// A tool's "mitigated" becomes a claim under the treatment mitigate; what is not applicable without a reason stays open.
fn threatening(threat: &ThreatDraft) -> Fields {
    let mut set = texts(&[
        ("title", if threat.title.is_empty() { "Untitled threat" } else { threat.title.as_str() }),
        ("description", threat.description.as_str()),
        ("category", threat.category.as_str()),
        ("status_word", threat.status_word.as_str()),
        ("severity_word", threat.severity_word.as_str()),
        ("component", threat.targets.first().map_or("", |target| target.as_str())),
    ]);
    let claimed = threat.proposed.progress == Some(Stage::Claimed);
    let said: Vec<&str> = [&threat.mitigation, &threat.justification]
        .iter()
        .map(|text| text.as_str())
        .filter(|t| !t.is_empty())
        .collect();
    let said = said.join("\n");
    let claim = if claimed && said.is_empty() { "claimed as mitigated, without words" } else { &said };
    set.extend(texts(&[("claim", claim)]));
    let reason =
        if threat.justification.is_empty() { threat.mitigation.as_str() } else { threat.justification.as_str() };
    let (treatment, why) = match threat.proposed.treatment {
        Treatment::Mitigate => (Some("mitigate"), ""),
        Treatment::Accept => (Some("accept"), reason),
        Treatment::Avoid if !reason.is_empty() => (Some("avoid"), reason),
        Treatment::Transfer if !reason.is_empty() => (Some("transfer"), reason),
        Treatment::NotApplicable if !reason.is_empty() => (Some("not_applicable"), reason),
        Treatment::Undecided | Treatment::Avoid | Treatment::Transfer | Treatment::NotApplicable => (None, ""),
    };
    set.extend(treatment.map(|code| ("treatment".to_owned(), Value::from(code))));
    set.extend(texts(&[("treatment_reason", why)]));
    let score = |n: Option<u8>| n.and_then(|n| Score::new(n.into())).to_value();
    set.push(("likelihood".into(), score(threat.likelihood)));
    set.push(("impact".into(), score(threat.impact)));
    set.push(("due".into(), threat.due.map(Day).to_value()));
    if threat.proposed.in_review {
        set.push(("status".into(), Value::from("in_discussion")));
    }
    set
}

/// What a tool says of a control is said in its note; how far it is, is said here.
fn controlling(control: &ControlDraft) -> Fields {
    let title = if control.title.is_empty() { "Untitled control" } else { control.title.as_str() };
    texts(&[
        ("title", title),
        ("description", control.description.as_str()),
        ("status_note", control.status_word.as_str()),
    ])
}

/// A threat covers the flows that it is about by name.
fn covered(system: &SystemDraft, threat: &ThreatDraft) -> Vec<String> {
    let about = |flow: &&FlowDraft| threat.targets.contains(&flow.name) || threat.covers.contains(&flow.source_id);
    system.flows.iter().filter(about).map(|flow| flow.source_id.to_string()).collect()
}

/// A run as a piece of evidence: the file itself, by its digest.
fn shown(draft: &Draft, run: &EvidenceDraft, path: &str) -> Fields {
    let (sort, supports) = match run.run {
        Run::RedTeam => ("red_team", "works"),
        Run::Scan => ("scan", "works"),
        Run::Test => ("test", "works"),
        Run::Attestation => ("attestation", "intent"),
        Run::Inventory => ("inventory", "coverage"),
    };
    let number = |n: Option<u64>| n.map_or(Value::Null, |n| Value::Int(i64::try_from(n).unwrap_or(i64::MAX)));
    let mut set = texts(&[
        ("title", run.title.as_str()),
        ("sort", sort),
        ("grade", "explicit"),
        ("place", draft.source_name.as_str()),
        ("digest", &draft.sha256),
        ("path", path),
    ]);
    set.push(("supports".into(), Value::List(vec![supports.into()])));
    set.push(("collected".into(), run.collected.map(Day).to_value()));
    set.push(("expires".into(), run.expires.map(Day).to_value()));
    set.push(("ran".into(), yes_no(run.ran_to_end)));
    set.push(("checks".into(), number(run.checks)));
    set.push(("failed".into(), number(run.failed)));
    set.push(("unscored".into(), number(run.unscored)));
    set.push(("size".into(), number(Some(draft.bytes as u64))));
    set
}

fn found(finding: &FindingDraft) -> Fields {
    let severity = match finding.severity {
        Severity::Critical => "critical",
        Severity::High => "high",
        Severity::Medium => "medium",
        // The scale has no step below low; the tool's own word stays beside it.
        Severity::Low | Severity::Info => "low",
        Severity::Unrated => "",
    };
    let sort = match finding.run {
        Run::RedTeam => "red_team",
        Run::Scan | Run::Inventory => "scan",
        Run::Test | Run::Attestation => "other",
    };
    let mut set = texts(&[
        ("title", if finding.title.is_empty() { "Untitled finding" } else { finding.title.as_str() }),
        ("description", finding.description.as_str()),
        ("sort", sort),
        ("severity", severity),
        ("severity_word", finding.severity_word.as_str()),
        ("status_word", finding.status_word.as_str()),
        ("claim", finding.claim.as_str()),
        ("remediation", finding.remediation.as_str()),
        ("by", finding.by.as_str()),
        ("status", "open"),
    ]);
    set.push(("found".into(), finding.found.map(Day).to_value()));
    set.push(("occurrences".into(), Value::Int(i64::try_from(finding.occurrences).unwrap_or(i64::MAX))));
    set
}
