//! Files that somebody else's tool wrote, where the folder of such files is beside the project.

use std::path::Path;

use super::{
    pty::Home,
    review,
    steps::{First, Person, Ticks},
};

/// Where a file of Threat Dragon's is; says so where there is none.
fn real(name: &str) -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/interop/threat-dragon").join(name);
    if !file.exists() {
        eprintln!("skipped: there is no ../shared/interop/threat-dragon/{name} here");
        return None;
    }
    Some(file.canonicalize().unwrap().display().to_string())
}

#[test]
fn a_real_threat_dragon_model_comes_in_through_the_screen() {
    let Some(file) = real("v2-demo.json") else { return };
    let home = Home::new();
    let mut me = Person::at(home.open(&[]));
    review::begin(&mut me, "Mara Lind", "Head of security", &file);
    me.hat("s", "SECURITY").pane("g t", "3 Threats").row("T-1");
    me.keys("s 3 4 enter").see("3 4");
    me.keys("esc");
    me.term.still();
    me.term.quit();
    let list = home.docket(&["list"]);
    assert!(list.code == 0 && list.out.lines().count() >= 1, "{}{}", list.out, list.err);
    assert_eq!(home.docket(&["verify"]).code, 0);
}

/// The flows that the tool drew say which data they carry.
fn classify(me: &mut Person) {
    me.pane("g f", "2 Flows");
    for flow in ["Request", "Response"] {
        me.row(flow).sheet("enter", "data flow: ", &[("Data classes", Ticks(&["personal"]))]);
    }
}

/// The threats that the tool knew are scored and answered; one of them came in as not applicable, with the reason.
fn answer(me: &mut Person) {
    me.pane("g t", "3 Threats").row("T-1").open("s", "score").keys("3 4 enter").see("T-2").keys("4 4 enter");
    me.row("T-1").keys("t m").see("Saved:");
    me.row("T-2").sheet("enter", "threat: ", &[("Personal data", First)]);
    me.row("T-2").sheet("c", "New control", &review::control("Only the service reads its log"));
    me.row("T-1").keys("c").see("Which control is against it?").sheet(
        "enter",
        "New control",
        &review::control("Log who comes in"),
    );
    review::consider(me, &["the data flow Request", "the data flow Response", "the users", "the personal data"]);
}

#[test]
fn a_real_threat_dragon_model_reaches_a_clearance() {
    let Some(file) = real("v1-enter-the-dragon-3.json") else { return };
    let home = Home::new();
    let me = &mut Person::at(home.open(&[]));
    review::begin(me, "Mara Lind", "Head of security", &file);
    review::describe(me, "Mara Lind");
    review::intake(me);
    classify(me);
    review::send(me, "owner → security");
    review::receive(me, "owner → security");
    answer(me);
    review::prove(me, "Mara Lind");
    for leg in ["security → governance", "security → DPO"] {
        review::send(me, leg);
        review::receive(me, leg);
    }
    review::protect(me, "T-2");
    review::govern(me);
    for leg in ["governance → sign-off", "DPO → sign-off"] {
        review::send(me, leg);
        review::receive(me, leg);
    }
    review::combine(me);
    review::follow(me);
    for role in ["System owner", "Security team", "Governance lead", "DPO "] {
        review::sign(me, role, "ML");
    }
    review::decide(me, "ML");
    review::send(me, "sign-off → owner");
    review::receive(me, "sign-off → owner");
    review::cleared(&home, "Example threat model");
}
