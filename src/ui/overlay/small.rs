//! A question, a list to choose from, a text to read.

use ratatui::layout::{Position, Rect};

use super::{boxed, hint, middle};
use crate::{
    app::{
        confirm::{Chooser, Confirm, Pick, Reader},
        list::window,
    },
    keymap::{Action, Context, Keymap},
    ui::{
        part::{Hint, Pen, Target, after, below, columns, wrap},
        theme::Tone,
    },
};

/// Draws a question; the terminal's cursor is on the word for yes.
pub fn confirm(pen: &mut Pen, area: Rect, keymap: &Keymap, confirm: &Confirm) -> Option<Position> {
    let wide = area.width.min(72);
    let inner = usize::from(wide.saturating_sub(4));
    let question = wrap(&confirm.question, inner);
    let lines: Vec<String> = confirm.lines.iter().flat_map(|line| wrap(line, inner)).collect();
    let high = u16::try_from(question.len() + lines.len()).unwrap_or(u16::MAX).saturating_add(4);
    let room = boxed(pen, middle(area, wide, high), ("", ""), &[]);
    let mut rest = room;
    for (text, tone) in
        question.iter().map(|text| (text, Tone::Strong)).chain(lines.iter().map(|text| (text, Tone::Text)))
    {
        if rest.height > 1 {
            pen.write(rest, text, tone);
            rest = below(rest, 1);
        }
    }
    let keys = below(room, room.height.saturating_sub(1));
    let mut line = keys;
    for key in answers(keymap) {
        let used = key.write(pen, line);
        line = after(line, used.saturating_add(3));
    }
    (!keys.is_empty()).then(|| keys.as_position())
}

fn answers(keymap: &Keymap) -> Vec<Hint> {
    [(Action::Accept, "yes"), (Action::Back, "back")]
        .into_iter()
        .filter_map(|(action, word)| hint(keymap, Context::Confirm, action, word))
        .collect()
}

/// Draws a list to choose from.
pub fn chooser(pen: &mut Pen, area: Rect, keymap: &Keymap, chooser: &Chooser) -> Option<Position> {
    let len = chooser.options.len();
    let ticks = chooser.options.iter().any(|(_, pick)| pick.ticked().is_some());
    let longest = chooser.options.iter().map(|(text, _)| columns(text)).max().unwrap_or(0).max(columns(&chooser.title));
    let wide = area.width.min(longest.saturating_add(14).clamp(44, 96));
    let high = u16::try_from(len).unwrap_or(u16::MAX).saturating_add(if ticks { 2 } else { 4 });
    let on = chooser.options.iter().filter(|(_, pick)| pick.ticked() == Some(true)).count();
    let note = if ticks { format!("{on} of {len} ticked") } else { String::new() };
    let all =
        [(Action::Accept, if ticks { "take them" } else { "choose" }), (Action::Tick, "tick"), (Action::Back, "close")];
    let keys: Vec<_> = all
        .into_iter()
        .filter(|(action, _)| ticks || *action != Action::Tick)
        .filter_map(|(action, word)| hint(keymap, Context::Chooser, action, word))
        .collect();
    let more = if ticks { 3 } else { 0 };
    let room = boxed(pen, middle(area, wide, high.saturating_add(more)), (&chooser.title, &note), &keys);
    if len == 0 {
        pen.nothing(room, "There is nothing to choose from.");
        return (!room.is_empty()).then(|| room.as_position());
    }
    let chosen = chooser.at.among(len).unwrap_or(0);
    let list = Rect { height: room.height.saturating_sub(more), ..room };
    let cursor = options(pen, list, chooser, chosen);
    if more > 0 {
        let foot = below(room, list.height);
        pen.paragraph(below(foot, 1), chooser.options.get(chosen).map_or("", |(text, _)| text), Tone::Muted);
    }
    cursor
}

fn options(pen: &mut Pen, area: Rect, chooser: &Chooser, chosen: usize) -> Option<Position> {
    let mut rest = area;
    let mut cursor = None;
    for at in window(chosen, chooser.options.len(), usize::from(area.height)) {
        let Some((text, pick)) = chooser.options.get(at) else { continue };
        let glyphs = pen.theme.glyphs();
        if at == chosen {
            pen.write(rest, glyphs.selected, Tone::Selected);
            cursor = (!rest.is_empty()).then(|| rest.as_position());
        }
        let mark = match (pick.ticked(), pick) {
            (Some(true), _) => glyphs.ticked,
            (Some(false), _) => glyphs.open,
            (None, Pick::NewControl(_) | Pick::Because(_, None)) => "+",
            (None, _) => "",
        };
        let line = Rect { height: rest.height.min(1), ..after(rest, 2) };
        let gap = if mark.is_empty() { "" } else { " " };
        pen.write_all(line, [(mark, Tone::Text), (gap, Tone::Text), (text.as_str(), Tone::Text)]);
        if at == chosen {
            pen.select(line);
        }
        pen.spot(Rect { height: rest.height.min(1), ..rest }, Target::Row { at, selected: chosen });
        rest = below(rest, 1);
    }
    cursor
}

/// Draws a text to read.
pub fn reader(pen: &mut Pen, area: Rect, keymap: &Keymap, reader: &Reader) -> Option<Position> {
    let inner = Reader::columns(area.width);
    let wrapped =
        |lines: &[String]| -> Vec<String> { lines.iter().flat_map(|line| Reader::wrapped(line, inner)).collect() };
    let all = wrapped(&reader.lines);
    let above = wrapped(&reader.lines[..reader.top.min(reader.lines.len())]).len();
    let fits = usize::from(area.height.saturating_sub(2));
    let top = above.min(all.len().saturating_sub(fits));
    let last = (top + fits).min(all.len());
    let note = if all.len() > fits { format!("lines {} to {last} of {}", top + 1, all.len()) } else { String::new() };
    let keys = reader_keys(keymap, reader, all.len() > fits);
    let wide = u16::try_from(inner).unwrap_or(area.width).saturating_add(4);
    let high = u16::try_from(all.len()).unwrap_or(u16::MAX).saturating_add(2);
    let room = boxed(pen, middle(area, wide, high), (&reader.title, &note), &keys);
    let mut rest = room;
    for line in &all[top..last] {
        let heading = line.trim_start_matches('#').trim_start();
        let tone = if line.starts_with('#') { Tone::Strong } else { Tone::Text };
        pen.write(rest, if line.starts_with('#') { heading } else { line }, tone);
        rest = below(rest, 1);
    }
    (!room.is_empty()).then(|| room.as_position())
}

fn reader_keys(keymap: &Keymap, reader: &Reader, scrolls: bool) -> Vec<Hint> {
    let take_in = reader.take_in.is_some();
    let all =
        [(Action::Accept, "take it in", take_in), (Action::PageDown, "on", scrolls), (Action::Back, "close", true)];
    let wanted = all.into_iter().filter(|(.., wanted)| *wanted);
    wanted.filter_map(|(action, word, _)| hint(keymap, Context::Reader, action, word)).collect()
}
