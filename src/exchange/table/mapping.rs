//! Which column is read into which field: a value to print, correct and remember.

use serde_json::{Value, json};

use super::field::{self, Field, Kind};
use super::guess;
use super::layout::Layout;
use crate::domain::Line;

/// Which column of a table is read into which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What the table lists.
    pub kind: Kind,
    /// Hash of the column names: the same columns come with the same hash.
    pub header_hash: String,
    /// The columns in their order, each with its field or none.
    pub columns: Vec<(Line, Option<Field>)>,
}

impl Mapping {
    /// What the column names say, and the cells where there are no names.
    pub(in crate::exchange) fn guess(layout: &Layout) -> Self {
        let mut fields = if layout.has_header() {
            field::assign(layout.header.iter().map(Line::as_str), layout.kind)
        } else {
            guess::from_cells(layout)
        };
        if layout.has_header() && layout.kind == Kind::Register {
            promote(&mut fields, &layout.header);
        }
        fields.resize(layout.header.len(), None);
        let columns = layout.header.iter().cloned().zip(fields).collect();
        Self { kind: layout.kind, header_hash: layout.header_hash(), columns }
    }

    /// Whether it says enough to read a table that has no column names.
    pub(in crate::exchange) fn is_telling(&self) -> bool {
        let rated =
            [Field::Severity, Field::Status, Field::Likelihood].iter().any(|field| self.column(*field).is_some());
        rated && self.column(Field::Title).is_some()
    }

    /// Where a field is read from.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|(_, found)| *found == Some(field))
    }

    /// Reads a column, counted from 0, into `field`, or into none; a field has one column, so another one loses it.
    pub fn set(&mut self, column: usize, field: Option<Field>) {
        if let Some(old) = field.and_then(|field| self.column(field)) {
            self.columns[old].1 = None;
        }
        if let Some(entry) = self.columns.get_mut(column) {
            entry.1 = field;
        }
    }

    /// One line per column, for a person.
    pub fn lines(&self) -> Vec<String> {
        let shown = |(name, field): &(Line, Option<Field>)| {
            format!("{} -> {}", super::super::notes::short(name.as_str()), field.map_or("kept as it is", Field::word))
        };
        self.columns.iter().map(shown).collect()
    }

    /// The mapping as it is remembered.
    pub fn to_json(&self) -> Value {
        let columns: Vec<Value> =
            self.columns.iter().map(|(name, field)| json!([name.as_str(), field.map(Field::word)])).collect();
        json!({ "kind": self.kind.word(), "header_hash": self.header_hash, "columns": columns })
    }

    /// A remembered mapping; none where it is not one.
    pub fn from_json(value: &Value) -> Option<Self> {
        let column = |pair: &Value| {
            let field = match &pair[1] {
                Value::Null => None,
                word => Some(Field::from_word(word.as_str()?)?),
            };
            Some((Line::new(pair[0].as_str()?), field))
        };
        Some(Self {
            kind: Kind::from_word(value["kind"].as_str()?)?,
            header_hash: value["header_hash"].as_str()?.to_owned(),
            columns: value["columns"].as_array()?.iter().map(column).collect::<Option<_>>()?,
        })
    }
}

/// Where only a "Risk Description" says what a risk is, it is the title.
fn promote(fields: &mut [Option<Field>], names: &[Line]) {
    if fields.contains(&Some(Field::Title)) {
        return;
    }
    let described = fields.iter().position(|field| *field == Some(Field::Description));
    if let Some(column) =
        described.filter(|&column| field::can_be(names[column].as_str(), Kind::Register, Field::Title))
    {
        fields[column] = Some(Field::Title);
    }
}
