//! The register over all systems: the rows that were read, how far the look is, and the selected threat in full.

use ratatui::layout::{Position, Rect};

use super::{
    beside,
    detail::{self, Fact},
    glyphs,
    part::{Pen, after, below, columns},
    rows::{self, Grid},
    system::{filter, writing},
    theme::Tone,
    words::{many, thousands},
};
use crate::{
    app::{
        Model,
        across::AcrossScreen,
        panes::{person, shown},
        register::{Group, Spec, columns::level},
    },
    domain::{
        Kind,
        fields::{Entity, Vocabulary},
        library::{Level, Matrix},
        page::AcrossRow,
    },
};

/// How far the look is, in the second line of the screen.
pub fn progress(pen: &mut Pen, area: Rect, screen: &AcrossScreen) {
    let words = screen.query.words();
    let what = if words.is_empty() { "of every system".to_owned() } else { words };
    let used = pen.write(after(area, 1), &format!("{}, {what}", threats(screen.matches)), Tone::Text);
    if !screen.done {
        let rest = after(area, used.saturating_add(4));
        let bar = Rect { width: rest.width.min(12), ..rest };
        pen.progress(bar, screen.scanned, screen.total.max(1));
        pen.write(
            after(rest, 14),
            &format!("so far: {} of {}", thousands(screen.scanned), thousands(screen.total)),
            Tone::Muted,
        );
    }
}

fn threats(count: usize) -> String {
    format!("{} {}", thousands(count), if count == 1 { "threat" } else { "threats" })
}

/// From this width on the selected threat stands beside the table.
const ROOMY: u16 = 150;

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &AcrossScreen) -> Option<Position> {
    // A table of many systems needs the width; only where there is plenty is there some left beside it.
    let side = (area.width.saturating_mul(3) / 10).clamp(40, 60);
    let (list, right) = if area.width >= ROOMY { beside(pen, area, side) } else { (area, None) };
    let (list, under) = right.map_or_else(|| split(area, screen.scoring.is_some()), |right| (list, right));
    let typed = title(pen, Rect { height: list.height.min(1), ..list }, model, screen);
    let body = below(list, 1);
    let cursor = if screen.rows.is_empty() {
        let says = if !screen.begun || !screen.done {
            "Looking…"
        } else if screen.query.filter.is_empty() {
            "No threat is like that. f a shows all of them."
        } else {
            "Nothing fits the filter. Esc clears it."
        };
        pen.nothing(below(body, 1), says);
        None
    } else {
        let columns = screen.register.view.columns();
        let cell = (screen.register.cell > 0).then_some(screen.register.cell);
        let grid = Grid { columns: &columns, rows: &screen.rows, selected: screen.drawn(), cell };
        let drawn = rows::draw(pen, body, grid);
        writing(pen, body, model, drawn.cell).or(drawn.cursor)
    };
    let inside = selected(pen, under, model, screen);
    typed.or(inside).or(cursor).or_else(|| (!body.is_empty()).then(|| body.as_position()))
}

/// The list above, the selected threat below it.
fn split(area: Rect, scoring: bool) -> (Rect, Rect) {
    let high = match area.height {
        16.. => 6,
        11.. => 4,
        _ if scoring => 3.min(area.height),
        _ => 0,
    };
    let list = Rect { height: area.height.saturating_sub(high), ..area };
    (list, below(area, list.height))
}

/// The rule above the rows: what the filter is and what it leaves, what is marked, and the order.
fn title(pen: &mut Pen, area: Rect, model: &Model, screen: &AcrossScreen) -> Option<Position> {
    let filter = filter(model);
    let group = screen.register.view.group;
    let grouped = (group != Group::None).then(|| group.label().to_owned());
    let marked = (!screen.marked.is_empty()).then(|| format!("{} marked", thousands(screen.chosen_count())));
    let order = screen.register.view.order.and_then(|order| {
        let title = Spec::of(order.by)?.column.title;
        Some(format!("by {title}{}", if order.reversed { ", reversed" } else { "" }))
    });
    let text = &screen.query.filter;
    let count = (filter.is_some() || !text.is_empty()).then(|| {
        let so_far = if screen.done { "" } else { " so far" };
        format!("{}{so_far} of {}", thousands(screen.matches), thousands(screen.total))
    });
    let note = [marked, grouped, order, count].into_iter().flatten().collect::<Vec<_>>().join("   ");
    let head = if filter.is_none() && text.is_empty() { "Threats".to_owned() } else { "Threats   filter: ".to_owned() };
    pen.rule(area, &format!("{head}{text}{}", if text.is_empty() { "" } else { " " }), &note, true);
    let entry = filter?;
    let typed: String = text.chars().take(entry.area().cursor().1).collect();
    let at = columns(&head).saturating_add(3).saturating_add(columns(&typed));
    let place = after(area, at.min(area.width.saturating_sub(1)));
    (!place.is_empty()).then(|| place.as_position())
}

