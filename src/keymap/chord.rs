//! A key as people write it: `ctrl-s`, `enter`, `shift-tab`, `>`, and two of them in a row: `g t`.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::layout;

/// The key itself, without Ctrl and Shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A printable character; Shift is in the character.
    Char(char),
    /// A function key, 1 to 12.
    F(u8),
    /// A key with a name.
    Named(&'static str),
}

/// The named keys: how they are read from the terminal, written in a configuration, and shown.
const NAMED: [(KeyCode, &str, &str); 14] = [
    (KeyCode::Enter, "enter", "Enter"),
    (KeyCode::Esc, "esc", "Esc"),
    (KeyCode::Tab, "tab", "Tab"),
    (KeyCode::Backspace, "backspace", "Backspace"),
    (KeyCode::Delete, "delete", "Del"),
    (KeyCode::Insert, "insert", "Ins"),
    (KeyCode::Up, "up", "Up"),
    (KeyCode::Down, "down", "Down"),
    (KeyCode::Left, "left", "Left"),
    (KeyCode::Right, "right", "Right"),
    (KeyCode::Home, "home", "Home"),
    (KeyCode::End, "end", "End"),
    (KeyCode::PageUp, "pgup", "PgUp"),
    (KeyCode::PageDown, "pgdn", "PgDn"),
];

/// Ctrl with these is another key in many terminals, or flow control.
const NOT_WITH_CTRL: &str = "ijmhq[";

/// One key with its modifiers, normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// Whether Ctrl is held.
    pub ctrl: bool,
    /// Whether Shift is held; never with a character.
    pub shift: bool,
}

impl Chord {
    /// The escape key.
    pub const ESC: Self = Self { key: Key::Named("esc"), ctrl: false, shift: false };

    /// The chord of a key event; nothing for a release, an Alt key, or a key that has no name here.
    pub fn from_key(event: &KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        match event.code {
            KeyCode::Char(c) => Self::from_char(c, ctrl, alt, shift),
            _ if alt => None,
            KeyCode::BackTab => Some(Self { key: Key::Named("tab"), ctrl, shift: true }),
            KeyCode::F(n) => Some(Self { key: Key::F(n), ctrl, shift }),
            code => {
                let (_, name, _) = NAMED.iter().find(|(known, ..)| *known == code)?;
                Some(Self { key: Key::Named(name), ctrl, shift })
            }
        }
    }

    /// The key event that is this chord: what a click on a hint sends.
    pub fn event(self) -> KeyEvent {
        let code = match self.key {
            Key::Char(c) => KeyCode::Char(c),
            Key::F(n) => KeyCode::F(n),
            Key::Named(name) => {
                NAMED.iter().find(|(_, known, _)| *known == name).map_or(KeyCode::Null, |(code, ..)| *code)
            }
        };
        let code = if self.shift && code == KeyCode::Tab { KeyCode::BackTab } else { code };
        let mut with = KeyModifiers::NONE;
        with.set(KeyModifiers::CONTROL, self.ctrl);
        with.set(KeyModifiers::SHIFT, self.shift);
        KeyEvent::new(code, with)
    }

    fn from_char(c: char, ctrl: bool, alt: bool, shift: bool) -> Option<Self> {
        // Windows sends AltGr as Ctrl with Alt: what it types is a character, not a command.
        let ctrl = match (ctrl, alt) {
            (true, true) => false,
            (false, true) => return None,
            (ctrl, false) => ctrl,
        };
        if ctrl {
            // Some terminals send Ctrl-H for Backspace.
            let c = layout::latin(c).to_ascii_lowercase();
            let key = if c == 'h' { Key::Named("backspace") } else { Key::Char(c) };
            return Some(Self { key, ctrl: key != Key::Named("backspace"), shift: false });
        }
        let c = if shift { upper(c) } else { c };
        Some(Self { key: Key::Char(c), ctrl: false, shift: false })
    }

    /// The chord on the same key of a Latin keyboard; for command states only, never for text.
    #[must_use]
    pub fn latin(self) -> Self {
        match self.key {
            Key::Char(c) => Self { key: Key::Char(layout::latin(c)), ..self },
            Key::F(_) | Key::Named(_) => self,
        }
    }

    /// Whether the chord types a character.
    pub fn is_text(self) -> bool {
        matches!(self.key, Key::Char(_)) && !self.ctrl
    }

    /// The chord that is written so, or a sentence saying what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let (mut ctrl, mut shift) = (false, false);
        loop {
            if let Some(after) = strip(rest, "ctrl-") {
                (ctrl, rest) = (true, after);
            } else if let Some(after) = strip(rest, "shift-") {
                (shift, rest) = (true, after);
            } else {
                break;
            }
        }
        let key = parse_key(rest).ok_or_else(|| format!("`{text}` is not a key"))?;
        match key {
            Key::Char(c) if ctrl && NOT_WITH_CTRL.contains(c.to_ascii_lowercase()) => {
                Err(format!("`{text}` is another key in many terminals"))
            }
            Key::Char(c) if ctrl => Ok(Self { key: Key::Char(c.to_ascii_lowercase()), ctrl, shift: false }),
            Key::Char(c) if shift => Ok(Self { key: Key::Char(upper(c)), ctrl, shift: false }),
            Key::Char(_) | Key::F(_) | Key::Named(_) => Ok(Self { key, ctrl, shift }),
        }
    }
}

fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// What follows `prefix`, in any case, if a key is left after it.
fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    let tail = text.get(prefix.len()..)?;
    (head.eq_ignore_ascii_case(prefix) && !tail.is_empty()).then_some(tail)
}

fn parse_key(text: &str) -> Option<Key> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && !c.is_whitespace()).then_some(Key::Char(c));
    }
    let name = text.to_ascii_lowercase();
    if name == "space" {
        return Some(Key::Char(' '));
    }
    if let Some(n) = name.strip_prefix('f').and_then(|n| n.parse().ok()) {
        return (1..=12).contains(&n).then_some(Key::F(n));
    }
    NAMED.iter().find(|(_, written, _)| *written == name).map(|(_, written, _)| Key::Named(written))
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        match self.key {
            Key::Char(' ') => f.write_str("Space"),
            Key::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            Key::Char(c) => write!(f, "{c}"),
            Key::F(n) => write!(f, "F{n}"),
            Key::Named(name) => {
                f.write_str(NAMED.iter().find(|(_, written, _)| *written == name).map_or(name, |(.., shown)| shown))
            }
        }
    }
}

/// One key, or a prefix and the key after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Keys {
    /// The first key.
    pub first: Chord,
    /// The key after it, when the first is a prefix.
    pub then: Option<Chord>,
}

impl Keys {
    /// The keys that are written so: one chord, or two with a blank between them.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let first = Chord::parse(words.next().ok_or("no key is given")?)?;
        let then = words.next().map(Chord::parse).transpose()?;
        if words.next().is_some() {
            return Err(format!("`{text}` is more than two keys"));
        }
        Ok(Self { first, then })
    }

    /// Whether no one could press both: they are equal, or one is the prefix of the other.
    pub fn clashes(self, other: Self) -> bool {
        self.first == other.first && (self.then == other.then || self.then.is_none() || other.then.is_none())
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.then {
            Some(then) => write!(f, "{} {then}", self.first),
            None => write!(f, "{}", self.first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Keys::parse(text).unwrap().to_string()
    }

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<String> {
        Chord::from_key(&KeyEvent::new(code, modifiers)).map(|chord| chord.to_string())
    }

    #[test]
    fn what_is_written_is_what_is_shown_and_reads_back() {
        for text in ["ctrl-s", "enter", "shift-tab", ">", "g t", "G", "f12", "space", "-", "pgdn", "ctrl-space", ":"] {
            assert_eq!(Keys::parse(&shown(text)), Keys::parse(text), "{text}");
        }
        assert_eq!(shown("ctrl-s"), "Ctrl-S");
        assert_eq!(shown("shift-g"), "G");
        assert_eq!(shown("g  t"), "g t");
    }

    #[test]
    fn what_is_no_key_is_refused_with_its_name() {
        for text in ["", "ctrl-", "alt-x", "f13", "g t t", "ctrl-m", "Ctrl-H", "hyper", "\u{1b}"] {
            assert!(Keys::parse(text).is_err(), "{text}");
        }
        assert_eq!(Keys::parse("ctrl-q").unwrap_err(), "`ctrl-q` is another key in many terminals");
    }

    #[test]
    fn the_event_of_a_chord_is_that_chord() {
        for text in ["ctrl-s", "enter", "shift-tab", ">", "G", "f12", "space", "pgdn", "shift-up", "esc", "ы"] {
            let chord = Chord::parse(text).unwrap();
            assert_eq!(Chord::from_key(&chord.event()), Some(chord), "{text}");
        }
    }

    #[test]
    fn events_are_normalised() {
        let (none, ctrl, shift, alt) =
            (KeyModifiers::NONE, KeyModifiers::CONTROL, KeyModifiers::SHIFT, KeyModifiers::ALT);
        assert_eq!(pressed(KeyCode::Char('g'), shift).as_deref(), Some("G"));
        assert_eq!(pressed(KeyCode::Char('>'), shift).as_deref(), Some(">"));
        assert_eq!(pressed(KeyCode::Char('h'), ctrl).as_deref(), Some("Backspace"));
        assert_eq!(pressed(KeyCode::Char('S'), ctrl | shift).as_deref(), Some("Ctrl-S"));
        assert_eq!(pressed(KeyCode::Char('ы'), ctrl).as_deref(), Some("Ctrl-S"));
        assert_eq!(pressed(KeyCode::BackTab, shift).as_deref(), Some("Shift-Tab"));
        assert_eq!(pressed(KeyCode::Char('@'), ctrl | alt).as_deref(), Some("@"));
        assert_eq!(pressed(KeyCode::Char('x'), alt), None);
        assert_eq!(pressed(KeyCode::CapsLock, none), None);
        let release = KeyEvent::new_with_kind(KeyCode::Enter, none, KeyEventKind::Release);
        assert_eq!(Chord::from_key(&release), None);
    }

    #[test]
    fn a_prefix_clashes_with_what_starts_with_it() {
        let keys = |text| Keys::parse(text).unwrap();
        assert!(keys("g").clashes(keys("g t")));
        assert!(keys("g t").clashes(keys("g t")));
        assert!(!keys("g t").clashes(keys("g c")));
        assert!(!keys("G").clashes(keys("g c")));
    }
}
