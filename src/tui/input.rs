//! What comes in from the terminal: one wait, then everything that is there, so that held keys cost one frame.

use std::{
    io,
    time::{Duration, Instant},
};

use crossterm::event::{self, Event, KeyEventKind, MouseEventKind};

use super::signals::Signals;

/// Longest text taken from one paste, in bytes.
pub const PASTE_MAX: usize = 1_000_000;
/// Most events taken before a frame is drawn.
const BATCH_MAX: usize = 4096;
/// How often a wait is broken off to look at the signals and at the terminal.
const SLICE: Duration = Duration::from_millis(300);
/// The shortest wait that still looks: crossterm's reader does not read at all when asked to wait for zero.
const GLANCE: Duration = Duration::from_micros(300);

/// What came in, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Keys, pastes, mouse clicks, and at most one resize, the last.
    pub events: Vec<Event>,
    /// Whether the terminal has gone away or the program was asked to end: keep what is unsaved and leave.
    pub closed: bool,
}

/// Where events come from.
pub trait Source {
    /// Whether an event is there within `timeout`.
    fn poll(&mut self, timeout: Duration) -> io::Result<bool>;
    /// The next event.
    fn read(&mut self) -> io::Result<Event>;
    /// Whether the terminal is still there, as far as can be told without reading.
    fn is_open(&mut self) -> bool;
}

/// The terminal as a source of events.
#[derive(Debug)]
pub struct Tty {
    hangup: super::terminal::Hangup,
}

impl Tty {
    /// The terminal that the program was started in.
    pub fn new() -> Self {
        Self { hangup: super::terminal::Hangup::watch() }
    }
}

impl Default for Tty {
    fn default() -> Self {
        Self::new()
    }
}

impl Source for Tty {
    fn poll(&mut self, timeout: Duration) -> io::Result<bool> {
        event::poll(timeout)
    }
    fn read(&mut self) -> io::Result<Event> {
        event::read()
    }
    fn is_open(&mut self) -> bool {
        !self.hangup.happened()
    }
}

/// Waits up to `timeout` for something, then takes everything that is there. A stop or a return from one ends the wait.
pub fn next_batch(source: &mut impl Source, signals: &Signals, timeout: Duration) -> Batch {
    let started = Instant::now();
    loop {
        let left = timeout.saturating_sub(started.elapsed());
        // crossterm says "nothing" for a terminal that is gone, at once and for ever: this must not become a busy loop.
        if !source.is_open() {
            return Batch { events: Vec::new(), closed: true };
        }
        if signals.leave() {
            // What was typed before the signal is not lost with it.
            let typed = source.poll(GLANCE).unwrap_or(false);
            return Batch { closed: true, ..if typed { drain(source) } else { Batch::default() } };
        }
        match source.poll(left.clamp(GLANCE, SLICE)) {
            Ok(true) => return drain(source),
            Ok(false) if left <= SLICE => return Batch { events: Vec::new(), closed: signals.leave() },
            Ok(false) => {}
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Batch { events: Vec::new(), closed: true },
        }
    }
}

/// Takes what is there; at least one event is known to be.
fn drain(source: &mut impl Source) -> Batch {
    let mut batch = Batch::default();
    for _ in 0..BATCH_MAX {
        match source.read() {
            Ok(event) => batch.take(event),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => {
                batch.closed = true;
                break;
            }
        }
        match source.poll(GLANCE) {
            Ok(true) => {}
            Ok(false) => break,
            Err(fault) => {
                batch.closed = fault.kind() != io::ErrorKind::Interrupted;
                break;
            }
        }
    }
    batch
}

impl Batch {
    fn take(&mut self, event: Event) {
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            Event::Mouse(mouse) if mouse.kind == MouseEventKind::Moved => {}
            Event::FocusGained | Event::FocusLost => {}
            Event::Resize(..) => {
                self.events.retain(|known| !matches!(known, Event::Resize(..)));
                self.events.push(event);
            }
            Event::Paste(mut text) => {
                text.truncate(text.floor_char_boundary(PASTE_MAX));
                self.events.push(Event::Paste(text));
            }
            Event::Key(_) | Event::Mouse(_) => self.events.push(event),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[derive(Default)]
    struct Script {
        events: VecDeque<io::Result<Event>>,
        polls: usize,
        gone: bool,
    }

    impl Source for Script {
        fn poll(&mut self, timeout: Duration) -> io::Result<bool> {
            self.polls += 1;
            if self.events.is_empty() {
                std::thread::sleep(timeout);
            }
            Ok(!self.events.is_empty())
        }
        fn read(&mut self) -> io::Result<Event> {
            self.events.pop_front().unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()))
        }
        fn is_open(&mut self) -> bool {
            !self.gone
        }
    }

    fn key(c: char) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
    }

    fn script(events: impl IntoIterator<Item = Event>) -> Script {
        Script { events: events.into_iter().map(Ok).collect(), ..Script::default() }
    }

    fn batch(source: &mut Script) -> Batch {
        next_batch(source, &Signals::default(), Duration::from_millis(1))
    }

    #[test]
    fn everything_waiting_is_one_batch_with_one_resize() {
        let mut source = script([key('j'), Event::Resize(10, 10), key('j'), Event::Resize(80, 24), Event::FocusLost]);
        let taken = batch(&mut source);
        assert_eq!(taken.events, [key('j'), key('j'), Event::Resize(80, 24)]);
        assert!(!taken.closed);
    }

    #[test]
    fn nothing_is_an_empty_batch_after_the_wait() {
        assert_eq!(batch(&mut Script::default()), Batch::default());
    }

    #[test]
    fn a_terminal_that_is_gone_closes_without_being_asked_for_events() {
        let mut source = Script { gone: true, ..Script::default() };
        assert!(batch(&mut source).closed);
        assert_eq!(source.polls, 0);
    }

    #[test]
    fn a_read_error_closes_and_keeps_what_came_before() {
        let mut source = script([key('a')]);
        source.events.push_back(Err(io::Error::other("EIO")));
        let taken = batch(&mut source);
        assert!(taken.closed);
        assert_eq!(taken.events, [key('a')]);
    }

    #[test]
    fn a_paste_is_cut_between_two_characters() {
        let mut source = script([Event::Paste("é".repeat(PASTE_MAX))]);
        let taken = batch(&mut source);
        let Some(Event::Paste(text)) = taken.events.first() else { panic!("no paste") };
        assert_eq!(text.len(), PASTE_MAX);
    }

    #[test]
    fn a_flood_is_cut_into_frames() {
        let mut source = script(std::iter::repeat_n(key('x'), BATCH_MAX + 1));
        assert_eq!(batch(&mut source).events.len(), BATCH_MAX);
        assert_eq!(batch(&mut source).events.len(), 1);
    }
}
