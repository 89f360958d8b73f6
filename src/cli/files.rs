//! What is about the file: verify, back up, restore, rebuild, the journal, the disposition record.

use std::path::Path;

use super::{
    Outcome,
    args::{Export, Record},
    clean,
    open::Opening,
    print,
};
use crate::{
    clock,
    desk::{Printed, Trouble},
    domain::id::hex,
    exchange::{
        ics::{self, Calendar},
        record,
    },
    store,
};

/// Exit codes: 0 all is well, 1 something is not, 2 it could not be checked.
pub(super) fn verify(open: &Opening) -> Outcome {
    let desk = open.desk()?;
    let report = desk.verify()?;
    let (events, head) = desk.store()?.head()?;
    desk.close()?;
    let notes: String = report.notes.iter().flat_map(|note| ["\n", note.as_str()]).collect();
    if report.problems.is_empty() {
        let checked = report.checked;
        let says = format!("{checked} entries checked: every chain holds, and the tables are what the journal says.");
        print(&clean(&format!("{says}\nhead {} after {events} entries{notes}", hex(&head))))?;
        return Ok(0);
    }
    print(&clean(&format!("The record does not verify. Nothing was changed.\n{}{notes}", report.problems.join("\n"))))?;
    Ok(1)
}

pub(super) fn record(open: &Opening, args: &Record) -> Outcome {
    let desk = open.desk()?;
    let system = desk.find(&args.system)?;
    let printed = match (args.at_entry, args.as_decided) {
        (Some(n), _) => desk.printed_at(system, n)?,
        (None, true) => desk.printed_as_decided(system)?,
        (None, false) => {
            let dossier = desk.dossier(system)?;
            let made = record::build(&dossier, clock::today(), clock::now(), &desk.imprint(&dossier)?);
            let made = made.ok_or_else(|| Trouble::Usage("There is no such system.".into()))?;
            Printed { json: made.to_json(), markdown: made.to_markdown() }
        }
    };
    desk.close()?;
    let text = match (args.json, args.html) {
        (true, _) => printed.json,
        (_, true) => record::html(&printed.json, &printed.markdown),
        _ => printed.markdown,
    };
    put(open, args.out.as_deref(), &text)
}

/// The form that is a calendar: of one system or of all, where the others are of one.
const CALENDAR: &str = "ics";

/// The register of a system as another tool reads it, or the dates of one or of all as a calendar does.
pub(super) fn export(open: &Opening, args: &Export) -> Outcome {
    if args.form == CALENDAR {
        return calendar(open, args);
    }
    let known = || record::Form::ALL.map(record::Form::word).join(", ");
    let form = record::Form::ALL.into_iter().find(|form| form.word() == args.form);
    let form = form.ok_or_else(|| {
        let (form, known) = (&args.form, known());
        Trouble::Usage(format!("There is no form \"{form}\". The forms are: {known}, {CALENDAR}. Nothing was written."))
    })?;
    let Some(system) = &args.system else {
        let form = &args.form;
        return Err(Trouble::Usage(format!(
            "Only {CALENDAR} is written of all systems; name one for {form}. Nothing was written."
        )));
    };
    let desk = open.desk()?;
    let system = desk.find(system)?;
    let dossier = desk.dossier(system)?;
    let made = record::build(&dossier, clock::today(), clock::now(), &desk.imprint(&dossier)?);
    let made = made.ok_or_else(|| Trouble::Usage("There is no such system.".into()))?;
    desk.close()?;
    put(open, args.out.as_deref(), &record::export(&made, form))
}

/// What ends and what is due, of one system or of all.
fn calendar(open: &Opening, args: &Export) -> Outcome {
    let desk = open.desk()?;
    let systems = match &args.system {
        Some(system) => vec![desk.find(system)?],
        None => desk.systems()?,
    };
    let mut calendar = Calendar::new("dates", clock::now());
    for system in systems {
        ics::of_system(&mut calendar, &desk.dossier(system)?, clock::today(), args.titles);
    }
    desk.close()?;
    put(open, args.out.as_deref(), &calendar.end())
}

/// Writes a text to the file that was named, else to standard output.
pub(super) fn put(open: &Opening, out: Option<&Path>, text: &str) -> Outcome {
    match out {
        Some(path) => {
            open.write(path, text.as_bytes())?;
            print(&clean(&format!("Written to {}.", path.display())))
        }
        None => print(text),
    }
}

pub(super) fn backup(open: &Opening, to: &Path) -> Outcome {
    let desk = open.desk()?;
    let copy = desk.store()?.backup(to)?;
    let paths = desk.paths.clone();
    desk.close()?;
    if let Some(state) = &paths.state {
        let last = store::LastBackup { at: clock::now(), path: copy.path.clone() };
        store::note_backup(&paths.record, state, &last);
    }
    let (path, entries, head) = (copy.path.display(), copy.entries, hex(&copy.head[..8]));
    print(&clean(&format!("Copied and checked: {path}, {entries} entries, head {head}.")))
}

pub(super) fn restore(open: &Opening, from: Option<&Path>, continue_older: bool) -> Outcome {
    let paths = open.paths()?;
    match from {
        Some(from) => print(&clean(&store::restore(from, &paths.record, paths.state.as_deref())?)),
        None if continue_older => {
            let state = paths.state.ok_or_else(|| Trouble::Usage("Nothing is remembered on this machine.".into()))?;
            store::forget_mark(&paths.record, &state)?;
            print("docket goes on with the file that is there, as a new device.")
        }
        None => Err(Trouble::Usage("Name the copy to put back.".into())),
    }
}

pub(super) fn rebuild(open: &Opening) -> Outcome {
    let mut desk = open.desk()?;
    let says = desk.rebuild()?;
    desk.close()?;
    print(&says)
}
