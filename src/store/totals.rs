//! The portfolio in numbers: counted once, kept for the next start.

use rusqlite::{Connection, OptionalExtension};

use super::Store;
use crate::domain::fields::Day;

/// What tells whether anything was written since, here or by another process, and on which day that was asked.
pub(super) type Moved = (i64, u64, Day);

/// The portfolio in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Systems on the dashboard.
    pub systems: u32,
    /// Those on which something is missing.
    pub with_gaps: u32,
    /// Those that hold a current clearance.
    pub cleared: u32,
    /// All gaps.
    pub gaps: u32,
    /// Systems whose next date has passed.
    pub overdue: u32,
    /// Live threats.
    pub threats: u32,
    /// Threats without a score.
    pub unscored: u32,
}

impl Store {
    /// The portfolio in numbers.
    pub fn totals(&self, today: Day) -> anyhow::Result<Totals> {
        self.reading(|conn| {
            let sql = "SELECT count(*), coalesce(sum(gaps>0),0), coalesce(sum(gaps),0), coalesce(sum(due<?1),0),
                       coalesce(sum(threats),0), coalesce(sum(unscored),0), coalesce(sum(clearance='current'),0) FROM summary";
            let moved = (super::data_version(conn)?, conn.total_changes(), today);
            if let Some((_, totals)) = self.totals.get().filter(|(at, _)| *at == moved) {
                return Ok(totals);
            }
            if let Some(kept) = kept(conn, today)? {
                self.totals.set(Some((moved, kept)));
                return Ok(kept);
            }
            let totals = conn.prepare_cached(sql)?.query_row([today.to_string()], |row| {
                Ok(Totals {
                    systems: row.get(0)?,
                    with_gaps: row.get(1)?,
                    gaps: row.get(2)?,
                    overdue: row.get(3)?,
                    threats: row.get(4)?,
                    unscored: row.get(5)?,
                    cleared: row.get(6)?,
                })
            })?;
            self.totals.set(Some((moved, totals)));
            Ok(totals)
        })
    }
}

/// Whose totals they are: the last entry of the journal, and the day.
fn whose(conn: &Connection, today: Day) -> anyhow::Result<String> {
    let last: i64 = conn.prepare_cached("SELECT coalesce(max(n), 0) FROM event")?.query_row([], |row| row.get(0))?;
    Ok(format!("{last} {today}"))
}

/// The totals as they were kept when the record was closed, if nothing was written since and it is the same day.
fn kept(conn: &Connection, today: Day) -> anyhow::Result<Option<Totals>> {
    let sql = "SELECT value FROM setting WHERE key='totals'";
    let kept: Option<String> = conn.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    let of = whose(conn, today)?;
    let Some(numbers) = kept.as_deref().and_then(|kept| kept.strip_prefix(&of)) else { return Ok(None) };
    let numbers: Vec<u32> = numbers.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    let [systems, with_gaps, gaps, overdue, threats, unscored, cleared] = numbers[..] else { return Ok(None) };
    Ok(Some(Totals { systems, with_gaps, cleared, gaps, overdue, threats, unscored }))
}

/// Keeps the totals for the next start, which then need not read every line.
pub(super) fn keep(conn: &Connection, today: Day, totals: Totals) -> anyhow::Result<()> {
    let Totals { systems, with_gaps, cleared, gaps, overdue, threats, unscored } = totals;
    let of = whose(conn, today)?;
    let value = format!("{of} {systems} {with_gaps} {gaps} {overdue} {threats} {unscored} {cleared}");
    let sql = "INSERT INTO setting(key, value) VALUES('totals', ?1)
               ON CONFLICT(key) DO UPDATE SET value=?1 WHERE value<>?1";
    conn.prepare_cached(sql)?.execute([value])?;
    Ok(())
}

/// A line changed without an entry, because time passed.
pub(super) fn forget(conn: &Connection) -> anyhow::Result<()> {
    conn.prepare_cached("DELETE FROM setting WHERE key='totals'")?.execute([])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Id, Line, summary::Summary},
        store::Open,
    };

    /// A line with this many gaps.
    fn line(gaps: u32) -> Summary {
        Summary { name: Line::new("Tagger"), clearance: "current".into(), gaps, ..Summary::default() }
    }

    #[test]
    fn what_was_kept_is_what_would_be_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.docket");
        let (monday, tuesday) = (Day::parse("2026-11-23").unwrap(), Day::parse("2026-11-24").unwrap());
        let open = |create| Store::open(&path, Open { create, ..Open::default() }).unwrap();
        let mut store = open(true);
        store.refresh(Id([1; 16]), line(3)).unwrap();
        assert_eq!(store.totals(monday).unwrap().gaps, 3);
        store.close().unwrap();
        let mut store = open(false);
        let found = kept(&store.conn, monday).unwrap().map(|totals| (totals.systems, totals.gaps, totals.cleared));
        assert_eq!(found, Some((1, 3, 1)));
        assert_eq!(kept(&store.conn, tuesday).unwrap(), None, "another day is counted anew");
        store.refresh(Id([1; 16]), line(5)).unwrap();
        assert_eq!(kept(&store.conn, monday).unwrap(), None, "a line that changed is counted anew");
        assert_eq!(store.totals(monday).unwrap().gaps, 5);
    }
}
