//! The only way out: an effect goes to the desk, the editor or the terminal, and one answer comes back.

use super::{across, bring, editor, evidence, habits, meeting, merging, past, run::Session, seal, terminal::Console};
use crate::{
    app::{
        Answer, Effect, HistoryLine, Opened, Overlay, Screen,
        across::{Look, rows},
        confirm::{Reader, Take},
        queue::Done,
    },
    clock,
    desk::{Desk, Trouble},
    domain::{
        Dossier, Id, Kind, Line, Prose, command::Command, meeting::is_decision, people::Role, refusal::Rule,
        register::Group,
    },
    exchange::record,
};

pub(super) type Outcome = Result<Answer, Trouble>;

/// Carries out an effect. A decision on something that was changed a moment ago comes back with both sides.
pub(super) fn perform(session: &mut Session, console: Option<&mut Console>, effect: Effect) -> Outcome {
    match carried_out(session, console, effect) {
        Err(Trouble::Refused(refused)) if refused.rule == Rule::ChangedSince => meeting::changed(session, refused),
        outcome => outcome,
    }
}

fn carried_out(session: &mut Session, console: Option<&mut Console>, effect: Effect) -> Outcome {
    let role = session.model.me.as_ref().map_or(Role::Auditor, |me| me.role);
    sit_in(session);
    match effect {
        Effect::Commit(subject, command) => commit(session, role, subject, &command),
        Effect::NewSystem(set) => session.desk.new_system(role, set).and_then(|dossier| committed(session, dossier)),
        Effect::Board(from) => Ok(Answer::Board(Box::new(session.desk.board(from)?))),
        Effect::Library => Ok(Answer::Library(Box::new(library(session)?))),
        Effect::Policy => Ok(Answer::Policy(Box::new(session.desk.record_itself()?), None)),
        Effect::Open(system, place) => Ok(Answer::Opened(Box::new(session.desk.opened(system)?), place)),
        Effect::Portfolio => Ok(Answer::Portfolio(Box::new(session.desk.portfolio()?))),
        Effect::Behind(behind, from) => Ok(Answer::Board(Box::new(session.desk.behind(&behind, from)?))),
        Effect::Threats(system, group) => members(&session.desk, system, group),
        Effect::Members(system, group) => Ok(Answer::Members(group.clone(), session.desk.members(system, &group)?.1)),
        undo @ (Effect::Undo | Effect::Redo) => turned(session, role, undo == Effect::Redo),
        Effect::Editor(text) => edited(console, &text, &session.habits.editor),
        Effect::Keep(key, text) => session.desk.keep_draft(&key, &text).map(|()| Answer::Kept),
        Effect::Drop(key) => session.desk.drop_draft(&key).map(|()| Answer::Kept),
        Effect::Export(system) => export(&session.desk, system),
        Effect::Unlock(path, key, passphrase) => merging::unlock(session, &path, &key, passphrase),
        Effect::Merge(sides) => merging::merge(session, role, &sides),
        Effect::ReadPasted(kind, text) => read_pasted(session, role, kind, &text),
        own @ (Effect::Folder(_)
        | Effect::Glance(_)
        | Effect::ReadFile(_)
        | Effect::ReadColumns(_)
        | Effect::FindSystems(_)
        | Effect::ReceiptFor(_)
        | Effect::TakeIn(_)) => bring::perform(session, console, role, own),
        Effect::Copy(text) => copied(console, &text, session.habits.clipboard.as_deref()),
        Effect::Find(query) => Ok(Answer::Found(query.clone(), session.desk.search(&query)?)),
        Effect::Queue(of) => {
            let (items, beyond, dossier) = session.desk.queue(of, role)?;
            Ok(Answer::Queue(of, items, beyond, Box::new(dossier)))
        }
        Effect::Step { commit, next } => step(session, role, commit, next),
        Effect::AllThreats(look, count) => asked(session, look, count),
        Effect::Meeting(ask) => meeting::perform(session, role, ask),
        Effect::Acceptances => Ok(Answer::Acceptances(session.desk.acceptances()?)),
        over @ (Effect::EditAcross(..) | Effect::WithdrawAcross(..) | Effect::DuplicateAcross(..)) => {
            across::perform(session, console, role, over)
        }
        Effect::Remember(key, text) => session.desk.remember(key, &text).map(|()| Answer::Kept),
        Effect::CopyThreats { from, to, threats, leave } => moved(session, role, (from, &to), (&threats, leave)),
        Effect::Verify => verify(&session.desk),
        own @ (Effect::Seal(..) | Effect::RegisterKey(_) | Effect::WithdrawKey(_)) => {
            seal::perform(session, console, role, own)
        }
        past @ (Effect::Log(_) | Effect::AsOf(..) | Effect::Changes(..) | Effect::Trace(..) | Effect::ExportAt(..)) => {
            past::perform(&session.desk, past)
        }
        Effect::Attach(id, path, keep) => evidence::attach(session, console, role, (id, &path, keep)),
        Effect::CheckEvidence(only) => evidence::check(session, console, role, only),
        Effect::ControlTexts(query) => evidence::texts(session, query),
        Effect::Begin(begin) => {
            session.desk.begin(&begin.name, &begin.title, &begin.roles).and_then(|_| begun(session, None))
        }
        Effect::Sample => sample(session),
        Effect::Mouse(on) => at(console, |console| console.set_mouse(on)),
        Effect::Repaint => at(console, Console::repaint),
    }
}

