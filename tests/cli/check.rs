//! `docket check`: what does not fit together in the sample, for people and as JSON, and what the gate says of it.

use serde_json::Value;

use crate::bench::{Bench, Said};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_contradiction_is_a_one_and_a_warning_only_when_it_is_strict() {
    let bench = Bench::seeded();
    for (name, plain, strict) in [("Picture Tagger", 1, 1), ("Voice Front Desk", 0, 1), ("Letter Drafts", 2, 2)] {
        assert_eq!(bench.on(&["check", name]).code, plain, "{name}");
        assert_eq!(bench.on(&["check", name, "--strict", "--json"]).code, strict, "{name}");
    }
    let said = bench.on(&["check", "Picture"]);
    let heads = ["Picture Tagger: 1 contradiction, 1 warning\n", "\nContradictions\n  T-3 ", "\nWarnings\n  E-1 "];
    let at: Vec<_> = heads.iter().map(|head| said.out.find(head)).collect();
    assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{}", said.out);
    assert!(said.out.contains("\n    mitigate-without-plan: "), "{}", said.out);
    assert!(said.err.is_empty() && said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
}

#[test]
fn all_systems_are_one_answer_and_the_numbers_are_those_of_its_rows() {
    let bench = Bench::seeded();
    let said = bench.on(&["check", "--all", "--json"]);
    let all = said.json();
    assert_eq!((said.code, all["exit"].as_i64(), all["kind"].as_str()), (1, Some(1), Some("docket.check")));
    assert_eq!(keys(&all), ["contradictions", "exit", "kind", "on", "systems", "version", "warnings"]);
    let systems = all["systems"].as_array().unwrap();
    assert!(systems.is_sorted_by_key(|system| system["name"].as_str()), "{all}");
    assert_eq!(systems.len() as u64, bench.on(&["list", "--json"]).json()["total"].as_u64().unwrap());
    let mut sums = [0, 0];
    for system in systems {
        assert_eq!(keys(system), ["contradictions", "id", "journal", "name", "remarks", "warnings"]);
        for (sum, severity) in sums.iter_mut().zip(["contradiction", "warning"]) {
            let rows = system["remarks"].as_array().unwrap().iter().filter(|remark| remark["severity"] == severity);
            let rows = rows.count() as u64;
            assert_eq!(system[format!("{severity}s")], rows, "{system}");
            *sum += rows;
        }
        for remark in system["remarks"].as_array().unwrap() {
            assert_eq!(keys(remark), ["mend", "place", "role", "rule", "severity", "text"]);
        }
        let one = bench.on(&["check", system["id"].as_str().unwrap(), "--json"]).json();
        assert_eq!(one["systems"][0], *system);
    }
    assert_eq!([&all["contradictions"], &all["warnings"]], [&Value::from(sums[0]), &Value::from(sums[1])]);
    let text = bench.on(&["check", "--all"]).out;
    let last = format!("{} systems: {} contradictions, {} warnings", systems.len(), sums[0], sums[1]);
    assert_eq!(text.lines().last(), Some(last.as_str()));
}

#[test]
fn wrong_use_is_a_two_and_what_cannot_be_told_a_four() {
    let bench = Bench::seeded();
    for args in [&["check"][..], &["check", "Picture", "--all"], &["check", "Picture", "--nonsense"]] {
        let said = bench.on(args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}: {}", said.err);
    }
    bench.on(&["check", "No such system"]).complains("No such system");
    std::fs::write(bench.record(), "not a database").unwrap();
    bench.on(&["check", "--all"]).refused(4, "record.docket");
    Bench::empty().on(&["check", "--all"]).refused(4, "There is no record at");
}

#[test]
fn an_entry_that_was_altered_behind_its_back_is_a_no() {
    let bench = Bench::seeded();
    let said = bench.on(&["check", "Voice Front Desk"]);
    assert!(said.code == 0 && said.out.contains("entries of it verify"), "{}", said.out);
    let of = "SELECT max(n) FROM touch WHERE system=(SELECT id FROM system WHERE name LIKE 'Voice%')";
    bench.tamper(&format!("DROP TRIGGER event_no_update; UPDATE event SET at=at+1 WHERE n=({of})"));
    let said = bench.on(&["check", "Voice Front Desk"]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(
        said.out.contains("The journal does not verify") && said.out.contains("not what was sealed"),
        "{}",
        said.out
    );
    let json = bench.on(&["check", "Voice Front Desk", "--json"]).json();
    assert_eq!(json["systems"][0]["journal"]["problems"].as_array().unwrap().len(), 1);
    let other = bench.on(&["check", "Picture Tagger", "--json"]).json();
    assert_eq!(other["systems"][0]["journal"]["problems"], serde_json::json!([]), "the others are as they were");
}

#[test]
fn a_hostile_title_reaches_no_terminal() {
    let bench = Bench::seeded();
    bench.tamper("UPDATE threat SET title='\u{1b}[2J\u{202e}wiped' WHERE title LIKE 'A manipulated picture%'");
    let said = bench.on(&["check", "Picture"]);
    assert!(said.out.contains("wiped") && !said.out.contains(['\u{1b}', '\u{202e}']), "{:?}", said.out);
}

#[test]
fn the_gate_notices_what_no_condition_covers_and_only_a_strict_one_says_no() {
    let bench = Bench::seeded();
    let rules = |said: &Said| -> Vec<String> {
        let verdict = said.json();
        let noticed = verdict["noticed"].as_array().unwrap();
        noticed.iter().map(|remark| remark["rule"].as_str().unwrap().to_owned()).collect()
    };
    let said = bench.on(&["gate", "Picture Tagger", "--json"]);
    assert_eq!((said.code, rules(&said)), (0, vec!["mitigate-without-plan".to_owned()]), "warnings are left out");
    let strict = bench.on(&["gate", "Picture Tagger", "--strict", "--json", "--summary", "job.md"]);
    assert_eq!((strict.code, &strict.json()["reasons"][0]["code"]), (1, &"contradiction".into()));
    assert_ne!(strict.json()["result"], "approved");
    let page = std::fs::read_to_string(bench.at("job.md")).unwrap();
    assert!(
        page.contains("\nNoticed, and covered by no condition of the gate:\n\n- `mitigate-without-plan`: "),
        "{page}"
    );
    let advised = bench.on(&["gate", "Picture Tagger", "--strict", "--advisory", "--json"]).json();
    assert_eq!((&advised["exit"], &advised["would_exit"]), (&0.into(), &1.into()));
    let text = bench.on(&["gate", "Picture Tagger"]).ok();
    assert!(
        text.contains("\nnoticed, and covered by no condition of the gate\n  mitigate-without-plan: T-3 "),
        "{text}"
    );
    // What is a gap is said as the gap.
    let covered = bench.on(&["check", "Premium Forecast", "--json"]).json();
    assert_eq!(covered["systems"][0]["remarks"][0]["rule"], "accept-without-acceptance");
    assert!(rules(&bench.on(&["gate", "Premium Forecast", "--json"])).is_empty());
    assert_eq!(bench.on(&["gate", "Voice Front Desk", "--strict"]).code, 0, "a warning is no contradiction");
}
