//! Every acceptance of every system: lines kept beside the summaries, read in one go for the register over all of them.

use rusqlite::{Connection, params};

use super::{Store, whole};
use crate::domain::{Id, acceptances::AcceptanceRow, decision::Outlook, fields::Day};

impl Store {
    /// Every acceptance of every system on the board. No system is read for it: a line says what it is worth on every day.
    pub fn acceptances(&self) -> anyhow::Result<Vec<AcceptanceRow>> {
        self.reading(|conn| {
            let sql = "SELECT l.acceptance, l.number, l.threat, l.title, l.level, l.expires, l.acceptor, l.requester,
                       l.turns, l.signed, l.system, m.name, m.tier, p.name
                       FROM acceptance_line l JOIN summary m ON m.system=l.system LEFT JOIN person p ON p.id=l.requester";
            let mut query = conn.prepare_cached(sql)?;
            let rows = query.query_map([], |row| {
                let requester: Option<String> = row.get(13)?;
                Ok(AcceptanceRow {
                    system: Id(row.get(10)?),
                    name: row.get(11)?,
                    tier: row.get(12)?,
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
        signed: row.get(9)?,
    })
}

/// The lines of one system as they are kept.
pub(super) fn stored(conn: &Connection, system: Id) -> anyhow::Result<Vec<Outlook>> {
    let sql = "SELECT acceptance, number, threat, title, level, expires, acceptor, requester, turns, signed
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
             turns, signed) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT(system, pos) DO UPDATE SET acceptance=?3, number=?4, threat=?5, title=?6, level=?7, expires=?8,
             acceptor=?9, requester=?10, turns=?11, signed=?12",
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
            line.signed,
        ])?;
    }
    if old.len() > new.len() {
        conn.prepare_cached("DELETE FROM acceptance_line WHERE system=?1 AND pos>=?2")?
            .execute(params![system.0, whole(new.len())])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::{
        domain::{
            Line,
            acceptances::{Wanted, register},
            decision::{AcceptanceState, Turn},
            library::Level,
            summary::Summary,
        },
        store::summary,
    };

    fn line(n: u32) -> Outlook {
        let day = |offset: i64| Day::parse("2026-11-21").unwrap().plus(offset + i64::from(n % 400));
        let turn = |from, state| Turn {
            from,
            state,
            level: Some(Level::High),
            open: 1,
            due: Some(day(9)),
            why: String::new(),
        };
        let turns = vec![
            turn(None, AcceptanceState::Active),
            turn(Some(day(-30)), AcceptanceState::Expiring),
            Turn { why: "It was valid until then.".into(), ..turn(Some(day(1)), AcceptanceState::Lapsed) },
        ];
        Outlook {
            signed: "holds, SHA256:abc".into(),
            acceptance: Id(u128::from(n).to_be_bytes()),
            number: i64::from(n),
            threat: format!("T-{n}"),
            title: format!("Wrong answer {n}"),
            level: "high".into(),
            expires: Some(day(0)),
            acceptor: "Gwen Governance, Head of it".into(),
            requester: None,
            turns,
        }
    }

    /// Ten thousand systems with two acceptances each are read, ordered and filtered while a person waits for one key.
    #[test]
    fn ten_thousand_systems_are_one_read() {
        let store = Store::in_memory().unwrap();
        store.conn.execute_batch("BEGIN").unwrap();
        for n in 0..10_000u32 {
            let lines = vec![line(n), line(n + 10_000)];
            let made = Summary { name: Line::new(&format!("System {n}")), acceptances: lines, ..Summary::default() };
            summary::put(&store.conn, Id(u128::from(n).to_be_bytes()), None, Some(&made)).unwrap();
        }
        store.conn.execute_batch("COMMIT").unwrap();
        let start = Instant::now();
        let all = store.acceptances().unwrap();
        let read = start.elapsed();
        let today = Day::parse("2026-11-21").unwrap();
        let shown = register(&all, Wanted::Open, "", today);
        let found = register(&all, Wanted::Open, "system 7777 wrong", today);
        println!("read {read:?}, in all {:?}", start.elapsed());
        assert_eq!((all.len(), shown.len(), found.len()), (20_000, 20_000, 2));
        assert!(shown.is_sorted_by_key(|at| all[*at].outlook.expires));
        // A debug build on a busy machine; a release build takes a twentieth of it.
        assert!(start.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn only_what_differs_is_written_and_what_is_gone_goes() {
        let store = Store::in_memory().unwrap();
        let system = Id([1; 16]);
        let two = vec![line(1), line(2)];
        put(&store.conn, system, &[], &two).unwrap();
        assert_eq!(stored(&store.conn, system).unwrap(), two);
        let writes = store.conn.total_changes();
        put(&store.conn, system, &two, &two).unwrap();
        assert_eq!(store.conn.total_changes(), writes);
        put(&store.conn, system, &two, &two[..1]).unwrap();
        assert_eq!(stored(&store.conn, system).unwrap(), two[..1]);
    }
}
