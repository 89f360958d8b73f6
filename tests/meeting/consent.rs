//! The consent block: each item for itself, in one act.

use crate::{
    keys::sit,
    support::{Data, Desk as Bench, edit, text},
};
use docket::{
    desk::Trouble,
    domain::{
        Id, Kind,
        meeting::{AgendaSection, ItemRef, MeetingAct, Opined, OpinionKind, Placing},
        people::Role,
    },
};

#[test]
fn what_a_rule_refuses_stays_on_the_agenda_and_keeps_no_other_from_being_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.docket");
    let (desks, known) = Bench::of_one_in_each(3);
    for (at, mut bench) in desks.into_iter().enumerate() {
        bench.ready(Data::Internal);
        if at == 1 {
            // Its draft wants a condition and names none: what follows from it is refused, whatever the others are.
            let draft = edit(Kind::Review, bench.review(), [("draft", text("conditional"))]);
            bench.must(Role::Governance, draft).mend_all();
        }
        bench.write(&path, if at == 0 { 0 } else { known });
    }
    let mut hands = sit(&path);
    hands.keys("g m o");
    let screen = hands.session.model.meeting_screen().unwrap();
    let meeting = screen.running().unwrap();
    let block: Vec<_> = screen.agenda.items.iter().filter(|item| item.system.is_some()).cloned().collect();
    assert_eq!(block.len(), 3);
    let desk = &mut hands.session.desk;
    for item in &block {
        let kept = ItemRef {
            key: item.key.clone(),
            title: item.title().as_str().into(),
            about: item.system.as_ref().map(|(id, _)| *id),
        };
        let section = Some(AgendaSection::Consent);
        desk.meet(Role::Signoff, MeetingAct::Place(meeting, kept, Placing { section, ..Placing::default() })).unwrap();
        let seen = item.content.clone();
        let said = Opined { key: item.key.clone(), sort: OpinionKind::Approve, text: "".into(), seen };
        desk.meet(Role::Signoff, MeetingAct::Opine(meeting, vec![said], "".into())).unwrap();
    }
    let broken = Id([2; 16]);
    let decided = |desk: &docket::desk::Desk, id: Id| desk.dossier(id).unwrap().decided().is_some();
    let says = desk.take_consent(meeting);
    let (one, three) = (Id([1; 16]), Id([3; 16]));
    let says = says.unwrap();
    assert!(says.starts_with("2 items were taken by consent. 1 item stays on the agenda."), "{says}");
    let left = block.iter().find(|item| item.system.as_ref().is_some_and(|(id, _)| *id == broken)).unwrap();
    assert!(says.contains(&left.title()) && says.contains("name at least one condition"), "{says}");
    assert!(decided(desk, one) && decided(desk, three) && !decided(desk, broken));
    // Alone it takes nothing and says why, and nothing of it is in the record.
    let before = desk.store().unwrap().head().unwrap().0;
    match desk.take_consent(meeting) {
        Err(Trouble::Refused(refusal)) => assert!(refusal.says.starts_with("Nothing was taken."), "{}", refusal.says),
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.store().unwrap().head().unwrap().0, before);
    assert!(desk.verify().unwrap().problems.is_empty());
}
