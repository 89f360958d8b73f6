//! What came back in a bundle: what is new in it, and below both sides of what both changed.

use ratatui::layout::{Position, Rect};

use super::{boxed, hint};
use crate::{
    app::{list::window, merging::Merge},
    domain::{
        merging::{Conflict, Side, Version},
        wording::moment,
    },
    keymap::{Action, Context, Keymap},
    ui::{
        part::{Pen, after, below},
        theme::Tone,
    },
};

/// Draws it; the terminal's cursor is on the selected line.
pub fn draw(pen: &mut Pen, area: Rect, keymap: &Keymap, merge: &Merge) -> Option<Position> {
    let note = match (merge.conflicts.len(), merge.open()) {
        (0, _) => "nothing to decide".to_owned(),
        (all, 0) => format!("all {all} decided"),
        (all, open) => format!("{open} of {all} to decide"),
    };
    let some = !merge.conflicts.is_empty();
    let all = [
        (Action::Save, "take it in", true),
        (Action::KeepOurs, "ours", some),
        (Action::TakeTheirs, "theirs", some),
        (Action::AllOurs, "all ours", some),
        (Action::AllTheirs, "all theirs", some),
        (Action::Back, "leave it", true),
    ];
    let wanted = all.into_iter().filter(|(.., wanted)| *wanted);
    let keys: Vec<_> = wanted.filter_map(|(action, word, _)| hint(keymap, Context::Merge, action, word)).collect();
    let title = format!("Came back: {}", merge.name);
    let mut rest = boxed(pen, area, (&title, &note), &keys);
    let top = rest;
    // What is new gives way to what is to be decided.
    let most = if some { rest.height / 3 } else { rest.height };
    let mut used = 0;
    for line in &merge.lines {
        let room = Rect { height: most.saturating_sub(used).min(rest.height), ..rest };
        let high = pen.paragraph(room, line, Tone::Muted);
        (rest, used) = (below(rest, high), used.saturating_add(high));
    }
    if !some {
        return (!top.is_empty()).then(|| top.as_position());
    }
    pen.rule(Rect { height: rest.height.min(1), ..rest }, "Both sides changed", "", true);
    rest = below(rest, 1);
    let under = sides_high(rest.height);
    let list = Rect { height: rest.height.saturating_sub(under), ..rest };
    let cursor = rows(pen, list, merge);
    if let Some(conflict) = merge.here().map(|at| &merge.conflicts[at]) {
        both(pen, below(rest, list.height), conflict);
    }
    cursor
}

/// How many lines the two sides take.
fn sides_high(height: u16) -> u16 {
    (height / 2).clamp(4, 12)
}

fn rows(pen: &mut Pen, area: Rect, merge: &Merge) -> Option<Position> {
    let here = merge.here()?;
    let mut cursor = None;
    let mut rest = area;
    for at in window(here, merge.conflicts.len(), usize::from(area.height)) {
        let line = Rect { height: rest.height.min(1), ..rest };
        let conflict = &merge.conflicts[at];
        let (mark, tone) = match merge.sides[at] {
            None => ("?     ", Tone::Alert),
            Some(Side::Ours) => ("ours  ", Tone::Text),
            Some(Side::Theirs) => ("theirs", Tone::Here),
        };
        // What differs is in sight on the smallest screen, too.
        let text = format!("{}, {}", conflict.label, conflict.called);
        pen.write_all(line, [(mark, tone), ("  ", Tone::Text), (text.as_str(), Tone::Text)]);
        if at == here && !line.is_empty() {
            pen.select(line);
            cursor = Some(line.as_position());
        }
        rest = below(rest, 1);
    }
    cursor
}

/// Ours at the left, theirs at the right; before them what both began with.
fn both(pen: &mut Pen, area: Rect, conflict: &Conflict) {
    pen.rule(Rect { height: area.height.min(1), ..area }, &conflict.label, "", false);
    let mut rest = below(area, 1);
    let before = format!("Before: {}", if conflict.before.is_empty() { "empty" } else { &conflict.before });
    let room = Rect { height: rest.height.min(2), ..rest };
    rest = below(rest, pen.paragraph(room, &before, Tone::Muted));
    let half = rest.width / 2;
    let left = Rect { width: half.saturating_sub(1), ..rest };
    side(pen, left, "Ours", &conflict.ours);
    side(pen, after(rest, half.saturating_add(1)), "Theirs", &conflict.theirs);
}

fn side(pen: &mut Pen, area: Rect, name: &str, version: &Version) {
    let head = format!("{name}, by {}, {}", version.who, moment(version.at));
    pen.write(Rect { height: area.height.min(1), ..area }, &head, Tone::Strong);
    let text = if version.shown.is_empty() { "empty" } else { &version.shown };
    pen.paragraph(below(area, 1), text, Tone::Text);
}
