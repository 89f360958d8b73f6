//! What the register says of the system, and what the inventory says of it.

use std::collections::{HashMap, HashSet};

use super::{Notes, Reading, Rule, called, named};
use crate::domain::{
    Id, Kind,
    decision::{Place, counted},
    fields::{Entity, Vocabulary, Who, YesNo},
    library::{Fit, ThreatEntry, fit, threats, vocabulary},
    register::Threat,
};

pub(super) fn all(read: &Reading, notes: &mut Notes) {
    privacy(read, notes);
    considered(read, notes);
    covers(read, notes);
    library(read, notes);
    people(read, notes);
}

fn field(threat: &Threat, field: &str) -> Place {
    Place::field(Kind::Threat, threat.id, field)
}

/// What the DPO advised on without having looked at it, and what touches data that nobody named.
fn privacy(read: &Reading, notes: &mut Notes) {
    let advised = read.d.advice().is_some();
    let outside = !read.d.data_classes().is_empty() && !read.d.personal_data();
    for threat in read.threats().filter(|threat| threat.personal.is_some()) {
        let name = named(threat);
        if let Some(system) = read.d.system().filter(|_| outside) {
            let what = format!("{name} touches personal data, and the inventory names none.");
            let place = Place::field(Kind::System, system.id, "data");
            let mend = "Name the class of data in the inventory, or say that the threat does not touch it.";
            notes.say(Rule::PersonalWithoutData, place, what, mend);
        } else if advised && threat.dpo_verdict.is_none() {
            let what = format!("The DPO gave the advice, and said nothing of {name}.");
            notes.say(Rule::AdvisedUnvalidated, field(threat, "dpo_verdict"), what, "Record what the DPO says of it.");
        }
    }
}

/// "Considered: none, because …", and a threat all the same.
fn considered(read: &Reading, notes: &mut Notes) {
    let mut covered: HashMap<&str, &Threat> = HashMap::new();
    for threat in read.threats() {
        for mark in &threat.covers.0 {
            covered.entry(mark).or_insert(threat);
        }
    }
    let parts = parts(read);
    for none in read.d.considered.iter().filter(|none| !none.archived) {
        let Some(threat) = covered.get(none.subject.as_str()) else { continue };
        let subject = spoken(&parts, none.subject.as_str());
        let what = format!("{subject} was considered to have no threat, and {} covers it.", named(threat));
        let mend = "Take it out of what the threat covers, or withdraw that there is none.";
        notes.say(Rule::ConsideredAndCovered, field(threat, "covers"), what, mend);
    }
}

/// Every part of the inventory by its mark: what it is called, and whether it is still there.
fn parts(read: &Reading) -> HashMap<String, (String, bool)> {
    let kinds = [Kind::Flow, Kind::Tool, Kind::Connection, Kind::Model, Kind::Retrieval];
    let rows = kinds.into_iter().flat_map(|kind| read.d.rows(kind));
    rows.map(|row: &dyn Entity| {
        let name = format!("{} \"{}\"", row.kind().label(), crate::domain::wording::name_of(row));
        (row.id().to_string(), (name, !row.archived()))
    })
    .collect()
}

/// What a mark stands for, at the beginning of a sentence.
fn spoken(parts: &HashMap<String, (String, bool)>, mark: &str) -> String {
    match (parts.get(mark), mark.strip_prefix("data:")) {
        (Some((name, _)), _) => format!("The {name}"),
        (None, Some(class)) => format!("The class \"{class}\" of data"),
        (None, None) if mark == "users" => "The user population".to_owned(),
        (None, None) => "Something that is not in the record".to_owned(),
    }
}

fn covers(read: &Reading, notes: &mut Notes) {
    let parts = parts(read);
    let classes: HashSet<&str> = read.d.data_classes().iter().map(|class| class.code()).collect();
    let users = read.d.system().is_some_and(|system| !system.users.is_empty());
    let is_there = |mark: &str| match (parts.get(mark), mark.strip_prefix("data:")) {
        (Some((_, live)), _) => *live,
        (None, Some(class)) => classes.contains(class),
        (None, None) => mark == "users" && users,
    };
    for threat in read.threats() {
        let gone: Vec<&String> = threat.covers.0.iter().filter(|mark| !is_there(mark)).collect();
        let Some(first) = gone.first() else { continue };
        let subject = spoken(&parts, first);
        let more = match gone.len() - 1 {
            0 => String::new(),
            n => format!(", beside {}", counted(n, "other", "others")),
        };
        let what =
            format!("{subject} is not part of the system any more, and {} still covers it{more}.", named(threat));
        let mend = "Say what the threat covers now, or withdraw it.";
        notes.say(Rule::CoversWithdrawn, field(threat, "covers"), what, mend);
    }
}

/// Threats of the library, of which the inventory says that they cannot apply.
fn library(read: &Reading, notes: &mut Notes) {
    let entries: HashMap<&str, &'static ThreatEntry> =
        threats().all().iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let mut known: HashMap<&str, Option<String>> = HashMap::new();
    for threat in read.threats() {
        let Some(entry) = entries.get(threat.library.as_str()) else { continue };
        let absent = known.entry(entry.id.as_str()).or_insert_with(|| absent(read, entry));
        if let Some(facts) = absent {
            let (name, id) = (named(threat), &entry.id);
            let what =
                format!("{name} is {id} of the library, which is for systems with {facts}; the inventory has none.");
            let mend = "Say why it applies all the same, find it not applicable, or complete the inventory.";
            notes.say(Rule::LibraryFactGone, field(threat, "treatment"), what, mend);
        }
    }
}

/// The facts that an entry needs and that do not hold; none while it may apply.
fn absent(read: &Reading, entry: &'static ThreatEntry) -> Option<String> {
    let fact = |id: &str| read.d.fact(id);
    if fit(entry, &fact) != Fit::No {
        return None;
    }
    let needed = entry.applies_when.iter().chain(&entry.applies_when_any).filter(|id| fact(id) == Some(false));
    let titles: Vec<String> = needed.map(|id| format!("\"{}\"", vocabulary().fact_title(id))).collect();
    Some(titles.join(" or "))
}

/// Threats for the board that nobody sees to, and people who are not in the record any more.
fn people(read: &Reading, notes: &mut Notes) {
    let gone: HashMap<Id, &str> =
        read.d.people.iter().filter(|p| p.archived).map(|p| (p.id, p.name.as_str())).collect();
    let left = |owner: Option<Who>| owner.and_then(|who| gone.get(&who.0));
    let mend = "Name somebody who sees to it now.";
    for threat in read.threats() {
        if threat.flagged == Some(YesNo::Yes) && threat.owner.is_none() {
            let what = format!("{} is to be talked about by the board, and nobody sees to it.", named(threat));
            notes.say(Rule::FlaggedWithoutOwner, field(threat, "owner"), what, "Name who sees to it.");
        }
        if let Some(name) = left(threat.owner) {
            let what = format!("{} sees to {}, and was withdrawn from the record.", name, named(threat));
            notes.say(Rule::OwnerWithdrawn, field(threat, "owner"), what, mend);
        }
    }
    for control in read.d.live_controls() {
        if let Some(name) = left(control.owner) {
            let what = format!("{} sees to {}, and was withdrawn from the record.", name, called(control));
            notes.say(Rule::OwnerWithdrawn, Place::field(Kind::Control, control.id, "owner"), what, mend);
        }
    }
}
