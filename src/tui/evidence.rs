//! Effects on the files behind the evidence, and the texts of controls of other systems.

use super::{
    perform::{Outcome, committed},
    run::Session,
    terminal::Console,
};
use crate::{
    app::{Answer, confirm::Reader, system::SystemScreen},
    desk::Desk,
    domain::{Id, people::Role, register::size_words},
    exchange::answer::evidence::IN_THE_LOG,
    ui::{self, theme::Theme},
};

fn open(session: &Session) -> Option<Id> {
    session.model.system().and_then(SystemScreen::id)
}

/// Does something with large files while the screen says how far it is.
fn telling<T>(
    session: &mut Session,
    console: Option<&mut Console>,
    run: impl FnOnce(&mut Desk, &mut dyn FnMut(&str, u64, u64)) -> T,
) -> T {
    let Session { model, keymap, desk, .. } = session;
    let theme = Theme::detect(|name| std::env::var(name).ok());
    let mut console = console;
    let words = |bytes: u64| size_words(i64::try_from(bytes).unwrap_or(i64::MAX));
    let mut told = |name: &str, done: u64, all: u64| {
        if let Some(console) = console.as_deref_mut() {
            model.say(false, format!("{name}: {} of {} are read…", words(done), words(all)));
            // A frame that cannot be drawn is no reason to leave the file half read.
            let _ = console.draw(|frame| ui::view(model, keymap, theme, frame));
        }
    };
    run(desk, &mut told)
}

pub(super) fn attach(
    session: &mut Session,
    console: Option<&mut Console>,
    role: Role,
    (evidence, path, keep): (Id, &str, bool),
) -> Outcome {
    let system = open(session);
    let (dossier, says) = telling(session, console, |desk, told| {
        desk.attach_telling((system, role), evidence, (path, keep), &mut |done, all| told("The file", done, all))
    })?;
    match committed(session, dossier)? {
        Answer::Committed(opened, _) => Ok(Answer::Committed(opened, says)),
        other => Ok(other),
    }
}

/// What was found is recorded. One that is as it was is said in the line at the bottom; everything else is read.
pub(super) fn check(session: &mut Session, console: Option<&mut Console>, role: Role, only: Option<Id>) -> Outcome {
    let Some(system) = open(session) else { return Ok(Answer::Kept) };
    let (checks, found) = telling(session, console, |desk, told| desk.compare_evidence(system, only, told))?;
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
