//! What was typed is never lost.

use super::{
    pty::{Home, PATIENCE},
    steps::{Person, Text},
};

/// A record with one system and one person, who holds every role.
fn begun(home: &Home) -> Person {
    let mut me = Person::at(home.open(&[]));
    me.open("n", "Start our own record").fill(&[("Your name", Text("Mara Lind"))]).keys("ctrl-s").see("No systems yet");
    me.sheet("n", "New system", &[("Name", Text("Helpdesk"))]);
    me
}

/// The sheet of the system, with words in it that are not kept yet.
fn writing(me: &mut Person) {
    me.see("1 Overview")
        .row("Intended uses")
        .open("enter", "system: ")
        .fill(&[("Intended uses", Text("Half a thought"))]);
    me.see("Half a thought");
}

/// The program is started again, and the sheet offers what was typed.
#[track_caller]
fn offered_again(home: &Home) {
    let mut me = Person::at(home.open(&[]));
    me.see("Helpdesk").keys("2 enter").see("[1 Overview");
    me.row("Intended uses").open("enter", "system: ").see("Half a thought").see("is back");
}

#[test]
fn leaving_a_sheet_asks_and_keeps_the_words() {
    let home = Home::new();
    let mut me = begun(&home);
    writing(&mut me);
    me.keys("esc").see("Close this sheet?").keys("n");
    me.term.gone("Close this sheet?");
    me.see("Half a thought").keys("esc").see("Close this sheet?").keys("y").see("The draft is kept");
    me.keys("enter").see("Half a thought").see("is back");
    me.term.quit();
    offered_again(&home);
}

#[test]
fn words_outlive_a_kill_after_a_pause() {
    let home = Home::new();
    let mut me = begun(&home);
    writing(&mut me);
    // The pause in which a person thinks; the draft is kept in it.
    std::thread::park_timeout(std::time::Duration::from_millis(1200));
    me.term.signal(libc::SIGKILL).ended(PATIENCE);
    offered_again(&home);
}

#[test]
fn words_outlive_a_terminal_that_goes_at_once() {
    for signal in [libc::SIGHUP, libc::SIGTERM] {
        let home = Home::new();
        let mut me = begun(&home);
        writing(&mut me);
        me.term.signal(signal);
        assert_eq!(me.term.ended(PATIENCE), 0);
        offered_again(&home);
    }
    let home = Home::new();
    let mut me = begun(&home);
    me.row("Intended uses").open("enter", "system: ").field("Intended uses");
    me.term.text("Half a thought").signal(libc::SIGTERM).ended(PATIENCE);
    offered_again(&home);
    let home = Home::new();
    let mut me = begun(&home);
    writing(&mut me);
    me.term.close().ended(PATIENCE);
    offered_again(&home);
}

#[test]
fn a_draft_of_the_board_is_offered_too() {
    let home = Home::new();
    let mut me = begun(&home);
    me.keys("g b").see("Systems 1").open("n", "New system").fill(&[("Name", Text("A second one"))]);
    me.keys("esc").see("Close this sheet?").keys("y").see("The draft is kept");
    me.open("n", "New system").see("A second one");
    me.term.quit();
    let mut me = Person::at(home.open(&[]));
    me.see("Systems 1").open("n", "New system").see("A second one").save().see("A second one");
    me.keys("g b").see("Systems 2").open("n", "New system");
    assert!(!me.term.has("is back"), "a draft that was used is offered again");
}

#[test]
fn a_draft_belongs_to_its_system() {
    let home = Home::new();
    let mut me = begun(&home);
    me.open("T", "Set the tier by hand").fill(&[("Why", Text("Only for the first"))]);
    me.keys("esc").see("Close this sheet?").keys("y").see("The draft is kept");
    me.keys("g b").see("Systems 1").sheet("n", "New system", &[("Name", Text("Another"))]);
    me.open("T", "Set the tier by hand");
    assert!(!me.term.has("Only for the first"), "the words were meant for another system");
}

#[test]
fn a_refused_sheet_and_a_resize_keep_the_words() {
    let home = Home::new();
    let mut me = begun(&home);
    me.open("T", "Set the tier by hand").fill(&[("Tier", super::steps::First)]).keys("ctrl-s").see("Why is needed");
    me.fill(&[("Why", Text("Asked by the board"))]).see("Asked by the board");
    me.term.resize(70, 24).see("Asked by the board");
    me.term.resize(30, 8).gone("Asked by the board");
    me.term.resize(110, 34).see("Asked by the board");
    me.save().see("tier: minimal");
}

#[test]
fn words_stay_when_somebody_else_commits_meanwhile() {
    let home = Home::new();
    let mut me = begun(&home);
    writing(&mut me);
    let mut other = Person::at(home.open(&[]));
    other.see("Helpdesk").keys("2 enter").see("[1 Overview").row("Business purpose");
    other.sheet("enter", "system: ", &[("Business purpose", Text("Said by another"))]);
    me.see("Check!27").see("Half a thought").save();
    me.see("Half a thought").see("Said by another");
}
