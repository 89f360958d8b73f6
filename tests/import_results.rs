//! Reads our own small files of test results: garak, promptfoo, SARIF, DefectDojo, and Threat Composer beside them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::{io::Read, path::Path};

use docket::exchange::draft::{Draft, Run};
use docket::exchange::notes::NoteKind;
use docket::exchange::words::{Severity, Stage, Treatment};
use docket::exchange::{self, Receipt, Refused};

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(file)).unwrap()
}

fn read(file: &str) -> Draft {
    exchange::read(&bytes(file), file, &mut |_, _| true).unwrap()
}

fn told(draft: &Draft, kind: NoteKind) -> Vec<String> {
    draft.notes.of(kind).map(|note| note.text.to_string()).collect()
}

#[test]
fn threat_composer_brings_threats_mitigations_and_their_links() {
    let draft = read("composer.tc.json");
    let system = &draft.systems[0];
    assert_eq!((system.name.as_str(), system.threats.len(), system.controls.len()), ("Permit reader", 4, 2));
    let [first, second, third, fourth] = &system.threats[..] else { panic!() };
    assert_eq!((first.title.as_str(), first.category.as_str()), ("hide text in a permit", "T, I"));
    assert_eq!((first.proposed.treatment, first.proposed.progress), (Treatment::Mitigate, Some(Stage::Claimed)));
    assert_eq!((first.mitigation.as_str(), first.severity), ("Check every permit by hand", Severity::High));
    assert!(first.description.as_str().contains("Assumed: The bucket is private"), "{:?}", first.description);
    assert_eq!((second.status_word.as_str(), second.proposed.treatment), ("", Treatment::Undecided));
    assert_eq!((third.title.as_str(), third.proposed.treatment), ("", Treatment::NotApplicable));
    assert_eq!((fourth.proposed.treatment, fourth.severity), (Treatment::Undecided, Severity::Unrated));
    assert_eq!(system.links.len(), 2, "a link to an assumption is none to a threat");
    assert_eq!(told(&draft, NoteKind::Contradiction).len(), 2);
    assert_eq!(told(&draft, NoteKind::UnknownWord).len(), 2);
    let json = Receipt::of(&draft).to_json();
    for (key, value) in [("links", 3), ("dangling", 1), ("assumption_links", 2), ("dangling_assumption_links", 1)] {
        assert_eq!(json[key], value, "{key}");
    }
    assert!(!format!("{draft:?}").contains("\\u{1b}"));
}

#[test]
fn a_garak_report_is_one_run_and_its_findings() {
    let draft = read("garak.report.jsonl");
    assert!(draft.results && !draft.whole);
    let system = &draft.systems[0];
    let run = &system.evidence[0];
    assert_eq!((run.source_id.as_str(), run.run), ("garak/run-1", Run::RedTeam));
    assert_eq!((run.checks, run.failed, run.unscored), (Some(15), Some(4), Some(2)));
    assert_eq!(run.ran_to_end, Some(false), "a line was damaged: nobody knows what it said");
    assert_eq!(run.collected.unwrap().to_string(), "2026-10-02");
    assert_eq!(system.findings.len(), 1);
    let finding = &system.findings[0];
    assert_eq!(finding.source_id.as_str(), "garak/promptinject.Hijack|promptinject.Rogue|rest Permit");
    assert_eq!((finding.occurrences, finding.severity), (4, Severity::Unrated));
    for part in ["4 of 10", "between 20 % and 60 %", "LLM01:2025"] {
        assert!(finding.description.as_str().contains(part), "{part} is not in {:?}", finding.description);
    }
    assert!(!format!("{draft:?}").contains("owned"), "outputs stay in the file");
}

#[test]
fn a_run_to_its_end_is_one_and_a_run_without_results_is_none() {
    let whole = String::from_utf8(bytes("garak.report.jsonl")).unwrap().replace("not json at all\n", "");
    let ended = |text: &str| {
        let draft = exchange::read(text.as_bytes(), "r.jsonl", &mut |_, _| true).unwrap();
        (draft.systems[0].evidence[0].ran_to_end, Receipt::of(&draft).to_json()["outcome"].clone())
    };
    assert_eq!(ended(&whole), (Some(true), "ok".into()));
    let cut: Vec<&str> = whole.lines().filter(|line| !line.contains("completion")).collect();
    assert_eq!(ended(&cut.join("\n")).0, Some(false));
    let none: Vec<&str> = whole.lines().filter(|line| !line.contains("\"eval\"")).collect();
    assert_eq!(ended(&none.join("\n")), (Some(false), "empty".into()));
    let nothing = whole.replace("\"passed\": 3, \"total\": 3", "\"passed\": 0, \"total_evaluated\": 0, \"nones\": 3");
    assert_eq!(ended(&nothing).0, Some(false), "a detector without a single result is no pass");
}

