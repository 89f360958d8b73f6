//! A meeting in real terminals: killed in the middle and opened again, and a second screen that follows it.

use std::time::{Duration, Instant};

use super::pty::{Home, PATIENCE, Term};

/// How soon the second screen has to follow.
const FOLLOWS: Duration = Duration::from_secs(1);

/// The sample, with its board planned for one of the next days.
fn sample() -> (Home, String) {
    let home = Home::new();
    let record = home.path("work/board.docket").display().to_string();
    let made = home.docket(&["--record", &record, "demo", "--seed-only"]);
    assert_eq!(made.code, 0, "{}", made.err);
    (home, record)
}

/// Sits down in the meeting of the sample, opens it, and takes up its first item.
fn chair(home: &Home, record: &str) -> Term {
    let mut term = home.open(&["--record", record, "--as", "Elif"]);
    for (wait, keys) in [("waiting for you", "g m"), ("Agenda", "o")] {
        term.until(wait, PATIENCE, |s| s.contents().to_lowercase().contains(&wait.to_lowercase()));
        term.keys(keys);
    }
    term.see("The clock runs");
    term
}

/// The beginning of the title of the item that is on: its line of the agenda has the mark of what is on.
fn on(screen: &str) -> Option<String> {
    let line = screen.lines().find(|line| line.contains("▌►"))?;
    let after = line.split_once("▌►").map_or("", |(_, rest)| rest).trim_start().trim_start_matches("new ");
    Some(after.chars().take_while(|c| *c != '…').take(16).collect::<String>().trim().to_owned())
}

/// Which item of the agenda is on, counted from its top.
fn place(term: &Term) -> usize {
    let screen = term.screen();
    let items = screen.lines().filter(|line| line.contains(" new ") || line.contains("▌►"));
    items.take_while(|line| !line.contains("▌►")).count() + 1
}

/// The minutes and seconds of the clock of the whole meeting, in seconds.
fn clock(term: &Term) -> u64 {
    let screen = term.screen();
    let at = screen.find(" min").unwrap_or_else(|| panic!("no clock on\n{screen}"));
    let before = &screen[..at];
    let word = before.split_whitespace().rev().find(|word| word.contains(':')).unwrap_or_else(|| panic!("{screen}"));
    let (minutes, seconds) = word.split_once(':').unwrap();
    minutes.parse::<u64>().unwrap() * 60 + seconds.parse::<u64>().unwrap()
}

#[test]
fn a_meeting_that_is_killed_goes_on_where_it_was() {
    let (home, record) = sample();
    let mut term = chair(&home, &record);
    let begun = Instant::now();
    term.keys(">").still();
    term.keys("t").see("Minutes: ");
    term.text("Said before the end.").keys("ctrl-s").see("Written into the minutes");
    let item = on(&term.screen());
    assert!(item.is_some(), "{}", term.screen());
    // A sheet is open and half filled in when the process is killed: nothing of docket runs any more.
    term.keys("t").see("Minutes: ");
    term.text("Half a sen").still();
    std::thread::sleep(Duration::from_millis(1200));
    term.signal(libc::SIGKILL);
    assert_eq!(term.ended(PATIENCE), 128 + 1, "killed");
    let mut again = home.open(&["--record", &record, "--as", "Elif"]);
    again.see("still runs; its clock went on");
    assert_eq!(on(&again.screen()), item, "{}", again.screen());
    // The clock counts from when the meeting was opened, over the time in which nothing ran.
    let (shown, passed) = (clock(&again), begun.elapsed().as_secs());
    assert!(shown + 1 >= passed.min(shown + 2) && shown <= passed + 2, "{shown} s shown, {passed} s passed");
    assert!(shown >= 1, "{shown} s");
    again.keys("t").see("Half a sen");
    again.keys("ctrl-s").see("Written into the minutes");
    again.quit();
    let minutes = home.docket(&["--record", &record, "minutes"]);
    for line in ["Said before the end.", "Half a sen"] {
        assert!(minutes.out.contains(line), "{line}: {}", minutes.out);
    }
    let verified = home.docket(&["--record", &record, "verify"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
}

#[test]
fn a_second_screen_follows_within_a_second_and_never_writes() {
    let (home, record) = sample();
    let mut term = chair(&home, &record);
    let mut second = home.open_at(&["--record", &record, "present"], (160, 45));
    // Nothing was taken up yet: it shows what comes first.
    second.see("1 of ");
    let mut before = None;
    for _ in 0..3 {
        term.keys(">")
            .until("the next item", PATIENCE, |screen| on(&screen.contents()).is_some_and(|item| Some(item) != before));
        before = on(&term.screen());
        // Large letters are drawn; what the item is about stands in the facts, and its place on the agenda in the rule.
        let place = format!("{} of ", place(&term));
        second.see_within(&place, FOLLOWS);
    }
    // It holds no lock and writes nothing: keys do nothing, and the record is as the chair left it.
    let head = |home: &Home| home.docket(&["--record", &record, "log", "--json"]).out.lines().count();
    let before = head(&home);
    second.keys("> d c space x C y").still();
    assert_eq!(head(&home), before);
    second.quit();
    term.quit();
}
