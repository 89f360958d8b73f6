//! Reads real files of other tools, where they are at hand, and compares every receipt with an independent count.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[allow(dead_code, reason = "another test uses the rest of it")]
#[path = "cli/bench.rs"]
mod bench;
#[path = "import_interop/line.rs"]
mod line;

use std::path::PathBuf;

use docket::domain::Line;
use docket::exchange::{self, Draft, Receipt, Refused};
use serde_json::{Map, Value};

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// Its receipt equals the independent count, key by key.
    Equal,
    /// A CSV of another tool, read as a register: its columns, rows and titles equal the count.
    Register,
    /// A list of findings as a table: what was counted of findings or of rows equals the count. The same columns were
    /// counted as a register once, and as findings once.
    Findings,
    /// It is refused in one sentence: no format that is read, or one that says nothing.
    Refused,
}
use Becomes::{Equal, Findings, Refused as No, Register};

/// Every file of the folder, by name: a new one has to be entered here.
const FILES: [(&str, Becomes); 91] = [
    ("threat-dragon/v1-demo.json", Equal),
    ("threat-dragon/v1-enter-the-dragon-3.json", Equal),
    ("threat-dragon/v2-demo.json", Equal),
    ("threat-dragon/v2-iot-device.json", Equal),
    ("threat-dragon/v2-malformed.json", No),
    ("threat-dragon/v2-new-model-empty.json", Equal),
    ("threat-dragon/v2-td-test-model.json", Equal),
    ("otm/EXAMPLE.json", Equal),
    ("otm/EXAMPLE.yaml", Equal),
    ("otm/manual_threat_model.yaml", Equal),
    ("otm/minimal_content.yaml", Equal),
    ("otm/mtmt_example.yaml", Equal),
    ("otm/otm_file_example.otm", Equal),
    ("otm/otm_without_version.otm", Equal),
    ("threagile/dojo-bad-format.json", No),
    ("threagile/dojo-empty.json", Equal),
    ("threagile/dojo-risks.json", Equal),
    ("threagile/example-threagile.yaml", Equal),
    ("threagile/monitoring-risks.json", Equal),
    ("threagile/stub-threagile.yaml", Equal),
    ("tm7/MTMT_example.tm7", Equal),
    ("tm7/SDL_all_components.tm7", Equal),
    ("tm7/mstam2016.tm7", Equal),
    ("tm7/unmapped-trustzone.tm7", Equal),
    ("threat-composer/dojo-broken-assumptions.json", Equal),
    ("threat-composer/dojo-many-threats.json", Equal),
    ("threat-composer/dojo-no-threats-error.json", Equal),
    ("threat-composer/dojo-zero-threats.json", Equal),
    ("threat-composer/genai-workshop-ex3.tc.json", Equal),
    ("threat-composer/reinforce2024-ex3.3.tc.json", Equal),
    ("tm-library/cryptocurrency-wallet.json", Equal),
    ("tm-library/husky-ai.json", Equal),
    ("tm-library/td-tmbom-test-model.json", Equal),
    ("cyclonedx/attestation-1.7.json", Equal),
    ("cyclonedx/ml-1.7.json", Equal),
    ("cyclonedx/ml-considerations-1.7.json", Equal),
    ("cyclonedx/preview-2.0-risk-ai-bias.json", Equal),
    ("cyclonedx/preview-2.0-threatmodel-simple.json", Equal),
    ("cyclonedx/saasbom-1.7.json", Equal),
    ("cyclonedx/tmbom-otm-example.cdx.json", Equal),
    ("cyclonedx/vex-cisa-case-2.json", Equal),
    ("cyclonedx/vulnerability-1.7.json", Equal),
    ("garak/agg.report.jsonl", Equal),
    ("garak/dojo-many-hits.hitlog.jsonl", Equal),
    ("garak/dojo-no-hits.jsonl", Equal),
    ("garak/test.report.jsonl", Equal),
    ("garak/test_with_ci.report.jsonl", Equal),
    ("promptfoo/dojo-many-findings.json", Equal),
    ("promptfoo/nicheiq-results.json", Equal),
    ("sarif/Suppressions.sarif", Equal),
    ("sarif/Taxonomies.sarif", Equal),
    ("sarif/appendix_k.sarif", Equal),
    ("sarif/bash-report.sarif", Equal),
    ("sarif/no_runs.sarif", Equal),
    ("sarif/suppression_test.sarif", Equal),
    ("defectdojo-generic/generic_custom_test_with_meta.json", Equal),
    ("defectdojo-generic/generic_empty.json", No),
    ("defectdojo-generic/generic_invalid.json", Equal),
    ("defectdojo-generic/generic_report1.csv", Findings),
    ("defectdojo-generic/generic_report1.json", Equal),
    ("defectdojo-generic/generic_report3.json", Equal),
    ("oscal/fedramp-rev5-poam.json", No),
    ("oscal/ifa-ar.json", No),
    ("oscal/ifa-poam.json", No),
    ("oscal/ifa-ssp.json", No),
    ("model-card/modelcard_template.md", Equal),
    ("model-card/promptscan.md", Equal),
    ("model-card/sample_invalid_card_data.md", Equal),
    ("model-card/sample_no_metadata.md", Equal),
    ("model-card/sample_simple.md", Equal),
    ("model-card/sample_simple_model_index.md", Equal),
    ("model-card/sample_windows_line_breaks.md", Equal),
    ("csv-register/ciso-ra-semicolon.csv", Equal),
    ("csv-register/ciso-vulnerabilities.csv", Equal),
    ("csv-register/dojo-findings.csv", Findings),
    ("csv-register/s3-controls-mapping.csv", Equal),
    ("ai-inventory/dos-2025-raw.csv", Equal),
    ("ai-inventory/dot-2025-raw.csv", Equal),
    ("ai-inventory/us-2023-consolidated.csv", Equal),
    ("ai-inventory/us-2024-data-dictionary.yaml", No),
    ("ai-inventory/us-2025-cots.csv", Equal),
    ("ai-inventory/us-2025-data-dictionary.json", No),
    ("ciso-assistant/RA_sample.csv", Register),
    ("ciso-assistant/applied_controls_sample.csv", Register),
    ("ciso-assistant/lib-google-saif.yaml", Equal),
    ("ciso-assistant/lib-owasp-llm-checklist.yaml", Equal),
    ("ciso-assistant/sample_assets.csv", Register),
    ("ciso-assistant/sample_vulnerabilities.csv", Register),
    ("cnil-pia/pia-example.json", Equal),
    ("pytm/input.json", No),
    ("pytm/output.json", No),
];

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/interop");
    if folder.join("TRUTH.json").is_file() {
        return Some(folder);
    }
    println!("skipped: there is no folder of real files beside the checkout");
    None
}

