//! The rows of the library's lists.

use super::{Card, LibraryScreen, Part};
use crate::{
    app::{
        fuzzy::rank,
        row::{
            Cell, Column, Row, Target, Tint,
            Width::{Fixed, Share},
            column,
        },
    },
    domain::{
        catalog::{Basis, By, Coverage, ItemCover, Library, considered, cover, facts, offers, tally},
        fields::{Day, Vocabulary},
        library::{ControlEntry, Framework, Refs, ThreatEntry, Vocab, framework_keys, frameworks, item, vocabulary},
    },
};

/// The columns of a list, from left to right.
pub fn columns(screen: &LibraryScreen) -> &'static [Column] {
    match (screen.framework, screen.item) {
        (Some(_), Some(_)) => {
            return const { &[column("Code", Fixed(11), 0), column("Entry", Share(3), 0), column("Here", Share(1), 0)] };
        }
        (Some(_), None) => {
            return const {
                &[column("Item", Fixed(13), 0), column("Title", Share(1), 0), column("Covered by", Share(1), 0)]
            };
        }
        (None, _) => {}
    }
    match screen.part {
        Part::Proposed => {
            const { &[column("Threat", Share(2), 0), column("Ctl", Fixed(3), 70), column("Why", Share(3), 0)] }
        }
        Part::Facts => {
            const {
                &[
                    column("Fact", Fixed(28), 0),
                    column("Holds", Fixed(5), 0),
                    column("From", Fixed(9), 0),
                    column("Because", Share(1), 0),
                ]
            }
        }
        Part::Threats => {
            const { &[column("Code", Fixed(11), 0), column("Threat", Share(3), 0), column("Here", Share(1), 0)] }
        }
        Part::Controls => {
            const {
                &[
                    column("Code", Fixed(11), 0),
                    column("Control", Share(3), 0),
                    column("Owner", Fixed(16), 100),
                    column("Here", Share(1), 0),
                ]
            }
        }
        Part::Frameworks => {
            const {
                &[
                    column("Framework", Share(1), 0),
                    column("Items", Fixed(5), 0),
                    column("Covered", Fixed(9), 0),
                    column("Edition", Fixed(30), 70),
                ]
            }
        }
    }
}

/// The rows of the list that is open.
pub(super) fn rows(screen: &LibraryScreen, today: Day) -> Vec<Row> {
    let library = Library::of(screen.dossier());
    match (screen.framework, screen.item) {
        (Some(_), Some(_)) => return of_item(screen, &library, today),
        (Some(framework), None) => return items(screen, &library, framework, today),
        (None, _) => {}
    }
    match screen.part {
        Part::Proposed => proposed(screen, &library),
        Part::Facts => fact_rows(screen),
        Part::Threats => library.threats().map(|entry| threat(screen, entry)).collect(),
        Part::Controls => library.controls().map(|entry| control(screen, entry)).collect(),
        Part::Frameworks => frameworks().map(|framework| of_framework(screen, &library, framework, today)).collect(),
    }
}

fn proposed(screen: &LibraryScreen, library: &Library<'_>) -> Vec<Row> {
    let dossier = screen.dossier();
    let all = offers(library, dossier);
    let marks = match screen.marked.len() {
        0 => "a marks all, Enter adds them with their controls".to_owned(),
        n => format!("{n} marked: Enter adds them with their controls"),
    };
    let (apply, open): (Vec<_>, Vec<_>) = all.into_iter().partition(crate::domain::catalog::Offer::applies);
    let row = |offer: crate::domain::catalog::Offer<'_>| {
        let controls = library.against(offer.threat).len();
        let cells = vec![
            Cell::plain(&*offer.threat.title),
            Cell::plain(controls.to_string()),
            Cell::new(brief(&offer.because), Tint::Muted),
        ];
        marked(screen, &offer.threat.id, Row::item(Target::Library(Card::Threat(offer.threat.id.clone())), cells))
    };
    let mut rows = vec![Row::heading(format!("Apply {}", apply.len()), marks)];
    if apply.is_empty() {
        rows.push(Row::note("    Nothing more applies by what is known. The open facts below decide the rest."));
    }
    rows.extend(apply.into_iter().map(row));
    rows.push(Row::heading(format!("May apply {}", open.len()), "a fact is open: f settles it"));
    rows.extend(open.into_iter().map(row));
    let prefix = crate::domain::catalog::subject("");
    let out: Vec<_> =
        dossier.considered.iter().filter(|row| !row.archived && row.subject.as_str().starts_with(&prefix)).collect();
    rows.push(Row::heading(format!("Considered, not relevant {}", out.len()), "x takes it back"));
    rows.extend(out.into_iter().map(|row| {
        let code = row.subject.as_str().trim_start_matches(&prefix);
        let title = library.threat(code).map_or(code, |entry| entry.title.as_str());
        let why = format!("not relevant: {}", row.reason.as_str().replace('\n', " / "));
        let cells = vec![Cell::plain(title), Cell::default(), Cell::plain(why)];
        Row::item(Target::Library(Card::Considered(row.id)), cells).marked("[-]", Tint::Muted)
    }));
    rows
}

