//! What a field can hold in the journal: whole numbers, text, lists of text, or nothing.
//!
//! No floats, so that the canonical form and every hash over it are the same on every machine.

use serde_json::Value as Json;

/// The value of one field, as the journal keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing was said.
    #[default]
    Null,
    /// A whole number: a score, a number, milliseconds since 1970 in UTC.
    Int(i64),
    /// Text, a code of a vocabulary, an identity in hexadecimal, a date as `2026-11-21`.
    Text(String),
    /// A set of codes or identities, in the order in which they were given.
    List(Vec<String>),
}

impl Value {
    /// Whether nothing was said.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Writes the canonical JSON of this value: no blanks, nothing but what JSON must escape is escaped.
    pub fn write_json(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Int(n) => out.push_str(&n.to_string()),
            Self::Text(text) => write_json_text(text, out),
            Self::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    write_json_text(item, out);
                }
                out.push(']');
            }
        }
    }

    /// The canonical JSON of this value.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    /// Reads a value back; what docket never writes (floats, booleans, objects) is nothing.
    pub fn from_json(json: &Json) -> Self {
        match json {
            Json::Number(n) => n.as_i64().map_or(Self::Null, Self::Int),
            Json::String(text) => Self::Text(text.clone()),
            Json::Array(items) => {
                Self::List(items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
            }
            Json::Null | Json::Bool(_) | Json::Object(_) => Self::Null,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.to_owned()) }
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

/// Writes `text` as a JSON string in the one form that the hashes are made over (as RFC 8785 has it).
pub fn write_json_text(text: &str, out: &mut String) {
    out.push('"');
    // Most text has nothing to escape.
    if !text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        out.push_str(text);
        out.push('"');
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if u32::from(c) < 0x20 => {
                use std::fmt::Write;
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn json_round_trips(text in ".*", n in any::<i64>(), items in proptest::collection::vec(".*", 0..4)) {
            for value in [Value::Text(text.clone()), Value::Int(n), Value::List(items.clone()), Value::Null] {
                let json: Json = serde_json::from_str(&value.to_json()).unwrap();
                prop_assert_eq!(Value::from_json(&json), value);
            }
        }
    }
}
