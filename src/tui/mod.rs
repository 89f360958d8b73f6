//! The terminal: entering and leaving it, what comes in, the loop, and the only way out to the desk.

mod across;
mod editor;
mod evidence;
pub mod habits;
pub mod input;
mod meeting;
mod mouse;
mod past;
mod perform;
mod run;
mod seal;
pub mod signals;
pub mod terminal;
mod working;

pub use habits::Habits;
pub use meeting::{back_in_the_meeting, following};
pub use mouse::click;
pub use run::{Session, View, feed, run, run_with};
