//! Bringing an older file to the format of this program, one step after the other, each with a way back.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use rusqlite::Connection;

use super::{backup, disk, tx::Tx, verify};

/// One step: the format that it leads to, and how.
pub(super) struct Step {
    pub to: i64,
    pub sql: &'static str,
}

/// Every step since the first format. A released one is never edited; the log only ever gains nullable columns.
pub(super) const STEPS: &[Step] = &[];

/// Takes the steps that `conn` still needs. Before the first one a verified copy is put beside the file.
pub(super) fn migrate(conn: &Connection, path: &Path, steps: &[Step]) -> anyhow::Result<Option<PathBuf>> {
    let from = format_of(conn)?;
    if !steps.iter().any(|step| step.to > from) {
        return Ok(None);
    }
    let copy = free_name(path, from);
    backup::copy(conn, &copy).context("a copy before the file is brought to a newer format")?;
    for step in steps {
        let tx = Tx::begin(conn)?;
        // Asked inside the transaction: another process may have taken this step in the meantime.
        if format_of(conn)? < step.to {
            conn.execute_batch(step.sql).with_context(|| format!("the step to format {}", step.to))?;
            conn.execute_batch(&format!("PRAGMA user_version={}", step.to))?;
            tx.commit()?;
        }
    }
    conn.flush_prepared_statement_cache();
    let check: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    let mut report = verify::Report::default();
    verify::chains(conn, &mut report, &mut |_| ())?;
    ensure!(check == "ok" && report.problems.is_empty(), "the file does not check after the step: {check} {report:?}");
    Ok(Some(copy))
}

fn format_of(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn free_name(path: &Path, from: i64) -> PathBuf {
    let name =
        |n: u32| disk::beside(path, &format!(".format-{from}{}", if n == 0 { String::new() } else { format!("-{n}") }));
    (0..=u32::MAX).map(name).find(|name| !name.exists()).expect("numbers do not run out")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Open, Store};

    const ALTER: Step = Step { to: 2, sql: "ALTER TABLE event ADD COLUMN meeting BLOB" };

    fn made() -> (tempfile::TempDir, PathBuf, Store) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.docket");
        let store = Store::open(&path, Open { create: true, ..Open::default() }).unwrap();
        (folder, path, store)
    }

    #[test]
    fn a_step_is_taken_once_with_a_copy_beside() {
        let (_folder, path, store) = made();
        let copy = migrate(&store.conn, &path, &[ALTER]).unwrap().expect("a step was due");
        assert_eq!(format_of(&store.conn).unwrap(), 2);
        assert_eq!(format_of(&Connection::open(&copy).unwrap()).unwrap(), 1);
        assert_eq!(migrate(&store.conn, &path, &[ALTER]).unwrap(), None);
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let (_folder, path, store) = made();
        let broken = Step { to: 3, sql: "CREATE TABLE x(a); ALTER TABLE nothing ADD COLUMN b" };
        assert!(migrate(&store.conn, &path, &[ALTER, broken]).is_err());
        assert_eq!(format_of(&store.conn).unwrap(), 2);
        let found: i64 =
            store.conn.query_row("SELECT count(*) FROM sqlite_schema WHERE name='x'", [], |row| row.get(0)).unwrap();
        assert_eq!(found, 0);
    }
}
