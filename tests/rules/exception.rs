//! Exceptions: asked for, approved, reviewed in a rhythm, over when their day is over.

use docket::domain::{
    Id, Kind, Rule,
    command::Command,
    decision::{ClearanceState, ExceptionState, Mend, clearance, good_until},
    fields::Vocabulary,
    people::Role,
    summary::summarise,
    value::Value,
};

use crate::support::{Data, Desk, add, date, edit, int, reference, text, withdraw};

/// A request that lasts so many days and is looked at every thirty.
fn asked(desk: &mut Desk, days: i64) -> Id {
    let set = [
        ("title", text("Every log is kept for a year")),
        ("reason", text("The store is full.")),
        ("compensating", text("Samples are kept by hand.")),
        ("owner", reference(desk.who(Role::Owner))),
        ("deadline", date(desk.day(days))),
        ("every", int(30)),
    ];
    desk.must(Role::Owner, add(Kind::Exception, set));
    desk.last(Kind::Exception)
}

fn approve(id: Id) -> Command {
    Command::DecideException { id, approve: true, why: "".into() }
}

fn state(desk: &Desk, id: Id) -> ExceptionState {
    desk.dossier.exceptions.by_id(id).expect("it was asked for").state(desk.today())
}

#[test]
fn governance_decides_and_what_it_decided_stays() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal);
    let id = asked(&mut desk, 100);
    assert_eq!(state(&desk, id), ExceptionState::Requested);
    desk.refused(Role::Dpo, add(Kind::Exception, [("title", text("x"))]), Rule::RoleMayNot);
    desk.refused(Role::Owner, approve(id), Rule::RoleMayNot);
    desk.refused(Role::Owner, edit(Kind::Exception, id, [("every", int(0))]), Rule::BadValue);
    desk.refused(Role::Owner, edit(Kind::Exception, id, [("control", reference(Id([3; 16])))]), Rule::Unknown);
    desk.refused(Role::Owner, edit(Kind::Exception, id, [("status", text("approved"))]), Rule::SetByRule);
    desk.refused(Role::Owner, Command::CloseException(id, "Done.".into()), Rule::WrongState);
    desk.must(Role::Owner, edit(Kind::Exception, id, [("owner", Value::Null)]));
    desk.refused(Role::Governance, approve(id), Rule::Incomplete);
    desk.must(Role::Owner, edit(Kind::Exception, id, [("owner", reference(desk.who(Role::Owner)))]));
    let no = Command::DecideException { id, approve: false, why: "".into() };
    desk.refused(Role::Governance, no, Rule::ReasonNeeded);
    desk.must(Role::Governance, approve(id));
    let row = desk.dossier.exceptions.by_id(id).unwrap().clone();
    assert_eq!(
        (row.approver.map(|w| w.0), row.requester.map(|w| w.0)),
        (Some(desk.who(Role::Governance)), Some(desk.who(Role::Owner)))
    );
    assert!(row.approver_name.as_str().starts_with("Gwen Governance, "));
    assert!(row.approved_as.as_str().contains("Samples are kept by hand."));
    desk.refused(Role::Owner, edit(Kind::Exception, id, [("deadline", date(desk.day(900)))]), Rule::WrongState);
    desk.refused(Role::Owner, withdraw(Kind::Exception, id), Rule::WrongState);
    desk.refused(Role::Governance, approve(id), Rule::WrongState);
    let second = asked(&mut desk, 10);
    desk.wait(11);
    desk.refused(Role::Governance, approve(second), Rule::ExpiryNeeded);
    desk.must(Role::Governance, Command::DecideException { id: second, approve: false, why: "Too late.".into() });
    assert_eq!(state(&desk, second), ExceptionState::Declined);
    assert_eq!(state(&desk, id).code(), "open");
}

#[test]
fn it_is_looked_at_in_its_rhythm_and_is_over_after_its_last_day() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal);
    let id = asked(&mut desk, 70);
    desk.must(Role::Governance, approve(id));
    desk.wait(29);
    assert_eq!(state(&desk, id), ExceptionState::Open);
    desk.wait(1);
    assert_eq!(state(&desk, id), ExceptionState::ReviewDue, "on the thirtieth day");
    let steps = summarise(&desk.dossier, desk.today()).unwrap().steps;
    assert!(
        steps.iter().any(|s| s.role == Role::Governance && s.what.starts_with("Review the exception X-1")),
        "{steps:#?}"
    );
    desk.refused(Role::Governance, Command::ReviewException(id, "".into()), Rule::ReasonNeeded);
    desk.refused(Role::Owner, Command::ReviewException(id, "Fine.".into()), Rule::RoleMayNot);
    desk.must(Role::Security, Command::ReviewException(id, "The samples are there.".into()));
    assert_eq!(state(&desk, id), ExceptionState::Open);
    desk.wait(30);
    desk.must(Role::Governance, Command::ReviewException(id, "Still there.".into())).wait(10);
    assert_eq!(state(&desk, id), ExceptionState::Open, "its last day");
    desk.wait(1);
    assert_eq!(state(&desk, id), ExceptionState::Overdue, "no review extends it");
    let gap = desk.gate().into_iter().find(|gap| gap.place.mend == Mend::Except).expect("it is a gap");
    assert_eq!((gap.condition, gap.role, gap.place.id), (4, Role::Governance, Some(id)));
    desk.must(Role::Owner, Command::CloseException(id, "A larger store is there.".into()));
    assert_eq!(state(&desk, id), ExceptionState::Closed);
    assert!(!desk.gate().iter().any(|gap| gap.place.mend == Mend::Except));
}

#[test]
fn one_that_is_over_takes_the_clearance_away_until_it_is_closed() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal);
    let id = asked(&mut desk, 70);
    let signed = |desk: &Desk| desk.gate().iter().all(|gap| gap.condition != 8);
    assert!(signed(&desk), "a request voids nothing: {:?}", desk.gaps());
    desk.must(Role::Governance, approve(id));
    assert!(!signed(&desk), "what governance approved is part of what is signed");
    desk.mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    let now = |desk: &Desk| clearance(&desk.dossier, desk.today());
    let (mut before, mut changes) = (now(&desk), 0);
    for _ in 0..80 {
        let good = good_until(&desk.dossier, desk.today());
        let held = (state(&desk, id), now(&desk));
        let today = desk.today();
        desk.wait(1);
        if held != (state(&desk, id), now(&desk)) {
            assert_eq!(good, Some(today), "a date explains it");
            changes += 1;
        }
        if desk.dossier.exceptions.by_id(id).unwrap().deadline == Some(desk.today()) {
            before = now(&desk);
        }
    }
    assert_eq!((before.state, changes), (ClearanceState::Current, 2), "a review comes due, then its end passes");
    assert_eq!(now(&desk).state, ClearanceState::ConditionsDue, "{}", now(&desk).reason);
    assert!(now(&desk).reason.contains("X-1 \"Every log is kept for a year\" was to end on"), "{}", now(&desk).reason);
    desk.must(Role::Owner, Command::CloseException(id, "The store is larger.".into()));
    assert_eq!(now(&desk).state, ClearanceState::Current, "{}", now(&desk).reason);
}
