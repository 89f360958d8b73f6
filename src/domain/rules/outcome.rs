//! The decision, its conditions, its end, and the next review.

use super::{Refusal, Rule, edit::next_number, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    decision::{
        Decision, ReviewKind, Wanted, fingerprint, gate, kept_apart, overlaps, relied_on, rules_in_force,
        scope_of_next, snapshot, wanted,
    },
    fields::{Day, Kept, Marks, Vocabulary, Who},
    library::dpo_checklist,
    people::{Role, Stamp},
    value::Value,
};

type Outcome = Result<Vec<Event>, Refusal>;

/// Decides. A decision that permits use needs an empty gate, through whatever door it comes.
pub fn decide(
    dossier: &Dossier,
    (decision, valid_until): (Decision, Option<Day>),
    rationale: &Prose,
    conditions: &[(Prose, Day)],
    stamp: &Stamp,
) -> Outcome {
    let review = dossier.review().ok_or_else(|| unknown(Kind::Review))?;
    needs_reason(rationale, "A decision")?;
    if decision.permits() {
        permitted(dossier, decision, conditions, valid_until, stamp)?;
    }
    let text = snapshot(dossier, Role::Signoff);
    let id = stamp.fresh();
    let set = vec![
        ("review", Some(review.id).to_value()),
        ("decision", Some(decision).to_value()),
        ("rationale", rationale.to_value()),
        ("person", Some(Who(stamp.by)).to_value()),
        ("name", dossier.name_and_title(stamp.by).to_value()),
        ("at", Some(stamp.at).to_value()),
        ("valid_until", valid_until.to_value()),
        ("relies_on", Marks(relied_on(dossier).iter().map(|signoff| signoff.id.to_string()).collect()).to_value()),
        ("content", fingerprint(&text).to_value()),
        ("matrix", Value::from(dossier.matrix().version)),
        ("policy", Value::Int(rules_in_force(dossier).version)),
    ];
    let none = Prose::default();
    let mut main = event(dossier, (Kind::Disposition, id, "decide"), set, &none);
    main.attach = Some(text.into());
    let mut events = vec![main];
    for (text, due) in conditions {
        let owner = dossier.holder(Role::Owner, stamp.today).map(Who);
        let set = vec![
            ("disposition", Some(id).to_value()),
            ("text", text.to_value()),
            ("owner", owner.to_value()),
            ("due", Some(*due).to_value()),
        ];
        events.push(event(dossier, (Kind::Condition, stamp.fresh(), "set"), set, &none));
    }
    Ok(events)
}

fn permitted(
    dossier: &Dossier,
    decision: Decision,
    conditions: &[(Prose, Day)],
    valid_until: Option<Day>,
    stamp: &Stamp,
) -> Result<(), Refusal> {
    let gaps = gate(dossier, stamp.today);
    if let Some(first) = gaps.first() {
        let more = if gaps.len() > 1 { format!(" and {} more", gaps.len() - 1) } else { String::new() };
        let says = format!("The gate is not open: {}{more}.", first.what);
        return Err(Refusal::new(Rule::GateOpen, says).hint("The checklist leads to each gap; or return it to a role."));
    }
    independent(dossier, stamp)?;
    let bound = matches!(decision, Decision::Conditional | Decision::Pilot);
    if bound && !conditions.iter().any(|(text, _)| !text.is_empty()) {
        return Err(Refusal::new(
            Rule::Incomplete,
            "A conditional decision and a restricted pilot name at least one condition.",
        ));
    }
    if conditions.iter().any(|(text, due)| text.is_empty() || *due < stamp.today) {
        return Err(Refusal::new(Rule::BadValue, "Each condition has a text and a day that is not in the past."));
    }
    match valid_until {
        None => Err(Refusal::new(Rule::ExpiryNeeded, "A clearance needs the day until which it is valid.")),
        Some(until) if until < stamp.today => {
            Err(Refusal::new(Rule::ExpiryNeeded, "A clearance cannot have ended already."))
        }
        Some(_) => Ok(()),
    }
}

