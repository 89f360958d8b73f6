//! A whole record, or the part that is a bundle, put into an empty file: the log as it is, and the rows from it.

use std::collections::BTreeMap;

use anyhow::Context;
use rusqlite::{Connection, params};

use super::{Fault, Store, project, seat, seen, session, tx::Tx};
use crate::domain::{
    Id,
    journal::{Blob, Body, Carried, Content, Piece, Sealed},
};

impl Store {
    /// Fills this empty record with what a file holds, all or nothing; what is written next is by a new device, because
    /// the chains in the file go on elsewhere. The caller has checked the chains.
    pub fn adopt<R>(
        &mut self,
        carried: &Carried,
        pieces: &mut dyn Iterator<Item = Result<Piece, R>>,
    ) -> Result<Result<(), R>, Fault> {
        let done = self.writing(|conn, seat, held| {
            let out = project::with_large_cache(conn, |conn| fill(conn, carried, pieces))?;
            if out.is_ok() {
                (seat.space, seat.device, seat.checked, seat.end) = (carried.space, None, None, None);
                // What stays of an older mark is of another record, or is found to be newer than this one.
                let _ = seat.mark.as_mut().map(super::mark::Mark::forget);
            }
            Ok((held.filter(|_| out.is_err()), out))
        })?;
        if done.is_ok() {
            self.made_anew = true;
            self.totals.set(None);
        }
        Ok(done)
    }
}

fn fill<R>(
    conn: &Connection,
    carried: &Carried,
    pieces: &mut dyn Iterator<Item = Result<Piece, R>>,
) -> anyhow::Result<Result<(), R>> {
    let tx = Tx::begin(conn)?;
    let count: i64 = conn.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?;
    if count > 0 {
        return Err(Fault::NotEmpty(count).into());
    }
    conn.execute("UPDATE meta SET value=?1 WHERE key='space'", [carried.space.0.as_slice()])?;
    conn.execute("DELETE FROM meta WHERE key='part'", [])?;
    if let Some(part) = &carried.part {
        conn.execute("INSERT INTO meta(key, value) VALUES('part', ?1)", [part.system.0.as_slice()])?;
    }
    let mut chains = Chains::of(conn, carried)?;
    for piece in pieces {
        match piece {
            Ok(Piece::Entry(entry)) => chains.put(conn, &entry).map(drop)?,
            Ok(Piece::Blob(blob)) => put_blob(conn, &blob)?,
            Err(broken) => return Ok(Err(broken)),
        }
    }
    chains.end(conn)?;
    project::rebuild_in(conn, &mut |_, _| ())?;
    tx.commit()?;
    Ok(Ok(()))
}

/// Chains that come from elsewhere, and where each ends.
#[derive(Debug, Default)]
pub(super) struct Chains(BTreeMap<Id, End>);

/// The end of a chain: its local number, and its last entry once there is a new one.
#[derive(Debug)]
struct End {
    dev: i64,
    hlc: i64,
    last: Option<(i64, [u8; 32])>,
}

impl Chains {
    /// Makes a line for each chain that is not there yet; where its tag is taken, it gets the next one.
    pub fn of(conn: &Connection, carried: &Carried) -> anyhow::Result<Self> {
        let mut out = BTreeMap::new();
        for device in &carried.devices {
            let count: i64 = conn.query_row("SELECT count(*) FROM device", [], |row| row.get(0))?;
            let taken: bool =
                conn.query_row("SELECT EXISTS(SELECT 1 FROM device WHERE tag=?1)", [&device.tag], |row| row.get(0))?;
            let tag = if taken { seat::tag(count) } else { device.tag.clone() };
            let new = conn.execute(
                "INSERT OR IGNORE INTO device(id, tag, person, head_hash) VALUES(?1, ?2, ?3, zeroblob(32))",
                params![device.id.0, tag, device.person.map(|id| id.0)],
            )?;
            if new > 0 {
                seat::is_elsewhere(conn, device.id)?;
            }
            let sql = "SELECT dev, head_hlc FROM device WHERE id=?1";
            let found = conn.query_row(sql, [device.id.0.as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            out.insert(device.id, End { dev: found.0, hlc: found.1, last: None });
        }
        Ok(Self(out))
    }

    /// Puts an entry at the end of its chain; answers its number in this file.
    pub fn put(&mut self, conn: &Connection, entry: &Sealed) -> anyhow::Result<i64> {
        let envelope = &entry.envelope;
        let end = self.0.get_mut(&envelope.device).context("a chain that the file names")?;
        end.hlc = envelope.hlc.max(end.hlc);
        end.last = Some((envelope.seq, entry.hash));
        let n = session::insert(conn, end.dev, envelope, &entry.content, &entry.hash)?;
        if let Content::Kept { body, .. } = &entry.content
            && body.contains("\"seen\":{")
            && let Some(seen) = Body::parse(body).seen
        {
            seen::keep(conn, end.dev, envelope.seq, &seen)?;
        }
        Ok(n)
    }

    /// Notes where each chain ends.
    pub fn end(self, conn: &Connection) -> anyhow::Result<()> {
        for End { dev, hlc, last } in self.0.into_values() {
            if let Some((seq, hash)) = last {
                let sql = "UPDATE device SET head_seq=?2, head_hash=?3, head_hlc=?4 WHERE dev=?1";
                conn.execute(sql, params![dev, seq, hash, hlc])?;
            }
        }
        Ok(())
    }
}

/// Keeps an attachment under its sum.
pub(super) fn put_blob(conn: &Connection, blob: &Blob) -> anyhow::Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO blob(sha256, mime, bytes) VALUES(?1, ?2, ?3)")?.execute(params![
        blob.sha256,
        blob.mime,
        blob.bytes
    ])?;
    Ok(())
}
