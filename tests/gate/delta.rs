//! A review that starts from the last one: everything is confirmed anew, and what did not change together.

use crate::support::{Data, Desk, edit, list, text};
use docket::domain::{
    Kind, Rule,
    command::Command,
    decision::{
        ClearanceState, Counts, Mend, ReviewKind, Reviewed, SignoffState, Step, clearance, due_roles, latest_signoff,
        quote, reviewed_by, signoff_state, since_reviewed, starts_from,
    },
    fields::Vocabulary,
    people::Role,
    privacy::Advice,
    rules::round,
};

fn again(desk: &mut Desk, role: Role) {
    desk.must(role, Command::Reconfirm("As before.".into()));
}

/// Cleared a while ago; then the owner says something else in a field of the data classes, and the next review is open.
fn started(field: &str, value: docket::domain::value::Value) -> Desk {
    let mut desk = Desk::of_five();
    desk.decided(Data::Personal).wait(100);
    let classes = edit(Kind::System, desk.system(), [(field, value)]);
    desk.must(Role::Owner, classes).must(Role::Owner, Command::StartReview(ReviewKind::Delta));
    desk
}

fn provenance() -> Desk {
    started("provenance", text("Bought from a vendor."))
}

#[test]
fn nothing_that_was_decided_is_carried_over_as_live() {
    let desk = provenance();
    assert_eq!(latest_signoff(&desk.dossier, Role::Owner), None);
    for role in due_roles(&desk.dossier) {
        let gap = desk.gate().into_iter().find(|gap| gap.place.mend == Mend::Sign(role));
        let what = gap.unwrap_or_else(|| panic!("{role:?} is due again")).what;
        let quote = quote(&desk.dossier, role).expect("and is quoted");
        assert_eq!((quote.number, quote.unchanged), (1, matches!(role, Role::Security | Role::Governance)), "{role:?}");
        assert_eq!(what.ends_with("; what it reviewed is as in review 1"), quote.unchanged, "{what}");
    }
    assert_eq!(desk.dossier.advice(), None, "an opinion is given anew");
    assert!(Step::ALL.iter().all(|step| desk.dossier.handoff(*step).is_none()), "hand-offs begin anew");
    assert!(desk.dossier.decided().is_none() && desk.dossier.review().unwrap().draft.is_none());
    assert_eq!(starts_from(&desk.dossier).map(|(review, _)| review.number), Some(Some(1)));
    let mut desk = desk;
    let proceed = desk.proceed();
    desk.refused(Role::Signoff, proceed, Rule::GateOpen);
}

#[test]
fn what_changed_since_the_decision_is_counted_by_role() {
    let desk = provenance();
    let (_, decided) = starts_from(&desk.dossier).unwrap();
    let event = desk.events.iter().find(|event| event.entity == decided.id).unwrap();
    let then = String::from_utf8(event.attach.clone().unwrap().bytes).unwrap();
    let then = Reviewed::of(&then, &decided.content).unwrap();
    let since = since_reviewed(&desk.dossier, decided, &then).unwrap();
    assert_eq!(since.number, 1);
    let of = |role| since.difference.counts(reviewed_by(role));
    assert_eq!(of(Role::Dpo), Counts { same: 40, changed: 1, new: 0, gone: 0 }, "{:#?}", since.difference.rows);
    assert!(of(Role::Governance).unchanged() && of(Role::Governance).same > 4);
    assert!(of(Role::Owner).changed == 1 && of(Role::Security).unchanged());
    assert!(
        !since.difference.rows.iter().any(|row| row.kind == Kind::Review),
        "a draft is no content of the last review"
    );
    assert_eq!(Reviewed::of("docket-snapshot-v1\n", &decided.content), None);
}

