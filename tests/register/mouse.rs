//! Clicks: on rows, tabs, hints and lists, found where the screen says they are.

use docket::{
    app::{Overlay, Screen, system::Tab},
    domain::{Kind, people::Role},
    keymap::Chord,
    tui::click,
    ui::{
        self,
        part::{Spot, Target},
    },
};

use crate::hands::Hands;

/// Where things can be clicked on now.
fn spots(hands: &Hands) -> Vec<Spot> {
    let session = &hands.session;
    ui::spots(&session.model, &session.keymap, session.model.size)
}

/// Clicks on the first place that is meant.
#[track_caller]
fn click_on(hands: &mut Hands, meant: impl Fn(Target) -> bool) {
    let all = spots(hands);
    let spot =
        all.iter().rev().find(|spot| meant(spot.target)).unwrap_or_else(|| panic!("nothing to click on: {all:?}"));
    click(&mut hands.session, None, (spot.area.x, spot.area.y));
}

fn row(wanted: usize) -> impl Fn(Target) -> bool {
    move |target| matches!(target, Target::Row { at, .. } if at == wanted)
}

fn key(text: &str) -> impl Fn(Target) -> bool {
    let chord = Chord::parse(text).unwrap();
    move |target| target == Target::Key(chord)
}

/// The index of the selected row, as the screen draws it.
fn selected(hands: &Hands) -> Option<usize> {
    spots(hands).iter().rev().find_map(|spot| match spot.target {
        Target::Row { selected, .. } => Some(selected),
        Target::Key(_) | Target::Does(_) => None,
    })
}

fn with_threats() -> Hands {
    let mut hands = Hands::sit_in_one_hat();
    let system = hands.system(&[("name", "Claims assistant")]);
    for title in ["One", "Two", "Three", "Four"] {
        hands.add(system, Role::Security, Kind::Threat, &[("title", title)]);
    }
    hands.open(system).keys("3");
    hands
}

#[test]
fn a_click_selects_a_row_and_a_second_one_goes_in() {
    let mut hands = with_threats();
    let rows: Vec<usize> = spots(&hands)
        .iter()
        .filter_map(|spot| match spot.target {
            Target::Row { at, .. } => Some(at),
            Target::Key(_) | Target::Does(_) => None,
        })
        .collect();
    assert!(rows.len() >= 4, "{rows:?}");
    for wanted in rows.into_iter().rev() {
        click_on(&mut hands, row(wanted));
        assert_eq!(selected(&hands), Some(wanted));
        assert!(hands.session.model.overlays.is_empty(), "the first click opens nothing");
    }
    let now = selected(&hands).unwrap();
    click_on(&mut hands, row(now));
    assert!(!hands.session.model.overlays.is_empty(), "the second one is Enter");
}

#[test]
fn tabs_and_hints_are_their_keys() {
    let mut hands = with_threats();
    let Screen::System(screen) = &hands.session.model.screen else { panic!("a system") };
    assert_eq!(screen.tab, Tab::Threats);
    click_on(&mut hands, |target| target == Target::Does(docket::keymap::Action::TabFour));
    let Screen::System(screen) = &hands.session.model.screen else { panic!("a system") };
    assert_eq!(screen.tab, Tab::Controls);
    hands.keys("g");
    click_on(&mut hands, key("k"));
    let Screen::System(screen) = &hands.session.model.screen else { panic!("a system") };
    assert_eq!(screen.tab, Tab::Checklist);
    click_on(&mut hands, key("?"));
    assert!(matches!(hands.session.model.overlays.last(), Some(Overlay::Palette(_))));
}

#[test]
fn what_lies_below_a_list_cannot_be_clicked_on() {
    let mut hands = with_threats();
    let below = spots(&hands).into_iter().find(|spot| matches!(spot.target, Target::Does(_))).unwrap();
    hands.keys(":");
    click(&mut hands.session, None, (below.area.x, below.area.y));
    assert!(matches!(hands.session.model.overlays.last(), Some(Overlay::Palette(_))), "the tab below is out of reach");
    click_on(&mut hands, row(2));
    assert_eq!(selected(&hands), Some(2));
}

#[test]
fn a_click_writes_nothing_into_a_field() {
    let mut hands = with_threats();
    hands.keys("n").text("half a word");
    let before = hands.session.model.writing().map(docket::app::form::Form::to_draft);
    assert!(before.as_ref().is_some_and(|draft| draft.contains("half a word")), "{before:?}");
    for spot in spots(&hands).into_iter().filter(|spot| matches!(spot.target, Target::Key(chord) if chord.is_text())) {
        click(&mut hands.session, None, (spot.area.x, spot.area.y));
    }
    assert_eq!(hands.session.model.writing().map(docket::app::form::Form::to_draft), before);
}
