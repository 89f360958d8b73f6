//! Ctrl-C while something long is done: it ends after the piece at hand, with a sentence and without a trace. While a
//! question waits for its answer, it ends at once.

#[cfg(unix)]
pub use unix::Interrupt;

#[cfg(unix)]
mod unix {
    use std::{
        io,
        sync::{
            Arc,
            atomic::{AtomicBool, Ordering},
        },
    };

    use signal_hook::{consts::SIGINT, flag};

    /// Whether somebody pressed Ctrl-C.
    #[derive(Debug, Default)]
    pub struct Interrupt {
        pressed: Arc<AtomicBool>,
        asking: Arc<AtomicBool>,
    }

    /// What a shell takes for "ended by Ctrl-C".
    const ENDED: i32 = 130;

    impl Interrupt {
        /// Catches it from here on.
        pub fn catch() -> io::Result<Self> {
            let interrupt = Self::default();
            flag::register_conditional_shutdown(SIGINT, ENDED, Arc::clone(&interrupt.asking))?;
            flag::register(SIGINT, Arc::clone(&interrupt.pressed))?;
            Ok(interrupt)
        }

        /// Whether it was pressed.
        pub fn pressed(&self) -> bool {
            self.pressed.load(Ordering::Relaxed)
        }

        /// Asks something; pressed meanwhile, it ends docket at once.
        pub fn asking<T>(&self, ask: impl FnOnce() -> T) -> T {
            self.asking.store(true, Ordering::Relaxed);
            let answer = ask();
            self.asking.store(false, Ordering::Relaxed);
            answer
        }
    }
}

/// Where there are no signals, Ctrl-C ends the program by itself, and what was not kept is not there.
#[cfg(not(unix))]
#[derive(Debug, Default)]
pub struct Interrupt;

#[cfg(not(unix))]
impl Interrupt {
    /// Catches nothing.
    pub fn catch() -> std::io::Result<Self> {
        Ok(Self)
    }
    /// Never.
    pub fn pressed(&self) -> bool {
        false
    }
    /// Asks something.
    pub fn asking<T>(&self, ask: impl FnOnce() -> T) -> T {
        ask()
    }
}
