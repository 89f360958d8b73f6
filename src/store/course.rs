//! Risk over time made from the journal: system by system, as a rebuild writes it and a check compares it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::trend::{LEVELS, Newest, add, changes, day_at, last, levels_at, passed, row, shift};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    fields::{Day, Moment},
    journal::Body,
    register::{Levels, day_of, levels_on, moves_levels},
};

/// Calls for every entry on which levels depend, system by system, with its day.
pub(super) fn each_entry(
    conn: &Connection,
    only: Option<Id>,
    call: &mut dyn FnMut(Id, Day, Event) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let one = if only.is_some() { "t.system=?1" } else { "t.system<>x'' AND ?1 IS NULL" };
    let sql = format!(
        "SELECT t.system, e.at, e.kind, e.entity, e.body FROM touch t CROSS JOIN event e ON e.n=t.n
         WHERE {one} AND e.body IS NOT NULL ORDER BY t.system, t.n"
    );
    let mut query = conn.prepare(&sql)?;
    let mut rows = query.query([only.map(|id| id.0.to_vec())])?;
    while let Some(row) = rows.next()? {
        let Some(of) = row.get_ref(2)?.as_str()?.split('.').next().and_then(Kind::parse) else { continue };
        if !moves_levels(of) {
            continue;
        }
        let set = Body::parse(row.get_ref(4)?.as_str()?).set;
        let event = Event { of, verb: "".into(), entity: Id(row.get(3)?), set, why: Prose::default(), attach: None };
        call(Id(row.get(0)?), day_of(Moment(row.get(1)?)), event)?;
    }
    Ok(())
}

/// The rows of one system, made from its entries.
struct Course {
    dossier: Dossier,
    rows: Vec<(Day, Levels)>,
    day: Option<Day>,
}

impl Course {
    fn of(system: Id) -> Self {
        Self { dossier: Dossier { subject: Some(system), ..Dossier::default() }, rows: Vec::new(), day: None }
    }

    fn take(&mut self, at: Day, event: &Event) {
        let day = self.day.map_or(at, |day| day.max(at));
        if self.day.is_some_and(|last| last < day) {
            self.end(day.plus(-1));
        }
        self.day = Some(day);
        self.dossier.apply(event);
    }

    /// The day on which something was written is over; then time goes on until another.
    fn end(&mut self, until: Day) {
        let Some(day) = self.day else { return };
        let row = (day, levels_on(&self.dossier, day));
        self.rows.push(row);
        let more = passed(&self.dossier, row, until);
        self.day = more.last().map_or(self.day, |(day, _)| Some(*day));
        self.rows.extend(more);
    }
}

/// Calls with the rows of every system, made from the journal; `until` says up to which day time goes on at the end.
fn each_course(
    conn: &Connection,
    until: &dyn Fn(Id) -> anyhow::Result<Option<Day>>,
    call: &mut dyn FnMut(Id, Vec<(Day, Levels)>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut open: Option<(Id, Course)> = None;
    let mut close = |open: Option<(Id, Course)>| -> anyhow::Result<()> {
        let Some((system, mut course)) = open else { return Ok(()) };
        let last = until(system)?.or(course.day);
        course.end(last.unwrap_or(Day(chrono::NaiveDate::MIN)));
        call(system, course.rows)
    };
    each_entry(conn, None, &mut |system, at, event| {
        if open.as_ref().is_none_or(|(of, _)| *of != system) {
            close(open.replace((system, Course::of(system))))?;
        }
        if let Some((_, course)) = &mut open {
            course.take(at, &event);
        }
        Ok(())
    })?;
    close(open)
}

/// Makes every row from the journal, into empty tables.
pub(super) fn rebuild(conn: &Connection) -> anyhow::Result<()> {
    let mut days: BTreeMap<Day, [i64; 5]> = BTreeMap::new();
    each_course(conn, &|_| Ok(None), &mut |system, rows| {
        gather(&rows, &mut days);
        rows.into_iter().try_for_each(|one| row(conn, system, one))
    })?;
    days.iter().try_for_each(|(day, change)| shift(conn, *day, change))
}

/// Makes the rows of one system anew: a clock that went back has written before a day that had passed already.
pub(super) fn again(conn: &Connection, system: Id) -> anyhow::Result<Newest> {
    let mut course = Course::of(system);
    each_entry(conn, Some(system), &mut |_, at, event| {
        course.take(at, &event);
        Ok(())
    })?;
    if let Some(day) = course.day {
        course.end(day);
    }
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    gather(&kept(conn, system)?, &mut before);
    gather(&course.rows, &mut after);
    conn.prepare_cached("DELETE FROM trend WHERE system=?1")?.execute([system.0.as_slice()])?;
    for (day, change) in before {
        let mut less = [0; 5];
        add(&mut less, &change, -1);
        shift(conn, day, &less)?;
    }
    after.iter().try_for_each(|(day, change)| shift(conn, *day, change))?;
    course.rows.iter().try_for_each(|one| row(conn, system, *one))?;
    Ok(course.rows.last().copied())
}

/// The rows of one system as they are kept.
fn kept(conn: &Connection, system: Id) -> anyhow::Result<Vec<(Day, Levels)>> {
    let mut query = conn.prepare_cached(&format!("SELECT day, {LEVELS} FROM trend WHERE system=?1 ORDER BY day"))?;
    let rows = query.query_and_then([system.0.as_slice()], |row| Ok((day_at(row, 0)?, levels_at(row, 1)?)))?;
    rows.collect()
}

/// Adds up by day what the rows of one system changed.
fn gather(rows: &[(Day, Levels)], days: &mut BTreeMap<Day, [i64; 5]>) {
    let mut before = [0; 5];
    for (day, levels) in rows {
        let now = levels.0.map(i64::from);
        let change = days.entry(*day).or_default();
        add(change, &now, 1);
        add(change, &before, -1);
        before = now;
    }
}

/// What is not as the journal says.
pub(super) fn wrong(conn: &Connection) -> anyhow::Result<Vec<String>> {
    let (mut out, mut days, mut systems) = (Vec::new(), BTreeMap::new(), 0u32);
    let until = |system| Ok(last(conn, system, None)?.map(|(day, _)| day));
    let all_owed = super::owed::systems(conn, usize::MAX)?.0;
    each_course(conn, &until, &mut |system, rows| {
        systems += 1;
        // What is owed is made when the line is; until then the rows are those of before.
        let owed = all_owed.contains(&system);
        let rows = if owed { kept(conn, system)? } else { rows };
        gather(&rows, &mut days);
        if !owed && kept(conn, system)? != rows {
            out.push(format!(
                "The risk over time of system {system} is not what the journal says; a rebuild puts it right."
            ));
        }
        Ok(())
    })?;
    days.retain(|_, change| *change != [0; 5]);
    let kept: BTreeMap<Day, [i64; 5]> = changes(conn)?.into_iter().filter(|(_, change)| *change != [0; 5]).collect();
    let found: u32 = conn.query_row("SELECT count(DISTINCT system) FROM trend", [], |row| row.get(0))?;
    if kept != days || found != systems {
        out.push("The risk over time of all systems is not what the journal says; a rebuild puts it right.".to_owned());
    }
    out.truncate(100);
    Ok(out)
}
