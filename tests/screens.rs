//! What is on the screen: every pane and every overlay at three sizes, and at every size something.

#![allow(clippy::unwrap_used, reason = "tests may")]

#[path = "screens/paper.rs"]
mod paper;
#[path = "screens/across.rs"]
mod across;
#[path = "screens/sample.rs"]
mod sample;

use docket::{
    app::{
        BoardPage, Model, Msg, Screen,
        board::{Board, Focus},
        queue::Queue,
        system::Tab,
        update,
    },
    domain::page::{QueueItem, QueueOf},
    keymap::{Action, Chord, Keymap},
    ui::theme::{Mode, Theme},
};
use paper::{cells, lines, shown};
use ratatui::style::Color;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (60, 20)];

fn press(model: &mut Model, action: Action) {
    let _ = update(model, &Keymap::default(), Msg::Act(action));
}

fn type_in(model: &mut Model, text: &str) {
    let _ = update(model, &Keymap::default(), Msg::Pasted(text.to_owned()));
}

/// Every scene by name, for a terminal of this size.
fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    let mut all = vec![
        ("welcome".to_owned(), Model::new(size, sample::today())),
        ("board".to_owned(), sample::board(size)),
        ("board systems".to_owned(), on_systems(size)),
        ("board empty".to_owned(), empty_board(size)),
    ];
    for tab in Tab::ALL {
        all.push((format!("tab {}", tab.title()), sample::system(size, tab)));
    }
    all.push(("noticed".to_owned(), with(sample::system(size, Tab::Checklist), &[Action::Last])));
    all.push(("scoring".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Score, Action::ScoreFour])));
    all.push((
        "scored".to_owned(),
        with(sample::system(size, Tab::Threats), &[Action::Score, Action::ScoreFour, Action::ScoreThree]),
    ));
    all.extend(across::scenes(size));
    all.push(("rate".to_owned(), with(rating(size), &[Action::ScoreFour])));
    all.push(("tier".to_owned(), with(tiering(size), &[Action::ScoreThree, Action::ScoreOne])));
    all.push(("tally".to_owned(), tally(size)));
    all.push(("form long".to_owned(), long_form(size)));
    all.push(("form prose".to_owned(), prose_form(size)));
    all.push(("row new".to_owned(), with(sample::system(size, Tab::Threats), &[Action::New])));
    all.push(("cell title".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Right, Action::Open])));
    let right = [Action::Right; 5];
    all.push(("cell choice".to_owned(), with(with(sample::system(size, Tab::Threats), &right), &[Action::Open])));
    let marked = [Action::Mark, Action::Mark, Action::GroupTreatment, Action::Right, Action::OrderBy];
    all.push(("marked grouped ordered".to_owned(), with(sample::system(size, Tab::Threats), &marked)));
    all.push(("covered".to_owned(), with(sample::system(size, Tab::Threats), &[Action::GroupCoverage])));
    all.push(("columns".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Columns])));
    all.push(("form new".to_owned(), with(sample::system(size, Tab::Evidence), &[Action::New])));
    all.push(("form refused".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Withdraw, Action::Save])));
    all.push(("form send".to_owned(), send_form(size)));
    all.push(("chooser".to_owned(), with(sample::system(size, Tab::Threats), &[Action::AddSuggested])));
    all.push(("confirm".to_owned(), confirm(size)));
    all.push(("palette".to_owned(), palette(size)));
    all.push(("help".to_owned(), with(sample::system(size, Tab::Threats), &[Action::Help])));
    all.push(("reader".to_owned(), with(sample::board(size), &[Action::Guide])));
    all.push(("filter".to_owned(), filter(size)));
    all.push(("which key".to_owned(), pending(size, "g")));
    all.push(("which hat".to_owned(), pending(size, "r")));
    all.push(("notice".to_owned(), notice(size)));
    all
}

fn with(mut model: Model, actions: &[Action]) -> Model {
    for action in actions {
        press(&mut model, *action);
    }
    model
}

fn queue(size: (u16, u16), of: QueueOf, items: Vec<QueueItem>) -> Model {
    let mut model = sample::system(size, Tab::Threats);
    model.screen = Screen::Queue(Box::new(Queue::new(of, (items, 0), sample::copilot())));
    model
}

fn item(threat: Option<docket::domain::Id>, title: &str) -> QueueItem {
    let system = sample::copilot().subject.unwrap();
    QueueItem { system, name: "Contract Copilot".into(), tier: "high".into(), threat, title: title.into() }
}

fn rating(size: (u16, u16)) -> Model {
    let threats = sample::copilot().threats;
    let items = threats.iter().map(|threat| item(Some(threat.id), threat.title.as_str())).collect();
    queue(size, QueueOf::Threats(None), items)
}

fn tiering(size: (u16, u16)) -> Model {
    queue(size, QueueOf::Intakes, vec![item(None, "Contract Copilot"), item(None, "Ticket Router")])
}

