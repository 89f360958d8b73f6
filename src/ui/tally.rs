//! The end of a queue: what came of it, and what was put off.

use ratatui::layout::{Position, Rect};

use super::{
    part::{Pen, after, below},
    queue::outcome,
    theme::Tone,
    words::many,
};
use crate::{
    app::queue::{Queue, State},
    domain::page::QueueOf,
};

/// How the levels and the tiers stand in the tally: the gravest first.
const ORDER: [&str; 10] =
    ["Critical", "High", "Medium", "Low", "critical", "high", "limited", "minimal", "unscored", "not applicable"];

/// Draws the counts with a bar each, then every thing with what came of it.
pub fn draw(pen: &mut Pen, area: Rect, queue: &Queue) -> Option<Position> {
    pen.rule(area, "What came of it", "Enter goes back", true);
    let done = queue.count(|state| matches!(state, State::Done(_)));
    let what = match queue.of {
        QueueOf::Threats(_) | QueueOf::Shown => many(done, "threat rated", "threats rated"),
        QueueOf::Intakes => many(done, "system tiered", "systems tiered"),
    };
    let skipped = queue.count(|state| *state == State::Skipped);
    let put_off = if skipped > 0 { format!(", {skipped} put off") } else { String::new() };
    let beyond = if queue.beyond > 0 { format!(", {} more wait after these", queue.beyond) } else { String::new() };
    let mut rest = below(area, 1);
    pen.write(after(rest, 1), &format!("{what}{put_off}{beyond}; with {} keys.", queue.keys), Tone::Text);
    rest = below(rest, 2);
    for (level, count) in counted(queue) {
        pen.write(after(rest, 1), level.as_str(), Tone::Text);
        pen.write(after(rest, 18), &count.to_string(), Tone::Strong);
        pen.progress(Rect { width: rest.width.saturating_sub(25).min(40), ..after(rest, 23) }, count, done.max(1));
        rest = below(rest, 1);
    }
    let list = below(rest, 1);
    pen.rule(list, "One by one", "", false);
    let mut line = below(list, 1);
    for (item, state) in &queue.items {
        if line.height == 0 {
            break;
        }
        let (word, tone) = outcome(state);
        pen.write(after(line, 1), if word.is_empty() { "waits" } else { &word }, tone);
        // A system that was tiered is its own title.
        let title = if item.title == item.name { item.title.clone() } else { format!("{}  {}", item.title, item.name) };
        pen.write(after(line, 28), &title, Tone::Text);
        line = below(line, 1);
    }
    (!area.is_empty()).then(|| area.as_position())
}

fn counted(queue: &Queue) -> Vec<(String, usize)> {
    let mut out: Vec<(String, usize)> = Vec::new();
    for (_, state) in &queue.items {
        let State::Done(done) = state else { continue };
        match out.iter_mut().find(|(level, _)| *level == done.level) {
            Some((_, count)) => *count += 1,
            None => out.push((done.level.clone(), 1)),
        }
    }
    out.sort_by_key(|(level, _)| ORDER.iter().position(|known| known == level).unwrap_or(ORDER.len()));
    out
}
