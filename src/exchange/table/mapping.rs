//! Which column is read into which field: a value to print, correct and remember.

use serde_json::{Value, json};

use super::field::{self, Field, Kind};
use super::guess;
use super::layout::Layout;
use crate::{
    domain::{
        Line,
        bring::{TableColumns, TableKind},
    },
    exchange::{Refused, draft::Format},
};

/// Who said which column is what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Said {
    /// Nobody: the names of the columns, and the cells where they have none.
    #[default]
    Guessed,
    /// A person, for an earlier file with the same columns.
    Remembered,
    /// A person, for this file.
    Chosen,
}

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

    /// The format of a table that is read so.
    pub(in crate::exchange) fn format(&self) -> Format {
        if self.kind == Kind::Inventory { Format::AiInventory } else { Format::CsvRegister }
    }

    /// Reads the columns of these names, whatever their case, or of these numbers, into these fields.
    pub fn name(&mut self, pairs: &[(String, Option<Field>)]) -> Result<(), Refused> {
        for (name, field) in pairs {
            let wanted = Line::new(name).as_str().to_lowercase();
            let named = self.columns.iter().position(|(known, _)| known.as_str().to_lowercase() == wanted);
            let numbered = || wanted.parse().ok().and_then(|n: usize| n.checked_sub(1));
            let column = named.or_else(numbered).filter(|column| *column < self.columns.len());
            let Some(column) = column else {
                let known: Vec<_> = self.columns.iter().take(40).map(|(known, _)| format!("\"{known}\"")).collect();
                return Err(Refused::NoColumn { name: Line::new(name), columns: Line::new(&known.join(", ")) });
            };
            self.set(column, *field);
        }
        let named: Vec<Field> = pairs.iter().filter_map(|(_, field)| *field).collect();
        if let Some(kind) = Kind::that_has(self.kind, &named) {
            self.kind = kind;
            return Ok(());
        }
        let words: Vec<_> = named.iter().map(|field| field.word()).collect();
        Err(Refused::NoKind { fields: Line::new(&words.join(", ")) })
    }

    /// Whether it is about as many columns, so that it can be used.
    pub fn fits(&self, other: &Self) -> bool {
        self.header_hash == other.header_hash && self.columns.len() == other.columns.len()
    }

    /// As a screen shows and changes it.
    pub fn to_columns(&self, file: &Line, rows: &[Vec<Line>]) -> TableColumns {
        let kinds =
            Kind::ALL.map(|kind| TableKind { word: kind.word(), fields: kind.fields().map(Field::word).collect() });
        let place = |field: Field| self.kind.fields().position(|known| known == field);
        TableColumns {
            file: file.clone(),
            hash: self.header_hash.clone(),
            kind: Kind::ALL.iter().position(|kind| *kind == self.kind).unwrap_or(0),
            kinds: kinds.to_vec(),
            columns: self.columns.iter().map(|(name, field)| (name.clone(), field.and_then(place))).collect(),
            rows: rows.to_vec(),
        }
    }

    /// From what a screen shows and changed.
    pub fn from_columns(table: &TableColumns) -> Option<Self> {
        let field = |column: usize| table.field(column).and_then(Field::from_word);
        let columns = table.columns.iter().enumerate().map(|(at, (name, _))| (name.clone(), field(at)));
        Some(Self { kind: *Kind::ALL.get(table.kind)?, header_hash: table.hash.clone(), columns: columns.collect() })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        let columns = ["Ref", "Risk", "L"].map(|name| (Line::new(name), None));
        Mapping { kind: Kind::Register, header_hash: "h".into(), columns: columns.to_vec() }
    }

    #[test]
    fn columns_are_named_by_their_names_or_numbers() {
        let mut found = mapping();
        let pairs = [("risk".to_owned(), Some(Field::Title)), ("3".to_owned(), Some(Field::Likelihood))];
        found.name(&pairs).unwrap();
        let fields: Vec<_> = found.columns.iter().map(|(_, field)| *field).collect();
        assert_eq!(fields, [None, Some(Field::Title), Some(Field::Likelihood)]);
        for wrong in ["Riks", "4", "0", ""] {
            let says = found.name(&[(wrong.to_owned(), None)]).unwrap_err().to_string();
            assert!(says.contains("\"Ref\", \"Risk\", \"L\""), "{says}");
        }
    }

    #[test]
    fn fields_that_only_another_kind_has_make_it_that_kind() {
        let mut found = mapping();
        found.name(&[("Risk".to_owned(), Some(Field::Title)), ("L".to_owned(), Some(Field::Stage))]).unwrap();
        assert_eq!(found.kind, Kind::Inventory);
        let both = [("Risk".to_owned(), Some(Field::Likelihood)), ("L".to_owned(), Some(Field::Stage))];
        assert!(mapping().name(&both).unwrap_err().to_string().contains("likelihood, stage"));
    }

    #[test]
    fn a_screen_gives_back_what_it_was_given() {
        let mut found = mapping();
        found.set(1, Some(Field::Title));
        found.set(2, Some(Field::Impact));
        let mut shown = found.to_columns(&Line::new("a.csv"), &[]);
        assert_eq!(Mapping::from_columns(&shown), Some(found.clone()));
        shown.set(0, Some(0));
        assert_eq!(Mapping::from_columns(&shown).unwrap().columns[0].1, Some(Field::Id));
        assert_eq!(Mapping::from_json(&found.to_json()), Some(found));
    }
}
