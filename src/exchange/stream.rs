//! JSON that is too large for a tree: of one pass over it only the named fields are kept, of another one every row of its
//! long lists is handed out by itself and forgotten.

use std::fmt;
use std::io::Read;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::Refused;
use crate::domain::Line;

/// What is taken of a value.
pub(super) enum Take {
    /// All of it.
    All,
    /// That it is there.
    Nothing,
    /// Some fields where it is a mapping, some items where it is a list; itself where it is neither.
    Of(&'static [(&'static str, Take)], Items),
}

/// What is taken of the items of a list.
pub(super) enum Items {
    /// None.
    Skipped,
    /// The same of each.
    Each(&'static Take),
    /// Each is a row of the list of this name: it is handed out and not kept.
    Rows(&'static str, &'static Take),
}

/// Some fields of a mapping.
pub(super) const fn fields(fields: &'static [(&'static str, Take)]) -> Take {
    Take::Of(fields, Items::Skipped)
}

/// The same of each item of a list.
pub(super) const fn each(take: &'static Take) -> Take {
    Take::Of(&[], Items::Each(take))
}

/// The rows of a long list.
pub(super) const fn rows(name: &'static str, take: &'static Take) -> Take {
    Take::Of(&[], Items::Rows(name, take))
}

/// One row of a long list.
pub(super) struct Row<'a> {
    /// The name of the list.
    pub(super) list: &'static str,
    /// Within which item of the list around it, counted from 0.
    pub(super) at: usize,
    /// What was taken of it.
    pub(super) item: &'a Value,
}

/// Who is given every row.
pub(super) type Sink<'a> = &'a mut dyn FnMut(&Row);
/// Gives every row to somebody, from the first one on.
pub(super) type Rows<'a> = &'a mut dyn FnMut(Sink) -> Result<(), Refused>;

/// Gives out the rows of a tree that is at hand.
pub(super) fn of_tree(take: &'static Take, tree: &Value, sink: Sink) {
    walk(take, tree, 0, sink);
}

fn walk(take: &'static Take, value: &Value, at: usize, sink: Sink) {
    match (take, value) {
        (Take::Of(fields, _), Value::Object(map)) => {
            for (name, inner) in *fields {
                if let Some(value) = map.get(*name) {
                    walk(inner, value, at, sink);
                }
            }
        }
        (Take::Of(_, Items::Each(inner)), Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                walk(inner, item, at, sink);
            }
        }
        (Take::Of(_, Items::Rows(list, _)), Value::Array(items)) => {
            for item in items {
                sink(&Row { list, at, item });
            }
        }
        _ => {}
    }
}

/// Reads JSON to its end: everything that is taken of it but its rows, which are as good as empty.
pub(super) fn head(source: &mut dyn Read, take: &'static Take) -> Result<Value, Refused> {
    parse(source, take, Pass::Head, &mut |_| {})
}

/// Reads JSON to its end and gives out its rows.
pub(super) fn each_row(source: &mut dyn Read, take: &'static Take, sink: Sink) -> Result<(), Refused> {
    parse(source, take, Pass::Rows, sink).map(drop)
}

/// The keys of a mapping and what kind of value each has: texts as they are, mappings and lists as empty ones.
pub(super) fn shape(source: &mut dyn Read) -> Result<Value, Refused> {
    parse(source, &Take::Nothing, Pass::Shape(true), &mut |_| {})
}

fn parse(source: &mut dyn Read, take: &'static Take, pass: Pass, sink: Sink) -> Result<Value, Refused> {
    let mut parser = serde_json::Deserializer::from_reader(source);
    let mut state = State { at: 0, sink };
    let found = Seed { take, pass, state: &mut state }.deserialize(&mut parser).map_err(|e| broken("JSON", &e))?;
    let several = Refused::Unknown { looks: "several JSON documents" };
    parser.end().map_err(|e| if e.is_io() { broken("JSON", &e) } else { several })?;
    Ok(found)
}

/// Says what went wrong in the JSON; the parser stops at a fixed depth, so that no file can exhaust the stack.
pub(super) fn broken(looks: &'static str, error: &serde_json::Error) -> Refused {
    if error.is_io() {
        return Refused::Unreadable { why: Line::new(&error.to_string()) };
    }
    if error.to_string().starts_with("recursion limit") {
        return Refused::TooDeep;
    }
    Refused::Malformed { looks, line: error.line(), column: error.column() }
}

/// What a value is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// What is beside the rows.
    Head,
    /// The rows, and nothing beside them.
    Rows,
    /// Everything that is taken.
    Kept,
    /// What kind of value it is; at the top which fields it has, too.
    Shape(bool),
}

struct State<'k> {
    at: usize,
    sink: Sink<'k>,
}

struct Seed<'s, 'k> {
    take: &'static Take,
    pass: Pass,
    state: &'s mut State<'k>,
}

