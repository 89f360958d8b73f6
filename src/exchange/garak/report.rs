//! What the lines of a report or a hit log come to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Row, Written, severity};
use crate::domain::{Line, Prose};
use crate::exchange::draft::{Draft, EvidenceDraft, FindingDraft, Run, SystemDraft};
use crate::exchange::notes::Notes;
use crate::exchange::tree;

/// Most different probes, runs or kinds of entries that are told apart; a hostile file may hold a million.
const DISTINCT: usize = 20_000;

/// What is known so far.
#[derive(Default)]
pub(super) struct Report {
    kinds: BTreeMap<String, usize>,
    bad: usize,
    long: usize,
    setup: bool,
    end: bool,
    version: Option<String>,
    start: Option<String>,
    run: Option<String>,
    runs: BTreeSet<String>,
    target: Option<String>,
    named: Option<String>,
    passed: u64,
    evaluated: u64,
    nones: u64,
    evals: usize,
    empty_evals: usize,
    old_totals: usize,
    hits: u64,
    strings: usize,
    probes: BTreeMap<String, usize>,
    scores: BTreeMap<String, usize>,
    found: BTreeMap<(String, String, String), Hits>,
    beyond: usize,
}

/// The hits of one probe by one detector on one target.
#[derive(Default)]
struct Hits {
    count: u64,
    of: u64,
    worst: Option<f64>,
    goal: String,
    confidence: Option<(f64, f64)>,
}

impl Report {
    pub(super) fn bad(&mut self) {
        self.bad += 1;
    }

    pub(super) fn too_long(&mut self) {
        self.long += 1;
    }

    pub(super) fn take(&mut self, row: Row) {
        match row.entry_type.as_deref() {
            None if row.is_known() => self.hit(&row),
            None => self.bad += 1,
            Some(kind) => {
                let kind = Line::new(kind).to_string();
                if self.kinds.len() < DISTINCT || self.kinds.contains_key(&kind) {
                    *self.kinds.entry(kind).or_default() += 1;
                }
                self.entry(row);
            }
        }
    }

    fn entry(&mut self, row: Row) {
        match row.entry_type.as_deref().unwrap_or_default() {
            "eval" => self.eval(&row),
            "completion" | "completed" => self.end = true,
            kind => {
                if kind == "start_run setup" {
                    self.setup = true;
                    self.named = row.target_name.clone().or_else(|| row.model_name.clone());
                }
                if matches!(kind, "start_run setup" | "init" | "config") {
                    self.head(row);
                }
            }
        }
    }

    fn head(&mut self, row: Row) {
        let target = [row.target_type.or(row.model_type), row.target_name.or(row.model_name)];
        let target: Vec<String> = target.into_iter().flatten().collect();
        if self.target.is_none() && !target.is_empty() {
            self.target = Some(target.join(" "));
        }
        self.version = self.version.take().or(row.version).or(row.garak_version);
        self.start = self.start.take().or(row.start_time);
        self.run = self.run.take().or(row.transient).or(row.run_id).or(row.run);
    }

    fn eval(&mut self, row: &Row) {
        let old = row.total_evaluated.is_none();
        self.old_totals += usize::from(old);
        let (passed, of) = (row.passed.unwrap_or(0), row.total_evaluated.or(row.total).unwrap_or(0));
        let fails = row.fails.unwrap_or_else(|| of.saturating_sub(passed));
        self.evals += 1;
        self.passed += passed;
        self.evaluated += of;
        self.nones += row.nones.unwrap_or(0);
        self.empty_evals += usize::from(of == 0);
        self.hits += fails;
        if fails == 0 {
            return;
        }
        let target = self.target.clone().unwrap_or_default();
        if let Some(hits) = self.hits_of(row, target) {
            hits.count += fails;
            hits.of += of;
            hits.confidence = hits.confidence.or(row.confidence_lower.zip(row.confidence_upper));
        }
    }

    fn hit(&mut self, row: &Row) {
        *self.kinds.entry(String::new()).or_default() += 1;
        self.hits += 1;
        self.strings += usize::from(row.prompt == Written::Text);
        if let Some(probe) = row.probe.as_deref() {
            bounded(&mut self.probes, probe);
        }
        if let Some(score) = row.score {
            bounded(&mut self.scores, &format!("{score:?}"));
        }
        if let Some(run) = row.run_id.clone().filter(|_| self.runs.len() < DISTINCT) {
            self.run.get_or_insert_with(|| run.clone());
            self.runs.insert(run);
        }
        let target = row.generator.clone().unwrap_or_default();
        if self.target.is_none() && !target.is_empty() {
            self.target = Some(target.clone());
        }
        if let Some(hits) = self.hits_of(row, target) {
            hits.count += 1;
            hits.worst = [hits.worst, row.score].into_iter().flatten().reduce(f64::max);
            if hits.goal.is_empty() {
                hits.goal = row.goal.as_ref().map(|goal| tree::text(goal).into_owned()).unwrap_or_default();
            }
        }
    }

    fn hits_of(&mut self, row: &Row, target: String) -> Option<&mut Hits> {
        let detector = row.detector.as_deref().unwrap_or_default();
        let detector = detector.strip_prefix("detector.").unwrap_or(detector).to_owned();
        let key = (row.probe.clone().unwrap_or_default(), detector, target);
        if self.found.len() >= DISTINCT && !self.found.contains_key(&key) {
            self.beyond += 1;
            return None;
        }
        Some(self.found.entry(key).or_default())
    }

