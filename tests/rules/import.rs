//! What another tool says is a claim, and what was decided here stays.

use crate::support::{Data, Desk, fields, int, reference, text};
use docket::domain::{
    Id, Kind, Rule,
    command::{Command, Import, ImportRow},
    people::Role,
    register::{Treatment, ratings},
    rules::{Merged, compare},
    value::Value,
};

fn row<const N: usize>(kind: Kind, key: &str, set: [(&str, Value); N], covers: &[&str]) -> ImportRow {
    let covers = covers.iter().map(|key| (*key).to_owned()).collect();
    ImportRow { kind, key: key.to_owned(), set: fields(set), covers, refs: Vec::new() }
}

fn file(digest: char, rows: Vec<ImportRow>) -> Command {
    let digest = text(&digest.to_string().repeat(64));
    Command::Import(Import {
        file: fields([("name", text("model.json")), ("digest", digest)]),
        rows,
        lineage: "model".into(),
        whole: true,
        gone: false,
    })
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

fn two_threats(first: &str, second: Option<&str>) -> Vec<ImportRow> {
    let threat = |title: &str| [("title", text(title)), ("severity_word", text("High"))];
    let mut rows =
        vec![row(Kind::System, "s", [("name", text("Shop"))], &[]), row(Kind::Threat, "t1", threat(first), &[])];
    rows.extend(second.map(|title| row(Kind::Threat, "t2", threat(title), &[])));
    rows
}

fn compared(desk: &Desk, command: &Command) -> Merged {
    let Command::Import(file) = command else { panic!("no import") };
    let stamp = desk.stamp(Role::Security, Id([7; 16]));
    assert_eq!(compare(&desk.dossier, file, &stamp, &mut |_| false), Ok(None), "it ends where it is told to");
    compare(&desk.dossier, file, &stamp, &mut |_| true).expect("no refusal").expect("nobody ended it")
}

#[test]
fn a_title_follows_the_file_until_somebody_changes_it_here() {
    let mut desk = Desk::of_five();
    desk.must(Role::Security, file('a', two_threats("Spoofing", Some("Flooding"))));
    let newer = file('b', two_threats("Spoofing of users", Some("Flooding")));
    let expected = Merged { changed: 1, same: 1, ..Merged::default() };
    assert_eq!(compared(&desk, &newer), expected);
    desk.must(Role::Security, newer);
    assert_eq!(desk.dossier.threats[0].title.as_str(), "Spoofing of users");
    desk.must(Role::Security, crate::support::edit(Kind::Threat, desk.threat(1), [("title", text("Ours"))]));
    let third = file('c', two_threats("Spoofing again", Some("Flooding")));
    assert_eq!(compared(&desk, &third), Merged { kept: 1, same: 1, ..Merged::default() });
    desk.must(Role::Security, third);
    assert_eq!(desk.dossier.threats[0].title.as_str(), "Ours");
}

#[test]
fn a_threat_that_the_file_does_not_hold_any_more_is_marked_and_kept() {
    let mut desk = Desk::of_five();
    desk.must(Role::Security, file('a', two_threats("Spoofing", Some("Flooding"))));
    desk.must(Role::Security, crate::support::edit(Kind::Threat, desk.threat(2), [("treatment", text("mitigate"))]));
    let shorter = file('b', two_threats("Spoofing", None));
    assert_eq!(compared(&desk, &shorter).gone, 1);
    desk.must(Role::Security, shorter);
    let gone = &desk.dossier.threats[1];
    assert_eq!((gone.gone, gone.archived, gone.treatment), (Some(desk.today()), false, Some(Treatment::Mitigate)));
    assert_eq!(desk.dossier.threats[0].gone, None);
    assert_eq!(compared(&desk, &file('c', two_threats("Spoofing", None))).gone, 0, "it is said once");
    desk.must(Role::Security, file('d', two_threats("Spoofing", Some("Flooding"))));
    assert_eq!(desk.dossier.threats[1].gone, None, "it is back");
    assert_eq!(desk.dossier.threats.len(), 2);
}

#[test]
fn another_file_with_the_same_ids_touches_nothing_of_the_first() {
    let mut desk = Desk::of_five();
    desk.must(Role::Security, file('a', two_threats("Spoofing", Some("Flooding"))));
    let Command::Import(mut other) = file('b', two_threats("Their own", None)) else { panic!() };
    other.lineage = "another model".into();
    desk.must(Role::Security, Command::Import(other));
    let titles: Vec<&str> = desk.dossier.threats.iter().map(|threat| threat.title.as_str()).collect();
    assert_eq!(titles, ["Spoofing", "Flooding", "Their own"]);
    assert!(desk.dossier.threats.iter().all(|threat| threat.gone.is_none()));
}

#[test]
fn a_part_of_a_source_says_nothing_of_the_rest() {
    let mut desk = Desk::of_five();
    desk.must(Role::Security, file('a', two_threats("Spoofing", Some("Flooding"))));
    let Command::Import(mut part) = file('b', two_threats("Spoofing", None)) else { panic!() };
    part.whole = false;
    desk.must(Role::Security, Command::Import(part));
    assert!(desk.dossier.threats.iter().all(|threat| threat.gone.is_none()));
}

#[test]
fn what_was_emptied_here_stays_empty_and_what_was_never_said_is_filled() {
    let mut desk = Desk::of_five();
    let rows = |set: Vec<(&'static str, Value)>| {
        let set: Vec<_> = set.into_iter().map(|(id, value)| (id.to_owned(), value)).collect();
        let system = row(Kind::System, "s", [("name", text("Shop"))], &[]);
        vec![system, ImportRow { set, ..row(Kind::Threat, "t1", [], &[]) }]
    };
    let first = vec![("title", text("Spoofing")), ("category", text("S")), ("treatment", text("mitigate"))];
    desk.must(Role::Security, file('a', rows(first.clone())));
    let id = desk.threat(1);
    desk.must(Role::Security, crate::support::edit(Kind::Threat, id, [("treatment", Value::Null)]));
    let mut second = first;
    second.push(("likelihood", int(4)));
    desk.must(Role::Security, file('b', rows(second.clone())));
    let threat = &desk.dossier.threats[0];
    assert_eq!((threat.treatment, threat.likelihood.map(docket::domain::fields::Score::get)), (None, Some(4)));
    second[3].1 = int(1);
    desk.must(Role::Security, file('c', rows(second)));
    let threat = &desk.dossier.threats[0];
    assert_eq!(
        threat.likelihood.map(docket::domain::fields::Score::get),
        Some(4),
        "a score is never changed by a file"
    );
}

#[test]
fn a_run_that_did_not_end_shows_nothing() {
    let mut desk = Desk::of_five();
    let run = |ran: &str| {
        let set = [("title", text("garak run")), ("sort", text("red_team")), ("ran", text(ran)), ("checks", int(50))];
        vec![row(Kind::Evidence, "run-1", set, &[])]
    };
    desk.must(Role::Security, file('a', run("no")));
    assert!(!desk.dossier.evidence[0].shows_work(), "no result is no pass");
    desk.must(Role::Security, file('b', run("yes")));
    assert_eq!(desk.dossier.evidence.len(), 1, "one run is one piece of evidence");
    assert!(!desk.dossier.evidence[0].shows_work(), "what a run came to is not rewritten");
    let Command::Import(mut other) = file('c', run("yes")) else { panic!() };
    other.rows[0].key = "run-2".into();
    desk.must(Role::Security, Command::Import(other));
    assert!(desk.dossier.evidence[1].shows_work());
}

#[test]
fn no_file_closes_a_finding_or_verifies_a_control() {
    let mut desk = Desk::of_five();
    let rows = [
        row(Kind::Finding, "f", [("title", text("Leak")), ("status", text("closed"))], &[]),
        row(Kind::Finding, "f", [("title", text("Leak")), ("retest", text("passed"))], &[]),
        row(Kind::Control, "c", [("title", text("Mask")), ("status", text("verified"))], &[]),
    ];
    for row in rows {
        let refusal = desk.by(Role::Security, file('e', vec![row])).expect_err("refused");
        assert_eq!(refusal.rule, Rule::SetByRule, "{refusal}");
    }
    desk.must(
        Role::Security,
        file('f', vec![row(Kind::Finding, "f", [("title", text("Leak")), ("status", text("open"))], &[])]),
    );
    assert!(desk.dossier.findings[0].is_open());
    assert_eq!(desk.dossier.findings[0].number, Some(1));
}
