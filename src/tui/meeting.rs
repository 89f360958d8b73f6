//! What the screen asks of meetings: carried out at the desk, and the agenda as it is after that.

use super::{perform::Outcome, run::Session};
use crate::{
    app::{
        Answer, Screen,
        confirm::Reader,
        difference::Comparison,
        meeting::{MeetingAsk, MeetingScreen, MeetingView, Private},
    },
    clock,
    desk::{ChangedSince, Desk, Trouble},
    domain::{
        Dossier, Id,
        decision::reviewed_by,
        meeting::{Item, ItemMark, ItemRef, MeetingAct},
        people::Role,
        refusal::Refusal,
    },
    exchange::meeting::paper,
};

/// Carries out what is asked of a meeting.
pub(super) fn perform(session: &mut Session, role: Role, ask: MeetingAsk) -> Outcome {
    match ask {
        MeetingAsk::Look(on) => show(session, on, None, false),
        MeetingAsk::Do(act, on) => done(session, role, act, on),
        MeetingAsk::NewTask(about) => Ok(Answer::NewTask(Box::new(session.desk.of_the_record()?), about)),
        MeetingAsk::Consent(id) => {
            let says = session.desk.take_consent(id)?;
            show(session, None, Some(says), true)
        }
        MeetingAsk::Close(id) => {
            let says = session.desk.close_meeting(role, id)?;
            show(session, None, Some(says), true)
        }
        MeetingAsk::Keep(private, on) => {
            super::perform::drop_draft(session)?;
            let meeting = session.model.meeting_screen().and_then(MeetingScreen::meeting);
            session.desk.keep_private(meeting, &private.queue, &private.read)?;
            let waits = private.queue.len();
            let says = (waits > 0).then(|| {
                format!(
                    "{} for you alone so far; B says all of it.",
                    crate::domain::decision::counted(waits, "thing waits", "things wait")
                )
            });
            show(session, on, says, true)
        }
        MeetingAsk::SayAll(id, note) => {
            let (queue, read) = session.desk.private(Some(id))?;
            let count = queue.len();
            session.desk.meet(role, MeetingAct::Opine(id, queue, note))?;
            super::perform::drop_draft(session)?;
            session.desk.keep_private(Some(id), &[], &read)?;
            let says = crate::domain::decision::counted(count, "thing was said", "things were said");
            show(session, None, Some(format!("{says} by name; everybody sees it now.")), true)
        }
        MeetingAsk::Minutes(id) => minutes(&session.desk, id),
        MeetingAsk::WriteMinutes(id) => write(&session.desk, id),
    }
}

fn done(session: &mut Session, role: Role, act: MeetingAct, on: Option<String>) -> Outcome {
    let turns = matches!(act, MeetingAct::TakeUp(..) | MeetingAct::Open(_) | MeetingAct::OpenNow(_));
    let says = said(&act);
    session.desk.meet(role, act)?;
    super::perform::drop_draft(session)?;
    if !matches!(session.model.screen, Screen::Meeting(_)) {
        return Ok(Answer::Given(says.unwrap_or_else(|| "Saved.".to_owned())));
    }
    if turns {
        session.desk.forget_look();
    }
    show(session, on, says, true)
}

/// What an act came to, where the screen does not show it by itself.
fn said(act: &MeetingAct) -> Option<String> {
    let says = match act {
        MeetingAct::Plan(..) => "The meeting is planned; o opens it when it starts.",
        MeetingAct::Open(_) | MeetingAct::OpenNow(_) => {
            "The clock runs: i says who is here, > takes up the first item."
        }
        MeetingAct::AddTask(_) => "The action is given; it turns up by itself until it is done.",
        MeetingAct::EndTask(..) => "The action is done.",
        MeetingAct::Approve(..) => "The minutes are approved.",
        MeetingAct::Pause(_) => "The clocks stand still; Space lets them go on.",
        MeetingAct::Remark(..) => "Written into the minutes.",
        MeetingAct::Cancel(..) => "The meeting is called off.",
        _ => return None,
    };
    Some(says.to_owned())
}

