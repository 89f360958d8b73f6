//! Files of a size that no memory should hold are read in passes: the same comes of them as of a small one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use docket::exchange::{self, Draft, Refused, large};
use serde_json::{Value, json};

/// Reads a file as if it were a large one; none where its format is not read in passes.
fn in_passes(bytes: &[u8], name: &str) -> Result<Option<Draft>, Refused> {
    large::read(&mut Cursor::new(bytes), &bytes[..bytes.len().min(exchange::garak::HEAD)], name)
}

fn at_once(bytes: &[u8], name: &str) -> Result<Draft, Refused> {
    exchange::read(bytes, name, &mut |_, _| true)
}

/// Our own small files, and real ones where they are at hand.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/fixtures/import")];
    match std::fs::read_dir(root.join("../shared/interop")) {
        Ok(found) => folders.extend(found.flatten().map(|entry| entry.path()).filter(|path| path.is_dir())),
        Err(_) => println!("without real files: there is no folder of them beside the checkout"),
    }
    let within = |folder: &PathBuf| std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    folders.iter().flat_map(within).filter(|path| path.is_file()).collect()
}

#[test]
fn what_is_read_in_passes_is_what_is_read_at_once() {
    let mut formats = std::collections::BTreeMap::new();
    for path in files() {
        let (bytes, name) = (std::fs::read(&path).unwrap(), path.file_name().unwrap().to_str().unwrap());
        let Ok(whole) = at_once(&bytes, name) else { continue };
        // Lines of JSON are read one by one whatever their number.
        if whole.format.word() == "garak" {
            continue;
        }
        let Some(passes) = in_passes(&bytes, name).unwrap() else { continue };
        *formats.entry(whole.format.word()).or_insert(0) += 1;
        assert_eq!(format!("{passes:#?}"), format!("{whole:#?}"), "{}", path.display());
    }
    let known: Vec<&str> = formats.keys().copied().collect();
    assert_eq!(known, ["cyclonedx", "defectdojo-generic", "promptfoo", "sarif", "tm7"]);
}

/// A report as some tools write it: the results before the tool that has their rules, the version at the end.
fn odd(padding: usize) -> String {
    let results = json!([
        {"ruleId": "A1", "message": {"id": "said", "arguments": ["here"]}, "codeFlows": ["x".repeat(padding)]},
        {"ruleId": "A1", "message": {"id": "said", "arguments": ["here"]}, "level": "note"},
        {"ruleIndex": 1, "message": {"text": "Two"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.rs"}}}]},
    ]);
    let rules = json!([{"id": "A1", "messageStrings": {"said": {"text": "It says {0}"}}}, {"id": "B2"}]);
    format!(
        r#"{{"runs":[{{"results":{results},"invocations":[{{"executionSuccessful":true}}],"tool":{{"driver":{{"name":"Prober","rules":{rules}}}}}}}],"version":"2.1.0"}}"#
    )
}

#[test]
fn the_order_of_the_keys_does_not_matter_even_behind_what_is_long() {
    for padding in [10, 400_000] {
        let text = odd(padding);
        let draft = in_passes(text.as_bytes(), "odd.sarif").unwrap().unwrap();
        let findings = &draft.systems[0].findings;
        let titles: Vec<&str> = findings.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(titles, ["A1: It says here", "B2: Two"], "{padding}");
        assert_eq!(findings[0].occurrences, 2);
        assert_eq!(format!("{draft:?}"), format!("{:?}", at_once(text.as_bytes(), "odd.sarif").unwrap()));
    }
}

#[test]
fn what_cannot_be_read_in_passes_is_left_to_others() {
    let dragon = r#"{"version":"2.0","summary":{"title":"x"},"detail":{"diagrams":[]}}"#;
    assert!(in_passes(dragon.as_bytes(), "x.json").unwrap().is_none());
    assert!(in_passes(b"Risk ID,Risk Title\n1,A\n", "x.csv").unwrap().is_none());
    // Its beginning looks like a list of findings, and its end like another tool's.
    let pytm = format!(r#"{{"findings":[{{"a":"{}"}}],"elements":[],"actors":[]}}"#, "x".repeat(300_000));
    assert!(in_passes(pytm.as_bytes(), "x.json").unwrap().is_none());
}

#[test]
fn a_damaged_end_of_a_large_file_is_found_and_nothing_is_kept() {
    let text = odd(400_000);
    let cut = in_passes(&text.as_bytes()[..text.len() - 1], "x.sarif").unwrap_err();
    assert!(matches!(cut, Refused::Malformed { line: 1, .. }), "{cut}");
    let twice = in_passes(format!("{text}\n{text}").as_bytes(), "x.sarif").unwrap_err();
    assert!(matches!(twice, Refused::Unknown { .. }), "{twice}");
    let model = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/model.tm7"));
    let model = model.unwrap();
    let half = in_passes(&model.as_bytes()[..model.len() / 2], "x.tm7").unwrap_err();
    assert_eq!(half, at_once(&model.as_bytes()[..model.len() / 2], "x.tm7").unwrap_err());
    assert!(matches!(half, Refused::Malformed { line, .. } if line > 3), "{half}");
}

#[test]
fn kinds_of_findings_without_an_end_are_counted_and_not_kept() {
    let results: Vec<Value> = (0..10_050)
        .map(|n| json!({"ruleId": "R", "message": {"text": format!("number {n}")}}))
        .chain([json!({"ruleId": "R", "message": {"text": "number 7"}})])
        .collect();
    let text =
        json!({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "P"}}, "results": results}]}).to_string();
    let draft = at_once(text.as_bytes(), "x.sarif").unwrap();
    let system = &draft.systems[0];
    assert_eq!((system.findings.len(), system.findings[7].occurrences), (10_000, 2));
    assert_eq!((system.evidence[0].checks, system.evidence[0].failed), (Some(10_051), Some(10_051)));
    assert!(!draft.whole, "what was not kept is not gone");
    let notes: Vec<String> = draft.notes.all().iter().map(|note| note.text.to_string()).collect();
    assert!(notes.contains(&"50 results of kinds beyond the first 10000".to_owned()), "{notes:?}");
}

#[test]
fn what_is_too_large_to_be_held_is_refused_with_the_reason() {
    let size = (exchange::JSON_MAX + 1) as u64;
    let says = large::refused(b"{\"summary\":{\"title\":\"x\"", size).unwrap().to_string();
    assert!(says.contains("64 MiB") && says.contains("JSON") && says.contains("in memory at once"), "{says}");
    assert!(says.ends_with("nothing was changed."), "{says}");
    assert!(large::refused(b"{\"summary\":{\"title\":\"x\"", size - 1).is_none());
    assert!(large::refused(b"Risk ID,Risk Title\n", size).is_none(), "a table may be larger");
    let log = format!("{{\"spdxVersion\":\"3\"}}\n{}", "{}\n".repeat(10));
    assert!(large::refused(log.as_bytes(), size).unwrap().to_string().contains("an SPDX document"));
}
