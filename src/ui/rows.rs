//! Rows of a pane: headings, notes and items. Only what is on the screen is built.

use ratatui::{
    layout::{Position, Rect},
    style::Modifier,
};

use super::{
    part::{Pen, Target, after, below, columns, wrap},
    theme::Tone,
    words::tone,
};
use crate::app::row::{Column, Row, RowKind, Width};

/// The columns before the cells: the mark of the selected row, then the row's own mark.
const GUTTER: u16 = 7;

/// One line of the screen: a row, and for a note that is wrapped, which part of it.
struct Line<'a> {
    at: usize,
    row: &'a Row,
    text: Option<String>,
}

/// The rows of a pane, and where the cursor is in them.
#[derive(Clone, Copy)]
pub struct Grid<'a> {
    /// The columns, from left to right.
    pub columns: &'a [Column],
    /// The rows.
    pub rows: &'a [Row],
    /// The selected row.
    pub selected: Option<usize>,
    /// The column that the cursor is in; none where the whole row is selected.
    pub cell: Option<usize>,
}

/// Where things were drawn.
#[derive(Default)]
pub struct Drawn {
    /// Where the terminal's cursor belongs.
    pub cursor: Option<Position>,
    /// The cell that the cursor is in.
    pub cell: Option<Rect>,
}

/// Draws the rows in so much room.
pub fn draw(pen: &mut Pen, area: Rect, grid: Grid<'_>) -> Drawn {
    let Grid { columns: all, rows, selected, cell } = grid;
    let places = places(all, area, cell);
    let titled = all.iter().any(|column| !column.title.is_empty());
    if titled {
        for (column, (from, width)) in all.iter().zip(&places) {
            pen.write(Rect { width: *width, ..after(area, *from) }, column.title, Tone::Muted);
        }
    }
    let mut rest = below(area, u16::from(titled));
    let mut drawn = Drawn::default();
    // The group that the cursor is in has the focus.
    let group = selected.and_then(|at| (0..at).rev().find(|at| matches!(rows[*at].kind, RowKind::Heading(_))));
    for line in window(rows, selected.unwrap_or(0), rest) {
        let here = Rect { height: 1, ..rest };
        let focused = selected == Some(line.at) || group == Some(line.at);
        let cell = cell.filter(|_| selected == Some(line.at));
        if let Some(place) = draw_line(pen, here, (&line, &places), (focused, cell)) {
            drawn.cursor = Some(place.as_position());
            drawn.cell = Some(place);
        }
        if let (Some(selected), true) = (selected, line.row.selectable()) {
            pen.spot(here, Target::Row { at: line.at, selected });
        }
        rest = below(rest, 1);
    }
    drawn
}

/// Less than this, and a text that shares what is left cannot be read.
const LEAST: u16 = 12;

/// Where each column begins and how wide it is; 0 for one that is not shown in so narrow a list. The column that the
/// cursor is in is shown in any list: others give way.
fn places(all: &[Column], area: Rect, keep: Option<usize>) -> Vec<(u16, u16)> {
    let shares = |column: &Column| match column.width {
        Width::Fixed(_) => 0,
        Width::Share(parts) => parts,
    };
    let parts: u16 = all.iter().map(shares).sum();
    let wide = |(at, column): (usize, &Column)| {
        let room = if Some(at) == keep { u16::MAX } else { area.width };
        fixed_width(column, room)
    };
    let mut fixed: Vec<u16> = all.iter().enumerate().map(wide).collect();
    let spare = |fixed: &[u16]| {
        let gaps = fixed.iter().filter(|width| **width > 0).count() + usize::from(parts > 0);
        let gaps = u16::try_from(gaps.saturating_sub(1)).unwrap_or(0);
        area.width.saturating_sub(GUTTER).saturating_sub(gaps).saturating_sub(fixed.iter().sum())
    };
    while parts > 0 && spare(&fixed) < LEAST.saturating_mul(parts) {
        let Some(at) = to_yield(&fixed, keep) else { break };
        fixed[at] = if fixed[at] > LEAST { fixed[at] - 1 } else { 0 };
    }
    let left = spare(&fixed);
    let mut from = GUTTER;
    let widths =
        all.iter().zip(&fixed).map(|(column, fixed)| fixed + left.saturating_mul(shares(column)) / parts.max(1));
    let place = |width: u16| {
        let here = (from, width);
        from = from.saturating_add(if width > 0 { width.saturating_add(1) } else { 0 });
        here
    };
    widths.map(place).collect()
}

fn fixed_width(column: &Column, room: u16) -> u16 {
    match column.width {
        Width::Fixed(width) if column.from <= room => width,
        Width::Fixed(_) | Width::Share(_) => 0,
    }
}

/// Which fixed column gives way: first those that are wide, then the last ones go; the first one stays.
fn to_yield(fixed: &[u16], keep: Option<usize>) -> Option<usize> {
    let wide = (0..fixed.len()).filter(|at| fixed[*at] > LEAST).max_by_key(|at| fixed[*at]);
    wide.or_else(|| (1..fixed.len()).rev().find(|at| fixed[*at] > 0 && Some(*at) != keep))
}

