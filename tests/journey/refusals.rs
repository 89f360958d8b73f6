//! What must not be done is refused on the screen with a sentence, and nothing changes.

use super::{
    pty::{Home, fixture},
    steps::{Person, Text, Word},
};

/// A system with threats from a file, one of them scored high.
fn begun(home: &Home) -> Person {
    let mut me = Person::at(home.open(&[]));
    me.open("n", "Start our own record").fill(&[("Your name", Text("Mara Lind"))]).keys("ctrl-s").see("No systems yet");
    let path = fixture("dragon-v2.json");
    me.open("i", "Bring what you have").term.paste(&path);
    me.keys("enter").see("Nothing is kept yet");
    me.keys("enter").see("Imported: 1 system");
    me.hat("s", "SECURITY").pane("g t", "3 Threats").row("T-1").keys("s 4 4 enter").see("4 4");
    me.keys("esc");
    me
}

/// How many entries the journal has.
fn entries(home: &Home) -> usize {
    home.docket(&["journal"]).out.lines().count()
}

#[test]
fn a_risk_is_accepted_by_governance_only_and_never_without_an_end() {
    let home = Home::new();
    let mut me = begun(&home);
    let before = entries(&home);
    me.row("T-1").open("P", "Propose to accept").fill(&[("Reason", Text("Small.")), ("Condition", Text("Watched."))]);
    me.keys("ctrl-s").see("Expires is needed");
    assert_eq!(entries(&home), before);
    me.fill(&[("Expires", Text("+90"))]).save();
    let before = entries(&home);
    me.pane("g v", "7 Govern.").row("T-1").keys("a a").see("This is a step of the Governance lead");
    me.keys("n");
    me.term.gone("This is a step of the Governance lead");
    assert_eq!(entries(&home), before, "security accepted a risk");
}

#[test]
fn nothing_that_permits_use_is_decided_while_the_gate_has_gaps() {
    let home = Home::new();
    let mut me = begun(&home);
    let before = entries(&home);
    me.hat("a", "SIGN-OFF").pane("g s", "0 Sign").open("D", "Decide on ").see("The gate is closed").fill(&[
        ("Decision", Word("proceed")),
        ("Rationale", Text("Now.")),
        ("Your initials", Text("ML")),
    ]);
    me.keys("ctrl-s");
    me.term.until("a refusal", super::pty::PATIENCE, |screen| screen.contents().contains("! "));
    me.see("Now.");
    assert_eq!(entries(&home), before, "it was decided with an open gate");
    let gate = home.docket(&["gate", "Claims summariser"]);
    assert_eq!(gate.code, 3, "{}{}", gate.out, gate.err);
}

#[test]
fn the_dpo_is_not_waved_away_where_personal_data_is_in_scope() {
    let home = Home::new();
    let mut me = begun(&home);
    me.pane("g o", "1 Overview").row("Data classes");
    me.sheet("enter", "system: ", &[("Data classes", super::steps::Ticks(&["personal"]))]);
    let before = entries(&home);
    me.hat("d", "DPO").pane("g k", "8 Check").keys("-").see("ersonal data is in scope");
    assert_eq!(entries(&home), before);
}

#[test]
fn nobody_signs_in_a_hat_that_is_not_theirs() {
    let home = Home::new();
    let mut me = begun(&home);
    me.pane("g o", "1 Overview").row("DPO").sheet(
        "A",
        "Assign: DPO",
        &[("Person", Word("somebody new")), ("Name of somebody new", Text("Dia Roth"))],
    );
    let before = entries(&home);
    me.keys("r d").see("You do not hold the role DPO here. Dia Roth does.").see("acting as [SECURITY");
    me.hat("a", "SIGN-OFF").pane("g s", "0 Sign").keys("s").see("This is a step of the").keys("n");
    me.term.gone("This is a step of the");
    assert_eq!(entries(&home), before);
}
