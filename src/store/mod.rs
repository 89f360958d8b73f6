//! The record file: the only SQL in the crate.
//!
//! The log is the truth: append-only, one chain of hashes for each device. The tables that the screens read are
//! projections, written in the same transaction by one projector, and can be replayed at any time.

mod acceptances;
mod adopt;
mod backup;
mod batch;
mod carry;
mod compare;
mod course;
mod disk;
mod examine;
mod fault;
mod heat;
mod history;
mod local;
mod log;
mod mark;
mod meeting;
mod merge;
mod migrate;
mod noted;
mod open;
mod owed;
mod project;
mod queue;
mod read;
mod register;
mod replay;
mod restore;
mod schema;
mod search;
mod seat;
mod seen;
mod session;
mod summary;
mod table;
mod totals;
mod trend;
mod tx;
mod undo;
mod verify;
mod vouch;
mod write;

use std::{
    cell::{Cell, RefCell},
    path::{Path, PathBuf},
};

use rusqlite::Connection;

pub use backup::Backup;
pub use batch::{Ask, Batched, Stopped, Written};
pub use carry::Step;
pub use compare::Difference;
pub use examine::{Place, sqlite_version};
pub use fault::Fault;
pub use history::Entry;
pub use log::Stretch;
pub use merge::{Incoming, Known};
pub use noted::{LastBackup, last_backup, note_backup};
pub use open::Open;
pub use register::{Before, Scan};
pub use restore::{forget_mark, restore};
pub use search::Hit;
pub use summary::Pending;
pub use totals::Totals;
pub use undo::{NotUndone, Undone};
pub use verify::Report;
pub use write::{Committed, Summarise, Wait};

use crate::domain::{Dossier, Id};

/// An open record.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: Option<PathBuf>,
    seat: seat::Seat,
    read_only: Option<String>,
    held: RefCell<Option<write::Held>>,
    seen_version: Cell<i64>,
    /// The portfolio in numbers, as long as nobody writes: they take a look at every line.
    totals: Cell<Option<(totals::Moved, Totals)>>,
    /// Whether another version of docket had made the rows, and they were replayed when the file was opened.
    made_anew: bool,
}

impl Store {
    /// The file; none for a record in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The identity of the record, the same in every copy of it.
    pub fn space(&self) -> Id {
        self.seat.space
    }

    /// Whether the rows were replayed when the file was opened, because another version of docket had made them. The
    /// lines of the dashboard are empty then, for a rule to fill.
    pub fn was_made_anew(&self) -> bool {
        self.made_anew
    }

    /// Whether nothing has ever happened in it.
    pub fn is_empty(&self) -> bool {
        self.conn.query_row("SELECT NOT EXISTS(SELECT 1 FROM event)", [], |row| row.get(0)).unwrap_or(false)
    }

    /// Why it can only be read, if that is so.
    pub fn read_only(&self) -> Option<String> {
        self.read_only.clone()
    }

    /// The people of the record and the roles that they hold by default; nothing else of it.
    pub fn people(&self) -> anyhow::Result<Dossier> {
        self.reading(read::people)
    }

    /// Whether a meeting runs: one question, where everything of the record takes one for each kind.
    pub fn a_meeting_runs(&self) -> anyhow::Result<bool> {
        let sql =
            "SELECT EXISTS(SELECT 1 FROM meeting WHERE archived=0 AND opened_at IS NOT NULL AND closed_at IS NULL)";
        self.reading(|conn| Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?))
    }

    /// Everything about one system, with all people; without a subject what belongs to the record itself.
    pub fn dossier(&self, subject: Option<Id>) -> anyhow::Result<Dossier> {
        self.reading(|conn| {
            let version = data_version(conn)?;
            if let Some(dossier) = self.held.borrow().as_ref().and_then(|held| held.good_for(subject, version)) {
                return Ok(dossier.clone());
            }
            // One transaction, so that all of it is of one moment.
            let _at_once = conn.unchecked_transaction()?;
            read::dossier(conn, subject)
        })
    }

    /// Whether another process has written since this was last asked.
    pub fn changed_elsewhere(&self) -> anyhow::Result<bool> {
        self.reading(|conn| {
            let version = data_version(conn)?;
            Ok(self.seen_version.replace(version) != version)
        })
    }

    /// Reads; a failure comes out as a sentence for people.
    fn reading<T>(&self, read: impl FnOnce(&Connection) -> anyhow::Result<T>) -> anyhow::Result<T> {
        read(&self.conn).map_err(|error| self.fault(error).into())
    }

    fn fault(&self, error: anyhow::Error) -> Fault {
        Fault::from_any(error, self.path())
    }
}

/// Moves when another connection commits.
fn data_version(conn: &Connection) -> anyhow::Result<i64> {
    Ok(conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
}

/// A count as the database takes it.
fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
