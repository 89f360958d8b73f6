//! The rules of a review, from an empty record to a clearance: who may do what when, and what follows.

mod support;
// A test program is a crate root: its modules would be programs of their own in tests/.
#[path = "rules/acceptance.rs"]
mod acceptance;
#[path = "rules/doors.rs"]
mod doors;
#[path = "rules/exception.rs"]
mod exception;
#[path = "rules/finding.rs"]
mod finding;
#[path = "rules/import.rs"]
mod import;
#[path = "rules/refusals.rs"]
mod refusals;
#[path = "rules/risk.rs"]
mod risk;
#[path = "rules/signature.rs"]
mod signature;

use docket::domain::{
    Kind, Rule,
    command::Command,
    decision::{
        ClearanceState, Court, Decision, HandoffState, LegState, ReturnReason, ReviewKind, Station, Step, clearance,
        court, leg, stations,
    },
    people::Role,
    privacy::Advice,
    summary::summarise,
};
use support::{Data, Desk, add, assign, edit, fields, text};

fn courts(desk: &Desk) -> Vec<(Role, Step)> {
    court(&desk.dossier).into_iter().map(|court| (court.role, court.step)).collect()
}

fn only_court(desk: &Desk) -> Court {
    let courts = court(&desk.dossier);
    assert_eq!(courts.len(), 1, "{courts:?}");
    courts[0]
}

fn give_back(step: Step, role: Role) -> Command {
    Command::Return { step, reason: ReturnReason::MissingEvidence, gaps: "The log is missing.".into(), role }
}

#[test]
fn five_people_bring_a_system_from_nothing_to_a_clearance() {
    let mut desk = Desk::of_five();
    assert_eq!(clearance(&desk.dossier, desk.today()).state, ClearanceState::None);
    assert_eq!(courts(&desk), [(Role::Owner, Step::OwnerSecurity)]);
    desk.decided(Data::Personal);
    let now = clearance(&desk.dossier, desk.today());
    assert_eq!((now.state, now.restore.as_str()), (ClearanceState::Current, ""), "{}", now.reason);
    assert!(court(&desk.dossier).is_empty(), "acknowledged by the owner: nobody has to act");
    assert_eq!(stations(&desk.dossier), [Station::Done; 5]);
    let disposition = &desk.dossier.dispositions[0];
    assert_eq!(disposition.name.as_str(), "Aron Authority, Head of it");
    assert_eq!(disposition.matrix.as_str(), desk.dossier.matrix().version);
    let noted = edit(Kind::System, desk.system(), [("notes", text("Launched."))]);
    desk.must(Role::Owner, noted);
    assert_eq!(clearance(&desk.dossier, desk.today()).state, ClearanceState::Current, "wording takes nothing away");
}

#[test]
fn one_person_in_all_roles_clears_a_low_tier_without_more() {
    let mut desk = Desk::of_one();
    desk.decided(Data::Personal);
    assert_eq!(clearance(&desk.dossier, desk.today()).state, ClearanceState::Current);
}

#[test]
fn one_person_in_all_roles_needs_a_recorded_override_on_a_high_tier() {
    let mut desk = Desk::of_one();
    desk.described(Data::Personal).tiered("4");
    desk.handed_to_security().rated().controlled().with_evidence();
    desk.dpo_asked().advice_given().governance_confirmed().drafted();
    desk.must(Role::Owner, Command::Sign("".into()));
    let gap = desk.gate().into_iter().find(|gap| gap.what.contains("the policy wants a recorded reason"));
    let gap = gap.expect("the policy blocks");
    let over = |reason: &str, measure: &str| Command::Override { reason: reason.into(), compensating: measure.into() };
    desk.refused(Role::Governance, over("", "Read again outside."), Rule::ReasonNeeded);
    desk.refused(Role::Governance, over("We are one.", ""), Rule::Incomplete);
    desk.refused(Role::Governance, Command::Sign("".into()), Rule::Incomplete);
    desk.mend(&gap).expect("with reason and measure");
    for role in [Role::Security, Role::Governance, Role::Dpo] {
        desk.must(role, Command::Sign("".into()));
    }
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    assert_eq!(clearance(&desk.dossier, desk.today()).state, ClearanceState::Current);
    let review = desk.dossier.review().unwrap();
    assert_eq!((review.override_reason.as_str(), review.compensating.as_str()), ("We are few.", "Read outside."));
}

