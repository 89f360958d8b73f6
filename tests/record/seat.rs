//! What every test of the record needs: a person at a desk, and small events.

use docket::{
    domain::{
        Change, Dossier, Event, Id, Kind, Prose,
        fields::{Day, Moment},
        people::{Role, Stamp},
        summary::{NextStep, Summary},
        value::Value,
    },
    store::{Committed, Fault, Open, Store},
};

pub const ADA: Id = Id([0xAD; 16]);
pub const BEN: Id = Id([0xBE; 16]);

pub fn stamp_of(by: Id, at: i64) -> Stamp {
    Stamp {
        at: Moment(1_700_000_000_000 + at),
        today: Day::parse("2026-11-21").unwrap(),
        by,
        name: if by == ADA { "Ada" } else { "Ben" }.into(),
        role: Role::Security,
        meeting: None,
        chance: docket::clock::chance(),
        made: std::cell::Cell::new(0),
    }
}

pub fn stamp() -> Stamp {
    stamp_of(ADA, 0)
}

pub fn id(n: u32) -> Id {
    let mut bytes = [0x11; 16];
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    Id(bytes)
}

pub fn text(text: &str) -> Value {
    Value::Text(text.into())
}

pub fn event(of: Kind, verb: &'static str, entity: Id, set: &[(&str, Value, Value)]) -> Event {
    let change = |(field, old, new): &(&str, Value, Value)| Change {
        field: (*field).into(),
        old: old.clone(),
        new: new.clone(),
    };
    Event { of, verb: verb.into(), entity, set: set.iter().map(change).collect(), why: Prose::default(), attach: None }
}

/// Adds something that has a name or a title.
pub fn add(of: Kind, entity: Id, name: &str) -> Event {
    let field = if of.field("name").is_some() { "name" } else { "title" };
    event(of, "add", entity, &[(field, Value::Null, text(name))])
}

pub fn rename(of: Kind, entity: Id, old: &str, new: &str) -> Event {
    let field = if of.field("name").is_some() { "name" } else { "title" };
    event(of, "edit", entity, &[(field, text(old), text(new))])
}

/// A line of the dashboard that depends on the dossier.
pub fn summarise(dossier: &Dossier) -> Option<Summary> {
    let system = dossier.systems.first().filter(|system| !system.archived)?;
    let step = |what: &str| NextStep {
        role: Role::Security,
        person: dossier.people.first().map(|person| person.id),
        what: what.into(),
        since: None,
        due: Day::parse("2026-12-01"),
        place: "threats".into(),
    };
    let threats = dossier.threats.iter().filter(|threat| !threat.archived);
    Some(Summary {
        name: system.name.clone(),
        threats: u32::try_from(threats.clone().count()).unwrap(),
        rank: i64::try_from(threats.clone().count()).unwrap(),
        good_until: Day::parse("2026-11-30"),
        steps: threats.map(|threat| step(threat.title.as_str())).collect(),
        ..Summary::default()
    })
}

pub fn commit(store: &mut Store, subject: Option<Id>, events: Vec<Event>) -> Committed {
    try_commit(store, subject, events).unwrap()
}

pub fn try_commit(store: &mut Store, subject: Option<Id>, events: Vec<Event>) -> Result<Committed, Fault> {
    store.transact(subject, &stamp(), &summarise, |_| Ok::<_, ()>(events)).map(Result::unwrap)
}

/// A system with three threats, and two people.
pub fn fill(store: &mut Store) {
    commit(store, None, vec![add(Kind::Person, ADA, "Ada"), add(Kind::Person, BEN, "Ben")]);
    let threats = (1..=3).map(|n| add(Kind::Threat, id(n), &format!("threat {n}")));
    commit(store, Some(id(100)), std::iter::once(add(Kind::System, id(100), "Chat")).chain(threats).collect());
}

pub fn create() -> Open {
    Open { create: true, ..Open::default() }
}

/// The sentences of a full check.
pub fn problems(store: &Store) -> Vec<String> {
    store.verify(&mut |_| ()).unwrap().problems
}
