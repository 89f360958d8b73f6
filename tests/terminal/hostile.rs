//! Text that would take over a terminal comes out as letters or not at all, whichever way it came in and wherever it is
//! shown; every byte that is sent is looked at.

use super::{
    outside::{decoded, imported},
    pty::{Home, PATIENCE, Term},
    strict::{inert, only_ours},
};
use crate::support::{Data, Desk, text};
use docket::domain::Kind;

/// Escape and control sequences, C1 controls, text direction, zero width, joiners, tags and variants.
const EVIL: &str = "\u{1b}[31mred\u{1b}]0;owned\u{7} \u{9b}2J\u{90}q\u{9c} a\u{202e}b\u{2066}c\u{200b}d\u{200d}\u{feff}e\u{e0041}f\u{fe0f}g\u{301}\u{202c}";
/// What of it can be read, wherever it is shown.
const LETTERS: &str = "[31mred]0;owned";

/// Looks at everything that came out.
#[track_caller]
fn pure(term: &Term) {
    let copied =
        only_ours(&term.still().raw()).unwrap_or_else(|bad| panic!("{bad}\nthe screen says\n{}", term.screen()));
    for payload in copied {
        let text = decoded(&payload);
        assert!(text.chars().all(|c| c == '\n' || inert(c)), "copied {text:?}");
    }
}

/// Waits until the letters are shown below the first line, which names the system always.
#[track_caller]
fn shows(term: &Term, what: &str) {
    let below = |s: &vt100::Screen| s.contents().lines().skip(1).any(|line| line.contains(LETTERS));
    term.until(&format!("the letters {what}"), PATIENCE, below);
    term.still();
}

/// Goes through everything that shows a name: the board, what waits, the search, each pane, sheets and the log.
fn walk(home: &Home) {
    let mut term = home.open(&[]);
    term.see("Systems 1");
    shows(&term, "on the board");
    term.keys("1").still();
    term.keys("2").still();
    term.keys("/").see("Do or find");
    term.text("owned").see(&format!("│ ▌ {LETTERS}")).still();
    term.keys("esc").keys("enter").see("[1 Overview");
    term.keys("enter").see("Ctrl-S");
    shows(&term, "on the sheet of the system");
    term.keys("esc").gone("Ctrl-S");
    for pane in ["g o", "g f", "g c", "g e", "g d", "g v", "g k", "g h", "g s", "g t"] {
        term.keys(pane).still();
        term.keys("y").still();
    }
    shows(&term, "among the threats");
    term.keys("enter").see("Ctrl-S");
    shows(&term, "on the sheet of a threat");
    term.keys("esc").gone("Ctrl-S");
    term.keys("g l").see("gl Log]");
    shows(&term, "in the log");
    term.keys("enter").see("Entry ").still();
    pure(&term);
    term.keys("ctrl-c").ended(PATIENCE);
    pure(&term);
}

#[test]
fn what_a_file_of_another_tool_brings_is_only_letters() {
    let home = Home::new();
    imported(&home, "hostile.json");
    walk(&home);
}

#[test]
fn what_somebody_wrote_into_the_record_by_hand_is_only_letters() {
    let home = Home::new();
    let mut desk = Desk::of_one();
    desk.ready(Data::Personal);
    for (kind, field) in [
        (Kind::System, "name"),
        (Kind::System, "purpose"),
        (Kind::Flow, "name"),
        (Kind::Tool, "name"),
        (Kind::Threat, "title"),
        (Kind::Threat, "description"),
        (Kind::Control, "title"),
        (Kind::Evidence, "title"),
        (Kind::Trigger, "title"),
        (Kind::Review, "draft_reason"),
        (Kind::Privacy, "advice_text"),
        (Kind::Handoff, "note"),
        (Kind::Signoff, "statement"),
    ] {
        desk.put(kind, field, text(EVIL));
    }
    let person = desk.people[0];
    desk.fact(Kind::Person, person, [("name", text(EVIL)), ("title", text(EVIL))]);
    desk.write(&home.record(), 0);
    let conn = rusqlite::Connection::open(home.record()).unwrap();
    conn.execute_batch(
        "DROP TRIGGER event_no_update;
         UPDATE event SET body=json_set(body, '$.why', (SELECT name FROM system), '$.name', (SELECT name FROM system));
         UPDATE event SET kind=(SELECT name FROM system) WHERE n=9;
         UPDATE summary SET name=(SELECT name FROM system)",
    )
    .unwrap();
    let kept: String = conn.query_row("SELECT name FROM system", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, EVIL, "the record is to hold it as it is");
    drop(conn);
    walk(&home);
    let mut term = home.open(&[]);
    term.see("Systems 1");
    term.keys("2 enter").see("[1 Overview");
    term.keys("g l v").see("The record does not verify").still();
    pure(&term);
}

