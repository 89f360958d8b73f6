//! SARIF 2.1.0: the runs of scanners and what they found.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::draft::{Anchors, Draft, EvidenceDraft, FindingDraft, Format, Run, Seen, SystemDraft};
use super::ident::Ids;
use super::stream::{self, Rows, Take};
use super::{Refused, tree, words};
use crate::domain::{Line, Prose};

/// The status of a finding that its own file suppresses.
pub(super) const SUPPRESSED: &str = "suppressed";

/// Most different findings that are told apart; nobody reads more of them, and a broken scan may hold a million.
const DISTINCT: usize = 10_000;

/// What is read of a report.
pub(super) static TAKE: Take =
    stream::fields(&[("version", Take::All), ("$schema", Take::All), ("runs", stream::each(&RUN))]);

static RUN: Take = stream::fields(&[
    ("tool", stream::fields(&[("driver", stream::fields(&DRIVER))])),
    ("invocations", stream::each(&CALL)),
    ("automationDetails", stream::fields(&[("guid", Take::All), ("id", Take::All)])),
    ("results", stream::rows("results", &RESULT)),
]);

static DRIVER: [(&str, Take); 4] =
    [("name", Take::All), ("semanticVersion", Take::All), ("version", Take::All), ("rules", stream::each(&RULE))];

static CALL: Take =
    stream::fields(&[("executionSuccessful", Take::All), ("endTimeUtc", Take::All), ("startTimeUtc", Take::All)]);

static RULE: Take = stream::fields(&[
    ("id", Take::All),
    ("defaultConfiguration", Take::All),
    ("messageStrings", Take::All),
    ("shortDescription", Take::All),
    ("properties", Take::All),
    ("help", stream::fields(&[("text", Take::All)])),
]);

/// Paths through the code and pieces of it are most of a large report.
static RESULT: Take = stream::fields(&[
    ("ruleId", Take::All),
    ("ruleIndex", Take::All),
    ("rule", Take::All),
    ("level", Take::All),
    ("message", Take::All),
    ("baselineState", Take::All),
    ("suppressions", Take::All),
    ("locations", stream::each(&LOCATION)),
    ("fingerprints", Take::All),
    ("partialFingerprints", Take::All),
    ("taxa", Take::All),
]);

static LOCATION: Take = stream::fields(&[
    (
        "physicalLocation",
        stream::fields(&[("artifactLocation", Take::All), ("region", stream::fields(&[("startLine", Take::All)]))]),
    ),
    ("logicalLocations", Take::All),
]);

/// Reads a report that was recognised: what is beside its results, and the results one by one.
pub(super) fn read(seen: &Seen, head: &Value, results: Rows) -> Result<Draft, Refused> {
    let mut draft = Draft::new(Format::Sarif, seen);
    let mut runs: Vec<ScanRun> = tree::items(head, "runs").iter().map(ScanRun::of).collect();
    let mut reader = Reader::default();
    results(&mut |row| {
        if let Some(run) = runs.get_mut(row.at) {
            run.open += u64::from(reader.result(row.item, run));
            run.checks += 1;
        }
    })?;
    let mut ids = Ids::new("sarif");
    let tools: Vec<Line> = runs.iter().map(|run| run.tool.clone()).collect();
    reader.counted.failed_runs = runs.iter().filter(|run| run.failed).count();
    draft.schema = Line::new(&tree::text(&head["version"]));
    draft.lineage = Line::new(&tools.iter().map(Line::as_str).collect::<Vec<_>>().join(", "));
    draft.results = true;
    // A scan that was broken off says nothing of what it did not reach.
    draft.whole = reader.counted.failed_runs == 0 && reader.counted.beyond == 0 && !runs.is_empty();
    reader.counted.put(&mut draft, runs.len(), &tools);
    draft.anchors = Some(reader.anchors);
    draft.systems = vec![SystemDraft {
        name: super::stem(seen.name),
        name_from_file: true,
        evidence: runs.into_iter().map(|run| run.evidence(seen, &mut ids)).collect(),
        findings: reader.order,
        ..SystemDraft::default()
    }];
    Ok(draft)
}

#[derive(Default)]
struct Counted {
    results: usize,
    suppressed: usize,
    absent: usize,
    failed_runs: usize,
    without_location: usize,
    beyond: usize,
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
        if self.beyond > 0 {
            draft.notes.dropped(&format!("{} results of kinds beyond the first {DISTINCT}", self.beyond));
        }
        if self.failed_runs > 0 {
            draft.notes.warn("A run did not end well; what it did not find may be there all the same");
        }
    }
}

/// One run, without its results.
struct ScanRun<'a> {
    tool: Line,
    by: Line,
    id: Line,
    rules: &'a [Value],
    rule_at: HashMap<&'a str, usize>,
    day: Option<NaiveDate>,
    called: bool,
    failed: bool,
    checks: u64,
    open: u64,
}

impl<'a> ScanRun<'a> {
    fn of(run: &'a Value) -> Self {
        let driver = &run["tool"]["driver"];
        let calls = tree::items(run, "invocations");
        let details = &run["automationDetails"];
        let id = [tree::line(details, "guid"), tree::line(details, "id")].into_iter().find(|id| !id.is_empty());
        let rules = tree::items(driver, "rules");
        // Of two rules with the same id the first counts.
        let named = rules.iter().enumerate().rev().filter_map(|(at, rule)| Some((rule["id"].as_str()?, at)));
        Self {
            tool: tree::line(driver, "name"),
            by: Line::new(&format!("{} {}", tree::text(&driver["name"]), version(driver))),
            id: id.unwrap_or_default(),
            rules,
            rule_at: named.collect(),
            day: calls.iter().find_map(|call| {
                tree::day(&tree::text(&call["endTimeUtc"])).or_else(|| tree::day(&tree::text(&call["startTimeUtc"])))
            }),
            called: !calls.is_empty(),
            failed: calls.iter().any(|call| call["executionSuccessful"].as_bool() == Some(false)),
            checks: 0,
            open: 0,
        }
    }

    fn rule_of(&self, result: &Value) -> &'a Value {
        let index = result["ruleIndex"].as_u64().or_else(|| result["rule"]["index"].as_u64());
        let by_index = index.and_then(|index| self.rules.get(usize::try_from(index).ok()?));
        let by_id = || self.rules.get(*self.rule_at.get(result["ruleId"].as_str()?)?);
        by_index.or_else(by_id).unwrap_or(&Value::Null)
    }

    fn evidence(self, seen: &Seen, ids: &mut Ids) -> EvidenceDraft {
        let id = if self.id.is_empty() { seen.sha256.as_str() } else { self.id.as_str() };
        EvidenceDraft {
            source_id: ids.give(&format!("run {id}"), &[]),
            title: Line::new(&format!("Scan by {}", self.by)),
            run: Run::Scan,
            collected: self.day,
            // Where the file says nothing of the run, nobody knows.
            ran_to_end: if self.failed { Some(false) } else { self.called.then_some(true) },
            checks: Some(self.checks),
            failed: Some(self.open),
            ..EvidenceDraft::default()
        }
    }
}

#[derive(Default)]
struct Reader {
    anchors: Anchors,
    found: HashMap<Line, usize>,
    order: Vec<FindingDraft>,
    counted: Counted,
}

impl Reader {
    /// Takes one result; says whether it is an open finding.
    fn result(&mut self, result: &Value, run: &ScanRun) -> bool {
        self.counted.results += 1;
        let (rule, by) = (run.rule_of(result), &run.by);
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
        if self.order.len() >= DISTINCT {
            self.counted.beyond += 1;
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
            found: run.day,
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