/// Keeps the record of a decision as it was printed when it was made: whatever a library, the matrix, the policy or docket
/// itself becomes, that is what was decided.
pub fn keep_printed(dossier: &Dossier, json: String, markdown: String) -> Vec<Event> {
    let Some(made) = dossier.last_disposition() else { return Vec::new() };
    let keep = |field: &str, text: String| {
        let set = vec![(field, fingerprint(&text).to_value())];
        let mut kept = event(dossier, (Kind::Disposition, made.id, "print"), set, &Prose::default());
        kept.attach = Some(text.into());
        kept
    };
    vec![keep("record_json", json), keep("record_text", markdown)]
}

/// Whoever decides is judged by the policy that is in force now, also where an earlier decision was judged by another.
fn independent(dossier: &Dossier, stamp: &Stamp) -> Result<(), Refusal> {
    let refusal = |says: String, lack: Wanted| {
        let hint = match lack {
            Wanted::Override => "Record why both roles are combined, or let another decide.",
            Wanted::Countersign => "Let a second person countersign, or let another decide.",
        };
        Err(Refusal::new(Rule::GateOpen, says).hint(hint))
    };
    let rules = rules_in_force(dossier);
    for overlap in overlaps(dossier, stamp.today) {
        if let Some(lack) = wanted(dossier, overlap.person, &overlap.roles, (&rules, stamp.today)).first() {
            let who = dossier.person_name(overlap.person).map_or("One person", |name| name.as_str());
            let says =
                format!("Version {} of the independence policy is not met: {who} combines roles.", rules.version);
            return refusal(says, *lack);
        }
    }
    match kept_apart(dossier, stamp.by, Role::Signoff, stamp.today) {
        Some((other, lack)) => {
            refusal(format!("Whoever stands for the {} does not decide on it as well.", other.label()), lack)
        }
        None => Ok(()),
    }
}

/// Revokes the clearance.
pub fn revoke(dossier: &Dossier, why: &Prose, stamp: &Stamp) -> Outcome {
    needs_reason(why, "To revoke a clearance")?;
    let disposition = dossier.last_disposition().ok_or_else(|| unknown(Kind::Disposition))?;
    let set = vec![("revoked_at", Some(stamp.at).to_value()), ("revoked_why", why.to_value())];
    Ok(vec![event(dossier, (Kind::Disposition, disposition.id, "revoke"), set, why)])
}

/// Records that a condition is met, and what shows it.
pub fn meet(dossier: &Dossier, id: Id, proof: &Prose, stamp: &Stamp) -> Outcome {
    let condition = dossier.conditions.iter().find(|c| c.id == id).ok_or_else(|| unknown(Kind::Condition))?;
    if condition.met_at.is_some() {
        return Err(Refusal::new(Rule::WrongState, "The condition was met already."));
    }
    needs_reason(proof, "To call a condition met")?;
    let set = vec![("met_at", Some(stamp.at).to_value()), ("proof", proof.to_value())];
    Ok(vec![event(dossier, (Kind::Condition, id, "meet"), set, proof)])
}

/// Opens the next review; sign-offs, hand-offs and acceptances of the one before do not carry over as live. Where all that
/// waits was triaged as scoped, it asks the roles that were named.
pub fn start_review(dossier: &Dossier, kind: ReviewKind, stamp: &Stamp) -> Vec<Event> {
    let scope = scope_of_next(dossier, stamp.today).filter(|_| matches!(kind, ReviewKind::Delta | ReviewKind::Scoped));
    let kind = match (&scope, kind) {
        (Some(_), _) => ReviewKind::Scoped,
        (None, ReviewKind::Scoped) => ReviewKind::Delta,
        (None, kind) => kind,
    };
    let set = vec![
        ("number", Value::Int(next_number(dossier, Kind::Review))),
        ("sort", Some(kind).to_value()),
        ("opened_at", Some(stamp.at).to_value()),
        ("roles", scope.unwrap_or_default().to_value()),
        ("checklist", Value::from(dpo_checklist().version())),
    ];
    vec![event(dossier, (Kind::Review, stamp.fresh(), "open"), set, &Prose::default())]
}
