//! `docket import`: the receipt, then all or nothing.

use std::fmt::Write as _;

use crate::bench::{Bench, fixture};

const OURS: [&str; 21] = [
    "otm.yaml",
    "bare.otm",
    "tm-library.json",
    "threagile.yaml",
    "threagile-risks.json",
    "cyclonedx.json",
    "model.tm7",
    "card.md",
    "card-crlf.md",
    "pia.json",
    "composer.tc.json",
    "dragon-v1.json",
    "dragon-v2-empty.json",
    "dragon-v2.json",
    "hostile-inventory.csv",
    "hostile.csv",
    "hostile.json",
    "inventory-banner.csv",
    "register-no-header.csv",
    "register-semicolon.csv",
    "register-systems.csv",
];

#[test]
fn the_receipt_says_what_is_in_the_file() {
    let bench = Bench::empty();
    let says = bench.run(&["import", &fixture("dragon-v1.json"), "--dry-run"]).ok();
    for line in [
        "dragon-v1.json (threat-dragon, v1): Ticket triage assistant",
        "1 system, 1 diagram",
        "3 threats",
        "read as: 1 mitigated, 1 not-applicable, 1 open",
        "\"mitigated\" is a claim of the file until there is evidence",
    ] {
        assert!(says.lines().any(|said| said == line), "{line} is not in: {says}");
    }
    let json = bench.run(&["import", &fixture("dragon-v1.json"), "--dry-run", "--json"]).json();
    for (key, value) in [("format", "threat-dragon"), ("schema", "v1"), ("title", "Ticket triage assistant")] {
        assert_eq!(json[key], value, "{json}");
    }
    assert_eq!((&json["systems"], &json["threats"], &json["data_flows"]), (&1.into(), &3.into(), &2.into()));
    assert!(json["dropped"].is_array() && json["warnings"].is_array(), "{json}");
}

#[test]
fn a_dry_run_leaves_no_trace() {
    let (empty, seeded) = (Bench::empty(), Bench::seeded());
    let before = seeded.digest();
    for name in OURS {
        empty.run(&["import", &fixture(name), "--dry-run"]).ok();
        seeded.on(&["import", &fixture(name), "--dry-run", "--json"]).ok();
    }
    assert!(empty.there().is_empty());
    assert_eq!((seeded.digest(), seeded.there()), (before, vec!["record.docket".to_owned()]));
}

#[test]
fn nothing_is_taken_in_before_somebody_said_yes() {
    let bench = Bench::seeded();
    let head = bench.head();
    for json in [&[][..], &["--json"]] {
        let said = bench.on(&[&["import", &fixture("dragon-v1.json")], json].concat());
        assert_eq!(said.code, 2);
        said.complains("Nothing was taken in.");
        assert!(said.out.contains("threat-dragon"), "the receipt comes first: {}", said.out);
    }
    assert_eq!(bench.head(), head);
    let says = bench.on(&["import", &fixture("dragon-v1.json"), "--yes"]).ok();
    assert!(says.ends_with("Taken in. Nothing in it counts as verified.\n"), "{says}");
    assert_ne!(bench.head(), head);
    assert_eq!(bench.on(&["show", "Ticket triage", "--json"]).json()["counts"]["threats"], 3);
}

#[test]
fn the_same_file_again_changes_nothing() {
    let bench = Bench::seeded();
    for name in OURS {
        bench.on(&["import", &fixture(name), "--yes"]).ok();
        let (head, list) = (bench.head(), bench.on(&["list"]).ok());
        let says = bench.on(&["import", &fixture(name), "--yes"]).ok();
        assert!(says.ends_with("This file was imported already; nothing has changed.\n"), "{name}: {says}");
        assert_eq!((bench.head(), bench.on(&["list"]).ok()), (head, list), "{name}");
    }
    bench.on(&["verify"]).ok();
}

