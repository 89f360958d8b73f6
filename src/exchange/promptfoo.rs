//! Results of promptfoo: red-team runs and plain evaluations.
//!
//! The configuration may hold keys and headers of the target; nothing of it is read but its description.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::draft::{Draft, EvidenceDraft, FindingDraft, Format, Run, Seen, SystemDraft};
use super::receipt::Counts;
use super::stream::{self, Items, Rows, Take};
use super::words::{self, Severity};
use super::{Refused, tree};
use crate::domain::Line;

/// What a row that could not run says of its failure.
const COULD_NOT_RUN: u64 = 2;

/// Most different plugins, targets or words that are told apart; a hostile file may hold a million.
const DISTINCT: usize = 10_000;

/// Most different strategies of one plugin that are named.
const STRATEGIES: usize = 100;

/// What is read of a file of results.
pub(super) static TAKE: Take = stream::fields(&[
    ("evalId", Take::All),
    ("createdAt", Take::All),
    ("config", stream::fields(&[("description", Take::All)])),
    ("metadata", stream::fields(&[("promptfooVersion", Take::All)])),
    ("results", Take::Of(&RESULTS, Items::Rows("rows", &ROW))),
]);

static RESULTS: [(&str, Take); 4] =
    [("version", Take::All), ("timestamp", Take::All), ("stats", Take::All), ("results", stream::rows("rows", &ROW))];

/// Prompts and outputs are most of a row.
static ROW: Take = stream::fields(&[
    ("success", Take::All),
    ("failureReason", Take::All),
    ("provider", stream::fields(&[("id", Take::All)])),
    ("metadata", stream::fields(&DATA)),
    ("testCase", stream::fields(&[("metadata", stream::fields(&DATA))])),
]);

static DATA: [(&str, Take); 5] = [
    ("pluginId", Take::All),
    ("severity", Take::All),
    ("goal", Take::All),
    ("harmCategory", Take::All),
    ("strategyId", Take::All),
];

#[derive(Default)]
struct Counted {
    rows: usize,
    passed: u64,
    errors: u64,
    failed: u64,
    red_team: bool,
    severities: Counts,
    plugins: Counts,
    targets: BTreeSet<String>,
    beyond: usize,
    groups: BTreeMap<(String, String), Group>,
}

/// The failures of one plugin on one target.
#[derive(Default)]
struct Group {
    count: usize,
    severity: Severity,
    severity_word: Line,
    goal: String,
    category: String,
    strategies: BTreeSet<String>,
}

/// Reads results that were recognised: what is beside the rows, and the rows one by one. Older files hold the rows
/// themselves where newer ones hold a summary with them.
pub(super) fn read(seen: &Seen, tree: &Value, rows: Rows) -> Result<Draft, Refused> {
    let mut draft = Draft::new(Format::Promptfoo, seen);
    let results = &tree["results"];
    let mut counted = Counted::default();
    rows(&mut |row| counted.row(row.item))?;
    let stats = &results["stats"];
    let agree = stats["successes"].as_u64().unwrap_or(0) == counted.passed
        && stats["failures"].as_u64().unwrap_or(0) == counted.failed
        && stats["errors"].as_u64().unwrap_or(0) == counted.errors;
    if !agree {
        draft.notes.contradiction("The summary of the file does not agree with its rows; the rows were counted");
    }
    if counted.beyond > 0 {
        draft.notes.dropped(&format!("{} failures of kinds beyond the first {DISTINCT}", counted.beyond));
    }
    if counted.errors > 0 {
        draft.notes.warn("Some tests could not run, and no result is no pass");
    }
    let plain: usize =
        counted.groups.iter().filter(|((plugin, _), _)| plugin.is_empty()).map(|(_, group)| group.count).sum();
    if plain > 0 {
        draft.notes.warn(&format!(
            "{plain} failures belong to no red-team plugin: they are counted in the evidence and make no findings"
        ));
    }
    draft.notes.warn("Prompts, outputs and the configuration stay in the file; the record keeps its digest");
    draft.schema = Line::new(&format!("version {}", tree::text(&results["version"])));
    draft.title = tree::line(&tree["config"], "description");
    draft.lineage = Line::new(&counted.targets.iter().cloned().collect::<Vec<_>>().join(", "));
    draft.results = true;
    draft.whole = false;
    counts(&mut draft, &counted, agree);
    draft.systems = vec![system(seen, tree, counted)];
    Ok(draft)
}

