//! Independence: one person in several roles is allowed, always shown, and judged.

use crate::domain::{
    Dossier, Id,
    fields::{Day, choices},
    people::Role,
    system::Tier,
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

/// The policy: the DPO combined with a role that owns, works on or decides is a conflict of interest (GDPR Art. 38(6)),
/// noted on the low tiers and blocked on high and critical; every other pair is noted. An unknown tier counts as the
/// worst.
pub fn judge(tier: Option<Tier>, one: Role, other: Role) -> Judgement {
    if one == other {
        return Judgement::Allow;
    }
    let with_dpo = one == Role::Dpo || other == Role::Dpo;
    let low = matches!(tier, Some(Tier::Minimal | Tier::Limited));
    if with_dpo && !low { Judgement::Block } else { Judgement::Note }
}

/// Everybody who holds more than one of the review roles that are due on this system.
pub fn overlaps(dossier: &Dossier, today: Day) -> Vec<Overlap> {
    let due = Role::REVIEW.iter().copied().filter(|role| *role != Role::Dpo || dossier.personal_data());
    let mut held: Vec<(Id, Vec<Role>)> = Vec::new();
    for (role, person) in due.filter_map(|role| Some((role, acting(dossier, role, today)?))) {
        match held.iter_mut().find(|(id, _)| *id == person) {
            Some((_, roles)) => roles.push(role),
            None => held.push((person, vec![role])),
        }
    }
    let tier = dossier.tier();
    held.retain(|(_, roles)| roles.len() > 1);
    held.into_iter()
        .map(|(person, roles)| {
            let pairs = roles.iter().flat_map(|one| roles.iter().map(move |other| judge(tier, *one, *other)));
            let judgement = pairs.max().unwrap_or(Judgement::Allow);
            Overlap { person, roles, judgement }
        })
        .collect()
}

/// The due role for which `person` stands, and which the policy keeps apart from acting in `role`, as a delegate too.
/// None where an override is recorded.
pub fn kept_apart(dossier: &Dossier, person: Id, role: Role, today: Day) -> Option<Role> {
    if dossier.review().is_some_and(|review| !review.override_reason.is_empty()) {
        return None;
    }
    let tier = dossier.tier();
    super::due_roles(dossier)
        .into_iter()
        .filter(|other| judge(tier, role, *other) == Judgement::Block)
        .find(|other| acting(dossier, *other, today) == Some(person))
}

/// Who stands for a role: whoever signed in it, else its holder.
fn acting(dossier: &Dossier, role: Role, today: Day) -> Option<Id> {
    let signed = super::latest_signoff(dossier, role).filter(|signoff| signoff.withdrawn_at.is_none());
    signed.and_then(|signoff| signoff.person).map(|who| who.0).or_else(|| dossier.holder(role, today))
}
