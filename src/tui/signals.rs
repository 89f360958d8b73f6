//! Signals as flags, looked at between two waits.
//!
//! A signal's default would end the program with the terminal still in raw mode.

#[cfg(unix)]
pub use unix::Signals;

#[cfg(unix)]
mod unix {
    use std::{
        io,
        sync::{
            Arc,
            atomic::{AtomicBool, Ordering},
        },
    };

    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP},
        flag, low_level,
    };

    /// What the outside has asked of the program.
    #[derive(Debug, Default)]
    pub struct Signals {
        leave: Arc<AtomicBool>,
        closed: Arc<AtomicBool>,
        stop: Arc<AtomicBool>,
        resumed: Arc<AtomicBool>,
    }

    impl Signals {
        /// Catches the signals from here on.
        pub fn catch() -> io::Result<Self> {
            let signals = Self::default();
            flag::register(SIGTERM, Arc::clone(&signals.leave))?;
            flag::register(SIGINT, Arc::clone(&signals.leave))?;
            flag::register(SIGHUP, Arc::clone(&signals.closed))?;
            flag::register(SIGTSTP, Arc::clone(&signals.stop))?;
            flag::register(SIGCONT, Arc::clone(&signals.resumed))?;
            Ok(signals)
        }

        /// Whether the program is to end.
        pub fn leave(&self) -> bool {
            self.leave.load(Ordering::Relaxed) || self.closed()
        }

        /// Whether the terminal has gone away, so that nothing can be written to it any more.
        pub fn closed(&self) -> bool {
            self.closed.load(Ordering::Relaxed)
        }

        /// Whether the program is to stop until it is called to the foreground; asking clears it.
        pub fn stop(&self) -> bool {
            self.stop.swap(false, Ordering::Relaxed)
        }

        /// Whether the program was stopped and goes on, so that the screen is to be painted afresh; asking clears it.
        pub fn resumed(&self) -> bool {
            self.resumed.swap(false, Ordering::Relaxed)
        }

        /// Stops the program as its shell expects; returns when it goes on. The terminal must have been left before.
        pub fn stop_here(&self) -> io::Result<()> {
            low_level::emulate_default_handler(SIGTSTP)
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_signal_is_a_flag_and_no_end() {
            let signals = Signals::catch().unwrap();
            assert!(!signals.leave());
            low_level::raise(SIGCONT).unwrap();
            assert!(signals.resumed() && !signals.resumed());
            low_level::raise(SIGTERM).unwrap();
            assert!(signals.leave() && !signals.closed());
            low_level::raise(SIGHUP).unwrap();
            assert!(signals.closed());
        }
    }
}

/// Where there are no signals, nothing is ever asked.
#[cfg(not(unix))]
#[derive(Debug, Default)]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Catches nothing.
    pub fn catch() -> std::io::Result<Self> {
        Ok(Self)
    }
    /// Whether the program is to end.
    pub fn leave(&self) -> bool {
        false
    }
    /// Whether the terminal has gone away.
    pub fn closed(&self) -> bool {
        false
    }
    /// Whether the program is to stop.
    pub fn stop(&self) -> bool {
        false
    }
    /// Whether the program goes on after a stop.
    pub fn resumed(&self) -> bool {
        false
    }
    /// Does nothing.
    pub fn stop_here(&self) -> std::io::Result<()> {
        Ok(())
    }
}
