//! What a clearance and an acceptance are worth on a day.

use crate::support::{Data, Desk, add, date, edit, int, text, withdraw};
use docket::domain::{
    Kind, Rule,
    command::Command,
    decision::{
        AcceptanceState, Clearance, ClearanceState, Decision, ReviewKind, Triage, acceptance_state, clearance,
        clearance_of, good_until,
    },
    people::Role,
};

fn now(desk: &Desk) -> Clearance {
    clearance(&desk.dossier, desk.today())
}

fn state(desk: &Desk) -> ClearanceState {
    now(desk).state
}

fn accepted(desk: &Desk) -> AcceptanceState {
    acceptance_state(&desk.dossier, desk.dossier.acceptances.last().expect("one was asked for"), desk.today())
}

/// A desk on which it was decided so.
fn decided(decision: Decision, conditions: &[(&str, i64)]) -> Desk {
    let mut desk = crate::ready(Data::Internal);
    let command = desk.decision(decision, conditions);
    desk.must(Role::Signoff, command);
    desk
}

fn proceed() -> Desk {
    decided(Decision::Proceed, &[])
}

fn fired() -> Desk {
    let mut desk = proceed();
    let trigger = desk.last(Kind::Trigger);
    desk.must(Role::Owner, Command::Fire(trigger, "A new model.".into()));
    desk
}

fn revoked() -> Desk {
    let mut desk = proceed();
    desk.must(Role::Signoff, Command::RevokeClearance("It leaks.".into()));
    desk
}

fn drifted() -> Desk {
    let mut desk = proceed();
    desk.must(Role::Owner, add(Kind::Tool, [("name", text("shell")), ("permissions", text("all"))]));
    desk
}

fn degraded() -> Desk {
    let mut desk = proceed();
    let control = edit(Kind::Control, desk.control(1), [("status", text("degraded"))]);
    desk.must(Role::Owner, control);
    desk
}

fn after(mut desk: Desk, days: i64) -> Desk {
    desk.wait(days);
    desk
}

/// Cleared for a year with the risk of T-2 accepted for so many days.
fn accepting(days: i64) -> Desk {
    let mut desk = crate::ready(Data::Internal);
    let treatment = edit(Kind::Threat, desk.threat(2), [("treatment", text("accept"))]);
    desk.must(Role::Security, treatment);
    desk.accept(desk.threat(2), days).expect("accepted");
    desk.mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    desk
}

#[test]
fn each_state_says_why_and_what_would_restore_it() {
    use ClearanceState as S;
    let drift = "A review of what changed, and a new decision.";
    let conditional = || decided(Decision::Conditional, &[("Log it", 9)]);
    let table: Vec<(S, Desk, &str, &str)> = vec![
        (S::None, Desk::of_five(), "Nothing was decided yet.", "The review has to reach the sign-off authority."),
        (S::None, decided(Decision::Hold, &[]), "The decision was hold.", "A new decision."),
        (S::None, decided(Decision::Decline, &[]), "The decision was decline.", "A new decision."),
        (S::Current, proceed(), "Cleared: proceed, until 2027-03-03.", ""),
        (S::Current, decided(Decision::Pilot, &[("Ten users", 9)]), "Cleared: restricted pilot, until 2027-03-03.", ""),
        (
            S::ConditionsDue,
            after(conditional(), 10),
            "The condition \"Log it\" was due on 2026-03-12.",
            "Meet the condition and record the proof.",
        ),
        (S::Lapsed, after(proceed(), 366), "It was valid until 2027-03-03.", "A new review."),
        (
            S::Lapsed,
            after(accepting(90), 91),
            "The acceptance of T-2 is lapsed.",
            "A renewed acceptance, and a decision on it.",
        ),
        (S::TriggerPending, fired(), "The trigger \"New model\" fired.", "Triage the trigger."),
        (S::Drifted, drifted(), "The content changed since it was decided.", drift),
        (S::Drifted, degraded(), "A gap opened: C-1 \"Filter the prompt\" is degraded.", drift),
        (S::Revoked, revoked(), "It was revoked: It leaks.", "A new review."),
    ];
    for (state, desk, reason, restore) in table {
        let found = now(&desk);
        assert_eq!((found.state, found.reason.as_str(), found.restore.as_str()), (state, reason, restore));
    }
}

