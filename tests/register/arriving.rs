//! Enter on what waits for somebody, on the board: it leads to the place that mends it, whatever it is.

use std::collections::BTreeSet;

use docket::{
    app::{Screen, board::Board},
    desk::Desk,
    domain::decision::{LegState, Mend, Place, leg},
};

use crate::hands::Hands;

/// A chair at the sample portfolio, where everybody has next steps.
fn at_the_sample() -> Hands {
    let mut hands = Hands::sit();
    hands.session.desk = Desk::sample(None).unwrap();
    hands.session.model.me = hands.session.desk.seat(None).unwrap();
    hands
}

/// The board of whoever sits there, with nothing open; says how many steps wait.
fn to_the_board(hands: &mut Hands) -> usize {
    let page = hands.session.desk.board(0).unwrap();
    let steps = page.steps.len();
    hands.session.model.overlays.clear();
    hands.session.model.notice = None;
    hands.session.model.screen = Screen::Board(Board::new(page));
    steps
}

#[test]
fn every_step_of_everybody_leads_to_its_place_and_does_nothing_yet() {
    let mut hands = at_the_sample();
    let entries = |hands: &Hands| hands.session.desk.store().unwrap().log_length(None).unwrap();
    let before = entries(&hands);
    let mut seen = BTreeSet::new();
    let people = hands.session.desk.store().unwrap().people().unwrap().people;
    for person in &people {
        hands.session.desk.sit(person.name.as_str()).unwrap();
        hands.session.model.me = hands.session.desk.seat(None).unwrap();
        for at in 0..to_the_board(&mut hands) {
            to_the_board(&mut hands);
            hands.keys(&"down ".repeat(at));
            let Screen::Board(board) = &hands.session.model.screen else { unreachable!("moving stays on the board") };
            let what = board.chosen_step().unwrap().2.what.clone();
            hands.keys("enter");
            let model = &hands.session.model;
            let Screen::System(screen) = &model.screen else { panic!("{what} of {} leads nowhere", person.name) };
            let told = model.notice.is_some() || !model.overlays.is_empty();
            assert!(told || screen.selected().is_some(), "{what} of {} leads to nothing", person.name);
            seen.insert(what);
        }
    }
    assert_eq!(entries(&hands), before, "going somewhere writes nothing");
    assert!(seen.iter().any(|what| what.starts_with("Confirm or return")), "the one that did something");
    assert!(seen.len() > 30, "the sample has {} different steps", seen.len());
}

#[test]
fn a_hand_off_that_was_sent_is_received_by_the_next_enter() {
    let mut hands = at_the_sample();
    let steps = to_the_board(&mut hands);
    let sent = |hands: &Hands| {
        let Screen::Board(board) = &hands.session.model.screen else { return None };
        match Place::parse(&board.chosen_step()?.2.place)?.mend {
            Mend::Confirm(step) => Some(step),
            _ => None,
        }
    };
    let sent = (0..steps).find_map(|_| sent(&hands).or_else(|| sent(hands.keys("down")))).unwrap();
    hands.keys("enter");
    assert!(hands.said().starts_with("Enter receives it"), "{}", hands.said());
    hands.keys("enter");
    let said = hands.said().to_owned();
    let screen = hands.session.model.system().unwrap();
    assert!(leg(&screen.dossier, sent, docket::clock::today()).state == LegState::Received, "{said}");
}
