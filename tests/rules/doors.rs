//! No side door: what a rule decides is not to be had by adding, editing or withdrawing rows.

use crate::support::{Data, Desk, add, edit, fields, int, list, reference, text, withdraw};
use docket::domain::{
    Kind, Prose, Rule,
    command::Command,
    decision::{Decision, ReviewKind, Step},
    people::Role,
    register::ratings,
};

/// The roles whose work no other role takes out of the record.
const WORKING: [Role; 3] = [Role::Owner, Role::Builder, Role::Operator];

/// A desk on which two more people build and run the system.
fn staffed(data: Data) -> Desk {
    let mut desk = Desk::of_five();
    for role in [Role::Builder, Role::Operator, Role::Auditor] {
        let person = desk.who(role);
        desk.must(Role::Owner, crate::support::assign(role, person));
    }
    desk.ready(data);
    desk
}

#[test]
fn only_the_role_that_documents_a_part_adds_to_it_or_withdraws_from_it() {
    let mut desk = staffed(Data::Personal);
    let (threat, control, trigger) = (desk.threat(1), desk.control(1), desk.last(Kind::Trigger));
    for role in WORKING {
        desk.refused(role, withdraw(Kind::Threat, threat), Rule::RoleMayNot);
        desk.refused(role, withdraw(Kind::Control, control), Rule::RoleMayNot);
        desk.refused(role, withdraw(Kind::Trigger, trigger), Rule::RoleMayNot);
        desk.refused(role, withdraw(Kind::Privacy, desk.privacy()), Rule::RoleMayNot);
        desk.refused(role, add(Kind::Threat, []), Rule::RoleMayNot);
        desk.refused(role, add(Kind::Privacy, []), Rule::RoleMayNot);
    }
    for kind in Kind::ALL {
        let Some(row) = desk.dossier.rows(*kind).first().map(|row| row.id()) else { continue };
        desk.refused(Role::Auditor, withdraw(*kind, row), Rule::RoleMayNot);
    }
}

#[test]
fn what_only_a_command_makes_is_neither_added_nor_withdrawn() {
    let mut desk = staffed(Data::Personal);
    let decide = desk.decision(Decision::Conditional, &[("Log it", 9)]);
    desk.must(Role::Signoff, decide);
    desk.accept(desk.threat(2), 90).unwrap();
    let ruled = [Kind::Review, Kind::Handoff, Kind::Signoff, Kind::Disposition, Kind::Condition, Kind::Acceptance];
    for kind in ruled {
        let id = desk.last(kind);
        for role in [Role::Owner, Role::Security, Role::Governance, Role::Dpo, Role::Signoff, Role::Builder] {
            desk.refused(role, withdraw(kind, id), Rule::RoleMayNot);
            desk.refused(role, add(kind, []), Rule::RoleMayNot);
        }
    }
    desk.refused(Role::Owner, add(Kind::System, [("name", text("Another"))]), Rule::WrongState);
    desk.refused(Role::Owner, add(Kind::Intake, []), Rule::WrongState);
    desk.refused(Role::Dpo, add(Kind::Privacy, []), Rule::WrongState);
}

#[test]
fn a_role_is_given_by_assigning_it_and_not_by_adding_a_row() {
    let mut desk = staffed(Data::Internal);
    let bob = desk.person("Bob");
    let mine = || add(Kind::Assignment, [("person", reference(bob)), ("role", text("sign_off"))]);
    for role in [Role::Builder, Role::Owner] {
        desk.refused(role, mine(), Rule::RoleMayNot);
    }
    let given = desk.dossier.assignments.iter().find(|a| a.role == Some(Role::Signoff) && !a.archived).unwrap().id;
    desk.refused(Role::Builder, edit(Kind::Assignment, given, [("person", reference(bob))]), Rule::RoleMayNot);
    desk.refused(Role::Builder, withdraw(Kind::Assignment, given), Rule::RoleMayNot);
    desk.refused(Role::Builder, crate::support::assign(Role::Signoff, bob), Rule::RoleMayNot);
}

#[test]
fn a_withdrawn_system_is_no_way_around_the_dpo() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Personal);
    let (system, proceed) = (desk.system(), desk.proceed());
    desk.must(Role::Owner, withdraw(Kind::System, system));
    assert!(desk.dossier.personal_data(), "the flows still carry it");
    for role in [Role::Owner, Role::Security, Role::Governance] {
        let _ = desk.by(role, Command::Sign("".into()));
    }
    desk.refused(Role::Signoff, proceed, Rule::GateOpen);
    assert!(desk.gaps().iter().any(|gap| gap.starts_with('2') && gap.contains("no system")), "{:?}", desk.gaps());
    desk.must(Role::Owner, Command::Restore { kind: Kind::System, id: system });
    desk.mend_all();
}

#[test]
fn a_data_class_that_is_not_known_is_refused_and_not_dropped() {
    let mut desk = Desk::of_five();
    let half = edit(Kind::System, desk.system(), [("data", list(&["internal", "persnal"]))]);
    desk.refused(Role::Owner, half, Rule::BadValue);
    desk.refused(Role::Owner, edit(Kind::System, desk.system(), [("owner", text("the team"))]), Rule::BadValue);
    desk.refused(Role::Owner, Command::NewSystem(fields([("name", text("Twice"))])), Rule::WrongState);
}

