//! What is known about a file beside what it says.

use crate::domain::Line;
use crate::exchange::table::{Field, Mapping, Said};

/// How a table was read.
#[derive(Debug, Clone)]
pub struct TableFacts {
    /// The character between two cells.
    pub delimiter: char,
    /// `utf-8-sig`, `cp1252`, `utf-16`: as the programs that write such files call them.
    pub encoding: &'static str,
    /// Whether the file starts with a byte order mark.
    pub bom: bool,
    /// Whether there is a row of column names.
    pub has_header: bool,
    /// The column names.
    pub header: Vec<Line>,
    /// Number of columns.
    pub columns: usize,
    /// Rows above the column names.
    pub banner_rows: usize,
    /// Rows below them that are not blank.
    pub rows: usize,
    /// The fields that columns were read into.
    pub fields: Vec<Field>,
    /// SHA-256 of the column names: a remembered mapping belongs to it.
    pub header_hash: String,
    /// Which column was read into which field.
    pub mapping: Mapping,
    /// Who said so.
    pub said: Said,
    /// The first rows.
    pub first: Vec<Vec<Line>>,
}

impl TableFacts {
    /// Whether a column was read into one of `fields`.
    pub fn has(&self, fields: &[Field]) -> bool {
        fields.iter().any(|field| self.fields.contains(field))
    }
}

/// What can be compared with an independent count.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    /// Title of the first record.
    pub first: Option<Line>,
    /// Title of the last record.
    pub last: Option<Line>,
    /// Titles with a character outside ASCII, counted before they were cleaned.
    pub non_ascii: usize,
    /// Records without a title.
    pub empty: usize,
    /// Records whose id occurred before.
    pub repeated_ids: usize,
}

impl Anchors {
    /// Counts one record in.
    pub fn count(&mut self, raw: &str, title: &Line) {
        self.non_ascii += usize::from(!raw.is_ascii());
        self.empty += usize::from(title.is_empty());
        self.first.get_or_insert_with(|| title.clone());
        self.last = Some(title.clone());
    }
}