/// The agenda as it is now, with the system of the item that is shown.
pub(super) fn show(session: &mut Session, on: Option<String>, says: Option<String>, closes: bool) -> Outcome {
    let view = view(session, on, closes)?;
    Ok(Answer::Meeting(Box::new(view), says))
}

fn view(session: &mut Session, on: Option<String>, closes: bool) -> Result<MeetingView, Trouble> {
    let (agenda, record) = session.desk.agenda(None)?;
    let screen = session.model.meeting_screen();
    let before = screen.and_then(|screen| screen.selected()).map(|item| item.key.clone());
    let follows = screen.is_some_and(|screen| screen.follows);
    let current = || agenda.current().map(|item| item.key.clone());
    let on = if follows { current().or(before) } else { on.or(before).or_else(current) };
    let shown = on.as_ref().and_then(|key| agenda.items.iter().find(|item| item.key == *key));
    let shown = shown.or_else(|| agenda.items.first());
    let was = screen.and_then(|screen| screen.system.as_ref()).map(|(key, _)| key.clone());
    let opened = match shown.and_then(|item| item.system.as_ref()) {
        Some((system, _)) => Some(Box::new(session.desk.opened(*system)?)),
        None => None,
    };
    if let Some(opened) = &opened
        && (was.as_deref() != shown.map(|item| item.key.as_str()) || !session.desk.looks())
    {
        // Whoever turns to an item has seen it as it is now; what others write after that is told before a decision.
        session.desk.look_at(&opened.dossier);
    }
    let (queue, read) = session.desk.private(agenda.meeting.as_ref().map(|meeting| meeting.id))?;
    let on = shown.map(|item| item.key.clone());
    Ok(MeetingView {
        agenda,
        record,
        private: Private { queue, read, drafts: session.desk.drafts()? },
        on,
        opened,
        closes,
    })
}

/// What was refused because it had changed: both sides, over the sheet that asked, which stays as it is filled in.
pub(super) fn changed(session: &mut Session, refused: Refusal) -> Outcome {
    let Some(ChangedSince { dossier, difference }) = session.desk.take_changed() else { return Err(refused.into()) };
    let sections = reviewed_by(Role::Signoff);
    let words = ["Somebody changed this since you took it up. Nothing was decided.".to_owned()];
    let heads = ("when you took it up".to_owned(), "now".to_owned());
    let shown = Comparison::of(&dossier, &difference, sections).after(words);
    let shown = shown.titled(format!("{}: changed since", dossier.name()), heads, None);
    let opened = session.desk.shown(dossier)?;
    Ok(Answer::Changed(Box::new(opened), Box::new(shown), refused.says))
}

/// After something was decided from an item: the next one of the same filter comes up.
pub(super) fn after(session: &mut Session, role: Role, dossier: Dossier, decides: bool) -> Outcome {
    let Answer::Committed(opened, says) = super::perform::committed(session, dossier)? else {
        return show(session, None, None, true);
    };
    let system = opened.dossier.subject;
    let (agenda, _) = session.desk.agenda(None)?;
    let Some(screen) = session.model.meeting_screen() else {
        return Ok(Answer::Committed(opened, says));
    };
    let on = screen.selected().filter(|item| item.system.as_ref().map(|(id, _)| *id) == system);
    let still = |key: &str| agenda.items.iter().any(|item| item.key == key && item.waits);
    let Some(done) = on.filter(|item| decides || !still(&item.key)).cloned() else {
        return show(session, None, Some(says), true);
    };
    let waits = still(&done.key);
    let next = screen.after(&done.key).filter(|next| still(&next.key)).cloned();
    let next_key = next.as_ref().map(|item| item.key.clone());
    if let Some(meeting) = screen.running() {
        let lost = agenda.items.iter().all(|item| item.key != done.key).then_some(&done);
        if waits {
            // What was returned is dealt with here, although its decision is still wanted by a day.
            let act = MeetingAct::Mark(meeting, kept(&done), Some(ItemMark::Done), "".into());
            lenient(session.desk.meet(role, act))?;
        }
        take_up(session, role, meeting, next.as_ref(), lost)?;
    }
    session.desk.forget_look();
    show(session, next_key.or(Some(done.key)), Some(says), true)
}

