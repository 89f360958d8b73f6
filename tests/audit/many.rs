//! A long journal: only stretches of it are read, and everything that fits is found.

use docket::{
    desk::{Desk, Paths},
    domain::{
        Change, Event, Id, Kind, Prose,
        fields::Moment,
        log::{Act, LogQuery},
        people::{Role, Stamp},
        summary::summarise,
        value::Value,
    },
    store::{Open, Store},
};

const SYSTEM: Id = Id([0x5a; 16]);

fn event(of: Kind, verb: &'static str, id: Id, field: &str, new: &str) -> Event {
    let set = vec![Change { field: field.into(), old: Value::Null, new: Value::from(new) }];
    Event { of, verb: verb.into(), entity: id, set, why: Prose::default(), attach: None }
}

fn id(n: u32) -> Id {
    let mut bytes = [0x22; 16];
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    Id(bytes)
}

/// Every hundredth is a round one.
fn title(n: u32) -> String {
    format!("threat number {n}{}", if n.is_multiple_of(100) { " is round" } else { "" })
}

#[test]
fn a_long_journal_is_looked_through_in_stretches() {
    const MANY: u32 = 12_000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let mut store = Store::open(&path, Open { create: true, ..Open::default() }).unwrap();
    let stamp = Stamp {
        at: Moment(1_772_442_000_000),
        today: docket::clock::today(),
        by: id(1),
        name: "Ada".into(),
        role: Role::Security,
        meeting: None,
        chance: docket::clock::chance(),
        made: 0.into(),
    };
    let line = |dossier: &docket::domain::Dossier| summarise(dossier, docket::clock::today());
    let mut write = |subject, events: Vec<Event>| {
        store.transact(subject, &stamp, &line, |_| Ok::<_, ()>(events)).unwrap().unwrap();
    };
    write(None, vec![event(Kind::Person, "add", id(1), "name", "Ada")]);
    let threats = (0..MANY).map(|n| event(Kind::Threat, "add", id(100 + n), "title", &title(n)));
    write(Some(SYSTEM), std::iter::once(event(Kind::System, "add", SYSTEM, "name", "Chat")).chain(threats).collect());
    store.close().unwrap();

    let desk = Desk::open(Paths { record: path, state: None }, false).unwrap();
    let all = |query| desk.log_all(query, usize::MAX).unwrap();
    for system in [None, Some(SYSTEM)] {
        let query = LogQuery::of(system);
        let expected = if system.is_some() { 12_001 } else { 12_003 };
        assert_eq!(all(query.clone()).len(), expected);
        let words = |words: &str| LogQuery { words: words.into(), ..query.clone() };
        assert_eq!(all(words("round")).len(), 120);
        assert_eq!(all(words("threat NUMBER 11999\"")).len(), 1);
        assert_eq!(all(words("no such thing")).len(), 0);
        assert_eq!(all(LogQuery { act: Some(Act::Decisions), ..query.clone() }).len(), 0);
        let newest = desk.log(query.clone()).unwrap();
        assert!(newest.lines.len() < 12_000 && !newest.done, "only a part is read at once");
        assert!(newest.lines.windows(2).all(|pair| pair[0].line.n > pair[1].line.n), "newest first, none twice");
    }
}
