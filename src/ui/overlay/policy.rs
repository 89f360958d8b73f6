//! The independence policy as a table: a line for each pair of roles, a column for each tier.

use ratatui::layout::{Position, Rect};

use super::{boxed, hint, middle};
use crate::{
    app::policy::PolicyTable,
    domain::{
        decision::{Judgement, PAIRS},
        system::Tier,
    },
    keymap::{Action, Context, Keymap},
    ui::{
        part::{Pen, after, below},
        theme::Tone,
    },
};

/// What the column of the pairs takes.
const NAMES: u16 = 22;

/// Draws it; the terminal's cursor is in the selected cell.
pub fn draw(pen: &mut Pen, area: Rect, keymap: &Keymap, table: &PolicyTable) -> Option<Position> {
    let changed = table.changes().len();
    let note =
        if changed > 0 { format!("{changed} changed, not kept yet") } else { "who may hold two roles".to_owned() };
    let all = [
        (Action::Save, "keep it"),
        (Action::SayAllow, "allow"),
        (Action::SayNote, "note"),
        (Action::SayCountersign, "countersign"),
        (Action::SayBlock, "block"),
        (Action::Versions, "versions"),
        (Action::Back, if changed > 0 { "take back" } else { "close" }),
    ];
    let keys: Vec<_> =
        all.into_iter().filter_map(|(action, word)| hint(keymap, Context::Policy, action, word)).collect();
    let wide = area.width.min(84);
    let high = u16::try_from(PAIRS.len()).unwrap_or(u16::MAX).saturating_add(10);
    let room = boxed(pen, middle(area, wide, high), ("Independence policy", &note), &keys);
    let column = room.width.saturating_sub(NAMES) / 4;
    for (at, tier) in Tier::ALL.iter().enumerate() {
        pen.write(cell(room, column, at), tier.label(), Tone::Muted);
    }
    let mut rest = below(room, 1);
    let mut cursor = None;
    // On a low screen the lines around the cursor are in sight.
    let lines = usize::from(rest.height.saturating_sub(4)).max(1);
    for at in crate::app::list::window(table.at.0, PAIRS.len() + 1, lines) {
        let drawn = if at == PAIRS.len() { quorum(pen, rest, table) } else { pair(pen, rest, (table, at), column) };
        if let Some(place) = drawn {
            cursor = Some(place);
        }
        rest = below(rest, 1);
    }
    rest = below(rest, 1);
    let used = pen.paragraph(rest, &table.sentence(), Tone::Text);
    pen.paragraph(below(rest, used), &table.version(), Tone::Muted);
    cursor
}

fn cell(line: Rect, column: u16, at: usize) -> Rect {
    let from = NAMES.saturating_add(column.saturating_mul(u16::try_from(at).unwrap_or(0)));
    Rect { width: column, height: line.height.min(1), ..after(line, from) }
}

/// One pair of roles; answers where the cursor is, if it is in it.
fn pair(pen: &mut Pen, line: Rect, (table, at): (&PolicyTable, usize), column: u16) -> Option<Position> {
    let (one, other) = PAIRS[at];
    let here = table.at.0 == at;
    let tone = if here { Tone::Strong } else { Tone::Text };
    pen.write(Rect { width: NAMES, ..line }, &format!("{} + {}", one.short(), other.short()), tone);
    let mut cursor = None;
    for tier in 0..Tier::ALL.len() {
        let place = cell(line, column, tier);
        let judgement = table.after.cell(at, tier);
        let star = if judgement == table.before.cell(at, tier) { "" } else { "*" };
        let tone = match judgement {
            Judgement::Allow => Tone::Muted,
            Judgement::Note => Tone::Text,
            Judgement::Countersign => Tone::Here,
            Judgement::Block => Tone::Alert,
        };
        let text = Rect { width: place.width.saturating_sub(1), ..place };
        pen.write(text, &format!("{star}{}", word(judgement, column)), tone);
        if here && table.at.1 == tier {
            pen.select(text);
            cursor = (!place.is_empty()).then(|| place.as_position());
        }
    }
    cursor
}

/// The quorum, a line of its own; answers where the cursor is, if it is in it.
fn quorum(pen: &mut Pen, line: Rect, table: &PolicyTable) -> Option<Position> {
    let here = table.on_quorum();
    let tone = if here { Tone::Strong } else { Tone::Text };
    pen.write(Rect { width: NAMES, ..line }, "Quorum of a meeting", tone);
    let star = if table.after.quorum == table.before.quorum { "" } else { "*" };
    let text = format!("{star}{}", table.after.quorum_words());
    let place = Rect { height: line.height.min(1), ..after(line, NAMES) };
    let place = Rect { width: place.width.min(crate::ui::part::columns(&text)), ..place };
    pen.write(place, &text, Tone::Text);
    if !here {
        return None;
    }
    pen.select(place);
    (!place.is_empty()).then(|| place.as_position())
}

/// The judgement in a word that fits.
fn word(judgement: Judgement, column: u16) -> &'static str {
    match judgement {
        Judgement::Allow => "allow",
        Judgement::Note => "note",
        Judgement::Countersign if column < 13 => "c'sign",
        Judgement::Countersign => "countersign",
        Judgement::Block => "block",
    }
}
