//! Taking entries off the shelf: threats with the controls that go with them, controls, and triggers.

use std::collections::{HashMap, HashSet};

use super::{Refusal, Rule, edit::next_number, event};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    catalog::{Library, considered, method_of, role_of},
    decision::TriggerKind,
    fields::{Kept, Marks, Vocabulary},
    library::{ControlEntry, ThreatEntry, TriggerEntry, controls, threats, triggers},
    people::Stamp,
    register::{Analysis, ControlStatus, Gate, PersonalKind},
    value::Value,
};

/// Takes in the named entries; those that are here already are passed over. A threat brings its controls along: one
/// that is here is linked, never doubled.
pub fn take(dossier: &Dossier, ids: &[String], stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let library = Library::of(dossier);
    let mut taking = Taking::new(dossier, stamp);
    for id in ids {
        if let Some(row) = considered(dossier, id) {
            let says =
                format!("{id} was considered and found not relevant: {}", row.reason.as_str().replace('\n', " / "));
            return Err(Refusal::new(Rule::WrongState, whole(says)).hint("Withdraw that first."));
        }
        if let Some(entry) = library.threat(id) {
            taking.threat(&library, entry);
        } else if let Some(entry) = library.control(id) {
            taking.control_alone(&library, entry);
        } else if let Some(entry) = triggers().get(id) {
            taking.trigger(entry);
        } else {
            return Err(Refusal::new(Rule::Unknown, format!("No library has an entry {id}.")));
        }
    }
    if taking.events.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "All of these are here already."));
    }
    Ok(taking.events)
}

fn whole(says: String) -> String {
    if says.ends_with(['.', '?', '!']) { says } else { says + "." }
}

/// What is here, and what the command adds to it.
struct Taking<'a> {
    dossier: &'a Dossier,
    stamp: &'a Stamp,
    events: Vec<Event>,
    next: (i64, i64),
    threats: HashMap<String, Id>,
    controls: HashMap<String, Id>,
    links: HashSet<(Id, Id)>,
}

impl<'a> Taking<'a> {
    fn new(dossier: &'a Dossier, stamp: &'a Stamp) -> Self {
        let threats = dossier.live_threats().map(|threat| (threat.library.to_string(), threat.id));
        let controls = dossier.live_controls().map(|control| (control.library.to_string(), control.id));
        let links = dossier.links.iter().filter(|link| !link.archived);
        Self {
            dossier,
            stamp,
            events: Vec::new(),
            next: (next_number(dossier, Kind::Threat), next_number(dossier, Kind::Control)),
            threats: threats.collect(),
            controls: controls.collect(),
            links: links.filter_map(|link| Some((link.threat?, link.control?))).collect(),
        }
    }

    fn say(&mut self, kind: Kind, verb: &'static str, set: Vec<(&str, Value)>) -> Id {
        let id = self.stamp.fresh();
        self.events.push(event(self.dossier, (kind, id, verb), set, &Prose::default()));
        id
    }

    /// Takes back in what was withdrawn: it keeps its number and what was said of it.
    fn restore(&mut self, kind: Kind, id: Id) -> Id {
        self.events.push(event(
            self.dossier,
            (kind, id, "restore"),
            vec![("archived", Value::Null)],
            &Prose::default(),
        ));
        id
    }

    fn threat(&mut self, library: &Library<'_>, entry: &ThreatEntry) {
        if self.threats.contains_key(&entry.id) {
            return;
        }
        let withdrawn = self.dossier.threats.iter().find(|threat| threat.library.as_str() == entry.id);
        let id = if let Some(withdrawn) = withdrawn {
            self.restore(Kind::Threat, withdrawn.id)
        } else {
            let set = threat(self.dossier, entry, self.next.0);
            self.next.0 += 1;
            self.say(Kind::Threat, "add", set)
        };
        self.threats.insert(entry.id.clone(), id);
        for control in library.against(entry) {
            self.link(id, control);
        }
    }

    fn control_alone(&mut self, library: &Library<'_>, entry: &ControlEntry) {
        let here = library.mitigated(entry).into_iter().filter_map(|threat| self.threats.get(&threat.id).copied());
        let here: Vec<Id> = here.collect();
        self.control(entry);
        for threat in here {
            self.link(threat, entry);
        }
    }

