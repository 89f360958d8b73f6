//! `docket evidence check`: is what lies behind the evidence still what the record says?

use serde::Serialize;

use super::{ANSWER_VERSION, pretty, text};

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is what the record says.
    Unchanged,
    /// It is another content now.
    Changed,
    /// It is not there any more, or not on this computer.
    Gone,
    /// It is not there any more; the record has a copy that is whole.
    Copy,
    /// The copy in the record is not what it was.
    Damaged,
    /// It is there and cannot be read.
    Unreadable,
    /// The record has no digest to compare with.
    NoDigest,
    /// The record has a digest, and nothing says of which file.
    NoFile,
}

impl State {
    /// Whether the evidence is not what the record says, or cannot be shown to be.
    pub fn is_wrong(self) -> bool {
        matches!(self, Self::Changed | Self::Gone | Self::Damaged | Self::Unreadable)
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// Its number: `E-1`.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What its file turned out to be.
    pub state: State,
    /// The same in a sentence.
    pub says: String,
    /// The file; none where nothing says where it is.
    pub path: Option<String>,
    /// The digest in the record.
    pub sha256: Option<String>,
}

/// Every piece of evidence of a system.
#[derive(Debug, Clone, Serialize)]
pub struct Checks {
    /// `docket.evidence`.
    pub kind: &'static str,
    /// See [`ANSWER_VERSION`].
    pub version: &'static str,
    /// The name of the system.
    pub system: String,
    /// Whether nothing is wrong.
    pub ok: bool,
    /// The pieces of evidence, by number.
    pub items: Vec<Checked>,
}

/// What follows where the comparison was written down.
pub const IN_THE_LOG: &str = "Who looked, when, and what was found is in the log.";

impl Checks {
    /// What was found of a system.
    pub fn of(system: &str, items: Vec<Checked>) -> Self {
        let ok = !items.iter().any(|item| item.state.is_wrong());
        Self { kind: "docket.evidence", version: ANSWER_VERSION, system: system.to_owned(), ok, items }
    }

    /// For a pipeline.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// For people: a sentence for each, and one for all.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mark = |item: &Checked| if item.state.is_wrong() { "! " } else { "" };
        let mut lines: Vec<String> = self.items.iter().map(|item| format!("{}{}", mark(item), item.says)).collect();
        let wrong = self.items.iter().filter(|item| item.state.is_wrong()).count();
        lines.push(match (self.items.len(), wrong) {
            (0, _) => "There is no evidence to check.".to_owned(),
            (_, 0) => "Nothing is wrong, and nothing was changed.".to_owned(),
            (_, 1) => "One piece of evidence is not what the record says; nothing was changed.".to_owned(),
            (_, more) => format!("{more} pieces of evidence are not what the record says; nothing was changed."),
        });
        lines
    }

    /// The same, at most 80 columns.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.lines().iter().map(|line| text::wrapped("", line)).collect()
    }
}
