//! Changes: recorded in one act with the triggers that they fire.

use crate::support::{Desk, add, date, fields, text, withdraw};
use crate::{cleared, now, state};
use docket::domain::{
    Kind, Rule,
    after::{ChangeKind, proposals},
    command::Command,
    decision::{ClearanceState, Mend, Triage},
    people::Role,
    value::Value,
    verb::Verb,
};

fn change(sort: &str, fires: &[String]) -> Command {
    let what = fields([
        ("title", text("Planner XL instead of L")),
        ("sort", text(sort)),
        ("before", text("Planner L")),
        ("after", text("Planner XL")),
    ]);
    Command::RecordChange { what, fires: fires.to_vec() }
}

fn likely(desk: &Desk, sort: ChangeKind) -> Vec<String> {
    proposals(&desk.dossier, sort).into_iter().filter(|p| p.likely).map(|p| p.mark).collect()
}

#[test]
fn a_change_fires_the_armed_trigger_that_is_chosen_for_it_in_one_binding_act() {
    let mut desk = cleared();
    let fires = likely(&desk, ChangeKind::Model);
    // "New model" is armed in words of their own; the entry of the library is not armed.
    assert_eq!(fires, ["DKT-R-001".to_owned(), desk.last(Kind::Trigger).to_string()]);
    assert!(Verb::RecordChange.binds());
    let before = desk.events.len();
    desk.must(Role::Owner, change("model", &fires));
    let kinds: Vec<_> = desk.events[before..].iter().map(docket::domain::Event::kind).collect();
    assert_eq!(kinds, ["change.record", "trigger.fire"]);
    let row = desk.dossier.alterations[0].clone();
    assert_eq!((row.reference().as_str(), row.fires.0.clone()), ("CH-1", fires));
    assert_eq!((row.by.map(|who| who.0), row.at), (Some(desk.who(Role::Owner)), Some(desk.now)));
    assert_eq!(now(&desk).reason, "The trigger \"New model\" fired.");
    // What was decided of the trigger settles the change: it is not asked for twice.
    let trigger = desk.last(Kind::Trigger);
    let refusal = Command::Triage(row.id, Triage::NotMaterial, vec![], "Same family.".into());
    desk.refused(Role::Governance, refusal, Rule::WrongState);
    desk.must(Role::Governance, Command::Triage(trigger, Triage::NotMaterial, vec![], "Same family.".into()));
    assert_eq!(state(&desk), ClearanceState::Current);
}

#[test]
fn a_change_that_fires_nothing_armed_waits_for_its_own_triage() {
    let mut desk = cleared();
    desk.must(Role::Owner, change("tool", &["DKT-R-005".into()]));
    let found = now(&desk);
    assert_eq!(found.reason, "The change CH-1 \"Planner XL instead of L\" was recorded.");
    assert_eq!((found.restore.as_str(), found.place.mend), ("Triage the change.", Mend::Triage));
    assert_eq!(desk.dossier.triggers.len(), 1, "nothing is armed behind governance's back, so no sign-off is voided");
    assert_eq!(desk.gaps(), [""; 0]);
    let id = desk.last(Kind::Alteration);
    desk.must(Role::Security, Command::Triage(id, Triage::NotMaterial, vec![], "Read only.".into()));
    assert_eq!(state(&desk), ClearanceState::Current);
}

#[test]
fn a_change_survives_the_withdrawal_of_the_trigger_that_carried_it() {
    let mut desk = cleared();
    let trigger = desk.last(Kind::Trigger);
    desk.must(Role::Owner, change("model", &[trigger.to_string()]));
    desk.must(Role::Governance, withdraw(Kind::Trigger, trigger));
    assert!(now(&desk).reason.contains("CH-1"), "withdrawing the trigger is no way round: {}", now(&desk).reason);
}

#[test]
fn a_change_before_the_decision_was_decided_on() {
    let mut desk = Desk::of_five();
    desk.ready(crate::Data::Internal).must(Role::Owner, change("other", &[]));
    let command = desk.wait(1).proceed();
    desk.must(Role::Signoff, command);
    assert_eq!(state(&desk), ClearanceState::Current);
}

#[test]
fn a_change_needs_a_name_and_a_kind_and_known_triggers() {
    let mut desk = cleared();
    let bare = |set| Command::RecordChange { what: set, fires: vec![] };
    desk.refused(Role::Owner, bare(fields([("sort", text("tool"))])), Rule::Incomplete);
    desk.refused(Role::Owner, bare(fields([("title", text("Tool"))])), Rule::Incomplete);
    desk.refused(Role::Owner, change("whim", &[]), Rule::BadValue);
    desk.refused(Role::Owner, change("tool", &["DKT-R-999".into()]), Rule::Unknown);
    let forged = fields([("title", text("T")), ("sort", text("tool")), ("triage", text("not_material"))]);
    desk.refused(Role::Owner, bare(forged), Rule::SetByRule);
    // No other door: what is recorded is not added, edited, withdrawn or brought in by hand.
    desk.must(Role::Owner, change("tool", &[]));
    let id = desk.last(Kind::Alteration);
    let set = [("title", text("T")), ("sort", text("tool"))];
    for role in Role::REVIEW {
        assert!(desk.by(role, add(Kind::Alteration, set.clone())).is_err());
        assert!(desk.by(role, withdraw(Kind::Alteration, id)).is_err());
        assert!(desk.by(role, crate::support::edit(Kind::Alteration, id, [("triage", text("not_material"))])).is_err());
    }
}

#[test]
fn the_same_differences_are_recorded_once_until_the_next_decision() {
    let mut desk = cleared();
    let print = Value::Text("ab".repeat(32));
    let what = || fields([("title", text("Manifest")), ("sort", text("tool")), ("differences", print.clone())]);
    let record = || Command::RecordChange { what: what(), fires: vec![] };
    desk.must(Role::Owner, record());
    desk.refused(Role::Owner, record(), Rule::NothingChanged);
    desk.wait(1);
    let again = desk.proceed();
    desk.must(Role::Signoff, again);
    desk.must(Role::Owner, record());
    assert_eq!(desk.dossier.alterations.len(), 2);
    let since = date(desk.day(-3));
    assert_eq!(desk.dossier.alterations[0].since, None);
    let mut dated = what();
    dated.retain(|(field, _)| field != "differences");
    dated.push(("since".into(), since));
    desk.must(Role::Owner, Command::RecordChange { what: dated, fires: vec![] });
    assert_eq!(desk.dossier.alterations[2].since, Some(desk.day(-3)));
}
