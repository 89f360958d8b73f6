//! Triggers: armed from the library, fired by somebody or by their day, triaged.

use crate::support::{Data, Desk, add, date, edit, int, text};
use crate::{cleared, now, state};
use docket::domain::{
    Kind, Rule,
    after::fires_on,
    command::Command,
    decision::{ClearanceState, Mend, ReviewKind, Triage, good_until},
    fields::Day,
    people::Role,
    summary::summarise,
};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A system with a time trigger of the library, cleared on 2026-03-03.
fn with_library(code: &str) -> Desk {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal).must(Role::Governance, Command::FromLibrary(vec![code.into()])).wait(1).mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    desk
}

fn last_fires_on(desk: &Desk) -> Option<Day> {
    fires_on(&desk.dossier, desk.dossier.triggers.last().expect("a trigger"))
}

#[test]
fn the_review_interval_is_that_of_the_tier_and_runs_from_the_decision() {
    let mut desk = with_library("DKT-R-026");
    assert_eq!(desk.dossier.triggers.last().expect("one").due, None, "its day is computed, not kept");
    // The tier of the bench is minimal: 24 months.
    assert_eq!(last_fires_on(&desk), Some(day("2028-03-03")));
    desk.tiered("4");
    assert_eq!(last_fires_on(&desk), Some(day("2026-06-03")), "critical: 3 months, from the same decision");
    let months = edit(Kind::Trigger, desk.last(Kind::Trigger), [("months", int(2))]);
    desk.must(Role::Governance, months);
    assert_eq!(last_fires_on(&desk), Some(day("2026-05-03")), "what governance says counts before the interval");
}

#[test]
fn an_interval_fires_on_its_day_and_runs_anew_from_the_next_decision() {
    let mut desk = Desk::of_five();
    let yearly = [("title", text("Every year")), ("sort", text("time")), ("months", int(6))];
    desk.ready(Data::Internal).must(Role::Governance, add(Kind::Trigger, yearly)).wait(1).mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    assert_eq!(last_fires_on(&desk), Some(day("2026-09-03")));
    let days = desk.today().days_to(day("2026-09-02"));
    desk.wait(days);
    assert_eq!(state(&desk), ClearanceState::Current);
    assert_eq!(good_until(&desk.dossier, desk.today()), Some(desk.today()), "the board knows that tomorrow differs");
    desk.wait(1);
    assert_eq!(state(&desk), ClearanceState::TriggerPending);
    let trigger = desk.last(Kind::Trigger);
    let found = Command::Triage(trigger, Triage::NotMaterial, vec![], "Looked at it: nothing new.".into());
    desk.must(Role::Governance, found);
    assert_eq!(state(&desk), ClearanceState::Current);
    assert_eq!(last_fires_on(&desk), Some(day("2027-03-03")), "and it runs on from its triage");
}

#[test]
fn expired_evidence_fires_the_trigger_that_waits_for_it_on_the_day_after() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal).must(Role::Governance, Command::FromLibrary(vec!["DKT-R-027".into()]));
    let ends = desk.day(40);
    let expires = edit(Kind::Evidence, desk.last(Kind::Evidence), [("expires", date(ends))]);
    desk.must(Role::Security, expires).wait(1).mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    assert_eq!(last_fires_on(&desk), Some(ends.plus(1)));
    let days = desk.today().days_to(ends);
    desk.wait(days);
    assert_eq!(state(&desk), ClearanceState::Current, "through its last day: {}", now(&desk).reason);
    desk.wait(1);
    assert_eq!(state(&desk), ClearanceState::TriggerPending);
}

#[test]
fn a_scoped_review_names_its_roles_and_leads_on_to_the_next_review() {
    let mut desk = cleared();
    let trigger = desk.last(Kind::Trigger);
    let builder = desk.with_builder();
    desk.wait(1).act(Role::Builder, builder, Command::Fire(trigger, "Another model.".into())).expect("everybody may");
    let step = |desk: &Desk| summarise(&desk.dossier, desk.today()).expect("a system").steps.remove(0);
    assert!(step(&desk).place.ends_with("triage"), "{}", step(&desk).place);
    let of = |outcome, roles: &[Role]| Command::Triage(trigger, outcome, roles.to_vec(), "It touches people.".into());
    desk.refused(Role::Governance, of(Triage::Scoped, &[]), Rule::Incomplete);
    desk.refused(Role::Governance, of(Triage::Full, &[Role::Dpo]), Rule::BadValue);
    desk.refused(Role::Governance, of(Triage::NotMaterial, &[Role::Dpo]), Rule::BadValue);
    desk.refused(Role::Governance, of(Triage::Scoped, &[Role::Builder]), Rule::BadValue);
    desk.must(Role::Governance, of(Triage::Scoped, &[Role::Security, Role::Dpo]));
    let row = desk.dossier.triggers.last().expect("it is there").clone();
    assert_eq!((row.roles, row.triaged_at), (vec![Role::Security, Role::Dpo], Some(desk.now)));
    let found = now(&desk);
    assert_eq!(found.state, ClearanceState::TriggerPending);
    assert_eq!(found.restore, "A review of what it touches, by: Security team, DPO.");
    assert_eq!(found.place.mend, Mend::Review, "one key opens it");
    desk.must(Role::Governance, Command::StartReview(ReviewKind::Delta));
    assert_eq!((now(&desk).restore.as_str(), now(&desk).place.mend), ("Decide the review that is open.", Mend::Decide));
    desk.wait(1).mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    assert_eq!(state(&desk), ClearanceState::Current, "{}", now(&desk).reason);
    // It can fire again, and what was decided then is not what is decided now.
    desk.wait(1).must(Role::Owner, Command::Fire(trigger, "And another one.".into()));
    let row = desk.dossier.triggers.last().expect("it is there");
    assert_eq!((row.triage, row.roles.len(), row.triaged_at), (None, 0, None));
}

impl Desk {
    /// A builder is not among the five: whoever holds that role here.
    pub fn with_builder(&mut self) -> docket::domain::Id {
        let person = self.person("Bea Builder");
        self.must(Role::Owner, crate::support::assign(Role::Builder, person));
        person
    }
}
