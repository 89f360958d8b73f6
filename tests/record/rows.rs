//! Whatever happens: the rows are what a replay of the log makes, and memory is what the rows say.

use std::{io::Write, process::Command};

use docket::{
    domain::{Event, Id, Kind, value::Value},
    store::Store,
};
use proptest::prelude::*;

use crate::seat::{ADA, BEN, event, fill, id, problems, stamp_of, summarise};

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Null),
        3 => (-1i64..9).prop_map(Value::Int),
        3 => "[ -~ä\u{7}\n'\"\\\\]{0,12}".prop_map(Value::Text),
        1 => (1u32..40).prop_map(|n| Value::Text(id(n).to_string())),
        1 => Just(Value::Text("2026-11-21".into())),
        2 => proptest::collection::vec("[a-z,\"]{0,4}", 0..3).prop_map(Value::List),
    ]
}

fn happening() -> impl Strategy<Value = Event> {
    let kind = (0..Kind::ALL.len()).prop_map(|at| Kind::ALL[at]);
    let verb = prop_oneof![Just("add"), Just("edit"), Just("archive"), Just("set")];
    (kind, verb, 1u32..40, proptest::collection::vec((0usize..30, value()), 0..6)).prop_map(|(of, verb, n, sets)| {
        let name = |at: usize| match at {
            28 => "of_tomorrow",
            29 => "archived",
            at => of.fields()[at % of.fields().len()].id,
        };
        let sets: Vec<_> = sets.into_iter().map(|(at, new)| (name(at), Value::Null, new)).collect();
        event(of, verb, Id([u8::try_from(n).unwrap(); 16]), &sets)
    })
}

#[derive(Debug, Clone)]
enum Act {
    Commit(Option<u32>, bool, Vec<Event>, i64),
    Undo(bool),
    Redo(bool),
}

fn act() -> impl Strategy<Value = Act> {
    let commit =
        (proptest::option::of(200u32..203), any::<bool>(), proptest::collection::vec(happening(), 1..4), -9i64..9);
    prop_oneof![
        6 => commit.prop_map(|(subject, ada, events, at)| Act::Commit(subject, ada, events, at)),
        1 => any::<bool>().prop_map(Act::Undo),
        1 => any::<bool>().prop_map(Act::Redo),
    ]
}

fn run(store: &mut Store, act: Act) {
    let who = |ada: bool| if ada { ADA } else { BEN };
    match act {
        Act::Commit(subject, ada, mut events, at) => {
            // One entity belongs to one system, as the rules above the store have it.
            for event in &mut events {
                event.entity.0[15] = u8::try_from(subject.unwrap_or(0)).unwrap();
                match (event.of, subject) {
                    (Kind::System, Some(subject)) => event.entity = id(subject),
                    (Kind::System, None) => event.of = Kind::Source,
                    (of, Some(_)) if of_meetings(of) => event.of = Kind::Source,
                    _ => (),
                }
            }
            let done =
                store.transact(subject.map(id), &stamp_of(who(ada), at * 1000), &summarise, |_| Ok::<_, ()>(events));
            let done = done.unwrap().unwrap();
            assert_eq!(done.dossier, store.dossier(subject.map(id)).unwrap());
        }
        Act::Undo(ada) => drop(store.undo(who(ada), &stamp_of(who(ada), 0), &summarise).unwrap()),
        Act::Redo(ada) => drop(store.redo(who(ada), &stamp_of(who(ada), 0), &summarise).unwrap()),
    }
}

/// Meetings are of the record; no rule writes one about a system.
fn of_meetings(of: Kind) -> bool {
    use Kind::{AgendaItem, Attendee, Meeting, Opinion, Remark, Stance, Task};
    matches!(of, Meeting | Attendee | AgendaItem | Stance | Task | Remark | Opinion)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn rows_memory_and_log_agree(acts in proptest::collection::vec(act(), 1..24)) {
        let mut store = Store::in_memory().unwrap();
        let subjects = [None, Some(id(200)), Some(id(201)), Some(id(202))];
        for act in acts {
            let subject = match &act { Act::Commit(subject, ..) => Some(subject.map(id)), Act::Undo(_) | Act::Redo(_) => None };
            run(&mut store, act);
            // The dossier in memory is what a fresh look at the rows says.
            if let Some(subject) = subject {
                let held = store.dossier(subject).unwrap();
                store.all_stale().unwrap();
                prop_assert_eq!(&store.dossier(subject).unwrap(), &held);
            }
        }
        prop_assert_eq!(store.compare().unwrap(), vec![]);
        // A replay of the journal alone comes to the same.
        for subject in subjects.into_iter().flatten() {
            let now = store.dossier(Some(subject)).unwrap();
            let there = now.systems.first().is_some_and(|system| system.id == subject);
            prop_assert_eq!(store.dossier_at(subject, i64::MAX).unwrap(), there.then_some(now));
        }
        let before = subjects.map(|subject| store.dossier(subject).unwrap());
        store.rebuild().unwrap();
        prop_assert_eq!(subjects.map(|subject| store.dossier(subject).unwrap()), before);
        prop_assert_eq!(problems(&store), Vec::<String>::new());
        prop_assert_eq!(store.check_tail(5).unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn twenty_lines_of_another_language_verify_the_journal() {
    let mut store = Store::in_memory().unwrap();
    fill(&mut store);
    for act in (0..40).map(|n| {
        Act::Commit(
            Some(200),
            n % 2 == 0,
            vec![event(
                Kind::Threat,
                "edit",
                id(n),
                &[
                    ("title", Value::Null, Value::Text("größer \"als\" \u{7} \\ 模型".into())),
                    ("likelihood", Value::Null, Value::Int(-3)),
                ],
            )],
            0,
        )
    }) {
        run(&mut store, act);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let mut lines = Vec::new();
    assert_eq!(store.export_journal(&mut lines).unwrap(), 47);
    let verify = |lines: &[u8]| {
        std::fs::File::create(&path).unwrap().write_all(lines).unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify_journal.py");
        Command::new("python3").arg(script).arg(&path).output()
    };
    let Ok(out) = verify(&lines) else { return eprintln!("skipped: there is no python3 here") };
    let (count, head) = store.head().unwrap();
    assert_eq!(String::from_utf8(out.stdout).unwrap().trim(), format!("{count} {}", docket::domain::id::hex(&head)));
    let changed = String::from_utf8(lines).unwrap().replacen("threat 2", "threat 4", 1);
    assert!(!verify(changed.as_bytes()).unwrap().status.success());
}
