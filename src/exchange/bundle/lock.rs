//! Locking a bundle for those that it is sent to, in the age format: whoever else gets hold of it reads nothing.

use std::io::{self, BufRead, Read, Write};

use age::{
    DecryptError, Decryptor, Encryptor,
    stream::StreamWriter,
    x25519::{Identity, Recipient},
};

use super::Broken;
use crate::domain::Line;

/// How a locked file begins.
const BEGINS: &[u8] = b"age-encryption.org/v1\n";

/// Whether a file that begins so is locked.
pub fn is_locked(head: &[u8]) -> bool {
    head.starts_with(BEGINS)
}

/// The public key of somebody that a bundle is sent to.
pub fn recipient(text: &str) -> Result<Recipient, Broken> {
    text.trim().parse().map_err(|_| Broken::NoRecipient(Line::new(text)))
}

/// The keys in the text of a key file, as the tools of age write it.
pub fn key(text: &str) -> Result<Vec<Identity>, Broken> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Option<Vec<Identity>> = lines.map(|line| line.parse().ok()).collect();
    keys.filter(|keys| !keys.is_empty()).ok_or(Broken::NoKey)
}

/// What is written through it can only be read by those that it is for.
pub struct Lock<W: Write>(StreamWriter<W>);

impl<W: Write> Lock<W> {
    /// A lock that any of these people can open.
    pub fn begin(out: W, people: &[Recipient]) -> io::Result<Self> {
        let people = people.iter().map(|one| one as &dyn age::Recipient);
        let lock = Encryptor::with_recipients(people).map_err(io::Error::other)?;
        Ok(Self(lock.wrap_output(out)?))
    }

    /// Writes the end, without which nobody can read it.
    pub fn end(self) -> io::Result<W> {
        self.0.finish()
    }
}

impl<W: Write> Write for Lock<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What a locked file holds, for somebody with one of its keys.
pub fn unlock<R: BufRead>(input: R, keys: &[Identity]) -> Result<impl Read + use<R>, Broken> {
    if keys.is_empty() {
        return Err(Broken::Locked);
    }
    let lock = Decryptor::new_buffered(input).map_err(|error| broken(&error))?;
    lock.decrypt(keys.iter().map(|one| one as &dyn age::Identity)).map_err(|error| broken(&error))
}

fn broken(error: &DecryptError) -> Broken {
    match error {
        DecryptError::NoMatchingKeys => Broken::NotForYou,
        DecryptError::UnknownFormat => Broken::Newer,
        DecryptError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Broken::Cut,
        _ => Broken::Changed("its lock is damaged".to_owned()),
    }
}
