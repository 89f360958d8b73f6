//! What can be said of a record and of the place where it lies without changing either.

use std::path::{Path, PathBuf};

use super::{Report, Store, disk, verify};
use crate::domain::fields::Moment;

/// The version of SQLite that is compiled in.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// Where a record lies, or is to lie.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
}

impl Place {
    /// The place of the record at `path`.
    pub fn of(path: &Path) -> Self {
        Self { path: path.to_path_buf() }
    }

    /// The kind of drive, where it is one on which locks cannot be trusted.
    pub fn untrusted_drive(&self) -> Option<&'static str> {
        disk::untrusted_drive(&self.path)
    }

    /// Which other process holds a lock on it.
    pub fn holder(&self) -> Option<String> {
        disk::holder_of(&self.path)
    }

    /// How many bytes are free on its drive for whoever sits here; none where the system does not say.
    pub fn free(&self) -> Option<u64> {
        disk::free_on(&self.path)
    }

    /// Whether other people of this machine may read or change it, by its permissions; none where there is none.
    pub fn open_to_others(&self) -> Option<bool> {
        disk::open_to_others(&self.path)
    }

    /// Whether a file can be made in its folder, or in the one above where the folder is still to be made.
    pub fn can_be_written(&self) -> bool {
        disk::may_write_in(&self.path)
    }

    /// How many bytes the record and what belongs to it take; none where it is not there.
    pub fn bytes(&self) -> Option<u64> {
        let of = |path: PathBuf| std::fs::metadata(path).ok().map(|found| found.len());
        let own = of(self.path.clone())?;
        Some(
            ["-wal", "-shm"]
                .iter()
                .filter_map(|suffix| of(disk::beside(&self.path, suffix)))
                .fold(own, u64::saturating_add),
        )
    }
}

impl Store {
    /// Checks the pages of the file, and every entry against its chain; [`Store::verify`] also replays the tables.
    pub fn examine(&self) -> anyhow::Result<Report> {
        self.reading(|conn| {
            let tx = conn.unchecked_transaction()?;
            let mut report = Report::default();
            let found: String = tx.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
            if found != "ok" {
                report.problems.push("Parts of the file are damaged; restore a backup.".to_owned());
            }
            if let Err(error) = verify::chains(&tx, &mut report, &mut |_| ()) {
                report.problems.push(self.fault(error).to_string());
            }
            tx.rollback()?;
            Ok(report)
        })
    }

    /// The latest moment at which something happened in it; none where nothing did.
    pub fn latest(&self) -> anyhow::Result<Option<Moment>> {
        self.reading(|conn| {
            let latest: Option<i64> = conn.query_row("SELECT max(at) FROM event", [], |row| row.get(0))?;
            Ok(latest.map(Moment))
        })
    }
}
