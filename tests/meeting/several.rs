//! Two people in one record during a meeting.

use crate::keys::{sit, waiting};
use docket::{
    app::{Msg, Overlay, difference::Line},
    desk::{Desk, Paths, Trouble},
    domain::{
        Id, Kind, Prose, Rule,
        command::Command,
        meeting::{ItemState, MeetingAct},
        people::Role,
        value::Value,
    },
    tui::feed,
};

fn colleague(path: &std::path::Path) -> Desk {
    let mut desk = Desk::open(Paths { record: path.to_owned(), state: None }, false).unwrap();
    desk.sit("Uma Universal").unwrap();
    desk
}

fn decide(rationale: &str) -> Command {
    Command::Decide {
        decision: docket::domain::decision::Decision::Hold,
        rationale: rationale.into(),
        conditions: vec![],
        valid_until: None,
    }
}

#[test]
fn what_one_decides_the_other_sees_and_what_changed_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = waiting(folder.path(), 2);
    let mut hands = sit(&path);
    hands.keys("g m o >");
    let screen = hands.session.model.meeting_screen().unwrap();
    let on = screen.agenda.current().unwrap().system.clone().unwrap().0;
    let other = Id([if on == Id([1; 16]) { 2 } else { 1 }; 16]);
    // A colleague decides the other one and rewords a threat of the one that is on.
    let mut theirs = colleague(&path);
    theirs.execute(Some(other), Role::Signoff, &decide("Not now.")).unwrap();
    let threat = theirs.dossier(on).unwrap().threats[1].id;
    let set = vec![("likelihood".to_owned(), Value::Int(2))];
    let edit = Command::Edit { kind: Kind::Threat, id: threat, set, why: Prose::default() };
    theirs.execute(Some(on), Role::Security, &edit).unwrap();
    // What tells of it within a second is asked at every pause between keys.
    assert!(hands.session.desk.changed_elsewhere(), "the file says that somebody wrote");
    let today = hands.session.model.today;
    feed(&mut hands.session, None, Msg::Stale(today));
    let items = &hands.session.model.meeting_screen().unwrap().agenda.items;
    let gone = items.iter().find(|item| item.system.as_ref().is_some_and(|(id, _)| *id == other));
    assert!(gone.is_none_or(|item| item.state == ItemState::Done), "their decision is seen");
    // A decision on what has changed since it was taken up is asked again, and told what changed.
    let desk = &mut hands.session.desk;
    let refused = match desk.execute(Some(on), Role::Signoff, &decide("Too early.")) {
        Err(Trouble::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused.rule, Rule::ChangedSince);
    assert!(refused.says.contains("Likelihood"), "{}", refused.says);
    assert!(desk.dossier(on).unwrap().decided().is_none());
    desk.execute(Some(on), Role::Signoff, &decide("Too early.")).unwrap();
    assert!(desk.dossier(on).unwrap().decided().is_some());
}

/// With keys: the sheet is filled in, somebody changes what it is about, and both sides are shown before it is asked again.
#[test]
fn what_changed_under_a_filled_in_sheet_is_shown_side_by_side_and_the_sheet_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = waiting(folder.path(), 1);
    let mut hands = sit(&path);
    hands.keys("g m o > d h tab").text("Too early.").keys("tab tab tab").text("UU");
    let on = Id([1; 16]);
    let mut theirs = colleague(&path);
    let threat = theirs.dossier(on).unwrap().threats[1].clone();
    let set = vec![("title".to_owned(), Value::from("Wrong answers to members"))];
    let edit = Command::Edit { kind: Kind::Threat, id: threat.id, set, why: Prose::default() };
    theirs.execute(Some(on), Role::Security, &edit).unwrap();
    hands.keys("ctrl-s");
    let shown = match hands.session.model.overlays.last() {
        Some(Overlay::Difference(shown)) => shown.lines(110),
        other => panic!("{other:?}: {}", hands.said()),
    };
    let both = |line: &Line| matches!(line, Line::Both(_, was, is) if was == threat.title.as_str() && is == "Wrong answers to members");
    assert!(shown.iter().any(both), "{shown:#?}");
    assert!(theirs.dossier(on).unwrap().decided().is_none());
    // The sheet below is as it was filled in, and says why; the same key decides on what was read now.
    hands.keys("esc ctrl-s");
    let made = theirs.dossier(on).unwrap().decided().cloned().expect("decided at the second time");
    assert_eq!(made.rationale.as_str(), "Too early.");
}

/// Who may decide is asked of the rows that the decision is written beside, not of what was on the screen.
#[test]
fn the_leave_of_the_meeting_is_asked_in_the_transaction_of_the_decision() {
    let folder = tempfile::tempdir().unwrap();
    let path = waiting(folder.path(), 1);
    let mut hands = sit(&path);
    hands.keys("g m o >");
    let meeting = hands.session.model.meeting_screen().unwrap().running().unwrap();
    let mut theirs = colleague(&path);
    theirs.meet(Role::Signoff, MeetingAct::Change(meeting, fields(&[("quorum_reason", "All of us.")], 2))).unwrap();
    // Nothing was read again here since.
    match hands.session.desk.execute(Some(Id([1; 16])), Role::Signoff, &decide("Now.")) {
        Err(Trouble::Refused(refused)) => assert_eq!(refused.rule, Rule::NoQuorum, "{}", refused.says),
        other => panic!("{other:?}"),
    }
}

fn fields(set: &[(&str, &str)], quorum: i64) -> Vec<(String, Value)> {
    let texts = set.iter().map(|(field, text)| ((*field).to_owned(), Value::from(*text)));
    texts.chain([("quorum".to_owned(), Value::Int(quorum))]).collect()
}
