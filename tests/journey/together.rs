//! Five people on one file, each in their own docket, while another screen looks on.

use std::time::Duration;

use super::{
    pty::Home,
    steps::{Person, Text, Word},
};

/// How soon another screen has to follow.
const FOLLOWS: Duration = Duration::from_millis(1500);

/// Who holds which role.
const TEAM: [(&str, &str, &str); 4] = [
    ("Security team", "Sol Vega", "SECURITY"),
    ("Governance lead", "Gus Moor", "GOVERNANCE"),
    ("DPO", "Dia Roth", "DPO"),
    ("Sign-off authority", "Sia Kent", "SIGN-OFF"),
];

/// The owner starts the record, enters a system and names everybody.
fn team(home: &Home) {
    let mut owner = Person::at(home.open(&[]));
    owner
        .open("n", "Start our own record")
        .fill(&[("Your name", Text("Ola Berg"))])
        .keys("ctrl-s")
        .see("No systems yet");
    owner.sheet("n", "New system", &[("Name", Text("Helpdesk"))]);
    for (role, name, _) in TEAM {
        let fields = [("Person", Word("somebody new")), ("Name of somebody new", Text(name))];
        owner.row(role).sheet("A", "Assign: ", &fields).see(name);
    }
    owner.term.quit();
}

/// One of the team, on the system.
fn sits(home: &Home, name: &str, hat: &str) -> Person {
    let mut person = Person::at(home.open(&["--as", name]));
    person.see("Systems 1").keys("2 enter").see("[1 Overview").see(&format!("{name} acting as [{hat}"));
    person
}

#[test]
fn five_people_work_on_one_file_and_a_screen_follows_each() {
    let home = Home::new();
    team(&home);
    let mut looks_on = sits(&home, "Ola Berg", "OWNER");
    looks_on.pane("g l", "gl Log");
    let mut security = sits(&home, "Sol Vega", "SECURITY");
    security.pane("g t", "3 Threats").sheet("n", "New threat", &[("Threat", Text("Prompt steers the answer"))]);
    looks_on.term.see_within("Prompt steers the answer", FOLLOWS);
    security.term.quit();
    for (passed, (_, name, hat)) in TEAM[1..].iter().enumerate() {
        let mut person = sits(&home, name, hat);
        let next = if passed == 1 { "no" } else { "yes" };
        person.pane("g t", "3 Threats").sheet("enter", "threat: ", &[("For the board", Word(next))]);
        // Eight entries were there, and the threat.
        looks_on.term.see_within(&format!("Log {} ", 10 + passed), FOLLOWS);
        person.term.quit();
    }
    looks_on.term.quit();
    let list = home.docket(&["verify"]);
    assert_eq!(list.code, 0, "{}{}", list.out, list.err);
}
