//! Acceptances: who asks, who decides, their conditions, and the decision anew.

use docket::domain::{
    Id, Kind, Rule,
    command::Command,
    decision::{
        AcceptanceState, AcceptanceStatus, ClearanceState, ProvisoState, acceptance_state, acceptance_why,
        changed_since, clearance, outlooks, proviso_standing,
    },
    fields::Day,
    people::Role,
    summary::summarise,
    value::Value,
};

use crate::support::{Data, Desk, add, add_to, date, edit, int, reference, text, withdraw};

/// A proposal for the second threat of a review that is ready.
fn asked(days: i64) -> Desk {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal);
    propose(&mut desk, days);
    desk
}

fn propose(desk: &mut Desk, days: i64) {
    let (threat, expires) = (desk.threat(2), Some(desk.day(days)));
    let (reason, condition) = ("Small.".into(), "Watched.".into());
    desk.must(Role::Security, Command::Propose { threat, reason, condition, expires, requester: None });
}

fn condition<const N: usize>(desk: &Desk, sort: &str, more: [(&str, Value); N]) -> Command {
    let own = [("sort", text(sort)), ("owner", reference(desk.who(Role::Owner)))];
    let mut command = add_to(desk.last(Kind::Acceptance), Kind::Proviso, own);
    if let Command::Add { set, .. } = &mut command {
        set.extend(more.into_iter().map(|(field, value)| (field.to_owned(), value)));
    }
    command
}

fn accept(desk: &mut Desk) {
    let id = desk.last(Kind::Acceptance);
    desk.must(Role::Governance, Command::AcceptRisk(id));
}

fn state(desk: &Desk) -> AcceptanceState {
    acceptance_state(&desk.dossier, desk.dossier.acceptances.last().expect("one was asked for"), desk.today())
}

fn why(desk: &Desk) -> String {
    acceptance_why(&desk.dossier, desk.dossier.acceptances.last().expect("one was asked for"), desk.today()).join(" ")
}

fn met(desk: &Desk, id: Id) -> Command {
    let _ = desk;
    Command::MeetProviso { id, proof: "Minutes of the board.".into(), evidence: None, measured: None }
}

#[test]
fn who_asks_who_decides_and_who_writes_it_down_are_kept_apart() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal);
    let (threat, expires, owner) = (desk.threat(2), Some(desk.day(90)), desk.who(Role::Owner));
    let ask = |requester| Command::Propose { threat, reason: "S.".into(), condition: "W.".into(), expires, requester };
    desk.refused(Role::Security, ask(Some(Id([9; 16]))), Rule::Unknown);
    desk.must(Role::Security, ask(Some(owner)));
    let row = |desk: &Desk| desk.dossier.acceptances.last().unwrap().clone();
    assert_eq!(row(&desk).requester.map(|w| w.0), Some(owner));
    assert_eq!(row(&desk).recorder.map(|w| w.0), Some(desk.who(Role::Security)));
    let id = desk.last(Kind::Acceptance);
    desk.refused(Role::Security, Command::AcceptRisk(id), Rule::OnlyGovernanceAccepts);
    accept(&mut desk);
    let given = row(&desk);
    assert_eq!(given.acceptor.map(|w| w.0), Some(desk.who(Role::Governance)));
    assert!(!given.by_one_person());
    assert!(given.acceptor_name.as_str().starts_with("Gwen Governance, "), "name and title are frozen");
    let mut alone = Desk::of_one();
    alone.ready(Data::Internal);
    propose(&mut alone, 90);
    accept(&mut alone);
    assert!(row(&alone).by_one_person(), "and it is said");
}

