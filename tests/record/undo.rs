//! Undo and redo: what was there before comes back, and nothing of anybody else is lost.

use docket::{
    domain::{Event, Id, Kind, value::Value},
    store::{NotUndone, Store, Undone},
};

use crate::seat::{ADA, BEN, add, commit, event, fill, id, problems, rename, stamp_of, summarise, text};

type Step<'a> = (Option<Id>, docket::store::Ask<'a, &'static str>);

fn undo(store: &mut Store, by: Id) -> Result<Undone, NotUndone> {
    store.undo(by, &stamp_of(by, 9), &summarise).unwrap()
}

fn redo(store: &mut Store, by: Id) -> Result<Undone, NotUndone> {
    store.redo(by, &stamp_of(by, 9), &summarise).unwrap()
}

fn by(store: &mut Store, person: Id, events: Vec<Event>) {
    store.transact(Some(id(100)), &stamp_of(person, 5), &summarise, |_| Ok::<_, ()>(events)).unwrap().unwrap();
}

fn filled() -> Store {
    let mut store = Store::in_memory().unwrap();
    fill(&mut store);
    store
}

fn titles(store: &Store) -> Vec<String> {
    let threats = store.dossier(Some(id(100))).unwrap().threats;
    threats.iter().filter(|threat| !threat.archived).map(|threat| threat.title.to_string()).collect()
}

#[test]
fn an_edit_is_taken_back_exactly_and_done_again() {
    let mut store = filled();
    let before = store.dossier(Some(id(100))).unwrap();
    let edit = [
        ("title", text("threat 2"), text("worse")),
        ("likelihood", Value::Null, Value::Int(4)),
        ("covers", Value::Null, Value::List(vec!["a".into()])),
    ];
    commit(&mut store, Some(id(100)), vec![event(Kind::Threat, "edit", id(2), &edit)]);
    let after = store.dossier(Some(id(100))).unwrap();
    assert_ne!(before, after);
    let undone = undo(&mut store, ADA).unwrap();
    assert_eq!((undone.subjects, undone.taken_back.is_some()), (vec![Some(id(100))], true));
    assert_eq!(store.dossier(Some(id(100))).unwrap(), before);
    redo(&mut store, ADA).unwrap();
    assert_eq!(store.dossier(Some(id(100))).unwrap(), after);
    assert_eq!(redo(&mut store, ADA), Err(NotUndone::NothingToRedo));
    undo(&mut store, ADA).unwrap();
    store.rebuild().unwrap();
    assert_eq!(store.dossier(Some(id(100))).unwrap(), before);
    assert_eq!(problems(&store), Vec::<String>::new());
}

#[test]
fn undo_walks_back_and_redo_walks_forth() {
    let mut store = filled();
    for n in 1..=3 {
        commit(&mut store, Some(id(100)), vec![rename(Kind::Threat, id(n), &format!("threat {n}"), "x")]);
    }
    let mut seen = vec![titles(&store)];
    for _ in 0..3 {
        undo(&mut store, ADA).unwrap();
        seen.push(titles(&store));
    }
    assert_eq!(seen[3], ["threat 1", "threat 2", "threat 3"]);
    for n in (0..3).rev() {
        redo(&mut store, ADA).unwrap();
        assert_eq!(titles(&store), seen[n]);
    }
    undo(&mut store, ADA).unwrap();
    commit(&mut store, Some(id(100)), vec![rename(Kind::Threat, id(1), "x", "y")]);
    assert_eq!(redo(&mut store, ADA), Err(NotUndone::NothingToRedo));
    undo(&mut store, ADA).unwrap();
    assert_eq!(titles(&store), seen[1]);
}

#[test]
fn an_addition_is_withdrawn_and_comes_back() {
    let mut store = filled();
    undo(&mut store, ADA).unwrap();
    let dossier = store.dossier(Some(id(100))).unwrap();
    assert!(dossier.systems[0].archived && dossier.threats.iter().all(|threat| threat.archived));
    assert_eq!(store.dashboard(0, 9).unwrap(), vec![]);
    redo(&mut store, ADA).unwrap();
    assert_eq!(titles(&store).len(), 3);
    assert_eq!(store.dashboard(0, 9).unwrap().len(), 1);
    // The people were added by a command of the record itself.
    undo(&mut store, ADA).unwrap();
    assert_eq!(undo(&mut store, ADA).unwrap().subjects, [None]);
    assert_eq!(undo(&mut store, ADA), Err(NotUndone::Nothing));
}