/// What is done while the meeting is on the screen, or behind it, is done in the meeting.
fn sit_in(session: &mut Session) {
    session.desk.sit_in(session.model.sits_in());
    if session.model.meeting_screen().is_none() {
        session.desk.forget_look();
    }
}

/// Threats are copied to other systems, or moved.
fn moved(session: &mut Session, role: Role, way: (Id, &str), (threats, leave): (&[Id], Option<Prose>)) -> Outcome {
    let done = session.desk.copy_threats(role, way, threats, leave)?;
    drop_draft(session)?;
    Ok(Answer::Committed(Box::new(done.0), done.1))
}

/// The sample takes the place of the record that was open.
fn sample(session: &mut Session) -> Outcome {
    let desk = Desk::sample(None)?;
    let old = std::mem::replace(&mut session.desk, desk);
    old.close()?;
    begun(session, None)
}

/// Does something to the terminal, where there is one.
fn at(console: Option<&mut Console>, act: impl FnOnce(&mut Console) -> std::io::Result<()>) -> Outcome {
    console.map_or(Ok(()), act)?;
    Ok(Answer::Kept)
}

/// Asks of the register over all systems; how it was looked at a moment ago is kept before it is asked for again.
fn asked(session: &mut Session, look: Look, count: usize) -> Outcome {
    if let Some(text) = session.model.unkept.take_if(|_| look == Look::Kept) {
        session.desk.remember("portfolio", &text)?;
    }
    looked(&session.desk, look, count)
}

fn commit(session: &mut Session, role: Role, subject: Option<Id>, command: &Command) -> Outcome {
    let dossier = session.desk.execute(subject, role, command)?;
    if matches!(session.model.screen, Screen::Meeting(_)) {
        return meeting::after(session, role, dossier, is_decision(command.verb()));
    }
    let answer = committed(session, dossier)?;
    Ok(said_of_many(answer, command))
}

/// What there is of the register over all systems.
fn looked(desk: &Desk, look: Look, count: usize) -> Outcome {
    let part = match look {
        Look::New(query) => desk.look(query, count)?,
        Look::Kept => desk.look_as_kept(count)?,
        Look::Part(from) => desk.part(from, count)?,
        Look::Last => desk.last_part(count)?,
        Look::Again(from) => desk.look_again(from, count)?,
        Look::On => desk.look_on()?,
        Look::All => return Ok(Answer::Marked(desk.all_that_fit()?)),
    };
    Ok(Answer::AllThreats(Box::new(part), None))
}

fn edited(console: Option<&mut Console>, text: &str, editor: &str) -> Outcome {
    let Some(console) = console else {
        return Err(Trouble::Usage("There is no terminal to open an editor in.".into()));
    };
    let (written, entered) = console.suspend(|| editor::edit(text, editor));
    entered?;
    Ok(Answer::Edited(written?))
}

