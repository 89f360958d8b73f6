//! A scoped review: only the named roles sign anew, and whose sections changed; the rest is relied on, by name.

use crate::state;
use crate::support::{Data, Desk, edit, text};
use docket::domain::{
    Id, Kind, Rule,
    command::Command,
    decision::{
        ClearanceState, Mend, ReviewKind, SignedAct, SignoffState, Step, Triage, asked_roles, latest_signoff, relied,
        relied_on, scope_of_next, signable, signoff_state,
    },
    fields::Vocabulary,
    people::Role,
};

/// Cleared with personal data; a trigger fired, and was triaged as scoped for these roles.
fn scoped(roles: &[Role]) -> Desk {
    let mut desk = Desk::of_five();
    desk.decided(Data::Personal);
    fire(&mut desk, Triage::Scoped, roles);
    desk
}

fn fire(desk: &mut Desk, outcome: Triage, roles: &[Role]) {
    let trigger = desk.last(Kind::Trigger);
    desk.wait(1).must(Role::Owner, Command::Fire(trigger, "Another model.".into()));
    desk.must(Role::Governance, Command::Triage(trigger, outcome, roles.to_vec(), "It touches that.".into()));
}

fn open(desk: &mut Desk) {
    desk.wait(1).must(Role::Governance, Command::StartReview(ReviewKind::Delta));
}

fn kind(desk: &Desk) -> ReviewKind {
    desk.dossier.review().expect("it is open").sort.expect("of a kind")
}

fn signs(desk: &Desk) -> Vec<Role> {
    let gaps = desk.gate();
    let of = |role: &&Role| gaps.iter().any(|gap| gap.place.mend == Mend::Sign(**role));
    Role::REVIEW.iter().filter(of).copied().collect()
}

#[test]
fn only_the_named_role_signs_and_the_decision_names_what_it_relies_on() {
    let mut desk = scoped(&[Role::Security]);
    assert_eq!(scope_of_next(&desk.dossier, desk.today()), Some(vec![Role::Security]));
    open(&mut desk);
    assert_eq!((kind(&desk), signs(&desk)), (ReviewKind::Scoped, vec![Role::Security]));
    assert_eq!(asked_roles(&desk.dossier), [Role::Security]);
    // What is relied on is not live: no sign-off of this review is there, and nobody is signed for.
    assert_eq!(desk.dossier.signoffs_now().count(), 0);
    let relied: Vec<Id> = relied_on(&desk.dossier).iter().map(|signoff| signoff.id).collect();
    assert_eq!(relied.len(), 3);
    let proceed = desk.proceed();
    desk.refused(Role::Signoff, proceed, Rule::GateOpen);
    // Neither the owner nor the DPO has anything to hand on; whoever looks again does, and governance drafts anew.
    let legs = |desk: &Desk| {
        let gaps = desk.gate();
        let of = |step: &&Step| gaps.iter().any(|gap| gap.place.mend == Mend::Send(**step));
        Step::ALL.iter().filter(of).copied().collect::<Vec<_>>()
    };
    assert_eq!(legs(&desk), [Step::SecurityGovernance, Step::GovernanceSignoff]);
    desk.mend_all();
    let of_now: Vec<Role> = desk.dossier.signoffs_now().filter_map(|signoff| signoff.role).collect();
    assert_eq!(of_now, [Role::Security]);
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    assert_eq!(state(&desk), ClearanceState::Current);
    let made = desk.dossier.decided().expect("it is decided");
    let named: Vec<Id> = made.relies_on.0.iter().filter_map(|id| Id::parse(id)).collect();
    assert_eq!(named, relied);
    let text = signable(&desk.dossier, SignedAct::Disposition, made.id).expect("a decision").text();
    assert_eq!(text.lines().filter(|line| line.starts_with("relies_on ")).count(), 3, "{text}");
    // The next one relies on the same, through the one before.
    fire(&mut desk, Triage::Scoped, &[Role::Owner]);
    open(&mut desk);
    assert_eq!(signs(&desk), [Role::Owner]);
}

#[test]
fn whose_sections_changed_signs_as_well_whenever_that_is() {
    let mut desk = scoped(&[Role::Governance]);
    open(&mut desk);
    assert_eq!(signs(&desk), [Role::Governance]);
    let origin = edit(Kind::System, desk.system(), [("provenance", text("Bought from a vendor."))]);
    desk.must(Role::Owner, origin);
    assert_eq!(signs(&desk), [Role::Owner, Role::Governance, Role::Dpo]);
    assert!(relied(&desk.dossier, Role::Security).is_some() && relied(&desk.dossier, Role::Dpo).is_none());
    // And the advice of before is not relied on either.
    assert!(desk.gate().iter().any(|gap| gap.place.mend == Mend::Advise), "{:?}", desk.gaps());
    desk.mend_all();
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
    assert_eq!(desk.dossier.decided().expect("decided").relies_on.0.len(), 1);
}

#[test]
fn what_is_not_scoped_alone_asks_everybody() {
    // Two things fired, and one of them asks for a full review.
    let mut desk = scoped(&[Role::Security]);
    let what = vec![("title".into(), text("Another prompt")), ("sort".into(), text("prompt"))];
    desk.must(Role::Owner, Command::RecordChange { what, fires: vec![] });
    assert_eq!(scope_of_next(&desk.dossier, desk.today()), None, "it is not triaged yet");
    let change = desk.last(Kind::Alteration);
    desk.must(Role::Governance, Command::Triage(change, Triage::Full, vec![], "All of it.".into()));
    open(&mut desk);
    assert_eq!((kind(&desk), signs(&desk).len()), (ReviewKind::Delta, 4));
    // A clearance that was revoked, or that is over, is not renewed by one role.
    let mut desk = scoped(&[Role::Security]);
    desk.must(Role::Signoff, Command::RevokeClearance("It leaks.".into()));
    open(&mut desk);
    assert_eq!((kind(&desk), signs(&desk).len()), (ReviewKind::Delta, 4));
    let mut desk = scoped(&[Role::Security]);
    desk.wait(400);
    assert_eq!(scope_of_next(&desk.dossier, desk.today()), None);
    // Nobody asks for less by naming the kind.
    let mut desk = Desk::of_five();
    desk.decided(Data::Personal).wait(1).must(Role::Governance, Command::StartReview(ReviewKind::Scoped));
    assert_eq!((kind(&desk), signs(&desk).len()), (ReviewKind::Delta, 4));
}

#[test]
fn a_sign_off_that_was_withdrawn_or_given_anew_is_not_relied_on() {
    let mut desk = scoped(&[Role::Security]);
    desk.must(Role::Owner, Command::Unsign("I was wrong.".into()));
    open(&mut desk);
    assert_eq!(signs(&desk), [Role::Owner, Role::Security]);
    // Whoever signs without being asked stands by that one, and a later change voids it as any other.
    desk.mend_all();
    desk.must(Role::Governance, Command::Sign("I read it again.".into()));
    assert!(relied(&desk.dossier, Role::Governance).is_none());
    let trigger = edit(Kind::Trigger, desk.last(Kind::Trigger), [("title", text("Every new model"))]);
    desk.must(Role::Governance, trigger);
    let signoff = latest_signoff(&desk.dossier, Role::Governance).expect("given");
    assert_eq!(signoff_state(&desk.dossier, signoff), SignoffState::Voided);
    assert!(signs(&desk).contains(&Role::Governance));
}
