//! Sections: what a role documents, what a sign-off binds to, and the fingerprint of its content.

use sha2::{Digest as _, Sha256};

use super::AcceptanceStatus;
use crate::domain::{
    Id,
    fields::{Digest, Entity, Field, Kept, choices},
    id::hex,
    memo::Of,
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
    let mut out = String::from(HEAD);
    write_rows(dossier, review, sections, &mut |row| out.push_str(row));
    out
}

/// Some of the sections, asked for once for every field of every row.
#[derive(Debug, Clone, Copy)]
pub struct Sections(u32);

impl Sections {
    /// These.
    pub fn of(sections: &[Section]) -> Self {
        Self(sections.iter().fold(0, |all, section| all | 1 << *section as u32))
    }
    /// Whether one is among them.
    pub fn has(self, section: Section) -> bool {
        self.0 & 1 << section as u32 != 0
    }
}

/// The first line of every snapshot.
const HEAD: &str = "docket-snapshot-v1\n";

/// The fields of a kind that belong to one of the sections.
fn fields_in(kind: Kind, sections: &[Section]) -> impl Iterator<Item = &'static Field> {
    kind.fields().iter().filter(move |f| f.section.is_some_and(|section| sections.contains(&section)))
}

/// Hands out the lines of one row after the other.
fn write_rows(dossier: &Dossier, review: Option<Id>, wanted: &[Section], out: &mut dyn FnMut(&str)) {
    let (mut start, mut text) = (String::new(), String::new());
    let sections = Sections::of(wanted);
    for kind in Kind::ALL {
        if fields_in(*kind, wanted).next().is_none() {
            continue;
        }
        let there = |row: &&dyn Entity| !row.archived() && is_content(dossier, *kind, *row, review);
        let rows = dossier.rows(*kind).into_iter().filter(there);
        let mut rows: Vec<(Id, &dyn Entity)> = rows.map(|row| (row.id(), row)).collect();
        rows.sort_by_key(|(id, _)| *id);
        for (id, row) in rows {
            start.clear();
            start.extend([kind.code(), " ", &hex(&id.0), " "]);
            text.clear();
            row.write_sections(sections, &start, &mut text);
            out(&text);
        }
    }
}

/// Whether a row is part of what a review looks at: the draft of another review is not, and neither is a request to carry
/// a risk that nobody agreed to.
fn is_content(dossier: &Dossier, kind: Kind, row: &dyn Entity, review: Option<Id>) -> bool {
    match kind {
        Kind::Review => Some(row.id()) == review,
        Kind::Proviso => {
            let of: Option<Id> = Kept::from_value(&row.get("acceptance"));
            let found = of.and_then(|id| dossier.find(Kind::Acceptance, id));
            found.is_none_or(|acceptance| is_content(dossier, Kind::Acceptance, acceptance, review))
        }
        Kind::Acceptance => {
            use AcceptanceStatus::{Accepted, Revoked, Superseded};
            let status: Option<AcceptanceStatus> = Kept::from_value(&row.get("status"));
            matches!(status, Some(Accepted | Revoked | Superseded))
        }
        _ => true,
    }
}

/// The fingerprint of [`snapshot_in`], without its text; kept with the dossier, because every pane asks for it.
pub fn print_in(dossier: &Dossier, review: Option<Id>, sections: &'static [Section]) -> Digest {
    let concerned = |kind: &Kind| *kind == Kind::Review || fields_in(*kind, sections).next().is_some();
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(concerned).collect();
    dossier.memo.print(Of::kinds(dossier, &kinds, None), (sections, review), || {
        let mut sum = Sha256::new_with_prefix(HEAD);
        write_rows(dossier, review, sections, &mut |row| sum.update(row));
        Digest(hex(&sum.finalize()))
    })
}

/// [`print_in`] for the current review.
pub fn print_of(dossier: &Dossier, sections: &'static [Section]) -> Digest {
    print_in(dossier, dossier.review().map(|review| review.id), sections)
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
        decision::Acceptance,
        system::{DataClass, System, Tool},
    };

    fn dossier() -> Dossier {
        Dossier { systems: [System::empty(Id([1; 16]))].into(), ..Dossier::default() }
    }

    fn prints(dossier: &Dossier) -> Vec<Digest> {
        let prints: Vec<_> = Role::REVIEW.iter().map(|role| fingerprint(&snapshot(dossier, *role))).collect();
        // Asked twice: what is kept is what is made.
        for _ in 0..2 {
            assert!(Role::REVIEW.iter().map(|role| print_of(dossier, reviewed_by(*role))).eq(prints.iter().cloned()));
        }
        prints
    }

    #[test]
    fn a_change_touches_exactly_the_roles_that_review_it() {
        let before = prints(&dossier());
        let changed = |edit: &dyn Fn(&mut Dossier)| {
            let mut after = dossier();
            prints(&after);
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
    fn a_request_to_carry_a_risk_is_no_content_until_somebody_agreed() {
        let asked = |status| {
            let mut dossier = dossier();
            dossier.acceptances.push(Acceptance {
                status,
                reason: "Two weeks.".into(),
                ..Acceptance::empty(Id([3; 16]))
            });
            prints(&dossier)
        };
        let before = prints(&dossier());
        for status in [None, Some(AcceptanceStatus::Proposed), Some(AcceptanceStatus::Declined)] {
            assert_eq!(asked(status), before, "{status:?}");
        }
        assert_ne!(asked(Some(AcceptanceStatus::Accepted)), before);
    }

    #[test]
    fn an_archived_row_is_not_part_of_the_content() {
        let before = prints(&dossier());
        let mut after = dossier();
        after.tools.push(Tool { archived: true, name: Line::new("mail"), ..Tool::empty(Id([2; 16])) });
        assert_eq!(before, prints(&after));
    }
}
