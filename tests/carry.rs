//! A record as one file, and back: the whole of it, or a bundle that somebody works on elsewhere and sends back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "properties/asked.rs"]
#[allow(dead_code, reason = "shared with another test program, each of which uses a part")]
mod asked;
#[path = "cli/bench.rs"]
#[allow(dead_code, reason = "shared with another test program, each of which uses a part")]
mod bench;
#[path = "support/hands.rs"]
#[allow(dead_code, reason = "shared with other test programs, each of which uses a part")]
mod hands;
#[path = "carry/hostile.rs"]
mod hostile;
#[path = "carry/judged.rs"]
mod judged;
#[path = "carry/locked.rs"]
mod locked;
#[path = "carry/merge.rs"]
mod merge;
#[path = "carry/screen.rs"]
mod screen;
#[path = "carry/sealed.rs"]
mod sealed;
mod support;
#[path = "carry/whole.rs"]
mod whole;

use std::path::{Path, PathBuf};

use docket::{
    desk::{
        Desk, Paths,
        carry::{Keys, Looked, look},
    },
    domain::{Id, people::Role},
    store::{Open, Store},
};
use tempfile::TempDir;

/// A folder with a record in it.
pub struct Place(TempDir);

impl Place {
    pub fn made() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Who sits at the record of this name.
    pub fn desk(&self, name: &str, person: Id) -> Desk {
        let paths = Paths { record: self.at(name), state: None };
        let mut desk = Desk::open(paths, false).unwrap();
        let name = desk.store().unwrap().people().unwrap().person_name(person).unwrap().to_string();
        desk.sit(&name).unwrap();
        desk
    }

    /// A new record of what a file holds.
    pub fn made_of(&self, name: &str, looked: &Looked) {
        let paths = Paths { record: self.at(name), state: None };
        Desk::made_of(paths, looked).unwrap().close().unwrap();
    }

    /// The whole record of this name in a file.
    pub fn whole(&self, name: &str) -> Vec<u8> {
        let desk = Desk::open(Paths { record: self.at(name), state: None }, false).unwrap();
        let mut out = Vec::new();
        desk.carry(None, &mut out).unwrap();
        out
    }
}

/// What a file is, all of it read.
pub fn seen(path: &Path) -> Looked {
    look(path, Keys::default()).unwrap()
}

/// The sentences of a full check of a record.
pub fn problems(path: &Path) -> Vec<String> {
    let store = Store::open(path, Open::default()).unwrap();
    let mut problems = store.verify(&mut |_| ()).unwrap().problems;
    problems.extend(store.compare().unwrap().iter().map(ToString::to_string));
    problems
}

/// The hat in which what comes back is taken in.
pub const HAT: Role = Role::Security;
