//! Reading every threat once: how many fit, and the first of them where they are few.

use std::time::Instant;

use rusqlite::{Connection, Row, ToSql, params};

use super::{
    Scan, once,
    spot::{COLUMNS, Spot},
};
use crate::domain::{Id, across::Which};

/// How many rows are read before the clock is looked at.
const ROWS: i64 = 500;

/// Of so many that fit the places are kept: as long as there are no more, every part is cut out of them.
const KEPT: usize = 8_192;

/// How far it is.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    /// The system and the row behind which it goes on.
    at: Option<(Id, i64)>,
    pub scanned: usize,
    pub matches: usize,
    pub done: bool,
    /// Those that fit, in no order until all were looked at.
    pub kept: Vec<Spot>,
    /// Whether there were too many to keep.
    pub many: bool,
}

impl Sweep {
    /// Every row that fits, in order, where all were looked at and they are few.
    pub fn list(&self) -> Option<&[Spot]> {
        (self.done && !self.many).then_some(&self.kept)
    }

    fn take(&mut self, spot: Spot) {
        if self.kept.len() < KEPT {
            self.kept.push(spot);
        } else {
            self.many = true;
        }
    }

    /// Whether a row was looked at already.
    fn seen(&self, place: (Id, i64)) -> bool {
        self.done || self.at.is_some_and(|at| place <= at)
    }

    /// Some rows were changed: they are counted as they are now. Both say which of them fit and were looked at.
    pub fn put_right(&mut self, before: &[(i64, bool)], after: Vec<(Spot, bool)>, reversed: bool) {
        let gone = before.iter().filter(|(_, counted)| *counted).count();
        let come = after.iter().filter(|(_, counts)| *counts).count();
        self.matches = (self.matches + come).saturating_sub(gone);
        if self.many {
            return;
        }
        self.kept.retain(|spot| !before.iter().any(|(rid, _)| *rid == spot.rid));
        for (spot, _) in after.into_iter().filter(|(_, counts)| *counts) {
            self.take(spot);
        }
        if self.done {
            self.kept.sort_unstable_by(|a, b| a.before(b, reversed));
        }
    }
}

/// Looks on until the time is up: through the index that holds all that is looked at, system by system.
pub(super) fn on(conn: &Connection, scan: &mut Scan, until: Instant) -> anyhow::Result<()> {
    let head = format!("SELECT {COLUMNS} FROM threat INDEXED BY threat_words WHERE archived=0 AND");
    let rest = format!("{head} system=?1 AND rid>?2 ORDER BY rid LIMIT ?3");
    let others = format!("{head} system>?1 ORDER BY system, rid LIMIT ?2");
    let only = match scan.look.query.which {
        Which::System(system) => Some(system),
        Which::All
        | Which::Counting
        | Which::Level(..)
        | Which::Place(..)
        | Which::Flagged
        | Which::Treated(_)
        | Which::Tier(_) => None,
    };
    let at_a_time = scan.look.at_a_time(ROWS);
    loop {
        let (system, rid) = match scan.sweep.at {
            Some((system, rid)) => (system.0.to_vec(), rid),
            None => (only.map(|only| only.0.to_vec()).unwrap_or_default(), i64::MIN),
        };
        let mut count = read(conn, scan, (&rest, params![system, rid, at_a_time]), at_a_time)?;
        if count < at_a_time && only.is_none() {
            count = read(conn, scan, (&others, params![system, at_a_time]), at_a_time)?;
        }
        if count < at_a_time {
            finish(scan);
            return Ok(());
        }
        if Instant::now() >= until {
            return Ok(());
        }
    }
}

/// Looks at some rows; says how many there were.
fn read(
    conn: &Connection,
    scan: &mut Scan,
    (sql, values): (&str, &[&dyn ToSql]),
    at_a_time: i64,
) -> anyhow::Result<i64> {
    let Scan { look, sweep, .. } = scan;
    let mut query = conn.prepare_cached(sql)?;
    let mut rows = query.query(values)?;
    let (mut count, mut last) = (0, None);
    while let Some(row) = rows.next()? {
        count += 1;
        if look.fits(conn, row)? {
            sweep.matches += 1;
            if !sweep.many {
                let spot = look.spot(conn, row)?;
                sweep.take(spot);
            }
        }
        // Where there are fewer than were asked for, another system follows, or this was the end.
        if count == at_a_time {
            last = place(row)?;
        }
    }
    sweep.scanned += usize::try_from(count).unwrap_or(0);
    sweep.at = last.or(sweep.at);
    Ok(count)
}

fn place(row: &Row<'_>) -> anyhow::Result<Option<(Id, i64)>> {
    let system = row.get_ref(1)?.as_blob_or_null()?.and_then(Id::from_slice);
    Ok(system.zip(row.get(0)?))
}

/// Everything was looked at.
fn finish(scan: &mut Scan) {
    let Scan { look, sweep, .. } = scan;
    sweep.done = true;
    if sweep.many {
        sweep.kept = Vec::new();
    } else {
        sweep.kept.sort_unstable_by(|a, b| a.before(b, look.query.reversed));
    }
}

/// Each of these threats, and whether it fits and was looked at.
pub(super) fn counted(conn: &Connection, scan: &mut Scan, threats: &[Id]) -> anyhow::Result<Vec<(Spot, bool)>> {
    let sql = format!("SELECT {COLUMNS}, archived FROM threat WHERE id=?1");
    let mut query = conn.prepare_cached(&sql)?;
    let mut out = Vec::new();
    for id in once(threats) {
        let mut rows = query.query([id.0.as_slice()])?;
        while let Some(row) = rows.next()? {
            let seen = place(row)?.is_some_and(|place| scan.sweep.seen(place));
            let fits = !row.get::<_, bool>(9)? && scan.look.fits(conn, row)?;
            out.push((scan.look.spot(conn, row)?, fits && seen));
        }
    }
    Ok(out)
}
