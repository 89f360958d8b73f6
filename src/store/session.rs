//! The write transaction of one person: what has happened goes into the log, the rows and the dossier.

use std::ops::RangeInclusive;

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    owed,
    project::{self, Fact},
    seat::{self, Seat},
    seen, summary,
    table::Place,
    tx::Tx,
    write::{Done, Held, Line, Summarise},
};
use crate::domain::{
    Dossier, Event, Id, Kind,
    fields::Vocabulary,
    id::hex,
    journal::{Body, Content, Envelope, NOTHING, Seen, digest},
    people::Stamp,
    register::{day_of, moves_levels},
};

/// The end of the own chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    dev: i64,
    device: Id,
    seq: i64,
    hash: [u8; 32],
    hlc: i64,
}

/// A write transaction of one person.
pub(super) struct Session<'a> {
    pub conn: &'a Connection,
    seat: &'a mut Seat,
    stamp: &'a Stamp,
    summarise: Summarise<'a>,
    tx: Tx<'a>,
    head: Option<Head>,
    held: Option<Held>,
    version: i64,
    /// The systems whose lines were owed before anything was written here, once it was asked.
    owed: Option<Vec<Id>>,
    /// The first and the last entry written.
    span: Option<(i64, i64)>,
    cmd: i64,
    /// Whether something changed that every system depends on.
    shared: bool,
    /// What the next entry says that this chain has seen of others.
    seen: Option<Seen>,
}

impl<'a> Session<'a> {
    pub fn begin(
        conn: &'a Connection,
        seat: &'a mut Seat,
        stamp: &'a Stamp,
        summarise: Summarise<'a>,
        held: Option<Held>,
    ) -> anyhow::Result<Self> {
        let tx = Tx::begin(conn)?;
        let version = super::data_version(conn)?;
        seat.check_tables(conn, version)?;
        let held = held.filter(|held| held.version == version);
        let (chain, seen) = match (seat.end, seat.device(conn)?) {
            // Nobody else has written since this was where the chain ended.
            (Some((then, end)), Some(device)) if then == version && end.device == device => (Some(end), None),
            (_, Some(device)) => {
                let chain = head_of(conn, device)?;
                (chain, chain.map_or(Ok(None), |end| seen::news(conn, end.dev))?)
            }
            (_, None) => (None, None),
        };
        let (owed, span, cmd, shared) = (None, None, 0, false);
        Ok(Self { conn, seat, stamp, summarise, tx, head: chain, held, version, owed, span, cmd, shared, seen })
    }

    /// Puts entries of other chains into the log and the rows, before anything of the own one; `shared` says whether
    /// every system depends on some of them.
    pub fn bring(&mut self, shared: bool, put: impl FnOnce(&Connection) -> anyhow::Result<()>) -> anyhow::Result<()> {
        put(self.conn)?;
        // What is in memory is of before, and the own next entry is later than all of them.
        (self.held, self.owed, self.shared) = (None, None, self.shared || shared);
        if let Some(head) = &mut self.head {
            head.hlc = self.conn.query_row("SELECT max(head_hlc) FROM device", [], |row| row.get(0))?;
            self.seen = seen::news(self.conn, head.dev)?;
        }
        Ok(())
    }

    /// Writes an entry about the journal itself.
    pub fn note(&mut self, kind: &str, entity: Id, body: &Body) -> anyhow::Result<()> {
        if self.head.is_none() {
            self.open_chain()?;
        }
        self.seal(kind, entity, body).map(drop)
    }

    /// The dossier of `subject` as it is inside this transaction.
    pub fn dossier(&mut self, subject: Option<Id>) -> anyhow::Result<&Dossier> {
        Ok(&self.hold(subject)?.dossier)
    }

    /// The dossier of `subject`; the one before it gets its line on the dashboard.
    fn hold(&mut self, subject: Option<Id>) -> anyhow::Result<&mut Held> {
        if self.held.as_ref().is_none_or(|held| held.dossier.subject != subject) {
            if self.span.is_some() || self.held.as_ref().is_some_and(|held| held.owed) {
                self.settle()?;
            }
            let owed = match self.owed.take() {
                Some(owed) => owed,
                // What is written from here on gets its lines as it goes: it is asked once, not for each system.
                None => owed::systems(self.conn, usize::MAX)?.0,
            };
            self.held = Some(Held::read(self.conn, subject, self.version, &owed)?);
            self.owed = Some(owed);
        }
        Ok(self.held.as_mut().expect("it was just put there"))
    }

