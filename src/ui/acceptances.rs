//! The register of all acceptances: a line each, and the selected one in full.

use ratatui::layout::{Position, Rect};

use super::{
    beside, detail,
    detail::Fact,
    glyphs,
    part::{Cell, Column, Pen, Table, after, below, columns, table},
    system::filter,
    theme::Tone,
    words::{many, thousands, tone},
};
use crate::{
    app::{Model, acceptances::AcceptancesScreen, panes::acceptance_look},
    domain::{
        acceptances::AcceptanceRow,
        decision::AcceptanceState,
        fields::{Day, Vocabulary},
        library::Level,
    },
};

/// How many there are, and how many of them press.
pub fn totals(pen: &mut Pen, area: Rect, screen: &AcceptancesScreen, today: Day) {
    let count =
        |wanted: &dyn Fn(AcceptanceState) -> bool| screen.all.iter().filter(|row| wanted(row.on(today).state)).count();
    let broken = count(&|state| state.given() && !state.holds());
    let (expiring, asked) = (count(&|s| s == AcceptanceState::Expiring), count(&|s| s == AcceptanceState::Proposed));
    let pieces = [
        (format!("{} given", thousands(count(&AcceptanceState::given))), Tone::Text),
        (counted(broken, "! ", ("no longer holds", "no longer hold")), Tone::Alert),
        (counted(expiring, "", ("ends within 30 days", "end within 30 days")), Tone::Text),
        (if asked > 0 { format!("   {} asked for", thousands(asked)) } else { String::new() }, Tone::Here),
    ];
    pen.write_all(after(area, 1), pieces.iter().map(|(text, tone)| (text.as_str(), *tone)));
}

/// `   ! 1 no longer holds`; nothing where there is none.
fn counted(n: usize, mark: &str, (one, many): (&str, &str)) -> String {
    if n == 0 { String::new() } else { format!("   {mark}{} {}", thousands(n), if n == 1 { one } else { many }) }
}

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &AcceptancesScreen) -> Option<Position> {
    let side = (area.width.saturating_mul(3) / 10).clamp(40, 60);
    let (list, right) = if area.width >= ROOMY { beside(pen, area, side) } else { (area, None) };
    let (list, under) = right.map_or_else(|| split(area), |right| (list, right));
    let typed = title(pen, Rect { height: list.height.min(1), ..list }, model, screen);
    let body = below(list, 1);
    let cursor = if screen.shown.is_empty() {
        let says = if !screen.filter.is_empty() {
            "Nothing fits the filter. Esc clears it."
        } else if screen.all.is_empty() {
            "No risk was accepted in any system. Propose it in the governance pane of one: g v, a p."
        } else {
            "None of these. m shows others."
        };
        pen.paragraph(after(below(body, 1), 1), says, Tone::Muted);
        None
    } else {
        rows(pen, body, screen, model.today)
    };
    card(pen, under, screen, model.today);
    typed.or(cursor).or_else(|| (!body.is_empty()).then(|| body.as_position()))
}

/// From this width on the selected acceptance stands beside the table.
const ROOMY: u16 = 150;

fn split(area: Rect) -> (Rect, Rect) {
    let high = match area.height {
        18.. => 7,
        11.. => 4,
        _ => 0,
    };
    let list = Rect { height: area.height.saturating_sub(high), ..area };
    (list, below(area, list.height))
}

fn title(pen: &mut Pen, area: Rect, model: &Model, screen: &AcceptancesScreen) -> Option<Position> {
    let entry = filter(model);
    let (shown, all) = (thousands(screen.shown.len()), thousands(screen.all.len()));
    let what = screen.wanted.label();
    if entry.is_none() && screen.filter.is_empty() {
        pen.rule(area, &format!("Acceptances {shown}"), &format!("{what}, {all} in all"), true);
        return None;
    }
    let head = "Acceptances   filter: ";
    pen.rule(area, &format!("{head}{} ", screen.filter), &format!("{shown} of {all}, {what}"), true);
    let typed: String = screen.filter.chars().take(entry?.area().cursor().1).collect();
    let at = columns(head).saturating_add(3).saturating_add(columns(&typed));
    let place = after(area, at.min(area.width.saturating_sub(1)));
    (!place.is_empty()).then(|| place.as_position())
}

/// The state in a word that fits a column.
fn short(state: AcceptanceState) -> &'static str {
    match state {
        AcceptanceState::Breached => "broken",
        AcceptanceState::Proposed => "asked for",
        other => other.label(),
    }
}