#[test]
fn a_file_that_cannot_be_read_is_refused_in_one_sentence() {
    let bench = Bench::seeded();
    let before = bench.digest();
    let files: [(&str, &[u8]); 7] = [
        ("empty.json", b""),
        ("cut.json", b"{\"version\": \"2.3.0\", \"summary\": {\"title\""),
        ("other.json", b"{\"hello\": [1, 2, 3]}"),
        ("deep.json", &[b'['; 5000]),
        ("image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("zeros.csv", &[0; 4096]),
        ("words.txt", b"Nothing in here is a table"),
    ];
    for (name, bytes) in files {
        std::fs::write(bench.at(name), bytes).unwrap();
    }
    let names = files.map(|(name, _)| name);
    for name in names.into_iter().chain(["missing.csv", "."]) {
        for args in [&["import", name, "--yes"][..], &["import", name, "--dry-run", "--json"]] {
            let said = bench.on(args);
            said.refused(2, "");
            assert_eq!(said.err.lines().count(), 1, "{}", said.err);
            assert!(said.err.to_lowercase().contains("nothing was changed"), "{}", said.err);
        }
    }
    assert_eq!(bench.digest(), before);
}

fn inventory(rows: usize) -> String {
    let mut csv = "Use Case ID,Use Case Name,Stage of Development,Purpose and Benefits,Vendor\n".to_owned();
    for n in 0..rows {
        writeln!(csv, "U-{n},Use case {n},Pilot,Answers question {n},Vendor {n}").unwrap();
    }
    csv
}

#[test]
fn several_hundred_systems_come_in_and_nothing_is_said_of_the_progress_in_a_pipe() {
    let bench = Bench::seeded();
    std::fs::write(bench.at("inventory.csv"), inventory(450)).unwrap();
    let before = bench.on(&["list", "--json"]).json()["total"].as_u64().unwrap();
    let says = bench.on(&["import", "inventory.csv", "--yes"]).ok();
    assert!(says.contains("450 systems") && !says.contains('\r'), "{says}");
    assert_eq!(bench.on(&["list", "--json"]).json()["total"], before + 450);
    let head = bench.head();
    bench.on(&["import", "inventory.csv", "--yes"]).ok();
    assert_eq!(bench.head(), head);
}

#[test]
fn on_a_terminal_the_progress_is_shown() {
    let bench = Bench::seeded();
    std::fs::write(bench.at("inventory.csv"), inventory(2_500)).unwrap();
    let pair = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default()).unwrap();
    let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_docket"));
    command.env_clear();
    command.env("HOME", bench.at(""));
    command.env("DOCKET_NOW", crate::bench::NOW);
    command.cwd(bench.at(""));
    command.args(["--record", "record.docket", "import", "inventory.csv", "--yes"]);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut seen = Vec::new();
    // The end of a pseudo-terminal is an error on some systems.
    let _ = std::io::Read::read_to_end(&mut reader, &mut seen);
    assert!(child.wait().unwrap().success());
    let seen = String::from_utf8_lossy(&seen);
    assert!(seen.contains(" systems are taken in; Ctrl-C stops it"), "{seen}");
}

