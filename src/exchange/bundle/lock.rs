//! Locking a bundle for those that it is sent to, in the age format: whoever else gets hold of it reads nothing.

use std::io::{self, BufRead, Read, Write};

use age::{DecryptError, Decryptor, Encryptor, secrecy::SecretString, ssh, stream::StreamWriter, x25519};

use super::Broken;
use crate::domain::{Line, Secret};

/// How a locked file begins.
const BEGINS: &[u8] = b"age-encryption.org/v1\n";
/// How a file with an SSH private key begins.
const SSH_BEGINS: &str = "-----BEGIN ";
/// How much work it is to try a passphrase: 2 to this, about a second and 256 MiB; hardly any in a build for tests.
const WORK: u8 = if cfg!(debug_assertions) { 10 } else { 18 };
/// The most that is done: a file that asks for more is made to keep a machine busy.
const WORK_MAX: u8 = 20;

/// Whether a file that begins so is locked.
pub fn is_locked(head: &[u8]) -> bool {
    head.starts_with(BEGINS)
}

/// Somebody that a bundle is sent to.
pub type Recipient = Box<dyn age::Recipient + Send>;
/// What opens a locked file.
type Key = Box<dyn age::Identity>;

/// What opens a locked file: a passphrase, the texts of key files, or both where a key file has a passphrase of its own.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// The texts of key files.
    pub files: Vec<Secret>,
    /// A passphrase; empty where none was said.
    pub passphrase: Secret,
}

/// The public key of somebody that a bundle is sent to: of age, or of SSH.
pub fn recipient(text: &str) -> Result<Recipient, Broken> {
    let text = text.trim();
    if text.starts_with("ssh-") {
        let key: Result<ssh::Recipient, _> = text.parse();
        return key.map(|key| Box::new(key) as Recipient).map_err(|_| Broken::NoRecipient(Line::new(text)));
    }
    let key: Result<x25519::Recipient, _> = text.parse();
    key.map(|key| Box::new(key) as Recipient).map_err(|_| Broken::NoRecipient(Line::new(text)))
}

/// Whoever knows a passphrase.
pub fn by_passphrase(passphrase: &Secret) -> Recipient {
    let mut known = age::scrypt::Recipient::new(secret(passphrase));
    known.set_work_factor(WORK);
    Box::new(known)
}

fn secret(secret: &Secret) -> SecretString {
    SecretString::from(secret.text().to_owned())
}

impl Keys {
    /// Whether one of the key files has a passphrase of its own.
    pub fn want_passphrase(&self) -> bool {
        let open = |text: &str| ssh::Identity::from_buffer(text.trim_start().as_bytes(), None);
        self.files.iter().any(|file| matches!(open(file.text()), Ok(ssh::Identity::Encrypted(_))))
    }

    fn identities(&self) -> Result<Vec<Key>, Broken> {
        let mut all = Vec::new();
        for file in &self.files {
            all.extend(self.of_file(file.text())?);
        }
        if !self.passphrase.is_empty() {
            let mut known = age::scrypt::Identity::new(secret(&self.passphrase));
            known.set_max_work_factor(WORK_MAX);
            all.push(Box::new(known));
        }
        if all.is_empty() { Err(Broken::Locked) } else { Ok(all) }
    }

    /// The keys in the text of a key file: as the tools of age write it, or a private key of SSH.
    fn of_file(&self, text: &str) -> Result<Vec<Key>, Broken> {
        if text.trim_start().starts_with(SSH_BEGINS) {
            let key = ssh::Identity::from_buffer(text.trim_start().as_bytes(), None).map_err(|_| Broken::NoKey)?;
            let key = match key {
                ssh::Identity::Encrypted(_) if self.passphrase.is_empty() => return Err(Broken::KeyLocked),
                ssh::Identity::Encrypted(key) => {
                    ssh::Identity::from(key.decrypt(secret(&self.passphrase)).map_err(|_| Broken::KeyLocked)?)
                }
                ssh::Identity::Unsupported(_) => return Err(Broken::NoKey),
                open @ ssh::Identity::Unencrypted(_) => open,
            };
            return Ok(vec![Box::new(key)]);
        }
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let key = |line: &str| line.parse::<x25519::Identity>().ok().map(|key| Box::new(key) as Key);
        let keys: Option<Vec<Key>> = lines.map(key).collect();
        keys.filter(|keys| !keys.is_empty()).ok_or(Broken::NoKey)
    }
}

/// What is written through it can only be read by those that it is for.
pub struct Lock<W: Write>(StreamWriter<W>);

impl<W: Write> Lock<W> {
    /// A lock that any of these people can open.
    pub fn begin(out: W, people: &[Recipient]) -> io::Result<Self> {
        let people = people.iter().map(|one| &**one as &dyn age::Recipient);
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

/// Whether what a locked file begins with asks for a passphrase, and not for a key.
pub fn wants_passphrase<R: BufRead>(input: R) -> Result<bool, Broken> {
    Ok(Decryptor::new_buffered(input).map_err(|error| broken(&error, true))?.is_scrypt())
}

/// What a locked file holds, for somebody with one of its keys.
pub fn unlock<R: BufRead>(input: R, keys: &Keys) -> Result<impl Read + use<R>, Broken> {
    let keys = keys.identities()?;
    let lock = Decryptor::new_buffered(input).map_err(|error| broken(&error, false))?;
    let by_word = lock.is_scrypt();
    lock.decrypt(keys.iter().map(|one| &**one as &dyn age::Identity)).map_err(|error| broken(&error, by_word))
}

fn broken(error: &DecryptError, by_word: bool) -> Broken {
    match error {
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed
            if by_word =>
        {
            Broken::WrongWord
        }
        DecryptError::NoMatchingKeys => Broken::NotForYou,
        DecryptError::ExcessiveWork { .. } => Broken::Changed("its passphrase would take too long to try".to_owned()),
        DecryptError::UnknownFormat => Broken::Newer,
        DecryptError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Broken::Cut,
        _ => Broken::Changed("its lock is damaged".to_owned()),
    }
}
