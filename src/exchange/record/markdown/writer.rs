//! A page of Markdown into which no text from outside can write structure.

use crate::domain::{fields::Vocabulary, people::Role, text::is_visible};
use crate::exchange::record::{act_parts::GapPart, model::Party};

/// The page as it grows.
#[derive(Default)]
pub(in crate::exchange) struct Page {
    out: String,
}

impl Page {
    /// A heading; `title` is ours or escaped.
    pub(in crate::exchange) fn heading(&mut self, level: usize, title: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(&"#".repeat(level));
        self.out.push(' ');
        self.out.push_str(title);
        self.out.push_str("\n\n");
    }

    /// One item of a list.
    pub(in crate::exchange) fn item(&mut self, text: &str) {
        self.out.push_str("- ");
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// `Label: what was said`, or an explicit gap.
    pub(in crate::exchange) fn fact(&mut self, label: &str, value: Option<&str>) {
        match value.filter(|value| !value.is_empty()) {
            Some(value) => self.item(&format!("{label}: {}", plain(value))),
            None => self.item(&format!("{label}: **Gap:** nothing was said")),
        }
    }

    /// A table; every cell is ours or escaped. Without rows there is no table.
    pub(in crate::exchange) fn table(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        self.row(heads.iter().copied());
        self.row(heads.iter().map(|_| "---"));
        for row in rows {
            self.row(row.iter().map(String::as_str));
        }
    }

    fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        self.out.push('|');
        for cell in cells {
            self.out.push(' ');
            self.out.push_str(if cell.is_empty() { "–" } else { cell });
            self.out.push_str(" |");
        }
        self.out.push('\n');
    }

    /// What stands in a section of which nothing is there: its gaps, a line each, else `none`. The list of everything
    /// that is missing comes at the end of the page.
    pub(in crate::exchange) fn gaps(&mut self, gaps: &[GapPart], part: &str, (rows, none): (usize, &str)) {
        if rows > 0 {
            return;
        }
        let mut own = gaps.iter().filter(|gap| gap.part == part).peekable();
        if own.peek().is_none() {
            self.item(none);
        }
        for gap in own {
            self.item(&format!("**Gap:** {}{}", plain(&gap.text), whose(gap)));
        }
    }

    /// The text of the page.
    pub(in crate::exchange) fn finish(self) -> String {
        self.out
    }
}

/// Who has to close a gap, and since when it is open.
pub(in crate::exchange) fn whose(gap: &GapPart) -> String {
    let role = gap.role.map_or(String::new(), |code| format!(" ({}", role(code)));
    if role.is_empty() {
        return role;
    }
    let who = gap.party.as_ref().map_or(String::new(), |party| format!(", {}", plain(&party.name)));
    let since = gap.since.as_deref().map_or(String::new(), |since| format!(", since {}", day(since)));
    format!("{role}{who}{since})")
}

/// Text from outside on one line, with everything that Markdown, HTML or a wiki would obey taken literally.
pub(in crate::exchange) fn plain(text: &str) -> String {
    let joined = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" / ");
    let clean: String = joined.chars().filter(|c| is_visible(*c)).collect();
    let mut out = String::with_capacity(clean.len() + 8);
    for (at, c) in clean.char_indices() {
        let (before, after) = (&clean[..at], &clean[at + c.len_utf8()..]);
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '#' | '|' | '~' | '$' | '!' => escaped(c, &mut out),
            // At the beginning these make lists and rules.
            '-' | '+' | '=' | ':' if before.is_empty() => escaped(c, &mut out),
            '.' | ')' if numbered(before) && !after.starts_with(|c: char| c.is_alphanumeric()) => escaped(c, &mut out),
            // A bare address would become a link.
            ':' if after.starts_with("//") => escaped(c, &mut out),
            '.' if ends_in_www(before) => escaped(c, &mut out),
            c => out.push(c),
        }
    }
    out
}

fn ends_in_www(before: &str) -> bool {
    before.len().checked_sub(3).and_then(|at| before.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// Whether a dot or a bracket after this would begin a numbered list.
fn numbered(before: &str) -> bool {
    !before.is_empty() && before.len() < 10 && before.bytes().all(|b| b.is_ascii_digit())
}

fn escaped(c: char, out: &mut String) {
    out.push('\\');
    out.push(c);
}

/// The name of a person, or a gap.
pub(in crate::exchange) fn name(party: Option<&Party>) -> String {
    party.map_or_else(|| "**Gap:** nobody is named".to_owned(), |party| plain(&party.name))
}

/// What people call a role.
pub(in crate::exchange) fn role(code: &str) -> String {
    Role::parse(code).map_or_else(|| plain(code), |role| role.label().to_owned())
}

/// The day of a point in time.
pub(in crate::exchange) fn day(instant: &str) -> &str {
    instant.split('T').next().unwrap_or(instant)
}

/// The day of a point in time that may be missing.
pub(in crate::exchange) fn day_or(instant: Option<&String>) -> &str {
    instant.map_or("–", |instant| day(instant))
}

/// A code of ours as people read it.
pub(in crate::exchange) fn word(code: &str) -> String {
    code.replace(['_', '-'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_is_taken_literally() {
        for (hostile, inert) in [
            ("# Approved\n| a | b |", "\\# Approved / \\| a \\| b \\|"),
            ("- [x] done", "\\- \\[x\\] done"),
            ("1. first", "1\\. first"),
            ("<script>&lt;", "&lt;script&gt;&amp;lt;"),
            (
                "`code` **bold** ~~gone~~ $x$ {{ y }}",
                "\\`code\\` \\*\\*bold\\*\\* \\~\\~gone\\~\\~ \\$x\\$ \\{\\{ y \\}\\}",
            ),
            ("![x](https://evil.example)", "\\!\\[x\\](https\\://evil.example)"),
            ("\u{1b}[31mred\u{202e}", "\\[31mred"),
        ] {
            assert_eq!(plain(hostile), inert);
        }
    }
}
