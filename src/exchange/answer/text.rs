//! Plain text in at most 80 columns.

use unicode_width::UnicodeWidthStr;

/// The widest line.
pub(super) const WIDTH: usize = 80;

/// `text` in lines of at most [`WIDTH`] columns, each with `indent` before it and two blanks more from the second on.
pub fn wrapped(indent: &str, text: &str) -> String {
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

/// `text` cut or filled to exactly `width` columns.
pub(super) fn cell(text: &str, width: usize) -> String {
    let mut out = String::new();
    if text.width() > width {
        for c in text.chars() {
            if format!("{out}{c}").width() >= width {
                break;
            }
            out.push(c);
        }
        out.push('…');
    } else {
        out.push_str(text);
    }
    let fill = width.saturating_sub(out.width());
    out.push_str(&" ".repeat(fill));
    out
}

/// Cells side by side, two blanks apart, without blanks at the end.
pub(super) fn row(cells: &[(&str, usize)]) -> String {
    let filled: Vec<_> = cells.iter().map(|(text, width)| cell(text, *width)).collect();
    format!("{}\n", filled.join("  ").trim_end())
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

    #[test]
    fn a_cell_is_as_wide_as_asked() {
        for text in ["", "short", "much too long for it", "模型回滚模型回滚"] {
            assert_eq!(cell(text, 9).width(), 9, "{text}");
        }
    }
}
