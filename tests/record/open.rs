//! Opening what is not a whole, present, current record: a sentence, and not a byte changed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use docket::store::{Fault, Open, Store, forget_mark, restore};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::seat::{add, commit, create, fill, id, problems};
use docket::domain::Kind;

fn made() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let mut store = Store::open(&path, here(folder.path())).unwrap();
    fill(&mut store);
    store.close().unwrap();
    (folder, path)
}

/// Opens or creates with a mark kept beside.
fn here(folder: &Path) -> Open {
    Open { state_dir: Some(folder.join("state")), ..create() }
}

/// What opening says; the file must be the same afterwards.
fn refused(path: &Path, how: Open) -> Fault {
    let before = fs::read(path).ok();
    let fault = Store::open(path, how).unwrap_err();
    assert_eq!(fs::read(path).ok(), before, "{fault}");
    let said = fault.to_string();
    assert!(
        !said.to_lowercase().contains("sql") && said.ends_with('.') && said.matches(['.', ';']).count() >= 2,
        "{said}"
    );
    fault
}

#[test]
fn a_missing_file_is_not_made_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    assert!(matches!(refused(&path, Open::default()), Fault::NotFound(_)));
    assert!(matches!(refused(&path, Open { read_only: true, ..create() }), Fault::NotFound(_)));
    assert!(!path.exists());
}

