//! Every "may not" of the five roles: refused by its rule, in a whole sentence.

use crate::support::{Data, Desk, add, assign, edit, int, text, withdraw};
use docket::domain::{
    Kind, Rule,
    command::Command,
    decision::{Decision, ReturnReason, Step, Triage},
    fields::Day,
    people::Role,
    privacy::Advice,
    system::Tier,
};

fn propose(desk: &Desk, expires: Option<Day>) -> Command {
    Command::Propose {
        threat: desk.threat(2),
        reason: "Small.".into(),
        condition: "Watched.".into(),
        expires,
        requester: None,
    }
}

#[test]
fn security_does_not_accept_a_risk_and_only_governance_does() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Internal);
    let asked = propose(&desk, Some(desk.day(90)));
    desk.must(Role::Security, asked);
    let id = desk.last(Kind::Acceptance);
    for role in [Role::Security, Role::Owner, Role::Dpo, Role::Signoff, Role::Builder] {
        let refusal = desk.refused(role, Command::AcceptRisk(id), Rule::OnlyGovernanceAccepts);
        assert!(refusal.says.starts_with("Only the governance lead accepts a residual risk"), "{refusal}");
        desk.refused(role, Command::DeclineRisk(id, "No.".into()), Rule::OnlyGovernanceAccepts);
    }
    let sam = desk.who(Role::Security);
    desk.refused_to(Role::Governance, sam, Command::AcceptRisk(id), Rule::RoleNotHeld);
    desk.must(Role::Governance, Command::AcceptRisk(id));
    let row = desk.dossier.acceptances[0].clone();
    assert_eq!(row.acceptor_name.as_str(), "Gwen Governance, Head of it");
    assert_ne!(row.acceptor, row.requester, "who asks and who accepts are kept apart");
    assert!(row.likelihood.is_some() && row.impact.is_some() && !row.matrix.is_empty() && !row.revision.0.is_empty());
    desk.refused(Role::Governance, Command::AcceptRisk(id), Rule::WrongState);
    desk.refused(Role::Governance, Command::RevokeRisk(id, "".into()), Rule::ReasonNeeded);
}

#[test]
fn an_acceptance_has_an_end_a_reason_a_condition_and_a_score() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Internal);
    let (none, past) = (propose(&desk, None), propose(&desk, Some(desk.day(-1))));
    let refusal = desk.refused(Role::Security, none, Rule::ExpiryNeeded);
    assert_eq!(refusal.says, "An acceptance needs the day on which it ends.");
    desk.refused(Role::Security, past, Rule::ExpiryNeeded);
    let ask = |reason: &str, condition: &str, threat, expires| Command::Propose {
        threat,
        reason: reason.into(),
        condition: condition.into(),
        expires: Some(expires),
        requester: None,
    };
    let (one, end) = (desk.threat(1), desk.day(9));
    desk.refused(Role::Security, ask("", "Watched.", one, end), Rule::ReasonNeeded);
    desk.refused(Role::Security, ask("Small.", "", one, end), Rule::Incomplete);
    desk.must(Role::Security, add(Kind::Threat, [("title", text("Unscored"))]));
    let unscored = desk.last(Kind::Threat);
    let refusal = desk.refused(Role::Security, ask("Small.", "Watched.", unscored, end), Rule::Incomplete);
    assert!(refusal.says.contains("unscored"), "{refusal}");
    let today = propose(&desk, Some(desk.today()));
    desk.must(Role::Security, today);
    let late = Command::AcceptRisk(desk.last(Kind::Acceptance));
    desk.wait(1).refused(Role::Governance, late, Rule::ExpiryNeeded);
}

#[test]
fn the_dpo_is_not_waved_away_while_personal_data_is_in_scope() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Personal);
    for role in [Role::Dpo, Role::Owner, Role::Security, Role::Governance] {
        let refusal = desk.refused(role, Command::WaiveDpo("Not needed.".into()), Rule::PersonalDataInScope);
        assert!(refusal.says.starts_with("The DPO's part cannot be marked not applicable."), "{refusal}");
        assert!(refusal.says.contains("personal data"), "it says why: {refusal}");
    }
    let mut other = Desk::of_five();
    other.planned(Data::Internal);
    let derived = other.refused(Role::Dpo, Command::WaiveDpo("".into()), Rule::NothingChanged);
    assert_eq!(derived.says, "No personal data is in scope: the inventory names only internal data.");
    other.refused(Role::Dpo, Command::Sign("".into()), Rule::WrongState);
    other.refused(
        Role::Security,
        Command::Send { step: Step::SecurityDpo, note: "".into(), due: None },
        Rule::NotReady,
    );
}

