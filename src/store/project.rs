//! The one projector: what an entry says becomes the rows that the screens read.

use std::{collections::BTreeMap, fmt::Write};

use anyhow::Context;
use rusqlite::{Connection, params, params_from_iter, types::Value as Sql};

use super::{
    schema,
    table::{self, Place, Shape},
};
use crate::domain::{
    Change, Id, Kind,
    journal::Body,
    value::{Value, write_json_text},
};

/// What one entry means for the projections.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fact<'a> {
    pub n: i64,
    pub of: Kind,
    pub entity: Id,
    pub system: Option<Id>,
    pub set: &'a [Change],
}

/// The identity under which `touch` keeps a system.
pub(super) fn touched(system: Option<Id>) -> Vec<u8> {
    system.map(|id| id.0.to_vec()).unwrap_or_default()
}

/// Puts one fact into the row of its entity, which is made where there is none.
pub(super) fn apply(conn: &Connection, place: Place, fact: Fact<'_>) -> rusqlite::Result<()> {
    let mut row = Row::new(fact);
    // In the order of the body and each field once, so that a replay makes the very same row.
    let set: BTreeMap<&str, &Value> = fact.set.iter().map(|change| (change.field.as_str(), &change.new)).collect();
    for (field, new) in set {
        row.take(fact.of, field, new);
    }
    conn.prepare_cached(&row.sql(place, fact.of))?.execute(params_from_iter(row.values))?;
    Ok(())
}

/// Notes that entry `n` concerns a system.
pub(super) fn touch(conn: &Connection, place: Place, system: Option<Id>, n: i64) -> rusqlite::Result<()> {
    let sql = match place {
        Place::Main => "INSERT INTO main.touch(system, n) VALUES(?1, ?2)",
        Place::Temp => "INSERT INTO temp.touch(system, n) VALUES(?1, ?2)",
    };
    conn.prepare_cached(sql)?.execute(params![touched(system), n])?;
    Ok(())
}

/// The columns that one fact sets, and what it has for `extra`.
struct Row {
    columns: Vec<&'static str>,
    values: Vec<Sql>,
    /// A merge patch: fields that this program does not know, and null for those that it does.
    patch: String,
    has_extra: bool,
}

impl Row {
    fn new(fact: Fact<'_>) -> Self {
        let system = fact.system.map_or(Sql::Null, |id| Sql::Blob(id.0.to_vec()));
        Self {
            columns: vec!["id", "system", "last_n"],
            values: vec![Sql::Blob(fact.entity.0.to_vec()), system, Sql::Integer(fact.n)],
            patch: String::from("{"),
            has_extra: false,
        }
    }

    fn take(&mut self, of: Kind, field: &str, new: &Value) {
        let known = if field == "archived" {
            Some(("archived", Some(Sql::Integer(i64::from(!new.is_null())))))
        } else {
            of.field(field).map(|known| (known.id, Shape::of(known.form).column(new)))
        };
        let fits = matches!(known, Some((_, Some(_))));
        if let Some((column, value)) = known {
            self.columns.push(column);
            self.values.push(value.unwrap_or(Sql::Null));
        }
        if self.patch.len() > 1 {
            self.patch.push(',');
        }
        write_json_text(field, &mut self.patch);
        self.patch.push(':');
        if fits { &Value::Null } else { new }.write_json(&mut self.patch);
        self.has_extra |= !fits;
    }

    /// One statement whether the row is there or not. `extra` is merged, so that what a newer program wrote survives.
    fn sql(&mut self, place: Place, of: Kind) -> String {
        let (place, table) = (place.name(), of.code());
        let mut sql = format!("INSERT INTO {place}.\"{table}\"(");
        for column in &self.columns {
            let _ = write!(sql, "\"{column}\",");
        }
        sql.push_str("extra) VALUES(");
        for at in 1..=self.columns.len() {
            let _ = write!(sql, "?{at},");
        }
        let patch = self.columns.len() + 1;
        if self.has_extra {
            let _ = write!(sql, "nullif(json_patch('{{}}',?{patch}),'{{}}')");
        } else {
            sql.push_str("NULL");
        }
        sql.push_str(") ON CONFLICT(id) DO UPDATE SET ");
        for column in self.columns.iter().skip(2) {
            let _ = write!(sql, "\"{column}\"=excluded.\"{column}\",");
        }
        let _ = if self.has_extra {
            write!(sql, "extra=nullif(json_patch(coalesce(extra,'{{}}'),?{patch}),'{{}}')")
        } else {
            write!(sql, "extra=iif(extra IS NULL,NULL,nullif(json_patch(extra,?{patch}),'{{}}'))")
        };
        self.patch.push('}');
        self.values.push(Sql::Text(std::mem::take(&mut self.patch)));
        sql
    }
}

