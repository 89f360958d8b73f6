//! Walking the rows of an order along its index, from any place in it and either way.
//!
//! An order is a row of lanes, each with an index of its own; what does not apply is the last lane of all. A place in a
//! lane is the last row that was taken, so nothing is ever counted off.

use rusqlite::{Connection, ToSql};

use super::spot::{COLUMNS, Look, Spot, TIERS, level_group, only_tier, open, pair_fits, tier_group, treatment_group};
use crate::domain::{
    Id,
    across::{By, Pair, pairs},
    fields::Vocabulary,
    library::{Level, Matrix},
    register::Treatment,
};

/// How many rows are read at a time, and how many systems are looked into.
const ROWS: i64 = 256;
const SYSTEMS: i64 = 128;

/// A part of an order.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lane {
    Title,
    Due,
    WithoutDue,
    Score(Pair),
    Treatment(Option<&'static str>),
    /// What has these scores and is on a level now, whose group this is; or only what was put there by hand.
    Level(Pair, bool),
    Component,
    WithoutComponent,
    /// What stands together in the order by the items of a framework, by its group.
    Framed,
    /// System by system: all of them, or those of a tier, and then what is unscored or what is not.
    Systems(Option<(&'static str, bool)>),
    Done,
}

/// The lanes of an order from its first to its last, each with its group; without those in which nothing can fit.
fn lanes(look: &Look) -> Vec<(i64, Lane)> {
    let query = &look.query;
    let mut all: Vec<(i64, Lane)> = match query.by {
        By::Title => vec![(0, Lane::Title)],
        By::Due => vec![(0, Lane::Due), (1, Lane::WithoutDue)],
        By::Score => (0..).zip(pairs()).map(|(group, pair)| (group, Lane::Score(pair))).collect(),
        By::Treatment => {
            let codes = Treatment::ALL.iter().filter(|t| **t != Treatment::NotApplicable).map(|t| Some(t.code()));
            let codes = std::iter::once(None).chain(codes);
            codes.map(|code| (treatment_group(code), Lane::Treatment(code))).collect()
        }
        By::System => vec![(0, Lane::Systems(None))],
        By::Level => levels(),
        By::Component => vec![(0, Lane::Component), (1, Lane::WithoutComponent)],
        By::Framework => {
            look.framed.iter().flat_map(|framed| framed.groups().map(|group| (group, Lane::Framed))).collect()
        }
        By::Tier => {
            let both =
                |tier| [false, true].map(|scored| (tier_group(tier, scored), Lane::Systems(Some((tier, scored)))));
            TIERS.into_iter().flat_map(both).collect()
        }
    };
    all.retain(|(_, lane)| match lane {
        Lane::Score(pair) | Lane::Level(pair, _) => pair_fits(query, *pair) && look.can_be(*pair),
        Lane::Systems(Some((tier, scored))) => {
            only_tier(query.which).is_none_or(|only| only == *tier) && !(query.unscored && *scored)
        }
        Lane::Title
        | Lane::Due
        | Lane::WithoutDue
        | Lane::Treatment(_)
        | Lane::Component
        | Lane::WithoutComponent
        | Lane::Framed
        | Lane::Systems(None)
        | Lane::Done => true,
    });
    if query.reversed {
        all.reverse();
    }
    if !query.unscored {
        all.push((i64::MAX, Lane::Done));
    }
    all
}

/// Level by level, and in each from the worst scores to the least: controls only take off, so that what was below a
/// level before them is on it only where somebody put it there by hand.
fn levels() -> Vec<(i64, Lane)> {
    let all = || pairs().into_iter().enumerate();
    let level_of = |(l, i): Pair| Matrix::current().level(l?, i?);
    let unscored = all().filter(|(_, pair)| level_of(*pair).is_none());
    let mut out: Vec<_> = unscored.map(|(at, pair)| (level_group(at, None), Lane::Score(pair))).collect();
    for level in Level::ALL.into_iter().rev() {
        let scored = all().filter_map(|(at, pair)| Some((at, pair, level_of(pair)?)));
        out.extend(scored.map(|(at, pair, first)| (level_group(at, Some(level)), Lane::Level(pair, first < level))));
    }
    out
}

/// A walk along an order.
#[derive(Debug)]
pub(super) struct Walk {
    lanes: Vec<(i64, Lane)>,
    /// Towards the end, or towards the beginning.
    forward: bool,
    reversed: bool,
    /// In which lane, and behind which row of it.
    lane: usize,
    after: Option<Spot>,
    /// Whether there is nothing more in this direction.
    pub ended: bool,
    /// How many rows were looked at.
    looked: i64,
}

impl Walk {
    /// From behind a row on, else from the end that lies in this direction.
    pub fn from(look: &Look, spot: Option<Spot>, forward: bool) -> Self {
        let lanes = lanes(look);
        let of = |spot: &Spot| {
            let wanted = if spot.done { i64::MAX } else { spot.group };
            lanes.iter().position(|(group, _)| *group == wanted)
        };
        let start = if forward { 0 } else { lanes.len().saturating_sub(1) };
        let lane = spot.as_ref().and_then(of).unwrap_or(start);
        Self { ended: lanes.is_empty(), lanes, forward, reversed: look.query.reversed, lane, after: spot, looked: 0 }
    }

    /// Whether it goes towards the end.
    pub fn is_forward(&self) -> bool {
        self.forward
    }

    /// Takes some more rows that fit; it may be none, and then it is asked again.
    pub fn step(&mut self, conn: &Connection, look: &mut Look, out: &mut Vec<Spot>) -> anyhow::Result<()> {
        let Some((group, lane)) = self.lanes.get(self.lane).copied() else {
            self.ended = true;
            return Ok(());
        };
        let most = look.at_a_time(ROWS);
        let up = lane == Lane::Done && self.forward || lane != Lane::Done && self.forward != self.reversed;
        let more = match lane {
            Lane::Systems(of) => self.systems(conn, look, (group, of, up), out)?,
            Lane::Title | Lane::Due | Lane::Component => self.texts(conn, look, (lane, up), out)?,
            Lane::WithoutDue
            | Lane::Score(_)
            | Lane::Level(..)
            | Lane::Treatment(_)
            | Lane::WithoutComponent
            | Lane::Framed
            | Lane::Done => {
                let rid = self.after.as_ref().map_or(end(up), |spot| spot.rid);
                let (from, values) = alike(look, (group, lane));
                let mut all: Vec<&dyn ToSql> = vec![&rid, &most];
                all.extend(values.iter().map(|value| value as &dyn ToSql));
                let (cmp, way) = signs(up);
                let sql = format!(
                    "SELECT {COLUMNS} FROM threat {from} AND archived=0 AND rid{cmp}?1 ORDER BY rid {way} LIMIT ?2"
                );
                self.rows(conn, look, (&sql, &all, (group, lane)), out)? >= most
            }
        };
        if !more {
            self.after = None;
            let next = if self.forward { self.lane.checked_add(1) } else { self.lane.checked_sub(1) };
            match next.filter(|next| *next < self.lanes.len()) {
                Some(next) => self.lane = next,
                None => self.ended = true,
            }
        }
        Ok(())
    }

    /// Reads rows of a lane and keeps those that fit; says how many there were.
    fn rows(
        &mut self,
        conn: &Connection,
        look: &mut Look,
        (sql, values, (group, lane)): (&str, &[&dyn ToSql], (i64, Lane)),
        out: &mut Vec<Spot>,
    ) -> anyhow::Result<i64> {
        let mut query = conn.prepare_cached(sql)?;
        let mut rows = query.query(values)?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            let spot = look.spot(conn, row)?;
            let belongs = match lane {
                Lane::Done => true,
                Lane::Systems(Some((_, scored))) => !spot.done && open(row)? != scored,
                Lane::Level(..) | Lane::Framed => !spot.done && spot.group == group,
                Lane::Title
                | Lane::Due
                | Lane::WithoutDue
                | Lane::Score(_)
                | Lane::Treatment(_)
                | Lane::Component
                | Lane::WithoutComponent
                | Lane::Systems(None) => !spot.done,
            };
            if belongs && look.fits(conn, row)? {
                out.push(spot.clone());
            }
            self.after = Some(spot);
        }
        self.looked += count;
        Ok(count)
    }

    /// Rows in the order of a text: first those with the same one, then those behind it.
    fn texts(
        &mut self,
        conn: &Connection,
        look: &mut Look,
        (lane, up): (Lane, bool),
        out: &mut Vec<Spot>,
    ) -> anyhow::Result<bool> {
        let (text, index, there) = match lane {
            Lane::Title => ("ifnull(title,'') COLLATE NOCASE", "threat_title", ""),
            Lane::Component => ("component COLLATE NOCASE", "threat_component", " AND component IS NOT NULL"),
            _ => ("due", "threat_due", " AND due IS NOT NULL"),
        };
        let most = look.at_a_time(ROWS);
        let (cmp, way) = signs(up);
        let head = format!("SELECT {COLUMNS} FROM threat INDEXED BY {index} WHERE archived=0{there}");
        let Some(Spot { text: last, rid, .. }) = self.after.clone() else {
            let sql = format!("{head} ORDER BY {text} {way}, rid {way} LIMIT ?1");
            return Ok(self.rows(conn, look, (&sql, &[&most], (0, lane)), out)? >= most);
        };
        let same = format!("{head} AND {text}=?1 AND rid{cmp}?2 ORDER BY rid {way} LIMIT ?3");
        if self.rows(conn, look, (&same, &[&last, &rid, &most], (0, lane)), out)? >= most {
            return Ok(true);
        }
        let others = format!("{head} AND {text}{cmp}?1 ORDER BY {text} {way}, rid {way} LIMIT ?2");
        Ok(self.rows(conn, look, (&others, &[&last, &most], (0, lane)), out)? >= most)
    }

    /// The rows of systems, system by system in the order of their names.
    fn systems(
        &mut self,
        conn: &Connection,
        look: &mut Look,
        (group, of, up): (i64, Option<(&'static str, bool)>, bool),
        out: &mut Vec<Spot>,
    ) -> anyhow::Result<bool> {
        let before = out.len();
        let (looked, most) = (self.looked, look.at_a_time(i64::MAX));
        if let Some(Spot { system, rid, text, .. }) = self.after.clone() {
            if self.of_system(conn, look, (system, rid, of, up), out)? {
                return Ok(true);
            }
            self.after = Some(Spot { done: false, group, text, system, rid: end(!up) });
        }
        let names = self.names(conn, of.map(|(tier, _)| tier), up)?;
        let all = names.len() >= usize::try_from(SYSTEMS).unwrap_or(usize::MAX);
        for (system, text) in names {
            let more = self.of_system(conn, look, (system, end(up), of, up), out)?;
            if more {
                return Ok(true);
            }
            self.after = Some(Spot { done: false, group, text, system, rid: end(!up) });
            let enough = out.len() - before >= usize::try_from(ROWS).unwrap_or(usize::MAX);
            if enough || self.looked - looked >= most {
                return Ok(true);
            }
        }
        Ok(all)
    }

    /// The rows of one system behind one of them; whether there may be more.
    fn of_system(
        &mut self,
        conn: &Connection,
        look: &mut Look,
        (system, rid, of, up): (Id, i64, Option<(&'static str, bool)>, bool),
        out: &mut Vec<Spot>,
    ) -> anyhow::Result<bool> {
        let most = look.at_a_time(ROWS);
        let (cmp, way) = signs(up);
        let index = if matches!(of, Some((_, false))) {
            "threat_unscored WHERE (likelihood IS NULL OR impact IS NULL) AND treatment IS NOT 'not_applicable' AND"
        } else {
            "threat_words WHERE"
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM threat INDEXED BY {index} system=?1 AND archived=0 AND rid{cmp}?2 ORDER BY rid {way} LIMIT ?3"
        );
        Ok(self.rows(conn, look, (&sql, &[&system.0, &rid, &most], (0, Lane::Systems(of))), out)? >= most)
    }

    /// The systems behind the one that was looked into last.
    fn names(&self, conn: &Connection, tier: Option<&str>, up: bool) -> anyhow::Result<Vec<(Id, String)>> {
        let (cmp, way) = signs(up);
        let head = match tier {
            Some(_) => "SELECT system, name FROM summary INDEXED BY summary_tier WHERE tier=?1",
            None => "SELECT system, name FROM summary INDEXED BY summary_name WHERE ?1 IS NULL",
        };
        let mut out = Vec::new();
        let mut read = |more: &str, values: &[&dyn ToSql]| -> anyhow::Result<i64> {
            let before = out.len();
            let mut query = conn.prepare_cached(&format!("{head}{more}"))?;
            let mut rows = query.query(values)?;
            while let Some(row) = rows.next()? {
                out.push((Id(row.get(0)?), row.get_ref(1)?.as_str()?.to_ascii_lowercase()));
            }
            Ok(super::whole_of(out.len() - before))
        };
        let order = format!("ORDER BY name COLLATE NOCASE {way}, system {way} LIMIT ?2");
        match &self.after {
            None => {
                read(&format!(" {order}"), &[&tier, &SYSTEMS])?;
            }
            Some(Spot { text, system, .. }) => {
                let same = format!(" AND name=?3 COLLATE NOCASE AND system{cmp}?4 {order}");
                if read(&same, &[&tier, &SYSTEMS, text, &system.0])? < SYSTEMS {
                    read(&format!(" AND name{cmp}?3 COLLATE NOCASE {order}"), &[&tier, &SYSTEMS, text])?;
                }
            }
        }
        Ok(out)
    }
}

/// How to go on upwards or downwards.
fn signs(up: bool) -> (&'static str, &'static str) {
    if up { (">", "ASC") } else { ("<", "DESC") }
}

/// Before every row in this direction.
fn end(up: bool) -> i64 {
    if up { i64::MIN } else { i64::MAX }
}

/// The rows of a lane that are alike and follow one another as they were entered.
fn alike(look: &Look, (group, lane): (i64, Lane)) -> (&'static str, Vec<rusqlite::types::Value>) {
    let score = |n: Option<u8>| n.map(i64::from).into();
    match lane {
        Lane::WithoutDue => ("NOT INDEXED WHERE due IS NULL", vec![]),
        Lane::Score((l, i)) | Lane::Level((l, i), false) => {
            ("INDEXED BY threat_score WHERE likelihood IS ?3 AND impact IS ?4", vec![score(l), score(i)])
        }
        Lane::Level((l, i), true) => (
            "INDEXED BY threat_by_hand WHERE (now_likelihood IS NOT NULL OR now_impact IS NOT NULL) \
             AND likelihood IS ?3 AND impact IS ?4",
            vec![score(l), score(i)],
        ),
        Lane::WithoutComponent => ("NOT INDEXED WHERE component IS NULL", vec![]),
        Lane::Framed => look.framed.as_ref().map_or(("WHERE 0", vec![]), |framed| framed.index(group)),
        Lane::Treatment(code) => {
            ("INDEXED BY threat_treatment WHERE treatment IS ?3", vec![code.map(str::to_owned).into()])
        }
        Lane::Done => ("INDEXED BY threat_treatment WHERE treatment='not_applicable'", vec![]),
        Lane::Title | Lane::Due | Lane::Component | Lane::Systems(_) => ("WHERE 0", vec![]),
    }
}
