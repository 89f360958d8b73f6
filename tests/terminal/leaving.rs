//! However docket ends, the terminal is as it was.

use std::time::{Duration, Instant};

use super::pty::{Home, PATIENCE, Term};

/// The main screen, a cursor, no mouse, no paste brackets, and keys that are shown as they are typed.
#[track_caller]
pub fn restored(term: &Term) {
    term.still().ask(|screen| {
        assert!(!screen.alternate_screen(), "still on the other screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "paste is still bracketed");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    });
    assert!(!term.raw_mode(), "still in raw mode");
}

#[test]
fn a_signal_ends_it_with_a_whole_terminal() {
    for signal in [libc::SIGTERM, libc::SIGINT] {
        let home = Home::new();
        let mut term = home.open(&["demo"]);
        term.see("Waiting for you");
        term.signal(signal);
        assert_eq!(term.ended(PATIENCE), 0);
        restored(&term);
    }
}

#[test]
fn ctrl_c_ends_it_and_the_sample_leaves_nothing_behind() {
    let home = Home::new();
    let mut term = home.open(&["demo"]);
    term.see("Waiting for you");
    assert!(term.ask(vt100::Screen::alternate_screen) && term.raw_mode());
    assert!(std::fs::read_dir(home.path("tmp")).unwrap().count() > 0, "the sample lies somewhere else");
    term.keys("ctrl-c");
    assert_eq!(term.ended(PATIENCE), 0);
    restored(&term);
    assert_eq!(std::fs::read_dir(home.path("tmp")).unwrap().count(), 0, "the sample was left behind");
}

#[test]
fn a_terminal_that_goes_away_takes_docket_with_it() {
    let home = Home::new();
    let mut term = home.open(&["demo"]);
    term.see("Waiting for you");
    let from = Instant::now();
    term.close().ended(Duration::from_secs(2));
    assert!(from.elapsed() < Duration::from_secs(2));
    assert_eq!(std::fs::read_dir(home.path("tmp")).unwrap().count(), 0, "the sample was left behind");
}
