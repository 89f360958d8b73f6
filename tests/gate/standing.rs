//! What a sign-off and a decision stand for once more than one review, or more than one decision, is in the record.

use crate::support::{Data, Desk, START, add, edit, text, withdraw};
use docket::domain::{
    Kind,
    command::Command,
    decision::{
        ClearanceState, Decision, Mend, Past, ReviewKind, SignoffState, Void, clearance, explain, latest_signoff,
        signoff_state, since_signed, void,
    },
    fields::Moment,
    people::Role,
};

fn state(desk: &Desk) -> ClearanceState {
    clearance(&desk.dossier, desk.today()).state
}

/// What the journal tells after the sign-off, each entry a second after the one before.
fn past(desk: &Desk, signoff: docket::domain::Id) -> Vec<Past> {
    let signed = desk.events.iter().position(|event| event.entity == signoff).expect("it was signed");
    let told = (1i64..).zip(&desk.events).skip(signed + 1).map(|(n, event)| Past {
        n,
        at: Moment(START.0 + n * 1000),
        who: "Ada Bell".into(),
        role: Some(Role::Owner),
        of: event.of,
        entity: event.entity,
        verb: event.verb.to_string(),
        set: event.set.clone(),
    });
    told.collect()
}

/// What voided the first sign-off of a role; with what was signed, or without.
fn voided(desk: &Desk, role: Role, kept: bool) -> Void {
    let signoff = desk.dossier.signoffs.iter().find(|signoff| signoff.role == Some(role)).expect("it was signed");
    let event = desk.events.iter().find(|event| event.entity == signoff.id).expect("it was signed");
    let signed = String::from_utf8(event.attach.clone().expect("with its text").bytes).expect("text");
    let difference = since_signed(&desk.dossier, signoff, Some(signed.as_str()).filter(|_| kept));
    void(&desk.dossier, signoff, difference, &past(desk, signoff.id)).expect("it is voided")
}

#[test]
fn a_later_review_supersedes_no_sign_off_of_the_one_before() {
    let mut desk = Desk::of_five();
    desk.decided(Data::Internal).wait(1);
    let first = latest_signoff(&desk.dossier, Role::Security).expect("it signed").clone();
    desk.must(Role::Governance, Command::StartReview(ReviewKind::Full));
    desk.mend_all();
    let second = latest_signoff(&desk.dossier, Role::Security).expect("it signed anew");
    assert_ne!(second.id, first.id);
    assert_eq!(signoff_state(&desk.dossier, &first), SignoffState::Valid, "it stands for what that review looked at");
    desk.must(Role::Owner, add(Kind::Tool, [("name", text("shell")), ("permissions", text("all"))]));
    assert_eq!(signoff_state(&desk.dossier, &first), SignoffState::Voided);
}

#[test]
fn the_draft_of_another_review_voids_nothing() {
    let mut desk = Desk::of_five();
    desk.decided(Data::Internal).wait(1);
    let threat = edit(Kind::Threat, desk.threat(1), [("impact", docket::domain::value::Value::Int(5))]);
    desk.must(Role::Security, threat).must(Role::Governance, Command::StartReview(ReviewKind::Full));
    let draft = [("draft", text("hold")), ("draft_reason", text("Not yet."))];
    desk.must(Role::Governance, edit(Kind::Review, desk.review(), draft));
    for kept in [true, false] {
        let of: Vec<Kind> = voided(&desk, Role::Governance, kept).causes.iter().map(|cause| cause.of.0).collect();
        assert_eq!(of, [Kind::Threat], "with the text kept: {kept}");
    }
}

