//! One system: the rows of the open pane, and beside or below them what the selected row is about.

use ratatui::layout::{Position, Rect};

use super::{
    beside, control_board, detail,
    part::{Pen, after, below, columns},
    rows, threat,
};
use crate::app::{
    Model, Overlay,
    entry::Entry,
    panes,
    row::RowKind,
    system::{SystemScreen, Tab},
};

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &SystemScreen) -> Option<Position> {
    if control_board::fits(area.width, screen) {
        let (list, under) = split(area, screen);
        let cursor = control_board::draw(pen, list, screen);
        detail::draw(pen, under, model, screen);
        return cursor.or_else(|| (!list.is_empty()).then(|| list.as_position()));
    }
    let side = if area.width >= 160 { 62 } else { (area.width.saturating_mul(2) / 5).clamp(40, 46) };
    let (list, right) = beside(pen, area, side);
    let (list, under) = match right {
        Some(right) => (list, right),
        None => split(area, screen),
    };
    let cursor = pane(pen, list, model, screen);
    let inside = if screen.tab == Tab::Threats {
        threat::draw(pen, under, model, screen)
    } else {
        detail::draw(pen, under, model, screen);
        None
    };
    inside.or(cursor)
}

/// The list above, what the row is about below; of one height as long as the pane is open, so that nothing jumps.
fn split(area: Rect, screen: &SystemScreen) -> (Rect, Rect) {
    let high = if screen.tab == Tab::Threats {
        threat::height(area.height, screen.scoring.is_some())
    } else {
        detail::height(area.height, needs_strip(area.width, screen))
    };
    let list = Rect { height: area.height.saturating_sub(high), ..area };
    (list, below(area, list.height))
}

/// Whether anything in the pane is cut at this width; lists of any length cost no more than their first rows.
fn needs_strip(width: u16, screen: &SystemScreen) -> bool {
    if matches!(screen.tab, Tab::Controls | Tab::Evidence) {
        return true;
    }
    let all = panes::open_columns(screen);
    screen.rows.iter().take(300).any(|row| row.selectable() && rows::is_cut(all, row, width))
}

fn pane(pen: &mut Pen, area: Rect, model: &Model, screen: &SystemScreen) -> Option<Position> {
    // A pane that begins with a heading of its own needs no second one above it.
    let filter = filter(model);
    let headed = screen.rows.first().is_some_and(|row| matches!(row.kind, RowKind::Heading(_)));
    let quiet = filter.is_none() && screen.pane().filter.is_empty();
    let top = u16::from(!(headed && quiet));
    let typed = if top > 0 { title(pen, area, (screen, filter)) } else { None };
    let body = below(area, top);
    if screen.rows.is_empty() {
        pen.nothing(below(body, 1), nothing(screen));
        return typed.or_else(|| (body.height > 1).then(|| Position::new(body.x + 1, body.y + 1)));
    }
    let cursor = rows::draw(pen, body, (panes::open_columns(screen), &screen.rows), screen.at());
    typed.or(cursor).or_else(|| (!body.is_empty()).then(|| body.as_position()))
}

fn nothing(screen: &SystemScreen) -> &'static str {
    if screen.pane().filter.is_empty() { "Nothing here yet." } else { "Nothing fits the filter. Esc clears it." }
}

fn filter(model: &Model) -> Option<&Entry> {
    let Some(Overlay::Filter(entry)) = model.overlays.last() else { return None };
    Some(entry)
}

/// The rule above the rows: what they are, how many, and what the filter leaves of them.
fn title(pen: &mut Pen, area: Rect, (screen, filter): (&SystemScreen, Option<&Entry>)) -> Option<Position> {
    let shown = screen.rows.iter().filter(|row| row.selectable()).count();
    let name = if screen.tab == Tab::Controls { screen.plan.view.title() } else { screen.tab.title() };
    let text = &screen.pane().filter;
    if filter.is_none() && text.is_empty() {
        pen.rule(area, &format!("{name} {shown}"), "", true);
        return None;
    }
    let head = format!("{name}   filter: ");
    pen.rule(area, &format!("{head}{text} "), &format!("{shown} of {}", screen.total), true);
    let entry = filter?;
    let column = entry.area().cursor().1;
    let typed: String = text.chars().take(column).collect();
    let at = columns(&head).saturating_add(3).saturating_add(columns(&typed));
    let place = after(area, at.min(area.width.saturating_sub(1)));
    (!place.is_empty()).then(|| place.as_position())
}
