//! What is drawn in a real terminal: colours, sizes, bursts, the cursor.

use super::pty::{Home, PATIENCE};

/// Waits for the board of the sample.
const BOARD: &str = "Waiting for you";

#[test]
fn no_color_leaves_bold_and_reverse() {
    let home = Home::new().with("NO_COLOR", "1");
    let term = home.open(&["demo"]);
    term.see(BOARD).still().ask(|screen| {
        let (rows, columns) = screen.size();
        let (mut bold, mut reverse) = (0, 0);
        for (row, column) in (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column))) {
            let Some(cell) = screen.cell(row, column) else { continue };
            assert_eq!((cell.fgcolor(), cell.bgcolor()), Default::default(), "colour at {row}, {column}");
            bold += u32::from(cell.bold());
            reverse += u32::from(cell.inverse());
        }
        assert!(bold > 20 && reverse > 20, "{bold} bold cells, {reverse} reversed ones");
    });
}

#[test]
fn every_size_is_drawn_live() {
    let home = Home::new();
    let mut term = home.open_at(&["demo"], (120, 36));
    term.see(BOARD);
    term.resize(60, 20).see(BOARD);
    term.resize(30, 8).gone(BOARD);
    let small = term.still().screen();
    assert!(small.contains("60") || small.contains("small") || small.contains("larger"), "30x8 says only\n{small}");
    term.resize(80, 24).see(BOARD);
    term.quit();
}

#[test]
fn a_resize_at_the_start_is_not_lost() {
    let home = Home::new();
    for _ in 0..5 {
        let mut term = home.open_at(&[], (120, 36));
        term.until("the other screen", PATIENCE, vt100::Screen::alternate_screen);
        term.resize(70, 20);
        // The rule above the choices goes over the whole width, and no further.
        term.until("a frame of 70 columns", PATIENCE, |screen| {
            screen.contents().lines().any(|line| line.contains("How do you") && line.trim_end().chars().count() == 70)
        });
        term.quit();
    }
}

#[test]
fn a_large_paste_arrives_whole() {
    let home = Home::new();
    let mut term = home.open(&[]);
    term.see("How do you want");
    term.keys("n").see("Your name");
    term.text("Mara Lind").keys("ctrl-s").see("No systems yet");
    term.keys("n").see("Business purpose");
    term.text("Pasted").keys("tab");
    let text = "0123456789abcde\n".repeat(6_200) + "the very end";
    term.paste(&text).see("the very end");
    term.keys("ctrl-s").see("[1 Overview");
    term.quit();
    let journal = home.docket(&["journal"]).out;
    assert_eq!(journal.matches("0123456789abcde").count(), 6_200);
    assert!(journal.contains("the very end"));
}

#[test]
fn a_burst_of_keys_drains_and_the_last_frame_is_right() {
    let home = Home::new();
    let mut term = home.open(&["demo"]);
    term.see(BOARD).still();
    term.keys("2").still();
    term.text(&"j".repeat(2_000));
    term.keys("?").see("Keys: Board").still();
    term.keys("esc");
    let selected = |screen: &vt100::Screen| screen.contents().lines().position(|line| line.starts_with(" ▌"));
    let after = term.still().ask(selected);
    term.keys("G").still();
    assert_eq!(term.ask(selected), after, "2,000 times down is not the end of the list");
    term.quit();
}

#[test]
fn the_cursor_is_on_the_focused_field() {
    let home = Home::new();
    let mut term = home.open(&["demo"]);
    term.see(BOARD).still();
    term.keys("n").see("New system");
    term.text("Where am I").see("Where am I").still().ask(|screen| {
        assert!(!screen.hide_cursor(), "no cursor in a sheet");
        let (row, column) = screen.cursor_position();
        let line = screen.contents().lines().nth(row.into()).unwrap_or_default().to_owned();
        let before: String = line.chars().take(column.into()).collect();
        assert!(before.ends_with("Where am I"), "the cursor is after \"{before}\"");
    });
}

#[test]
fn one_key_costs_little() {
    let home = Home::new();
    let mut term = home.open(&["demo"]);
    term.see(BOARD).still();
    let before = term.raw().len();
    term.keys("down").still();
    let cost = term.raw().len() - before;
    assert!(cost > 0 && cost < 6_000, "{cost} bytes for one key");
}
