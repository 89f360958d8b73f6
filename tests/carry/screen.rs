//! The screen on which what both sides changed is decided, with real keys on a real record.

use docket::{
    app::{Model, Overlay, Screen, board::Board},
    domain::merging::Side,
    keymap::Keymap,
    tui::Session,
};

use crate::{
    HAT, Place,
    hands::Hands,
    merge::{Two, set},
    problems,
    support::{Data, text},
};
use docket::domain::people::Role;

/// Somebody at the board of a record.
pub fn sit(place: &Place, name: &str, person: docket::domain::Id) -> Hands {
    let desk = place.desk(name, person);
    let mut model = Model::new((120, 36), docket::clock::today());
    model.me = desk.seat(Some(HAT)).unwrap();
    model.screen = Screen::Board(Board::new(desk.board(0).unwrap()));
    let session = Session::new(model, Keymap::default(), desk);
    Hands { session, pressed: 0, in_the_worn_hat: true }
}

fn sides(hands: &Hands) -> Vec<Option<Side>> {
    match hands.session.model.overlays.last() {
        Some(Overlay::Merge(merge)) => merge.sides.clone(),
        other => panic!("no bundle is shown: {other:?}, {}", hands.said()),
    }
}

#[test]
fn everything_is_decided_by_key_before_anything_is_written() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let (first, second) = (two.here.threat(1), two.here.threat(2));
    for (threat, name) in [(first, "first"), (second, "second")] {
        set(&mut two.here, Role::Security, threat, "title", text(&format!("Ours, {name}")));
        set(&mut two.there, Role::Security, threat, "title", text(&format!("Theirs, {name}")));
    }
    two.send_back();
    let before = two.place.whole("home.docket");
    let mut hands = sit(&two.place, "home.docket", two.me);
    hands.keys("i").text(two.place.at("back.bundle").to_str().unwrap()).keys("enter");
    assert_eq!(sides(&hands), [None, None]);
    hands.keys("ctrl-s");
    assert!(hands.said().contains("2 are not decided yet"), "{}", hands.said());
    hands.keys("t");
    assert_eq!(sides(&hands), [Some(Side::Theirs), None]);
    hands.keys("ctrl-s");
    assert!(hands.said().contains("One is not decided yet"), "{}", hands.said());
    // Leaving it writes nothing.
    hands.keys("esc");
    assert_eq!(two.place.whole("home.docket"), before);
    hands.keys("i").text(two.place.at("back.bundle").to_str().unwrap()).keys("enter O");
    assert_eq!(sides(&hands), [Some(Side::Ours), Some(Side::Ours)]);
    hands.keys("up up t ctrl-s");
    assert_eq!(two.place.whole("home.docket"), before, "the key that asks never does");
    hands.keys("y");
    assert!(hands.said().contains("Taken in"), "{}", hands.said());
    assert!(hands.session.model.overlays.is_empty());
    let titles: Vec<_> =
        hands.dossier(two.here.system()).threats.iter().map(|threat| threat.title.to_string()).collect();
    let theirs = titles.iter().filter(|title| title.starts_with("Theirs, ")).count();
    let ours = titles.iter().filter(|title| title.starts_with("Ours, ")).count();
    assert_eq!((theirs, ours), (1, 1), "{titles:?}");
    drop(hands);
    assert_eq!(problems(&two.place.at("home.docket")), Vec::<String>::new());
    // The same bundle once more: nothing to decide, nothing to do.
    let mut hands = sit(&two.place, "home.docket", two.me);
    hands.keys("i").text(two.place.at("back.bundle").to_str().unwrap()).keys("enter");
    assert!(hands.said().contains("nothing has changed"), "{}", hands.said());
}
