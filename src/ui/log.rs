//! The log of the whole record: its lines, what narrows it, and how far the look through it is.

use ratatui::layout::{Position, Rect};

use super::{
    beside,
    detail::{self, Fact},
    part::{Pen, after, below, columns},
    rows::{self, Grid},
    system::filter,
    theme::Tone,
    words::thousands,
};
use crate::{
    app::{
        Model,
        log::{Log, LogScreen, OVER_ALL},
        panes::moment,
    },
    domain::{Id, page::HistoryLine},
};

/// What narrows a log and what it leaves, in one line.
pub fn words(log: &Log, name: impl Fn(Id) -> String) -> String {
    let facets = log.query.facets(name);
    let narrowed = !facets.is_empty() || !log.query.words.is_empty();
    let found = thousands(log.lines.len());
    let count = match (narrowed, log.done) {
        (false, _) => format!("{} entries", thousands(log.total)),
        (true, true) => format!("{found} of {}", thousands(log.total)),
        (true, false) => format!("{found} so far, {} of {} looked at", thousands(log.looked), thousands(log.total)),
    };
    if facets.is_empty() { count } else { format!("{facets}: {count}") }
}

/// How far the look is, in the second line of the screen.
pub fn progress(pen: &mut Pen, area: Rect, screen: &LogScreen) {
    let called = |id| screen.people.iter().find(|(known, _)| *known == id).map_or_else(String::new, |(_, n)| n.clone());
    let of = match (screen.log.query.system, screen.log.lines.first().and_then(|line| line.system.as_ref())) {
        (Some(_), Some((_, name))) => format!("Only {name}. "),
        _ => String::new(),
    };
    pen.write(after(area, 1), &format!("{of}{}", words(&screen.log, called)), Tone::Text);
}

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &LogScreen) -> Option<Position> {
    let side = (area.width / 3).clamp(36, 60);
    let (list, right) = beside(pen, area, side);
    let (list, under) = right.map_or_else(|| split(area), |right| (list, right));
    let typed = title(pen, Rect { height: list.height.min(1), ..list }, model, screen);
    let body = below(list, 1);
    let cursor = if screen.rows.is_empty() {
        let says = match (screen.log.begun, screen.log.query.is_wide()) {
            (false, _) => "Looking…",
            (true, true) => "Nothing has happened in this record yet.",
            (true, false) => "No entry is like that. Esc widens it again.",
        };
        pen.nothing(below(body, 1), says);
        None
    } else {
        let grid = Grid { columns: &OVER_ALL, rows: &screen.rows, selected: screen.here(), cell: None };
        rows::draw(pen, body, grid).cursor
    };
    selected(pen, under, screen);
    typed.or(cursor).or_else(|| (!body.is_empty()).then(|| body.as_position()))
}

/// The list above, the selected entry below it.
fn split(area: Rect) -> (Rect, Rect) {
    let high = match area.height {
        16.. => 6,
        11.. => 4,
        _ => 0,
    };
    let list = Rect { height: area.height.saturating_sub(high), ..area };
    (list, below(area, list.height))
}

/// The rule above the rows, with the words that are typed.
fn title(pen: &mut Pen, area: Rect, model: &Model, screen: &LogScreen) -> Option<Position> {
    let text = &screen.log.query.words;
    let entry = filter(model);
    let marked = screen.log.mark.map_or_else(String::new, |mark| format!("entry {} marked", mark.n));
    if entry.is_none() && text.is_empty() {
        pen.rule(area, "Log", &marked, true);
        return None;
    }
    let head = "Log   filter: ";
    pen.rule(area, &format!("{head}{text} "), &marked, true);
    let typed: String = text.chars().take(entry?.area().cursor().1).collect();
    let at = columns(head).saturating_add(3).saturating_add(columns(&typed));
    let place = after(area, at.min(area.width.saturating_sub(1)));
    (!place.is_empty()).then(|| place.as_position())
}

fn selected(pen: &mut Pen, area: Rect, screen: &LogScreen) {
    if area.is_empty() {
        return;
    }
    let Some(found) = screen.selected() else {
        pen.rule(area, "", "", false);
        return;
    };
    pen.rule(area, &format!("Entry {}", found.line.n), "", false);
    let mut facts = facts(&found.line);
    let system = found.system.as_ref().map_or("the record itself", |(_, name)| name.as_str());
    facts.insert(1, ("System".to_owned(), system.to_owned(), Tone::Text));
    if area.height > 8 {
        detail::write(pen, below(area, 1), &facts);
    } else {
        detail::flow(pen, below(area, 1), &facts);
    }
}

/// An entry in full.
fn facts(line: &HistoryLine) -> Vec<Fact> {
    let who = format!("{} by {} ({})", moment(line.at), line.who, line.role);
    let mut out = vec![("When".to_owned(), who, Tone::Text), ("What".to_owned(), line.what.clone(), Tone::Text)];
    if !line.why.is_empty() {
        out.push(("Why".to_owned(), line.why.clone(), Tone::Text));
    }
    out
}
