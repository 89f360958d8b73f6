//! Rows in columns. Only the rows that are on the screen are built: a register may have thousands.

use std::{borrow::Cow, ops::Range};

use ratatui::layout::{Position, Rect};

use super::{Pen, Target, after, below, columns};
use crate::{app::list::window, ui::theme::Tone};

/// The gutter before the first column, where the mark of the selected row has its place.
const GUTTER: u16 = 3;

/// A column: it is `ideal` wide where there is room, shrinks to `min`, and goes altogether where even that is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'a> {
    /// What stands over it.
    pub title: &'a str,
    /// The least width.
    pub min: u16,
    /// The width that it should have.
    pub ideal: u16,
    /// Whether it takes what is left over.
    pub grows: bool,
    /// Whether its text stands at its right end.
    pub right: bool,
    /// Who goes first when there is no room: the highest; columns with 0 stay.
    pub yields: u8,
}

impl<'a> Column<'a> {
    /// A column of one width that stays.
    pub fn fixed(title: &'a str, width: u16) -> Self {
        Self { title, min: width, ideal: width, grows: false, right: false, yields: 0 }
    }

    /// A column that takes what is left over.
    pub fn growing(title: &'a str, min: u16, ideal: u16) -> Self {
        Self { min, ideal, grows: true, ..Self::fixed(title, ideal) }
    }

    /// The same column with its text at its right end.
    #[must_use]
    pub fn right(self) -> Self {
        Self { right: true, ..self }
    }

    /// The same column, which goes when there is no room.
    #[must_use]
    pub fn yielding(self, yields: u8) -> Self {
        Self { yields, ..self }
    }
}

/// The widths of the columns in so much room, with one blank between two; 0 for a column that has to go.
pub fn widths(all: &[Column], room: u16) -> Vec<u16> {
    let mut kept: Vec<bool> = all.iter().map(|_| true).collect();
    let sum = |kept: &[bool], of: fn(&Column) -> u16| {
        let wide = all.iter().zip(kept).filter(|(_, kept)| **kept).map(|(column, _)| of(column).saturating_add(1));
        wide.fold(0, u16::saturating_add).saturating_sub(1)
    };
    while sum(&kept, |column| column.min) > room {
        let candidates = all.iter().enumerate().filter(|(at, column)| kept[*at] && column.yields > 0);
        let Some((at, _)) = candidates.max_by_key(|(_, column)| column.yields) else { break };
        kept[at] = false;
    }
    let mut out: Vec<u16> = all.iter().zip(&kept).map(|(column, kept)| if *kept { column.min } else { 0 }).collect();
    let mut spare = room.saturating_sub(sum(&kept, |column| column.min));
    for (at, column) in all.iter().enumerate().filter(|(at, _)| kept[*at]) {
        let more = column.ideal.saturating_sub(column.min).min(spare);
        out[at] += more;
        spare -= more;
    }
    if let Some(at) = (0..all.len()).find(|at| kept[*at] && all[*at].grows) {
        out[at] = out[at].saturating_add(spare);
    }
    out
}

/// What stands in one column of one row: pieces of text, each in its tone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell<'a>(pub Vec<(Cow<'a, str>, Tone)>);

impl<'a> Cell<'a> {
    /// One text in one tone.
    pub fn new(text: impl Into<Cow<'a, str>>, tone: Tone) -> Self {
        Self(vec![(text.into(), tone)])
    }

    /// The columns that it takes.
    pub fn columns(&self) -> u16 {
        self.0.iter().map(|(text, _)| columns(text)).fold(0, u16::saturating_add)
    }
}

/// What is known of the rows without building them.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// The columns.
    pub columns: &'a [Column<'a>],
    /// How many rows there are.
    pub len: usize,
    /// The selected row.
    pub selected: Option<usize>,
    /// The column of the cell that has the focus, in the selected row.
    pub cell: Option<usize>,
    /// Whether the titles are drawn.
    pub header: bool,
    /// Whether it has the focus: only then is the selected row marked.
    pub active: bool,
}

/// What was drawn, for the mouse and for the terminal's cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The rows that are on the screen.
    pub rows: Range<usize>,
    /// The area of the rows, one line each.
    pub area: Rect,
    /// Each column's area, over the height of the rows; empty for one that had to go.
    pub columns: Vec<Rect>,
    /// Where the terminal's cursor belongs: on the focused cell, or on the mark of the selected row.
    pub cursor: Option<Position>,
}

impl Drawn {
    /// The row and the column at a place on the screen.
    pub fn at(&self, place: Position) -> Option<(usize, Option<usize>)> {
        let row = self.rows.start + usize::from(place.y.checked_sub(self.area.y)?);
        let hit = self.area.contains(place) && self.rows.contains(&row);
        hit.then(|| (row, self.columns.iter().position(|column| column.contains(place))))
    }
}

