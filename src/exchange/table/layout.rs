//! How a table is written: its delimiter, its columns, and the row that names them.

use csv::{ReaderBuilder, StringRecord};

use super::decode::Decoded;
use super::field::{self, Kind};
use crate::domain::Line;
use crate::exchange::Refused;
use crate::exchange::ident::sha256;

/// Most columns that are read.
const COLUMNS_MAX: usize = 500;
/// Rows that are looked at to find out how a table is written.
const SAMPLE: usize = 60;
/// Rows among which the header is looked for; above it stand banners.
const BANNERS: usize = 15;

/// Longest name of a column that is one for sure.
const NAME_MAX: usize = 60;

/// How a table is written.
pub(in crate::exchange) struct Layout {
    /// The character between two cells.
    pub(super) delimiter: u8,
    /// Which row names the columns, counted from 0 without blank lines; none where no row does.
    pub(super) header_row: Option<usize>,
    /// The names of the columns; invented ones where there is no header.
    pub(super) header: Vec<Line>,
    /// What kind of table the header speaks of.
    pub(super) kind: Kind,
    /// The first rows below the header.
    pub(super) sample: Vec<StringRecord>,
}

impl Layout {
    /// Finds out how `text` is written; none where it is no table.
    pub(in crate::exchange) fn find(text: &Decoded) -> Result<Option<Self>, Refused> {
        let head = text.head();
        let best = [b',', b';', b'\t', b'|']
            .into_iter()
            .map(|delimiter| Trial::new(&head, delimiter))
            .max_by_key(|trial| trial.score);
        let Some(trial) = best.filter(Trial::is_table) else { return Ok(None) };
        if trial.width > COLUMNS_MAX {
            return Err(Refused::TooMany { what: "columns", limit: COLUMNS_MAX });
        }
        Ok(Some(trial.layout()))
    }

    /// The layout of lines that all have the same number of tabs, and at least one; none of anything else.
    pub(super) fn of_tabs(text: &Decoded) -> Option<Self> {
        let trial = Trial::new(&text.head(), b'\t');
        let even = trial.records.len() >= 2 && trial.even == trial.records.len();
        (even && (2..=COLUMNS_MAX).contains(&trial.width)).then(|| trial.layout())
    }

    /// The same where a person says what the columns are: a first row of nothing but words names them, although none of
    /// its words is known here.
    pub(in crate::exchange) fn named_by_first_row(mut self) -> Self {
        let is_name = |cell: &str| {
            let named = cell.chars().any(char::is_alphabetic) && cell.chars().count() <= NAME_MAX;
            named && super::scale::number(cell).is_none()
        };
        let first: Vec<Line> = self.sample.first().into_iter().flat_map(StringRecord::iter).map(Line::new).collect();
        let mut distinct: Vec<String> = first.iter().map(|name| name.as_str().to_lowercase()).collect();
        distinct.sort();
        distinct.dedup();
        let named = first.iter().all(|name| is_name(name.as_str())) && distinct.len() == first.len();
        if self.header_row.is_none() && named && first.len() == self.header.len() {
            (self.header_row, self.header) = (Some(0), first);
            self.sample.remove(0);
        }
        self
    }

    /// The names of the columns.
    pub(in crate::exchange) fn names(&self) -> &[Line] {
        &self.header
    }

    /// Whether a row names the columns.
    pub(in crate::exchange) fn has_header(&self) -> bool {
        self.header_row.is_some()
    }

    /// A hash of the column names, by which a mapping is remembered.
    pub(super) fn header_hash(&self) -> String {
        let names: Vec<String> = self.header.iter().map(|name| name.as_str().to_lowercase()).collect();
        sha256(names.join("\u{1f}").as_bytes())
    }

    /// The first cells, for a sentence about the table.
    pub(in crate::exchange) fn first_cells(&self) -> String {
        let first = self.sample.first().into_iter().flat_map(StringRecord::iter);
        first.take(4).map(|cell| format!("\"{}\"", crate::exchange::notes::short(cell))).collect::<Vec<_>>().join(", ")
    }
}

/// Opens a reader over `text` that takes rows of any length.
pub(super) fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// Whether every cell of a row is blank.
pub(super) fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| Line::new(cell).is_empty())
}

/// The head of a file read with one delimiter.
struct Trial {
    delimiter: u8,
    records: Vec<StringRecord>,
    width: usize,
    /// How many rows have that width.
    even: usize,
    header: Option<(usize, Kind, usize)>,
    score: usize,
}

impl Trial {
    fn new(head: &str, delimiter: u8) -> Self {
        let records: Vec<StringRecord> = reader(head, delimiter)
            .into_records()
            .map_while(Result::ok)
            .filter(|row| !is_blank(row))
            .take(SAMPLE)
            .collect();
        let header = header_of(&records);
        let width = header.map_or_else(|| usual_width(&records), |(row, ..)| records[row].len());
        let even = records.iter().filter(|row| row.len() == width).count();
        let known = header.map_or(0, |(_, _, known)| known);
        let share = if records.is_empty() || width < 2 { 0 } else { 100 * even / records.len() };
        // A known column weighs more than any evenness: prose has even commas by chance, but no known columns.
        let score = known * 100 + share + width.min(20);
        Self { delimiter, records, width, even, header, score }
    }

    fn is_table(&self) -> bool {
        // Prose may hold a line of known words; the lines around it then have other numbers of commas.
        if self.header.is_some() {
            return self.even * 2 >= self.records.len();
        }
        self.records.len() >= 2 && self.width >= 3 && self.even * 10 >= self.records.len() * 9
    }

    fn layout(mut self) -> Layout {
        let header_row = self.header.map(|(row, ..)| row);
        let kind = self.header.map_or(Kind::Register, |(_, kind, _)| kind);
        let header = match header_row {
            Some(row) => self.records[row].iter().map(Line::new).collect(),
            None => (1..=self.width).map(|n| Line::new(&format!("Column {n}"))).collect(),
        };
        let sample = self.records.split_off(header_row.map_or(0, |row| row + 1));
        Layout { delimiter: self.delimiter, header_row, header, kind, sample }
    }
}

/// The row that names most columns, its kind, and how many it names.
fn header_of(records: &[StringRecord]) -> Option<(usize, Kind, usize)> {
    let mut best: Option<(usize, Kind, usize)> = None;
    for (row, record) in records.iter().take(BANNERS).enumerate() {
        let filled = record.iter().filter(|cell| !cell.trim().is_empty()).count();
        let Some((kind, known)) = field::recognise(&record.iter()) else { continue };
        // One known word is enough only where there is but one column.
        let telling = known >= 2 || (known == 1 && filled == 1 && kind == Kind::Inventory);
        if telling && best.is_none_or(|(_, _, most)| known > most) {
            best = Some((row, kind, known));
        }
    }
    best
}

fn usual_width(records: &[StringRecord]) -> usize {
    let mut widths: Vec<usize> = records.iter().map(StringRecord::len).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(0)
}
