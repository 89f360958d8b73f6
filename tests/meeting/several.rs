//! Two people in one record during a meeting.

use crate::keys::{sit, waiting};
use docket::{
    app::Msg,
    desk::{Desk, Paths, Trouble},
    domain::{Id, Kind, Prose, Rule, command::Command, meeting::ItemState, people::Role, value::Value},
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
