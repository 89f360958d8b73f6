//! Five people on one file, each in their own docket at the same time, from the import to a signed clearance, while
//! another screen looks on.

use std::{collections::BTreeSet, time::Duration};

use serde_json::Value;

use super::{
    pty::{Home, fixture},
    review,
    steps::{Person, Text, Word},
};

/// How soon another screen has to follow.
const FOLLOWS: Duration = Duration::from_millis(1500);
const SYSTEM: &str = "Claims summariser";

/// The five, each with the docket that they sit at, and the screen that looks on.
struct Board {
    owner: Person,
    security: Person,
    governance: Person,
    dpo: Person,
    authority: Person,
    looks_on: Person,
}

/// One of the five, on the system, in the only hat that they have.
fn sits(home: &Home, name: &str, hat: &str) -> Person {
    let mut person = Person::at(home.open(&["--as", name]));
    person.see("Systems 1").keys("2 enter").see("[1 Overview").see(&format!("{name} acting as [{hat}"));
    person
}

/// The owner starts the record with a file and names everybody; then everybody sits down.
fn convene(home: &Home) -> Board {
    let mut owner = Person::at(home.open(&[]));
    review::begin(&mut owner, "Ola Berg", "Head of claims", &fixture("dragon-v2.json"));
    for (role, name) in [
        ("Security team", "Sol Vega"),
        ("Governance lead", "Gus Moor"),
        ("DPO ", "Dia Roth"),
        ("Sign-off authority", "Sia Kent"),
    ] {
        let fields = [("Person", Word("somebody new")), ("Name of somebody new", Text(name))];
        owner.pane("g o", "1 Overview").row(role).sheet("A", "Assign: ", &fields).see(name);
    }
    let mut looks_on = sits(home, "Sia Kent", "SIGN-OFF");
    looks_on.pane("g h", "9 Hand-offs");
    Board {
        owner,
        security: sits(home, "Sol Vega", "SECURITY"),
        governance: sits(home, "Gus Moor", "GOVERNANCE"),
        dpo: sits(home, "Dia Roth", "DPO"),
        authority: sits(home, "Sia Kent", "SIGN-OFF"),
        looks_on,
    }
}

/// The screen that looks on shows where the hand-off is, without a key.
#[track_caller]
fn follows(looks_on: &Person, leg: &str, word: &str) {
    looks_on.term.until(&format!("{leg} {word} on the other screen"), FOLLOWS, |s| review::stands(s, leg, word));
}

/// One hands over and the other says that it is enough; the screen that looks on follows both.
#[track_caller]
fn pass(from: &mut Person, to: &mut Person, looks_on: &Person, leg: &str) {
    review::send(from, leg);
    follows(looks_on, leg, "sent");
    review::take_up(to, leg);
    follows(looks_on, leg, "received");
    review::enough(to, leg);
    follows(looks_on, leg, "completed");
}

/// One side comes back with a gap while the DPO's goes on, and goes there again.
fn plan_reviewed(board: &mut Board) {
    let Board { security, governance, dpo, looks_on, .. } = board;
    let (plan, privacy) = ("security → governance", "security → DPO");
    review::send(security, plan);
    follows(looks_on, plan, "sent");
    review::send(security, privacy);
    follows(looks_on, privacy, "sent");
    review::send_back(governance, plan);
    follows(looks_on, plan, "returned");
    assert!(looks_on.term.ask(|s| review::stands(s, privacy, "sent")), "one side takes the other with it");
    review::receive(dpo, privacy);
    follows(looks_on, privacy, "completed");
    pass(security, governance, looks_on, plan);
}

/// Everybody signs what is theirs, and the pane of the signatures follows.
fn signed(board: &mut Board) {
    let Board { owner, security, governance, dpo, authority, looks_on } = board;
    looks_on.pane("g s", "0 Sign").see("Every step is held by a person of its own");
    review::follow(authority);
    for (person, role, name, initials) in [
        (owner, "System owner", "Ola Berg", "OB"),
        (security, "Security team", "Sol Vega", "SV"),
        (governance, "Governance lead", "Gus Moor", "GM"),
        (dpo, "DPO ", "Dia Roth", "DR"),
    ] {
        review::sign(person, role, initials);
        let by = |line: &str| line.contains(&format!("[x] {role}")) && line.contains(name);
        looks_on.term.until(&format!("the signature of {name}"), FOLLOWS, |s| s.contents().lines().any(by));
    }
}

#[test]
fn five_people_reach_a_clearance_on_one_file_and_a_screen_follows_each() {
    let home = Home::new();
    let mut board = convene(&home);
    review::describe(&mut board.owner, "Ola Berg");
    review::intake(&mut board.owner);
    review::inventory(&mut board.owner);
    pass(&mut board.owner, &mut board.security, &board.looks_on, "owner → security");
    review::model_threats(&mut board.security);
    review::prove(&mut board.security, "Sol Vega");
    plan_reviewed(&mut board);
    review::protect(&mut board.dpo, "T-1");
    review::govern(&mut board.governance);
    pass(&mut board.governance, &mut board.authority, &board.looks_on, "governance → sign-off");
    pass(&mut board.dpo, &mut board.authority, &board.looks_on, "DPO → sign-off");
    assert_eq!(home.docket(&["gate", SYSTEM]).code, 3, "nothing was decided yet");
    signed(&mut board);
    review::decide(&mut board.authority, "SK");
    board.looks_on.term.see_within("clearance: current", FOLLOWS);
    board.looks_on.pane("g h", "9 Hand-offs");
    pass(&mut board.authority, &mut board.owner, &board.looks_on, "sign-off → owner");
    for person in [board.owner, board.security, board.governance, board.dpo, board.authority, board.looks_on] {
        person.term.quit();
    }
    review::cleared(&home, SYSTEM);
    each_in_their_own_hat(&home);
}

/// Who handed over, signed and decided, in which hat, as the journal has it: nobody acted in another's.
#[track_caller]
fn each_in_their_own_hat(home: &Home) {
    let mut found = BTreeSet::new();
    for line in home.docket(&["journal"]).out.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let body: Value = serde_json::from_str(&said(&entry["body"])).unwrap();
        let binds = ["handoff.", "signoff.", "disposition."];
        if binds.iter().any(|kind| said(&entry["kind"]).starts_with(kind)) {
            found.insert(format!("{} as {}", said(&body["name"]), said(&entry["role"])));
        }
    }
    let expected = [
        "Dia Roth as dpo",
        "Gus Moor as governance",
        "Ola Berg as owner",
        "Sia Kent as sign_off",
        "Sol Vega as security",
    ];
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}
