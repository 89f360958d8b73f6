//! Every acceptance of every system: lines kept beside the summaries, read in one go for the register over all of them.

use rusqlite::{Connection, params};

use super::{Store, whole};
use crate::domain::{Id, acceptances::AcceptanceRow, decision::Outlook, fields::Day};

impl Store {
    /// Every acceptance of every system on the board. No system is read for it: a line says what it is worth on every day.
    pub fn acceptances(&self) -> anyhow::Result<Vec<AcceptanceRow>> {
        self.reading(|conn| {
            let sql = "SELECT l.acceptance, l.number, l.threat, l.title, l.level, l.expires, l.acceptor, l.requester,
                       l.turns, l.system, m.name, m.tier, p.name
                       FROM acceptance_line l JOIN summary m ON m.system=l.system LEFT JOIN person p ON p.id=l.requester";
            let mut query = conn.prepare_cached(sql)?;
            let rows = query.query_map([], |row| {
                let requester: Option<String> = row.get(12)?;
                Ok(AcceptanceRow {
                    system: Id(row.get(9)?),
                    name: row.get(10)?,
                    tier: row.get(11)?,
                    requester: requester.unwrap_or_default(),
                    outlook: outlook_at(row)?,
                }
                .cleaned())
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn outlook_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<Outlook> {
    Ok(Outlook {
        acceptance: Id(row.get(0)?),
        number: row.get(1)?,
        threat: row.get(2)?,
        title: row.get(3)?,
        level: row.get(4)?,
        expires: row.get::<_, Option<String>>(5)?.and_then(|day| Day::parse(&day)),
        acceptor: row.get(6)?,
        requester: row.get::<_, Option<[u8; 16]>>(7)?.map(Id),
        turns: Outlook::turns_of(row.get_ref(8)?.as_str()?),
    })
}

/// The lines of one system as they are kept.
pub(super) fn stored(conn: &Connection, system: Id) -> anyhow::Result<Vec<Outlook>> {
    let sql = "SELECT acceptance, number, threat, title, level, expires, acceptor, requester, turns
               FROM acceptance_line WHERE system=?1 ORDER BY pos";
    let mut query = conn.prepare_cached(sql)?;
    let rows = query.query_map([system.0.as_slice()], outlook_at)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Brings the lines of a system from `old` to `new`, touching only what differs.
pub(super) fn put(conn: &Connection, system: Id, old: &[Outlook], new: &[Outlook]) -> anyhow::Result<()> {
    for (pos, line) in new.iter().enumerate().filter(|(pos, line)| old.get(*pos) != Some(line)) {
        conn.prepare_cached(
            "INSERT INTO acceptance_line(system, pos, acceptance, number, threat, title, level, expires, acceptor, requester,
             turns) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT(system, pos) DO UPDATE SET acceptance=?3, number=?4, threat=?5, title=?6, level=?7, expires=?8,
             acceptor=?9, requester=?10, turns=?11",
        )?
        .execute(params![
            system.0,
            whole(pos),
            line.acceptance.0,
            line.number,
            line.threat,
            line.title,
            line.level,
            line.expires.map(|day| day.to_string()),
            line.acceptor,
            line.requester.map(|id| id.0),
            line.turns_text(),
        ])?;
    }
    if old.len() > new.len() {
        conn.prepare_cached("DELETE FROM acceptance_line WHERE system=?1 AND pos>=?2")?
            .execute(params![system.0, whole(new.len())])?;
    }
    Ok(())
}