/// Draws a table; `row` is asked for the cells of those rows only that are on the screen.
pub fn table<'c>(pen: &mut Pen, area: Rect, table: &Table, mut row: impl FnMut(usize) -> Vec<Cell<'c>>) -> Drawn {
    let area = pen.within(area);
    let body = below(area, u16::from(table.header));
    let columns = places(table.columns, after(body, GUTTER));
    if table.header {
        for (column, place) in table.columns.iter().zip(&columns) {
            let place = Rect { y: area.y, height: area.height.min(1), ..*place };
            aligned(pen, place, column.right, &Cell::new(column.title, Tone::Muted));
        }
    }
    let rows = window(table.selected.unwrap_or(0), table.len, usize::from(body.height));
    let mut drawn = Drawn { rows: rows.clone(), area: body, columns, cursor: None };
    for (line, at) in (0..body.height).zip(rows) {
        let focused = table.active && table.selected == Some(at);
        draw_row(pen, table, &mut drawn, (line, focused), &row(at));
        if let Some(selected) = table.selected.filter(|_| table.active) {
            pen.spot(Rect { height: 1, ..below(body, line) }, Target::Row { at, selected });
        }
    }
    drawn
}

fn places(all: &[Column], area: Rect) -> Vec<Rect> {
    let mut rest = area;
    let place = |width: u16| {
        let here = Rect { width: width.min(rest.width), ..rest };
        rest = after(rest, if width > 0 { width.saturating_add(1) } else { 0 });
        here
    };
    widths(all, area.width).into_iter().map(place).collect()
}

fn draw_row(pen: &mut Pen, table: &Table, drawn: &mut Drawn, (line, selected): (u16, bool), cells: &[Cell]) {
    let place = |area: Rect| Rect { height: 1, ..below(area, line) };
    if selected {
        let mark = after(place(drawn.area), 1);
        pen.write(mark, pen.theme.glyphs().selected, Tone::Selected);
        drawn.cursor = (mark.width > 0).then(|| mark.as_position());
    }
    for (at, cell) in cells.iter().enumerate().take(table.columns.len()) {
        let here = place(drawn.columns[at]);
        aligned(pen, here, table.columns[at].right, cell);
        if selected {
            pen.cells.set_style(pen.within(here), pen.theme.style(Tone::Selected));
        }
        if selected && table.cell == Some(at) && here.width > 0 {
            // Reverse on top of what the text has, so that its sign and weight stay.
            pen.cells.set_style(pen.within(here), pen.theme.style(Tone::Focus));
            drawn.cursor = Some(here.as_position());
        }
    }
    if selected && table.cell.is_none() {
        pen.select(after(place(drawn.area), GUTTER));
    }
}

fn aligned(pen: &mut Pen, place: Rect, right: bool, cell: &Cell) {
    let place = if right { after(place, place.width.saturating_sub(cell.columns())) } else { place };
    pen.write_all(place, cell.0.iter().map(|(text, tone)| (text.as_ref(), *tone)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sizes::{lines, on_every_size};

    fn register() -> [Column<'static>; 4] {
        [
            Column::fixed("Id", 5),
            Column::growing("Threat", 10, 30),
            Column::fixed("Owner", 8).yielding(1),
            Column::fixed("L I", 3).right(),
        ]
    }

    fn row(at: usize) -> Vec<Cell<'static>> {
        vec![
            Cell::new(format!("T-{at:03}"), Tone::Text),
            Cell::new("Prompt injection via 模型", Tone::Text),
            Cell::new("J. Brandt", Tone::Muted),
            Cell(vec![("4 ".into(), Tone::Text), ("5".into(), Tone::Alert)]),
        ]
    }

    #[test]
    fn columns_shrink_and_then_go() {
        assert_eq!(widths(&register(), 60), [5, 41, 8, 3]);
        assert_eq!(widths(&register(), 40), [5, 21, 8, 3]);
        assert_eq!(widths(&register(), 29), [5, 10, 8, 3]);
        assert_eq!(widths(&register(), 28), [5, 18, 0, 3]);
        assert_eq!(widths(&[], 10), Vec::<u16>::new());
    }

    #[test]
    fn only_what_is_seen_is_built() {
        let mut built = 0;
        let columns = register();
        let shown =
            Table { columns: &columns, len: 50_000, selected: Some(700), cell: Some(1), header: true, active: true };
        let picture = lines(40, 4, |pen, area| {
            let drawn = table(pen, area, &shown, |at| {
                built += 1;
                row(at)
            });
            assert_eq!(drawn.rows, 699..702);
            assert_eq!(drawn.cursor, Some(Position::new(9, 2)));
            assert_eq!(drawn.at(Position::new(9, 1)), Some((699, Some(1))));
            assert_eq!(drawn.at(Position::new(9, 0)), None);
        });
        assert_eq!(built, 3);
        assert_eq!(picture[0], "   Id    Threat             Owner    L I");
        assert_eq!(picture[2], " ▌ T-700 Prompt injection … J. Bran… 4 5");
    }

    #[test]
    fn any_size_will_do() {
        let columns = register();
        on_every_size(|pen, area| {
            for len in [0, 1, 30] {
                let shown =
                    Table { columns: &columns, len, selected: Some(7), cell: Some(3), header: len != 1, active: true };
                table(pen, area, &shown, row);
            }
        });
    }
}
