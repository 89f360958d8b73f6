//! An entry as one line of JSON that carries its own proof: `prev`, `salt` and `hash` are in it.

use serde_json::{Map, Value as Json};

use super::envelope::{Content, Envelope, Sealed};
use crate::domain::{Id, fields::Moment, id::hex, value::write_json_text};

/// The line of an entry that follows the one with the hash `prev`.
pub fn json_line(entry: &Sealed, prev: &[u8; 32]) -> String {
    let e = &entry.envelope;
    let mut parts = vec![
        ("dev", quoted(&e.device.to_string())),
        ("seq", e.seq.to_string()),
        ("prev", quoted(&hex(prev))),
        ("cmd", e.cmd.to_string()),
        ("hlc", e.hlc.to_string()),
        ("at", e.at.0.to_string()),
        ("actor", quoted(&e.actor.to_string())),
        ("role", quoted(&e.role)),
        ("kind", quoted(&e.kind)),
        ("v", e.version.to_string()),
        ("entity", quoted(&e.entity.to_string())),
    ];
    match &entry.content {
        Content::Kept { salt, body } => parts.extend([("salt", quoted(&hex(salt))), ("body", quoted(body))]),
        Content::Erased(digest) => parts.push(("redacted", quoted(&hex(digest)))),
    }
    parts.push(("hash", quoted(&hex(&entry.hash))));
    let parts: Vec<String> = parts.into_iter().map(|(key, part)| format!("\"{key}\":{part}")).collect();
    format!("{{{}}}", parts.join(","))
}

/// Reads such a line back, with the hash that it follows; nothing where it is not exactly what would be written.
pub fn parse_line(text: &str) -> Option<(Sealed, [u8; 32])> {
    let Json::Object(map) = serde_json::from_str(text).ok()? else { return None };
    let word = |key: &str| map.get(key)?.as_str();
    let id = |key: &str| Id::parse(word(key)?);
    let content = match word("body") {
        Some(body) => Content::Kept { salt: id("salt")?.0, body: body.to_owned() },
        None => Content::Erased(unhex(word("redacted")?)?),
    };
    let envelope = Envelope {
        device: id("dev")?,
        seq: number(&map, "seq")?,
        cmd: number(&map, "cmd")?,
        hlc: number(&map, "hlc")?,
        at: Moment(number(&map, "at")?),
        actor: id("actor")?,
        role: word("role")?.to_owned(),
        kind: word("kind")?.to_owned(),
        version: number(&map, "v")?,
        entity: id("entity")?,
    };
    let entry = Sealed { envelope, content, hash: unhex(word("hash")?)? };
    let prev = unhex(word("prev")?)?;
    (json_line(&entry, &prev) == text).then_some((entry, prev))
}

/// Reads 64 hexadecimal digits.
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    let (left, right) = (Id::parse(text.get(..32)?)?, Id::parse(text.get(32..)?)?);
    let mut out = [0; 32];
    out[..16].copy_from_slice(&left.0);
    out[16..].copy_from_slice(&right.0);
    Some(out)
}

fn number(map: &Map<String, Json>, key: &str) -> Option<i64> {
    map.get(key)?.as_i64()
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    write_json_text(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(content: Content) -> Sealed {
        let envelope = Envelope {
            device: Id([9; 16]),
            seq: 2,
            cmd: 1,
            hlc: 30,
            at: Moment(4),
            actor: Id([1; 16]),
            role: "dpo".into(),
            kind: "threat.edit".into(),
            version: 1,
            entity: Id([2; 16]),
        };
        let hash = envelope.seal(&[7; 32], &content);
        Sealed { envelope, content, hash }
    }

    #[test]
    fn a_line_comes_back_and_nothing_else_is_one() {
        for content in
            [Content::Kept { salt: [3; 16], body: "{\"why\":\"\\\"größer\\\"\"}".into() }, Content::Erased([5; 32])]
        {
            let entry = entry(content);
            let line = json_line(&entry, &[7; 32]);
            assert_eq!(parse_line(&line), Some((entry, [7; 32])));
            for wrong in
                [line.replace("\"seq\":2", "\"seq\":2.0"), line.replace("{\"dev", "{\"x\":1,\"dev"), line + " "]
            {
                assert_eq!(parse_line(&wrong), None, "{wrong}");
            }
        }
        assert_eq!(parse_line("[]"), None);
    }
}