#[test]
fn nobody_signs_advises_or_decides_in_a_role_that_is_not_theirs() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Personal);
    let (sam, proceed) = (desk.who(Role::Security), desk.proceed());
    for role in [Role::Owner, Role::Governance, Role::Dpo] {
        let refusal = desk.refused_to(role, sam, Command::Sign("".into()), Rule::RoleNotHeld);
        assert!(refusal.says.starts_with("Sam Security does not hold the role"), "{refusal}");
    }
    desk.refused_to(Role::Signoff, sam, proceed.clone(), Rule::RoleNotHeld);
    for role in [Role::Owner, Role::Security, Role::Governance, Role::Dpo] {
        desk.refused(role, proceed.clone(), Rule::RoleMayNot);
    }
    desk.refused(Role::Signoff, Command::Sign("".into()), Rule::RoleMayNot);
    let advice = Command::Advise { advice: Advice::Favourable, text: "Fine.".into() };
    for role in [Role::Governance, Role::Signoff, Role::Security, Role::Owner] {
        desk.refused(role, advice.clone(), Rule::RoleMayNot);
    }
    let own = edit(Kind::Privacy, desk.privacy(), [("advice", text("favourable"))]);
    desk.refused(Role::Dpo, own, Rule::SetByRule);
    desk.refused(Role::Dpo, edit(Kind::Privacy, desk.privacy(), [("followed", text("followed"))]), Rule::RoleMayNot);
    desk.refused(
        Role::Governance,
        edit(Kind::Privacy, desk.privacy(), [("dpia", text("validated"))]),
        Rule::RoleMayNot,
    );
}

#[test]
fn a_return_names_a_gap_and_who_closes_it() {
    let mut desk = Desk::of_five();
    desk.described(Data::Internal).send(Step::OwnerSecurity);
    let back = |gaps: &str, role| Command::Return {
        step: Step::OwnerSecurity,
        reason: ReturnReason::Other,
        gaps: gaps.into(),
        role,
    };
    desk.refused(Role::Security, back(" \n", Role::Owner), Rule::GapNeeded);
    desk.refused(Role::Security, back("No diagram.", Role::Auditor), Rule::GapNeeded);
    desk.refused(Role::Owner, back("No diagram.", Role::Owner), Rule::RoleMayNot);
    desk.refused(Role::Governance, Command::Confirm(Step::OwnerSecurity), Rule::RoleMayNot);
    desk.must(Role::Security, back("No diagram.", Role::Owner));
}

#[test]
fn a_decision_has_a_reason_an_end_and_its_conditions() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal);
    for decision in [Decision::Conditional, Decision::Pilot] {
        let bare = desk.decision(decision, &[]);
        desk.refused(Role::Signoff, bare, Rule::Incomplete);
    }
    let (past, blank) =
        (desk.decision(Decision::Pilot, &[("Log it", -1)]), desk.decision(Decision::Pilot, &[("Log it", 9), ("", 9)]));
    desk.refused(Role::Signoff, past, Rule::BadValue);
    desk.refused(Role::Signoff, blank, Rule::BadValue);
    let decide = |rationale: &str, valid_until| Command::Decide {
        decision: Decision::Proceed,
        rationale: rationale.into(),
        conditions: Vec::new(),
        valid_until,
    };
    let (end, yesterday) = (desk.day(9), desk.day(-1));
    desk.refused(Role::Signoff, decide("Fine.", None), Rule::ExpiryNeeded);
    desk.refused(Role::Signoff, decide("Fine.", Some(yesterday)), Rule::ExpiryNeeded);
    desk.refused(Role::Signoff, decide("", Some(end)), Rule::ReasonNeeded);
    desk.refused(Role::Signoff, Command::RevokeClearance("Why not.".into()), Rule::WrongState);
    let hold = desk.decision(Decision::Hold, &[]);
    desk.must(Role::Signoff, hold);
    desk.refused(Role::Signoff, Command::RevokeClearance("It permits nothing.".into()), Rule::WrongState);
}

