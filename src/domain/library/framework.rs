//! The public frameworks that the libraries point to: identifiers, short titles and relations only.
//!
//! One generic reader for all of them; what a framework has beyond that stays in its file.

use super::asset::{LibraryError, Refs, read, unique};
use serde::Deserialize;
use std::sync::OnceLock;

/// The heading of a framework file.
#[derive(Debug, Clone, Deserialize)]
pub struct FrameworkMeta {
    /// The key that [`Refs`] use.
    pub framework: String,
    /// What people read.
    pub name: String,
    /// Edition; several frameworks renumber between editions, so it belongs beside every id that is printed.
    pub version: String,
    /// When it was published: an ISO date, in part or several.
    pub published: String,
    /// Who publishes it.
    pub source: String,
    /// Licence of the source.
    pub licence: String,
}

/// An entry of a framework.
#[derive(Debug, Clone, Deserialize)]
pub struct FrameworkItem {
    /// Its identifier, as the framework writes it.
    pub id: String,
    /// What it is in that framework: risk, technique, control, article, ...
    pub kind: String,
    /// Official short title; the id again where it has none.
    pub title: String,
    /// Key of the framework.
    #[serde(skip)]
    pub framework: String,
    /// Our own paraphrase; empty where there is none.
    #[serde(default)]
    pub summary: String,
    /// The entry that it is part of.
    pub parent: Option<String>,
    /// Short code (STRIDE and LINDDUN).
    pub code: Option<String>,
    /// ISO date from which it applies (EU AI Act).
    pub applies_from: Option<String>,
    /// Whether an adequate source was found; nothing points to what is not verified.
    pub verified: bool,
    /// Relations to other frameworks.
    #[serde(default)]
    pub refs: Refs,
    /// Tactics that a technique serves (ATLAS).
    #[serde(default)]
    pub tactics: Vec<String>,
    /// Techniques that a mitigation works against (ATLAS).
    #[serde(default)]
    pub mitigates: Vec<String>,
    /// The reverse of `mitigates` (ATLAS).
    #[serde(default)]
    pub mitigated_by: Vec<String>,
    /// What took the place of a retired entry (ATLAS).
    #[serde(default)]
    pub replaced_by: Vec<String>,
    /// Articles that a tier or date is about (EU AI Act).
    #[serde(default)]
    pub articles: Vec<String>,
}

/// A framework.
#[derive(Debug, Clone)]
pub struct Framework {
    /// Its heading.
    pub meta: FrameworkMeta,
    items: Vec<FrameworkItem>,
}

#[derive(Deserialize)]
struct Contents {
    meta: FrameworkMeta,
    #[serde(default)]
    item: Vec<FrameworkItem>,
    #[serde(default)]
    tactic: Vec<FrameworkItem>,
    #[serde(default)]
    technique: Vec<FrameworkItem>,
    #[serde(default)]
    mitigation: Vec<FrameworkItem>,
    #[serde(default)]
    retired: Vec<FrameworkItem>,
}

impl Framework {
    /// Reads `text`, the content of `file`; refuses an empty framework, an id used twice and an unknown parent.
    pub fn parse(file: &'static str, text: &str) -> Result<Self, LibraryError> {
        let Contents { meta, item, tactic, technique, mitigation, retired } = read(file, text)?;
        let mut items: Vec<FrameworkItem> =
            [item, tactic, technique, mitigation, retired].into_iter().flatten().collect();
        for item in &mut items {
            item.framework.clone_from(&meta.framework);
        }
        unique(file, items.iter().map(|item| item.id.as_str()))?;
        if items.is_empty() {
            return Err(LibraryError::new(file, "item", "there are no entries"));
        }
        let read = Self { meta, items };
        match read.items.iter().find(|item| item.parent.as_deref().is_some_and(|parent| read.item(parent).is_none())) {
            Some(stray) => Err(LibraryError::new(file, &stray.id, "the parent does not exist")),
            None => Ok(read),
        }
    }

    /// Edition of the framework.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// Every entry, in file order.
    #[must_use]
    pub fn items(&self) -> &[FrameworkItem] {
        &self.items
    }

    /// The entry `id`.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&FrameworkItem> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The entries of a kind, in file order.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a FrameworkItem> {
        self.items.iter().filter(move |item| item.kind == kind)
    }
}