    fn is_hit_log(&self) -> bool {
        self.kinds.keys().all(String::is_empty)
    }

    /// Puts the run and its findings into the draft.
    pub(super) fn into_draft(self, draft: &mut Draft, system: &mut SystemDraft) {
        let log = self.is_hit_log();
        draft.schema = Line::new(if log { "hitlog" } else { "report" });
        draft.lineage = Line::new(self.target.as_deref().unwrap_or("garak"));
        self.counts(draft, log);
        self.told(&mut draft.notes, log);
        system.evidence.push(self.evidence(draft, log));
        let found = self.start.as_deref().and_then(tree::day);
        let by = Line::new(&["garak", self.version.as_deref().unwrap_or("")].join(" "));
        for ((probe, detector, target), hits) in &self.found {
            let severity = severity::of(probe, hits.worst);
            system.findings.push(FindingDraft {
                source_id: Line::new(&format!("garak/{probe}|{detector}|{target}")),
                title: Line::new(&format!("{probe} gets past ({detector})")),
                description: described(probe, target, hits),
                run: Run::RedTeam,
                severity,
                severity_word: hits.worst.map_or_else(Line::default, |score| Line::new(&format!("score {score:.2}"))),
                found,
                by: by.clone(),
                occurrences: usize::try_from(hits.count).unwrap_or(usize::MAX),
                ..FindingDraft::default()
            });
        }
    }

    fn evidence(&self, draft: &Draft, log: bool) -> EvidenceDraft {
        let run = self.run.clone().unwrap_or_else(|| draft.sha256.clone());
        let target = self.target.as_deref().map_or(String::new(), |target| format!(" against {target}"));
        let ended =
            self.end && self.evals > 0 && self.evaluated > 0 && self.empty_evals == 0 && self.long + self.bad == 0;
        EvidenceDraft {
            source_id: Line::new(&format!("garak/{run}")),
            title: Line::new(&format!("garak {} run{target}", self.version.as_deref().unwrap_or(""))),
            run: Run::RedTeam,
            collected: self.start.as_deref().and_then(tree::day),
            // A hit log says nothing of what passed, nor whether it went on.
            ran_to_end: (!log).then_some(ended),
            checks: (!log).then_some(self.evaluated + self.nones),
            failed: (!log).then_some(self.hits),
            unscored: (!log).then_some(self.nones),
            ..EvidenceDraft::default()
        }
    }

    fn counts(&self, draft: &mut Draft, log: bool) {
        draft.count("kind", draft.schema.as_str().to_owned());
        draft.count("bad_lines", self.bad);
        draft.count("hits", self.hits);
        draft.count("findings", self.found.len());
        draft.count("outcome", if self.evals == 0 && self.hits == 0 { "empty" } else { "ok" });
        if log {
            draft.count("prompt_as_string", self.strings);
            draft.count("probes", json!(self.probes));
            draft.count("runs", self.runs.len());
            draft.count("scores", json!(self.scores));
            return;
        }
        draft.count("entry_types", json!(self.kinds));
        draft.count("evals", self.evals);
        draft.count("attempts", self.kinds.get("attempt").copied().unwrap_or(0));
        draft.count("passed", self.passed);
        draft.count("evaluated", self.evaluated);
        let probes: BTreeSet<&String> = self.found.keys().map(|(probe, ..)| probe).collect();
        draft.count("finding_probes", json!(probes));
        draft.count("old_totals", self.old_totals);
        draft.count("setup_present", self.setup);
        draft.count("target", self.named.clone().map_or(Value::Null, Value::from));
    }

    fn told(&self, notes: &mut Notes, log: bool) {
        for _ in 0..self.bad.min(1) {
            notes.dropped(&format!("{} lines that are not JSON or no entry of garak", self.bad));
        }
        if self.long > 0 {
            notes.dropped(&format!("{} lines of more than 16 MiB", self.long));
        }
        if self.beyond > 0 {
            notes.dropped(&format!("{} hits of probes beyond the first {DISTINCT}", self.beyond));
        }
        if log {
            notes.warn("A hit log holds what failed and not what passed; the report of the run tells whether it ran to its end");
        } else if self.evals == 0 {
            notes.warn("Nothing was evaluated; that is no pass, and the run counts as not run to its end");
        } else if !self.end {
            notes.warn("The run was cut short; what it did not find may be there all the same");
        }
        if self.nones > 0 {
            notes.warn(&format!("{} outputs have no result, and no result is no pass", self.nones));
        }
        notes.warn("Prompts and outputs stay in the file; the record keeps its digest");
    }
}

fn bounded(counts: &mut BTreeMap<String, usize>, word: &str) {
    if counts.len() < DISTINCT || counts.contains_key(word) {
        *counts.entry(Line::new(word).to_string()).or_default() += 1;
    }
}

fn described(probe: &str, target: &str, hits: &Hits) -> Prose {
    let of = if hits.of > 0 { format!(" of {}", hits.of) } else { String::new() };
    let sure = hits.confidence.map_or_else(String::new, |(low, high)| {
        format!(" (between {:.0} % and {:.0} % with the confidence of the tool)", low * 100.0, high * 100.0)
    });
    let item = severity::item(probe).map_or_else(String::new, |item| format!("{item}, by its family of probes"));
    tree::labelled(&[
        ("Goal", &hits.goal),
        ("Target", target),
        ("Hits", &format!("{}{of}{sure}", hits.count)),
        ("Perhaps", &item),
    ])
}
