//! A dossier made from the journal alone: as it was after any entry, without a look at the rows.

use anyhow::Context;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, project::touched, seen::Sight};
use crate::domain::{
    Change, Dossier, Id, Kind,
    fields::{Moment, Vocabulary},
    journal::Body,
    merging::Retold,
    people::Role,
};

/// One entry on its way into a dossier.
#[derive(Debug)]
pub(super) struct Past {
    pub n: i64,
    /// The chain that it is in, and its number there.
    pub place: (i64, i64),
    pub at: Moment,
    pub actor: Id,
    pub role: Option<Role>,
    /// The intent, `signoff.sign`.
    pub kind: String,
    pub of: Kind,
    pub entity: Id,
    pub body: Body,
}

impl Past {
    /// What a field was set to; nothing where this entry does not set it.
    pub fn set(&self, field: &str) -> Option<&Change> {
        self.body.set.iter().find(|change| change.field == field)
    }
}

/// A dossier that grows entry by entry.
#[derive(Debug, Default)]
pub(super) struct Replay {
    retold: Retold,
    /// Of whom it is the sight; none for what the file says.
    sight: Option<Sight>,
}

impl Replay {
    fn of(system: Id) -> Self {
        Self { retold: Retold::of(system), sight: None }
    }
}

impl Store {
    /// The dossier of a system as it was after entry `n`, and when that entry was written; none when it was not there
    /// yet.
    pub fn dossier_at(&self, system: Id, n: i64) -> anyhow::Result<Option<Dossier>> {
        self.reading(|conn| {
            let mut replay = Replay::of(system);
            walk(conn, system, n, &mut replay, &mut |_, _| Ok(()))?;
            Ok(Some(replay.retold.dossier).filter(|dossier| dossier.systems.iter().any(|row| row.id == system)))
        })
    }
}

/// Replays what concerns a system up to entry `upto`; `each` sees every entry before it is taken in.
pub(super) fn walk(
    conn: &Connection,
    system: Id,
    upto: i64,
    replay: &mut Replay,
    each: &mut dyn FnMut(&Past, &Dossier) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut query = conn.prepare_cached(
        "SELECT n, at, actor, role, kind, entity, body, dev, seq FROM event WHERE body IS NOT NULL
         AND n IN (SELECT n FROM touch WHERE system IN (?1, x'') AND n<=?2) ORDER BY n",
    )?;
    let mut rows = query.query(params![touched(Some(system)), upto])?;
    while let Some(row) = rows.next()? {
        let Some(past) = past(row)? else { continue };
        if replay.sight.as_ref().is_some_and(|sight| !sight.has(past.n, past.place.0, past.place.1)) {
            continue;
        }
        each(&past, &replay.retold.dossier)?;
        replay.retold.take(past.of, past.entity, &past.body);
    }
    Ok(())
}

/// Replays a whole system, for whoever wants to see every entry of it.
pub(super) fn walk_all(
    conn: &Connection,
    system: Id,
    each: &mut dyn FnMut(&Past, &Dossier) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    walk(conn, system, i64::MAX, &mut Replay::of(system), each)
}

/// The dossier as whoever wrote entry `n` had it before them; none where that is what the file says right before it.
pub(super) fn as_seen(conn: &Connection, system: Id, n: i64) -> anyhow::Result<Option<Dossier>> {
    let sight = Sight::of(conn, n)?;
    let sql = "SELECT n, dev, seq FROM event WHERE body IS NOT NULL AND n IN
               (SELECT n FROM touch WHERE system IN (?1, x'') AND n<?2)";
    let mut query = conn.prepare_cached(sql)?;
    let mut rows = query.query(params![touched(Some(system)), n])?;
    let mut all = true;
    while let Some(row) = rows.next()? {
        all &= sight.has(row.get(0)?, row.get(1)?, row.get(2)?);
    }
    if all {
        return Ok(None);
    }
    let mut replay = Replay { sight: Some(sight), ..Replay::of(system) };
    walk(conn, system, n - 1, &mut replay, &mut |_, _| Ok(()))?;
    Ok(Some(replay.retold.dossier))
}

/// None for what concerns the journal itself, or what only a newer docket knows.
fn past(row: &Row<'_>) -> anyhow::Result<Option<Past>> {
    let kind: String = row.get(4)?;
    let Some(of) = kind.split('.').next().and_then(Kind::parse) else { return Ok(None) };
    Ok(Some(Past {
        n: row.get(0)?,
        place: (row.get(7)?, row.get(8)?),
        at: Moment(row.get(1)?),
        actor: Id::from_slice(row.get_ref(2)?.as_blob()?).context("an identity of sixteen bytes")?,
        role: Role::parse(row.get_ref(3)?.as_str()?),
        kind,
        of,
        entity: Id::from_slice(row.get_ref(5)?.as_blob()?).context("an identity of sixteen bytes")?,
        body: Body::parse(row.get_ref(6)?.as_str()?),
    }))
}

impl Store {
    /// When the last entry up to and with `n` was written, and which one that is; none before the first one.
    pub fn entry_upto(&self, n: i64) -> anyhow::Result<Option<(i64, Moment)>> {
        self.reading(|conn| {
            let sql = "SELECT n, at FROM event WHERE n<=?1 ORDER BY n DESC LIMIT 1";
            Ok(conn.prepare_cached(sql)?.query_row([n], |row| Ok((row.get(0)?, Moment(row.get(1)?)))).optional()?)
        })
    }

    /// The last entry of the command that entry `n` is of: a command is done as a whole, and so it is shown as a whole.
    pub fn end_of_command(&self, n: i64) -> anyhow::Result<i64> {
        self.reading(|conn| {
            let mut query = conn.prepare_cached(
                "SELECT e.n, e.cmd=f.cmd FROM event f JOIN event e ON e.dev=f.dev AND e.seq>=f.seq
                 WHERE f.n=?1 ORDER BY e.seq",
            )?;
            let mut rows = query.query([n])?;
            let mut last = n;
            while let Some(row) = rows.next()? {
                if !row.get::<_, bool>(1)? {
                    break;
                }
                last = row.get(0)?;
            }
            Ok(last)
        })
    }

    /// The last entry that was written before a moment, in the order of the file; 0 where there is none.
    pub fn entry_before(&self, at: Moment) -> anyhow::Result<i64> {
        self.reading(|conn| {
            let sql = "SELECT coalesce(max(n), 0) FROM event WHERE at<?1";
            Ok(conn.prepare_cached(sql)?.query_row([at.0], |row| row.get(0))?)
        })
    }
}
