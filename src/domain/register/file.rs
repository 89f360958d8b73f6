//! The file behind a piece of evidence: as it was seen, kept in the record or only named with its digest.

use sha2::{Digest as _, Sha256};

use crate::domain::{
    Line,
    fields::{Digest, choices},
    id::hex,
};

choices! {
    /// What a comparison of a file with its digest found.
    FileCheck {
        Unchanged "unchanged" "as it was",
        Changed "changed" "another content",
        Gone "gone" "not there any more",
        Copy "copy" "not there, the copy is as it was",
        Damaged "damaged" "the copy is damaged",
        Unreadable "unreadable" "could not be read",
    }
}

/// The most bytes that a record keeps of one file.
pub const LARGEST_KEPT: u64 = 1024 * 1024;

/// A file as it was seen at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSeen {
    /// Where it lies.
    pub path: Line,
    /// How many bytes it has.
    pub size: i64,
    /// Its digest.
    pub digest: Digest,
    /// Its content, where the record is to keep it.
    pub content: Option<Vec<u8>>,
}

impl FileSeen {
    /// A text that is kept whole.
    pub fn of(path: &str, text: &str) -> Self {
        let content = text.as_bytes().to_vec();
        let digest = Digest(hex(&Sha256::digest(&content)));
        let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
        Self { path: Line::new(path), size, digest, content: Some(content) }
    }
    /// Whether the content, where there is any, is what size and digest say.
    pub fn agrees(&self) -> bool {
        let same = |content: &Vec<u8>| {
            i64::try_from(content.len()) == Ok(self.size) && hex(&Sha256::digest(content)) == self.digest.0
        };
        self.digest.0.len() == 64 && self.size >= 0 && self.content.as_ref().is_none_or(same)
    }
}

/// A size as people read it: `812 bytes`, `48 KiB`, `3.2 MiB`.
pub fn size_words(bytes: i64) -> String {
    let (kib, mib) = (1024, 1024 * 1024);
    if bytes < kib {
        format!("{bytes} bytes")
    } else if bytes < mib {
        format!("{} KiB", bytes / kib)
    } else {
        format!("{}.{} MiB", bytes / mib, bytes % mib * 10 / mib)
    }
}
