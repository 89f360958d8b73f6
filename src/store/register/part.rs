//! The rows that are shown: cut out of what was kept, or walked to from the nearest row whose place is known.

use std::time::Instant;

use rusqlite::Connection;

use super::{MARK, Scan, Spot, Walk};
use crate::domain::across::By;

/// Some rows of the order, as far as they were reached.
#[derive(Debug)]
pub(super) struct Part {
    /// The number of the first one.
    pub from: usize,
    /// How many are wanted.
    pub count: usize,
    /// Those that were reached, in order.
    rows: Vec<Spot>,
    /// Whether these are all.
    pub full: bool,
    /// On the way, and the number of the row that comes next.
    walk: Option<(Walk, usize)>,
}

impl Part {
    pub fn new(from: usize, count: usize) -> Self {
        Self { from, count: count.max(1), rows: Vec::new(), full: false, walk: None }
    }

    /// How many rows there are at least.
    pub fn known(&self) -> usize {
        if self.rows.is_empty() { 0 } else { self.from + self.rows.len() }
    }
}

/// Goes on to the rows of the part until the time is up.
pub(super) fn fill(conn: &Connection, scan: &mut Scan, until: Instant) -> anyhow::Result<()> {
    if scan.part.full {
        return Ok(());
    }
    if let Some(list) = scan.sweep.list() {
        let part = &mut scan.part;
        part.from = part.from.min(list.len().saturating_sub(part.count));
        part.rows = list.iter().skip(part.from).take(part.count).cloned().collect();
        (part.full, part.walk) = (true, None);
        return Ok(());
    }
    let (mut walk, mut next) = match scan.part.walk.take() {
        Some(on_the_way) => on_the_way,
        None => start(scan),
    };
    let mut found = Vec::new();
    loop {
        walk.step(conn, &mut scan.look, &mut found)?;
        for spot in found.drain(..) {
            if !walk.is_forward() {
                next = next.saturating_sub(1);
            }
            reached(scan, next, spot, walk.is_forward());
            if walk.is_forward() {
                next += 1;
            }
        }
        let Part { from, count, .. } = scan.part;
        let there = if walk.is_forward() { next >= from + count } else { next <= from };
        if there || walk.ended {
            scan.part.full = true;
            scan.part.rows.truncate(count);
            return Ok(());
        }
        if Instant::now() >= until {
            scan.part.walk = Some((walk, next));
            return Ok(());
        }
    }
}

/// A row with its number: it is kept where it is one of the part, and its place where it may be walked from.
fn reached(scan: &mut Scan, at: usize, spot: Spot, forward: bool) {
    let Part { from, count, .. } = scan.part;
    let edge = at == from || at + 1 == from + count;
    if edge || at.is_multiple_of(MARK) {
        scan.marks.insert(at, spot.clone());
    }
    if (from..from + count).contains(&at) {
        let rows = &mut scan.part.rows;
        rows.insert(if forward { rows.len() } else { 0 }, spot);
    }
}

/// From the nearest row whose place is known: from above, or from below where that is nearer.
fn start(scan: &mut Scan) -> (Walk, usize) {
    let Part { from, count, .. } = scan.part;
    let above = scan.marks.range(..=from).next_back().map(|(at, spot)| (*at, spot.clone()));
    let below = scan.marks.range(from + count..).next().map(|(at, spot)| (*at, Some(spot.clone())));
    let below = below.or_else(|| scan.sweep.done.then_some((scan.sweep.matches, None)));
    if let Some((at, spot)) =
        below.filter(|(at, _)| at - from.min(*at) < from - above.as_ref().map_or(0, |(at, _)| *at))
    {
        return (Walk::from(&scan.look, spot, false), at);
    }
    match above {
        Some((at, spot)) => {
            reached(scan, at, spot.clone(), true);
            (Walk::from(&scan.look, Some(spot), true), at + 1)
        }
        None => (Walk::from(&scan.look, None, true), 0),
    }
}

/// The rows to show now; as long as the first part is not there, the best that were found on either way.
pub(super) fn shown(scan: &Scan) -> Vec<Spot> {
    let part = &scan.part;
    if part.full || part.from > 0 {
        return part.rows.clone();
    }
    let mut all: Vec<Spot> = part.rows.iter().chain(&scan.sweep.kept).cloned().collect();
    all.sort_unstable_by(|a, b| a.before(b, scan.look.query.reversed));
    all.dedup_by_key(|spot| spot.rid);
    all.truncate(part.count);
    all
}

/// The first rows of it all, however long that takes.
pub(super) fn first(conn: &Connection, scan: &mut Scan, limit: usize) -> anyhow::Result<Vec<Spot>> {
    if let Some(list) = scan.sweep.list() {
        return Ok(list.iter().take(limit).cloned().collect());
    }
    let mut walk = Walk::from(&scan.look, None, true);
    let mut out = Vec::new();
    while !walk.ended && out.len() < limit {
        walk.step(conn, &mut scan.look, &mut out)?;
    }
    out.truncate(limit);
    Ok(out)
}

/// Every row of it all, however long that takes; system by system, which is the cheapest way.
pub(super) fn each(
    conn: &Connection,
    scan: &mut Scan,
    take: &mut dyn FnMut(&Spot) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if let Some(list) = scan.sweep.list() {
        return list.iter().try_for_each(take);
    }
    let order = std::mem::replace(&mut scan.look.query.by, By::System);
    let mut walk = Walk::from(&scan.look, None, true);
    let mut found = Vec::new();
    let mut all = || {
        while !walk.ended {
            walk.step(conn, &mut scan.look, &mut found)?;
            found.drain(..).try_for_each(|spot| take(&spot))?;
        }
        Ok(())
    };
    let done = all();
    scan.look.query.by = order;
    done
}
