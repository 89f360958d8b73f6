//! Flows, tools, connections, models, sources, components, releases.

use super::{Cell, Row, Target, Tint, name_of, shown};
use crate::domain::{Dossier, Kind, decision::uncovered, fields::Entity};

/// The kinds of the inventory, in the order of the pane.
pub const KINDS: [Kind; 7] =
    [Kind::Flow, Kind::Tool, Kind::Connection, Kind::Model, Kind::Retrieval, Kind::Component, Kind::Release];

pub(super) fn rows(dossier: &Dossier) -> Vec<Row> {
    let open: Vec<String> = uncovered(dossier).into_iter().map(|subject| subject.mark).collect();
    let mut rows = Vec::new();
    for kind in KINDS {
        let things = dossier.rows(kind);
        let live = things.iter().filter(|thing| !thing.archived()).count();
        rows.push(Row::heading(plural(kind), live.to_string()));
        if things.is_empty() {
            rows.push(Row::note(format!("    No {} yet. n adds one.", kind.label())));
        }
        rows.extend(things.into_iter().map(|thing| row(dossier, thing, &open)));
    }
    for file in &dossier.sources {
        rows.push(Row::heading("Imported files", ""));
        rows.push(Row::note(format!(
            "    {}  {}  {}",
            file.name,
            file.format,
            file.digest.0.chars().take(16).collect::<String>()
        )));
    }
    rows
}

fn row(dossier: &Dossier, thing: &dyn Entity, open: &[String]) -> Row {
    let details = thing.kind().fields().iter().skip(1).filter(|field| field.id != "source");
    let details = details.filter_map(|field| {
        let text = shown(dossier, field, &thing.get(field.id));
        (!text.is_empty()).then(|| format!("{} {text}", field.label.to_lowercase()))
    });
    let missing = thing.kind().fields().iter().any(|field| field.needed && thing.get(field.id).is_null());
    let mark = if missing {
        ("[!]", Tint::Alert)
    } else if open.contains(&thing.id().to_string()) {
        (" ! ", Tint::Alert)
    } else {
        ("   ", Tint::Plain)
    };
    let cells = vec![Cell::plain(name_of(thing)), Cell::new(details.collect::<Vec<_>>().join(", "), Tint::Muted)];
    Row::item(Target::Thing(thing.kind(), thing.id()), cells).marked(mark.0, mark.1).struck(thing.archived())
}

fn plural(kind: Kind) -> String {
    let label = kind.label();
    let mut text: String = label.chars().take(1).flat_map(char::to_uppercase).chain(label.chars().skip(1)).collect();
    text.push('s');
    text
}