#[test]
fn a_hit_log_groups_its_hits_and_belongs_to_the_run_of_the_report() {
    let (log, report) = (read("garak.hitlog.jsonl"), read("garak.report.jsonl"));
    let (system, other) = (&log.systems[0], &report.systems[0]);
    assert_eq!(system.evidence[0].source_id, other.evidence[0].source_id);
    assert_eq!((system.evidence[0].ran_to_end, system.evidence[0].checks), (None, None));
    let counts: Vec<(usize, Severity)> = system.findings.iter().map(|f| (f.occurrences, f.severity)).collect();
    assert_eq!(counts, [(1, Severity::Low), (2, Severity::Critical)]);
    assert_eq!(system.findings[1].source_id, other.findings[0].source_id, "the same finding in both");
    assert_eq!(log.lineage, report.lineage);
    let json = Receipt::of(&log).to_json();
    assert_eq!((&json["hits"], &json["findings"], &json["prompt_as_string"]), (&3.into(), &2.into(), &1.into()));
    assert!(!format!("{log:?}").contains("ignore"), "prompts stay in the file");
}

#[test]
fn promptfoo_groups_by_plugin_and_counts_what_could_not_run() {
    let draft = read("promptfoo.json");
    let system = &draft.systems[0];
    let run = &system.evidence[0];
    assert_eq!((run.checks, run.failed, run.unscored, run.ran_to_end), (Some(5), Some(3), Some(1), Some(false)));
    assert_eq!(system.findings.len(), 1, "a failure without a plugin is no finding");
    let finding = &system.findings[0];
    assert_eq!((finding.occurrences, finding.severity), (2, Severity::Critical));
    assert_eq!(finding.severity_word.as_str(), "critical");
    assert!(finding.description.as_str().contains("base64"));
    assert_eq!(told(&draft, NoteKind::Contradiction).len(), 1, "the summary does not agree with the rows");
    assert!(!format!("{draft:?}").contains("do-not-keep"), "the configuration holds keys");
}

#[test]
fn sarif_groups_by_fingerprint_and_keeps_suppressions_as_claims() {
    let draft = read("scan.sarif");
    let system = &draft.systems[0];
    let words: Vec<(&str, usize, &str)> =
        system.findings.iter().map(|f| (f.title.as_str(), f.occurrences, f.status_word.as_str())).collect();
    assert_eq!(
        words,
        [("L1: Tool shell is open", 2, ""), ("L2: Odd name", 1, "suppressed"), ("L3: Not agreed", 1, "")]
    );
    assert_eq!(
        (system.findings[0].severity, system.findings[0].found.unwrap().to_string().as_str()),
        (Severity::High, "2026-08-05")
    );
    assert_eq!(system.findings[1].claim.as_str(), "suppressed in the file: a test file");
    assert_eq!(system.evidence[0].ran_to_end, Some(false));
    assert!(!draft.whole, "a scan that failed does not say what is gone");
    let json = Receipt::of(&draft).to_json();
    let counts = [("results", 5), ("suppressed", 1), ("absent_in_baseline", 1), ("findings", 3), ("failed_runs", 1)];
    for (key, value) in counts {
        assert_eq!(json[key], value, "{key}");
    }
}

#[test]
fn defectdojo_findings_stay_open_whatever_the_list_says() {
    let draft = read("dojo.json");
    let findings = &draft.systems[0].findings;
    assert_eq!(findings.len(), 2);
    assert_eq!(
        (findings[0].source_id.as_str(), findings[0].remediation.as_str()),
        ("defectdojo-generic/P-1", "Mask it")
    );
    assert_eq!(findings[1].claim.as_str(), "the list says: mitigated");
    assert_eq!(told(&draft, NoteKind::Dropped).len(), 1);
    let nothing = exchange::read(b"{\"findings\": [{}]}", "x.json", &mut |_, _| true).unwrap_err().to_string();
    assert!(nothing.contains("none of its findings has a title") && nothing.ends_with("nothing was changed."));
}

