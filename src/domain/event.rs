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
    /// What is kept under its SHA-256: the text that a sign-off was given for, or a file.
    pub attach: Option<Attached>,
}

/// What is kept beside an entry, under its SHA-256.
#[derive(Clone, PartialEq, Eq)]
pub struct Attached {
    /// What kind of content it is.
    pub mime: &'static str,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Attached {
    /// A file, whatever it holds.
    pub fn file(bytes: Vec<u8>) -> Self {
        Self { mime: "application/octet-stream", bytes }
    }
}

impl From<String> for Attached {
    fn from(text: String) -> Self {
        Self { mime: "text/plain", bytes: text.into_bytes() }
    }
}

impl From<&str> for Attached {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl std::fmt::Debug for Attached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes of {}", self.bytes.len(), self.mime)
    }
}

impl Event {
    /// The name in the journal: `threat.edit`.
    pub fn kind(&self) -> String {
        format!("{}.{}", self.of.code(), self.verb)
    }
}
