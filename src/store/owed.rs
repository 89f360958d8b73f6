//! Which lines of the dashboard are owed: those of the systems that entries were written about since all lines were made.
//!
//! A durable command writes nothing for this. What was made is noted with the lines, which wait for no disk; where they
//! are lost, so is the note, and whoever comes next makes them again.

use rusqlite::{Connection, OptionalExtension};

use crate::domain::{Id, journal::Body};

/// The setting that holds the last entry up to which every line was made.
const MADE: &str = "lines made up to";

/// The last entry up to which every line was made; 0 before the first.
fn made(conn: &Connection) -> anyhow::Result<i64> {
    let sql = "SELECT CAST(value AS INTEGER) FROM setting WHERE key=?1";
    Ok(conn.prepare_cached(sql)?.query_row([MADE], |row| row.get(0)).optional()?.unwrap_or(0))
}

fn last(conn: &Connection) -> anyhow::Result<i64> {
    Ok(conn.prepare_cached("SELECT coalesce(max(n), 0) FROM event")?.query_row([], |row| row.get(0))?)
}

fn note(conn: &Connection, n: i64) -> anyhow::Result<()> {
    let sql = "INSERT INTO setting(key, value) VALUES(?1, CAST(?2 AS TEXT))
               ON CONFLICT(key) DO UPDATE SET value=CAST(?2 AS TEXT)";
    conn.prepare_cached(sql)?.execute(rusqlite::params![MADE, n])?;
    Ok(())
}

/// Up to `limit` systems whose lines are owed, and the last entry before the first one of any other.
pub(super) fn systems(conn: &Connection, limit: usize) -> anyhow::Result<(Vec<Id>, i64)> {
    written_about(conn, (made(conn)?, last(conn)?), limit)
}

/// [`systems`], of the entries after `made` up to `last`.
fn written_about(conn: &Connection, (made, last): (i64, i64), limit: usize) -> anyhow::Result<(Vec<Id>, i64)> {
    let mut found = Vec::new();
    if made >= last {
        return Ok((found, last));
    }
    let mut query = conn.prepare_cached("SELECT n, body FROM event WHERE n>?1 AND n<=?2 ORDER BY n")?;
    let mut rows = query.query([made, last])?;
    while let Some(row) = rows.next()? {
        let n: i64 = row.get(0)?;
        let system = match row.get_ref(1)?.as_str_or_null()? {
            Some(body) => Body::parse(body).system,
            None => of_erased(conn, n)?,
        };
        let Some(system) = system.filter(|system| !found.contains(system)) else { continue };
        if found.len() == limit {
            return Ok((found, n - 1));
        }
        found.push(system);
    }
    Ok((found, last))
}

/// Where the words of an entry are gone, what it concerned is still known.
fn of_erased(conn: &Connection, n: i64) -> anyhow::Result<Option<Id>> {
    let sql = "SELECT system FROM touch WHERE n=?1 AND system<>x''";
    Ok(conn.query_row(sql, [n], |row| row.get(0).map(Id)).optional()?)
}

/// Notes that every line up to entry `n` was made.
pub(super) fn made_up_to(conn: &Connection, n: i64) -> anyhow::Result<()> {
    if made(conn)? == n { Ok(()) } else { note(conn, n) }
}

/// Notes that every line was made.
pub(super) fn all_made(conn: &Connection) -> anyhow::Result<()> {
    made_up_to(conn, last(conn)?)
}

/// The line of a system was made; that is noted where no other was owed.
pub(super) fn paid(conn: &Connection, system: Id) -> anyhow::Result<()> {
    // Two are enough to know that there is another.
    match systems(conn, 2)? {
        (owed, upto) if owed.iter().all(|other| *other == system) => made_up_to(conn, upto),
        _ => Ok(()),
    }
}

/// A session wrote the entries from `first` to `last` with all their lines.
pub(super) fn with_lines(conn: &Connection, (first, last): (i64, i64)) -> anyhow::Result<()> {
    let owed_before = written_about(conn, (made(conn)?, first - 1), 1)?.0;
    if owed_before.is_empty() { note(conn, last) } else { Ok(()) }
}