impl Take {
    fn has_rows(&self) -> bool {
        match self {
            Self::All | Self::Nothing => false,
            Self::Of(fields, items) => {
                let within = match items {
                    Items::Skipped => false,
                    Items::Each(inner) => inner.has_rows(),
                    Items::Rows(..) => true,
                };
                within || fields.iter().any(|(_, inner)| inner.has_rows())
            }
        }
    }

    fn field(&self, name: &str) -> Option<&'static Take> {
        let Self::Of(fields, _) = self else { return None };
        fields.iter().find(|(known, _)| *known == name).map(|(_, take)| take)
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        match (self.pass, self.take) {
            (Pass::Shape(_), _) => from.deserialize_any(self),
            (Pass::Rows, take) if !take.has_rows() => nothing(from),
            (_, Take::All) => serde::Deserialize::deserialize(from),
            (_, Take::Nothing) => nothing(from),
            (_, Take::Of(..)) => from.deserialize_any(self),
        }
    }
}

fn nothing<'de, D: Deserializer<'de>>(from: D) -> Result<Value, D::Error> {
    serde::Deserialize::deserialize(from).map(|IgnoredAny| Value::Null)
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("any value")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }
    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let Self { take, pass, state } = self;
        let mut out = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let (inner, pass) = match (pass, take.field(&name)) {
                (Pass::Shape(true), _) => (Some(&Take::Nothing), Pass::Shape(false)),
                (pass, inner) => (inner, pass),
            };
            match inner {
                Some(take) => {
                    let value = map.next_value_seed(Seed { take, pass, state })?;
                    if pass != Pass::Rows {
                        out.insert(name, value);
                    }
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Value::Object(out))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let Self { take, pass, state } = self;
        let mut out = Vec::new();
        match (take, pass) {
            (Take::Of(_, Items::Each(take)), _) => {
                for at in 0.. {
                    state.at = if pass == Pass::Kept { state.at } else { at };
                    let Some(value) = list.next_element_seed(Seed { take, pass, state })? else { break };
                    if pass != Pass::Rows {
                        out.push(value);
                    }
                }
            }
            (Take::Of(_, Items::Rows(name, take)), Pass::Rows) => {
                while let Some(item) = list.next_element_seed(Seed { take, pass: Pass::Kept, state })? {
                    (state.sink)(&Row { list: name, at: state.at, item: &item });
                }
            }
            _ => while list.next_element::<IgnoredAny>()?.is_some() {},
        }
        Ok(Value::Array(out))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    static INNER: Take = fields(&[("a", Take::All), ("b", Take::Of(&[], Items::Each(&Take::All)))]);
    static GROUP: Take = fields(&[("name", Take::All), ("rows", rows("rows", &INNER))]);
    static WHOLE: Take = fields(&[("groups", each(&GROUP)), ("kind", Take::All), ("long", Take::Nothing)]);

    fn text() -> String {
        json!({
            "groups": [
                {"rows": [{"a": 1, "x": [[1], {"a": 2}]}, {"b": ["p", "q"]}], "name": "one", "more": {"rows": [7]}},
                {"name": ["two"], "rows": {"a": "no list"}},
                3,
                {"rows": ["scalar"]},
            ],
            "kind": {"of": ["k"]}, "long": [1, 2], "other": "text",
        })
        .to_string()
    }

    #[test]
    fn only_what_is_taken_is_kept_and_rows_come_one_by_one() {
        let (text, mut found) = (text(), Vec::new());
        let beside = head(&mut text.as_bytes(), &WHOLE).unwrap();
        let groups = json!([{"name": "one", "rows": []}, {"name": ["two"], "rows": {}}, 3, {"rows": []}]);
        assert_eq!(beside, json!({"groups": groups, "kind": {"of": ["k"]}, "long": null}));
        let mut sink = |row: &Row| found.push((row.at, row.item.clone()));
        each_row(&mut text.as_bytes(), &WHOLE, &mut sink).unwrap();
        assert_eq!(found, [(0, json!({"a": 1})), (0, json!({"b": ["p", "q"]})), (3, json!("scalar"))]);
        let mut whole = 0;
        of_tree(&WHOLE, &serde_json::from_str(&text).unwrap(), &mut |row| whole = whole * 10 + row.at);
        assert_eq!(whole, 3, "the same three rows of a tree");
        assert_eq!(shape(&mut text.as_bytes()).unwrap()["kind"], json!({}));
    }

    #[test]
    fn what_is_damaged_is_said_at_its_place() {
        let refused = |text: &str| head(&mut text.as_bytes(), &WHOLE).unwrap_err();
        assert_eq!(refused("{\"a\":\n [1,}"), Refused::Malformed { looks: "JSON", line: 2, column: 5 });
        assert_eq!(refused("{} {}"), Refused::Unknown { looks: "several JSON documents" });
        assert_eq!(refused(&format!("{{\"kind\":{}", "[".repeat(5000))), Refused::TooDeep);
        let ignored = format!("{{\"other\":{}1{}}}", "[".repeat(50_000), "]".repeat(50_000));
        assert!(head(&mut ignored.as_bytes(), &WHOLE).is_ok(), "what is skipped takes no stack");
    }
}
