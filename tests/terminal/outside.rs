//! What comes from outside and what goes there: the editor, the clipboard, hostile text, a file that may not be written.

use std::os::unix::fs::PermissionsExt;

use super::pty::{Home, Term, fixture};

/// A record with the systems of a file in it.
pub fn imported(home: &Home, file: &str) {
    let mut term = home.open(&[]);
    term.see("How do you want").see("record.docket in ~/data/docket");
    term.keys("n").see("Your name");
    term.text("Mara Lind").keys("ctrl-s").see("No systems yet");
    term.quit();
    let taken = home.docket(&["import", &fixture(file), "--yes"]);
    assert_eq!(taken.code, 0, "{}{}", taken.out, taken.err);
}

/// A new record with one system, which is open.
fn at_a_new_system(home: &Home) -> Term {
    let mut term = home.open(&[]);
    term.see("How do you want");
    term.keys("n").see("Your name");
    term.text("Mara Lind").keys("ctrl-s").see("No systems yet").still();
    term.keys("n").see("New system");
    term.text("Tide Planner").keys("ctrl-s").see("Where it stands").still();
    term
}

#[test]
fn the_editor_brings_the_text_back_and_the_screen_is_whole() {
    let home = Home::new();
    let script = home.path("editor.sh");
    std::fs::write(&script, "#!/bin/sh\necho EDITOR WAS HERE\nprintf ' and more' >> \"$1\"\n").unwrap();
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
    let home = home.with("EDITOR", &script.display().to_string());
    let mut term = home.open(&["demo"]);
    term.see("Waiting for you").still();
    term.keys("n").see("New system").still();
    term.keys("tab").text("Some words").see("Some words").still();
    let before = term.screen().lines().next().unwrap_or_default().to_owned();
    term.keys("ctrl-o").see("Some words and more");
    let after = term.still().screen();
    assert_eq!(after.lines().next(), Some(before.as_str()));
    assert!(
        !after.contains("EDITOR WAS HERE") && term.ask(|screen| screen.alternate_screen() && screen.bracketed_paste())
    );
    assert!(String::from_utf8_lossy(&term.raw()).contains("EDITOR WAS HERE"));
    let left = std::fs::read_dir(home.path("tmp"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "md"));
    assert_eq!(left.count(), 0, "the text lies in the temporary folder");
}

#[test]
fn a_copy_reaches_the_terminal() {
    let home = Home::new();
    imported(&home, "dragon-v2.json");
    let mut term = home.open(&[]);
    term.see("Systems 1");
    term.keys("2 enter g l").see("gl Log]").still();
    term.keys("y").see("clipboard").still();
    let raw = String::from_utf8_lossy(&term.raw()).into_owned();
    let (_, sent) = raw.split_once("\x1b]52;c;").expect("OSC 52");
    let payload: String = sent.chars().take_while(|c| *c != '\x07' && *c != '\x1b').collect();
    let text = decoded(&payload);
    let first = text.split(' ').next().unwrap_or_default();
    assert!(text.len() > 8 && term.has(first), "copied \"{text}\"");
    term.quit();
}

/// Base64, by hand: one test is no reason for a crate.
pub fn decoded(payload: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in payload.bytes().filter(|byte| *byte != b'=') {
        bits = bits << 6 | u32::try_from(ALPHABET.iter().position(|known| *known == byte).unwrap()).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap());
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_record_that_may_not_be_written_says_so() {
    let home = Home::new();
    imported(&home, "dragon-v2.json");
    // A newer docket wrote it: unlike a file mode, that also stops somebody who may write everywhere.
    let conn = rusqlite::Connection::open(home.record()).unwrap();
    conn.execute_batch("PRAGMA user_version=99").unwrap();
    drop(conn);
    let mut term = home.open(&["--as", "Mara Lind"]);
    term.see("READ ONLY").see("a newer docket wrote it");
    term.keys("n").still();
    assert!(!term.has("Ctrl-S enter it"), "a sheet for a record that takes nothing");
    term.quit();
}

#[test]
fn a_file_that_takes_long_is_let_go_of_with_esc() {
    let home = Home::new();
    let file = home.path("scan.bin");
    // A hole of sixteen gigabytes takes no room and many seconds.
    std::fs::File::create(&file).unwrap().set_len(16 << 30).unwrap();
    let mut term = at_a_new_system(&home);
    term.keys("5").see("No evidence yet").still();
    term.keys("n").see("field 1 of");
    term.text("Night scan").keys("ctrl-s").see("Saved: added").still();
    let before = home.docket(&["journal", "--json"]).out;
    term.keys("p").see("Attach a file");
    term.text(&file.display().to_string()).keys("ctrl-s").see("Esc stops it; nothing is kept then.");
    term.keys("esc").gone("Esc stops it").still();
    // The sheet is there with its words, and nothing was written.
    assert!(term.has("Attach a file") && term.has("scan.bin"), "{}", term.screen());
    assert_eq!(home.docket(&["journal", "--json"]).out, before);
    term.keys("esc").still();
    term.quit();
}

#[test]
fn an_import_that_is_being_written_is_let_go_of_with_esc() {
    let home = Home::new();
    let result = |n: usize| format!(r#"{{"ruleId":"R","message":{{"text":"The value {n} comes from outside"}}}}"#);
    let results: Vec<String> = (0..9000).map(result).collect();
    let scan = format!(
        r#"{{"version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"Prober"}}}},"results":[{}]}}]}}"#,
        results.join(",")
    );
    let file = home.path("scan.sarif");
    std::fs::write(&file, scan).unwrap();
    let mut term = at_a_new_system(&home);
    let before = home.docket(&["journal", "--json"]).out;
    term.keys("I").see("Bring").still();
    term.text(&file.display().to_string()).keys("enter").see("Receipt for scan.sarif").see("9000 findings");
    term.keys("enter").see(" entries are written; nothing is kept before all of them are. Esc stops it");
    term.keys("esc").see("The import was stopped. Nothing was changed.").still();
    assert_eq!(home.docket(&["journal", "--json"]).out, before);
    term.keys("esc").still();
    term.quit();
}