/// The selected threat in full; while scoring, where the digits go.
fn selected(pen: &mut Pen, area: Rect, model: &Model, screen: &AcrossScreen) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let Some(row) = screen.selected() else {
        pen.rule(area, "", "", false);
        return None;
    };
    let title = format!("{} {}", row.threat.reference(), row.threat.title);
    let named = columns(&title) <= area.width.saturating_sub(5);
    pen.rule(area, &title, "", screen.scoring.is_some());
    let mut rest = below(area, 1);
    let cursor = prompt(pen, rest, screen);
    if cursor.is_some() {
        rest = below(rest, 1);
    }
    let mut facts = facts(model, screen, row);
    if !named {
        facts.insert(0, (String::new(), row.threat.title.to_string(), Tone::Strong));
    }
    if area.height > 8 {
        detail::write(pen, rest, &facts);
    } else {
        detail::flow(pen, rest, &facts);
    }
    cursor
}

fn facts(model: &Model, screen: &AcrossScreen, row: &AcrossRow) -> Vec<Fact> {
    let mut out: Vec<Fact> = Vec::new();
    let mut add = |label: &str, text: String| {
        if !text.is_empty() {
            out.push((label.to_owned(), text, Tone::Text));
        }
    };
    let tier = if row.tier.is_empty() { "no tier yet".to_owned() } else { format!("{} tier", row.tier) };
    add("System", format!("{} ({tier})", row.name));
    let scores = [("first", row.scores.inherent), ("now", row.scores.now), ("planned", row.scores.target)];
    let said = scores.into_iter().filter_map(|(label, rating)| {
        let rating = rating?;
        let (l, i) = (rating.likelihood.get(), rating.impact.get());
        Some(format!("{label} {l}x{i} {}", level(Some(rating), false).text))
    });
    let said: Vec<String> = said.collect();
    add("", if said.is_empty() { "? unscored: s scores it".into() } else { said.join(" → ") });
    add("Owner", person(&screen.dossier, row.threat.owner.map(|who| who.0)));
    add("What", row.threat.description.to_string());
    for name in ["treatment", "treatment_reason", "component", "category", "due", "personal"] {
        if let Some(field) = Kind::Threat.field(name) {
            add(field.label, shown(&screen.dossier, field, &row.threat.get(name)));
        }
    }
    if !screen.marked.is_empty() {
        let marked = thousands(screen.chosen_count());
        let of = screen
            .marked
            .systems()
            .map_or_else(|| "all that fit".to_owned(), |systems| format!("of {}", many(systems, "system", "systems")));
        add("Marked", format!("{marked} {of}"));
    }
    let late = row.threat.due.is_some_and(|due| due < model.today);
    add("", if late && row.threat.counts() { "! it was due".to_owned() } else { String::new() });
    out
}

/// `L 4 I _`, and where it would land.
fn prompt(pen: &mut Pen, line: Rect, screen: &AcrossScreen) -> Option<Position> {
    let typed = screen.scoring?;
    let digit = |value: Option<u8>| value.map_or_else(|| "_".to_owned(), |value| value.to_string());
    let (l, i) = (digit(typed.likelihood), digit(typed.impact));
    let line = after(line, 1);
    pen.write_all(line, [("L ", Tone::Strong), (&l, Tone::Focus), (" I ", Tone::Strong), (&i, Tone::Focus)]);
    let level: Option<Level> = typed.likelihood.zip(typed.impact).and_then(|(l, i)| Matrix::current().level(l, i));
    match level {
        Some(level) => {
            let says = format!("{} {}", glyphs::level(level as u8), level.label());
            pen.write(after(line, 9), &says, Tone::Level(level as u8));
        }
        None => {
            pen.write(after(line, 9), "1 to 5 each; Enter keeps it, Esc leaves it", Tone::Muted);
        }
    }
    let next = if typed.likelihood.is_none() || typed.impact.is_some() { 2 } else { 6 };
    (line.width > next).then(|| after(line, next).as_position())
}