#[test]
fn a_number_is_never_given_twice() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Internal);
    let gone = desk.threat(2);
    let unsaid = Command::Withdraw { kind: Kind::Threat, id: gone, why: Prose::default() };
    desk.refused(Role::Security, unsaid, Rule::ReasonNeeded);
    desk.must(Role::Security, withdraw(Kind::Threat, gone));
    desk.refused(Role::Security, withdraw(Kind::Threat, gone), Rule::WrongState);
    let next = desk.add_threat("Flooding", (2, 2), &[]);
    assert_eq!(desk.dossier.threats.iter().find(|t| t.id == next).unwrap().reference(), "T-3");
    desk.must(Role::Security, Command::Restore { kind: Kind::Threat, id: gone });
    desk.refused(Role::Security, Command::Restore { kind: Kind::Threat, id: gone }, Rule::WrongState);
    let mut numbers: Vec<_> = desk.dossier.threats.iter().map(|t| t.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [Some(1), Some(2), Some(3)]);
}

#[test]
fn unscored_is_unscored_and_never_low() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Internal).must(Role::Security, add(Kind::Threat, [("title", text("New"))]));
    let id = desk.last(Kind::Threat);
    let of = |desk: &Desk| {
        let threat = desk.dossier.threats.iter().find(|t| t.id == id).unwrap().clone();
        ratings(&desk.dossier, &threat, desk.today())
    };
    assert_eq!((of(&desk).inherent, of(&desk).now, of(&desk).target), (None, None, None));
    desk.must(Role::Security, edit(Kind::Threat, id, [("likelihood", int(5))]));
    assert_eq!(of(&desk).now, None, "half a score is none");
    let summary = docket::domain::summary::summarise(&desk.dossier, desk.today()).unwrap();
    assert_eq!((summary.unscored, summary.threats), (1, 3));
    assert!(desk.gaps().iter().any(|gap| gap.contains("\"New\" is unscored")), "{:?}", desk.gaps());
}

#[test]
fn only_what_is_verified_lowers_the_score_of_today() {
    let mut desk = Desk::of_five();
    desk.described(Data::Internal).handed_to_security().rated().controlled();
    let of = |desk: &Desk| {
        let ratings = ratings(&desk.dossier, &desk.dossier.threats[0], desk.today());
        [ratings.inherent, ratings.now, ratings.target].map(|r| r.unwrap().likelihood.get())
    };
    assert_eq!(of(&desk), [4, 4, 3], "implemented is planned, not verified");
    let claim = edit(Kind::Control, desk.control(1), [("status", text("verified"))]);
    desk.must(Role::Owner, claim);
    assert_eq!(of(&desk), [4, 4, 3], "saying so verifies nothing");
    desk.with_evidence();
    assert_eq!(of(&desk), [4, 3, 3]);
    let mut broken = desk.clone();
    let degraded = edit(Kind::Control, desk.control(1), [("status", text("degraded"))]);
    broken.must(Role::Owner, degraded);
    assert_eq!(of(&broken), [4, 4, 3], "what degraded counts no more, whatever was verified before");
    desk.wait(730);
    assert_eq!(of(&desk), [4, 3, 3], "through the last day");
    desk.wait(1);
    assert_eq!(of(&desk), [4, 4, 3]);
}

#[test]
fn evidence_that_cannot_show_it_verifies_nothing() {
    for weak in [("grade", text("missing")), ("supports", list(&["intent"])), ("archived", int(1))] {
        let mut desk = Desk::of_five();
        desk.planned(Data::Internal);
        let shown = |desk: &Desk| desk.gaps().iter().all(|gap| !gap.contains("claims verified without evidence"));
        assert!(shown(&desk));
        let id = desk.last(Kind::Evidence);
        desk.fact(Kind::Evidence, id, [weak.clone()]);
        assert!(!shown(&desk), "{weak:?}");
    }
}

#[test]
fn a_drifted_clearance_stays_drifted_when_the_next_review_opens() {
    use docket::domain::decision::{ClearanceState, clearance};
    let mut desk = Desk::of_five();
    desk.decided(Data::Internal);
    desk.must(Role::Owner, add(Kind::Tool, [("name", text("shell")), ("permissions", text("all"))]));
    let state = |desk: &Desk| clearance(&desk.dossier, desk.today()).state;
    assert_eq!(state(&desk), ClearanceState::Drifted);
    desk.must(Role::Owner, Command::StartReview(ReviewKind::Delta));
    assert_eq!(state(&desk), ClearanceState::Drifted, "opening a review launders nothing");
    desk.mend_all();
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    assert_eq!(state(&desk), ClearanceState::Current);
    assert_eq!(court_steps(&desk), [Step::SignoffOwner]);
}

fn court_steps(desk: &Desk) -> Vec<Step> {
    docket::domain::decision::court(&desk.dossier).into_iter().map(|court| court.step).collect()
}