#[test]
fn what_is_not_ready_is_not_sent_and_says_what_is_missing() {
    let mut desk = Desk::of_five();
    let send = |step| Command::Send { step, note: "".into(), due: None };
    let refusal = desk.refused(Role::Owner, send(Step::OwnerSecurity), Rule::NotReady);
    assert!(refusal.says.contains("Accountable owner is empty."), "{refusal}");
    assert!(refusal.says.contains("more."), "it says how much else: {refusal}");
    desk.described(Data::Personal);
    let past = Command::Send { step: Step::OwnerSecurity, note: "".into(), due: Some(desk.day(-1)) };
    desk.refused(Role::Owner, past, Rule::BadValue);
    for step in [Step::SecurityGovernance, Step::SecurityDpo, Step::GovernanceSignoff, Step::DpoSignoff] {
        let refusal = desk.refused(step.from(), send(step), Rule::NotReady);
        assert!(refusal.says.contains("is not completed."), "{refusal}");
    }
    desk.handed_to_security();
    desk.refused(Role::Owner, send(Step::OwnerSecurity), Rule::WrongState);
    let refusal = desk.refused(Role::Security, send(Step::SecurityGovernance), Rule::NotReady);
    assert!(refusal.says.contains("The threat register is empty."), "{refusal}");
    desk.rated().must(Role::Security, add(Kind::Threat, [("title", text("New"))]));
    let refusal = desk.refused(Role::Security, send(Step::SecurityGovernance), Rule::NotReady);
    assert!(refusal.says.contains("1 threat is unscored."), "{refusal}");
    desk.pass(Step::SecurityDpo);
    let refusal = desk.refused(Role::Dpo, send(Step::DpoSignoff), Rule::NotReady);
    assert!(refusal.says.contains("The DPO has not given the advice."), "{refusal}");
    desk.refused(Role::Signoff, send(Step::SignoffOwner), Rule::NotReady);
    desk.refused(Role::Owner, Command::StartReview(docket::domain::decision::ReviewKind::Full), Rule::WrongState);
}

#[test]
fn a_role_ends_with_its_day_and_a_delegate_may_act_in_it() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Internal).governance_confirmed().drafted();
    let (gwen, dara, sam) = (desk.who(Role::Governance), desk.who(Role::Dpo), desk.who(Role::Security));
    let until = Some(desk.day(10));
    let lent = Command::Assign { role: Role::Governance, person: gwen, delegate: Some(dara), until };
    desk.must(Role::Owner, lent);
    desk.refused_to(Role::Governance, sam, Command::Sign("".into()), Rule::RoleNotHeld);
    desk.wait(9).act(Role::Governance, dara, Command::Sign("For Gwen.".into())).expect("a delegate acts");
    assert_eq!(desk.dossier.signoffs[0].name.as_str(), "Dara Dpo, Head of it", "under their own name");
    desk.wait(1).must(Role::Governance, Command::Unsign("Read again.".into()));
    for person in [gwen, dara] {
        desk.clone().wait(1).refused_to(Role::Governance, person, Command::Sign("".into()), Rule::RoleNotHeld);
    }
    desk.wait(1);
    assert!(desk.gaps().iter().any(|gap| gap.contains("Nobody holds the role Governance lead")));
    let gone = desk.person("Ghost");
    desk.must(Role::Owner, withdraw(Kind::Person, gone));
    desk.refused(Role::Owner, assign(Role::Governance, gone), Rule::Unknown);
}

