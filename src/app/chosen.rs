//! From what was chosen to what is asked of the domain; and the score that was typed.

use super::{
    Effect, Model, Screen,
    confirm::{Chooser, Pick},
    sheets,
};
use crate::{
    domain::{
        Kind,
        command::Command,
        fields::{Kept, Score},
        value::Value,
    },
    keymap::Action,
};

/// What choosing asks for.
pub(super) fn chosen(model: &mut Model, chooser: &Chooser) -> Option<Effect> {
    let at = chooser.at.among(chooser.options.len())?;
    let me = model.me.clone()?;
    if let (Screen::Queue(_), Pick::Because(treatment, reason)) = (&model.screen, &chooser.options[at].1) {
        return match reason {
            Some(reason) => super::queue::commit(model, Some(*treatment), Some(reason)),
            None => super::acts::push(model, sheets::because(*treatment)),
        };
    }
    if let (Screen::AllThreats(_), Pick::Because(treatment, reason)) = (&model.screen, &chooser.options[at].1) {
        return super::across::because(model, *treatment, reason.as_deref());
    }
    if let Pick::Hat(role, action) = chooser.options[at].1 {
        return super::acts::act_in(model, role, action);
    }
    match &chooser.options[at].1 {
        Pick::Column(..) => return columns(model, chooser),
        Pick::Facet(facet) => return super::log::second(model, *facet),
        Pick::Field(column, field) => {
            super::columns::chosen(model, *column, *field);
            return None;
        }
        Pick::Narrow(query) => return super::log::ask(model, (**query).clone()),
        _ => {}
    }
    let screen = model.system()?;
    match &chooser.options[at].1 {
        Pick::Column(..) | Pick::Hat(..) | Pick::Facet(_) | Pick::Narrow(_) | Pick::Field(..) => None,
        Pick::Because(treatment, reason) => super::acts::because(model, *treatment, reason.as_deref()),
        Pick::Add(kind) => {
            let form = sheets::add(screen, &me, *kind, None);
            super::acts::push(model, form)
        }
        Pick::NewControl(threat) => {
            let form = sheets::add(screen, &me, Kind::Control, Some(*threat));
            super::acts::push(model, form)
        }
        Pick::Link(threat, control) => {
            let set = vec![
                ("threat".into(), Some(*threat).to_value()),
                ("control".into(), Some(*control).to_value()),
                ("less_likely".into(), Value::Int(1)),
            ];
            Some(Effect::Commit(screen.id(), Command::Add { kind: Kind::Link, set, to: None }))
        }
        Pick::Propose(threat) => {
            let form = sheets::propose(screen, &me, *threat, model.today)?;
            super::acts::push(model, form)
        }
        Pick::Proviso(acceptance, sort) => {
            let form = sheets::proviso(screen, &me, (*acceptance, *sort), model.today)?;
            super::acts::push(model, form)
        }
        Pick::Change(sort) => {
            let form = sheets::change(screen, &me, *sort, model.today);
            super::acts::push(model, form)
        }
        Pick::Fact(id) => super::library::of_fact(model, id),
        Pick::Tick(..) => ticked(model, chooser),
    }
}

/// The ticked columns are shown, and remembered.
fn columns(model: &mut Model, chooser: &Chooser) -> Option<Effect> {
    let on = |(_, pick): &(String, Pick)| match pick {
        Pick::Column(id, true) => Some((*id).to_owned()),
        _ => None,
    };
    let ids: Vec<String> = chooser.options.iter().filter_map(on).collect();
    let today = model.today;
    if matches!(model.screen, Screen::AllThreats(_)) {
        return super::across::columns(model, &ids);
    }
    let Screen::System(screen) = &mut model.screen else { return None };
    screen.register.view.choose(&ids);
    screen.refill(today);
    Some(Effect::Remember("register", screen.register.view.to_text()))
}

/// The ticked entries of a library, all in one command; the one under the cursor where nothing is ticked.
fn ticked(model: &mut Model, chooser: &Chooser) -> Option<Effect> {
    let mut ids: Vec<String> = chooser
        .options
        .iter()
        .filter_map(|(_, pick)| match pick {
            Pick::Tick(id, true) => Some(id.clone()),
            _ => None,
        })
        .collect();
    if ids.is_empty()
        && let Some((_, Pick::Tick(id, _))) = chooser.options.get(chooser.at.among(chooser.options.len())?)
    {
        ids.push(id.clone());
    }
    Some(Effect::Commit(model.system()?.id(), Command::FromLibrary(ids)))
}

/// Enter while scoring keeps the score; Esc leaves it.
pub(super) fn score(model: &mut Model, action: Action) -> Option<Effect> {
    let scoring = match &mut model.screen {
        Screen::System(screen) => &mut screen.scoring,
        Screen::AllThreats(screen) => &mut screen.scoring,
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Library(_)
        | Screen::Queue(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_) => {
            return None;
        }
    };
    let typed = (*scoring)?;
    match action {
        Action::Accept => {
            let (Some(likelihood), Some(impact)) = (typed.likelihood, typed.impact) else {
                model.say(true, "Type two digits: likelihood 1 to 5, then impact 1 to 5.");
                return None;
            };
            if matches!(model.screen, Screen::AllThreats(_)) {
                return super::across::score(model, (likelihood, impact));
            }
            let ids = super::acts::chosen(model);
            let Screen::System(screen) = &mut model.screen else { return None };
            let unscored = |t: &crate::domain::register::Threat| ids.contains(&t.id) && t.likelihood.is_none();
            screen.next_unscored = ids.len() == 1 && screen.dossier.threats.iter().any(unscored);
            screen.scoring = None;
            let score = |n: u8| Score::new(n.into()).to_value();
            super::acts::set(model, vec![("likelihood", score(likelihood)), ("impact", score(impact))])
        }
        Action::Back => {
            *scoring = None;
            None
        }
        _ => None,
    }
}
