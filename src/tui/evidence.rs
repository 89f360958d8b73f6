//! Effects on the files behind the evidence, and the texts of controls of other systems.

use super::{
    perform::{Outcome, committed},
    run::Session,
    terminal::Console,
    working::working,
};
use crate::{
    app::{Answer, confirm::Reader, system::SystemScreen},
    domain::{Id, people::Role, register::size_words},
    exchange::answer::evidence::IN_THE_LOG,
};

fn open(session: &Session) -> Option<Id> {
    session.model.system().and_then(SystemScreen::id)
}

/// How far it is with a file, in words.
fn words(name: &str, done: u64, all: u64) -> String {
    let size = |bytes: u64| size_words(i64::try_from(bytes).unwrap_or(i64::MAX));
    format!("{name}: {} of {} are read…", size(done), size(all))
}

pub(super) fn attach(
    session: &mut Session,
    console: Option<&mut Console>,
    role: Role,
    (evidence, path, keep): (Id, &str, bool),
) -> Outcome {
    let system = open(session);
    let (dossier, says) = working(session, console, |desk, work| {
        let mut told = |done, all| work.tell(|| words("The file", done, all));
        desk.attach_telling((system, role), evidence, (path, keep), &mut told)
    })?;
    match committed(session, dossier)? {
        Answer::Committed(opened, _) => Ok(Answer::Committed(opened, says)),
        other => Ok(other),
    }
}

/// What was found is recorded. One that is as it was is said in the line at the bottom; everything else is read.
pub(super) fn check(session: &mut Session, console: Option<&mut Console>, role: Role, only: Option<Id>) -> Outcome {
    let Some(system) = open(session) else { return Ok(Answer::Kept) };
    let (checks, found) = working(session, console, |desk, work| {
        let mut told = |name: &str, done, all| work.tell(|| words(name, done, all));
        desk.compare_evidence(system, only, &mut told)
    })?;
    let recorded = session.desk.record_comparison((system, role), found)?;
    let mut lines = checks.lines();
    let opened = match recorded {
        Ok(Some(dossier)) => {
            lines.push(IN_THE_LOG.to_owned());
            Some(Box::new(session.desk.shown(dossier)?))
        }
        Ok(None) => None,
        Err(why) => {
            lines.push(why);
            None
        }
    };
    if let (true, true, Some(first)) = (only.is_some(), checks.ok, lines.first().cloned()) {
        return Ok(match opened {
            Some(opened) => Answer::Committed(opened, format!("{first} It is in the log.")),
            None => Answer::Done(first),
        });
    }
    let title = if checks.ok { "The evidence is as it was" } else { "The evidence is not as it was" };
    let spaced = lines.into_iter().flat_map(|line| [line, String::new()]).collect();
    let reader = Reader { title: title.into(), lines: spaced, top: 0, take_in: None };
    Ok(match opened {
        Some(opened) => Answer::CommittedRead(opened, reader),
        None => Answer::Read(reader),
    })
}

pub(super) fn texts(session: &mut Session, query: String) -> Outcome {
    let found = session.desk.control_texts(open(session), &query)?;
    Ok(Answer::Texts(query, found))
}