fn truths(folder: &std::path::Path) -> Map<String, Value> {
    let text = std::fs::read_to_string(folder.join("TRUTH.json")).unwrap();
    let mut all: Value = serde_json::from_str(&text).unwrap();
    match all["files"].take() {
        Value::Object(files) => files,
        other => panic!("the truth holds no files but {other}"),
    }
}

fn read(folder: &std::path::Path, file: &str) -> Result<Draft, Refused> {
    let bytes = std::fs::read(folder.join(file)).unwrap();
    exchange::read(&bytes, file, &mut |_, _| true)
}

/// The truth keeps raw text; what leaves an importer is cleaned, so that both are compared cleaned.
fn cleaned(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(Line::new(text).to_string()),
        Value::Array(items) => items.iter().map(cleaned).collect(),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (Line::new(key).to_string(), cleaned(value))).collect())
        }
        other => other.clone(),
    }
}

/// What differs between a receipt and the truth, key by key, in both directions.
fn differences(receipt: &Value, truth: &Value) -> Vec<String> {
    let (receipt, truth) = (receipt.as_object().unwrap(), truth.as_object().unwrap());
    let mut out = Vec::new();
    for (key, expected) in truth {
        let found = receipt.get(key).map(cleaned);
        if found.as_ref() != Some(&cleaned(expected)) {
            out.push(format!("{key}: expected {expected}, found {found:?}"));
        }
    }
    let own = ["dropped", "warnings"];
    out.extend(
        receipt
            .keys()
            .filter(|key| !own.contains(&key.as_str()) && !truth.contains_key(*key))
            .map(|key| format!("{key}: not in the truth")),
    );
    out
}

