//! Reading a file until it waits for a yes: piece by piece, so that it can be told how far it is, and stopped.

use std::{
    cell::{Cell, RefCell},
    fs::File,
    io::{ErrorKind, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::super::{Desk, Trouble, evidence::Told, file_name};
use crate::{
    domain::bring::TableColumns,
    exchange::{
        BYTES_MAX, Draft, Receipt, Refused, garak, large, preview, read_as, read_mapped,
        table::{Field, Mapping, Said},
    },
};

/// A file that was read and waits for a yes.
#[derive(Debug)]
pub struct Waiting {
    /// What it holds.
    pub(super) draft: Draft,
    /// Where it lies.
    pub(super) path: PathBuf,
}

/// Who says how the columns of a table are read.
#[derive(Debug, Clone, Copy)]
pub enum Columns<'a> {
    /// Who said it for an earlier file with the same columns; nobody, where there was none.
    AsBefore,
    /// These columns into these fields, the others as before.
    Named(&'a [(String, Option<Field>)]),
    /// This table of a screen.
    Chosen(&'a TableColumns),
}

/// The setting under which the columns of tables with these names are remembered.
fn setting(hash: &str) -> String {
    format!("columns/{hash}")
}

/// A file on its way in: it counts what was read of it, and stops where somebody says so.
struct Pieces<'a, 'b> {
    file: File,
    done: u64,
    whole: u64,
    /// How often all of it is read.
    passes: u64,
    told: &'a RefCell<Told<'b>>,
    stopped: &'a Cell<bool>,
}

impl Read for Pieces<'_, '_> {
    fn read(&mut self, piece: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(piece)?;
        self.done += read as u64;
        let done = (self.done / self.passes).min(self.whole);
        if !(self.told.borrow_mut())(done, self.whole) {
            self.stopped.set(true);
            // "Interrupted" would be tried again.
            return Err(ErrorKind::ConnectionAborted.into());
        }
        Ok(read)
    }
}

impl Seek for Pieces<'_, '_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

/// Most bytes that are read before somebody is told.
const PIECE: usize = 256 << 10;

impl Desk {
    /// Reads a file and keeps it until somebody says yes; nothing is written. It is told how many bytes of how many are
    /// read, and stops with a sentence where the answer is no.
    pub fn read_file(&mut self, path: &Path, columns: Columns<'_>, told: Told<'_>) -> Result<Receipt, Trouble> {
        let stopped = Cell::new(false);
        let told = RefCell::new(told);
        let draft = self.draft_of(path, columns, (&told, &stopped)).map_err(|trouble| match trouble {
            _ if stopped.get() => Refused::Cancelled.into(),
            other => other,
        })?;
        if matches!(columns, Columns::Named(pairs) if !pairs.is_empty()) && draft.table.is_none() {
            let says =
                format!("{} is no table, so that it has no columns to name. Nothing was changed.", path.display());
            return Err(Trouble::Usage(says));
        }
        let receipt = Receipt::of(&draft);
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        self.looked_at_file = Some(path.clone());
        self.read = Some(Waiting { draft, path });
        Ok(receipt)
    }

    fn draft_of(
        &self,
        path: &Path,
        columns: Columns<'_>,
        (told, stopped): (&RefCell<Told<'_>>, &Cell<bool>),
    ) -> Result<Draft, Trouble> {
        let mut pieces = open(path, (told, stopped))?;
        let unread = |error: std::io::Error| not_read(path, &error);
        let (size, name) = (pieces.whole, file_name(path));
        let mut head = Vec::new();
        pieces.by_ref().take(garak::HEAD as u64).read_to_end(&mut head).map_err(unread)?;
        if garak::is_garak(&head) {
            // Line by line, however large it is.
            return Ok(garak::read(&mut (&head[..]).chain(pieces), &name, Some(size), &mut |_, _| !stopped.get())?);
        }
        if size >= large::LARGE {
            pieces.passes = large::PASSES;
            if let Some(draft) = large::read(&mut pieces, &head, &name)? {
                return Ok(draft);
            }
            pieces.seek(SeekFrom::Start(head.len() as u64)).map_err(unread)?;
        }
        let bytes = all(head, pieces, path)?;
        let mut rows = |_: usize, _: Option<usize>| {
            let go_on = (told.borrow_mut())(size, size);
            stopped.set(!go_on);
            go_on
        };
        if let Columns::Chosen(table) = columns {
            let gone = || Trouble::Usage("These are not the columns of a table. Nothing was changed.".into());
            return Ok(read_mapped(&bytes, &name, &Mapping::from_columns(table).ok_or_else(gone)?, &mut rows)?);
        }
        let said = |guessed: Mapping| {
            let before = self.remembered(&guessed);
            let said = if before.is_some() { Said::Remembered } else { Said::Guessed };
            let mut mapping = before.unwrap_or(guessed);
            match columns {
                Columns::Named(pairs) if !pairs.is_empty() => {
                    mapping.name(pairs)?;
                    Ok((mapping, Said::Chosen))
                }
                Columns::Named(_) | Columns::AsBefore | Columns::Chosen(_) => Ok((mapping, said)),
            }
        };
        Ok(read_as(&bytes, &name, &said, &mut rows)?)
    }

    /// How columns with the same names were read before, where somebody said so.
    fn remembered(&self, guessed: &Mapping) -> Option<Mapping> {
        let text = self.as_saved().ok()?.setting(&setting(&guessed.header_hash)).ok()??;
        let mapping = Mapping::from_json(&serde_json::from_str(&text).ok()?)?;
        mapping.fits(guessed).then_some(mapping)
    }

    /// Keeps how the columns of the table that was read last are read, for the next file with the same ones: where a
    /// person said so, and where there is a record to keep it in.
    pub fn remember_columns(&mut self) -> Result<(), Trouble> {
        match self.waiting().and_then(chosen) {
            Some(mapping) => self.keep_columns(&mapping),
            None => Ok(()),
        }
    }

    /// Keeps a mapping for the next file with the same columns.
    pub(super) fn keep_columns(&mut self, mapping: &Mapping) -> Result<(), Trouble> {
        if !self.has_record() {
            return Ok(());
        }
        self.remember(&setting(&mapping.header_hash), &mapping.to_json().to_string())
    }

    /// What the file holds that was read last and waits for a yes.
    pub(in crate::desk) fn waiting(&self) -> Option<&Draft> {
        self.read.as_ref().map(|waiting| &waiting.draft)
    }

    /// Where the file lies that was read last, or of whose columns was asked.
    pub fn looked_at_file(&self) -> Option<&Path> {
        self.looked_at_file.as_deref()
    }

    /// The receipt of the file that was read last, once more.
    pub fn receipt_read(&self) -> Result<Receipt, Trouble> {
        let none = || Trouble::Usage("No file was read yet.".into());
        self.waiting().map(Receipt::of).ok_or_else(none)
    }

    /// The columns of the table that was read last, for a screen; none where it is no table.
    pub fn columns_read(&self) -> Option<TableColumns> {
        let draft = self.waiting()?;
        let facts = draft.table.as_ref()?;
        Some(facts.mapping.to_columns(&draft.source_name, &facts.first))
    }

    /// The columns of a table that is refused because nothing is known of them.
    pub fn columns_of(&mut self, path: &Path) -> Result<TableColumns, Trouble> {
        let mut go_on = |_, _| true;
        let (told, stopped) = (RefCell::new(&mut go_on as Told<'_>), Cell::new(false));
        let bytes = all(Vec::new(), open(path, (&told, &stopped))?, path)?;
        let shown = preview(&bytes)?;
        self.looked_at_file = Some(path.to_path_buf());
        Ok(shown.mapping.to_columns(&crate::domain::Line::new(&file_name(path)), &shown.rows))
    }
}

/// How the columns of a table are read, where a person said so for this file.
pub(super) fn chosen(draft: &Draft) -> Option<Mapping> {
    draft.table.as_ref().filter(|facts| facts.said == Said::Chosen).map(|facts| facts.mapping.clone())
}

/// Opens a file; a pipe or a device would be waited for without an end.
fn open<'a, 'b>(
    path: &Path,
    (told, stopped): (&'a RefCell<Told<'b>>, &'a Cell<bool>),
) -> Result<Pieces<'a, 'b>, Trouble> {
    let unread = |error: std::io::Error| not_read(path, &error);
    let found = std::fs::metadata(path).map_err(unread)?;
    if !found.is_file() {
        let what = if found.is_dir() { "a folder" } else { "no file" };
        return Err(Trouble::Usage(format!("{} is {what}. Nothing was changed; name a file.", path.display())));
    }
    let file = File::open(path).map_err(unread)?;
    Ok(Pieces { file, done: 0, whole: found.len(), passes: 1, told, stopped })
}

/// Everything of a file that is not read line by line.
fn all(mut head: Vec<u8>, mut pieces: Pieces<'_, '_>, path: &Path) -> Result<Vec<u8>, Trouble> {
    if let Some(refused) = large::refused(&head, pieces.whole) {
        return Err(refused.into());
    }
    head.reserve(usize::try_from(pieces.whole).unwrap_or(0).saturating_sub(head.len()));
    loop {
        let read = pieces.by_ref().take(PIECE as u64).read_to_end(&mut head).map_err(|error| not_read(path, &error))?;
        if read == 0 || head.len() > BYTES_MAX {
            return Ok(head);
        }
    }
}

fn not_read(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::Usage(match error.kind() {
        ErrorKind::NotFound => format!("There is no file {}. Nothing was changed.", path.display()),
        _ => format!("{} cannot be read ({error}). Nothing was changed.", path.display()),
    })
}
