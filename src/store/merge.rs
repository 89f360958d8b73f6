//! Taking in what comes back: entries of other chains are put behind ours as they are, and what was decided about fields
//! that both sides changed is a command of our own after them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Committed, Fault, Store, Summarise,
    adopt::{Chains, put_blob},
    carry::devices,
    history::{ENTRY, Entry, entry},
    project::{self, Fact, touched},
    session::{Session, is_of_meetings},
    table::Place,
    write::Line,
};
use crate::domain::{
    Dossier, Event, Id, Kind, Line as Text,
    journal::{Blob, Body, Carried, Content, Device, Sealed},
    people::Stamp,
};

/// Where the chains of a record ended when something was compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known(Vec<Device>);

impl Known {
    /// The last entry of a chain that is known; 0 where the chain is not.
    pub fn last(&self, device: Id) -> i64 {
        self.0.iter().find(|known| known.id == device).map_or(0, |known| known.seq)
    }
}

/// What comes in.
pub struct Incoming<'a, R> {
    /// What the file says of itself.
    pub carried: &'a Carried,
    /// The system that it is about.
    pub system: Id,
    /// Its entries that are not here yet.
    pub new: &'a [Sealed],
    /// Its attachments.
    pub blobs: &'a mut dyn Iterator<Item = Result<Blob, R>>,
    /// The record with which it was compared.
    pub known: &'a Known,
    /// What came in, in a sentence for the journal.
    pub says: Text,
}

impl Store {
    /// Where every chain ends.
    pub fn known(&self) -> anyhow::Result<Known> {
        Ok(Known(self.devices()?))
    }

    /// The hash of one entry of a chain; none where it is not here.
    pub fn hash_at(&self, device: Id, seq: i64) -> anyhow::Result<Option<[u8; 32]>> {
        self.reading(|conn| {
            let sql = "SELECT hash FROM event WHERE dev=(SELECT dev FROM device WHERE id=?1) AND seq=?2";
            Ok(conn.prepare_cached(sql)?.query_row(params![device.0, seq], |row| row.get(0)).optional()?)
        })
    }

    /// Our entries about a system and about the record that chains which end so do not hold yet, oldest first.
    pub fn unknown_to(&self, ends: &BTreeMap<Id, i64>, system: Id) -> anyhow::Result<Vec<Entry>> {
        self.reading(|conn| {
            let sql = format!(
                "{ENTRY} WHERE d.id=?1 AND e.seq>?2 AND e.n IN (SELECT n FROM touch WHERE system IN (?3, x''))"
            );
            let mut query = conn.prepare_cached(&sql)?;
            let mut found = Vec::new();
            for device in self.devices()? {
                let from = ends.get(&device.id).copied().unwrap_or(0);
                let rows = query.query_map(params![device.id.0, from, touched(Some(system))], entry)?;
                found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
            }
            found.sort_by_key(|entry| entry.n);
            Ok(found)
        })
    }

    /// The system that a thing belongs to: none where there is no such thing, or it belongs to the record itself.
    pub fn home_of(&self, of: Kind, entity: Id) -> anyhow::Result<Option<Id>> {
        self.reading(|conn| Ok(home(conn, of, entity)?.and_then(|Home(system)| system)))
    }

    /// Whether an attachment is here.
    pub fn has_blob(&self, sha256: &[u8; 32]) -> anyhow::Result<bool> {
        self.reading(|conn| {
            let sql = "SELECT EXISTS(SELECT 1 FROM blob WHERE sha256=?1)";
            Ok(conn.prepare_cached(sql)?.query_row([sha256], |row| row.get(0))?)
        })
    }

