//! Checking everything that can be checked without anybody's help.

use anyhow::Context;
use rusqlite::{Connection, Row};

use super::Store;
use crate::domain::{
    Id,
    fields::Moment,
    journal::{Chain, Content, Envelope, Sealed, combined_head},
};

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many entries were checked.
    pub checked: u64,
    /// What is wrong, in whole sentences; nothing when all is well.
    pub problems: Vec<String>,
}

pub(super) const SEALED: &str = "SELECT d.id, e.seq, e.cmd, e.hlc, e.at, e.actor, e.role, e.kind, e.v, e.entity, e.body, e.salt, e.redacted, \
                                 e.hash, e.n FROM event e JOIN device d ON d.dev=e.dev";

impl Store {
    /// Checks every entry against its chain, every attachment against its digest and every row against a replay.
    /// `progress` is told how many entries are done.
    pub fn verify(&self, progress: &mut dyn FnMut(u64)) -> anyhow::Result<Report> {
        self.reading(|conn| {
            let mut report = Report::default();
            chains(conn, &mut report, progress)?;
            Ok(report)
        })
    }

    /// How many entries there are, and the one hash that stands for all of them.
    pub fn head(&self) -> anyhow::Result<(u64, [u8; 32])> {
        self.reading(head)
    }
}

pub(super) fn head(conn: &Connection) -> anyhow::Result<(u64, [u8; 32])> {
    let mut query = conn.prepare_cached("SELECT id, head_seq, head_hash FROM device WHERE head_seq>0 ORDER BY id")?;
    let heads: Vec<(Id, i64, [u8; 32])> =
        query.query_map([], |row| Ok((Id(row.get(0)?), row.get(1)?, row.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    let count = heads.iter().map(|head| head.1.unsigned_abs()).sum();
    Ok((count, combined_head(&heads)))
}

fn chains(conn: &Connection, report: &mut Report, progress: &mut dyn FnMut(u64)) -> anyhow::Result<()> {
    let mut chain = Chain::default();
    let mut query = conn.prepare(&format!("{SEALED} ORDER BY e.n"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let entry = sealed(row)?;
        report.problems.extend(chain.check(&entry).map(|finding| finding.to_string()));
        if chain.checked.is_multiple_of(1000) {
            progress(chain.checked);
        }
    }
    report.checked = chain.checked;
    Ok(())
}

pub(super) fn sealed(row: &Row<'_>) -> anyhow::Result<Sealed> {
    let content = match (row.get::<_, Option<String>>(10)?, row.get::<_, Option<[u8; 16]>>(11)?) {
        (Some(body), Some(salt)) => Content::Kept { salt, body },
        _ => Content::Erased(row.get::<_, Option<[u8; 32]>>(12)?.context("the digest of what was erased")?),
    };
    let envelope = Envelope {
        device: Id(row.get(0)?),
        seq: row.get(1)?,
        cmd: row.get(2)?,
        hlc: row.get(3)?,
        at: Moment(row.get(4)?),
        actor: Id(row.get(5)?),
        role: row.get(6)?,
        kind: row.get(7)?,
        version: row.get(8)?,
        entity: Id(row.get(9)?),
    };
    Ok(Sealed { envelope, content, hash: row.get(13)? })
}
