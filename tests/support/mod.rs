//! A bench for the rules: one dossier, five people (or one), and a clock that moves only when told to.
//!
//! `Desk::of_five().ready(Data::Personal)` is a review that only waits for its decision; [`Desk`] stages in `stages.rs`
//! bring it anywhere on the way there, `mend.rs` closes any gap at the place that the gap itself names.
#![allow(dead_code, reason = "each test program uses another part of the bench")]

#[path = "break.rs"]
mod breaking;
pub mod checklist;
pub mod mend;
mod record;
mod stages;

pub use stages::Data;

use docket::domain::{
    Change, Dossier, Event, Id, Kind, Prose, Refusal, Rule,
    command::{Command, Fields},
    decision::{Gap, gate},
    fields::{Day, Moment},
    people::{Role, Stamp},
    rules::decide,
    value::Value,
};

pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * 60 * MINUTE;
/// The Monday on which every bench begins: 2026-03-02, nine o'clock UTC.
pub const START: Moment = Moment(1_772_442_000_000);

/// Who gave a command, in which role, when, and the number of it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Act {
    role: Role,
    person: Id,
    at: Moment,
    command: u32,
}

/// The dossier, whoever acts on it, and what has happened to it.
#[derive(Clone)]
pub struct Desk {
    pub dossier: Dossier,
    pub now: Moment,
    /// Everything that has happened, oldest first: replaying it gives `dossier`.
    pub events: Vec<Event>,
    /// Of each of them, who did it in which role and with which command; none for a fact that no rule was asked about.
    acts: Vec<Option<Act>>,
    /// Who holds the five review roles, in the order of `Role::REVIEW`; five times the same where one does it all.
    pub people: [Id; 5],
    commands: u32,
    /// Which desk of several this is; their identities differ.
    lane: u8,
}

impl Desk {
    /// Nothing but the identity of the system that it will be about.
    pub fn empty() -> Self {
        let dossier = Dossier { subject: Some(Id([0xee; 16])), ..Dossier::default() };
        Self {
            dossier,
            now: START,
            events: Vec::new(),
            acts: Vec::new(),
            people: [Id([0; 16]); 5],
            commands: 0,
            lane: 0,
        }
    }

    /// Five people, each in one review role, and a system that has nothing but a name.
    pub fn of_five() -> Self {
        Self::staffed(&["Olga Owner", "Sam Security", "Gwen Governance", "Dara Dpo", "Aron Authority"])
    }

    /// One person in all five roles, and a system that has nothing but a name.
    pub fn of_one() -> Self {
        Self::staffed(&["Uma Universal"])
    }

    fn staffed(names: &[&str]) -> Self {
        Self::empty().staffed_with(names)
    }

    /// [`Self::of_five`], as one of several desks whose systems may stand in one record.
    pub fn of_five_in(lane: u8) -> Self {
        let mut desk = Self::empty();
        desk.lane = lane;
        desk.dossier.subject = Some(Id([lane; 16]));
        desk.staffed_with(&["Olga Owner", "Sam Security", "Gwen Governance", "Dara Dpo", "Aron Authority"])
    }

    /// One person in all five roles of several systems that may stand in one record, named System 01 and so on; and how
    /// many events, those of the person, are the same on every desk.
    pub fn of_one_in_each(systems: u8) -> (Vec<Self>, usize) {
        let mut base = Self::empty();
        let who = base.person("Uma Universal");
        base.people = [who; 5];
        let known = base.events.len();
        let one = |lane: u8| {
            let mut desk = base.clone();
            desk.lane = lane;
            desk.dossier.subject = Some(Id([lane; 16]));
            for role in Role::REVIEW {
                desk.must(Role::Owner, assign(role, who));
            }
            let name = format!("System {lane:02}");
            desk.must(Role::Owner, Command::NewSystem(fields([("name", text(&name))])));
            desk
        };
        ((1..=systems).map(one).collect(), known)
    }

    fn staffed_with(self, names: &[&str]) -> Self {
        let mut desk = self;
        let ids: Vec<Id> = names.iter().map(|name| desk.person(name)).collect();
        desk.people = std::array::from_fn(|at| ids[at.min(ids.len() - 1)]);
        for (role, person) in Role::REVIEW.into_iter().zip(desk.people) {
            desk.must(Role::Owner, assign(role, person));
        }
        desk.must(Role::Owner, Command::NewSystem(fields([("name", text("Helpdesk assistant"))])));
        desk
    }

    /// Enters a person into the record.
    pub fn person(&mut self, name: &str) -> Id {
        self.must(Role::Owner, add(Kind::Person, [("name", text(name)), ("title", text("Head of it"))]));
        self.last(Kind::Person)
    }

    /// Whoever was given a review role at the start.
    pub fn who(&self, role: Role) -> Id {
        Role::REVIEW.iter().position(|r| *r == role).map_or(self.people[0], |at| self.people[at])
    }

    /// The day it is.
    pub fn today(&self) -> Day {
        day_of(self.now)
    }

    /// The day in `days`.
    pub fn day(&self, days: i64) -> Day {
        self.today().plus(days)
    }

    /// Lets `days` go by.
    pub fn wait(&mut self, days: i64) -> &mut Self {
        self.now = Moment(self.now.0 + days * DAY);
        self
    }

    /// Who acts now, in which hat.
    pub fn stamp(&self, role: Role, by: Id) -> Stamp {
        let mut chance = [0; 10];
        chance[..4].copy_from_slice(&self.commands.to_be_bytes());
        chance[9] = self.lane;
        let name = self.dossier.person_name(by).cloned().unwrap_or_default();
        Stamp {
            at: self.now,
            today: self.today(),
            by,
            name,
            role,
            meeting: None,
            chance,
            made: std::cell::Cell::new(0),
        }
    }

