//! Where a threat stands in an order, and whether it is among what was asked for.

use std::{
    cmp::Ordering,
    collections::{HashMap, hash_map::Entry},
    hash::BuildHasherDefault,
};

use rusqlite::{Connection, OptionalExtension, Row};

use super::framed::Framed;
use crate::domain::{
    Dossier, Id,
    across::{By, Pair, Query, Which, pairs},
    fields::Day,
    fields::Vocabulary,
    library::{Level, Matrix},
    register::{Asked, Scale, Sieve, Treatment},
    rows::IdHasher,
    system::Tier,
};

/// What is read of a threat to know whether it fits and where it stands.
pub(super) const COLUMNS: &str = "rid, system, title, component, likelihood, impact, treatment, due, flagged";

/// More than there are pairs of scores.
const PAIRS: usize = 100;

/// So few rows are looked at between two looks at the clock where each asks for its controls.
const FEW: i64 = 40;

/// What does not apply, as its column says it.
const DONE: &str = "not_applicable";

/// Where a threat stands in an order: lower comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Whether it does not apply: then it stands at the end, whichever way round.
    pub done: bool,
    pub group: i64,
    pub text: String,
    pub system: Id,
    pub rid: i64,
}

impl Spot {
    /// Where two rows stand to one another.
    pub fn before(&self, other: &Self, reversed: bool) -> Ordering {
        let key = |spot: &Self| (spot.group, spot.system, spot.rid);
        let ((group, system, rid), (of, on, at)) = (key(self), key(other));
        let body =
            || group.cmp(&of).then_with(|| self.text.cmp(&other.text)).then_with(|| (system, rid).cmp(&(on, at)));
        self.done.cmp(&other.done).then_with(|| match (self.done, reversed) {
            (true, _) => rid.cmp(&at),
            (false, true) => body().reverse(),
            (false, false) => body(),
        })
    }
}

/// A system as the register needs it.
#[derive(Debug)]
pub(super) struct Known {
    pub name: Box<str>,
    pub tier: Box<str>,
}

/// The systems that were seen, so that each is looked up once however many threats it has.
#[derive(Debug, Default)]
pub(super) struct Systems(HashMap<Id, Option<Known>, BuildHasherDefault<IdHasher>>);

impl Systems {
    /// Room for so many, so that it is made once and never twice as large.
    pub fn for_so_many(count: usize) -> Self {
        Self(HashMap::with_capacity_and_hasher(count, BuildHasherDefault::default()))
    }

    /// A system of the board; none where it is not on it.
    pub fn get(&mut self, conn: &Connection, id: Id) -> rusqlite::Result<Option<&Known>> {
        let found = match self.0.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                let sql = "SELECT name, tier FROM summary WHERE system=?1";
                let known = |row: &Row<'_>| Ok(Known { name: row.get(0)?, tier: row.get(1)? });
                let found = conn.prepare_cached(sql)?.query_row([id.0.as_slice()], known).optional()?;
                free.insert(found)
            }
        };
        Ok(found.as_ref())
    }
}

/// What is looked for, made ready.
#[derive(Debug)]
pub(super) struct Look {
    pub query: Query,
    needles: Vec<String>,
    /// The levels that the filter asks for.
    levels: Vec<(Scale, Asked)>,
    pairs: Vec<Pair>,
    pub systems: Systems,
    /// The system of the row before, whether it is on the board and its tier asked for, and which words are in its name.
    last: Option<(Id, bool, u32)>,
    buffer: String,
    /// The day it is: what a control takes off may end.
    today: Day,
    /// The order by the items of a framework, where that is the one.
    pub framed: Option<Framed>,
}

impl Look {
    pub fn new(query: Query, systems: Systems, shared: &Dossier, today: Day) -> Self {
        let Sieve { words: mut needles, levels } = query.sieve();
        needles.truncate(32);
        let framed = (query.by == By::Framework).then(|| Framed::of(shared));
        Self { query, needles, levels, pairs: pairs(), systems, last: None, buffer: String::new(), today, framed }
    }

