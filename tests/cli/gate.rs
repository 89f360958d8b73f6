//! `docket gate` for the systems of the sample in every state, and every option.

use serde_json::Value;

use crate::bench::Bench;

/// A system of the sample, what the gate says, and the code of its first reason.
const STATES: [(&str, &str, i32, &str); 8] = [
    ("Picture Tagger", "approved", 0, ""),
    ("Voice Front Desk", "approved-with-conditions", 0, ""),
    ("Applicant Screening", "rejected", 1, "rejected"),
    ("Hello Velmora", "undecided", 1, "condition-overdue"),
    ("Premium Forecast", "undecided", 1, "acceptance-expired"),
    ("Maintenance Agent", "undecided", 3, "trigger-pending"),
    ("Invoice Reader", "undecided", 3, "content-changed"),
    ("Medical Letter Summary", "undecided", 3, "no-decision"),
];

fn first_reason(verdict: &Value) -> &str {
    verdict["reasons"][0]["code"].as_str().unwrap_or_default()
}

#[test]
fn each_state_has_its_exit_code() {
    let bench = Bench::seeded();
    for (name, result, exit, reason) in STATES {
        let said = bench.on(&["gate", name, "--json"]);
        let verdict = said.json();
        assert_eq!((said.code, said.err.as_str(), said.out.lines().count()), (exit, "", 1), "{name}");
        assert_eq!((verdict["result"].as_str(), first_reason(&verdict)), (Some(result), reason), "{name}: {verdict}");
        assert_eq!(verdict["exit"], exit, "{name}");
        let text = bench.on(&["gate", "--system", name]);
        assert_eq!(text.code, exit);
        assert!(text.out.contains(result) && text.out.contains(reason), "{}", text.out);
        assert!(text.out.ends_with(&format!("exit {exit}\n")), "{}", text.out);
    }
}

#[test]
fn every_system_that_is_not_decided_is_a_three_and_is_never_a_zero() {
    let bench = Bench::seeded();
    let list = bench.on(&["list", "--json"]).json();
    for row in list["systems"].as_array().unwrap() {
        let said = bench.on(&["gate", row["id"].as_str().unwrap(), "--json"]);
        let open = row["clearance"] == "current";
        assert_eq!(said.code == 0, open, "{row}");
        assert_eq!(said.json()["reasons"].as_array().unwrap().is_empty(), open, "{row}");
        assert!(row["gaps"] == 0 || said.code != 0, "{row}");
        assert!(said.json()["record_id"].is_string() || said.code == 3, "{row}: {}", said.code);
    }
}

#[test]
fn the_answer_has_the_same_keys_always() {
    let bench = Bench::seeded();
    let keys = |args: &[&str]| bench.on(args).json().as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let all = [
        "at",
        "clearance",
        "exit",
        "kind",
        "name",
        "noticed",
        "reasons",
        "record_id",
        "release",
        "result",
        "system",
        "valid_until",
    ];
    for (name, ..) in STATES {
        assert_eq!(keys(&["gate", name, "--json"]), all, "{name}");
    }
    let advised = keys(&["gate", "Picture", "--json", "--advisory"]);
    assert_eq!(advised.iter().filter(|key| !all.contains(&key.as_str())).collect::<Vec<_>>(), ["would_exit"]);
}

#[test]
fn another_release_or_digest_or_day_is_no_decision() {
    let bench = Bench::seeded();
    let asked = |args: &[&str]| {
        let said = bench.on(&[&["gate", "Picture Tagger", "--json"], args].concat());
        (said.code, first_reason(&said.json()).to_owned())
    };
    assert_eq!(asked(&[]), (0, String::new()));
    assert_eq!(asked(&["--release", "9.9"]), (3, "other-release".into()));
    assert_eq!(asked(&["--digest", &format!("sha256:{}", "0".repeat(64))]), (3, "other-digest".into()));
    assert_eq!(asked(&["--digest", ""]), (3, "other-digest".into()));
    assert_eq!(asked(&["--at", "2026-11-21"]), (0, String::new()));
    assert_eq!(asked(&["--at", "2020-01-01"]), (3, "no-decision".into()));
    let (code, reason) = asked(&["--at", "2040-01-01T00:00:00Z"]);
    assert!(code != 0 && !reason.is_empty(), "{code} {reason}");
    // The refused one stays refused, and 3 outweighs 1.
    let said = bench.on(&["gate", "Applicant", "--release", "9.9", "--json"]);
    assert_eq!((said.code, first_reason(&said.json())), (3, "other-release"));
}

