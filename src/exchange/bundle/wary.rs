//! What an entry of a file must not hold, whatever its seal says: the seal proves that it was not changed, not that
//! docket wrote it.

use serde_json::Value as Json;

use crate::domain::{
    journal::{Content, Sealed},
    text::is_visible,
};

/// The last millisecond of the year 9999.
const LATEST: i64 = 253_402_300_799_999;
/// Whole numbers beyond this are not the same in every program.
const LARGEST: i64 = 1 << 53;

/// What is wrong with an entry, as the rest of a sentence; nothing where it may be read.
pub(super) fn fault(entry: &Sealed) -> Option<&'static str> {
    let envelope = &entry.envelope;
    let word = |text: &str| {
        (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b"_.".contains(&b))
    };
    if !word(&envelope.role) || !word(&envelope.kind) {
        return Some("names an act or a role that nobody wrote so");
    }
    let times = (0..=LATEST).contains(&envelope.at.0) && (1..=1 << 62).contains(&envelope.hlc);
    if !times || envelope.cmd < 1 || envelope.version < 1 {
        return Some("has a time or a number that cannot be");
    }
    match &entry.content {
        Content::Erased(_) => None,
        Content::Kept { body, .. } => match serde_json::from_str(body) {
            Ok(json @ Json::Object(_)) if is_plain(&json) => None,
            Ok(Json::Object(_)) => Some("holds characters or numbers that docket never writes"),
            Ok(_) | Err(_) => Some("says nothing that can be read"),
        },
    }
}

/// Only what docket writes: text that no terminal obeys, and whole numbers.
fn is_plain(json: &Json) -> bool {
    let clean = |text: &str| text.chars().all(|c| c == '\n' || is_visible(c));
    match json {
        Json::Null => true,
        Json::Bool(_) => false,
        Json::Number(number) => number.as_i64().is_some_and(|n| (-LARGEST..=LARGEST).contains(&n)),
        Json::String(text) => clean(text),
        Json::Array(items) => items.iter().all(is_plain),
        Json::Object(map) => map.iter().all(|(key, value)| clean(key) && is_plain(value)),
    }
}
