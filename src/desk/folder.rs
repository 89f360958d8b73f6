//! Folders, for choosing a file to bring in.

use std::{
    ffi::OsStr,
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{Desk, Trouble};
use crate::{
    domain::{
        Line,
        bring::{EntrySort, Folder, FolderEntry, Glance},
    },
    exchange::{GLANCED, glance},
};

/// Most entries of a folder that are listed.
const MOST: usize = 5_000;
/// The setting that says from which folder a file was brought last.
const LAST: &str = "folder";

impl Desk {
    /// What a folder holds; without one, the folder from which a file was brought last, else the home folder.
    pub fn folder(&self, wanted: Option<&Path>) -> Result<Folder, Trouble> {
        if let Some(path) = wanted {
            return list(&typed(path));
        }
        let last = self.as_saved().ok().and_then(|store| store.setting(LAST).ok()?).map(PathBuf::from);
        let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf());
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        let first = [last, home].into_iter().flatten().find_map(|path| list(&path).ok());
        first.map_or_else(|| list(&here), Ok)
    }

    /// Keeps the folder of a file that was read, for the next time; what cannot be kept is not worth a refusal.
    pub fn remember_folder(&mut self, file: &Path) {
        let Some(folder) = file.parent().and_then(Path::to_str) else { return };
        if self.has_record() {
            let _ = self.remember(LAST, folder);
        }
    }
}

/// Looks at the beginnings of files.
pub fn glances(paths: &[PathBuf]) -> Vec<Glance> {
    paths.iter().map(|path| look(path)).collect()
}

fn look(path: &Path) -> Glance {
    let nothing = Glance { path: path.to_path_buf(), bytes: None, format: None };
    // A pipe or a device would be waited for without an end.
    let Some(found) = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file) else { return nothing };
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(GLANCED as u64).read_to_end(&mut head));
    match read {
        Ok(read) => Glance { bytes: Some(found.len()), format: glance(&head, read as u64 == found.len()), ..nothing },
        Err(_) => nothing,
    }
}

/// A path that a person typed may begin at the home folder.
fn typed(path: &Path) -> PathBuf {
    let named = path.components().next().is_some_and(|first| first.as_os_str() == OsStr::new("~"));
    match path.to_str().filter(|_| named) {
        Some(text) => super::expanded(text),
        None => path.to_path_buf(),
    }
}

fn list(path: &Path) -> Result<Folder, Trouble> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let unread = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Trouble::Usage(format!("There is no folder {}.", whole.display())),
        _ => Trouble::Usage(format!("The folder {} cannot be read ({error}).", whole.display())),
    };
    let (mut entries, mut beyond) = (Vec::new(), 0);
    for entry in std::fs::read_dir(&whole).map_err(unread)?.flatten() {
        if entries.len() == MOST {
            beyond += 1;
            continue;
        }
        let path = entry.path();
        // What a link leads to counts; asking costs a look at the disk, so only links are asked.
        let is_folder =
            entry.file_type().is_ok_and(|sort| if sort.is_symlink() { path.is_dir() } else { sort.is_dir() });
        let sort = if is_folder { EntrySort::Folder } else { EntrySort::File };
        entries.push(FolderEntry { name: Line::new(&entry.file_name().to_string_lossy()), path, sort });
    }
    entries.sort_by_cached_key(|entry| (entry.sort, entry.name.as_str().to_lowercase(), entry.path.clone()));
    if let Some(up) = whole.parent() {
        entries.insert(0, FolderEntry { path: up.to_path_buf(), name: Line::new(".."), sort: EntrySort::Up });
    }
    Ok(Folder { shown: shown(&whole), path: whole, entries, beyond })
}

/// A path as a person reads it.
pub(super) fn shown(path: &Path) -> Line {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf());
    let inside = home.as_ref().and_then(|home| path.strip_prefix(home).ok());
    match inside {
        Some(rest) if rest.as_os_str().is_empty() => Line::new("~"),
        Some(rest) => Line::new(&Path::new("~").join(rest).to_string_lossy()),
        None => Line::new(&path.to_string_lossy()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_names_are_cleaned() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "A.json", ".hidden", "x\u{1b}[31m\u{202e}y.csv"] {
            std::fs::write(folder.path().join(name), "Risk ID,Risk Title,Likelihood,Impact\nR1,A leak,4,5\n").unwrap();
        }
        std::fs::create_dir(folder.path().join("models")).unwrap();
        let found = list(folder.path()).unwrap();
        let names: Vec<&str> = found.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["..", "models", ".hidden", "A.json", "b.csv", "x[31my.csv"]);
        assert_eq!(found.entries.iter().filter(|entry| entry.is_hidden()).count(), 1);
        let seen = glances(&[found.entries[5].path.clone(), found.entries[1].path.clone()]);
        assert_eq!((seen[0].format, seen[0].bytes), (Some("CSV register"), Some(51)));
        assert_eq!((seen[1].format, seen[1].bytes), (None, None), "a folder is no file");
    }

    #[test]
    fn what_is_no_folder_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let says = list(&folder.path().join("none")).unwrap_err().to_string();
        assert!(says.starts_with("There is no folder "), "{says}");
        std::fs::write(folder.path().join("file"), "x").unwrap();
        assert!(list(&folder.path().join("file")).unwrap_err().to_string().contains("cannot be read"));
    }
}
