//! The journal as a person looks through it: narrowed in SQL, a stretch at a time, never all of it at once.

use rusqlite::{Connection, OptionalExtension, params_from_iter, types::Value as Sql};

use super::{
    Store,
    history::{ENTRY, Entry, entry},
    project::touched,
    read, whole,
};
use crate::domain::{
    Dossier, Id, Kind,
    fields::{Day, Vocabulary},
    log::LogQuery,
};

/// A stretch of the journal that was looked through.
#[derive(Debug)]
pub struct Stretch {
    /// What fits, newest first, as far as the facets tell.
    pub entries: Vec<Entry>,
    /// Where to go on: before this entry; none when the beginning was reached.
    pub before: Option<i64>,
    /// How many entries were passed.
    pub looked: usize,
}

impl Store {
    /// Looks through the next `limit` entries before `before`, newest first.
    pub fn look_through(&self, query: &LogQuery, before: i64, limit: usize) -> anyhow::Result<Stretch> {
        self.reading(|conn| {
            let (low, looked) = stretch(conn, query.system, before, limit)?;
            let entries = fitting(conn, query, (low, before))?;
            Ok(Stretch { entries, before: (looked == limit).then_some(low), looked })
        })
    }

    /// How many entries there are to look through.
    pub fn log_length(&self, system: Option<Id>) -> anyhow::Result<usize> {
        self.reading(|conn| {
            let count: i64 = match system {
                None => conn.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?,
                Some(id) => conn
                    .prepare_cached("SELECT count(*) FROM touch WHERE system=?1")?
                    .query_row([touched(Some(id))], |row| row.get(0))?,
            };
            Ok(usize::try_from(count).unwrap_or_default())
        })
    }

    /// Makes sure that a dossier knows what a thing is called, whatever kind of thing and of whatever system it is.
    pub fn name_into(&self, names: &mut Dossier, entity: Id) -> anyhow::Result<()> {
        self.reading(|conn| {
            let kind: Option<String> = conn
                .prepare_cached("SELECT kind FROM event WHERE entity=?1 ORDER BY n LIMIT 1")?
                .query_row([entity.0], |row| row.get(0))
                .optional()?;
            let kind = kind.as_deref().and_then(|kind| kind.split('.').next()).and_then(Kind::parse);
            let Some(kind) = kind.filter(|kind| names.find(*kind, entity).is_none()) else { return Ok(()) };
            read::fill_where(conn, kind, (" WHERE id=?1", rusqlite::params![entity.0]), names)
        })
    }
}

/// The lowest entry of a stretch, and how many there are in it.
fn stretch(conn: &Connection, system: Option<Id>, before: i64, limit: usize) -> anyhow::Result<(i64, usize)> {
    let found: (Option<i64>, i64) = match system {
        None => conn
            .prepare_cached("SELECT min(n), count(*) FROM (SELECT n FROM event WHERE n<?1 ORDER BY n DESC LIMIT ?2)")?
            .query_row([before, whole(limit)], |row| Ok((row.get(0)?, row.get(1)?)))?,
        Some(id) => conn
            .prepare_cached(
                "SELECT min(n), count(*) FROM (SELECT n FROM touch WHERE system=?3 AND n<?1 ORDER BY n DESC LIMIT ?2)",
            )?
            .query_row(rusqlite::params![before, whole(limit), touched(Some(id))], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?,
    };
    Ok((found.0.unwrap_or(before), usize::try_from(found.1).unwrap_or_default()))
}

/// What fits from `low` up to, and without, `before`.
fn fitting(conn: &Connection, query: &LogQuery, (low, before): (i64, i64)) -> anyhow::Result<Vec<Entry>> {
    // The entries of one system lie far apart: they are fetched one by one, and those of the record along the log.
    let plus = if query.system.is_some() { "+" } else { "" };
    let mut sql = format!("{ENTRY} WHERE {plus}e.n>=? AND {plus}e.n<?");
    let mut values: Vec<Sql> = vec![low.into(), before.into()];
    let mut and = |part: &str, value: Sql| {
        sql.push_str(part);
        values.push(value);
    };
    if let Some(system) = query.system {
        and(" AND e.n IN (SELECT n FROM touch WHERE system=? AND", touched(Some(system)).into());
        and(" n>=?)", low.into());
    }
    if let Some(who) = query.who {
        and(" AND e.actor=?", who.0.to_vec().into());
    }
    if let Some(hat) = query.hat {
        and(" AND e.role=?", hat.code().to_owned().into());
    }
    if let Some(since) = query.since {
        and(" AND e.at>=?", start(since).into());
    }
    if let Some(until) = query.until {
        and(" AND e.at<?", start(until.plus(1)).into());
    }
    sql.push_str(" ORDER BY e.n DESC");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        // What cannot fit is passed over before its content is read.
        if query.fits_intent(row.get_ref(7)?.as_str()?) {
            let found = entry(row)?;
            if query.fits_change(found.of, &found.body.set) {
                out.push(found);
            }
        }
    }
    Ok(out)
}

/// The moment, in milliseconds, at which a day begins, in UTC as every entry is dated.
fn start(day: Day) -> i64 {
    day.0.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
}