    /// How many rows are looked at before the clock is: few where each asks for what stands against it.
    pub fn at_a_time(&self, usual: i64) -> i64 {
        if self.is_cheap() && self.query.by != By::Level { usual } else { usual.min(FEW) }
    }

    /// Whether a row is rated so on the scale that is asked for.
    fn rated(&self, conn: &Connection, row: &Row<'_>) -> anyhow::Result<bool> {
        let which = self.query.which;
        let Some(scale) = which.scale() else { return Ok(true) };
        let (likelihood, impact) = pair(row)?;
        let (Some(likelihood), Some(impact)) = (likelihood, impact) else { return Ok(false) };
        if done(row)? {
            return Ok(false);
        }
        let Some(rating) = super::rated::rating(conn, row.get(0)?, (likelihood, impact), (scale, which), self.today)?
        else {
            return Ok(false);
        };
        Ok(which.takes(rating))
    }

    /// Whether a row, read as [`COLUMNS`], is among what was asked for.
    pub fn fits(&mut self, conn: &Connection, row: &Row<'_>) -> anyhow::Result<bool> {
        if self.query.unscored && (!open(row)? || done(row)?) {
            return Ok(false);
        }
        let which = match self.query.which {
            Which::All | Which::System(_) | Which::Tier(_) => true,
            Which::Counting => !done(row)?,
            // What costs most is asked last.
            Which::Level(scale, _) | Which::Place(scale, ..) => scale != Scale::Inherent || self.rated(conn, row)?,
            Which::Flagged => row.get_ref(8)?.as_str_or_null()? == Some("yes"),
            Which::Treated(treatment) => treated(row)? == treatment,
        };
        if !which {
            return Ok(false);
        }
        let Some(system) = system(row)? else { return Ok(false) };
        if self.last.is_none_or(|(last, ..)| last != system) {
            self.last = Some(self.system(conn, system)?);
        }
        let Some((_, true, named)) = self.last else { return Ok(false) };
        Ok(self.worded(row, named)? && (self.is_cheap() || self.rated(conn, row)?) && self.levelled(conn, row)?)
    }

    /// Whether the row alone says how it is rated.
    fn is_cheap(&self) -> bool {
        let mut asked = self.levels.iter().map(|(scale, _)| *scale).chain(self.query.which.scale());
        asked.all(|scale| scale == Scale::Inherent)
    }