#[test]
fn a_condition_says_what_its_kind_needs() {
    let mut desk = asked(90);
    let day = date(desk.day(30));
    let control = reference(desk.last(Kind::Control));
    for (sort, more) in [
        ("control", vec![("due", day.clone())]),
        ("control", vec![("control", control.clone())]),
        ("control", vec![("control", reference(Id([7; 16]))), ("due", day.clone())]),
        ("stage", vec![]),
        ("usage", vec![]),
        ("usage", vec![("cap", int(0))]),
        ("report", vec![]),
        ("report", vec![("due", day.clone()), ("every", int(0))]),
        ("oversight", vec![("every", int(30))]),
        ("other", vec![("due", day.clone())]),
        ("other", vec![("text", text("Watch it."))]),
    ] {
        let mut command = condition(&desk, sort, []);
        if let Command::Add { set, .. } = &mut command {
            set.extend(more.into_iter().map(|(field, value)| (field.to_owned(), value)));
        }
        desk.refused(Role::Security, command, Rule::Incomplete);
    }
    let nobody = add_to(desk.last(Kind::Acceptance), Kind::Proviso, [("sort", text("oversight"))]);
    let says = desk.refused(Role::Security, nobody, Rule::Incomplete).says;
    assert!(says.contains("a named person"), "{says}");
    let nowhere = add(Kind::Proviso, [("sort", text("oversight")), ("owner", reference(desk.who(Role::Owner)))]);
    desk.refused(Role::Security, nowhere, Rule::Unknown);
    desk.refused(Role::Dpo, condition(&desk, "oversight", []), Rule::RoleMayNot);
    desk.must(Role::Security, condition(&desk, "control", [("control", control), ("due", day)]));
}

#[test]
fn what_was_accepted_stays_with_its_conditions() {
    let mut desk = asked(90);
    let due = date(desk.day(30));
    desk.must(Role::Security, condition(&desk, "report", [("due", due.clone())]));
    let id = desk.last(Kind::Proviso);
    desk.must(Role::Governance, edit(Kind::Proviso, id, [("due", date(desk.day(40)))]));
    desk.refused(Role::Governance, met(&desk, id), Rule::Unknown);
    accept(&mut desk);
    desk.refused(Role::Security, condition(&desk, "report", [("due", due.clone())]), Rule::WrongState);
    desk.refused(Role::Security, edit(Kind::Proviso, id, [("due", due)]), Rule::WrongState);
    desk.refused(Role::Security, withdraw(Kind::Proviso, id), Rule::WrongState);
    let all = Command::WithdrawAll { kind: Kind::Proviso, ids: vec![id], why: "No.".into() };
    desk.refused(Role::Security, all, Rule::WrongState);
    // People leave: who sees to it may change.
    desk.must(Role::Security, edit(Kind::Proviso, id, [("owner", reference(desk.who(Role::Security)))]));
}

#[test]
fn a_report_is_due_through_the_end_of_its_day_and_then_breaks_the_acceptance() {
    let mut desk = asked(300);
    desk.must(Role::Security, condition(&desk, "report", [("due", date(desk.day(30)))]));
    accept(&mut desk);
    let id = desk.last(Kind::Proviso);
    let standing =
        |desk: &Desk| proviso_standing(&desk.dossier, desk.dossier.provisos.by_id(id).unwrap(), desk.today());
    assert_eq!(standing(&desk).state, ProvisoState::Open);
    desk.wait(16);
    assert_eq!(standing(&desk).state, ProvisoState::Due, "fourteen days before");
    desk.wait(14);
    assert_eq!((standing(&desk).state, state(&desk)), (ProvisoState::Due, AcceptanceState::Active), "its last day");
    desk.wait(1);
    assert_eq!((standing(&desk).state, state(&desk)), (ProvisoState::Breached, AcceptanceState::Breached));
    assert!(why(&desk).contains("a report by") && why(&desk).contains("no proof is recorded"), "{}", why(&desk));
    desk.refused(Role::Dpo, met(&desk, id), Rule::RoleMayNot);
    desk.refused(
        Role::Owner,
        Command::MeetProviso { id, proof: "".into(), evidence: None, measured: None },
        Rule::ReasonNeeded,
    );
    let unknown = Command::MeetProviso { id, proof: "See.".into(), evidence: Some(Id([5; 16])), measured: None };
    desk.refused(Role::Owner, unknown, Rule::Unknown);
    desk.must(Role::Owner, met(&desk, id));
    assert_eq!((standing(&desk).state, state(&desk)), (ProvisoState::Met, AcceptanceState::Active));
    desk.refused(Role::Owner, met(&desk, id), Rule::WrongState);
}

