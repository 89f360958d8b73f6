//! Charts: bars that lie, columns that stand. Every part of them carries a sign, so that they read without colour.

use ratatui::layout::{Position, Rect};

use super::{Pen, after, below, columns};
use crate::{app::list::window, ui::theme::Tone};

/// A bar: what it counts, the sign of its level, the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar<'a> {
    /// What it counts.
    pub label: &'a str,
    /// A sign before the label; blank for none.
    pub sign: &'a str,
    /// How the sign looks.
    pub tone: Tone,
    /// The number; none for a row that is only a row.
    pub count: Option<u32>,
}

/// Draws bars one below the other, as many as fit around the selected one; answers where the mark of that one is.
pub fn bars(pen: &mut Pen, area: Rect, all: &[Bar], (selected, active): (usize, bool)) -> Option<Position> {
    let most = all.iter().filter_map(|bar| bar.count).max().unwrap_or(0);
    let digits = columns(&most.to_string());
    let widest = all.iter().filter(|bar| bar.count.is_some()).map(|bar| columns(bar.label)).max().unwrap_or(0);
    let label = widest.min(area.width.saturating_mul(11) / 20);
    let room = area.width.saturating_sub(label).saturating_sub(digits).saturating_sub(9);
    let mut cursor = None;
    for (line, at) in (0..area.height).zip(window(selected, all.len(), usize::from(area.height))) {
        let here = Rect { height: 1, ..below(area, line) };
        let bar = &all[at];
        let mark = after(here, 1);
        pen.write(after(here, 3), bar.sign, bar.tone);
        let text = after(here, 5);
        if let Some(count) = bar.count {
            pen.write(Rect { width: label.min(text.width), ..text }, bar.label, Tone::Text);
            let place = after(text, label.saturating_add(1));
            let used = length(count, most, room);
            let full = pen.theme.glyphs().full;
            pen.fill(Rect { width: used.min(place.width), ..place }, full, Tone::Text);
            pen.write(after(place, used.saturating_add(u16::from(used > 0))), &count.to_string(), Tone::Strong);
        } else {
            pen.write(text, bar.label, Tone::Text);
        }
        if at == selected {
            pen.write(mark, pen.theme.glyphs().selected, Tone::Selected);
            if active {
                pen.select(after(here, 5));
            }
            cursor = (mark.width > 0).then(|| mark.as_position());
        }
    }
    cursor
}

/// How long a bar is: what is more than nothing has a length, and only the most has the whole room.
fn length(count: u32, most: u32, room: u16) -> u16 {
    let long = u64::from(room) * u64::from(count) / u64::from(most.max(1));
    let long = u16::try_from(long).unwrap_or(room);
    if count > 0 { long.max(room.min(1)) } else { 0 }
}

/// A part of a column, from the bottom: how many, the sign that fills it, and how it looks.
pub type Part = (u32, &'static str, Tone);

/// Columns of parts that stand on one another, all on one scale.
#[derive(Debug, Clone, Copy)]
pub struct Stacks<'a> {
    /// The columns, from left to right, each from the bottom.
    pub columns: &'a [Vec<Part>],
    /// What stands below the first and the last column.
    pub ends: (&'a str, &'a str),
    /// Which one is selected.
    pub selected: usize,
    /// Whether it has the focus.
    pub active: bool,
}

/// Draws columns with their scale at the left and what they are below; answers where the mark of the selected one is.
pub fn stacks(pen: &mut Pen, area: Rect, all: &Stacks) -> Option<Position> {
    let total = |column: &Vec<Part>| column.iter().map(|part| part.0).sum::<u32>();
    let most = all.columns.iter().map(total).max().unwrap_or(0);
    let axis = columns(&most.to_string()).saturating_add(2);
    let count = u16::try_from(all.columns.len()).unwrap_or(u16::MAX).max(1);
    let each = (area.width.saturating_sub(axis).saturating_sub(1) / count).min(6);
    let high = area.height.saturating_sub(2);
    if each == 0 || high == 0 {
        return None;
    }
    let field = after(area, axis);
    pen.write_right(Rect { width: axis.saturating_sub(1), ..area }, &most.to_string(), Tone::Muted);
    pen.write_right(Rect { width: axis.saturating_sub(1), ..below(area, high.saturating_sub(1)) }, "0", Tone::Muted);
    let foot = below(area, high);
    let mut cursor = None;
    for (at, column) in (0u16..).zip(all.columns) {
        let place = after(field, at.saturating_mul(each));
        let wide = if each > 2 { each - 1 } else { each };
        let place = Rect { width: wide.min(place.width), ..place };
        for (line, (_, sign, tone)) in
            (1..).zip(rows(column, most, high).iter().flat_map(|(n, part)| (0..*n).map(move |_| part)))
        {
            pen.fill(Rect { height: 1, ..below(place, high.saturating_sub(line)) }, sign, *tone);
        }
        if usize::from(at) == all.selected {
            let mark = Rect { y: foot.y, height: foot.height, ..place };
            pen.write(mark, pen.theme.glyphs().selected, Tone::Selected);
            if all.active {
                pen.select(Rect { height: 1, ..after(mark, 1) });
            }
            cursor = (!mark.is_empty()).then(|| mark.as_position());
        }
    }
    let words = after(below(area, high.saturating_add(1)), axis);
    let whole = Rect { width: each.saturating_mul(count).min(words.width), ..words };
    pen.write(whole, all.ends.0, Tone::Muted);
    if columns(all.ends.0).saturating_add(columns(all.ends.1)) < whole.width {
        pen.write_right(whole, all.ends.1, Tone::Muted);
    }
    cursor
}

