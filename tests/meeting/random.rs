//! For random meetings: the minutes, the record of each system, the dashboard and the journal agree on every outcome.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::keys::{sit, waiting};
use docket::domain::{
    Id, Kind, Line, Prose,
    command::Command,
    decision::{Decision, ReturnReason, Step},
    fields::Vocabulary,
    meeting::{Item, ItemMark, ItemRef, MeetingAct},
    people::Role,
    value::Value,
};

/// What is done with one item.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Decide(Decision),
    Return,
    Defer,
    Skip,
    Talk,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => prop::sample::select(Decision::ALL).prop_map(Deed::Decide),
        1 => Just(Deed::Return),
        1 => Just(Deed::Defer),
        1 => Just(Deed::Skip),
        1 => Just(Deed::Talk),
    ]
}

fn command(decision: Decision) -> Command {
    let today = docket::clock::today();
    let bound = matches!(decision, Decision::Conditional | Decision::Pilot);
    Command::Decide {
        decision,
        rationale: "As it was said.".into(),
        conditions: if bound { vec![("Switch the log on".into(), today.plus(30))] } else { vec![] },
        valid_until: decision.permits().then(|| today.plus(365)),
    }
}

fn back() -> Command {
    Command::Return {
        step: Step::GovernanceSignoff,
        reason: ReturnReason::MissingEvidence,
        gaps: "The test of the filter".into(),
        role: Role::Governance,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_printed_disagrees(deeds in prop::collection::vec((deed(), any::<bool>()), 4)) {
        let folder = tempfile::tempdir().unwrap();
        let path = waiting(folder.path(), 4);
        let mut desk = sit(&path).session.desk;
        let today = docket::clock::today().to_string();
        let set = vec![("title".to_owned(), Value::from("Board")), ("day".to_owned(), Value::from(today.as_str()))];
        let record = desk.meet(Role::Signoff, MeetingAct::OpenNow(set)).unwrap();
        let meeting = record.running_meeting().unwrap().id;
        desk.sit_in(Some(meeting));
        let (agenda, _) = desk.agenda(None).unwrap();
        let items: Vec<Item> = agenda.items.clone();
        prop_assert_eq!(items.len(), 4);
        for (item, (deed, taken_up)) in items.iter().zip(&deeds) {
            let system = item.system.as_ref().unwrap().0;
            let kept = ItemRef { key: item.key.clone(), title: Line::new(&item.title()), about: Some(system) };
            if *taken_up {
                desk.meet(Role::Signoff, MeetingAct::TakeUp(meeting, Some(kept.clone()), None)).unwrap();
            }
            let mark = |mark| MeetingAct::Mark(meeting, kept.clone(), Some(mark), Prose::new("Because."));
            match deed {
                Deed::Decide(decision) => { desk.execute(Some(system), Role::Signoff, &command(*decision)).unwrap(); }
                Deed::Return => { desk.execute(Some(system), Role::Signoff, &back()).unwrap(); }
                Deed::Defer => { desk.meet(Role::Signoff, mark(ItemMark::Deferred)).unwrap(); }
                Deed::Skip => { desk.meet(Role::Signoff, mark(ItemMark::Skipped)).unwrap(); }
                Deed::Talk => { desk.meet(Role::Signoff, mark(ItemMark::Done)).unwrap(); }
            }
        }
        desk.close_meeting(Role::Signoff, meeting).unwrap();
        let minutes = desk.minutes(meeting).unwrap();
        // What the minutes say of each system.
        let mut said: BTreeMap<Id, Vec<String>> = BTreeMap::new();
        for outcome in minutes.items.iter().flat_map(|item| &item.outcomes).chain(&minutes.beside) {
            let decides = outcome.of == Kind::Disposition || outcome.what.starts_with("sent back");
            if let Some((system, _)) = outcome.system.as_ref().filter(|_| decides) {
                said.entry(*system).or_default().push(outcome.what.clone());
            }
        }
        for (item, (deed, _)) in items.iter().zip(&deeds) {
            let system = item.system.as_ref().unwrap().0;
            let dossier = desk.dossier(system).unwrap();
            let line = desk.store().unwrap().dashboard(0, 99).unwrap().into_iter().find(|(id, _)| *id == system).unwrap().1;
            let made = dossier.decided().and_then(|d| d.decision);
            let printed = said.get(&system).cloned().unwrap_or_default();
            let marked = minutes.items.iter().find(|i| i.key == item.key).and_then(|i| i.mark);
            let written = desk.store().unwrap().written_in(meeting).unwrap();
            let in_journal = written.iter().filter(|e| e.kind == "disposition.decide" && e.body.system == Some(system)).count();
            match deed {
                Deed::Decide(decision) => {
                    prop_assert_eq!(made, Some(*decision));
                    prop_assert_eq!(printed.len(), 1);
                    prop_assert!(printed[0].starts_with(&decision.label().to_uppercase()), "{:?}", printed);
                    prop_assert_eq!(in_journal, 1);
                    prop_assert_eq!(line.clearance == "current", decision.permits(), "{}", line.clearance);
                }
                Deed::Return => {
                    prop_assert!(made.is_none() && in_journal == 0);
                    prop_assert_eq!(printed.len(), 1);
                    prop_assert!(printed[0].starts_with("sent back"), "{:?}", printed);
                    prop_assert!(line.court.contains("Govern"), "{}", line.court);
                }
                Deed::Defer | Deed::Skip | Deed::Talk => {
                    prop_assert!(made.is_none() && printed.is_empty() && in_journal == 0);
                    let wanted = match deed {
                        Deed::Defer => ItemMark::Deferred,
                        Deed::Skip => ItemMark::Skipped,
                        _ => ItemMark::Done,
                    };
                    prop_assert_eq!(marked, Some(wanted));
                }
            }
        }
        // What was on the agenda stands with its own item; what nobody took up stands beside it.
        let taken = |id: Id| items.iter().zip(&deeds).any(|(item, (_, up))| *up && item.system.as_ref().is_some_and(|s| s.0 == id));
        prop_assert!(minutes.beside.iter().all(|o| !taken(o.system.as_ref().unwrap().0)), "{:?}", minutes.beside);
        prop_assert!(desk.verify().unwrap().problems.is_empty());
        let paper = docket::exchange::meeting::paper::minutes(&minutes, docket::clock::now());
        let head = docket::domain::id::hex(&minutes.head.unwrap().1);
        for text in [paper.to_markdown(), paper.to_text(), paper.to_html()] {
            let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert!(flat.contains(&head), "every form prints the head of the journal");
        }
    }
}
