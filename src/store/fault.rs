//! What can go wrong with the file, in whole sentences: what happened, that nothing was lost, what to do next.

use std::path::{Path, PathBuf};

use rusqlite::{Error as Sql, ErrorCode};
use thiserror::Error;

/// Why the record could not be opened, read or written.
#[derive(Debug, Error)]
pub enum Fault {
    /// There is no file.
    #[error(
        "There is no record at {0}. Nothing was changed; check the path, or run docket: its first screen begins one there."
    )]
    NotFound(PathBuf),
    /// There was a record, and it is gone.
    #[error(
        "The record that was at {0} is gone. Nothing was made in its place; look where it was moved, or restore a backup."
    )]
    Gone(PathBuf),
    /// It belongs to another program.
    #[error(
        "{0} is not a docket record, or its beginning is damaged. It was left as it is; choose another file, or restore a backup."
    )]
    Foreign(PathBuf),
    /// A newer docket wrote it.
    #[error(
        "{path} was written by a newer docket (format {found}; this one reads up to {known}). It was left as it is; update docket to open it."
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// There is a file, but nothing in it.
    #[error(
        "{0} is empty, where a record should be. It was left as it is; restore a backup, or remove the empty file to start a new record."
    )]
    EmptyFile(PathBuf),
    /// Parts of it cannot be read.
    #[error("{0} is damaged. Nothing was changed; restore a backup, or export what is readable from a copy.")]
    Damaged(PathBuf),
    /// Somebody else is writing.
    #[error("The record is in use by {0}. Nothing was changed; try again when that is done.")]
    Locked(String),
    /// Another version of docket is at work on the same file.
    #[error(
        "Not saved: another version of docket has opened this record and arranged it anew. Nothing that was saved before is lost; close this one and go on in the other."
    )]
    TakenOver,
    /// It lies where locks cannot be trusted.
    #[error(
        "{path} lies on a network or virtual drive ({kind}), where two writers could damage it. Nothing was changed; keep the record on a local disk."
    )]
    NetworkShare {
        /// The file.
        path: PathBuf,
        /// The kind of drive.
        kind: &'static str,
    },
    /// No space is left.
    #[error("Not saved: the disk is full. Nothing that was saved before is lost; free some space and try again.")]
    DiskFull,
    /// The disk did not take it.
    #[error(
        "Not saved: the disk did not take it; it is full, over a quota, or failing. Nothing that was saved before is lost; check the disk and try again."
    )]
    NotTaken,
    /// It may only be read.
    #[error(
        "Not saved: the record is open for reading only ({0}). Nothing was changed; open a record that may be written."
    )]
    ReadOnly(String),
    /// It is older than what was seen here before.
    #[error(
        "{path} is older than what was here before: entry {seen} was seen on this machine, and the file {found}. Nothing was changed; look for the newer file, or continue with this one as a new device."
    )]
    OlderThanSeen {
        /// The file.
        path: PathBuf,
        /// The entry that was seen.
        seen: i64,
        /// Where the file ends, as half a sentence.
        found: String,
    },
    /// The operating system says no.
    #[error("You may not open {0}. Nothing was changed; ask whoever owns the file or the folder for access.")]
    NoPermission(PathBuf),
    /// There is something already where a new file should go.
    #[error("There is already a file at {0}. It was left as it is; choose another name.")]
    Exists(PathBuf),
    /// A whole record goes only into an empty one.
    #[error(
        "This record holds {0} entries already, and a whole record goes only into an empty one. Nothing was changed; name a new file with --record."
    )]
    NotEmpty(i64),
    /// Somebody wrote between the look and the merge.
    #[error(
        "Somebody has written into this record since it was compared with the bundle. Nothing was changed; take the bundle in again."
    )]
    MovedOn,
    /// Anything else.
    #[error(
        "The record could not be used. Nothing was saved by this step; try again, and keep the details if it happens twice."
    )]
    Other(#[source] anyhow::Error),
}

impl Fault {
    /// What a failure of the database means for the person.
    pub(super) fn of(error: Sql, path: Option<&Path>) -> Self {
        let at = || path.map_or_else(|| PathBuf::from("the record"), Path::to_path_buf);
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Locked(path.and_then(super::disk::holder_of).unwrap_or_else(|| "another docket".into()))
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly("it may not be written here".into()),
            Some(ErrorCode::NotADatabase) => Self::Foreign(at()),
            Some(ErrorCode::SystemIoFailure) if is_write(&error) => Self::NotTaken,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::SystemIoFailure) => Self::Damaged(at()),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::NoPermission(at()),
            Some(_) | None => Self::Other(error.into()),
        }
    }

    /// What a failure of the file system means for the person.
    pub(super) fn of_io(error: std::io::Error, path: &Path) -> Self {
        use std::io::ErrorKind as Io;
        match error.kind() {
            Io::NotFound => Self::NotFound(path.into()),
            Io::PermissionDenied => Self::NoPermission(path.into()),
            Io::StorageFull | Io::QuotaExceeded | Io::FileTooLarge => Self::DiskFull,
            Io::ReadOnlyFilesystem => Self::ReadOnly("its drive may not be written".into()),
            Io::AlreadyExists => Self::Exists(path.into()),
            _ => Self::Other(anyhow::Error::new(error).context(path.display().to_string())),
        }
    }
}

impl Fault {
    /// Finds what went wrong at the bottom of a chain of errors.
    pub(super) fn from_any(error: anyhow::Error, path: Option<&Path>) -> Self {
        error
            .downcast::<Self>()
            .or_else(|error| error.downcast::<Sql>().map(|error| Self::of(error, path)))
            .unwrap_or_else(|error| match error.downcast::<std::io::Error>() {
                Ok(error) => Self::of_io(error, path.unwrap_or(Path::new("the record"))),
                Err(error) => Self::Other(error),
            })
    }
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

/// Writing, flushing or truncating failed: a quota comes as that, not as "full".
fn is_write(error: &Sql) -> bool {
    const WRITE: [i32; 5] = [778, 1034, 1290, 1546, 4874];
    matches!(error, Sql::SqliteFailure(e, _) if WRITE.contains(&e.extended_code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_speaks_of_the_engine() {
        let code = |code| Fault::of(Sql::SqliteFailure(rusqlite::ffi::Error::new(code), Some("x".into())), None);
        for (n, expected) in
            [(13, "disk is full"), (5, "in use"), (8, "reading only"), (11, "damaged"), (26, "not a docket")]
        {
            let said = code(n).to_string();
            assert!(said.contains(expected), "{said}");
            assert!(!said.to_lowercase().contains("sql") && said.ends_with('.'), "{said}");
        }
    }
}