#[test]
fn treatment_scores_and_verdicts_need_their_reasons() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Personal);
    let (one, three) = (desk.threat(1), desk.threat(3));
    for treatment in ["not_applicable", "avoid", "transfer"] {
        desk.refused(Role::Security, edit(Kind::Threat, one, [("treatment", text(treatment))]), Rule::ReasonNeeded);
    }
    let excused = [("treatment", text("not_applicable")), ("treatment_reason", text("No prompt at all."))];
    desk.must(Role::Security, edit(Kind::Threat, one, excused));
    let unsaid = edit(Kind::Threat, one, [("treatment_reason", text(""))]);
    desk.refused(Role::Security, unsaid, Rule::ReasonNeeded);
    desk.refused(Role::Security, edit(Kind::Threat, three, [("now_impact", int(1))]), Rule::ReasonNeeded);
    let by_hand = [("now_impact", int(1)), ("score_reason", text("Seen in the pilot."))];
    desk.must(Role::Security, edit(Kind::Threat, three, by_hand));
    desk.refused(Role::Security, edit(Kind::Threat, three, [("score_reason", text(""))]), Rule::ReasonNeeded);
    desk.refused(Role::Dpo, edit(Kind::Threat, three, [("dpo_verdict", text("rejected"))]), Rule::ReasonNeeded);
    desk.refused(Role::Security, edit(Kind::Threat, three, [("dpo_verdict", text("confirmed"))]), Rule::RoleMayNot);
    for bad in [0, 6, -1] {
        desk.refused(Role::Security, edit(Kind::Threat, three, [("impact", int(bad))]), Rule::BadValue);
    }
    desk.refused(Role::Security, edit(Kind::Threat, three, [("number", int(9))]), Rule::SetByRule);
    desk.refused(Role::Security, edit(Kind::Threat, three, [("colour", text("red"))]), Rule::Unknown);
    desk.refused(Role::Security, edit(Kind::Threat, three, [("impact", int(3))]), Rule::NothingChanged);
    desk.refused(Role::Security, add(Kind::Threat, [("likelihood", int(3))]), Rule::Incomplete);
    let unexplained = Command::OverrideTier { tier: Some(Tier::Minimal), reason: "".into() };
    desk.refused(Role::Security, unexplained, Rule::ReasonNeeded);
    let unasked = Command::OverrideTier { tier: Some(Tier::Minimal), reason: "Small.".into() };
    desk.refused(Role::Owner, unasked, Rule::RoleMayNot);
}

#[test]
fn nothing_loses_its_name() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Internal);
    let (ann, system, threat) = (desk.who(Role::Owner), desk.system(), desk.threat(1));
    let refusal = desk.refused(Role::Owner, edit(Kind::Person, ann, [("name", text(" "))]), Rule::Incomplete);
    assert_eq!(refusal.says, "The person needs: name.");
    desk.refused(Role::Owner, edit(Kind::System, system, [("name", text(""))]), Rule::Incomplete);
    desk.refused(Role::Security, edit(Kind::Threat, threat, [("title", text("\u{200b}"))]), Rule::Incomplete);
    desk.refused(Role::Owner, add(Kind::Tool, [("name", text("")), ("permissions", text("all"))]), Rule::Incomplete);
    desk.must(Role::Owner, edit(Kind::Person, ann, [("name", text("Olga Other"))]));
}

#[test]
fn conditions_and_triggers_end_only_with_their_reasons() {
    let mut desk = Desk::of_five();
    let decide = desk.ready(Data::Internal).decision(Decision::Conditional, &[("Log it", 9)]);
    desk.must(Role::Signoff, decide);
    let (condition, trigger) = (desk.last(Kind::Condition), desk.last(Kind::Trigger));
    desk.refused(Role::Owner, Command::MeetCondition(condition, "".into()), Rule::ReasonNeeded);
    desk.refused(Role::Signoff, Command::MeetCondition(condition, "Done.".into()), Rule::RoleMayNot);
    desk.must(Role::Owner, Command::MeetCondition(condition, "Log of May.".into()));
    desk.refused(Role::Owner, Command::MeetCondition(condition, "Again.".into()), Rule::WrongState);
    desk.refused(
        Role::Governance,
        Command::Triage(trigger, Triage::NotMaterial, vec![], "No.".into()),
        Rule::WrongState,
    );
    desk.refused(Role::Owner, Command::Fire(trigger, "".into()), Rule::ReasonNeeded);
    desk.must(Role::Owner, Command::Fire(trigger, "A new model.".into()));
    desk.refused(Role::Owner, Command::Fire(trigger, "Twice.".into()), Rule::WrongState);
    desk.refused(Role::Governance, Command::Triage(trigger, Triage::Full, vec![], "".into()), Rule::ReasonNeeded);
    desk.refused(Role::Owner, Command::Triage(trigger, Triage::NotMaterial, vec![], "No.".into()), Rule::RoleMayNot);
    desk.refused(Role::Signoff, Command::RevokeClearance("".into()), Rule::ReasonNeeded);
    desk.must(Role::Signoff, Command::RevokeClearance("It leaks.".into()));
    desk.refused(Role::Signoff, Command::RevokeClearance("Again.".into()), Rule::WrongState);
}