    /// Whether a row is on the levels that the filter asks for; what does not apply is on none.
    fn levelled(&self, conn: &Connection, row: &Row<'_>) -> anyhow::Result<bool> {
        if self.levels.is_empty() {
            return Ok(true);
        }
        let pair = pair(row)?;
        if done(row)? || !self.can_be(pair) {
            return Ok(false);
        }
        let (Some(likelihood), Some(impact)) = pair else { return Ok(true) };
        for (scale, asked) in &self.levels {
            let which = asked.least().map_or(Which::All, |level| Which::Level(*scale, level));
            let rating = super::rated::rating(conn, row.get(0)?, (likelihood, impact), (*scale, which), self.today)?;
            // None stands for what cannot reach the level that is asked for.
            if !rating.is_some_and(|rating| asked.takes(Some(rating.level))) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a threat with these scores can be on the levels that the filter asks for.
    pub fn can_be(&self, pair: Pair) -> bool {
        let first = level_of(pair);
        self.levels.iter().all(|(scale, asked)| match (scale, first) {
            (Scale::Inherent, _) | (_, None) => asked.takes(first),
            // Controls and a hand may move a rating away from the scores.
            (Scale::Now | Scale::Target, Some(_)) => *asked != Asked::Unscored,
        })
    }

    /// Whether every word is in the title, the component or the name of the system, in which `named` were found.
    fn worded(&mut self, row: &Row<'_>, named: u32) -> anyhow::Result<bool> {
        let wanted = (0..self.needles.len()).fold(0u32, |all, at| all | 1 << at);
        if named == wanted {
            return Ok(true);
        }
        let title = found(&mut self.buffer, &self.needles, row.get_ref(2)?.as_str_or_null()?.unwrap_or_default());
        if named | title == wanted {
            return Ok(true);
        }
        let component = found(&mut self.buffer, &self.needles, row.get_ref(3)?.as_str_or_null()?.unwrap_or_default());
        Ok(named | title | component == wanted)
    }

    /// Whether a system is asked for, and which words are in its name.
    fn system(&mut self, conn: &Connection, system: Id) -> anyhow::Result<(Id, bool, u32)> {
        if matches!(self.query.which, Which::System(only) if only != system) {
            return Ok((system, false, 0));
        }
        let Some(known) = self.systems.get(conn, system)? else { return Ok((system, false, 0)) };
        let fits = match self.query.which {
            Which::Tier(tier) => &*known.tier == tier.map_or("", Vocabulary::code),
            Which::All
            | Which::Counting
            | Which::Level(..)
            | Which::Place(..)
            | Which::Flagged
            | Which::Treated(_)
            | Which::System(_) => true,
        };
        Ok((system, fits, found(&mut self.buffer, &self.needles, &known.name)))
    }

    /// The group of a row by its level now.
    fn level_now(&self, conn: &Connection, row: &Row<'_>) -> anyhow::Result<i64> {
        let pair = pair(row)?;
        let at = self.pairs.iter().position(|known| *known == pair).unwrap_or(0);
        let (Some(likelihood), Some(impact)) = pair else { return Ok(level_group(at, None)) };
        let asked = (Scale::Now, Which::All);
        let now = super::rated::rating(conn, row.get(0)?, (likelihood, impact), asked, self.today)?;
        Ok(level_group(at, now.map(|rating| rating.level).or(level_of(pair))))
    }

    /// Where a row that fits stands.
    pub fn spot(&mut self, conn: &Connection, row: &Row<'_>) -> anyhow::Result<Spot> {
        let rid = row.get(0)?;
        let mut spot = Spot { done: done(row)?, group: 0, text: String::new(), system: Id([0; 16]), rid };
        let text = |at: usize| -> anyhow::Result<String> {
            Ok(row.get_ref(at)?.as_str_or_null()?.unwrap_or_default().to_ascii_lowercase())
        };
        match self.query.by {
            By::Title => spot.text = text(2)?,
            By::Due => {
                spot.text = text(7)?;
                spot.group = i64::from(spot.text.is_empty());
            }
            By::Score => {
                let pair = pair(row)?;
                let at = self.pairs.iter().position(|known| *known == pair);
                spot.group = at.map_or(0, super::whole_of);
            }
            By::Treatment => spot.group = treatment_group(row.get_ref(6)?.as_str_or_null()?),
            By::Level if !spot.done => spot.group = self.level_now(conn, row)?,
            By::Level => {}
            By::Component => {
                spot.text = text(3)?;
                spot.group = i64::from(spot.text.is_empty());
            }
            By::Framework => {
                if let Some(framed) = self.framed.as_ref().filter(|_| !spot.done) {
                    spot.group = framed.group(conn, rid)?;
                }
            }
            By::System | By::Tier => {
                let Some(system) = system(row)? else { return Ok(spot) };
                spot.system = system;
                let scored = !open(row)?;
                if let Some(known) = self.systems.get(conn, system)? {
                    spot.text = known.name.to_ascii_lowercase();
                    if self.query.by == By::Tier {
                        spot.group = tier_group(&known.tier, scored);
                    }
                }
            }
        }
        Ok(spot)
    }
}

/// The group of a threat with these scores, at this place among all pairs, on this level now.
pub(super) fn level_group(at: usize, now: Option<Level>) -> i64 {
    let above = now.map_or(0, |level| Level::Critical as i64 - level as i64 + 1);
    above * super::whole_of(PAIRS) + super::whole_of(at)
}

/// The tiers from the gravest to none, as the board keeps them.
pub(super) const TIERS: [&str; 5] = ["critical", "high", "limited", "minimal", ""];

/// The group of a tier, what is unscored before what is scored.
pub(super) fn tier_group(tier: &str, scored: bool) -> i64 {
    let at = TIERS.iter().position(|known| *known == tier).unwrap_or(TIERS.len() - 1);
    super::whole_of(at) * 2 + i64::from(scored)
}

/// The group of a treatment: nothing said, then in the order of the words.
pub(super) fn treatment_group(code: Option<&str>) -> i64 {
    let at = code.and_then(|code| Treatment::ALL.iter().position(|known| known.code() == code));
    at.map_or(0, |at| super::whole_of(at) + 1)
}

fn system(row: &Row<'_>) -> anyhow::Result<Option<Id>> {
    Ok(row.get_ref(1)?.as_blob_or_null()?.and_then(Id::from_slice))
}

fn score(row: &Row<'_>, at: usize) -> anyhow::Result<Option<u8>> {
    Ok(row.get::<_, Option<i64>>(at)?.and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=5).contains(n)))
}

