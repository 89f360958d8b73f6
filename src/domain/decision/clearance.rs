//! The effective clearance: what a disposition is worth today, computed when read.

use super::{
    AcceptanceState, AcceptanceStatus, Decision, Disposition, Trigger, TriggerKind, acceptance_state, acceptance_why,
    exception_over, gaps, print_in, reviewed_by,
};
use crate::domain::{
    Dossier, Id, Kind,
    fields::{Day, Moment, Vocabulary, choices},
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
}

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
        };
    };
    clearance_of(dossier, disposition, today)
}

/// What one disposition is worth on a day; all but the newest are superseded.
pub fn clearance_of(dossier: &Dossier, disposition: &Disposition, today: Day) -> Clearance {
    let of = |state, reason: String, restore: &str| Clearance {
        state,
        disposition: Some(disposition.id),
        reason,
        restore: restore.into(),
    };
    if dossier.last_disposition().is_some_and(|newest| newest.id != disposition.id) {
        return of(ClearanceState::Superseded, "A later decision took its place.".into(), "");
    }
    let decision = disposition.decision.unwrap_or(Decision::Hold);
    if disposition.revoked_at.is_some() {
        return of(ClearanceState::Revoked, format!("It was revoked: {}", disposition.revoked_why), "A new review.");
    }
    if !decision.permits() {
        return of(ClearanceState::None, format!("The decision was {}.", decision.label()), "A new decision.");
    }
    if let Some((state, reason, restore)) = loss(dossier, disposition, today) {
        return of(state, reason, restore);
    }
    let until = disposition.valid_until.map_or_else(String::new, |day| format!(", until {day}"));
    of(ClearanceState::Current, format!("Cleared: {}{until}.", decision.label()), "")
}

/// What takes the effect from a permitting disposition, the gravest first.
fn loss(dossier: &Dossier, disposition: &Disposition, today: Day) -> Option<(ClearanceState, String, &'static str)> {
    if let Some(until) = disposition.valid_until.filter(|until| today > *until) {
        return Some((ClearanceState::Lapsed, format!("It was valid until {until}."), "A new review."));
    }
    if let Some(trigger) = dossier.triggers.iter().find(|trigger| is_pending(trigger, disposition, today)) {
        let reason = format!("The trigger \"{}\" fired.", trigger.title);
        return Some((ClearanceState::TriggerPending, reason, "Triage the trigger."));
    }
    if let Some(reason) = drift(dossier, disposition, today) {
        return Some((ClearanceState::Drifted, reason, "A review of what changed, and a new decision."));
    }
    if let Some((gone, lapsed)) = lapsed_acceptance(dossier, today) {
        return Some(match gone {
            AcceptanceState::Breached => (
                ClearanceState::ConditionsDue,
                lapsed,
                "Meet the condition and record the proof, or renew the acceptance.",
            ),
            _ => (ClearanceState::Lapsed, lapsed, "A renewed acceptance."),
        });
    }
    if let Some(over) = dossier.overdue_exception(today) {
        let restore = "Close the exception, once the requirement holds again.";
        return Some((ClearanceState::ConditionsDue, format!("{}.", exception_over(over)), restore));
    }
    let missed = dossier
        .conditions
        .iter()
        .filter(|c| !c.archived && c.disposition == Some(disposition.id) && c.met_at.is_none())
        .find(|c| c.due.is_some_and(|due| today > due))?;
    let reason = format!("The condition \"{}\" was due on {}.", first_line(missed.text.as_str()), missed.due?);
    Some((ClearanceState::ConditionsDue, reason, "Meet the condition and record the proof."))
}

/// Whether a trigger fired since the decision, or its day has come since then, and its triage leaves work to do.
pub fn is_pending(trigger: &Trigger, disposition: &Disposition, today: Day) -> bool {
    use super::Triage;
    if trigger.archived || trigger.triage == Some(Triage::NotMaterial) {
        return false;
    }
    let fired_since = trigger.fired_at.is_some_and(|fired| disposition.at.is_none_or(|at| fired > at));
    let decided_on = disposition.at.and_then(day_of);
    let came = |due: Day| due <= today && decided_on.is_none_or(|on| due > on);
    let day_came = trigger.sort == Some(TriggerKind::Time) && trigger.due.is_some_and(came);
    fired_since || day_came
}

/// The day of a moment, in UTC.
fn day_of(at: Moment) -> Option<Day> {
    chrono::DateTime::from_timestamp_millis(at.0).map(|at| Day(at.date_naive()))
}

/// What was changed since the decision, or opened a gap of substance.
fn drift(dossier: &Dossier, disposition: &Disposition, today: Day) -> Option<String> {
    if print_in(dossier, disposition.review, reviewed_by(Role::Signoff)) != disposition.content {
        return Some("The content changed since it was decided.".into());
    }
    let broken = |g: &&std::sync::Arc<super::Gap>| {
        matches!(g.condition, 4 | 7) && !matches!(g.place.kind, Kind::Acceptance | Kind::Exception)
    };
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
    first
}