    /// Asks the rules, as `person` in the hat `role`; what follows is applied. Each asking takes a minute.
    #[allow(clippy::needless_pass_by_value, reason = "reads as a sentence where it is called")]
    pub fn act(&mut self, role: Role, person: Id, command: Command) -> Result<(), Refusal> {
        self.now = Moment(self.now.0 + MINUTE);
        self.commands += 1;
        let events = decide(&self.dossier, &command, &self.stamp(role, person))?;
        let act = Act { role, person, at: self.now, command: self.commands };
        for event in events {
            self.happen(event, Some(act));
        }
        Ok(())
    }

    /// [`Self::act`] by whoever holds the role.
    pub fn by(&mut self, role: Role, command: Command) -> Result<(), Refusal> {
        self.act(role, self.who(role), command)
    }

    /// [`Self::by`], about the record itself and no system of it.
    pub fn alone(&mut self, role: Role, command: Command) -> Result<(), Refusal> {
        let subject = self.dossier.subject.take();
        let done = self.by(role, command);
        self.dossier.subject = subject;
        done
    }

    /// [`Self::by`], for what has to go through.
    #[track_caller]
    pub fn must(&mut self, role: Role, command: Command) -> &mut Self {
        let verb = command.verb();
        if let Err(refusal) = self.by(role, command) {
            panic!("{role:?} {verb:?}: {:?}: {refusal}", refusal.rule);
        }
        self
    }

    /// [`Self::by`], for what has to be refused by the rule `broken`, in a whole sentence and without a trace.
    #[track_caller]
    pub fn refused(&mut self, role: Role, command: Command, broken: Rule) -> Refusal {
        self.refused_to(role, self.who(role), command, broken)
    }

    /// [`Self::act`], for what has to be refused by the rule `broken`, in a whole sentence and without a trace.
    #[track_caller]
    pub fn refused_to(&mut self, role: Role, person: Id, command: Command, broken: Rule) -> Refusal {
        let (before, verb) = (self.dossier.clone(), command.verb());
        let refusal = self.act(role, person, command).expect_err("it has to be refused");
        assert_eq!(refusal.rule, broken, "{role:?} {verb:?}: {refusal}");
        assert_sentence(&refusal);
        assert!(self.dossier == before, "a refusal changes nothing");
        refusal
    }

    /// A fact that no rule was asked about: what a tampered file or a bug elsewhere would bring.
    pub fn fact<const N: usize>(&mut self, kind: Kind, id: Id, set: [(&str, Value); N]) -> &mut Self {
        let set = fields(set).into_iter().map(|(field, new)| {
            let old = self.dossier.find(kind, id).map_or(Value::Null, |row| row.get(&field));
            Change { field, old, new }
        });
        let set = set.collect();
        self.happen(
            Event { of: kind, verb: "edit".into(), entity: id, set, why: Prose::default(), attach: None },
            None,
        );
        self
    }

    fn happen(&mut self, event: Event, act: Option<Act>) {
        self.dossier.apply(&event);
        self.events.push(event);
        self.acts.push(act);
    }

    /// The newest thing of a kind.
    #[track_caller]
    pub fn last(&self, kind: Kind) -> Id {
        self.dossier.rows(kind).last().unwrap_or_else(|| panic!("there is no {}", kind.label())).id()
    }

    /// What stands between the review and its clearance today.
    pub fn gate(&self) -> Vec<Gap> {
        gate(&self.dossier, self.today())
    }

    /// The gate in words, for messages.
    pub fn gaps(&self) -> Vec<String> {
        self.gate().iter().map(|gap| format!("{} {}: {}", gap.condition, gap.role.short(), gap.what)).collect()
    }
}

/// A refusal is a whole sentence, and so is its hint.
#[track_caller]
pub fn assert_sentence(refusal: &Refusal) {
    let whole = |says: &str| says.ends_with(['.', '?']) && says.starts_with(|c: char| c.is_uppercase() || c == '"');
    assert!(whole(&refusal.says), "not a sentence: {}", refusal.says);
    assert!(refusal.hint.is_empty() || whole(&refusal.hint), "not a sentence: {}", refusal.hint);
}

/// The UTC day of a moment.
pub fn day_of(at: Moment) -> Day {
    let at = chrono::DateTime::from_timestamp_millis(at.0).expect("a moment of our time");
    Day(at.date_naive())
}

pub fn text(text: &str) -> Value {
    Value::from(text)
}

pub fn int(n: i64) -> Value {
    Value::Int(n)
}

pub fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| (*item).to_owned()).collect())
}

pub fn reference(id: Id) -> Value {
    Value::Text(id.to_string())
}

pub fn date(day: Day) -> Value {
    Value::Text(day.to_string())
}

pub fn fields<const N: usize>(set: [(&str, Value); N]) -> Fields {
    set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

pub fn add<const N: usize>(kind: Kind, set: [(&str, Value); N]) -> Command {
    Command::Add { kind, set: fields(set), to: None }
}

pub fn add_to<const N: usize>(to: Id, kind: Kind, set: [(&str, Value); N]) -> Command {
    Command::Add { kind, set: fields(set), to: Some(to) }
}

pub fn edit<const N: usize>(kind: Kind, id: Id, set: [(&str, Value); N]) -> Command {
    Command::Edit { kind, id, set: fields(set), why: Prose::default() }
}

pub fn withdraw(kind: Kind, id: Id) -> Command {
    Command::Withdraw { kind, id, why: "It was a mistake.".into() }
}

pub fn assign(role: Role, person: Id) -> Command {
    Command::Assign { role, person, delegate: None, until: None }
}
