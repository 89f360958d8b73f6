//! The loop: take everything that is there, feed it through the model, draw one frame.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::Duration,
};

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;

use super::{
    habits::Habits,
    input::{Batch, Tty, next_batch},
    mouse,
    perform::perform,
    signals::Signals,
    terminal::{self, Console},
};
use crate::{
    app::{
        Effect, Model, Msg, Screen, absorb,
        across::Look,
        context, files,
        list::Step,
        log::LogLook,
        meeting::{MeetingAsk, ticks},
        system::Tab,
        update,
    },
    clock,
    desk::Desk,
    domain::Prose,
    keymap::{Chord, Context, Keymap, Resolved},
    ui::{self, theme::Theme},
};

/// How long to wait for a key before looking whether another process has written.
const TICK: Duration = Duration::from_millis(600);
/// The same for the second screen of a meeting, on which nobody presses a key: a room watches it.
const FOLLOWING: Duration = Duration::from_millis(250);
/// How long to wait for a key after a command before its line of the board is made: keys that are held come faster.
const SETTLING: Duration = Duration::from_millis(50);
/// How long to wait for a key while there are lines to bring up to date, and how many of them at a time: a key that
/// comes in the middle must not wait for long.
const FRESHENING: (Duration, usize) = (Duration::from_millis(5), 25);

/// Everything that a session at the terminal needs.
pub struct Session {
    /// The model.
    pub model: Model,
    /// The keys.
    pub keymap: Keymap,
    /// The record.
    pub desk: Desk,
    /// Whether there were lines of the board to bring up to date when this was last looked at.
    pub freshening: bool,
    /// What was typed while something long was worked on.
    pub waiting: Vec<Event>,
    /// How the person likes it.
    pub habits: Habits,
}

impl Session {
    /// A session with the usual habits, with nothing under way.
    pub fn new(model: Model, keymap: Keymap, desk: Desk) -> Self {
        Self { model, keymap, desk, freshening: false, waiting: Vec::new(), habits: Habits::default() }
    }
}

/// What paints a frame.
pub type View = fn(&Model, &Keymap, Theme, &mut Frame);

/// Runs until the person leaves, the terminal goes away, or a signal says so. The record is closed in every case.
pub fn run(session: Session) -> anyhow::Result<()> {
    run_with(session, ui::view)
}

