//! The effective clearance: what a disposition is worth today, computed when read.
//!
//! A pause is no ninth state: a system that somebody stopped is `trigger pending` with "Paused by …" as its reason, so
//! that nothing goes live and nothing else about the clearance is lost when it is taken up again.

use std::sync::Arc;

use super::{
    AcceptanceState, AcceptanceStatus, Decision, Disposition, Gap, Mend, Place, Triage, acceptance_state,
    acceptance_why, exception_over, gaps, print_in, reviewed_by,
};
use crate::domain::{
    Dossier, Id, Kind,
    after::{Pending, day_of, fires_on, paused, waiting},
    fields::{Day, Vocabulary, choices},
    people::Role,
};

choices! {
    /// What a clearance is worth today.
    ClearanceState {
        None "none" "none",
        Current "current" "current",
        ConditionsDue "conditions_due" "conditions due",
        Lapsed "lapsed" "lapsed",
        Drifted "drifted" "drifted",
        TriggerPending "trigger_pending" "trigger pending",
        Superseded "superseded" "superseded",
        Revoked "revoked" "revoked",
    }
}

/// The effective clearance with its reason and what would restore it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearance {
    /// What it is worth.
    pub state: ClearanceState,
    /// The disposition that it comes from.
    pub disposition: Option<Id>,
    /// Why it is worth that, in one sentence.
    pub reason: String,
    /// What would restore it, in one sentence; empty while it is current.
    pub restore: String,
    /// Where that is done.
    pub place: Place,
}

/// What takes the effect from a disposition: the state, why, what would restore it, and where.
type Loss = (ClearanceState, String, String, Place);

impl Decision {
    /// Whether it permits use.
    pub fn permits(self) -> bool {
        matches!(self, Self::Proceed | Self::Conditional | Self::Pilot)
    }
}

impl Disposition {
    /// Whether it permits use and was not revoked; whether it still has effect is [`clearance`].
    pub fn stands(&self) -> bool {
        self.revoked_at.is_none() && self.decision.is_some_and(Decision::permits)
    }
}

/// The effective clearance of a system on a day.
pub fn clearance(dossier: &Dossier, today: Day) -> Clearance {
    let Some(disposition) = dossier.last_disposition() else {
        return Clearance {
            state: ClearanceState::None,
            disposition: None,
            reason: "Nothing was decided yet.".into(),
            restore: "The review has to reach the sign-off authority.".into(),
            place: Place::act(Kind::Disposition, None, Mend::Decide),
        };
    };
    clearance_of(dossier, disposition, today)
}

/// What one disposition is worth on a day; all but the newest are superseded.
pub fn clearance_of(dossier: &Dossier, disposition: &Disposition, today: Day) -> Clearance {
    let of = |(state, reason, restore, place): Loss| Clearance {
        state,
        disposition: Some(disposition.id),
        reason,
        restore,
        place,
    };
    let decide = || Place::act(Kind::Disposition, Some(disposition.id), Mend::Decide);
    if dossier.last_disposition().is_some_and(|newest| newest.id != disposition.id) {
        let reason = "A later decision took its place.".into();
        return of((ClearanceState::Superseded, reason, String::new(), decide()));
    }
    let decision = disposition.decision.unwrap_or(Decision::Hold);
    if disposition.revoked_at.is_some() {
        let reason = format!("It was revoked: {}", disposition.revoked_why);
        return of((ClearanceState::Revoked, reason, "A new review.".into(), next(dossier, disposition)));
    }
    if !decision.permits() {
        let reason = format!("The decision was {}.", decision.label());
        return of((ClearanceState::None, reason, "A new decision.".into(), next(dossier, disposition)));
    }
    of(loss(dossier, disposition, today).unwrap_or_else(|| {
        let until = disposition.valid_until.map_or_else(String::new, |day| format!(", until {day}"));
        let reason = format!("Cleared: {}{until}.{}", decision.label(), restricted(dossier, today));
        (ClearanceState::Current, reason, String::new(), decide())
    }))
}

