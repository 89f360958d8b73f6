//! Effects on the files behind the evidence, and the texts of controls of other systems.

use super::{
    perform::{Outcome, committed},
    run::Session,
};
use crate::{
    app::{Answer, confirm::Reader, system::SystemScreen},
    domain::{Id, people::Role},
};

fn open(session: &Session) -> Option<Id> {
    session.model.system().and_then(SystemScreen::id)
}

pub(super) fn attach(session: &mut Session, role: Role, (evidence, path, keep): (Id, &str, bool)) -> Outcome {
    let system = open(session);
    let (dossier, says) = session.desk.attach((system, role), evidence, path, keep)?;
    match committed(session, dossier)? {
        Answer::Committed(opened, _) => Ok(Answer::Committed(opened, says)),
        other => Ok(other),
    }
}

/// One that is as it was is said in the line at the bottom; everything else is read.
pub(super) fn check(session: &mut Session, only: Option<Id>) -> Outcome {
    let Some(system) = open(session) else { return Ok(Answer::Kept) };
    let checks = session.desk.check_evidence(system, only)?;
    let lines = checks.lines();
    if only.is_some() && checks.ok {
        return Ok(Answer::Done(lines.into_iter().next().unwrap_or_default()));
    }
    let title = if checks.ok { "The evidence is as it was" } else { "The evidence is not as it was" };
    let spaced = lines.into_iter().flat_map(|line| [line, String::new()]).collect();
    Ok(Answer::Read(Reader { title: title.into(), lines: spaced, top: 0, take_in: None }))
}

pub(super) fn texts(session: &mut Session, query: String) -> Outcome {
    let found = session.desk.control_texts(open(session), &query)?;
    Ok(Answer::Texts(query, found))
}
