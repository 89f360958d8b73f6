//! The numbers on the pictures of a system, and the rows that Enter opens for each of them.

#![allow(clippy::unwrap_used, reason = "tests may")]

#[allow(dead_code, reason = "the scenes of another test program")]
#[path = "screens/paper.rs"]
mod paper;
#[allow(dead_code, reason = "the scenes of another test program")]
#[path = "screens/sample.rs"]
mod sample;

use docket::{
    app::{
        Effect, Model, Msg, Screen,
        across::Look,
        pictures::{By, Opens, Picture, Pictures},
        system::{SystemScreen, Tab},
        update,
    },
    domain::{
        Dossier, Id, Kind,
        fields::Vocabulary,
        page::{Query, Which},
        register::{Group, Scale, Treatment},
        value::Value,
    },
    keymap::{Action, Keymap},
    ui::theme::{Mode, Theme},
};
use proptest::prelude::*;

fn press(model: &mut Model, action: Action) -> Option<Effect> {
    update(model, &Keymap::default(), Msg::Act(action))
}

fn risk(dossier: Dossier) -> Model {
    let mut model = sample::system((80, 24), Tab::Risk);
    let mut screen = SystemScreen::new(sample::opened(dossier), sample::today());
    screen.show(Tab::Risk, sample::today());
    model.screen = Screen::System(Box::new(screen));
    model
}

fn screen(model: &mut Model) -> &mut SystemScreen {
    match &mut model.screen {
        Screen::System(screen) => screen,
        _ => unreachable!("a system is open"),
    }
}

/// How many rows Enter opens for the number under the cursor; the pictures are open again afterwards.
fn opened(model: &mut Model) -> usize {
    assert_eq!(press(model, Action::Open), None);
    let screen = screen(model);
    let rows = if screen.tab == Tab::Threats { screen.rows.len() } else { 0 };
    screen.only = None;
    screen.show(Tab::Risk, sample::today());
    rows
}

fn pictures(model: &mut Model) -> &mut Pictures {
    &mut screen(model).pictures
}

/// Puts the cursor on each number in turn, and compares it with the rows behind it. Of a day that is over the rows are
/// in the journal; see the tests of the record.
fn every_number_has_its_rows(model: &mut Model) {
    for scale in Scale::ALL {
        let places = (1..=5).flat_map(|l| (1..=5).map(move |i| (l, i))).chain([(0, 1)]);
        for place in places {
            (pictures(model).focus, pictures(model).scale, pictures(model).place) = (Picture::Matrix, scale, place);
            agree(model);
        }
        for by in [By::Level, By::Category, By::Treatment, By::Component, By::Status] {
            (pictures(model).focus, pictures(model).by) = (Picture::Bars, by);
            screen(model).refill(sample::today());
            for at in 0..pictures(model).album.bars.len() {
                pictures(model).bar.select(at);
                agree(model);
            }
        }
    }
    pictures(model).focus = Picture::List;
    for at in 0..pictures(model).album.list.len() {
        pictures(model).entry.select(at);
        agree(model);
    }
    (pictures(model).focus, pictures(model).point) = (Picture::Trend, docket::app::list::Selection::new(usize::MAX));
    agree(model);
}

fn agree(model: &mut Model) {
    let under = pictures(model).under().unwrap();
    assert_eq!(opened(model), under.count as usize, "{}", under.says);
}

#[test]
fn every_number_of_the_sample_opens_its_rows() {
    every_number_has_its_rows(&mut risk(sample::copilot()));
    every_number_has_its_rows(&mut risk(Dossier { subject: Some(Id([9; 16])), ..Dossier::default() }));
}