#[test]
fn a_decision_that_was_followed_by_another_is_superseded() {
    let mut desk = proceed();
    let again = desk.decision(Decision::Pilot, &[("Ten users", 9)]);
    desk.must(Role::Signoff, again);
    let first = clearance_of(&desk.dossier, &desk.dossier.dispositions[0], desk.today());
    assert_eq!(first.state, ClearanceState::Superseded);
    assert_eq!((first.reason.as_str(), first.restore.as_str()), ("A later decision took its place.", ""));
    assert_eq!(state(&desk), ClearanceState::Current);
    assert_eq!(clearance_of(&desk.dossier, &desk.dossier.dispositions[1], desk.today()), now(&desk));
}

#[test]
fn days_count_through_their_end() {
    let year = after(proceed(), 365);
    assert_eq!(state(&year), ClearanceState::Current, "through the last day");
    assert_eq!(state(&after(year, 1)), ClearanceState::Lapsed, "and not on the day after");
    let mut due = after(decided(Decision::Conditional, &[("Log it", 9)]), 9);
    assert_eq!(state(&due), ClearanceState::Current, "due today is not missed");
    due.wait(1);
    assert_eq!(state(&due), ClearanceState::ConditionsDue);
    let condition = due.last(Kind::Condition);
    due.must(Role::Owner, Command::MeetCondition(condition, "The log of May.".into()));
    assert_eq!(state(&due), ClearanceState::Current, "met late is met");
}

#[test]
fn a_time_trigger_fires_on_its_day_and_a_new_decision_answers_it() {
    let mut desk = crate::ready(Data::Internal);
    let yearly = [("title", text("Yearly")), ("sort", text("time")), ("due", date(desk.day(100)))];
    desk.must(Role::Governance, add(Kind::Trigger, yearly));
    let trigger = desk.last(Kind::Trigger);
    desk.mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command).wait(99);
    assert_eq!(state(&desk), ClearanceState::Current);
    desk.wait(1);
    assert_eq!(state(&desk), ClearanceState::TriggerPending, "on its day, without anybody firing it");
    desk.must(Role::Governance, Command::Triage(trigger, Triage::Full, vec![], "It is time.".into()));
    assert_eq!(state(&desk), ClearanceState::TriggerPending, "a triage that leaves work leaves it pending");
    desk.must(Role::Owner, Command::StartReview(ReviewKind::Full));
    desk.wait(2).mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    assert_eq!(state(&desk), ClearanceState::Current, "{}", now(&desk).reason);
}

#[test]
fn a_time_trigger_that_is_armed_anew_fires_anew() {
    let mut desk = crate::ready(Data::Internal);
    let yearly = [("title", text("Yearly")), ("sort", text("time")), ("due", date(desk.day(10)))];
    desk.must(Role::Governance, add(Kind::Trigger, yearly)).wait(10);
    let trigger = desk.last(Kind::Trigger);
    desk.must(Role::Governance, Command::Triage(trigger, Triage::NotMaterial, vec![], "Nothing new.".into()));
    let later = edit(Kind::Trigger, trigger, [("due", date(desk.day(20)))]);
    desk.must(Role::Governance, later);
    desk.mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command).wait(19);
    assert_eq!(state(&desk), ClearanceState::Current);
    desk.wait(1);
    assert_eq!(state(&desk), ClearanceState::TriggerPending);
}

#[test]
fn a_fired_trigger_that_is_not_material_gives_the_clearance_back() {
    let mut desk = fired();
    let trigger = desk.last(Kind::Trigger);
    desk.refused(
        Role::Governance,
        Command::Triage(trigger, Triage::NotMaterial, vec![], "".into()),
        Rule::ReasonNeeded,
    );
    desk.must(Role::Governance, Command::Triage(trigger, Triage::NotMaterial, vec![], "Same model.".into()));
    assert_eq!(state(&desk), ClearanceState::Current);
    desk.wait(1).must(Role::Owner, Command::Fire(trigger, "Now it is another.".into()));
    assert_eq!(state(&desk), ClearanceState::TriggerPending, "it can fire again");
}

#[test]
fn an_acceptance_is_active_expiring_lapsed_or_drifted() {
    let mut desk = accepting(90);
    assert_eq!((accepted(&desk), state(&desk)), (AcceptanceState::Active, ClearanceState::Current));
    desk.wait(59);
    assert_eq!(accepted(&desk), AcceptanceState::Active);
    desk.wait(1);
    assert_eq!(accepted(&desk), AcceptanceState::Expiring, "thirty days before its end");
    desk.wait(30);
    assert_eq!((accepted(&desk), state(&desk)), (AcceptanceState::Expiring, ClearanceState::Current), "its last day");
    desk.wait(1);
    assert_eq!((accepted(&desk), state(&desk)), (AcceptanceState::Lapsed, ClearanceState::Lapsed));
    let mut desk = accepting(90);
    let worse = edit(Kind::Threat, desk.threat(2), [("impact", int(4))]);
    desk.must(Role::Security, worse);
    assert_eq!((accepted(&desk), state(&desk)), (AcceptanceState::Drifted, ClearanceState::Drifted));
    let gap = desk.gate().into_iter().find(|gap| gap.condition == 4).expect("nothing carries the risk now");
    assert_eq!(gap.role, Role::Governance);
}

