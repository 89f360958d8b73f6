//! Bringing in a file: what a folder holds, and which column of a table is read into what. Plain values, made by the desk
//! for a screen and changed there.

use std::path::PathBuf;

use super::Line;

/// What a folder holds, for choosing a file in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// The same as it is shown: from the home folder on where it is in it.
    pub shown: Line,
    /// What is in it: the way up first, then folders, then files, each by name.
    pub entries: Vec<FolderEntry>,
    /// How many more there are than are listed.
    pub beyond: usize,
}

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    /// Where it is.
    pub path: PathBuf,
    /// Its name, cleaned: a name may hold whatever a text may.
    pub name: Line,
    /// What it is.
    pub sort: EntrySort,
}

/// What something in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntrySort {
    /// The folder that it is in.
    Up,
    /// A folder.
    Folder,
    /// A file, or what may be one.
    File,
}

impl FolderEntry {
    /// Whether it is shown only where it is asked for.
    pub fn is_hidden(&self) -> bool {
        self.sort != EntrySort::Up && self.name.as_str().starts_with('.')
    }
}

/// What a look at the beginning of a file tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// Which file.
    pub path: PathBuf,
    /// Its size, where it is a file that can be read.
    pub bytes: Option<u64>,
    /// The format that it looks like, in a word or two; nothing where it is none that is read.
    pub format: Option<&'static str>,
}

/// How a table is read: its columns, and what can be made of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableColumns {
    /// The name of the file.
    pub file: Line,
    /// What identifies the columns: the same column names come with the same one.
    pub hash: String,
    /// What the table lists, as an index of `kinds`.
    pub kind: usize,
    /// What tables can list.
    pub kinds: Vec<TableKind>,
    /// The columns in their order, each with its field as an index of the fields of the kind, or none.
    pub columns: Vec<(Line, Option<usize>)>,
    /// The first rows.
    pub rows: Vec<Vec<Line>>,
}

/// Something that tables list, with the fields that a column of one can be read into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableKind {
    /// The word under which it is remembered.
    pub word: &'static str,
    /// The words of the fields, under which they are remembered.
    pub fields: Vec<&'static str>,
}

impl TableColumns {
    /// The fields of the kind that was chosen.
    pub fn fields(&self) -> &[&'static str] {
        self.kinds.get(self.kind).map_or(&[], |kind| &kind.fields)
    }

    /// The word of the field that a column is read into; none where it is kept as it is.
    pub fn field(&self, column: usize) -> Option<&'static str> {
        let at = self.columns.get(column)?.1?;
        self.fields().get(at).copied()
    }

    /// Reads a column into a field, or into none; a field has one column, so another one loses it.
    pub fn set(&mut self, column: usize, field: Option<usize>) {
        let field = field.filter(|at| *at < self.fields().len());
        for (_, other) in &mut self.columns {
            if field.is_some() && *other == field {
                *other = None;
            }
        }
        if let Some((_, of)) = self.columns.get_mut(column) {
            *of = field;
        }
    }

    /// Lists something else from now on; the columns keep the fields that it has too.
    pub fn turn_kind(&mut self) {
        let words: Vec<Option<&str>> = (0..self.columns.len()).map(|column| self.field(column)).collect();
        self.kind = (self.kind + 1) % self.kinds.len().max(1);
        for (column, word) in words.into_iter().enumerate() {
            let at = self.fields().iter().position(|known| Some(*known) == word);
            self.columns[column].1 = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> TableColumns {
        let kind = |word, fields: &[&'static str]| TableKind { word, fields: fields.to_vec() };
        let names = ["One", "Two", "Three"].map(|name| (Line::new(name), None));
        TableColumns {
            kinds: vec![kind("register", &["id", "title", "owner"]), kind("assets", &["title", "id"])],
            columns: names.to_vec(),
            ..TableColumns::default()
        }
    }

    #[test]
    fn a_field_has_one_column() {
        let mut table = columns();
        table.set(0, Some(1));
        table.set(2, Some(1));
        assert_eq!([0, 1, 2].map(|column| table.field(column)), [None, None, Some("title")]);
        table.set(2, None);
        assert_eq!(table.field(2), None);
        table.set(1, Some(9));
        assert_eq!(table.field(1), None, "there is no such field");
    }

    #[test]
    fn another_kind_keeps_the_fields_that_it_has() {
        let mut table = columns();
        for column in 0..3 {
            table.set(column, Some(column));
        }
        table.turn_kind();
        assert_eq!([0, 1, 2].map(|column| table.field(column)), [Some("id"), Some("title"), None]);
        table.turn_kind();
        assert_eq!((table.kind, table.field(0)), (0, Some("id")));
    }
}
