//! What of every system is for the board, kept beside the summaries; and what was written in one meeting.

use rusqlite::{Connection, params};

use super::{
    Store,
    history::{ENTRY, Entry, entry},
    whole,
};
use crate::domain::{
    Id, Line,
    id::hex,
    meeting::{Matter, Portfolio},
};

impl Store {
    /// What of every system is for the board. No system is read for it.
    pub fn matters(&self) -> anyhow::Result<Portfolio> {
        self.reading(|conn| {
            let sql = "SELECT l.system, m.name, l.matter FROM matter_line l JOIN summary m ON m.system=l.system
                       ORDER BY m.name, l.system, l.pos";
            let mut query = conn.prepare_cached(sql)?;
            let mut rows = query.query([])?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                let system = Id(row.get(0)?);
                let (name, matter) = (Line::new(row.get_ref(1)?.as_str()?), row.get_ref(2)?.as_str()?);
                out.extend(Matter::parse(matter).map(|matter| (system, name.to_string(), matter)));
            }
            Ok(out)
        })
    }

    /// Everything that was written in a meeting, oldest first.
    pub fn written_in(&self, meeting: Id) -> anyhow::Result<Vec<Entry>> {
        self.reading(|conn| {
            // A meeting is a short stretch of the journal: from where it was planned on.
            let sql = format!(
                "{ENTRY} WHERE e.n>=(SELECT min(n) FROM event WHERE entity=?1) AND instr(e.body, ?2)>0 ORDER BY e.n"
            );
            let mut query = conn.prepare_cached(&sql)?;
            let rows = query.query_map(params![meeting.0, hex(&meeting.0)], entry)?;
            let all: Vec<Entry> = rows.collect::<rusqlite::Result<_>>()?;
            Ok(all.into_iter().filter(|entry| entry.body.meeting == Some(meeting)).collect())
        })
    }
}

/// The lines of one system as they are kept.
pub(super) fn stored(conn: &Connection, system: Id) -> anyhow::Result<Vec<Matter>> {
    let mut query = conn.prepare_cached("SELECT matter FROM matter_line WHERE system=?1 ORDER BY pos")?;
    let rows = query.query_map([system.0.as_slice()], |row| Ok(Matter::parse(row.get_ref(0)?.as_str()?)))?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// Brings the lines of a system from `old` to `new`, touching only what differs.
pub(super) fn put(conn: &Connection, system: Id, old: &[Matter], new: &[Matter]) -> anyhow::Result<()> {
    for (pos, line) in new.iter().enumerate().filter(|(pos, line)| old.get(*pos) != Some(line)) {
        conn.prepare_cached(
            "INSERT INTO matter_line(system, pos, matter) VALUES(?1, ?2, ?3)
             ON CONFLICT(system, pos) DO UPDATE SET matter=?3",
        )?
        .execute(params![system.0, whole(pos), line.to_text()])?;
    }
    if old.len() > new.len() {
        conn.prepare_cached("DELETE FROM matter_line WHERE system=?1 AND pos>=?2")?
            .execute(params![system.0, whole(new.len())])?;
    }
    Ok(())
}