#[test]
fn every_file_is_in_the_table() {
    let Some(folder) = folder() else { return };
    let truths = truths(&folder);
    let named: Vec<&str> = truths.keys().map(String::as_str).collect();
    let mut table: Vec<&str> = FILES.iter().map(|(file, _)| *file).collect();
    table.sort_unstable();
    assert_eq!(table, named);
}

#[test]
fn receipts_agree_with_an_independent_count() {
    let Some(folder) = folder() else { return };
    let truths = truths(&folder);
    let mut wrong = Vec::new();
    for (file, becomes) in FILES {
        let truth = &truths[file];
        match (becomes, read(&folder, file)) {
            (Equal, Ok(draft)) => {
                let receipt = Receipt::of(&draft);
                assert!(receipt.lines().len() <= 20, "{file}: {:#?}", receipt.lines());
                wrong.extend(differences(&receipt.to_json(), truth).into_iter().map(|what| format!("{file}: {what}")));
            }
            (Findings, Ok(draft)) => wrong.extend(findings(file, &Receipt::of(&draft).to_json(), truth)),
            (Register, Ok(draft)) => wrong.extend(register(file, &Receipt::of(&draft).to_json(), truth)),
            (No, Err(refused)) => {
                let told = refused.to_string();
                let whole = told.ends_with("nothing was changed.") && !told.contains(". ");
                wrong.extend((!whole).then(|| format!("{file}: {told}")));
            }
            (becomes, Err(refused)) => wrong.push(format!("{file}: {becomes:?}, but {refused}")),
            (No, Ok(draft)) => wrong.push(format!("{file}: was read as {:?}", draft.format)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What differs between the receipt of a CSV and the count of its rows.
fn register(file: &str, receipt: &Value, truth: &Value) -> Vec<String> {
    let keys = ["bytes", "delimiter", "encoding", "bom", "columns", "header", "rows", "anchors"];
    let known = keys.iter().filter(|key| truth.get(**key).is_some());
    let mut out: Vec<String> = known
        .filter(|key| cleaned(&truth[**key]) != receipt[**key])
        .map(|key| format!("{file}: {key}: expected {}, found {}", truth[*key], receipt[*key]))
        .collect();
    let findings = truth.get("findings").map(|findings| (findings, &truth["finding_severity"]));
    if findings.is_some_and(|counted| counted != (&receipt["rows"], &receipt["severity"])) {
        out.push(format!("{file}: {} rows, {}", receipt["rows"], receipt["severity"]));
    }
    out
}

/// What differs between the receipt of findings in a table and the count of them, or of the rows that they are in.
fn findings(file: &str, receipt: &Value, truth: &Value) -> Vec<String> {
    let either = |key: &str, other: &str| truth.get(key).or_else(|| truth.get(other)).map(cleaned);
    let same = [
        ("format", Some(Value::from("defectdojo-generic"))),
        ("kind", Some(Value::from("csv"))),
        ("bytes", either("bytes", "")),
        ("outcome", either("outcome", "")),
        ("anchors", either("anchors", "")),
        ("findings", either("findings", "rows")),
        ("finding_severity", either("finding_severity", "severity")),
        ("inactive", either("inactive", "rows")),
    ];
    let wrong = same.iter().filter(|(key, expected)| Some(&receipt[*key]) != expected.as_ref());
    wrong.map(|(key, expected)| format!("{file}: {key}: expected {expected:?}, found {}", receipt[*key])).collect()
}

#[test]
fn reading_twice_gives_the_same_ids_and_each_once() {
    let Some(folder) = folder() else { return };
    for (file, _) in FILES.iter().filter(|(_, becomes)| *becomes != No) {
        let (Ok(one), Ok(two)) = (read(&folder, file), read(&folder, file)) else { continue };
        let ids = |draft: &Draft| -> Vec<String> {
            let threats = draft.systems.iter().flat_map(|s| &s.threats).map(|t| t.source_id.to_string());
            draft.systems.iter().map(|s| format!("system {}", s.source_id)).chain(threats).collect()
        };
        assert_eq!(ids(&one), ids(&two), "{file}");
        let different: std::collections::HashSet<String> = ids(&one).into_iter().collect();
        assert_eq!(different.len(), ids(&one).len(), "{file}");
    }
}