fn copied(console: Option<&mut Console>, text: &str, program: Option<&str>) -> Outcome {
    if let Some(program) = program {
        let name = program.split_whitespace().next().unwrap_or_default();
        return match habits::give(program, text) {
            Ok(()) => Ok(Answer::Done(format!("Given to {name}. \":copied\" shows it again."))),
            Err(error) => Err(Trouble::Usage(format!(
                "{name} did not take what was copied ({error}). It is not lost: \":copied\" shows it; see \
                 clipboard.command in the settings."
            ))),
        };
    }
    if let Some(console) = console {
        console.copy(text)?;
    }
    Ok(Answer::Done("Sent to the terminal's clipboard; some terminals drop it. \":copied\" shows it again.".into()))
}

fn members(desk: &Desk, system: Id, group: Group) -> Outcome {
    let (opened, ids) = desk.members(system, &group)?;
    Ok(Answer::Threats(Box::new(opened), group, ids))
}

/// It is durable; the draft of the sheet that asked is not needed any more.
pub(super) fn committed(session: &mut Session, dossier: Dossier) -> Outcome {
    drop_draft(session)?;
    if dossier.subject.is_none() && session.model.overlays.iter().any(|o| matches!(o, Overlay::Policy(_))) {
        let says = "Saved: the next version of the independence policy; it holds from now on.".to_owned();
        return Ok(Answer::Policy(Box::new(dossier), Some(says)));
    }
    if dossier.subject.is_none() && matches!(session.model.screen, Screen::Library(_)) {
        let opened = library(session)?;
        return Ok(Answer::Committed(Box::new(opened), "Saved in the library of this record.".into()));
    }
    if dossier.subject.is_none() {
        return Ok(Answer::Board(Box::new(session.desk.board(0)?)));
    }
    let opened = session.desk.shown(dossier)?;
    let says = format!("Saved: {}.", meant(&opened.history));
    Ok(Answer::Committed(Box::new(opened), says))
}

/// One command may write several entries at one moment: the first of them says what was meant, and how many did the same.
fn meant(history: &[HistoryLine]) -> String {
    let at = history.first().map(|line| line.at);
    let of_one: Vec<&HistoryLine> = history.iter().take_while(|line| Some(line.at) == at).collect();
    let Some(first) = of_one.last() else { return String::new() };
    let act = |line: &HistoryLine| line.what.split('"').next().map(str::to_owned);
    match of_one.iter().filter(|line| act(line) == act(first)).count() {
        0 | 1 => first.what.clone(),
        same => format!("{} and {} more", first.what, same - 1),
    }
}

/// What the screen of the libraries is about: the system below it, else the record.
fn library(session: &Session) -> Result<Opened, Trouble> {
    match session.model.system().and_then(crate::app::system::SystemScreen::id) {
        Some(system) => session.desk.opened(system),
        None => session.desk.shown(session.desk.store()?.dossier(None)?),
    }
}

/// Keeps what was decided of the thing at hand of a queue, and reads the system of the next one.
fn step(session: &mut Session, role: Role, commit: Option<(Id, Command, Done)>, next: Option<Id>) -> Outcome {
    let mut kept = None;
    let mut done = None;
    if let Some((system, command, came_to)) = commit {
        kept = Some(session.desk.execute(Some(system), role, &command)?);
        done = Some(came_to);
        drop_draft(session)?;
    }
    let dossier = match (next, kept) {
        (Some(next), Some(kept)) if kept.subject == Some(next) => Some(kept),
        (Some(next), _) => Some(session.desk.dossier(next)?),
        (None, kept) => kept,
    };
    Ok(Answer::Stepped(done, dossier.map(Box::new)))
}

pub(super) fn drop_draft(session: &mut Session) -> Result<(), Trouble> {
    match session.model.writing().map(|form| form.draft.clone()) {
        Some(key) => session.desk.drop_draft(&key),
        None => Ok(()),
    }
}

