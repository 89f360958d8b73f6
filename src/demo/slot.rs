//! Fields of the sample whose values name things that have no identity yet.

use std::collections::BTreeMap;

use toml::{Table, Value as Toml};

use super::Trouble;
use crate::domain::{
    Id, Kind,
    command::Fields,
    fields::{Day, Form},
    value::Value,
};

/// What a field is to hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Slot {
    /// This value.
    Plain(Value),
    /// The identity of what is called so.
    Named(String),
    /// Codes as they are, and the identities of what is called so.
    Marks(Vec<String>),
}

/// Fields and what they are to hold.
pub type Slots = Vec<(String, Slot)>;

/// The full name of a person.
pub fn person(key: &str) -> String {
    format!("person/{key}")
}

/// Reads the fields of a row; `here` is the key of its system. Days are written as days after today.
pub fn slots(kind: Kind, row: &Table, here: (&str, Day), skip: &[&str]) -> Result<Slots, Trouble> {
    let mut out = Slots::new();
    for (field, value) in row.iter().filter(|(field, _)| !skip.contains(&field.as_str())) {
        let slot = slot(kind, field, value, here)
            .ok_or_else(|| Trouble::Content(format!("{}: {} {field} = {value}", here.0, kind.code())))?;
        out.push((field.clone(), slot));
    }
    Ok(out)
}

fn slot(kind: Kind, field: &str, value: &Toml, (key, today): (&str, Day)) -> Option<Slot> {
    let form = kind.field(field)?.form;
    let inside = |name: &str| format!("{key}/{name}");
    Some(match (form, value) {
        (Form::Line, Toml::String(mark)) if kind == Kind::Considered && field == "subject" => {
            if is_code(mark) {
                Slot::Plain(Value::from(mark.as_str()))
            } else {
                Slot::Named(inside(mark))
            }
        }
        (Form::Line | Form::Prose | Form::Choice(_) | Form::Digest, Toml::String(text)) => {
            Slot::Plain(Value::from(text.trim()))
        }
        (Form::Choice(_), Toml::Integer(n)) => Slot::Plain(Value::Text(n.to_string())),
        (Form::Number | Form::Score, Toml::Integer(n)) => Slot::Plain(Value::Int(*n)),
        (Form::Day, Toml::Integer(n)) => Slot::Plain(Value::Text(today.plus(*n).to_string())),
        (Form::Choices(_), Toml::Array(codes)) => Slot::Plain(Value::List(texts(codes)?)),
        (Form::Person, Toml::String(who)) => Slot::Named(person(who)),
        (Form::Reference, Toml::String(name)) => Slot::Named(inside(name)),
        (Form::Marks, Toml::Array(marks)) => {
            let full = |mark: String| if is_code(&mark) { mark } else { inside(&mark) };
            Slot::Marks(texts(marks)?.into_iter().map(full).collect())
        }
        _ => return None,
    })
}

/// Whether a mark is a code (of coverage, of an item of a framework) rather than the name of a row.
fn is_code(mark: &str) -> bool {
    mark == "users" || mark.contains(':')
}

fn texts(items: &[Toml]) -> Option<Vec<String>> {
    items.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

/// The fields with every name resolved.
pub fn resolve(slots: &Slots, ids: &BTreeMap<String, Id>) -> Result<Fields, String> {
    let id = |name: &String| ids.get(name).map(ToString::to_string).ok_or_else(|| format!("no {name} yet"));
    slots
        .iter()
        .map(|(field, slot)| {
            let value = match slot {
                Slot::Plain(value) => value.clone(),
                Slot::Named(name) => Value::Text(id(name)?),
                Slot::Marks(marks) => {
                    let full = marks.iter().map(|mark| if is_code(mark) { Ok(mark.clone()) } else { id(mark) });
                    Value::List(full.collect::<Result<_, _>>()?)
                }
            };
            Ok((field.clone(), value))
        })
        .collect()
}
