//! The high-water mark: a tiny file outside the record that knows how far the record was.
//!
//! It is the only thing that notices a lost tail or an old copy put back, and it makes a copied file a new device: the
//! mark belongs to (machine, user, path).

use std::{
    fs::{self, File, OpenOptions},
    io::{Seek, Write},
    path::{Path, PathBuf},
};

use crate::domain::{Id, fields::Moment, id::hex, journal::digest};

/// What was seen of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub space: Id,
    pub device: Id,
    /// The last own entry; 0 before the first one.
    pub seq: i64,
    pub hash: [u8; 32],
    pub at: Moment,
}

/// The name under which this machine remembers something of the record at `record`.
pub(super) fn name_of(record: &Path) -> String {
    // The folder is made plain, not the file: it must be found when the file is gone.
    let folder = super::disk::folder_of(record);
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    let whole = folder.join(record.file_name().unwrap_or_default());
    hex(&digest(whole.as_os_str().as_encoded_bytes())[..12])
}

/// The file that keeps it.
#[derive(Debug)]
pub(super) struct Mark {
    path: PathBuf,
    file: Option<File>,
}

impl Mark {
    /// The mark of the record at `record`.
    pub fn of(record: &Path, state_dir: &Path) -> Self {
        Self { path: state_dir.join("marks").join(name_of(record)), file: None }
    }

    /// What it says; nothing where there is none or it cannot be read, which makes the file a new device.
    pub fn read(&self) -> Option<Seen> {
        let text = fs::read_to_string(&self.path).ok()?;
        let (line, check) = text.trim_end().rsplit_once(' ')?;
        let mut parts = line.split(' ');
        let ok = check == sum(line) && parts.next() == Some("docket-mark-v1");
        let (space, device) = (Id::parse(parts.next()?)?, Id::parse(parts.next()?)?);
        let (seq, hash, at) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?.parse().ok()?);
        let (left, right) = (Id::parse(hash.get(..32)?)?, Id::parse(hash.get(32..)?)?);
        let mut hash = [0; 32];
        hash[..16].copy_from_slice(&left.0);
        hash[16..].copy_from_slice(&right.0);
        ok.then_some(Seen { space, device, seq, hash, at: Moment(at) })
    }

    /// Notes what was seen. A fixed length, written in place: this runs after every command.
    pub fn write(&mut self, seen: &Seen) -> std::io::Result<()> {
        let Seen { space, device, seq, hash, at } = seen;
        let line = format!("docket-mark-v1 {space} {device} {seq:020} {} {:020}", hex(hash), at.0);
        let line = format!("{line} {}\n", sum(&line));
        if self.file.is_none() {
            if let Some(folder) = self.path.parent() {
                super::disk::make_folder(folder)?;
            }
            self.file = Some(OpenOptions::new().write(true).create(true).truncate(false).open(&self.path)?);
        }
        let Some(file) = self.file.as_mut() else { return Ok(()) };
        file.rewind()?;
        file.write_all(line.as_bytes())
    }

    /// Forgets what was seen: the next write is by a new device.
    pub fn forget(self) -> std::io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

fn sum(line: &str) -> String {
    hex(&digest(line.as_bytes())[..4])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_was_written_and_nothing_when_torn() {
        let folder = tempfile::tempdir().unwrap();
        let mut mark = Mark::of(&folder.path().join("a.docket"), folder.path());
        assert_eq!(mark.read(), None);
        let seen = Seen { space: Id([1; 16]), device: Id([2; 16]), seq: 7, hash: [3; 32], at: Moment(9) };
        mark.write(&Seen { seq: 123_456, ..seen }).unwrap();
        mark.write(&seen).unwrap();
        assert_eq!(mark.read(), Some(seen));
        let text = fs::read_to_string(&mark.path).unwrap();
        fs::write(&mark.path, text.replace("007", "008")).unwrap();
        assert_eq!(mark.read(), None);
        assert!(mark.forget().is_ok());
    }
}
