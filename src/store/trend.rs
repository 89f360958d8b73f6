//! Risk over time: the threats of each system by level at the end of each day on which something that counts was
//! written or time made a difference, and for all systems together what each day changed.
//!
//! A day is one of UTC, as the journal tells time. What a row says follows from the journal alone: the register as it
//! was at the end of that day, rated by the rule that rates it today. So a rebuild makes the same rows.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Store;
use crate::domain::{
    Dossier, Id,
    fields::Day,
    register::{Levels, POINTS, Point, Scale, levels_on, point_days, turning_days},
};

pub(super) const LEVELS: &str = "unscored, low, medium, high, critical";

impl Store {
    /// The threats of a system by level over the last weeks; the last point is today.
    pub fn trend(&self, dossier: &Dossier, today: Day) -> anyhow::Result<Vec<Point>> {
        self.reading(|conn| {
            let Some(system) = dossier.subject else { return Ok(Vec::new()) };
            let mut out = Vec::new();
            for day in point_days(today) {
                let row = last(conn, system, Some(day))?;
                let levels = match row {
                    _ if day == today => levels_on(dossier, today),
                    // What only time has changed since the last row is not written yet.
                    Some((from, _)) if !turning_days(dossier, from, day).is_empty() && newest(conn, system, from)? => {
                        levels_on(dossier, day)
                    }
                    Some((_, levels)) => levels,
                    None => Levels::default(),
                };
                out.push(Point { day, levels });
            }
            Ok(out)
        })
    }

    /// The threats of all systems by level over the last weeks; the last point is what the lines of the board say.
    pub fn trend_of_all(&self, today: Day) -> anyhow::Result<Vec<Point>> {
        self.reading(|conn| {
            let mut days = changes(conn)?.into_iter().peekable();
            let mut sum = [0; 5];
            let mut out = Vec::new();
            for day in point_days(today) {
                while let Some((_, change)) = days.next_if(|(of, _)| *of <= day) {
                    add(&mut sum, &change, 1);
                }
                out.push(Point { day, levels: Levels(sum.map(|n| u32::try_from(n).unwrap_or(0))) });
            }
            out[POINTS.0 - 1].levels = super::heat::kept(conn)?.levels(Scale::Now);
            Ok(out)
        })
    }

    /// A system as it was at the end of a day, as far as its levels are concerned: replayed from the journal.
    pub fn dossier_on(&self, system: Id, day: Day) -> anyhow::Result<Dossier> {
        self.reading(|conn| {
            let mut dossier = Dossier { subject: Some(system), ..Dossier::default() };
            let mut reached = None;
            super::course::each_entry(conn, Some(system), &mut |_, at, event| {
                reached = reached.max(Some(at));
                if reached <= Some(day) {
                    dossier.apply(&event);
                }
                Ok(())
            })?;
            Ok(dossier)
        })
    }
}

/// The newest row of a system: its day, and the levels at the end of it; none before the first.
pub(super) type Newest = Option<(Day, Levels)>;

/// Writes what time alone has changed since the newest row of a system, up to a day; says which is the newest then.
pub(super) fn pass(conn: &Connection, dossier: &Dossier, newest: Newest, until: Day) -> anyhow::Result<Newest> {
    let (Some(system), Some((from, mut before))) = (dossier.subject, newest) else { return Ok(newest) };
    let mut newest = newest;
    for (day, levels) in passed(dossier, (from, before), until) {
        put(conn, system, (day, levels), before)?;
        before = levels;
        newest = Some((day, levels));
    }
    Ok(newest)
}

/// What time alone changes after a row, up to a day.
pub(super) fn passed(dossier: &Dossier, (from, mut levels): (Day, Levels), until: Day) -> Vec<(Day, Levels)> {
    let mut out = Vec::new();
    for day in turning_days(dossier, from, until) {
        let now = levels_on(dossier, day);
        if now != levels {
            out.push((day, now));
        }
        levels = now;
    }
    out
}

/// Writes the levels of a system at the end of a day, where they are not what its newest row says; says which row is the
/// newest then. The entries of the day are in the journal already.
pub(super) fn note(conn: &Connection, dossier: &Dossier, newest: Newest, day: Day) -> anyhow::Result<Newest> {
    let Some(system) = dossier.subject else { return Ok(newest) };
    if newest.is_some_and(|(last, _)| day < last) {
        return super::course::again(conn, system);
    }
    let row = (day, levels_on(dossier, day));
    if newest != Some(row) {
        put(conn, system, row, newest.map_or(Levels::default(), |(_, levels)| levels))?;
    }
    Ok(Some(row))
}

