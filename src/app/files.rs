//! Choosing a file: a folder at a time, narrowed as one types.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use crossterm::event::{KeyCode, KeyEvent};

use super::{
    Answer, Effect, Model, Overlay,
    confirm::{Reader, Take},
    entry::Entry,
    fuzzy::rank,
    list::{Selection, Step},
};
use crate::{
    domain::bring::{EntrySort, Folder, FolderEntry, Glance, TableColumns},
    keymap::Action,
};

/// How many files are looked at between two keys.
const AT_ONCE: usize = 6;

/// The folder that is open, and what is typed to narrow it.
#[derive(Debug)]
pub struct Files {
    /// What is in it.
    pub folder: Folder,
    /// What is typed: a part of a name, or a path.
    pub query: Entry,
    /// Whether hidden ones are shown as well.
    pub hidden: bool,
    /// What fits, by its place in the folder.
    pub shown: Vec<usize>,
    /// Which row.
    pub at: Selection,
    /// What the files looked like that were looked at.
    pub seen: HashMap<PathBuf, Glance>,
}

impl Files {
    /// A folder that was opened.
    pub fn new(folder: Folder) -> Self {
        let (query, seen) = (Entry::line(""), HashMap::new());
        let mut files = Self { folder, query, hidden: false, shown: Vec::new(), at: Selection::default(), seen };
        files.fill();
        files.start();
        files
    }

    /// Another folder takes its place; coming up from one, the cursor is on that one.
    pub fn enter(&mut self, folder: Folder) {
        let from = std::mem::replace(&mut self.folder, folder).path;
        self.query = Entry::line("");
        self.seen.clear();
        self.fill();
        let came_from = |at: &usize| {
            let entry = &self.folder.entries[*at];
            entry.sort == EntrySort::Folder && entry.path == from
        };
        match self.shown.iter().position(came_from) {
            Some(row) => self.at.select(row),
            None => self.start(),
        }
    }

    /// The way up is the first row, and not what somebody is looking for.
    fn start(&mut self) {
        let only = self.shown.len() < 2;
        let up = self.chosen().is_some_and(|entry| entry.sort == EntrySort::Up);
        self.at.select(usize::from(up && !only));
    }

    /// Works out again what fits.
    fn fill(&mut self) {
        let query = self.query.text();
        let all = self.folder.entries.iter().enumerate();
        let wanted = |entry: &FolderEntry| self.hidden || query.starts_with('.') || !entry.is_hidden();
        let kept: Vec<usize> = all
            .filter(|(_, entry)| wanted(entry) && (query.is_empty() || entry.sort != EntrySort::Up))
            .map(|(at, _)| at)
            .collect();
        self.shown = if query.is_empty() || self.is_path() {
            kept
        } else {
            let names = kept.iter().map(|at| self.folder.entries[*at].name.as_str());
            let mut found: Vec<usize> = rank(&query, names).into_iter().map(|(at, _)| kept[at]).collect();
            // Whoever writes a whole name means that one.
            found.sort_by_key(|at| self.folder.entries[*at].name.as_str() != query.trim());
            found
        };
        self.at.select(0);
    }

    /// The row under the cursor.
    pub fn chosen(&self) -> Option<&FolderEntry> {
        let at = self.at.among(self.shown.len())?;
        self.folder.entries.get(*self.shown.get(at)?)
    }

    /// Whether a path is being typed, and not a part of a name.
    pub fn is_path(&self) -> bool {
        let text = self.query.text();
        text.contains(std::path::is_separator) || text == "~"
    }

    /// What was typed as a path: from this folder on, unless it begins elsewhere.
    fn typed(&self) -> PathBuf {
        let text = self.query.text();
        let text = text.trim();
        if text.starts_with('~') { PathBuf::from(text) } else { self.folder.path.join(text) }
    }

    /// The files in sight that nobody looked at yet, a few of them.
    pub fn unseen(&self, page: usize) -> Vec<PathBuf> {
        let chosen = self.at.among(self.shown.len()).unwrap_or(0);
        let rows = super::list::window(chosen, self.shown.len(), page);
        let entries = self.shown[rows].iter().map(|at| &self.folder.entries[*at]);
        let files = entries.filter(|entry| entry.sort == EntrySort::File && !self.seen.contains_key(&entry.path));
        files.take(AT_ONCE).map(|entry| entry.path.clone()).collect()
    }

