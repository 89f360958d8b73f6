//! Every condition of the gate, through the program: a system that misses exactly one thing is refused by its name.

use std::sync::OnceLock;

use docket::domain::fields::Vocabulary;

use crate::{
    bench::{Bench, Said},
    case::Case,
    cases,
    support::{Data, Desk},
};

/// A review that waits for its decision, and the record of it.
struct Ready {
    desk: Desk,
    record: Vec<u8>,
}

/// Made once for each kind of data, because each case starts from it.
fn ready(data: Data) -> &'static Ready {
    static READY: [OnceLock<Ready>; 2] = [OnceLock::new(), OnceLock::new()];
    READY[usize::from(data == Data::Personal)].get_or_init(|| {
        let mut desk = Desk::of_five();
        desk.ready(data).wait(1);
        let bench = Bench::empty();
        desk.write(&bench.record(), 0);
        Ready { record: std::fs::read(bench.record()).unwrap(), desk }
    })
}

fn gate(bench: &Bench, desk: &Desk, more: &[&str]) -> Said {
    let mut command = bench.command();
    let system = desk.system().to_string();
    let args = ["--record", "record.docket", "gate", &system, "--json"];
    Said::of(command.env("DOCKET_NOW", desk.clock()).args(args).args(more))
}

fn check(case: &Case) {
    let ready = ready(case.data);
    let mut desk = ready.desk.clone();
    (case.hurt)(&mut desk);
    if case.still {
        desk.hold_still();
    }
    let bench = Bench::empty();
    std::fs::write(bench.record(), &ready.record).unwrap();
    desk.write(&bench.record(), ready.desk.events.len());
    let said = gate(&bench, &desk, &[]);
    let (name, verdict) = (&case.name, said.json());
    assert_eq!((said.code, said.err.as_str()), (3, ""), "{name}: {verdict}");
    let reasons = verdict["reasons"].as_array().unwrap();
    assert_eq!((reasons.len(), &reasons[0]["code"]), (2, &"no-decision".into()), "{name}: {verdict}");
    let says = reasons[1]["text"].as_str().unwrap();
    assert!(says.contains(case.what) && says.ends_with(&format!("({}).", case.role.label())), "{name}: {verdict}");
}

#[test]
fn a_system_that_misses_one_thing_is_refused_and_told_which() {
    let cases = cases::all();
    for (number, title) in docket::domain::decision::conditions() {
        assert!(cases.iter().any(|case| case.condition == number), "no case for {number}, {title}");
    }
    for case in &cases {
        check(case);
    }
}

#[test]
fn a_system_that_misses_nothing_only_waits_for_its_decision() {
    for data in [Data::Personal, Data::Internal] {
        let ready = ready(data);
        let bench = Bench::empty();
        std::fs::write(bench.record(), &ready.record).unwrap();
        let said = gate(&bench, &ready.desk, &[]);
        let verdict = said.json();
        assert_eq!((said.code, verdict["reasons"].as_array().unwrap().len()), (3, 1), "{verdict}");
        let mut desk = ready.desk.clone();
        let proceed = desk.proceed();
        desk.must(docket::domain::people::Role::Signoff, proceed);
        desk.write(&bench.record(), ready.desk.events.len());
        let said = gate(&bench, &desk, &["--any-release"]);
        assert_eq!((said.code, &said.json()["result"]), (0, &"approved".into()), "{said:?}");
        // A clearance is for one release; a review that names none says nothing about one that goes live.
        let said = gate(&bench, &desk, &[]);
        let verdict = said.json();
        assert_eq!((said.code, &verdict["result"]), (3, &"undecided".into()), "{said:?}");
        assert_eq!(verdict["reasons"][0]["code"], "no-release");
        assert_eq!(gate(&bench, &desk, &["--release", "1.0"]).json()["reasons"][0]["code"], "other-release");
    }
}
