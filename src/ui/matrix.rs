//! The heat map of likelihood and impact, written straight into the cells. Every cell of it carries a sign, so that it
//! reads without colour.

use ratatui::layout::{Position, Rect};

use super::{
    glyphs,
    part::{Pen, after, below},
    theme::Tone,
};

/// Lines and columns of the map.
pub const SIZE: (u16, u16) = (6, 30);
/// Lines and columns of the map at double size.
pub const DOUBLE: (u16, u16) = (11, 59);

/// Columns and lines of a cell.
pub const CELL: (u16, u16) = (5, 1);
/// The same with room for four digits.
pub const WIDE_CELL: (u16, u16) = (7, 1);
/// The same at double size.
pub const DOUBLE_CELL: (u16, u16) = (11, 2);

/// Columns and lines of a map with cells of this size.
pub fn size(cell: (u16, u16)) -> (u16, u16) {
    (AXIS.saturating_add(cell.0.saturating_mul(5)), cell.1.saturating_mul(5).saturating_add(1))
}

/// The columns before the cells.
const AXIS: u16 = 4;

/// How many threats there are at each place, and which places are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matrix {
    /// How many: `counts[likelihood - 1][impact - 1]`.
    pub counts: [[u32; 5]; 5],
    /// Likelihood and impact of the selected threat, 1 to 5 each.
    pub now: Option<(u8, u8)>,
    /// Where its controls take it.
    pub after: Option<(u8, u8)>,
    /// The place that the cursor is on, and whether it has the keys.
    pub cursor: Option<((u8, u8), bool)>,
    /// Columns and lines of a cell.
    pub cell: (u16, u16),
}

impl Default for Matrix {
    fn default() -> Self {
        Self { counts: [[0; 5]; 5], now: None, after: None, cursor: None, cell: CELL }
    }
}

impl Matrix {
    /// Draws the map; `level` is the level of risk for likelihood and impact, 0 low to 3 critical. Answers where the mark
    /// of the cursor is.
    pub fn draw(&self, pen: &mut Pen, area: Rect, level: impl Fn(u8, u8) -> u8) -> Option<Position> {
        let (wide, high) = self.cell;
        let (mut rest, mut found) = (area, None);
        for likelihood in (1..=5).rev() {
            pen.write(after(rest, 1), &format!("L{likelihood}"), Tone::Muted);
            for impact in 1..=5 {
                let cell = place(rest, (impact, wide, high));
                self.cell(pen, cell, (likelihood, impact), level(likelihood, impact));
                found = found.or(self.mark(pen, cell, (likelihood, impact)));
            }
            rest = below(rest, high);
        }
        for impact in 1..=5 {
            let cell = place(rest, (impact, wide, 1));
            pen.write(after(cell, wide.saturating_sub(3)), &format!("I{impact}"), Tone::Muted);
        }
        found
    }

    /// The mark at the left of the cell that the cursor is on; with the keys its number stands out, too.
    fn mark(&self, pen: &mut Pen, cell: Rect, at: (u8, u8)) -> Option<Position> {
        let (_, active) = self.cursor.filter(|(place, _)| *place == at)?;
        if active {
            for line in 0..cell.height {
                pen.select(Rect { height: 1, ..after(below(cell, line), 1) });
            }
        }
        pen.write(cell, pen.theme.glyphs().selected, Tone::Selected);
        (!cell.is_empty()).then(|| cell.as_position())
    }

    fn cell(&self, pen: &mut Pen, cell: Rect, at: (u8, u8), level: u8) {
        let tone = Tone::Level(level);
        let text = self.label(at, level);
        let style = pen.theme.style(tone);
        // The looks without colour must not underline or reverse blanks: only the sign is styled then.
        if style.bg.is_some() {
            pen.cells.set_style(pen.within(cell), style);
        }
        let marked = self.now == Some(at) || self.after == Some(at);
        // Signs stand under one another whether or not a bracket closes behind them.
        let room = cell.width.saturating_sub(u16::from(!marked && cell.width > 1));
        pen.write_right(Rect { width: room, ..cell }, &text, tone);
    }

