//! What an action does to the overlay that has the keys.

use crate::app::{
    Effect, Model, Overlay, Screen, acts, chosen,
    columns::ColumnsTable,
    confirm::{Confirm, Reader, Take, Yes},
    difference::Comparison,
    entry::Entry,
    form::{Form, FormField},
    list::Step,
    palette::{Item, Palette},
    submit,
};
use crate::keymap::{Action, Keymap};

use super::{
    act,
    notes::guide,
    screens::{moved, wear},
    set_filter,
};

pub(super) fn on_form(model: &mut Model, mut form: Box<Form>, action: Action) -> Option<Effect> {
    match action {
        Action::NextPane | Action::Down => form.turn(1),
        Action::PrevPane | Action::Up => form.turn(-1),
        Action::PageDown => form.focus = form.fields.len().saturating_sub(1),
        Action::PageUp => form.focus = 0,
        Action::Accept if form.focus + 1 < form.fields.len() => form.turn(1),
        Action::Save | Action::Accept => return submit::submit(model, form),
        // No editor: it would write it into a file.
        Action::EditorForText if form.fields.get(form.focus).is_some_and(FormField::is_secret) => {}
        Action::EditorForText => {
            let text = form.fields.get(form.focus).map(FormField::draft);
            model.overlays.push(Overlay::Form(form));
            return text.map(Effect::Editor);
        }
        // What is kept nowhere is not offered again.
        Action::Back if form.draft.is_empty() => return None,
        Action::Back if form.touched => {
            let lines =
                vec!["y closes it; Enter goes on writing. The draft is offered again the next time.".to_owned()];
            model.overlays.push(Overlay::Form(form));
            let question = "Close this sheet? What you typed is kept as a draft.".into();
            model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes: Yes::CloseForm }));
            return None;
        }
        Action::Back => return None,
        Action::Guide => {
            model.overlays.push(Overlay::Form(form));
            return guide(model);
        }
        _ => {}
    }
    model.overlays.push(Overlay::Form(form));
    None
}

pub(super) fn on_confirm(model: &mut Model, keymap: &Keymap, confirm: Confirm, action: Action) -> Option<Effect> {
    if action != Action::Accept {
        return None;
    }
    match confirm.yes {
        Yes::SwitchAndDo(role, action) => {
            wear(model, role);
            act(model, keymap, action)
        }
        Yes::SwitchAndMend(role, place) => {
            wear(model, role);
            acts::mend(model, &place)
        }
        Yes::Meeting(ask) => Some(Effect::Meeting(ask)),
        Yes::Commit(command) => Some(Effect::Commit(model.system()?.id(), command)),
        Yes::Seal(sort, act) => Some(Effect::Seal(model.system()?.id()?, sort, act)),
        Yes::CloseForm => {
            let Some(Overlay::Form(form)) = model.overlays.pop() else { return None };
            let (draft, text) = (form.draft.clone(), form.to_draft());
            if let Some(drafts) = model.drafts() {
                drafts.retain(|(key, _)| *key != draft);
                drafts.push((draft.clone(), text.clone()));
            }
            model.say(false, "The draft is kept; the same key brings it back.");
            Some(Effect::Keep(draft, text))
        }
        Yes::TakeIn(system) => Some(Effect::TakeIn(system)),
        Yes::Carry(effect) => {
            if let Screen::AllThreats(screen) = &mut model.screen {
                screen.sure = true;
            }
            Some(*effect)
        }
    }
}

pub(super) fn on_chooser(
    model: &mut Model,
    mut chooser: crate::app::confirm::Chooser,
    action: Action,
) -> Option<Effect> {
    let len = chooser.options.len();
    if let Some(step) = Step::of(action) {
        chooser.at.take(step, len, model.page());
    } else if action == Action::Tick {
        if let Some((_, pick)) = chooser.at.among(len).and_then(|at| chooser.options.get_mut(at)) {
            pick.tick();
        }
    } else if action == Action::Accept {
        return chosen::chosen(model, &chooser);
    } else if action == Action::Back {
        return None;
    }
    model.overlays.push(Overlay::Chooser(chooser));
    None
}

