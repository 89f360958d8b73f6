//! Opening a record: what kind of file is it, may it be written, is it as new as what was seen here before.

use std::{
    cell::{Cell, RefCell},
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use super::{Fault, Store, disk, mark::Mark, migrate, project, schema, seat::Seat, table};
use crate::domain::Id;

/// How to open a record.
#[derive(Debug, Clone, Default)]
pub struct Open {
    /// Whether to make one where there is none.
    pub create: bool,
    /// Who sits here.
    pub person: Option<Id>,
    /// The folder of this machine and user that remembers how far each record was.
    pub state_dir: Option<PathBuf>,
    /// Whether it is only to be read.
    pub read_only: bool,
}

/// What the file says about itself.
struct Identity {
    format: i64,
    space: Id,
    projections: String,
}

impl Store {
    /// Opens the record at `path`.
    pub fn open(path: &Path, how: Open) -> Result<Self, Fault> {
        Self::open_telling(path, how, &mut |_, _| ())
    }

    /// [`Self::open`], which tells how many entries of how many are replayed where the rows are made anew.
    #[allow(clippy::needless_pass_by_value, reason = "made for this one call")]
    pub fn open_telling(path: &Path, how: Open, told: &mut dyn FnMut(u64, u64)) -> Result<Self, Fault> {
        let is_there = look(path, &how)?;
        if let Some(kind) = disk::untrusted_drive(path) {
            return Err(Fault::NetworkShare { path: path.into(), kind });
        }
        if !is_there {
            let mark = how.state_dir.as_ref().and_then(|state| Mark::of(path, state).read());
            if mark.is_some_and(|seen| seen.seq > 0) {
                return Err(Fault::Gone(path.into()));
            }
            create(path)?;
        }
        patiently(|| open(path, &how, told)).map_err(|error| Fault::from_any(error, Some(path)))
    }

    /// A record that is gone when it is closed.
    pub fn in_memory() -> anyhow::Result<Self> {
        let conn = Connection::open_in_memory()?;
        schema::settle(&conn)?;
        let space = fresh_space();
        schema::create(&conn, &space.0)?;
        let seat = Seat { space, person: None, device: None, mark: None, checked: None, end: None };
        Ok(Self {
            conn,
            path: None,
            seat,
            read_only: None,
            held: RefCell::default(),
            seen_version: Cell::new(1),
            totals: Cell::new(None),
            made_anew: false,
        })
    }
}

fn fresh_space() -> Id {
    Id::v7(crate::clock::now().0, crate::clock::chance(), 0)
}

/// Whether there is a file that may be a record.
fn look(path: &Path, how: &Open) -> Result<bool, Fault> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => Err(Fault::Foreign(path.into())),
        Ok(found) if found.len() == 0 => Err(Fault::EmptyFile(path.into())),
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && how.create && !how.read_only => Ok(false),
        Err(error) => Err(Fault::of_io(error, path)),
    }
}

/// Makes a whole record under another name and gives it its own name at the end: nobody ever sees half of one, and of
/// two processes one wins.
fn create(path: &Path) -> Result<(), Fault> {
    let space = fresh_space();
    let made = disk::beside(path, &format!(".new-{space}"));
    let run = || -> anyhow::Result<()> {
        disk::make_folder(disk::folder_of(path))?;
        disk::make_file(&made)?;
        let conn = Connection::open_with_flags(&made, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        schema::settle(&conn)?;
        conn.query_row("PRAGMA journal_mode=WAL", [], |_| Ok(()))?;
        schema::create(&conn, &space.0)?;
        conn.close().map_err(|(_, error)| error)?;
        disk::flush(&made)?;
        match disk::put_in_place(&made, path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            other => Ok(other?),
        }
    };
    let out = run().map_err(|error| Fault::from_any(error, Some(path)));
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(disk::beside(&made, suffix));
    }
    out
}

/// A file that somebody else opens for the first time can answer "busy" at once, whatever the timeout says.
fn patiently<T>(mut run: impl FnMut() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        match run() {
            Err(error) if is_busy(&error) && Instant::now() < end => std::thread::sleep(Duration::from_millis(20)),
            other => return other,
        }
    }
}

