//! Putting a copy back: the only safe way, because an old `-wal` beside a new file destroys it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Fault, backup, disk, mark::Mark};
use crate::domain::id::hex;

/// Puts the checked `copy` where `onto` is. What was there is set aside, not deleted, and the next command is written
/// by a new device, because the old chain may go on elsewhere. The answer is a sentence for people.
pub fn restore(copy: &Path, onto: &Path, state_dir: Option<&Path>) -> Result<String, Fault> {
    let checked = backup::check(copy).map_err(|error| Fault::from_any(error, Some(copy)))?;
    if let Some(who) = disk::holder_of(onto) {
        return Err(Fault::Locked(who));
    }
    let made = disk::beside(onto, ".restored");
    let brought = fs::remove_file(&made).or_else(ignore_missing).and_then(|()| {
        disk::make_folder(disk::folder_of(onto))?;
        std::io::copy(&mut fs::File::open(copy)?, &mut disk::make_file(&made)?)?;
        disk::flush(&made)
    });
    brought.map_err(|error| Fault::of_io(error, onto))?;
    let again = backup::check(&made).map_err(|error| Fault::from_any(error, Some(copy)))?;
    if again.head != checked.head {
        return Err(Fault::Damaged(copy.into()));
    }
    let aside = set_aside(onto).map_err(|error| Fault::of_io(error, onto))?;
    disk::put_in_place(&made, onto).map_err(|error| Fault::of_io(error, onto))?;
    if let Some(state_dir) = state_dir {
        forget_mark(onto, state_dir)?;
    }
    let kept = aside.map_or_else(String::new, |aside| format!(" What was there is kept as {}.", aside.display()));
    Ok(format!("The record is back, with {} entries, head {}.{kept}", checked.entries, hex(&checked.head[..8])))
}

/// Forgets how far the record at `path` was: goes on with an older file, as a new device.
pub fn forget_mark(path: &Path, state_dir: &Path) -> Result<(), Fault> {
    Mark::of(path, state_dir).forget().map_err(|error| Fault::of_io(error, path))
}

/// Moves the file and what lies beside it to a free name; the database first, so that a crash in between leaves
/// nothing that opens as half of a record.
fn set_aside(path: &Path) -> std::io::Result<Option<PathBuf>> {
    let free = (1..=u32::MAX)
        .map(|n| disk::beside(path, &format!(".aside-{n}")))
        .find(|name| !["", "-wal", "-shm"].iter().any(|suffix| disk::beside(name, suffix).exists()))
        .expect("numbers do not run out");
    let mut moved = None;
    for suffix in ["", "-wal", "-shm"] {
        match fs::rename(disk::beside(path, suffix), disk::beside(&free, suffix)) {
            Ok(()) => moved = Some(free.clone()),
            Err(error) => ignore_missing(error)?,
        }
    }
    Ok(moved)
}

fn ignore_missing(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
