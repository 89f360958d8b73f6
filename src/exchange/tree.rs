//! Reading a parsed tree of JSON or YAML that holds what it likes.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
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

/// Under which key a tree says in which order the keys of one of its mappings stood.
pub(super) const ORDER: &str = "(order of the keys)";

/// The names of the technical assets of a model of Threagile, in the order of its text.
pub(super) fn assets_in_order(text: &str) -> Vec<String> {
    /// The keys of a mapping.
    struct Keys(Vec<String>);
    struct Look;
    impl<'de> Visitor<'de> for Look {
        type Value = Keys;
        fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            to.write_str("a mapping")
        }
        fn visit_unit<E>(self) -> Result<Keys, E> {
            Ok(Keys(Vec::new()))
        }
        fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Keys, A::Error> {
            let mut keys = Vec::new();
            while let Some((key, IgnoredAny)) = fields.next_entry::<String, IgnoredAny>()? {
                keys.push(key);
            }
            Ok(Keys(keys))
        }
    }
    impl<'de> Deserialize<'de> for Keys {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            from.deserialize_any(Look)
        }
    }
    #[derive(Deserialize)]
    struct Top {
        technical_assets: Option<Keys>,
    }
    serde_saphyr::from_str::<Top>(text).ok().and_then(|top| top.technical_assets).map_or_else(Vec::new, |keys| keys.0)
}

/// YAML in which the further lines of a quoted text stand further right, which says the same: files of real tools let them
/// begin anywhere.
pub(super) fn indented(text: &str) -> String {
    const FAR: &str = "                                                            ";
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut open: Option<char> = None;
    for line in text.split_inclusive('\n') {
        let rest = match open {
            Some(_) => {
                out.push_str(FAR);
                line.trim_start_matches([' ', '\t'])
            }
            None => line,
        };
        out.push_str(rest);
        let (quote, within) = match open {
            Some(quote) => (Some(quote), rest),
            None => quoted(line),
        };
        open = quote.filter(|quote| !closes(within, *quote));
    }
    out
}

/// The quotation mark with which the value in a line begins, and what is behind it.
fn quoted(line: &str) -> (Option<char>, &str) {
    let value = line.trim_start().trim_start_matches("- ");
    let value =
        value.split_once(": ").filter(|(key, _)| !key.starts_with(['\'', '"'])).map_or(value, |(_, value)| value);
    let value = value.trim_start();
    match value.chars().next() {
        Some(quote @ ('\'' | '"')) => (Some(quote), &value[1..]),
        _ => (None, ""),
    }
}

/// Whether a quoted text ends in what follows its quotation mark.
fn closes(text: &str, quote: char) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quote == '"' => {
                chars.next();
            }
            '\'' if quote == '\'' && chars.next_if_eq(&'\'').is_some() => {}
            c if c == quote => return true,
            _ => {}
        }
    }
    false
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

/// The text of a piece of HTML: without its tags, and with the few entities that tools write.
pub(super) fn unmarked(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let named = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        if let Some(end) = tag.find('>').filter(|_| named) {
            if is_break(&tag[..end]) {
                out.push('\n');
            }
            rest = &tag[end + 1..];
        } else {
            out.push('<');
            rest = tag;
        }
    }
    out.push_str(rest);
    // The ampersand last, so that "&amp;lt;" stays what it says.
    [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#34;", "\""), ("&amp;", "&")]
        .iter()
        .fold(out, |text, (entity, plain)| text.replace(entity, plain))
}

/// Whether a tag begins or ends something that stands on a line of its own.
fn is_break(tag: &str) -> bool {
    const BREAKS: [&str; 8] = ["p", "br", "li", "div", "h1", "h2", "h3", "tr"];
    let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
    BREAKS.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text() {
        assert_eq!(unmarked("<b>Missing</b> check of <b>A &amp; B</b>"), "Missing check of A & B");
        assert_eq!(unmarked("1 < 2 and <script>alert(1)</script>"), "1 < 2 and alert(1)");
        assert_eq!(unmarked("&amp;lt;b&amp;gt;"), "&lt;b&gt;");
        assert_eq!(unmarked("<p>one</p><p>two</p>").trim(), "one\n\n\ntwo".replace("\n\n\n", "\n\n"));
        assert_eq!(unmarked("open <b"), "open <b");
    }
}
