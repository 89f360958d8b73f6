//! The SSH keys of a person: the one with which they sign, those of before, and when and how each of those ended.

use super::sshsig::{key_print, same_key};
use crate::domain::{fields::Moment, people::Person};

/// How a key ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedKey {
    /// By what people compare it.
    pub print: String,
    /// Whether it was withdrawn; else another one took its place.
    pub withdrawn: bool,
    /// When. What it signed until then holds.
    pub at: Moment,
}

impl EndedKey {
    /// What happened to it.
    pub fn word(&self) -> &'static str {
        if self.withdrawn { "withdrawn" } else { "replaced" }
    }

    /// As the row of the person keeps it.
    pub fn to_mark(&self) -> String {
        let at = chrono::DateTime::from_timestamp_millis(self.at.0).unwrap_or_default();
        format!("{} {} {}", self.print, self.word(), at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
    }

    fn of_mark(mark: &str) -> Option<Self> {
        let mut words = mark.split(' ');
        let (print, word, at) = (words.next()?, words.next()?, words.next()?);
        let at = Moment(chrono::DateTime::parse_from_rfc3339(at).ok()?.timestamp_millis());
        Some(Self { print: print.to_owned(), withdrawn: word == "withdrawn", at })
    }
}

/// Every key that was ever registered with a person, the one that is valid now first.
pub fn keys_of(person: &Person) -> impl Iterator<Item = &str> {
    let now = Some(person.ssh_key.as_str()).filter(|key| !key.is_empty());
    now.into_iter().chain(person.ssh_keys_before.0.iter().map(String::as_str))
}

/// How a key of a person ended; none of the one with which they sign, and of one that an older docket let go of.
pub fn ended_key(person: &Person, key: &str) -> Option<EndedKey> {
    if same_key(person.ssh_key.as_str(), key) {
        return None;
    }
    let print = key_print(key).ok()?;
    person.ssh_keys_ended.0.iter().rev().filter_map(|mark| EndedKey::of_mark(mark)).find(|end| end.print == print)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_key_ended_is_read_back() {
        for withdrawn in [true, false] {
            let end = EndedKey { print: "SHA256:abc".into(), withdrawn, at: Moment(1_795_000_000_123) };
            assert_eq!(EndedKey::of_mark(&end.to_mark()), Some(end));
        }
        assert_eq!(EndedKey::of_mark("SHA256:abc withdrawn yesterday"), None);
    }
}
