//! Killed at any moment: what was acknowledged is there, and the file is whole.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "record/seat.rs"]
#[allow(dead_code, reason = "shared with the other tests of the record")]
mod seat;

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use docket::{
    domain::Kind,
    store::{Open, Store},
};
use rusqlite::Connection;
use seat::{add, commit, create, event, fill, id, problems, rename, stamp, summarise, text};

const ROUNDS: u32 = 200;
/// Rounds on one file before the next one begins, so that a full check stays short.
const ON_ONE_FILE: u32 = 10;

fn how(folder: &Path) -> Open {
    Open { state_dir: Some(folder.join("state")), ..create() }
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_acknowledged() {
    let mut last_word = 0;
    for file in 0..ROUNDS / ON_ONE_FILE {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..ON_ONE_FILE {
            let round = file * ON_ONE_FILE + round;
            let mut acknowledged = run_and_kill(folder.path(), round);
            if round.is_multiple_of(4) {
                // Two that write at the same time, and each is killed while the other goes on or just stopped.
                let beside = folder.path().to_owned();
                let other = thread::spawn(move || run_and_kill(&beside, 1));
                acknowledged = acknowledged.max(run_and_kill(folder.path(), round)).max(other.join().unwrap());
            }
            let path = folder.path().join("a.docket");
            let store = Store::open(&path, how(folder.path())).unwrap();
            let n = store.head().unwrap().0;
            assert!(n >= acknowledged, "round {round}: {acknowledged} was acknowledged, the file ends at {n}");
            last_word += u32::from(n > acknowledged && acknowledged > 0);
            assert_eq!(problems(&store), Vec::<String>::new());
            torn(&path);
        }
    }
    eprintln!("{last_word} of {ROUNDS} kills came between saving and saying so");
}

/// Lets a child work, kills it at a random moment, and gives back the last entry that it acknowledged.
fn run_and_kill(folder: &Path, round: u32) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_child_that_works_until_it_is_killed", "--nocapture"])
        .env("DOCKET_TEST_CRASH", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let killer = thread::spawn(move || kill_later(child, round));
    let acknowledged =
        out.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("saved ")?.parse().ok()).max();
    killer.join().unwrap();
    acknowledged.unwrap_or(0)
}

/// Every eighth child is killed while it opens.
fn kill_later(mut child: Child, round: u32) {
    let [chance] = docket::clock::chance::<1>();
    let most = if round.is_multiple_of(8) { 12 } else { 70 };
    thread::sleep(Duration::from_micros(u64::from(chance) * 1000 * most / 255));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// No page is broken and no command is there in part: every one of them wrote as many entries as its first one says.
fn torn(path: &Path) {
    let tool = Connection::open(path).unwrap();
    let pages: String = tool.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(pages, "ok");
    let sql = "SELECT count(*) FROM (SELECT count(*) AS n, max(body->>'$.why') AS said FROM event
               WHERE body->>'$.why' IS NOT NULL GROUP BY dev, cmd) WHERE n<>CAST(said AS INTEGER)";
    assert_eq!(tool.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

/// Works for as long as it lives: adds, edits, undoes, keeps drafts, and says what is saved.
#[test]
fn a_child_that_works_until_it_is_killed() {
    let Some(folder) = std::env::var_os("DOCKET_TEST_CRASH") else { return };
    let folder = Path::new(&folder);
    let mut store = Store::open(&folder.join("a.docket"), how(folder)).unwrap();
    if store.is_empty() {
        fill(&mut store);
    }
    let from = u32::try_from(store.head().unwrap().0).unwrap() * 10;
    for n in from..from + 100_000 {
        let mut events: Vec<_> = (0..=n % 4).map(|k| add(Kind::Threat, id(n * 4 + 1000 + k), "threat")).collect();
        events[0].attach = Some(format!("text {n}").into());
        let count = events.len();
        for event in &mut events {
            event.why = count.to_string().as_str().into();
        }
        let mut saved = *commit(&mut store, Some(id(100 + n % 3)), events).entries.end();
        if n % 5 == 0 {
            commit(&mut store, None, vec![rename(Kind::Person, seat::ADA, "Ada", "Ada")]);
            // Refused where the other child has changed it since.
            if let Ok(undone) = store.undo(seat::ADA, &stamp(), &summarise).unwrap() {
                saved = *undone.entries.end();
            }
        }
        if n % 7 == 0 {
            store.keep_draft("note", "half a sentence").unwrap();
            let edit = event(Kind::System, "edit", id(100), &[("name", text("Chat"), text("Chat"))]);
            saved = *commit(&mut store, Some(id(100)), vec![edit]).entries.end();
        }
        let mut out = std::io::stdout().lock();
        writeln!(out, "saved {saved}").and_then(|()| out.flush()).unwrap();
    }
}
