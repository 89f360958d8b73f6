//! The only way out: an effect goes to the desk, the editor or the terminal, and one answer comes back.

use super::{editor, evidence, run::Session, terminal::Console};
use crate::{
    app::{Answer, Effect, Overlay, confirm::Reader},
    clock,
    desk::{Desk, Trouble},
    domain::{Dossier, Id, people::Role},
    exchange::record,
};

pub(super) type Outcome = Result<Answer, Trouble>;

/// Carries out an effect.
pub(super) fn perform(session: &mut Session, console: Option<&mut Console>, effect: Effect) -> Outcome {
    let role = session.model.me.as_ref().map_or(Role::Auditor, |me| me.role);
    match effect {
        Effect::Commit(subject, command) => {
            let dossier = session.desk.execute(subject, role, &command)?;
            committed(session, dossier)
        }
        Effect::NewSystem(set) => {
            let dossier = session.desk.new_system(role, set)?;
            committed(session, dossier)
        }
        Effect::Board(from) => Ok(Answer::Board(Box::new(session.desk.board(from)?))),
        Effect::Open(system, place) => Ok(Answer::Opened(Box::new(session.desk.opened(system)?), place)),
        Effect::Undo => turned(session, role, false),
        Effect::Redo => turned(session, role, true),
        Effect::Editor(text) => match console {
            Some(console) => {
                let (written, entered) = console.suspend(|| editor::edit(&text));
                entered?;
                Ok(Answer::Edited(written?))
            }
            None => Err(Trouble::Usage("There is no terminal to open an editor in.".into())),
        },
        Effect::Keep(key, text) => session.desk.keep_draft(&key, &text).map(|()| Answer::Kept),
        Effect::Drop(key) => session.desk.drop_draft(&key).map(|()| Answer::Kept),
        Effect::Export(system) => export(&session.desk, system),
        Effect::ReadFile(path) => read_file(session, &path),
        Effect::TakeIn(system) => take_in(session, system, role),
        Effect::Copy(text) => {
            if let Some(console) = console {
                console.copy(&text)?;
            }
            Ok(Answer::Done(
                "Sent to the terminal's clipboard; some terminals drop it. \":copied\" shows it again.".into(),
            ))
        }
        Effect::Find(query) => Ok(Answer::Found(query.clone(), session.desk.search(&query)?)),
        Effect::Verify => verify(&session.desk),
        Effect::Attach(id, path, keep) => evidence::attach(session, role, (id, &path, keep)),
        Effect::CheckEvidence(only) => evidence::check(session, only),
        Effect::ControlTexts(query) => evidence::texts(session, query),
        Effect::Begin(begin) => {
            session.desk.begin(&begin.name, &begin.title, &begin.roles)?;
            begun(session, None)
        }
        Effect::Sample => {
            let desk = Desk::sample(None)?;
            let old = std::mem::replace(&mut session.desk, desk);
            old.close()?;
            begun(session, None)
        }
        Effect::Mouse(on) => on_console(console, |console| console.set_mouse(on)),
        Effect::Repaint => on_console(console, Console::repaint),
    }
}

/// What concerns the terminal alone.
fn on_console(console: Option<&mut Console>, run: impl FnOnce(&mut Console) -> std::io::Result<()>) -> Outcome {
    console.map_or(Ok(()), run)?;
    Ok(Answer::Kept)
}

/// It is durable; the draft of the sheet that asked is not needed any more.
pub(super) fn committed(session: &mut Session, dossier: Dossier) -> Outcome {
    if let Some(Overlay::Form(form)) = session.model.overlays.last() {
        let key = form.draft.clone();
        session.desk.drop_draft(&key)?;
    }
    if dossier.subject.is_none() {
        return Ok(Answer::Board(Box::new(session.desk.board(0)?)));
    }
    let opened = session.desk.shown(dossier)?;
    // One command may write several entries at one moment; the first of them says what was meant.
    let at = opened.history.first().map(|line| line.at);
    let meant = opened.history.iter().take_while(|line| Some(line.at) == at).last();
    let what = meant.map_or_else(String::new, |line| line.what.clone());
    Ok(Answer::Committed(Box::new(opened), format!("Saved: {what}.")))
}