    /// The local number of the own chain, if there is one yet.
    pub fn dev(&self) -> Option<i64> {
        self.head.map(|head| head.dev)
    }

    /// Writes what has happened into the log, the rows and the dossier.
    pub fn take(&mut self, subject: Option<Id>, events: &[Event], undo: &[i64]) -> anyhow::Result<()> {
        for event in events {
            if subject.is_some() && moves_levels(event.of) {
                let day = day_of(self.stamp.at);
                let conn = self.conn;
                self.hold(subject)?.begin_day(conn, day)?;
            }
            let system = home(event, subject);
            let n = self.append(event, system, undo)?;
            let fact = Fact { n, of: event.of, entity: event.entity, system, set: &event.set };
            project::apply(self.conn, Place::Main, fact)?;
            self.shared |= system.is_none() && !is_of_meetings(event.of);
            let dossier = &mut self.hold(subject)?.dossier;
            dossier.apply(event);
            if subject.is_none() && event.of == Kind::Assignment {
                dossier.defaults = dossier.assignments.clone();
            }
        }
        Ok(())
    }

    fn append(&mut self, event: &Event, system: Option<Id>, undo: &[i64]) -> anyhow::Result<i64> {
        let mut attach = None;
        if let Some(attached) = &event.attach {
            let sum = digest(&attached.bytes);
            self.conn
                .prepare_cached("INSERT OR IGNORE INTO blob(sha256, mime, bytes) VALUES(?1, ?2, ?3)")?
                .execute(params![sum, attached.mime, attached.bytes])?;
            attach = Some(hex(&sum));
        }
        let body = Body {
            name: self.stamp.name.as_str().to_owned(),
            set: event.set.clone(),
            system,
            why: event.why.as_str().to_owned(),
            undo: undo.to_vec(),
            attach,
            meeting: self.stamp.meeting,
            ..Body::default()
        };
        if self.head.is_none() {
            self.open_chain()?;
        }
        self.seal(&event.kind(), event.entity, &body)
    }

    /// The first entry of a chain ties it to the record, the person and the program.
    fn open_chain(&mut self) -> anyhow::Result<()> {
        let device = self.seat.new_device(self.stamp);
        let person = self.seat.person.unwrap_or(self.stamp.by);
        let count: i64 = self.conn.query_row("SELECT count(*) FROM device", [], |row| row.get(0))?;
        self.conn.execute(
            "INSERT INTO device(id, tag, person, head_hash) VALUES(?1, ?2, ?3, ?4)",
            params![device.0, seat::tag(count), person.0, NOTHING],
        )?;
        let dev = self.conn.last_insert_rowid();
        let hlc: i64 = self.conn.query_row("SELECT max(head_hlc) FROM device", [], |row| row.get(0))?;
        self.head = Some(Head { dev, device, seq: 0, hash: NOTHING, hlc });
        let facts = [
            ("space", self.seat.space.to_string()),
            ("person", person.to_string()),
            ("program", env!("CARGO_PKG_VERSION").to_owned()),
            ("zone", crate::clock::zone()),
        ];
        let body = Body {
            name: self.stamp.name.as_str().to_owned(),
            facts: facts.into_iter().map(|(key, fact)| (key.to_owned(), fact)).collect(),
            // Always said here, also of nobody: from the first entry on, a chain says what it has seen.
            seen: Some(seen::news(self.conn, dev)?.unwrap_or_default()),
            ..Body::default()
        };
        self.seal("device.open", device, &body)?;
        (self.cmd, self.span) = (0, None);
        Ok(())
    }

    /// Seals one entry over the one before it.
    fn seal(&mut self, kind: &str, entity: Id, body: &Body) -> anyhow::Result<i64> {
        let head = self.head.as_mut().expect("a chain is opened before anything is sealed");
        let seq = head.seq + 1;
        if self.cmd == 0 {
            self.cmd = seq;
        }
        let envelope = Envelope {
            device: head.device,
            seq,
            cmd: self.cmd,
            hlc: (head.hlc + 1).max(self.stamp.at.0 << 16),
            at: self.stamp.at,
            actor: self.stamp.by,
            role: self.stamp.role.code().to_owned(),
            kind: kind.to_owned(),
            version: 1,
            entity,
        };
        let seen = body.seen.clone().or(self.seen.take());
        let body = Body { seen, ..body.clone() };
        let content = Content::Kept { salt: crate::clock::chance(), body: body.to_json() };
        let hash = envelope.seal(&head.hash, &content);
        let n = insert(self.conn, head.dev, &envelope, &content, &hash)?;
        if let Some(seen) = &body.seen {
            seen::keep(self.conn, head.dev, seq, seen)?;
        }
        project::touch(self.conn, Place::Main, body.system, n)?;
        (head.seq, head.hash, head.hlc) = (seq, hash, envelope.hlc);
        self.span = Some((self.span.map_or(n, |span| span.0), n));
        Ok(n)
    }

