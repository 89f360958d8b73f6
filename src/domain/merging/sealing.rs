//! Whether an act that came in is signed with an SSH key, and whether this record knows the key.

use super::{Dossier, Event, Id, Kind, Prose};
use crate::domain::{
    decision::{
        Signature, SignedAct, keys_of, signable, signature_wrong,
        sshsig::{key_print, same_key},
    },
    event::Change,
    value::Value,
};

/// How the SSH signature of an act that came in stands, judged by the keys that are registered here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sealing {
    /// Nobody signed it.
    Unsigned,
    /// It fits, and its key is registered here with this person.
    Verifies(String),
    /// It fits, and its key, which people compare by this, is not registered here with whoever did the act.
    Unknown(String),
    /// It does not fit; why, in a whole sentence.
    Wrong(String),
}

impl Sealing {
    /// In a clause.
    pub fn says(&self) -> String {
        match self {
            Self::Unsigned => "not signed".to_owned(),
            Self::Verifies(who) => format!("signed, verifies as {who}"),
            Self::Unknown(print) => format!("signed, key {print} not registered here"),
            Self::Wrong(why) => format!("signature does NOT fit: {}", why.trim_end_matches('.')),
        }
    }

    /// For scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Verifies(_) => "verifies",
            Self::Unknown(_) => "unknown_key",
            Self::Wrong(_) => "wrong",
        }
    }
}

/// The signature of an act as `there` has it, by the keys of `here`: the newest that verifies, else the newest.
pub(super) fn sealing(there: &Dossier, here: &Dossier, sort: SignedAct, act: Id) -> Sealing {
    let own = |signature: &&Signature| signature.act == Some(act) && signature.sort == Some(sort);
    let judged = |signature: &Signature| judged(there, here, signature);
    let all: Vec<Sealing> = there.signatures.iter().rev().filter(own).map(judged).collect();
    let verifies = all.iter().find(|one| matches!(one, Sealing::Verifies(_)));
    verifies.or_else(|| all.first()).cloned().unwrap_or(Sealing::Unsigned)
}

fn judged(there: &Dossier, here: &Dossier, signature: &Signature) -> Sealing {
    let act = signature.sort.zip(signature.act).and_then(|(sort, id)| signable(there, sort, id));
    let person = act.and_then(|act| here.people.by_id(act.person));
    let known = person.filter(|known| keys_of(known).any(|key| same_key(key, signature.key.as_str())));
    // Their act, our keys: what the bundle itself says of keys proves nothing.
    let mut both = there.clone();
    if let Some(known) = known {
        both.people = here.people.clone();
        return match signature_wrong(&both, signature) {
            None => Sealing::Verifies(known.name.to_string()),
            Some(why) => Sealing::Wrong(why),
        };
    }
    if let Some(who) = signature.person {
        let new = Value::from(signature.key.as_str());
        let set = vec![Change { field: "ssh_key".into(), old: Value::Null, new }];
        let verb = "merge".into();
        both.apply(&Event { of: Kind::Person, verb, entity: who.0, set, why: Prose::default(), attach: None });
    }
    match signature_wrong(&both, signature) {
        None => Sealing::Unknown(key_print(signature.key.as_str()).unwrap_or_default()),
        Some(why) => Sealing::Wrong(why),
    }
}
