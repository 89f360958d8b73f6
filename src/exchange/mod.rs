//! The formats of other tools, read and written.
//!
//! An importer turns the bytes of a file into a [`Draft`]: a value that says what the file holds, in the file's own
//! words beside ours. Nothing here writes anything; what becomes of a draft is decided by who asked for it.

pub mod bundle;
mod card;
mod ciso;
mod cnil;
mod composer;
mod cyclonedx;
mod dojo;
pub mod draft;
pub mod garak;
mod glance;
pub mod ics;
mod ident;
mod known;
pub mod large;
mod look;
pub mod manifest;
pub mod meeting;
pub mod notes;
mod otm;
mod promptfoo;
pub mod receipt;
mod refused;
mod sarif;
pub mod shelf;
mod sniff;
mod stream;
pub mod table;
mod threagile;
mod threat_dragon;
mod tm7;
mod tm_library;
mod tree;
pub mod web;
pub mod words;

pub use draft::Draft;
pub use glance::{HEAD as GLANCED, glance};
pub use receipt::Receipt;
pub use refused::Refused;

use crate::domain::Line;
use sniff::Kind;

/// Largest file that is held in memory as a whole.
pub const BYTES_MAX: usize = 256 << 20;
/// Largest JSON file of which a tree is made; that takes many times its text.
pub const JSON_MAX: usize = 64 << 20;

/// Told now and then how many rows are done, and how many there will be as far as can be estimated; no stops it.
pub type Progress<'a> = &'a mut dyn FnMut(usize, Option<usize>) -> bool;

/// Says how the columns of a table are to be read, from how they would be: the mapping, and who says so.
pub type Columns<'a> = &'a dyn Fn(table::Mapping) -> Result<(table::Mapping, table::Said), Refused>;

/// Reads a file of any known format, recognised by its content; `name` is only used to name what has no name inside.
pub fn read(bytes: &[u8], name: &str, progress: Progress) -> Result<Draft, Refused> {
    read_as(bytes, name, &|mapping| Ok((mapping, table::Said::Guessed)), progress)
}

/// [`read`], where somebody may say how the columns of a table are to be read.
pub fn read_as(bytes: &[u8], name: &str, columns: Columns, progress: Progress) -> Result<Draft, Refused> {
    if bytes.len() as u64 >= large::LARGE
        && !garak::is_garak(head(bytes))
        && let Some(draft) = large::read(&mut std::io::Cursor::new(bytes), head(bytes), name)?
    {
        return Ok(draft);
    }
    let kind = match sniff::recognise(bytes) {
        // Of such a table nothing is known here, but a person may have said what its columns are.
        Err(Refused::NoColumns { headers }) => {
            let (text, layout) = sniff::as_table_to_map(bytes)?;
            if columns(table::Mapping::guess(&layout))?.1 == table::Said::Guessed {
                return Err(Refused::NoColumns { headers });
            }
            Kind::Table(text, layout)
        }
        other => other?,
    };
    match kind {
        Kind::ThreatDragon(version, model) => Ok(threat_dragon::read(bytes, name, version, &model)),
        Kind::Tree(known, tree) => known::read(known, &draft::Seen::of(bytes, name), &tree),
        Kind::Tm7(text) => tm7::read(&draft::Seen::of(bytes, name), &mut text.text.as_bytes()),
        Kind::Card(text) => Ok(card::read(&draft::Seen::of(bytes, name), &text.text)),
        Kind::Garak => garak::read(&mut &*bytes, name, Some(bytes.len() as u64), progress),
        Kind::Table(text, layout) => {
            let (mapping, said) = columns(table::Mapping::guess(&layout))?;
            if said == table::Said::Guessed && dojo::is_table(&layout) {
                return dojo::read_table(&draft::Seen::of(bytes, name), (&text, &layout), progress);
            }
            table::read(bytes, name, (&text, &layout), (&mapping, said), progress)
        }
    }
}

/// Reads a CSV file with columns that a person assigned.
pub fn read_mapped(bytes: &[u8], name: &str, mapping: &table::Mapping, progress: Progress) -> Result<Draft, Refused> {
    let (text, layout) = sniff::as_table_to_map(bytes)?;
    table::read(bytes, name, (&text, &layout), (mapping, table::Said::Chosen), progress)
}

/// Shows how a CSV file would be read: the columns, and its first rows.
pub fn preview(bytes: &[u8]) -> Result<table::Preview, Refused> {
    let (_, layout) = sniff::as_table_to_map(bytes)?;
    Ok(table::Preview::of(&layout))
}

/// The beginning of a file, which tells what it is.
fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(garak::HEAD)]
}

/// A tree of YAML; none where it is none, or where it is larger or deeper than any real one.
fn yaml(text: &str) -> Option<serde_json::Value> {
    let strict = serde_saphyr::from_str(text).ok();
    // Reading again what was too large the first time would only take as long again.
    let again = || Some(tree::indented(text)).filter(|indented| indented != text);
    strict.or_else(|| serde_saphyr::from_str(&again()?).ok())
}

/// The name of a file without its folder and its ending, to name what has no name.
fn stem(name: &str) -> Line {
    let file = file_name(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let line = Line::new(&stem.replace('_', " "));
    if line.is_empty() { Line::new("Imported system") } else { line }
}

/// The name of a file without its folder, which is nobody else's business.
fn file_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

pub mod answer;
pub mod record;
