//! What was worked out from a dossier, kept for as long as nothing that it depends on changes.
//!
//! The gate is asked by the rule, by the line of the dashboard and by every pane, one after the other and of the same
//! dossier. Each answer is kept under the stamps of the rows that it was made from, so that a stale one is never given.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    Dossier, Id, Kind,
    decision::{Gap, Looked, Section},
    fields::{Day, Digest},
    register::{Against, Verified},
};

/// More fingerprints than this are not kept: one for each role in this review and in the one before, one for each hand-off
/// that carries content.
const PRINTS: usize = 20;

/// Which state of a dossier something was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Of {
    subject: Option<Id>,
    day: Option<Day>,
    stamps: Vec<u64>,
}

impl Of {
    /// The state of these kinds on a day, if the day matters.
    pub fn kinds(dossier: &Dossier, kinds: &[Kind], day: Option<Day>) -> Self {
        let stamps = kinds.iter().map(|kind| dossier.stamp(*kind));
        Self { subject: dossier.subject, day, stamps: stamps.chain([dossier.defaults.stamp()]).collect() }
    }
}

/// Whose fingerprint: the sections and the review.
type Print = (&'static [Section], Option<Id>);

#[derive(Debug, Clone, Default)]
struct Kept {
    gaps: Option<(Of, Arc<[Arc<Gap>]>)>,
    against: Option<(Of, Arc<Against>)>,
    verified: Option<(Of, Arc<Verified>)>,
    prints: Vec<(Of, Print, Digest)>,
    /// What follows from each part of the register, by its stamp.
    threats: Option<(Of, Holders, HashMap<u64, Arc<Looked>>)>,
}

/// Who holds each role.
type Holders = Vec<Option<Id>>;

/// Where one answer is kept.
type Slot<T> = fn(&mut Kept) -> &mut Option<(Of, Arc<T>)>;

/// The answers that are kept with one dossier.
#[derive(Debug, Default)]
pub struct Memo(Mutex<Kept>);

impl Clone for Memo {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.kept().clone()))
    }
}

impl PartialEq for Memo {
    /// Dossiers are equal whatever was asked of them.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Memo {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The gaps of the gate; made where they are not kept.
    pub fn gaps(&self, of: Of, make: impl FnOnce() -> Vec<Arc<Gap>>) -> Arc<[Arc<Gap>]> {
        self.once(|kept| &mut kept.gaps, of, || make().into())
    }

    /// Which controls stand against which threat; made where it is not kept.
    pub fn against(&self, of: Of, make: impl FnOnce() -> Against) -> Arc<Against> {
        self.once(|kept| &mut kept.against, of, || make().into())
    }

    /// Which controls may be credited; made where it is not kept.
    pub fn verified(&self, of: Of, make: impl FnOnce() -> Verified) -> Arc<Verified> {
        self.once(|kept| &mut kept.verified, of, || make().into())
    }

    /// Whoever makes an answer may ask for another one: nothing is locked meanwhile.
    fn once<T: ?Sized>(&self, slot: Slot<T>, of: Of, make: impl FnOnce() -> Arc<T>) -> Arc<T> {
        if let Some((kept, found)) = slot(&mut self.kept())
            && *kept == of
        {
            return found.clone();
        }
        let fresh = make();
        *slot(&mut self.kept()) = Some((of, fresh.clone()));
        fresh
    }

    /// What follows from the parts of the register with these stamps; `make` is asked for those that are not kept.
    pub fn threats(
        &self,
        (of, holders): (Of, &[Option<Id>]),
        stamps: impl Iterator<Item = u64>,
        make: impl Fn(usize) -> Looked,
    ) -> Vec<Arc<Looked>> {
        let mut kept = match self.kept().threats.take() {
            Some((kept, held, parts)) if kept == of && held == holders => parts,
            Some(_) | None => HashMap::new(),
        };
        let found = |(at, stamp)| (stamp, kept.remove(&stamp).unwrap_or_else(|| Arc::new(make(at))));
        let parts: Vec<(u64, Arc<Looked>)> = stamps.enumerate().map(found).collect();
        let all = parts.iter().map(|(_, part)| part.clone()).collect();
        self.kept().threats = Some((of, holders.to_vec(), parts.into_iter().collect()));
        all
    }

    /// A fingerprint; made where it is not kept.
    pub fn print(&self, of: Of, print: Print, make: impl FnOnce() -> Digest) -> Digest {
        let found = self.kept().prints.iter().find(|kept| kept.1 == print && kept.0 == of).map(|kept| kept.2.clone());
        found.unwrap_or_else(|| {
            let fresh = make();
            let prints = &mut self.kept().prints;
            prints.retain(|kept| kept.1 != print);
            prints.truncate(PRINTS - 1);
            prints.insert(0, (of, print, fresh.clone()));
            fresh
        })
    }
}
