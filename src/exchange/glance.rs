//! What a file looks like from its beginning, for a list of files: a word, and no promise.

use serde_json::Value;

use super::{
    bundle,
    draft::Format,
    garak,
    known::{self, Known},
    look, sniff,
    table::Decoded,
};

/// How much of a file is looked at.
pub const HEAD: usize = 64 << 10;
/// Deepest nesting of the beginning of a file that is followed.
const DEEPEST: usize = 100;

/// The format that the beginning of a file looks like; `whole` says that there is no more of it. None where it is no
/// format that is read, or where the beginning does not tell.
pub fn glance(head: &[u8], whole: bool) -> Option<&'static str> {
    if bundle::is_locked(head) {
        return Some("locked bundle");
    }
    if bundle::is_ours(head) {
        return Some("bundle");
    }
    if whole {
        return sniff::recognise(head).ok().map(|kind| kind.format().title());
    }
    if garak::is_garak(head) {
        return Some(Format::Garak.title());
    }
    if look::binary(head).is_some() {
        return None;
    }
    // What is cut in the middle of a letter is no letter of another alphabet.
    let cut = std::str::from_utf8(head).err().filter(|error| error.error_len().is_none());
    let text = Decoded::new(&head[..cut.map_or(head.len(), |error| error.valid_up_to())]);
    let start = text.text.trim_start();
    if start.starts_with(['{', '[']) {
        let tree = begun(start)?;
        let format = known::of(&tree).map(Known::format);
        return format.or_else(|| sniff::model(&tree).ok().map(|_| Format::ThreatDragon)).map(Format::title);
    }
    if start.starts_with('<') {
        return look::is_tm7(start).then(|| Format::Tm7.title());
    }
    if look::is_yaml(start) == Some(true) {
        return Some("model in YAML");
    }
    let lines = start.rfind('\n').map_or(start, |end| &start[..end]);
    let (_, layout) = sniff::as_table(lines.as_bytes(), false).ok()?;
    Some(sniff::table_format(&layout).title())
}

/// The format of a JSON document by the whole parts of its beginning.
pub(super) fn known(head: &str) -> Option<Known> {
    known::of(&begun(head)?)
}

fn begun(head: &str) -> Option<Value> {
    serde_json::from_str(&closed(head)?).ok()
}

/// The beginning of a JSON document, cut behind its last whole part and closed, so that it can be parsed.
fn closed(head: &str) -> Option<String> {
    let (mut open, mut quoted, mut escaped) = (Vec::new(), false, false);
    let (mut end, mut closers) = (0, Vec::new());
    for (at, c) in head.char_indices() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '"' => quoted = true,
            '{' | '[' => {
                open.push(if c == '{' { '}' } else { ']' });
                if open.len() > DEEPEST {
                    break;
                }
                (end, closers) = (at + 1, open.clone());
            }
            '}' | ']' => {
                open.pop()?;
                (end, closers) = (at + 1, open.clone());
                if open.is_empty() {
                    break;
                }
            }
            ',' => (end, closers) = (at, open.clone()),
            _ => {}
        }
    }
    Some(head[..end].chars().chain(closers.into_iter().rev()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_that_is_cut_anywhere_can_be_parsed() {
        let whole = r#"{"a":[1,{"b":"x\"},["},2],"version":"2.1.0","runs":[{"tool":{"n":1}},{}]}"#;
        for end in 1..=whole.len() {
            let text = closed(&whole[..end]).unwrap();
            assert!(serde_json::from_str::<Value>(&text).is_ok(), "{end}: {text}");
        }
        assert_eq!(closed(r#"{"a":1,"b":tr"#).unwrap(), r#"{"a":1}"#);
    }

    #[test]
    fn the_beginning_of_a_file_tells_its_format() {
        let many = |head: &str, line: &str| format!("{head}{}", line.repeat(3000));
        let cases = [
            (many("{\"version\":\"2.1.0\",\"runs\":[", "{\"results\":[]},"), Some("SARIF")),
            (many("{\"bomFormat\":\"CycloneDX\",\"components\":[", "{\"name\":\"ä\"},"), Some("CycloneDX")),
            (
                many("{\"summary\":{\"title\":\"x\"},\"detail\":{\"diagrams\":[", "{\"cells\":[]},"),
                Some("Threat Dragon"),
            ),
            (many("Risk ID,Risk Title,Likelihood,Impact\n", "R1,Ä leak,4,5\n"), Some("CSV register")),
            (many("Use Case Name,Bureau,Stage of Development\n", "Chat,IT,Pilot\n"), Some("CSV inventory")),
            (many("{\"docket\":\"record\",\"v\":1}\n", "{\"n\":1}\n"), Some("bundle")),
            (many("age-encryption.org/v1\n-> scrypt x\n", "more\n"), Some("locked bundle")),
            (many("{\"entry_type\":\"init\",\"run\":\"1\"}\n", "{\"entry_type\":\"attempt\"}\n"), Some("garak")),
            (many("", "Just some words, and nothing more.\n"), None),
            (many("{\"a\":[", "1,"), None),
        ];
        for (text, expected) in cases {
            let head = &text.as_bytes()[..20_000.min(text.len())];
            assert_eq!(glance(head, false), expected, "{}", &text[..40]);
        }
        assert_eq!(glance(b"{\"version\":\"2.1.0\",\"runs\":[]}", true), Some("SARIF"));
        assert_eq!(glance(b"\x89PNG....", true), None);
    }
}
