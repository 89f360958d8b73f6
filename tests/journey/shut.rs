//! Every condition of the gate, through the screen: a record on which exactly one thing is missing, the keys of the
//! decision, and what the authority reads. The cases are those of the gate's own test.

use std::sync::OnceLock;

use docket::{
    domain::{decision::conditions, people::Role},
    store::{Open, Store},
};

use super::{
    pty::Home,
    steps::{Person, Text, Word},
};
use crate::{
    Case, cases,
    support::{Data, Desk},
};

/// The authority of the bench.
const AUTHORITY: &str = "Aron Authority";

/// A review that waits for its decision, made once for each kind of data.
fn ready(data: Data) -> &'static Desk {
    static READY: [OnceLock<Desk>; 2] = [OnceLock::new(), OnceLock::new()];
    READY[usize::from(data == Data::Personal)].get_or_init(|| {
        let mut desk = Desk::of_five();
        desk.ready(data).wait(1);
        desk
    })
}

/// A home whose record is that of the desk, at the hour of the desk.
pub fn home_of(desk: &Desk) -> Home {
    let home = Home::new().with("DOCKET_NOW", &desk.clock());
    desk.write(&home.record(), 0);
    home
}

/// The newest entry of the journal.
pub fn head(home: &Home) -> (u64, [u8; 32]) {
    Store::open(&home.record(), Open::default()).unwrap().head().unwrap()
}

/// Somebody at the system, on one of its panes.
pub fn at(home: &Home, name: &str, (keys, tab): (&str, &str)) -> Person {
    let mut person = Person::at(home.open(&["--as", name]));
    person.see("Systems 1").keys("2 enter").see("[1 Overview").pane(keys, tab);
    person
}

/// What is on the screen between the sides of a box, with its lines joined.
pub fn boxed(screen: &vt100::Screen) -> String {
    let contents = screen.contents();
    let inside = contents.lines().filter_map(|line| Some(line.split_once('│')?.1.rsplit_once('│')?.0));
    inside.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn check(case: &Case) {
    let mut desk = ready(case.data).clone();
    (case.hurt)(&mut desk);
    if case.still {
        desk.hold_still();
    }
    let gaps = desk.gate();
    assert_eq!(gaps.len(), 1, "{}: {:#?}", case.name, desk.gaps());
    assert!(gaps[0].what.contains(case.what) && gaps[0].role == case.role, "{}: {:#?}", case.name, desk.gaps());
    let home = home_of(&desk);
    let before = head(&home);
    let mut authority = at(&home, AUTHORITY, ("g s", "0 Sign"));
    if desk.dossier.holds(desk.who(Role::Signoff), Role::Signoff, desk.today()) {
        refused(&mut authority, &gaps[0].what);
    } else {
        authority.keys("D").see("Only the sign-off authority decides; the Auditor does not.");
        assert!(!authority.term.has("Decide on"), "{}\n{}", case.name, authority.term.screen());
    }
    authority.term.quit();
    assert_eq!(head(&home), before, "{}: something was decided", case.name);
}

/// The sheet says what is missing before a word is typed, and says it again when the decision is tried all the same.
fn refused(authority: &mut Person, what: &str) {
    authority.see("not ready: 1 missing").keys("D").see("Decide on ");
    let closed = format!("The gate is closed: 1 missing, first: {what}. Only hold and decline are possible.");
    authority.term.until(&closed, super::pty::PATIENCE, |screen| boxed(screen).contains(&closed));
    authority.fill(&[("Decision", Word("proceed")), ("Rationale", Text("Now.")), ("Your initials", Text("AA"))]);
    authority.keys("ctrl-s");
    let says = format!("The gate is not open: {what}.");
    authority.term.until(&says, super::pty::PATIENCE, |screen| boxed(screen).contains(&says));
    authority.see("Now.").keys("esc").see("Close this sheet?").keys("y").see("! not ready: 1 missing");
}

/// The cases of one condition of the gate; a failure names its case.
fn condition(number: u8) {
    let cases: Vec<_> = cases::all().into_iter().filter(|case| case.condition == number).collect();
    assert!(!cases.is_empty(), "no case for {number}");
    for case in &cases {
        eprintln!("{number}: {}", case.name);
        check(case);
    }
}

#[test]
fn one_roles() {
    condition(1);
}

#[test]
fn two_description() {
    condition(2);
}

#[test]
fn three_coverage() {
    condition(3);
}

#[test]
fn four_threats() {
    condition(4);
}

#[test]
fn five_governance() {
    condition(5);
}

#[test]
fn six_privacy() {
    condition(6);
}

#[test]
fn seven_evidence() {
    condition(7);
}

#[test]
fn eight_signatures() {
    condition(8);
}

#[test]
fn there_is_no_ninth() {
    assert_eq!(conditions().map(|(number, _)| number), [1, 2, 3, 4, 5, 6, 7, 8]);
}
