//! The journal as people read it, and as it leaves the file.

use std::io::Write;

use anyhow::Context;
use rusqlite::{Row, ToSql, params};

use super::{
    Store,
    project::touched,
    verify::{SEALED, sealed},
    whole,
};
use crate::domain::{
    Id, Kind,
    fields::{Moment, Vocabulary},
    journal::{Body, NOTHING, json_line},
    people::Role,
};

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number in this file.
    pub n: i64,
    /// The tag of the device: nothing for the first one, then B, C, …
    pub tag: String,
    /// Its number in the chain of that device.
    pub seq: i64,
    /// The number of the first entry of the same command.
    pub cmd: i64,
    /// When, as the clock of that device said.
    pub at: Moment,
    /// Who.
    pub actor: Id,
    /// Their name when it happened.
    pub name: String,
    /// In which role; none when a newer docket knows one more.
    pub role: Option<Role>,
    /// The intent: `threat.edit`.
    pub kind: String,
    /// The kind of thing; none for what concerns the journal itself, or what only a newer docket knows.
    pub of: Option<Kind>,
    /// What it is about.
    pub entity: Id,
    /// What was set, and why; empty where the law had it erased.
    pub body: Body,
    /// The hash.
    pub hash: [u8; 32],
}

impl Entry {
    /// The intent without the kind of thing: `edit`.
    pub fn verb(&self) -> &str {
        self.kind.split_once('.').map_or(self.kind.as_str(), |(_, verb)| verb)
    }
}

pub(super) const ENTRY: &str = "SELECT e.n, coalesce(d.tag, '?'), e.seq, e.cmd, e.at, e.actor, e.role, e.kind, e.entity, e.body, e.hash \
                                FROM event e LEFT JOIN device d ON d.dev=e.dev";

pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let kind: String = row.get(7)?;
    let body = row.get_ref(9)?.as_str_or_null()?.map(Body::parse).unwrap_or_default();
    Ok(Entry {
        n: row.get(0)?,
        tag: row.get(1)?,
        seq: row.get(2)?,
        cmd: row.get(3)?,
        at: Moment(row.get(4)?),
        actor: Id(row.get(5)?),
        name: body.name.clone(),
        role: Role::parse(row.get_ref(6)?.as_str()?),
        of: kind.split('.').next().and_then(Kind::parse),
        kind,
        entity: Id(row.get(8)?),
        body,
        hash: row.get(10)?,
    })
}

impl Store {
    /// The newest entries before `before`: all of them, those of one system, or those of the record itself.
    pub fn history(
        &self,
        subject: Option<Option<Id>>,
        before: Option<i64>,
        limit: usize,
    ) -> anyhow::Result<Vec<Entry>> {
        let before = before.unwrap_or(i64::MAX);
        match subject {
            None => self.entries("WHERE e.n<?1 ORDER BY e.n DESC LIMIT ?2", params![before, whole(limit)]),
            Some(system) => self.entries(
                "WHERE e.n IN (SELECT n FROM touch WHERE system=?3 AND n<?1 ORDER BY n DESC LIMIT ?2) ORDER BY e.n DESC",
                params![before, whole(limit), touched(system)],
            ),
        }
    }

    /// The newest entries of one system, or of the record itself, after entry `after`.
    pub fn history_after(&self, subject: Option<Id>, after: i64, limit: usize) -> anyhow::Result<Vec<Entry>> {
        self.entries(
            "WHERE e.n IN (SELECT n FROM touch WHERE system=?3 AND n>?1 ORDER BY n DESC LIMIT ?2) ORDER BY e.n DESC",
            params![after, whole(limit), touched(subject)],
        )
    }

    /// Everything that happened to one entity, newest first.
    pub fn entity_history(&self, entity: Id) -> anyhow::Result<Vec<Entry>> {
        self.entries("WHERE e.entity=?1 ORDER BY e.n DESC", params![entity.0])
    }

    /// Everything that happened to these entities after entry `after`, oldest first.
    pub fn changes_of(&self, of: &[Id], after: i64) -> anyhow::Result<Vec<Entry>> {
        let mut found = Vec::new();
        for entity in of {
            found.extend(self.entries("WHERE e.entity=?1 AND e.n>?2", params![entity.0, after])?);
        }
        found.sort_by_key(|entry| entry.n);
        Ok(found)
    }

    fn entries(&self, tail: &str, values: &[&dyn ToSql]) -> anyhow::Result<Vec<Entry>> {
        self.reading(|conn| {
            let mut query = conn.prepare_cached(&format!("{ENTRY} {tail}"))?;
            let rows = query.query_map(values, entry)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Writes the whole journal as JSON lines that carry their own proof: `prev`, `salt` and `hash` are in each.
    pub fn export_journal(&self, out: &mut dyn Write) -> anyhow::Result<u64> {
        self.reading(|conn| {
            let mut query = conn.prepare(&format!("{SEALED} ORDER BY e.n"))?;
            let mut rows = query.query([])?;
            let mut last = std::collections::BTreeMap::new();
            let mut count = 0;
            while let Some(row) = rows.next()? {
                let entry = sealed(row)?;
                let prev = last.insert(entry.envelope.device, entry.hash).unwrap_or(NOTHING);
                writeln!(out, "{}", json_line(&entry, &prev)).context("writing the journal")?;
                count += 1;
            }
            Ok(count)
        })
    }

    /// A text that was attached to an entry, by its SHA-256 in hexadecimal.
    pub fn blob(&self, sha256: &str) -> anyhow::Result<Option<String>> {
        self.content(sha256)?.map(|bytes| String::from_utf8(bytes).context("an attached text")).transpose()
    }

    /// What was attached to an entry, text or file, by its SHA-256 in hexadecimal; whether it still is what the SHA-256
    /// says, the caller asks.
    pub fn content(&self, sha256: &str) -> anyhow::Result<Option<Vec<u8>>> {
        use rusqlite::OptionalExtension;
        self.reading(|conn| {
            let found: Option<Option<Vec<u8>>> = conn
                .prepare_cached("SELECT bytes FROM blob WHERE sha256=unhex(?1)")?
                .query_row([sha256], |row| row.get(0))
                .optional()?;
            Ok(found.flatten())
        })
    }
}
