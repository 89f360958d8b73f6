//! The formats that are trees of JSON or YAML: recognised by their keys, read from their tree.

use serde_json::Value;

use super::draft::{Draft, Seen};
use super::{Refused, composer, dojo, promptfoo, sarif};

/// A tree whose format is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Composer,
    Promptfoo,
    Sarif,
    Dojo,
}

/// The format of a tree, as far as it is one that is read.
pub(super) fn of(tree: &Value) -> Option<Known> {
    let has = |key: &str| tree.get(key).is_some();
    let all = |keys: &[&str]| keys.iter().all(|key| has(key));
    Some(match () {
        () if tree["applicationInfo"].is_object() && (all(&["schema"]) || has("threats")) => Known::Composer,
        () if has("evalId") && has("results") => Known::Promptfoo,
        () if tree["runs"].is_array() && (has("version") || has("$schema")) => Known::Sarif,
        () if tree["findings"].is_array() && !has("elements") && !has("actors") => Known::Dojo,
        () => return None,
    })
}

/// Reads a tree whose format is known.
pub(super) fn read(known: Known, seen: &Seen, tree: &Value) -> Result<Draft, Refused> {
    Ok(match known {
        Known::Composer => composer::read(seen, tree),
        Known::Promptfoo => promptfoo::read(seen, tree),
        Known::Sarif => sarif::read(seen, tree),
        Known::Dojo => dojo::read(seen, tree)?,
    })
}
