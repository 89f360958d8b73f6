//! The dashboard: one line for each system and the next steps of everybody, kept beside the rows.

use std::fmt::Write;

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value as Sql};

use super::{Fault, Store, Summarise, Wait, owed, whole};
use crate::domain::{
    Id, Line,
    decision::Outlook,
    fields::{Day, Moment, Vocabulary},
    meeting::Matter,
    people::Role,
    register::Tally,
    summary::{NextStep, Summary},
};

pub(super) const COLUMNS: &str = "name, tier, lifecycle, track, court, since, due, dpo_gaps, governance_gaps, gaps, threats, \
                       unscored, worst, clearance, rank, good_until, risk";

/// A next step, and of which system.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// The system.
    pub system: Id,
    /// Its name.
    pub name: Line,
    /// What is to be done.
    pub step: NextStep,
}

impl Store {
    /// Lines of the dashboard, most pressing first, without their steps.
    pub fn dashboard(&self, from: usize, limit: usize) -> anyhow::Result<Vec<(Id, Summary)>> {
        self.reading(|conn| {
            let sql =
                format!("SELECT system, {COLUMNS} FROM summary ORDER BY rank DESC, name, system LIMIT ?1 OFFSET ?2");
            let mut query = conn.prepare_cached(&sql)?;
            let rows = query
                .query_map(params![whole(limit), whole(from)], |row| Ok((Id(row.get(0)?), summary_at(row, 1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// What one person has to do, most pressing first.
    pub fn steps(&self, person: Id, limit: usize) -> anyhow::Result<Vec<Pending>> {
        self.pending("WHERE s.person=?2", params![whole(limit), person.0])
    }

    /// What has to be done in one role, most pressing first.
    pub fn role_steps(&self, role: Role, limit: usize) -> anyhow::Result<Vec<Pending>> {
        self.pending("WHERE s.role=?2", params![whole(limit), role.code()])
    }

    /// What anybody has to do, most pressing first.
    pub fn all_steps(&self, limit: usize) -> anyhow::Result<Vec<Pending>> {
        self.pending("", params![whole(limit)])
    }

    fn pending(&self, of: &str, values: &[&dyn rusqlite::ToSql]) -> anyhow::Result<Vec<Pending>> {
        self.reading(|conn| {
            let sql = format!(
                "SELECT s.role, s.person, s.what, s.since, s.due, s.place, s.system, m.name
                 FROM next_step s JOIN summary m ON m.system=s.system {of} ORDER BY s.rank DESC, s.pos LIMIT ?1"
            );
            let mut query = conn.prepare_cached(&sql)?;
            let mut rows = query.query(values)?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                if let Some(step) = step_at(row)? {
                    let name = Line::new(row.get_ref(7)?.as_str()?);
                    out.push(Pending { system: Id(row.get(6)?), name, step });
                }
            }
            Ok(out)
        })
    }

    /// Systems whose line no longer holds today, because time has passed or the record changed.
    pub fn stale(&self, today: Day, limit: usize) -> anyhow::Result<Vec<Id>> {
        self.reading(|conn| {
            let mut out = owed::systems(conn, limit)?.0;
            let sql = "SELECT system FROM summary WHERE good_until IS NOT NULL AND good_until<?1 ORDER BY good_until LIMIT ?2";
            let mut query = conn.prepare_cached(sql)?;
            let rows = query.query_map(params![today.to_string(), whole(limit)], |row| row.get(0).map(Id))?;
            for system in rows {
                let system = system?;
                if out.len() < limit && !out.contains(&system) {
                    out.push(system);
                }
            }
            Ok(out)
        })
    }

    /// Puts a line that was made anew; none takes it off the dashboard.
    ///
    /// For more than a few see [`Self::refresh_stale`]: each call waits for the disk.
    pub fn refresh(&mut self, system: Id, fresh: impl Into<Option<Summary>>) -> Result<(), Fault> {
        let fresh = fresh.into();
        self.writing(|conn, _, _| {
            let tx = super::tx::Tx::begin(conn)?;
            put(conn, system, stored(conn, system)?.as_ref(), fresh.as_ref())?;
            super::totals::forget(conn)?;
            tx.commit()?;
            Ok((None, ()))
        })
    }

    /// How many lines are stale on a day.
    pub fn count_stale(&self, today: Day) -> anyhow::Result<usize> {
        self.reading(|conn| {
            let sql = "SELECT count(*) FROM summary WHERE good_until IS NOT NULL AND good_until<?1";
            let count: i64 = conn.query_row(sql, [today.to_string()], |row| row.get(0))?;
            Ok(usize::try_from(count).unwrap_or(0) + owed::systems(conn, usize::MAX)?.0.len())
        })
    }

    /// Makes up to `limit` stale lines anew in one transaction; says how many there were.
    pub fn refresh_stale(&mut self, today: Day, limit: usize, summarise: Summarise<'_>) -> Result<usize, Fault> {
        let _ = self.settle(today, summarise, Wait::Nothing);
        let stale = self.stale(today, limit).map_err(|error| self.fault(error))?;
        if stale.is_empty() {
            return Ok(0);
        }
        self.writing(|conn, _, _| {
            let tx = super::tx::Tx::begin(conn)?;
            // Who owed these is gone.
            let (owed, made) = owed::systems(conn, limit)?;
            for system in &stale {
                let dossier = super::read::dossier(conn, Some(*system))?;
                let newest = if owed.contains(system) {
                    super::course::again(conn, *system)?
                } else {
                    super::trend::last(conn, *system, None)?
                };
                // Today is not over, and another clock may still be in yesterday.
                super::trend::pass(conn, &dossier, newest, today.plus(-1))?;
                let fresh = summarise(&dossier);
                put(conn, *system, stored(conn, *system)?.as_ref(), fresh.as_ref())?;
            }
            if owed.iter().all(|system| stale.contains(system)) {
                owed::made_up_to(conn, made)?;
            }
            super::totals::forget(conn)?;
            tx.commit()?;
            Ok((None, stale.len()))
        })
    }

    /// The systems whose line is owed: whoever had to make it was stopped before.
    pub fn owed(&self) -> anyhow::Result<Vec<Id>> {
        self.reading(|conn| Ok(owed::systems(conn, usize::MAX)?.0))
    }

    /// Makes every line stale, after a rule or a library has changed.
    pub fn all_stale(&mut self) -> Result<(), Fault> {
        self.writing(|conn, _, _| Ok((None, all_stale(conn)?)))
    }
}

/// Makes every line stale.
pub(super) fn all_stale(conn: &Connection) -> anyhow::Result<()> {
    conn.prepare_cached("UPDATE summary SET good_until='' WHERE good_until IS NOT ''")?.execute([])?;
    Ok(())
}

/// The day until which a stale line holds, in memory.
const STALE: Day = Day(chrono::NaiveDate::MIN);

/// The line of one system as it is kept, with its steps.
pub(super) fn stored(conn: &Connection, system: Id) -> anyhow::Result<Option<Summary>> {
    let sql = format!("SELECT {COLUMNS} FROM summary WHERE system=?1");
    let found = conn.prepare_cached(&sql)?.query_row([system.0.as_slice()], |row| summary_at(row, 0)).optional()?;
    let Some(mut found) = found else { return Ok(None) };
    let mut query = conn
        .prepare_cached("SELECT role, person, what, since, due, place FROM next_step WHERE system=?1 ORDER BY pos")?;
    let mut rows = query.query([system.0.as_slice()])?;
    while let Some(row) = rows.next()? {
        found.steps.extend(step_at(row)?);
    }
    found.acceptances = super::acceptances::stored(conn, system)?;
    found.matters = super::meeting::stored(conn, system)?;
    Ok(Some(found))
}

/// Brings the kept line from `old` to `new`, touching only what differs.
pub(super) fn put(conn: &Connection, system: Id, old: Option<&Summary>, new: Option<&Summary>) -> anyhow::Result<()> {
    if old == new {
        return Ok(());
    }
    super::heat::shift(conn, old.map(|old| &old.risk), new.map(|new| &new.risk))?;
    super::acceptances::put(conn, system, lines(old), lines(new))?;
    super::meeting::put(conn, system, matters(old), matters(new))?;
    let Some(new) = new else {
        conn.prepare_cached("DELETE FROM summary WHERE system=?1")?.execute([system.0.as_slice()])?;
        return cut(conn, system, 0);
    };
    put_line(conn, system, old, new)?;
    let before = old.map_or(&[][..], |old| &old.steps);
    let moved = old.is_some_and(|old| old.rank != new.rank);
    for (pos, step) in new.steps.iter().enumerate() {
        if moved || before.get(pos) != Some(step) {
            put_step(conn, system, (pos, new.rank), step)?;
        }
    }
    if before.len() > new.steps.len() { cut(conn, system, new.steps.len()) } else { Ok(()) }
}

fn lines(summary: Option<&Summary>) -> &[Outlook] {
    summary.map_or(&[], |summary| &summary.acceptances)
}

fn matters(summary: Option<&Summary>) -> &[Matter] {
    summary.map_or(&[], |summary| &summary.matters)
}

fn cut(conn: &Connection, system: Id, from: usize) -> anyhow::Result<()> {
    conn.prepare_cached("DELETE FROM next_step WHERE system=?1 AND pos>=?2")?
        .execute(params![system.0, whole(from)])?;
    Ok(())
}

/// Writes what a line says otherwise than before; an index none of whose columns changed is not touched.
fn put_line(conn: &Connection, system: Id, before: Option<&Summary>, now: &Summary) -> anyhow::Result<()> {
    let before = before.map(cells);
    if before.is_none() {
        let sql = "INSERT INTO summary(system, name) VALUES(?1, '') ON CONFLICT(system) DO NOTHING";
        conn.prepare_cached(sql)?.execute([system.0.as_slice()])?;
    }
    let (mut sets, mut changed) = (String::new(), vec![Sql::from(system.0.to_vec())]);
    for (at, (name, new)) in COLUMNS.split(", ").zip(cells(now)).enumerate() {
        if before.as_ref().is_none_or(|before| before[at] != new) {
            changed.push(new);
            let _ = write!(sets, "{}{name}=?{}", if sets.is_empty() { "" } else { ", " }, changed.len());
        }
    }
    if !sets.is_empty() {
        let sql = format!("UPDATE summary SET {sets} WHERE system=?1");
        conn.prepare_cached(&sql)?.execute(params_from_iter(changed))?;
    }
    Ok(())
}

/// A line as its columns hold it, in the order of [`COLUMNS`].
fn cells(s: &Summary) -> [Sql; 17] {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).into();
    [
        s.name.to_string().into(),
        s.tier.clone().into(),
        s.lifecycle.clone().into(),
        s.track.clone().into(),
        s.court.clone().into(),
        s.since.map(|at| at.0).into(),
        day(s.due),
        s.dpo_gaps.into(),
        s.governance_gaps.into(),
        s.gaps.into(),
        s.threats.into(),
        s.unscored.into(),
        s.worst.into(),
        s.clearance.clone().into(),
        s.rank.into(),
        day(s.good_until),
        s.risk.to_text().into(),
    ]
}

fn put_step(conn: &Connection, system: Id, (pos, rank): (usize, i64), step: &NextStep) -> anyhow::Result<()> {
    conn.prepare_cached(
        "INSERT INTO next_step(system, pos, rank, role, person, what, since, due, place)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT(system, pos) DO UPDATE SET rank=?3, role=?4, person=?5, what=?6, since=?7, due=?8, place=?9",
    )?
    .execute(params![
        system.0,
        whole(pos),
        rank,
        step.role.code(),
        step.person.map(|id| id.0),
        step.what,
        step.since.map(|at| at.0),
        step.due.map(|day| day.to_string()),
        step.place,
    ])?;
    Ok(())
}

pub(super) fn summary_at(row: &Row<'_>, from: usize) -> rusqlite::Result<Summary> {
    let day = |at: usize| row.get::<_, Option<String>>(from + at).map(|text| text.and_then(|text| Day::parse(&text)));
    let is_stale = matches!(row.get_ref(from + 15)?.as_str_or_null()?, Some(""));
    Ok(Summary {
        name: Line::new(row.get_ref(from)?.as_str()?),
        tier: row.get(from + 1)?,
        lifecycle: row.get(from + 2)?,
        track: row.get(from + 3)?,
        court: row.get(from + 4)?,
        since: row.get::<_, Option<i64>>(from + 5)?.map(Moment),
        due: day(6)?,
        dpo_gaps: row.get(from + 7)?,
        governance_gaps: row.get(from + 8)?,
        gaps: row.get(from + 9)?,
        threats: row.get(from + 10)?,
        unscored: row.get(from + 11)?,
        worst: row.get(from + 12)?,
        clearance: row.get(from + 13)?,
        rank: row.get(from + 14)?,
        // A stale line must differ from every fresh one, or it would never be written again.
        good_until: day(15)?.or(is_stale.then_some(STALE)),
        risk: Tally::parse(row.get_ref(from + 16)?.as_str()?),
        steps: Vec::new(),
        acceptances: Vec::new(),
        matters: Vec::new(),
    })
}

/// A step; none in a role that this program does not know.
fn step_at(row: &Row<'_>) -> anyhow::Result<Option<NextStep>> {
    let Some(role) = Role::parse(row.get_ref(0)?.as_str()?) else { return Ok(None) };
    Ok(Some(NextStep {
        role,
        person: row.get::<_, Option<[u8; 16]>>(1)?.map(Id),
        what: row.get(2)?,
        since: row.get::<_, Option<i64>>(3)?.map(Moment),
        due: row.get::<_, Option<String>>(4)?.and_then(|text| Day::parse(&text)),
        place: row.get(5)?,
    }))
}
