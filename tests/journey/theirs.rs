//! What belongs to another's hat is refused on the screen, to people who have only their own.

use docket::domain::{command::Command, people::Role};

use super::{
    pty::{Home, PATIENCE},
    shut::{at, boxed, head, home_of},
    steps::{Person, Text},
};
use crate::support::{Data, Desk};

/// A record with a threat register and a plan; security asks for the acceptance of T-2.
fn asked(data: Data) -> Home {
    let mut desk = Desk::of_five();
    desk.planned(data);
    let (threat, expires) = (desk.threat(2), Some(desk.day(90)));
    let (reason, condition) = ("Small.".into(), "Watched.".into());
    desk.must(Role::Security, Command::Propose { threat, reason, condition, expires, requester: None });
    home_of(&desk)
}

/// Nothing asks to be confirmed, no sheet is open, and the journal is as it was.
#[track_caller]
fn nothing_came_of_it(home: &Home, mut person: Person, before: (u64, [u8; 32])) {
    person.term.still();
    for open in ["Ctrl-S", "This is a step of the", "Accept this residual risk?"] {
        assert!(!person.term.has(open), "\"{open}\" is there:\n{}", person.term.screen());
    }
    person.keys("y").term.still();
    person.term.quit();
    assert_eq!(head(home), before);
}

#[test]
fn only_governance_accepts_a_risk() {
    let home = asked(Data::Internal);
    for name in ["Sam Security", "Olga Owner", "Dara Dpo", "Aron Authority"] {
        let before = head(&home);
        let mut person = at(&home, name, ("g v", "7 Govern."));
        person.row("T-2").keys("a a").see("Only the governance lead accepts a residual risk");
        person.keys("a d").see("Only the governance lead accepts a residual risk");
        nothing_came_of_it(&home, person, before);
    }
    let mut gwen = at(&home, "Gwen Governance", ("g v", "7 Govern."));
    gwen.row("T-2").confirm("a a", "Accept this residual risk?").see("active until");
}

#[test]
fn an_acceptance_without_an_end_is_not_asked_for() {
    let home = asked(Data::Internal);
    let before = head(&home);
    let mut sam = at(&home, "Sam Security", ("g t", "3 Threats"));
    sam.row("T-1").open("P", "Propose to accept");
    sam.fill(&[("Reason", Text("Small.")), ("Condition", Text("Watched."))]).keys("ctrl-s").see("Expires is needed");
    sam.fill(&[("Expires", Text("2026-01-31"))]).keys("ctrl-s");
    let says = "! An acceptance cannot have ended already.";
    sam.term.until(says, PATIENCE, |screen| boxed(screen).contains(says));
    assert_eq!(head(&home), before);
}

#[test]
fn nobody_waves_the_dpo_away_where_personal_data_is_in_scope() {
    let home = asked(Data::Personal);
    for name in ["Dara Dpo", "Olga Owner", "Gwen Governance"] {
        let before = head(&home);
        let mut person = at(&home, name, ("g k", "8 Check"));
        person.keys("-").see("The DPO's part cannot be marked not applicable.").see("personal data");
        nothing_came_of_it(&home, person, before);
    }
}

#[test]
fn nobody_signs_for_another() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Personal);
    let home = home_of(&desk);
    for (name, role, says) in [
        ("Sam Security", "Governance lead", "Only the Governance lead signs here: Gwen Governance."),
        ("Gwen Governance", "DPO ", "Only the DPO signs here: Dara Dpo."),
        ("Aron Authority", "System owner", "Only the System owner signs here: Olga Owner."),
    ] {
        let before = head(&home);
        let mut person = at(&home, name, ("g s", "0 Sign"));
        person.row(role).keys("enter").see(says);
        nothing_came_of_it(&home, person, before);
    }
}

#[test]
fn who_holds_no_role_neither_signs_nor_decides() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Personal);
    desk.person("Gil Guest");
    let home = home_of(&desk);
    let before = head(&home);
    let mut gil = at(&home, "Gil Guest", ("g s", "0 Sign"));
    gil.keys("s").see("may not do this. It belongs to: System owner (Olga Owner), Security team (Sam Security)");
    gil.keys("D").see("Only the sign-off authority decides");
    gil.keys("r o").see("You do not hold the role System owner here. Olga Owner does.");
    nothing_came_of_it(&home, gil, before);
}
