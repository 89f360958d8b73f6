//! How a threat is rated once controls are counted: what the row does not say is read only where it can matter.

use rusqlite::{Connection, params};

use super::rows::against;
use crate::{
    domain::{
        Dossier, Id, Kind,
        across::Which,
        fields::{Day, Score},
        library::Matrix,
        register::{Plan, Rating, Scale},
    },
    store::read::fill_where,
};

/// The rating of the threat in this row with these scores; none where it cannot be what is asked for.
pub(super) fn rating(
    conn: &Connection,
    rid: i64,
    scores: (u8, u8),
    (scale, which): (Scale, Which),
    today: Day,
) -> anyhow::Result<Option<Rating>> {
    let Some(first) = of(scores) else { return Ok(None) };
    if scale == Scale::Inherent {
        return Ok(Some(first));
    }
    let sql = "SELECT id, now_likelihood IS NOT NULL OR now_impact IS NOT NULL FROM threat WHERE rid=?1";
    let (id, by_hand): (Id, bool) =
        conn.prepare_cached(sql)?.query_row([rid], |row| Ok((Id(row.get(0)?), row.get(1)?)))?;
    let by_hand = by_hand && scale == Scale::Now;
    // Controls only take off: what is below it already is never at it.
    if !by_hand && !reaches(first, which) {
        return Ok(None);
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM link WHERE threat=?1 AND archived=0)";
    let linked: bool = conn.prepare_cached(sql)?.query_row(params![id.to_string()], |row| row.get(0))?;
    if !by_hand && !linked {
        return Ok(Some(first));
    }
    let mut dossier = Dossier::default();
    fill_where(conn, Kind::Threat, (" WHERE rid=?1", params![rid]), &mut dossier)?;
    against(conn, &mut dossier)?;
    let plan = Plan::of(&dossier, today);
    Ok(dossier.threats.first().and_then(|threat| scale.of(&plan.ratings(threat))))
}

fn of((likelihood, impact): (u8, u8)) -> Option<Rating> {
    let level = Matrix::current().level(likelihood, impact)?;
    Some(Rating { likelihood: Score::new(likelihood.into())?, impact: Score::new(impact.into())?, level })
}

/// Whether what is asked for can be reached from here by taking off.
fn reaches(first: Rating, which: Which) -> bool {
    match which {
        Which::Level(_, level) => first.level >= level,
        Which::Place(_, l, i) => first.likelihood.get() >= l && first.impact.get() >= i,
        Which::All | Which::Counting | Which::Flagged | Which::Treated(_) | Which::System(_) | Which::Tier(_) => true,
    }
}