#[test]
fn defectdojo_as_a_table_is_findings_like_its_json() {
    let draft = read("dojo.csv");
    assert_eq!((draft.format.word(), draft.schema.as_str()), ("defectdojo-generic", "csv"));
    assert!(draft.results && draft.whole && draft.systems[0].threats.is_empty());
    let findings = &draft.systems[0].findings;
    let told: Vec<_> = findings.iter().map(|f| (f.title.as_str(), f.severity, f.claim.as_str())).collect();
    assert_eq!(
        told,
        [
            ("Prompt is shown", Severity::High, ""),
            ("Prompt is shown", Severity::High, ""),
            ("Old key", Severity::Info, "the list says: false positive")
        ]
    );
    assert_ne!(findings[0].source_id, findings[1].source_id, "one at each address");
    let days: Vec<_> = findings.iter().map(|f| f.found.map(|day| day.to_string())).collect();
    assert_eq!(
        days,
        [Some("2026-07-31".to_owned()), Some("2026-07-31".to_owned()), None],
        "the fourth of which month?"
    );
    for part in ["CWE: 200", "Address: https://permits.example/ask", "Impact: Rules are known"] {
        assert!(findings[0].description.as_str().contains(part), "{part} is not in {:?}", findings[0].description);
    }
    assert!(!findings[2].description.as_str().contains("CWE"), "a weakness of the number 0 is none");
    assert_eq!(told_of(&draft), (4, 1, 1));
    assert_eq!(draft.lineage.as_str(), "findings", "as a list in JSON that does not say who wrote it");
}

/// What the receipt of a list of findings counts: those it lists, those that lack something, those that are not active.
fn told_of(draft: &Draft) -> (u64, u64, u64) {
    let json = Receipt::of(draft).to_json();
    let count = |key: &str| json[key].as_u64().unwrap();
    (count("findings") + count("missing_required"), count("missing_required"), count("inactive"))
}

#[test]
fn what_defectdojo_exports_of_its_own_is_the_same_in_other_columns() {
    let draft = read("dojo-export.csv");
    assert_eq!(draft.format.word(), "defectdojo-generic");
    let [open, old] = &draft.systems[0].findings[..] else { panic!() };
    assert_eq!((open.source_id.as_str(), open.occurrences), ("defectdojo-generic/P-1", 3));
    assert_eq!((open.by.as_str(), open.claim.as_str()), ("Prodder", "the list says: under review"));
    assert!(open.description.as_str().contains("Where: src/ask.py 12"));
    assert_eq!(old.claim.as_str(), "the list says: risk accepted, mitigated");
    let json = Receipt::of(&draft).to_json();
    assert_eq!((&json["mitigated"], &json["inactive"], &json["kind"]), (&1.into(), &1.into(), &"csv".into()));
}

#[test]
fn a_table_is_no_list_of_findings_without_every_telling_column_or_against_a_persons_word() {
    let whole = String::from_utf8(bytes("dojo.csv")).unwrap();
    for column in ["Active", "Verified", "FalsePositive", "Duplicate"] {
        let other = whole.replacen(column, "Remark", 1);
        let draft = exchange::read(other.as_bytes(), "r.csv", &mut |_, _| true).unwrap();
        assert_eq!(draft.format.word(), "csv-register", "{column}");
    }
    let mapping = exchange::preview(whole.as_bytes()).unwrap().mapping;
    let draft = exchange::read_mapped(whole.as_bytes(), "r.csv", &mapping, &mut |_, _| true).unwrap();
    assert_eq!((draft.format.word(), draft.systems[0].threats.len()), ("csv-register", 4));
    assert_eq!(
        exchange::glance(whole.as_bytes(), false),
        Some("DefectDojo"),
        "a list of files says what it is read as"
    );
}

/// A report of any size, made up while it is read.
struct Endless {
    left: u64,
    line: Vec<u8>,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        let rest = &self.line[self.at..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.at = (self.at + count) % self.line.len();
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}

fn endless(left: u64) -> Endless {
    let text = "an attack ".repeat(2000);
    let line = format!("{{\"entry_type\": \"attempt\", \"status\": 1, \"prompt\": {{\"text\": \"{text}\"}}}}\n");
    Endless { left, line: line.into_bytes(), at: 0 }
}

/// The most memory that this process ever had, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}

#[test]
fn a_report_of_300_megabytes_takes_little_memory_and_can_be_stopped() {
    let before = peak();
    let size = 300 << 20;
    let mut seen = Vec::new();
    let draft = exchange::garak::read(&mut endless(size), "big.jsonl", Some(size), &mut |done, all| {
        seen.push((done, all.unwrap_or(0)));
        true
    })
    .unwrap();
    assert!(draft.bytes as u64 >= size && seen.len() > 20 && seen.is_sorted_by_key(|(done, _)| *done));
    let ((done, guessed), (all, _)) = (seen[3], *seen.last().unwrap());
    assert!(done < all && guessed.abs_diff(all) * 10 < all, "{guessed} of {all}");
    if let Some((before, after)) = before.zip(peak()) {
        assert!(after - before < 100 << 10, "{} KiB more", after - before);
    }
    let mut asked = 0;
    let stopped = exchange::garak::read(&mut endless(size), "big.jsonl", Some(size), &mut |_, _| {
        asked += 1;
        asked < 3
    });
    assert_eq!((stopped.unwrap_err(), asked), (Refused::Cancelled, 3));
}