/// The next item is taken up, by whoever leads. What was decided on stays on the agenda, also where nobody had taken it up.
fn take_up(
    session: &mut Session,
    role: Role,
    meeting: Id,
    next: Option<&Item>,
    lost: Option<&Item>,
) -> Result<(), Trouble> {
    if let Some(lost) = lost {
        lenient(session.desk.meet(role, MeetingAct::TakeUp(meeting, Some(kept(lost)), None)))?;
    }
    lenient(session.desk.meet(role, MeetingAct::TakeUp(meeting, next.map(kept), None)))
}

/// An item as it is kept once hands touch it.
fn kept(item: &Item) -> ItemRef {
    let title = crate::domain::Line::new(&item.title());
    ItemRef { key: item.key.clone(), title, about: item.system.as_ref().map(|(id, _)| *id) }
}

/// Somebody else may lead: then they turn to the next item.
fn lenient(done: Result<Dossier, Trouble>) -> Result<(), Trouble> {
    match done {
        Ok(_) | Err(Trouble::Refused(_)) => Ok(()),
        Err(other) => Err(other),
    }
}

fn minutes(desk: &Desk, id: Id) -> Outcome {
    let minutes = desk.minutes(id)?;
    let text = paper::minutes(&minutes, clock::now()).to_text();
    let title = format!("Minutes of {}", minutes.meeting.title);
    let lines = text.lines().map(str::to_owned).collect();
    Ok(Answer::Read(Reader { title, lines, top: 0, take_in: None }))
}

/// Writes the minutes into the folder in which docket was called: Markdown, text, and a page to be printed.
fn write(desk: &Desk, id: Id) -> Outcome {
    let minutes = desk.minutes(id)?;
    let paper = paper::minutes(&minutes, clock::now());
    let day = minutes.meeting.day.map_or_else(String::new, |day| format!("-{day}"));
    let folder = std::env::current_dir()?;
    let mut written = Vec::new();
    for (ending, text) in [("md", paper.to_markdown()), ("txt", paper.to_text()), ("html", paper.to_html())] {
        let name = format!("minutes-{}{day}.{ending}", minutes.meeting.number.unwrap_or(0));
        std::fs::write(folder.join(&name), text)?;
        written.push(name);
    }
    let folder = crate::domain::Line::new(&folder.to_string_lossy());
    Ok(Answer::Done(format!("Written to {folder}: {}.", written.join(", "))))
}

/// The second screen: the item that is on, large, as it is now.
pub fn following(mut session: Session) -> Result<Session, Trouble> {
    let screen = MeetingScreen { large: true, follows: true, ..MeetingScreen::default() };
    session.model.screen = Screen::Meeting(Box::new(screen));
    let answer = show(&mut session, None, None, false).map_err(|trouble| trouble.to_string());
    crate::app::absorb(&mut session.model, answer);
    Ok(session)
}

/// Back in the meeting that runs, where whoever sits here is in it.
pub fn back_in_the_meeting(mut session: Session) -> Result<Session, Trouble> {
    let Some(me) = session.desk.me().filter(|_| session.desk.has_record()) else { return Ok(session) };
    if !session.desk.a_meeting_runs()? {
        return Ok(session);
    }
    let record = session.desk.of_the_record()?;
    let Some(meeting) = record.running_meeting().filter(|meeting| record.is_present(meeting.id, me)) else {
        return Ok(session);
    };
    let says = format!("The meeting \"{}\" still runs; its clock went on.", meeting.title);
    let answer = show(&mut session, None, Some(says), false).map_err(|trouble| trouble.to_string());
    crate::app::absorb(&mut session.model, answer);
    Ok(session)
}