    /// Writes the line of the dashboard of the dossier in memory, where it has changed.
    fn settle(&mut self) -> anyhow::Result<()> {
        self.held.as_mut().map_or(Ok(()), |held| held.settle(self.conn, day_of(self.stamp.at), self.summarise))
    }

    /// Leaves the line of the dossier in memory owing; says whether there is one that can be.
    fn owe(&mut self) -> bool {
        let held = self.held.as_mut().filter(|held| held.dossier.subject.is_some());
        held.map(|held| held.owed = true).is_some()
    }

    /// Commits. When this returns, the disk has it.
    pub fn finish(mut self, line: Line) -> anyhow::Result<Done> {
        let (Some((first, last)), Some(head)) = (self.span, self.head) else {
            return Ok(Done { held: self.cancel(), entries: RangeInclusive::new(1, 0), cmd: 0 });
        };
        if self.shared {
            summary::all_stale(self.conn)?;
            self.held.iter_mut().for_each(|held| held.stored = None);
        }
        if line == Line::Now || self.shared || !self.owe() {
            self.settle()?;
            owed::with_lines(self.conn, (first, last))?;
        }
        self.conn
            .prepare_cached("UPDATE device SET head_seq=?2, head_hash=?3, head_hlc=?4 WHERE dev=?1")?
            .execute(params![head.dev, head.seq, head.hash, head.hlc])?;
        self.tx.commit()?;
        self.seat.end = Some((self.version, head));
        self.seat.note(head.device, head.seq, head.hash, self.stamp.at);
        Ok(Done { held: self.held, entries: first..=last, cmd: self.cmd })
    }

    /// Rolls back; the dossier in memory stays good as long as nothing was taken in.
    pub fn cancel(self) -> Option<Held> {
        if self.span.is_none() { self.held } else { None }
    }
}

/// Whether no line of the dashboard depends on it: what is for the board comes from the systems, not the other way round.
pub(super) fn is_of_meetings(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Meeting | Kind::Attendee | Kind::AgendaItem | Kind::Stance | Kind::Task | Kind::Remark | Kind::Opinion
    )
}

/// The system that an event belongs to: what is everywhere is of the record, a system is its own.
fn home(event: &Event, subject: Option<Id>) -> Option<Id> {
    if crate::domain::merging::is_everywhere(event.of) {
        None
    } else if event.of == Kind::System {
        Some(event.entity)
    } else {
        subject
    }
}

fn head_of(conn: &Connection, device: Id) -> anyhow::Result<Option<Head>> {
    let sql = "SELECT dev, head_seq, head_hash, (SELECT max(head_hlc) FROM device) FROM device WHERE id=?1";
    let head = conn
        .prepare_cached(sql)?
        .query_row([device.0.as_slice()], |row| {
            Ok(Head { dev: row.get(0)?, device, seq: row.get(1)?, hash: row.get(2)?, hlc: row.get(3)? })
        })
        .optional()?;
    Ok(head)
}

/// Puts a sealed entry into the log as it is.
pub(super) fn insert(
    conn: &Connection,
    dev: i64,
    e: &Envelope,
    content: &Content,
    hash: &[u8; 32],
) -> anyhow::Result<i64> {
    let (body, salt, erased) = match content {
        Content::Kept { salt, body } => (Some(body), Some(salt), None),
        Content::Erased(digest) => (None, None, Some(digest)),
    };
    conn.prepare_cached(
        "INSERT INTO event(dev, seq, cmd, hlc, at, actor, role, kind, v, entity, body, salt, redacted, hash)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        dev, e.seq, e.cmd, e.hlc, e.at.0, e.actor.0, e.role, e.kind, e.version, e.entity.0, body, salt, erased, hash
    ])?;
    Ok(conn.last_insert_rowid())
}
