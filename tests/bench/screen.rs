//! Between a key and the frame: the model's update, and drawing.

use divan::Bencher;
use docket::{
    app::{
        Model, Msg, Opened, Screen,
        board::{Board, Focus},
        system::{SystemScreen, Tab},
        update,
    },
    clock,
    domain::{
        page::{BoardPage, Me, PAGE},
        people::Role,
        summary::summarise,
    },
    keymap::{Action, Keymap},
    ui::{self, theme::Theme},
};
use ratatui::{Terminal, backend::TestBackend};

use crate::world::dossier;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];

fn model(size: (u16, u16)) -> Model {
    let mut model = Model::new(size, clock::today());
    let person = dossier(0).people[0].id;
    model.me = Some(Me { person, name: "Uma Universal".into(), role: Role::Security, roles: Role::REVIEW.to_vec() });
    model
}

fn board(size: (u16, u16)) -> Model {
    let (mut model, dossier) = (model(size), dossier(20));
    let line = summarise(&dossier, model.today).unwrap();
    let id = dossier.subject.unwrap();
    let steps = line.steps.iter().map(|step| (id, line.name.to_string(), step.clone())).collect::<Vec<_>>();
    let rows = vec![(id, line); PAGE];
    let page = BoardPage { rows, total: 10_000, late: 40, steps_total: steps.len(), steps, ..BoardPage::default() };
    model.screen = Screen::Board(Board { focus: Focus::Systems, ..Board::new(page) });
    model
}

fn register(size: (u16, u16), threats: usize) -> Model {
    let mut model = model(size);
    let dossier = dossier(threats);
    let opened =
        Opened { dossier, history: vec![], voided: vec![], since: None, drafts: vec![], register: None, trend: vec![] };
    let mut screen = SystemScreen::new(opened, model.today);
    screen.show(Tab::Threats, model.today);
    model.screen = Screen::System(Box::new(screen));
    model
}

fn draw(bencher: Bencher, model: &Model) {
    let (keymap, theme) = (Keymap::default(), Theme::default());
    let mut terminal = Terminal::new(TestBackend::new(model.size.0, model.size.1)).unwrap();
    bencher.bench_local(|| terminal.draw(|frame| ui::view(model, &keymap, theme, frame)).map(|_| ()).unwrap());
}

#[divan::bench(args = SIZES)]
fn draw_board(bencher: Bencher, size: (u16, u16)) {
    draw(bencher, &board(size));
}

#[divan::bench(args = SIZES)]
fn draw_register_of_20(bencher: Bencher, size: (u16, u16)) {
    draw(bencher, &register(size, 20));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn draw_register_of_5000(bencher: Bencher, size: (u16, u16)) {
    draw(bencher, &register(size, 5_000));
}

#[divan::bench]
fn j_on_the_board(bencher: Bencher) {
    let (mut model, keymap) = (board((80, 24)), Keymap::default());
    bencher.bench_local(|| update(&mut model, &keymap, Msg::Act(Action::Down)));
}

#[divan::bench(args = [20, 5_000])]
fn j_in_the_register(bencher: Bencher, threats: usize) {
    let (mut model, keymap) = (register((80, 24), threats), Keymap::default());
    bencher.bench_local(|| update(&mut model, &keymap, Msg::Act(Action::Down)));
}

/// What happens to the screen after every saved change.
#[divan::bench(args = [20, 5_000], sample_count = 20)]
fn refresh_register(bencher: Bencher, threats: usize) {
    let model = register((80, 24), threats);
    let Screen::System(mut screen) = model.screen else { return };
    bencher.bench_local(|| screen.refresh(model.today));
}