    /// Takes in what files look like.
    pub fn see(&mut self, found: Vec<Glance>) {
        self.seen.extend(found.into_iter().map(|glance| (glance.path.clone(), glance)));
    }

    /// Takes a change of what is typed: a path that ends in a separator is gone to at once.
    fn changed(&mut self) -> Option<Effect> {
        self.fill();
        let ends = self.query.text().ends_with(std::path::is_separator);
        ends.then(|| Effect::Folder(Some(self.typed())))
    }
}

/// Where the folder to choose a file from is open on top.
pub fn open_files(model: &Model) -> Option<&Files> {
    match model.overlays.last() {
        Some(Overlay::Files(files)) => Some(files),
        _ => None,
    }
}

/// Whether there are files in sight that nobody looked at yet.
pub fn is_looking(model: &Model) -> bool {
    open_files(model).is_some_and(|files| !files.unseen(model.page()).is_empty())
}

/// Takes a key that is text; Backspace where nothing is typed goes up.
pub(super) fn typed(files: &mut Files, key: KeyEvent) -> Option<Effect> {
    if key.code == KeyCode::Backspace && files.query.is_empty() {
        return up(files);
    }
    if files.query.handle(key) { files.changed() } else { None }
}

/// Takes a pasted path, or a part of a name.
pub(super) fn pasted(files: &mut Files, text: &str) -> Option<Effect> {
    // A file that is dropped on a terminal often comes in quotation marks.
    let bare = text.trim();
    let quoted = ['\'', '"'].into_iter().find_map(|mark| bare.strip_prefix(mark)?.strip_suffix(mark));
    files.query.paste(quoted.unwrap_or(bare));
    files.changed()
}

fn up(files: &Files) -> Option<Effect> {
    files.folder.path.parent().map(|up: &Path| Effect::Folder(Some(up.to_path_buf())))
}

/// What an action does to it.
pub(super) fn on_files(model: &mut Model, mut files: Box<Files>, action: Action) -> Option<Effect> {
    let page = model.page();
    let mut effect = None;
    if let Some(step) = Step::of(action) {
        files.at.take(step, files.shown.len(), page);
    }
    let folder =
        |entry: &FolderEntry| (entry.sort != EntrySort::File).then(|| Effect::Folder(Some(entry.path.clone())));
    match action {
        Action::Accept if files.is_path() => effect = Some(Effect::ReadFile(files.typed())),
        Action::Accept => {
            effect = files.chosen().map(|entry| folder(entry).unwrap_or_else(|| Effect::ReadFile(entry.path.clone())));
        }
        Action::Left => effect = up(&files),
        Action::Right => effect = files.chosen().and_then(folder),
        Action::ShowHidden => {
            files.hidden = !files.hidden;
            files.fill();
            files.start();
        }
        Action::Back if !files.query.is_empty() => {
            files.query = Entry::line("");
            files.fill();
            files.start();
        }
        Action::Back => return None,
        _ => {}
    }
    model.overlays.push(Overlay::Files(files));
    effect
}

/// A folder was opened: over what is there, or in the place of the one before.
pub(super) fn opened(model: &mut Model, folder: Folder) {
    match model.overlays.last_mut() {
        Some(Overlay::Files(files)) => files.enter(folder),
        _ => model.overlays.push(Overlay::Files(Box::new(Files::new(folder)))),
    }
}

/// A file was read: its receipt takes the place of an older one, and of the columns that made it another one.
pub(super) fn receipt(model: &mut Model, reader: Reader) {
    close_receipts(model);
    model.overlays.push(Overlay::Reader(reader));
}

/// The columns of a file that cannot be read before somebody says what they are.
pub(super) fn columns(model: &mut Model, table: TableColumns) {
    close_receipts(model);
    model.say(false, "No column of this table is known here. Say what they are, and keep it with Ctrl-S.");
    model.overlays.push(Overlay::Columns(Box::new(super::columns::ColumnsTable::new(table))));
}