#[test]
fn a_record_that_is_gone_is_not_begun_again() {
    let (folder, path) = made();
    fs::remove_file(&path).unwrap();
    assert!(matches!(refused(&path, here(folder.path())), Fault::Gone(_)));
    forget_mark(&path, &folder.path().join("state")).unwrap();
    assert!(Store::open(&path, here(folder.path())).unwrap().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_record_on_a_drive_that_cannot_be_written_is_read() {
    use std::process::Command;
    let folder = tempfile::tempdir().unwrap();
    let mount = |args: &[&str]| Command::new("mount").args(args).arg(folder.path()).output();
    if !mount(&["-t", "tmpfs", "-o", "size=3m", "none"]).is_ok_and(|out| out.status.success()) {
        return eprintln!("skipped: this user cannot mount a small disk");
    }
    let path = folder.path().join("a b%.docket");
    let mut store = Store::open(&path, create()).unwrap();
    fill(&mut store);
    store.close().unwrap();
    assert!(mount(&["-o", "remount,ro"]).unwrap().status.success());
    for read_only in [true, false] {
        let store = Store::open(&path, Open { read_only, ..Open::default() }).unwrap();
        assert!(store.read_only().is_some());
        assert_eq!((store.head().unwrap().0, problems(&store)), (7, vec![]));
    }
    let _ = Command::new("umount").arg("-l").arg(folder.path()).output();
}

#[test]
fn an_empty_file_is_never_a_new_record() {
    let (folder, path) = made();
    fs::write(&path, "").unwrap();
    assert!(matches!(refused(&path, here(folder.path())), Fault::EmptyFile(_)));
}

#[test]
fn what_is_no_record_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    fs::write(&path, "Dear Ada, ".repeat(1000)).unwrap();
    assert!(matches!(refused(&path, create()), Fault::Foreign(_)));
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("PRAGMA application_id=7; CREATE TABLE x(a)").unwrap();
    assert!(matches!(refused(&other, create()), Fault::Foreign(_)));
    assert!(matches!(refused(folder.path(), create()), Fault::Foreign(_)));
}

#[test]
fn a_newer_record_is_refused_or_only_read() {
    let (folder, path) = made();
    let tool = Connection::open(&path).unwrap();
    tool.execute_batch(
        "PRAGMA user_version=9; UPDATE meta SET value=9 WHERE key='min_reader'; PRAGMA wal_checkpoint(TRUNCATE)",
    )
    .unwrap();
    drop(tool);
    assert!(matches!(refused(&path, here(folder.path())), Fault::Newer { found: 9, known: 1, .. }));
    let tool = Connection::open(&path).unwrap();
    tool.execute_batch("UPDATE meta SET value=1 WHERE key='min_reader'").unwrap();
    drop(tool);
    let mut store = Store::open(&path, here(folder.path())).unwrap();
    assert!(store.read_only().unwrap().contains("newer"));
    assert_eq!(store.dossier(Some(id(100))).unwrap().threats.len(), 3);
    let fault = crate::seat::try_commit(&mut store, None, vec![add(Kind::Person, id(7), "Eve")]).unwrap_err();
    assert!(matches!(fault, Fault::ReadOnly(_)), "{fault}");
}

#[test]
fn a_file_that_may_only_be_read_is_read() {
    let (_folder, path) = made();
    let mut locked = fs::metadata(&path).unwrap().permissions();
    locked.set_readonly(true);
    fs::set_permissions(&path, locked).unwrap();
    for how in [Open::default(), Open { read_only: true, ..Open::default() }] {
        let before = fs::read(&path).unwrap();
        let mut store = Store::open(&path, how).unwrap();
        assert!(store.read_only().is_some());
        assert_eq!(store.dossier(Some(id(100))).unwrap().threats.len(), 3);
        assert!(problems(&store).is_empty());
        assert!(matches!(store.keep_draft("a", "b"), Err(Fault::ReadOnly(_))));
        store.close().unwrap();
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_reader_with_other_fields_projects_in_memory() {
    let (_folder, path) = made();
    let tool = Connection::open(&path).unwrap();
    tool.execute_batch("UPDATE meta SET value='older' WHERE key='proj_version'; DROP TABLE threat").unwrap();
    drop(tool);
    let store = Store::open(&path, Open { read_only: true, ..Open::default() }).unwrap();
    assert_eq!(store.dossier(Some(id(100))).unwrap().threats.len(), 3);
    drop(store);
    let store = Store::open(&path, Open::default()).unwrap();
    assert_eq!(store.dossier(Some(id(100))).unwrap().threats.len(), 3);
    assert_eq!(store.stale(docket::clock::today(), 10).unwrap(), [id(100)], "its line is to be made anew");
    assert!(problems(&store).is_empty());
}

#[test]
fn whoever_waits_for_an_older_record_is_told_how_far_it_is() {
    use docket::desk::{Anew, Desk, Paths};
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths { record: folder.path().join("a.docket"), state: None };
    let mut desk = Desk::create(paths.clone(), false).unwrap();
    desk.begin("Ada Bell", "", &docket::domain::people::Role::REVIEW).unwrap();
    let name = |n: usize| vec![("name".to_owned(), docket::domain::value::Value::Text(format!("system {n}")))];
    for n in 0..300 {
        desk.new_system(docket::domain::people::Role::Owner, name(n)).unwrap();
    }
    desk.close().unwrap();
    let tool = Connection::open(&paths.record).unwrap();
    tool.execute_batch("UPDATE meta SET value='older' WHERE key='proj_version'").unwrap();
    drop(tool);
    let mut told = Vec::new();
    Desk::open_telling(paths.clone(), false, &mut |anew| told.push(anew)).unwrap();
    assert!(matches!(told[0], Anew::Rows(1_000, all) if all > 1_000), "{told:?}");
    assert_eq!(told[told.len() - 1], Anew::Lines(300, 300), "{told:?}");
    told.clear();
    Desk::open_telling(paths, false, &mut |anew| told.push(anew)).unwrap();
    assert!(told.is_empty(), "it is made anew once: {told:?}");
}

#[test]
fn a_lost_end_is_noticed_by_the_mark() {
    let (folder, path) = made();
    let early = folder.path().join("early.docket");
    fs::copy(&path, &early).unwrap();
    let mut store = Store::open(&path, here(folder.path())).unwrap();
    commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(4), "four")]);
    // What a crash and a tidy-minded person leave: the file without what was still beside it.
    fs::copy(&path, folder.path().join("crashed")).unwrap();
    drop(store);
    fs::copy(folder.path().join("crashed"), &path).unwrap();
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(folder.path().join(format!("a.docket{suffix}")));
    }
    let fault = refused(&path, here(folder.path()));
    assert!(matches!(&fault, Fault::OlderThanSeen { seen: 8, found, .. } if found == "ends at 7"), "{fault}");
    assert!(Store::open(&path, Open { read_only: true, ..here(folder.path()) }).is_ok());
    // Going on knowingly makes a new device, so that the two ends never claim the same number.
    forget_mark(&path, &folder.path().join("state")).unwrap();
    let mut store = Store::open(&path, here(folder.path())).unwrap();
    commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(4), "four")]);
    assert_eq!(store.history(None, None, 1).unwrap()[0].tag, "B");
    assert!(problems(&store).is_empty());
}

