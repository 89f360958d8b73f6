//! What leaves the record in a file: all of it, or what concerns one system with the proof of the rest.

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Store,
    project::touched,
    session::is_of_meetings,
    verify::{SEALED, sealed},
};
use crate::domain::{
    Id, Kind,
    journal::{Blob, Carried, Content, Device, NOTHING, Part, Sealed},
};

/// One step of what leaves the record, in order.
#[derive(Debug)]
pub enum Step<'a> {
    /// What it says of itself.
    Begin(&'a Carried),
    /// An entry, and the hash of the one before it in its chain.
    Entry(&'a Sealed, &'a [u8; 32]),
    /// An attachment.
    Blob(&'a Blob),
}

/// Where each step goes.
type Out<'a> = &'a mut dyn FnMut(Step<'_>) -> anyhow::Result<()>;

impl Store {
    /// Hands out everything of the record that another one needs to be the same; of a part, what concerns its system
    /// and the record itself, and of all other entries the proof without the content.
    pub fn carry(&self, part: Option<Part>, out: Out<'_>) -> anyhow::Result<Carried> {
        self.reading(|conn| {
            // One transaction, so that all of it is of one moment.
            let _at_once = conn.unchecked_transaction()?;
            let own = self.copy_of()?;
            let only = part.as_ref().map(|part| part.system).filter(|system| own != Some(*system));
            let blobs = blobs(conn, only)?;
            let carried = Carried {
                space: self.space(),
                part,
                devices: devices(conn)?,
                entries: conn.query_row("SELECT count(*) FROM event", [], |row| row.get::<_, i64>(0))?.unsigned_abs(),
                attachments: blobs.len() as u64,
            };
            out(Step::Begin(&carried))?;
            entries(conn, only, out)?;
            for sha256 in blobs {
                out(Step::Blob(&blob(conn, sha256)?))?;
            }
            Ok(carried)
        })
    }

    /// The one system of which this is a working copy; none for the record that people work in at home.
    pub fn copy_of(&self) -> anyhow::Result<Option<Id>> {
        self.reading(|conn| {
            let found = conn.prepare_cached("SELECT value FROM meta WHERE key='part'")?.query_row([], |row| row.get(0));
            Ok(found.optional()?.map(Id))
        })
    }

    /// Every chain that has begun.
    pub fn devices(&self) -> anyhow::Result<Vec<Device>> {
        self.reading(devices)
    }
}

/// Every chain that has begun, in the order in which the record got to know them.
pub(super) fn devices(conn: &Connection) -> anyhow::Result<Vec<Device>> {
    let mut query =
        conn.prepare("SELECT id, tag, person, head_seq, head_hash FROM device WHERE head_seq>0 ORDER BY dev")?;
    let found = query.query_map([], |row| {
        let person: Option<[u8; 16]> = row.get(2)?;
        Ok(Device {
            id: Id(row.get(0)?),
            tag: row.get(1)?,
            person: person.map(Id),
            seq: row.get(3)?,
            hash: row.get(4)?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Whether the content of an entry goes along with a part: what concerns its system, and what is of the record itself
/// except meetings, in which all systems come up.
fn told() -> String {
    let of_meetings = Kind::ALL.iter().filter(|kind| is_of_meetings(**kind)).map(|kind| format!("'{}'", kind.code()));
    format!(
        "(e.n IN (SELECT n FROM touch WHERE system=?1) OR e.n IN (SELECT n FROM touch WHERE system=x'')
         AND substr(e.kind, 1, instr(e.kind, '.')-1) NOT IN ({}))",
        of_meetings.collect::<Vec<_>>().join(",")
    )
}

fn entries(conn: &Connection, only: Option<Id>, out: Out<'_>) -> anyhow::Result<()> {
    let is_told = if only.is_some() { told() } else { "?1 IS NULL".to_owned() };
    let sql = SEALED.replacen(" FROM ", &format!(", {is_told} FROM "), 1);
    let mut query = conn.prepare(&format!("{sql} ORDER BY e.n"))?;
    let mut rows = query.query([only.map(|id| touched(Some(id)))])?;
    let mut last = std::collections::BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut entry = sealed(row)?;
        if !row.get::<_, bool>(15)? {
            entry.content = Content::Erased(entry.content.digest());
        }
        let prev = last.insert(entry.envelope.device, entry.hash).unwrap_or(NOTHING);
        out(Step::Entry(&entry, &prev))?;
    }
    Ok(())
}

/// The attachments that go along, by their sums.
fn blobs(conn: &Connection, only: Option<Id>) -> anyhow::Result<Vec<[u8; 32]>> {
    let of = match only {
        Some(_) => format!(
            "WHERE sha256 IN (SELECT unhex(e.body->>'$.attach') FROM event e WHERE e.body LIKE '{{\"attach\":%' AND {})",
            told()
        ),
        None => "WHERE ?1 IS NULL".to_owned(),
    };
    let mut query = conn.prepare(&format!("SELECT sha256 FROM blob {of} ORDER BY sha256"))?;
    let found = query.query_map(params![only.map(|id| touched(Some(id)))], |row| row.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn blob(conn: &Connection, sha256: [u8; 32]) -> anyhow::Result<Blob> {
    let sql = "SELECT mime, bytes FROM blob WHERE sha256=?1";
    let (mime, bytes) = conn.prepare_cached(sql)?.query_row([sha256], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Blob { sha256, mime, bytes })
}
