//! A durable command beside what any durable command costs: the floors are measured in the same run on the same disk.

use std::{
    cell::RefCell,
    fs::{File, OpenOptions},
    io::Write,
    path::Path,
};

use divan::Bencher;
use docket::{
    clock,
    desk::Desk,
    domain::{
        Change, Event, Id, Kind, Prose,
        command::Command,
        decision::{fingerprint, snapshot},
        fields::{Kept, Vocabulary},
        people::Role,
        value::Value,
    },
};

use crate::{
    record::{edit, one, open},
    world,
};

/// 300 bytes appended to a file, and the disk has them.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn floor_1_append_and_flush(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    let mut file: File = OpenOptions::new().create(true).append(true).open(folder.path().join("log")).unwrap();
    bencher.bench_local(|| {
        file.write_all(&[b'x'; 300]).unwrap();
        file.sync_data().unwrap();
    });
}

/// One row committed by `SQLite` with the settings of the record.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn floor_2_sqlite_commit(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    let conn = rusqlite::Connection::open(folder.path().join("raw.db")).unwrap();
    let settings =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT)";
    conn.execute_batch(settings).unwrap();
    bencher.bench_local(|| {
        conn.prepare_cached("BEGIN IMMEDIATE").unwrap().execute([]).unwrap();
        conn.prepare_cached("INSERT INTO t(text) VALUES(?1)").unwrap().execute(["seen"]).unwrap();
        conn.prepare_cached("COMMIT").unwrap().execute([]).unwrap();
    });
}

/// The whole command at the desk: read, ask, journal, rows, line of the board, flush.
#[divan::bench(args = [20, 5_000], sample_count = 100, sample_size = 1)]
fn edit_the_system(bencher: Bencher, threats: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, id) = one(folder.path(), threats);
    let mut n = 0;
    let desk = RefCell::new(desk);
    let next = || {
        desk.borrow().settle();
        n += 1;
        edit(id, n)
    };
    bencher
        .with_inputs(next)
        .bench_local_values(|command| desk.borrow_mut().execute(Some(id), Role::Security, &command).unwrap());
}

#[divan::bench(args = [20, 5_000], sample_count = 100, sample_size = 1)]
fn score_a_threat(bencher: Bencher, threats: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, id) = one(folder.path(), threats);
    scored(bencher, desk, id, |desk, command| {
        desk.execute(Some(id), Role::Security, &command).unwrap();
    });
}

/// The same where three roles have signed: each signature is compared with what is there.
#[divan::bench(args = [20, 5_000], sample_count = 100, sample_size = 1)]
fn score_a_signed_threat(bencher: Bencher, threats: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, id) = one(folder.path(), threats);
    sign(desk, id, &folder.path().join("one.docket"));
    scored(bencher, open(&folder.path().join("one.docket")), id, |desk, command| {
        desk.execute(Some(id), Role::Security, &command).unwrap();
    });
}

/// What a key press waits for: the command, and everything that the screen is then made of.
#[divan::bench(args = [20, 5_000], sample_count = 100, sample_size = 1)]
fn score_a_threat_and_read_the_page(bencher: Bencher, threats: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, id) = one(folder.path(), threats);
    scored(bencher, desk, id, |desk, command| {
        let dossier = desk.execute(Some(id), Role::Security, &command).unwrap();
        desk.shown(dossier).unwrap();
    });
}

/// What follows when the frame is painted: the line of the board and the risk over time, which wait for no disk.
#[divan::bench(args = [20, 5_000], sample_count = 100, sample_size = 1)]
fn settle_after_a_score(bencher: Bencher, threats: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, id) = one(folder.path(), threats);
    let mut next = score(&desk, id);
    let desk = RefCell::new(desk);
    let owe = || desk.borrow_mut().execute(Some(id), Role::Security, &next()).unwrap();
    bencher.with_inputs(owe).bench_local_values(|_| desk.borrow().settle());
}

/// Each time nothing is owed of the one before, as between two keys.
fn scored(bencher: Bencher, desk: Desk, id: Id, mut run: impl FnMut(&mut Desk, Command)) {
    let mut next = score(&desk, id);
    let desk = RefCell::new(desk);
    let settled = || {
        desk.borrow().settle();
        next()
    };
    bencher.with_inputs(settled).bench_local_values(|command| run(&mut desk.borrow_mut(), command));
}

/// Scores one threat after the other, each anew.
fn score(desk: &Desk, system: Id) -> impl FnMut() -> Command + use<> {
    let threats: Vec<Id> = desk.dossier(system).unwrap().threats.iter().map(|threat| threat.id).collect();
    let mut n: i64 = 0;
    move || {
        n += 1;
        let id = threats[usize::try_from(n * 37).unwrap() % threats.len()];
        // Both change at each turn, whatever they were.
        let round = n * 37 / i64::try_from(threats.len()).unwrap();
        let set = vec![
            ("likelihood".into(), Value::Int((n + round) % 5 + 1)),
            ("impact".into(), Value::Int((n + round / 5) % 5 + 1)),
            ("description".into(), Value::Text(format!("looked at {n} times"))),
        ];
        Command::Edit { kind: Kind::Threat, id, set, why: Prose::default() }
    }
}

/// Owner, security and governance sign for what is there, past every rule.
fn sign(desk: Desk, system: Id, path: &Path) {
    let dossier = desk.dossier(system).unwrap();
    let review = dossier.review().map(|review| review.id).to_value();
    desk.close().unwrap();
    let me = dossier.people[0].id;
    let stamp = docket::desk::stamp(me, "Uma Universal".into(), Role::Security);
    let signed = [Role::Owner, Role::Security, Role::Governance].map(|role| {
        let set = [
            ("review", review.clone()),
            ("role", Value::from(role.code())),
            ("content", fingerprint(&snapshot(&dossier, role)).to_value()),
            ("at", Some(clock::now()).to_value()),
        ];
        let set = set.into_iter().map(|(field, new)| Change { field: field.into(), old: Value::Null, new }).collect();
        let (of, entity, why) = (Kind::Signoff, stamp.fresh(), Prose::default());
        Event { of, verb: "sign".into(), entity, set, why, attach: None }
    });
    let mut store = docket::store::Store::open(path, docket::store::Open::default()).unwrap();
    let done = store.transact(Some(system), &stamp, &world::today, |_| Ok::<_, ()>(signed.to_vec()));
    assert!(done.unwrap().is_ok());
    store.close().unwrap();
}