#[test]
fn each_role_confirms_again_in_one_act_and_in_the_order_of_the_track() {
    let mut desk = provenance();
    let refusal = desk.refused(Role::Security, Command::Reconfirm("".into()), Rule::NotReady);
    assert!(refusal.says.contains("owner → security is not completed"), "{refusal}");
    again(&mut desk, Role::Owner);
    let done = round(&desk.dossier, Role::Security, desk.today());
    assert_eq!(done.says(), "confirms owner → security, hands over security → governance, security → DPO, signs");
    again(&mut desk, Role::Security);
    let refusal = desk.refused(Role::Governance, Command::Reconfirm("".into()), Rule::NotReady);
    assert!(refusal.says.contains("draft"), "a draft is no routine: {refusal}");
    let draft = [("draft", text("proceed")), ("draft_reason", text("The plan still carries."))];
    desk.must(Role::Governance, edit(Kind::Review, desk.review(), draft));
    again(&mut desk, Role::Governance);
    let refusal = desk.refused(Role::Dpo, Command::Reconfirm("".into()), Rule::NotReady);
    assert!(refusal.says.contains("advice"), "neither is the advice: {refusal}");
    desk.must(Role::Dpo, Command::Advise { advice: Advice::Favourable, text: "Go on.".into() });
    again(&mut desk, Role::Dpo);
    desk.must(Role::Signoff, Command::Reconfirm("".into()));
    assert_eq!(desk.dossier.signoffs_now().filter(|s| s.role == Some(Role::Signoff)).count(), 0, "it only takes up");
    let refusal = desk.refused(Role::Signoff, Command::Reconfirm("".into()), Rule::WrongState);
    assert!(refusal.says.starts_with("Nothing waits for you here"), "{refusal}");
    desk.must(Role::Signoff, edit(Kind::Privacy, desk.privacy(), [("followed", text("followed"))]));
    assert_eq!(desk.gaps(), [""; 0]);
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    assert_eq!(clearance(&desk.dossier, desk.today()).state, ClearanceState::Current);
    let review = Some(desk.review());
    let now = |of: &[Option<docket::domain::Id>]| of.iter().filter(|of| **of == review).count();
    let legs: Vec<_> = desk.dossier.handoffs.iter().map(|handoff| handoff.review).collect();
    let signed: Vec<_> = desk.dossier.signoffs.iter().map(|signoff| signoff.review).collect();
    assert_eq!((now(&legs), now(&signed)), (5, 4), "each step of the second review is in its record");
    desk.refused(Role::Owner, Command::Reconfirm("".into()), Rule::WrongState);
}

#[test]
fn a_role_whose_part_has_a_gap_does_none_of_it() {
    let mut desk = started("data", list(&["personal", "special"]));
    assert!(desk.gate().iter().any(|gap| gap.place.mend == Mend::Cover), "no threat covers the new class");
    again(&mut desk, Role::Owner);
    let before = desk.dossier.clone();
    desk.refused(Role::Security, Command::Reconfirm("".into()), Rule::NotReady);
    assert_eq!(desk.dossier, before, "the confirmation is not done without the rest");
}

#[test]
fn a_voided_sign_off_is_confirmed_again_in_one_act() {
    let mut desk = crate::ready(Data::Personal);
    let purpose = edit(Kind::System, desk.system(), [("purpose", text("More."))]);
    desk.must(Role::Owner, purpose);
    assert_eq!(desk.gate().len(), 2, "the description was confirmed as it was: {:#?}", desk.gaps());
    let first = latest_signoff(&desk.dossier, Role::Owner).unwrap().clone();
    again(&mut desk, Role::Owner);
    assert_eq!(signoff_state(&desk.dossier, &first), SignoffState::Superseded);
    again(&mut desk, Role::Security);
    assert_eq!(desk.gaps(), [""; 0], "security confirms, and its own sign-off stood all along");
    assert_eq!(desk.dossier.signoffs_now().filter(|s| s.role == Some(Role::Security)).count(), 1);
}

#[test]
fn the_first_time_each_step_is_taken_by_itself() {
    let mut desk = Desk::of_five();
    desk.described(Data::Personal);
    let refusal = desk.refused(Role::Owner, Command::Reconfirm("".into()), Rule::WrongState);
    assert!(refusal.says.starts_with("You have signed nothing before"), "{refusal}");
    desk.refused(Role::Auditor, Command::Reconfirm("".into()), Rule::RoleMayNot);
}

#[test]
fn who_withdrew_has_nothing_to_confirm_again() {
    let mut desk = crate::ready(Data::Personal);
    desk.must(Role::Owner, Command::Unsign("Too early.".into()));
    desk.refused(Role::Owner, Command::Reconfirm("".into()), Rule::WrongState);
    desk.must(Role::Owner, Command::Sign("".into()));
}
