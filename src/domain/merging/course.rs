//! A system as its journal tells it, entry by entry; and as whoever wrote an entry had it before them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Dossier, Event, Id, Kind, Moment};
use crate::domain::{
    Prose,
    fields::Vocabulary,
    journal::{Body, Content, Sealed, Seen},
    people::Role,
};

/// Whether rows of the record stand in the dossier of every system.
pub fn is_everywhere(kind: Kind) -> bool {
    matches!(kind, Kind::Person | Kind::Shelf | Kind::Policy)
}

/// A dossier that grows entry by entry.
#[derive(Debug, Default)]
pub struct Retold {
    /// The system as it is by now.
    pub dossier: Dossier,
    /// The roles by default, which belong to the record.
    record: Dossier,
}

impl Retold {
    /// A system of which nothing is told yet.
    pub fn of(system: Id) -> Self {
        Self { dossier: Dossier { subject: Some(system), ..Dossier::default() }, ..Self::default() }
    }

    /// Takes in one entry, as it would be found among the rows.
    pub fn take(&mut self, of: Kind, entity: Id, body: &Body) {
        let set = body.set.clone();
        let event = Event { of, verb: String::new().into(), entity, set, why: Prose::default(), attach: None };
        if body.system.is_some() || is_everywhere(of) {
            self.dossier.apply(&event);
        } else if of == Kind::Assignment {
            self.record.apply(&event);
            self.dossier.defaults = self.record.assignments.clone();
        }
    }
}

/// An entry as far as it says something.
#[derive(Debug, Clone)]
pub struct Told {
    /// The chain that it is in.
    pub device: Id,
    /// Its number there.
    pub seq: i64,
    /// The number of the first entry of the same command.
    pub cmd: i64,
    /// What the clock said.
    pub at: Moment,
    /// Who.
    pub actor: Id,
    /// In which role; none where no role is called so.
    pub role: Option<Role>,
    /// The intent: `signoff.sign`.
    pub kind: String,
    /// The kind of thing that it is about; none where it is about the journal itself.
    pub of: Option<Kind>,
    /// The thing.
    pub entity: Id,
    /// What it says.
    pub body: Body,
}

impl Told {
    /// Whether it was done together with another one.
    pub fn is_with(&self, other: &Self) -> bool {
        (self.device, self.cmd) == (other.device, other.cmd)
    }
}

/// All that a file tells of a system, in its order.
#[derive(Debug)]
pub struct Course {
    system: Id,
    told: Vec<Told>,
    /// What each chain says that it has seen of the others, and with which entry.
    seen: BTreeMap<Id, Vec<(i64, Seen)>>,
    /// Chains of which something is held back, or that never say what they saw: for them, what lies before was seen.
    silent: BTreeSet<Id>,
}

impl Course {
    /// Nothing of it is told yet.
    pub fn of(system: Id) -> Self {
        Self { system, told: Vec::new(), seen: BTreeMap::new(), silent: BTreeSet::new() }
    }

    /// Takes in the next entry of the file.
    pub fn take(&mut self, entry: &Sealed) {
        let e = &entry.envelope;
        let Content::Kept { body, .. } = &entry.content else {
            self.silent.insert(e.device);
            return;
        };
        let body = Body::parse(body);
        match &body.seen {
            Some(seen) => self.seen.entry(e.device).or_default().push((e.seq, seen.clone())),
            None if e.seq == 1 => _ = self.silent.insert(e.device),
            None => {}
        }
        if body.system.is_some_and(|of| of != self.system) {
            return;
        }
        self.told.push(Told {
            device: e.device,
            seq: e.seq,
            cmd: e.cmd,
            at: e.at,
            actor: e.actor,
            role: Role::parse(&e.role),
            kind: e.kind.clone(),
            of: e.kind.split('.').next().and_then(Kind::parse),
            entity: e.entity,
            body,
        });
    }

    /// Its entries, in the order of the file.
    pub fn told(&self) -> &[Told] {
        &self.told
    }

    /// The system at the end of the file.
    pub fn end(&self) -> Dossier {
        self.with(self.told.iter())
    }

    /// The system as whoever wrote an entry had it before them when they gave the command that it is of.
    pub fn before(&self, entry: &Told) -> Dossier {
        self.seen_by(entry, entry.cmd)
    }

    /// The same with what that command had done by then.
    pub fn right_before(&self, entry: &Told) -> Dossier {
        self.seen_by(entry, entry.seq)
    }

    fn seen_by(&self, entry: &Told, upto: i64) -> Dossier {
        let sight = (!self.silent.contains(&entry.device)).then(|| self.sight(entry));
        let until = self.told.iter().position(|told| told.is_with(entry)).unwrap_or(self.told.len());
        let seen = |(at, told): &(usize, &Told)| match &sight {
            _ if told.device == entry.device => told.seq < upto,
            None => *at < until,
            Some(sight) => sight.get(&told.device).is_some_and(|seq| told.seq <= *seq),
        };
        self.with(self.told.iter().enumerate().filter(seen).map(|(_, told)| told))
    }

    fn with<'a>(&self, told: impl Iterator<Item = &'a Told>) -> Dossier {
        let mut retold = Retold::of(self.system);
        for (told, of) in told.filter_map(|told| Some((told, told.of?))) {
            retold.take(of, told.entity, &told.body);
        }
        retold.dossier
    }

    /// How far of each chain its writer had seen, by way of others too.
    fn sight(&self, entry: &Told) -> BTreeMap<Id, i64> {
        let (mut upto, mut open) = (BTreeMap::new(), vec![(entry.device, entry.seq)]);
        while let Some((device, seq)) = open.pop() {
            if upto.get(&device).is_some_and(|known| *known >= seq) {
                continue;
            }
            upto.insert(device, seq);
            let said = self.seen.get(&device).into_iter().flatten().filter(|(at, _)| *at <= seq);
            open.extend(said.flat_map(|(_, seen)| seen.iter().map(|(device, (seq, _))| (*device, *seq))));
        }
        upto
    }
}
