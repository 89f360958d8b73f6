//! What the selected row is about, in full: beside the list where there is room, else in a strip below it.

use ratatui::layout::Rect;

use super::{
    checklist, gate,
    part::{Pen, after, below, columns, wrap},
    plan,
    theme::Tone,
    words::tone,
};
use crate::{
    app::{
        Model,
        panes::{self, age, person, shown},
        row::{Row, Target},
        system::{SystemScreen, Tab},
    },
    domain::{
        Id, Kind,
        decision::{Gap, Place},
        fields::{Day, Form, Vocabulary},
        lint::{Remark, Severity},
        value::Value,
    },
};

/// A label and what belongs to it.
pub type Fact = (String, String, Tone);

/// How high the strip is, where anything in the pane is cut.
pub fn height(area: u16, needed: bool) -> u16 {
    match area {
        _ if !needed => 0,
        0..10 => 0,
        10..17 => 4,
        17.. => 5,
    }
}

/// Draws what the selected row is about.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &SystemScreen) {
    if area.is_empty() {
        return;
    }
    let Some(row) = screen.selected() else {
        pen.rule(area, "", "", false);
        return;
    };
    let room = area.width.saturating_sub(5);
    let (title, facts) = match area.height {
        ..=5 => in_strip(screen, row, (model.today, room)),
        _ => about(screen, row, model.today),
    };
    let title = if title.is_empty() { first(row) } else { title };
    pen.rule(area, &title, "", false);
    if area.height <= 5 {
        return flow(pen, below(area, 1), &facts);
    }
    let rest = write(pen, below(area, 1), &facts);
    gate::draw(pen, rest, model, screen);
}

/// What a strip says: the cells in full; of a field also what is wanted in it.
fn in_strip(screen: &SystemScreen, row: &Row, (today, room): (Day, u16)) -> (String, Vec<Fact>) {
    if let Some(Target::Field(kind, id, field)) = &row.target {
        return one_field(screen, (*kind, *id), field);
    }
    if matches!(row.target, Some(Target::Text(_) | Target::Check(_) | Target::Section(_))) {
        return about(screen, row, today);
    }
    // What stands in the rule in full is not said twice.
    if matches!(row.target, Some(Target::Gap(_))) && screen.tab == Tab::Checklist {
        let (role, facts) = about(screen, row, today);
        let title = first(row);
        let fits = columns(&title) <= room;
        return if fits { (title, facts.into_iter().skip(1).collect()) } else { (role, facts) };
    }
    if let Some(Target::Thing(kind, id)) = &row.target
        && let Some(found) = plan::about(screen, (*kind, *id), today)
    {
        return found;
    }
    let title = heading(screen, row);
    let skip = if columns(&title) <= room { titled(screen) } else { 0 };
    (title, cells(screen, row, skip))
}

/// How many cells make the name of a row: its number and its title, or its first cell.
fn titled(screen: &SystemScreen) -> usize {
    if panes::columns(screen).first().is_some_and(|column| column.title == "No.") { 2 } else { 1 }
}

