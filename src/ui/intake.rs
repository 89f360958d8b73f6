//! Tiering one system after the other: seven questions, and while they are answered the tier and what drives it.

use ratatui::layout::{Position, Rect};

use super::{
    part::{Pen, after, below},
    queue::outcome,
    theme::Tone,
};
use crate::{
    app::queue::{Queue, State},
    domain::library::{QUESTIONS, intake},
};

/// The lines that the tier takes at least.
const TIER: u16 = 4;

/// Draws it; the terminal's cursor is on the question at hand.
pub fn draw(pen: &mut Pen, area: Rect, queue: &Queue) -> Option<Position> {
    let item = queue.item()?;
    let purpose = queue.dossier.system().map_or("", |system| system.purpose.as_str());
    pen.rule(area, &item.name, "seven answers, 0 the mildest, 4 the worst", true);
    let mut rest = below(area, 1);
    if !purpose.is_empty() && area.height > 20 {
        let used = pen.paragraph(after(rest, 1), purpose, Tone::Text);
        rest = below(rest, used);
    }
    let cursor = questions(pen, rest, queue);
    rest = below(rest, u16::try_from(QUESTIONS.len()).unwrap_or(7));
    let lower = rest.height.saturating_sub(TIER);
    let used = choices(pen, Rect { height: lower, ..rest }, queue);
    verdict(pen, below(rest, used), queue);
    cursor
}

fn questions(pen: &mut Pen, area: Rect, queue: &Queue) -> Option<Position> {
    let mut rest = area;
    let mut cursor = None;
    for (at, id) in QUESTIONS.iter().enumerate() {
        let title = intake().question(id).map_or(*id, |question| question.title.as_str());
        let here = at == queue.asked;
        if here {
            pen.write(after(rest, 1), pen.theme.glyphs().selected, Tone::Selected);
            cursor = (rest.width > 1 && rest.height > 0).then(|| after(rest, 1).as_position());
        }
        pen.write(Rect { width: 22, ..after(rest, 3) }, title, if here { Tone::Strong } else { Tone::Text });
        let label = |level: u8| intake().level(id, level).map_or("", |level| level.label.as_str());
        match queue.answers[at] {
            Some(level) => pen.write(after(rest, 26), &format!("{level} {}", label(level)), Tone::Text),
            None => pen.write(after(rest, 26), "? not answered, counts as the worst", Tone::Alert),
        };
        rest = below(rest, 1);
    }
    cursor
}

/// The question at hand with its five answers; says how many lines it took.
fn choices(pen: &mut Pen, area: Rect, queue: &Queue) -> u16 {
    let id = QUESTIONS[queue.asked];
    let Some(question) = intake().question(id) else { return 0 };
    pen.rule(area, &question.text, "", false);
    let mut used = 1;
    for level in 0..=4u8 {
        let Some(answer) = intake().level(id, level) else { continue };
        let line = below(area, used);
        let chosen = queue.answers[queue.asked] == Some(level);
        let tone = if chosen { Tone::Strong } else { Tone::Text };
        let mark = if chosen { pen.theme.glyphs().selected } else { "" };
        pen.write(after(line, 1), mark, Tone::Selected);
        pen.write(after(line, 3), &format!("{level}  {}", answer.label), tone);
        used += 1;
    }
    let line = below(area, used);
    pen.write(after(line, 3), "-  not known", Tone::Muted);
    (used + 1).min(area.height)
}

/// The tier that follows from what was answered so far, and why.
fn verdict(pen: &mut Pen, area: Rect, queue: &Queue) {
    let result = queue.tier();
    let open = result.unknown.len();
    let note = if open > 0 { format!("{open} not answered") } else { "Enter keeps it".to_owned() };
    pen.rule(area, &format!("Tier so far: {}", result.tier.label()), &note, false);
    let mut rest = below(area, 1);
    for line in result.explain().into_iter().skip(usize::from(area.height < 6)) {
        if rest.height == 0 {
            break;
        }
        let used = pen.paragraph(after(rest, 1), &line, Tone::Text);
        rest = below(rest, used);
    }
    if let Some((_, state @ State::Done(_))) = queue.items.get(queue.at) {
        pen.write_right(area, &outcome(state).0, Tone::Good);
    }
}