/// A reason without the words with which every one of its group begins.
fn brief(because: &str) -> &str {
    let heads = ["Applies because of ", "May apply: nobody has settled "];
    heads.iter().find_map(|head| because.strip_prefix(head)).unwrap_or(because)
}

/// A row that can be marked shows whether it is.
fn marked(screen: &LibraryScreen, code: &str, row: Row) -> Row {
    if screen.marked.contains(code) {
        row.marked("[x]", Tint::Here)
    } else if screen.can_add(code) {
        row.marked("[ ]", Tint::Plain)
    } else {
        row
    }
}

fn fact_rows(screen: &LibraryScreen) -> Vec<Row> {
    let all = facts(screen.dossier());
    let mut rows = Vec::new();
    let mut group = "";
    for (standing, fact) in all.iter().zip(vocabulary().facts()) {
        if fact.group != group {
            group = &fact.group;
            let note = if rows.is_empty() { tally(&all) } else { String::new() };
            let title: String =
                group.chars().take(1).flat_map(char::to_uppercase).chain(group.chars().skip(1)).collect();
            rows.push(Row::heading(title, note));
        }
        let (mark, word, tint) = match standing.holds {
            Some(true) => ("[x]", "yes", Tint::Good),
            Some(false) => ("[-]", "no", Tint::Muted),
            None => ("[?]", "open", Tint::Alert),
        };
        let from = match standing.basis {
            Basis::Corrected => "by hand",
            Basis::Inventory => "inventory",
            Basis::Intake => "intake",
            Basis::Open => "",
        };
        let cells = vec![
            Cell::plain(&*fact.title),
            Cell::new(word, if standing.holds.is_none() { tint } else { Tint::Plain }),
            Cell::new(from, Tint::Muted),
            Cell::new(&*standing.because, Tint::Muted),
        ];
        rows.push(Row::item(Target::Library(Card::Fact(standing.fact)), cells).marked(mark, tint));
    }
    rows
}

pub(super) fn threat(screen: &LibraryScreen, entry: &ThreatEntry) -> Row {
    let here = here(screen, entry);
    let cells = vec![Cell::new(&*entry.id, Tint::Muted), Cell::plain(&*entry.title), here];
    marked(screen, &entry.id, Row::item(Target::Library(Card::Threat(entry.id.clone())), cells))
}

/// Where a threat of the library stands in this review.
pub(super) fn here(screen: &LibraryScreen, entry: &ThreatEntry) -> Cell {
    let Some(system) = &screen.system else { return Cell::default() };
    let dossier = &system.dossier;
    if let Some(threat) = dossier.live_threats().find(|threat| threat.library.as_str() == entry.id) {
        return Cell::new(threat.reference(), Tint::Good);
    }
    match considered(dossier, &entry.id) {
        Some(_) => Cell::new("not relevant", Tint::Muted),
        None => Cell::new("-", Tint::Muted),
    }
}

pub(super) fn control(screen: &LibraryScreen, entry: &ControlEntry) -> Row {
    let taken = screen
        .system
        .as_ref()
        .and_then(|system| system.dossier.live_controls().find(|control| control.library.as_str() == entry.id));
    let here = match (taken, &screen.system) {
        (Some(control), _) => Cell::new(format!("{} {}", control.reference(), control.stage().label()), Tint::Good),
        (None, Some(_)) => Cell::new("-", Tint::Muted),
        (None, None) => Cell::default(),
    };
    let owner = vocabulary().label(Vocab::OwnerRole, &entry.owner_role);
    let cells = vec![Cell::new(&*entry.id, Tint::Muted), Cell::plain(&*entry.title), Cell::plain(owner), here];
    Row::item(Target::Library(Card::Control(entry.id.clone())), cells)
}

