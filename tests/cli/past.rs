//! `docket journal` in words, `changes`, `trace`, and the record as it was.

use serde_json::Value;

use crate::bench::Bench;

fn entries(bench: &Bench, args: &[&str]) -> Vec<Value> {
    let all = [&["journal", "--json"], args].concat();
    bench.on(&all).json()["entries"].as_array().unwrap().clone()
}

#[test]
fn the_journal_is_narrowed_by_every_facet() {
    let bench = Bench::seeded();
    let all = entries(&bench, &["--limit", "1000000"]);
    assert_eq!(all.len(), bench.on(&["journal"]).ok().lines().count(), "every entry, in words or with its proof");
    let one = |key: &str, args: &[&str], word: &str| {
        let found = entries(&bench, &[args, &["--limit", "1000000"]].concat());
        assert!(!found.is_empty() && found.len() < all.len(), "{args:?}");
        assert!(found.iter().all(|entry| entry[key].as_str().is_some_and(|text| text.contains(word))), "{args:?}");
        found.len()
    };
    one("system", &["Voice"], "Voice Front Desk");
    one("hat", &["--hat", "dpo"], "DPO");
    let who = all[0]["who"].as_str().unwrap();
    one("who", &["--person", who], who);
    one("what", &["--act", "sign-offs"], "sign");
    let day = &all[all.len() / 2]["at"].as_str().unwrap()[..10];
    one("at", &["--since", day, "--until", day], day);
    assert!(one("what", &["--words", "LIKELIHOOD"], "ikelihood") > 0);
    let section = entries(&bench, &["--section", "data", "--limit", "1000000"]);
    assert!(!section.is_empty() && section.len() < all.len());
    assert!(bench.on(&["journal", "Voice", "--act", "decisions"]).ok().contains("decided"));
    // Who sits there is not whom one asks about.
    let other = all.iter().filter_map(|entry| entry["who"].as_str()).find(|name| *name != who).unwrap();
    let seated = entries(&bench, &["--as", other, "--limit", "1000000"]);
    assert_eq!(seated.len(), all.len(), "--as narrows nothing");
    one("who", &["--as", other, "--person", who], who);
    assert!(bench.on(&["journal", "--as", other]).ok().starts_with('{'), "--as alone asks for no words");
    assert!(bench.on(&["journal", "--words", "no such words at all"]).ok().contains("No entry"));
    bench.on(&["journal", "--act", "dances"]).refused(2, "There are: decisions");
    bench.on(&["journal", "--since", "soon"]).refused(2, "is no day");
}

#[test]
fn what_changed_is_told_between_any_two_points() {
    let bench = Bench::seeded();
    let voice = entries(&bench, &["Voice", "--limit", "1000000"]);
    let number = |entry: &Value| entry["entry"].as_i64().unwrap().to_string();
    let (last, first) = (number(&voice[0]), number(voice.last().unwrap()));
    let nothing = bench.on(&["changes", "Voice", "--since", &last]).ok();
    assert!(nothing.contains("nothing changed") && nothing.contains("Nothing of this system"), "{nothing}");
    let all = bench.on(&["changes", "Voice", "--since", &first, "--json"]).json();
    let kinds: Vec<_> =
        all["changes"].as_array().unwrap().iter().map(|thing| thing["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"threat") && kinds.contains(&"control"), "{kinds:?}");
    let text = bench.on(&["changes", "Voice", "--since", "2020-01-01", "--until", &last]).ok();
    assert!(text.contains("Threat 1 ") && text.contains(": added"), "{text}");
    bench.on(&["changes", "Voice", "--since", "soon"]).refused(2, "is no entry and no day");
    bench.on(&["changes", "Voice", "--since", &first, "--until", "99999999"]).refused(2, "There is no entry 99999999");
}

#[test]
fn the_record_is_printed_as_it_was_and_as_it_was_decided() {
    let bench = Bench::seeded();
    let decided: Vec<Value> = entries(&bench, &["--act", "decisions", "--words", "decided disposition"]);
    let (name, n) = (decided[0]["system"].as_str().unwrap(), decided[0]["entry"].as_i64().unwrap().to_string());
    let kept = bench.on(&["record", name, "--as-decided", "--json"]).ok();
    assert_eq!(bench.on(&["record", name, "--at-entry", &n, "--json"]).ok(), kept, "to the byte");
    let schema: Value = bench.run(&["schema"]).json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let record: Value = serde_json::from_str(&kept).unwrap();
    assert!(validator.is_valid(&record) && record["verdict"]["decided_at"].is_string());
    // Before the decision there was none.
    let before = (n.parse::<i64>().unwrap() - 1).to_string();
    let earlier = bench.on(&["record", name, "--at-entry", &before, "--json"]).json();
    assert!(validator.is_valid(&earlier) && earlier["verdict"]["decided_at"].is_null());
    let twice = bench.on(&["record", name, "--at-entry", &before, "--json"]).json();
    assert_eq!(earlier, twice);
    bench.on(&["record", name, "--at-entry", "1"]).refused(2, "was not in the record yet");
    let trace = bench.on(&["trace", name]).ok();
    assert!(trace.contains("The decision") && trace.contains("sha256 ") && trace.contains("head "), "{trace}");
    let json = bench.on(&["trace", name, "--json"]).json();
    assert_eq!(json["head"].as_str().unwrap(), bench.head());
    assert!(json["proofs"].as_array().unwrap().iter().any(|proof| proof["hat"] == "dpo" || proof["condition"] == 6));
}
