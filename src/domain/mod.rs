//! The rules of a review, and nothing else.
//!
//! Pure: no file, no clock, no terminal, no database. Who acts and when comes in as a value. A rule stands next to the
//! type that it is about, and every door (screen, command line, import) goes through it. What happened is an event; an
//! event is the only thing that changes a dossier.

pub mod acceptances;
pub mod across;
pub mod after;
pub mod bring;
pub mod catalog;
pub mod command;
pub mod dates;
pub mod decision;
mod dossier;
pub mod event;
pub mod fields;
pub mod id;
pub mod journal;
pub mod library;
pub mod lint;
pub mod log;
pub mod manifest;
pub mod meeting;
pub mod memo;
pub mod merging;
pub mod model;
pub mod page;
pub mod past;
pub mod people;
pub mod privacy;
pub mod refusal;
pub mod register;
pub mod rows;
pub mod rules;
mod secret;
pub mod summary;
pub mod system;
pub mod text;
pub mod value;
pub mod verb;
pub mod wording;

pub use dossier::answers_of;
pub use event::{Change, Event};
pub use id::Id;
pub use model::{Dossier, Kind};
pub use refusal::{Refusal, Rule};
pub use secret::Secret;
pub use text::{Line, Prose};