/// Takes in what came back about files.
pub(super) fn absorb(model: &mut Model, answer: Answer) {
    match answer {
        Answer::Folder(folder) => opened(model, folder),
        Answer::Glanced(found) => {
            if let Some(Overlay::Files(files)) = model.overlays.last_mut() {
                files.see(found);
            }
        }
        Answer::Receipt(reader) => receipt(model, reader),
        Answer::Columns(table) => columns(model, table),
        _ => {}
    }
}

/// Closes the receipt of a file, and what was opened from it.
pub(super) fn close_receipts(model: &mut Model) {
    model.overlays.retain(|overlay| match overlay {
        Overlay::Reader(reader) => !matches!(reader.take_in, Some(Take::File(_) | Take::Table(..) | Take::Choose)),
        Overlay::Columns(_) => false,
        Overlay::Palette(palette) => !palette.tested,
        _ => true,
    });
}

/// The file was taken in: nothing of choosing it stays.
pub(super) fn close(model: &mut Model) {
    close_receipts(model);
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Files(_)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Line;

    fn folder(path: &str, names: &[(&str, EntrySort)]) -> Folder {
        let path = PathBuf::from(path);
        let mut entries: Vec<FolderEntry> = path
            .parent()
            .map(|up| FolderEntry { path: up.to_path_buf(), name: Line::new(".."), sort: EntrySort::Up })
            .into_iter()
            .collect();
        entries.extend(names.iter().map(|(name, sort)| FolderEntry {
            path: path.join(name),
            name: Line::new(name),
            sort: *sort,
        }));
        Folder { shown: Line::new(&path.to_string_lossy()), path, entries, beyond: 0 }
    }

    fn files() -> Files {
        use EntrySort::{File, Folder};
        Files::new(folder(
            "/home/a",
            &[("models", Folder), (".git", Folder), ("risks.csv", File), ("scan.sarif", File)],
        ))
    }

    fn names(files: &Files) -> Vec<&str> {
        files.shown.iter().map(|at| files.folder.entries[*at].name.as_str()).collect()
    }

    #[test]
    fn the_cursor_starts_below_the_way_up_and_hidden_ones_are_not_shown() {
        let mut open = files();
        assert_eq!(names(&open), ["..", "models", "risks.csv", "scan.sarif"]);
        assert_eq!(open.chosen().unwrap().name.as_str(), "models");
        open.query.paste("ris");
        assert!(open.changed().is_none());
        assert_eq!(names(&open), ["risks.csv"]);
        open.query = Entry::line(".g");
        open.fill();
        assert_eq!(names(&open), [".git"], "who types the point means hidden ones");
    }

    #[test]
    fn coming_up_the_cursor_is_where_it_was() {
        let mut open = files();
        open.enter(folder("/home", &[("a", EntrySort::Folder), ("b", EntrySort::Folder)]));
        assert_eq!(open.chosen().unwrap().name.as_str(), "a");
        open.enter(folder("/home/b", &[("x", EntrySort::File)]));
        assert_eq!(open.chosen().unwrap().name.as_str(), "x");
    }

    #[test]
    fn a_path_that_is_typed_is_gone_to_and_not_looked_for() {
        let mut open = files();
        assert_eq!(pasted(&mut open, "'/tmp/'\n"), Some(Effect::Folder(Some(PathBuf::from("/tmp/")))));
        let mut open = files();
        assert_eq!(pasted(&mut open, "sub/x.csv"), None);
        assert!(open.is_path());
        assert_eq!(open.typed(), PathBuf::from("/home/a/sub/x.csv"));
        let mut open = files();
        pasted(&mut open, "~/x");
        assert_eq!(open.typed(), PathBuf::from("~/x"));
    }

    #[test]
    fn only_files_in_sight_are_looked_at_and_each_once() {
        let mut open = files();
        let unseen = open.unseen(10);
        assert_eq!(unseen, [PathBuf::from("/home/a/risks.csv"), PathBuf::from("/home/a/scan.sarif")]);
        open.see(vec![Glance { path: unseen[0].clone(), bytes: Some(3), format: None }]);
        assert_eq!(open.unseen(10), unseen[1..]);
        assert!(open.unseen(2).is_empty());
    }
}