    fn label(&self, at: (u8, u8), level: u8) -> String {
        let row = usize::from(at.0.clamp(1, 5) - 1);
        let count = self.counts[row][usize::from(at.1.clamp(1, 5) - 1)];
        // The sign, the mark of the cursor and the brackets need their room, too.
        let room = usize::from(self.cell.0.saturating_sub(3));
        let count = match count {
            0 => String::new(),
            _ if count.to_string().len() > room => "++".to_owned(),
            _ => count.to_string(),
        };
        let sign = glyphs::level(level);
        match (self.now == Some(at), self.after == Some(at)) {
            (true, _) => format!("[{count}{sign}]"),
            (false, true) => format!("({count}{sign})"),
            (false, false) => format!("{count}{sign}"),
        }
    }
}

/// The place of a cell in the line at the top of `rest`.
fn place(rest: Rect, (impact, wide, high): (u8, u16, u16)) -> Rect {
    let from = after(rest, AXIS.saturating_add(u16::from(impact.saturating_sub(1)).saturating_mul(wide)));
    Rect { width: from.width.min(wide), height: from.height.min(high), ..from }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{
        sizes::{cells_in, lines, on_every_size, standing_out},
        theme::{Mode, Theme},
    };
    use ratatui::style::Color;

    fn level(likelihood: u8, impact: u8) -> u8 {
        match likelihood * impact {
            0..=4 => 0,
            5..=9 => 1,
            10..=14 => 2,
            _ => 3,
        }
    }

    fn sample(double: bool) -> Matrix {
        let mut counts = [[0; 5]; 5];
        counts[2][4] = 1;
        counts[1][2] = 12;
        counts[4][4] = 1000;
        let cell = if double { DOUBLE_CELL } else { CELL };
        Matrix { counts, now: Some((3, 5)), after: Some((2, 3)), cell, ..Matrix::default() }
    }

    #[test]
    fn it_reads_without_colour() {
        let picture = lines(SIZE.1, SIZE.0, |pen, area| {
            let _ = sample(false).draw(pen, area, level);
        });
        let expected = [
            " L5    o    #    !    !  ++!",
            " L4    .    o    #    !    !",
            " L3    .    o    o    #  [1!]",
            " L2    .    . (12o)   o    #",
            " L1    .    .    .    .    o",
            "      I1   I2   I3   I4   I5",
        ];
        assert_eq!(picture, expected);
    }

    #[test]
    fn it_is_larger_at_double_size() {
        let picture = lines(DOUBLE.1, DOUBLE.0, |pen, area| {
            let _ = sample(true).draw(pen, area, level);
        });
        assert_eq!(picture[4].trim_end(), " L3          .          o          o          #        [1!]");
        assert_eq!(picture[10].trim_end(), "            I1         I2         I3         I4         I5");
    }

    #[test]
    fn the_cursor_has_a_mark_and_its_number_stays() {
        let picture = lines(39, 6, |pen, area| {
            let shown = Matrix { cursor: Some(((2, 3), true)), cell: WIDE_CELL, ..sample(false) };
            assert_eq!(shown.draw(pen, area, level), Some(Position::new(18, 3)));
        });
        assert_eq!(picture[0], " L5      o      #      !      !  1000!");
        assert_eq!(picture[3], " L2      .      . ▌ (12o)     o      #");
    }

    #[test]
    fn it_paints_both_colours_or_none() {
        let draw = |theme: Theme| {
            cells_in(theme, (30, 6), |pen, area| {
                let _ = sample(false).draw(pen, area, level);
            })
        };
        let painted = draw(Theme::default());
        assert!((AXIS..29).all(|x| painted[(x, 0)].bg != Color::Reset));
        let plain = draw(Theme { mode: Mode::None, ..Theme::default() });
        assert!(standing_out(&plain) >= 20);
    }

    #[test]
    fn any_size_will_do() {
        on_every_size(|pen, area| {
            sample(false).draw(pen, area, level);
            sample(true).draw(pen, area, |_, _| u8::MAX);
            Matrix { now: Some((0, 9)), ..sample(false) }.draw(pen, area, level);
        });
    }
}
