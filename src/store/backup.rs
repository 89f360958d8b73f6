//! Verified copies, and closing so that the single file is complete.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::{Fault, Store, disk, schema, verify};
use crate::domain::Id;

/// A copy that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// How many entries it holds.
    pub entries: u64,
    /// The one hash that stands for all of them.
    pub head: [u8; 32],
}

impl Store {
    /// Makes a copy at `to` and checks it; a file that is there already is left alone.
    pub fn backup(&self, to: &Path) -> Result<Backup, Fault> {
        if to.exists() {
            return Err(Fault::Exists(to.into()));
        }
        copy(&self.conn, to).map_err(|error| Fault::from_any(error, Some(to)))
    }

    /// Closes the record: everything is in the one file afterwards.
    pub fn close(self) -> Result<(), Fault> {
        self.held.take();
        if self.read_only.is_none() {
            if let Some(((_, _, today), _)) = self.totals.take() {
                // Only a short cut for the next start: what cannot be kept is counted again.
                let _ = self.totals(today).and_then(|totals| super::totals::keep(&self.conn, today, totals));
            }
            // Another process may still be reading; then it will be the one to tidy up.
            let _ = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
        let path = self.path.clone();
        self.conn.close().map_err(|(_, error)| Fault::of(error, path.as_deref()))
    }
}

/// A snapshot under another name, flushed, checked, and only then named.
pub(super) fn copy(conn: &Connection, to: &Path) -> anyhow::Result<Backup> {
    disk::make_folder(disk::folder_of(to))?;
    let made = disk::beside(to, &format!(".new-{}", Id::v7(0, crate::clock::chance(), 0)));
    let out = copy_as(conn, &made, to);
    let _ = fs::remove_file(&made);
    out
}

fn copy_as(conn: &Connection, made: &Path, to: &Path) -> anyhow::Result<Backup> {
    let last: Option<(i64, [u8; 32])> = conn
        .query_row("SELECT n, hash FROM event ORDER BY n DESC LIMIT 1", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    disk::make_file(made)?;
    conn.execute("VACUUM INTO ?1", [made.to_str().context("a path in Unicode")?])?;
    disk::flush(made)?;
    let backup = check(made)?;
    if let Some((n, hash)) = last {
        let copied = open_copy(made)?;
        let found: [u8; 32] = copied.query_row("SELECT hash FROM event WHERE n=?1", [n], |row| row.get(0))?;
        ensure!(found == hash, "the copy differs from the record at entry {n}");
    }
    disk::put_in_place(made, to)?;
    Ok(Backup { path: to.into(), ..backup })
}

/// Opens a copy that nobody else has open, without leaving anything beside it.
fn open_copy(path: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(
        super::open::frozen(path),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
    )?;
    schema::settle(&conn)?;
    Ok(conn)
}

/// Checks the pages and the chains of a copy.
pub(super) fn check(path: &Path) -> anyhow::Result<Backup> {
    let conn = open_copy(path)?;
    let pages: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if pages != "ok" {
        return Err(Fault::Damaged(path.into()).into());
    }
    let application: i64 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != schema::APPLICATION {
        return Err(Fault::Foreign(path.into()).into());
    }
    let mut report = verify::Report::default();
    verify::chains(&conn, &mut report, &mut |_| ())?;
    if !report.problems.is_empty() {
        return Err(Fault::Damaged(path.into()).into());
    }
    let (entries, head) = verify::head(&conn)?;
    Ok(Backup { path: path.into(), entries, head })
}
