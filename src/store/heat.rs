//! The threats of all systems in numbers, kept as the lines of the board change; and the systems behind a number.

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Store,
    summary::{COLUMNS, summary_at},
};
use crate::domain::{
    Id,
    page::{Behind, OnlySystems, Portfolio, TOP},
    register::{Group, Scale, Tally},
    summary::Summary,
};

/// Lines of the dashboard, with what they are the rows of.
type Rows = (Vec<(Id, Summary)>, OnlySystems);

impl Store {
    /// The threats of all systems in numbers.
    pub fn risk(&self) -> anyhow::Result<Tally> {
        self.reading(kept)
    }

    /// The systems behind a number, most pressing first, from row `from` on; and how many of its threats each has.
    pub fn behind(&self, behind: &Behind, from: usize, limit: usize) -> anyhow::Result<Rows> {
        self.reading(|conn| {
            let all = match behind {
                Behind::Threats(Group::Then(day)) => super::trend::systems_on(conn, *day)?,
                Behind::Threats(group) => counted(conn, |risk, _| group.count(risk).unwrap_or(0))?,
                Behind::Tier(code) => counted(conn, |_, tier| u32::from(tier == code))?,
            };
            let sql = format!("SELECT {COLUMNS} FROM summary WHERE system=?1");
            let mut query = conn.prepare_cached(&sql)?;
            let mut rows = Vec::new();
            let counts: Vec<u32> = all.iter().map(|(_, count)| *count).collect();
            for (system, _) in all.iter().skip(from).take(limit) {
                rows.push((*system, query.query_row([system.0.as_slice()], |row| summary_at(row, 0))?));
            }
            let systems: u32 = conn.query_row("SELECT count(*) FROM summary", [], |row| row.get(0))?;
            let threats = if matches!(behind, Behind::Threats(_)) { counts.iter().sum() } else { 0 };
            let counts = if threats > 0 { counts } else { vec![0; counts.len()] };
            Ok((rows, OnlySystems { behind: behind.clone(), counts, threats, of: systems as usize }))
        })
    }

    /// The portfolio in pictures, but for its risk: takes a look at every line.
    pub fn portfolio(&self) -> anyhow::Result<Portfolio> {
        self.reading(|conn| {
            let mut out = Portfolio::default();
            let mut query = conn.prepare_cached("SELECT tier, count(*) FROM summary GROUP BY tier")?;
            for tier in query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
                let tier: (String, u32) = tier?;
                out.systems += tier.1;
                out.tiers.push(tier);
            }
            let mut query =
                conn.prepare_cached("SELECT system, name, worst, risk FROM summary WHERE worst>2 OR unscored>0")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let open = Tally::parse(row.get_ref(3)?.as_str()?).levels(Scale::Now).open();
                out.top.push((Id(row.get(0)?), row.get(1)?, open, row.get(2)?));
            }
            out.top.sort_by(|a, b| (b.2, b.3, &a.1).cmp(&(a.2, a.3, &b.1)));
            out.top.truncate(TOP);
            Ok(out)
        })
    }
}

/// The systems for which `count` says more than nothing, most pressing first.
fn counted(conn: &Connection, count: impl Fn(&Tally, &str) -> u32) -> anyhow::Result<Vec<(Id, u32)>> {
    let mut query = conn.prepare_cached("SELECT system, risk, tier FROM summary ORDER BY rank DESC, name, system")?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let found = count(&Tally::parse(row.get_ref(1)?.as_str()?), row.get_ref(2)?.as_str()?);
        if found > 0 {
            out.push((Id(row.get(0)?), found));
        }
    }
    Ok(out)
}

pub(super) fn kept(conn: &Connection) -> anyhow::Result<Tally> {
    let mut query = conn.prepare_cached("SELECT risk FROM heat")?;
    let text: Option<String> = query.query_row([], |row| row.get(0)).optional()?;
    Ok(text.map(|text| Tally::parse(&text)).unwrap_or_default())
}

/// One line says something else now.
pub(super) fn shift(conn: &Connection, old: Option<&Tally>, new: Option<&Tally>) -> anyhow::Result<()> {
    if old == new {
        return Ok(());
    }
    let nothing = Tally::default();
    let mut total = kept(conn)?;
    total.shift(old.unwrap_or(&nothing), new.unwrap_or(&nothing));
    let sql = "INSERT INTO heat(one, risk) VALUES(1, ?1) ON CONFLICT(one) DO UPDATE SET risk=?1";
    conn.prepare_cached(sql)?.execute(params![total.to_text()])?;
    Ok(())
}

/// Whether the numbers of all systems are not the sum of their lines.
pub(super) fn wrong(conn: &Connection) -> anyhow::Result<Option<String>> {
    let mut query = conn.prepare("SELECT risk FROM summary")?;
    let mut rows = query.query([])?;
    let (nothing, mut sum) = (Tally::default(), Tally::default());
    while let Some(row) = rows.next()? {
        sum.shift(&nothing, &Tally::parse(row.get_ref(0)?.as_str()?));
    }
    let says = "The risk of all systems is not the sum of their lines; a rebuild puts it right.";
    Ok((sum != kept(conn)?).then(|| says.to_owned()))
}
