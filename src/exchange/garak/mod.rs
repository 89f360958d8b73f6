//! Reports and hit logs of garak: JSON lines, read one by one however many there are.
//!
//! Prompts and outputs are attacks; they stay in the file, which the evidence names by its digest.

mod lines;
mod report;
mod severity;

use std::io::Read;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use super::draft::{Draft, Format, Seen, SystemDraft};
use super::{Progress, Refused};
use crate::domain::Line;
use lines::Lines;
use report::Report;

/// Most of a head that is looked at to recognise a file.
pub const HEAD: usize = 256 << 10;

/// One line, of which only what is counted is parsed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    entry_type: Option<String>,
    probe: Option<String>,
    detector: Option<String>,
    goal: Option<Value>,
    prompt: Written,
    score: Option<f64>,
    run_id: Option<String>,
    run: Option<String>,
    generator: Option<String>,
    start_time: Option<String>,
    garak_version: Option<String>,
    passed: Option<u64>,
    total: Option<u64>,
    total_evaluated: Option<u64>,
    fails: Option<u64>,
    nones: Option<u64>,
    confidence_lower: Option<f64>,
    confidence_upper: Option<f64>,
    #[serde(rename = "_config.version")]
    version: Option<String>,
    #[serde(rename = "transient.run_id")]
    transient: Option<String>,
    #[serde(rename = "plugins.target_type")]
    target_type: Option<String>,
    #[serde(rename = "plugins.target_name")]
    target_name: Option<String>,
    #[serde(rename = "plugins.model_type")]
    model_type: Option<String>,
    #[serde(rename = "plugins.model_name")]
    model_name: Option<String>,
}

/// How a prompt is written: its text is not kept.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// As a conversation, or not at all.
    #[default]
    Otherwise,
    /// As a text, as older versions did.
    Text,
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Look;
        impl<'de> Visitor<'de> for Look {
            type Value = Written;
            fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.write_str("a prompt")
            }
            fn visit_str<E>(self, _: &str) -> Result<Written, E> {
                Ok(Written::Text)
            }
            fn visit_unit<E>(self) -> Result<Written, E> {
                Ok(Written::Otherwise)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Written, E> {
                Ok(Written::Otherwise)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Written, E> {
                Ok(Written::Otherwise)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Written, E> {
                Ok(Written::Otherwise)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Written, E> {
                Ok(Written::Otherwise)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Written, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Written::Otherwise)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Written, A::Error> {
                while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Written::Otherwise)
            }
        }
        from.deserialize_any(Look)
    }
}

/// Whether a head is that of JSON lines of garak: its first line says what kind of entry it is, or names a probe and its
/// detector.
pub fn is_garak(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let Some(first) = text.lines().find(|line| !line.trim().is_empty()) else { return false };
    match serde_json::from_str::<Row>(first) {
        Ok(row) => row.is_known(),
        // A line that is longer than the head.
        Err(_) => first.trim_start().starts_with("{\"entry_type\"") && first.len() >= HEAD,
    }
}

impl Row {
    fn is_known(&self) -> bool {
        self.entry_type.is_some() || (self.probe.is_some() && self.detector.is_some())
    }
}

/// Reads JSON lines to their end; `size` is that of the file as far as it is known, for the progress.
pub fn read(source: &mut dyn Read, name: &str, size: Option<u64>, progress: Progress) -> Result<Draft, Refused> {
    let mut lines = Lines::new(source);
    let mut report = Report::default();
    let mut count = 0;
    while let Some(line) = lines.next().map_err(|e| Refused::Unreadable { why: Line::new(&e.to_string()) })? {
        count += 1;
        match line {
            lines::Found::Long => report.too_long(),
            lines::Found::Text(text) => match serde_json::from_slice::<Row>(text) {
                Ok(row) => report.take(row),
                Err(_) if text.iter().all(u8::is_ascii_whitespace) => {}
                Err(_) => report.bad(),
            },
        }
        if count % STEP == 0 {
            let all = size.map(|size| count.saturating_mul(to_usize(size)) / to_usize(lines.read).max(1));
            if !progress(count, all) {
                return Err(Refused::Cancelled);
            }
        }
    }
    if !progress(count, Some(count)) {
        return Err(Refused::Cancelled);
    }
    let seen = Seen { name, sha256: lines.digest(), bytes: to_usize(lines.read) };
    let mut draft = Draft::new(Format::Garak, &seen);
    draft.results = true;
    // A run tries what it was told to try: what it does not name may be there all the same.
    draft.whole = false;
    let mut system = SystemDraft { name: super::stem(name), name_from_file: true, ..SystemDraft::default() };
    report.into_draft(&mut draft, &mut system);
    draft.systems = vec![system];
    Ok(draft)
}

/// Lines between two reports of progress.
const STEP: usize = 512;

fn to_usize(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
