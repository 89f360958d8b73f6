//! The control library: what can be done about the threats, who answers for it and how it is checked.

use super::asset::{LibraryError, Meta, Refs, read, shipped, unique};
use serde::Deserialize;

const FILE: &str = "control_library.toml";

/// A control that a review may take into its plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlEntry {
    /// Its number, such as DKT-C-001.
    pub id: String,
    /// Always "control".
    pub kind: String,
    /// What people read.
    pub title: String,
    /// What is in place when it is in place.
    pub description: String,
    /// The review role that answers for it.
    pub owner_role: String,
    /// The team that does the work.
    pub operating_team: String,
    /// The gate by which it must first be in place.
    pub lifecycle_gate: String,
    /// Gates at which it is looked at again.
    pub recheck_gates: Vec<String>,
    /// How it is verified.
    pub verification_method: String,
    /// The verification in a sentence.
    pub how_to_verify: String,
    /// What shows it.
    pub evidence_type: String,
    /// By how many steps it lowers the likelihood, where it says so.
    #[serde(default)]
    pub less_likely: Option<u8>,
    /// By how many steps it lowers the impact, where it says so.
    #[serde(default)]
    pub less_impact: Option<u8>,
    /// Ids of the threats it works against: the reverse of what the threats suggest.
    pub mitigates: Vec<String>,
    /// Where the frameworks ask for it.
    pub refs: Refs,
}

/// The control library.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controls {
    /// Its heading.
    pub meta: Meta,
    control: Vec<ControlEntry>,
}

impl Controls {
    /// Reads `text`; refuses an id used twice and a wrong count.
    pub fn parse(text: &str) -> Result<Self, LibraryError> {
        let read: Self = read(FILE, text)?;
        unique(FILE, read.control.iter().map(|control| control.id.as_str()))?;
        if read.meta.items.is_some_and(|items| items != read.control.len()) {
            return Err(LibraryError::new(FILE, "meta.items", format!("the file has {} controls", read.control.len())));
        }
        Ok(read)
    }

    /// Version of the content.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// Every control, by number.
    #[must_use]
    pub fn all(&self) -> &[ControlEntry] {
        &self.control
    }

    /// The control `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&ControlEntry> {
        self.control.iter().find(|control| control.id == id)
    }

    /// The controls that work against a threat, by number.
    pub fn against<'a>(&'a self, threat: &'a str) -> impl Iterator<Item = &'a ControlEntry> {
        self.control.iter().filter(move |control| control.mitigates.iter().any(|id| id == threat))
    }
}

shipped! {
    /// The shipped controls; parsed at the first call.
    controls -> Controls, "control_library.toml"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::library::threats;

    #[test]
    fn a_wrong_count_is_refused_by_name() {
        let text = include_str!("../../../assets/frameworks/control_library.toml");
        let error = Controls::parse(&text.replacen("items = 81", "items = 82", 1)).unwrap_err();
        assert_eq!(error.to_string(), "control_library.toml: meta.items: the file has 81 controls");
    }

    #[test]
    fn the_controls_against_a_threat_are_the_ones_it_suggests() {
        let threat = threats().get("DKT-T-001").unwrap();
        let found: Vec<&str> = controls().against(&threat.id).map(|control| control.id.as_str()).collect();
        let mut suggested: Vec<&str> = threat.controls.iter().map(String::as_str).collect();
        suggested.sort_unstable();
        assert_eq!(found, suggested);
        assert!(controls().get(found[0]).is_some() && controls().get("DKT-C-999").is_none());
    }
}
