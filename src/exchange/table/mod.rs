//! CSV tables: risk registers, findings, lists of controls and assets, inventories of AI systems.
//!
//! One reader for all: it finds out how the file is written (`layout.rs`), which column is what (`field.rs`,
//! `mapping.rs`), and hands every row to the reader of its kind.

mod decode;
mod field;
mod guess;
mod inventory;
mod layout;
mod mapping;
mod paste;
mod register;
mod row;
mod scale;

use csv::StringRecord;

pub(in crate::exchange) use decode::Decoded;
pub use field::{Field, Kind};
pub(in crate::exchange) use layout::Layout;
pub use mapping::{Mapping, Said};
pub use paste::{Pasted, pasted};

use super::draft::{Anchors, Draft, Seen, SystemDraft, TableFacts};
use super::ident::Ids;
use super::notes::Notes;
use super::{Progress, Refused};
use crate::domain::Line;
pub(in crate::exchange) use row::date;
use row::{Columns, Row};

/// Most rows that are read.
const ROWS_MAX: usize = 2_000_000;
/// Rows between two reports of progress.
const STEP: usize = 4096;

/// Rows that are shown beside the fields.
const SHOWN: usize = 5;

/// How a table would be read.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Its columns and their fields.
    pub mapping: Mapping,
    /// Whether its columns have names.
    pub has_header: bool,
    /// Its first five rows.
    pub rows: Vec<Vec<Line>>,
}

impl Preview {
    pub(super) fn of(layout: &Layout) -> Self {
        Self { mapping: Mapping::guess(layout), has_header: layout.has_header(), rows: first_rows(layout) }
    }
}

fn first_rows(layout: &Layout) -> Vec<Vec<Line>> {
    layout.sample.iter().take(SHOWN).map(|row| row.iter().map(Line::new).collect()).collect()
}

/// What the reader of one kind of table makes of its rows.
trait Rows {
    /// Takes one row.
    fn row(&mut self, row: &Row, number: usize, notes: &mut Notes);
    /// Says which systems there are, and what the titles were.
    fn end(self: Box<Self>, notes: &mut Notes) -> (Vec<SystemDraft>, Anchors);
}

/// Reads every row of a table.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    (text, layout): (&Decoded, &Layout),
    (mapping, said): (&Mapping, Said),
    progress: Progress,
) -> Result<Draft, Refused> {
    let columns = Columns::new(mapping);
    let mut rows: Box<dyn Rows> = match mapping.kind {
        Kind::Inventory => Box::new(inventory::Reader::default()),
        kind => Box::new(register::Reader::new(kind, name, layout, mapping)),
    };
    let mut notes = Notes::default();
    let count = each(
        text,
        layout,
        progress,
        &mut |record, number, notes| {
            rows.row(&Row { columns: &columns, record }, number, notes);
        },
        &mut notes,
    )?;
    if !layout.has_header() && said == Said::Guessed {
        notes.warn("The table has no column names; the columns were guessed from their cells, so look at them");
    }
    if count == 0 {
        notes.warn("The table has column names and no rows");
    }
    let (systems, anchors) = rows.end(&mut notes);
    Ok(Draft {
        schema: Line::new(mapping.kind.word()),
        lineage: Line::new(&layout.header_hash()),
        systems,
        table: Some(facts(text, layout, (mapping, said), count)),
        anchors: columns.has(Field::Title).then_some(anchors),
        notes,
        ..Draft::new(mapping.format(), &Seen::of(bytes, name))
    })
}

fn facts(text: &Decoded, layout: &Layout, (mapping, said): (&Mapping, Said), rows: usize) -> TableFacts {
    let columns = Columns::new(mapping);
    TableFacts {
        delimiter: char::from(layout.delimiter),
        encoding: text.encoding,
        bom: text.bom,
        has_header: layout.has_header(),
        header: if layout.has_header() { layout.header.clone() } else { Vec::new() },
        columns: layout.header.len(),
        banner_rows: layout.header_row.unwrap_or(0),
        rows,
        fields: Field::ALL.iter().copied().filter(|field| columns.has(*field)).collect(),
        header_hash: layout.header_hash(),
        mapping: mapping.clone(),
        said,
        first: first_rows(layout),
    }
}

pub(in crate::exchange) type Each<'a> = &'a mut dyn FnMut(&StringRecord, usize, &mut Notes);

/// Gives every row below the header that is not blank to `take`, and counts them.
pub(in crate::exchange) fn each(
    text: &Decoded,
    layout: &Layout,
    progress: Progress,
    take: Each,
    notes: &mut Notes,
) -> Result<usize, Refused> {
    let mut reader = layout::reader(&text.text, layout.delimiter);
    let mut record = StringRecord::new();
    let mut above = layout.header_row.map_or(0, |row| row + 1);
    let mut count = 0;
    while read_one(&mut reader, &mut record)? {
        if layout::is_blank(&record) {
            continue;
        }
        if above > 0 {
            above -= 1;
            continue;
        }
        if is_header(&record, layout) {
            notes.dropped("A row that repeats the column names");
            continue;
        }
        count += 1;
        if count > ROWS_MAX {
            return Err(Refused::TooMany { what: "rows", limit: ROWS_MAX });
        }
        let columns = layout.header.len();
        if record.len() < columns {
            notes.warn("A row has fewer cells than there are columns");
        }
        if record.iter().skip(columns).any(|cell| !cell.trim().is_empty()) {
            notes.dropped("The cells of a row beyond the last column");
        }
        take(&record, count, notes);
        if count % STEP == 0 {
            let done = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).max(1);
            if !progress(count, Some(count.saturating_mul(text.text.len()) / done)) {
                return Err(Refused::Cancelled);
            }
        }
    }
    progress(count, Some(count));
    Ok(count)
}

fn read_one(reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord) -> Result<bool, Refused> {
    reader.read_record(record).map_err(|e| {
        let line = e.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        Refused::Malformed { looks: "a table", line, column: 1 }
    })
}

/// Exports that were glued together repeat their header.
fn is_header(record: &StringRecord, layout: &Layout) -> bool {
    layout.has_header()
        && record.len() == layout.header.len()
        && record.iter().zip(&layout.header).all(|(cell, name)| cell.trim() == name.as_str())
}

/// How many rows repeat the id of another one, told as well as counted.
fn told_repeats(ids: &Ids, notes: &mut Notes) -> usize {
    let repeated = ids.repeated();
    if repeated > 0 {
        notes.warn(&format!("Ids are not unique: {repeated} of the rows repeat the id of an earlier one"));
    }
    repeated
}
