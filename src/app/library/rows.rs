//! The rows of the library's lists.

use super::{
    Card, LibraryScreen, Part,
    items::{items, of_framework, of_item},
};
use crate::{
    app::row::{
        Cell, Column, Row, Target, Tint,
        Width::{Fixed, Share},
        column,
    },
    domain::{
        catalog::{Basis, Library, considered, facts, offers, tally},
        fields::{Day, Vocabulary},
        library::{ControlEntry, ThreatEntry, Vocab, frameworks, vocabulary},
    },
};

/// The columns of a list, from left to right.
pub fn columns(screen: &LibraryScreen) -> &'static [Column] {
    match (screen.framework, screen.item) {
        (Some(framework), Some(item))
            if framework.items().iter().any(|part| part.parent.as_ref() == Some(&item.id)) =>
        {
            return const { &[column("Code", Fixed(13), 0), column("Entry", Share(1), 0), column("Here", Share(1), 0)] };
        }
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
