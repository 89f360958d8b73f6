//! Whatever anybody asks for in whatever order: nothing panics, events are the whole truth, no clearance past a gap.

#[path = "properties/asked.rs"]
mod asked;
mod support;

use asked::{Asked, command};
use docket::domain::{
    Dossier, Event, Kind,
    decision::{
        Decision, Disposition, Place, Step, acceptance_state, clearance, clearance_of, court, gate, good_until, leg,
        stations, subjects,
    },
    fields::{Day, Vocabulary},
    lint::lint,
    people::Role,
    register::{Plan, counts_as_verified},
    summary::summarise,
};
use proptest::prelude::*;
use support::{Data, Desk, int, list, text};

/// Where a random sequence begins: nothing but a name, half way, ready, or decided; five people or one.
fn desk(stage: u8) -> Desk {
    let mut desk = if stage.is_multiple_of(2) { Desk::of_five() } else { Desk::of_one() };
    let data = if stage.is_multiple_of(3) { Data::Internal } else { Data::Personal };
    match stage % 5 {
        0 => {}
        1 => drop(desk.described(data).handed_to_security()),
        2 => drop(desk.planned(data).dpo_asked()),
        3 => drop(desk.ready(data)),
        _ => drop(desk.decided(data)),
    }
    desk
}

/// Asks for everything in turn; what may not be done is refused, and the rest happens.
fn run(desk: &mut Desk, asked: &[Asked]) -> Result<(), TestCaseError> {
    for one in asked {
        desk.now.0 += i64::from(one.wait) * support::DAY;
        let Some(ask) = command(desk, one) else { continue };
        let role = asked::natural(&ask).filter(|_| one.own).unwrap_or(one.role);
        let own = one.own && Role::REVIEW.contains(&role);
        let person = if own { desk.who(role) } else { desk.people[usize::from(one.person) % 5] };
        let before = (desk.gate(), desk.dossier.dispositions.len());
        let verb = ask.verb();
        match desk.act(role, person, ask) {
            Ok(()) => {
                let permits = |d: &Disposition| d.decision.is_some_and(Decision::permits);
                let cleared = desk.dossier.dispositions.iter().skip(before.1).any(permits);
                prop_assert!(!cleared || before.0.is_empty(), "{verb:?} cleared past {:?}", before.0);
            }
            // a person may be called anything, so only the end of the sentence is ours
            Err(refusal) => prop_assert!(refusal.says.len() > 9 && refusal.says.ends_with(['.', '?']), "{refusal}"),
        }
    }
    Ok(())
}

/// The authority clears the review exactly when the gate is empty, whatever happened before.
fn cleared_exactly_when_open(desk: &Desk) -> Result<(), TestCaseError> {
    let (mut trial, authority) = (desk.clone(), desk.who(Role::Signoff));
    if desk.dossier.review().is_none() || !desk.dossier.holds(authority, Role::Signoff, desk.today()) {
        return Ok(());
    }
    let decision = trial.act(Role::Signoff, authority, desk.proceed());
    prop_assert_eq!(decision.is_ok(), desk.gate().is_empty(), "{:?}: {:?}", decision, desk.gaps());
    Ok(())
}

/// Everything that is computed from a dossier for a day.
fn computed(dossier: &Dossier, today: Day) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut summary = summarise(dossier, today);
    if let Some(summary) = &mut summary {
        summary.good_until = None; // the latest it can say comes nearer as days go by; what it promises is compared
    }
    let acceptances: Vec<_> = dossier.acceptances.iter().map(|a| acceptance_state(dossier, a, today)).collect();
    let decisions: Vec<_> = dossier.dispositions.iter().map(|d| clearance_of(dossier, d, today)).collect();
    let legs: Vec<_> = Step::ALL.iter().map(|step| leg(dossier, *step, today).state).collect();
    let remarks = lint(dossier, today);
    (summary, clearance(dossier, today), gate(dossier, today), remarks, (acceptances, decisions, legs))
}