#[test]
fn what_a_file_calls_mitigated_is_never_verified() {
    let bench = Bench::seeded();
    let ids = |bench: &Bench| -> Vec<String> {
        let list = bench.on(&["list", "--json"]).json();
        list["systems"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let known = ids(&bench);
    for name in ["dragon-v1.json", "dragon-v2.json", "register-systems.csv", "register-no-header.csv"] {
        bench.on(&["import", &fixture(name), "--yes"]).ok();
    }
    let mut claimed = 0;
    let imported: Vec<_> = ids(&bench).into_iter().filter(|id| !known.contains(id)).collect();
    for id in &imported {
        let record = bench.on(&["record", id, "--json"]).out;
        claimed += record.matches("\"claimed\"").count();
        assert!(!record.contains("\"verified\""), "{record}");
        assert_eq!(bench.on(&["gate", id]).code, 3);
    }
    assert_eq!((imported.len(), claimed > 0), (5, true), "{claimed}");
}

#[test]
fn a_file_goes_into_the_system_that_is_named() {
    let bench = Bench::seeded();
    let before = bench.on(&["list", "--json"]).json()["total"].clone();
    let threats =
        |bench: &Bench| bench.on(&["show", "Meeting Minutes", "--json"]).json()["counts"]["threats"].as_u64().unwrap();
    let before_it = threats(&bench);
    let file = fixture("dragon-v2.json");
    bench.on(&["import", &file, "--yes", "--into", "Nobody"]).refused(2, "There is no system called \"Nobody\".");
    bench.on(&["import", &file, "--yes", "--into", "Meeting Min"]).ok();
    assert_eq!((threats(&bench), &bench.on(&["list", "--json"]).json()["total"]), (before_it + 4, &before));
    let head = bench.head();
    let said = bench.on(&["import", &fixture("register-systems.csv"), "--yes", "--into", "Meeting Min"]);
    assert_eq!(said.code, 2);
    said.complains("The file holds 2 systems");
    assert_eq!(bench.head(), head);
    bench.on(&["verify"]).ok();
}

#[test]
fn results_of_tests_go_into_the_system_that_was_tested() {
    let bench = Bench::seeded();
    let head = bench.head();
    let report = fixture("garak.report.jsonl");
    let said = bench.on(&["import", &report, "--yes"]);
    assert_eq!(said.code, 2);
    said.complains("says nothing of a system");
    assert_eq!(bench.head(), head);
    let counts = |bench: &Bench| {
        let show = bench.on(&["show", "Meeting Minutes", "--json"]).json();
        let of = |what: &str| show["counts"][what].as_u64().unwrap();
        (of("evidence"), of("findings"))
    };
    let before = counts(&bench);
    bench.on(&["import", &report, "--yes", "--system", "Meeting Min"]).ok();
    assert_eq!(counts(&bench), (before.0 + 1, before.1 + 1));
    // The hit log of the same run knows its system, and is the same piece of evidence.
    let says = bench.on(&["import", &fixture("garak.hitlog.jsonl"), "--yes"]).ok();
    assert!(says.contains("Taken in: 1 new, 1 changed, 0 gone"), "{says}");
    assert_eq!(counts(&bench), (before.0 + 1, before.1 + 2));
    let head = bench.head();
    let says = bench.on(&["import", &report, "--yes"]).ok();
    assert!(says.ends_with("This file was imported already; nothing has changed.\n"), "{says}");
    assert_eq!(bench.head(), head);
    for name in ["promptfoo.json", "scan.sarif", "dojo.json"] {
        bench.on(&["import", &fixture(name), "--yes", "--system", "Meeting Min"]).ok();
    }
    bench.on(&["verify"]).ok();
    let record = bench.on(&["record", "Meeting Minutes", "--json"]).json();
    let run = record["evidence"].as_array().unwrap().iter().find(|e| e["title"].as_str().unwrap().starts_with("garak"));
    assert_eq!((&run.unwrap()["ran_to_end"], &run.unwrap()["checks"]), (&false.into(), &15.into()));
}

#[test]
fn the_receipt_of_a_newer_file_says_what_it_comes_to_in_the_record() {
    let bench = Bench::seeded();
    let text = std::fs::read_to_string(fixture("composer.tc.json")).unwrap();
    std::fs::write(bench.at("model.json"), &text).unwrap();
    bench.on(&["import", "model.json", "--yes"]).ok();
    let newer = text.replace("exhaust the model\"", "exhaust the model and the budget\"");
    let (start, end) = (newer.find("    {\"id\": \"t4\"").unwrap(), newer.find("  ]\n}").unwrap());
    let newer = format!("{}{}", newer[..start].trim_end().trim_end_matches(','), &newer[end..]);
    std::fs::write(bench.at("model.json"), newer).unwrap();
    let json = bench.on(&["import", "model.json", "--dry-run", "--json"]).json();
    let record = serde_json::json!({"new": 0, "changed": 1, "gone": 1, "kept": 0, "unchanged": 4});
    assert_eq!(json["record"], record, "{json}");
    let says = bench.on(&["import", "model.json", "--yes"]).ok();
    assert!(says.contains("0 new, 1 changed, 1 gone from the source, 0 kept as decided here, 4 unchanged"), "{says}");
    assert_eq!(bench.on(&["show", "Permit reader", "--json"]).json()["counts"]["threats"], 4);
}