#[test]
fn what_somebody_changed_since_is_not_overwritten() {
    let mut store = filled();
    commit(
        &mut store,
        Some(id(100)),
        vec![rename(Kind::Threat, id(1), "threat 1", "mine"), rename(Kind::Threat, id(2), "threat 2", "mine too")],
    );
    by(&mut store, BEN, vec![rename(Kind::Threat, id(2), "mine too", "Ben's")]);
    let head = store.head().unwrap();
    let kept = undo(&mut store, ADA).unwrap_err();
    assert_eq!(kept.to_string(), "Ben has changed the threat of this threat since (entry 10). Nothing was undone.");
    assert_eq!((store.head().unwrap(), titles(&store)), (head, vec!["mine".into(), "Ben's".into(), "threat 3".into()]));
    undo(&mut store, BEN).unwrap();
    undo(&mut store, ADA).unwrap();
    assert_eq!(titles(&store), ["threat 1", "threat 2", "threat 3"]);
    // What was added to an addition keeps it from being withdrawn.
    by(&mut store, BEN, vec![event(Kind::Threat, "edit", id(3), &[("likelihood", Value::Null, Value::Int(2))])]);
    assert!(matches!(undo(&mut store, ADA), Err(NotUndone::Changed { by, .. }) if by == "Ben"));
}

#[test]
fn what_binds_is_never_undone() {
    let mut store = filled();
    by(&mut store, ADA, vec![event(Kind::Signoff, "sign", id(60), &[])]);
    assert_eq!(undo(&mut store, ADA), Err(NotUndone::Binding("signoff.sign".into())));
    assert_eq!(undo(&mut store, BEN), Err(NotUndone::Nothing));
    by(&mut store, ADA, vec![add(Kind::Threat, id(4), "four")]);
    undo(&mut store, ADA).unwrap();
    assert_eq!(undo(&mut store, ADA), Err(NotUndone::Binding("signoff.sign".into())));
}

#[test]
fn a_batch_is_saved_and_undone_as_one() {
    let mut store = Store::in_memory().unwrap();
    let step = |n: u32| -> Step<'static> {
        (Some(id(n)), Box::new(move |_| Ok(vec![add(Kind::System, id(n), "s"), add(Kind::Threat, id(n + 500), "t")])))
    };
    let stamp = stamp_of(ADA, 0);
    let cancelled = store.batch(&stamp, &summarise, &mut (1..9).map(step), &mut |done| done.steps < 4).unwrap();
    assert_eq!(cancelled, Err(docket::store::Stopped::Cancelled));
    // Also within one step of many entries, of which nothing is left then.
    let long = |_: &docket::domain::Dossier| Ok((1..2000).map(|n| add(Kind::Threat, id(n + 500), "t")).collect());
    let mut seen = Vec::new();
    let mut within = |done: docket::store::Written| {
        seen.push((done.steps, done.entries, done.of));
        done.entries < 600
    };
    let mut one = std::iter::once::<Step<'static>>((Some(id(1)), Box::new(long)));
    let cancelled = store.batch(&stamp, &summarise, &mut one, &mut within).unwrap();
    assert_eq!(cancelled, Err(docket::store::Stopped::Cancelled));
    assert_eq!(seen, [(0, 0, 1999), (0, 256, 1999), (0, 512, 1999), (0, 768, 1999)]);
    let mut with_refusal = (1..4).map(step).chain([(None, Box::new(|_: &_| Err("no")) as _)]);
    let refused = store.batch(&stamp, &summarise, &mut with_refusal, &mut |_| true).unwrap();
    assert_eq!(refused, Err(docket::store::Stopped::Refused(3, "no")));
    assert!(store.is_empty() && store.dashboard(0, 99).unwrap().is_empty());
    let done = store.batch(&stamp, &summarise, &mut (1..9).map(step), &mut |_| true).unwrap().unwrap();
    assert_eq!((done.steps, done.entries, store.dashboard(0, 99).unwrap().len()), (8, 2..=17, 8));
    assert_eq!((store.search("S", 99).unwrap().len(), store.search("t", 3).unwrap().len()), (8, 3));
    assert_eq!(undo(&mut store, ADA).unwrap().subjects.len(), 8);
    assert!(store.dashboard(0, 99).unwrap().is_empty() && problems(&store).is_empty());
}

#[test]
fn the_history_names_who_changed_what() {
    let mut store = filled();
    let n = store.history(None, None, 1).unwrap()[0].n;
    by(&mut store, BEN, vec![rename(Kind::Threat, id(2), "threat 2", "b")]);
    by(&mut store, ADA, vec![rename(Kind::Threat, id(1), "threat 1", "a")]);
    let changes = store.changes_of(&[id(1), id(2)], n).unwrap();
    assert_eq!(changes.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["Ben", "Ada"], "oldest first");
    let change = &changes[0];
    assert_eq!((change.name.as_str(), change.verb(), change.of), ("Ben", "edit", Some(Kind::Threat)));
    assert_eq!(store.changes_of(&[id(2)], change.n).unwrap(), []);
    assert_eq!(store.entity_history(id(2)).unwrap().len(), 2);
    let of = |subject| store.history(Some(subject), None, 99).unwrap();
    assert_eq!((of(Some(id(100))).len(), of(None).len(), of(Some(id(5))).len()), (6, 3, 0));
    let page = store.history(Some(Some(id(100))), Some(change.n), 2).unwrap();
    assert_eq!(page.iter().map(|entry| entry.n).collect::<Vec<_>>(), [7, 6]);
    assert_eq!(page[0].body.set[0].new, text("threat 3"));
}
