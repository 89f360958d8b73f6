//! One command: read, ask, append to the log, put into the rows, summarise, all in one transaction.

use std::ops::RangeInclusive;

use rusqlite::Connection;

use super::{Fault, Store, read, seat::Seat, session::Session, trend::Newest};
use crate::domain::{Dossier, Event, Id, people::Stamp, summary::Summary};

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
}

/// The line of a system as its table holds it; none where it is not on the dashboard.
#[derive(Debug)]
pub(super) struct Stored(pub Option<Summary>);

impl Held {
    /// The dossier, when it is the one of `subject` and nobody else has written since.
    pub fn good_for(&self, subject: Option<Id>, version: i64) -> Option<&Dossier> {
        (self.version == version && self.dossier.subject == subject).then_some(&self.dossier)
    }
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
        self.writing(|conn, seat, held| {
            let mut session = Session::begin(conn, seat, stamp, summarise, held)?;
            let events = match ask(session.dossier(subject)?) {
                Ok(events) => events,
                Err(refusal) => return Ok((session.cancel(), Err(refusal))),
            };
            session.take(subject, &events, &[])?;
            let done = session.finish()?;
            let dossier = match &done.held {
                Some(held) => held.dossier.clone(),
                None => read::dossier(conn, subject)?,
            };
            Ok((done.held, Ok(Committed { dossier, entries: done.entries, cmd: done.cmd })))
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
        let held = self.held.take();
        let (held, out) = run(&self.conn, &mut self.seat, held).map_err(|error| self.fault(error))?;
        self.held = held;
        Ok(out)
    }
}
