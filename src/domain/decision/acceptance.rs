//! What an acceptance of a residual risk is worth today.

use super::{
    Acceptance, AcceptanceStatus, Proviso, ProvisoState,
    proviso::{proviso_says, standing_by},
    section::fingerprint,
};
use crate::domain::{
    Dossier, Id, Kind,
    fields::{Day, Digest, Entity, choices},
    library::Level,
    register::{Plan, Rating, Threat},
    value::Value,
    wording::shown,
};

choices! {
    /// The state of an acceptance, computed when read.
    AcceptanceState {
        Proposed "proposed" "proposed",
        Active "active" "active",
        Expiring "expiring" "expiring",
        Lapsed "lapsed" "lapsed",
        Drifted "drifted" "drifted",
        Breached "condition_breached" "condition breached",
        Declined "declined" "declined",
        Withdrawn "withdrawn" "withdrawn",
        Revoked "revoked" "revoked",
        Superseded "superseded" "superseded",
    }
}

/// How many days before its end an acceptance counts as expiring.
pub const EXPIRING_DAYS: i64 = 30;

impl AcceptanceState {
    /// Whether the risk is carried by it today.
    pub fn holds(self) -> bool {
        matches!(self, Self::Active | Self::Expiring)
    }
    /// Whether it was given and did not end, so that it has to be renewed or revoked where it does not hold.
    pub fn given(self) -> bool {
        matches!(self, Self::Active | Self::Expiring | Self::Lapsed | Self::Drifted | Self::Breached)
    }
    /// Whether nothing is to be done about it any more.
    pub fn ended(self) -> bool {
        matches!(self, Self::Declined | Self::Withdrawn | Self::Revoked | Self::Superseded)
    }
}

impl Acceptance {
    /// The number as people say it: `A-2`.
    pub fn reference(&self) -> String {
        format!("A-{}", self.number.unwrap_or(0))
    }
    /// Whether whoever asked for it also accepted it: allowed, and said wherever it is shown.
    pub fn by_one_person(&self) -> bool {
        self.acceptor.is_some() && self.acceptor == self.requester
    }
}

/// The state of an acceptance on a day: a function of the record and the day alone.
pub fn acceptance_state(dossier: &Dossier, acceptance: &Acceptance, today: Day) -> AcceptanceState {
    acceptance_state_by(dossier, acceptance, &Plan::of(dossier, today), today)
}

/// The same by a plan of that day.
pub(crate) fn acceptance_state_by(
    dossier: &Dossier,
    acceptance: &Acceptance,
    plan: &Plan<'_>,
    today: Day,
) -> AcceptanceState {
    match acceptance.status.unwrap_or(AcceptanceStatus::Proposed) {
        AcceptanceStatus::Proposed => AcceptanceState::Proposed,
        AcceptanceStatus::Declined => AcceptanceState::Declined,
        AcceptanceStatus::Withdrawn => AcceptanceState::Withdrawn,
        AcceptanceStatus::Revoked => AcceptanceState::Revoked,
        AcceptanceStatus::Superseded => AcceptanceState::Superseded,
        AcceptanceStatus::Accepted => live_state(dossier, acceptance, plan, today),
    }
}

fn live_state(dossier: &Dossier, acceptance: &Acceptance, plan: &Plan<'_>, today: Day) -> AcceptanceState {
    let Some(expires) = acceptance.expires.filter(|expires| today <= *expires) else {
        return AcceptanceState::Lapsed;
    };
    if !same_score(acceptance, score_by(dossier, acceptance, plan)) {
        AcceptanceState::Drifted
    } else if breaches(dossier, acceptance, plan, today).next().is_some() {
        AcceptanceState::Breached
    } else if today.days_to(expires) <= EXPIRING_DAYS {
        AcceptanceState::Expiring
    } else {
        AcceptanceState::Active
    }
}

/// The score of its threat by a plan; none while the threat is unscored or gone.
pub(super) fn score_by(dossier: &Dossier, acceptance: &Acceptance, plan: &Plan<'_>) -> Option<Rating> {
    let threat = dossier.threats.by_id(acceptance.threat?)?;
    plan.ratings(threat).now
}

fn same_score(acceptance: &Acceptance, now: Option<Rating>) -> bool {
    now.is_some_and(|now| Some(now.likelihood) == acceptance.likelihood && Some(now.impact) == acceptance.impact)
}

/// The conditions that are not kept, each with what is not so.
fn breaches<'a>(
    dossier: &'a Dossier,
    acceptance: &Acceptance,
    plan: &Plan<'_>,
    today: Day,
) -> impl Iterator<Item = (&'a Proviso, String)> {
    dossier.provisos_of(acceptance.id).filter_map(move |proviso| {
        let standing = standing_by(dossier, proviso, plan, today);
        (standing.state == ProvisoState::Breached).then_some((proviso, standing.why))
    })
}

/// Why an acceptance that was given does not hold on a day, one sentence a reason; nothing while it holds.
pub fn acceptance_why(dossier: &Dossier, acceptance: &Acceptance, today: Day) -> Vec<String> {
    why_by(dossier, acceptance, &Plan::of(dossier, today), today)
}

