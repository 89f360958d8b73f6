//! The folder and the drive that a record lies on, and who else has it open.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// The file with something added to its name: `a.docket-wal`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The folder that a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes a folder that only its owner may look into; one that is there stays as it is.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes an empty file that only its owner may read; there must be none.
pub(super) fn make_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes sure that a file and its name survive a power cut.
pub(super) fn flush(path: &Path) -> io::Result<()> {
    fs::OpenOptions::new().write(true).open(path)?.sync_all()?;
    #[cfg(unix)]
    File::open(folder_of(path))?.sync_all()?;
    Ok(())
}

/// Gives a finished file its name, unless something has that name already.
pub(super) fn put_in_place(made: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(made, path) {
        Ok(()) => fs::remove_file(made),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // A drive without hard links: the check and the renaming are two steps there.
        Err(_) if path.exists() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(made, path),
    }?;
    flush(path)
}

/// The kind of drive, where it is one on which locks or shared memory cannot be trusted.
#[cfg(target_os = "linux")]
pub(super) fn untrusted_drive(path: &Path) -> Option<&'static str> {
    use std::os::unix::ffi::OsStrExt;
    // The folder may be about to be made; then it will be on the drive of the one above it.
    let name = std::ffi::CString::new(folder_that_is_there(path).as_os_str().as_bytes()).ok()?;
    let mut out = std::mem::MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: `name` ends with a zero byte, and `out` is read only when the call says that it has filled it.
    let kind = unsafe { (libc::statfs(name.as_ptr(), out.as_mut_ptr()) == 0).then(|| out.assume_init().f_type) }?;
    #[allow(clippy::unnecessary_cast, reason = "the type differs between targets")]
    name_of_drive(kind as i64 & 0xffff_ffff)
}

/// Other systems do not say; SQLite's own locks have to do.
#[cfg(not(target_os = "linux"))]
pub(super) fn untrusted_drive(_path: &Path) -> Option<&'static str> {
    None
}

#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
fn name_of_drive(magic: i64) -> Option<&'static str> {
    match magic {
        0x6969 => Some("NFS"),
        0x517B | 0xFF53_4D42 | 0xFE53_4D42 => Some("SMB"),
        0x0102_1997 => Some("9p"),
        0x6573_5546 => Some("FUSE"),
        0x00C3_6400 => Some("Ceph"),
        0x5346_414F | 0x6B41_4653 => Some("AFS"),
        0x786F_4256 => Some("VirtualBox share"),
        _ => None,
    }
}

/// How many bytes are free on the drive of a file, for whoever asks.
#[cfg(unix)]
pub(super) fn free_on(path: &Path) -> Option<u64> {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::CString::new(folder_that_is_there(path).as_os_str().as_bytes()).ok()?;
    let mut out = std::mem::MaybeUninit::<libc::statvfs>::uninit();
    // SAFETY: `name` ends with a zero byte, and `out` is read only when the call says that it has filled it.
    let found = unsafe { (libc::statvfs(name.as_ptr(), out.as_mut_ptr()) == 0).then(|| out.assume_init()) }?;
    #[allow(clippy::useless_conversion, reason = "the types differ between targets")]
    Some(u64::from(found.f_bavail).saturating_mul(u64::from(found.f_frsize)))
}

/// Other systems are not asked.
#[cfg(not(unix))]
pub(super) fn free_on(_path: &Path) -> Option<u64> {
    None
}

/// Whether the permissions of a file let other people read or change it.
#[cfg(unix)]
pub(super) fn open_to_others(path: &Path) -> Option<bool> {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).ok().map(|found| found.permissions().mode() & 0o077 != 0)
}

/// Other systems have no such permissions.
#[cfg(not(unix))]
pub(super) fn open_to_others(_path: &Path) -> Option<bool> {
    None
}

/// The folder of a file, or the nearest one above that is there.
fn folder_that_is_there(path: &Path) -> &Path {
    folder_of(path).ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."))
}

/// Whether a file can be made beside this one, as far as can be told without making one.
#[cfg(unix)]
pub(super) fn may_write_in(path: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt;
    let Ok(name) = std::ffi::CString::new(folder_that_is_there(path).as_os_str().as_bytes()) else { return false };
    // SAFETY: `name` ends with a zero byte.
    unsafe { libc::access(name.as_ptr(), libc::W_OK | libc::X_OK) == 0 }
}

/// Other systems say no more than this.
#[cfg(not(unix))]
pub(super) fn may_write_in(path: &Path) -> bool {
    fs::metadata(folder_that_is_there(path)).is_ok_and(|found| !found.permissions().readonly())
}

/// Which other process holds a lock on the record, as words. The kernel's list is read, because opening and closing
/// the file here would drop this process's own locks.
#[cfg(target_os = "linux")]
pub(super) fn holder_of(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let inodes: Vec<u64> = [path.to_path_buf(), beside(path, "-shm")]
        .iter()
        .filter_map(|file| fs::metadata(file).ok().map(|found| found.ino()))
        .collect();
    let own = std::process::id();
    fs::read_to_string("/proc/locks").ok()?.lines().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words.iter().position(|word| *word == "READ" || *word == "WRITE")?;
        let pid: u32 = words.get(at + 1)?.parse().ok()?;
        let inode: u64 = words.get(at + 2)?.rsplit(':').next()?.parse().ok()?;
        (inodes.contains(&inode) && pid != own).then(|| format!("another docket (process {pid})"))
    })
}

/// Other systems do not say.
#[cfg(not(target_os = "linux"))]
pub(super) fn holder_of(_path: &Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_drives_are_known_by_their_magic() {
        assert_eq!(name_of_drive(0x6969), Some("NFS"));
        assert_eq!(name_of_drive(0xEF53), None);
        assert_eq!(untrusted_drive(Path::new("Cargo.toml")), None);
    }

    #[test]
    fn a_name_is_given_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b, c) = (folder.path().join("a"), folder.path().join("b"), folder.path().join("c"));
        fs::write(&a, "1").unwrap();
        fs::write(&b, "2").unwrap();
        put_in_place(&a, &c).unwrap();
        assert_eq!(put_in_place(&b, &c).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&c).unwrap(), "1");
        assert!(!a.exists() && b.exists());
    }

    /// Holds a lock for as long as its input is open; only the test below runs it, in a process of its own.
    #[test]
    fn hold_a_lock() {
        let Some(path) = std::env::var_os("DOCKET_TEST_LOCK") else { return };
        let conn = rusqlite::Connection::open(path).unwrap();
        conn.execute_batch("PRAGMA journal_mode=WAL; CREATE TABLE t(a); BEGIN IMMEDIATE").unwrap();
        println!("held");
        let _ = io::read_to_string(io::stdin());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn whoever_holds_the_lock_is_named() {
        use std::process::{Command, Stdio};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.docket");
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::disk::tests::hold_a_lock", "--nocapture"])
            .env("DOCKET_TEST_LOCK", &path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = io::BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("held") {
            assert!(io::BufRead::read_line(&mut out, &mut line).unwrap() > 0, "{line}");
        }
        assert_eq!(holder_of(&path), Some(format!("another docket (process {})", child.id())));
        let conn = rusqlite::Connection::open(&path).unwrap();
        conn.busy_timeout(std::time::Duration::ZERO).unwrap();
        let busy = crate::store::Fault::of(conn.execute_batch("BEGIN IMMEDIATE").unwrap_err(), Some(&path));
        assert!(matches!(&busy, crate::store::Fault::Locked(who) if who.contains("process")), "{busy}");
        drop(child.stdin.take());
        child.wait().unwrap();
        assert_eq!(holder_of(&path), None);
    }
}
