//! Checking chains: one per device, each entry sealed over the one before.

use std::{collections::BTreeMap, fmt};

use super::envelope::{NOTHING, Sealed, digest};
use crate::domain::{Id, id::hex};

/// The chains seen so far, by device.
#[derive(Debug, Default)]
pub struct Chain {
    last: BTreeMap<Id, Last>,
    /// How many entries were looked at.
    pub checked: u64,
}

#[derive(Debug, Clone, Copy)]
struct Last {
    seq: i64,
    hlc: i64,
    hash: [u8; 32],
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Something in it is not what was sealed.
    Changed {
        /// The device.
        device: Id,
        /// The entry.
        seq: i64,
    },
    /// Entries are not there, or not in their place.
    Gap {
        /// The device.
        device: Id,
        /// The entry that was expected.
        expected: i64,
        /// The entry that is there.
        found: i64,
    },
    /// It claims to be older than the one before it, or to belong to a later command.
    Order {
        /// The device.
        device: Id,
        /// The entry.
        seq: i64,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { device, seq } => write!(
                f,
                "Entry {seq} of device {} is not what was sealed: it, or the one before it, was changed afterwards.",
                short(*device)
            ),
            Self::Gap { device, expected, found } => write!(
                f,
                "In the chain of device {} entry {expected} should come next, but entry {found} does: entries are \
                 missing or were moved.",
                short(*device)
            ),
            Self::Order { device, seq } => {
                write!(f, "Entry {seq} of device {} is out of order in time or command.", short(*device))
            }
        }
    }
}

fn short(device: Id) -> String {
    hex(&device.0[12..])
}

impl Chain {
    /// A chain of which everything up to `seq` was checked before.
    pub fn resume(&mut self, device: Id, seq: i64, hash: [u8; 32]) {
        self.last.insert(device, Last { seq, hlc: 0, hash });
    }

    /// Looks at the next entry; after a finding it goes on from what the entry itself claims.
    pub fn check(&mut self, entry: &Sealed) -> Option<Finding> {
        let envelope = &entry.envelope;
        let (device, seq) = (envelope.device, envelope.seq);
        let last = self.last.get(&device).copied().unwrap_or(Last { seq: 0, hlc: 0, hash: NOTHING });
        self.checked += 1;
        self.last.insert(device, Last { seq, hlc: envelope.hlc, hash: entry.hash });
        if seq != last.seq + 1 {
            return Some(Finding::Gap { device, expected: last.seq + 1, found: seq });
        }
        if envelope.seal(&last.hash, &entry.content) != entry.hash {
            return Some(Finding::Changed { device, seq });
        }
        (envelope.hlc <= last.hlc || envelope.cmd > seq).then_some(Finding::Order { device, seq })
    }

    /// The last number and hash of every device.
    pub fn heads(&self) -> Vec<(Id, i64, [u8; 32])> {
        self.last.iter().map(|(device, last)| (*device, last.seq, last.hash)).collect()
    }
}

/// Checks all of a journal, in the order in which it lies.
pub fn verify(entries: impl Iterator<Item = Sealed>) -> (Chain, Vec<Finding>) {
    let mut chain = Chain::default();
    let findings = entries.filter_map(|entry| chain.check(&entry)).collect();
    (chain, findings)
}

/// One hash for all chains: the only head, or the SHA-256 over one line `device seq hash` for each, sorted by device.
pub fn combined_head(heads: &[(Id, i64, [u8; 32])]) -> [u8; 32] {
    match heads {
        [] => NOTHING,
        [(_, _, hash)] => *hash,
        many => {
            let mut lines: Vec<String> =
                many.iter().map(|(device, seq, hash)| format!("{device} {seq} {}\n", hex(hash))).collect();
            lines.sort();
            digest(lines.concat().as_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::envelope::{Content, Envelope};
    use super::*;
    use crate::domain::fields::Moment;

    fn chain(length: i64) -> Vec<Sealed> {
        let mut prev = NOTHING;
        (1..=length)
            .map(|seq| {
                let envelope = Envelope {
                    device: Id([9; 16]),
                    seq,
                    cmd: seq,
                    hlc: seq * 10,
                    at: Moment(seq),
                    actor: Id([1; 16]),
                    role: "dpo".into(),
                    kind: "threat.edit".into(),
                    version: 1,
                    entity: Id([2; 16]),
                };
                let content = Content::Kept { salt: [4; 16], body: format!("{{\"n\":{seq}}}") };
                prev = envelope.seal(&prev, &content);
                Sealed { envelope, content, hash: prev }
            })
            .collect()
    }

    #[test]
    fn an_untouched_chain_has_no_findings() {
        let entries = chain(20);
        let head = entries[19].hash;
        let (chain, findings) = verify(entries.into_iter());
        assert_eq!((chain.checked, findings), (20, vec![]));
        assert_eq!(combined_head(&chain.heads()), head);
    }

    #[test]
    fn every_way_of_tampering_is_found() {
        let device = Id([9; 16]);
        let mut edited = chain(5);
        edited[2].content = Content::Kept { salt: [4; 16], body: "{}".into() };
        assert_eq!(verify(edited.into_iter()).1, [Finding::Changed { device, seq: 3 }]);
        let mut renamed = chain(5);
        renamed[1].envelope.actor = Id([3; 16]);
        assert_eq!(verify(renamed.into_iter()).1, [Finding::Changed { device, seq: 2 }]);
        let mut cut = chain(5);
        cut.remove(2);
        assert_eq!(verify(cut.into_iter()).1, [Finding::Gap { device, expected: 3, found: 4 }]);
        let mut swapped = chain(5);
        swapped.swap(1, 2);
        assert_eq!(verify(swapped.into_iter()).1.len(), 3);
    }
}