/// The same by a plan of that day.
pub(super) fn why_by(dossier: &Dossier, acceptance: &Acceptance, plan: &Plan<'_>, today: Day) -> Vec<String> {
    if acceptance.status != Some(AcceptanceStatus::Accepted) {
        return Vec::new();
    }
    let mut out = Vec::new();
    if let Some(expires) = acceptance.expires.filter(|expires| today > *expires) {
        out.push(format!("It was valid until {expires}."));
    }
    let now = score_by(dossier, acceptance, plan);
    if !same_score(acceptance, now) {
        out.push(format!(
            "The score was {} when it was accepted and is {} now.",
            score_then(acceptance),
            score_of(now)
        ));
    }
    let broken = breaches(dossier, acceptance, plan, today);
    out.extend(
        broken.map(|(proviso, why)| format!("The condition \"{}\" is broken: {why}.", proviso_says(dossier, proviso))),
    );
    out
}

/// The score that was accepted: `High 3×4`.
fn score_then(acceptance: &Acceptance) -> String {
    let level = Level::parse(acceptance.level.as_str()).map_or("unrated", Level::label);
    match acceptance.likelihood.zip(acceptance.impact) {
        Some((l, i)) => format!("{level} {}×{}", l.get(), i.get()),
        None => level.to_owned(),
    }
}

fn score_of(now: Option<Rating>) -> String {
    now.map_or_else(
        || "unscored".to_owned(),
        |now| format!("{} {}×{}", now.level.label(), now.likelihood.get(), now.impact.get()),
    )
}

/// The acceptance that carries a threat today.
pub fn active_acceptance(dossier: &Dossier, threat: Id, today: Day) -> Option<&Acceptance> {
    dossier.acceptances_of(threat).rev().find(|acceptance| acceptance_state(dossier, acceptance, today).holds())
}

/// Whether a threat needs a specified control or an acceptance: from level high on.
pub fn requires_decision(level: Level) -> bool {
    level >= Level::High
}

/// What a threat says, one field a line, as an acceptance freezes it.
pub fn threat_then(threat: &Threat) -> String {
    let fields = Threat::FIELDS.iter().filter(|field| field.section.is_some());
    let lines: Vec<String> = fields.map(|field| format!("{} {}\n", field.id, threat.get(field.id).to_json())).collect();
    lines.concat()
}

/// The fingerprint of a threat as an acceptance freezes it.
pub fn threat_revision(threat: &Threat) -> Digest {
    fingerprint(&threat_then(threat))
}

/// What differs from when a risk was accepted, one sentence each: what whoever renews it has to look at.
pub fn changed_since(dossier: &Dossier, acceptance: &Acceptance, today: Day) -> Vec<String> {
    let plan = Plan::of(dossier, today);
    let Some(threat) = acceptance.threat.and_then(|id| dossier.threats.by_id(id)) else { return Vec::new() };
    let mut out = Vec::new();
    let now = plan.ratings(threat).now;
    let score = format!("The score then: {}; now: {}", score_then(acceptance), score_of(now));
    out.push(if same_score(acceptance, now) { format!("{score}, the same.") } else { format!("{score}.") });
    let names = |ids: &[Id]| {
        let names =
            ids.iter().filter_map(|id| dossier.controls.by_id(*id)).map(super::super::register::Control::reference);
        let names: Vec<String> = names.collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let then: Vec<Id> = acceptance.credited.0.iter().filter_map(|id| Id::parse(id)).collect();
    let credited =
        plan.controls_of(threat.id).filter(|(_, control)| plan.counts(control)).map(|(_, control)| control.id);
    let credited: Vec<Id> = credited.collect();
    let same = then.iter().all(|id| credited.contains(id)) && credited.iter().all(|id| then.contains(id));
    let controls = format!("Controls that counted then: {}; now: {}", names(&then), names(&credited));
    out.push(if same { format!("{controls}, the same.") } else { format!("{controls}.") });
    out.push(reworded(dossier, acceptance, threat));
    out
}

/// Which fields of the threat say something else now.
fn reworded(dossier: &Dossier, acceptance: &Acceptance, threat: &Threat) -> String {
    if threat_revision(threat) == acceptance.revision {
        return "The threat says what it said then.".to_owned();
    }
    let then = |id: &str| {
        let line = acceptance.threat_then.as_str().lines().find_map(|line| line.strip_prefix(id)?.strip_prefix(' '));
        line.map(|json| serde_json::from_str(json).map_or(Value::Null, |json| Value::from_json(&json)))
    };
    let changed = Kind::Threat.fields().iter().filter(|field| field.section.is_some()).filter_map(|field| {
        let (then, now) = (then(field.id)?, threat.get(field.id));
        let say = |value: &Value| {
            let text = shown(dossier, field, value);
            if text.is_empty() { "empty".to_owned() } else { text }
        };
        (then != now).then(|| format!("{} {} → {}", field.label, say(&then), say(&now)))
    });
    let changed: Vec<String> = changed.collect();
    if changed.is_empty() {
        "The threat says something else now; the record of then does not keep which words.".to_owned()
    } else {
        format!("The threat says something else now: {}.", changed.join("; "))
    }
}