/// A shipped file: the framework's key, the file's name and its text.
struct Shipped(&'static str, &'static str, &'static str);

macro_rules! files {
    ($($key:literal: $file:literal),* $(,)?) => {
        &[$(Shipped($key, $file, include_str!(concat!("../../../assets/frameworks/", $file)))),*]
    };
}

const FILES: &[Shipped; 14] = files! {
    "owasp_llm_2025": "owasp_llm_2025.toml",
    "owasp_llm_2026": "owasp_llm_2026.toml",
    "owasp_agentic": "owasp_agentic_2026.toml",
    "owasp_ml": "owasp_ml.toml",
    "mitre_atlas": "mitre_atlas.toml",
    "nist_ai_rmf": "nist_ai_rmf.toml",
    "nist_csf_2": "nist_csf_2.toml",
    "iso_42001": "iso_42001.toml",
    "csa_aicm": "csa_aicm.toml",
    "csa_maestro": "csa_maestro.toml",
    "eu_ai_act": "eu_ai_act.toml",
    "gdpr": "gdpr.toml",
    "soc2_tsc": "soc2_tsc.toml",
    "stride_linddun": "stride_linddun.toml",
};

static PARSED: [OnceLock<Framework>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

#[cfg(debug_assertions)]
thread_local! {
    static TOMORROW: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Puts other editions in force on this thread, as a later docket might ship them: other versions, other titles. Only a
/// debug build can do this, to see that what was decided stays what it is.
#[cfg(debug_assertions)]
pub fn put_other_editions_in_force() {
    TOMORROW.set(true);
}

/// The framework as a later docket might ship it.
#[cfg(debug_assertions)]
fn of_tomorrow(at: usize) -> &'static Framework {
    static LATER: [OnceLock<Framework>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    LATER[at].get_or_init(|| {
        let Shipped(_, name, text) = FILES[at];
        let mut later = Framework::parse(name, text).expect("compiled in, and a test parses this very text");
        later.meta.version.push_str(" of tomorrow");
        later.items.iter_mut().for_each(|item| item.title.push_str(" (of tomorrow)"));
        later
    })
}

/// The keys of the shipped frameworks; reads none of them.
pub fn framework_keys() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|file| file.0)
}

/// The shipped framework `key`; parsed at the first call for that key.
#[must_use]
pub fn framework(key: &str) -> Option<&'static Framework> {
    let at = FILES.iter().position(|file| file.0 == key)?;
    #[cfg(debug_assertions)]
    if TOMORROW.get() {
        return Some(of_tomorrow(at));
    }
    let Shipped(_, name, text) = FILES[at];
    Some(
        PARSED[at].get_or_init(|| Framework::parse(name, text).expect("compiled in, and a test parses this very text")),
    )
}

/// Every shipped framework; parses them all at the first call.
pub fn frameworks() -> impl Iterator<Item = &'static Framework> {
    framework_keys().filter_map(framework)
}

/// The entry `id` of the framework `key`: what a reference points to.
#[must_use]
pub fn item(key: &str, id: &str) -> Option<&'static FrameworkItem> {
    framework(key)?.item(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_finds_its_entry() {
        let found = item("mitre_atlas", "AML.T0054").unwrap();
        assert_eq!((found.framework.as_str(), found.kind.as_str()), ("mitre_atlas", "technique"));
        assert!(item("mitre_atlas", "AML.T9999").is_none() && item("astrology", "x").is_none());
    }

    #[test]
    fn every_file_parses_under_its_key() {
        for Shipped(key, name, text) in FILES {
            let read = Framework::parse(name, text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(read.meta.framework, *key, "{name}");
            let plain = |c: char| c == '\n' || c != '\\' && (' '..='~').contains(&c);
            assert!(text.chars().all(plain), "{name} is not plain text");
            assert!(!read.version().is_empty() && read.items().iter().all(|item| item.framework == *key), "{name}");
        }
    }

    #[test]
    fn a_bad_edit_is_refused_by_name() {
        let Shipped(_, name, text) = FILES[0];
        let key = |from: &str, to: &str| Framework::parse(name, &text.replacen(from, to, 1)).unwrap_err().key;
        assert_eq!(key("id = \"LLM02:2025\"", "id = \"LLM01:2025\""), "LLM01:2025");
        assert!(key("title = ", "headline = ").contains("line"));
        let strange =
            format!("{text}\n[[item]]\nid=\"x\"\nkind=\"risk\"\ntitle=\"X\"\nverified=true\nparent=\"none\"\n");
        assert_eq!(Framework::parse(name, &strange).unwrap_err().key, "x");
    }
}
