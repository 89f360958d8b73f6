//! Lines of a file of any size, one at a time, with the digest of the whole.

use std::io::{ErrorKind, Read};

use sha2::{Digest, Sha256};

use crate::domain::id::hex;

/// Longest line that is parsed; what the digest row of garak repeats may be longer, and is not needed.
const LONGEST: usize = 16 << 20;
/// Bytes that are read at once.
const PIECE: usize = 64 << 10;

/// One line.
pub(super) enum Found<'a> {
    /// Its bytes, without the line end.
    Text(&'a [u8]),
    /// Longer than what is parsed; skipped.
    Long,
}

/// A reader of lines.
pub(super) struct Lines<'a> {
    source: &'a mut dyn Read,
    piece: Vec<u8>,
    at: usize,
    line: Vec<u8>,
    sum: Sha256,
    /// How many bytes were read by now.
    pub(super) read: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a mut dyn Read) -> Self {
        Self { source, piece: Vec::new(), at: 0, line: Vec::new(), sum: Sha256::new(), read: 0 }
    }

    /// The next line; none at the end.
    pub(super) fn next(&mut self) -> std::io::Result<Option<Found<'_>>> {
        self.line.clear();
        let (mut long, mut any) = (false, false);
        loop {
            if self.at == self.piece.len() && !self.fill()? {
                let end = !any && !long;
                return Ok((!end).then(|| self.found(long)));
            }
            any = true;
            let rest = &self.piece[self.at..];
            let end = rest.iter().position(|byte| *byte == b'\n');
            let part = &rest[..end.unwrap_or(rest.len())];
            if self.line.len() + part.len() > LONGEST {
                long = true;
                // What a long line took is given back.
                self.line = Vec::new();
            }
            if !long {
                self.line.extend_from_slice(part);
            }
            self.at += end.map_or(rest.len(), |end| end + 1);
            if end.is_some() {
                return Ok(Some(self.found(long)));
            }
        }
    }

    fn found(&self, long: bool) -> Found<'_> {
        let text = self.line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.line);
        if long { Found::Long } else { Found::Text(text) }
    }

    fn fill(&mut self) -> std::io::Result<bool> {
        self.piece.resize(PIECE, 0);
        self.at = 0;
        loop {
            match self.source.read(&mut self.piece) {
                Ok(count) => {
                    self.piece.truncate(count);
                    self.sum.update(&self.piece);
                    self.read += count as u64;
                    return Ok(count > 0);
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => {
                    self.piece.clear();
                    return Err(e);
                }
            }
        }
    }

    /// The SHA-256 of everything that was read.
    pub(super) fn digest(&self) -> String {
        hex(&self.sum.clone().finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_skipped_and_the_last_one_needs_no_end() {
        let mut bytes = b"one\n".to_vec();
        bytes.extend(std::iter::repeat_n(b'x', LONGEST + 5));
        bytes.extend(b"\n\nlast");
        let mut source = &bytes[..];
        let mut lines = Lines::new(&mut source);
        let mut seen = Vec::new();
        while let Some(found) = lines.next().unwrap() {
            seen.push(match found {
                Found::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
                Found::Long => "(long)".to_owned(),
            });
        }
        assert_eq!(seen, ["one", "(long)", "", "last"]);
        assert_eq!((lines.read, lines.digest()), (bytes.len() as u64, hex(&Sha256::digest(&bytes))));
    }
}
