//! Findings and attached files: who says what, on what grounds, and what follows.

use crate::support::{Data, Desk, add, add_to, assign, date, edit, list, reference, text, withdraw};
use docket::domain::{
    Id, Kind, Line, Rule,
    command::Command,
    fields::{Digest, Vocabulary, YesNo},
    id::hex,
    people::Role,
    register::{FileCheck, FileSeen, FindingStatus, LARGEST_KEPT, open_findings},
    summary::summarise,
};
use sha2::{Digest as _, Sha256};

fn desk() -> Desk {
    let mut desk = Desk::of_five();
    for role in [Role::Builder, Role::Auditor] {
        let person = desk.who(role);
        desk.must(Role::Owner, assign(role, person));
    }
    desk.ready(Data::Internal);
    desk
}

/// A finding of a red team against the first threat, ready to be tested again.
fn ready(desk: &mut Desk) -> Id {
    let threat = desk.threat(1);
    let remedy = ("remediation", text("Decode before the filter."));
    let set = [("title", text("The filter is passed by base64")), ("sort", text("red_team")), remedy];
    desk.must(Role::Security, add_to(threat, Kind::Finding, set));
    let id = desk.last(Kind::Finding);
    desk.must(Role::Builder, edit(Kind::Finding, id, [("status", text("ready_for_retest"))]));
    id
}

fn status(desk: &Desk, id: Id) -> FindingStatus {
    desk.dossier.findings.iter().find(|finding| finding.id == id).expect("a finding").stage()
}

