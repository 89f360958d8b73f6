//! What lies on the screen: sheets, questions, lists and texts, each in a box in the middle.

mod columns;
mod difference;
pub mod field;
mod files;
mod form;
mod merge;
mod palette;
mod policy;
mod small;

use ratatui::{
    layout::{Position, Rect},
    widgets::{Clear, Widget},
};

use super::{
    part::{Hint, Pen, after, below, columns, width},
    theme::Tone,
};
use crate::{
    app::{Model, Overlay},
    keymap::{Action, Context, Keymap},
};

/// Draws one; answers where the terminal's cursor belongs, if it is this one that has it.
pub fn draw(pen: &mut Pen, area: Rect, (model, keymap): (&Model, &Keymap), overlay: &Overlay) -> Option<Position> {
    match overlay {
        Overlay::Form(sheet) => form::draw(pen, area, keymap, sheet),
        Overlay::Palette(palette) => palette::draw(pen, area, (model, keymap), palette),
        Overlay::Confirm(question) => small::confirm(pen, area, keymap, question),
        Overlay::Chooser(chooser) => small::chooser(pen, area, keymap, chooser),
        Overlay::Policy(table) => policy::draw(pen, area, keymap, table),
        Overlay::Merge(merge) => merge::draw(pen, area, keymap, merge),
        Overlay::Reader(reader) => small::reader(pen, area, keymap, reader),
        Overlay::Difference(shown) => difference::draw(pen, area, keymap, shown),
        Overlay::Files(open) => files::draw(pen, area, keymap, open),
        Overlay::Columns(table) => columns::draw(pen, area, keymap, table),
        // They are typed where they belong: in the rule above the list, in the cell of the register.
        Overlay::Filter(_) | Overlay::Cell(_) => None,
    }
}

/// An area of this size in the middle of `area`, or all of it.
fn middle(area: Rect, wide: u16, high: u16) -> Rect {
    let (wide, high) = (wide.min(area.width), high.min(area.height));
    Rect::new(area.x + (area.width - wide) / 2, area.y + (area.height - high) / 2, wide, high)
}

/// A box with its title and a note above and its keys below; answers the room inside.
fn boxed(pen: &mut Pen, area: Rect, (title, note): (&str, &str), keys: &[Hint]) -> Rect {
    let area = pen.within(area);
    if area.width < 4 || area.height < 2 {
        return Rect { width: 0, height: 0, ..area };
    }
    clear(pen, area);
    let glyphs = pen.theme.glyphs();
    let [top_left, top_right, bottom_right, bottom_left] = glyphs.corners;
    let last = area.height - 1;
    for line in [0, last] {
        pen.fill(Rect { height: 1, ..below(area, line) }, glyphs.rule, Tone::Muted);
    }
    for line in 0..area.height {
        let here = below(area, line);
        let (left, right) = match line {
            0 => (top_left, top_right),
            _ if line == last => (bottom_left, bottom_right),
            _ => (glyphs.bar, glyphs.bar),
        };
        pen.write(Rect { width: 1, ..here }, left, Tone::Muted);
        pen.write(after(here, area.width - 1), right, Tone::Muted);
    }
    let head = Rect { width: area.width.saturating_sub(4), ..after(area, 2) };
    let noted = if note.is_empty() { 0 } else { columns(note).saturating_add(3) };
    let title_room = Rect { width: head.width.saturating_sub(noted), ..head };
    if !title.is_empty() {
        pen.write(title_room, &format!(" {title} "), Tone::Strong);
    }
    if !note.is_empty() {
        pen.write_right(head, &format!(" {note} "), Tone::Muted);
    }
    bottom(pen, below(area, last), keys);
    Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
}

/// A sign that is two columns wide must not reach into the box from the left.
fn clear(pen: &mut Pen, area: Rect) {
    Clear.render(area, pen.cells);
    if area.x == 0 {
        return;
    }
    for y in area.y..area.y + area.height {
        let cell = &mut pen.cells[(area.x - 1, y)];
        if width(cell.symbol()) > 1 {
            cell.set_symbol(" ");
        }
    }
}

/// The keys in the lower edge, at its right; those that do not fit go, the last one stays.
fn bottom(pen: &mut Pen, area: Rect, keys: &[Hint]) {
    const GAP: u16 = 3;
    let room = area.width.saturating_sub(4);
    let total = |keys: &[&Hint]| {
        let wide = keys.iter().map(|key| key.columns().saturating_add(GAP)).fold(0, u16::saturating_add);
        wide.saturating_sub(GAP).saturating_add(2)
    };
    let mut shown: Vec<&Hint> = keys.iter().collect();
    while shown.len() > 1 && total(&shown) > room {
        shown.remove(shown.len() - 2);
    }
    if shown.is_empty() {
        return;
    }
    let wide = total(&shown).min(room);
    let mut rest = Rect { width: wide, height: 1, ..after(area, area.width.saturating_sub(wide.saturating_add(2))) };
    pen.fill(rest, " ", Tone::Text);
    rest = after(rest, 1);
    for key in shown {
        let used = key.write(pen, rest);
        rest = after(rest, used.saturating_add(GAP));
    }
}

/// The first key of an action, with a word for what it does here.
fn hint(keymap: &Keymap, context: Context, action: Action, word: &str) -> Option<Hint> {
    keymap.keys_for(action, context).first().map(|keys| Hint::new(keys.to_string(), word))
}
