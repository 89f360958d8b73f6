//! Damages every fixture in many ways and reads what comes of it: no parser panics, hangs or answers with anything but a
//! draft or one whole sentence. What once went wrong is kept in `tests/fixtures/import_mutations.seeds`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::{path::PathBuf, time::Instant};

use docket::domain::text::is_visible;
use docket::exchange::{self, Receipt, large};
use proptest::{
    prelude::*,
    test_runner::{Config, FileFailurePersistence, TestRunner},
};

/// Pieces that parsers stumble over.
const PIECES: [&str; 24] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\n",
    "\0",
    "<",
    ">",
    "</",
    "&",
    "&#0;",
    "&x;",
    "<!DOCTYPE a>",
    "---\n",
    "- ",
    "&a ",
    "*a",
    "\u{1b}[31m",
    "\u{202e}",
    "1e999",
    "99999999999999999999",
];

/// One way to damage a file; the numbers are places in it.
#[derive(Debug, Clone)]
enum Blow {
    Flip(u16, u8),
    Cut(u16, u16),
    Twice(u16, u16),
    Piece(u16, usize),
    Nested(u16, u8),
    End(u16),
}

fn blow() -> impl Strategy<Value = Blow> {
    prop_oneof![
        (any::<u16>(), any::<u8>()).prop_map(|(at, byte)| Blow::Flip(at, byte)),
        (any::<u16>(), any::<u16>()).prop_map(|(from, to)| Blow::Cut(from, to)),
        (any::<u16>(), any::<u16>()).prop_map(|(from, to)| Blow::Twice(from, to)),
        (any::<u16>(), 0..PIECES.len()).prop_map(|(at, piece)| Blow::Piece(at, piece)),
        (any::<u16>(), any::<u8>()).prop_map(|(at, count)| Blow::Nested(at, count)),
        any::<u16>().prop_map(Blow::End),
    ]
}

fn at(bytes: &[u8], place: u16) -> usize {
    bytes.len() * usize::from(place) / (usize::from(u16::MAX) + 1)
}

fn strike(bytes: &mut Vec<u8>, blow: &Blow) {
    let range = |bytes: &[u8], from: u16, to: u16| at(bytes, from.min(to))..at(bytes, from.max(to));
    match blow {
        Blow::Flip(place, byte) => {
            let place = at(bytes, *place);
            if let Some(there) = bytes.get_mut(place) {
                *there ^= byte;
            }
        }
        Blow::Cut(from, to) => drop(bytes.drain(range(bytes, *from, *to))),
        Blow::Twice(from, to) => {
            let part = bytes[range(bytes, *from, *to)].to_vec();
            let place = at(bytes, *to);
            bytes.splice(place..place, part);
        }
        Blow::Piece(place, piece) => {
            let place = at(bytes, *place);
            bytes.splice(place..place, PIECES[*piece].bytes());
        }
        Blow::Nested(place, count) => {
            let place = at(bytes, *place);
            bytes.splice(place..place, b"[".repeat(usize::from(*count) * 4));
        }
        Blow::End(place) => bytes.truncate(at(bytes, *place)),
    }
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<_> = files
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    all.sort();
    all
}

/// Reads a damaged file; what is wrong with the answer, if anything.
fn trouble(name: &str, bytes: &[u8]) -> Result<(), String> {
    let begun = Instant::now();
    let answer = exchange::read(bytes, name, &mut |_, _| true);
    if begun.elapsed().as_secs() >= 10 {
        return Err(format!("{name} took {:?}", begun.elapsed()));
    }
    // The same damage where the file is read in passes.
    let head = &bytes[..bytes.len().min(exchange::garak::HEAD)];
    if let Err(refused) = large::read(&mut std::io::Cursor::new(bytes), head, name)
        && !refused.to_string().ends_with("nothing was changed.")
    {
        return Err(format!("{name}: {refused}"));
    }
    match answer {
        Ok(draft) => {
            let receipt = Receipt::of(&draft);
            let shown = receipt.lines().join("\n");
            let clean = shown.chars().all(|c| c == '\n' || is_visible(c));
            if clean && receipt.lines().len() <= 20 { Ok(()) } else { Err(format!("{name}: {shown:?}")) }
        }
        Err(refused) => {
            let told = refused.to_string();
            let whole = told.ends_with("nothing was changed.") && told.chars().all(is_visible);
            if whole { Ok(()) } else { Err(format!("{name}: {told:?}")) }
        }
    }
}

#[test]
fn no_damaged_file_brings_a_parser_down() {
    let cases = std::env::var("DOCKET_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(48);
    for (name, bytes) in fixtures() {
        let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import_mutations.seeds");
        let failure_persistence = Some(Box::new(FileFailurePersistence::Direct(seeds)) as Box<_>);
        let mut runner = TestRunner::new(Config { cases, failure_persistence, ..Config::default() });
        let blows = prop::collection::vec(blow(), 1..6);
        let outcome = runner.run(&blows, |blows| {
            let mut damaged = bytes.clone();
            for blow in &blows {
                strike(&mut damaged, blow);
            }
            trouble(&name, &damaged).map_err(TestCaseError::fail)
        });
        outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn every_beginning_of_a_file_has_an_answer() {
    for (name, bytes) in fixtures() {
        for end in (0..bytes.len()).step_by(1 + bytes.len() / 150) {
            trouble(&name, &bytes[..end]).unwrap();
        }
    }
}
