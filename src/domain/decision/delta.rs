//! A review that starts from the last one: what is new, changed and gone since, and what is quoted from it.
//!
//! What was decided then is quoted and never live: every role that is due signs again, and what did not change is
//! confirmed together, in one act of each role.

use super::{Difference, Disposition, Review, Reviewed, Section, Signoff, print_in, reviewed_by};
use crate::domain::{Dossier, Kind, people::Role};

/// What the current review starts from: the last decided content beside what is there now.
#[derive(Debug, Clone, PartialEq)]
pub struct Since {
    /// The number of the review that was decided then.
    pub number: i64,
    /// The difference, without the draft: that is begun anew in each review.
    pub difference: Difference,
}

/// The review before the current one that was decided, with its last decision; none in the first review, and none once
/// the current one is decided itself.
pub fn starts_from(dossier: &Dossier) -> Option<(&Review, &Disposition)> {
    let current = dossier.review().filter(|_| dossier.decided().is_none())?;
    let last = dossier.dispositions.iter().rev().find(|d| !d.archived && d.review != Some(current.id))?;
    Some((dossier.reviews.by_id(last.review?)?, last))
}

/// The decision beside which the content of now is held: that of the current review, else the one it starts from.
pub fn decided_last(dossier: &Dossier) -> Option<&Disposition> {
    dossier.decided().or_else(|| starts_from(dossier).map(|(_, last)| last))
}

/// What changed since the content that a disposition was decided on.
pub fn since_reviewed(dossier: &Dossier, decided: &Disposition, then: &Reviewed) -> Option<Since> {
    let sections: &[Section] = reviewed_by(Role::Signoff);
    let now = Reviewed::now(dossier, decided.review, sections);
    let difference = Difference::between(then, &now, sections).without(Kind::Review);
    let number = dossier.reviews.by_id(decided.review?).and_then(|review| review.number).unwrap_or(0);
    Some(Since { number, difference })
}

/// What a role said in the review that the current one starts from, quoted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quote<'a> {
    /// Its last sign-off then.
    pub signoff: &'a Signoff,
    /// The number of that review.
    pub number: i64,
    /// Whether what it reviewed then is what is there now.
    pub unchanged: bool,
}

/// The sign-off of a role in the last decided review. It is quoted, not live: a review has sign-offs of its own.
pub fn quote(dossier: &Dossier, role: Role) -> Option<Quote<'_>> {
    let (review, _) = starts_from(dossier)?;
    let mut of_review = dossier.signoffs.iter().rev().filter(|s| s.review == Some(review.id) && s.role == Some(role));
    let signoff = of_review.find(|signoff| signoff.withdrawn_at.is_none() && !signoff.archived)?;
    let unchanged = print_in(dossier, Some(review.id), reviewed_by(role)) == signoff.content;
    Some(Quote { signoff, number: review.number.unwrap_or(0), unchanged })
}