/// After so many entries of a replay it is told how far it is.
const OFTEN: u64 = 1_000;

/// Replays the whole log into empty tables; `told` hears how many entries of how many are done.
pub(super) fn replay(conn: &Connection, place: Place, told: &mut dyn FnMut(u64, u64)) -> anyhow::Result<u64> {
    let all: i64 = conn.query_row("SELECT count(*) FROM main.event", [], |row| row.get(0))?;
    let all = all.unsigned_abs();
    let mut query = conn.prepare("SELECT n, kind, entity, body FROM main.event ORDER BY n")?;
    let mut rows = query.query([])?;
    let mut count = 0u64;
    while let Some(row) = rows.next()? {
        count += 1;
        if count.is_multiple_of(OFTEN) {
            told(count, all);
        }
        let n: i64 = row.get(0)?;
        let Some(json) = row.get_ref(3)?.as_str_or_null()? else { continue };
        let body = Body::parse(json);
        touch(conn, place, body.system, n)?;
        let kind = row.get_ref(1)?.as_str()?;
        // An entry of a kind that only a newer program knows stays in the log until that program replays it.
        let Some(of) = kind.split('.').next().and_then(Kind::parse) else { continue };
        let entity = Id::from_slice(row.get_ref(2)?.as_blob()?).context("an identity of sixteen bytes")?;
        apply(conn, place, Fact { n, of, entity, system: body.system, set: &body.set })?;
    }
    Ok(count)
}

/// Makes the projections anew if they are of another version. Of two processes that find them so, one does it.
pub(super) fn catch_up(conn: &Connection, told: &mut dyn FnMut(u64, u64)) -> anyhow::Result<()> {
    with_large_cache(conn, |conn| {
        let tx = super::tx::Tx::begin(conn)?;
        let found: String = conn.query_row("SELECT value FROM meta WHERE key='proj_version'", [], |row| row.get(0))?;
        if found != table::version() {
            rebuild_in(conn, told)?;
        }
        Ok(tx.commit()?)
    })
}

/// Drops every projection of the file and replays it. The summaries come back as stale lines, for a rule to fill.
pub(super) fn rebuild(conn: &Connection) -> anyhow::Result<u64> {
    with_large_cache(conn, |conn| {
        let tx = super::tx::Tx::begin(conn)?;
        let count = rebuild_in(conn, &mut |_, _| ())?;
        tx.commit()?;
        Ok(count)
    })
}

/// Runs what looks at everything with more of the file in memory.
pub(super) fn with_large_cache<T>(
    conn: &Connection,
    run: impl FnOnce(&Connection) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    conn.execute_batch(&format!("PRAGMA cache_size=-{}", schema::LARGE_CACHE))?;
    let out = run(conn);
    conn.flush_prepared_statement_cache();
    conn.execute_batch(&format!("PRAGMA cache_size=-{}; PRAGMA shrink_memory", schema::CACHE))?;
    out
}

/// Drops and replays, inside a transaction.
pub(super) fn rebuild_in(conn: &Connection, told: &mut dyn FnMut(u64, u64)) -> anyhow::Result<u64> {
    conn.flush_prepared_statement_cache();
    table::drop_all(conn, Place::Main)?;
    table::create(conn, Place::Main)?;
    let count = replay(conn, Place::Main, told)?;
    conn.execute(
        "INSERT INTO summary(system, name, good_until) SELECT id, coalesce(name, ''), '' FROM system WHERE archived=0",
        [],
    )?;
    super::course::rebuild(conn)?;
    super::owed::all_made(conn)?;
    conn.execute("UPDATE meta SET value=?1 WHERE key='proj_version'", [table::version()])?;
    Ok(count)
}
