//! Finding a system or a threat by a part of its name.

use rusqlite::{OptionalExtension, params};

use super::{Store, whole};
use crate::domain::{
    Id, Kind, Line,
    fields::{Day, Vocabulary},
    page::ControlText,
    people::Role,
};

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The system that it belongs to.
    pub system: Id,
    /// What it is.
    pub kind: Kind,
    /// Which one it is.
    pub entity: Id,
    /// Its name or title.
    pub text: Line,
}

/// Where the search looks, in the order in which hits are shown. The newest hundred thousand threats are enough: a key
/// press must not read a million rows.
const PLACES: [(Kind, &str); 3] = [
    (Kind::System, "SELECT id, id, name FROM system WHERE archived=0 AND name>=?1 COLLATE NOCASE AND name<?1||char(1114111) COLLATE NOCASE
      ORDER BY name COLLATE NOCASE LIMIT ?3"),
    (Kind::System, "SELECT id, id, name FROM system WHERE archived=0 AND name LIKE ?2 ESCAPE '!' ORDER BY rid DESC LIMIT ?3"),
    (Kind::Threat, "SELECT system, id, title FROM (SELECT system, id, title, archived FROM threat ORDER BY rid DESC LIMIT 100000)
      WHERE archived=0 AND system IS NOT NULL AND title LIKE ?2 ESCAPE '!' LIMIT ?3"),
];

/// The texts of controls of other systems than ?1, each once, but for those that ?1 has itself.
const TEXTS: &str =
    "SELECT c.title, coalesce(c.description, ''), coalesce(c.method, ''), min(s.name), count(DISTINCT c.system)
 FROM control c JOIN system s ON s.id=c.system
 WHERE c.archived=0 AND s.archived=0 AND c.system IS NOT ?1 AND c.title IS NOT NULL
   AND (c.title LIKE ?2 ESCAPE '!' OR c.description LIKE ?2 ESCAPE '!')
   AND NOT EXISTS(SELECT 1 FROM control o WHERE o.system=?1 AND o.archived=0 AND o.title=c.title)
 GROUP BY c.title, c.description, c.method ORDER BY c.title COLLATE NOCASE, 4 LIMIT ?3";

/// A part of a name as LIKE takes it.
fn pattern(text: &str) -> String {
    let escaped: String =
        text.trim().chars().flat_map(|c| "!%_".contains(c).then_some('!').into_iter().chain([c])).collect();
    format!("%{escaped}%")
}

impl Store {
    /// The name of a person as it is known here, if the record knows them.
    pub fn person_name(&self, person: Id) -> anyhow::Result<Option<Line>> {
        if let Some(held) = self.held.borrow().as_ref().and_then(|held| held.dossier.person_name(person)) {
            return Ok(Some(held.clone()));
        }
        self.reading(|conn| {
            let mut query = conn.prepare_cached("SELECT name FROM person WHERE id=?1")?;
            let name = query.query_row([person.0.as_slice()], |row| row.get::<_, Option<String>>(0)).optional()?;
            Ok(name.map(|name| Line::new(name.as_deref().unwrap_or_default())))
        })
    }

    /// What other systems of the record do against threats, in words only: nothing of how far it is there.
    pub fn control_texts(&self, own: Option<Id>, text: &str, limit: usize) -> anyhow::Result<Vec<ControlText>> {
        self.reading(|conn| {
            let mut query = conn.prepare_cached(TEXTS)?;
            let own = own.map(|id| id.0.to_vec());
            let rows = query.query_map(params![own, pattern(text), whole(limit)], |row| {
                let (name, count): (String, i64) = (row.get(3)?, row.get(4)?);
                let place = if count > 1 { format!("{name} and {} more", count - 1) } else { name };
                Ok(ControlText { title: row.get(0)?, description: row.get(1)?, method: row.get(2)?, place })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The roles that a person holds, or stands in for, on single systems.
    pub fn roles_held(&self, person: Id, today: Day) -> anyhow::Result<Vec<Role>> {
        self.reading(|conn| {
            let sql = "SELECT DISTINCT role FROM assignment WHERE archived=0 AND system IS NOT NULL
                       AND (person=?1 OR delegate=?1) AND (until IS NULL OR until>=?2)";
            let mut query = conn.prepare_cached(sql)?;
            let codes = query.query_map([person.to_string(), today.to_string()], |row| row.get::<_, String>(0))?;
            let codes: Vec<String> = codes.collect::<rusqlite::Result<_>>()?;
            Ok(codes.iter().filter_map(|code| Role::parse(code)).collect())
        })
    }

    /// The systems that an import brought: what identifies each in its source, and its identity.
    pub fn sources(&self) -> anyhow::Result<Vec<(String, Id)>> {
        self.reading(|conn| {
            // A file may have gone into a system that was there before; of several the last one counts.
            let mut query = conn.prepare_cached(
                "SELECT source, id, 0 AS later FROM system WHERE source IS NOT NULL AND archived=0 UNION ALL \
                 SELECT s.lineage, s.system, 1 AS later FROM source s JOIN system y ON y.id=s.system \
                 WHERE s.lineage IS NOT NULL AND s.archived=0 AND y.archived=0 ORDER BY later",
            )?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, Id(row.get(1)?))))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Systems whose name begins with `text`, then those that contain it, then threats; each once.
    pub fn search(&self, text: &str, limit: usize) -> anyhow::Result<Vec<Hit>> {
        let text = text.trim();
        let pattern = pattern(text);
        self.reading(|conn| {
            let mut hits: Vec<Hit> = Vec::new();
            for (kind, sql) in PLACES {
                let mut query = conn.prepare_cached(sql)?;
                let mut rows = query.query(params![text, pattern, whole(limit)])?;
                while let Some(row) = rows.next()? {
                    let (system, entity) = (Id(row.get(0)?), Id(row.get(1)?));
                    let text = Line::new(row.get_ref(2)?.as_str()?);
                    if !hits.iter().any(|hit| hit.entity == entity) {
                        hits.push(Hit { system, kind, entity, text });
                    }
                }
            }
            hits.truncate(limit);
            Ok(hits)
        })
    }
}
