//! Reading a parsed tree of JSON or YAML that holds what it likes.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::receipt::Counts;
use crate::domain::{Line, Prose};

/// A value as text; files hold numbers where text belongs.
pub(super) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Bool(flag) => Cow::Owned(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => Cow::Borrowed(""),
    }
}

/// A field as one line.
pub(super) fn line(value: &Value, field: &str) -> Line {
    Line::new(&text(&value[field]))
}

/// A field as prose.
pub(super) fn prose(value: &Value, field: &str) -> Prose {
    Prose::new(&text(&value[field]))
}

/// The items of a list; none where it is no list.
pub(super) fn items<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[][..], Vec::as_slice)
}

/// The entries of a mapping; none where it is no mapping.
pub(super) fn entries<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value[field].as_object().into_iter().flat_map(Map::iter)
}

/// The texts of a list, or the one text that stands in its place.
pub(super) fn lines(value: &Value) -> Vec<Line> {
    let of = |value: &Value| Line::new(&text(value));
    let all = value.as_array().map_or_else(|| vec![of(value)], |items| items.iter().map(of).collect());
    all.into_iter().filter(|line| !line.is_empty()).collect()
}

/// The day in an ISO date or time.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim().get(..10)?, "%Y-%m-%d").ok()
}

/// Counts words, empty ones too.
pub(super) fn tally<'a>(words: impl Iterator<Item = Cow<'a, str>>) -> Value {
    let mut out = Counts::new();
    for word in words {
        *out.entry(Line::new(&word).to_string()).or_default() += 1;
    }
    json!(out)
}

/// Several texts below each other, each with what it is.
pub(super) fn labelled(parts: &[(&str, &str)]) -> Prose {
    let said = |(label, text): &(&str, &str)| {
        let text = Prose::new(text);
        (!text.is_empty()).then(|| if label.is_empty() { text.to_string() } else { format!("{label}: {text}") })
    };
    Prose::new(&parts.iter().filter_map(said).collect::<Vec<_>>().join("\n"))
}