/// A register of threats with and without scores, treatments and names, under controls that work or not.
fn register() -> impl Strategy<Value = Dossier> {
    let score = || prop_oneof![1 => Just(0i64), 6 => 1i64..6];
    let threat = (score(), score(), score(), 0usize..8, 0usize..4, any::<bool>());
    let threats = proptest::collection::vec(threat, 0..30);
    threats.prop_map(|all| {
        let mut dossier = sample::copilot();
        for (at, (likelihood, impact, now, treatment, name, archived)) in (0u8..).zip(all) {
            let threat = dossier.entry(Kind::Threat, Id([at + 50; 16]));
            let mut put = |field, value: Value| assert!(threat.put(field, &value));
            put("number", Value::Int(i64::from(at) + 100));
            for (field, score) in [("likelihood", likelihood), ("impact", impact), ("now_impact", now)] {
                put(field, if score == 0 { Value::Null } else { Value::Int(score) });
            }
            let treatment = Treatment::ALL.get(treatment).map(|one| one.code());
            put("treatment", treatment.map_or(Value::Null, Value::from));
            put("category", Value::from(["", "Theft", "Injection", "theft"][name]));
            put("component", Value::from(["Index", "", "Agent", "Index"][name]));
            put("archived", if archived && at % 3 == 0 { Value::Int(1) } else { Value::Null });
        }
        dossier
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_number_of_any_register_opens_its_rows(dossier in register()) {
        let mut model = risk(dossier);
        every_number_has_its_rows(&mut model);
        let sum: u32 = pictures(&mut model).album.points.last().unwrap().levels.all();
        let places: u32 = pictures(&mut model).album.tally.places[1].iter().flatten().sum();
        prop_assert_eq!(sum, places + pictures(&mut model).album.tally.unscored);
    }
}

#[test]
fn a_number_opens_exactly_its_threats_and_esc_brings_back_the_others() {
    let mut model = risk(sample::copilot());
    let count = pictures(&mut model).under().unwrap().count as usize;
    assert!(count > 0);
    assert_eq!(press(&mut model, Action::Open), None);
    let text = paper::shown(&model, Theme::default());
    assert!(text.contains(&format!(": {count} of ")) && text.contains("Esc clears"), "{text}");
    assert_eq!((screen(&mut model).tab, screen(&mut model).rows.len()), (Tab::Threats, count));
    assert_eq!(press(&mut model, Action::Back), None);
    assert!(screen(&mut model).rows.len() > count && screen(&mut model).only.is_none());
    assert_eq!(press(&mut model, Action::Back), Some(Effect::Board(0)), "one more goes up as it did");
}

#[test]
fn a_day_that_is_over_is_asked_of_the_journal_and_nothing_opens_nothing() {
    let mut model = risk(sample::copilot());
    pictures(&mut model).focus = Picture::Trend;
    assert_eq!(press(&mut model, Action::Left), None);
    let day = sample::today().plus(-7);
    assert_eq!(press(&mut model, Action::Open), Some(Effect::Threats(Id([9; 16]), Group::Then(day))));
    (pictures(&mut model).focus, pictures(&mut model).place) = (Picture::Matrix, (1, 1));
    assert_eq!(press(&mut model, Action::Open), None);
    assert!(model.notice.as_ref().unwrap().text.contains("nothing to open"));
    assert_eq!(press(&mut model, Action::Filter), None);
    assert!(model.overlays.is_empty() && model.notice.is_some());
}

#[test]
fn the_numbers_of_the_portfolio_ask_for_their_threats() {
    let mut model = sample::portfolio((80, 24));
    let asked = press(&mut model, Action::Open);
    let wanted = |query: &Query| matches!(query.which, Which::Place(Scale::Now, ..)) || query.unscored;
    assert!(matches!(&asked, Some(Effect::AllThreats(Look::New(query), _)) if wanted(query)), "{asked:?}");
    assert_eq!(press(&mut model, Action::Back), Some(Effect::Portfolio), "Esc comes back to the pictures");
    press(&mut model, Action::NextPane);
    let asked = press(&mut model, Action::Open);
    assert!(matches!(asked, Some(Effect::Threats(_, Group::Open))), "{asked:?}");
    assert_eq!(press(&mut model, Action::Back), Some(Effect::Board(0)));
    let mut model = sample::behind((80, 24));
    let asked = press(&mut model, Action::Open);
    assert_eq!(asked, Some(Effect::Threats(Id([10; 16]), Group::Place(Scale::Now, 4, 5))));
    assert_eq!(press(&mut model, Action::Back), Some(Effect::Board(0)));
}

#[test]
fn without_colour_and_in_ascii_the_pictures_say_the_same() {
    let looks = [(Mode::Auto, false), (Mode::None, false), (Mode::None, true)];
    for size in [(80, 24), (120, 36), (160, 45)] {
        for (name, model) in [("risk", sample::system(size, Tab::Risk)), ("portfolio", sample::portfolio(size))] {
            let shown = looks.map(|(mode, ascii)| paper::shown(&model, Theme { mode, ascii, ..Theme::default() }));
            assert_eq!(shown[0], shown[1], "{name}");
            let file = format!("ascii_{}x{}__{name}", size.0, size.1);
            insta::assert_snapshot!(file, shown[2]);
        }
    }
}

#[test]
fn every_picture_says_what_it_is_where_there_is_room_for_one_only() {
    let mut model = sample::system((60, 20), Tab::Risk);
    for title in ["Likelihood x impact", "Movement", "Threats by level", "Threats by level, 12 weeks"] {
        let text = paper::shown(&model, Theme::default());
        assert!(text.contains(title) && text.contains(" of 4"), "{title}\n{text}");
        press(&mut model, Action::NextPane);
    }
    assert!(matches!(pictures(&mut model).under().unwrap().opens, Opens::Threats(Group::Place(..))));
}
