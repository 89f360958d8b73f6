//! What a terminal sends for a key.

/// The bytes of a key by its name.
pub fn bytes(name: &str) -> Vec<u8> {
    let named: &[u8] = match name {
        "enter" => b"\r",
        "esc" => b"\x1b",
        "tab" => b"\t",
        "shift-tab" => b"\x1b[Z",
        "space" => b" ",
        "backspace" => b"\x7f",
        "delete" => b"\x1b[3~",
        "up" => b"\x1b[A",
        "down" => b"\x1b[B",
        "right" => b"\x1b[C",
        "left" => b"\x1b[D",
        "home" => b"\x1b[H",
        "end" => b"\x1b[F",
        "pgup" => b"\x1b[5~",
        "pgdn" => b"\x1b[6~",
        "f1" => b"\x1bOP",
        "f5" => b"\x1b[15~",
        _ => return other(name),
    };
    named.to_vec()
}

fn other(name: &str) -> Vec<u8> {
    if let Some([letter @ b'a'..=b'z']) = name.strip_prefix("ctrl-").map(str::as_bytes) {
        return vec![letter - b'a' + 1];
    }
    assert_eq!(name.chars().count(), 1, "there is no key {name}");
    name.as_bytes().to_vec()
}
