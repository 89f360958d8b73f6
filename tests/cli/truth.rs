//! Real files of other tools, where they are at hand: `docket import --dry-run --json` against an independent count.

use std::path::{Path, PathBuf};

use docket::domain::Line;
use serde_json::{Map, Value};

use crate::bench::Bench;

const READ: [&str; 3] = ["threat-dragon", "csv-register", "ai-inventory"];

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/interop");
    if folder.join("TRUTH.json").is_file() {
        return Some(folder);
    }
    println!("skipped: there is no folder of real files beside the checkout");
    None
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

#[test]
fn the_receipt_of_every_real_file_is_the_truth() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("TRUTH.json")).unwrap();
    let truths: Map<String, Value> =
        serde_json::from_str::<Value>(&text).unwrap()["files"].as_object().unwrap().clone();
    let bench = Bench::empty();
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (file, truth) in truths.iter().filter(|(_, truth)| READ.iter().any(|format| truth["format"] == *format)) {
        let said = bench.run(&["import", folder.join(file).to_str().unwrap(), "--dry-run", "--json"]);
        compared += 1;
        if truth["outcome"] != "ok" && truth["outcome"] != "empty" {
            said.refused(2, "othing was changed");
            continue;
        }
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{file}");
        let receipt = said.json();
        // Counted as a register, although its columns are those of another file that is counted as findings: what both say.
        let counted_apart = file == "csv-register/dojo-findings.csv";
        for (key, expected) in truth.as_object().unwrap() {
            if counted_apart && !["outcome", "bytes", "anchors"].contains(&key.as_str()) {
                continue;
            }
            if receipt.get(key).map(cleaned) != Some(cleaned(expected)) {
                wrong.push(format!("{file}: {key}: expected {expected}, found {:?}", receipt.get(key)));
            }
        }
    }
    println!("{compared} files compared");
    assert!(compared > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(bench.there().is_empty());
}
