//! Effects that bring a file in: a folder to choose from, the reading with its progress, the receipt, and the yes.

use std::path::Path;

use super::{merging, perform::Outcome, run::Session, terminal::Console, working::working};
use crate::{
    app::{
        Answer, Effect,
        confirm::{Reader, Take},
        system::SystemScreen,
    },
    desk::{Columns, Trouble, Written, carry::is_carried, expanded, file_name, glances},
    domain::{Id, bring::TableColumns, decision::counted, people::Role, register::size_words, rules::Merged},
    exchange::{Receipt, Refused},
};

/// Carries out an effect of bringing a file in.
pub(super) fn perform(session: &mut Session, console: Option<&mut Console>, role: Role, effect: Effect) -> Outcome {
    match effect {
        Effect::Folder(wanted) => Ok(Answer::Folder(session.desk.folder(wanted.as_deref())?)),
        Effect::Glance(paths) => Ok(Answer::Glanced(glances(&paths))),
        Effect::ReadFile(path) => read_file(session, console, role, &path),
        Effect::ReadColumns(table) => read_columns(session, console, role, &table),
        Effect::FindSystems(query) => {
            let hits = session.desk.search(&query)?.into_iter().filter(|hit| hit.thing.is_none()).collect();
            Ok(Answer::Found(query, hits))
        }
        Effect::ReceiptFor(system) => {
            let receipt = session.desk.receipt_read()?;
            receipt_of(session, console, role, (receipt, Some(system)))
        }
        Effect::TakeIn(system) => take_in(session, console, system, role),
        _ => Ok(Answer::Kept),
    }
}

/// Reads a file, or opens the folder that a path turned out to be.
fn read_file(session: &mut Session, mut console: Option<&mut Console>, role: Role, path: &Path) -> Outcome {
    let path = path.to_str().map_or_else(|| path.to_path_buf(), expanded);
    if path.is_dir() {
        return Ok(Answer::Folder(session.desk.folder(Some(&path))?));
    }
    if is_carried(&path) {
        return merging::compare(session, &path);
    }
    match read(session, console.as_deref_mut(), &path, Columns::AsBefore) {
        Ok(receipt) => {
            let answer = receipt_of(session, console, role, (receipt, None))?;
            // What was stopped leaves no trace, so that it is kept last.
            session.desk.remember_folder(&path);
            Ok(answer)
        }
        // A person may know what the columns are; without a record there is nowhere to take them into.
        Err(Trouble::File(Refused::NoColumns { .. })) if session.desk.has_record() => {
            session.desk.remember_folder(&path);
            Ok(Answer::Columns(session.desk.columns_of(&path)?))
        }
        Err(trouble) => Err(trouble),
    }
}

/// Reads the file again, its columns as somebody says now; the next file with the same ones is read so.
fn read_columns(session: &mut Session, mut console: Option<&mut Console>, role: Role, table: &TableColumns) -> Outcome {
    let gone = || Trouble::Usage("The file is not at hand any more. Choose it again.".into());
    let path = session.desk.looked_at_file().ok_or_else(gone)?.to_path_buf();
    let receipt = read(session, console.as_deref_mut(), &path, Columns::Chosen(table))?;
    let answer = receipt_of(session, console, role, (receipt, None))?;
    session.desk.remember_columns()?;
    Ok(answer)
}

fn read(
    session: &mut Session,
    console: Option<&mut Console>,
    path: &Path,
    columns: Columns<'_>,
) -> Result<Receipt, Trouble> {
    let size = |bytes: u64| size_words(i64::try_from(bytes).unwrap_or(i64::MAX));
    working(session, console, |desk, work| {
        let mut told = |done, all| work.tell(|| format!("{} of {} are read…", size(done), size(all)));
        desk.read_file(path, columns, &mut told)
    })
}

/// What the file that was read last comes to, against the record as it is: the receipt, and what Enter does with it.
fn receipt_of(
    session: &mut Session,
    console: Option<&mut Console>,
    role: Role,
    (mut receipt, tested): (Receipt, Option<Id>),
) -> Outcome {
    let desk = &session.desk;
    let here = desk.has_record();
    let open = session.model.system().and_then(SystemScreen::id).filter(|_| receipt.systems == 1);
    let into = match tested.or(open) {
        Some(system) => Some(system),
        None if here => desk.went_into()?,
        None => None,
    };
    let choose = here && receipt.results && into.is_none();
    receipt.merged = if choose || !here { None } else { compare(session, console, into, role)? };
    let desk = &session.desk;
    let mut lines = receipt.lines();
    lines.push(String::new());
    lines.push(match into {
        _ if !here => {
            "Nothing is kept yet: say who you are first. Esc twice, then n; then bring the file again.".to_owned()
        }
        _ if choose => "Nothing is kept yet. Enter asks which system was tested; Esc leaves it.".to_owned(),
        Some(system) => {
            format!("Nothing is kept yet. Enter takes it into {}; Esc leaves it.", desk.dossier(system)?.name())
        }
        None if receipt.library > 0 => {
            "Nothing is kept yet. Enter takes it into the library; Esc leaves it.".to_owned()
        }
        None => "Nothing is kept yet. Enter takes it in, each system as its own; Esc leaves it.".to_owned(),
    });
    let take_in = match desk.columns_read() {
        _ if !here => None,
        _ if choose => Some(Take::Choose),
        Some(table) => Some(Take::Table(into, Box::new(table))),
        None => Some(Take::File(into)),
    };
    let name = desk.looked_at_file().map(file_name).unwrap_or_default();
    Ok(Answer::Receipt(Reader { title: format!("Receipt for {name}"), lines, top: 0, take_in }))
}

/// Compares the file that was read last with the record; of a large one it says how far it is, and Esc stops it.
fn compare(
    session: &mut Session,
    console: Option<&mut Console>,
    system: Option<Id>,
    role: Role,
) -> Result<Option<Merged>, Trouble> {
    working(session, console, |desk, work| {
        let mut told = |done, all| work.tell(|| format!("{done} of {all} rows are compared with the record…"));
        desk.compare_read(system, role, &mut told)
    })
}

fn take_in(session: &mut Session, mut console: Option<&mut Console>, system: Option<Id>, role: Role) -> Outcome {
    let merged = compare(session, console.as_deref_mut(), system, role)?.filter(Merged::is_again);
    let taken = working(session, console, |desk, work| {
        let all = desk.systems_read();
        let words = |done: Written| match done {
            Written { entries, of, .. } if all == 1 && of > 0 => {
                format!("{entries} of {of} entries are written; nothing is kept before all of them are.")
            }
            Written { steps, .. } => {
                format!("{steps} of {all} systems are taken in; nothing is kept before all of them are.")
            }
        };
        desk.take_in(system, role, &mut |done| work.tell(|| words(done)))
    })?;
    let says = match merged {
        _ if taken.unchanged => "This file was imported already; nothing has changed.".to_owned(),
        Some(merged) => format!("Imported: {}. Nothing in it counts as verified.", merged.words()),
        None => {
            format!("Imported: {}. Nothing in it counts as verified.", counted(taken.systems, "system", "systems"))
        }
    };
    let answer = if let Some(only) = taken.only {
        Answer::Committed(Box::new(session.desk.opened(only)?), says)
    } else {
        session.model.say(false, says);
        Answer::Board(Box::new(session.desk.board(0)?))
    };
    Ok(Answer::TakenIn(Box::new(answer)))
}
