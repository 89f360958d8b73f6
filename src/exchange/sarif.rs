//! SARIF 2.1.0: the runs of scanners and what they found.

use std::collections::HashMap;

use serde_json::Value;

use super::draft::{Anchors, Draft, EvidenceDraft, FindingDraft, Format, Run, Seen, SystemDraft};
use super::ident::Ids;
use super::tree;
use super::words;
use crate::domain::{Line, Prose};

/// The status of a finding that its own file suppresses.
pub(super) const SUPPRESSED: &str = "suppressed";

/// Reads a report that was recognised.
pub(super) fn read(seen: &Seen, tree: &Value) -> Draft {
    let mut draft = Draft::new(Format::Sarif, seen);
    let runs = tree::items(tree, "runs");
    let mut reader = Reader {
        anchors: Anchors::default(),
        found: HashMap::new(),
        order: Vec::new(),
        ids: Ids::new("sarif"),
        counted: Counted::default(),
    };
    let mut system = SystemDraft { name: super::stem(seen.name), name_from_file: true, ..SystemDraft::default() };
    let mut tools = Vec::new();
    for run in runs {
        tools.push(tree::line(&run["tool"]["driver"], "name"));
        let evidence = reader.run(run, seen);
        system.evidence.push(evidence);
    }
    system.findings = reader.order;
    draft.schema = Line::new(&tree::text(&tree["version"]));
    draft.lineage = Line::new(&tools.iter().map(Line::as_str).collect::<Vec<_>>().join(", "));
    draft.results = true;
    // A scan that was broken off says nothing of what it did not reach.
    draft.whole = reader.counted.failed_runs == 0 && !runs.is_empty();
    reader.counted.put(&mut draft, runs.len(), &tools);
    draft.anchors = Some(reader.anchors);
    draft.systems = vec![system];
    draft
}

#[derive(Default)]
struct Counted {
    results: usize,
    suppressed: usize,
    absent: usize,
    failed_runs: usize,
    without_location: usize,
}

impl Counted {
    fn put(&self, draft: &mut Draft, runs: usize, tools: &[Line]) {
        draft.count("runs", runs);
        draft.count("tools", tools.iter().map(|tool| Value::from(tool.as_str())).collect::<Vec<_>>());
        draft.count("results", self.results);
        draft.count("suppressed", self.suppressed);
        draft.count("absent_in_baseline", self.absent);
        draft.count("failed_runs", self.failed_runs);
        draft.count("without_location", self.without_location);
        draft.count("outcome", if runs == 0 { "empty" } else { "ok" });
        if self.suppressed > 0 {
            draft.notes.warn(
                "Suppressed results come in as open findings with their justification as a claim; the board decides",
            );
        }
        if self.absent > 0 {
            draft.notes.dropped("Results that are gone since the baseline of the file");
        }
        if self.failed_runs > 0 {
            draft.notes.warn("A run did not end well; what it did not find may be there all the same");
        }
    }
}

struct Reader {
    anchors: Anchors,
    found: HashMap<Line, usize>,
    order: Vec<FindingDraft>,
    ids: Ids,
    counted: Counted,
}

impl Reader {
    fn run(&mut self, run: &Value, seen: &Seen) -> EvidenceDraft {
        let driver = &run["tool"]["driver"];
        let by = Line::new(&format!("{} {}", tree::text(&driver["name"]), version(driver)));
        let calls = tree::items(run, "invocations");
        let failed = calls.iter().any(|call| call["executionSuccessful"].as_bool() == Some(false));
        self.counted.failed_runs += usize::from(failed);
        let day = calls.iter().find_map(|call| {
            tree::day(&tree::text(&call["endTimeUtc"])).or_else(|| tree::day(&tree::text(&call["startTimeUtc"])))
        });
        let before = self.counted.results;
        let (mut open, rules) = (0_u64, tree::items(driver, "rules"));
        for result in tree::items(run, "results") {
            open += u64::from(self.result(result, rules, (&by, day)));
        }
        let details = &run["automationDetails"];
        let id = [tree::line(details, "guid"), tree::line(details, "id")].into_iter().find(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| Line::new(&seen.sha256));
        EvidenceDraft {
            source_id: self.ids.give(&format!("run {id}"), &[]),
            title: Line::new(&format!("Scan by {by}")),
            run: Run::Scan,
            collected: day,
            // Where the file says nothing of the run, nobody knows.
            ran_to_end: if failed { Some(false) } else { (!calls.is_empty()).then_some(true) },
            checks: Some((self.counted.results - before) as u64),
            failed: Some(open),
            ..EvidenceDraft::default()
        }
    }