#[test]
fn a_hand_off_comes_back_with_a_gap_and_goes_out_again() {
    let mut desk = Desk::of_five();
    desk.described(Data::Internal).send(Step::OwnerSecurity);
    desk.wait(2).must(Role::Security, give_back(Step::OwnerSecurity, Role::Owner));
    let back = only_court(&desk);
    assert_eq!((back.role, back.since), (Role::Owner, Some(desk.now)));
    let handoff = desk.dossier.handoff(Step::OwnerSecurity).unwrap();
    assert_eq!((handoff.gaps.as_str(), handoff.gaps_role), ("The log is missing.", Some(Role::Owner)));
    assert_eq!(leg(&desk.dossier, Step::OwnerSecurity, desk.today()).state, LegState::Returned);
    desk.refused(Role::Security, Command::Confirm(Step::OwnerSecurity), Rule::WrongState);
    desk.wait(1).pass(Step::OwnerSecurity);
    assert_eq!(desk.dossier.handoffs.len(), 2, "the returned one stays in the record");
    assert_eq!(courts(&desk), [(Role::Security, Step::SecurityGovernance)]);
}

#[test]
fn the_sender_takes_back_only_what_was_not_opened() {
    let mut desk = Desk::of_five();
    desk.described(Data::Internal).send(Step::OwnerSecurity).must(Role::Owner, Command::Recall(Step::OwnerSecurity));
    assert_eq!(desk.dossier.handoffs[0].state, Some(HandoffState::Recalled));
    assert_eq!(courts(&desk), [(Role::Owner, Step::OwnerSecurity)]);
    assert_eq!(leg(&desk.dossier, Step::OwnerSecurity, desk.today()).state, LegState::Ready);
    desk.refused(Role::Security, Command::Receive(Step::OwnerSecurity), Rule::WrongState);
    desk.send(Step::OwnerSecurity).must(Role::Security, Command::Receive(Step::OwnerSecurity));
    let refusal = desk.refused(Role::Owner, Command::Recall(Step::OwnerSecurity), Rule::WrongState);
    assert!(refusal.says.contains("opened already"), "{refusal}");
    desk.must(Role::Security, Command::Confirm(Step::OwnerSecurity));
}

#[test]
fn governance_and_the_dpo_work_side_by_side_and_one_return_leaves_the_other() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Personal);
    let both = [(Role::Security, Step::SecurityGovernance), (Role::Security, Step::SecurityDpo)];
    assert_eq!(courts(&desk), both, "security owes both sides, and each leg is shown");
    assert_eq!(summarise(&desk.dossier, desk.today()).unwrap().court, "Security", "but a role is named once");
    desk.send(Step::SecurityGovernance);
    desk.wait(1).send(Step::SecurityDpo);
    let sent = desk.now;
    let join = court(&desk.dossier);
    assert_eq!(join.iter().map(|c| c.role).collect::<Vec<_>>(), [Role::Governance, Role::Dpo]);
    assert_eq!(join[1].since, Some(sent), "each side has its own age");
    assert!(join[0].since < join[1].since);
    assert_eq!(join[1].due, Some(desk.day(Step::SecurityDpo.default_days())));
    desk.wait(3).must(Role::Governance, give_back(Step::SecurityGovernance, Role::Security));
    let join = court(&desk.dossier);
    assert_eq!(join.iter().map(|c| c.role).collect::<Vec<_>>(), [Role::Security, Role::Dpo]);
    assert_eq!((join[0].since, join[1].since), (Some(desk.now), Some(sent)), "the DPO's side goes on as it was");
    desk.must(Role::Dpo, Command::Confirm(Step::SecurityDpo));
    assert_eq!(stations(&desk.dossier)[3], Station::Here);
    let advice = Command::Advise { advice: Advice::Favourable, text: "Fine.".into() };
    desk.must(Role::Dpo, advice).pass(Step::SecurityGovernance);
    assert_eq!(courts(&desk), [(Role::Governance, Step::GovernanceSignoff), (Role::Dpo, Step::DpoSignoff)]);
}

