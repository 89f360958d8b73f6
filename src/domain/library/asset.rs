//! Reads the library files that are compiled into the program.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// What is wrong with a library file: which file, which key, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {key}: {reason}")]
pub struct LibraryError {
    /// Name of the file, without a folder.
    pub file: &'static str,
    /// The key or entry at fault, with its line where the text itself does not parse.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}

impl LibraryError {
    /// Names `key` of `file` as at fault.
    pub(super) fn new(file: &'static str, key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { file, key: key.into(), reason: reason.into() }
    }
}

/// Relations of an entry: framework key to the identifiers in that framework.
pub type Refs = BTreeMap<String, Vec<String>>;

/// The heading of a library file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// Name of the library.
    pub library: String,
    /// Version of its content; frozen into what was decided with it.
    pub version: String,
    /// What kind of work it is.
    pub kind: String,
    /// Licence of the content.
    pub licence: String,
    /// How many entries the file says it has.
    pub items: Option<usize>,
    /// How its ids look.
    pub id_pattern: Option<String>,
    /// What its scores mean.
    pub scale: Option<String>,
    /// Highest sum of points (intake only).
    pub max_points: Option<u8>,
}

/// Reads `text`, the content of `file`.
pub(super) fn read<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, LibraryError> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        LibraryError::new(file, place(text, at), error.message())
    })
}

/// Line number and key at byte `at` of `text`: what the person who edited the file has to look for.
fn place(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let number = before.matches('\n').count() + 1;
    let line = text.lines().nth(number - 1).unwrap_or_default();
    let key = line.split('=').next().unwrap_or_default().trim();
    format!("line {number}, `{key}`")
}

/// Refuses the second of two entries with the same id.
pub(super) fn unique<'a>(file: &'static str, ids: impl Iterator<Item = &'a str>) -> Result<(), LibraryError> {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(LibraryError::new(file, id, "the id is used twice"));
        }
    }
    Ok(())
}

/// Defines the function that parses a shipped file at its first use and keeps the value.
macro_rules! shipped {
    ($(#[$doc:meta])* $name:ident -> $type:ty, $file:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name() -> &'static $type {
            static ONCE: std::sync::OnceLock<$type> = std::sync::OnceLock::new();
            ONCE.get_or_init(|| {
                <$type>::parse(include_str!(concat!("../../../assets/frameworks/", $file)))
                    .expect("compiled in, and a test parses this very text")
            })
        }
    };
}
pub(super) use shipped;

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Sample {
        #[expect(dead_code, reason = "only its type matters")]
        count: u8,
    }

    #[test]
    fn an_error_names_file_line_and_key() {
        let error = read::<Sample>("sample.toml", "# note\ncount = \"many\"\n").unwrap_err();
        assert_eq!((error.file, error.key.as_str()), ("sample.toml", "line 2, `count`"));
        let error = read::<Sample>("sample.toml", "other = 1\n").unwrap_err();
        assert!(error.to_string().contains("missing field `count`"), "{error}");
        assert!(read::<Sample>("sample.toml", "[[[").is_err());
        assert!(read::<Sample>("sample.toml", "").is_err());
    }

    #[test]
    fn ids_are_used_once() {
        assert!(unique("x.toml", ["a", "b"].into_iter()).is_ok());
        assert_eq!(unique("x.toml", ["a", "a"].into_iter()).unwrap_err().key, "a");
    }
}