    /// Takes one result; says whether it is an open finding.
    fn result(&mut self, result: &Value, rules: &[Value], (by, day): (&Line, Option<chrono::NaiveDate>)) -> bool {
        self.counted.results += 1;
        let rule = rule_of(result, rules);
        let rule_id = [tree::line(result, "ruleId"), tree::line(&result["rule"], "id"), tree::line(rule, "id")];
        let rule_id = rule_id.into_iter().find(|id| !id.is_empty()).unwrap_or_default();
        if result["baselineState"].as_str() == Some("absent") {
            self.counted.absent += 1;
            return false;
        }
        let suppression = suppressed(result);
        self.counted.suppressed += usize::from(suppression.is_some());
        let (place, fingerprint) = (location(result), fingerprint(result));
        let raw = message(result, rule);
        let title = Line::new(&raw);
        if suppression.is_none() {
            self.anchors.count(&raw, &title);
            self.counted.without_location += usize::from(place.is_empty());
        }
        let word = level(result, rule);
        let key = if fingerprint.is_empty() { format!("{place}|{title}") } else { fingerprint };
        let id = Line::new(&format!("sarif/{}", super::ident::sha256(format!("{by}|{rule_id}|{key}").as_bytes())));
        let status = if suppression.is_some() { SUPPRESSED } else { "" };
        if let Some(&at) = self.found.get(&id).filter(|&&at| self.order[at].status_word.as_str() == status) {
            self.order[at].occurrences += 1;
            return suppression.is_none();
        }
        let source_id = if self.found.contains_key(&id) { Line::new(&format!("{id}#2")) } else { id.clone() };
        self.found.insert(id, self.order.len());
        self.order.push(FindingDraft {
            source_id,
            title: Line::new(&if rule_id.is_empty() { title.to_string() } else { format!("{rule_id}: {title}") }),
            description: tree::labelled(&[
                ("", &raw),
                ("Where", &place),
                ("Rule", &tree::text(&rule["shortDescription"]["text"])),
                ("Weaknesses", &weaknesses(result, rule)),
                ("Security severity", &tree::text(&rule["properties"]["security-severity"])),
            ]),
            severity: words::severity(&word).unwrap_or_default(),
            severity_word: Line::new(&word),
            found: day,
            by: by.clone(),
            occurrences: 1,
            remediation: Prose::new(&tree::text(&rule["help"]["text"])),
            status_word: Line::new(status),
            claim: suppression.clone().unwrap_or_default(),
            ..FindingDraft::default()
        });
        suppression.is_none()
    }
}

fn version(driver: &Value) -> String {
    let found = ["semanticVersion", "version"].iter().map(|key| tree::text(&driver[*key])).find(|v| !v.is_empty());
    found.map(std::borrow::Cow::into_owned).unwrap_or_default()
}

fn rule_of<'a>(result: &Value, rules: &'a [Value]) -> &'a Value {
    let index = result["ruleIndex"].as_u64().or_else(|| result["rule"]["index"].as_u64());
    let by_index = index.and_then(|index| rules.get(usize::try_from(index).ok()?));
    let id = result["ruleId"].as_str();
    by_index.or_else(|| rules.iter().find(|rule| id.is_some() && rule["id"].as_str() == id)).unwrap_or(&Value::Null)
}

/// The level of a result: its own, else that of its rule, else a warning.
fn level(result: &Value, rule: &Value) -> String {
    let own = [&result["level"], &rule["defaultConfiguration"]["level"]];
    own.into_iter().map(tree::text).find(|level| !level.is_empty()).map_or_else(|| "warning".to_owned(), Into::into)
}

/// What is said of a result; a rule may keep the words of its messages.
fn message(result: &Value, rule: &Value) -> String {
    let message = &result["message"];
    let own = tree::text(&message["text"]);
    if !own.is_empty() {
        return own.into_owned();
    }
    let kept = message["id"].as_str().map(|id| tree::text(&rule["messageStrings"][id]["text"]).into_owned());
    let mut text =
        kept.filter(|text| !text.is_empty()).unwrap_or_else(|| tree::text(&message["markdown"]).into_owned());
    for (at, argument) in tree::items(message, "arguments").iter().enumerate() {
        text = text.replace(&format!("{{{at}}}"), &tree::text(argument));
    }
    text
}

/// The justification of what the file suppresses: one suppression is enough that is accepted, or of which it is not said
/// that somebody still has to agree.
fn suppressed(result: &Value) -> Option<Prose> {
    let all = tree::items(result, "suppressions");
    let agreed = |one: &Value| matches!(one["status"].as_str(), None | Some("accepted"));
    if !all.iter().any(agreed) {
        return None;
    }
    let why =
        all.iter().filter(|one| agreed(one)).map(|one| tree::text(&one["justification"])).find(|why| !why.is_empty());
    Some(Prose::new(&why.map_or_else(
        || "suppressed in the file, without a reason".into(),
        |why| format!("suppressed in the file: {why}"),
    )))
}

fn location(result: &Value) -> String {
    let Some(first) = tree::items(result, "locations").first() else { return String::new() };
    let physical = &first["physicalLocation"];
    let uri = tree::text(&physical["artifactLocation"]["uri"]);
    let line = tree::text(&physical["region"]["startLine"]);
    match (uri.is_empty(), line.is_empty()) {
        (true, _) => {
            let logical = tree::items(first, "logicalLocations").first().unwrap_or(&Value::Null);
            let name = tree::text(&logical["fullyQualifiedName"]).into_owned();
            if name.is_empty() { "a place without a name".to_owned() } else { name }
        }
        (false, true) => uri.into_owned(),
        (false, false) => format!("{uri}:{line}"),
    }
}

fn fingerprint(result: &Value) -> String {
    let of = |field: &str| -> String {
        tree::entries(result, field)
            .map(|(key, value)| format!("{key}={}", tree::text(value)))
            .collect::<Vec<_>>()
            .join("|")
    };
    let whole = of("fingerprints");
    if whole.is_empty() { of("partialFingerprints") } else { whole }
}

fn weaknesses(result: &Value, rule: &Value) -> String {
    let taxa = tree::items(result, "taxa").iter().map(|taxon| tree::text(&taxon["id"]).into_owned());
    let tags = tree::items(&rule["properties"], "tags").iter().map(|tag| tree::text(tag).into_owned());
    let tags = tags.filter(|tag| tag.to_lowercase().contains("cwe"));
    taxa.chain(tags).collect::<Vec<_>>().join(", ")
}
