//! The register over all systems: a look at a million threats that never takes longer than a key may wait.
//!
//! Two readers share each slice of time. One walks the index of the wanted order, so that the rows of a part are final
//! as soon as they are there. The other reads every threat once, counts what fits, and keeps the first of them: where
//! little fits, the walk would have to pass over everything, and by then this one has found it all.

mod framed;
mod part;
mod rated;
mod rows;
mod spot;
mod sweep;
mod walk;

#[cfg(test)]
mod check;

use std::{
    collections::{BTreeMap, HashSet},
    time::{Duration, Instant},
};

use rusqlite::params;

use super::{Store, data_version, queue::HELD, read, whole};
use crate::domain::{
    Dossier, Id, Kind,
    across::{Across, AcrossRows, AllThreats, Query},
    fields::{Day, Vocabulary},
    page::QueueItem,
    people::Role,
};
use part::Part;
use spot::{Look, Spot, Systems};
use sweep::Sweep;
use walk::Walk;

/// How long one slice may take.
const SLICE: Duration = Duration::from_millis(6);

/// Where every so many rows is remembered, so that no walk begins far away.
const MARK: usize = 64;

/// A look at the register over all systems, as far as it is.
#[derive(Debug)]
pub struct Scan {
    look: Look,
    today: Day,
    /// What the record was when the look began.
    moved: (i64, u64),
    /// What all systems share: people, and the entries of the team's own library.
    shared: Dossier,
    sweep: Sweep,
    part: Part,
    /// Where some rows stand.
    marks: BTreeMap<usize, Spot>,
    /// Whether the last rows are wanted, as soon as it is known how many there are.
    last: bool,
    /// The rows that were handed out last.
    handed: Option<(usize, Vec<i64>)>,
    total: usize,
}

/// Which of some threats fitted before they were changed.
#[derive(Debug, Default)]
pub struct Before(Vec<(i64, bool)>);

impl Scan {
    /// Whether there is something left to look at.
    pub fn unfinished(&self) -> bool {
        !self.sweep.done || !self.part.full
    }

    /// How many fit, as far as was looked.
    pub fn matches(&self) -> usize {
        self.sweep.matches
    }

    /// From which row on how many are shown.
    pub fn shown(&self) -> (usize, usize) {
        (self.part.from, self.part.count)
    }

    /// What is looked for.
    pub fn query(&self) -> &Query {
        &self.look.query
    }
}

impl Store {
    /// Begins to look, and hands out what the first slice found. What `before` knew of the systems is used again.
    pub fn look(
        &self,
        query: Query,
        count: usize,
        before: Option<Scan>,
        today: Day,
    ) -> anyhow::Result<(Scan, AllThreats)> {
        let moved = self.moved()?;
        let totals = self.totals(today)?;
        let same = before.filter(|scan| scan.moved == moved && scan.today == today);
        let (systems, shared) = match same {
            Some(scan) => (scan.look.systems, scan.shared),
            None => (Systems::for_so_many(totals.systems as usize), self.shared()?),
        };
        let total = totals.threats as usize;
        let mut scan = Scan {
            look: Look::new(query, systems, &shared, today),
            today,
            moved,
            shared,
            sweep: Sweep::default(),
            part: Part::new(0, count),
            marks: BTreeMap::new(),
            last: false,
            handed: None,
            total,
        };
        let found = self.slice(&mut scan, true)?;
        Ok((scan, found))
    }

    /// Looks on for one slice.
    pub fn look_on(&self, scan: &mut Scan) -> anyhow::Result<AllThreats> {
        self.slice(scan, false)
    }

    /// One slice; where rows are wanted in a hurry it ends as soon as they are there.
    fn slice(&self, scan: &mut Scan, hurry: bool) -> anyhow::Result<AllThreats> {
        self.reading(|conn| {
            // One look at the file for all of its many questions.
            let _whole = conn.unchecked_transaction()?;
            let mut until = Instant::now() + SLICE;
            // Where little fits, walking on would pass over everything: the other reader comes to the end much sooner.
            if hurry || scan.sweep.done || scan.sweep.many || scan.part.from > 0 {
                part::fill(conn, scan, if scan.sweep.done { until } else { Instant::now() + SLICE / 2 })?;
            }
            if !scan.sweep.done {
                if hurry && scan.part.full {
                    until = Instant::now();
                }
                sweep::on(conn, scan, until)?;
                if scan.sweep.done {
                    part::fill(conn, scan, Instant::now() + SLICE)?;
                }
            }
            if scan.sweep.done && std::mem::take(&mut scan.last) {
                scan.part = Part::new(scan.sweep.matches.saturating_sub(scan.part.count), scan.part.count);
                part::fill(conn, scan, Instant::now() + SLICE)?;
                let found = hand_out(conn, scan)?;
                return Ok(AllThreats { last: true, ..found });
            }
            hand_out(conn, scan)
        })
    }

    /// Another part of the same.
    pub fn part(&self, scan: &mut Scan, from: usize, count: usize) -> anyhow::Result<AllThreats> {
        scan.last = false;
        let last = scan.sweep.matches.saturating_sub(count);
        scan.part = Part::new(if scan.sweep.done { from.min(last) } else { from }, count);
        self.slice(scan, true)
    }

    /// The last part; where that is not known yet, as soon as it is.
    pub fn last_part(&self, scan: &mut Scan, count: usize) -> anyhow::Result<AllThreats> {
        scan.last = true;
        scan.part.count = count;
        self.look_on(scan)
    }

