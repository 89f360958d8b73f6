//! One row, asked for by field.

use std::sync::Arc;

use chrono::NaiveDate;
use csv::StringRecord;

use super::field::Field;
use super::mapping::Mapping;
use crate::domain::text::PROSE_MAX;
use crate::domain::{Line, Prose};
use crate::exchange::draft::Labelled;

/// The columns of a mapping, looked up once for all rows.
pub(super) struct Columns {
    of: Vec<Option<usize>>,
    free: Vec<(usize, Arc<Line>)>,
}

impl Columns {
    pub(super) fn new(mapping: &Mapping) -> Self {
        let used = |field: Field| mapping.kind.has(field);
        let of = Field::ALL.iter().map(|field| mapping.column(*field).filter(|_| used(*field))).collect();
        let free = mapping.columns.iter().enumerate().filter(|(_, (_, field))| !field.is_some_and(used));
        let label = |column: usize, name: &Line| {
            if name.is_empty() { Line::new(&format!("Column {}", column + 1)) } else { name.clone() }
        };
        Self { of, free: free.map(|(column, (name, _))| (column, Arc::new(label(column, name)))).collect() }
    }

    /// Whether there is a column for `field`.
    pub(super) fn has(&self, field: Field) -> bool {
        self.of[field as usize].is_some()
    }
}

/// One row.
pub(super) struct Row<'a> {
    pub(super) columns: &'a Columns,
    pub(super) record: &'a StringRecord,
}

impl<'a> Row<'a> {
    /// The cell of a field as it stands in the file.
    pub(super) fn raw(&self, field: Field) -> &'a str {
        self.columns.of[field as usize].and_then(|column| self.record.get(column)).unwrap_or("")
    }

    /// The cell of a field as one line.
    pub(super) fn line(&self, field: Field) -> Line {
        Line::new(self.raw(field))
    }

    /// The cell of a field as text.
    pub(super) fn prose(&self, field: Field) -> Prose {
        Prose::new(self.raw(field))
    }

    /// A cell that lists several things.
    pub(super) fn list(&self, field: Field) -> Vec<Line> {
        let raw = self.raw(field);
        // A sentence has commas too, so they part only where nothing better does.
        let by = ['|', ';', '\n', ','].into_iter().find(|&c| raw.contains(c)).unwrap_or('|');
        raw.split(by).map(Line::new).filter(|item| !item.is_empty()).collect()
    }

    /// The filled cells that belong to no field.
    pub(super) fn further(&self) -> Vec<Labelled> {
        let filled = self.columns.free.iter().filter_map(|(column, label)| {
            let text = Prose::new(self.record.get(*column)?);
            (!text.is_empty()).then(|| Labelled { label: Arc::clone(label), text })
        });
        filled.collect()
    }

    /// Whether a cell is longer than what is kept of it.
    pub(super) fn is_cut(&self) -> bool {
        self.record.iter().any(|cell| cell.len() > PROSE_MAX)
    }
}

/// The date in a cell, where it can only be read one way.
pub(in crate::exchange) fn date(cell: &str) -> Option<NaiveDate> {
    let cell = cell.trim().split([' ', 'T']).next()?;
    if let Ok(date) = NaiveDate::parse_from_str(cell, "%Y-%m-%d") {
        return Some(date);
    }
    if cell.contains('.') {
        return NaiveDate::parse_from_str(cell, "%d.%m.%Y").ok();
    }
    let day_first = NaiveDate::parse_from_str(cell, "%d/%m/%Y").ok();
    let month_first = NaiveDate::parse_from_str(cell, "%m/%d/%Y").ok();
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_only_when_there_is_one_reading() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 31);
        for cell in ["2026-03-31", "2026-03-31T00:00:00Z", "31/03/2026", "03/31/2026", "31.03.2026"] {
            assert_eq!(date(cell), day, "{cell}");
        }
        for cell in ["04/03/2026", "Q2 2024", "", "soon"] {
            assert_eq!(date(cell), None, "{cell}");
        }
    }
}