/// The lines that fit, with the selected row in the middle where that can be. What stands before the first row that can
/// be selected, or after the last, is in sight with that row: nothing else would bring it there.
fn window(rows: &[Row], selected: usize, area: Rect) -> Vec<Line<'_>> {
    let (height, width) = (usize::from(area.height), usize::from(area.width.saturating_sub(4)));
    let selected = selected.min(rows.len());
    let mut above = Vec::new();
    for at in (0..selected).rev() {
        if above.len() >= height {
            break;
        }
        above.extend(lines_of(rows, at, width).into_iter().rev());
    }
    let under: Vec<Line> = (selected..rows.len()).flat_map(|at| lines_of(rows, at, width)).take(height).collect();
    let first = !rows[..selected].iter().any(Row::selectable);
    let last = !rows.iter().skip(selected + 1).any(Row::selectable);
    let wanted = match (first, last) {
        (true, _) => height.saturating_sub(1),
        (false, true) => 0,
        (false, false) => height / 2,
    };
    let lead = wanted.max(height.saturating_sub(under.len())).min(above.len());
    above.truncate(lead);
    above.into_iter().rev().chain(under).take(height).collect()
}

fn lines_of(rows: &[Row], at: usize, width: usize) -> Vec<Line<'_>> {
    let row = &rows[at];
    match row.kind {
        RowKind::Heading(_) | RowKind::Item | RowKind::Struck => vec![Line { at, row, text: None }],
        RowKind::Note => note_lines(row, width).into_iter().map(|text| Line { at, row, text: Some(text) }).collect(),
    }
}

/// A note over as many lines as it needs, each as far in as its beginning.
fn note_lines(row: &Row, width: usize) -> Vec<String> {
    let text = row.cells.first().map_or("", |cell| cell.text.as_str());
    let bare = text.trim_start();
    let blanks = (text.len() - bare.len()).min(width / 2);
    let (lead, bare) = match bare.split_once(' ') {
        Some((sign @ ("►" | "!"), rest)) => (format!("{}{sign} ", " ".repeat(blanks)), rest),
        _ => (" ".repeat(blanks), bare),
    };
    let indent = usize::from(columns(&lead));
    let wrapped = wrap(bare, width.saturating_sub(indent).max(1));
    let head = |at: usize| if at == 0 { lead.clone() } else { " ".repeat(indent) };
    wrapped.iter().enumerate().map(|(at, line)| format!("{}{line}", head(at))).collect()
}

fn draw_line(
    pen: &mut Pen,
    area: Rect,
    (line, places): (&Line, &[(u16, u16)]),
    (selected, cell): (bool, Option<usize>),
) -> Option<Rect> {
    match (&line.row.kind, &line.text) {
        (RowKind::Heading(note), _) => {
            heading(pen, area, (line.row, note), selected);
            None
        }
        (_, Some(text)) => {
            let loud = text.trim_start().starts_with(['!', '►']);
            pen.write(after(area, 3), text, if loud { Tone::Text } else { Tone::Muted });
            None
        }
        (_, None) => item(pen, area, (line.row, places), (selected, cell)),
    }
}

/// What must not be overlooked shouts: its heading carries the bar of a gap.
fn heading(pen: &mut Pen, area: Rect, (row, note): (&Row, &str), focused: bool) {
    let title = row.cells.first().map_or("", |cell| cell.text.as_str());
    let loud = title.starts_with("▓▓");
    let title = title.trim_start();
    let tone = if loud { Tone::Alert } else { Tone::Strong };
    let note_tone = if note.starts_with('!') {
        Tone::Alert
    } else if note.starts_with("[x]") {
        Tone::Good
    } else {
        Tone::Muted
    };
    pen.rule_in(area, (title, tone), (note, note_tone), focused);
}

fn item(
    pen: &mut Pen,
    area: Rect,
    (row, places): (&Row, &[(u16, u16)]),
    (selected, focus): (bool, Option<usize>),
) -> Option<Rect> {
    let struck = row.kind == RowKind::Struck;
    let mark = after(area, 1);
    if selected {
        pen.write(mark, pen.theme.glyphs().selected, Tone::Selected);
    }
    // Not every terminal can strike through: what was withdrawn has a mark, too.
    let own = if struck && row.mark.text.trim().is_empty() { "[-]" } else { row.mark.text.as_str() };
    pen.write(Rect { width: 3, ..after(area, 3) }, own, tone(row.mark.tint));
    let last = row.cells.len().saturating_sub(1);
    for (at, cell) in row.cells.iter().enumerate() {
        let Some((from, width)) = places.get(at).copied().filter(|(_, width)| *width > 0) else { continue };
        // The last cell of a row has what is left of the line.
        let width = if at == last { area.width.saturating_sub(from) } else { width };
        let place = Rect { width, ..after(area, from) };
        pen.write(place, &cell.text, tone(cell.tint));
    }
    if struck {
        let style = ratatui::style::Style::new().add_modifier(Modifier::CROSSED_OUT | Modifier::DIM);
        pen.cells.set_style(pen.within(after(area, GUTTER)), style);
    }
    if !selected {
        return None;
    }
    // The row is its mark; one cell of it stands out where the cursor is in a cell.
    let cell = focus.and_then(|at| places.get(at)).filter(|(_, width)| *width > 0);
    let cell = cell.map(|(from, width)| Rect { width: *width, ..after(area, *from) });
    pen.select(cell.unwrap_or_else(|| after(area, 3)));
    let place = cell.unwrap_or(mark);
    (place.width > 0).then_some(place)
}

/// Whether a cell of this row is cut in a list of this width.
pub fn is_cut(all: &[Column], row: &Row, width: u16) -> bool {
    let area = Rect::new(0, 0, width, 1);
    let places = places(all, area, None);
    let last = row.cells.len().saturating_sub(1);
    row.cells.iter().zip(&places).enumerate().any(|(at, (cell, (from, wide)))| {
        let wide = if at == last { width.saturating_sub(*from) } else { *wide };
        columns(&cell.text) > wide
    })
}
