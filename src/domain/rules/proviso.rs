//! The conditions of an acceptance: written while it is proposed, fixed once it is given, met by a proof.

use super::{Refusal, Rule, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    decision::{Acceptance, AcceptanceStatus, Proviso, ProvisoKind, ProvisoState, proviso_says, proviso_standing},
    fields::{Entity, Kept, Vocabulary},
    people::Stamp,
    register::Grade,
    value::Value,
};

type Outcome = Result<Vec<Event>, Refusal>;
type Set = Vec<(&'static str, Value)>;

/// Checks what is set of a condition: it belongs to a proposal, and says what its kind needs.
pub fn settle(dossier: &Dossier, id: Id, set: &Set) -> Result<(), Refusal> {
    let before = dossier.provisos.by_id(id);
    let mut after = before.cloned().unwrap_or_else(|| Proviso::empty(id));
    for (field, value) in set {
        after.put(field, value);
    }
    let only_owner = before.is_some() && set.iter().all(|(field, _)| *field == "owner");
    if !only_owner {
        open(dossier, &after)?;
    }
    complete(dossier, &after)
}

/// A condition of something that was accepted is part of what was accepted: it stays.
pub fn withdrawable(dossier: &Dossier, id: Id) -> Result<(), Refusal> {
    dossier.provisos.by_id(id).map_or(Ok(()), |proviso| open(dossier, proviso))
}

fn open(dossier: &Dossier, proviso: &Proviso) -> Result<(), Refusal> {
    let Some(acceptance) = dossier.acceptance_of(proviso) else {
        return Err(Refusal::new(Rule::Unknown, "A condition belongs to an acceptance of this system.")
            .hint("Put the cursor on a proposed acceptance first."));
    };
    if acceptance.status == Some(AcceptanceStatus::Proposed) {
        return Ok(());
    }
    let says = "What was accepted stays as it was accepted, and so do its conditions.";
    Err(Refusal::new(Rule::WrongState, says).hint("Ask for a renewed acceptance with other conditions."))
}

/// What a kind needs, so that nobody accepts on a condition that cannot be checked.
fn complete(dossier: &Dossier, proviso: &Proviso) -> Result<(), Refusal> {
    let needs = |what: &str| {
        let says = format!("A condition of the kind \"{}\" needs {what}.", proviso.kind_of().label());
        Err(Refusal::new(Rule::Incomplete, says))
    };
    let live = |id: Id| dossier.live_controls().any(|control| control.id == id);
    let positive = |n: Option<i64>| n.is_some_and(|n| n > 0);
    if proviso.owner.is_none() {
        return needs("an owner: a named person who sees to it");
    }
    if proviso.every.is_some() && !positive(proviso.every) {
        return needs("a whole number of days above 0 after which it is due again");
    }
    if proviso.every.is_some() && proviso.due.is_none() {
        return needs("the day on which it is due the first time");
    }
    match proviso.kind_of() {
        ProvisoKind::Control if !proviso.control.is_some_and(live) => needs("a control of this system"),
        ProvisoKind::Control | ProvisoKind::Report | ProvisoKind::Other if proviso.due.is_none() => {
            needs("a day by which it has to be so")
        }
        ProvisoKind::Stage if proviso.stage.is_none() => needs("the last stage in which the risk may be carried"),
        ProvisoKind::Usage if !positive(proviso.cap) => needs("a cap: a whole number above 0"),
        ProvisoKind::Other if proviso.text.is_empty() => needs("words that say what has to be so"),
        _ => Ok(()),
    }
}

/// Whether every condition of a proposal can be taken on: complete, and not broken already.
pub fn acceptable(dossier: &Dossier, acceptance: &Acceptance, stamp: &Stamp) -> Result<(), Refusal> {
    for proviso in dossier.provisos_of(acceptance.id) {
        complete(dossier, proviso)?;
        let standing = proviso_standing(dossier, proviso, stamp.today);
        if standing.state == ProvisoState::Breached {
            let says =
                format!("The condition \"{}\" is broken already: {}.", proviso_says(dossier, proviso), standing.why);
            return Err(Refusal::new(Rule::WrongState, says).hint("Change the condition, or decline."));
        }
    }
    Ok(())
}

/// Fixes of each condition what it is compared with later.
pub fn taken_on(dossier: &Dossier, acceptance: &Acceptance) -> Vec<Event> {
    let watched = dossier.provisos_of(acceptance.id).filter(|p| p.kind_of() == ProvisoKind::Oversight);
    let fixed = watched.map(|proviso| {
        let autonomy = dossier.system().and_then(|system| system.autonomy);
        let set = vec![("oversight", Proviso::oversight_of(dossier).to_value()), ("autonomy", autonomy.to_value())];
        event(dossier, (Kind::Proviso, proviso.id, "set"), set, &Prose::default())
    });
    fixed.filter(|event| !event.set.is_empty()).collect()
}

/// The conditions of an earlier acceptance, to be agreed on anew: nothing of how far they are comes along, and a day that
/// is over is left for somebody to say.
pub fn again(dossier: &Dossier, from: Id, to: Id, stamp: &Stamp) -> Vec<Event> {
    const WORDS: [&str; 7] = ["sort", "text", "control", "stage", "cap", "unit", "every"];
    let one = |proviso: &Proviso| {
        let mut set: Set = WORDS.iter().map(|field| (*field, proviso.get(field))).collect();
        set.push(("acceptance", Some(to).to_value()));
        set.push(("owner", proviso.owner.to_value()));
        set.push(("due", proviso.due_now().filter(|due| *due >= stamp.today).to_value()));
        set.retain(|(_, value)| !value.is_null());
        event(dossier, (Kind::Proviso, stamp.fresh(), "propose"), set, &Prose::default())
    };
    dossier.provisos_of(from).map(one).collect()
}

/// Records that a condition is met, or how it stands: the proof, the evidence, and what was measured.
pub fn meet(
    dossier: &Dossier,
    id: Id,
    proof: &Prose,
    (evidence, measured): (Option<Id>, Option<i64>),
    stamp: &Stamp,
) -> Outcome {
    let (_, proviso) =
        dossier.live_provisos().find(|(_, proviso)| proviso.id == id).ok_or_else(|| unknown(Kind::Proviso))?;
    needs_reason(proof, "To call a condition met")?;
    if !proviso.by_proof() {
        let says = format!("The condition \"{}\" is checked from the record.", proviso_says(dossier, proviso));
        return Err(Refusal::new(Rule::SetByRule, says).hint("Record the verification of the control, or the stage."));
    }
    let usage = proviso.kind_of() == ProvisoKind::Usage;
    if proviso.met_at.is_some() && proviso.every.is_none() && !usage && proviso.kind_of() != ProvisoKind::Oversight {
        return Err(Refusal::new(Rule::WrongState, "The condition was met already."));
    }
    if usage && measured.is_none_or(|n| n < 0) {
        return Err(Refusal::new(Rule::Incomplete, "A usage cap is reported with the number that was measured."));
    }
    let there = |id: Id| dossier.evidence.by_id(id).is_some_and(|e| !e.archived && e.grade != Some(Grade::Missing));
    if evidence.is_some_and(|id| !there(id)) {
        let says = "This evidence is not in the evidence pack.";
        return Err(Refusal::new(Rule::Unknown, says).hint("Add it there first, or leave it out."));
    }
    let mut set = vec![
        ("met_at", Some(stamp.at).to_value()),
        ("proof", proof.to_value()),
        ("evidence", evidence.to_value()),
        ("measured", measured.filter(|_| usage).to_value()),
    ];
    set.extend(next_due(proviso, stamp).map(|next| ("next", next)));
    if proviso.kind_of() == ProvisoKind::Oversight {
        watched(dossier, proviso)?;
        set.push(("oversight", Proviso::oversight_of(dossier).to_value()));
    }
    Ok(vec![event(dossier, (Kind::Proviso, id, "meet"), set, proof)])
}

/// What the record itself denies no proof makes good.
fn watched(dossier: &Dossier, proviso: &Proviso) -> Result<(), Refusal> {
    let system = dossier.system().ok_or_else(|| unknown(Kind::System))?;
    let says = if system.oversight.is_empty() {
        "No human oversight is described, so nobody can confirm that it stays on."
    } else if proviso.autonomy.is_some() && system.autonomy > proviso.autonomy {
        "The system does more on its own than when the risk was accepted; that is not confirmed away."
    } else {
        return Ok(());
    };
    Err(Refusal::new(Rule::WrongState, says).hint("Put it right in the overview, or ask for another acceptance."))
}

/// The next day of a rhythm after the one that is met now; a day that was let pass is not asked for again.
fn next_due(proviso: &Proviso, stamp: &Stamp) -> Option<Value> {
    let (every, due) = (proviso.every.filter(|every| *every > 0)?, proviso.due_now()?);
    let passed = due.days_to(stamp.today).max(0) / every + 1;
    Some(Some(due.plus(passed.saturating_mul(every))).to_value())
}