fn turned(session: &mut Session, role: Role, again: bool) -> Outcome {
    let (subjects, says) = session.desk.turn_back(role, again)?;
    match subjects.first().copied().flatten() {
        Some(system) => Ok(Answer::Committed(Box::new(session.desk.opened(system)?), says)),
        None => Ok(Answer::Done(says)),
    }
}

fn begun(session: &mut Session, role: Option<Role>) -> Outcome {
    let me = session.desk.seat(role)?.ok_or_else(|| Trouble::Usage("Nobody sits here.".into()))?;
    let info = session.desk.info();
    Ok(Answer::Begun(me, info, Box::new(session.desk.board(0)?)))
}

/// Writes the disposition record beside the record of the person, as Markdown and as JSON.
fn export(desk: &Desk, system: Id) -> Outcome {
    let dossier = desk.dossier(system)?;
    let folder = std::env::current_dir()?;
    let record = record::build(&dossier, clock::today(), clock::now(), &desk.imprint()?)
        .ok_or_else(|| Trouble::Usage("There is no system to write a record of.".into()))?;
    let stem: String =
        dossier.name().chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let mut written = Vec::new();
    for (ending, text) in [("md", record.to_markdown()), ("json", record.to_json())] {
        let path = folder.join(format!("{stem}.disposition.{ending}"));
        std::fs::write(&path, text)?;
        written.push(path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()));
    }
    Ok(Answer::Done(format!("Written to {}: {}.", folder.display(), written.join(" and "))))
}

fn read_file(session: &mut Session, path: &str) -> Outcome {
    let expanded = crate::desk::expanded(path);
    let receipt = session.desk.read_file(&expanded, &mut |_, _| {})?;
    let mut lines = receipt.lines();
    let open = session.model.system().and_then(crate::app::system::SystemScreen::id);
    let into = open.filter(|_| receipt.systems == 1);
    lines.push(String::new());
    if session.desk.has_record() {
        let target = session.model.system().filter(|_| into.is_some()).map(|screen| screen.dossier.name().to_owned());
        lines.push(target.map_or_else(
            || "Nothing is kept yet. Enter takes it in, each system as its own; Esc leaves it.".to_owned(),
            |name| format!("Nothing is kept yet. Enter takes it into {name}; Esc leaves it."),
        ));
    } else {
        lines.push("Nothing is kept yet: say who you are first. Esc, then n; then bring the file again.".to_owned());
    }
    let take_in = session.desk.has_record().then_some(into);
    Ok(Answer::Read(Reader {
        title: format!("Receipt for {}", crate::desk::file_name(&expanded)),
        lines,
        top: 0,
        take_in,
    }))
}

fn take_in(session: &mut Session, system: Option<Id>, role: Role) -> Outcome {
    let taken = session.desk.take_in(system, role, &mut |_| true)?;
    let says = if taken.unchanged {
        "This file was imported already; nothing has changed.".to_owned()
    } else {
        format!(
            "Imported: {}. Nothing in it counts as verified.",
            crate::domain::decision::counted(taken.systems, "system", "systems")
        )
    };
    if let Some(only) = taken.only {
        Ok(Answer::Committed(Box::new(session.desk.opened(only)?), says))
    } else {
        session.model.say(false, says);
        Ok(Answer::Board(Box::new(session.desk.board(0)?)))
    }
}

fn verify(desk: &Desk) -> Outcome {
    let report = desk.verify()?;
    if report.problems.is_empty() {
        return Ok(Answer::Done(format!(
            "{} entries verified: every chain holds, and the tables are what the journal says.",
            report.checked
        )));
    }
    Ok(Answer::Read(Reader {
        title: "The record does not verify".into(),
        lines: report.problems,
        top: 0,
        take_in: None,
    }))
}
