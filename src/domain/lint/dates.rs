//! Days that are over, days that have not come, and ends before beginnings.

use super::{Notes, Reading, Rule, called, evidence::anew, named};
use crate::domain::{
    Kind,
    decision::Place,
    fields::Day,
    register::{Analysis, ControlStatus, Evidence, Threat},
    system::Lifecycle,
};

pub(super) fn all(read: &Reading, notes: &mut Notes) {
    threats(read, notes);
    controls(read, notes);
    verifications(read, notes);
    for evidence in read.d.evidence.iter().filter(|evidence| !evidence.archived) {
        of_evidence(read, evidence, notes);
    }
    acceptances(read, notes);
    release(read, notes);
    decision(read, notes);
}

/// Whether there is nothing left to do about a threat: carried by an acceptance, or all of its controls verified.
fn is_answered(read: &Reading, threat: &Threat) -> bool {
    let mut controls = read.standing(threat).peekable();
    let built = controls.peek().is_some() && controls.all(|control| read.plan.is_verified(control.id));
    built || read.is_carried(threat)
}

fn threats(read: &Reading, notes: &mut Notes) {
    for threat in read.threats().filter(|threat| threat.status != Some(Analysis::Closed)) {
        if let Some(due) = threat.due.filter(|due| *due < read.today).filter(|_| !is_answered(read, threat)) {
            let what = format!("{} was to be treated by {due}, and it is still open.", named(threat));
            let place = Place::field(Kind::Threat, threat.id, "due");
            notes.say(Rule::ThreatOverdue, place, what, "Close it, or agree on another day.");
        }
    }
}

fn controls(read: &Reading, notes: &mut Notes) {
    use ControlStatus::{Implemented, NotApplicable, Retired, Verified};
    let open = |status| !matches!(status, Implemented | Verified | Retired | NotApplicable);
    for control in read.d.live_controls().filter(|control| open(control.stage())) {
        if let Some(due) = control.due.filter(|due| *due < read.today) {
            let what = format!("{} had to be there by {due}, and it is not.", called(control));
            let place = Place::field(Kind::Control, control.id, "due");
            notes.say(Rule::ControlOverdue, place, what, "Report how far it is, or agree on another day.");
        }
    }
}

fn verifications(read: &Reading, notes: &mut Notes) {
    let controls = read.controls();
    for look in read.d.verifications.iter().filter(|look| !look.archived) {
        let Some(control) = look.control.and_then(|id| controls.get(&id)) else { continue };
        let name = called(control);
        if let Some((on, until)) = reversed(look.on, look.valid_until) {
            let what = format!("A verification of {name} was made on {on} and counts only until {until}.");
            notes.say(Rule::DatesReversed, anew(control), what, "Withdraw it, and record it with the right days.");
        } else if let Some(on) = look.on.filter(|on| *on > read.today) {
            let what = format!("A verification of {name} is dated {on}, and that day has not come.");
            notes.say(Rule::DatedAhead, anew(control), what, "Withdraw it, and record it on the day it is made.");
        }
    }
}

fn of_evidence(read: &Reading, evidence: &Evidence, notes: &mut Notes) {
    let name = format!("{} \"{}\"", evidence.reference(), evidence.title);
    let place = |field| Place::field(Kind::Evidence, evidence.id, field);
    if let Some((collected, expires)) = reversed(evidence.collected, evidence.expires) {
        let what = format!("{name} was collected on {collected} and expired before that, on {expires}.");
        notes.say(Rule::DatesReversed, place("expires"), what, "Correct the day that is wrong.");
    } else if let Some(expires) = evidence.expires.filter(|expires| *expires < read.today) {
        let what = format!("{name} counted until {expires}, and that day is over.");
        notes.say(Rule::EvidenceExpired, place("expires"), what, "Collect it anew, or withdraw it.");
    }
    if let Some(collected) = evidence.collected.filter(|collected| *collected > read.today) {
        let what = format!("{name} is said to be collected on {collected}, and that day has not come.");
        notes.say(Rule::DatedAhead, place("collected"), what, "Correct the day on which it was collected.");
    }
}

/// An acceptance that was over when it was decided.
fn acceptances(read: &Reading, notes: &mut Notes) {
    for threat in read.threats() {
        for acceptance in read.acceptances_of(threat) {
            let decided = acceptance.decided_at.and_then(|at| chrono::DateTime::from_timestamp_millis(at.0));
            // A day of slack: the end holds in the reader's time zone, the decision is kept in UTC.
            let decided = decided.map(|at| Day(at.date_naive()).plus(-1));
            if let Some((_, expires)) = reversed(decided, acceptance.expires).filter(|_| acceptance.acceptor.is_some())
            {
                let number = acceptance.number.unwrap_or(0);
                let what = format!("Acceptance {number} of {} ended on {expires}, before it was given.", named(threat));
                let place = Place::field(Kind::Acceptance, acceptance.id, "");
                notes.say(Rule::DatesReversed, place, what, "Revoke it, and ask for a new one.");
            }
        }
    }
}

fn reversed(from: Option<Day>, until: Option<Day>) -> Option<(Day, Day)> {
    let (from, until) = (from?, until?);
    (until < from).then_some((from, until))
}

/// The newest release, while the system is still being made.
fn release(read: &Reading, notes: &mut Notes) {
    use Lifecycle::{Development, Planned};
    let Some(system) = read.d.system() else { return };
    let Some(release) = read.d.releases.iter().rev().find(|release| !release.archived) else { return };
    let made = matches!(system.lifecycle, Some(Planned | Development));
    if let Some(planned) = release.planned.filter(|planned| made && *planned < read.today) {
        let what = format!(
            "Release {} was planned for {planned}, and the system is still called in the making.",
            release.version
        );
        let place = Place::field(Kind::Release, release.id, "planned");
        notes.say(Rule::ReleaseOverdue, place, what, "Plan another day, or say that the system is live.");
    }
}

fn decision(read: &Reading, notes: &mut Notes) {
    let Some(review) = read.d.review().filter(|_| read.d.decided().is_none()) else { return };
    if let Some(due) = review.due.filter(|due| *due < read.today) {
        let what = format!("A decision was wanted by {due}, and nothing was decided.");
        let place = Place::field(Kind::Review, review.id, "due");
        notes.say(Rule::DecisionOverdue, place, what, "Decide, or agree on another day.");
    }
}