fn is_busy(error: &anyhow::Error) -> bool {
    matches!(
        error.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

fn open(path: &Path, how: &Open, told: &mut dyn FnMut(u64, u64)) -> anyhow::Result<Store> {
    let mut read_only = may_not_write(path, how)?;
    let (conn, identity) = connect(path, read_only.is_some(), how.read_only)?;
    if read_only.is_none() && conn.is_readonly("main")? {
        read_only = Some("it or its drive is write-protected".into());
    }
    if identity.format > schema::FORMAT && read_only.is_none() {
        read_only = Some(format!("a newer docket wrote it, in format {}", identity.format));
        conn.execute_batch("PRAGMA query_only=ON")?;
    }
    if read_only.is_none() {
        conn.query_row("PRAGMA journal_mode=WAL", [], |_| Ok(()))?;
        migrate::migrate(&conn, path, migrate::STEPS)?;
    }
    let mark = how.state_dir.as_ref().map(|state| Mark::of(path, state));
    let device = match &mark {
        Some(mark) if read_only.is_none() => compare(&conn, path, mark, identity.space)?,
        Some(_) | None => None,
    };
    let made_anew = identity.projections != table::version();
    if made_anew {
        project_anew(&conn, read_only.is_some(), told)?;
    }
    let seen_version = Cell::new(super::data_version(&conn)?);
    let seat = Seat { space: identity.space, person: how.person, device, mark, checked: None, end: None };
    let (path, totals) = (Some(path.into()), Cell::new(None));
    Ok(Store { conn, path, seat, read_only, held: RefCell::default(), seen_version, totals, made_anew })
}

/// Why this file cannot be written, if it cannot.
fn may_not_write(path: &Path, how: &Open) -> std::io::Result<Option<String>> {
    Ok(if how.read_only {
        Some("as was asked".into())
    } else if fs::metadata(path)?.permissions().readonly() {
        Some("the file is write-protected".into())
    } else if fs::metadata(disk::folder_of(path))?.permissions().readonly() {
        Some("its folder is write-protected".into())
    } else {
        None
    })
}

fn connect(path: &Path, read_only: bool, untouched: bool) -> anyhow::Result<(Connection, Identity)> {
    let access = if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let attempt = |name: &Path, access: OpenFlags| -> anyhow::Result<(Connection, Identity)> {
        let conn = Connection::open_with_flags(name, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        schema::settle(&conn)?;
        let identity = identify(&conn, path)?;
        Ok((conn, identity))
    };
    // Nobody has it open, and whoever only looks leaves no file beside it.
    if untouched && !disk::beside(path, "-wal").exists() {
        return attempt(&frozen(path), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI);
    }
    let first = attempt(path, access);
    // Where nothing can be put beside the file it can still be read, as long as it is whole by itself.
    match first {
        Err(error) if cannot_be_shared(&error) && !disk::beside(path, "-wal").exists() => {
            attempt(&frozen(path), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)
        }
        other => other,
    }
}

fn cannot_be_shared(error: &anyhow::Error) -> bool {
    matches!(
        error.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
    )
}

/// The name under which a file is read that nobody changes.
pub(super) fn frozen(path: &Path) -> PathBuf {
    use std::fmt::Write;
    let mut name = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(byte) {
            name.push(char::from(*byte));
        } else {
            let _ = write!(name, "%{byte:02x}");
        }
    }
    name.push_str("?immutable=1");
    name.into()
}

/// Reads everything that says whose file it is in one transaction: another process may be about to make it.
fn identify(conn: &Connection, path: &Path) -> anyhow::Result<Identity> {
    let tx = conn.unchecked_transaction()?;
    let number = |sql: &str| tx.query_row(sql, [], |row| row.get::<_, i64>(0));
    if number("PRAGMA application_id")? != schema::APPLICATION {
        return Err(Fault::Foreign(path.into()).into());
    }
    let format = number("PRAGMA user_version")?;
    let meta = |key: &str| {
        tx.query_row("SELECT value FROM meta WHERE key=?1", [key], |row| row.get::<_, rusqlite::types::Value>(0))
    };
    let min_reader = match meta("min_reader")? {
        rusqlite::types::Value::Integer(n) => n,
        _ => format,
    };
    if format > schema::FORMAT && min_reader > schema::FORMAT {
        return Err(Fault::Newer { path: path.into(), found: format, known: schema::FORMAT }.into());
    }
    let space = match meta("space")? {
        rusqlite::types::Value::Blob(bytes) => Id::from_slice(&bytes),
        _ => None,
    };
    let space = space.ok_or_else(|| Fault::Damaged(path.into()))?;
    let projections = match meta("proj_version")? {
        rusqlite::types::Value::Text(text) => text,
        _ => String::new(),
    };
    Ok(Identity { format, space, projections })
}

/// Compares the file with what was seen of it on this machine. The answer is the device to go on as.
fn compare(conn: &Connection, path: &Path, mark: &Mark, space: Id) -> anyhow::Result<Option<Id>> {
    let Some(seen) = mark.read().filter(|seen| seen.space == space) else { return Ok(None) };
    if seen.seq == 0 {
        return Ok(Some(seen.device));
    }
    let hash: Option<[u8; 32]> = conn
        .query_row(
            "SELECT hash FROM event WHERE dev=(SELECT dev FROM device WHERE id=?1) AND seq=?2",
            rusqlite::params![seen.device.0, seen.seq],
            |row| row.get(0),
        )
        .optional()?;
    if hash == Some(seen.hash) {
        return Ok(Some(seen.device));
    }
    let end: Option<i64> = conn
        .query_row("SELECT head_seq FROM device WHERE id=?1", [seen.device.0.as_slice()], |row| row.get(0))
        .optional()?;
    let found = match (hash, end) {
        (Some(_), _) => "has another one in its place".to_owned(),
        (None, Some(end)) => format!("ends at {end}"),
        (None, None) => "has none from here".to_owned(),
    };
    Err(Fault::OlderThanSeen { path: path.into(), seen: seen.seq, found }.into())
}

/// Another version of docket made the rows: they are replayed, in memory where the file may not be written.
fn project_anew(conn: &Connection, read_only: bool, told: &mut dyn FnMut(u64, u64)) -> anyhow::Result<()> {
    if !read_only {
        return project::catch_up(conn, told);
    }
    table::create(conn, table::Place::Temp)?;
    project::replay(conn, table::Place::Temp, told)?;
    Ok(())
}
