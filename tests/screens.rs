//! What is on the screen: every pane and every overlay at three sizes, and at every size something.

#![allow(clippy::unwrap_used, reason = "tests may")]

#[path = "screens/accept.rs"]
mod accept;
#[path = "screens/across.rs"]
mod across;
#[path = "screens/after.rs"]
mod after;
#[path = "screens/again.rs"]
mod again;
#[path = "screens/dpo.rs"]
mod dpo;
#[path = "screens/meeting.rs"]
mod meeting;
#[path = "screens/paper.rs"]
mod paper;
#[path = "screens/past.rs"]
mod past;
#[path = "screens/plan.rs"]
mod plan;
#[path = "screens/sample.rs"]
mod sample;
#[path = "screens/scenes.rs"]
mod scenes;

use docket::{
    app::{Screen, board::Focus, system::Tab},
    ui::theme::{Mode, Theme},
};
use paper::{cells, lines, shown};
use ratatui::style::Color;
use scenes::{long_form, on_systems, scenes};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (60, 20)];

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
    let plain = Theme { mode: Mode::None, truecolour: true, ..Theme::default() };
    for (name, model) in scenes((80, 24)) {
        let (cells, _) = cells(&model, plain);
        assert!(cells.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset), "{name}");
        assert!(cells.content().iter().any(|cell| !cell.modifier.is_empty()), "{name}");
    }
}

#[test]
fn no_letter_depends_on_colour() {
    let modes = [Mode::Auto, Mode::Plain, Mode::Contrast, Mode::ColourBlind, Mode::None];
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
