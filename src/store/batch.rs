//! Many subjects in one command: an import is there whole or not at all.

use super::{
    Fault, Store,
    session::Session,
    write::{Held, Line, Summarise},
};
use crate::domain::{Dossier, Event, Id, people::Stamp};
use std::ops::RangeInclusive;

/// What follows from a dossier, or why it cannot be.
pub type Ask<'a, R> = Box<dyn FnOnce(&Dossier) -> Result<Vec<Event>, R> + 'a>;

/// Why a batch was not saved. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped<R> {
    /// The step with this index, from 0, was refused.
    Refused(usize, R),
    /// `progress` said to stop.
    Cancelled,
}

/// How far a batch is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// How many steps are taken.
    pub steps: usize,
    /// How many entries of the step at hand are written, if it is not taken yet.
    pub entries: usize,
    /// How many entries it has.
    pub of: usize,
}

/// Entries of one step between two questions whether to go on.
const PIECE: usize = 256;

/// What a batch saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batched {
    /// How many steps were taken.
    pub steps: usize,
    /// The entries that were written; empty when there was nothing to write.
    pub entries: RangeInclusive<i64>,
    /// The number of the command in the chain of this device.
    pub cmd: i64,
}

impl Store {
    /// Asks step after step, each about its own subject, and saves all of it or nothing. `progress` is told how far
    /// it is and says whether to go on, also within a step of many entries. Steps on the same subject are cheapest one after the other.
    pub fn batch<R>(
        &mut self,
        stamp: &Stamp,
        summarise: Summarise<'_>,
        steps: &mut dyn Iterator<Item = (Option<Id>, Ask<'_, R>)>,
        progress: &mut dyn FnMut(Written) -> bool,
    ) -> Result<Result<Batched, Stopped<R>>, Fault> {
        self.with_large_cache(|store| {
            store.writing(|conn, seat, held| {
                let mut session = Session::begin(conn, seat, stamp, summarise, held)?;
                let mut count = 0;
                for (subject, ask) in steps {
                    let events = match ask(session.dossier(subject)?) {
                        Ok(events) => events,
                        Err(refusal) => return Ok(stopped(session, Stopped::Refused(count, refusal))),
                    };
                    let (of, mut entries) = (events.len(), 0);
                    for piece in events.chunks(PIECE) {
                        if !progress(Written { steps: count, entries, of }) {
                            return Ok(stopped(session, Stopped::Cancelled));
                        }
                        session.take(subject, piece, &[])?;
                        entries += piece.len();
                    }
                    count += 1;
                    if !progress(Written { steps: count, ..Written::default() }) {
                        return Ok(stopped(session, Stopped::Cancelled));
                    }
                }
                let done = session.finish(Line::Now)?;
                Ok((done.held, Ok(Batched { steps: count, entries: done.entries, cmd: done.cmd })))
            })
        })
    }

    fn with_large_cache<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        let resize = |store: &Self, size: i64| {
            let sql = format!("PRAGMA cache_size=-{size}; PRAGMA shrink_memory");
            store.conn.execute_batch(&sql).map_err(|error| store.fault(error.into()))
        };
        resize(self, super::schema::LARGE_CACHE)?;
        let out = run(self);
        resize(self, super::schema::CACHE)?;
        out
    }
}

fn stopped<T, R>(session: Session<'_>, why: Stopped<R>) -> (Option<Held>, Result<T, Stopped<R>>) {
    (session.cancel(), Err(why))
}
