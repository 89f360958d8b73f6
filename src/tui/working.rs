//! Work that takes long: the screen says how far it is, Esc stops it, and every other key waits until it is done.

use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};

use super::{run::Session, terminal::Console};
use crate::{
    app::Model,
    desk::Desk,
    keymap::Keymap,
    ui::{self, theme::Theme},
};

/// How often a frame is painted and the keys are looked at.
const OFTEN: Duration = Duration::from_millis(80);
/// The shortest wait that looks at all.
const GLANCE: Duration = Duration::from_micros(300);

/// The screen while something is worked on.
pub(super) struct Working<'a> {
    model: &'a mut Model,
    keymap: &'a Keymap,
    waiting: &'a mut Vec<Event>,
    console: Option<&'a mut Console>,
    theme: Theme,
    told: Option<Instant>,
    stopped: bool,
}

/// Does something with the desk that takes long and tells how far it is.
pub(super) fn working<T>(
    session: &mut Session,
    console: Option<&mut Console>,
    run: impl FnOnce(&mut Desk, &mut Working<'_>) -> T,
) -> T {
    let Session { model, keymap, desk, waiting, habits, .. } = session;
    let theme = habits.theme;
    let mut working = Working { model, keymap, waiting, console, theme, told: None, stopped: false };
    let done = run(desk, &mut working);
    working.model.notice = None;
    done
}

impl Working<'_> {
    /// Says how far it is, not more often than anybody can read; whether to go on.
    pub fn tell(&mut self, words: impl FnOnce() -> String) -> bool {
        let now = Instant::now();
        // What is done at once says nothing.
        let since = *self.told.get_or_insert(now);
        if now.duration_since(since) < OFTEN {
            return !self.stopped;
        }
        self.told = Some(now);
        self.look_at_the_keys();
        self.model.say(false, format!("{} Esc stops it; nothing is kept then.", words()));
        if let Some(console) = self.console.as_deref_mut() {
            let (model, keymap, theme) = (&*self.model, self.keymap, self.theme);
            // A frame that cannot be drawn is no reason to leave the work half done.
            let _ = console.draw(|frame| ui::view(model, keymap, theme, frame));
        }
        !self.stopped
    }

    /// What is typed meanwhile is kept for afterwards; only Esc is meant for the work.
    fn look_at_the_keys(&mut self) {
        if self.console.is_some() {
            while event::poll(GLANCE).unwrap_or(false) {
                match event::read() {
                    Ok(event) => self.take(event),
                    Err(_) => return,
                }
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            Event::Key(key) if key.code == KeyCode::Esc && key.modifiers == KeyModifiers::NONE => self.stopped = true,
            Event::FocusGained | Event::FocusLost => {}
            other => self.waiting.push(other),
        }
    }
}
