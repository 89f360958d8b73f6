//! What an entry says: the facts, who said them by name, and why.

use std::collections::BTreeMap;

use crate::domain::{
    Change, Id,
    id::hex,
    value::{Value, write_json_text},
};
use serde_json::Value as Json;

/// How far a chain had seen the others, by device: the number of an entry there, and the first half of its hash.
pub type Seen = BTreeMap<Id, (i64, Id)>;

/// The content of an entry, as the history shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The name of the actor when it happened.
    pub name: String,
    /// The fields that were set.
    pub set: Vec<Change>,
    /// The system that it belongs to; none for the record itself.
    pub system: Option<Id>,
    /// Why, in the words of the person; empty where nothing was said.
    pub why: String,
    /// The entries of the same chain that this one takes back.
    pub undo: Vec<i64>,
    /// The SHA-256 of the text that was attached, in hexadecimal.
    pub attach: Option<String>,
    /// The meeting of which it is an act.
    pub meeting: Option<Id>,
    /// How far this chain had seen others whose entries came since its own last one; none where none had come.
    pub seen: Option<Seen>,
    /// What only the first entry of a chain says: the space, the program, the time zone.
    pub facts: BTreeMap<String, String>,
}

impl Body {
    /// The canonical JSON: sorted keys, no blanks, whole numbers, text, lists of text and null only.
    pub fn to_json(&self) -> String {
        let mut parts: BTreeMap<&str, String> = BTreeMap::new();
        let text = |text: &str| {
            let mut out = String::with_capacity(text.len() + 2);
            write_json_text(text, &mut out);
            out
        };
        for (key, fact) in &self.facts {
            parts.insert(key, text(fact));
        }
        parts.insert("name", text(&self.name));
        parts.insert("set", set_to_json(&self.set));
        if let Some(system) = self.system {
            parts.insert("system", text(&hex(&system.0)));
        }
        if let Some(meeting) = self.meeting {
            parts.insert("meeting", text(&hex(&meeting.0)));
        }
        if !self.why.is_empty() {
            parts.insert("why", text(&self.why));
        }
        if let Some(attach) = &self.attach {
            parts.insert("attach", text(attach));
        }
        if let Some(seen) = &self.seen {
            let heads = seen.iter().map(|(device, (seq, half))| format!("\"{device}\":[{seq},\"{half}\"]"));
            parts.insert("seen", format!("{{{}}}", heads.collect::<Vec<_>>().join(",")));
        }
        if !self.undo.is_empty() {
            let list: Vec<String> = self.undo.iter().map(i64::to_string).collect();
            parts.insert("undo", format!("[{}]", list.join(",")));
        }
        object(parts)
    }

    /// Reads a body back. What a newer docket added is left out; what cannot be read is empty, because showing the
    /// history never fails.
    pub fn parse(json: &str) -> Self {
        let Ok(Json::Object(mut map)) = serde_json::from_str(json) else { return Self::default() };
        let mut text = |key: &str| match map.remove(key) {
            Some(Json::String(text)) => Some(text),
            _ => None,
        };
        let (name, why) = (text("name").unwrap_or_default(), text("why").unwrap_or_default());
        let (system, attach) = (text("system").and_then(|id| Id::parse(&id)), text("attach"));
        let meeting = text("meeting").and_then(|id| Id::parse(&id));
        let set = map.remove("set").map(set_from_json).unwrap_or_default();
        let undo = match map.remove("undo") {
            Some(Json::Array(list)) => list.iter().filter_map(Json::as_i64).collect(),
            _ => Vec::new(),
        };
        let seen = map.remove("seen").map(seen_from_json);
        let facts = map.into_iter().filter_map(|(key, fact)| Some((key, fact.as_str()?.to_owned()))).collect();
        Self { name, set, system, why, undo, attach, meeting, seen, facts }
    }
}

fn object(parts: BTreeMap<&str, String>) -> String {
    let mut out = String::from("{");
    for (i, (key, part)) in parts.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_json_text(key, &mut out);
        out.push(':');
        out.push_str(&part);
    }
    out.push('}');
    out
}

/// Keys sorted by their bytes; a field that was set twice keeps its first old and its last new value.
fn set_to_json(set: &[Change]) -> String {
    let mut pairs: BTreeMap<&str, (&Value, &Value)> = BTreeMap::new();
    for change in set {
        pairs.entry(&change.field).and_modify(|pair| pair.1 = &change.new).or_insert((&change.old, &change.new));
    }
    object(
        pairs
            .into_iter()
            .map(|(field, (old, new))| (field, format!("[{},{}]", old.to_json(), new.to_json())))
            .collect(),
    )
}

fn set_from_json(json: Json) -> Vec<Change> {
    let Json::Object(map) = json else { return Vec::new() };
    map.into_iter()
        .filter_map(|(field, pair)| {
            let pair = pair.as_array()?;
            Some(Change { field, old: Value::from_json(pair.first()?), new: Value::from_json(pair.get(1)?) })
        })
        .collect()
}

fn seen_from_json(json: Json) -> Seen {
    let Json::Object(map) = json else { return Seen::new() };
    let head = |(device, head): (String, Json)| {
        let half = Id::parse(head.get(1)?.as_str()?)?;
        Some((Id::parse(&device)?, (head.get(0)?.as_i64()?, half)))
    };
    map.into_iter().filter_map(head).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(field: &str, old: Value, new: Value) -> Change {
        Change { field: field.into(), old, new }
    }

    #[test]
    fn the_form_is_canonical_and_comes_back() {
        let body = Body {
            name: "Ada \"L\"".into(),
            set: vec![
                change("marks", Value::Null, Value::List(vec!["b".into(), "a".into()])),
                change("impact", Value::Int(2), Value::Int(4)),
            ],
            system: Some(Id([7; 16])),
            why: "größer".into(),
            undo: vec![3, 4],
            seen: Some(Seen::from([(Id([2; 16]), (9, Id([1; 16])))])),
            ..Body::default()
        };
        let json = body.to_json();
        assert_eq!(
            json,
            "{\"name\":\"Ada \\\"L\\\"\",\"seen\":{\"02020202020202020202020202020202\":[9,\"01010101010101010101010101010101\"]},\
             \"set\":{\"impact\":[2,4],\"marks\":[null,[\"b\",\"a\"]]},\
             \"system\":\"07070707070707070707070707070707\",\"undo\":[3,4],\"why\":\"größer\"}"
        );
        let mut sorted = body;
        sorted.set.sort_by(|a, b| a.field.cmp(&b.field));
        assert_eq!(Body::parse(&json), sorted);
    }

    #[test]
    fn what_cannot_be_read_is_empty() {
        assert_eq!(Body::parse("[1]"), Body::default());
        assert_eq!(Body::parse("{\"set\":{\"a\":1}}").set, Vec::new());
    }
}
