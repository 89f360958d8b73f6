//! The formats that are trees of JSON or YAML: recognised by their keys, read from their tree.

use serde_json::Value;

use super::draft::{Draft, Format, Seen};
use super::stream::{self, Rows, Sink, Take};
use super::{Refused, ciso, cnil, composer, cyclonedx, dojo, otm, promptfoo, sarif, threagile, tm_library};

/// A tree whose format is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Composer,
    Promptfoo,
    Sarif,
    Dojo,
    CycloneDx,
    Otm,
    TmLibrary,
    ThreagileModel,
    ThreagileRisks,
    Cnil,
    Ciso,
}

impl Known {
    /// The format.
    pub(super) fn format(self) -> Format {
        match self {
            Self::Composer => Format::ThreatComposer,
            Self::Promptfoo => Format::Promptfoo,
            Self::Sarif => Format::Sarif,
            Self::Dojo => Format::DojoGeneric,
            Self::CycloneDx => Format::CycloneDx,
            Self::Otm => Format::Otm,
            Self::TmLibrary => Format::TmLibrary,
            Self::ThreagileModel | Self::ThreagileRisks => Format::Threagile,
            Self::Cnil => Format::CnilPia,
            Self::Ciso => Format::CisoAssistant,
        }
    }
}

/// The format of a tree, as far as it is one that is read.
pub(super) fn of(tree: &Value) -> Option<Known> {
    if let Some(all) = tree.as_array() {
        // An empty list is what Threagile writes where it found no risk.
        let risks = all.iter().all(|one| one.get("synthetic_id").is_some() && one.get("risk_status").is_some());
        return risks.then_some(Known::ThreagileRisks);
    }
    let has = |key: &str| tree.get(key).is_some();
    let list = |key: &str| tree[key].is_array();
    Some(match () {
        () if tree["applicationInfo"].is_object() && (has("schema") || has("threats")) => Known::Composer,
        () if has("evalId") && has("results") => Known::Promptfoo,
        () if list("runs") && (has("version") || has("$schema")) => Known::Sarif,
        () if tree["bomFormat"].as_str() == Some("CycloneDX") || tree["specFormat"].as_str() == Some("CycloneDX") => {
            Known::CycloneDx
        }
        () if tree["pia"].is_object() && list("answers") => Known::Cnil,
        () if tree["technical_assets"].is_object() || (has("threagile_version") && has("title")) => {
            Known::ThreagileModel
        }
        () if tree["urn"].is_string() && tree["objects"].is_object() => Known::Ciso,
        () if tree["scope"].is_object() && (list("threats") || list("components")) => Known::TmLibrary,
        () if tree["project"].is_object() && (has("otmVersion") || is_bare_otm(tree)) => Known::Otm,
        () if list("findings") && !has("elements") && !has("actors") => Known::Dojo,
        () => return None,
    })
}

/// A model without its version: a project with a name, and nothing beside it that the format does not have.
fn is_bare_otm(tree: &Value) -> bool {
    const KEYS: [&str; 8] =
        ["project", "representations", "assets", "components", "dataflows", "trustZones", "threats", "mitigations"];
    let known = tree.as_object().is_some_and(|map| map.keys().all(|key| KEYS.contains(&key.as_str())));
    known && tree["project"]["name"].is_string()
}

impl Known {
    /// What is read of a file of any size; none where all of it has to be at hand.
    pub(super) fn take(self) -> Option<&'static Take> {
        match self {
            Self::Promptfoo => Some(&promptfoo::TAKE),
            Self::Sarif => Some(&sarif::TAKE),
            Self::Dojo => Some(&dojo::TAKE),
            Self::CycloneDx => Some(&cyclonedx::TAKE),
            _ => None,
        }
    }
}

/// Reads a tree whose format is known.
pub(super) fn read(known: Known, seen: &Seen, tree: &Value) -> Result<Draft, Refused> {
    let mut rows = |sink: Sink| {
        if let Some(take) = known.take() {
            stream::of_tree(take, tree, sink);
        }
        Ok(())
    };
    read_rows(known, seen, tree, &mut rows)
}

/// Reads what is beside the rows of a file, and its rows one by one; of a format without rows, its tree.
pub(super) fn read_rows(known: Known, seen: &Seen, tree: &Value, rows: Rows) -> Result<Draft, Refused> {
    Ok(match known {
        Known::Composer => composer::read(seen, tree),
        Known::Promptfoo => promptfoo::read(seen, tree, rows)?,
        Known::Sarif => sarif::read(seen, tree, rows)?,
        Known::Dojo => dojo::read(seen, tree, rows)?,
        Known::CycloneDx => cyclonedx::read(seen, tree, rows)?,
        Known::Otm => otm::read(seen, tree),
        Known::TmLibrary => tm_library::read(seen, tree),
        Known::ThreagileModel => threagile::model(seen, tree),
        Known::ThreagileRisks => threagile::risks(seen, tree),
        Known::Cnil => cnil::read(seen, tree),
        Known::Ciso => ciso::read(seen, tree),
    })
}
