//! The record file: seeding, opening, paging, saving, searching, verifying.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use divan::{Bencher, black_box, counter::ItemsCount};
use docket::{
    clock,
    desk::{Desk, Paths},
    domain::{Id, Kind, Prose, command::Command, people::Role, value::Value},
};

use crate::world::{self, Size};

/// As large as was asked for; the first system is a large one.
pub fn size() -> Size {
    let systems = std::env::var("DOCKET_BENCH_SYSTEMS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let first = std::env::var("DOCKET_BENCH_FIRST").ok().and_then(|n| n.parse().ok()).unwrap_or(5_000.min(5 * systems));
    Size { systems, threats: 10 * systems - 5_000.min(5 * systems), first }
}

/// The record that is only read, made once; or the one that `DOCKET_BENCH_USE` names.
pub fn large() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        if let Some(made) = std::env::var_os("DOCKET_BENCH_USE") {
            return (folder, made.into());
        }
        let path = folder.path().join("large.docket");
        world::make(&path, &size());
        (folder, path)
    });
    path
}

pub fn open(path: &Path) -> Desk {
    Desk::open(Paths { record: path.to_owned(), state: None }, false).unwrap()
}

/// A record of its own with one system of so many threats, and that system.
pub fn one(folder: &Path, threats: usize) -> (Desk, Id) {
    let path = folder.join("one.docket");
    world::make(&path, &Size { systems: 1, threats, first: 0 });
    let desk = open(&path);
    let id = desk.store().unwrap().dashboard(0, 1).unwrap()[0].0;
    (desk, id)
}

/// Each system with ten threats, up to 500 of them in one transaction: five times as many take five times as long.
#[divan::bench(args = [100, 500], sample_count = 3, sample_size = 1)]
fn seed_systems(bencher: Bencher, systems: usize) {
    let size = Size { systems, threats: systems * 10, first: 0 };
    bencher.counter(ItemsCount::new(systems)).with_inputs(|| tempfile::tempdir().unwrap()).bench_refs(|folder| {
        world::make(&folder.path().join("a.docket"), &size);
    });
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn open_and_first_board(bencher: Bencher) {
    let path = large();
    bencher.bench(|| {
        let desk = open(path);
        black_box((desk.seat(None).unwrap(), desk.board(0).unwrap(), desk))
    });
}

#[divan::bench(args = [0, 5_000, 9_600], sample_count = 30)]
fn board_page(bencher: Bencher, from: usize) {
    let desk = open(large());
    bencher.bench_local(|| desk.board(from).unwrap());
}

#[divan::bench(args = [20, 5_000], sample_count = 20)]
fn open_system(bencher: Bencher, threats: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, id) = one(folder.path(), threats);
    bencher.bench_local(|| desk.opened(id).unwrap());
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn undo_one_edit(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, id) = one(folder.path(), 20);
    let (desk, mut n) = (std::cell::RefCell::new(desk), 0);
    bencher
        .with_inputs(|| {
            n += 1;
            desk.borrow_mut().execute(Some(id), Role::Security, &edit(id, n)).unwrap();
        })
        .bench_local_values(|()| desk.borrow_mut().turn_back(Role::Security, false).unwrap());
}

pub fn edit(system: Id, n: u32) -> Command {
    let set = vec![("notes".into(), Value::Text(format!("seen {n} times")))];
    Command::Edit { kind: Kind::System, id: system, set, why: Prose::default() }
}

#[divan::bench(args = ["Letter drafts 77", "figure", "nothing at all"], sample_count = 10)]
fn search(bencher: Bencher, query: &str) {
    let desk = open(large());
    bencher.bench_local(|| desk.search(query).unwrap());
}

#[divan::bench(sample_count = 2, sample_size = 1)]
fn verify(bencher: Bencher) {
    let desk = open(large());
    bencher.bench_local(|| {
        let report = desk.store().unwrap().verify(&mut |_| {}).unwrap();
        assert!(report.problems.is_empty(), "{:?}", report.problems);
    });
}

/// After a change of people or rules no line holds: the board opens at once, whatever is made anew later.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn board_with_every_line_stale(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stale.docket");
    std::fs::copy(large(), &path).unwrap();
    let mut store = docket::store::Store::open(&path, docket::store::Open::default()).unwrap();
    bencher.with_inputs(|| store.all_stale().unwrap()).bench_local_values(|()| open(&path).board(0).unwrap());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn freshen_200(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stale.docket");
    std::fs::copy(large(), &path).unwrap();
    let mut store = docket::store::Store::open(&path, docket::store::Open::default()).unwrap();
    store.all_stale().unwrap();
    let mut desk = open(&path);
    bencher.bench_local(|| assert_eq!(desk.freshen(clock::today(), 200).unwrap(), 200.min(size().systems)));
}
