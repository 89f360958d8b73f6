//! The whole record as one file, and a file back into an empty record.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

pub use crate::exchange::bundle::Keys;

use super::{Desk, Paths, Trouble};
use crate::{
    clock,
    domain::{
        Line, Secret,
        journal::{Carried, Part},
        wording::thousands,
    },
    exchange::bundle::{self, Broken, Lock, Reader, Recipient, Writer},
    store::{Fault, Step},
};

/// What a file turned out to be, with nothing of it taken in.
#[derive(Debug)]
pub struct Looked {
    /// Where it is.
    pub path: PathBuf,
    /// What it says of itself; all of it was read, and it holds.
    pub carried: Carried,
    pub(super) keys: Keys,
}

impl From<Broken> for Trouble {
    fn from(broken: Broken) -> Self {
        Self::Usage(broken.to_string())
    }
}

/// Whether the file at a path is a record or a bundle of docket, by how it begins. A pipe is not one: looking into it
/// would wait for whoever writes, and take away what is read.
pub fn is_carried(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    read.is_ok() && bundle::is_ours(&head)
}

/// The lines of such a file, unlocked where it is locked.
pub(super) fn reader(path: &Path, keys: &Keys) -> Result<Reader<Box<dyn BufRead>>, Trouble> {
    let failed = |error| unread(path, &error);
    let mut input = BufReader::new(File::open(path).map_err(failed)?);
    let lines: Box<dyn BufRead> = if bundle::is_locked(input.fill_buf().map_err(failed)?) {
        Box::new(BufReader::new(bundle::unlock(input, keys)?))
    } else {
        Box::new(input)
    };
    Ok(Reader::begin(lines)?)
}

fn unread(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::Usage(format!("{} cannot be read ({error}). Nothing was changed.", path.display()))
}

/// What a file is locked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockedBy {
    /// Keys of those that it was sent to.
    Keys,
    /// A passphrase.
    Passphrase,
}

/// What a file is locked with; none where anybody can read it.
pub fn locked_by(path: &Path) -> Result<Option<LockedBy>, Trouble> {
    let failed = |error| unread(path, &error);
    let mut input = BufReader::new(File::open(path).map_err(failed)?);
    if !bundle::is_locked(input.fill_buf().map_err(failed)?) {
        return Ok(None);
    }
    Ok(Some(if bundle::wants_passphrase(input)? { LockedBy::Passphrase } else { LockedBy::Keys }))
}

/// The text of a key file.
pub fn key_file(path: &Path) -> Result<Secret, Trouble> {
    std::fs::read_to_string(path).map(Secret::new).map_err(|error| unread(path, &error))
}

/// Reads all of a file and checks it: what it says of itself.
pub fn look(path: &Path, keys: Keys) -> Result<Looked, Trouble> {
    let mut reader = reader(path, &keys)?;
    for piece in &mut reader {
        piece?;
    }
    Ok(Looked { path: path.to_owned(), carried: reader.carried().clone(), keys })
}

impl Looked {
    /// What it is, in sentences.
    pub fn lines(&self) -> Vec<String> {
        let carried = &self.carried;
        let what = match &carried.part {
            Some(part) => {
                let review = part.review.map_or_else(String::new, |n| format!(", review {n}"));
                format!("A bundle about {}{review}.", part.name)
            }
            None => "A whole record.".to_owned(),
        };
        let count = |n: u64| thousands(usize::try_from(n).unwrap_or(usize::MAX));
        let (entries, attachments) = (count(carried.entries), count(carried.attachments));
        let chains = carried.devices.len();
        vec![
            what,
            format!("Entries {entries}, attachments {attachments}, devices {chains}; every chain and sum holds."),
        ]
    }
}

/// Writes a file that nobody sees before it is whole, and that only its owner may read. One that is there already is
/// replaced only where it is such a file itself.
pub(super) fn written(
    to: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<Carried, Trouble>,
) -> Result<Carried, Trouble> {
    if to.exists() && !is_carried(to) {
        return Err(Fault::Exists(to.into()).into());
    }
    let failed = |error: std::io::Error| Trouble::Usage(format!("{} could not be written ({error}).", to.display()));
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    let made = PathBuf::from(name);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let done = options.open(&made).map_err(failed).and_then(|file| {
        let mut out = BufWriter::new(file);
        let carried = write(&mut out)?;
        out.into_inner().map_err(|error| failed(error.into_error()))?.sync_all().map_err(failed)?;
        std::fs::rename(&made, to).map_err(failed)?;
        Ok(carried)
    });
    if done.is_err() {
        let _ = std::fs::remove_file(&made);
    }
    done
}

