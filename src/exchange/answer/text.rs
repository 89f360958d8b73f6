//! Plain text in at most 80 columns.

use unicode_width::UnicodeWidthStr;

/// The widest line.
pub(super) const WIDTH: usize = 80;

/// `text` in lines of at most [`WIDTH`] columns, each with `indent` before it and two blanks more from the second on.
pub(super) fn wrapped(indent: &str, text: &str) -> String {
    let mut out = String::new();
    let mut line = indent.to_owned();
    let mut empty = true;
    for word in text.split_whitespace().flat_map(|word| pieces(word, WIDTH - indent.len() - 4)) {
        if !empty && line.width() + 1 + word.width() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = format!("{indent}  ");
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(&word);
        empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
    out
}

/// A word that is too long for a line, in pieces.
fn pieces(word: &str, most: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    for c in word.chars() {
        let full = all.last().is_some_and(|piece| piece.width() >= most);
        if full {
            all.push(String::new());
        }
        if let Some(piece) = all.last_mut() {
            piece.push(c);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_80_columns() {
        for text in ["word ".repeat(60), "x".repeat(500), "模型回滚".repeat(80)] {
            for line in wrapped("  ", &text).lines() {
                assert!(line.width() <= WIDTH, "{line}");
            }
        }
    }
}
