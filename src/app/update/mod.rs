//! One message all the way: overlays first, then the screen.

mod cells;
mod notes;
mod overlays;
mod pictures;
mod screens;

use crate::app::{
    Effect, Model, Msg, Overlay, Screen,
    across::{self, Look},
    acts,
    entry::Entry,
    form::Form,
    list::Step,
    system::Tab,
};
use crate::{
    domain::page::QueueOf,
    keymap::{Action, Context, Keymap},
};

use cells::on_cell;
use overlays::{on_chooser, on_confirm, on_difference, on_filter, on_form, on_palette, on_reader};
pub(in crate::app) use screens::scoring;
use screens::{moved, on_screen};

/// Where the keys are valid now.
pub fn context(model: &Model) -> Context {
    if let Some(overlay) = model.overlays.last() {
        return match overlay {
            Overlay::Form(form) if form.on_prose() => Context::Prose,
            Overlay::Form(_) => Context::Form,
            Overlay::Cell(_) => Context::Cell,
            Overlay::Confirm(_) => Context::Confirm,
            Overlay::Chooser(_) => Context::Chooser,
            Overlay::Palette(palette) if palette.help => Context::Help,
            Overlay::Palette(_) => Context::Palette,
            Overlay::Reader(_) | Overlay::Difference(_) => Context::Reader,
            Overlay::Filter(_) => Context::Filter,
        };
    }
    context_below(model)
}

/// Where the keys are valid on the screen below whatever lies on it.
pub fn context_below(model: &Model) -> Context {
    match &model.screen {
        Screen::Welcome(_) => Context::Welcome,
        Screen::Board(board) if board.pictures().is_some() => Context::Portfolio,
        Screen::Board(_) => Context::Board,
        Screen::Queue(queue) if queue.of == QueueOf::Intakes => Context::Tier,
        Screen::Queue(_) => Context::Rate,
        Screen::Library(_) => Context::Library,
        Screen::AllThreats(screen) if screen.scoring.is_some() => Context::Score,
        Screen::AllThreats(_) => Context::AllThreats,
        Screen::Acceptances(_) => Context::Acceptances,
        Screen::System(screen) if screen.scoring.is_some() => Context::Score,
        Screen::System(screen) => match screen.tab {
            Tab::Overview => Context::Overview,
            Tab::Inventory => Context::Inventory,
            Tab::Threats => Context::Threats,
            Tab::Controls => Context::Controls,
            Tab::Evidence => Context::Evidence,
            Tab::Privacy => Context::Privacy,
            Tab::Governance => Context::Governance,
            Tab::Checklist => Context::Checklist,
            Tab::Handoffs => Context::Handoffs,
            Tab::Signoff => Context::SignoffPane,
            Tab::History => Context::History,
            Tab::Risk => Context::Risk,
        },
    }
}

/// Why an action cannot be done now: the sentence of the rule that would refuse it.
pub fn refusal(model: &Model, action: Action) -> Option<String> {
    if model.record.read_only.is_some() && acts::verb_of(model, action).is_some() {
        return model.record.read_only.clone();
    }
    acts::why_not(model, action).map(|refused| refused.says)
}

/// Takes one message; says at most one thing that the outside has to do.
pub fn update(model: &mut Model, keymap: &Keymap, msg: Msg) -> Option<Effect> {
    let effect = work_out(model, keymap, msg);
    if let Some(decided) = effect.as_ref().and_then(cells::decided) {
        model.last = decided;
    }
    effect
}

fn work_out(model: &mut Model, keymap: &Keymap, msg: Msg) -> Option<Effect> {
    if !matches!(msg, Msg::Idle | Msg::GoOn | Msg::Stale(_) | Msg::Resized(..)) {
        model.notice = None;
        model.pending = None;
    }
    match msg {
        Msg::Resized(columns, rows) => {
            model.size = (columns, rows);
            None
        }
        Msg::Act(Action::Quit) => quit(model),
        Msg::Idle => keep(model),
        Msg::GoOn => go_on(model),
        _ if model.too_small() => None,
        Msg::Prefix(chord) => {
            model.pending = Some(chord);
            None
        }
        Msg::Act(action) => act(model, keymap, action),
        Msg::Typed(key) => typed(model, |form| form.typed(key), |entry| entry.handle(key)),
        Msg::Pasted(text) => pasted(model, &text),
        Msg::Scrolled(lines) => {
            let step = if lines < 0 { Step::Up } else { Step::Down };
            (0..lines.unsigned_abs()).fold(None, |effect, _| moved(model, step).or(effect))
        }
        Msg::Stale(today) => {
            model.today = today;
            stale(model)
        }
    }
}