/// [`run`], painted by something else: a test breaks it in the middle of a frame.
pub fn run_with(mut session: Session, view: View) -> anyhow::Result<()> {
    terminal::restore_on_panic();
    let signals = Signals::catch()?;
    let theme = session.habits.theme;
    let mut console = Console::enter(session.model.mouse)?;
    let size = crossterm::terminal::size().unwrap_or((80, 24));
    session.model.size = size;
    // A fault of the program's own takes no words with it either; by now the hook has given the terminal back.
    let outcome = catch_unwind(AssertUnwindSafe(|| turn(&mut session, &mut console, &signals, (theme, view))));
    // Words that were typed outlive the terminal; if even that fails there is nobody left to tell.
    let _ = match update(&mut session.model, &session.keymap, Msg::Idle) {
        Some(Effect::Keep(key, text)) => session.desk.keep_draft(&key, &text),
        Some(Effect::Remember(key, text)) => session.desk.remember(key, &text),
        _ => Ok(()),
    };
    drop(console);
    session.desk.close()?;
    match outcome.unwrap_or_else(|fault| resume_unwind(fault)) {
        // A terminal that is gone is a way to leave, not an error.
        Err(error) if signals.closed() || error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

fn turn(session: &mut Session, console: &mut Console, signals: &Signals, paint: (Theme, View)) -> io::Result<()> {
    let mut tty = Tty::new();
    let mut changed = true;
    while !session.model.done {
        if changed {
            session.model.moment = clock::now();
            draw(session, console, paint)?;
        }
        let looking = looking(session);
        let batch = if session.waiting.is_empty() {
            next_batch(&mut tty, signals, patience(session, looking))
        } else {
            Batch { events: std::mem::take(&mut session.waiting), closed: false }
        };
        if batch.closed {
            // Words that came in with the end are words; nothing is shown any more.
            for event in batch.events {
                if let Some(msg) = message(session, &event, &mut None) {
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
        take(session, console, batch.events);
        if !changed && session.desk.owes() {
            // Nobody presses a key, and what was saved is on the screen; now the board, for everybody else.
            session.desk.settle();
        } else if !changed && looking {
            // Keys go first, always: what is looked for goes on in the pauses between them.
            feed(session, Some(console), Msg::GoOn);
            changed = true;
        } else if !changed {
            // A clock that runs is the one thing that moves by itself.
            changed = idle(session, console) || ticks(&session.model);
        }
    }
    Ok(())
}

/// Whether the screen waits for more of what was asked of the register over all systems, or of the journal.
fn looking(session: &Session) -> bool {
    if files::open_files(&session.model).is_some() {
        return files::is_looking(&session.model);
    }
    match &session.model.screen {
        Screen::AllThreats(_) => session.desk.looking(),
        Screen::Log(_) => session.desk.is_looking_through(),
        Screen::System(screen) => screen.tab == Tab::History && session.desk.is_looking_through(),
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => false,
    }
}

/// How long to wait for a key.
fn patience(session: &Session, looking: bool) -> Duration {
    let follows = session.model.meeting_screen().is_some_and(|screen| screen.follows);
    if session.desk.owes() {
        return SETTLING;
    }
    match (looking, session.freshening) {
        (true, _) => Duration::ZERO,
        (false, true) => FRESHENING.0,
        (false, false) if follows => FOLLOWING,
        (false, false) => TICK,
    }
}

/// Whether something is read only for the last of several keys that came in together.
fn can_wait(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Board(_)
            | Effect::AllThreats(Look::Part(_) | Look::New(_), _)
            | Effect::Log(LogLook::New(_))
            | Effect::Meeting(MeetingAsk::Look(_))
    )
}

/// Takes what came in at once. Of many moves over a long list only the place where they end is read, and of many letters
/// of a filter only the word.
fn take(session: &mut Session, console: &mut Console, events: Vec<Event>) {
    let mut unread: Option<Effect> = None;
    let mut held: Option<Held> = None;
    for event in events {
        if let Event::Mouse(MouseEvent { kind: MouseEventKind::Down(MouseButton::Left), column, row, .. }) = event {
            if let Some(effect) = unread.take() {
                carry_out(session, Some(console), effect);
            }
            mouse::click(session, Some(console), (column, row));
            if session.model.done {
                return;
            }
            continue;
        }
        let Some(msg) = message(session, &event, &mut held) else { continue };
        let moves = matches!(&msg, Msg::Act(action) if Step::of(*action).is_some());
        let types = matches!(&msg, Msg::Typed(_) | Msg::Pasted(_));
        let asked = matches!(unread, Some(Effect::AllThreats(Look::New(_), _) | Effect::Log(LogLook::New(_))));
        if let Some(effect) = unread.take_if(|_| !types && (!moves || asked)) {
            carry_out(session, Some(console), effect);
        }
        match update(&mut session.model, &session.keymap, msg) {
            Some(effect) if (moves || types) && can_wait(&effect) => unread = Some(effect),
            Some(effect) => carry_out(session, Some(console), effect),
            // Back among the rows that were read.
            None if moves => unread = None,
            None => {}
        }
        if session.model.done {
            return;
        }
    }
    if let Some(effect) = unread {
        carry_out(session, Some(console), effect);
    }
}

fn draw(session: &Session, console: &mut Console, (theme, view): (Theme, View)) -> io::Result<()> {
    console.draw(|frame| view(&session.model, &session.keymap, theme, frame))
}

/// Nothing came in: keep what is being typed, see what others wrote, and whether a new day began.
fn idle(session: &mut Session, console: &mut Console) -> bool {
    feed(session, Some(console), Msg::Idle);
    let today = clock::today();
    let freshened = session.desk.freshen(today, FRESHENING.1).is_ok_and(|count| count > 0);
    session.freshening = freshened;
    // What is open is read from the rows; only the board shows the lines.
    let shown = freshened && matches!(session.model.screen, Screen::Board(_));
    let stale = session.desk.changed_elsewhere() || today != session.model.now || shown;
    if stale {
        feed(session, Some(console), Msg::Stale(today));
    }
    stale
}

/// The last key with where it was pressed, and what it means there: a key that is held is looked up once.
type Held = ((Context, Option<Chord>, KeyEvent), Resolved);

/// What an event of the terminal means where it came in.
pub(super) fn message(session: &Session, event: &Event, held: &mut Option<Held>) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            let now = (context(&session.model), session.model.pending, *key);
            let known = held.as_ref().filter(|(asked, _)| *asked == now).map(|(_, meaning)| *meaning);
            let meaning = known.unwrap_or_else(|| session.keymap.resolve(now.0, now.1, key));
            *held = Some((now, meaning));
            Some(match meaning {
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
        carry_out(session, console, effect);
    }
}

fn carry_out(session: &mut Session, console: Option<&mut Console>, effect: Effect) {
    // What is wrong may quote a path or another program, and those may hold anything.
    let answer = perform(session, console, effect).map_err(|trouble| Prose::new(&trouble.to_string()).to_string());
    absorb(&mut session.model, answer);
}