#[test]
fn advice_exits_with_zero_and_says_what_it_would_be() {
    let bench = Bench::seeded();
    for (name, _, exit, _) in STATES {
        let said = bench.on(&["gate", name, "--advisory", "--json"]);
        assert_eq!(
            (said.code, &said.json()["exit"], &said.json()["would_exit"]),
            (0, &0.into(), &exit.into()),
            "{name}"
        );
        let text = bench.on(&["gate", name, "--advisory"]).ok();
        assert!(text.contains(&format!("would be {exit}")), "{text}");
    }
}

#[test]
fn a_summary_is_written_as_markdown_whatever_the_answer_is() {
    let bench = Bench::seeded();
    for (name, result, exit, reason) in STATES {
        let said = bench.on(&["gate", name, "--json", "--summary", "job.md"]);
        assert_eq!((said.code, said.out.lines().count()), (exit, 1));
        let page = std::fs::read_to_string(bench.at("job.md")).unwrap();
        assert!(page.starts_with("## ") && page.contains(name) && page.contains(result), "{page}");
        assert!(reason.is_empty() || page.contains(&format!("\n- `{reason}`: ")), "{page}");
    }
    let said = bench.on(&["gate", "Picture", "--summary", "no/such/folder.md"]);
    said.refused(2, "could not be written");
    let before = bench.digest();
    bench.on(&["gate", "Picture", "--summary", "record.docket"]).refused(2, "is the record itself");
    assert_eq!(bench.digest(), before);
}

#[test]
fn wrong_use_is_a_two() {
    let bench = Bench::seeded();
    for args in [&["gate"][..], &["gate", "Picture", "--nonsense"], &["gate", "Picture", "--system", "Voice"]] {
        let said = bench.on(args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}: {}", said.err);
        assert!(said.err.starts_with("error: "), "{}", said.err);
    }
    bench.on(&["gate", "Picture", "--at", "tomorrow"]).refused(2, "\"tomorrow\" is no day");
    bench.on(&["gate", "Picture", "--at", "2026-02-30"]).refused(2, "is no day");
}

#[test]
fn what_cannot_be_told_is_a_four_and_never_a_zero() {
    let broken = |sql: &str, says: &str| {
        let bench = Bench::seeded();
        bench.tamper(sql);
        for advisory in [&["gate", "Picture Tagger", "--json"][..], &["gate", "Picture Tagger", "--advisory"]] {
            bench.on(advisory).refused(4, says);
        }
    };
    broken(
        "DROP TRIGGER event_no_update; UPDATE event SET body=replace(body, 'a', 'b') WHERE n=800",
        "does not verify",
    );
    broken("DROP TRIGGER event_no_update; UPDATE event SET at=at+1 WHERE n=3", "does not verify");
    broken("UPDATE threat SET title='harmless' WHERE rid=1", "does not verify");
    broken("UPDATE disposition SET decision='proceed'", "does not verify");
    let bench = Bench::seeded();
    for bytes in [
        "",
        "not a database at all, and longer than a header of one hundred bytes ...............................................",
        "x",
    ] {
        std::fs::write(bench.record(), bytes).unwrap();
        bench.on(&["gate", "Picture Tagger"]).refused(4, "record.docket");
    }
    let none = Bench::empty();
    none.on(&["gate", "Picture Tagger"]).refused(4, "There is no record at");
    assert!(none.there().is_empty());
}