#[test]
fn a_rhythm_asks_again_and_what_was_let_pass_is_not_asked_for_twice() {
    let mut desk = asked(300);
    let first = desk.day(10);
    desk.must(Role::Security, condition(&desk, "report", [("due", date(first)), ("every", int(30))]));
    accept(&mut desk);
    let id = desk.last(Kind::Proviso);
    let next = |desk: &Desk| desk.dossier.provisos.by_id(id).unwrap().due_now().unwrap();
    desk.must(Role::Owner, met(&desk, id));
    assert_eq!(next(&desk), first.plus(30), "met early: the next one in its rhythm");
    desk.wait(10 + 30);
    assert_eq!(state(&desk), AcceptanceState::Active);
    desk.wait(1);
    assert_eq!(state(&desk), AcceptanceState::Breached);
    desk.wait(70);
    desk.must(Role::Owner, met(&desk, id));
    assert_eq!((next(&desk), state(&desk)), (first.plus(30 * 4), AcceptanceState::Active));
}

#[test]
fn a_control_has_to_be_verified_by_its_day_and_stay_so() {
    let mut desk = asked(300);
    desk.add_evidence();
    let (control, evidence) = (desk.last(Kind::Control), desk.last(Kind::Evidence));
    let earlier = desk.last(Kind::Verification);
    desk.fact(Kind::Verification, earlier, [("archived", int(1))]);
    desk.fact(Kind::Control, control, [("status", text("implemented"))]);
    let due = [("control", reference(control)), ("due", date(desk.day(20)))];
    desk.must(Role::Security, condition(&desk, "control", due));
    accept(&mut desk);
    let id = desk.last(Kind::Proviso);
    desk.refused(Role::Owner, met(&desk, id), Rule::SetByRule);
    desk.wait(20);
    assert_eq!(state(&desk), AcceptanceState::Active);
    desk.wait(1);
    assert_eq!(state(&desk), AcceptanceState::Breached);
    desk.verify(control, evidence, desk.day(10));
    // The score that was accepted was one without this control.
    let id = desk.last(Kind::Acceptance);
    let kept = |desk: &Desk| proviso_standing(&desk.dossier, &desk.dossier.provisos[0], desk.today()).state;
    assert_eq!(kept(&desk), ProvisoState::Holds);
    desk.wait(10);
    assert_eq!(kept(&desk), ProvisoState::Holds, "through the last day of the verification");
    desk.wait(1);
    assert_eq!(kept(&desk), ProvisoState::Breached);
    desk.must(Role::Governance, Command::RevokeRisk(id, "It does not hold.".into()));
    assert_eq!((state(&desk), why(&desk)), (AcceptanceState::Revoked, String::new()));
}

#[test]
fn a_stage_and_the_human_in_the_loop_are_checked_against_the_system() {
    let mut desk = asked(300);
    let system = desk.dossier.system().unwrap().id;
    let on = |field: &'static str, value: Value| edit(Kind::System, system, [(field, value)]);
    desk.must(Role::Owner, on("lifecycle", text("production")));
    desk.must(Role::Security, condition(&desk, "stage", [("stage", text("pilot"))]));
    desk.must(Role::Security, condition(&desk, "oversight", []));
    let says = desk.refused(Role::Governance, Command::AcceptRisk(desk.last(Kind::Acceptance)), Rule::WrongState).says;
    assert!(says.contains("up to the stage pilot only") && says.contains("in production now"), "{says}");
    desk.must(Role::Owner, on("lifecycle", text("pilot")));
    accept(&mut desk);
    assert_eq!(state(&desk), AcceptanceState::Active);
    desk.must(Role::Owner, on("lifecycle", text("production")));
    assert_eq!(state(&desk), AcceptanceState::Breached);
    assert!(why(&desk).contains("in production now"), "{}", why(&desk));
    desk.must(Role::Owner, on("lifecycle", text("retired")));
    assert_eq!(state(&desk), AcceptanceState::Active, "what is switched off carries nothing");
    let watched = desk.last(Kind::Proviso);
    desk.must(Role::Owner, on("oversight", text("A tool looks.")));
    assert!(why(&desk).contains("nobody confirmed it"), "{}", why(&desk));
    desk.must(Role::Owner, met(&desk, watched));
    assert_eq!(state(&desk), AcceptanceState::Active);
    desk.must(Role::Owner, on("autonomy", text("alone")));
    assert!(why(&desk).contains("more on its own"), "{}", why(&desk));
    desk.refused(Role::Owner, met(&desk, watched), Rule::WrongState);
    desk.must(Role::Owner, on("autonomy", text("informs")));
    assert_eq!(state(&desk), AcceptanceState::Active);
    desk.fact(Kind::System, system, [("oversight", Value::Null)]);
    assert!(why(&desk).contains("no human oversight"), "{}", why(&desk));
    desk.refused(Role::Owner, met(&desk, watched), Rule::WrongState);
}

