//! Independence: one person in several roles is allowed, always shown, and judged by the policy.

mod countersign;
mod policy;

pub use countersign::{Countersign, SECOND, countersignable, countersigned, independent, second_role};
pub use policy::{PAIRS, Policy, QUORUMS, Rules, newest_policy, rules_in_force, rules_of_review, rules_of_version};

use crate::domain::{
    Dossier, Id,
    fields::{Day, choices},
    people::Role,
};

choices! {
    /// What the policy says of a person who holds two roles.
    Judgement {
        Allow "allow" "allowed",
        Note "note" "noted in the record",
        Countersign "countersign" "needs a countersignature",
        Block "block" "blocked unless overridden",
    }
}

/// One person who holds several review roles on one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// Who.
    pub person: Id,
    /// In which roles, in the order of the track.
    pub roles: Vec<Role>,
    /// The strictest judgement over their pairs.
    pub judgement: Judgement,
}

/// What is still missing before the policy is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A recorded reason, and what makes up for it.
    Override,
    /// The signature of a second person.
    Countersign,
}

/// Everybody who holds more than one of the review roles that are due on this system.
pub fn overlaps(dossier: &Dossier, today: Day) -> Vec<Overlap> {
    overlaps_by(dossier, &rules_of_review(dossier), today)
}

/// [`overlaps`], judged by these rules.
pub fn overlaps_by(dossier: &Dossier, policy: &Rules, today: Day) -> Vec<Overlap> {
    let mut held: Vec<(Id, Vec<Role>)> = Vec::new();
    for (role, person) in due(dossier).filter_map(|role| Some((role, acting(dossier, role, today)?))) {
        match held.iter_mut().find(|(id, _)| *id == person) {
            Some((_, roles)) => roles.push(role),
            None => held.push((person, vec![role])),
        }
    }
    let tier = dossier.tier();
    held.retain(|(_, roles)| roles.len() > 1);
    held.into_iter()
        .map(|(person, roles)| {
            let judgement = pairs(&roles).map(|(one, other)| policy.judge(tier, one, other)).max();
            Overlap { person, roles, judgement: judgement.unwrap_or(Judgement::Allow) }
        })
        .collect()
}

fn due(dossier: &Dossier) -> impl Iterator<Item = Role> + '_ {
    Role::REVIEW.iter().copied().filter(|role| *role != Role::Dpo || dossier.personal_data())
}

fn pairs(roles: &[Role]) -> impl Iterator<Item = (Role, Role)> + '_ {
    roles.iter().enumerate().flat_map(|(at, one)| roles[at + 1..].iter().map(move |other| (*one, *other)))
}

/// What is missing before somebody may hold these roles: each pair is judged by itself, so that a countersignature does
/// for no block, and an override for no countersignature.
pub fn wanted(dossier: &Dossier, person: Id, roles: &[Role], (policy, today): (&Rules, Day)) -> Vec<Wanted> {
    let tier = dossier.tier();
    let says = |wanted| pairs(roles).any(|(one, other)| policy.judge(tier, one, other) == wanted);
    let mut out = Vec::new();
    if says(Judgement::Block) && !overridden(dossier, person, roles) {
        out.push(Wanted::Override);
    }
    if says(Judgement::Countersign) && countersigned(dossier, person, roles, today).is_none() {
        out.push(Wanted::Countersign);
    }
    out
}

/// Whether the reason that is recorded in the current review is about these roles of this person. One that was recorded
/// before it said of whom is about everybody.
pub fn overridden(dossier: &Dossier, person: Id, roles: &[Role]) -> bool {
    dossier.review().is_some_and(|review| {
        let of_all = review.override_who.0.is_empty();
        let of_them = || {
            review.override_who.has(&person.to_string())
                && roles.iter().all(|role| review.override_roles.contains(role))
        };
        !review.override_reason.is_empty() && (of_all || of_them())
    })
}

/// The due roles in which somebody acts or may act, as a delegate too, in the order of the track.
pub fn held_by(dossier: &Dossier, person: Id, today: Day) -> Vec<Role> {
    let stands = |role: &Role| acting(dossier, *role, today) == Some(person) || dossier.holds(person, *role, today);
    due(dossier).filter(stands).collect()
}

/// Everybody whose roles the policy blocks unless somebody says why, with these roles: what a reason is recorded for.
pub fn blocked(dossier: &Dossier, today: Day) -> Vec<(Id, Vec<Role>)> {
    let (policy, tier) = (rules_in_force(dossier), dossier.tier());
    let mut out = Vec::new();
    for person in dossier.people.iter().filter(|person| !person.archived) {
        let roles = held_by(dossier, person.id, today);
        if pairs(&roles).any(|(one, other)| policy.judge(tier, one, other) == Judgement::Block) {
            out.push((person.id, roles));
        }
    }
    out
}

/// The due role for which `person` stands, and which the policy keeps apart from acting in `role`, as a delegate too,
/// with what would make it possible.
pub fn kept_apart(dossier: &Dossier, person: Id, role: Role, today: Day) -> Option<(Role, Wanted)> {
    let policy = rules_in_force(dossier);
    let others = super::due_roles(dossier).into_iter().filter(|other| *other != role);
    others
        .filter(|other| acting(dossier, *other, today) == Some(person))
        .find_map(|other| Some((other, *wanted(dossier, person, &[other, role], (&policy, today)).first()?)))
}

/// Who stands for a role: whoever signed in it, else its holder.
fn acting(dossier: &Dossier, role: Role, today: Day) -> Option<Id> {
    let signed = super::standing_signoff(dossier, role).filter(|signoff| signoff.withdrawn_at.is_none());
    signed.and_then(|signoff| signoff.person).map(|who| who.0).or_else(|| dossier.holder(role, today))
}
