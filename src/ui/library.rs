//! The libraries: a list, and beside or below it everything about what the cursor is on.

use ratatui::layout::{Position, Rect};

use super::{
    beside, detail,
    part::{Pen, Tab as Strip, Target, after, below, columns, tabs},
    rows,
    words::tone,
};
use crate::{
    app::{
        Model, Overlay,
        entry::Entry,
        library::{LibraryScreen, Part, about, columns as columns_of},
        row::RowKind,
    },
    domain::library::{controls, threats},
    keymap::{Action, Context, Keymap},
};

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &LibraryScreen) -> Option<Position> {
    let side = (area.width.saturating_mul(2) / 5).clamp(40, 66);
    let (list, right) = beside(pen, area, side);
    let (list, under) = match right {
        Some(right) => (list, right),
        None => split(list),
    };
    let cursor = entries(pen, list, model, screen);
    card(pen, under, model, screen);
    cursor
}

/// The list above, what the row is about below.
fn split(area: Rect) -> (Rect, Rect) {
    let high = match area.height {
        ..10 => 0,
        10..16 => 4,
        16.. => 6,
    };
    let list = Rect { height: area.height - high, ..area };
    (list, below(area, list.height))
}

fn entries(pen: &mut Pen, area: Rect, model: &Model, screen: &LibraryScreen) -> Option<Position> {
    let filter = match model.overlays.last() {
        Some(Overlay::Filter(entry)) => Some(entry),
        _ => None,
    };
    let quiet = filter.is_none() && screen.filter.is_empty() && screen.framework.is_none();
    let headed = screen.rows.first().is_some_and(|row| matches!(row.kind, RowKind::Heading(_)));
    let top = u16::from(!(quiet && headed));
    let typed = if top > 0 { title(pen, area, screen, filter) } else { None };
    let body = below(area, top);
    if screen.rows.is_empty() {
        let says = if screen.filter.is_empty() { "Nothing here." } else { "Nothing fits the filter. Esc clears it." };
        pen.nothing(below(body, 1), says);
        return typed.or_else(|| (body.height > 1).then(|| Position::new(body.x + 1, body.y + 1)));
    }
    let grid = rows::Grid { columns: columns_of(screen), rows: &screen.rows, selected: screen.at(), cell: None };
    let drawn = rows::draw(pen, body, grid);
    typed.or(drawn.cursor).or_else(|| (!body.is_empty()).then(|| body.as_position()))
}

/// The rule above the rows: which list, which framework and item, how many, and what the filter leaves of them.
fn title(pen: &mut Pen, area: Rect, screen: &LibraryScreen, filter: Option<&Entry>) -> Option<Position> {
    let shown = screen.rows.iter().filter(|row| row.selectable()).count();
    let name = match (screen.framework, screen.item) {
        (Some(framework), Some(item)) => format!("{} {}", framework.meta.name, item.id),
        (Some(framework), None) => framework.meta.name.clone(),
        (None, _) => screen.part.title().to_owned(),
    };
    let edition = match (screen.framework, screen.part) {
        (Some(framework), _) => format!("edition {}", framework.meta.version),
        (None, Part::Threats) => format!("edition {}", threats().version()),
        (None, Part::Controls) => format!("edition {}", controls().version()),
        (None, _) => String::new(),
    };
    let marked = if screen.marked.is_empty() { edition } else { format!("{} marked", screen.marked.len()) };
    if filter.is_none() && screen.filter.is_empty() {
        let text = if screen.framework.is_some() { name } else { format!("{name} {shown}") };
        pen.rule(area, &text, &marked, true);
        return None;
    }
    let head = format!("{name}   filter: ");
    pen.rule(area, &format!("{head}{} ", screen.filter), &format!("{shown} of {}", screen.total), true);
    let column = filter?.area().cursor().1;
    let typed: String = screen.filter.chars().take(column).collect();
    let at = columns(&head).saturating_add(3).saturating_add(columns(&typed));
    let place = after(area, at.min(area.width.saturating_sub(1)));
    (!place.is_empty()).then(|| place.as_position())
}

/// What the cursor is on; where there is little room, first why it is there.
fn card(pen: &mut Pen, area: Rect, model: &Model, screen: &LibraryScreen) {
    if area.is_empty() {
        return;
    }
    let Some(row) = screen.selected() else {
        pen.rule(area, "", "", false);
        return;
    };
    let (title, facts) = about(screen, row, model.today);
    pen.rule(area, &title, "", false);
    let mut facts: Vec<detail::Fact> = facts.into_iter().map(|(label, text, tint)| (label, text, tone(tint))).collect();
    let rest = below(area, 1);
    if area.height > 6 {
        detail::write(pen, rest, &facts);
        return;
    }
    facts.sort_by_key(|(label, ..)| {
        !matches!(label.as_str(), "Why" | "Why not" | "Because" | "Not relevant" | "Covered by" | "Here")
    });
    let mut rest = after(rest, 1);
    for (label, text, tone) in facts {
        let lead = if label.is_empty() { String::new() } else { format!("{label}: ") };
        let used = pen.paragraph(rest, &format!("{lead}{}", text.replace('\n', "; ")), tone);
        rest = below(rest, used);
        if rest.height == 0 {
            break;
        }
    }
}

/// The lists with the digits that choose them.
pub fn tab_line(pen: &mut Pen, area: Rect, screen: &LibraryScreen, keymap: &Keymap) {
    const CHOOSE: [Action; Part::ALL.len()] =
        [Action::TabOne, Action::TabTwo, Action::TabThree, Action::TabFour, Action::TabFive];
    let keys = CHOOSE
        .map(|action| keymap.keys_for(action, Context::Library).first().map_or_else(String::new, ToString::to_string));
    let all: Vec<Strip> = screen
        .parts()
        .iter()
        .zip(&keys)
        .map(|(part, key)| Strip { key, title: part.title(), short: part.title(), mark: "" })
        .collect();
    let selected = screen.parts().iter().position(|part| *part == screen.part).unwrap_or(0);
    for (at, place) in tabs(pen, area, &all, selected) {
        pen.spot(place, Target::Does(CHOOSE[at]));
    }
}

/// Where one is, in the line at the top.
pub fn crumbs(screen: &LibraryScreen, path: &str) -> String {
    let mut out = match &screen.system {
        Some(system) => format!("{} {path} Library", system.dossier.name()),
        None => format!("Board {path} Library"),
    };
    for text in [screen.framework.map(|_| "Framework".to_owned()), screen.item.map(|item| item.id.clone())]
        .into_iter()
        .flatten()
    {
        out.extend([" ", path, " ", text.as_str()]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_low_window_keeps_the_whole_list() {
        let area = Rect::new(0, 0, 60, 9);
        assert_eq!(split(area), (area, below(area, 9)));
        assert_eq!(split(Rect::new(0, 0, 80, 20)).1.height, 6);
    }
}
