//! The register of a record in the forms that other tools read. Each is made from the record, so that none says what the
//! record does not say.

mod attestation;
mod defectdojo;
mod poam;
mod sarif;
mod sheet;

use serde_json::Value;

use super::{Record, parts::ThreatPart};
use crate::domain::{id::hex, journal::digest};

/// A form that another tool reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table for a spreadsheet, which docket reads back.
    Csv,
    /// Generic findings of `DefectDojo`.
    DefectDojo,
    /// SARIF 2.1.0, which code platforms show.
    Sarif,
    /// The plan of action and milestones of OSCAL.
    Oscal,
    /// Claims and evidence of `CycloneDX` 1.6.
    CycloneDx,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 5] = [Self::Csv, Self::DefectDojo, Self::Sarif, Self::Oscal, Self::CycloneDx];

    /// The word for it on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::DefectDojo => "defectdojo",
            Self::Sarif => "sarif",
            Self::Oscal => "oscal",
            Self::CycloneDx => "cyclonedx",
        }
    }
}

/// The record in a form.
#[must_use]
pub fn export(record: &Record, form: Form) -> String {
    match form {
        Form::Csv => sheet::csv(record),
        Form::DefectDojo => json(&defectdojo::findings(record)),
        Form::Sarif => json(&sarif::log(record)),
        Form::Oscal => json(&poam::plan(record)),
        Form::CycloneDx => json(&attestation::bom(record)),
    }
}

fn json(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// Where a threat stands, in the one question that all the forms ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Nobody decided what becomes of it.
    Undecided,
    /// Work on it is under way.
    Open,
    /// Controls against it are verified.
    Mitigated,
    /// Governance accepted what is left, until a day.
    Accepted,
    /// It does not apply here.
    NotApplicable,
    /// It was avoided, or somebody else bears it.
    Elsewhere,
}

fn standing(threat: &ThreatPart) -> Standing {
    match (threat.disposition, threat.progress) {
        ("mitigate", Some("verified")) => Standing::Mitigated,
        ("mitigate", _) => Standing::Open,
        ("accept", _) => Standing::Accepted,
        ("not-applicable", _) => Standing::NotApplicable,
        ("avoid" | "transfer", _) => Standing::Elsewhere,
        _ => Standing::Undecided,
    }
}

/// What a threat is mapped to, as a word for a category; else its own category.
fn category(threat: &ThreatPart) -> Option<&str> {
    let own = threat.categories.iter().find(|category| category.taxonomy == "category");
    own.map(|category| category.value.as_str()).or_else(|| threat.maps.first().map(|map| map.title.as_str()))
}

/// The description with what was decided and why, for tools that have one text only.
fn told(threat: &ThreatPart) -> String {
    let mut parts = vec![threat.description.clone().unwrap_or_else(|| threat.title.clone())];
    let decided = threat.decided_by.as_ref().map_or(String::new(), |who| format!(" by {}", who.name));
    let until =
        threat.expires_at.as_deref().and_then(|at| at.get(..10)).map_or(String::new(), |day| format!(" until {day}"));
    let why = threat.rationale.as_deref().map_or(String::new(), |why| format!(": {why}"));
    parts.push(format!("Disposition: {}{decided}{until}{why}", threat.disposition));
    if !threat.controls.is_empty() {
        parts.push(format!("Controls: {}", threat.controls.join(", ")));
    }
    parts.join("\n\n")
}

/// An identity that is the same each time the same thing is written: a hash in the shape of a UUID
/// made from a name (RFC 9562, version 5), because OSCAL takes no other.
fn uuid(record: &Record, of: &str) -> String {
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest(format!("{}/{of}", record.system.id).as_bytes())[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x50;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let digits = hex(&bytes);
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_own_word() {
        let mut words = Form::ALL.map(Form::word).to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Form::ALL.len());
    }
}
