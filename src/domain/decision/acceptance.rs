//! What an acceptance of a residual risk is worth today.

use super::{Acceptance, AcceptanceStatus, section::fingerprint};
use crate::domain::{
    Dossier, Id,
    fields::{Day, Digest, choices},
    library::Level,
    register::{Rating, Threat, ratings},
};

choices! {
    /// The state of an acceptance, computed when read.
    AcceptanceState {
        Proposed "proposed" "proposed",
        Active "active" "active",
        Expiring "expiring" "expiring",
        Lapsed "lapsed" "lapsed",
        Drifted "drifted" "drifted",
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
}

/// The state of an acceptance on a day.
pub fn acceptance_state(dossier: &Dossier, acceptance: &Acceptance, today: Day) -> AcceptanceState {
    let accepted = acceptance.status == Some(AcceptanceStatus::Accepted);
    let threat = dossier.threats.iter().find(|threat| accepted && Some(threat.id) == acceptance.threat);
    let now = threat.and_then(|threat| ratings(dossier, threat, today).now);
    acceptance_state_at(acceptance, now, today)
}

/// The state of an acceptance on a day on which its threat has this score.
pub(crate) fn acceptance_state_at(acceptance: &Acceptance, now: Option<Rating>, today: Day) -> AcceptanceState {
    match acceptance.status.unwrap_or(AcceptanceStatus::Proposed) {
        AcceptanceStatus::Proposed => AcceptanceState::Proposed,
        AcceptanceStatus::Declined => AcceptanceState::Declined,
        AcceptanceStatus::Withdrawn => AcceptanceState::Withdrawn,
        AcceptanceStatus::Revoked => AcceptanceState::Revoked,
        AcceptanceStatus::Superseded => AcceptanceState::Superseded,
        AcceptanceStatus::Accepted => live_state(acceptance, now, today),
    }
}

fn live_state(acceptance: &Acceptance, now: Option<Rating>, today: Day) -> AcceptanceState {
    let Some(expires) = acceptance.expires.filter(|expires| today <= *expires) else {
        return AcceptanceState::Lapsed;
    };
    let same =
        now.is_some_and(|now| Some(now.likelihood) == acceptance.likelihood && Some(now.impact) == acceptance.impact);
    if !same {
        AcceptanceState::Drifted
    } else if today.days_to(expires) <= EXPIRING_DAYS {
        AcceptanceState::Expiring
    } else {
        AcceptanceState::Active
    }
}

/// The acceptance that carries a threat today.
pub fn active_acceptance(dossier: &Dossier, threat: Id, today: Day) -> Option<&Acceptance> {
    dossier.acceptances_of(threat).rev().find(|acceptance| acceptance_state(dossier, acceptance, today).holds())
}

/// Whether a threat needs a specified control or an acceptance: from level high on.
pub fn requires_decision(level: Level) -> bool {
    level >= Level::High
}

/// The fingerprint of a threat as an acceptance freezes it.
pub fn threat_revision(threat: &Threat) -> Digest {
    use crate::domain::fields::Entity;
    let text = Threat::FIELDS
        .iter()
        .filter(|field| field.section.is_some())
        .map(|field| format!("{} {}\n", field.id, threat.get(field.id).to_json()));
    fingerprint(&text.collect::<String>())
}
