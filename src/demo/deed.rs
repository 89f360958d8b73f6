//! What somebody of the sample does, before the names in it are resolved.

use std::collections::BTreeMap;

use super::{
    meetings::Sitting,
    slot::{Slots, resolve},
};
use crate::domain::{
    Id, Kind, Prose,
    command::Command,
    decision::{SignedAct, Triage},
    fields::{Day, Vocabulary},
    people::Role,
    register::FileSeen,
};

/// A command with names in the place of identities.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Enter a system.
    NewSystem(Slots),
    /// Add a thing and remember it by a name.
    Add {
        /// What kind of thing.
        kind: Kind,
        /// What the sample calls it.
        name: String,
        /// Its fields.
        set: Slots,
        /// What the sample calls the thing that it belongs to.
        to: Option<String>,
    },
    /// Edit a named thing.
    Edit {
        /// What kind of thing.
        kind: Kind,
        /// What the sample calls it.
        name: String,
        /// Its fields.
        set: Slots,
        /// Why.
        why: Prose,
    },
    /// Give a role to a named person.
    Assign {
        /// The role.
        role: Role,
        /// Who gets it.
        person: String,
        /// Who acts for them.
        delegate: Option<String>,
        /// The last day.
        until: Option<Day>,
    },
    /// Ask that a residual risk be accepted.
    Propose {
        /// What the sample calls the acceptance.
        name: String,
        /// The threat.
        threat: String,
        /// Why, and on which condition.
        words: (Prose, Prose),
        /// The last day.
        expires: Day,
    },
    /// Attach a file to a named piece of evidence.
    Attach(String, FileSeen),
    /// Accept a named request.
    Accept(String),
    /// Approve a named exception.
    Approve(String),
    /// Decline a named request.
    Refuse(String, Prose),
    /// Record that a named condition is met.
    Meet(String, Prose),
    /// Record that a named trigger fired.
    Fire(String, Prose),
    /// Say what a named trigger leads to.
    Triage(String, Triage, Vec<Role>, Prose),
    /// Register one's own SSH key.
    Register,
    /// Sign the newest act of a kind of one's own with it.
    Seal(SignedAct),
    /// Do something in a meeting.
    Sit(Sitting),
    /// A command without names.
    Plain(Command),
}

impl Deed {
    /// The name under which what it makes is remembered.
    pub fn makes(&self) -> Option<&str> {
        match self {
            Self::Add { name, .. } | Self::Propose { name, .. } | Self::Sit(Sitting::Plan(name, ..)) => Some(name),
            _ => None,
        }
    }

    /// The deed in a few words, for messages.
    pub fn words(&self) -> String {
        match self {
            Self::NewSystem(_) => "enter".into(),
            Self::Add { name, .. } => format!("add {name}"),
            Self::Edit { name, .. } => format!("edit {name}"),
            Self::Assign { role, person, .. } => format!("assign {role:?} to {person}"),
            Self::Propose { name, .. } => format!("propose {name}"),
            Self::Attach(name, _) => format!("attach to {name}"),
            Self::Accept(name) => format!("accept {name}"),
            Self::Approve(name) => format!("approve {name}"),
            Self::Refuse(name, _) => format!("decline {name}"),
            Self::Meet(name, _) => format!("meet {name}"),
            Self::Fire(name, _) => format!("fire {name}"),
            Self::Triage(name, ..) => format!("triage {name}"),
            Self::Register => "register a key".into(),
            Self::Seal(sort) => format!("sign the {}", sort.label()),
            Self::Sit(sitting) => format!("sit in {}", sitting.meeting()),
            Self::Plain(command) => format!("{:?}", command.verb()),
        }
    }

    /// The command, with every name resolved.
    pub fn command(&self, ids: &BTreeMap<String, Id>) -> Result<Command, String> {
        let id = |name: &String| ids.get(name).copied().ok_or_else(|| format!("nothing is called {name} yet"));
        Ok(match self {
            Self::NewSystem(set) => Command::NewSystem(resolve(set, ids)?),
            Self::Add { kind, set, to, .. } => {
                let to = to.as_ref().map(id).transpose()?;
                Command::Add { kind: *kind, set: resolve(set, ids)?, to }
            }
            Self::Edit { kind, name, set, why } => {
                Command::Edit { kind: *kind, id: id(name)?, set: resolve(set, ids)?, why: why.clone() }
            }
            Self::Assign { role, person, delegate, until } => {
                let delegate = delegate.as_ref().map(id).transpose()?;
                Command::Assign { role: *role, person: id(person)?, delegate, until: *until }
            }
            Self::Propose { threat, words, expires, .. } => Command::Propose {
                threat: id(threat)?,
                reason: words.0.clone(),
                condition: words.1.clone(),
                expires: Some(*expires),
                requester: None,
            },
            Self::Attach(name, file) => Command::Attach { evidence: id(name)?, file: file.clone() },
            Self::Accept(name) => Command::AcceptRisk(id(name)?),
            Self::Approve(name) => Command::DecideException { id: id(name)?, approve: true, why: Prose::default() },
            Self::Refuse(name, why) => Command::DeclineRisk(id(name)?, why.clone()),
            Self::Meet(name, proof) => Command::MeetCondition(id(name)?, proof.clone()),
            Self::Fire(name, why) => Command::Fire(id(name)?, why.clone()),
            Self::Triage(name, outcome, roles, why) => Command::Triage(id(name)?, *outcome, roles.clone(), why.clone()),
            Self::Register | Self::Seal(_) => return Err("this needs more than names".to_owned()),
            Self::Sit(sitting) => sitting.command(ids)?,
            Self::Plain(Command::RecordChange { what, fires }) => {
                let mark = |mark: &String| ids.get(mark).map_or_else(|| mark.clone(), ToString::to_string);
                Command::RecordChange { what: what.clone(), fires: fires.iter().map(mark).collect() }
            }
            Self::Plain(command) => command.clone(),
        })
    }
}
