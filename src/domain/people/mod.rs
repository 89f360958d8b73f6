//! People, the roles they hold, and who acts now.

mod held;
mod stamp;

pub use held::{Holding, holder, holds, last_held, roles_of};
pub use stamp::Stamp;

use super::{
    Line,
    fields::{By, Day, Marks, Who, choices, entities},
};

choices! {
    /// A role, also called hat: the five of the review, and three beside them.
    Role {
        Owner "owner" "System owner",
        Security "security" "Security team",
        Governance "governance" "Governance lead",
        Dpo "dpo" "DPO",
        Signoff "sign_off" "Sign-off authority",
        Operator "operator" "Operator",
        Builder "builder" "Builder",
        Auditor "auditor" "Auditor",
    }
}

impl Role {
    /// The five roles whose hand-offs make a review, in the order of the track.
    pub const REVIEW: [Self; 5] = [Self::Owner, Self::Security, Self::Governance, Self::Dpo, Self::Signoff];

    /// The name in a narrow column, at most nine letters.
    pub fn short(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Security => "Security",
            Self::Governance => "Govern.",
            Self::Dpo => "DPO",
            Self::Signoff => "Sign-off",
            Self::Operator => "Operator",
            Self::Builder => "Builder",
            Self::Auditor => "Auditor",
        }
    }

    /// The letter that chooses this hat after `r`.
    pub fn letter(self) -> char {
        match self {
            Self::Owner => 'o',
            Self::Security => 's',
            Self::Governance => 'v',
            Self::Dpo => 'd',
            Self::Signoff => 'a',
            Self::Operator => 'p',
            Self::Builder => 'b',
            Self::Auditor => 'u',
        }
    }
}

/// Everybody in the review, and who runs or builds the system; an auditor reads, and raises the findings of audits.
pub const ANY: By = By::Roles(&[
    Role::Owner,
    Role::Security,
    Role::Governance,
    Role::Dpo,
    Role::Signoff,
    Role::Operator,
    Role::Builder,
]);
/// Who describes a system.
pub const DESCRIBE: By = By::Roles(&[Role::Owner, Role::Operator, Role::Builder, Role::Security]);
/// Who keeps the inventory's data classes right.
pub const CLASSIFY: By = By::Roles(&[Role::Owner, Role::Operator, Role::Builder, Role::Security, Role::Dpo]);
/// The security team.
pub const SECURITY: By = By::Roles(&[Role::Security]);
/// Who plans and reports on controls.
pub const CONTROL: By = By::Roles(&[Role::Security, Role::Owner, Role::Operator, Role::Builder]);
/// Who raises findings and sees to them; an auditor those of an audit.
pub const FINDING: By = By::Roles(&[Role::Security, Role::Owner, Role::Operator, Role::Builder, Role::Auditor]);
/// Who tests again whether a finding is gone: nobody who had to remedy it.
pub const RETEST: By = By::Roles(&[Role::Security, Role::Auditor]);
/// The governance lead.
pub const GOVERNANCE: By = By::Roles(&[Role::Governance]);
/// Who keeps the team's own library.
pub const LIBRARY: By = By::Roles(&[Role::Security, Role::Governance]);
/// Who asks that a risk be accepted, or that a requirement be waived, and says on which conditions.
pub const PROPOSE: By = By::Roles(&[Role::Security, Role::Owner, Role::Governance]);
/// Who asks for an exception to a requirement.
pub const EXCEPT: By = By::Roles(&[Role::Security, Role::Owner, Role::Operator, Role::Builder, Role::Governance]);
/// The data protection officer.
pub const DPO: By = By::Roles(&[Role::Dpo]);
/// The sign-off authority.
pub const SIGNOFF: By = By::Roles(&[Role::Signoff]);
/// Only a command, when its rule holds.
pub const RULE: By = By::Rule;

entities! {
    /// A named human. Never a team, a vendor or a model where accountability is meant.
    Person {
        /// The name as it is to stand in the record.
        name: Line = "Name", none, ANY, needed;
        /// The title or function.
        title: Line = "Title", none, ANY, optional;
        /// Where to reach them.
        mail: Line = "E-mail", none, ANY, optional;
        /// The public key with which they sign, as one line: ssh-ed25519 AAAA… name.
        ssh_key: Line = "SSH key", none, RULE, optional;
        /// The keys with which they signed before.
        ssh_keys_before: Marks = "SSH keys before", none, RULE, optional;
        /// When each of those ended, and whether it was replaced or withdrawn.
        ssh_keys_ended: Marks = "SSH keys ended", none, RULE, optional;
    }
    /// Person × role × system; without a system it is the default for the whole record.
    Assignment {
        /// Who holds the role.
        person: Option<Who> = "Person", none, ANY, needed;
        /// Which role.
        role: Option<Role> = "Role", none, ANY, needed;
        /// Who acts for them while they are away.
        delegate: Option<Who> = "Delegate", none, ANY, optional;
        /// The last day on which the assignment holds.
        until: Option<Day> = "Until", none, ANY, optional;
    }
}

/// Everybody who edits some part of the DPO's assessment: the DPO, who briefs them, and who answers the advice.
pub const PRIVACY_EDITORS: &[Role] =
    &[Role::Dpo, Role::Owner, Role::Security, Role::Operator, Role::Builder, Role::Signoff];
