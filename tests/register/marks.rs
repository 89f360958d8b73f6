//! Marking all that fit over all systems: however many there are, all of them, and one undo takes it back.

use std::collections::BTreeSet;

use docket::{
    app::{
        Overlay, Screen,
        across::{AcrossScreen, Marks},
    },
    domain::{
        Id, Kind,
        command::Command,
        page::{MARKS, TAKEN_BACK},
        people::Role,
        register::Treatment,
        value::Value,
    },
    tui::feed,
};

use crate::hands::Hands;

fn screen(hands: &mut Hands) -> &mut AcrossScreen {
    match &mut hands.session.model.screen {
        Screen::AllThreats(screen) => screen,
        _ => panic!("the register over all systems is not open"),
    }
}

fn wait(hands: &mut Hands) {
    while hands.session.desk.looking() {
        feed(&mut hands.session, None, docket::app::Msg::GoOn);
    }
}

fn filled(hands: &mut Hands, name: &str, count: usize) -> Id {
    let system = hands.system(&[("name", name)]);
    let set = |n: usize| vec![("title".to_owned(), Value::from(format!("{name} {n}").as_str()))];
    let sets = (0..count).map(set).collect();
    hands.done(system, Role::Security, &Command::AddAll { kind: Kind::Threat, sets });
    system
}

fn mitigated(hands: &Hands, system: Id) -> usize {
    let dossier = hands.dossier(system);
    dossier.live_threats().filter(|threat| threat.treated() == Treatment::Mitigate).count()
}

#[test]
fn more_than_can_be_marked_one_by_one_are_marked_changed_and_taken_back_at_once() {
    let mut hands = Hands::sit();
    let each = MARKS / 2 + 100;
    let (one, two) = (filled(&mut hands, "One", each), filled(&mut hands, "Two", each));
    hands.keys("g t");
    wait(&mut hands);
    hands.keys("V");
    assert!(screen(&mut hands).marked.is_all());
    assert_eq!(screen(&mut hands).chosen_count(), 2 * each);
    hands.keys("space");
    assert_eq!(screen(&mut hands).chosen_count(), 2 * each - 1, "one is left out");
    hands.keys("t m");
    assert!(hands.said().contains(&format!("{} threats of 2 systems", 2 * each - 1)), "{}", hands.said());
    assert_eq!(mitigated(&hands, one) + mitigated(&hands, two), 2 * each - 1);
    assert!(screen(&mut hands).marked.is_empty(), "what was meant is done");
    hands.keys("u");
    assert_eq!(mitigated(&hands, one) + mitigated(&hands, two), 0, "{}", hands.said());
    wait(&mut hands);
    hands.keys("V /").text("One").keys("enter");
    assert!(screen(&mut hands).marked.is_empty(), "something else is asked for");
    wait(&mut hands);
    hands.keys("V");
    assert!(!screen(&mut hands).marked.is_all(), "so few are marked one by one");
    assert_eq!(screen(&mut hands).chosen_count(), each);
}

#[test]
fn what_one_undo_does_not_take_back_is_asked_about() {
    let mut hands = Hands::sit();
    let system = filled(&mut hands, "One", 3);
    hands.keys("g t");
    wait(&mut hands);
    let many = |hands: &mut Hands| {
        screen(hands).marked = Marks::AllBut(BTreeSet::new());
        screen(hands).matches = TAKEN_BACK + 1;
    };
    many(&mut hands);
    hands.keys("t m");
    assert!(matches!(hands.session.model.overlays.last(), Some(Overlay::Confirm(_))), "{}", hands.said());
    hands.keys("esc");
    assert_eq!(mitigated(&hands, system), 0, "nothing is done without a yes");
    hands.keys("t m y");
    assert_eq!(mitigated(&hands, system), 3, "{}", hands.said());
    many(&mut hands);
    hands.keys("t a");
    assert!(matches!(hands.session.model.overlays.last(), Some(Overlay::Confirm(_))), "every time");
}
