//! Acts on what the cursor is on, and lists to choose from.

use crate::app::{
    Effect, Model, Overlay,
    confirm::{Chooser, Pick},
    list::Selection,
};
use crate::domain::{Id, Kind, Prose, command::Command, value::Value};

/// Sets fields of one thing.
pub(super) fn edit(kind: Kind, id: Id, set: Vec<(&str, Value)>) -> Command {
    let set = set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    Command::Edit { kind, id, set, why: Prose::default() }
}

/// The triggers of the library that are not armed yet, to be ticked.
pub(super) fn triggers(model: &mut Model) -> Option<Effect> {
    let screen = model.system()?;
    let known: Vec<&str> = screen.dossier.triggers.iter().map(|trigger| trigger.library.as_str()).collect();
    let all = crate::domain::library::triggers().all().iter().filter(|entry| !known.contains(&entry.id.as_str()));
    let ticked = |kind: &str| kind != "time";
    let options = all.map(|entry| {
        let text = format!("{}  ({})", entry.title, entry.kind.code());
        (text, Pick::Tick(entry.id.clone(), ticked(entry.kind.code()) && entry.machine_checkable))
    });
    let chooser = Chooser {
        title: "Arm which triggers? Space ticks, Enter arms".into(),
        options: options.collect(),
        at: Selection::default(),
    };
    model.overlays.push(Overlay::Chooser(chooser));
    None
}

/// The threats that docket proposes for this system, each with its reason, on the screen of the libraries.
pub(super) fn suggestions(model: &mut Model) -> Option<Effect> {
    crate::app::library::open(model, crate::app::library::Part::Proposed)
}
