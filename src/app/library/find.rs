//! What fits what is typed into the filter of the library.

use super::{Card, LibraryScreen};
use crate::{
    app::{
        fuzzy::rank,
        row::{Row, Target},
    },
    domain::{
        catalog::Library,
        library::{Refs, item},
    },
};

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
