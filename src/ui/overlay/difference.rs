//! What was signed beside what is there now.

use ratatui::layout::{Position, Rect};

use super::{boxed, hint, middle};
use crate::{
    app::difference::{Comparison, Line, sides},
    keymap::{Action, Context, Keymap},
    ui::{
        part::{Hint, Pen, after, below, columns},
        theme::Tone,
    },
};

/// Draws it; the terminal's cursor is on its first line.
pub fn draw(pen: &mut Pen, area: Rect, keymap: &Keymap, shown: &Comparison) -> Option<Position> {
    let inner = Comparison::columns(area.width);
    let heads = u16::from(sides(inner).is_some());
    let all = shown.lines(inner);
    let fits = usize::from(area.height.saturating_sub(2).saturating_sub(heads));
    let top = shown.top.min(all.len().saturating_sub(fits));
    let last = (top + fits).min(all.len());
    let note =
        if all.len() > fits { format!("lines {} to {last} of {}", top + 1, all.len()) } else { shown.counts.clone() };
    let wide = u16::try_from(inner).unwrap_or(area.width).saturating_add(4);
    let high = u16::try_from(all.len()).unwrap_or(u16::MAX).saturating_add(2).saturating_add(heads);
    let keys = keys(keymap, shown, all.len() > fits);
    // Of title and note the title goes first: what is compared stands over the columns, too.
    let note = if columns(&shown.title).saturating_add(columns(&note)).saturating_add(12) > wide {
        String::new()
    } else {
        note
    };
    let room = boxed(pen, middle(area, wide, high), (&shown.title, &note), &keys);
    let mut rest = room;
    if let Some(place) = sides(inner) {
        both(pen, rest, place, ["", &shown.heads.0, &shown.heads.1], [Tone::Muted, Tone::Strong, Tone::Strong]);
        rest = below(rest, 1);
    }
    for line in &all[top..last] {
        write(pen, rest, inner, line);
        rest = below(rest, 1);
    }
    (!room.is_empty()).then(|| room.as_position())
}

fn write(pen: &mut Pen, area: Rect, inner: usize, line: &Line) {
    let line_of = Rect { height: area.height.min(1), ..area };
    match line {
        Line::Section(name, counts) => pen.rule(line_of, name, counts, false),
        Line::Thing(text) => drop(pen.write(line_of, text, Tone::Strong)),
        Line::Both(label, was, is) => {
            let Some(place) = sides(inner) else { return };
            both(pen, line_of, place, [label, was, is], [Tone::Muted, Tone::Text, Tone::Text]);
        }
        Line::Field(text) => drop(pen.write(line_of, text, Tone::Muted)),
        Line::Before(text) => drop(pen.write_all(line_of, [("    - ", Tone::Muted), (text.as_str(), Tone::Muted)])),
        Line::After(text) => drop(pen.write_all(line_of, [("    + ", Tone::Strong), (text.as_str(), Tone::Text)])),
        Line::Words(text) => drop(pen.write(line_of, text, Tone::Text)),
        Line::Blank => {}
    }
}

/// The name of a field and its two sides.
fn both(pen: &mut Pen, area: Rect, (label, side): (usize, usize), texts: [&str; 3], tones: [Tone; 3]) {
    let [label, side] = [label, side].map(|columns| u16::try_from(columns).unwrap_or(u16::MAX));
    let places = [(2, label.saturating_sub(2)), (label, side), (label.saturating_add(side).saturating_add(2), side)];
    for ((from, width), (text, tone)) in places.into_iter().zip(texts.into_iter().zip(tones)) {
        let place = after(area, from);
        pen.write(Rect { width: place.width.min(width), ..place }, text, tone);
    }
}

fn keys(keymap: &Keymap, shown: &Comparison, scrolls: bool) -> Vec<Hint> {
    let again = shown.again.is_some();
    let all =
        [(Action::Accept, "confirm again", again), (Action::PageDown, "on", scrolls), (Action::Back, "close", true)];
    let wanted = all.into_iter().filter(|(.., wanted)| *wanted);
    wanted.filter_map(|(action, word, _)| hint(keymap, Context::Reader, action, word)).collect()
}
