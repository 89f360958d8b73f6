//! What docket may send to a terminal: letters, and these few sequences. Whatever else comes out is a fault.

/// Modes that are switched, on with `h` and off with `l`: the other screen, the cursor, paste brackets, a whole frame
/// at once, and the mouse.
const MODES: [&str; 7] = ["?1049", "?25", "?2004", "?2026", "?1000", "?1002", "?1006"];
/// Looks that have no colour: none, bold, dim, italic, underlined, reversed, and each of them off.
const LOOKS: [&str; 9] = ["0", "1", "2", "4", "7", "22", "24", "27", "59"];

/// Whether every byte is of a letter or of a sequence that docket may send; gives what went to the clipboard.
pub fn only_ours(raw: &[u8]) -> Result<Vec<String>, String> {
    let text = std::str::from_utf8(raw).map_err(|error| format!("not UTF-8: {error}"))?;
    let (mut rest, mut copied) = (text, Vec::new());
    while let Some(c) = rest.chars().next() {
        let near = || rest.chars().take(60).collect::<String>();
        if c != '\u{1b}' {
            if !inert(c) {
                return Err(format!("{c:?} in {:?}", near()));
            }
            rest = &rest[c.len_utf8()..];
        } else if let Some(after) = rest.strip_prefix("\u{1b}[") {
            let end =
                after.find(|c| matches!(c, '\u{40}'..='\u{7e}')).filter(|end| ours(&after[..*end], &after[*end..]));
            rest = &after[end.ok_or_else(|| format!("a sequence that is not ours: {:?}", near()))? + 1..];
        } else {
            let payload = rest.strip_prefix("\u{1b}]52;c;").and_then(|after| after.split_once("\u{1b}\\"));
            let base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
            let (payload, after) = payload
                .filter(|(payload, _)| payload.chars().all(base64))
                .ok_or_else(|| format!("an escape that is not ours: {:?}", near()))?;
            copied.push(payload.to_owned());
            rest = after;
        }
    }
    Ok(copied)
}

/// Whether a control sequence is one of those that docket sends.
fn ours(parameters: &str, tail: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    match tail.chars().next() {
        Some('h' | 'l') => MODES.contains(&parameters),
        Some('J') => parameters == "2",
        Some('H') => parameters.split_once(';').is_some_and(|(row, column)| number(row) && number(column)),
        Some('m') => look(parameters),
        _ => false,
    }
}

/// Looks, and colours by their number, by their parts, or back to the terminal's own.
fn look(parameters: &str) -> bool {
    let byte = |text: &&str| text.parse::<u8>().is_ok();
    let mut all = parameters.split(';');
    while let Some(first) = all.next() {
        let known = match first {
            "38" | "48" => match all.next() {
                Some("5") => all.next().as_ref().is_some_and(byte),
                Some("2") => (0..3).all(|_| all.next().as_ref().is_some_and(byte)),
                _ => false,
            },
            "39" | "49" => true,
            look => LOOKS.contains(&look),
        };
        if !known {
            return false;
        }
    }
    true
}

/// Whether a terminal only shows a character: no control, nothing that turns the direction, nothing that is not seen.
pub fn inert(c: char) -> bool {
    let hidden = matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    !c.is_control() && !hidden
}

#[test]
fn our_own_sequences_pass() {
    let ours =
        "\x1b[?1049h\x1b[?2004h\x1b[2J\x1b[?2026h\x1b[1;120H\x1b[0m\x1b[1m\x1b[38;5;1mRed 红\x1b[39;49m\x1b[?2026l";
    assert_eq!(only_ours(ours.as_bytes()), Ok(vec![]));
    assert_eq!(only_ours(b"a\x1b]52;c;aGk=\x1b\\b"), Ok(vec!["aGk=".to_owned()]));
}

#[test]
fn nothing_else_does() {
    for bad in [
        &b"\x1b[31m"[..],
        b"\x1b[8m",
        b"\x1b[38;5m",
        b"\x1b[38;5;256m",
        b"\x1b[2K",
        b"\x1b[3J",
        b"\x1b[?47h",
        b"\x1b[5i",
        b"\x1b[6n",
        b"\x1b[H",
        b"\x1b[",
        b"\x1bc",
        b"\x1b",
        b"\x1b]0;owned\x07",
        b"\x1b]52;c;\x1b[31m\x1b\\",
        b"\x1b]52;c;aGk=",
        b"\x1bP0q\x1b\\",
        b"\x9b31m",
        b"\xc2\x9b31m",
        b"\x07",
        b"\r\n",
        b"\x7f",
        "a\u{202e}b".as_bytes(),
        "a\u{200d}b".as_bytes(),
        "e\u{e0041}".as_bytes(),
    ] {
        assert!(only_ours(bad).is_err(), "{:?} passes", String::from_utf8_lossy(bad));
    }
}