/// A new record, named by the first person.
fn begun(home: &Home, arguments: &[&str]) -> Term {
    let mut term = home.open(arguments);
    term.see("How do you want");
    term.keys("n").see("Your name");
    term.text("Mara Lind").keys("ctrl-s").see("No systems yet");
    term
}

#[test]
fn what_is_pasted_or_sent_as_keys_is_only_letters() {
    let home = Home::new();
    let mut term = begun(&home, &[]);
    term.keys("n").see("Business purpose");
    term.paste(EVIL).see(LETTERS);
    term.keys("tab").paste(EVIL).still();
    // One by one, as keys, with the C1 controls as single bytes too.
    for c in EVIL.chars().filter(|c| *c != '\u{1b}' && *c != '\u{7}') {
        term.send(c.to_string().as_bytes()).still();
    }
    for byte in 0x80..=0x9f_u8 {
        term.send(&[byte, b'x']).still();
    }
    pure(&term);
    term.keys("ctrl-s").see("[1 Overview").see(LETTERS);
    term.keys("/").paste(EVIL).see(LETTERS);
    term.keys("esc").still();
    term.keys(":").paste(EVIL).see(LETTERS);
    term.keys("esc").still();
    pure(&term);
    term.keys("g t n y").see("+ new:");
    term.paste(EVIL).keys("ctrl-s").see("Saved:");
    term.quit();
    walk(&home);
}

#[test]
fn a_table_in_an_old_encoding_brings_only_letters() {
    let home = Home::new();
    let mut table = b"Risk ID,Risk Title,Status,Owner\n".to_vec();
    for row in 0..3 {
        table.extend_from_slice(format!("R{row},\u{1b}[31mred\u{1b}]0;owned\u{7} ").as_bytes());
        table.extend(0x80..=0x9f_u8);
        table.extend_from_slice(b"2J,Open,Nobody\xe9\n");
    }
    let file = home.path("work/old.csv");
    std::fs::write(&file, table).unwrap();
    let mut term = begun(&home, &[]);
    term.keys("i").see("Bring what you have");
    term.text(&file.display().to_string()).keys("enter").see("Nothing is kept yet").still();
    pure(&term);
    term.keys("enter").see("Imported: 1 system");
    term.keys("g t").see(LETTERS);
    term.keys("enter").see("Ctrl-S").still();
    term.keys("esc").gone("Ctrl-S");
    term.keys("g l enter").see("Entry ").still();
    pure(&term);
}

#[test]
fn a_record_with_a_hostile_name_is_only_letters() {
    let home = Home::new();
    let name = EVIL.replace('\u{1b}', "\u{1b}\u{200d}");
    let path = home.path("work").join(format!("{name}.docket")).display().to_string();
    let mut term = begun(&home, &["--record", &path]);
    pure(&term);
    // Asked for a folder of that name, the sentence about it names it.
    let folder = home.path("work").join(&name).display().to_string();
    term.keys("i").see("Bring what you have");
    term.paste(&folder).keys("enter").see("! ").still();
    pure(&term);
    term.quit();
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("PRAGMA user_version=99").unwrap();
    drop(conn);
    let term = home.open(&["--record", &path, "--as", "Mara Lind"]);
    term.see("READ ONLY").still();
    pure(&term);
}
