//! Two and more processes on one file.

use std::{
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use docket::{
    domain::{Kind, people::Role},
    store::{Fault, Open, Store},
};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::seat::{ADA, add, commit, create, fill, id, problems, stamp, summarise, try_commit};

pub fn place() -> (TempDir, PathBuf, Open) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let how = Open { state_dir: Some(folder.path().join("state")), ..create() };
    (folder, path, how)
}

#[test]
fn two_writers_share_one_chain_without_gaps() {
    let (_folder, path, how) = place();
    let write = |from: u32| {
        let (path, how) = (path.clone(), how.clone());
        thread::spawn(move || {
            let mut store = Store::open(&path, how).unwrap();
            for n in from..from + 40 {
                let done = commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(n), "t")]);
                assert!(done.dossier.threats.iter().any(|threat| threat.id == id(n)));
            }
        })
    };
    let writers = [write(1000), write(2000), write(3000)];
    for writer in writers {
        writer.join().unwrap();
    }
    let store = Store::open(&path, how).unwrap();
    assert_eq!((store.head().unwrap().0, problems(&store)), (121, vec![]));
    assert_eq!(store.dossier(Some(id(100))).unwrap().threats.len(), 120);
    assert!(store.history(None, None, 999).unwrap().iter().all(|entry| entry.tag.is_empty()));
}

#[test]
fn many_who_create_the_same_file_get_one_record() {
    for _ in 0..10 {
        let (folder, path, how) = place();
        let open = || {
            let (path, how) = (path.clone(), how.clone());
            thread::spawn(move || Store::open(&path, how).unwrap().space())
        };
        let spaces: Vec<_> = (0..6).map(|_| open()).collect();
        let spaces: Vec<_> = spaces.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(spaces.windows(2).all(|pair| pair[0] == pair[1]));
        let left = std::fs::read_dir(folder.path())
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("new"));
        assert_eq!(left.count(), 0);
    }
}

#[test]
fn a_writer_waits_for_the_other_one() {
    let (_folder, path, how) = place();
    let mut store = Store::open(&path, how).unwrap();
    fill(&mut store);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = Instant::now();
    let waiting = thread::spawn(move || {
        commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(4), "four")]);
        begun.elapsed()
    });
    thread::sleep(Duration::from_millis(300));
    other.execute_batch("ROLLBACK").unwrap();
    assert!(waiting.join().unwrap() >= Duration::from_millis(300));
}

#[test]
fn what_another_process_wrote_is_noticed_and_asked_about() {
    let (_folder, path, how) = place();
    let (mut one, mut two) = (Store::open(&path, how.clone()).unwrap(), Store::open(&path, how).unwrap());
    fill(&mut one);
    assert!(!one.changed_elsewhere().unwrap());
    assert!(two.changed_elsewhere().unwrap() && !two.changed_elsewhere().unwrap());
    commit(&mut one, Some(id(100)), vec![add(Kind::Threat, id(4), "four")]);
    commit(&mut two, Some(id(100)), vec![add(Kind::Threat, id(5), "five")]);
    let seen = one.transact(Some(id(100)), &stamp(), &summarise, |dossier| Err::<Vec<_>, _>(dossier.threats.len()));
    assert_eq!(seen.unwrap().unwrap_err(), 5, "the question is about what is there now");
    assert_eq!(one.dossier(Some(id(100))).unwrap(), two.dossier(Some(id(100))).unwrap());
}

#[test]
fn nothing_is_written_into_tables_of_another_version() {
    let (_folder, path, how) = place();
    let mut store = Store::open(&path, how.clone()).unwrap();
    fill(&mut store);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("UPDATE meta SET value='newer' WHERE key='proj_version'").unwrap();
    let fault = try_commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(4), "four")]).unwrap_err();
    assert!(matches!(fault, Fault::TakenOver), "{fault}");
    assert_eq!(Store::open(&path, how).unwrap().head().unwrap().0, 7);
}

#[test]
fn a_change_of_the_record_makes_every_line_stale() {
    let mut store = Store::in_memory().unwrap();
    fill(&mut store);
    let today = stamp().today;
    assert_eq!(store.stale(today, 9).unwrap(), vec![]);
    assert_eq!(store.stale(today.plus(30), 9).unwrap(), [id(100)]);
    commit(&mut store, None, vec![add(Kind::Assignment, id(70), "x")]);
    assert_eq!(store.stale(today, 9).unwrap(), [id(100)]);
    let dossier = store.dossier(Some(id(100))).unwrap();
    assert_eq!(dossier.defaults.len(), 1);
    store.refresh(id(100), summarise(&dossier)).unwrap();
    assert_eq!(store.stale(today, 9).unwrap(), vec![]);
    assert_eq!(store.role_steps(Role::Security, 2).unwrap().len(), 2);
    assert_eq!((store.steps(ADA, 9).unwrap(), store.totals(today).unwrap().threats), (store.all_steps(9).unwrap(), 3));
    commit(&mut store, None, vec![add(Kind::Assignment, id(71), "y")]);
    assert_eq!(store.refresh_stale(today, 9, &summarise).unwrap(), 1);
    assert_eq!(
        (store.refresh_stale(today, 9, &summarise).unwrap(), store.wrong_lines(today, &summarise).unwrap()),
        (0, vec![])
    );
    assert_eq!(store.wrong_lines(today, &|_| None).unwrap(), [id(100)]);
    store.refresh(id(100), None).unwrap();
    assert_eq!((store.dashboard(0, 9).unwrap(), store.all_steps(9).unwrap()), (vec![], vec![]));
}
