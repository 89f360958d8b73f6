//! Text that would take over a terminal never leaves raw, wherever it came from.

use docket::domain::text::is_visible;

use crate::bench::{Bench, Said, fixture};

const EVIL: &str = "\u{1b}[31mred\u{1b}]0;owned\u{7} \u{9b}2J a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{e0041}";

#[track_caller]
fn inert(said: &Said, what: &str) {
    for (name, text) in [("stdout", &said.out), ("stderr", &said.err)] {
        let raw = text.chars().find(|c| *c != '\n' && !is_visible(*c));
        assert_eq!(raw, None, "{what}: {name} {text:?}");
    }
}

/// Every answer about every system.
fn everything(bench: &Bench) {
    let list = bench.on(&["list", "--json"]);
    inert(&list, "list --json");
    inert(&bench.on(&["list"]), "list");
    for row in list.json()["systems"].as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        for args in [
            &["show", id][..],
            &["show", id, "--json"],
            &["record", id],
            &["record", id, "--json"],
            &["gate", id],
            &["gate", id, "--json"],
        ] {
            inert(&bench.on(args), args[0]);
        }
    }
    for args in [&["journal"][..], &["verify"]] {
        inert(&bench.on(args), args[0]);
    }
}

#[test]
fn what_a_file_brings_is_inert_in_every_answer() {
    let bench = Bench::empty();
    bench.on(&["demo", "--seed-only"]).ok();
    for name in ["hostile.json", "hostile.csv", "hostile-inventory.csv"] {
        for args in [&["import", &fixture(name), "--dry-run"][..], &["import", &fixture(name), "--dry-run", "--json"]] {
            inert(&bench.run(args), name);
        }
        let said = bench.on(&["import", &fixture(name), "--yes"]);
        inert(&said, name);
        said.ok();
    }
    everything(&bench);
}

#[test]
fn what_somebody_put_into_the_tables_by_hand_is_inert_too() {
    let bench = Bench::seeded();
    bench.tamper(&format!(
        "UPDATE system SET name='{EVIL}', purpose='{EVIL}' WHERE rid=1; UPDATE person SET name='{EVIL}' WHERE rid=1;
         UPDATE threat SET title='{EVIL}' WHERE rid<9; UPDATE summary SET name='{EVIL}'"
    ));
    everything(&bench);
}

#[test]
fn what_is_written_on_the_command_line_comes_back_inert() {
    let bench = Bench::seeded();
    for args in [
        &["show", EVIL][..],
        &["gate", "Voice", "--release", EVIL],
        &["gate", "Voice", "--at", EVIL],
        &["list", "--as", EVIL],
        &["list", "--role", EVIL],
        &["import", EVIL],
        &["restore", EVIL],
        &["backup", EVIL],
        &["record", "Voice", "--out", EVIL],
        &["list", "--record", EVIL],
        &["completions", EVIL],
        &[EVIL],
        &["list", &format!("--{EVIL}")],
    ] {
        inert(&bench.run(&[&["--record", "record.docket"], args].concat()), args[0]);
    }
    inert(&bench.run(&["--record", EVIL, "demo", "--seed-only"]), "demo");
}