fn turned(session: &mut Session, role: Role, again: bool) -> Outcome {
    let (subjects, says) = session.desk.turn_back(role, again)?;
    if let Screen::AllThreats(screen) = &session.model.screen {
        let part = session.desk.look_again(screen.from, rows(session.model.page()))?;
        return Ok(Answer::AllThreats(Box::new(part), Some(says)));
    }
    if matches!(session.model.screen, Screen::Meeting(_)) {
        session.desk.forget_look();
        return meeting::show(session, None, Some(says), true);
    }
    match subjects.first().copied().flatten() {
        Some(system) => Ok(Answer::Committed(Box::new(session.desk.opened(system)?), says)),
        None if matches!(session.model.screen, Screen::Library(_)) => {
            Ok(Answer::Committed(Box::new(library(session)?), says))
        }
        None => Ok(Answer::Done(says)),
    }
}

fn begun(session: &mut Session, role: Option<Role>) -> Outcome {
    let me = session.desk.seat(role)?.ok_or_else(|| Trouble::Usage("Nobody sits here.".into()))?;
    let info = session.desk.info();
    Ok(Answer::Begun(me, info, Box::new(session.desk.board(0)?)))
}

/// Writes the disposition record, as Markdown and as JSON, where the person is.
fn export(desk: &Desk, system: Id) -> Outcome {
    let dossier = desk.dossier(system)?;
    let record = record::build(&dossier, clock::today(), clock::now(), &desk.imprint(&dossier)?)
        .ok_or_else(|| Trouble::Usage("There is no system to write a record of.".into()))?;
    written(dossier.name(), record.to_json(), record.to_markdown())
}

/// Writes a record into the folder in which docket was called: for people, for a machine, and as a page.
pub(super) fn written(name: &str, json: String, markdown: String) -> Outcome {
    let page = record::html(&json, &markdown);
    write_record(name, &[("md", markdown), ("json", json), ("html", page)])
}

fn write_record(name: &str, texts: &[(&str, String)]) -> Outcome {
    let folder = std::env::current_dir()?;
    let stem: String = name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let mut written = Vec::new();
    for (ending, text) in texts {
        let path = folder.join(format!("{stem}.disposition.{ending}"));
        std::fs::write(&path, text)?;
        written.push(path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()));
    }
    let folder = Line::new(&folder.to_string_lossy());
    Ok(Answer::Done(format!("Written to {folder}: {}.", written.join(", "))))
}

/// What was added at once is said by its number.
fn said_of_many(answer: Answer, command: &Command) -> Answer {
    match (answer, command) {
        (Answer::Committed(opened, _), Command::AddAll { sets, .. }) => {
            let rows = crate::domain::decision::counted(sets.len(), "row was added", "rows were added");
            Answer::Committed(opened, format!("{rows}; u takes them back in one step."))
        }
        (answer, _) => answer,
    }
}

/// Shows what a pasted table comes to in the system that is open.
fn read_pasted(session: &mut Session, role: Role, kind: Kind, text: &str) -> Outcome {
    let open = session.model.system().and_then(crate::app::system::SystemScreen::id);
    let system =
        open.ok_or_else(|| Trouble::Usage("Open a system first; a table is pasted into its register.".into()))?;
    let rows = session.desk.read_pasted(system, role, kind, text)?;
    let command = Command::AddAll { kind, sets: rows.sets };
    let title = "A pasted table".to_owned();
    Ok(Answer::Read(Reader { title, lines: rows.lines, top: 0, take_in: Some(Take::Rows(command)) }))
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
        lines: report.problems.iter().map(|problem| Prose::new(problem).to_string()).collect(),
        top: 0,
        take_in: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fields::Moment;

    #[test]
    fn what_was_done_many_times_at_once_is_counted() {
        let line = |at: i64, what: &str| {
            let [who, role, why] = ["Ada", "owner", ""].map(str::to_owned);
            HistoryLine { n: 1, about: Id([1; 16]), at: Moment(at), who, role, what: what.to_owned(), why }
        };
        let reason = line(2, "gave a reason");
        let armed = |at: i64, which: &str| line(at, &format!("armed trigger \"{which}\""));
        assert_eq!(meant(&[reason, armed(2, "b"), armed(2, "a"), armed(1, "z")]), "armed trigger \"a\" and 1 more");
        assert_eq!(meant(&[armed(1, "z")]), "armed trigger \"z\"");
        assert_eq!(meant(&[]), "");
    }
}
