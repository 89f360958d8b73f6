//! Text measured by the columns it takes, not by its letters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that `text` takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` if it fits into so many columns, else its beginning and `more`.
pub fn cut(text: &str, columns: usize, more: &str) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(more.width());
    let mut out = fitting(text, room).to_owned();
    out.push_str(if more.width() <= columns { more } else { "" });
    out
}

/// The longest beginning of `text` that fits.
fn fitting(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// `text` in lines of at most so many columns, broken between words, and within a word that is longer than a line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    if columns == 0 {
        return Vec::new();
    }
    text.split('\n').flat_map(|line| wrap_line(line, columns)).collect()
}

fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let (mut done, mut now) = (Vec::new(), String::new());
    for mut word in line.split_whitespace() {
        let blank = usize::from(!now.is_empty());
        if now.width() + blank + word.width() > columns && !now.is_empty() {
            done.push(std::mem::take(&mut now));
        }
        while word.width() > columns {
            let mut head = fitting(word, columns);
            if head.is_empty() {
                // Not even one wide character fits; it is passed on whole, and cut where it is drawn.
                head = &word[..word.chars().next().map_or(0, char::len_utf8)];
            }
            done.push(head.to_owned());
            word = &word[head.len()..];
        }
        if !now.is_empty() && !word.is_empty() {
            now.push(' ');
        }
        now.push_str(word);
    }
    if !now.is_empty() || done.is_empty() {
        done.push(now);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_is_never_wider_than_its_place() {
        assert_eq!(cut("Prompt injection", 8, "…"), "Prompt …");
        assert_eq!(cut("模型回滚流程", 6, "…"), "模型…");
        assert_eq!(cut("short", 8, "…"), "short");
        for columns in 0..14 {
            assert!(cut("模型 back e\u{301}t", columns, "…").width() <= columns);
        }
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_word() {
        let text = "It drafts contracts, and模型回滚流程未经测试 too.\n\nEnd";
        for columns in 2..40 {
            let lines = wrap(text, columns);
            assert!(lines.iter().all(|line| line.width() <= columns), "{columns} {lines:?}");
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
        assert_eq!(wrap("a b\n\nc", 9), ["a b", "", "c"]);
        assert!(wrap("a", 0).is_empty());
        assert_eq!(wrap("模", 1), ["模"]);
    }
}
