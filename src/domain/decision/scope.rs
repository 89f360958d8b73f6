//! A scoped review: what fired asked only some roles to look again.
//!
//! The roles that were named sign anew, and so does everybody whose sections changed since they signed last. Of the others
//! the earlier sign-off is relied on: it is not live, the decision names each of them as unchanged, and whoever decides
//! answers for that. The draft is begun anew in every review; it is bound by its hand-off and makes nobody sign.

use super::{Disposition, ReviewKind, Signoff, Step, Triage, due_roles, latest_signoff, print_in, quote, reviewed_by};
use crate::domain::{Dossier, Id, after::waiting, fields::Day, people::Role};

/// The decision that the current review follows.
fn before(dossier: &Dossier) -> Option<&Disposition> {
    let current = dossier.review()?;
    dossier.dispositions.iter().rev().find(|made| !made.archived && made.review != Some(current.id))
}

/// The roles that the next review asks, where everything that waits for one was triaged as scoped and the clearance it
/// waits on still stands; none where all roles look again.
pub fn scope_of_next(dossier: &Dossier, today: Day) -> Option<Vec<Role>> {
    let last = dossier.last_disposition().filter(|made| made.stands())?;
    if last.valid_until.is_some_and(|until| today > until) {
        return None;
    }
    let all = waiting(dossier, last, today);
    if all.is_empty() || all.iter().any(|pending| pending.triage != Some(Triage::Scoped)) {
        return None;
    }
    let named = |role: &&Role| all.iter().any(|pending| pending.roles.contains(role));
    Some(Role::REVIEW.iter().filter(named).copied().collect())
}

/// Why the next review asks everybody although something was triaged as scoped: what else waits, in a sentence. None where
/// nothing was, and where the next review is a scoped one.
pub fn unscoped_because(dossier: &Dossier, today: Day) -> Option<String> {
    let last = dossier.last_disposition()?;
    let all = waiting(dossier, last, today);
    let scoped = all.iter().any(|pending| pending.triage == Some(Triage::Scoped));
    if !scoped || scope_of_next(dossier, today).is_some() {
        return None;
    }
    let other = all.iter().find(|pending| pending.triage != Some(Triage::Scoped));
    Some(match other {
        Some(other) if other.triage == Some(Triage::Full) => {
            format!("{} Its triage asks for a full review.", other.says)
        }
        Some(other) => format!("{} It is not triaged yet.", other.says),
        None => "The clearance does not stand any more.".to_owned(),
    })
}

/// Why a role that a scoped review did not name signs in it all the same, in a clause. None for a role that was named,
/// for one that is not asked, and in a review of another kind.
pub fn asked_as_well(dossier: &Dossier, role: Role) -> Option<&'static str> {
    let review = dossier.review().filter(|_| is_scoped(dossier))?;
    if review.roles.contains(&role) || !asked_roles(dossier).contains(&role) {
        return None;
    }
    let changed = quote(dossier, role).is_some_and(|quote| !quote.unchanged);
    Some(if changed { "what it reviewed changed" } else { "no earlier sign-off of it stands" })
}

/// Whether the current review asks only some roles.
pub fn is_scoped(dossier: &Dossier) -> bool {
    dossier.review().is_some_and(|review| review.sort == Some(ReviewKind::Scoped))
}

/// The earlier sign-off of a role that a scoped review did not name, as long as it was given for what is there now.
pub fn relied(dossier: &Dossier, role: Role) -> Option<&Signoff> {
    let review = dossier.review().filter(|review| review.sort == Some(ReviewKind::Scoped))?;
    if review.roles.contains(&role) || latest_signoff(dossier, role).is_some() {
        return None;
    }
    let last = before(dossier)?;
    let of_it = |signoff: &&Signoff| {
        let relied = || last.relies_on.0.iter().filter_map(|id| Id::parse(id)).any(|id| id == signoff.id);
        signoff.role == Some(role) && (signoff.review == last.review || relied())
    };
    let newest = dossier.signoffs.iter().rev().find(of_it)?;
    let stands = !newest.archived && newest.withdrawn_at.is_none();
    let unchanged = || print_in(dossier, newest.review, reviewed_by(role)) == newest.content;
    (stands && unchanged()).then_some(newest)
}

/// The roles that sign in the current review: all that have a part, but for those whose earlier sign-off is relied on.
pub fn asked_roles(dossier: &Dossier) -> Vec<Role> {
    due_roles(dossier).into_iter().filter(|role| relied(dossier, *role).is_none()).collect()
}

/// Every earlier sign-off that the current review relies on.
pub fn relied_on(dossier: &Dossier) -> Vec<&Signoff> {
    due_roles(dossier).into_iter().filter_map(|role| relied(dossier, role)).collect()
}

/// The sign-off that stands for a role: its newest in this review, else the earlier one that is relied on.
pub fn standing_signoff(dossier: &Dossier, role: Role) -> Option<&Signoff> {
    latest_signoff(dossier, role).or_else(|| relied(dossier, role))
}

/// Whether a hand-off has nothing to carry in a scoped review, because the side that would send it, or the DPO who would
/// get it, is not asked; one that was sent all the same is brought to its end.
pub fn needless(dossier: &Dossier, step: Step) -> bool {
    let role = match step {
        Step::OwnerSecurity => Role::Owner,
        Step::SecurityGovernance => Role::Security,
        Step::SecurityDpo | Step::DpoSignoff => Role::Dpo,
        Step::GovernanceSignoff | Step::SignoffOwner | Step::OwnerAll => return false,
    };
    dossier.handoff(step).is_none() && relied(dossier, role).is_some()
}
