//! Text from outside, cleaned once at the border.
//!
//! Imported titles and pasted notes may carry escape sequences, bidirectional overrides or zero-width characters. They
//! are removed here, by the only constructors there are, so that the screen, the exports and the fingerprints all see
//! the same letters.

use std::fmt;

/// Longest [`Line`], in characters.
pub const LINE_MAX: usize = 500;
/// Longest [`Prose`], in characters.
pub const PROSE_MAX: usize = 100_000;

/// One line of cleaned text: no control, bidi or invisible characters, no line break, no blanks at the ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(String);

/// Several lines of cleaned text; `\n` is the only control character that it can hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prose(String);

impl Line {
    /// Cleans `raw`: every run of white space becomes one blank, and what is over [`LINE_MAX`] characters is cut.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        let mut out = String::with_capacity(raw.len().min(LINE_MAX * 4));
        let mut gap = false;
        let mut count = 0;
        for c in raw.chars() {
            if c.is_whitespace() || c == '\u{85}' {
                gap = !out.is_empty();
            } else if is_visible(c) {
                if gap {
                    out.push(' ');
                    count += 1;
                    gap = false;
                }
                if count >= LINE_MAX {
                    break;
                }
                out.push(c);
                count += 1;
            }
        }
        Self(out)
    }
}

impl Prose {
    /// Cleans `raw`: line ends become `\n`, tabs become blanks, blanks at the ends of lines go, and what is over
    /// [`PROSE_MAX`] characters is cut.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        let mut out = String::with_capacity(raw.len().min(PROSE_MAX * 4));
        let mut chars = raw.chars().peekable();
        let mut count = 0;
        while let Some(c) = chars.next() {
            if count >= PROSE_MAX {
                break;
            }
            let kept = match c {
                '\r' => {
                    chars.next_if_eq(&'\n');
                    '\n'
                }
                '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => '\n',
                '\t' => ' ',
                c if is_visible(c) => c,
                _ => continue,
            };
            if kept == '\n' {
                trim_blanks(&mut out);
            }
            out.push(kept);
            count += 1;
        }
        out.truncate(out.trim_end().len());
        let lead = out.len() - out.trim_start_matches('\n').len();
        out.drain(..lead);
        Self(out)
    }
}

fn trim_blanks(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
}

/// Whether `c` may be kept: not a control character (C0, C1, DEL), no bidi control, nothing invisible.
#[must_use]
pub fn is_visible(c: char) -> bool {
    !(c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'))
}

macro_rules! text_type {
    ($name:ident) => {
        impl $name {
            /// The cleaned text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
            /// Whether there is no text.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
        impl From<&str> for $name {
            fn from(raw: &str) -> Self {
                Self::new(raw)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}
text_type!(Line);
text_type!(Prose);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_loses_what_a_terminal_would_obey() {
        let hostile = "a\u{1b}[31mred\u{9b}2J\u{7}\u{202e}evil\u{200b}\u{2066}x\u{feff}";
        assert_eq!(Line::new(hostile).as_str(), "a[31mred2Jevilx");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(Line::new("  Background\nWorker\t Process \r\n").as_str(), "Background Worker Process");
    }

    #[test]
    fn prose_keeps_its_lines_and_no_other_control() {
        assert_eq!(Prose::new("\r\none  \r\n\ttwo\u{1b}]0;t\u{7}\n\n").as_str(), "one\n two]0;t");
    }

    #[test]
    fn both_are_bounded() {
        let long = "x".repeat(PROSE_MAX * 2);
        assert_eq!(Line::new(&long).as_str().len(), LINE_MAX);
        assert_eq!(Prose::new(&long).as_str().len(), PROSE_MAX);
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for raw in ["  a \u{200b} b\n", "x\r\r\ny \n z", "\u{e0041}tag", "模型回滚"] {
            assert_eq!(Line::new(Line::new(raw).as_str()), Line::new(raw));
            assert_eq!(Prose::new(Prose::new(raw).as_str()), Prose::new(raw));
        }
    }
}
