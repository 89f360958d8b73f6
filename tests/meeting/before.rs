//! Before the meeting: a private queue, said in one act; consent of what is pre-approved; the second screen.

use crate::keys::{sit, waiting};
use docket::{
    app::Msg,
    desk::{Desk, Trouble},
    domain::{
        Id, Rule,
        command::Command,
        fields::Vocabulary,
        meeting::{ItemState, MeetingAct, Opined, OpinionKind},
        people::Role,
        value::Value,
    },
    tui::feed,
};

fn planned(desk: &mut Desk, quorum: i64) -> Id {
    let today = docket::clock::today().to_string();
    let set = vec![
        ("title".to_owned(), Value::from("Board")),
        ("day".to_owned(), Value::from(today.as_str())),
        ("quorum".to_owned(), Value::Int(quorum)),
        ("quorum_reason".to_owned(), Value::from("A test.")),
    ];
    let me = desk.me().unwrap();
    desk.meet(Role::Signoff, MeetingAct::Plan(set, vec![me])).unwrap().meetings.last().unwrap().id
}

#[test]
fn what_is_meant_stays_private_until_all_of_it_is_said_in_one_act() {
    let folder = tempfile::tempdir().unwrap();
    let path = waiting(folder.path(), 3);
    let mut hands = sit(&path);
    let meeting = planned(&mut hands.session.desk, 1);
    let entries = |desk: &Desk| desk.store().unwrap().head().unwrap().0;
    let before = entries(&hands.session.desk);
    hands.keys("g m p p *").text("What of the log?").keys("ctrl-s w").text("A nice one.").keys("ctrl-s");
    assert_eq!(entries(&hands.session.desk), before, "nothing of it is in the journal");
    let (queue, _) = hands.session.desk.private(Some(meeting)).unwrap();
    let kinds: Vec<_> = queue.iter().map(|said| said.sort.code()).collect();
    assert_eq!(kinds, ["approve", "approve", "flag", "comment"]);
    // Another docket of the same person finds it again; nobody else sees it.
    let mut again = sit(&path);
    assert_eq!(again.session.desk.private(Some(meeting)).unwrap().0, queue);
    again.keys("g m");
    assert!(again.session.model.meeting_screen().unwrap().agenda.items.iter().all(|i| i.opinions.approve.is_empty()));
    hands.keys("B").text("Read on the train.").keys("ctrl-s");
    let record = hands.session.desk.of_the_record().unwrap();
    assert_eq!(record.opinions.iter().filter(|o| o.meeting == Some(meeting)).count(), 4, "{}", hands.said());
    assert!(hands.session.desk.private(Some(meeting)).unwrap().0.is_empty());
    let written = hands.session.desk.store().unwrap().written_in(meeting).unwrap();
    let said: Vec<_> = written.iter().filter(|e| e.kind.starts_with("opinion.")).collect();
    assert!(said.iter().all(|e| e.cmd == said[0].cmd && e.body.why == "Read on the train."), "one act, one note");
}

#[test]
fn what_waits_to_be_said_waits_for_its_own_meeting() {
    let folder = tempfile::tempdir().unwrap();
    let path = waiting(folder.path(), 2);
    let mut hands = sit(&path);
    let meeting = planned(&mut hands.session.desk, 1);
    hands.keys("g m p");
    assert_eq!(hands.session.desk.private(Some(meeting)).unwrap().0.len(), 1, "{}", hands.said());
    // That meeting is called off; the next one has no opinion of the first.
    let off = MeetingAct::Cancel(meeting, "The room is taken.".into());
    hands.session.desk.meet(Role::Signoff, off).unwrap();
    let next = planned(&mut hands.session.desk, 1);
    hands.keys("g b g m");
    assert_eq!(hands.session.model.meeting_screen().unwrap().meeting(), Some(next));
    assert!(hands.session.model.meeting_screen().unwrap().private.queue.is_empty(), "{}", hands.said());
    hands.keys("B");
    assert!(hands.said().starts_with("Nothing waits to be said"), "{}", hands.said());
    // What is meant for the next one leaves what waited for the first alone.
    hands.keys("p");
    assert_eq!(hands.session.desk.private(Some(next)).unwrap().0.len(), 1);
    assert_eq!(hands.session.desk.private(Some(meeting)).unwrap().0.len(), 1);
    // A queue that an older docket kept was for whatever meeting came next.
    let older = r#"[[["decide/x","flag","Wait.",""]],{"decide/x":"seen"}]"#;
    hands.session.desk.keep_draft("agenda", older).unwrap();
    let (queue, read) = hands.session.desk.private(Some(next)).unwrap();
    assert_eq!((queue.len(), queue[0].text.as_str(), read.len()), (1, "Wait.", 1));
}

