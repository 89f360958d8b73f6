//! What the decision is worth on a day: one answer for the record and for the gate.

use serde::Serialize;

use crate::domain::{
    Dossier,
    after::paused,
    decision::{Clearance, ClearanceState, Decision, Disposition, Gap, Mend, Void, clearance, explain, gate},
    fields::{Day, Vocabulary},
};

use super::words;

/// Whether there is a decision to go by at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// There is one, and the answer is no.
    No,
    /// There is none, or none for this release and this content.
    Nothing,
}

/// Why the answer is not yes, with a code by which a pipeline can route it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// A code of the schema.
    pub code: &'static str,
    /// In one sentence.
    pub text: String,
    /// What kind of no it is.
    #[serde(skip)]
    pub class: Class,
}

/// What the decision is worth.
#[derive(Debug, Clone)]
pub struct Standing {
    /// `approved`, `approved-with-conditions`, `rejected` or `undecided`.
    pub result: &'static str,
    /// Why it is not approved; empty when it is.
    pub reasons: Vec<Reason>,
    /// The effective clearance.
    pub clearance: Clearance,
}

/// What the last decision is worth on a day.
pub fn standing(dossier: &Dossier, today: Day) -> Standing {
    standing_with(dossier, today, &[])
}

/// [`standing`], with what the journal says of sign-offs that were voided.
pub fn standing_with(dossier: &Dossier, today: Day, voided: &[Void]) -> Standing {
    let clearance = clearance(dossier, today);
    let last = dossier.last_disposition();
    let decision = last.and_then(|made| made.decision);
    let mut reasons: Vec<Reason> = own(dossier, &clearance, today).into_iter().collect();
    reasons.extend(outlived(last, &clearance, today));
    if last.is_none() {
        let mut gaps = gate(dossier, today);
        explain(&mut gaps, voided);
        reasons.extend(gaps.iter().map(of_gap));
    }
    Standing { result: limited(dossier, result(decision, clearance.state), today), reasons, clearance }
}

/// While an approver restricts the use, what was approved is approved with a condition.
fn limited(dossier: &Dossier, result: &'static str, today: Day) -> &'static str {
    let restricted = dossier.incidents.iter().any(|incident| incident.restricts(today));
    if result == "approved" && restricted { "approved-with-conditions" } else { result }
}

/// Approved only while the clearance is current; a refusal stays a refusal.
fn result(decision: Option<Decision>, state: ClearanceState) -> &'static str {
    let Some(decision) = decision else { return "undecided" };
    match state {
        ClearanceState::Current => match decision {
            Decision::Proceed => "approved",
            Decision::Conditional | Decision::Pilot => "approved-with-conditions",
            Decision::Hold | Decision::Decline => "undecided",
        },
        ClearanceState::Revoked => "rejected",
        ClearanceState::None if decision == Decision::Decline => "rejected",
        ClearanceState::None
        | ClearanceState::ConditionsDue
        | ClearanceState::Lapsed
        | ClearanceState::Drifted
        | ClearanceState::TriggerPending
        | ClearanceState::Superseded => "undecided",
    }
}

/// The reason that the state of the clearance gives; none while it is current.
fn own(dossier: &Dossier, clearance: &Clearance, today: Day) -> Option<Reason> {
    let last = dossier.last_disposition();
    let (code, class) = match clearance.state {
        // A state without a decision behind it lets nothing through.
        ClearanceState::Current if last.and_then(|made| made.decision).is_some_and(Decision::permits) => return None,
        ClearanceState::Current => ("no-decision", Class::Nothing),
        ClearanceState::None => match last.and_then(|made| made.decision) {
            Some(Decision::Decline) => ("rejected", Class::No),
            Some(Decision::Hold) => ("on-hold", Class::Nothing),
            Some(Decision::Proceed | Decision::Conditional | Decision::Pilot) | None => ("no-decision", Class::Nothing),
        },
        ClearanceState::ConditionsDue => ("condition-overdue", Class::No),
        ClearanceState::Lapsed if is_over(last, today) => ("lapsed", Class::Nothing),
        ClearanceState::Lapsed => ("acceptance-expired", Class::No),
        ClearanceState::Drifted => ("content-changed", Class::Nothing),
        // Somebody who may stop it said no.
        ClearanceState::TriggerPending if paused(dossier).is_some() => ("paused", Class::No),
        ClearanceState::TriggerPending => ("trigger-pending", Class::Nothing),
        ClearanceState::Superseded => ("superseded", Class::Nothing),
        ClearanceState::Revoked => ("revoked", Class::No),
    };
    Some(Reason { code, text: clearance.reason.clone(), class })
}

/// That the validity is over counts also where something graver is named first.
fn outlived(last: Option<&Disposition>, clearance: &Clearance, today: Day) -> Option<Reason> {
    let until = last?.valid_until?;
    (is_over(last, today) && clearance.state != ClearanceState::Lapsed).then(|| Reason {
        code: "lapsed",
        text: format!("It was valid until {}.", words::date(until)),
        class: Class::Nothing,
    })
}

fn is_over(last: Option<&Disposition>, today: Day) -> bool {
    last.and_then(|made| made.valid_until).is_some_and(|until| today > until)
}

fn of_gap(gap: &Gap) -> Reason {
    let code = match (gap.condition, gap.place.mend) {
        (4, Mend::Except) => "open-gap",
        (4, _) => "undecided-threat",
        (6, _) if gap.place.field.starts_with("dpia") => "dpia-missing",
        (7, _) => "evidence-missing",
        (8, Mend::Override) => "separation-of-duties",
        (8, _) => "missing-signoff",
        _ => "open-gap",
    };
    Reason { code, text: format!("{} ({}).", gap.what, gap.role.label()), class: Class::Nothing }
}
