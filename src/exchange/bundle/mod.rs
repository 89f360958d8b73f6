//! A record in one file of JSON lines: the whole of it, or what concerns one system.
//!
//! First a line that says what follows, with the head of every chain; then every entry with its own proof, as
//! `docket journal` writes them; then every attachment under its SHA-256; at the end the SHA-256 of all the lines
//! before. Of a bundle about one system, the entries that concern others are there without their content: the
//! chains hold, and nothing is told.

mod first;
mod lock;
mod reader;
mod wary;

pub use lock::{Keys, Lock, Recipient, by_passphrase, is_locked, recipient, unlock, wants_passphrase};
pub use reader::Reader;

use std::io::{self, Write};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::domain::{
    Line,
    id::hex,
    journal::{Blob, Carried, Sealed, json_line},
    value::write_json_text,
};

/// How such a file begins.
const BEGINS: &[u8] = b"{\"docket\":\"record\",";

/// Whether a file that begins so is a record or a bundle, locked or not.
pub fn is_ours(head: &[u8]) -> bool {
    head.starts_with(BEGINS) || is_locked(head)
}

/// Why a record or a bundle was not read; whole sentences.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Broken {
    /// It ends too early.
    #[error("This file of docket ends before its end: it was cut on its way. Nothing was changed; have it sent again.")]
    Cut,
    /// It is not what was written.
    #[error(
        "This file of docket is not what was written: {0}. Nothing was changed; have it sent again, by another way."
    )]
    Changed(String),
    /// It claims to be larger than anything real.
    #[error(
        "This file of docket has a line longer than anything docket writes. Nothing was changed; have it sent again."
    )]
    Long,
    /// A later docket wrote it.
    #[error("This file was written by a newer docket. Nothing was changed; update docket to read it.")]
    Newer,
    /// It is locked, and no key was named.
    #[error(
        "This bundle is locked for those that it was sent to. Nothing was changed; name the file with your key with --identity, or say its passphrase."
    )]
    Locked,
    /// The passphrase is another one.
    #[error(
        "This bundle does not open with this passphrase. Nothing was changed; ask whoever sent it for the right one."
    )]
    WrongWord,
    /// The key file has a passphrase of its own.
    #[error("The key file has a passphrase, and it was not said or is another one. Nothing was changed; say it again.")]
    KeyLocked,
    /// It is locked for somebody else.
    #[error(
        "This bundle is not locked for the key that was named. Nothing was changed; ask for it to be sent to your key."
    )]
    NotForYou,
    /// A text that is no recipient.
    #[error(
        "\"{0}\" is no public key of age, which begins with age1, and none of SSH, which begins with ssh-ed25519 or ssh-rsa. Nothing was written."
    )]
    NoRecipient(Line),
    /// A text without a key.
    #[error(
        "The file that was named holds no key of age, a line that begins with AGE-SECRET-KEY-1, and no SSH key of a kind that opens bundles. Nothing was changed."
    )]
    NoKey,
    /// The disk failed.
    #[error("This file could not be read to its end ({0}). Nothing was changed.")]
    Unreadable(Line),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Cut,
            // So says what unlocks, of a piece that was changed.
            io::ErrorKind::InvalidData => Self::Changed("a part of it does not open".to_owned()),
            _ => Self::Unreadable(Line::new(&error.to_string())),
        }
    }
}

/// Writes such a file, line by line.
pub struct Writer<'a> {
    out: &'a mut dyn Write,
    sum: Sha256,
}

impl<'a> Writer<'a> {
    /// Begins with what the file says of itself.
    pub fn begin(out: &'a mut dyn Write, carried: &Carried) -> io::Result<Self> {
        let mut writer = Self { out, sum: Sha256::new() };
        writer.line(&first::line(carried))?;
        Ok(writer)
    }

    /// One entry, after the one with this hash.
    pub fn entry(&mut self, entry: &Sealed, prev: &[u8; 32]) -> io::Result<()> {
        self.line(&json_line(entry, prev))
    }

    /// One attachment.
    pub fn blob(&mut self, blob: &Blob) -> io::Result<()> {
        self.line(&blob_line(blob))
    }

    /// The sum of everything, at the end.
    pub fn end(self) -> io::Result<()> {
        let sum = hex(&self.sum.finalize());
        writeln!(self.out, "{{\"sha256\":\"{sum}\"}}")?;
        self.out.flush()
    }

    fn line(&mut self, text: &str) -> io::Result<()> {
        for piece in [text, "\n"] {
            self.sum.update(piece);
            self.out.write_all(piece.as_bytes())?;
        }
        Ok(())
    }
}

fn blob_line(blob: &Blob) -> String {
    let mut mime = String::new();
    write_json_text(&blob.mime, &mut mime);
    let bytes = blob.bytes.as_ref().map_or_else(|| "null".to_owned(), |b| format!("\"{}\"", STANDARD.encode(b)));
    format!("{{\"attachment\":\"{}\",\"mime\":{mime},\"bytes\":{bytes}}}", hex(&blob.sha256))
}