#[test]
fn it_is_said_in_whose_court_it_lies_and_since_when_at_every_point() {
    let mut desk = Desk::of_five();
    let opened = desk.dossier.opened_at();
    assert_eq!((only_court(&desk).role, only_court(&desk).since), (Role::Owner, opened));
    desk.wait(4).described(Data::Internal);
    assert_eq!(only_court(&desk).since, opened, "working on it does not make it younger");
    desk.send(Step::OwnerSecurity);
    let sent = desk.now;
    assert_eq!((only_court(&desk).role, only_court(&desk).since), (Role::Security, Some(sent)));
    assert_eq!(only_court(&desk).due, Some(desk.day(5)));
    desk.wait(1).must(Role::Security, Command::Receive(Step::OwnerSecurity));
    assert_eq!(only_court(&desk).since, Some(sent), "opening it does not make it younger");
    desk.must(Role::Security, Command::Confirm(Step::OwnerSecurity));
    assert_eq!((only_court(&desk).role, only_court(&desk).since), (Role::Security, Some(desk.now)));
    desk.rated().controlled().with_evidence().pass(Step::SecurityGovernance);
    assert_eq!((only_court(&desk).role, only_court(&desk).since), (Role::Governance, Some(desk.now)));
    desk.wait(1).drafted();
    assert_eq!((only_court(&desk).role, only_court(&desk).since), (Role::Signoff, Some(desk.now)));
    let proceed = desk.signed().proceed();
    desk.wait(1).must(Role::Signoff, proceed);
    let owed = only_court(&desk);
    assert_eq!((owed.role, owed.step, owed.since), (Role::Signoff, Step::SignoffOwner, Some(desk.now)));
    desk.wait(1).send(Step::SignoffOwner);
    assert_eq!((only_court(&desk).role, only_court(&desk).since), (Role::Owner, Some(desk.now)));
    desk.must(Role::Owner, Command::Confirm(Step::SignoffOwner));
    assert!(court(&desk.dossier).is_empty());
}

#[test]
fn the_authority_can_send_it_back_even_after_taking_it_up() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Personal).must(Role::Signoff, give_back(Step::DpoSignoff, Role::Dpo));
    let proceed = desk.proceed();
    desk.refused(Role::Signoff, proceed, Rule::GateOpen);
    assert_eq!(courts(&desk), [(Role::Dpo, Step::DpoSignoff)]);
    desk.pass(Step::DpoSignoff);
    assert_eq!(desk.gaps(), [""; 0]);
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    desk.refused(Role::Signoff, give_back(Step::DpoSignoff, Role::Dpo), Rule::WrongState);
}

#[test]
fn answering_the_advice_does_not_void_what_governance_signed() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Personal).dpo_asked().governance_confirmed().drafted();
    desk.must(Role::Governance, Command::Sign("".into()));
    desk.advice_given();
    let voided: Vec<_> = desk.gaps().into_iter().filter(|gap| gap.contains("voided")).collect();
    assert_eq!(voided, [""; 0]);
}

#[test]
fn the_next_review_carries_nothing_live_over() {
    let mut desk = Desk::of_five();
    desk.decided(Data::Personal);
    let review = desk.review();
    desk.wait(100).must(Role::Owner, Command::StartReview(ReviewKind::Delta));
    assert_ne!(desk.review(), review);
    assert_eq!(desk.dossier.review().unwrap().number, Some(2));
    for step in [Step::OwnerSecurity, Step::SecurityGovernance, Step::SecurityDpo, Step::DpoSignoff] {
        assert!(desk.dossier.handoff(step).is_none(), "{step:?}");
    }
    let gaps = desk.gaps().join("\n");
    for role in ["System owner", "Security team", "Governance lead", "DPO"] {
        assert!(gaps.contains(&format!("The sign-off of the {role} is missing")), "{gaps}");
    }
    assert!(gaps.contains("The DPO's advice is missing"), "an opinion is of its review: {gaps}");
    assert!(gaps.contains("There is no draft disposition"), "{gaps}");
    let proceed = desk.proceed();
    desk.refused(Role::Signoff, proceed, Rule::GateOpen);
    let state = clearance(&desk.dossier, desk.today()).state;
    assert_eq!(state, ClearanceState::Current, "opening a review takes nothing away");
    desk.handed_to_security().dpo_asked().advice_given().governance_confirmed().drafted().signed();
    assert_eq!(desk.gaps(), [""; 0]);
    let hold = desk.decision(Decision::Hold, &[]);
    desk.must(Role::Signoff, hold);
    assert_eq!(clearance(&desk.dossier, desk.today()).state, ClearanceState::None);
}

#[test]
fn an_empty_record_takes_its_first_people_and_then_asks_for_a_role() {
    let mut desk = Desk::empty();
    let name = Command::NewSystem(fields([("name", text("Bot"))]));
    desk.refused(Role::Owner, name.clone(), Rule::RoleNotHeld);
    let (ann, eve) = (desk.person("Ann"), desk.person("Eve"));
    desk.act(Role::Owner, ann, assign(Role::Owner, ann)).unwrap();
    desk.refused_to(Role::Owner, eve, add(Kind::Person, [("name", text("Eve's friend"))]), Rule::RoleNotHeld);
    desk.refused_to(Role::Signoff, eve, assign(Role::Signoff, eve), Rule::RoleNotHeld);
    desk.act(Role::Owner, ann, name.clone()).unwrap();
    desk.refused_to(Role::Owner, ann, name, Rule::WrongState);
}
