//! The record file: what is saved is there, what was not said is not, and nobody can change it unseen.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "record/damage.rs"]
mod damage;
#[path = "record/forge.rs"]
mod forge;
#[path = "record/full.rs"]
#[cfg(unix)]
mod full;
#[path = "record/golden.rs"]
mod golden;
#[path = "record/open.rs"]
mod open;
#[path = "record/owed.rs"]
mod owed;
#[path = "record/pictures.rs"]
mod pictures;
#[path = "record/rows.rs"]
mod rows;
#[path = "record/seat.rs"]
mod seat;
#[path = "record/tamper.rs"]
mod tamper;
#[path = "record/together.rs"]
mod together;
#[path = "record/undo.rs"]
mod undo;

use docket::{
    domain::Kind,
    store::{Open, Store},
};
use seat::{ADA, add, commit, create, fill, id, problems, stamp, summarise};

#[test]
fn what_was_committed_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/a.docket");
    let mut store = Store::open(&path, create()).unwrap();
    assert!(store.is_empty());
    fill(&mut store);
    let before = store.dossier(Some(id(100))).unwrap();
    assert_eq!((before.threats.len(), before.people.len(), before.systems.len()), (3, 2, 1));
    let head = store.head().unwrap();
    drop(store);
    let store = Store::open(&path, Open::default()).unwrap();
    assert_eq!(store.dossier(Some(id(100))).unwrap(), before);
    assert_eq!((store.head().unwrap(), problems(&store)), (head, vec![]));
    let line = &store.dashboard(0, 10).unwrap()[0];
    assert_eq!((line.0, line.1.threats), (id(100), 3));
    assert_eq!(store.steps(ADA, 10).unwrap().len(), 3);
}

#[test]
fn nothing_is_kept_when_the_question_is_refused() {
    let mut store = Store::in_memory().unwrap();
    fill(&mut store);
    let head = store.head().unwrap();
    let refused = store.transact(Some(id(100)), &stamp(), &summarise, |dossier| Err::<_, _>(dossier.threats.len()));
    assert_eq!(refused.unwrap().unwrap_err(), 3);
    assert_eq!(store.head().unwrap(), head);
    let done = commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(4), "four")]);
    assert_eq!((done.dossier.threats.len(), done.entries), (4, 8..=8));
    assert_eq!(done.dossier, store.dossier(Some(id(100))).unwrap());
}
