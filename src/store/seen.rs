//! What each chain has seen of the others: said by the chains themselves, kept beside the log so that it is found.
//!
//! A chain says it with its first entry, and again with its next one whenever entries of others have come. What a
//! person had before them when they signed is what their own chain had seen by then, wherever the entries lie now.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::{Store, history::Entry, verify::Report};
use crate::domain::{
    Id,
    id::hex,
    journal::{Body, Seen},
};

/// The ends of the other chains, where they have moved since this chain last said what it has seen.
pub(super) fn news(conn: &Connection, dev: i64) -> anyhow::Result<Option<Seen>> {
    let mut query = conn.prepare_cached(
        "SELECT d.id, d.head_seq, d.head_hash FROM device d WHERE d.dev<>?1 AND d.head_seq>
         coalesce((SELECT other_seq FROM seen WHERE seen.dev=?1 AND seen.other=d.dev ORDER BY at_seq DESC LIMIT 1), 0)",
    )?;
    let heads = query.query_map([dev], |row| Ok((Id(row.get(0)?), (row.get(1)?, half(&row.get(2)?)))))?;
    let seen: Seen = heads.collect::<rusqlite::Result<_>>()?;
    Ok(Some(seen).filter(|seen| !seen.is_empty()))
}

/// The first half of a hash: enough to be a witness of it.
fn half(hash: &[u8; 32]) -> Id {
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    Id(half)
}

/// Keeps what entry `seq` of a chain says that it has seen.
pub(super) fn keep(conn: &Connection, dev: i64, seq: i64, seen: &Seen) -> anyhow::Result<()> {
    let mut put = conn.prepare_cached(
        "INSERT OR REPLACE INTO seen(dev, other, at_seq, other_seq) SELECT ?1, dev, ?2, ?3 FROM device WHERE id=?4",
    )?;
    for (device, (other, _)) in seen {
        put.execute(params![dev, seq, other, device.0])?;
    }
    Ok(())
}

/// What somebody had before them when they wrote an entry.
#[derive(Debug)]
pub(super) struct Sight {
    /// How far of each chain.
    upto: BTreeMap<i64, i64>,
    /// Chains of a docket that did not say what it saw, all in one file: there what lies before was seen.
    silent: Vec<i64>,
    n: i64,
}

impl Sight {
    /// The sight of entry `n`.
    pub fn of(conn: &Connection, n: i64) -> anyhow::Result<Self> {
        let (dev, seq): (i64, i64) = conn
            .prepare_cached("SELECT dev, seq FROM event WHERE n=?1")?
            .query_row([n], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let silent = silent(conn)?;
        let silent = if silent.contains(&dev) { silent } else { Vec::new() };
        let (mut upto, mut open) = (BTreeMap::new(), vec![(dev, seq)]);
        let mut says =
            conn.prepare_cached("SELECT other, max(other_seq) FROM seen WHERE dev=?1 AND at_seq<=?2 GROUP BY other")?;
        while let Some((dev, seq)) = open.pop() {
            if upto.get(&dev).is_some_and(|known| *known >= seq) {
                continue;
            }
            upto.insert(dev, seq);
            let more = says.query_map([dev, seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
            open.extend(more.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        Ok(Self { upto, silent, n })
    }

    /// Whether entry `n`, with this number of this chain, was seen.
    pub fn has(&self, n: i64, dev: i64, seq: i64) -> bool {
        self.upto.get(&dev).is_some_and(|upto| seq <= *upto) || n < self.n && self.silent.contains(&dev)
    }
}

impl Store {
    /// Everything that happened to these things and that whoever wrote entry `n` had not seen, oldest first.
    pub fn unseen_by(&self, of: &[Id], n: i64) -> anyhow::Result<Vec<Entry>> {
        let several = n > 0 && self.reading(differ)?;
        if !several {
            return self.changes_of(of, n);
        }
        let found = self.changes_of(of, 0)?;
        self.reading(|conn| {
            let sight = Sight::of(conn, n)?;
            let mut place = conn.prepare_cached("SELECT dev, seq FROM event WHERE n=?1")?;
            let mut out = Vec::new();
            for entry in found {
                let (dev, seq) = place.query_row([entry.n], |row| Ok((row.get(0)?, row.get(1)?)))?;
                if !sight.has(entry.n, dev, seq) {
                    out.push(entry);
                }
            }
            Ok(out)
        })
    }
}

/// The chains whose first entry does not say what it has seen.
fn silent(conn: &Connection) -> anyhow::Result<Vec<i64>> {
    let mut query = conn.prepare_cached(
        "SELECT dev FROM event WHERE seq=1 AND (body IS NULL OR body->>'$.seen' IS NULL) ORDER BY dev",
    )?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Whether there is more than one chain, so that sights differ.
pub(super) fn differ(conn: &Connection) -> anyhow::Result<bool> {
    Ok(conn.query_row("SELECT count(*)>1 FROM device", [], |row| row.get(0))?)
}

/// What a chain saw of another one is what is there, and what is kept of it is what the chains say.
pub(super) fn checked(conn: &Connection, report: &mut Report) -> anyhow::Result<()> {
    if !differ(conn)? {
        return Ok(());
    }
    let mut query = conn.prepare("SELECT dev, seq, body FROM event WHERE body LIKE '%\"seen\":{%'")?;
    let mut witness =
        conn.prepare("SELECT e.hash, d.dev FROM device d LEFT JOIN event e ON e.dev=d.dev AND e.seq=?2 WHERE d.id=?1")?;
    let mut kept =
        conn.prepare("SELECT EXISTS(SELECT 1 FROM seen WHERE dev=?1 AND other=?2 AND at_seq=?3 AND other_seq=?4)")?;
    let (mut said, mut rows) = (0i64, query.query([])?);
    while let Some(row) = rows.next()? {
        let (dev, at): (i64, i64) = (row.get(0)?, row.get(1)?);
        for (device, (seq, first)) in Body::parse(row.get_ref(2)?.as_str()?).seen.unwrap_or_default() {
            let found = witness
                .query_map(params![device.0, seq], |row| Ok((row.get::<_, Option<[u8; 32]>>(0)?, row.get(1)?)))?;
            let found: Vec<(Option<[u8; 32]>, i64)> = found.collect::<rusqlite::Result<_>>()?;
            let is = found.first().and_then(|(hash, other)| hash.map(|hash| (half(&hash), *other)));
            let Some((_, other)) = is.filter(|(there, _)| *there == first) else {
                let short = hex(&device.0[12..]);
                report.problems.push(format!(
                    "Entry {seq} of device {short} is not the one that another device saw: its chain was written anew."
                ));
                continue;
            };
            said += 1;
            if !kept.query_row([dev, other, at, seq], |row| row.get::<_, bool>(0))? {
                said = i64::MIN / 2;
            }
        }
    }
    if conn.query_row("SELECT count(*) FROM seen", [], |row| row.get::<_, i64>(0))? != said {
        report.problems.push("What the chains saw of each other is not kept as they say it.".to_owned());
    }
    Ok(())
}