#[test]
fn an_acceptance_that_ended_is_renewed_only_by_a_new_one() {
    let mut desk = accepting(90);
    let first = desk.last(Kind::Acceptance);
    desk.accept(desk.threat(2), 200).unwrap();
    let row = |desk: &Desk, id| desk.dossier.acceptances.iter().find(|a| a.id == id).cloned().unwrap();
    let found = acceptance_state(&desk.dossier, &row(&desk, first), desk.today());
    assert_eq!((found, accepted(&desk)), (AcceptanceState::Superseded, AcceptanceState::Active));
    let second = desk.last(Kind::Acceptance);
    desk.must(Role::Governance, Command::RevokeRisk(second, "It happened.".into()));
    assert_eq!(accepted(&desk), AcceptanceState::Revoked);
    assert_ne!(state(&desk), ClearanceState::Current, "what was carried is not carried any more");
    for (end, wanted) in [(true, AcceptanceState::Declined), (false, AcceptanceState::Withdrawn)] {
        let threat = desk.threat(2);
        let (reason, condition, expires) = ("Small.".into(), "Watched.".into(), Some(desk.day(9)));
        desk.must(Role::Security, Command::Propose { threat, reason, condition, expires, requester: None });
        let id = desk.last(Kind::Acceptance);
        assert_eq!(accepted(&desk), AcceptanceState::Proposed);
        if end {
            desk.must(Role::Governance, Command::DeclineRisk(id, "Too much.".into()));
        } else {
            desk.must(Role::Security, Command::WithdrawRisk(id, "Mended.".into()));
        }
        assert_eq!(accepted(&desk), wanted);
        desk.refused(Role::Governance, Command::AcceptRisk(id), Rule::WrongState);
    }
}

#[test]
fn the_acceptance_of_a_threat_that_is_gone_takes_nothing_away() {
    let mut desk = accepting(90);
    let threat = desk.threat(2);
    desk.must(Role::Security, withdraw(Kind::Threat, threat));
    desk.mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command).wait(100);
    assert_eq!(state(&desk), ClearanceState::Current, "{}", now(&desk).reason);
}

#[test]
fn evidence_that_runs_out_takes_the_clearance_away_on_the_day_after() {
    let mut desk = proceed();
    let id = desk.last(Kind::Verification);
    desk.fact(Kind::Verification, id, [("valid_until", date(desk.day(5)))]).hold_still();
    let again = desk.proceed();
    desk.must(Role::Signoff, again).wait(5);
    assert_eq!(state(&desk), ClearanceState::Current);
    desk.wait(1);
    assert_eq!(state(&desk), ClearanceState::Drifted);
    assert!(now(&desk).reason.contains("without evidence in date"), "{}", now(&desk).reason);
}

#[test]
fn nothing_changes_by_itself_before_good_until_is_over() {
    let mut desk = accepting(90);
    let yearly = [("title", text("Yearly")), ("sort", text("time")), ("due", date(desk.day(26)))];
    desk.must(Role::Governance, add(Kind::Trigger, yearly)).mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    let (person, until) = (desk.who(Role::Owner), Some(desk.day(50)));
    let lent = Command::Assign { role: Role::Owner, person, delegate: None, until };
    desk.must(Role::Owner, lent);
    let seen = |desk: &Desk| (now(desk), accepted(desk), desk.gate(), good_until(&desk.dossier, desk.today()));
    let mut changes = 0;
    for _ in 0..400 {
        let before = seen(&desk);
        let today = desk.today();
        desk.wait(1);
        let after = seen(&desk);
        if (&before.0, &before.1, &before.2) != (&after.0, &after.1, &after.2) {
            assert_eq!(before.3, Some(today), "{:?} became {:?}", before.0, after.0);
            changes += 1;
        }
    }
    assert_eq!(changes, 5, "a trigger fires, a role ends, the acceptance expires and lapses, the clearance lapses");
}