fn rows(pen: &mut Pen, area: Rect, screen: &AcceptancesScreen, today: Day) -> Option<Position> {
    let all = [
        Column::fixed("Ends", 10),
        Column::fixed("In", 6).right(),
        Column::fixed("State", 12),
        Column { grows: false, ..Column::growing("System", 10, 20) },
        Column::growing("Risk", 12, 24),
        Column::fixed("Level", 10).yielding(1),
        Column::fixed("Accepted by", 16).yielding(2),
        Column::fixed("Conditions", 16).yielding(3),
    ];
    let shown = Table {
        columns: &all,
        len: screen.shown.len(),
        selected: screen.at.among(screen.shown.len()),
        cell: None,
        header: true,
        active: true,
    };
    let drawn =
        table(pen, area, &shown, |at| screen.all.get(screen.shown[at]).map_or_else(Vec::new, |row| cells(row, today)));
    drawn.cursor
}

fn cells(row: &AcceptanceRow, today: Day) -> Vec<Cell<'static>> {
    let turn = row.on(today);
    let (mark, tint) = acceptance_look(turn.state);
    let look = tone(tint);
    let mark = if mark == "[!]" { "! " } else { "" };
    let level = row.level(today);
    let ends = row.outlook.expires.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let left = match row.days(today) {
        _ if turn.state.ended() => String::new(),
        None => String::new(),
        Some(..0) => "over".to_owned(),
        Some(0) => "today".to_owned(),
        Some(days) => format!("{days} d"),
    };
    let late = turn.due.is_some_and(|due| due < today);
    let conditions = match (turn.open, turn.due) {
        (0, None) => String::new(),
        (0, Some(due)) => format!("next {due}"),
        (open, None) => format!("{open} open"),
        (open, Some(due)) => format!("{open}: {}{due}", if late { "! " } else { "" }),
    };
    vec![
        Cell::new(ends, if turn.state.ended() { Tone::Muted } else { Tone::Text }),
        Cell::new(left, look),
        Cell::new(format!("{mark}{}", short(turn.state)), look),
        Cell::new(row.name.clone(), Tone::Text),
        Cell::new(format!("{} {}", row.outlook.threat, row.outlook.title), Tone::Text),
        level.map_or_else(
            || Cell::new("? unscored", Tone::Alert),
            |level| Cell::new(format!("{} {}", glyphs::level(level as u8), level.label()), Tone::Level(level as u8)),
        ),
        Cell::new(row.person().to_owned(), Tone::Muted),
        Cell::new(conditions, if late { Tone::Alert } else { Tone::Muted }),
    ]
}

fn card(pen: &mut Pen, area: Rect, screen: &AcceptancesScreen, today: Day) {
    if area.is_empty() {
        return;
    }
    let Some(row) = screen.selected() else {
        pen.rule(area, "", "", false);
        return;
    };
    let title = format!("A-{} of {} {}", row.outlook.number, row.outlook.threat, row.outlook.title);
    pen.rule(area, &title, "", false);
    let facts = facts(row, today);
    if area.height > 8 {
        detail::write(pen, below(area, 1), &facts);
    } else {
        detail::flow(pen, below(area, 1), &facts);
    }
}

fn facts(row: &AcceptanceRow, today: Day) -> Vec<Fact> {
    let turn = row.on(today);
    let mut out: Vec<Fact> = Vec::new();
    let mut add = |label: &str, text: String, tone: Tone| {
        if !text.is_empty() {
            out.push((label.to_owned(), text, tone));
        }
    };
    add("State", turn.state.label().to_owned(), tone(acceptance_look(turn.state).1));
    add("Why", turn.why.clone(), Tone::Alert);
    let tier = if row.tier.is_empty() { "no tier yet".to_owned() } else { format!("{} tier", row.tier) };
    add("System", format!("{} ({tier})", row.name), Tone::Text);
    let word = |level: Option<Level>| level.map_or("unscored", Level::label);
    let then = Level::parse(&row.outlook.level);
    if !turn.state.ended() {
        let now = format!("now {}", word(turn.level));
        let then = then.map_or_else(String::new, |then| format!("accepted at {}, ", then.label()));
        add("Level", format!("{then}{now}"), Tone::Text);
    }
    add("Accepted by", row.outlook.acceptor.clone(), Tone::Text);
    add("Asked by", row.requester.clone(), Tone::Text);
    let broken = row.outlook.signed.starts_with('!');
    let signed =
        if row.outlook.signed.is_empty() { "not with an SSH key".to_owned() } else { row.outlook.signed.clone() };
    if turn.state.given() {
        add("Signed", signed, if broken { Tone::Alert } else { Tone::Text });
    }
    let due = turn.due.map_or_else(String::new, |due| format!(", the next by {due}"));
    if turn.open > 0 {
        let open = many(turn.open as usize, "condition open", "conditions open");
        add("Conditions", format!("{open}{due}"), Tone::Text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sizes::on_every_size;

    #[test]
    fn any_size_will_do() {
        let model = Model::new((80, 24), Day::parse("2026-11-21").unwrap());
        on_every_size(|pen, area| {
            draw(pen, area, &model, &AcceptancesScreen::default());
            totals(pen, area, &AcceptancesScreen::default(), model.today);
        });
    }
}
