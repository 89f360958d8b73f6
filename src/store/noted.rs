//! A line outside the record that knows when it was backed up last, and to where: of this machine, like the mark.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::mark::name_of;
use crate::domain::fields::Moment;

/// The last backup that was made on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastBackup {
    /// When.
    pub at: Moment,
    /// To which file.
    pub path: PathBuf,
}

/// What a line of it begins with.
const HEAD: &str = "docket-backup-v1";

fn place(record: &Path, state: &Path) -> PathBuf {
    state.join("backups").join(name_of(record))
}

/// Notes a backup. It is only a help for later: what cannot be noted is not told.
pub fn note_backup(record: &Path, state: &Path, last: &LastBackup) {
    let path = fs::canonicalize(&last.path).unwrap_or_else(|_| last.path.clone());
    let Some(name) = path.to_str().filter(|name| !name.contains('\n')) else { return };
    let file = place(record, state);
    let folder = super::disk::folder_of(&file);
    let _ = super::disk::make_folder(folder).and_then(|()| fs::write(&file, format!("{HEAD} {} {name}\n", last.at.0)));
}

/// The last backup of a record, as far as this machine knows.
pub fn last_backup(record: &Path, state: &Path) -> Option<LastBackup> {
    let text = fs::read_to_string(place(record, state)).ok()?;
    let mut parts = text.trim_end_matches('\n').splitn(3, ' ');
    let (head, at, path) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
    (head == HEAD).then(|| LastBackup { at: Moment(at), path: path.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_noted_for_its_record_only() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("copy one.docket"), "").unwrap();
        let path = fs::canonicalize(at("copy one.docket")).unwrap();
        let last = LastBackup { at: Moment(1_700_000_000_000), path };
        note_backup(&at("a.docket"), &at("state"), &last);
        assert_eq!(last_backup(&at("a.docket"), &at("state")), Some(last));
        assert_eq!(last_backup(&at("b.docket"), &at("state")), None);
    }
}