fn of_framework(screen: &LibraryScreen, library: &Library<'_>, framework: &'static Framework, today: Day) -> Row {
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
fn items(screen: &LibraryScreen, library: &Library<'_>, framework: &'static Framework, today: Day) -> Vec<Row> {
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
            Some((done, of)) => Cell::new(format!("{done} of {of} parts covered"), Tint::Muted),
            None => Cell::default(),
        },
    };
    let tint = if cover.state == Coverage::Group { Tint::Strong } else { Tint::Plain };
    let cells = vec![Cell::plain(&*cover.item.id), Cell::new(&*cover.item.title, tint), by];
    let (mark, tint) = if reviewed { sign(cover.state) } else { ("", Tint::Plain) };
    Row::item(Target::Library(Card::Item(cover.item.id.as_str())), cells).marked(mark, tint)
}

/// What speaks of one item: first what this review has, then what the library offers.
fn of_item(screen: &LibraryScreen, library: &Library<'_>, today: Day) -> Vec<Row> {
    let (Some(framework), Some(item)) = (screen.framework, screen.item) else { return Vec::new() };
    let mut rows = Vec::new();
    if screen.system.is_some() {
        let by = cover(screen.dossier(), library, framework, today).into_iter().find(|cover| cover.item.id == item.id);
        let by = by.map(|cover| cover.by).unwrap_or_default();
        rows.push(Row::heading(format!("In this review {}", by.len()), "Enter goes there"));
        rows.extend(by.into_iter().map(|by| {
            let words = format!("{}{}", by.words, through(&by));
            let cells = vec![Cell::plain(by.reference), Cell::plain(by.title), Cell::plain(words)];
            Row::item(Target::Thing(by.kind, by.id), cells)
        }));
    }
    let threats: Vec<Row> = library.threats_for(item).map(|entry| threat(screen, entry)).collect();
    rows.push(Row::heading(
        format!("Threats of the library {}", threats.len()),
        if screen.system.is_some() { "Space marks, Enter adds" } else { "" },
    ));
    rows.extend(threats);
    let controls: Vec<Row> = library
        .controls_for(item)
        .map(|entry| {
            let mut row = control(screen, entry);
            row.cells.remove(2);
            row
        })
        .collect();
    rows.push(Row::heading(format!("Controls of the library {}", controls.len()), ""));
    rows.extend(controls);
    rows
}

/// The rows that fit what is typed, the best first: in the code or the title, in the description or the mappings, and
/// then by a few letters of code and title in their order.
pub(super) fn fitting(screen: &LibraryScreen, all: Vec<Row>) -> Vec<Row> {
    let library = Library::of(screen.dossier());
    let rows: Vec<Row> = all.into_iter().filter(Row::selectable).collect();
    let words: Vec<String> = screen.filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let holds = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
    let names: Vec<String> = rows.iter().map(|row| name(&library, row)).collect();
    let (mut first, mut told) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        if holds(&names[at].to_lowercase()) {
            first.push(at);
        } else if holds(&format!("{} {} {}", names[at], row.text(), depth(&library, row)).to_lowercase()) {
            told.push(at);
        }
    }
    let mut found = first;
    found.extend(told);
    let by_letters = rank(screen.filter.trim(), names.iter().map(String::as_str));
    let loose: Vec<usize> = by_letters.into_iter().map(|(at, _)| at).filter(|at| !found.contains(at)).collect();
    found.extend(loose);
    found.into_iter().filter_map(|at| rows.get(at).cloned()).collect()
}

/// What a row is looked for by first.
fn name(library: &Library<'_>, row: &Row) -> String {
    match &row.target {
        Some(Target::Library(Card::Threat(code))) => {
            library.threat(code).map_or_else(String::new, |entry| format!("{code} {}", entry.title))
        }
        _ => row.cells.iter().take(2).map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" "),
    }
}

/// The rest that a row is found by: its description and what it maps to, with the names of the items.
fn depth(library: &Library<'_>, row: &Row) -> String {
    match &row.target {
        Some(Target::Library(Card::Threat(code))) => library
            .threat(code)
            .map_or_else(String::new, |entry| format!("{} {}", entry.description, mapped(&entry.refs))),
        Some(Target::Library(Card::Control(code))) => library
            .control(code)
            .map_or_else(String::new, |entry| format!("{} {}", entry.description, mapped(&entry.refs))),
        _ => String::new(),
    }
}

fn mapped(refs: &Refs) -> String {
    let titles = refs.iter().flat_map(|(key, ids)| {
        ids.iter().map(move |id| format!("{key} {id} {}", item(key, id).map_or("", |item| item.title.as_str())))
    });
    titles.collect::<Vec<_>>().join(" ")
}
