//! Comparing the rows with a replay of the log: finds a row that was changed behind its back.

use anyhow::Context;
use rusqlite::{Connection, OptionalExtension, Row, Statement, params, types::Value as Sql};

use super::{
    Fault, Store,
    project::{self, Fact},
    table::{self, Place},
};
use crate::domain::{Id, Kind, journal::Body};

/// Entities that are replayed in memory at a time.
const BATCH: usize = 2_000;
/// More differences than this say no more than these.
const ENOUGH: usize = 100;

/// A field that is not what the log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Which one it is.
    pub entity: Id,
    /// The column; `row` when one of the two has no such row.
    pub field: String,
    /// The last entry of the journal about it; none when no entry made it.
    pub entry: Option<String>,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "The {} of {} {} is not what the journal says", self.field, self.kind.label(), self.entity)?;
        match &self.entry {
            Some(entry) => write!(f, ", last in {entry}; a rebuild puts it right."),
            None => write!(f, ": no entry made it; a rebuild puts it right."),
        }
    }
}

impl Store {
    /// Replays the log beside the rows and lists where they differ.
    pub fn compare(&self) -> anyhow::Result<Vec<Difference>> {
        self.reading(|conn| {
            let tx = conn.unchecked_transaction()?;
            let found = differences(&tx)?;
            tx.rollback()?;
            Ok(found)
        })
    }

    /// Drops every projection and replays the log; says how many entries there are.
    pub fn rebuild(&mut self) -> Result<u64, Fault> {
        self.writing(|conn, _, _| Ok((None, project::rebuild(conn)?)))
    }
}

/// Entity by entity, so that a record of any size is compared in little memory. The caller has a transaction open.
pub(super) fn differences(conn: &Connection) -> anyhow::Result<Vec<Difference>> {
    let in_memory: bool =
        conn.query_row("SELECT EXISTS(SELECT 1 FROM temp.sqlite_schema WHERE name='touch')", [], |row| row.get(0))?;
    if in_memory {
        return Ok(Vec::new());
    }
    table::create(conn, Place::Temp)?;
    let mut out = Vec::new();
    let mut query = conn.prepare("SELECT n, kind, entity, body FROM main.event ORDER BY entity, n")?;
    let mut rows = query.query([])?;
    let (mut low, mut last, mut count) = (Vec::new(), Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let entity = row.get_ref(2)?.as_blob()?;
        if entity != last {
            count += 1;
            if count > BATCH {
                differ(conn, &low, &last, &mut out)?;
                (low, count) = (std::mem::take(&mut last), 1);
            }
            last = entity.to_vec();
        }
        replay_one(conn, row)?;
    }
    // Above the last entity of the log there must be none.
    differ(conn, &low, &[0xff; 17], &mut out)?;
    table::drop_all(conn, Place::Temp)?;
    order(conn, &mut out)?;
    out.truncate(ENOUGH);
    Ok(out)
}

fn replay_one(conn: &Connection, row: &Row<'_>) -> anyhow::Result<()> {
    let Some(of) = row.get_ref(1)?.as_str()?.split('.').next().and_then(Kind::parse) else { return Ok(()) };
    let Some(json) = row.get_ref(3)?.as_str_or_null()? else { return Ok(()) };
    let body = Body::parse(json);
    let entity = Id::from_slice(row.get_ref(2)?.as_blob()?).context("an identity of sixteen bytes")?;
    project::apply(conn, Place::Temp, Fact { n: row.get(0)?, of, entity, system: body.system, set: &body.set })?;
    Ok(())
}

/// Lists what differs among the identities above `low` up to `high`, and empties the replayed tables.
fn differ(conn: &Connection, low: &[u8], high: &[u8], out: &mut Vec<Difference>) -> anyhow::Result<()> {
    for kind in Kind::ALL {
        let columns = columns(*kind);
        let table = kind.code();
        let rows = |place: &str| format!("SELECT {columns} FROM {place}.\"{table}\" WHERE id>?1 AND id<=?2");
        for (here, there) in [("main", "temp"), ("temp", "main")] {
            let sql = format!("SELECT id FROM ({} EXCEPT {}) LIMIT {ENOUGH}", rows(here), rows(there));
            let mut query = conn.prepare_cached(&sql)?;
            let ids = query.query_map(params![low, high], |row| row.get(0).map(Id))?;
            for id in ids {
                name_fields(conn, *kind, id?, out)?;
            }
        }
        conn.prepare_cached(&format!("DELETE FROM temp.\"{table}\""))?.execute([])?;
    }
    Ok(())
}

/// Rows stand in the order in which their entities came up in the log: of two assignments the newer one holds.
fn order(conn: &Connection, out: &mut Vec<Difference>) -> anyhow::Result<()> {
    for kind in Kind::ALL {
        let table = kind.code();
        let sql = format!(
            "SELECT id FROM (SELECT id, first, lag(first) OVER (ORDER BY rid) AS before FROM (SELECT rid, id, (SELECT min(n)
             FROM main.event WHERE entity=k.id AND substr(kind, 1, {})='{table}.') AS first FROM main.\"{table}\" k))
             WHERE before>first LIMIT {ENOUGH}",
            table.len() + 1
        );
        let mut query = conn.prepare(&sql)?;
        for id in query.query_map([], |row| row.get(0).map(Id))? {
            let entity = id?;
            out.push(Difference { kind: *kind, entity, field: "place".to_owned(), entry: last(conn, *kind, entity)? });
        }
    }
    Ok(())
}

fn columns(kind: Kind) -> String {
    let fields = kind.fields().iter().map(|field| format!("\"{}\"", field.id));
    ["id", "system", "archived", "extra", "last_n"]
        .map(str::to_owned)
        .into_iter()
        .chain(fields)
        .collect::<Vec<_>>()
        .join(",")
}

fn name_fields(conn: &Connection, kind: Kind, entity: Id, out: &mut Vec<Difference>) -> anyhow::Result<()> {
    let read = |place: &str| -> rusqlite::Result<Option<Vec<Sql>>> {
        let sql = format!("SELECT {} FROM {place}.\"{}\" WHERE id=?1", columns(kind), kind.code());
        let mut query: Statement<'_> = conn.prepare(&sql)?;
        let count = query.column_count();
        let mut rows = query.query([entity.0.as_slice()])?;
        rows.next()?.map(|row| (0..count).map(|at| row.get(at)).collect()).transpose()
    };
    let names: Vec<String> = columns(kind).split(',').map(|name| name.trim_matches('"').to_owned()).collect();
    let found = match (read("main")?, read("temp")?) {
        (Some(a), Some(b)) => {
            names.into_iter().zip(a.iter().zip(&b)).filter(|(_, (a, b))| a != b).map(|(name, _)| name).collect()
        }
        _ => vec!["row".to_owned()],
    };
    let entry = last(conn, kind, entity)?;
    for field in found {
        let difference = Difference { kind, entity, field, entry: entry.clone() };
        if out.len() < ENOUGH && !out.contains(&difference) {
            out.push(difference);
        }
    }
    Ok(())
}

/// The last entry about a thing, as a finding names it.
fn last(conn: &Connection, kind: Kind, entity: Id) -> anyhow::Result<Option<String>> {
    let sql = "SELECT n FROM event WHERE entity=?1 AND substr(kind, 1, length(?2)+1)=?2||'.' ORDER BY n DESC LIMIT 1";
    let found: Option<i64> =
        conn.prepare_cached(sql)?.query_row(params![entity.0, kind.code()], |row| row.get(0)).optional()?;
    found.map(|n| super::verify::named(conn, n)).transpose()
}
