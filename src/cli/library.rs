//! `docket library`: the shipped libraries, the team's own entries, and what a review covers of a framework.

use std::path::Path;

use super::{Outcome, args::Library, clean, open::Opening, print};
use crate::{
    clock,
    desk::{Desk, Trouble},
    domain::{Line, decision::counted, library::framework, people::Role},
    exchange::{answer::library as answer, shelf},
};

pub(super) fn library(open: &Opening, role: Option<Role>, what: &Library) -> Outcome {
    match what {
        Library::List { json } => {
            let list = answer::list(&own(open)?.record_itself()?);
            print(&if *json { list.to_json() } else { clean(&list.to_text()) })
        }
        Library::Show { id } => {
            let text = answer::show(&own(open)?.record_itself()?, id);
            let unknown = || {
                Trouble::Usage(format!(
                    "No library has an entry {}. docket library list shows them all.",
                    Line::new(id)
                ))
            };
            print(&clean(&text.ok_or_else(unknown)?))
        }
        Library::Export { file } => {
            let desk = open.desk()?;
            let record = desk.record_itself()?;
            let count = record.shelf.iter().filter(|entry| !entry.archived).count();
            desk.close()?;
            open.write(file, shelf::write(&record).as_bytes())?;
            print(&clean(&format!("{} written to {}.", counted(count, "own entry", "own entries"), file.display())))
        }
        Library::Import { file, dry_run } => import(open, role, file, *dry_run),
        Library::Frameworks => print(&clean(&answer::editions())),
        Library::Cover { framework, system, json } => cover(open, framework, system, *json),
    }
}

/// The record where there is one; the shipped libraries need none.
fn own(open: &Opening) -> Result<Desk, Trouble> {
    if open.paths()?.record.exists() { open.desk() } else { Desk::in_memory().map_err(Trouble::Other) }
}

fn import(open: &Opening, role: Option<Role>, file: &Path, dry_run: bool) -> Outcome {
    let failed = |error| Trouble::Usage(format!("{} cannot be read ({error}). Nothing was changed.", file.display()));
    let size = std::fs::metadata(file).map_err(failed)?.len();
    if size > shelf::LIBRARY_MAX as u64 {
        return Err(Trouble::Usage(format!(
            "{} is larger than 4 MB, which no library is. Nothing was changed.",
            file.display()
        )));
    }
    let bytes = std::fs::read(file).map_err(failed)?;
    // A library of another program is recognised by its content.
    let entries = match crate::exchange::read(&bytes, &crate::desk::file_name(file), &mut |_, _| true) {
        Ok(draft) if !draft.library.is_empty() => shelf::taken(&draft.library),
        _ => shelf::read(&bytes).map_err(Trouble::Usage)?,
    };
    let total = counted(entries.len(), "entry", "entries");
    let mut desk = open.desk()?;
    let (new, changed) = desk.fill_library(role, entries, !dry_run)?;
    desk.close()?;
    let says = match (new, changed) {
        (0, 0) => format!("{total} read; everything in it is in the library already, and nothing was changed."),
        (new, changed) => format!(
            "{total} read: {new} new, {changed} changed. {}",
            if dry_run { "Nothing was kept." } else { "Kept." }
        ),
    };
    print(&says)
}

fn cover(open: &Opening, key: &str, system: &str, json: bool) -> Outcome {
    let found = framework(key).ok_or_else(|| {
        let key = Line::new(key);
        Trouble::Usage(format!("There is no framework \"{key}\". docket library frameworks lists them."))
    })?;
    let desk = open.desk()?;
    let dossier = desk.dossier(desk.find(system)?)?;
    desk.close()?;
    let covered = answer::covered(&dossier, found, clock::today());
    let covered = covered.ok_or_else(|| Trouble::Usage("There is no such system.".into()))?;
    print(&if json { covered.to_json() } else { clean(&covered.to_text()) })
}
