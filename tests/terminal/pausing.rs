//! What is done in the pauses between keys.

use std::time::{Duration, Instant};

use docket::store::{Open, Store};

use super::pty::Home;

/// The line of the board that a command leaves owing is made without another key, for everybody else who looks.
#[test]
fn a_line_that_is_owed_is_made_when_nobody_presses_a_key() {
    let home = Home::new();
    let record = home.record();
    let file = record.to_str().unwrap();
    assert_eq!(home.docket(&["demo", "--seed-only", "--record", file]).code, 0);
    let mut term = home.open(&["--record", file]);
    term.see("Waiting for you");
    term.keys("down down down enter").see("Enter receives it");
    term.keys("enter").see("eceived");
    let saved = Instant::now();
    let store = Store::open(&record, Open::default()).unwrap();
    while !store.owed().unwrap().is_empty() {
        assert!(saved.elapsed() < Duration::from_secs(2), "it is still owed");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(store.log_length(None).unwrap() > 0);
    term.quit();
}
