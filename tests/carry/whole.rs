//! Out, into an empty record, and out again: the same bytes, and the same record.

use docket::{
    desk::{Desk, Paths},
    domain::people::Role,
    store::{Open, Store},
};
use proptest::prelude::*;

use crate::{
    Place,
    asked::{self, command, sequence},
    bench::{Bench, Said, fixture},
    problems, seen,
    support::{Data, Desk as Case},
};

#[test]
fn the_sample_comes_back_as_the_same_bytes_from_several_devices() {
    let bench = Bench::seeded();
    // Somebody else on the same file, with a state folder of their own, is another device.
    for (state, args) in [
        ("one", &["import", &fixture("dragon-v1.json"), "--yes"][..]),
        ("two", &["import", &fixture("dragon-v2.json"), "--yes"]),
        ("one", &["import", &fixture("otm.yaml"), "--yes"]),
    ] {
        let mut run = bench.command();
        run.env("XDG_STATE_HOME", bench.at(state)).args(["--record", "record.docket"]).args(args);
        assert_eq!(Said::of(&mut run).code, 0, "{args:?}");
    }
    let says = bench.on(&["export", "--all", "--out", "a.jsonl"]).ok();
    assert!(says.contains(" entries and ") && says.contains("attachments"), "{says}");
    let (a, head, list) = (std::fs::read(bench.at("a.jsonl")).unwrap(), bench.head(), bench.on(&["list"]).ok());
    assert_eq!(seen(&bench.at("a.jsonl")).carried.devices.len(), 3);
    let other = |args: &[&str]| Said::of(bench.command().args(["--record", "other.docket"]).args(args));
    let dry = other(&["import", "a.jsonl", "--dry-run"]).ok();
    assert!(dry.starts_with("A whole record.\n") && !bench.at("other.docket").exists(), "{dry}");
    let taken = other(&["import", "a.jsonl", "--yes"]).ok();
    assert!(taken.contains("Taken in: other.docket"), "{taken}");
    let says = other(&["verify"]).ok();
    assert!(says.contains(&head), "{says}");
    assert_eq!(other(&["list"]).ok(), list);
    assert_eq!(other(&["export", "--all"]).ok().into_bytes(), a, "the same bytes");
    // A second time it is refused, and nothing happens; what is done next is by a new device.
    other(&["import", "a.jsonl", "--yes"]).refused(2, "not empty");
    assert_eq!(other(&["export", "--all"]).ok().into_bytes(), a);
    other(&["import", &fixture("threagile.yaml"), "--yes", "--as", "Mara Rossi"]).ok();
    other(&["verify"]).ok();
    other(&["export", "--all", "--out", "c.jsonl"]).ok();
    assert_eq!(seen(&bench.at("c.jsonl")).carried.devices.len(), 4);
}

#[test]
fn a_whole_record_goes_only_into_an_empty_one() {
    let bench = Bench::seeded();
    bench.on(&["export", "--all", "--out", "a.jsonl"]).ok();
    bench.on(&["export", "--all", "--out", "record.docket"]).refused(2, "is the record itself");
    std::fs::write(bench.at("mine.txt"), "mine").unwrap();
    bench.on(&["export", "--all", "--out", "mine.txt"]).refused(2, "There is already a file at mine.txt");
    assert_eq!(std::fs::read(bench.at("mine.txt")).unwrap(), b"mine");
    let other = Bench::seeded();
    std::fs::copy(bench.at("a.jsonl"), other.at("a.jsonl")).unwrap();
    other.on(&["import", &fixture("dragon-v1.json"), "--yes"]).ok();
    let before = other.digest();
    other.on(&["import", "a.jsonl", "--yes"]).refused(2, "Nothing was changed");
    assert_eq!(other.digest(), before);
}

#[test]
fn the_journal_in_the_file_verifies_with_nothing_but_python() {
    let bench = Bench::seeded();
    bench.on(&["export", "--all", "--out", "a.jsonl"]).ok();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify_journal.py");
    let Ok(run) = std::process::Command::new("python3").arg(script).arg(bench.at("a.jsonl")).output() else {
        println!("skipped: there is no python3 here");
        return;
    };
    let says = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success() && says.trim_end().ends_with(&bench.head()), "{says}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was done in it.
    #[test]
    fn any_record_comes_back_as_it_was(stage in 0u8..5, asked in sequence(40)) {
        let mut desk = Case::of_five();
        match stage {
            0 => {}
            1 => drop(desk.described(Data::Personal).handed_to_security()),
            2 => drop(desk.planned(Data::Internal).dpo_asked()),
            3 => drop(desk.ready(Data::Personal)),
            _ => drop(desk.decided(Data::Personal)),
        }
        for one in &asked {
            if let Some(ask) = command(&desk, one) {
                let role = asked::natural(&ask).filter(|_| Role::REVIEW.contains(&one.role)).unwrap_or(one.role);
                let person = if Role::REVIEW.contains(&role) { desk.who(role) } else { desk.people[0] };
                let _ = desk.act(role, person, ask);
            }
        }
        let place = Place::made();
        desk.write(&place.at("a.docket"), 0);
        let bytes = place.whole("a.docket");
        std::fs::write(place.at("a.jsonl"), &bytes).unwrap();
        place.made_of("b.docket", &seen(&place.at("a.jsonl")));
        prop_assert!(bytes == place.whole("b.docket"));
        let subject = desk.dossier.subject;
        let read = |name: &str| Store::open(&place.at(name), Open::default()).unwrap().dossier(subject).unwrap();
        prop_assert!(read("a.docket") == read("b.docket"));
        prop_assert_eq!(problems(&place.at("b.docket")), problems(&place.at("a.docket")));
        let paths = Paths { record: place.at("b.docket"), state: None };
        prop_assert!(Desk::open(paths, false).unwrap().store().unwrap().copy_of().unwrap().is_none());
    }
}
