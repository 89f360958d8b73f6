//! Meetings in a real record: what is written in one carries it, and the minutes come from there.

use docket::{
    desk::Desk,
    domain::{
        Id, Kind,
        command::Command,
        fields::Vocabulary,
        meeting::{ItemState, MatterSort, MeetingAct},
        people::Role,
        value::Value,
    },
};

fn today() -> Value {
    Value::from(docket::clock::today().to_string().as_str())
}

pub fn open_now(desk: &mut Desk) -> Id {
    let set = vec![("title".to_owned(), Value::from("Review")), ("day".to_owned(), today())];
    let record = desk.meet(Role::Security, MeetingAct::OpenNow(set)).unwrap();
    let id = record.running_meeting().unwrap().id;
    desk.sit_in(Some(id));
    id
}

#[test]
fn what_is_done_in_a_meeting_carries_it_and_the_board_is_not_made_anew_for_it() {
    let mut desk = Desk::in_memory().unwrap();
    desk.begin("Ada", "", &Role::REVIEW).unwrap();
    let system = desk.new_system(Role::Owner, vec![("name".into(), Value::from("Chat"))]).unwrap().subject;
    desk.settle();
    let lines = desk.store().unwrap().dashboard(0, 9).unwrap();
    let id = open_now(&mut desk);
    assert_eq!(desk.store().unwrap().dashboard(0, 9).unwrap(), lines, "no line is made stale by a meeting");
    let add = |title: &str| Command::Add {
        kind: Kind::Threat,
        set: vec![("title".into(), Value::from(title)), ("flagged".into(), Value::from("yes"))],
        to: None,
    };
    desk.execute(system, Role::Security, &add("It leaks")).unwrap();
    desk.sit_in(None);
    desk.execute(system, Role::Security, &add("It lies")).unwrap();
    let written = desk.store().unwrap().written_in(id).unwrap();
    let kinds: Vec<_> = written.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["meeting.plan", "attendee.attend", "meeting.start", "attendee.attend", "threat.add"]);
    let (agenda, _) = desk.agenda(None).unwrap();
    let flagged: Vec<_> = agenda.items.iter().filter(|item| item.sort == MatterSort::Flagged).collect();
    assert_eq!(flagged.len(), 2);
    assert!(flagged.iter().all(|item| item.since.is_some() && item.state == ItemState::Ready));
    assert!(agenda.items.iter().all(|item| !item.sort.label().is_empty()));
    assert!(desk.verify().unwrap().problems.is_empty());
}
