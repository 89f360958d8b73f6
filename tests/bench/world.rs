//! Records to measure on, of any size, made through the rules and the store as a person's would be.

use std::path::Path;

use docket::{
    clock,
    desk::{Desk, Paths, stamp},
    domain::{
        Change, Dossier, Event, Id, Kind, Prose, Refusal,
        command::{Command, Fields},
        people::{Role, Stamp},
        rules::decide,
        summary::{Summary, summarise},
        value::Value,
    },
    store::{Ask, Open, Store},
};

/// How many systems go into one transaction.
const AT_ONCE: usize = 500;

const THREATS: [&str; 7] = [
    "Instructions hidden in a document are followed",
    "An answer names a person who is not asking",
    "The tool is called with somebody else's rights",
    "A wrong figure is passed on unchecked",
    "Retrieved text carries a secret into the answer",
    "The model is exchanged by its vendor overnight",
    "Nobody notices that the answers get worse",
];

const SYSTEMS: [&str; 6] =
    ["Claims triage", "Parts lookup", "Letter drafts", "Meter check", "Shift planner", "Leaflet search"];

/// One person with every hat of a review, and this many systems; between them so many threats.
pub struct Size {
    pub systems: usize,
    pub threats: usize,
    /// Threats in the first system beside its share.
    pub first: usize,
}

/// Makes a record at `path` and answers with whoever works in it.
pub fn make(path: &Path, size: &Size) -> Id {
    let paths = Paths { record: path.to_owned(), state: None };
    let mut desk = Desk::create(paths, false).expect("a new record");
    let me = desk.begin("Uma Universal", "Head of everything", &Role::REVIEW).expect("the first person");
    desk.close().expect("it closes");
    let mut store = Store::open(path, Open::default()).expect("it opens");
    let numbers: Vec<usize> = (0..size.systems).collect();
    for part in numbers.chunks(AT_ONCE) {
        let stamp = stamp(me, "Uma Universal".into(), Role::Security);
        let mut steps = part.iter().map(|n| {
            let share = size.threats * (n + 1) / size.systems - size.threats * n / size.systems;
            let (stamp, threats) = (&stamp, share + if *n == 0 { size.first } else { 0 });
            let ask: Ask<'_, Refusal> = Box::new(move |dossier: &Dossier| Ok(system(dossier, *n, threats, stamp)));
            (Some(stamp.fresh()), ask)
        });
        let done = store.batch(&stamp, &today, &mut steps, &mut |_| true).expect("it is written");
        done.unwrap_or_else(|_| panic!("nothing is refused"));
    }
    store.close().expect("it closes");
    me
}

/// The line of the dashboard as of today.
pub fn today(dossier: &Dossier) -> Option<Summary> {
    summarise(dossier, clock::today())
}

/// A dossier with so many threats, without a file.
pub fn dossier(threats: usize) -> Dossier {
    let me = Id([7; 16]);
    let stamp = stamp(me, "Uma Universal".into(), Role::Security);
    let mut dossier = Dossier { subject: Some(stamp.fresh()), ..Dossier::default() };
    dossier.apply(&event(Kind::Person, me, [("name", text("Uma Universal"))]));
    for role in Role::REVIEW {
        let set = [("role", text(docket::domain::fields::Vocabulary::code(role))), ("person", text(&me.to_string()))];
        let given = event(Kind::Assignment, stamp.fresh(), set);
        dossier.apply(&given);
    }
    dossier.defaults.clone_from(&dossier.assignments);
    for event in system(&dossier, 0, threats, &stamp) {
        dossier.apply(&event);
    }
    dossier
}

/// Everything that happens to one system: entered, described, threats scored, half of them answered by a control.
fn system(dossier: &Dossier, n: usize, threats: usize, stamp: &Stamp) -> Vec<Event> {
    let id = dossier.subject.expect("a subject");
    let name = format!("{} {n}", SYSTEMS[n % SYSTEMS.len()]);
    let set: Fields = vec![("name".into(), text(&name))];
    let mut events = decide(dossier, &Command::NewSystem(set), stamp).expect("a system may be entered");
    let words = [("purpose", "Saves a walk to the archive."), ("users", "forty clerks"), ("lifecycle", "pilot")];
    events.push(edit(Kind::System, id, words.map(|(field, words)| (field, text(words)))));
    for flow in ["Question", "Answer"] {
        let set = [("name", text(flow)), ("origin", text("Clerk")), ("target", text("Model"))];
        events.push(event(Kind::Flow, stamp.fresh(), set));
    }
    for at in 0..threats {
        let threat = stamp.fresh();
        events.push(event(Kind::Threat, threat, scored(at, n)));
        if at % 2 == 0 {
            events.extend(control(threat, at, stamp));
        }
    }
    events
}

/// One threat in nine is not scored yet.
fn scored(at: usize, n: usize) -> Vec<(&'static str, Value)> {
    let number = i64::try_from(at + 1).expect("a number");
    let mut set = vec![
        ("number", Value::Int(number)),
        ("title", text(&format!("{} ({number})", THREATS[(at + n) % THREATS.len()]))),
        ("treatment", text("mitigate")),
        ("status", text("identified")),
    ];
    if (at + n) % 9 != 4 {
        set.push(("likelihood", Value::Int(number % 5 + 1)));
        set.push(("impact", Value::Int(number * 3 % 5 + 1)));
    }
    set
}

fn control(threat: Id, at: usize, stamp: &Stamp) -> [Event; 2] {
    let id = stamp.fresh();
    let set = [
        ("number", Value::Int(i64::try_from(at / 2 + 1).expect("a number"))),
        ("title", text("A second pair of eyes before it leaves the house")),
        ("owner_role", text("builder")),
        ("gate", text("pre_production")),
        ("method", text("test")),
        ("status", text("implemented")),
    ];
    let link =
        [("threat", text(&threat.to_string())), ("control", text(&id.to_string())), ("less_likely", Value::Int(1))];
    [event(Kind::Control, id, set), event(Kind::Link, stamp.fresh(), link)]
}

fn text(text: &str) -> Value {
    Value::from(text)
}

fn event(of: Kind, entity: Id, set: impl IntoIterator<Item = (&'static str, Value)>) -> Event {
    let set = set.into_iter().map(|(field, new)| Change { field: field.into(), old: Value::Null, new }).collect();
    Event { of, verb: "add".into(), entity, set, why: Prose::default(), attach: None }
}

fn edit(of: Kind, entity: Id, set: impl IntoIterator<Item = (&'static str, Value)>) -> Event {
    Event { verb: "edit".into(), ..event(of, entity, set) }
}
