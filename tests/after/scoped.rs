//! A scoped review: only the named roles sign anew, and whose sections changed; the rest is relied on, by name.

use crate::state;
use crate::support::{Data, Desk, edit, text};
use docket::{
    app::system::{SystemScreen, Tab},
    domain::{
        Id, Kind, Rule,
        command::Command,
        decision::{
            ClearanceState, Decision, LegState, Mend, ReviewKind, Reviewed, SignedAct, SignoffState, Step, Triage,
            asked_as_well, asked_roles, court, latest_signoff, leg, relied, relied_on, scope_of_next, signable,
            signoff_state, since_reviewed, standing_signoff, starts_from, stations, unscoped_because,
        },
        fields::Vocabulary,
        page::Opened,
        people::Role,
        rules::round,
    },
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
    let until = desk.dossier.last_disposition().and_then(|made| made.valid_until).expect("it ends");
    assert_eq!(scope_of_next(&desk.dossier, until), Some(vec![Role::Security]), "its last day is one of its days");
    assert_eq!(scope_of_next(&desk.dossier, until.plus(1)), None);
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

/// What a pane says of the system as it is, a row a line; with what changed since the last decision.
fn pane(desk: &Desk, tab: Tab) -> Vec<String> {
    let (_, decided) = starts_from(&desk.dossier).expect("it follows a decision");
    let made =
        desk.events.iter().rfind(|event| event.entity == decided.id && event.attach.is_some()).expect("its text");
    let then = String::from_utf8(made.attach.clone().expect("kept").bytes).expect("text");
    let then = Reviewed::of(&then, &decided.content).expect("what was decided on");
    let since = since_reviewed(&desk.dossier, decided, &then).map(Into::into);
    let dossier = desk.dossier.clone();
    let (history, voided, drafts, trend) = (vec![], vec![], vec![], vec![]);
    let opened = Opened { dossier, history, voided, since, drafts, register: None, trend };
    let mut screen = SystemScreen::new(opened, desk.today());
    screen.tab = tab;
    screen.refresh(desk.today());
    screen.rows.iter().map(docket::app::row::Row::text).collect()
}

fn line(rows: &[String], begins: &str) -> String {
    rows.iter().find(|row| row.starts_with(begins)).unwrap_or_else(|| panic!("no {begins}: {rows:#?}")).clone()
}

#[test]
fn the_screen_says_whom_it_asks_and_why() {
    let mut desk = scoped(&[Role::Security]);
    open(&mut desk);
    for tab in [Tab::Overview, Tab::Signoff] {
        let said = line(&pane(&desk, tab), "Review 2");
        assert!(said.contains("scoped to Security; starts from review 1"), "{tab:?}: {said}");
    }
    let rows = pane(&desk, Tab::Signoff);
    assert!(
        line(&rows, "Governance lead").contains("not asked: unchanged since review 1, Gwen Governance"),
        "{rows:#?}"
    );
    assert!(!line(&rows, "Security team").contains("asked as well"), "it was named: {rows:#?}");
    let legs = pane(&desk, Tab::Handoffs);
    assert!(line(&legs, "owner → security").contains("this scoped review does not ask for it"), "{legs:#?}");
    assert!(line(&legs, "DPO → sign-off").contains("not needed"), "{legs:#?}");
    assert!(!line(&legs, "governance → sign-off").contains("not needed"), "{legs:#?}");
    // One whose sections change is asked, and told why; one who withdrew, too.
    let purpose = edit(Kind::System, desk.system(), [("purpose", text("More of it."))]);
    desk.must(Role::Owner, purpose);
    assert_eq!(asked_as_well(&desk.dossier, Role::Owner), Some("what it reviewed changed"));
    assert_eq!(asked_as_well(&desk.dossier, Role::Security), None);
    assert_eq!(asked_as_well(&desk.dossier, Role::Governance), None);
    let rows = pane(&desk, Tab::Signoff);
    assert!(line(&rows, "System owner").contains("asked as well, what it reviewed changed; "), "{rows:#?}");
    let mut desk = scoped(&[Role::Security]);
    desk.must(Role::Dpo, Command::Unsign("Too early.".into()));
    open(&mut desk);
    assert_eq!(asked_as_well(&desk.dossier, Role::Dpo), Some("no earlier sign-off of it stands"));
    // In any other review nobody is asked as well: everybody is asked.
    let mut desk = Desk::of_five();
    desk.decided(Data::Personal).wait(1).must(Role::Governance, Command::StartReview(ReviewKind::Delta));
    assert_eq!(asked_as_well(&desk.dossier, Role::Owner), None);
    assert!(line(&pane(&desk, Tab::Signoff), "Review 2").contains("  starts from review 1"));
}

#[test]
fn why_everybody_is_asked_although_something_was_scoped_is_said() {
    let mut desk = scoped(&[Role::Security]);
    let why = |desk: &Desk| unscoped_because(&desk.dossier, desk.today());
    assert_eq!(why(&desk), None, "it is scoped");
    let what = vec![("title".into(), text("Another prompt")), ("sort".into(), text("prompt"))];
    desk.must(Role::Owner, Command::RecordChange { what, fires: vec![] });
    let waits = "The change CH-1 \"Another prompt\" was recorded. It is not triaged yet.";
    assert_eq!(why(&desk).as_deref(), Some(waits));
    let change = desk.last(Kind::Alteration);
    desk.must(Role::Governance, Command::Triage(change, Triage::Full, vec![], "All of it.".into()));
    assert!(why(&desk).is_some_and(|why| why.ends_with("Its triage asks for a full review.")));
    desk.must(Role::Governance, Command::Triage(change, Triage::Scoped, vec![Role::Owner], "The words.".into()));
    assert_eq!(why(&desk), None);
    assert_eq!(scope_of_next(&desk.dossier, desk.today()), Some(vec![Role::Owner, Role::Security]));
    desk.must(Role::Signoff, Command::RevokeClearance("It leaks.".into()));
    assert_eq!(why(&desk).as_deref(), Some("The clearance does not stand any more."));
    // Where nothing was scoped nothing is to be explained.
    let mut desk = Desk::of_five();
    desk.decided(Data::Personal);
    assert_eq!(why(&desk), None);
    fire(&mut desk, Triage::Full, &[]);
    assert_eq!(why(&desk), None);
}

#[test]
fn the_track_passes_over_whoever_is_not_asked() {
    let mut desk = scoped(&[Role::Security]);
    open(&mut desk);
    let state = |desk: &Desk, step| leg(&desk.dossier, step, desk.today()).state;
    for step in [Step::OwnerSecurity, Step::DpoSignoff] {
        assert_eq!(state(&desk, step), LegState::Needless, "{step:?}");
    }
    assert_eq!(state(&desk, Step::SecurityGovernance), LegState::Ready);
    let here: Vec<Role> = court(&desk.dossier).into_iter().map(|court| court.role).collect();
    assert_eq!(here, [Role::Security]);
    let word = |station| format!("{station:?}");
    assert_eq!(stations(&desk.dossier).map(word), ["Done", "Here", "Later", "Done", "Later"]);
    assert_eq!(standing_signoff(&desk.dossier, Role::Owner).and_then(|signoff| signoff.role), Some(Role::Owner));
    // A leg that is sent all the same is brought to its end.
    desk.send(Step::OwnerSecurity);
    assert_eq!(state(&desk, Step::OwnerSecurity), LegState::Sent);
    assert!(desk.gate().iter().any(|gap| gap.place.mend == Mend::Confirm(Step::OwnerSecurity)), "{:#?}", desk.gaps());
    // Nobody who is not asked has anything to confirm again.
    assert!(round(&desk.dossier, Role::Governance, desk.today()).sends.contains(&Step::GovernanceSignoff));
    assert!(!round(&desk.dossier, Role::Governance, desk.today()).signs);
    desk.refused(Role::Dpo, Command::Reconfirm("".into()), Rule::WrongState);
}

#[test]
fn a_hold_in_between_and_a_full_review_rely_on_nothing() {
    // The advice of before is relied on only where there is one.
    let mut desk = scoped(&[Role::Security]);
    open(&mut desk);
    let advice = |desk: &Desk| desk.gate().iter().any(|gap| gap.place.mend == Mend::Advise);
    assert!(!advice(&desk), "{:#?}", desk.gaps());
    desk.fact(Kind::Privacy, desk.privacy(), [("advice", docket::domain::value::Value::Null)]);
    assert!(advice(&desk), "{:#?}", desk.gaps());
    // Whoever opens a full review asks everybody, whatever was triaged.
    let mut desk = scoped(&[Role::Security]);
    desk.wait(1).must(Role::Governance, Command::StartReview(ReviewKind::Full));
    assert_eq!((kind(&desk), signs(&desk).len(), relied_on(&desk.dossier).len()), (ReviewKind::Full, 4, 0));
    // A review that was put on hold is the last one: what it relied on is relied on, and nothing is twice removed.
    let mut desk = scoped(&[Role::Security]);
    open(&mut desk);
    desk.mend_all();
    let hold = desk.decision(Decision::Hold, &[]);
    desk.must(Role::Signoff, hold);
    open(&mut desk);
    assert_eq!((kind(&desk), signs(&desk).len()), (ReviewKind::Delta, 4), "a hold gives no clearance to lean on");
}
