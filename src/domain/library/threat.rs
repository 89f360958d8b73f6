//! The threat library: what can go wrong with an AI system, and what would have to be true for it to apply.

use super::asset::{LibraryError, Meta, Refs, read, shipped, unique};
use super::matrix::{Level, Matrix};
use serde::Deserialize;

const FILE: &str = "threat_library.toml";

/// A threat that a review may take into its register.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThreatEntry {
    /// Its number, such as DKT-T-001.
    pub id: String,
    /// Always "threat".
    pub kind: String,
    /// What people read.
    pub title: String,
    /// What happens, in one or two sentences.
    pub description: String,
    /// System facts that must all hold.
    pub applies_when: Vec<String>,
    /// System facts of which one must hold; empty means no such condition.
    pub applies_when_any: Vec<String>,
    /// STRIDE letters.
    pub stride: Vec<String>,
    /// LINDDUN codes.
    pub linddun: Vec<String>,
    /// Starting point for the likelihood, 1 to 5; not a score until a person sets it.
    pub default_likelihood: u8,
    /// Starting point for the impact, 1 to 5; not a score until a person sets it.
    pub default_impact: u8,
    /// Whether it harms people through their data.
    pub personal_data_risk: bool,
    /// In which ways it does.
    pub personal_data_kinds: Vec<String>,
    /// Whether the DPO has to confirm, change or reject it.
    pub dpo_validation_required: bool,
    /// Ids of the controls suggested against it.
    pub controls: Vec<String>,
    /// Where the frameworks speak of it.
    pub refs: Refs,
}

impl ThreatEntry {
    /// The level that the starting points give in the current matrix: a hint, never a score.
    #[must_use]
    pub fn default_level(&self) -> Option<Level> {
        Matrix::current().level(self.default_likelihood, self.default_impact)
    }
}

/// The threat library.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threats {
    /// Its heading.
    pub meta: Meta,
    threat: Vec<ThreatEntry>,
}

impl Threats {
    /// Reads `text`; refuses an id used twice, a wrong count and a starting point outside 1 to 5.
    pub fn parse(text: &str) -> Result<Self, LibraryError> {
        let read: Self = read(FILE, text)?;
        unique(FILE, read.threat.iter().map(|threat| threat.id.as_str()))?;
        if read.meta.items.is_some_and(|items| items != read.threat.len()) {
            return Err(LibraryError::new(FILE, "meta.items", format!("the file has {} threats", read.threat.len())));
        }
        match read.threat.iter().find(|threat| threat.default_level().is_none()) {
            Some(off) => Err(LibraryError::new(FILE, &off.id, "default_likelihood and default_impact go from 1 to 5")),
            None => Ok(read),
        }
    }

    /// Version of the content.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// Every threat, by number.
    #[must_use]
    pub fn all(&self) -> &[ThreatEntry] {
        &self.threat
    }

    /// The threat `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&ThreatEntry> {
        self.threat.iter().find(|threat| threat.id == id)
    }
}

shipped! {
    /// The shipped threats; parsed at the first call.
    threats -> Threats, "threat_library.toml"
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../assets/frameworks/threat_library.toml");

    #[test]
    fn a_bad_edit_is_refused_by_name() {
        let key = |from: &str, to: &str| Threats::parse(&TEXT.replacen(from, to, 1)).unwrap_err().key;
        assert_eq!(key("items = 80", "items = 79"), "meta.items");
        assert_eq!(key("default_impact = 3", "default_impact = 6"), "DKT-T-001");
        assert_eq!(key("\"DKT-T-002\"", "\"DKT-T-001\""), "DKT-T-001");
        assert!(key("stride =", "strides =").contains("strides"));
    }

    #[test]
    fn a_threat_is_found_by_its_number() {
        assert_eq!(threats().get("DKT-T-001").map(|t| t.title.as_str()), Some("Direct prompt injection"));
        assert!(threats().get("DKT-T-999").is_none());
        assert_eq!(threats().get("DKT-T-001").and_then(ThreatEntry::default_level), Some(Level::High));
    }
}