fn replayed(events: &[Event]) -> Dossier {
    let mut dossier = Dossier { subject: Desk::empty().dossier.subject, ..Dossier::default() };
    for event in events {
        dossier.apply(event);
    }
    dossier
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn any_order_of_commands_is_safe(stage in 0u8..30, asked in asked::sequence(60)) {
        let mut desk = desk(stage);
        for one in &asked {
            cleared_exactly_when_open(&desk)?;
            run(&mut desk, std::slice::from_ref(one))?;
        }
        cleared_exactly_when_open(&desk)?;
        prop_assert!(replayed(&desk.events) == desk.dossier, "events are the whole truth");
        let today = desk.today();
        let summary = summarise(&desk.dossier, today);
        prop_assert_eq!(summary.is_some(), desk.dossier.system().is_some());
        let _ = (court(&desk.dossier), stations(&desk.dossier), subjects(&desk.dossier));
        let plan = Plan::of(&desk.dossier, today);
        for control in desk.dossier.live_controls() {
            let alone = counts_as_verified(&desk.dossier, control, today);
            prop_assert_eq!(plan.is_verified(control.id), alone, "read at once as it is read alone");
        }
        for remark in lint(&desk.dossier, today) {
            prop_assert!(remark.what.ends_with('.') && remark.mend.ends_with('.'), "{remark:?}");
            prop_assert_eq!(Place::parse(&remark.place.to_text()), Some(remark.place));
        }
        for event in &desk.events {
            prop_assert!(event.set.iter().all(|change| change.old != change.new), "an event only says what changed");
            prop_assert!(event.set.iter().all(|c| c.field == "archived" || event.of.field(&c.field).is_some()));
        }
    }

    #[test]
    fn what_is_said_holds_until_the_day_that_is_said(stage in 0u8..30, asked in asked::sequence(40)) {
        let mut desk = desk(stage);
        run(&mut desk, &asked)?;
        let today = desk.today();
        let until = good_until(&desk.dossier, today);
        let said = computed(&desk.dossier, today);
        let last = until.map_or(800, |until| today.days_to(until).min(800));
        prop_assert!(last >= 0, "not a day that is over");
        for days in [1, 2, last / 2, last - 1, last].into_iter().filter(|days| (1..=last).contains(days)) {
            let then = computed(&desk.dossier, today.plus(days));
            prop_assert!(said == then, "in {days} of {last} days: {said:#?}\n{then:#?}");
        }
    }

    #[test]
    fn what_is_missing_never_opens_the_gate(stage in 0u8..30, asked in asked::sequence(30), which in 0usize..6) {
        let mut desk = desk(stage);
        run(&mut desk, &asked)?;
        prop_assume!(desk.dossier.system().is_some() && desk.dossier.review().is_some());
        let before = desk.gate();
        more_missing(&mut desk, which);
        let after = desk.gate();
        prop_assert!(!after.is_empty(), "{which} opened the gate");
        for gap in before.iter().filter(|gap| gap.condition == 4 || gap.condition == 1) {
            prop_assert!(after.iter().any(|g| g.place == gap.place), "{which} closed {}", gap.what);
        }
    }
}

/// Facts that can only add to what is missing.
fn more_missing(desk: &mut Desk, which: usize) {
    let id = docket::domain::Id::v7(desk.now.0, [7; 10], 0);
    match which {
        0 => drop(desk.fact(Kind::Threat, id, [("title", text("Unscored")), ("number", int(99))])),
        1 => drop(desk.fact(Kind::Flow, id, [("name", text("Uncovered")), ("data", list(&["special"]))])),
        2 => drop(desk.fact(Kind::Tool, id, [("name", text("shell")), ("permissions", text("all"))])),
        3 => {
            let system = desk.system();
            let words = format!("Changed on {}.", desk.now.0);
            desk.fact(Kind::System, system, [("purpose", text(&words))]);
        }
        4 => {
            let set = [("title", text("Claimed")), ("status", text("verified"))];
            desk.fact(Kind::Control, id, set);
        }
        _ => desk.unassigned(Role::Signoff),
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn from_anywhere_the_gaps_lead_to_an_open_gate(stage in 0u8..30, asked in asked::sequence(12)) {
        let mut desk = desk(stage);
        run(&mut desk, &asked)?;
        prop_assume!(desk.dossier.system().is_some() && desk.dossier.review().is_some());
        for role in Role::REVIEW {
            let held = desk.who(role);
            desk.by(Role::Owner, support::assign(role, held)).or_else(|_| desk.by(Role::Signoff, support::assign(role, held))).ok();
        }
        prop_assume!(Role::REVIEW.iter().all(|role| desk.dossier.holder(*role, desk.today()) == Some(desk.who(*role))));
        desk.mend_all();
        let proceed = desk.proceed();
        desk.must(Role::Signoff, proceed);
    }
}

#[test]
fn every_verb_is_asked_for() {
    use proptest::strategy::ValueTree;
    use std::collections::HashSet;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut done, mut cleared) = (HashSet::<String>::new(), 0);
    for stage in (0..30).cycle().take(120) {
        let asked = asked::sequence(200).new_tree(&mut runner).expect("a sequence").current();
        let mut desk = desk(stage);
        let (begun, decided) = (desk.events.len(), desk.dossier.dispositions.len());
        run(&mut desk, &asked).expect("safe");
        done.extend(desk.events.iter().skip(begun).map(Event::kind));
        let permits = |d: &&Disposition| d.decision.is_some_and(Decision::permits);
        cleared += desk.dossier.dispositions.iter().skip(decided).filter(permits).count();
    }
    let missing: Vec<_> = THROUGH.iter().filter(|kind| !done.contains(**kind)).collect();
    assert!(missing.is_empty(), "never got through: {missing:?}");
    assert!(cleared > 0, "no clearance at all");
}

/// What random sequences have to bring about for the properties above to mean anything.
const THROUGH: [&str; 26] = [
    "handoff.send",
    "handoff.receive",
    "handoff.confirm",
    "handoff.return",
    "handoff.recall",
    "acceptance.propose",
    "acceptance.accept",
    "acceptance.decline",
    "acceptance.revoke",
    "acceptance.take_back",
    "signoff.sign",
    "signoff.withdraw",
    "privacy.advise",
    "disposition.decide",
    "disposition.revoke",
    "condition.set",
    "trigger.fire",
    "trigger.triage",
    "review.open",
    "review.override",
    "intake.override_tier",
    "assignment.assign",
    "control.verify",
    "threat.add",
    "threat.archive",
    "threat.import",
];
