//! What waits for somebody over the whole portfolio: unscored threats, and systems without a tier.

use rusqlite::params;

use super::{Store, whole};
use crate::domain::{
    Id,
    fields::{Day, Vocabulary},
    page::QueueItem,
    people::Role,
};

/// Systems on which the person `?1` holds the role `?2` on the day `?3`: by an assignment of the system, or by the
/// default of the record where the system has none of its own.
pub(super) const HELD: &str =
    "(EXISTS(SELECT 1 FROM assignment a WHERE a.system=m.system AND a.archived=0 AND a.role=?2
    AND (a.person=?1 OR a.delegate=?1) AND (a.until IS NULL OR a.until>=?3))
  OR (NOT EXISTS(SELECT 1 FROM assignment a WHERE a.system=m.system AND a.archived=0 AND a.role=?2
      AND (a.until IS NULL OR a.until>=?3))
    AND EXISTS(SELECT 1 FROM assignment a WHERE a.system IS NULL AND a.archived=0 AND a.role=?2
      AND (a.person=?1 OR a.delegate=?1) AND (a.until IS NULL OR a.until>=?3))))";

/// The tiers from the gravest to none, so that the worst comes first.
const GRAVITY: &str =
    "CASE m.tier WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'limited' THEN 2 WHEN 'minimal' THEN 3 ELSE 4 END";

impl Store {
    /// The unscored threats of the systems on which a person holds a role, those of the gravest tier first.
    pub fn unscored(&self, person: Id, role: Role, today: Day, limit: usize) -> anyhow::Result<Vec<QueueItem>> {
        let sql = format!(
            "SELECT m.system, m.name, m.tier, t.id, t.title FROM summary m JOIN threat t ON t.system=m.system
             WHERE m.unscored>0 AND t.archived=0 AND (t.likelihood IS NULL OR t.impact IS NULL)
               AND (t.treatment IS NULL OR t.treatment<>'not_applicable') AND {HELD}
             ORDER BY {GRAVITY}, m.name, m.system, t.number LIMIT ?4"
        );
        self.items(&sql, params![person.to_string(), role.code(), today.to_string(), whole(limit)])
    }

    /// The systems without a tier on which a person holds a role, by name.
    pub fn untiered(&self, person: Id, role: Role, today: Day, limit: usize) -> anyhow::Result<Vec<QueueItem>> {
        let sql = format!(
            "SELECT m.system, m.name, m.tier, NULL, m.name FROM summary m WHERE m.tier='' AND {HELD}
             ORDER BY m.name, m.system LIMIT ?4"
        );
        self.items(&sql, params![person.to_string(), role.code(), today.to_string(), whole(limit)])
    }

    /// How many threats [`Self::unscored`] and how many systems [`Self::untiered`] would find without a limit.
    pub fn waiting(&self, person: Id, role: Role, today: Day) -> anyhow::Result<(usize, usize)> {
        self.reading(|conn| {
            let sql = format!(
                "SELECT coalesce(sum(m.unscored), 0), coalesce(sum(m.tier=''), 0) FROM summary m
                 WHERE (m.unscored>0 OR m.tier='') AND {HELD}"
            );
            let values = params![person.to_string(), role.code(), today.to_string()];
            let (threats, systems): (i64, i64) =
                conn.prepare_cached(&sql)?.query_row(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok((usize::try_from(threats).unwrap_or(0), usize::try_from(systems).unwrap_or(0)))
        })
    }

    fn items(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> anyhow::Result<Vec<QueueItem>> {
        self.reading(|conn| {
            let mut query = conn.prepare_cached(sql)?;
            let mut rows = query.query(values)?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                let threat: Option<[u8; 16]> = row.get(3)?;
                out.push(QueueItem {
                    system: Id(row.get(0)?),
                    name: row.get(1)?,
                    tier: row.get(2)?,
                    threat: threat.map(Id),
                    title: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                });
            }
            Ok(out)
        })
    }
}
