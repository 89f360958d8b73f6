//! The log and the past: what is read of them, and the record as it was.

use super::perform::{Outcome, written};
use crate::{
    app::{Answer, Effect, confirm::Reader, log::LogLook},
    desk::{Desk, Trouble},
    domain::{Id, Prose, log::LogPage},
};

/// Carries out an effect that reads of the log and of the past; no other comes here.
pub(super) fn perform(desk: &Desk, effect: Effect) -> Outcome {
    match effect {
        Effect::Log(asked) => Ok(Answer::Log(look(desk, asked)?)),
        Effect::AsOf(system, n) => {
            let (opened, point) = desk.as_of(system, n)?;
            Ok(Answer::AsOf(Box::new(opened), point))
        }
        Effect::Changes(system, since, until) => changes(desk, (system, since, until)),
        Effect::Trace(system, upto) => trace(desk, system, upto),
        Effect::ExportAt(system, n) => export(desk, (system, n)),
        _ => Ok(Answer::Kept),
    }
}

/// What there is of the journal.
fn look(desk: &Desk, look: LogLook) -> Result<LogPage, Trouble> {
    match look {
        LogLook::New(query) => desk.log(query),
        LogLook::More => desk.log_more(),
        LogLook::On => desk.log_on(),
    }
}

/// What changed, as a text to read.
fn changes(desk: &Desk, (system, since, until): (Id, i64, Option<i64>)) -> Outcome {
    let (title, lines) = desk.changes_to_read(system, since, until)?;
    let lines = lines.iter().map(|line| Prose::new(line).to_string()).collect();
    Ok(Answer::Read(Reader { title, lines, top: 0, take_in: None }))
}

/// Writes the record as it was right after an entry; its files say so in their names.
fn export(desk: &Desk, (system, n): (Id, i64)) -> Outcome {
    let printed = desk.printed_at(system, n)?;
    let name = format!("{} as of {n}", desk.dossier(system)?.name());
    written(&name, printed.json, printed.markdown)
}

/// What the last decision rests on, as a text to read.
fn trace(desk: &Desk, system: Id, upto: Option<i64>) -> Outcome {
    let trace = desk.trace(system, upto)?;
    let lines = trace.lines().iter().map(|line| Prose::new(line).to_string()).collect();
    Ok(Answer::Read(Reader {
        title: format!("What the decision on {} rests on", trace.system),
        lines,
        top: 0,
        take_in: None,
    }))
}
