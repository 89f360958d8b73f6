//! One person in several roles: the recorded reason, the countersignature, and the policy itself.

use super::{Refusal, Rule, edit::next_number, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Line, Prose,
    decision::{Rules, blocked, countersignable, rules_in_force},
    fields::{Kept, Marks, Who},
    people::{Role, Stamp},
    value::Value,
};

type Outcome = Result<Vec<Event>, Refusal>;

/// Records why one person may hold roles that the policy keeps apart, and what makes up for it: for exactly those who
/// hold such roles now.
pub fn combine(dossier: &Dossier, reason: &Prose, compensating: &Line, stamp: &Stamp) -> Outcome {
    let review = dossier.review().ok_or_else(|| unknown(Kind::Review))?;
    needs_reason(reason, "To combine these roles")?;
    if compensating.is_empty() {
        return Err(Refusal::new(Rule::Incomplete, "Name the measure that makes up for it.")
            .hint("For example: read again by somebody outside the team."));
    }
    let blocked = blocked(dossier, stamp.today);
    let whose = Marks(blocked.iter().map(|(person, _)| person.to_string()).collect());
    let mut roles: Vec<Role> = blocked.iter().flat_map(|(_, roles)| roles.iter().copied()).collect();
    roles.sort_unstable();
    roles.dedup();
    let set = vec![
        ("override_reason", reason.to_value()),
        ("override_by", Some(Who(stamp.by)).to_value()),
        ("compensating", compensating.to_value()),
        ("override_who", whose.to_value()),
        ("override_roles", roles.to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Review, review.id, "override"), set, reason)])
}

/// A second person stands by what somebody did in several roles.
pub fn countersign(dossier: &Dossier, whose: Id, statement: &Prose, stamp: &Stamp) -> Outcome {
    let review = dossier.review().ok_or_else(|| unknown(Kind::Review))?;
    let policy = rules_in_force(dossier);
    let roles = countersignable(dossier, (stamp.by, whose), &policy, stamp.today)?;
    if statement.is_empty() {
        return Err(Refusal::new(Rule::ReasonNeeded, "A countersignature says what was read and what you make of it.")
            .hint("Say it in a few words."));
    }
    let set = vec![
        ("review", Some(review.id).to_value()),
        ("whose", Some(Who(whose)).to_value()),
        ("roles", roles.to_value()),
        ("statement", statement.to_value()),
        ("person", Some(Who(stamp.by)).to_value()),
        ("name", dossier.name_and_title(stamp.by).to_value()),
        ("hat", Some(stamp.role).to_value()),
        ("at", Some(stamp.at).to_value()),
        ("policy", Value::Int(policy.version)),
    ];
    Ok(vec![event(dossier, (Kind::Countersign, stamp.fresh(), "sign"), set, &Prose::default())])
}

/// The next version of the policy; those before it stay, because decisions were judged by them.
pub fn set_policy(dossier: &Dossier, rules: &[String], reason: &Prose, stamp: &Stamp) -> Outcome {
    let Some(wanted) = Rules::from_marks(rules) else {
        return Err(Refusal::new(Rule::BadValue, "The policy names a cell or a word that is not there."));
    };
    let changes = wanted.changes(&rules_in_force(dossier));
    if changes.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "The policy says this already."));
    }
    needs_reason(reason, "Another policy")?;
    let set = vec![
        ("number", Value::Int(next_number(dossier, Kind::Policy))),
        ("reason", reason.to_value()),
        ("rules", Marks(wanted.marks()).to_value()),
        ("person", Some(Who(stamp.by)).to_value()),
        ("name", dossier.name_and_title(stamp.by).to_value()),
        ("at", Some(stamp.at).to_value()),
    ];
    let why = Prose::new(&format!("{reason}\n{}", changes.join("\n")));
    Ok(vec![event(dossier, (Kind::Policy, stamp.fresh(), "set"), set, &why)])
}