/// How many lines each part of a column has: every part that is there has one, as long as there is room.
fn rows(column: &[Part], most: u32, high: u16) -> Vec<(u16, Part)> {
    let (mut sum, mut used) = (0u64, 0u16);
    let mut out = Vec::new();
    for part in column.iter().filter(|part| part.0 > 0) {
        sum += u64::from(part.0);
        let end = (sum * u64::from(high) + u64::from(most) / 2) / u64::from(most.max(1));
        let end = u16::try_from(end).unwrap_or(high).max(used.saturating_add(1)).min(high);
        out.push((end - used.min(end), *part));
        used = end.max(used);
    }
    out
}

/// Draws numbers over time as columns of block eighths, all on one scale.
pub fn trend(pen: &mut Pen, area: Rect, values: &[u32]) {
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    let count = u16::try_from(values.len()).unwrap_or(u16::MAX).max(1);
    let each = (area.width / count).min(4);
    let eighths = u64::from(area.height) * 8;
    for (at, value) in (0u16..).zip(values) {
        let place = after(area, at.saturating_mul(each));
        let place = Rect { width: if each > 2 { each - 1 } else { each }, ..place };
        let high = (u64::from(*value) * eighths / u64::from(most)).max(u64::from(*value > 0));
        let (full, part) = (u16::try_from(high / 8).unwrap_or(area.height), high % 8);
        let glyphs = pen.theme.glyphs().trend;
        for line in 0..full.min(area.height) {
            pen.fill(Rect { height: 1, ..below(place, area.height - 1 - line) }, glyphs[7], Tone::Text);
        }
        if part > 0 && full < area.height {
            let sign = glyphs[usize::try_from(part).unwrap_or(8) - 1];
            pen.fill(Rect { height: 1, ..below(place, area.height - 1 - full) }, sign, Tone::Text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{
        sizes::{lines, lines_in, on_every_size},
        theme::Theme,
    };

    const BARS: [Bar<'static>; 3] = [
        Bar { label: "Prompt injection", sign: "!", tone: Tone::Level(3), count: Some(12) },
        Bar { label: "Theft", sign: ".", tone: Tone::Level(0), count: Some(1) },
        Bar { label: "T-3 4x5 → 2x3", sign: "o", tone: Tone::Level(1), count: None },
    ];

    fn sample() -> [Vec<Part>; 3] {
        [
            vec![(1, "!", Tone::Level(3)), (3, "#", Tone::Level(2))],
            vec![(0, "!", Tone::Level(3)), (2, "#", Tone::Level(2)), (6, ".", Tone::Level(0))],
            vec![],
        ]
    }

    fn draw(pen: &mut Pen, area: Rect, columns: &[Vec<Part>]) -> Option<Position> {
        stacks(pen, area, &Stacks { columns, ends: ("07 Nov", "21 Nov"), selected: 1, active: false })
    }

    #[test]
    fn bars_are_as_long_as_what_they_count() {
        let picture = lines(40, 3, |pen, area| {
            assert_eq!(bars(pen, area, &BARS, (1, false)), Some(Position::new(1, 1)));
        });
        assert_eq!(picture[0], "   ! Prompt injection ■■■■■■■■■■■■■ 12");
        assert_eq!(picture[1], " ▌ . Theft            ■ 1");
        assert_eq!(picture[2], "   o T-3 4x5 → 2x3");
    }

    #[test]
    fn columns_stand_on_one_scale_and_show_every_part() {
        let picture = lines(30, 6, |pen, area| {
            assert_eq!(draw(pen, area, &sample()), Some(Position::new(9, 4)));
        });
        assert_eq!(
            picture,
            [
                " 8       .....",
                "         .....",
                "   ##### .....",
                " 0 !!!!! #####",
                "         ▌",
                "   07 Nov      21 Nov"
            ]
        );
    }

    #[test]
    fn a_trend_has_eighths_and_a_twin_in_ascii() {
        let values = [0, 1, 8, 16];
        let picture = lines(12, 2, |pen, area| trend(pen, area, &values));
        assert_eq!(picture, ["         ██", "   ▁▁ ██ ██"]);
        let ascii = Theme { ascii: true, ..Theme::default() };
        assert_eq!(lines_in(ascii, (12, 2), |pen, area| trend(pen, area, &values)), ["         ##", "   __ ## ##"]);
    }

    #[test]
    fn any_size_will_do() {
        on_every_size(|pen, area| {
            bars(pen, area, &BARS, (2, true));
            bars(pen, area, &[], (0, true));
            draw(pen, area, &sample());
            draw(pen, area, &[]);
            trend(pen, area, &[3, 0, u32::MAX]);
            trend(pen, area, &[]);
        });
    }

    #[test]
    fn no_column_is_higher_than_its_room() {
        for high in 0..9 {
            for column in sample() {
                let sum: u16 = rows(&column, 8, high).iter().map(|(n, _)| *n).sum();
                assert!(sum <= high);
            }
        }
    }
}
