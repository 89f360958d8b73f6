//! One system: the rows of the open pane, and beside or below them what the selected row is about.

use ratatui::layout::{Position, Rect};

use super::{
    beside, control_board, detail, overlay,
    part::{Pen, after, below, columns},
    pictures, rows,
    theme::Tone,
    threat,
};
use crate::{
    app::{
        Model, Overlay,
        entry::Entry,
        only::Only,
        panes,
        register::{Group, Spec},
        row::RowKind,
        sheets::Purpose,
        system::{SystemScreen, Tab},
    },
    domain::fields::Vocabulary,
};

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &SystemScreen) -> Option<Position> {
    if screen.tab == Tab::Risk {
        return pictures::draw(pen, area, &screen.pictures);
    }
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
        threat::height(area.height, screen.scoring.is_some() || screen.map.is_some())
    } else {
        detail::height(area.height, needs_strip(area.width, screen))
    };
    let list = Rect { height: area.height.saturating_sub(high), ..area };
    (list, below(area, list.height))
}

/// Whether anything in the pane is cut at this width; lists of any length cost no more than their first rows.
fn needs_strip(width: u16, screen: &SystemScreen) -> bool {
    if matches!(screen.tab, Tab::Controls | Tab::Evidence | Tab::Privacy) {
        return true;
    }
    let all = panes::columns(screen);
    screen.rows.iter().take(300).any(|row| row.selectable() && rows::is_cut(&all, row, width))
}

fn pane(pen: &mut Pen, area: Rect, model: &Model, screen: &SystemScreen) -> Option<Position> {
    // A pane that begins with a heading of its own needs no second one above it.
    let filter = filter(model);
    let headed = screen.rows.first().is_some_and(|row| matches!(row.kind, RowKind::Heading(_)));
    let quiet =
        filter.is_none() && screen.pane().filter.is_empty() && looks(screen).is_empty() && only(screen).is_none();
    let top = u16::from(!(headed && quiet));
    let typed = if top > 0 { title(pen, area, (screen, filter)) } else { None };
    let body = below(area, top);
    if screen.rows.is_empty() {
        pen.nothing(below(body, 1), nothing(screen));
        return typed.or_else(|| (body.height > 1).then(|| Position::new(body.x + 1, body.y + 1)));
    }
    let cell = (screen.tab == Tab::Threats && screen.register.cell > 0).then_some(screen.register.cell);
    let columns = panes::columns(screen);
    let drawn =
        rows::draw(pen, body, rows::Grid { columns: &columns, rows: &screen.rows, selected: screen.at(), cell });
    let written = writing(pen, body, model, drawn.cell);
    typed.or(written).or(drawn.cursor).or_else(|| (!body.is_empty()).then(|| body.as_position()))
}

/// The narrowest that a cell is while it is written in; it lies over its neighbours then.
const ROOM: u16 = 32;

/// The cell that is being written, in its place; a new line of the register is the last one of the list.
pub fn writing(pen: &mut Pen, body: Rect, model: &Model, cell: Option<Rect>) -> Option<Position> {
    let Some(Overlay::Cell(form)) = model.overlays.last() else { return None };
    let place = if matches!(form.purpose, Purpose::Add(..)) {
        let last = below(body, body.height.saturating_sub(1));
        pen.fill(last, " ", Tone::Text);
        pen.write_all(after(last, 1), [("+ ", Tone::Strong), ("new:", Tone::Muted)]);
        after(last, 8)
    } else {
        let cell = cell.unwrap_or(body);
        let right = body.x.saturating_add(body.width);
        let width = cell.width.max(ROOM).min(body.width);
        Rect { x: cell.x.min(right.saturating_sub(width)), width, height: 1, ..cell }
    };
    pen.fill(place, " ", Tone::Text);
    overlay::field::value(pen, place, form.fields.first()?)
}

/// How the register is looked at, where that is not as usual, and what is marked.
fn looks(screen: &SystemScreen) -> String {
    if screen.tab != Tab::Threats {
        return String::new();
    }
    let view = &screen.register.view;
    let marked = screen.register.marks.len();
    let order = view.order.and_then(|order| Some((Spec::of(order.by)?.column.title, order.reversed)));
    let parts = [
        (marked > 0).then(|| format!("{marked} marked")),
        (view.group != Group::None).then(|| view.group.label().to_owned()),
        order.map(|(title, reversed)| format!("by {title}{}", if reversed { ", reversed" } else { "" })),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("   ")
}

fn nothing(screen: &SystemScreen) -> &'static str {
    if screen.pane().filter.is_empty() { "Nothing here yet." } else { "Nothing fits the filter. Esc clears it." }
}

/// The number whose threats are shown only, where they are.
fn only(screen: &SystemScreen) -> Option<&Only> {
    screen.only.as_ref().filter(|_| screen.tab == Tab::Threats)
}

/// The filter that is being typed.
pub fn filter(model: &Model) -> Option<&Entry> {
    let Some(Overlay::Filter(entry)) = model.overlays.last() else { return None };
    Some(entry)
}

/// The rule above the rows: what they are, how many, and what the filter leaves of them.
fn title(pen: &mut Pen, area: Rect, (screen, filter): (&SystemScreen, Option<&Entry>)) -> Option<Position> {
    let shown = screen.shown();
    let name = if screen.tab == Tab::Controls { screen.plan.view.title() } else { screen.tab.title() };
    let text = &screen.pane().filter;
    if let Some(only) = only(screen).filter(|_| filter.is_none() && text.is_empty()) {
        pen.rule(area, &format!("{}: {shown} of {}, Esc clears", only.label, screen.total), name, true);
        return None;
    }
    if filter.is_none() && text.is_empty() {
        pen.rule(area, &format!("{name} {shown}"), &looks(screen), true);
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
