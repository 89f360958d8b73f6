//! For an auditor: what the last decision of a system rests on, each with its entry in the journal.

use super::{Desk, Trouble};
use crate::{
    domain::{
        Id, Kind,
        decision::{Proof, Traced, proof_titles, proofs},
        fields::Vocabulary,
        id::hex,
        past::AsOf,
        wording,
    },
    store::Entry,
};

/// What a clearance rests on, with the head of the journal under which that was read.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The system.
    pub system: String,
    /// Everything that it rests on, in the order of the gate.
    pub proofs: Vec<Traced>,
    /// How many entries the journal has, and its head.
    pub head: (u64, [u8; 32]),
}

impl Desk {
    /// What the last decision of a system rests on, now or at a point in the past.
    pub fn trace(&self, system: Id, upto: Option<i64>) -> Result<Trace, Trouble> {
        let store = self.store()?;
        let (dossier, day, head) = match upto {
            Some(n) => {
                let (dossier, AsOf { day, .. }) = self.dossier_at(system, n)?;
                (dossier, day, store.head_at(n)?)
            }
            None => (store.dossier(Some(system))?, crate::clock::today(), store.head()?),
        };
        let mut out = Vec::new();
        for proof in proofs(&dossier, day) {
            let entry = match proof.entry {
                Some((kind, id, verb)) => self.entry_of((kind, id, verb), upto)?,
                None => None,
            };
            out.push(Traced { proof, entry: entry.map(|entry| (entry.n, entry.hash)) });
        }
        Ok(Trace { system: dossier.name().to_owned(), proofs: out, head })
    }

    /// The newest entry by which a thing was given, else the first one about it.
    fn entry_of(&self, (kind, id, verb): (Kind, Id, &str), upto: Option<i64>) -> Result<Option<Entry>, Trouble> {
        let upto = upto.unwrap_or(i64::MAX);
        let all = self.store()?.entity_history(id)?;
        let mut known = all.into_iter().filter(|entry| entry.n <= upto && entry.of == Some(kind)).peekable();
        let mut first = None;
        while let Some(entry) = known.next() {
            if entry.verb() == verb {
                return Ok(Some(entry));
            }
            if known.peek().is_none() {
                first = Some(entry);
            }
        }
        Ok(first)
    }
}

impl Trace {
    /// As lines that people read: by condition, what, who, when, in which hat, on which content, by which entry.
    pub fn lines(&self) -> Vec<String> {
        if self.proofs.is_empty() {
            return vec!["Nothing was decided yet, so there is nothing to trace.".to_owned()];
        }
        let mut out = Vec::new();
        for (number, title) in proof_titles() {
            let head = if number == 0 { title.to_owned() } else { format!("{number}. {title}") };
            out.push(head);
            let mine: Vec<_> = self.proofs.iter().filter(|traced| traced.proof.condition == number).collect();
            if mine.is_empty() {
                out.push("    nothing in the record".to_owned());
            }
            for traced in mine {
                out.extend(lines(traced));
            }
            out.push(String::new());
        }
        out.push(format!("Journal: {} entries, head {}", self.head.0, hex(&self.head.1)));
        out
    }
}

fn lines(traced: &Traced) -> Vec<String> {
    let Proof { what, who, hat, at, digest, worth, .. } = &traced.proof;
    let worth = if worth.is_empty() { String::new() } else { format!(" [{worth}]") };
    let mut out = vec![format!("    {what}{worth}")];
    let hat = hat.map_or_else(String::new, |hat| format!(" as {}", hat.label()));
    let at = at.map_or_else(String::new, |at| format!(" on {}", wording::moment(at)));
    let entry = traced.entry.map_or_else(String::new, |(n, hash)| format!(", entry {n} ({}…)", hex(&hash[..6])));
    let by = if who.is_empty() { String::new() } else { format!("by {who}{hat}{at}") };
    let line = format!("{by}{entry}");
    if !line.is_empty() {
        out.push(format!("        {}", line.trim_start_matches(", ")));
    }
    if !digest.is_empty() {
        out.push(format!("        sha256 {digest}"));
    }
    out
}