/// What is typed is kept before anything else happens to it.
fn keep(model: &mut Model) -> Option<Effect> {
    let form = model.overlays.iter_mut().rev().find_map(|overlay| match overlay {
        Overlay::Form(form) | Overlay::Cell(form) if form.unkept => Some(form),
        _ => None,
    })?;
    form.unkept = false;
    Some(Effect::Keep(form.draft.clone(), form.to_draft()))
}

fn quit(model: &mut Model) -> Option<Effect> {
    model.done = true;
    keep(model)
}

fn stale(model: &mut Model) -> Option<Effect> {
    match &model.screen {
        // What others write of the thing at hand of a queue is there when it is kept; what was typed stays.
        Screen::Welcome(_) | Screen::Queue(_) => None,
        Screen::Board(board) => Some(board.reread()),
        Screen::System(screen) => Some(Effect::Open(screen.id()?, None)),
        Screen::Library(library) => {
            library.dossier().subject.map_or(Some(Effect::Library), |id| Some(Effect::Open(id, None)))
        }
        Screen::AllThreats(screen) => Some(Effect::AllThreats(Look::Again(screen.from), across::rows(model.page()))),
        Screen::Acceptances(_) => Some(Effect::Acceptances),
    }
}

/// Looks on for what was asked of the register over all systems.
fn go_on(model: &Model) -> Option<Effect> {
    let Screen::AllThreats(_) = model.screen else { return None };
    Some(Effect::AllThreats(Look::On, across::rows(model.page())))
}

fn typed(model: &mut Model, form: impl FnOnce(&mut Form), entry: impl FnOnce(&mut Entry) -> bool) -> Option<Effect> {
    match model.overlays.last_mut()? {
        Overlay::Form(sheet) | Overlay::Cell(sheet) => {
            form(sheet);
            None
        }
        Overlay::Palette(palette) => {
            if entry(&mut palette.query) {
                palette.fill();
                let query = palette.query.text();
                if palette.texts {
                    return Some(Effect::ControlTexts(query));
                }
                return (!palette.help && query.len() > 1).then_some(Effect::Find(query));
            }
            None
        }
        Overlay::Filter(filter) => {
            if entry(filter) {
                let text = filter.text();
                return set_filter(model, &text);
            }
            None
        }
        Overlay::Confirm(_) | Overlay::Chooser(_) | Overlay::Reader(_) | Overlay::Difference(_) => None,
    }
}

fn set_filter(model: &mut Model, text: &str) -> Option<Effect> {
    let today = model.today;
    if let Screen::System(screen) = &mut model.screen {
        text.clone_into(&mut screen.pane_mut().filter);
        screen.refill(today);
    } else if let Screen::Library(library) = &mut model.screen {
        library.filter_by(text, today);
        return None;
    } else if let Screen::Acceptances(screen) = &mut model.screen {
        screen.filter_by(text, today);
        return None;
    }
    across::set_filter(model, text)
}

fn pasted(model: &mut Model, text: &str) -> Option<Effect> {
    let mut fits = true;
    let effect = typed(
        model,
        |form| fits = form.paste(text),
        |entry| {
            entry.paste(text);
            true
        },
    );
    if model.overlays.is_empty() {
        model.say(true, "Pasted text runs no keys. Open a sheet or a filter first.");
    } else if !fits {
        model.say(true, "The pasted text was cut: it is longer than the field.");
    }
    effect
}

fn act(model: &mut Model, keymap: &Keymap, action: Action) -> Option<Effect> {
    match model.overlays.pop() {
        None => on_screen(model, keymap, action),
        Some(Overlay::Form(form)) => on_form(model, form, action),
        Some(Overlay::Cell(form)) => on_cell(model, form, action),
        Some(Overlay::Confirm(confirm)) => on_confirm(model, keymap, confirm, action),
        Some(Overlay::Chooser(chooser)) => on_chooser(model, chooser, action),
        Some(Overlay::Palette(palette)) => on_palette(model, keymap, palette, action),
        Some(Overlay::Reader(reader)) => on_reader(model, reader, action),
        Some(Overlay::Difference(shown)) => on_difference(model, shown, action),
        Some(Overlay::Filter(filter)) => on_filter(model, filter, action),
    }
}