    /// The control as it is here, or as it is taken in now: proposed, because nobody has planned it yet.
    fn control(&mut self, entry: &ControlEntry) -> Id {
        if let Some(known) = self.controls.get(&entry.id) {
            return *known;
        }
        let withdrawn = self.dossier.controls.iter().find(|control| control.library.as_str() == entry.id);
        let id = if let Some(withdrawn) = withdrawn {
            self.restore(Kind::Control, withdrawn.id)
        } else {
            let set = control(entry, self.next.1);
            self.next.1 += 1;
            self.say(Kind::Control, "add", set)
        };
        self.controls.insert(entry.id.clone(), id);
        id
    }

    /// That the control reduces the threat: by what the library says, else the likelihood by one step.
    fn link(&mut self, threat: Id, entry: &ControlEntry) {
        let control = self.control(entry);
        if !self.links.insert((threat, control)) {
            return;
        }
        let known = self.dossier.links.iter().find(|link| link.threat == Some(threat) && link.control == Some(control));
        if let Some(known) = known {
            self.restore(Kind::Link, known.id);
            return;
        }
        let steps = |n: Option<u8>| n.map_or(Value::Null, |n| Value::Int(n.min(4).into()));
        let unsaid = entry.less_likely.is_none() && entry.less_impact.is_none();
        let less_likely = if unsaid { Value::Int(1) } else { steps(entry.less_likely) };
        let set = vec![
            ("threat", Some(threat).to_value()),
            ("control", Some(control).to_value()),
            ("less_likely", less_likely),
            ("less_impact", steps(entry.less_impact)),
        ];
        self.say(Kind::Link, "add", set);
    }

    fn trigger(&mut self, entry: &TriggerEntry) {
        if !self.dossier.triggers.iter().any(|trigger| trigger.library.as_str() == entry.id) {
            let set = trigger(entry);
            self.say(Kind::Trigger, "arm", set);
        }
    }
}

/// A threat of the library: unscored, because its default is nobody's judgement of this system.
fn threat(dossier: &Dossier, entry: &ThreatEntry, number: i64) -> Vec<(&'static str, Value)> {
    let personal = entry.personal_data_kinds.iter().find_map(|kind| PersonalKind::parse(kind));
    let personal = personal.filter(|_| entry.personal_data_risk && dossier.personal_data());
    vec![
        ("number", Value::Int(number)),
        ("title", Value::from(entry.title.as_str())),
        ("description", Value::from(entry.description.as_str())),
        ("library", Value::from(entry.id.as_str())),
        ("edition", edition(&entry.id, threats().version())),
        ("status", Value::from(Analysis::Identified.code())),
        ("personal", personal.to_value()),
        ("covers", Marks::default().to_value()),
    ]
}

/// The edition of the shipped library that an entry is of; the team's own entries have none.
fn edition(id: &str, version: &str) -> Value {
    if id.starts_with("DKT-") { Value::from(version) } else { Value::Null }
}

fn control(entry: &ControlEntry, number: i64) -> Vec<(&'static str, Value)> {
    vec![
        ("number", Value::Int(number)),
        ("title", Value::from(entry.title.as_str())),
        ("description", Value::from(entry.description.as_str())),
        ("library", Value::from(entry.id.as_str())),
        ("edition", edition(&entry.id, controls().version())),
        ("owner_role", role_of(&entry.owner_role).to_value()),
        ("gate", Gate::parse(&entry.lifecycle_gate).to_value()),
        ("method", method_of(&entry.verification_method).to_value()),
        ("status", Value::from(ControlStatus::Proposed.code())),
    ]
}

/// A trigger of the library; when a time trigger fires is computed when it is read.
fn trigger(entry: &TriggerEntry) -> Vec<(&'static str, Value)> {
    let kind = TriggerKind::parse(entry.kind.code());
    vec![
        ("title", Value::from(entry.title.as_str())),
        ("library", Value::from(entry.id.as_str())),
        ("sort", kind.to_value()),
        ("detection", Value::from(entry.detection.as_str())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_of_the_library_is_specified_once_it_is_planned() {
        for entry in controls().all() {
            assert!(role_of(&entry.owner_role).is_some(), "{}", entry.id);
            assert!(Gate::parse(&entry.lifecycle_gate).is_some(), "{}", entry.id);
            assert!(method_of(&entry.verification_method).is_some(), "{}", entry.id);
        }
    }
}