    /// Puts what comes in behind what is here, notes it, and saves what `ask` makes of both together; all or nothing.
    pub fn merge<R>(
        &mut self,
        stamp: &Stamp,
        summarise: Summarise<'_>,
        incoming: Incoming<'_, R>,
        ask: impl FnOnce(&Dossier) -> Result<Vec<Event>, R>,
    ) -> Result<Result<Committed, R>, Fault> {
        self.totals.set(None);
        let Incoming { carried, system, new, blobs, known, says } = incoming;
        self.writing(|conn, seat, held| {
            let mut session = Session::begin(conn, seat, stamp, summarise, held)?;
            if devices(conn)? != known.0 {
                return Err(Fault::MovedOn.into());
            }
            let mut broken = None;
            let wanted = attached(new);
            session.bring(changes_record(new), |conn| {
                put(conn, carried, new)?;
                for blob in blobs {
                    match blob {
                        Ok(blob) if wanted.contains(&blob.sha256) => put_blob(conn, &blob)?,
                        Ok(_) => {}
                        Err(error) => broken = Some(error),
                    }
                }
                Ok(())
            })?;
            if let Some(error) = broken {
                return Ok((session.cancel(), Err(error)));
            }
            let body = Body {
                name: stamp.name.as_str().to_owned(),
                system: Some(system),
                why: says.as_str().to_owned(),
                ..Body::default()
            };
            session.note("bundle.merge", system, &body)?;
            let subject = Some(system);
            let events = match ask(session.dossier(subject)?) {
                Ok(events) => events,
                Err(refusal) => return Ok((session.cancel(), Err(refusal))),
            };
            for event in &events {
                // What is of the record itself stays there.
                let home = home(conn, event.of, event.entity)?.map_or(subject, |Home(system)| system);
                session.take(home, std::slice::from_ref(event), &[])?;
            }
            let dossier = session.dossier(subject)?.clone();
            let done = session.finish(Line::Now)?;
            Ok((done.held, Ok(Committed { dossier, entries: done.entries, cmd: done.cmd })))
        })
    }
}

/// The system that a row is of; none where it is of the record itself.
struct Home(Option<Id>);

/// Where a row is at home; none where there is no such row.
fn home(conn: &Connection, of: Kind, entity: Id) -> anyhow::Result<Option<Home>> {
    let sql = format!("SELECT system FROM main.\"{}\" WHERE id=?1", of.code());
    let found: Option<Option<[u8; 16]>> =
        conn.prepare_cached(&sql)?.query_row([entity.0], |row| row.get(0)).optional()?;
    Ok(found.map(|system| Home(system.map(Id))))
}

fn put(conn: &Connection, carried: &Carried, new: &[Sealed]) -> anyhow::Result<()> {
    let mut chains = Chains::of(conn, carried)?;
    for entry in new {
        let n = chains.put(conn, entry)?;
        let Some(body) = body_of(entry) else { continue };
        project::touch(conn, Place::Main, body.system, n)?;
        let Some(of) = kind_of(entry) else { continue };
        let fact = Fact { n, of, entity: entry.envelope.entity, system: body.system, set: &body.set };
        project::apply(conn, Place::Main, fact)?;
    }
    chains.end(conn)
}

fn kind_of(entry: &Sealed) -> Option<Kind> {
    entry.envelope.kind.split('.').next().and_then(Kind::parse)
}

fn body_of(entry: &Sealed) -> Option<Body> {
    match &entry.content {
        Content::Kept { body, .. } => Some(Body::parse(body)),
        Content::Erased(_) => None,
    }
}

/// Whether something changes on which the lines of all systems depend.
fn changes_record(new: &[Sealed]) -> bool {
    new.iter().any(|entry| {
        let of = kind_of(entry).filter(|of| !is_of_meetings(*of));
        of.is_some() && body_of(entry).is_some_and(|body| body.system.is_none())
    })
}

/// The attachments that entries name.
fn attached(new: &[Sealed]) -> BTreeSet<[u8; 32]> {
    let named = new.iter().filter_map(|entry| body_of(entry)?.attach);
    named.filter_map(|sum| crate::domain::journal::unhex(&sum)).collect()
}