/// Where a new decision comes from: the review that is open, else the next one.
fn next(dossier: &Dossier, disposition: &Disposition) -> Place {
    if under_review(dossier, disposition) {
        Place::act(Kind::Disposition, Some(disposition.id), Mend::Decide)
    } else {
        Place::act(Kind::Review, None, Mend::Review)
    }
}

/// Whether a review was opened since the decision.
fn under_review(dossier: &Dossier, disposition: &Disposition) -> bool {
    dossier.review().is_some_and(|review| Some(review.id) != disposition.review)
}

/// How an approver restricted the use for the time being.
fn restricted(dossier: &Dossier, today: Day) -> String {
    let live = dossier.incidents.iter().filter(|incident| incident.restricts(today));
    let says = live.filter_map(|incident| {
        let text = first_line(incident.restriction.as_str());
        Some(format!(" Restricted until {} after {}: {text}", incident.restricted_until?, incident.reference()))
    });
    says.collect()
}

/// What takes the effect from a permitting disposition, the gravest first.
fn loss(dossier: &Dossier, disposition: &Disposition, today: Day) -> Option<Loss> {
    if let Some(stopped) = stopped(dossier) {
        return Some(stopped);
    }
    if let Some(until) = disposition.valid_until.filter(|until| today > *until) {
        let reason = format!("It was valid until {until}.");
        return Some((ClearanceState::Lapsed, reason, "A new review.".into(), next(dossier, disposition)));
    }
    if let Some(first) = waiting(dossier, disposition, today).first() {
        return Some(fired(dossier, disposition, first));
    }
    if let Some(outlived) = outlived(dossier, today) {
        return Some(outlived);
    }
    if let Some(reason) = drift(dossier, disposition, today) {
        let restore = "A review of what changed, and a new decision.".into();
        return Some((ClearanceState::Drifted, reason, restore, next(dossier, disposition)));
    }
    if let Some((gone, lapsed)) = lapsed_acceptance(dossier, today) {
        let (state, restore) = match gone {
            AcceptanceState::Breached => {
                (ClearanceState::ConditionsDue, "Meet the condition and record the proof, or renew the acceptance.")
            }
            _ => (ClearanceState::Lapsed, "A renewed acceptance, and a decision on it."),
        };
        let place = Place::act(Kind::Disposition, Some(disposition.id), Mend::Decide);
        return Some((state, lapsed, restore.into(), place));
    }
    if let Some(over) = dossier.overdue_exception(today) {
        let restore = "Close the exception, once the requirement holds again.".into();
        let place = Place::act(Kind::Exception, Some(over.id), Mend::Except);
        return Some((ClearanceState::ConditionsDue, format!("{}.", exception_over(over)), restore, place));
    }
    let missed = dossier
        .conditions
        .iter()
        .filter(|c| !c.archived && c.disposition == Some(disposition.id) && c.met_at.is_none())
        .find(|c| c.due.is_some_and(|due| today > due))?;
    let reason = format!("The condition \"{}\" was due on {}.", first_line(missed.text.as_str()), missed.due?);
    let place = Place::field(Kind::Condition, missed.id, "");
    Some((ClearanceState::ConditionsDue, reason, "Meet the condition and record the proof.".into(), place))
}

/// Somebody stopped the system.
fn stopped(dossier: &Dossier) -> Option<Loss> {
    let pause = paused(dossier)?;
    let on = pause.at.and_then(day_of).map_or_else(String::new, |day| format!(" on {day}"));
    let reason = format!("Paused by {}{on}: {}", pause.name, first_line(pause.reason.as_str()));
    let restore = "The sign-off authority or the governance lead lets it run again.".into();
    let place = Place::act(Kind::Pause, Some(pause.id), Mend::Resume);
    Some((ClearanceState::TriggerPending, reason, restore, place))
}

