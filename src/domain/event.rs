//! What has happened: the only thing that changes a dossier and the only thing in the journal.

use super::{Id, Prose, model::Kind, value::Value};

/// One field that was set, with what it held before: that gives undo, history and the review of conflicts.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The field.
    pub field: String,
    /// What it held.
    pub old: Value,
    /// What it holds.
    pub new: Value,
}

/// An intent and the facts that it set.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The kind of thing that it is about.
    pub of: Kind,
    /// The intent: `add`, `edit`, `send`, `sign`, …
    pub verb: std::borrow::Cow<'static, str>,
    /// The thing that it is about.
    pub entity: Id,
    /// The fields that were set.
    pub set: Vec<Change>,
    /// Why, in the words of the person.
    pub why: Prose,
    /// A text that is kept under its SHA-256: what a sign-off was given for.
    pub attach: Option<String>,
}

impl Event {
    /// The name in the journal: `threat.edit`.
    pub fn kind(&self) -> String {
        format!("{}.{}", self.of.code(), self.verb)
    }
}
