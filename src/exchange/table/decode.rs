//! The text of a table, whatever coat its bytes wear.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// How much of a file is looked at to find out how it is written.
const HEAD: usize = 256 << 10;

/// Decoded text, and what it was decoded from.
pub(in crate::exchange) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(in crate::exchange) text: Cow<'a, str>,
    /// What the bytes were.
    pub(super) encoding: &'static str,
    /// Whether they began with a byte order mark.
    pub(super) bom: bool,
}

impl<'a> Decoded<'a> {
    /// Decodes bytes: by their byte order mark, else as UTF-8, else as Windows-1252, which any bytes are.
    pub(in crate::exchange) fn new(bytes: &'a [u8]) -> Self {
        if let Some((encoding, length)) = Encoding::for_bom(bytes) {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
            let name = if encoding == encoding_rs::UTF_8 { "utf-8-sig" } else { "utf-16" };
            return Self { text, encoding: name, bom: true };
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Self { text: Cow::Borrowed(text), encoding: "utf-8-sig", bom: false },
            Err(_) => Self { text: WINDOWS_1252.decode(bytes).0, encoding: "cp1252", bom: false },
        }
    }

    /// The beginning of the text.
    pub(in crate::exchange) fn head(&self) -> Cow<'_, str> {
        let mut end = self.text.len().min(HEAD);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        Cow::Borrowed(&self.text[..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_decoded_by_what_they_are() {
        let cases: [(&[u8], &str, &str, bool); 4] = [
            (b"\xef\xbb\xbfa", "a", "utf-8-sig", true),
            ("é".as_bytes(), "é", "utf-8-sig", false),
            (b"\x93a\x94 \x96", "\u{201c}a\u{201d} –", "cp1252", false),
            (b"\xff\xfea\0", "a", "utf-16", true),
        ];
        for (bytes, text, encoding, bom) in cases {
            let decoded = Decoded::new(bytes);
            assert_eq!((decoded.text.as_ref(), decoded.encoding, decoded.bom), (text, encoding, bom));
        }
    }
}
