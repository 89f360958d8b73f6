//! Libraries of CISO Assistant: their threats and controls go to the team's own library. Their texts belong to others: they
//! come from the user's own copy, and none is shipped.

use serde_json::Value;

use super::draft::{Anchors, Draft, Format, LibraryDraft, LibraryKind, Seen};
use super::tree;
use crate::domain::Line;

/// Reads a library that was recognised.
pub(super) fn read(seen: &Seen, tree: &Value) -> Draft {
    let mut draft = Draft::new(Format::CisoAssistant, seen);
    draft.title = tree::line(tree, "name");
    let objects = &tree["objects"];
    let requirements = tree::items(&objects["framework"], "requirement_nodes");
    let assessable = |one: &&Value| one["assessable"].as_bool() == Some(true);
    let mut anchors = Anchors::default();
    for one in requirements {
        let raw = [tree::text(&one["name"]), tree::text(&one["description"])];
        let raw = raw.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        anchors.count(&raw, &Line::new(&raw));
    }
    draft.count("kind", "library");
    draft.count("locale", tree::line(tree, "locale").as_str());
    draft.count("copyright", tree::line(tree, "copyright").as_str());
    draft.count("requirements", requirements.len());
    draft.count("assessable", requirements.iter().filter(assessable).count());
    draft.count("threats", tree::items(objects, "threats").len());
    draft.count("controls", tree::items(objects, "reference_controls").len());
    draft.count("outcome", "ok");
    let library = tree::line(tree, "ref_id");
    let prefix = short_code(library.as_str(), 11);
    let mut take = |kind: LibraryKind, one: &Value| {
        let code = tree::line(one, "ref_id");
        let name = [tree::line(one, "name"), tree::line(one, "description")];
        draft.library.push(LibraryDraft {
            kind,
            code: Line::new(&format!("{prefix}-{}", short_code(code.as_str(), 12))),
            title: name.into_iter().find(|line| !line.is_empty()).unwrap_or_else(|| code.clone()),
            description: tree::prose(one, "description"),
        });
    };
    for one in tree::items(objects, "threats") {
        take(LibraryKind::Threat, one);
    }
    for one in tree::items(objects, "reference_controls").iter().chain(requirements.iter().filter(assessable)) {
        take(LibraryKind::Control, one);
    }
    let copyright = tree::line(tree, "copyright");
    if !copyright.is_empty() {
        draft.notes.warn(&format!("Copyright: {copyright}"));
    }
    draft.notes.warn("A requirement that can be assessed comes in as a control of your own library");
    draft.schema = Line::new("library");
    draft.lineage = library;
    draft.anchors = Some(anchors);
    draft
}

/// A code in the letters that codes of own entries have, and no longer than fits.
fn short_code(text: &str, most: usize) -> String {
    let word = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c.to_ascii_uppercase() } else { '-' };
    text.trim().chars().map(word).take(most).collect::<String>().trim_end_matches('-').to_owned()
}