impl Desk {
    /// Writes the whole record, or a part of it, as lines of JSON.
    pub fn carry(&self, part: Option<Part>, out: &mut dyn Write) -> Result<Carried, Trouble> {
        let (mut out, mut writer) = (Some(out), None);
        let carried = self.store()?.carry(part, &mut |step| {
            match (step, &mut writer) {
                (Step::Begin(carried), none) => {
                    let out = out.take().ok_or_else(|| anyhow::anyhow!("it begins once"))?;
                    *none = Some(Writer::begin(out, carried)?);
                }
                (Step::Entry(entry, prev), Some(writer)) => writer.entry(entry, prev)?,
                (Step::Blob(blob), Some(writer)) => writer.blob(blob)?,
                (Step::Entry(..) | Step::Blob(_), None) => anyhow::bail!("it begins first"),
            }
            Ok(())
        })?;
        if let Some(writer) = writer {
            writer.end()?;
        }
        Ok(carried)
    }

    /// Writes the whole record into a file.
    pub fn write_whole(&self, to: &Path) -> Result<Carried, Trouble> {
        written(to, |out| self.carry(None, out))
    }

    /// Writes what concerns one system into a file, locked for those with these public keys where there are any.
    pub fn write_bundle(&self, part: Part, to: &Path, people: &[Recipient]) -> Result<Carried, Trouble> {
        written(to, |out| {
            if people.is_empty() {
                return self.carry(Some(part), out);
            }
            let mut lock = Lock::begin(out, people)?;
            let carried = self.carry(Some(part), &mut lock)?;
            lock.end()?;
            Ok(carried)
        })
    }

    /// Those that a bundle is locked for: public keys, or files of them.
    pub fn recipients(people: &[String]) -> Result<Vec<Recipient>, Trouble> {
        let mut out = Vec::new();
        for one in people {
            let path = super::expanded(one);
            if one.starts_with("age1") || one.starts_with("ssh-") || !path.is_file() {
                out.push(bundle::recipient(one)?);
                continue;
            }
            let text = key_file(&path)?;
            let lines = text.text().lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            for line in lines {
                out.push(bundle::recipient(line)?);
            }
        }
        Ok(out)
    }

    /// Puts a whole record, or a bundle as a working copy, into this empty record.
    pub fn adopt(&mut self, looked: &Looked) -> Result<(), Trouble> {
        let mut reader = reader(&looked.path, &looked.keys)?;
        if *reader.carried() != looked.carried {
            return Err(Trouble::Usage("The file was changed while it was read. Nothing was changed.".into()));
        }
        self.me = None;
        self.store_mut()?.adopt(&looked.carried, &mut reader)??;
        self.me = self.only_person()?;
        while self.freshen(clock::today(), super::opening::ANEW)? > 0 {}
        Ok(())
    }

    /// Makes a new record of what a file holds; nothing is left where it is refused.
    pub fn made_of(paths: Paths, looked: &Looked) -> Result<Self, Trouble> {
        if paths.record.exists() {
            return Err(Fault::Exists(paths.record).into());
        }
        let record = paths.record.clone();
        let mut desk = Self::create(paths, false)?;
        if let Err(trouble) = desk.adopt(looked) {
            desk.close()?;
            for suffix in ["", "-wal", "-shm"] {
                let mut name = record.clone().into_os_string();
                name.push(suffix);
                let _ = std::fs::remove_file(name);
            }
            return Err(trouble);
        }
        Ok(desk)
    }

    /// What a bundle about a system says of it.
    pub fn part_of(&self, system: crate::domain::Id) -> Result<Part, Trouble> {
        let dossier = self.dossier(system)?;
        let review = dossier.review().and_then(|review| review.number);
        Ok(Part { system, name: Line::new(dossier.name()), review })
    }
}
