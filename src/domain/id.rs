//! Identity of everything in the record.

use std::fmt;

/// A UUID version 7: of an entity, a person or a device. Sorts by the time it was made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub [u8; 16]);

impl Id {
    /// A version 7 UUID of `millis` since 1970 (48 bits) and ten bytes of chance; `count` tells apart what one command
    /// makes.
    #[must_use]
    pub fn v7(millis: i64, chance: [u8; 10], count: u32) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&chance);
        for (byte, add) in bytes[8..12].iter_mut().zip(count.to_be_bytes()) {
            *byte ^= add;
        }
        bytes[6] = (bytes[6] & 0x0f) | 0x70;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Self(bytes)
    }

    /// When it was made, in milliseconds since 1970 in UTC.
    #[must_use]
    pub fn made_at(self) -> i64 {
        self.0[..6].iter().fold(0, |millis, byte| (millis << 8) | i64::from(*byte))
    }

    /// Reads 32 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        let digit = |c: u8| char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(bytes))
    }

    /// Reads sixteen bytes.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0).fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = Vec::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    String::from_utf8(out).expect("hexadecimal digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_differ_by_count() {
        let (a, b) = (Id::v7(1, [9; 10], 0), Id::v7(2, [0; 10], 0));
        assert!(a < b);
        assert_ne!(Id::v7(1, [9; 10], 1), Id::v7(1, [9; 10], 2));
        assert_eq!(Id::parse(&a.to_string()), Some(a));
        assert_eq!(Id::parse("zz"), None);
    }
}
