//! When a trigger fires: by somebody, or by its day, which is computed when it is read.

use super::super::{
    Dossier,
    decision::{Decision, Disposition, Triage, Trigger, TriggerKind},
    fields::{Day, Moment},
    library::triggers,
};

/// The entry of the library that asks for a review after the interval of the tier.
const INTERVAL: &str = "DKT-R-026";
/// The entry of the library that fires when a piece of evidence has expired.
const EVIDENCE: &str = "DKT-R-027";

/// The day of a moment, in UTC.
pub fn day_of(at: Moment) -> Option<Day> {
    chrono::DateTime::from_timestamp_millis(at.0).map(|at| Day(at.date_naive()))
}

/// From when on something counts for a trigger: since the last decision that permits use, and since it was found not
/// material.
fn since(dossier: &Dossier, trigger: &Trigger) -> Option<Moment> {
    let permits = |made: &&Disposition| made.decision.is_some_and(Decision::permits);
    let decided = dossier.last_disposition().filter(permits).and_then(|made| made.at);
    let settled = trigger.triaged_at.filter(|_| trigger.triage == Some(Triage::NotMaterial));
    decided.max(settled)
}

/// The day on which a time trigger fires next: its own, that of its interval, or that of the evidence that runs out
/// first; the earliest of them. None for a trigger that waits for something to happen.
pub fn fires_on(dossier: &Dossier, trigger: &Trigger) -> Option<Day> {
    if trigger.sort != Some(TriggerKind::Time) {
        return None;
    }
    let since = since(dossier, trigger).and_then(day_of);
    let later = |day: &Day| since.is_none_or(|since| *day > since);
    let own = trigger.due.filter(later);
    let tier = || dossier.tier().map(|tier| i64::from(triggers().review_months(tier)));
    // One that was given its own day keeps to it.
    let of_tier = || tier().filter(|_| trigger.library.as_str() == INTERVAL && trigger.due.is_none());
    let armed = || day_of(Moment(trigger.id.made_at()));
    let months = trigger.months.filter(|months| *months > 0).or_else(of_tier);
    let interval = months.and_then(|months| Some(since.or_else(armed)?.plus_months(months)));
    let old = dossier.evidence.iter().filter(|e| !e.archived && trigger.library.as_str() == EVIDENCE);
    let expired = old.filter_map(|evidence| evidence.expires).map(|day| day.plus(1)).filter(later).min();
    [own, interval, expired].into_iter().flatten().min()
}

/// Whether the day of a time trigger has come.
pub fn came(dossier: &Dossier, trigger: &Trigger, today: Day) -> bool {
    fires_on(dossier, trigger).is_some_and(|day| day <= today)
}

/// Whether a trigger fired since the decision, or its day has come since then, and its triage leaves work to do.
pub fn pending(dossier: &Dossier, trigger: &Trigger, disposition: &Disposition, today: Day) -> bool {
    let settled = trigger.triage == Some(Triage::NotMaterial);
    // A record of before the moment of a triage was kept: what was settled stays so until it is armed anew.
    if trigger.archived || (settled && trigger.triaged_at.is_none()) {
        return false;
    }
    let since = disposition.at.max(trigger.triaged_at.filter(|_| settled));
    let fired = trigger.fired_at.is_some() && (since.is_none() || trigger.fired_at > since);
    fired || came(dossier, trigger, today)
}
