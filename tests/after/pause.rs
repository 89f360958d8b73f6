//! Who may stop a system, and who may let it run again; and who may give out roles when nobody holds one any more.

use crate::support::{Desk, assign, date, edit, text};
use crate::{cleared, now, state};
use docket::domain::{
    Kind, Rule,
    command::Command,
    decision::{ClearanceState, Mend},
    people::Role,
};
use docket::exchange::answer::gate::{Options, ask};

#[test]
fn whoever_may_stops_the_system_and_the_clearance_follows_at_once() {
    for role in [Role::Owner, Role::Security, Role::Signoff] {
        let mut desk = cleared();
        desk.refused(role, Command::Pause("".into()), Rule::ReasonNeeded);
        desk.must(role, Command::Pause("It repeats addresses.".into()));
        let found = now(&desk);
        assert_eq!(found.state, ClearanceState::TriggerPending);
        assert!(found.reason.starts_with("Paused by ") && found.reason.ends_with(": It repeats addresses."));
        assert_eq!(found.place.mend, Mend::Resume);
        let verdict = ask(&desk.dossier, &Options::default(), desk.today()).expect("a system");
        assert_eq!((verdict.exit, verdict.reasons[0].code), (1, "paused"), "somebody said no");
        desk.refused(role, Command::Pause("Twice.".into()), Rule::WrongState);
    }
    let mut desk = cleared();
    desk.refused(Role::Dpo, Command::Pause("No.".into()), Rule::RoleMayNot);
}

#[test]
fn whoever_the_system_names_may_pause_it_in_any_hat() {
    let mut desk = cleared();
    let builder = desk.with_builder();
    desk.refused_to(Role::Builder, builder, Command::Pause("Stop.".into()), Rule::RoleMayNot);
    let named = edit(Kind::System, desk.system(), [("pause", text("The shift lead or Bea Builder, at once"))]);
    desk.must(Role::Owner, named);
    desk.act(Role::Builder, builder, Command::Pause("Stop.".into())).expect("named");
    assert_eq!(desk.dossier.pauses[0].role, Some(Role::Builder));
    // A part of a name is nobody's name.
    let mut desk = cleared();
    let builder = desk.with_builder();
    let near = edit(Kind::System, desk.system(), [("pause", text("Bea Builderson"))]);
    desk.must(Role::Owner, near);
    desk.refused_to(Role::Builder, builder, Command::Pause("Stop.".into()), Rule::RoleMayNot);
}

#[test]
fn only_the_authority_or_governance_lets_it_run_again() {
    let mut desk = cleared();
    desk.refused(Role::Signoff, Command::Resume("Fine.".into()), Rule::WrongState);
    desk.must(Role::Owner, Command::Pause("It repeats addresses.".into()));
    for role in [Role::Owner, Role::Security, Role::Dpo] {
        desk.refused(role, Command::Resume("Fine.".into()), Rule::RoleMayNot);
    }
    desk.refused(Role::Governance, Command::Resume("".into()), Rule::ReasonNeeded);
    desk.must(Role::Governance, Command::Resume("The log is masked.".into()));
    assert_eq!(state(&desk), ClearanceState::Current, "{}", now(&desk).reason);
    let row = &desk.dossier.pauses[0];
    assert_eq!(
        (row.resumed_name.as_str(), row.resumed_why.as_str()),
        ("Gwen Governance, Head of it", "The log is masked.")
    );
    desk.must(Role::Signoff, Command::Pause("Again.".into()));
    assert_eq!(desk.dossier.pauses.len(), 2, "each stop is its own record");
}

#[test]
fn a_pause_hides_no_graver_loss_from_the_gate() {
    let mut desk = cleared();
    desk.must(Role::Owner, Command::Pause("Stop.".into())).wait(366);
    let verdict = ask(&desk.dossier, &Options::default(), desk.today()).expect("a system");
    let codes: Vec<_> = verdict.reasons.iter().map(|reason| reason.code).collect();
    assert_eq!((verdict.exit, codes), (3, vec!["paused", "lapsed"]));
}

/// A record in which every assignment ends on the same day.
fn lent() -> Desk {
    let mut desk = Desk::of_five();
    let until = Some(desk.day(10));
    for (role, person) in Role::REVIEW.into_iter().zip(desk.people) {
        desk.must(Role::Owner, Command::Assign { role, person, delegate: None, until });
    }
    let open: Vec<_> = desk.dossier.assignments.iter().filter(|a| a.until.is_none()).map(|a| a.id).collect();
    for id in open {
        desk.fact(Kind::Assignment, id, [("until", date(desk.day(10)))]);
    }
    desk.wait(11);
    desk
}

#[test]
fn when_every_assignment_has_ended_whoever_held_one_gives_them_out_again() {
    let mut desk = lent();
    for role in Role::REVIEW {
        assert_eq!(desk.dossier.holder(role, desk.today()), None);
    }
    let stranger = desk.dossier.people.len();
    desk.must(Role::Owner, crate::support::add(Kind::Person, [("name", text("Nora New"))]));
    assert_eq!(desk.dossier.people.len(), stranger + 1);
    let nora = desk.last(Kind::Person);
    desk.refused_to(Role::Owner, nora, assign(Role::Owner, nora), Rule::RoleNotHeld);
    // Nothing else opens by it.
    let noted = edit(Kind::System, desk.system(), [("notes", text("Mine now."))]);
    desk.refused(Role::Owner, noted, Rule::RoleNotHeld);
    let sam = desk.who(Role::Security);
    desk.must(Role::Security, assign(Role::Owner, sam));
    assert_eq!(desk.dossier.holder(Role::Owner, desk.today()), Some(sam));
    desk.refused(Role::Governance, assign(Role::Governance, desk.who(Role::Governance)), Rule::RoleNotHeld);
}

#[test]
fn where_nobody_of_them_is_left_anybody_of_the_record_gives_them_out() {
    let mut desk = lent();
    desk.must(Role::Owner, crate::support::add(Kind::Person, [("name", text("Nora New"))]));
    let nora = desk.last(Kind::Person);
    for person in desk.people {
        desk.fact(Kind::Person, person, [("archived", docket::domain::value::Value::Int(1))]);
    }
    desk.refused_to(Role::Owner, desk.people[0], assign(Role::Owner, nora), Rule::RoleNotHeld);
    desk.act(Role::Owner, nora, assign(Role::Owner, nora)).expect("somebody has to");
}
