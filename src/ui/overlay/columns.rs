//! What the columns of a table are: the columns at the left, the field of each at the right, below them the first rows.

use ratatui::layout::{Position, Rect};

use super::{boxed, hint, middle};
use crate::{
    app::{columns::ColumnsTable, list::window, measure},
    keymap::{Action, Context, Keymap},
    ui::{
        part::{Pen, after, below},
        theme::Tone,
    },
};

/// How many lines the first rows take, with their heading.
const SAMPLE: u16 = 7;

/// Draws it; the terminal's cursor is on the field of the selected column.
pub fn draw(pen: &mut Pen, area: Rect, keymap: &Keymap, table: &ColumnsTable) -> Option<Position> {
    let changed = table.is_changed();
    let kind = table.after.kinds.get(table.after.kind).map_or("", |kind| kind.word);
    let note = if changed { format!("{kind}, changed") } else { kind.to_owned() };
    let keys: Vec<_> = [
        (Action::Save, "read it so"),
        (Action::Accept, "choose"),
        (Action::Tick, "none"),
        (Action::NextPane, "kind"),
        (Action::Back, if changed { "take back" } else { "close" }),
    ]
    .into_iter()
    .filter_map(|(action, word)| hint(keymap, Context::Columns, action, word))
    .collect();
    let wide = area.width.saturating_sub(if area.width >= 76 { 4 } else { 0 }).min(110);
    let high = u16::try_from(table.after.columns.len()).unwrap_or(u16::MAX).saturating_add(SAMPLE + 3);
    let title = format!("Columns of {}", table.after.file);
    let box_of = middle(area, wide, high.max(12));
    let title = measure::cut(&title, usize::from(box_of.width / 2), pen.theme.glyphs().more);
    let room = boxed(pen, box_of, (&title, &note), &keys);
    let below_list = if room.height >= SAMPLE + 4 { SAMPLE } else { 0 };
    let left = (room.width / 2).min(44);
    pen.write(Rect { width: left, ..after(room, 2) }, "Column of the file", Tone::Muted);
    pen.write(after(room, left + 4), "Read into", Tone::Muted);
    let list = Rect { height: room.height.saturating_sub(1 + below_list), ..below(room, 1) };
    let cursor = rows(pen, list, (table, left));
    if below_list > 0 {
        sample(pen, Rect { height: below_list, ..below(room, room.height - below_list) }, table);
    }
    cursor.or_else(|| (!room.is_empty()).then(|| room.as_position()))
}

fn rows(pen: &mut Pen, area: Rect, (table, left): (&ColumnsTable, u16)) -> Option<Position> {
    let chosen = table.column();
    let mut rest = area;
    let mut cursor = None;
    for at in window(chosen, table.after.columns.len(), usize::from(area.height)) {
        let Some((name, now)) = table.after.columns.get(at) else { continue };
        let here = at == chosen;
        let glyphs = pen.theme.glyphs();
        if here {
            pen.write(rest, glyphs.selected, Tone::Selected);
        }
        let line = Rect { height: rest.height.min(1), ..rest };
        let shown = if name.is_empty() { format!("(column {})", at + 1) } else { name.to_string() };
        let place = Rect { width: left, ..after(line, 2) };
        let tone = if here { Tone::Strong } else { Tone::Text };
        pen.write(place, &measure::cut(&shown, usize::from(left), glyphs.more), tone);
        let star = if table.before.columns.get(at).map(|(_, before)| before) == Some(now)
            && table.before.kind == table.after.kind
        {
            " "
        } else {
            "*"
        };
        let field = table.after.field(at);
        let place = after(line, left + 3);
        let tone = if field.is_some() { Tone::Text } else { Tone::Muted };
        let [before, behind] = if here { glyphs.turn } else { ["", ""] };
        let word = format!("{star}{before}{}{behind}", field.unwrap_or("kept as it is"));
        pen.write(place, &word, tone);
        if here {
            pen.select(place);
            cursor = (!place.is_empty()).then(|| place.as_position());
        }
        rest = below(rest, 1);
    }
    cursor
}

/// The first rows: of each the cell under the cursor, and behind it the whole of the row.
fn sample(pen: &mut Pen, area: Rect, table: &ColumnsTable) {
    let column = table.column();
    let name = table.after.columns.get(column).map_or("", |(name, _)| name.as_str());
    let title = format!("The first rows, from \"{}\" on", measure::cut(name, 24, pen.theme.glyphs().more));
    pen.rule(Rect { height: 1, ..area }, &title, "", false);
    let cells = usize::from((area.width / 18).max(1));
    let each = area.width / u16::try_from(cells).unwrap_or(1);
    let first = column.min(table.after.columns.len().saturating_sub(cells));
    let mut line = below(area, 1);
    let heads: Vec<String> = (first..first + cells)
        .map(|at| table.after.field(at).map_or_else(|| "-".to_owned(), str::to_owned))
        .take(table.after.columns.len().saturating_sub(first))
        .collect();
    spread(pen, line, (&heads, each), (column - first, Tone::Muted));
    for row in &table.after.rows {
        line = below(line, 1);
        let cells: Vec<String> = row.iter().skip(first).take(cells).map(ToString::to_string).collect();
        spread(pen, line, (&cells, each), (column - first, Tone::Text));
    }
}

/// Cells side by side, one of them strong.
fn spread(pen: &mut Pen, area: Rect, (cells, each): (&[String], u16), (strong, tone): (usize, Tone)) {
    let mut rest = Rect { height: area.height.min(1), ..area };
    for (at, cell) in cells.iter().enumerate() {
        let place = Rect { width: each.saturating_sub(2).min(rest.width), ..rest };
        let text = measure::cut(cell, usize::from(place.width), pen.theme.glyphs().more);
        pen.write(place, &text, if at == strong { Tone::Strong } else { tone });
        rest = after(rest, each);
    }
}