fn tally(size: (u16, u16)) -> Model {
    use docket::{
        app::queue::{Done, State},
        domain::register::Treatment,
    };
    let mut model = rating(size);
    if let Screen::Queue(queue) = &mut model.screen {
        let done = |level: &str, treatment| State::Done(Done { level: level.into(), treatment });
        let came = [
            done("Critical", Some(Treatment::Mitigate)),
            done("Medium", None),
            State::Skipped,
            done("not applicable", Some(Treatment::NotApplicable)),
        ];
        for ((_, state), of) in queue.items.iter_mut().zip(came.iter().cycle()) {
            *state = of.clone();
        }
        queue.keys = 21;
        queue.at = queue.items.len();
    }
    model
}

fn on_systems(size: (u16, u16)) -> Model {
    let mut model = sample::board(size);
    if let Screen::Board(board) = &mut model.screen {
        board.focus = Focus::Systems;
        board.system.select(3);
    }
    model
}

fn empty_board(size: (u16, u16)) -> Model {
    let mut model = sample::board(size);
    model.screen = Screen::Board(Board::new(BoardPage::default()));
    model
}

/// The description of a system: more fields than any screen has lines; the focus is near the end.
fn long_form(size: (u16, u16)) -> Model {
    use docket::{
        app::{Overlay, sheets},
        domain::Kind,
    };
    let mut model = sample::system(size, Tab::Overview);
    let me = docket::app::Me { role: docket::domain::people::Role::Owner, ..model.me.clone().unwrap() };
    let screen = model.system().unwrap();
    let id = screen.dossier.system().unwrap().id;
    let mut form = sheets::edit(screen, &me, Kind::System, id, "data").unwrap();
    form.focus = form.fields.iter().position(|field| field.id == "data").unwrap();
    model.overlays.push(Overlay::Form(Box::new(form)));
    model
}

fn send_form(size: (u16, u16)) -> Model {
    use docket::{
        app::{Overlay, sheets},
        domain::decision::Step,
    };
    let mut model = sample::system(size, Tab::Handoffs);
    let form = sheets::send(model.system().unwrap(), model.me.as_ref().unwrap(), Step::SecurityDpo, sample::today());
    model.overlays.push(Overlay::Form(Box::new(form)));
    model
}

fn prose_form(size: (u16, u16)) -> Model {
    let mut model = long_form(size);
    if let Some(docket::app::Overlay::Form(form)) = model.overlays.last_mut() {
        form.focus = form.fields.iter().position(|field| field.id == "restricted_use").unwrap();
    }
    type_in(
        &mut model,
        "\nNo contracts in 中文 or any other language that no buyer of the group reads well enough to check every clause.",
    );
    model
}

fn confirm(size: (u16, u16)) -> Model {
    let mut model = prose_form(size);
    press(&mut model, Action::Back);
    model
}

fn palette(size: (u16, u16)) -> Model {
    let mut model = with(sample::system(size, Tab::Threats), &[Action::Palette]);
    type_in(&mut model, "hand");
    if let Some(docket::app::Overlay::Palette(palette)) = model.overlays.last_mut() {
        palette.fill();
    }
    model
}

fn filter(size: (u16, u16)) -> Model {
    let mut model = with(sample::system(size, Tab::Threats), &[Action::Filter]);
    type_in(&mut model, "mail");
    model
}

fn pending(size: (u16, u16), key: &str) -> Model {
    let mut model = sample::system(size, Tab::Threats);
    model.pending = Chord::parse(key).ok();
    model
}

fn notice(size: (u16, u16)) -> Model {
    let mut model = sample::system(size, Tab::Checklist);
    model.say(true, "The threat register cannot be handed over to governance: 1 threat is unscored, and 2 parts of the context have neither a threat nor a reason why there is none. Score it first.");
    model
}

#[test]
fn every_screen_at_three_sizes() {
    for size in SIZES {
        for (name, model) in scenes(size) {
            let file = format!("{}x{}__{}", size.0, size.1, name.replace(' ', "_"));
            insta::assert_snapshot!(file, shown(&model, Theme::default()));
        }
    }
}

#[test]
fn something_is_drawn_at_every_size() {
    for width in [1, 7, 20, 39, 40, 50, 60, 80, 100, 120, 160, 200] {
        for height in [1, 4, 9, 10, 14, 20, 24, 36, 60] {
            for (name, model) in scenes((width, height)) {
                let text = shown(&model, Theme::default());
                assert!(width < 7 || text.trim().len() > 3, "{name} at {width}x{height}");
            }
        }
    }
}

#[test]
fn a_window_that_is_too_small_says_so() {
    for size in [(39, 24), (80, 9), (21, 4)] {
        let text = shown(&sample::board(size), Theme::default()).replace('\n', " ");
        assert!(text.contains("40 columns, 10 lines") && text.contains("Ctrl-C quits."), "{text}");
    }
}

