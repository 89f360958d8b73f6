//! The countersignature: a second person reads what one person did in two roles, and stands by it.

use super::{Rules, held_by, overlaps};
use crate::domain::{
    Dossier, Id, Line, Prose,
    fields::{Day, Moment, Vocabulary, Who, entities},
    people::{RULE, Role},
    refusal::{Refusal, Rule},
};

entities! {
    /// What a second person signed for what somebody did in several roles of one review.
    Countersign {
        /// The review.
        review: Option<crate::domain::Id> = "Review", none, RULE, needed;
        /// Who holds the roles.
        whose: Option<Who> = "Roles of", none, RULE, needed;
        /// The roles that they combine.
        roles: Vec<Role> = "Roles combined", none, RULE, needed;
        /// What the second person says of it.
        statement: Prose = "Statement", none, RULE, needed;
        /// Who countersigned.
        person: Option<Who> = "Countersigned by", none, RULE, needed;
        /// Their name and title then.
        name: Line = "Name and title", none, RULE, needed;
        /// In which hat.
        hat: Option<Role> = "As", none, RULE, needed;
        /// When.
        at: Option<Moment> = "Countersigned", none, RULE, needed;
        /// The version of the independence policy then.
        policy: Option<i64> = "Policy", none, RULE, optional;
    }
}

/// Who may be the second person: whoever is in the review, and an auditor.
pub const SECOND: &[Role] = &[Role::Owner, Role::Security, Role::Governance, Role::Dpo, Role::Signoff, Role::Auditor];

/// The countersignature that stands for somebody's roles: of this review, for all of these roles, newer than everything
/// that they signed in them, and by somebody who does not combine roles themself.
pub fn countersigned<'a>(dossier: &'a Dossier, whose: Id, roles: &[Role], today: Day) -> Option<&'a Countersign> {
    let review = dossier.review().map(|review| review.id)?;
    let last = signed_at(dossier, whose, roles);
    let alone = |by: Id| by != whose && !overlaps(dossier, today).iter().any(|overlap| overlap.person == by);
    dossier.countersigns.iter().rev().filter(|c| !c.archived && c.review == Some(review)).find(|c| {
        c.whose == Some(Who(whose))
            && roles.iter().all(|role| c.roles.contains(role))
            && last.is_none_or(|last| c.at >= Some(last))
            && c.person.is_some_and(|who| alone(who.0))
    })
}

/// When somebody signed last in one of these roles in the current review.
fn signed_at(dossier: &Dossier, whose: Id, roles: &[Role]) -> Option<Moment> {
    let own = |s: &&super::super::Signoff| {
        s.person == Some(Who(whose)) && s.withdrawn_at.is_none() && s.role.is_some_and(|role| roles.contains(&role))
    };
    dossier.signoffs_now().filter(own).filter_map(|signoff| signoff.at).max()
}

/// The first role, in the order of the track and the auditor's last, whose holder could be the second person.
pub fn second_role(dossier: &Dossier, today: Day) -> Option<Role> {
    let overlaps = overlaps(dossier, today);
    let alone =
        |role: &&Role| dossier.holder(**role, today).is_some_and(|person| !overlaps.iter().any(|o| o.person == person));
    SECOND.iter().find(alone).copied()
}

/// The roles of `whose` that `by` may countersign now, or why not.
pub fn countersignable(
    dossier: &Dossier,
    (by, whose): (Id, Id),
    policy: &Rules,
    today: Day,
) -> Result<Vec<Role>, Refusal> {
    let name = |id: Id| dossier.person_name(id).map_or_else(|| "Somebody".to_owned(), ToString::to_string);
    independent(dossier, by, today)?;
    if by == whose {
        return Err(Refusal::new(Rule::RoleMayNot, "Nobody countersigns for themself."));
    }
    let roles = held_by(dossier, whose, today);
    let tier = dossier.tier();
    let asked = roles
        .iter()
        .any(|one| roles.iter().any(|other| policy.judge(tier, *one, *other) == super::Judgement::Countersign));
    if !asked {
        let says = format!("The policy asks for no countersignature of what {} does here.", name(whose));
        return Err(Refusal::new(Rule::WrongState, says));
    }
    // What nobody has signed yet, nobody can have read.
    let unsigned = roles.iter().filter(|role| super::super::due_roles(dossier).contains(role)).find(|role| {
        let own = |s: &super::super::Signoff| s.person == Some(Who(whose)) && s.withdrawn_at.is_none();
        !super::super::standing_signoff(dossier, **role).is_some_and(own)
    });
    if let Some(role) = unsigned {
        let says = format!("{} has not signed as {} yet.", name(whose), role.label());
        return Err(Refusal::new(Rule::WrongState, says).hint("What is not signed yet, nobody can have read."));
    }
    if countersigned(dossier, whose, &roles, today).is_some() {
        return Err(Refusal::new(Rule::WrongState, "It is countersigned, and nothing was signed since."));
    }
    Ok(roles)
}

/// Whether somebody combines no roles themself.
pub fn independent(dossier: &Dossier, by: Id, today: Day) -> Result<(), Refusal> {
    match overlaps(dossier, today).into_iter().find(|overlap| overlap.person == by) {
        None => Ok(()),
        Some(own) => {
            let roles: Vec<_> = own.roles.iter().map(|role| role.label()).collect();
            let name = dossier.person_name(by).map_or("You", |name| name.as_str());
            let says = format!("{name} combines roles here too: {}.", roles.join(" and "));
            Err(Refusal::new(Rule::RoleMayNot, says).hint("Somebody who holds one role, or an auditor, countersigns."))
        }
    }
}