fn pair(row: &Row<'_>) -> anyhow::Result<Pair> {
    Ok((score(row, 4)?, score(row, 5)?))
}

fn level_of((likelihood, impact): Pair) -> Option<Level> {
    Matrix::current().level(likelihood?, impact?)
}

/// Whether it has no score.
pub(super) fn open(row: &Row<'_>) -> anyhow::Result<bool> {
    let (likelihood, impact) = pair(row)?;
    Ok(likelihood.is_none() || impact.is_none())
}

/// Whether it does not apply.
pub(super) fn done(row: &Row<'_>) -> anyhow::Result<bool> {
    Ok(row.get_ref(6)?.as_str_or_null()? == Some(DONE))
}

fn treated(row: &Row<'_>) -> anyhow::Result<Treatment> {
    let code = row.get_ref(6)?.as_str_or_null()?;
    Ok(code.and_then(Treatment::parse).unwrap_or(Treatment::Undecided))
}

/// Which words are in a text, as bits.
fn found(buffer: &mut String, needles: &[String], text: &str) -> u32 {
    if needles.is_empty() || text.is_empty() {
        return 0;
    }
    buffer.clear();
    if text.is_ascii() {
        buffer.push_str(text);
        buffer.make_ascii_lowercase();
    } else {
        *buffer = text.to_lowercase();
    }
    let hit = |(at, needle): (usize, &String)| u32::from(buffer.contains(needle.as_str())) << at;
    needles.iter().enumerate().map(hit).sum()
}

/// The tier of the gravest to none that `which` asks for, as the board keeps it.
pub(super) fn only_tier(which: Which) -> Option<&'static str> {
    match which {
        Which::Tier(tier) => Some(tier.map_or("", Tier::code)),
        Which::All
        | Which::Counting
        | Which::Level(..)
        | Which::Place(..)
        | Which::Flagged
        | Which::Treated(_)
        | Which::System(_) => None,
    }
}

/// Whether a pair of scores can be among what `query` asks for.
pub(super) fn pair_fits(query: &Query, pair: Pair) -> bool {
    // Controls and a hand may move a rating away from the scores; only the scale before any control follows from them.
    let rated = match query.which {
        Which::Level(Scale::Inherent, level) => level_of(pair) == Some(level),
        Which::Place(Scale::Inherent, l, i) => pair == (Some(l), Some(i)),
        Which::Level(..) | Which::Place(..) => pair.0.is_some() && pair.1.is_some(),
        Which::All | Which::Counting | Which::Flagged | Which::Treated(_) | Which::System(_) | Which::Tier(_) => true,
    };
    rated && (!query.unscored || pair.0.is_none() || pair.1.is_none())
}
