//! Bringing a file in at the screen: choosing it, what its columns are, its receipt, and what becomes of it.

#![allow(clippy::unwrap_used, reason = "tests may")]

#[path = "bring/choose.rs"]
mod choose;
#[path = "bring/columns.rs"]
mod columns;
#[allow(dead_code, reason = "another test uses the rest of it")]
#[path = "support/hands.rs"]
mod hands;
#[path = "bring/results.rs"]
mod results;

use docket::app::{Overlay, confirm::Reader, files::Files};
use hands::Hands;

/// A file written by us for the tests of imports.
fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Opens the folder at a path.
fn browse(hands: &mut Hands, folder: &std::path::Path) {
    hands.keys("i").paste(&format!("{}/", folder.display()));
}

/// The folder that is open.
fn files(hands: &Hands) -> &Files {
    match hands.session.model.overlays.last() {
        Some(Overlay::Files(files)) => files,
        other => panic!("no folder is open, but {other:?}; {}", hands.said()),
    }
}

/// The names that are shown in it.
fn names(hands: &Hands) -> Vec<String> {
    let files = files(hands);
    files.shown.iter().map(|at| files.folder.entries[*at].name.to_string()).collect()
}

/// The receipt that is open.
fn receipt(hands: &Hands) -> &Reader {
    match hands.session.model.overlays.last() {
        Some(Overlay::Reader(reader)) => reader,
        other => panic!("no receipt is open, but {other:?}; {}", hands.said()),
    }
}

/// Reads a file at the screen, up to its receipt.
fn read(hands: &mut Hands, path: &str) {
    let key = if hands.session.model.system().is_some() { "I" } else { "i" };
    hands.keys(key).paste(path).keys("enter");
}
