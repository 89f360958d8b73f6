//! The rows of the frameworks, of their items, and of what speaks of one item.

use super::{Card, LibraryScreen};
use crate::{
    app::row::{Cell, Row, Target, Tint},
    domain::{
        catalog::{By, Coverage, ItemCover, Library, Parts, cover},
        fields::Day,
        library::{Framework, FrameworkItem, framework_keys},
    },
};

/// The row of a framework.
pub(super) fn of_framework(
    screen: &LibraryScreen,
    library: &Library<'_>,
    framework: &'static Framework,
    today: Day,
) -> Row {
    let key = framework_keys().find(|key| *key == framework.meta.framework).unwrap_or_default();
    let count = framework.items().iter().filter(|item| item.kind != "retired").count();
    let covered = screen.system.as_ref().map_or_else(String::new, |system| {
        let all = cover(&system.dossier, library, framework, today);
        let of = |state: Coverage| all.iter().filter(|item| item.state == state).count();
        format!("{} of {}", of(Coverage::Covered), all.len() - of(Coverage::Group))
    });
    let edition = &framework.meta.version;
    let cells = vec![
        Cell::plain(&*framework.meta.name),
        Cell::plain(count.to_string()),
        Cell::plain(covered),
        Cell::new(edition, Tint::Muted),
    ];
    Row::item(Target::Library(Card::Framework(key)), cells)
}

/// The items of a framework; with a system open each says what covers it, and the counts lead to their rows.
pub(super) fn items(
    screen: &LibraryScreen,
    library: &Library<'_>,
    framework: &'static Framework,
    today: Day,
) -> Vec<Row> {
    let all = cover(screen.dossier(), library, framework, today);
    let reviewed = screen.system.is_some();
    let mut rows = Vec::new();
    if reviewed {
        for (state, word) in
            [(Coverage::Covered, "covered"), (Coverage::Considered, "not relevant"), (Coverage::Open, "not covered")]
        {
            let count = all.iter().filter(|item| item.state == state).count();
            let shown = if screen.only == Some(state) { "shown; Enter shows all" } else { "" };
            let cells = vec![Cell::plain(count.to_string()), Cell::plain(word), Cell::new(shown, Tint::Muted)];
            let (mark, tint) = sign(state);
            rows.push(Row::item(Target::Library(Card::Count(state)), cells).marked(mark, tint));
        }
    }
    let fits = |cover: &&ItemCover| screen.only.is_none_or(|only| cover.state == only);
    rows.extend(all.iter().filter(fits).map(|cover| item_row(cover, reviewed)));
    rows
}

fn sign(state: Coverage) -> (&'static str, Tint) {
    match state {
        Coverage::Covered => ("[x]", Tint::Good),
        Coverage::Considered => ("[-]", Tint::Muted),
        Coverage::Open => ("[ ]", Tint::Alert),
        Coverage::Group => ("", Tint::Plain),
    }
}

/// Through which part of an item something covers it.
fn through(by: &By) -> String {
    by.through.map_or_else(String::new, |part| format!(" through {part}"))
}

/// How a chapter stands by its parts, some of them being covered or none.
fn sign_of(parts: Parts) -> (&'static str, Tint) {
    if parts.is_begun() { ("[/]", Tint::Plain) } else { sign(parts.state()) }
}

/// The official title; where that is the number again, what we say of it.
fn title(item: &FrameworkItem) -> &str {
    if item.title == item.id && !item.summary.is_empty() { &item.summary } else { &item.title }
}

fn item_row(cover: &ItemCover, reviewed: bool) -> Row {
    let by = match cover.state {
        _ if !reviewed => Cell::new(crate::domain::decision::counted(cover.entries, "entry", "entries"), Tint::Muted),
        Coverage::Covered => {
            let one = |by: &By| format!("{} ({}){}", by.reference, by.words, through(by));
            Cell::plain(cover.by.iter().map(one).collect::<Vec<_>>().join(", "))
        }
        Coverage::Considered => {
            let all = cover.considered.iter().map(|(code, why)| format!("{code}: {why}")).collect::<Vec<_>>();
            Cell::new(format!("not relevant, {}", all.join("; ").replace('\n', " / ")), Tint::Muted)
        }
        Coverage::Open => Cell::new("- not covered", Tint::Alert),
        Coverage::Group => match cover.parts {
            Some(parts) => Cell::new(parts.words(), Tint::Muted),
            None => Cell::default(),
        },
    };
    let tint = if cover.state == Coverage::Group { Tint::Strong } else { Tint::Plain };
    let cells = vec![Cell::plain(&*cover.item.id), Cell::new(title(cover.item), tint), by];
    let (mark, tint) = match (reviewed, cover.state, cover.parts) {
        (false, ..) => ("", Tint::Plain),
        (true, Coverage::Group, Some(parts)) => sign_of(parts),
        (true, state, _) => sign(state),
    };
    Row::item(Target::Library(Card::Item(cover.item.id.as_str())), cells).marked(mark, tint)
}

/// The parts of an item that is one: each opens as the item itself did.
fn parts(screen: &LibraryScreen, all: &[ItemCover], item: &FrameworkItem) -> Vec<Row> {
    let reviewed = screen.system.is_some();
    let rows: Vec<Row> = all
        .iter()
        .filter(|cover| cover.item.parent.as_ref() == Some(&item.id))
        .map(|cover| item_row(cover, reviewed))
        .collect();
    if rows.is_empty() {
        return rows;
    }
    let whole = all.iter().find(|cover| cover.item.id == item.id).and_then(|cover| cover.parts);
    let note = whole.filter(|_| reviewed).map_or_else(String::new, Parts::words);
    let mut out = vec![Row::heading(format!("Parts {}", rows.len()), note)];
    out.extend(rows);
    out
}

/// What speaks of one item: its parts, what this review has, then what the library offers.
pub(super) fn of_item(screen: &LibraryScreen, library: &Library<'_>, today: Day) -> Vec<Row> {
    let (Some(framework), Some(item)) = (screen.framework, screen.item) else { return Vec::new() };
    let all = cover(screen.dossier(), library, framework, today);
    let mut rows = parts(screen, &all, item);
    if screen.system.is_some() {
        let by = all.into_iter().find(|cover| cover.item.id == item.id);
        let by = by.map(|cover| cover.by).unwrap_or_default();
        rows.push(Row::heading(format!("In this review {}", by.len()), "Enter goes there"));
        rows.extend(by.into_iter().map(|by| {
            let words = format!("{}{}", by.words, through(&by));
            let cells = vec![Cell::plain(by.reference), Cell::plain(by.title), Cell::plain(words)];
            Row::item(Target::Thing(by.kind, by.id), cells)
        }));
    }
    let threats: Vec<Row> = library.threats_for(item).map(|entry| super::rows::threat(screen, entry)).collect();
    rows.push(Row::heading(
        format!("Threats of the library {}", threats.len()),
        if screen.system.is_some() { "Space marks, Enter adds" } else { "" },
    ));
    rows.extend(threats);
    let controls: Vec<Row> = library
        .controls_for(item)
        .map(|entry| {
            let mut row = super::rows::control(screen, entry);
            row.cells.remove(2);
            row
        })
        .collect();
    rows.push(Row::heading(format!("Controls of the library {}", controls.len()), ""));
    rows.extend(controls);
    rows
}
