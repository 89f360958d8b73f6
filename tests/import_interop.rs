//! Reads real files of other tools, where they are at hand, and compares every receipt with an independent count.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::path::PathBuf;

use docket::domain::Line;
use docket::exchange::{self, Draft, Receipt, Refused};
use serde_json::{Map, Value};

/// Formats whose every counted file must agree key by key.
const READ: [&str; 8] = [
    "threat-dragon",
    "csv-register",
    "ai-inventory",
    "threat-composer",
    "garak",
    "promptfoo",
    "sarif",
    "defectdojo-generic",
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
fn receipts_agree_with_an_independent_count() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (file, truth) in &truths(&folder) {
        let format = truth["format"].as_str().unwrap();
        if !READ.contains(&format) || (format == "defectdojo-generic" && truth["kind"] == "csv") {
            continue;
        }
        let outcome = truth["outcome"].as_str().unwrap();
        match read(&folder, file) {
            Err(refused) if outcome == "ok" || outcome == "empty" => wrong.push(format!("{file}: {refused}")),
            Err(refused) => assert!(refused.to_string().contains("nothing was changed"), "{refused}"),
            Ok(_) if outcome != "ok" && outcome != "empty" => wrong.push(format!("{file}: read, but {outcome}")),
            Ok(draft) => {
                let receipt = Receipt::of(&draft);
                assert!(receipt.lines().len() <= 20, "{file}: {:#?}", receipt.lines());
                wrong.extend(differences(&receipt.to_json(), truth).into_iter().map(|what| format!("{file}: {what}")));
            }
        }
        compared += 1;
    }
    println!("{compared} files compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn registers_of_other_tools_are_read_as_registers() {
    let Some(folder) = folder() else { return };
    for (file, truth) in &truths(&folder) {
        let csv = ["ciso-assistant", "defectdojo-generic"].iter().any(|tool| truth["format"] == **tool);
        if !csv || truth["kind"] != "csv" {
            continue;
        }
        let receipt = Receipt::of(&read(&folder, file).unwrap_or_else(|e| panic!("{file}: {e}"))).to_json();
        for key in ["bytes", "delimiter", "encoding", "bom", "columns", "header", "rows", "anchors"] {
            if let Some(expected) = truth.get(key) {
                assert_eq!(cleaned(expected), receipt[key], "{file}: {key}");
            }
        }
        if let Some(findings) = truth.get("findings") {
            assert_eq!((findings, &truth["finding_severity"]), (&receipt["rows"], &receipt["severity"]), "{file}");
        }
    }
}

#[test]
fn other_formats_are_refused_in_one_sentence() {
    let Some(folder) = folder() else { return };
    for (file, truth) in &truths(&folder) {
        let format = truth["format"].as_str().unwrap();
        if READ.contains(&format) || truth["kind"] == "csv" {
            continue;
        }
        let refused = read(&folder, file).err().unwrap_or_else(|| panic!("{file} was read"));
        let told = refused.to_string();
        println!("{file}: {}", told.split(';').next().unwrap_or_default());
        assert!(told.ends_with("nothing was changed.") && !told.contains(". "), "{file}: {told}");
    }
}

#[test]
fn reading_twice_gives_the_same_ids_and_each_once() {
    let Some(folder) = folder() else { return };
    for (file, truth) in &truths(&folder) {
        if !READ.iter().any(|format| truth["format"] == **format) {
            continue;
        }
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