#[test]
fn an_item_is_unread_until_it_is_opened_and_again_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut hands = sit(&waiting(folder.path(), 2));
    planned(&mut hands.session.desk, 1);
    hands.keys("g m j k");
    let unread = |hands: &crate::hands::Hands| {
        let screen = hands.session.model.meeting_screen().unwrap();
        screen.agenda.items.iter().filter(|item| screen.is_unread(item)).count()
    };
    assert_eq!(unread(&hands), 2, "to pass over it is not to open it");
    hands.keys("enter");
    assert_eq!(unread(&hands), 1);
    hands.keys("w").text("A thought.").keys("ctrl-s B ctrl-s");
    assert_eq!(unread(&hands), 2, "{}: what was said since is new", hands.said());
}

#[test]
fn consent_takes_what_is_pre_approved_now_and_leaves_what_was_flagged_a_moment_ago() {
    let folder = tempfile::tempdir().unwrap();
    let path = waiting(folder.path(), 3);
    let mut desk = sit(&path).session.desk;
    let meeting = planned(&mut desk, 1);
    let (agenda, _) = desk.agenda(None).unwrap();
    let said = |at: usize, sort, text: &str| {
        let item = &agenda.items[at];
        Opined { key: item.key.clone(), sort, text: text.into(), seen: item.content.clone() }
    };
    let all = (0..3).map(|at| said(at, OpinionKind::Approve, "")).collect();
    desk.meet(Role::Signoff, MeetingAct::Opine(meeting, all, "".into())).unwrap();
    let nothing_yet = desk.take_consent(meeting);
    assert!(matches!(nothing_yet, Err(Trouble::Refused(ref r)) if r.rule == Rule::WrongState), "{nothing_yet:?}");
    desk.meet(Role::Signoff, MeetingAct::Open(meeting)).unwrap();
    desk.sit_in(Some(meeting));
    let flag = vec![said(1, OpinionKind::Flag, "Wait.")];
    desk.meet(Role::Signoff, MeetingAct::Opine(meeting, flag, "".into())).unwrap();
    desk.take_consent(meeting).unwrap();
    let (after, _) = desk.agenda(None).unwrap();
    let done = after.items.iter().filter(|item| item.state == ItemState::Done).count();
    assert_eq!((done, after.items.iter().filter(|item| item.state == ItemState::Flagged).count()), (2, 1));
    // Each is decided as it was proposed, valid for a year, and its record is kept as printed.
    for item in after.items.iter().filter(|item| item.state == ItemState::Done) {
        let dossier = desk.dossier(item.system.as_ref().unwrap().0).unwrap();
        let made = dossier.decided().unwrap();
        assert!(made.rationale.as_str().starts_with("By consent") && made.valid_until.is_some());
        assert!(!made.record_json.0.is_empty() && !made.record_text.0.is_empty());
    }
    assert!(desk.take_consent(meeting).is_err(), "nothing is left to take");
}

#[test]
fn consent_needs_the_quorum_as_any_decision_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = sit(&waiting(folder.path(), 1)).session.desk;
    let meeting = planned(&mut desk, 2);
    desk.meet(Role::Signoff, MeetingAct::Open(meeting)).unwrap();
    desk.sit_in(Some(meeting));
    let system = Id([1; 16]);
    let hold = Command::Decide {
        decision: docket::domain::decision::Decision::Hold,
        rationale: "Not now.".into(),
        conditions: vec![],
        valid_until: None,
    };
    match desk.execute(Some(system), Role::Signoff, &hold) {
        Err(Trouble::Refused(refused)) => assert_eq!(refused.rule, Rule::NoQuorum),
        other => panic!("{other:?}"),
    }
    desk.sit_in(None);
    desk.execute(Some(system), Role::Signoff, &hold).unwrap();
}

#[test]
fn the_second_screen_follows_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = waiting(folder.path(), 3);
    let mut hands = sit(&path);
    hands.keys("g m o >");
    let mut second = docket::tui::following(sit(&path).session).unwrap();
    second.model.record.read_only = Some("this is the second screen of a meeting".into());
    let on = |hands: &crate::hands::Hands| {
        hands.session.model.meeting_screen().unwrap().agenda.current().unwrap().key.clone()
    };
    let shown =
        |second: &docket::tui::Session| second.model.meeting_screen().unwrap().shown_item().unwrap().key.clone();
    assert_eq!(shown(&second), on(&hands));
    hands.keys(">");
    assert!(second.desk.changed_elsewhere());
    let today = second.model.today;
    feed(&mut second, None, Msg::Stale(today));
    assert_eq!(shown(&second), on(&hands), "it follows");
    let before = second.desk.store().unwrap().head().unwrap();
    let mut there = crate::hands::Hands { session: second, pressed: 0, in_the_worn_hat: false };
    there.keys("> d c s space p x C y");
    assert_eq!(there.session.desk.store().unwrap().head().unwrap(), before, "no key changes anything");
}