#[test]
fn a_cap_is_kept_as_long_as_no_more_is_reported() {
    let mut desk = asked(300);
    let cap = [("cap", int(500)), ("unit", text("users")), ("due", date(desk.day(10))), ("every", int(90))];
    desk.must(Role::Security, condition(&desk, "usage", cap));
    accept(&mut desk);
    let id = desk.last(Kind::Proviso);
    let report = |measured| Command::MeetProviso { id, proof: "Dashboard.".into(), evidence: None, measured };
    desk.refused(Role::Owner, report(None), Rule::Incomplete);
    desk.must(Role::Owner, report(Some(500)));
    assert_eq!(state(&desk), AcceptanceState::Active);
    desk.must(Role::Owner, report(Some(501)));
    assert_eq!(state(&desk), AcceptanceState::Breached);
    assert!(why(&desk).contains("at most 500 users") && why(&desk).contains("501 were reported"), "{}", why(&desk));
    desk.must(Role::Owner, report(Some(20)));
    assert_eq!(state(&desk), AcceptanceState::Active);
}

#[test]
fn a_broken_condition_takes_the_clearance_away_and_names_itself() {
    let mut desk = asked(300);
    desk.must(Role::Security, condition(&desk, "report", [("due", date(desk.day(30)))]));
    accept(&mut desk);
    let by_acceptance = edit(Kind::Threat, desk.threat(2), [("treatment", text("accept"))]);
    desk.must(Role::Security, by_acceptance).mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command).wait(29);
    assert_eq!(clearance(&desk.dossier, desk.today()).state, ClearanceState::Current);
    desk.wait(1);
    assert_eq!(clearance(&desk.dossier, desk.today()).state, ClearanceState::Current);
    desk.wait(1);
    let now = clearance(&desk.dossier, desk.today());
    assert_eq!(now.state, ClearanceState::ConditionsDue, "{}", now.reason);
    assert!(now.reason.contains("a report by"), "{}", now.reason);
    let steps = summarise(&desk.dossier, desk.today()).unwrap().steps;
    let for_owner = steps.iter().any(|s| s.person == Some(desk.who(Role::Owner)) && s.what.contains("is broken"));
    assert!(for_owner, "{steps:#?}");
    desk.must(Role::Owner, met(&desk, desk.last(Kind::Proviso)));
    let now = clearance(&desk.dossier, desk.today());
    assert_eq!(now.state, ClearanceState::Current, "a proof restores it, and voids nothing: {}", now.reason);
}

#[test]
fn a_renewal_is_a_decision_anew_that_shows_what_is_different() {
    let mut desk = asked(60);
    let rhythm = [("due", date(desk.day(10))), ("every", int(30))];
    desk.must(Role::Security, condition(&desk, "report", rhythm));
    desk.must(
        Role::Security,
        condition(&desk, "other", [("text", text("Tell the board")), ("due", date(desk.day(5)))]),
    );
    let first = desk.last(Kind::Acceptance);
    let renew = |expires: Option<Day>| Command::Renew {
        acceptance: first,
        reason: "Still small.".into(),
        condition: "Still watched.".into(),
        expires,
        requester: None,
    };
    desk.refused(Role::Security, renew(Some(desk.day(90))), Rule::WrongState);
    accept(&mut desk);
    let words =
        |desk: &Desk| changed_since(&desk.dossier, desk.dossier.acceptances.by_id(first).unwrap(), desk.today());
    assert!(
        words(&desk).iter().all(|line| line.contains("same") || line.contains("what it said")),
        "{:?}",
        words(&desk)
    );
    desk.must(Role::Owner, met(&desk, desk.dossier.provisos[0].id)).wait(40);
    let worse = [("impact", int(4)), ("title", text("Very wrong answer"))];
    desk.must(Role::Security, edit(Kind::Threat, desk.threat(2), worse));
    let said = words(&desk).join(" ");
    assert!(said.contains("Threat Wrong answer → Very wrong answer") && said.contains("Impact 3 → 4"), "{said}");
    desk.refused(Role::Security, renew(None), Rule::ExpiryNeeded);
    desk.must(Role::Security, renew(Some(desk.day(90))));
    desk.refused(Role::Security, renew(Some(desk.day(90))), Rule::WrongState);
    let second = desk.last(Kind::Acceptance);
    let row = |desk: &Desk, id| desk.dossier.acceptances.by_id(id).cloned().unwrap();
    assert_eq!((row(&desk, second).renews, row(&desk, first).status), (Some(first), Some(AcceptanceStatus::Accepted)));
    let came: Vec<_> = desk.dossier.provisos_of(second).cloned().collect();
    assert_eq!(came.len(), 2);
    assert!(came.iter().all(|p| p.met_at.is_none() && p.proof.is_empty()), "nothing of how far they are comes along");
    assert_eq!((came[0].due.is_some(), came[1].due), (true, None), "a day that is over has to be said anew");
    desk.refused(Role::Governance, Command::AcceptRisk(second), Rule::Incomplete);
    desk.must(Role::Governance, edit(Kind::Proviso, came[1].id, [("due", date(desk.day(9)))]));
    desk.must(Role::Governance, Command::AcceptRisk(second));
    assert_eq!(row(&desk, first).status, Some(AcceptanceStatus::Superseded));
    assert_eq!(row(&desk, first).expires, Some(desk.day(20)), "nothing was extended");
    assert_eq!(state(&desk), AcceptanceState::Active);
    desk.refused(Role::Security, renew(Some(desk.day(90))), Rule::WrongState);
}