#[test]
fn without_colour_there_is_weight() {
    let plain = Theme { mode: Mode::Plain, truecolour: true, ascii: false };
    for (name, model) in scenes((80, 24)) {
        let (cells, _) = cells(&model, plain);
        assert!(cells.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset), "{name}");
        assert!(cells.content().iter().any(|cell| !cell.modifier.is_empty()), "{name}");
    }
}

#[test]
fn no_letter_depends_on_colour() {
    let modes = [Mode::Auto, Mode::Plain, Mode::ColourBlind];
    for (name, model) in scenes((120, 36)) {
        let all = modes.map(|mode| shown(&model, Theme { mode, ..Theme::default() }));
        assert!(all.iter().all(|text| *text == all[0]), "{name}");
    }
}

#[test]
fn in_ascii_our_signs_are_ascii() {
    let theme = Theme { ascii: true, ..Theme::default() };
    for (name, model) in scenes((100, 30)) {
        let text = shown(&model, theme);
        let foreign = text.chars().find(|c| !c.is_ascii() && !c.is_alphanumeric());
        assert_eq!(foreign, None, "{name}\n{text}");
    }
}

#[test]
fn the_two_keys_that_lead_to_all_others_are_always_there() {
    for width in 40..=130 {
        let mut all = vec![sample::board((width, 24)), on_systems((width, 24))];
        all.extend(Tab::ALL.map(|tab| sample::system((width, 24), tab)));
        for model in all {
            let last = lines(&model, Theme::default()).pop().unwrap();
            assert!(last.contains(": do") && last.contains("? keys"), "{width}: {last}");
        }
    }
}

#[test]
fn the_cursor_is_where_the_eye_belongs() {
    for size in SIZES {
        for (name, model) in scenes(size) {
            let (cells, cursor) = cells(&model, Theme::default());
            let at = cursor.unwrap_or_else(|| panic!("{name}: no cursor"));
            assert!(cells.area.contains(at), "{name} {at:?}");
        }
    }
}

#[test]
fn the_cursor_is_on_the_mark_of_the_selected_row() {
    for size in SIZES {
        for tab in Tab::ALL {
            let (cells, cursor) = cells(&sample::system(size, tab), Theme::default());
            assert_eq!(cells[cursor.unwrap()].symbol(), "▌", "{tab:?} {size:?}");
        }
    }
}

#[test]
fn every_field_of_a_long_sheet_can_be_seen_when_it_has_the_keys() {
    for size in [(80, 24), (60, 20), (40, 10), (120, 36)] {
        let mut model = long_form(size);
        let fields = match model.overlays.last() {
            Some(docket::app::Overlay::Form(form)) => form.fields.len(),
            _ => 0,
        };
        assert!(fields >= 20, "{fields}");
        for at in 0..fields {
            let label = match model.overlays.last_mut() {
                Some(docket::app::Overlay::Form(form)) => {
                    form.focus = at;
                    form.fields[at].label.clone()
                }
                _ => String::new(),
            };
            let head: String = label.chars().take(8).collect();
            let text = shown(&model, Theme::default());
            assert!(text.lines().any(|line| line.contains('▌') && line.contains(&head)), "{label} at {size:?}\n{text}");
        }
    }
}

#[test]
fn hostile_words_are_only_words() {
    use docket::{app::panes, domain::Kind};
    let mut dossier = sample::copilot();
    let id = dossier.threats[0].id;
    dossier
        .entry(Kind::Threat, id)
        .put("title", &sample::text("\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{202e}gnihtyna\u{200b} at all"));
    let mut model = sample::system((80, 24), Tab::Threats);
    if let Screen::System(screen) = &mut model.screen {
        screen.replace(sample::opened(dossier), sample::today());
        assert!(panes::rows(screen, sample::today()).len() > 5);
    }
    let (cells, _) = cells(&model, Theme::default());
    let bad = |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    assert!(!cells.content().iter().any(|cell| cell.symbol().chars().any(bad)));
}

#[test]
fn wide_letters_leave_the_columns_where_they_are() {
    for size in SIZES {
        let all = lines(&sample::system(size, Tab::Threats), Theme::default());
        let place = |line: &str, of: &str| line.find(of).map(|at| unicode_width::UnicodeWidthStr::width(&line[..at]));
        let head = all.iter().find(|line| line.contains("L I")).unwrap();
        let row = all.iter().find(|line| line.contains("模型")).unwrap();
        assert_eq!(place(row, "3 3"), place(head, "L I"), "{row}");
    }
}

#[test]
fn a_long_board_builds_only_what_is_seen() {
    let mut model = sample::board((80, 24));
    if let Screen::Board(board) = &mut model.screen {
        board.page.total = 10_000;
        board.page.from = 5_000;
        board.focus = Focus::Systems;
        board.system.select(5_002);
    }
    let text = shown(&model, Theme::default());
    assert!(text.contains("Systems 10000") && text.contains("HR Screening"), "{text}");
}
