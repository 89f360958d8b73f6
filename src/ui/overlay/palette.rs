//! Do or find anything; opened as the help, it shows the keys of this place.

use ratatui::{
    layout::{Position, Rect},
    widgets::Widget,
};

use super::{boxed, hint, middle};
use crate::{
    app::{
        Model,
        list::window,
        palette::{Item, Palette},
    },
    keymap::{Action, Context, Keymap},
    ui::{
        part::{Pen, Target, after, below, columns},
        theme::Tone,
    },
};

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, (model, keymap): (&Model, &Keymap), palette: &Palette) -> Option<Position> {
    let context = if palette.help { Context::Help } else { Context::Palette };
    let title = match (palette.help, palette.texts) {
        (true, _) => format!("Keys: {}", below_title(model)),
        (false, true) => "The text of a control of another system".to_owned(),
        (false, false) => "Do or find anything".to_owned(),
    };
    let note = format!("{} of {}", palette.shown.len(), palette.all.len() + palette.hits.len());
    let keys: Vec<_> = [(Action::Accept, if palette.texts { "take the text" } else { "run" }), (Action::Back, "close")]
        .into_iter()
        .filter_map(|(action, word)| hint(keymap, context, action, word))
        .collect();
    let wide = area.width.saturating_sub(if area.width >= 76 { 8 } else { 0 }).min(104);
    let high = area.height.saturating_sub(if area.height >= 20 { 2 } else { 0 }).min(30);
    let room = boxed(pen, middle(area, wide, high), (&title, &note), &keys);
    let cursor = query(pen, room, palette);
    let foot = if room.height >= 8 { 3 } else { 0 };
    let list = Rect { height: room.height.saturating_sub(1 + foot), ..below(room, 1) };
    rows(pen, list, palette);
    if foot > 0 {
        explain(pen, below(room, room.height - foot), palette);
    }
    cursor.or_else(|| (!room.is_empty()).then(|| room.as_position()))
}

fn below_title(model: &Model) -> &'static str {
    let place = match &model.screen {
        crate::app::Screen::Welcome(_) => Context::Welcome,
        crate::app::Screen::Board(_) => Context::Board,
        crate::app::Screen::Library(_) => Context::Library,
        crate::app::Screen::System(screen) => return screen.tab.title(),
        crate::app::Screen::Queue(_)
        | crate::app::Screen::AllThreats(_)
        | crate::app::Screen::Acceptances(_)
        | crate::app::Screen::Meeting(_)
        | crate::app::Screen::Log(_) => crate::app::context_below(model),
    };
    place.title()
}

fn query(pen: &mut Pen, area: Rect, palette: &Palette) -> Option<Position> {
    pen.write(area, ">", Tone::Strong);
    let line = pen.within(Rect { height: area.height.min(1), ..after(area, 2) });
    if line.is_empty() {
        return None;
    }
    palette.query.area().render(line, pen.cells);
    if palette.query.is_empty() {
        let says =
            if palette.texts { "type to search; Enter takes the text" } else { "type to search; Enter runs the line" };
        pen.write(after(line, 1), says, Tone::Muted);
    }
    palette.query.cursor_in(line)
}

fn rows(pen: &mut Pen, area: Rect, palette: &Palette) {
    if palette.shown.is_empty() {
        let says = if palette.texts {
            "No other system has a control with these words."
        } else {
            "Nothing of that name here."
        };
        pen.nothing(below(area, 1), says);
        return;
    }
    let chosen = palette.at.among(palette.shown.len()).unwrap_or(0);
    let mut rest = area;
    for at in window(chosen, palette.shown.len(), usize::from(area.height)) {
        if let Some(item) = palette.shown.get(at) {
            row(pen, rest, (item, palette.help), at == chosen);
            pen.spot(Rect { height: rest.height.min(1), ..rest }, Target::Row { at, selected: chosen });
        }
        rest = below(rest, 1);
    }
}

fn row(pen: &mut Pen, area: Rect, (item, help): (&Item, bool), selected: bool) {
    if selected {
        pen.write(area, pen.theme.glyphs().selected, Tone::Selected);
    }
    let line = after(area, 2);
    match item {
        Item::Act(action, keys, refused) if help => {
            let tone = if refused.is_some() { Tone::Later } else { Tone::Strong };
            pen.write(Rect { width: line.width.min(13), ..line }, keys, tone);
            act(pen, after(line, 14), (*action, refused.as_deref()));
        }
        Item::Act(action, keys, refused) => {
            let wide = columns(keys);
            act(
                pen,
                Rect { width: line.width.saturating_sub(wide.saturating_add(2)), ..line },
                (*action, refused.as_deref()),
            );
            pen.write_right(line, keys, if refused.is_some() { Tone::Later } else { Tone::Strong });
        }
        Item::Hit(hit) => found(pen, line, &hit.text, &hit.place),
        Item::Text(text) => found(pen, line, &text.title, &text.place),
    }
    if selected {
        pen.select(line);
    }
}

/// What was found, and at the right end where it is.
fn found(pen: &mut Pen, line: Rect, text: &str, place: &str) {
    let place = crate::app::measure::cut(place, usize::from(line.width / 2), pen.theme.glyphs().more);
    let wide = columns(&place);
    pen.write(Rect { width: line.width.saturating_sub(wide.saturating_add(2)), ..line }, text, Tone::Text);
    pen.write_right(line, &place, Tone::Muted);
}

/// The title, and behind it what it does, or why it cannot be done.
fn act(pen: &mut Pen, area: Rect, (action, refused): (Action, Option<&str>)) {
    let (tone, mark) = if refused.is_some() { (Tone::Later, "- ") } else { (Tone::Text, "") };
    let used = pen.write_all(area, [(mark, tone), (action.title(), tone)]);
    let from = used.saturating_add(2).max(24);
    if area.width > from.saturating_add(12) {
        pen.write(after(area, from), refused.unwrap_or(action.help()), Tone::Muted);
    }
}

/// The selected row in full.
fn explain(pen: &mut Pen, area: Rect, palette: &Palette) {
    pen.fill(Rect { height: 1, ..area }, pen.theme.glyphs().rule, Tone::Muted);
    let text = match palette.selected() {
        Some(Item::Act(_, _, Some(why))) => format!("Not now: {why}"),
        Some(Item::Act(action, ..)) => action.help().to_owned(),
        Some(Item::Hit(hit)) => format!("{}: {}", hit.place, hit.text),
        Some(Item::Text(text)) if text.description.is_empty() => format!("{}: {}", text.place, text.title),
        Some(Item::Text(text)) => text.description.replace('\n', " / "),
        None => String::new(),
    };
    pen.paragraph(below(area, 1), &text, Tone::Text);
}
