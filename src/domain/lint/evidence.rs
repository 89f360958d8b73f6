//! What is said to be shown, and what shows it.

use std::collections::HashSet;

use super::{Notes, Reading, Rule, called};
use crate::domain::{
    Id, Kind,
    decision::Place,
    register::{Control, ControlStatus, Grade, Outcome},
};

pub(super) fn all(read: &Reading, notes: &mut Notes) {
    let unshown = controls(read, notes);
    verifications(read, &unshown, notes);
    for evidence in read.d.evidence.iter().filter(|evidence| !evidence.archived) {
        if evidence.grade == Some(Grade::Explicit) && evidence.digest.0.is_empty() {
            let name = format!("{} \"{}\"", evidence.reference(), evidence.title);
            let what = format!("{name} is called explicit, and has no SHA-256 that ties it to its content.");
            let place = Place::field(Kind::Evidence, evidence.id, "digest");
            notes.say(Rule::ExplicitWithoutDigest, place, what, "Record the SHA-256, or grade it lower.");
        }
    }
}

/// The place where a control is verified anew.
pub(super) fn anew(control: &Control) -> Place {
    Place { id: Some(control.id), ..Place::add(Kind::Verification) }
}

/// Controls that claim verified with nothing in date that shows it.
fn controls<'a>(read: &Reading<'a>, notes: &mut Notes) -> HashSet<Id> {
    let claims =
        |control: &&'a Control| control.stage() == ControlStatus::Verified && !read.plan.is_verified(control.id);
    let mut found = HashSet::new();
    for control in read.d.live_controls().filter(claims) {
        let what = format!("{} is called verified, and no evidence in date shows that it works.", called(control));
        let mend = "Record a verification with its evidence, or set the status back.";
        notes.say(Rule::VerifiedWithoutEvidence, anew(control), what, mend);
        found.insert(control.id);
    }
    found
}

/// Verifications in date that found a control working by evidence that is not there or cannot show it.
fn verifications(read: &Reading, said: &HashSet<Id>, notes: &mut Notes) {
    let controls = read.controls();
    for look in read.d.verifications.iter().filter(|look| !look.archived && look.outcome == Some(Outcome::Works)) {
        let Some(control) = look.control.filter(|id| !said.contains(id)).and_then(|id| controls.get(&id)) else {
            continue;
        };
        let over = look.valid_until.is_some_and(|until| until < read.today);
        let evidence = look.evidence.and_then(|id| read.evidence.get(&id));
        if over || evidence.is_some_and(|evidence| evidence.shows_work()) {
            continue;
        }
        let why = match evidence {
            None => "has no evidence".to_owned(),
            Some(evidence) if evidence.archived => format!("rests on {}, which was withdrawn", evidence.reference()),
            Some(evidence) => format!("rests on {}, which cannot show it", evidence.reference()),
        };
        let what = format!("A verification says that {} works, and {why}.", called(control));
        let mend = "Record a verification with evidence that shows it works, and withdraw this one.";
        notes.say(Rule::VerificationUnshown, anew(control), what, mend);
    }
}
