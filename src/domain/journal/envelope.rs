//! The envelope of an entry, the text that is hashed, and the seal.

use sha2::{Digest as _, Sha256};

use crate::domain::{Id, fields::Moment};

/// What the first entry of a chain follows.
pub const NOTHING: [u8; 32] = [0; 32];

/// Everything about an entry but its content and its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The device whose chain it is in.
    pub device: Id,
    /// Its number in that chain, from 1, without gaps.
    pub seq: i64,
    /// The number of the first entry of the same command.
    pub cmd: i64,
    /// Milliseconds and a counter: the order of things, consistent with cause.
    pub hlc: i64,
    /// What the clock said: for people.
    pub at: Moment,
    /// Who.
    pub actor: Id,
    /// In which role, by code.
    pub role: String,
    /// The intent: `threat.edit`.
    pub kind: String,
    /// The version of the content.
    pub version: i64,
    /// What it is about.
    pub entity: Id,
}

/// What an entry says, or what is left where the law had it erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The canonical JSON, and the salt that keeps a short one from being guessed.
    Kept {
        /// Sixteen bytes of chance.
        salt: [u8; 16],
        /// The canonical JSON.
        body: String,
    },
    /// The digest of what was erased.
    Erased([u8; 32]),
}

/// An entry as it lies in a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The envelope.
    pub envelope: Envelope,
    /// The content.
    pub content: Content,
    /// The hash that it was written with.
    pub hash: [u8; 32],
}

/// The SHA-256 of `bytes`.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

impl Content {
    /// SHA-256 over the salt and the body.
    pub fn digest(&self) -> [u8; 32] {
        match self {
            Self::Kept { salt, body } => Sha256::new().chain_update(salt).chain_update(body).finalize().into(),
            Self::Erased(digest) => *digest,
        }
    }
}

impl Envelope {
    /// The text that is hashed. Its form is a contract: it is never changed, only followed by another version.
    pub fn preimage(&self, prev: &[u8; 32], body: &[u8; 32]) -> String {
        let mut out = String::with_capacity(512);
        out.push_str("docket-event-v1\n");
        hex_line(&mut out, "dev", &self.device.0);
        line(&mut out, "seq", &self.seq.to_string());
        hex_line(&mut out, "prev", prev);
        line(&mut out, "cmd", &self.cmd.to_string());
        line(&mut out, "hlc", &self.hlc.to_string());
        line(&mut out, "at", &self.at.0.to_string());
        hex_line(&mut out, "actor", &self.actor.0);
        line(&mut out, "role", &self.role);
        line(&mut out, "kind", &self.kind);
        line(&mut out, "v", &self.version.to_string());
        hex_line(&mut out, "entity", &self.entity.0);
        hex_line(&mut out, "body", body);
        out
    }

    /// The hash of an entry that follows `prev` and says `content`.
    pub fn seal(&self, prev: &[u8; 32], content: &Content) -> [u8; 32] {
        digest(self.preimage(prev, &content.digest()).as_bytes())
    }
}

fn line(out: &mut String, key: &str, text: &str) {
    out.push_str(key);
    out.push(' ');
    out.push_str(text);
    out.push('\n');
}

/// Digits from a table: this runs five times for each of a million entries.
fn hex_line(out: &mut String, key: &str, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push_str(key);
    out.push(' ');
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_that_is_hashed_is_exactly_this() {
        let envelope = Envelope {
            device: Id([1; 16]),
            seq: 2,
            cmd: 1,
            hlc: 117_652_846_006_632_449,
            at: Moment(1_795_239_959_818),
            actor: Id([7; 16]),
            role: "governance".into(),
            kind: "system.add".into(),
            version: 1,
            entity: Id([2; 16]),
        };
        let expected = "docket-event-v1\ndev 01010101010101010101010101010101\nseq 2\nprev \
            0000000000000000000000000000000000000000000000000000000000000000\ncmd 1\nhlc 117652846006632449\nat \
            1795239959818\nactor 07070707070707070707070707070707\nrole governance\nkind system.add\nv 1\nentity \
            02020202020202020202020202020202\nbody \
            abababababababababababababababababababababababababababababababab\n";
        assert_eq!(envelope.preimage(&NOTHING, &[0xab; 32]), expected);
    }

    #[test]
    fn an_erased_body_keeps_its_seal() {
        let kept = Content::Kept { salt: [3; 16], body: "{}".into() };
        assert_eq!(Content::Erased(kept.digest()).digest(), kept.digest());
    }
}
