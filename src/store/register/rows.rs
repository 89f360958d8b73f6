//! The rows of a part in full, with what their three scores follow from.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::spot::{Spot, Systems};
use crate::{
    domain::{Dossier, Id, Kind, across::AcrossRow, catalog::grouped_under, fields::Day, register::Plan},
    store::read::fill_where,
};

/// Reads the threats at these places, their controls and what shows that these work; `shared` holds all people.
pub(super) fn rows(
    conn: &Connection,
    systems: &mut Systems,
    spots: &[Spot],
    shared: &Dossier,
    today: Day,
) -> anyhow::Result<(Vec<AcrossRow>, Dossier)> {
    let mut dossier = Dossier { people: shared.people.clone(), shelf: shared.shelf.clone(), ..Dossier::default() };
    let mut of = Vec::with_capacity(spots.len());
    for spot in spots {
        let before = dossier.threats.len();
        fill_where(conn, Kind::Threat, (" WHERE rid=?1", params![spot.rid]), &mut dossier)?;
        let system = conn.prepare_cached("SELECT system FROM threat WHERE rid=?1")?;
        if dossier.threats.len() > before {
            of.push(system_of(system, spot.rid)?);
        }
    }
    against(conn, &mut dossier)?;
    let plan = Plan::of(&dossier, today);
    let mut out = Vec::with_capacity(of.len());
    for (threat, system) in dossier.threats.iter().zip(of) {
        let known = systems.get(conn, system)?;
        let item = grouped_under(&dossier, threat.library.as_str(), &threat.maps);
        out.push(AcrossRow {
            system,
            name: known.map_or_else(String::new, |known| known.name.to_string()),
            tier: known.map_or_else(String::new, |known| known.tier.to_string()),
            threat: threat.clone(),
            scores: plan.ratings(threat),
            controls: plan.controls_of(threat.id).len(),
            item: item.map_or_else(String::new, |item| format!("{} {}", item.id, item.title)),
        });
    }
    drop(plan);
    Ok((out, dossier))
}

fn system_of(mut query: rusqlite::CachedStatement<'_>, rid: i64) -> anyhow::Result<Id> {
    Ok(Id(query.query_row([rid], |row| row.get(0))?))
}

/// Adds the links of the threats, their controls, what was found when one looked at these, and the evidence for it.
pub(super) fn against(conn: &Connection, dossier: &mut Dossier) -> anyhow::Result<()> {
    let threats: Vec<Id> = dossier.threats.iter().map(|threat| threat.id).collect();
    for threat in threats {
        fill_where(conn, Kind::Link, (" WHERE threat=?1", params![threat.to_string()]), dossier)?;
    }
    let controls: HashSet<Id> = dossier.links.iter().filter_map(|link| link.control).collect();
    for control in controls {
        fill_where(conn, Kind::Control, (" WHERE id=?1", params![control.0]), dossier)?;
        fill_where(conn, Kind::Verification, (" WHERE control=?1", params![control.to_string()]), dossier)?;
    }
    let evidence: HashSet<Id> = dossier.verifications.iter().filter_map(|found| found.evidence).collect();
    for evidence in evidence {
        fill_where(conn, Kind::Evidence, (" WHERE id=?1", params![evidence.0]), dossier)?;
    }
    Ok(())
}
