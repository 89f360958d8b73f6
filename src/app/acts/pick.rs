//! Acts on what the cursor is on, and lists to choose from.

use crate::app::{
    Effect, Model, Overlay,
    confirm::{Chooser, Confirm, Pick, Yes},
    list::Selection,
    sheets,
};
use crate::domain::{Id, Kind, Prose, command::Command, decision::AcceptanceStatus, fields::Vocabulary, value::Value};

use super::{
    perform::{push, say},
    selected_thing,
};

/// Sets fields of one thing.
pub(super) fn edit(kind: Kind, id: Id, set: Vec<(&str, Value)>) -> Command {
    let set = set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    Command::Edit { kind, id, set, why: Prose::default() }
}

pub(super) fn accept(model: &mut Model) -> Option<Effect> {
    let Some(id) = selected_thing(model, Kind::Acceptance) else {
        return say(model, "Put the cursor on the proposed acceptance.");
    };
    let me = model.me.as_ref()?;
    let screen = model.system()?;
    let acceptance = screen.dossier.acceptances.iter().find(|a| a.id == id)?;
    let until = acceptance.expires.map_or_else(|| "without an end".into(), |day| format!("until {day}"));
    let lines = vec![
        format!("{} acts as {}: the risk is carried {until}.", me.name, me.role.label()),
        format!("Because {}", acceptance.reason.as_str().replace('\n', " / ")),
        format!("If {}", acceptance.condition.as_str().replace('\n', " / ")),
    ];
    let confirm =
        Confirm { question: "Accept this residual risk?".into(), lines, yes: Yes::Commit(Command::AcceptRisk(id)) };
    model.overlays.push(Overlay::Confirm(confirm));
    None
}

pub(super) fn end(model: &mut Model, from: AcceptanceStatus) -> Option<Effect> {
    let Some(id) = selected_thing(model, Kind::Acceptance) else {
        return say(model, "Put the cursor on an acceptance.");
    };
    let form = sheets::end_acceptance(&model.me.clone()?, id, from == AcceptanceStatus::Accepted);
    push(model, form)
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