fn put(conn: &Connection, system: Id, (day, levels): (Day, Levels), before: Levels) -> anyhow::Result<()> {
    let mut change = levels.0.map(i64::from);
    add(&mut change, &before.0.map(i64::from), -1);
    row(conn, system, (day, levels))?;
    shift(conn, day, &change)
}

pub(super) fn row(conn: &Connection, system: Id, (day, Levels(n)): (Day, Levels)) -> anyhow::Result<()> {
    let sql = format!(
        "INSERT INTO trend(system, day, {LEVELS}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT(system, day) DO UPDATE SET unscored=?3, low=?4, medium=?5, high=?6, critical=?7"
    );
    conn.prepare_cached(&sql)?.execute(params![system.0, day.to_string(), n[0], n[1], n[2], n[3], n[4]])?;
    Ok(())
}

pub(super) fn shift(conn: &Connection, day: Day, n: &[i64; 5]) -> anyhow::Result<()> {
    if *n == [0; 5] {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO trend_day(day, {LEVELS}) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT(day) DO UPDATE SET unscored=unscored+?2, low=low+?3, medium=medium+?4, high=high+?5,
         critical=critical+?6"
    );
    conn.prepare_cached(&sql)?.execute(params![day.to_string(), n[0], n[1], n[2], n[3], n[4]])?;
    Ok(())
}

pub(super) fn add(sum: &mut [i64; 5], more: &[i64; 5], times: i64) {
    sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more * times);
}

pub(super) fn day_at(row: &Row<'_>, at: usize) -> anyhow::Result<Day> {
    Day::parse(row.get_ref(at)?.as_str()?).ok_or_else(|| anyhow::anyhow!("a day of the trend"))
}

pub(super) fn levels_at(row: &Row<'_>, from: usize) -> rusqlite::Result<Levels> {
    let mut out = Levels::default();
    for (at, level) in out.0.iter_mut().enumerate() {
        *level = row.get(from + at)?;
    }
    Ok(out)
}

/// The last row of a system, up to a day.
pub(super) fn last(conn: &Connection, system: Id, until: Option<Day>) -> anyhow::Result<Newest> {
    let until = until.map_or_else(|| "~".to_owned(), |day| day.to_string());
    let sql = format!("SELECT day, {LEVELS} FROM trend WHERE system=?1 AND day<=?2 ORDER BY day DESC LIMIT 1");
    let mut query = conn.prepare_cached(&sql)?;
    let mut rows = query.query(params![system.0, until])?;
    rows.next()?.map(|row| Ok((day_at(row, 0)?, levels_at(row, 1)?))).transpose()
}

/// Whether a system has no row after that of this day.
fn newest(conn: &Connection, system: Id, day: Day) -> anyhow::Result<bool> {
    let sql = "SELECT 1 FROM trend WHERE system=?1 AND day>?2";
    let later = conn.prepare_cached(sql)?.query_row(params![system.0, day.to_string()], |_| Ok(())).optional()?;
    Ok(later.is_none())
}

/// What each day changed for all systems together, in the order of the days.
pub(super) fn changes(conn: &Connection) -> anyhow::Result<Vec<(Day, [i64; 5])>> {
    let mut query = conn.prepare_cached(&format!("SELECT day, {LEVELS} FROM trend_day ORDER BY day"))?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push((day_at(row, 0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]));
    }
    Ok(out)
}

/// The systems of the board that had threats at the end of a day, and how many.
pub(super) fn systems_on(conn: &Connection, day: Day) -> anyhow::Result<Vec<(Id, u32)>> {
    let sql = "SELECT s.system, t.n FROM summary s JOIN
               (SELECT system, max(day), unscored+low+medium+high+critical AS n FROM trend WHERE day<=?1 GROUP BY system) t
               ON t.system=s.system WHERE t.n>0 ORDER BY s.rank DESC, s.name, s.system";
    let mut query = conn.prepare_cached(sql)?;
    let rows = query.query_map([day.to_string()], |row| Ok((Id(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