fn heading(screen: &SystemScreen, row: &Row) -> String {
    let cells = row.cells.iter().take(titled(screen)).map(|cell| cell.text.as_str());
    cells.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn first(row: &Row) -> String {
    row.cells.iter().find(|cell| !cell.text.is_empty()).map_or_else(String::new, |cell| cell.text.clone())
}

/// The cells of the row in full, with the names of their columns, but for the first few.
fn cells(screen: &SystemScreen, row: &Row, skip: usize) -> Vec<Fact> {
    let columns = panes::columns(screen);
    let titles = columns.iter().map(|column| column.title);
    titles
        .zip(&row.cells)
        .skip(skip)
        .filter(|(_, cell)| !cell.text.trim().is_empty())
        .map(|(title, cell)| (title.to_owned(), cell.text.clone(), tone(cell.tint)))
        .collect()
}

/// Everything that is known of what the row is about.
fn about(screen: &SystemScreen, row: &Row, today: Day) -> (String, Vec<Fact>) {
    match &row.target {
        Some(Target::Thing(kind, id)) => {
            plan::about(screen, (*kind, *id), today).unwrap_or_else(|| thing(screen, *kind, *id))
        }
        Some(Target::Text(text)) => ("In full".to_owned(), vec![(String::new(), text.clone(), Tone::Text)]),
        Some(Target::Field(kind, id, field)) => one_field(screen, (*kind, *id), field),
        Some(Target::Gap(place)) => gap(screen, row, (place, today)),
        Some(Target::Leg(step)) => {
            let mut facts = cells(screen, row, 1);
            facts.push(("Carries".into(), step.carries_words().into(), Tone::Text));
            facts.push(("Done when".into(), step.complete_when().into(), Tone::Text));
            (step.label().to_owned(), facts)
        }
        Some(Target::Check(id)) => checklist::question(&screen.dossier, id, today),
        Some(Target::Section(id)) => checklist::section(&screen.dossier, id, today),
        Some(
            Target::Signoff(_)
            | Target::Seal(..)
            | Target::Changes(_)
            | Target::Entry(_)
            | Target::Tier
            | Target::Holder(_)
            | Target::Library(_),
        )
        | None => (heading(screen, row), cells(screen, row, titled(screen))),
    }
}

/// Every field of a thing that holds something, and what is needed and does not.
pub fn thing(screen: &SystemScreen, kind: Kind, id: Id) -> (String, Vec<Fact>) {
    let Some(entity) = screen.dossier.find(kind, id) else { return (String::new(), Vec::new()) };
    let mut facts = Vec::new();
    // The words of the threat are kept for a renewal, which says what is different now.
    for field in kind.fields().iter().filter(|field| field.id != "threat_then") {
        let value = entity.get(field.id);
        if value.is_null() && field.needed {
            facts.push((field.label.to_owned(), "! missing".to_owned(), Tone::Alert));
        } else if !value.is_null() {
            facts.push((field.label.to_owned(), full(screen, (field.form, field), &value), Tone::Text));
        }
    }
    let withdrawn = if entity.archived() { ", withdrawn" } else { "" };
    (format!("{}{withdrawn}", kind.label()), facts)
}

/// A value with its own lines, where it has any.
fn full(screen: &SystemScreen, (form, field): (Form, &crate::domain::fields::Field), value: &Value) -> String {
    if let (Form::Prose, Value::Text(text)) = (form, value) {
        return text.clone();
    }
    shown(&screen.dossier, field, value)
}

fn one_field(screen: &SystemScreen, (kind, id): (Kind, Id), name: &str) -> (String, Vec<Fact>) {
    let Some(field) = kind.field(name) else { return (String::new(), Vec::new()) };
    let value = screen.dossier.find(kind, id).map_or(Value::Null, |entity| entity.get(name));
    let mut facts = Vec::new();
    if value.is_null() {
        let (text, tone) = if field.needed { ("! missing", Tone::Alert) } else { ("nothing yet", Tone::Muted) };
        facts.push((String::new(), text.to_owned(), tone));
    } else {
        facts.push((String::new(), full(screen, (field.form, field), &value), Tone::Text));
    }
    facts.push((String::new(), String::new(), Tone::Text));
    facts.push((String::new(), field.help.to_owned(), Tone::Muted));
    (field.label.to_owned(), facts)
}

fn gap(screen: &SystemScreen, row: &Row, (place, today): (&Place, Day)) -> (String, Vec<Fact>) {
    let says = first(row);
    if let Some(gap) = screen.gaps.iter().find(|gap| gap.place == *place && gap.what == says) {
        return (gap.role.label().to_owned(), gap_facts(screen, gap, today));
    }
    match screen.noticed.iter().find(|remark| remark.place == *place && says.ends_with(&remark.what)) {
        Some(remark) => (remark.rule.role().label().to_owned(), remark_facts(remark)),
        None => (heading(screen, row), cells(screen, row, 0)),
    }
}

fn remark_facts(remark: &Remark) -> Vec<Fact> {
    let (word, tone) = match remark.severity() {
        Severity::Contradiction => ("contradiction", Tone::Alert),
        Severity::Warning => ("warning", Tone::Text),
    };
    let rule = format!("{}, a {word}", remark.rule.id());
    vec![
        (String::new(), remark.what.clone(), tone),
        (String::new(), String::new(), Tone::Text),
        ("Mend".to_owned(), remark.mend.clone(), Tone::Text),
        ("Rule".to_owned(), rule, Tone::Muted),
    ]
}

fn gap_facts(screen: &SystemScreen, gap: &Gap, today: Day) -> Vec<Fact> {
    let text = |label: &str, text: String| (label.to_owned(), text, Tone::Text);
    let mut facts = vec![(String::new(), gap.what.clone(), Tone::Alert), text("", String::new())];
    facts.push(text("Who", person(&screen.dossier, gap.person)));
    if gap.since.is_some() {
        facts.push(text("Since", age(gap.since, today)));
    }
    if let Some(due) = gap.due {
        let late = if due < today { " ! late" } else { "" };
        facts.push(("Due".into(), format!("{due}{late}"), if due < today { Tone::Alert } else { Tone::Text }));
    }
    let titles = crate::domain::decision::conditions();
    if let Some((number, title)) = titles.into_iter().find(|(number, _)| *number == gap.condition) {
        facts.push(text("Gate", format!("{number} {title}")));
    }
    facts
}

/// Writes labels and values, each value over as many lines as it needs; answers the room that is left.
pub fn write(pen: &mut Pen, area: Rect, facts: &[Fact]) -> Rect {
    let label = facts.iter().map(|(label, ..)| columns(label)).max().unwrap_or(0).min(22);
    let gap = if label > 0 { label.saturating_add(2) } else { 0 };
    let mut rest = after(area, 1);
    for (name, value, tone) in facts {
        if rest.height == 0 {
            break;
        }
        // A long text has the whole width, under its label.
        let narrow = usize::from(rest.width.saturating_sub(gap));
        let under = gap > 0 && !name.is_empty() && wrap(value, narrow).len() > 2;
        pen.write(Rect { width: if under { rest.width } else { label }, ..rest }, name, Tone::Muted);
        let place = if under { below(rest, 1) } else { after(rest, if name.is_empty() { 0 } else { gap }) };
        let used = pen.paragraph(place, value, *tone).saturating_add(u16::from(under));
        rest = below(rest, used.max(1));
    }
    Rect { x: area.x, width: area.width, ..rest }
}

/// Writes labels and values one behind another, where there are only a few lines.
pub fn flow(pen: &mut Pen, area: Rect, facts: &[Fact]) {
    let mut rest = area;
    let mut used = 1u16;
    for (name, value, tone) in facts.iter().filter(|(_, value, _)| !value.is_empty()) {
        let label = if name.is_empty() { 0 } else { columns(name).saturating_add(1) };
        let wide = label.saturating_add(columns(value));
        if used > 1 && used.saturating_add(wide) >= area.width {
            rest = below(rest, 1);
            used = 1;
        }
        let place = after(rest, used);
        pen.write(place, name, Tone::Muted);
        let lines = pen.paragraph(after(place, label), value, *tone);
        if lines > 1 || value.contains('\n') {
            rest = below(rest, lines);
            used = 1;
        } else {
            used = used.saturating_add(wide).saturating_add(3);
        }
    }
}
