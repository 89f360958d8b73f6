//! The rules of a review, and nothing else.
//!
//! Pure: no file, no clock, no terminal, no database. Who acts and when comes in as a value. A rule stands next to the
//! type that it is about, and every door (screen, command line, import) goes through it. What happened is an event; an
//! event is the only thing that changes a dossier.

pub mod id;
pub mod text;

pub use id::Id;
pub use text::{Line, Prose};
