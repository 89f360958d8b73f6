//! The canonical form of a document (RFC 8785) and the hash over it.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::domain::{id::hex, value::write_json_text};

/// The one form in which a document is hashed: no blanks, keys sorted by their UTF-16 units. The record holds whole
/// numbers only, so a number is written as it stands.
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// The SHA-256 of a record without what is added after it was read: sign-offs, integrity, and when it was written.
#[must_use]
pub fn content_sha256(record: &Value) -> String {
    let mut content = record.clone();
    if let Some(document) = content.as_object_mut() {
        document.remove("signoffs");
        document.remove("integrity");
        if let Some(head) = document.get_mut("record").and_then(Value::as_object_mut) {
            head.remove("generated_at");
        }
    }
    hex(&Sha256::digest(canonical(&content).as_bytes()))
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(n) => out.push_str(&n.to_string()),
        Value::String(text) => write_json_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                comma(i, out);
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, (key, field)) in fields.into_iter().enumerate() {
                comma(i, out);
                write_json_text(key, out);
                out.push(':');
                write(field, out);
            }
            out.push('}');
        }
    }
}

fn comma(at: usize, out: &mut String) {
    if at > 0 {
        out.push(',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_sort_by_utf16_units() {
        // The example of RFC 8785, section 3.2.3: an emoji sorts before U+FB33, because its first unit is a surrogate.
        let value = json!({"\u{20ac}": "Euro", "\r": "CR", "\u{fb33}": "Dalet", "1": "One", "\u{1f600}": "Smile",
            "\u{80}": "Control", "\u{f6}": "O"});
        let text = canonical(&value);
        let at = |word: &str| text.find(word).unwrap();
        let order = ["CR", "One", "Control", "\"O\"", "Euro", "Smile", "Dalet"];
        assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{text}");
    }

    #[test]
    fn nothing_but_what_must_be_is_escaped() {
        let text = "\u{20ac}$\u{f}\nA'B\"\\\"/";
        assert_eq!(canonical(&json!([text, null, true, -1])), "[\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\"/\",null,true,-1]");
    }

    #[test]
    fn what_is_added_later_does_not_count() {
        let one = json!({"a": 1, "record": {"id": "x", "generated_at": "1"}, "signoffs": [1], "integrity": {}});
        let other = json!({"record": {"generated_at": "2", "id": "x"}, "a": 1});
        assert_eq!(content_sha256(&one), content_sha256(&other));
        assert_ne!(content_sha256(&one), content_sha256(&json!({"a": 2, "record": {"id": "x"}})));
    }
}
