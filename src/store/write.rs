//! One command: read, ask, append to the log, put into the rows, summarise, all in one transaction.

use std::ops::RangeInclusive;

use rusqlite::Connection;

use super::{
    Fault, Store, owed, read,
    seat::Seat,
    session::Session,
    summary,
    trend::{self, Newest},
};
use crate::domain::{Dossier, Event, Id, fields::Day, people::Stamp, summary::Summary};

/// What was saved.
#[derive(Debug)]
pub struct Committed {
    /// The dossier as it is now.
    pub dossier: Dossier,
    /// The entries that were written; empty when there was nothing to write.
    pub entries: RangeInclusive<i64>,
    /// The number of the command in the chain of this device.
    pub cmd: i64,
}

/// The rule that makes the line of the dashboard from a dossier.
pub type Summarise<'a> = &'a dyn Fn(&Dossier) -> Option<Summary>;

/// The dossier in memory, with what the table of summaries holds of it.
#[derive(Debug)]
pub(super) struct Held {
    pub dossier: Dossier,
    /// What `data_version` said: when it differs, another process has written.
    pub version: i64,
    pub stored: Option<Stored>,
    /// The newest row of its risk over time, once it was read.
    pub newest: Option<Newest>,
    /// The day of a change that its levels depend on and that its risk over time does not say yet.
    pub moved_on: Option<Day>,
    /// Whether its line is owed.
    pub owed: bool,
}

/// The line of a system as its table holds it; none where it is not on the dashboard.
#[derive(Debug)]
pub(super) struct Stored(pub Option<Summary>);

impl Held {
    /// The dossier, when it is the one of `subject` and nobody else has written since.
    pub fn good_for(&self, subject: Option<Id>, version: i64) -> Option<&Dossier> {
        (self.version == version && self.dossier.subject == subject).then_some(&self.dossier)
    }

    /// The dossier of `subject` as it is in the file, inside a write transaction; `owed` are the systems whose lines
    /// were owed when it began.
    pub fn read(conn: &Connection, subject: Option<Id>, version: i64, owed: &[Id]) -> anyhow::Result<Self> {
        let dossier = read::dossier(conn, subject)?;
        let newest = match subject {
            Some(system) if owed.contains(&system) => Some(super::course::again(conn, system)?),
            _ => None,
        };
        Ok(Self { dossier, version, stored: None, newest, moved_on: None, owed: false })
    }

    /// Before the first change of a day that its levels depend on: what was noted on no day yet, and what time alone
    /// changed until the day before.
    pub fn begin_day(&mut self, conn: &Connection, day: Day) -> anyhow::Result<()> {
        let Some(system) = self.dossier.subject.filter(|_| self.moved_on != Some(day)) else { return Ok(()) };
        self.note(conn)?;
        let newest = match self.newest {
            Some(newest) => newest,
            None => trend::last(conn, system, None)?,
        };
        self.newest = Some(trend::pass(conn, &self.dossier, newest, day.plus(-1))?);
        self.moved_on = Some(day);
        Ok(())
    }

    fn note(&mut self, conn: &Connection) -> anyhow::Result<()> {
        if let Some(day) = self.moved_on.take() {
            self.newest = Some(trend::note(conn, &self.dossier, self.newest.flatten(), day)?);
        }
        Ok(())
    }

    /// Writes its risk over time, also what time alone changed before `today`, and its line of the dashboard, where they
    /// have changed.
    pub fn settle(&mut self, conn: &Connection, today: Day, summarise: Summarise<'_>) -> anyhow::Result<()> {
        let Some(subject) = self.dossier.subject else { return Ok(()) };
        let stored = match self.stored.take() {
            Some(Stored(stored)) => stored,
            None => summary::stored(conn, subject)?,
        };
        self.note(conn)?;
        if let Some(newest) = self.newest {
            self.newest = Some(trend::pass(conn, &self.dossier, newest, today.plus(-1))?);
        }
        let fresh = summarise(&self.dossier);
        summary::put(conn, subject, stored.as_ref(), fresh.as_ref())?;
        if std::mem::take(&mut self.owed) {
            owed::paid(conn, subject)?;
        }
        self.stored = Some(Stored(fresh));
        Ok(())
    }
}

/// Whether the line of the dashboard is written with the entries, or owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Now,
    Owed,
}

/// What the making of a line that is owed waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Nothing: somebody wants to read it now. The next command flushes it with its own.
    Nothing,
    /// The disk: nobody does anything at the moment, and the next command has only its own to flush.
    Disk,
}

/// What a session leaves behind.
pub(super) struct Done {
    pub held: Option<Held>,
    pub entries: RangeInclusive<i64>,
    pub cmd: i64,
}