/// Something fired: it waits for its triage, for the review that its triage asked for, or for that review's decision.
fn fired(dossier: &Dossier, disposition: &Disposition, first: &Pending) -> Loss {
    let what = match first.of {
        Kind::Alteration => "Triage the change.",
        Kind::Incident => "Triage the incident.",
        _ => "Triage the trigger.",
    };
    let triage = Place::act(first.of, Some(first.id), Mend::Triage);
    let roles: Vec<_> = first.roles.iter().map(|role| role.label()).collect();
    let (restore, place) = match first.triage {
        None | Some(Triage::NotMaterial) => (what.to_owned(), triage),
        Some(_) if under_review(dossier, disposition) => {
            ("Decide the review that is open.".to_owned(), next(dossier, disposition))
        }
        Some(Triage::Scoped) if !roles.is_empty() => {
            (format!("A review of what it touches, by: {}.", roles.join(", ")), next(dossier, disposition))
        }
        Some(Triage::Scoped) => ("A review of what it touches.".to_owned(), next(dossier, disposition)),
        Some(Triage::Full) => ("A full review.".to_owned(), next(dossier, disposition)),
    };
    (ClearanceState::TriggerPending, first.says.clone(), restore, place)
}

/// A temporary restriction has run out, and nobody has closed the incident.
fn outlived(dossier: &Dossier, today: Day) -> Option<Loss> {
    let incident = dossier.incidents.iter().find(|incident| incident.outlived(today))?;
    let (name, until) = (incident.reference(), incident.restricted_until?);
    let reason = format!("The restriction after {name} \"{}\" ended on {until}, and it is not closed.", incident.title);
    let restore = "Close the incident, or restrict the use anew.".into();
    let place = Place::field(Kind::Incident, incident.id, "");
    Some((ClearanceState::TriggerPending, reason, restore, place))
}

/// What was changed since the decision, or opened a gap of substance.
fn drift(dossier: &Dossier, disposition: &Disposition, today: Day) -> Option<String> {
    if print_in(dossier, disposition.review, reviewed_by(Role::Signoff)) != disposition.content {
        return Some("The content changed since it was decided.".into());
    }
    let broken =
        |g: &&Arc<Gap>| matches!(g.condition, 4 | 7) && !matches!(g.place.kind, Kind::Acceptance | Kind::Exception);
    let lapsed = lapsed_acceptance(dossier, today).is_some();
    gaps(dossier, today).iter().find(broken).filter(|_| !lapsed).map(|gap| format!("A gap opened: {}.", gap.what))
}

/// An acceptance that was given, does not hold, and that no other takes the place of: what became of it, in a sentence.
fn lapsed_acceptance(dossier: &Dossier, today: Day) -> Option<(AcceptanceState, String)> {
    let accepted = dossier.acceptances.iter().filter(|a| !a.archived && a.status == Some(AcceptanceStatus::Accepted));
    let gone = accepted
        .filter(|a| !acceptance_state(dossier, a, today).holds())
        .filter_map(|a| Some((a, dossier.live_threats().find(|t| t.counts() && Some(t.id) == a.threat)?)))
        .find(|(_, threat)| super::active_acceptance(dossier, threat.id, today).is_none());
    let (gone, threat) = gone?;
    let state = acceptance_state(dossier, gone, today);
    let mut says = format!("The acceptance of {} is {}.", threat.reference(), state.label());
    if let Some(why) = acceptance_why(dossier, gone, today).first().filter(|_| state == AcceptanceState::Breached) {
        says = format!("The acceptance of {} does not hold. {why}", threat.reference());
    }
    Some((state, says))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// The last day on which nothing computed from the dossier changes by itself: the earliest of its dates from `today` on.
/// None when time alone changes nothing.
pub fn good_until(dossier: &Dossier, today: Day) -> Option<Day> {
    let mut first: Option<Day> = None;
    // What comes due is said some days before; without a condition or an exception there is nothing of that.
    let soon = !dossier.provisos.is_empty() || !dossier.exceptions.is_empty();
    let mut take = |day: Day| {
        let before = [day.plus(-1), day, day.plus(-super::acceptance::EXPIRING_DAYS - 1)];
        let told = soon.then(|| day.plus(-super::ENDING_DAYS - 1));
        first = before.into_iter().chain(told).filter(|day| *day >= today).chain(first).min();
    };
    dossier.each_day(&mut take);
    dossier.defaults.iter().filter_map(|assignment| assignment.until).for_each(&mut take);
    let armed = dossier.triggers.iter().filter(|trigger| !trigger.archived);
    armed.filter_map(|trigger| fires_on(dossier, trigger)).for_each(&mut take);
    first
}