fn passed(desk: &Desk) -> [(&'static str, docket::domain::value::Value); 3] {
    let evidence = desk.last(Kind::Evidence);
    [("retest", text("passed")), ("retested", date(desk.today())), ("retest_evidence", reference(evidence))]
}

#[test]
fn a_finding_has_a_number_is_open_and_is_seen_on_its_threat() {
    let mut desk = desk();
    let id = ready(&mut desk);
    let threat = desk.threat(1);
    let finding = desk.dossier.findings[0].clone();
    assert_eq!((finding.reference().as_str(), finding.is_against(threat)), ("F-1", true));
    assert_eq!(open_findings(&desk.dossier, threat).count(), 1);
    let set = passed(&desk);
    desk.must(Role::Security, edit(Kind::Finding, id, set));
    assert_eq!(open_findings(&desk.dossier, threat).count(), 0);
    let other = text("ffffffffffffffffffffffffffffffff");
    desk.refused(Role::Security, edit(Kind::Finding, id, [("threats", list(&["nothing"]))]), Rule::Unknown);
    desk.refused(Role::Security, edit(Kind::Finding, id, [("retest_evidence", other)]), Rule::Unknown);
}

#[test]
fn closed_needs_a_passed_retest_or_a_reason() {
    let mut desk = desk();
    let id = ready(&mut desk);
    for word in ["closed", "not_reproducible"] {
        desk.refused(Role::Security, edit(Kind::Finding, id, [("status", text(word))]), Rule::ReasonNeeded);
    }
    desk.refused(Role::Security, edit(Kind::Finding, id, [("retest", text("passed"))]), Rule::Incomplete);
    desk.refused(Role::Security, edit(Kind::Finding, id, [("retested", date(desk.today()))]), Rule::Incomplete);
    let set = passed(&desk);
    desk.must(Role::Security, edit(Kind::Finding, id, set));
    assert_eq!(status(&desk, id), FindingStatus::Closed);
    let second = ready(&mut desk);
    let set = [("status", text("closed")), ("reason", text("The part was taken out."))];
    desk.must(Role::Security, edit(Kind::Finding, second, set));
    desk.refused(Role::Security, edit(Kind::Finding, second, [("reason", text(""))]), Rule::ReasonNeeded);
}

#[test]
fn a_failed_retest_opens_it_again() {
    let mut desk = desk();
    let id = ready(&mut desk);
    let set = passed(&desk);
    desk.must(Role::Security, edit(Kind::Finding, id, set));
    let set = [("retest", text("failed")), ("retested", date(desk.today())), ("status", text("closed"))];
    desk.must(Role::Security, edit(Kind::Finding, id, set));
    assert_eq!(status(&desk, id), FindingStatus::Open);
}

#[test]
fn whoever_remedies_it_does_not_close_it() {
    let mut desk = desk();
    let id = ready(&mut desk);
    let closed = [("status", text("closed")), ("reason", text("We think so."))];
    for role in [Role::Owner, Role::Builder] {
        desk.refused(role, edit(Kind::Finding, id, closed.clone()), Rule::RoleMayNot);
        let set = passed(&desk);
        desk.refused(role, edit(Kind::Finding, id, set), Rule::RoleMayNot);
    }
    for role in [Role::Governance, Role::Dpo, Role::Signoff] {
        desk.refused(role, add(Kind::Finding, [("title", text("x"))]), Rule::RoleMayNot);
    }
}

#[test]
fn an_auditor_raises_audit_findings_and_nobody_else_takes_them_back() {
    let mut desk = desk();
    let other = ready(&mut desk);
    let found = |sort: &str| add(Kind::Finding, [("title", text("No log is kept")), ("sort", text(sort))]);
    desk.refused(Role::Auditor, found("pentest"), Rule::RoleMayNot);
    desk.refused(Role::Auditor, add(Kind::Finding, [("title", text("No sort"))]), Rule::RoleMayNot);
    desk.refused(Role::Auditor, withdraw(Kind::Finding, other), Rule::RoleMayNot);
    desk.must(Role::Auditor, found("audit"));
    let id = desk.last(Kind::Finding);
    desk.refused(Role::Owner, withdraw(Kind::Finding, id), Rule::RoleMayNot);
    desk.refused(Role::Security, withdraw(Kind::Finding, id), Rule::RoleMayNot);
    desk.refused(Role::Auditor, edit(Kind::Finding, id, [("sort", text("scan"))]), Rule::RoleMayNot);
    // What an audit found is called nothing else, so that somebody else may close it; nor the other way round.
    for role in [Role::Security, Role::Owner, Role::Builder] {
        let other = edit(Kind::Finding, id, [("sort", text("pentest"))]);
        desk.refused(role, other, Rule::RoleMayNot);
    }
    desk.refused(Role::Auditor, edit(Kind::Finding, other, [("sort", text("audit"))]), Rule::RoleMayNot);
    desk.must(Role::Auditor, withdraw(Kind::Finding, id));
}

#[test]
fn an_audit_finding_goes_to_the_owner_and_comes_back_to_the_auditor() {
    let mut desk = desk();
    desk.must(Role::Auditor, add(Kind::Finding, [("title", text("No log is kept")), ("sort", text("audit"))]));
    let id = desk.last(Kind::Finding);
    let waits = |desk: &Desk| {
        let steps = summarise(&desk.dossier, desk.today()).expect("a system").steps;
        steps.into_iter().filter(|step| step.what.contains("No log is kept")).map(|step| step.role).collect::<Vec<_>>()
    };
    assert_eq!(waits(&desk), [Role::Owner]);
    desk.must(Role::Owner, edit(Kind::Finding, id, [("remediation", text("Keep one."))]));
    desk.refused(
        Role::Owner,
        edit(Kind::Finding, id, [("status", text("closed")), ("reason", text("x"))]),
        Rule::RoleMayNot,
    );
    desk.must(Role::Owner, edit(Kind::Finding, id, [("status", text("ready_for_retest"))]));
    assert_eq!(waits(&desk), [Role::Auditor]);
    let closed = || edit(Kind::Finding, id, [("status", text("closed")), ("reason", text("I saw the log."))]);
    desk.refused(Role::Security, closed(), Rule::RoleMayNot);
    desk.must(Role::Auditor, closed());
    assert_eq!(waits(&desk), []);
}

#[test]
fn a_finding_that_is_late_or_waits_is_a_next_step() {
    let mut desk = desk();
    let id = ready(&mut desk);
    let steps = |desk: &Desk| summarise(&desk.dossier, desk.today()).expect("a system").steps;
    let step = steps(&desk).into_iter().find(|step| step.what.contains("retest")).expect("a step");
    assert_eq!((step.role, step.place), (Role::Security, format!("finding/{id}/retest/edit")));
    let set = [("status", text("open")), ("due", date(desk.day(3)))];
    desk.must(Role::Security, edit(Kind::Finding, id, set));
    assert!(!steps(&desk).iter().any(|step| step.what.contains("base64")));
    desk.wait(4);
    let late = steps(&desk).into_iter().find(|step| step.what.contains("base64")).expect("a step");
    assert_eq!((late.role, late.due), (Role::Owner, Some(desk.day(-1))));
}

#[test]
fn a_control_is_linked_to_a_threat_once() {
    let mut desk = desk();
    let (threat, control) = (desk.dossier.links[0].threat, desk.dossier.links[0].control);
    let both = [("threat", reference(threat.expect("it"))), ("control", reference(control.expect("it")))];
    desk.refused(Role::Security, add(Kind::Link, both), Rule::NothingChanged);
}

fn seen(content: &[u8], keep: bool) -> FileSeen {
    let digest = Digest(hex(&Sha256::digest(content)));
    let size = i64::try_from(content.len()).expect("small");
    FileSeen { path: Line::new("/tmp/run.log"), size, digest, content: keep.then(|| content.to_vec()) }
}

#[test]
fn a_file_is_attached_with_its_digest_and_forgotten_with_it() {
    let mut desk = desk();
    let evidence = desk.last(Kind::Evidence);
    let attach = |file| Command::Attach { evidence, file };
    desk.refused(Role::Governance, attach(seen(b"one", true)), Rule::RoleMayNot);
    desk.must(Role::Security, attach(seen(b"one", true)));
    let kept = desk.events.last().and_then(|event| event.attach.clone()).expect("the content");
    assert_eq!(kept.bytes, b"one");
    let row = |desk: &Desk| desk.dossier.evidence.iter().find(|e| e.id == evidence).cloned().expect("it");
    assert_eq!((row(&desk).kept, row(&desk).size), (Some(YesNo::Yes), Some(3)));
    desk.refused(Role::Security, attach(seen(b"one", true)), Rule::NothingChanged);
    desk.must(Role::Security, attach(seen(b"two", false)));
    assert_eq!(desk.events.last().and_then(|event| event.attach.clone()), None);
    assert_eq!(row(&desk).kept.map(YesNo::code), Some("no"));
    desk.must(Role::Security, edit(Kind::Evidence, evidence, [("digest", text(&"a".repeat(64)))]));
    assert_eq!((row(&desk).kept, row(&desk).path.as_str()), (None, ""));
}

#[test]
fn what_is_too_large_or_not_what_it_says_is_refused() {
    let mut desk = desk();
    let evidence = desk.last(Kind::Evidence);
    let large = vec![7; usize::try_from(LARGEST_KEPT).expect("small") + 1];
    let refusal = desk.refused(Role::Security, Command::Attach { evidence, file: seen(&large, true) }, Rule::BadValue);
    assert!(refusal.to_string().contains("1 MiB") && refusal.hint.contains("by reference"), "{refusal}");
    desk.must(Role::Security, Command::Attach { evidence, file: seen(&large, false) });
    let lying = FileSeen { content: Some(b"other".to_vec()), ..seen(b"one", true) };
    desk.refused(Role::Security, Command::Attach { evidence, file: lying }, Rule::BadValue);
}

#[test]
fn a_comparison_is_recorded_by_whoever_looked_and_voids_nothing() {
    let mut desk = desk();
    let evidence = desk.last(Kind::Evidence);
    let compared = |check| Command::Compared(vec![(evidence, check)]);
    desk.put(Kind::Evidence, "digest", docket::domain::value::Value::Null);
    desk.refused(Role::Auditor, compared(FileCheck::Unchanged), Rule::Unknown);
    desk.must(Role::Security, Command::Attach { evidence, file: seen(b"one", false) });
    desk.mend_all();
    assert_eq!(desk.gaps(), [""; 0]);
    desk.must(Role::Auditor, compared(FileCheck::Changed));
    assert_eq!(desk.gaps(), [""; 0], "no sign-off is about when somebody looked");
    let row = |desk: &Desk| desk.dossier.evidence.iter().find(|e| e.id == evidence).cloned().expect("it");
    assert_eq!((row(&desk).check, row(&desk).checked), (Some(FileCheck::Changed), Some(desk.now)));
    assert_eq!(desk.events.last().map(docket::domain::Event::kind).as_deref(), Some("evidence.check"));
    desk.must(Role::Security, compared(FileCheck::Unchanged));
    assert_eq!(row(&desk).check, Some(FileCheck::Unchanged));
    desk.refused(Role::Security, Command::Compared(Vec::new()), Rule::NothingChanged);
    desk.must(Role::Security, Command::Attach { evidence, file: seen(b"two", false) });
    assert_eq!((row(&desk).check, row(&desk).checked), (None, None), "of another file it says nothing");
}
