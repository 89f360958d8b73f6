//! One person in all five hats, from an empty folder to a cleared system.

use super::{
    pty::{Home, fixture},
    review,
    steps::{Person, Word},
};

#[test]
fn one_person_in_all_hats_reaches_a_clearance() {
    let home = Home::new();
    let me = &mut Person::at(home.open(&[]));
    review::begin(me, "Mara Lind", "Head of security", &fixture("dragon-v2.json"));
    review::describe(me, "Mara Lind");
    review::intake(me);
    review::inventory(me);
    me.pane("g o", "1 Overview").row("DPO ").sheet("A", "Assign: DPO", &[("Person", Word("Mara Lind"))]);
    review::send(me, "owner → security");
    review::receive(me, "owner → security");
    review::model_threats(me);
    review::prove(me, "Mara Lind");
    review::send(me, "security → governance");
    review::send(me, "security → DPO");
    review::send_back(me, "security → governance");
    review::send(me, "security → governance");
    review::receive(me, "security → governance");
    review::receive(me, "security → DPO");
    review::protect(me, "T-1");
    review::govern(me);
    for leg in ["governance → sign-off", "DPO → sign-off"] {
        review::send(me, leg);
        review::receive(me, leg);
    }
    assert_eq!(home.docket(&["gate", "Claims summariser"]).code, 3, "nothing was decided yet");
    review::combine(me);
    review::follow(me);
    for role in ["System owner", "Security team", "Governance lead", "DPO "] {
        review::sign(me, role, "ML");
    }
    review::decide(me, "m.l.");
    review::send(me, "sign-off → owner");
    review::receive(me, "sign-off → owner");
    review::cleared(&home, "Claims summariser");
    let record = home.docket(&["record", "Claims summariser", "--json"]);
    let record: serde_json::Value = serde_json::from_str(&record.out).unwrap();
    assert!(record.to_string().contains("Head of security"), "{record}");
}
