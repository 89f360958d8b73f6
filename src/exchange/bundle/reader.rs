//! Reads such a file piece by piece, and believes nothing of it that it does not prove.

use std::{
    collections::BTreeSet,
    io::{BufRead, Read},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use super::{BEGINS, Broken, blob_line, first, wary};
use crate::domain::{
    id::hex,
    journal::{Blob, Body, Carried, Chain, Content, Piece, digest, parse_line, unhex},
};

/// Longest line: an attachment has up to a few MiB.
const LINE_MAX: u64 = 64 << 20;

/// Reads a file; its pieces are what it iterates over, and the last one is only handed out when the file is whole.
pub struct Reader<R> {
    input: R,
    sum: Sha256,
    chain: Chain,
    carried: Carried,
    blobs: u64,
    last_blob: Option<[u8; 32]>,
    /// Attachments that entries name and that did not come yet.
    wanted: BTreeSet<[u8; 32]>,
    done: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads what the file says of itself.
    pub fn begin(mut input: R) -> Result<Self, Broken> {
        let mut sum = Sha256::new();
        let text = line(&mut input, &mut sum)?;
        if !text.as_bytes().starts_with(BEGINS) {
            return Err(changed("it does not begin like one"));
        }
        let carried = match first::parse(&text) {
            Some(carried) => carried,
            None if first::is_newer(&text) => return Err(Broken::Newer),
            None => return Err(changed("its first line is not in order")),
        };
        let (blobs, wanted) = (0, BTreeSet::new());
        Ok(Self { input, sum, chain: Chain::default(), carried, blobs, last_blob: None, wanted, done: false })
    }

    /// What the file says of itself.
    pub fn carried(&self) -> &Carried {
        &self.carried
    }

    fn piece(&mut self) -> Result<Option<Piece>, Broken> {
        let before = self.sum.clone();
        let text = line(&mut self.input, &mut self.sum)?;
        let piece = if text.starts_with("{\"dev\":") {
            self.entry(&text)?
        } else if text.starts_with("{\"attachment\":") {
            self.blob(&text)?
        } else {
            self.finish(&text, &hex(&before.finalize()))?;
            return Ok(None);
        };
        Ok(Some(piece))
    }

    fn entry(&mut self, text: &str) -> Result<Piece, Broken> {
        let Some((entry, _)) = parse_line(text) else { return Err(changed("an entry is not in order")) };
        if self.blobs > 0 || self.chain.checked == self.carried.entries {
            return Err(changed("there are more entries than it says"));
        }
        if let Some(finding) = self.chain.check(&entry) {
            let says = finding.to_string();
            return Err(Broken::Changed(format!("in it, {}", says.trim_end_matches('.'))));
        }
        let seq = entry.envelope.seq;
        if let Some(fault) = wary::fault(&entry) {
            return Err(Broken::Changed(format!("entry {seq} {fault}")));
        }
        let body = match &entry.content {
            Content::Kept { body, .. } => Some(Body::parse(body)),
            Content::Erased(_) => None,
        };
        let space = self.carried.space.to_string();
        let begun = body.as_ref().is_some_and(|body| body.facts.get("space") == Some(&space));
        if (seq == 1) != (entry.envelope.kind == "device.open") || seq == 1 && !begun {
            return Err(changed("a chain in it was begun for another record"));
        }
        if let Some(attach) = body.and_then(|body| body.attach) {
            self.wanted.insert(unhex(&attach).ok_or_else(|| changed("an attachment has no name"))?);
        }
        Ok(Piece::Entry(Box::new(entry)))
    }

    fn blob(&mut self, text: &str) -> Result<Piece, Broken> {
        let blob = blob_of(text).ok_or_else(|| changed("an attachment is not what its name says"))?;
        // Each once, in the order of their names.
        if self.last_blob.is_some_and(|last| last >= blob.sha256) || self.blobs == self.carried.attachments {
            return Err(changed("there are more attachments than it says"));
        }
        (self.last_blob, self.blobs) = (Some(blob.sha256), self.blobs + 1);
        self.wanted.remove(&blob.sha256);
        Ok(Piece::Blob(blob))
    }

    fn finish(&mut self, text: &str, sum: &str) -> Result<(), Broken> {
        if text != format!("{{\"sha256\":\"{sum}\"}}") {
            return Err(if text.ends_with('}') { changed("its sum is another") } else { Broken::Cut });
        }
        if self.input.read(&mut [0])? > 0 {
            return Err(changed("something follows its end"));
        }
        let mut ends = self.chain.heads();
        let mut said: Vec<_> = self.carried.devices.iter().map(|device| (device.id, device.seq, device.hash)).collect();
        ends.sort_unstable();
        said.sort_unstable();
        if ends != said || (self.chain.checked, self.blobs) != (self.carried.entries, self.carried.attachments) {
            return Err(changed("it does not hold what it says"));
        }
        if !self.wanted.is_empty() {
            return Err(changed("an attachment is missing"));
        }
        Ok(())
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Piece, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let piece = self.piece().transpose();
        self.done = !matches!(piece, Some(Ok(_)));
        piece
    }
}

fn changed(how: &str) -> Broken {
    Broken::Changed(how.to_owned())
}

/// The next line without its end.
fn line(input: &mut impl BufRead, sum: &mut Sha256) -> Result<String, Broken> {
    let mut bytes = Vec::new();
    input.by_ref().take(LINE_MAX).read_until(b'\n', &mut bytes)?;
    sum.update(&bytes);
    if bytes.pop_if(|last| *last == b'\n').is_none() {
        return Err(if bytes.len() as u64 == LINE_MAX { Broken::Long } else { Broken::Cut });
    }
    String::from_utf8(bytes).map_err(|_| changed("it holds what is no text"))
}

/// Reads an attachment, which has to be what its name says, in the one form in which it is written.
fn blob_of(text: &str) -> Option<Blob> {
    let json: Json = serde_json::from_str(text).ok()?;
    let mime = json["mime"].as_str().filter(|mime| mime.len() < 100 && mime.bytes().all(|b| b.is_ascii_graphic()))?;
    let bytes = match &json["bytes"] {
        Json::Null => None,
        coded => Some(STANDARD.decode(coded.as_str()?).ok()?),
    };
    let blob = Blob { sha256: unhex(json["attachment"].as_str()?)?, mime: mime.to_owned(), bytes };
    let whole = blob.bytes.as_ref().is_none_or(|bytes| digest(bytes) == blob.sha256);
    (whole && blob_line(&blob) == text).then_some(blob)
}
