//! Sections: what a role documents, what a sign-off binds to, and the fingerprint of its content.

use std::fmt::Write;

use sha2::{Digest as _, Sha256};

use crate::domain::{
    Id,
    fields::{Digest, choices},
    id::hex,
    model::{Dossier, Kind},
    people::Role,
};

choices! {
    /// A part of a review that a role documents.
    Section {
        Description "description" "description",
        Context "context" "deployment context",
        Data "data" "data classes",
        Flows "flows" "data flows",
        Manifest "manifest" "tools, models, connections",
        Threats "threats" "threat register",
        Controls "controls" "control plan",
        Evidence "evidence" "evidence pack",
        Privacy "privacy" "DPO assessment",
        Acceptances "acceptances" "risk acceptances",
        Triggers "triggers" "re-assessment triggers",
        Draft "draft" "draft disposition",
        Answer "answer" "answer to the advice",
    }
}

/// The section of a row in the table of fields; `none` belongs to no section, and a change to it voids nothing.
macro_rules! section {
    (none) => {
        None
    };
    ($section:ident) => {
        Some($crate::domain::decision::Section::$section)
    };
}
pub(crate) use section;

/// The sections that a role reviews, and to which its sign-off is bound.
pub fn reviewed_by(role: Role) -> &'static [Section] {
    use Section::{
        Acceptances, Answer, Context, Controls, Data, Description, Draft, Evidence, Flows, Manifest, Privacy, Threats,
        Triggers,
    };
    match role {
        Role::Owner => &[Description, Context, Data, Flows, Manifest],
        Role::Security => &[Context, Flows, Manifest, Threats, Controls, Evidence],
        Role::Governance => &[Threats, Controls, Acceptances, Triggers, Draft],
        Role::Dpo => &[Data, Flows, Privacy],
        Role::Signoff => &[
            Description,
            Context,
            Data,
            Flows,
            Manifest,
            Threats,
            Controls,
            Evidence,
            Privacy,
            Acceptances,
            Triggers,
            Draft,
            Answer,
        ],
        Role::Operator | Role::Builder | Role::Auditor => &[],
    }
}

/// The exact text of `sections` in the current review, one field a line, in the order of the table of fields: what a
/// sign-off binds to.
pub fn snapshot_of(dossier: &Dossier, sections: &[Section]) -> String {
    snapshot_in(dossier, dossier.review().map(|review| review.id), sections)
}

/// [`snapshot_of`] for one review: the draft of another review is none of its content.
pub fn snapshot_in(dossier: &Dossier, review: Option<Id>, sections: &[Section]) -> String {
    let mut out = String::from("docket-snapshot-v1\n");
    for kind in Kind::ALL {
        let fields: Vec<_> =
            kind.fields().iter().filter(|f| f.section.is_some_and(|section| sections.contains(&section))).collect();
        if fields.is_empty() {
            continue;
        }
        let mut rows = dossier.rows(*kind);
        rows.retain(|row| !row.archived() && (*kind != Kind::Review || Some(row.id()) == review));
        rows.sort_by_key(|row| row.id());
        for row in rows {
            for field in &fields {
                let value = row.get(field.id);
                if !value.is_null() {
                    let _ = writeln!(out, "{} {} {} {}", kind.code(), row.id(), field.id, value.to_json());
                }
            }
        }
    }
    out
}

/// The exact text of what `role` reviews.
pub fn snapshot(dossier: &Dossier, role: Role) -> String {
    snapshot_of(dossier, reviewed_by(role))
}

/// The SHA-256 of a snapshot.
pub fn fingerprint(snapshot: &str) -> Digest {
    Digest(hex(&Sha256::digest(snapshot.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Id, Line,
        system::{DataClass, System, Tool},
    };

    fn dossier() -> Dossier {
        Dossier { systems: vec![System::empty(Id([1; 16]))], ..Dossier::default() }
    }

    fn prints(dossier: &Dossier) -> Vec<Digest> {
        Role::REVIEW.iter().map(|role| fingerprint(&snapshot(dossier, *role))).collect()
    }

    #[test]
    fn a_change_touches_exactly_the_roles_that_review_it() {
        let before = prints(&dossier());
        let changed = |edit: &dyn Fn(&mut Dossier)| {
            let mut after = dossier();
            edit(&mut after);
            let after = prints(&after);
            Role::REVIEW.iter().zip(before.iter().zip(&after)).filter(|(_, (b, a))| b != a).map(|(r, _)| *r).collect()
        };
        let data: Vec<Role> = changed(&|d| d.systems[0].data = vec![DataClass::Personal]);
        assert_eq!(data, [Role::Owner, Role::Dpo, Role::Signoff]);
        let tool: Vec<Role> = changed(&|d| {
            d.tools.push(Tool { name: Line::new("mail"), ..Tool::empty(Id([2; 16])) });
        });
        assert_eq!(tool, [Role::Owner, Role::Security, Role::Signoff]);
        let wording: Vec<Role> = changed(&|d| d.systems[0].notes = "typo".into());
        assert_eq!(wording, []);
    }

    #[test]
    fn an_archived_row_is_not_part_of_the_content() {
        let before = prints(&dossier());
        let mut after = dossier();
        after.tools.push(Tool { archived: true, name: Line::new("mail"), ..Tool::empty(Id([2; 16])) });
        assert_eq!(before, prints(&after));
    }
}