#[test]
fn an_end_that_was_written_twice_is_noticed() {
    let (folder, path) = made();
    let mark = fs::read_dir(folder.path().join("state/marks")).unwrap().next().unwrap().unwrap().path();
    let early = (fs::read(&path).unwrap(), fs::read(&mark).unwrap());
    let write = |name: &str| {
        let mut store = Store::open(&path, here(folder.path())).unwrap();
        commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(4), name)]);
        store.close().unwrap();
        fs::read(&mark).unwrap()
    };
    let seen = write("one");
    fs::write(&path, early.0).unwrap();
    fs::write(&mark, early.1).unwrap();
    write("other");
    fs::write(&mark, seen).unwrap();
    let fault = refused(&path, here(folder.path()));
    assert!(matches!(&fault, Fault::OlderThanSeen { seen: 8, found, .. } if found.contains("another")), "{fault}");
}

#[test]
fn a_copy_is_a_new_device() {
    let (folder, path) = made();
    let copy = folder.path().join("copy.docket");
    fs::copy(&path, &copy).unwrap();
    for (file, tag) in [(&path, ""), (&copy, "B"), (&path, ""), (&copy, "B")] {
        let mut store = Store::open(file, here(folder.path())).unwrap();
        commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(20), "more")]);
        assert_eq!(store.history(None, None, 1).unwrap()[0].tag, tag);
        assert!(problems(&store).is_empty());
    }
}

#[test]
fn a_copy_is_put_back_without_the_old_wal() {
    let (folder, path) = made();
    let mut store = Store::open(&path, here(folder.path())).unwrap();
    let copy = folder.path().join("copies/good.docket");
    let backup = store.backup(&copy).unwrap();
    assert_eq!((backup.entries, backup.head), store.head().unwrap());
    assert!(matches!(store.backup(&copy), Err(Fault::Exists(_))));
    commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(4), "four")]);
    let wal = fs::read(folder.path().join("a.docket-wal")).unwrap();
    drop(store);
    fs::write(folder.path().join("a.docket-wal"), wal).unwrap();
    let said = restore(&copy, &path, Some(&folder.path().join("state"))).unwrap();
    assert!(said.contains("7 entries") && said.contains("aside-1"), "{said}");
    let mut store = Store::open(&path, here(folder.path())).unwrap();
    assert_eq!((problems(&store), store.head().unwrap()), (vec![], (7, backup.head)));
    commit(&mut store, None, vec![add(Kind::Person, id(9), "New")]);
    assert_eq!(store.history(None, None, 1).unwrap()[0].tag, "B");
    assert_eq!(fs::read_dir(folder.path().join("copies")).unwrap().count(), 1, "nothing is left beside a copy");
    fs::write(&copy, &fs::read(&copy).unwrap()[..8192]).unwrap();
    assert!(matches!(restore(&copy, &path, None), Err(Fault::Damaged(_))));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_look() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/a.docket");
    let mut store = Store::open(&path, create()).unwrap();
    fill(&mut store);
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&folder.path().join("deep/er/a.docket-wal")), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 3, "nothing else is left there");
}
