//! What another tool says is a claim, and what was decided here stays.

use crate::support::{Data, Desk, fields, int, reference, text};
use docket::domain::{
    Id, Kind, Rule,
    command::{Command, Import, ImportRow},
    people::Role,
    register::{Treatment, ratings},
    value::Value,
};

fn row<const N: usize>(kind: Kind, key: &str, set: [(&str, Value); N], covers: &[&str]) -> ImportRow {
    let covers = covers.iter().map(|key| (*key).to_owned()).collect();
    ImportRow { kind, key: key.to_owned(), set: fields(set), covers }
}

fn file(digest: char, rows: Vec<ImportRow>) -> Command {
    let digest = text(&digest.to_string().repeat(64));
    Command::Import(Import { file: fields([("name", text("model.json")), ("digest", digest)]), rows })
}

fn model(description: &str) -> Vec<ImportRow> {
    let threat = [
        ("title", text("Tampering")),
        ("description", text(description)),
        ("treatment", text("mitigate")),
        ("status_word", text("Mitigated")),
        ("claim", text("We check the input.")),
    ];
    vec![
        row(Kind::System, "s", [("name", text("Shop"))], &[]),
        row(Kind::Flow, "f1", [("name", text("Order"))], &[]),
        row(Kind::Threat, "t1", threat, &["f1"]),
    ]
}

#[test]
fn mitigated_elsewhere_is_a_claim_here() {
    let mut desk = Desk::of_five();
    desk.must(Role::Security, file('a', model("As drawn.")));
    let threat = desk.dossier.threats[0].clone();
    assert_eq!((threat.reference().as_str(), threat.status_word.as_str()), ("T-1", "Mitigated"));
    assert_eq!(threat.claim.as_str(), "We check the input.");
    assert!(desk.dossier.controls.is_empty() && desk.dossier.verifications.is_empty());
    assert_eq!(ratings(&desk.dossier, &threat, desk.today()).now, None, "unscored, whatever the tool says");
    let gaps = desk.gaps().join("\n");
    assert!(gaps.contains("T-1 \"Tampering\" is unscored"), "{gaps}");
    assert!(!gaps.contains("No threat covers the data flow Order"), "covers are carried over: {gaps}");
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let mut desk = Desk::of_five();
    desk.must(Role::Security, file('a', model("As drawn.")));
    let refusal = desk.refused(Role::Security, file('a', model("As drawn.")), Rule::NothingChanged);
    assert_eq!(refusal.says, "This file was imported already, and nothing in it has changed.");
    desk.refused(Role::Dpo, file('b', model("As drawn.")), Rule::RoleMayNot);
}

#[test]
fn a_decision_made_here_survives_a_changed_file() {
    let mut desk = Desk::of_five();
    desk.must(Role::Security, file('a', model("As drawn.")));
    let id = desk.threat(1);
    let decided = [
        ("likelihood", int(2)),
        ("impact", int(2)),
        ("treatment", text("avoid")),
        ("treatment_reason", text("We drop the feature.")),
        ("title", text("Tampering with orders")),
    ];
    desk.must(Role::Security, crate::support::edit(Kind::Threat, id, decided));
    desk.must(Role::Security, file('b', model("Drawn again.")));
    assert_eq!(desk.dossier.threats.len(), 1);
    let threat = &desk.dossier.threats[0];
    assert_eq!((threat.treatment, threat.title.as_str()), (Some(Treatment::Avoid), "Tampering with orders"));
    assert_eq!(threat.likelihood.map(docket::domain::fields::Score::get), Some(2));
    assert_eq!(threat.description.as_str(), "Drawn again.", "the words of the tool follow the file");
    desk.must(Role::Security, crate::support::withdraw(Kind::Threat, id));
    desk.must(Role::Security, file('c', model("A third time.")));
    assert_eq!(desk.dossier.live_threats().count(), 0, "withdrawn here stays withdrawn");
    assert_eq!(desk.dossier.threats.len(), 1);
}

#[test]
fn an_import_makes_a_system_where_there_is_none() {
    let mut desk = Desk::of_five();
    let system = Id([0xdd; 16]);
    desk.dossier.subject = Some(system);
    desk.dossier.systems.clear();
    desk.dossier.reviews.clear();
    desk.must(Role::Owner, file('a', model("As drawn.")));
    assert_eq!((desk.system(), desk.dossier.name()), (system, "Shop"));
    assert_eq!(desk.dossier.review().unwrap().number, Some(1));
}

#[test]
fn no_file_brings_a_sign_off_an_opinion_an_acceptance_or_a_decision() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Personal);
    let (review, threat) = (reference(desk.review()), reference(desk.threat(1)));
    let rows = [
        row(Kind::Disposition, "d", [("decision", text("proceed")), ("review", review.clone())], &[]),
        row(Kind::Signoff, "s", [("role", text("dpo")), ("review", review.clone())], &[]),
        row(Kind::Handoff, "h", [("step", text("security_dpo")), ("state", text("completed"))], &[]),
        row(Kind::Acceptance, "a", [("status", text("accepted")), ("threat", threat)], &[]),
        row(Kind::Review, "r", [("number", int(7)), ("draft", text("proceed"))], &[]),
        row(Kind::Privacy, "p", [("advice", text("favourable")), ("dpia", text("validated"))], &[]),
        row(Kind::Verification, "v", [("control", reference(desk.control(1))), ("outcome", text("works"))], &[]),
        row(Kind::Condition, "c", [("met_at", int(1))], &[]),
        row(Kind::Assignment, "x", [("role", text("sign_off"))], &[]),
        row(Kind::Trigger, "t", [("title", text("None")), ("triage", text("not_material"))], &[]),
        row(Kind::Intake, "i", [("override_tier", text("minimal"))], &[]),
        row(Kind::Threat, "y", [("title", text("Leak")), ("dpo_verdict", text("confirmed"))], &[]),
        row(Kind::Threat, "z", [("title", text("Leak")), ("number", int(1))], &[]),
    ];
    for row in rows {
        let (kind, set) = (row.kind, row.set.clone());
        let refusal = desk.by(Role::Security, file('e', vec![row])).expect_err("refused");
        assert_eq!(refusal.rule, Rule::SetByRule, "{kind:?} {set:?}: {refusal}");
        crate::support::assert_sentence(&refusal);
    }
}
