//! The board of controls: columns by status, as many side by side as there is room for.

use ratatui::layout::{Position, Rect};

use super::{
    part::{Pen, after, below},
    theme::Tone,
    words::tone,
};
use crate::app::{
    list::window,
    row::{Row, RowKind},
    system::SystemScreen,
};

/// Less than this, and the title of a control cannot be read.
const LEAST: u16 = 18;
/// With less room than this a list in groups says more.
const NARROW: u16 = 70;
/// The lines of a card: its number and what presses, then its title.
const CARD: u16 = 3;

/// Whether the columns fit: else the same cards are drawn as a list in groups.
pub fn fits(width: u16, screen: &SystemScreen) -> bool {
    screen.on_board() && width >= NARROW
}

/// Which columns are in sight: so many from this one on, with the selected one among them.
fn in_sight(all: usize, selected: usize, width: u16) -> std::ops::Range<usize> {
    let side_by_side = usize::from(width / LEAST).clamp(1, all.max(1));
    window(selected, all, side_by_side)
}

/// Draws it; answers where the terminal's cursor belongs.
pub fn draw(pen: &mut Pen, area: Rect, screen: &SystemScreen) -> Option<Position> {
    let columns = screen.board_columns();
    let (selected, card) = screen.card().unwrap_or((0, 0));
    let seen = in_sight(columns.len(), selected, area.width);
    let note = match (seen.start, columns.len() - seen.end) {
        (0, 0) => String::new(),
        (left, right) => format!("{left} more to the left, {right} to the right"),
    };
    pen.rule(area, screen.plan.view.title(), &note, true);
    let body = below(area, 1);
    let wide = body.width / u16::try_from(seen.len().max(1)).unwrap_or(1);
    let mut cursor = None;
    let heads: Vec<&Row> = screen.rows.iter().filter(|row| matches!(row.kind, RowKind::Heading(_))).collect();
    for (at, n) in seen.clone().enumerate() {
        let from = wide.saturating_mul(u16::try_from(at).unwrap_or(0));
        let place = Rect { width: wide.saturating_sub(1), ..after(body, from) };
        let cards: Vec<&Row> = columns[n].iter().map(|row| &screen.rows[*row]).collect();
        let here = (n == selected).then_some(card);
        heading(pen, place, heads.get(n).copied(), here.is_some());
        cursor = column(pen, below(place, 1), &cards, here).or(cursor);
    }
    cursor
}

fn heading(pen: &mut Pen, area: Rect, head: Option<&Row>, focused: bool) {
    let Some(Row { kind: RowKind::Heading(count), cells, .. }) = head else { return };
    let title = cells.first().map_or("", |cell| cell.text.as_str());
    let line = after(area, 1);
    let text = format!("{title} {count}");
    pen.fill(Rect { height: 1, ..area }, " ", Tone::Text);
    if focused {
        pen.write(area, pen.theme.glyphs().here, Tone::Here);
    }
    pen.write(line, &text, if count == "0" { Tone::Later } else { Tone::Strong });
}

/// The cards of one column, with the selected one in sight, and how many there are beyond.
fn column(pen: &mut Pen, area: Rect, cards: &[&Row], selected: Option<usize>) -> Option<Position> {
    let high = usize::from(area.height);
    let all = cards.len() * usize::from(CARD) <= high;
    let fit = usize::from(area.height.saturating_sub(u16::from(!all)) / CARD).max(1);
    let seen = window(selected.unwrap_or(0), cards.len(), fit);
    let mut rest = area;
    let mut cursor = None;
    for at in seen.clone() {
        let here = selected == Some(at);
        cursor = draw_card(pen, Rect { height: rest.height.min(CARD), ..rest }, cards[at], here).or(cursor);
        rest = below(rest, CARD);
    }
    let beyond = cards.len() - seen.len();
    if beyond > 0 {
        pen.write(after(rest, 1), &format!("{beyond} more"), Tone::Muted);
    }
    cursor
}

fn draw_card(pen: &mut Pen, area: Rect, row: &Row, selected: bool) -> Option<Position> {
    let text = |at: usize| row.cells.get(at).map_or("", |cell| cell.text.as_str());
    let line = after(area, 1);
    let note = row.cells.get(2).map_or(Tone::Text, |cell| tone(cell.tint));
    if selected {
        pen.write(area, pen.theme.glyphs().selected, Tone::Selected);
    }
    pen.write_all(line, [(text(0), Tone::Strong), (" ", Tone::Text), (text(2), note)]);
    pen.paragraph(Rect { height: line.height.saturating_sub(1).min(CARD - 1), ..below(line, 1) }, text(1), Tone::Text);
    if selected {
        for at in 0..area.height {
            pen.select(below(line, at));
        }
    }
    (selected && !area.is_empty()).then(|| area.as_position())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_column_is_in_sight() {
        for width in [1, 18, 70, 80, 120, 200] {
            for selected in 0..6 {
                let seen = in_sight(6, selected, width);
                assert!(seen.contains(&selected) && seen.end <= 6, "{width} {selected} {seen:?}");
            }
        }
        assert_eq!(in_sight(6, 5, 80).len(), 4);
        assert_eq!(in_sight(6, 0, 120).len(), 6);
    }
}
