//! Undo after any sequence of register edits restores the rows exactly, and the journal shows both.

use docket::domain::{
    Dossier, Id, Kind,
    command::Command,
    people::Role,
    register::{Link, Threat},
    value::Value,
};
use proptest::prelude::*;

use crate::hands::{Hands, fields};

/// One edit of the register, on threats that are picked by number.
#[derive(Debug, Clone)]
enum Edit {
    Add(u8),
    Score(Vec<u8>, u8, u8),
    Treat(Vec<u8>, u8),
    Rename(u8, u8),
    Withdraw(Vec<u8>),
    Duplicate(u8),
    Control(u8),
    Library(u8),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let some = || prop::collection::vec(0..9u8, 1..4);
    let one = prop_oneof![
        (0..9u8).prop_map(Edit::Add),
        (some(), 1..6u8, 1..6u8).prop_map(|(of, l, i)| Edit::Score(of, l, i)),
        (some(), 0..6u8).prop_map(|(of, what)| Edit::Treat(of, what)),
        (0..9u8, 0..9u8).prop_map(|(of, to)| Edit::Rename(of, to)),
        some().prop_map(Edit::Withdraw),
        (0..9u8).prop_map(Edit::Duplicate),
        (0..9u8).prop_map(Edit::Control),
        (0..70u8).prop_map(Edit::Library),
    ];
    prop::collection::vec(one, 1..12)
}

fn pick(dossier: &Dossier, of: &[u8]) -> Vec<Id> {
    let live: Vec<Id> = dossier.live_threats().map(|threat| threat.id).collect();
    let mut all: Vec<Id> = of.iter().filter_map(|n| live.get(usize::from(*n) % live.len().max(1))).copied().collect();
    all.sort();
    all.dedup();
    all
}

fn command(dossier: &Dossier, edit: &Edit) -> Command {
    let many = |of: &[u8], set| Command::EditAll { kind: Kind::Threat, ids: pick(dossier, of), set };
    match edit {
        Edit::Add(n) => {
            Command::Add { kind: Kind::Threat, set: fields(&[("title", &format!("threat {n}"))]), to: None }
        }
        Edit::Score(of, l, i) => {
            let score = |field: &str, n: u8| (field.to_owned(), Value::Int(n.into()));
            many(of, vec![score("likelihood", *l), score("impact", *i)])
        }
        Edit::Treat(of, what) => {
            let codes = ["undecided", "mitigate", "accept", "avoid", "transfer", "not_applicable"];
            let code = codes[usize::from(*what) % codes.len()];
            many(of, fields(&[("treatment", code), ("treatment_reason", "because")]))
        }
        Edit::Rename(of, to) => many(&[*of], fields(&[("title", &format!("renamed {to}"))])),
        Edit::Withdraw(of) => {
            Command::WithdrawAll { kind: Kind::Threat, ids: pick(dossier, of), why: "not ours".into() }
        }
        Edit::Duplicate(of) => Command::Duplicate(pick(dossier, &[*of])),
        Edit::Control(of) => Command::Add {
            kind: Kind::Control,
            set: fields(&[("title", "a control")]),
            to: pick(dossier, &[*of]).first().copied(),
        },
        Edit::Library(n) => Command::FromLibrary(vec![format!("DKT-T-{:03}", n + 1)]),
    }
}

/// What the register shows: threats that were not withdrawn, and what stands against them.
fn rows(dossier: &Dossier) -> (Vec<Threat>, Vec<Link>) {
    let links = dossier.links.iter().filter(|link| !link.archived);
    (dossier.live_threats().cloned().collect(), links.cloned().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_restores_the_rows_and_redo_the_edits(edits in edits()) {
        let mut hands = Hands::sit();
        let system = hands.system(&[("name", "Desk")]);
        hands.add(system, Role::Security, Kind::Threat, &[("title", "first")]);
        let mut before = vec![rows(&hands.dossier(system))];
        for edit in &edits {
            let asked = command(&hands.dossier(system), edit);
            // What is refused changes nothing, and there is nothing of it to take back.
            if hands.session.desk.execute(Some(system), Role::Security, &asked).is_ok() {
                before.push(rows(&hands.dossier(system)));
            }
        }
        let entries = hands.session.desk.opened(system).unwrap().history.len();
        let done = before.len() - 1;
        for at in (0..done).rev() {
            hands.session.desk.turn_back(Role::Security, false).unwrap();
            prop_assert_eq!(&rows(&hands.dossier(system)), &before[at]);
        }
        for state in before.iter().skip(1) {
            hands.session.desk.turn_back(Role::Security, true).unwrap();
            prop_assert_eq!(&rows(&hands.dossier(system)), state);
        }
        let after = hands.session.desk.opened(system).unwrap().history.len();
        prop_assert!(after >= entries + 2 * done || after >= 100, "the journal shows both: {} then {}", entries, after);
        prop_assert!(hands.session.desk.verify().unwrap().problems.is_empty());
    }
}
