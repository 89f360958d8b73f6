//! Letters of three lines, for the heading that the last row of a room has to read.

use ratatui::layout::Rect;

use crate::ui::{
    part::{Pen, below, columns},
    theme::Tone,
};

/// How many lines a line of large letters takes, the empty one below it included.
pub const HIGH: u16 = 4;

/// The letters that there are, each five dots high; capitals stand for both.
const LETTERS: [(char, [&str; 5]); 50] = [
    ('A', [".##.", "#..#", "####", "#..#", "#..#"]),
    ('B', ["###.", "#..#", "###.", "#..#", "###."]),
    ('C', [".###", "#...", "#...", "#...", ".###"]),
    ('D', ["###.", "#..#", "#..#", "#..#", "###."]),
    ('E', ["####", "#...", "###.", "#...", "####"]),
    ('F', ["####", "#...", "###.", "#...", "#..."]),
    ('G', [".###", "#...", "#.##", "#..#", ".###"]),
    ('H', ["#..#", "#..#", "####", "#..#", "#..#"]),
    ('I', ["###", ".#.", ".#.", ".#.", "###"]),
    ('J', ["..##", "...#", "...#", "#..#", ".##."]),
    ('K', ["#..#", "#.#.", "##..", "#.#.", "#..#"]),
    ('L', ["#...", "#...", "#...", "#...", "####"]),
    ('M', ["#...#", "##.##", "#.#.#", "#...#", "#...#"]),
    ('N', ["#..#", "##.#", "#.##", "#..#", "#..#"]),
    ('O', [".##.", "#..#", "#..#", "#..#", ".##."]),
    ('P', ["###.", "#..#", "###.", "#...", "#..."]),
    ('Q', [".##.", "#..#", "#..#", "#.#.", ".#.#"]),
    ('R', ["###.", "#..#", "###.", "#.#.", "#..#"]),
    ('S', [".###", "#...", ".##.", "...#", "###."]),
    ('T', ["#####", "..#..", "..#..", "..#..", "..#.."]),
    ('U', ["#..#", "#..#", "#..#", "#..#", ".##."]),
    ('V', ["#...#", "#...#", ".#.#.", ".#.#.", "..#.."]),
    ('W', ["#...#", "#...#", "#.#.#", "##.##", "#...#"]),
    ('X', ["#..#", "#..#", ".##.", "#..#", "#..#"]),
    ('Y', ["#...#", ".#.#.", "..#..", "..#..", "..#.."]),
    ('Z', ["####", "..#.", ".#..", "#...", "####"]),
    ('0', [".##.", "#.##", "##.#", "#..#", ".##."]),
    ('1', [".#.", "##.", ".#.", ".#.", "###"]),
    ('2', ["###.", "...#", ".##.", "#...", "####"]),
    ('3', ["###.", "...#", ".##.", "...#", "###."]),
    ('4', ["#..#", "#..#", "####", "...#", "...#"]),
    ('5', ["####", "#...", "###.", "...#", "###."]),
    ('6', [".##.", "#...", "###.", "#..#", ".##."]),
    ('7', ["####", "...#", "..#.", ".#..", ".#.."]),
    ('8', [".##.", "#..#", ".##.", "#..#", ".##."]),
    ('9', [".##.", "#..#", ".###", "...#", ".##."]),
    (' ', ["..", "..", "..", "..", ".."]),
    ('-', ["...", "...", "###", "...", "..."]),
    ('.', [".", ".", ".", ".", "#"]),
    (',', ["..", "..", "..", ".#", "#."]),
    (':', [".", "#", ".", "#", "."]),
    ('/', ["...#", "..#.", ".#..", "#...", "#..."]),
    ('\'', ["#", "#", ".", ".", "."]),
    ('"', ["#.#", "#.#", "...", "...", "..."]),
    ('?', ["###.", "...#", ".##.", "....", ".#.."]),
    ('!', ["#", "#", "#", ".", "#"]),
    ('&', [".#..", "#.#.", ".#..", "#.##", ".##."]),
    ('(', [".#", "#.", "#.", "#.", ".#"]),
    (')', ["#.", ".#", ".#", ".#", "#."]),
    ('+', ["...", ".#.", "###", ".#.", "..."]),
];

/// A text in large letters, three lines of it; none where a letter of it is not there.
fn lines(text: &str) -> Option<[String; 3]> {
    let mut dots: [String; 6] = Default::default();
    for c in text.chars() {
        let c = c.to_ascii_uppercase();
        let (_, letter) = LETTERS.iter().find(|(known, _)| *known == c)?;
        for (row, dots) in dots.iter_mut().enumerate() {
            // Below the five there is nothing; between two letters one column.
            match letter.get(row) {
                Some(line) => dots.push_str(line),
                None => dots.extend(std::iter::repeat_n('.', letter[0].len())),
            }
            dots.push('.');
        }
    }
    let half = |pair: usize| {
        let (upper, lower) = (dots[pair * 2].chars(), dots[pair * 2 + 1].chars());
        let both = upper.zip(lower).map(|both| match both {
            ('#', '#') => '█',
            ('#', _) => '▀',
            (_, '#') => '▄',
            _ => ' ',
        });
        both.collect::<String>().trim_end().to_owned()
    };
    Some([half(0), half(1), half(2)])
}

/// Writes a text as large as it fits on one line: in letters of three lines, with a blank between its letters, else as it
/// is on as many lines as it takes. What is left below it.
pub fn write(pen: &mut Pen, area: Rect, text: &str, tone: Tone, tall: bool) -> Rect {
    let fits = |line: &str| columns(line) <= area.width;
    if let Some(large) = lines(text).filter(|lines| tall && lines.iter().all(|line| fits(line))) {
        for (at, line) in (0..).zip(&large) {
            pen.write(below(area, at), line, tone);
        }
        return below(area, HIGH);
    }
    let wide: String = text.chars().flat_map(|c| [c, ' ']).collect();
    if fits(wide.trim_end()) {
        // Not as a paragraph: the blanks between its words are wider than those between its letters.
        pen.write(area, wide.trim_end(), tone);
        return below(area, 2);
    }
    let used = pen.paragraph(area, text, tone);
    below(area, used.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_five_lines_of_one_width_and_there_once() {
        for (c, rows) in LETTERS {
            assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{c}");
            assert!(rows[0].len() <= 5 && rows.iter().all(|row| row.chars().all(|dot| "#.".contains(dot))), "{c}");
            assert_eq!(LETTERS.iter().filter(|(known, _)| *known == c).count(), 1, "{c}");
            assert!(c == ' ' || rows.iter().any(|row| row.contains('#')), "{c}");
        }
    }

    #[test]
    fn words_stay_apart_where_their_letters_are() {
        let drawn = |width| {
            crate::ui::sizes::lines(width, 2, |pen, area| {
                write(pen, area, "an item", Tone::Strong, false);
            })
        };
        assert_eq!(drawn(20), ["a n   i t e m", ""]);
        assert_eq!(drawn(12), ["an item", ""]);
    }

    #[test]
    fn a_word_is_drawn_in_halves_of_cells() {
        assert_eq!(lines("Hi").unwrap(), ["█  █ ▀█▀", "█▀▀█  █", "▀  ▀ ▀▀▀"]);
        assert_eq!(lines("陈丽"), None, "what cannot be drawn is written");
    }
}