fn counts(draft: &mut Draft, counted: &Counted, agree: bool) {
    draft.count("rows", counted.rows);
    draft.count("passed", counted.passed);
    draft.count("errors", counted.errors);
    draft.count("findings", counted.failed);
    draft.count("finding_groups", counted.groups.len());
    draft.count("finding_severity", json!(counted.severities));
    draft.count("plugins", json!(counted.plugins));
    draft.count("red_team", counted.red_team);
    draft.count("targets", json!(counted.targets));
    draft.count("stats_agree", agree);
    draft.count("outcome", if counted.rows == 0 { "empty" } else { "ok" });
}

fn system(seen: &Seen, tree: &Value, counted: Counted) -> SystemDraft {
    let stamp = tree::text(&tree["results"]["timestamp"]).into_owned();
    let day = tree::day(&stamp).or_else(|| tree::day(&tree::text(&tree["createdAt"])));
    let id = tree::line(tree, "evalId");
    let version = tree::line(&tree["metadata"], "promptfooVersion");
    let by = Line::new(&format!("promptfoo {version}"));
    let run = if counted.red_team { Run::RedTeam } else { Run::Test };
    let targets = counted.targets.iter().cloned().collect::<Vec<_>>().join(", ");
    let evidence = EvidenceDraft {
        source_id: Line::new(&format!("promptfoo/{}", if id.is_empty() { seen.sha256.as_str() } else { id.as_str() })),
        title: Line::new(&format!("{by} run against {targets}")),
        run,
        collected: day,
        expires: None,
        ran_to_end: Some(counted.rows > 0 && counted.errors == 0),
        checks: Some(counted.rows as u64),
        failed: Some(counted.failed),
        unscored: Some(counted.errors),
    };
    let red = counted.groups.into_iter().filter(|((plugin, _), _)| !plugin.is_empty());
    let findings = red.map(|((plugin, target), group)| FindingDraft {
        source_id: Line::new(&format!("promptfoo/{plugin}|{target}")),
        title: Line::new(&format!("{plugin} succeeds")),
        description: tree::labelled(&[
            ("Goal", &group.goal),
            ("Harm", &group.category),
            ("Target", &target),
            ("Strategies", &group.strategies.into_iter().collect::<Vec<_>>().join(", ")),
        ]),
        run,
        severity_word: group.severity_word,
        severity: group.severity,
        found: day,
        by: by.clone(),
        occurrences: group.count,
        ..FindingDraft::default()
    });
    SystemDraft {
        name: super::stem(seen.name),
        name_from_file: true,
        evidence: vec![evidence],
        findings: findings.collect(),
        ..SystemDraft::default()
    }
}

impl Counted {
    fn row(&mut self, row: &Value) {
        let data = |key: &str| {
            let found = [&row["metadata"][key], &row["testCase"]["metadata"][key]];
            found
                .into_iter()
                .map(|value| tree::text(value).into_owned())
                .find(|text| !text.is_empty())
                .unwrap_or_default()
        };
        let provider = &row["provider"];
        let target = if provider.is_object() { tree::line(provider, "id") } else { tree::line(row, "provider") };
        self.rows += 1;
        if self.targets.len() < DISTINCT {
            self.targets.insert(target.to_string());
        }
        let plugin = Line::new(&data("pluginId"));
        self.red_team |= !plugin.is_empty();
        if row["success"].as_bool() == Some(true) {
            self.passed += 1;
            return;
        }
        if row["failureReason"].as_u64() == Some(COULD_NOT_RUN) {
            self.errors += 1;
            return;
        }
        self.failed += 1;
        let word = Line::new(&data("severity"));
        bounded(&mut self.severities, &word);
        bounded(&mut self.plugins, &plugin);
        let key = (plugin.to_string(), target.to_string());
        if self.groups.len() >= DISTINCT && !self.groups.contains_key(&key) {
            self.beyond += 1;
            return;
        }
        let group = self.groups.entry(key).or_default();
        group.count += 1;
        let severity = words::severity(word.as_str()).unwrap_or_default();
        if severity > group.severity {
            (group.severity, group.severity_word) = (severity, word);
        }
        if group.goal.is_empty() {
            (group.goal, group.category) = (data("goal"), data("harmCategory"));
        }
        let strategy = data("strategyId");
        if !strategy.is_empty() && group.strategies.len() < STRATEGIES {
            group.strategies.insert(strategy);
        }
    }
}

fn bounded(counts: &mut Counts, word: &Line) {
    if counts.len() < DISTINCT || counts.contains_key(word.as_str()) {
        *counts.entry(word.to_string()).or_default() += 1;
    }
}
