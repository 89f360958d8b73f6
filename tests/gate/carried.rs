//! Neither a copy nor a file brings a sign-off, an opinion or an acceptance along.

use crate::support::{Data, Desk};
use docket::domain::{
    Id, Kind, Rule,
    command::{Command, Import, ImportRow},
    decision::{active_acceptance, due_roles, latest_signoff},
    fields::By,
    people::Role,
    register::Treatment,
};

/// A cleared system whose third threat was accepted and validated by the DPO.
fn decided() -> (Desk, Id) {
    let mut desk = crate::ready(Data::Personal);
    let threat = desk.threat(3);
    desk.accept(threat, 90).unwrap();
    assert!(active_acceptance(&desk.dossier, threat, desk.today()).is_some());
    assert!(desk.dossier.threats.by_id(threat).unwrap().dpo_verdict.is_some());
    (desk, threat)
}

#[test]
fn a_copy_in_the_same_system_has_nothing_that_others_decided() {
    let (mut desk, threat) = decided();
    let before = desk.dossier.acceptances.len();
    desk.must(Role::Security, Command::Duplicate(vec![threat]));
    let copy = desk.dossier.threats.last().unwrap();
    assert!(copy.id != threat && copy.dpo_verdict.is_none() && copy.dpo_reason.is_empty());
    assert_eq!(active_acceptance(&desk.dossier, copy.id, desk.today()), None);
    assert_eq!(desk.dossier.acceptances.len(), before);
    assert_eq!(desk.dossier.controls_of(copy.id).count(), 0, "what was verified was verified against the other one");
}

#[test]
fn a_copy_in_another_system_is_words_alone() {
    let (from, threat) = decided();
    let threats = vec![from.dossier.threats.by_id(threat).unwrap().clone()];
    let mut desk = Desk::of_five();
    desk.must(Role::Security, Command::CopyThreats { from: "Helpdesk".into(), threats });
    let copy = desk.dossier.threats.last().unwrap();
    assert!(copy.likelihood.is_none() && copy.treated() == Treatment::Undecided && copy.dpo_verdict.is_none());
    assert!(desk.dossier.acceptances.is_empty() && desk.dossier.signoffs.is_empty() && desk.dossier.links.is_empty());
}

#[test]
fn no_kind_that_holds_a_decision_comes_in_by_a_file_and_no_field_of_a_rule() {
    let mut desk = crate::ready(Data::Personal);
    let rows = |kind: Kind, set| {
        let row = ImportRow { kind, key: "k".into(), set, covers: Vec::new(), refs: Vec::new() };
        Command::Import(Import {
            file: vec![("name".into(), "x.csv".into())],
            rows: vec![row],
            lineage: String::new(),
            whole: false,
            gone: false,
        })
    };
    let held = [
        Kind::Signoff,
        Kind::Acceptance,
        Kind::Disposition,
        Kind::Condition,
        Kind::Handoff,
        Kind::Review,
        Kind::Privacy,
    ];
    for kind in held {
        desk.refused(Role::Security, rows(kind, Vec::new()), Rule::SetByRule);
    }
    // Of what does come in, nothing that only a rule sets says who decided.
    let words = ["library", "source", "source_text", "status_word", "severity_word", "claim"];
    let run = ["ran", "checks", "failed", "unscored", "path", "size", "occurrences"];
    for kind in [Kind::Threat, Kind::Control, Kind::Evidence, Kind::System] {
        let ruled = kind
            .fields()
            .iter()
            .filter(|field| field.by == By::Rule && !words.contains(&field.id) && !run.contains(&field.id));
        for field in ruled {
            let some = kind.empty(Id([1; 16])).get(field.id);
            desk.refused(Role::Security, rows(kind, vec![(field.id.into(), some)]), Rule::SetByRule);
        }
    }
    assert!(due_roles(&desk.dossier).into_iter().all(|role| latest_signoff(&desk.dossier, role).is_some()));
}
