//! docket breaks in the middle of a frame: the terminal is given back, a sentence says so, and the words are kept.
//!
//! Nothing makes the program itself break, so this test program is started once more as a docket whose view does: the
//! same session, the same loop, the same guard of the terminal.

use docket::{
    app::{Model, Overlay, Screen, board::Board},
    clock,
    desk::{Desk, Paths},
    keymap::Keymap,
    tui::{self, Session},
    ui::{self, theme::Theme},
};

use super::{
    leaving::restored,
    pty::{Home, PATIENCE},
};

/// With this in a sheet the view breaks.
const LAST_STRAW: &str = "and then it broke";
/// Set where this program is to be the docket that breaks.
const RECORD: &str = "DOCKET_TEST_BREAKS";
/// What a person reads.
const SAYS: &str = "docket met a fault of its own and stopped; everything that was saved is in the file.";

/// Draws the screen, and breaks while it does.
fn breaks(model: &Model, keymap: &Keymap, theme: Theme, frame: &mut ratatui::Frame) {
    ui::view(model, keymap, theme, frame);
    let Some(Overlay::Form(form)) = model.overlays.last() else { return };
    assert!(!form.to_draft().contains(LAST_STRAW), "the view broke");
}

/// docket on the record that the environment names, as its command line starts it, with a view that breaks.
#[test]
fn a_docket_that_breaks() {
    let Some(record) = std::env::var_os(RECORD) else { return };
    let desk = Desk::open(Paths { record: record.into(), state: None }, false).unwrap();
    let mut model = Model::new((80, 24), clock::today());
    model.me = desk.seat(None).unwrap();
    model.record = desk.info();
    model.screen = Screen::Board(Board::new(desk.board(0).unwrap()));
    let session = Session::new(model, Keymap::default(), desk);
    tui::run_with(session, breaks).unwrap();
}

#[test]
fn a_panic_gives_the_terminal_back_and_keeps_the_words() {
    let home = Home::new();
    let record = home.record().display().to_string();
    let home = home.with(RECORD, &record);
    let mut term = home.open(&[]);
    term.see("How do you want");
    term.keys("n").see("Your name");
    term.text("Mara Lind").keys("ctrl-s").see("No systems yet");
    term.quit();
    let itself = std::env::current_exe().unwrap().display().to_string();
    let arguments = ["--exact", "breaking::a_docket_that_breaks", "--nocapture", "--test-threads=1"];
    let mut term = home.start(&itself, &arguments, (120, 40));
    term.see("No systems yet");
    term.keys("n").see("New system");
    assert!(term.ask(vt100::Screen::alternate_screen) && term.raw_mode());
    term.text("Half a thought").keys("tab").text(LAST_STRAW);
    assert_eq!(term.ended(PATIENCE), 101);
    restored(&term);
    let said = term.screen();
    // Before it on its line is what the harness of the tests says when it begins.
    let line = said.lines().position(|line| line.ends_with(SAYS));
    let details = said.lines().position(|line| line.contains("the view broke"));
    assert!(line.is_some() && line < details, "no sentence before the details:\n{said}");
    assert_eq!(home.docket(&["verify"]).code, 0);
    let mut term = home.open(&[]);
    term.see("No systems yet");
    term.keys("n").see("is back").see("Half a thought").see(LAST_STRAW);
}
