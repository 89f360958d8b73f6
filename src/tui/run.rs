//! The loop: take everything that is there, feed it through the model, draw one frame.

use std::{io, time::Duration};

use crossterm::event::{Event, KeyEventKind, MouseEventKind};

use super::{
    input::{Tty, next_batch},
    perform::perform,
    signals::Signals,
    terminal::{self, Console},
};
use crate::{
    app::{Effect, Look, Model, Msg, absorb, context, update},
    clock,
    desk::Desk,
    keymap::{Keymap, Resolved},
    ui::{
        self,
        theme::{Mode, Theme},
    },
};

/// How long to wait for a key before looking whether another process has written.
const TICK: Duration = Duration::from_millis(500);

/// Everything that a session at the terminal needs.
pub struct Session {
    /// The model.
    pub model: Model,
    /// The keys.
    pub keymap: Keymap,
    /// The record.
    pub desk: Desk,
    /// Whether summaries that time made stale are still being brought up to date.
    pub freshening: bool,
}

/// Runs until the person leaves, the terminal goes away, or a signal says so. The record is closed in every case.
pub fn run(mut session: Session) -> anyhow::Result<()> {
    terminal::restore_on_panic();
    let signals = Signals::catch()?;
    let theme = Theme::detect(|name| std::env::var(name).ok());
    let mut console = Console::enter(session.model.mouse)?;
    let size = crossterm::terminal::size().unwrap_or((80, 24));
    session.model.size = size;
    let outcome = turn(&mut session, &mut console, &signals, theme);
    if let Some(Effect::Keep(key, text)) = update(&mut session.model, &session.keymap, Msg::Idle) {
        // Words that were typed outlive the terminal; if even that fails there is nobody left to tell.
        let _ = session.desk.keep_draft(&key, &text);
    }
    drop(console);
    session.desk.close()?;
    match outcome {
        // A terminal that is gone is a way to leave, not an error.
        Err(error) if signals.closed() || error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

fn turn(session: &mut Session, console: &mut Console, signals: &Signals, theme: Theme) -> io::Result<()> {
    let mut tty = Tty::new();
    let mut changed = true;
    while !session.model.done {
        if changed {
            draw(session, console, theme)?;
        }
        let batch = next_batch(&mut tty, signals, TICK);
        if batch.closed {
            // Words that came in with the end are words; nothing is shown any more.
            for event in batch.events {
                if let Some(msg) = message(session, &event) {
                    feed(session, None, msg);
                }
            }
            return Ok(());
        }
        if signals.stop() {
            console.suspend(|| signals.stop_here()).1?;
        } else if signals.resumed() {
            console.repaint()?;
        }
        changed = !batch.events.is_empty();
        for event in batch.events {
            if let Some(msg) = message(session, &event) {
                feed(session, Some(console), msg);
            }
            if session.model.done {
                break;
            }
        }
        if !changed {
            changed = idle(session, console);
        }
    }
    Ok(())
}

fn draw(session: &Session, console: &mut Console, theme: Theme) -> io::Result<()> {
    let mode = match session.model.look {
        Look::Auto => theme.mode,
        Look::Plain => Mode::Plain,
        Look::ColourBlind => Mode::ColourBlind,
    };
    let theme = Theme { mode, ..theme };
    console.draw(|frame| ui::view(&session.model, &session.keymap, theme, frame))
}

/// Nothing came in: keep what is being typed, see what others wrote, and whether a new day began.
fn idle(session: &mut Session, console: &mut Console) -> bool {
    feed(session, Some(console), Msg::Idle);
    let today = clock::today();
    let freshened = session.freshening && session.desk.freshen(today, 200).is_ok_and(|count| count > 0);
    session.freshening = freshened;
    let stale = session.desk.changed_elsewhere() || today != session.model.today || freshened;
    if stale {
        session.freshening = true;
        feed(session, Some(console), Msg::Stale(today));
    }
    stale
}

/// What an event of the terminal means where it came in.
fn message(session: &Session, event: &Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            let place = context(&session.model);
            Some(match session.keymap.resolve(place, session.model.pending, key) {
                Resolved::Action(action) => Msg::Act(action),
                Resolved::Pending(chord) => Msg::Prefix(chord),
                Resolved::None => Msg::Typed(*key),
            })
        }
        Event::Paste(text) => Some(Msg::Pasted(text.clone())),
        Event::Resize(columns, rows) => Some(Msg::Resized(*columns, *rows)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(Msg::Scrolled(3)),
            MouseEventKind::ScrollUp => Some(Msg::Scrolled(-3)),
            _ => None,
        },
        Event::Key(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

/// Takes one message all the way: update, perform, absorb. There is no second round. Without a console, what needs one
/// (the editor, the clipboard) is refused with a sentence.
pub fn feed(session: &mut Session, console: Option<&mut Console>, msg: Msg) {
    if let Some(effect) = update(&mut session.model, &session.keymap, msg) {
        let answer = perform(session, console, effect).map_err(|trouble| trouble.to_string());
        absorb(&mut session.model, answer);
    }
}
