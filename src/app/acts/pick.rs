//! Acts on what the cursor is on, and lists to choose from.

use crate::app::{
    Effect, Model, Overlay,
    confirm::{Chooser, Confirm, Pick, Yes},
    list::Selection,
    sheets,
    system::{SystemScreen, Tab},
};
use crate::domain::{
    Id, Kind, Prose, command::Command, decision::AcceptanceStatus, fields::Vocabulary, register::Treatment,
    value::Value,
};

use super::{
    perform::{push, say},
    selected_thing,
};

pub(super) fn edit(kind: Kind, id: Id, set: Vec<(&str, Value)>) -> Command {
    let set = set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    Command::Edit { kind, id, set, why: Prose::default() }
}

pub(super) fn treat(model: &mut Model, treatment: Treatment) -> Option<Effect> {
    let Some(threat) = selected_thing(model, Kind::Threat) else { return say(model, "Put the cursor on a threat.") };
    let screen = model.system()?;
    let unexplained = screen.dossier.threats.iter().find(|t| t.id == threat)?.treatment_reason.is_empty();
    let explain = matches!(treatment, Treatment::Avoid | Treatment::Transfer | Treatment::NotApplicable);
    if explain && unexplained {
        let me = model.me.clone()?;
        let mut form = sheets::edit(model.system()?, &me, Kind::Threat, threat, "treatment_reason")?;
        form.fields.retain(|field| field.id == "treatment" || field.id == "treatment_reason");
        form.fields[0].restore(treatment.code());
        form.focus = 1;
        form.title = format!("{}: why?", treatment.label());
        return push(model, form);
    }
    Some(Effect::Commit(screen.id(), edit(Kind::Threat, threat, vec![("treatment", Value::from(treatment.code()))])))
}

pub(super) fn flag(model: &mut Model) -> Option<Effect> {
    let Some(threat) = selected_thing(model, Kind::Threat) else { return say(model, "Put the cursor on a threat.") };
    let screen = model.system()?;
    let on = screen.dossier.threats.iter().find(|t| t.id == threat)?.flagged == Some(crate::domain::fields::YesNo::Yes);
    let value = Value::from(if on { "no" } else { "yes" });
    Some(Effect::Commit(screen.id(), edit(Kind::Threat, threat, vec![("flagged", value)])))
}

/// On a threat: an existing control, or a new one. On a control: the threat that it is against as well.
pub(super) fn link(model: &mut Model) -> Option<Effect> {
    let on = model.system().filter(|screen| screen.tab == Tab::Controls);
    if let Some(control) = on.and_then(SystemScreen::control_at) {
        let form = sheets::add(model.system()?, &model.me.clone()?, Kind::Link, Some(control));
        return push(model, form);
    }
    let Some(threat) = selected_thing(model, Kind::Threat) else {
        return say(model, "Put the cursor on the threat that a control is against.");
    };
    let screen = model.system()?;
    let linked: Vec<Id> = screen.dossier.controls_of(threat).map(|(_, control)| control.id).collect();
    let free = screen.dossier.live_controls().filter(|control| !linked.contains(&control.id));
    let mut options = vec![("a new control".to_owned(), Pick::NewControl(threat))];
    options.extend(free.map(|c| (format!("{} {}", c.reference(), c.title), Pick::Link(threat, c.id))));
    if options.len() == 1 {
        let form = sheets::add(screen, &model.me.clone()?, Kind::Control, Some(threat));
        return push(model, form);
    }
    model.overlays.push(Overlay::Chooser(Chooser {
        title: "Which control is against it?".into(),
        options,
        at: Selection::default(),
    }));
    None
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

/// The threats of the library that fit this system, with the reason for each, to be ticked.
pub(super) fn suggestions(model: &mut Model) -> Option<Effect> {
    use crate::domain::library::{Fit, propose};
    let screen = model.system()?;
    let known: Vec<&str> = screen.dossier.threats.iter().map(|threat| threat.library.as_str()).collect();
    let fits = propose(&|fact| screen.dossier.fact(fact));
    let options = fits
        .into_iter()
        .filter(|p| matches!(p.fit, Fit::Applies { .. }) && !known.contains(&p.threat.id.as_str()))
        .map(|proposal| {
            (format!("{}  {}", proposal.threat.title, proposal.because), Pick::Tick(proposal.threat.id.clone(), false))
        });
    let chooser = Chooser {
        title: "Add which threats? Space ticks, Enter adds".into(),
        options: options.collect(),
        at: Selection::default(),
    };
    model.overlays.push(Overlay::Chooser(chooser));
    None
}
