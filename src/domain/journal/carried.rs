//! What leaves a record in a file, and comes back: the whole of it, or what concerns one system.

use super::envelope::Sealed;
use crate::domain::{Id, Line};

/// A chain that is carried, and where it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The device.
    pub id: Id,
    /// What stands before its numbers: nothing for the first one of the record, then B, C, …
    pub tag: String,
    /// Whose it is.
    pub person: Option<Id>,
    /// Its last entry.
    pub seq: i64,
    /// The hash of that.
    pub hash: [u8; 32],
}

/// The one system of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The system.
    pub system: Id,
    /// What it is called.
    pub name: Line,
    /// The number of its review.
    pub review: Option<i64>,
}

/// What a file says of itself before anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The record that it is of.
    pub space: Id,
    /// The one system that it is about; none for the whole record. Of everything else it then carries only the proof.
    pub part: Option<Part>,
    /// Every chain, in the order in which the record got to know them.
    pub devices: Vec<Device>,
    /// How many entries there are.
    pub entries: u64,
    /// How many attachments there are.
    pub attachments: u64,
}

/// What was attached to an entry: a text that was signed, or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// What kind of content it is.
    pub mime: String,
    /// The content; none where it was erased.
    pub bytes: Option<Vec<u8>>,
}

/// One thing out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An entry of the journal.
    Entry(Box<Sealed>),
    /// An attachment.
    Blob(Blob),
}
