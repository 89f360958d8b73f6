//! The one place that enters and leaves the terminal: called at the start, at the end, around an editor, by signals and
//! by a panic.

use std::{
    io::{self, BufWriter, Stdout, Write},
    mem, panic,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor, event, execute, queue,
    style::Print,
    terminal::{self, BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate},
};
use ratatui::{Frame, Terminal, backend::CrosstermBackend};

/// Presses, drags and the wheel, in the wide form. crossterm's own command would ask for every motion too, which floods
/// a slow line.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Whether the terminal is ours now, so that leaving twice does nothing.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// The terminal, entered; dropping it leaves.
pub struct Console {
    painter: Painter,
    mouse: bool,
}

/// What paints; empty only while it is being replaced or let go.
struct Painter(Option<Terminal<CrosstermBackend<BufWriter<Stdout>>>>);

/// Room for a frame in which every cell changed. The standard output alone hands on a kilobyte at a time, and cuts an
/// escape sequence in two where it ends.
const FRAME: usize = 1 << 16;

impl Painter {
    fn new() -> io::Result<Self> {
        let out = BufWriter::with_capacity(FRAME, io::stdout());
        Terminal::new(CrosstermBackend::new(out)).map(Some).map(Self)
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        // ratatui shows the cursor when it is dropped, and complains on stderr if it cannot, which panics when the
        // terminal is gone for both.
        if let Some(mut terminal) = self.0.take()
            && terminal.show_cursor().is_err()
        {
            mem::forget(terminal);
        }
    }
}

impl Console {
    /// Enters: raw mode, the other screen, bracketed paste, and the mouse if it is wanted.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        enter_modes(mouse)?;
        let painter = Painter::new().inspect_err(|_| leave())?;
        Ok(Self { painter, mouse })
    }

    /// Draws one frame, which the terminal shows at once. An error means that the terminal is gone: leave.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let Some(terminal) = &mut self.painter.0 else { return Ok(()) };
        queue!(terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let drawn = terminal.draw(view).map(|_| ());
        execute!(terminal.backend_mut(), EndSynchronizedUpdate)?;
        drawn
    }

    /// Leaves, does `run` (an editor, a stop), enters again and paints everything afresh. What came of `run` is kept
    /// even if the terminal is gone by then: it may be words that somebody wrote.
    pub fn suspend<T>(&mut self, run: impl FnOnce() -> T) -> (T, io::Result<()>) {
        leave();
        let outcome = run();
        let back = enter_modes(self.mouse).and_then(|()| self.repaint());
        (outcome, back)
    }

    /// Forgets what is on the screen, so that the next frame paints every cell.
    pub fn repaint(&mut self) -> io::Result<()> {
        execute!(io::stdout(), Clear(ClearType::All))?;
        // Not `Terminal::clear`: that asks the terminal where its cursor is, and some never answer.
        self.painter = Painter::new()?;
        Ok(())
    }

    /// Whether the mouse is ours.
    pub fn mouse(&self) -> bool {
        self.mouse
    }

    /// Takes the mouse or gives it back to the terminal.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        execute!(io::stdout(), Print(if on { MOUSE_ON } else { MOUSE_OFF }))
    }

    /// Sends `text` to the terminal's clipboard; whether it takes it cannot be known.
    pub fn copy(&self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        leave();
    }
}

fn enter_modes(mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    let entered = write_entry(mouse).and_then(|()| {
        // The watch for resizes begins with the first poll; without it a resize before the first key would be lost.
        event::poll(Duration::ZERO)
    });
    entered.map(|_| ()).inspect_err(|_| leave())
}

fn write_entry(mouse: bool) -> io::Result<()> {
    let mut out = io::stdout();
    queue!(out, terminal::EnterAlternateScreen, event::EnableBracketedPaste, Clear(ClearType::All))?;
    if mouse {
        queue!(out, Print(MOUSE_ON))?;
    }
    out.flush()
}

/// Gives the terminal back as it was. What fails is passed over: there may be no terminal left to write to.
pub fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = queue!(out, EndSynchronizedUpdate, Print(MOUSE_OFF), event::DisableBracketedPaste);
    let _ = execute!(out, terminal::LeaveAlternateScreen, cursor::Show);
    let _ = terminal::disable_raw_mode();
}

/// Makes a panic give the terminal back first, say what happened in one sentence, and only then print its details.
pub fn restore_on_panic() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        leave();
        let mut out = io::stderr();
        let _ = writeln!(out, "docket met a fault of its own and stopped; everything that was saved is in the file.");
        previous(info);
    }));
}

/// Looks whether the terminal hung up, without reading from it.
#[derive(Debug)]
pub struct Hangup {
    #[cfg(unix)]
    tty: Option<std::fs::File>,
}

#[cfg(unix)]
impl Hangup {
    /// Watches the terminal that keys are read from.
    pub fn watch() -> Self {
        use std::io::IsTerminal;
        let of_its_own = || std::fs::File::open("/dev/tty").ok();
        Self { tty: if io::stdin().is_terminal() { None } else { of_its_own() } }
    }

    /// Whether it hung up.
    pub fn happened(&self) -> bool {
        use std::os::fd::AsRawFd;
        let fd = self.tty.as_ref().map_or(libc::STDIN_FILENO, AsRawFd::as_raw_fd);
        let mut asked = libc::pollfd { fd, events: 0, revents: 0 };
        // SAFETY: one valid pollfd is passed with its count, and the call does not wait.
        let ready = unsafe { libc::poll(&raw mut asked, 1, 0) };
        // Not POLLNVAL: macOS says that of every terminal it is asked about here.
        ready > 0 && asked.revents & (libc::POLLHUP | libc::POLLERR) != 0
    }
}

#[cfg(not(unix))]
impl Hangup {
    /// Watches nothing: a console that closes ends its programs.
    pub fn watch() -> Self {
        Self {}
    }

    /// Whether it hung up; not known here.
    pub fn happened(&self) -> bool {
        false
    }
}
