//! The value of one field of a sheet: as it rests, and as it is filled.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Modifier,
    widgets::Widget,
};

use crate::{
    app::{
        entry::Entry,
        form::{FormField, Input},
    },
    ui::{
        part::{Pen, after, below, columns, cut, wrap},
        theme::{Theme, Tone},
    },
};

/// The field that has the keys.
pub fn value(pen: &mut Pen, area: Rect, field: &FormField) -> Option<Position> {
    match &field.input {
        Input::Line(entry) | Input::Prose(entry) => typed(pen, area, entry),
        Input::Choice(words, at) => choice(pen, area, (words, *at)),
        Input::Choices(words, on, at) => ticks(pen, area, (words, on), Some(*at)),
    }
}

/// One line of a field that does not have the keys; its last line says whether there is more.
pub fn resting(pen: &mut Pen, area: Rect, field: &FormField, (line, last): (usize, bool)) {
    match &field.input {
        Input::Line(entry) | Input::Prose(entry) if entry.is_empty() => {
            pen.fill(Rect { width: area.width.min(12), ..area }, "_", Tone::Later);
        }
        Input::Line(entry) if entry.is_secret() => {
            pen.write(area, &pen.theme.glyphs().hidden.repeat(entry.text().chars().count()), Tone::Text);
        }
        Input::Line(entry) => {
            pen.write(area, &entry.text(), Tone::Text);
        }
        Input::Prose(entry) => {
            let all = wrap(&entry.text(), usize::from(area.width));
            let more = if last && all.len() > line + 1 { pen.theme.glyphs().more } else { "" };
            let text = all.get(line).map_or("", String::as_str);
            let text = cut(text, usize::from(area.width.saturating_sub(columns(more))), "");
            pen.write(area, &format!("{text}{more}"), Tone::Text);
        }
        Input::Choice(words, at) => {
            let label = at.and_then(|at| words.get(at)).map(|(_, label)| label.as_str());
            let (text, tone) = label.map_or(("not chosen", Tone::Later), |label| (label, Tone::Text));
            pen.write(area, text, tone);
        }
        Input::Choices(words, on, _) => {
            if let Some(row) = rows(words, area.width).get(line) {
                tick_line(pen, area, (words, on), (row, None));
            }
        }
    }
}

/// The text that is being written, on a line of its own look so that its room can be seen.
fn typed(pen: &mut Pen, area: Rect, entry: &Entry) -> Option<Position> {
    let area = pen.within(area);
    if area.is_empty() {
        return None;
    }
    if entry.is_secret() {
        let mut masked = entry.area().clone();
        pen.theme.glyphs().hidden.chars().for_each(|mask| masked.set_mask_char(mask));
        masked.render(area, pen.cells);
    } else {
        entry.area().render(area, pen.cells);
    }
    underline(pen.cells, area, pen.theme);
    entry.cursor_in(area)
}

fn underline(cells: &mut Buffer, area: Rect, theme: Theme) {
    cells.set_style(area, theme.style(Tone::Text).add_modifier(Modifier::UNDERLINED));
}

fn choice(pen: &mut Pen, area: Rect, (words, at): (&[(String, String)], Option<usize>)) -> Option<Position> {
    let label = at.and_then(|at| words.get(at)).map(|(_, label)| label.as_str());
    let [back, on] = pen.theme.glyphs().turn;
    let place =
        at.map_or_else(|| format!("{} to choose from", words.len()), |at| format!("{} of {}", at + 1, words.len()));
    let room = usize::from(area.width.saturating_sub(columns(&place)).saturating_sub(7));
    let label = cut(label.unwrap_or("not chosen"), room, pen.theme.glyphs().more);
    let (strong, blank) = (Tone::Strong, (" ", Tone::Text));
    let pieces =
        [(back, strong), blank, (&label, Tone::Focus), blank, (on, strong), blank, blank, (&place, Tone::Muted)];
    pen.write_all(area, pieces);
    (area.width > 2).then(|| after(area, 2).as_position())
}

/// The words of a tick list as they stand in lines: which, and at which column.
pub fn rows(words: &[(String, String)], wide: u16) -> Vec<Vec<(usize, u16)>> {
    let mut out: Vec<Vec<(usize, u16)>> = vec![Vec::new()];
    let mut used = 0u16;
    for (at, (_, label)) in words.iter().enumerate() {
        let each = columns(label).saturating_add(4);
        if used > 0 && used.saturating_add(each) > wide {
            out.push(Vec::new());
            used = 0;
        }
        if let Some(line) = out.last_mut() {
            line.push((at, used));
        }
        used = used.saturating_add(each).saturating_add(2);
    }
    out
}

/// A tick list; `at` is the word that the cursor is on.
fn ticks(pen: &mut Pen, area: Rect, list: (&[(String, String)], &[bool]), at: Option<usize>) -> Option<Position> {
    let all = rows(list.0, area.width);
    let chosen = all.iter().position(|line| line.iter().any(|(word, _)| Some(*word) == at)).unwrap_or(0);
    let height = usize::from(area.height);
    let mut cursor = None;
    let mut rest = area;
    for line in all.iter().skip((chosen + 1).saturating_sub(height)).take(height) {
        cursor = cursor.or(tick_line(pen, rest, list, (line, at)));
        rest = below(rest, 1);
    }
    cursor
}

fn tick_line(
    pen: &mut Pen,
    area: Rect,
    (words, on): (&[(String, String)], &[bool]),
    (line, at): (&[(usize, u16)], Option<usize>),
) -> Option<Position> {
    let mut cursor = None;
    for (word, from) in line {
        let here = after(area, *from);
        let ticked = on.get(*word).copied().unwrap_or(false);
        let glyphs = pen.theme.glyphs();
        let (sign, tone) = if ticked { (glyphs.ticked, Tone::Good) } else { (glyphs.open, Tone::Text) };
        let label = words.get(*word).map_or("", |(_, label)| label.as_str());
        let chosen = Some(*word) == at;
        let own = if chosen { Tone::Focus } else { Tone::Text };
        pen.write_all(here, [(sign, tone), (" ", Tone::Text), (label, own)]);
        if chosen {
            cursor = (here.width > 1).then(|| after(here, 1).as_position());
        }
    }
    cursor
}
