//! docket in a real pseudo-terminal: keys by name, text awaited with a deadline, the screen as a person sees it.
#![allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::large_stack_arrays,
    reason = "shared by several test crates, each of which uses a part"
)]

mod home;
mod keys;

pub use home::{Cli, Home, fixture};

use std::{
    io::{Read, Write},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take on a machine that is busy with something else.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// How long nothing has to come before the screen counts as still.
const STILL: Duration = Duration::from_millis(40);

/// What has come out so far.
struct Shown {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// How many of these bytes the screen has taken in.
    taken: usize,
    closed: bool,
    last: Instant,
    /// Whether the reader is to let go of the terminal.
    let_go: bool,
}

/// One docket in one terminal.
pub struct Term {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    reader: Option<thread::JoinHandle<()>>,
    child: Box<dyn Child + Send + Sync>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
}

impl Shown {
    /// Shows what came, but no half of a frame: like a terminal that knows synchronized updates.
    fn take_in(&mut self) {
        let fresh = &self.raw[self.taken..];
        let last = |mark: &[u8]| fresh.windows(mark.len()).rposition(|bytes| bytes == mark);
        let upto = match (last(b"\x1b[?2026h"), last(b"\x1b[?2026l")) {
            (Some(begun), ended) if ended.is_none_or(|ended| ended < begun) && !self.closed => begun,
            _ => fresh.len(),
        };
        self.parser.process(&fresh[..upto]);
        self.taken += upto;
    }
}

/// The window size as the terminal's interface wants it.
fn window(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn parser(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0)
}

/// Takes in what comes out, until the program ends or the reader is to let go.
fn read(master: &dyn MasterPty, shown: Arc<(Mutex<Shown>, Condvar)>) -> thread::JoinHandle<()> {
    let (mut reader, fd) = (master.try_clone_reader().unwrap(), master.as_raw_fd().unwrap());
    thread::spawn(move || {
        let mut buffer = [0; 65_536];
        loop {
            let mut asked = libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
            // SAFETY: one valid pollfd is passed with its count; the master lives until this thread was joined.
            let ready = unsafe { libc::poll(&raw mut asked, 1, 20) } > 0;
            let read = if ready { reader.read(&mut buffer).unwrap_or(0) } else { 0 };
            let mut now = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
            if ready {
                now.closed = read == 0;
                now.raw.extend_from_slice(&buffer[..read]);
                now.last = Instant::now();
                now.take_in();
                shown.1.notify_all();
            }
            if now.closed || now.let_go {
                return;
            }
        }
    })
}

impl Term {
    /// Starts a command in a terminal of this size.
    pub fn start(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(window(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (parser, last) = (parser(columns, rows), Instant::now());
        let shown = Arc::new((
            Mutex::new(Shown { parser, raw: Vec::new(), taken: 0, closed: false, last, let_go: false }),
            Condvar::new(),
        ));
        let reader = Some(read(pair.master.as_ref(), Arc::clone(&shown)));
        let writer = pair.master.take_writer().unwrap();
        Self { master: Some(pair.master), writer: Some(writer), reader, child, shown }
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `found` of the screen, or says what was on it instead.
    #[track_caller]
    pub fn until(&self, what: &str, patience: Duration, found: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + patience;
        let mut shown = self.shown();
        while !found(shown.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited for {what}; the screen says\n{}", shown.parser.screen().contents());
            assert!(!shown.closed, "docket ended before {what}; it said\n{}", shown.parser.screen().contents());
            shown = self.shown.1.wait_timeout(shown, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits for a text.
    #[track_caller]
    pub fn see(&self, text: &str) -> &Self {
        self.see_within(text, PATIENCE)
    }

    /// Waits for a text, not longer than `patience`.
    #[track_caller]
    pub fn see_within(&self, text: &str, patience: Duration) -> &Self {
        self.until(&format!("\"{text}\""), patience, |screen| says(screen, text));
        self
    }

    /// Waits until a text is gone.
    #[track_caller]
    pub fn gone(&self, text: &str) -> &Self {
        self.until(&format!("\"{text}\" to go"), PATIENCE, |screen| !says(screen, text));
        self
    }

    /// Waits for one of several texts; says which.
    #[track_caller]
    pub fn see_one(&self, texts: &[&str]) -> usize {
        self.until(&format!("one of {texts:?}"), PATIENCE, |screen| texts.iter().any(|text| says(screen, text)));
        texts.iter().position(|text| self.has(text)).unwrap_or(0)
    }

    /// Whether a text is on the screen now.
    pub fn has(&self, text: &str) -> bool {
        says(self.shown().parser.screen(), text)
    }

    /// The text on the screen.
    pub fn screen(&self) -> String {
        self.shown().parser.screen().contents()
    }

    /// Asks something of the screen and its cells.
    pub fn ask<T>(&self, of: impl FnOnce(&vt100::Screen) -> T) -> T {
        of(self.shown().parser.screen())
    }

    /// Every byte that came out since the start.
    pub fn raw(&self) -> Vec<u8> {
        self.shown().raw.clone()
    }

    /// Whether the terminal is in raw mode: it gives out keys one by one and does not show them.
    pub fn raw_mode(&self) -> bool {
        let fd = self.master.as_ref().and_then(|master| master.as_raw_fd()).unwrap();
        let mut modes = std::mem::MaybeUninit::<libc::termios>::zeroed();
        // SAFETY: the descriptor is open as long as the master is, and the call fills what it is given or fails.
        let modes = unsafe {
            assert_eq!(libc::tcgetattr(fd, modes.as_mut_ptr()), 0);
            modes.assume_init()
        };
        let usual = libc::ICANON | libc::ECHO | libc::ISIG;
        modes.c_lflag & usual != usual || modes.c_oflag & libc::OPOST == 0
    }

    /// Waits until nothing has come for a moment.
    pub fn still(&self) -> &Self {
        let end = Instant::now() + PATIENCE;
        let from = Instant::now();
        let mut shown = self.shown();
        while Instant::now() < end && shown.last.max(from).elapsed() < STILL && !shown.closed {
            shown = self.shown.1.wait_timeout(shown, STILL).unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(shown);
        self
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> &mut Self {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
        self
    }

    /// Presses keys by their names, separated by blanks: `g k`, `enter`, `ctrl-s`.
    pub fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            self.send(&keys::bytes(name));
            if name == "esc" {
                // What follows at once would make it an Alt key, as it would for a person.
                self.still();
            }
        }
        self
    }

    /// Types text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.send(text.as_bytes())
    }

    /// Pastes text, as a terminal does it for a program that asked for brackets.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes())
    }

    /// Makes the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.shown().parser.screen_mut().set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
        self.master.as_ref().unwrap().resize(window(columns, rows)).unwrap();
        self
    }

    /// Sends a signal.
    pub fn signal(&mut self, signal: i32) -> &mut Self {
        let id = self.child.process_id().and_then(|id| i32::try_from(id).ok()).unwrap();
        // SAFETY: the child was started here and has not been waited for.
        unsafe { libc::kill(id, signal) };
        self
    }

    /// Closes the terminal under the program.
    pub fn close(&mut self) -> &mut Self {
        self.shown().let_go = true;
        self.reader.take().map(thread::JoinHandle::join);
        self.writer = None;
        self.master = None;
        self
    }

    /// Waits for the end; gives the exit code, 128 and more for a signal.
    #[track_caller]
    pub fn ended(&mut self, patience: Duration) -> u32 {
        let end = Instant::now() + patience;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return if status.signal().is_some() { 128 + status.exit_code() } else { status.exit_code() };
            }
            assert!(Instant::now() < end, "still running; the screen says\n{}", self.screen());
            thread::yield_now();
            thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Leaves with Ctrl-C and waits for a clean end.
    #[track_caller]
    pub fn quit(mut self) {
        self.keys("ctrl-c");
        assert_eq!(self.ended(PATIENCE), 0, "{}", self.screen());
    }
}

impl Drop for Term {
    fn drop(&mut self) {
        // Where a test failed the program may still run; nobody is left to hear that it cannot be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.close();
    }
}

/// Whether a text is on the screen, on one line.
fn says(screen: &vt100::Screen, text: &str) -> bool {
    screen.contents().contains(text)
}