#[test]
fn what_came_and_went_is_no_cause_of_what_else_was_changed() {
    let mut desk = crate::ready(Data::Personal);
    desk.must(Role::Owner, add(Kind::Tool, [("name", text("shell"))]));
    let tool = desk.last(Kind::Tool);
    desk.must(Role::Owner, withdraw(Kind::Tool, tool));
    let target = edit(Kind::Flow, desk.last(Kind::Flow), [("target", text("Elsewhere"))]);
    desk.must(Role::Owner, target);
    let found = voided(&desk, Role::Security, true);
    assert_eq!(found.causes.iter().map(|cause| cause.of.0).collect::<Vec<_>>(), [Kind::Flow]);
    // The gap is as old as what voided it, not as the sign-off.
    let since = found.at().expect("it has a moment");
    let mut gaps = desk.gate();
    explain(&mut gaps, &[found]);
    let gap = gaps.iter().find(|gap| gap.place.mend == Mend::Sign(Role::Security)).expect("it has to sign anew");
    assert_eq!(gap.since, Some(since));
}

#[test]
fn another_answer_to_the_advice_is_another_ground_of_the_decision() {
    let mut desk = Desk::of_five();
    desk.decided(Data::Personal);
    assert_eq!(state(&desk), ClearanceState::Current);
    let signed = Role::REVIEW.map(|role| latest_signoff(&desk.dossier, role).map(|s| signoff_state(&desk.dossier, s)));
    let answer = [("followed", text("partly")), ("followed_reason", text("One thing is left."))];
    desk.must(Role::Signoff, edit(Kind::Privacy, desk.privacy(), answer));
    assert_eq!(state(&desk), ClearanceState::Drifted);
    let now = Role::REVIEW.map(|role| latest_signoff(&desk.dossier, role).map(|s| signoff_state(&desk.dossier, s)));
    assert_eq!(now, signed, "and nobody else signed for it");
}

#[test]
fn a_new_decision_has_its_own_conditions() {
    let mut desk = crate::ready(Data::Internal);
    let on = desk.decision(Decision::Conditional, &[("Log it", 30)]);
    desk.must(Role::Signoff, on);
    desk.wait(10).must(Role::Governance, Command::StartReview(ReviewKind::Full));
    desk.mend_all();
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    desk.wait(30);
    assert_eq!(state(&desk), ClearanceState::Current, "what the first decision asked for was its own");
}

#[test]
fn what_is_only_asked_for_takes_nothing_from_a_clearance() {
    let mut desk = Desk::of_five();
    desk.decided(Data::Internal);
    let (threat, expires) = (desk.threat(2), Some(desk.day(60)));
    let (reason, condition) = ("Small.".into(), "Watched.".into());
    desk.must(Role::Security, Command::Propose { threat, reason, condition, expires, requester: None });
    assert_eq!(state(&desk), ClearanceState::Current, "asked for");
    let id = desk.last(Kind::Acceptance);
    desk.must(Role::Governance, Command::DeclineRisk(id, "Mend it.".into()));
    assert_eq!(state(&desk), ClearanceState::Current, "declined");
}

#[test]
fn an_acceptance_that_was_the_only_answer_lapses_and_is_no_drift() {
    let mut desk = crate::ready(Data::Internal);
    let threat = desk.add_threat("Nothing helps", (5, 5), &[]);
    desk.accept(threat, 20).expect("it is accepted");
    desk.mend_all();
    assert_eq!(desk.dossier.controls_of(threat).count(), 0, "nothing else answers it");
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    desk.wait(20);
    assert_eq!(state(&desk), ClearanceState::Current, "through the end of its last day");
    desk.wait(1);
    assert_eq!(state(&desk), ClearanceState::Lapsed, "{}", clearance(&desk.dossier, desk.today()).reason);
}

#[test]
fn an_acceptance_of_what_does_not_apply_any_more_is_missed_by_nobody() {
    let mut desk = crate::ready(Data::Internal);
    let threat = desk.add_threat("In theory", (2, 2), &[]);
    desk.accept(threat, 20).expect("it is accepted");
    let gone = [("treatment", text("not_applicable")), ("treatment_reason", text("The part is gone."))];
    desk.must(Role::Security, edit(Kind::Threat, threat, gone));
    desk.mend_all();
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    desk.wait(30);
    assert_eq!(state(&desk), ClearanceState::Current, "{}", clearance(&desk.dossier, desk.today()).reason);
}