#[test]
fn an_acceptance_of_an_older_record_says_that_it_keeps_no_words() {
    let mut desk = asked(60);
    accept(&mut desk);
    let id = desk.last(Kind::Acceptance);
    desk.fact(Kind::Acceptance, id, [("threat_then", Value::Null)]);
    desk.must(Role::Security, edit(Kind::Threat, desk.threat(2), [("title", text("Another"))]));
    let said = changed_since(&desk.dossier, desk.dossier.acceptances.by_id(id).unwrap(), desk.today()).join(" ");
    assert!(said.contains("does not keep which words"), "{said}");
}

/// Two years, a day at a time, with every kind of condition: what is kept for the register is what is computed, and no
/// state changes but on a day that a date of the record explains.
#[test]
fn the_outlook_is_the_state_of_every_day() {
    let mut desk = asked(200);
    desk.add_evidence();
    let (control, evidence) = (desk.last(Kind::Control), desk.last(Kind::Evidence));
    for (sort, more) in [
        ("report", vec![("due", date(desk.day(120))), ("every", int(60))]),
        ("control", vec![("control", reference(control)), ("due", date(desk.day(20)))]),
        ("oversight", vec![]),
        ("stage", vec![("stage", text("production"))]),
    ] {
        let mut command = condition(&desk, sort, []);
        if let Command::Add { set, .. } = &mut command {
            set.extend(more.into_iter().map(|(field, value)| (field.to_owned(), value)));
        }
        desk.must(Role::Security, command);
    }
    desk.verify(control, evidence, desk.day(90));
    accept(&mut desk);
    propose(&mut desk, 30);
    let outlooks = outlooks(&desk.dossier);
    assert_eq!(outlooks.len(), 2);
    let start = desk.today();
    let explained: Vec<Day> = outlooks.iter().flat_map(|o| o.turns.iter().filter_map(|turn| turn.from)).collect();
    let mut turns = 0;
    for at in -30..=730 {
        let day = start.plus(at);
        for (outlook, acceptance) in outlooks.iter().zip(desk.dossier.acceptances.iter()) {
            let turn = outlook.at(day).unwrap();
            assert_eq!(turn.state, acceptance_state(&desk.dossier, acceptance, day), "{day}");
            assert_eq!(turn.why, acceptance_why(&desk.dossier, acceptance, day).join(" "), "{day}");
            let before = acceptance_state(&desk.dossier, acceptance, day.plus(-1));
            if before != turn.state {
                turns += 1;
                assert!(explained.contains(&day), "{before:?} became {:?} on {day}", turn.state);
            }
        }
        let kept = summarise(&desk.dossier, day).unwrap().acceptances;
        assert_eq!(kept, outlooks, "the day on which it is made does not matter");
    }
    assert!(turns >= 2, "{turns}");
    for outlook in &outlooks {
        assert_eq!(docket::domain::decision::Outlook::turns_of(&outlook.turns_text()), outlook.turns);
    }
}
