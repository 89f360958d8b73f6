//! Choosing a file: the folder, what is typed to narrow it, and beside each file what it looks like.

use ratatui::{
    layout::{Position, Rect},
    widgets::Widget,
};

use super::{boxed, hint, middle};
use crate::{
    app::{files::Files, list::window, measure},
    domain::{
        bring::{EntrySort, FolderEntry, Glance},
        register::size_words,
    },
    keymap::{Action, Context, Keymap},
    ui::{
        part::{Pen, after, below, columns},
        theme::Tone,
    },
};

/// The column of the formats, and that of the sizes.
const FORMAT: u16 = 16;
const SIZE: u16 = 11;
/// From this width on sizes are shown too.
const ROOM_FOR_SIZES: u16 = 56;

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, keymap: &Keymap, files: &Files) -> Option<Position> {
    let all = files.folder.entries.iter().filter(|entry| entry.sort != EntrySort::Up).count() + files.folder.beyond;
    let shown = files.shown.iter().filter(|at| files.folder.entries[**at].sort != EntrySort::Up).count();
    let note = format!("{shown} of {all}");
    let hidden = if files.hidden { "hide hidden ones" } else { "hidden ones" };
    let word = match files.chosen().map(|entry| entry.sort) {
        _ if files.is_path() => "read it",
        Some(EntrySort::Up | EntrySort::Folder) => "go there",
        Some(EntrySort::File) | None => "read it",
    };
    let keys: Vec<_> =
        [(Action::Accept, word), (Action::Left, "up"), (Action::ShowHidden, hidden), (Action::Back, "close")]
            .into_iter()
            .filter_map(|(action, word)| hint(keymap, Context::Files, action, word))
            .collect();
    let wide = area.width.saturating_sub(if area.width >= 76 { 8 } else { 0 }).min(104);
    let high = area.height.saturating_sub(if area.height >= 20 { 2 } else { 0 }).min(30);
    let room = boxed(pen, middle(area, wide, high), ("Bring what you have", &note), &keys);
    place(pen, room, files);
    let cursor = query(pen, below(room, 1), files);
    let foot = if room.height >= 9 { 2 } else { 0 };
    let list = Rect { height: room.height.saturating_sub(2 + foot), ..below(room, 2) };
    rows(pen, list, files);
    if foot > 0 {
        let line = below(room, room.height - foot);
        pen.fill(Rect { height: 1, ..line }, pen.theme.glyphs().rule, Tone::Muted);
        pen.write(below(line, 1), &explained(files), Tone::Text);
    }
    cursor.or_else(|| (!room.is_empty()).then(|| room.as_position()))
}

/// The folder; of a long one its end, which tells more than its beginning.
fn place(pen: &mut Pen, area: Rect, files: &Files) {
    let shown = files.folder.shown.as_str();
    let room = usize::from(area.width);
    let more = pen.theme.glyphs().more;
    let mut text = shown.to_owned();
    while measure::width(&text) > room && text.chars().count() > 1 {
        let rest: String = text.chars().skip(1 + usize::from(text.starts_with(more))).collect();
        text = format!("{more}{rest}");
    }
    pen.write(area, &text, Tone::Strong);
}

fn query(pen: &mut Pen, area: Rect, files: &Files) -> Option<Position> {
    pen.write(area, ">", Tone::Strong);
    let line = pen.within(Rect { height: area.height.min(1), ..after(area, 2) });
    if line.is_empty() {
        return None;
    }
    files.query.area().render(line, pen.cells);
    if files.query.is_empty() {
        pen.write(after(line, 1), "type a part of a name, or a path such as ~/models/", Tone::Muted);
    }
    files.query.cursor_in(line)
}

fn rows(pen: &mut Pen, area: Rect, files: &Files) {
    if files.is_path() {
        pen.nothing(below(area, 1), "Enter reads the file of this path; a separator at its end opens the folder.");
        return;
    }
    if files.shown.is_empty() {
        let says = if files.query.is_empty() { "This folder is empty." } else { "Nothing here has that in its name." };
        pen.nothing(below(area, 1), says);
        return;
    }
    let chosen = files.at.among(files.shown.len()).unwrap_or(0);
    let mut rest = area;
    for at in window(chosen, files.shown.len(), usize::from(area.height)) {
        let entry = &files.folder.entries[files.shown[at]];
        row(pen, rest, (entry, files.seen.get(&entry.path)), at == chosen);
        rest = below(rest, 1);
    }
}

/// One row: the name, and of a file its size and the format that it looks like.
fn row(pen: &mut Pen, area: Rect, (entry, seen): (&FolderEntry, Option<&Glance>), selected: bool) {
    let glyphs = pen.theme.glyphs();
    if selected {
        pen.write(area, glyphs.selected, Tone::Selected);
    }
    let line = Rect { height: area.height.min(1), ..after(area, 2) };
    let sizes = if line.width >= ROOM_FOR_SIZES { SIZE } else { 0 };
    let name = Rect { width: line.width.saturating_sub(FORMAT + sizes + 1), ..line };
    let (tail, tone) = match (entry.sort, seen) {
        (EntrySort::Up | EntrySort::Folder, _) => (std::path::MAIN_SEPARATOR_STR, Tone::Strong),
        (EntrySort::File, Some(Glance { format: Some(_), .. })) => ("", Tone::Text),
        (EntrySort::File, _) => ("", Tone::Muted),
    };
    let whole = format!("{}{tail}", entry.name);
    pen.write(name, &measure::cut(&whole, usize::from(name.width), glyphs.more), tone);
    if let Some(seen) = seen {
        let from = line.width.saturating_sub(FORMAT);
        pen.write(
            after(line, from),
            seen.format.unwrap_or(if seen.bytes.is_some() { "-" } else { "cannot be read" }),
            tone,
        );
        if sizes > 0
            && let Some(bytes) = seen.bytes
        {
            let size = size_words(i64::try_from(bytes).unwrap_or(i64::MAX));
            let place = Rect { width: from.saturating_sub(1), ..line };
            pen.write(after(place, place.width.saturating_sub(columns(&size))), &size, Tone::Muted);
        }
    }
    if selected {
        pen.select(line);
    }
}

/// The row under the cursor in words.
fn explained(files: &Files) -> String {
    if files.folder.beyond > 0 {
        return format!("{} more are not listed; type the path.", files.folder.beyond);
    }
    let Some(entry) = files.chosen().filter(|_| !files.is_path()) else { return String::new() };
    match (entry.sort, files.seen.get(&entry.path)) {
        (EntrySort::Up, _) => "The folder that this one is in.".to_owned(),
        (EntrySort::Folder, _) => "A folder.".to_owned(),
        (EntrySort::File, Some(Glance { format: Some(format), .. })) => {
            format!("Looks like: {format}. A receipt comes first.")
        }
        (EntrySort::File, Some(Glance { bytes: None, .. })) => "It cannot be read, or is no file.".to_owned(),
        (EntrySort::File, Some(_)) => {
            "Nothing that docket knows at a glance. Enter says what it looks like.".to_owned()
        }
        (EntrySort::File, None) => String::new(),
    }
}