    /// The same part of the record as it is now; if nobody has written since, nothing is looked at again.
    pub fn look_again(&self, scan: &mut Scan, from: usize, count: usize, today: Day) -> anyhow::Result<AllThreats> {
        let moved = self.moved()?;
        if moved != scan.moved || today != scan.today {
            (scan.moved, scan.today, scan.sweep) = (moved, today, Sweep::default());
            let totals = self.totals(today)?;
            // What was known goes before there is room for what is known now.
            scan.look.systems = Systems::default();
            scan.shared = self.shared()?;
            let systems = Systems::for_so_many(totals.systems as usize);
            scan.look = Look::new(scan.look.query.clone(), systems, &scan.shared, today);
            scan.total = totals.threats as usize;
        }
        scan.handed = None;
        self.part(scan, from, count)
    }

    /// Which of these threats are among what was counted, before they are changed.
    pub fn fitting(&self, scan: &mut Scan, threats: &[Id]) -> anyhow::Result<Before> {
        self.reading(|conn| {
            sweep::counted(conn, scan, threats)
                .map(|all| Before(all.into_iter().map(|(s, fits)| (s.rid, fits)).collect()))
        })
    }

    /// These threats were changed here, and nothing else: the rows that are shown stay where they are, with what they
    /// hold now, and the count is put right.
    pub fn changed(&self, scan: &mut Scan, before: &Before, threats: &[Id]) -> anyhow::Result<AllThreats> {
        // What another process wrote meanwhile is still to be seen.
        scan.moved.1 = self.moved()?.1;
        self.reading(|conn| {
            let after = sweep::counted(conn, scan, threats)?;
            scan.sweep.put_right(&before.0, after, scan.look.query.reversed);
            scan.handed = None;
            hand_out(conn, scan)
        })
    }

    /// Every threat that fits with its system, however many there are.
    pub fn all_that_fit(&self, scan: &mut Scan) -> anyhow::Result<Across> {
        self.reading(|conn| {
            let mut query = conn.prepare_cached("SELECT system, id FROM threat WHERE rid=?1")?;
            let mut all: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
            part::each(conn, scan, &mut |spot| {
                let (system, id) = query.query_row([spot.rid], |row| Ok((Id(row.get(0)?), Id(row.get(1)?))))?;
                all.entry(system).or_default().push(id);
                Ok(())
            })?;
            Ok(all.into_iter().collect())
        })
    }

    /// What of it has no score, of the systems on which a person holds a role, in the order in which it is shown.
    pub fn unscored_of(
        &self,
        scan: &Scan,
        (person, role): (Id, Role),
        today: Day,
        limit: usize,
    ) -> anyhow::Result<Vec<QueueItem>> {
        let query = Query { unscored: true, ..scan.look.query.clone() };
        let mut open = self.look(query, limit, None, today)?.0;
        self.reading(|conn| {
            let held = format!("SELECT {HELD} FROM (SELECT ?4 AS system) m");
            let mut out = Vec::new();
            for spot in part::first(conn, &mut open, limit)? {
                let mut query = conn.prepare_cached("SELECT system, id, title FROM threat WHERE rid=?1")?;
                let (system, threat, title) = query.query_row([spot.rid], |row| {
                    Ok((Id(row.get(0)?), Id(row.get(1)?), row.get::<_, Option<String>>(2)?))
                })?;
                let values = params![person.to_string(), role.code(), today.to_string(), system.0];
                let Some(known) = open.look.systems.get(conn, system)? else { continue };
                if conn.prepare_cached(&held)?.query_row(values, |row| row.get(0))? {
                    let (name, tier) = (known.name.to_string(), known.tier.to_string());
                    out.push(QueueItem { system, name, tier, threat: Some(threat), title: title.unwrap_or_default() });
                }
            }
            Ok(out)
        })
    }

    /// What tells whether anything was written since, here or by another process.
    fn moved(&self) -> anyhow::Result<(i64, u64)> {
        self.reading(|conn| Ok((data_version(conn)?, conn.total_changes())))
    }

    fn shared(&self) -> anyhow::Result<Dossier> {
        self.reading(|conn| {
            let mut dossier = Dossier::default();
            for kind in [Kind::Person, Kind::Shelf] {
                read::fill_where(conn, kind, ("", params![]), &mut dossier)?;
            }
            Ok(dossier)
        })
    }
}

/// What there is to show now; rows only where they are others than before.
fn hand_out(conn: &rusqlite::Connection, scan: &mut Scan) -> anyhow::Result<AllThreats> {
    let spots = part::shown(scan);
    let rids: Vec<i64> = spots.iter().map(|spot| spot.rid).collect();
    let now = Some((scan.part.from, rids));
    let mut out = AllThreats {
        matches: if scan.sweep.done { scan.sweep.matches } else { scan.sweep.matches.max(scan.part.known()) },
        scanned: scan.sweep.scanned,
        total: scan.total.max(scan.sweep.scanned),
        done: !scan.unfinished(),
        ..AllThreats::default()
    };
    if scan.handed != now {
        let (rows, dossier) = rows::rows(conn, &mut scan.look.systems, &spots, &scan.shared, scan.today)?;
        out.rows = Some(Box::new(AcrossRows { from: scan.part.from, rows, dossier }));
        scan.handed = now;
    }
    Ok(out)
}

/// A count as the orders number their groups.
fn whole_of(n: usize) -> i64 {
    whole(n)
}

/// The threats that are named, each once.
fn once(threats: &[Id]) -> HashSet<Id> {
    threats.iter().copied().collect()
}