impl Store {
    /// Reads the dossier, asks, and saves what follows, in one transaction; nothing is kept when `ask` refuses.
    pub fn transact<R>(
        &mut self,
        subject: Option<Id>,
        stamp: &Stamp,
        summarise: Summarise<'_>,
        ask: impl FnOnce(&Dossier) -> Result<Vec<Event>, R>,
    ) -> Result<Result<Committed, R>, Fault> {
        self.saved(subject, stamp, (summarise, Line::Now), |_, dossier| Ok(ask(dossier)))
    }

    /// [`Self::transact`], but the line of the dashboard and the risk over time are owed: they follow from what was
    /// saved, and [`Self::settle`] makes them. Until then nothing says that they were made, so that whoever comes next
    /// makes them.
    pub fn transact_owing<R>(
        &mut self,
        subject: Option<Id>,
        stamp: &Stamp,
        summarise: Summarise<'_>,
        ask: impl FnOnce(&Dossier) -> Result<Vec<Event>, R>,
    ) -> Result<Result<Committed, R>, Fault> {
        self.saved(subject, stamp, (summarise, Line::Owed), |_, dossier| Ok(ask(dossier)))
    }

    /// [`Self::transact_owing`] for what also depends on the record itself, as what is decided in a meeting does: both
    /// are read in the one transaction, the record first.
    pub fn transact_with_record<R>(
        &mut self,
        subject: Option<Id>,
        stamp: &Stamp,
        summarise: Summarise<'_>,
        ask: impl FnOnce(&Dossier, &Dossier) -> Result<Vec<Event>, R>,
    ) -> Result<Result<Committed, R>, Fault> {
        self.saved(subject, stamp, (summarise, Line::Owed), |conn, dossier| {
            Ok(ask(&read::dossier(conn, None)?, dossier))
        })
    }

    fn saved<R>(
        &mut self,
        subject: Option<Id>,
        stamp: &Stamp,
        (summarise, line): (Summarise<'_>, Line),
        ask: impl FnOnce(&Connection, &Dossier) -> anyhow::Result<Result<Vec<Event>, R>>,
    ) -> Result<Result<Committed, R>, Fault> {
        self.writing(|conn, seat, held| {
            let mut session = Session::begin(conn, seat, stamp, summarise, held)?;
            let events = match ask(conn, session.dossier(subject)?)? {
                Ok(events) => events,
                Err(refusal) => return Ok((session.cancel(), Err(refusal))),
            };
            session.take(subject, &events, &[])?;
            let done = session.finish(line)?;
            let dossier = match &done.held {
                Some(held) => held.dossier.clone(),
                None => read::dossier(conn, subject)?,
            };
            Ok((done.held, Ok(Committed { dossier, entries: done.entries, cmd: done.cmd })))
        })
    }

    /// Whether a line is owed.
    pub fn owes(&self) -> bool {
        self.held.borrow().as_ref().is_some_and(|held| held.owed)
    }

    /// Makes the line that is owed, as of a day. Where it is lost, it is still owed.
    pub fn settle(&self, today: Day, summarise: Summarise<'_>, wait: Wait) -> anyhow::Result<()> {
        if !self.owes() {
            return Ok(());
        }
        self.reading(|conn| {
            // Whatever fails forgets the dossier in memory; it is still owed in the file.
            let Some(mut held) = self.held.take() else { return Ok(()) };
            let full = conn.prepare_cached("PRAGMA synchronous")?.query_row([], |row| row.get::<_, i64>(0))? > 1;
            let relaxed = full && wait == Wait::Nothing;
            if relaxed {
                conn.prepare_cached("PRAGMA synchronous=NORMAL")?.query(())?.next()?;
            }
            let out = settled(conn, &mut held, (today, summarise));
            if relaxed {
                conn.prepare_cached("PRAGMA synchronous=FULL")?.query(())?.next()?;
            }
            if out? {
                self.held.replace(Some(held));
            }
            Ok(())
        })
    }

    /// Runs what writes; whatever fails in it forgets the dossier in memory, because it may be ahead of the file.
    pub(super) fn writing<T>(
        &mut self,
        run: impl FnOnce(&Connection, &mut Seat, Option<Held>) -> anyhow::Result<(Option<Held>, T)>,
    ) -> Result<T, Fault> {
        if let Some(why) = &self.read_only {
            return Err(Fault::ReadOnly(why.clone()));
        }
        let held = self.held.get_mut().take();
        let (held, out) = run(&self.conn, &mut self.seat, held).map_err(|error| self.fault(error))?;
        *self.held.get_mut() = held;
        Ok(out)
    }
}

/// Makes the line of a dossier, unless another process has written since: then whoever reads the line makes it.
fn settled(conn: &Connection, held: &mut Held, (today, summarise): (Day, Summarise<'_>)) -> anyhow::Result<bool> {
    let tx = super::tx::Tx::begin(conn)?;
    if super::data_version(conn)? != held.version {
        return Ok(false);
    }
    held.settle(conn, today, summarise)?;
    tx.commit()?;
    Ok(true)
}
