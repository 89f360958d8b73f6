//! What is done to one entry of the library: corrected, set aside, read, entered, withdrawn.

use super::{Card, Part, about, acts::say};
use crate::{
    app::{
        Effect, Model, Overlay, Screen, acts,
        confirm::{Chooser, Pick, Reader},
        list::Selection,
        sheets,
    },
    domain::{
        Id, Kind,
        catalog::{Library, OF_DATA_CLASSES, correction, fact},
        library::vocabulary,
    },
};

pub(super) fn edit(model: &mut Model, kind: Kind, id: Id) -> Option<Effect> {
    let me = model.me.clone()?;
    let Screen::Library(screen) = &model.screen else { return None };
    let form = sheets::edit_entry(screen.dossier(), &me, kind, id);
    match form {
        Some(form) => acts::push(model, form),
        None => say(model, "This is for the security team or the governance lead to change."),
    }
}

pub(super) fn not_relevant(model: &mut Model) -> Option<Effect> {
    let Screen::Library(screen) = &model.screen else { return None };
    let Some(Card::Threat(code)) = screen.card() else {
        return say(model, "Put the cursor on a threat of the library.");
    };
    if screen.system.is_none() {
        return say(model, "Open a system first: what is not relevant depends on it.");
    }
    let title = Library::of(screen.dossier()).threat(code).map(|entry| entry.title.clone())?;
    let form = sheets::irrelevant(code, &title);
    acts::push(model, form)
}

/// Corrects the fact under the cursor; of a threat that several facts decide, one is chosen first.
pub(super) fn correct(model: &mut Model) -> Option<Effect> {
    let Screen::Library(screen) = &model.screen else { return None };
    if screen.system.is_none() {
        return say(model, "Open a system first: facts are about one system.");
    }
    match screen.card() {
        Some(Card::Fact(id)) => of_fact(model, id),
        Some(Card::Threat(code)) => {
            let library = Library::of(screen.dossier());
            let entry = library.threat(code)?;
            let ids = entry.applies_when.iter().chain(&entry.applies_when_any);
            let known = ids.filter_map(|id| Some((vocabulary().fact(id)?, fact(screen.dossier(), id)?)));
            let options: Vec<(String, Pick)> = known
                .map(|(fact, standing)| {
                    let word = standing.holds.map_or("open", |holds| if holds { "yes" } else { "no" });
                    (format!("{}: {word}, {}", fact.title, standing.because), Pick::Fact(standing.fact))
                })
                .collect();
            if options.is_empty() {
                return say(model, "It applies to every AI system; no fact decides it.");
            }
            if let [(_, Pick::Fact(only))] = options.as_slice() {
                return of_fact(model, only);
            }
            let title = "Correct which fact?".into();
            model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
            None
        }
        _ => say(model, "Put the cursor on a fact, or on a threat that facts decide."),
    }
}

/// The sheet that corrects a fact, or the correction that there is.
pub(in crate::app) fn of_fact(model: &mut Model, id: &'static str) -> Option<Effect> {
    let me = model.me.clone()?;
    let dossier = &model.system()?.dossier;
    if OF_DATA_CLASSES.contains(&id) {
        let because = fact(dossier, id).map_or_else(String::new, |fact| fact.because);
        let text = format!("It follows from the data classes: {because}. Correct those.");
        return say(model, &text);
    }
    let form = match correction(dossier, id) {
        Some(known) => sheets::edit_entry(dossier, &me, Kind::Fact, known.id)?,
        None => sheets::correct(model.system()?, &me, id),
    };
    acts::push(model, form)
}

/// Everything about the entry, as a text to read.
pub(super) fn read(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::Library(screen) = &model.screen else { return None };
    let (title, facts) = about(screen, screen.selected()?, today);
    let line = |(label, text, _): super::Fact| {
        let lead = if label.is_empty() { String::new() } else { format!("{label}: ") };
        format!("{lead}{text}")
    };
    let lines = facts.into_iter().flat_map(|fact| line(fact).lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    model.overlays.push(Overlay::Reader(Reader { title, lines, top: 0, take_in: None }));
    None
}

pub(super) fn new_entry(model: &mut Model) -> Option<Effect> {
    let me = model.me.clone()?;
    let Screen::Library(screen) = &model.screen else { return None };
    let sort = if screen.part == Part::Controls && screen.item.is_none() { "control" } else { "threat" };
    let item = screen.item.or_else(|| match screen.card() {
        Some(Card::Item(id)) => screen.framework?.item(id),
        _ => None,
    });
    let form = sheets::entry(screen.dossier(), &me, sort, item);
    if form.fields.is_empty() {
        return say(model, "The library is kept by the security team and the governance lead.");
    }
    acts::push(model, form)
}

pub(super) fn withdraw(model: &mut Model) -> Option<Effect> {
    let Screen::Library(screen) = &model.screen else { return None };
    let dossier = screen.dossier();
    let found = match screen.card() {
        Some(Card::Considered(id)) => Some((Kind::Considered, *id)),
        Some(Card::Fact(id)) => correction(dossier, id).map(|row| (Kind::Fact, row.id)),
        Some(Card::Threat(code) | Card::Control(code)) => {
            let own = dossier.shelf.iter().find(|entry| !entry.archived && entry.code.as_str() == code);
            own.map(|entry| (Kind::Shelf, entry.id))
        }
        _ => None,
    };
    let Some((kind, id)) = found else {
        return say(model, "Only what was entered here is withdrawn: a correction, what was considered, an own entry.");
    };
    let form = sheets::withdraw_in(dossier, kind, id)?;
    acts::push(model, form)
}
