//! Whether a sign-off still stands for what is there.

use super::{Signoff, print_in, reviewed_by};
use crate::domain::{Dossier, fields::choices, people::Role};

choices! {
    /// What a sign-off is worth now; computed when read.
    SignoffState {
        Valid "valid" "valid",
        Voided "voided" "voided by a later change",
        Withdrawn "withdrawn" "withdrawn",
        Superseded "superseded" "superseded",
    }
}

/// The roles whose sign-off the current review needs before it can be decided: the DPO's only where personal data is in
/// scope.
pub fn due_roles(dossier: &Dossier) -> Vec<Role> {
    let mut roles = vec![Role::Owner, Role::Security, Role::Governance];
    if dossier.personal_data() {
        roles.push(Role::Dpo);
    }
    roles
}

/// The newest sign-off of `role` in the current review, withdrawn ones too.
pub fn latest_signoff(dossier: &Dossier, role: Role) -> Option<&Signoff> {
    dossier.signoffs_now().rev().find(|signoff| signoff.role == Some(role))
}

/// What a sign-off is worth: it stands while the content that it was given for is the content that is there.
pub fn signoff_state(dossier: &Dossier, signoff: &Signoff) -> SignoffState {
    let Some(role) = signoff.role else {
        return SignoffState::Voided;
    };
    let newest = dossier.signoffs.iter().rev().find(|s| s.role == signoff.role && s.review == signoff.review);
    if signoff.withdrawn_at.is_some() {
        SignoffState::Withdrawn
    } else if newest.is_some_and(|newest| newest.id != signoff.id) {
        SignoffState::Superseded
    } else if print_in(dossier, signoff.review, reviewed_by(role)) == signoff.content {
        SignoffState::Valid
    } else {
        SignoffState::Voided
    }
}