pub(super) fn on_palette(model: &mut Model, keymap: &Keymap, mut palette: Palette, action: Action) -> Option<Effect> {
    match action {
        Action::Back => return None,
        Action::Accept => {
            return match palette.selected()?.clone() {
                Item::Act(_, _, Some(why)) => {
                    model.say(true, why);
                    None
                }
                Item::Act(action, ..) => act(model, keymap, action),
                Item::Text(text) => {
                    let form = crate::app::sheets::reused(model.system()?, &model.me.clone()?, &text);
                    acts::push(model, form)
                }
                Item::Hit(hit) if palette.tested => Some(Effect::ReceiptFor(hit.system)),
                Item::Hit(hit) => {
                    let place = hit
                        .thing
                        .map(|id| crate::domain::decision::Place::field(crate::domain::Kind::Threat, id, "none"));
                    Some(Effect::Open(hit.system, place))
                }
            };
        }
        _ => {}
    }
    if let Some(step) = Step::of(action) {
        palette.at.take(step, palette.shown.len(), model.page());
    }
    model.overlays.push(Overlay::Palette(palette));
    None
}

pub(super) fn on_reader(model: &mut Model, mut reader: Reader, action: Action) -> Option<Effect> {
    let (page, last) = (reader.seen(model.size), reader.last(model.size));
    match action {
        Action::Up => reader.top = reader.top.saturating_sub(1),
        Action::Down => reader.top = (reader.top + 1).min(last),
        Action::PageUp | Action::HalfUp => reader.top = reader.top.saturating_sub(page),
        Action::PageDown | Action::HalfDown => reader.top = (reader.top + page).min(last),
        Action::First => reader.top = 0,
        Action::Last => reader.top = last,
        Action::Accept => {
            return match reader.take_in.clone()? {
                Take::File(system) | Take::Table(system, _) => Some(Effect::TakeIn(system)),
                Take::Choose => {
                    model.overlays.push(Overlay::Reader(reader));
                    model.overlays.push(Overlay::Palette(Palette::of_systems()));
                    Some(Effect::FindSystems(String::new()))
                }
                Take::Rows(command) => Some(Effect::Commit(model.system()?.id(), command)),
            };
        }
        Action::SayColumns => {
            if let Some(Take::Table(_, table)) = &reader.take_in {
                let table = ColumnsTable::new((**table).clone());
                model.overlays.push(Overlay::Reader(reader));
                model.overlays.push(Overlay::Columns(Box::new(table)));
                return None;
            }
        }
        Action::Back => return None,
        _ => {}
    }
    model.overlays.push(Overlay::Reader(reader));
    None
}

pub(super) fn on_difference(model: &mut Model, mut shown: Box<Comparison>, action: Action) -> Option<Effect> {
    let (page, last) = (Comparison::room(model.size), shown.last(model.size));
    match action {
        Action::Up => shown.top = shown.top.min(last).saturating_sub(1),
        Action::Down => shown.top = (shown.top + 1).min(last),
        Action::PageUp | Action::HalfUp => shown.top = shown.top.min(last).saturating_sub(page),
        Action::PageDown | Action::HalfDown => shown.top = (shown.top + page).min(last),
        Action::First => shown.top = 0,
        Action::Last => shown.top = last,
        Action::Accept if shown.again.is_some() => return acts::sign_again(model, shown.again?),
        Action::Back => return None,
        _ => {}
    }
    model.overlays.push(Overlay::Difference(shown));
    None
}

pub(super) fn on_filter(model: &mut Model, filter: Entry, action: Action) -> Option<Effect> {
    match action {
        Action::Accept => return None,
        Action::Back => {
            return set_filter(model, "");
        }
        _ => {}
    }
    let effect = Step::of(action).and_then(|step| moved(model, step));
    model.overlays.push(Overlay::Filter(filter));
    effect
}
