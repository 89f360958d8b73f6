//! One message all the way: overlays first, then the screen.

mod board;
mod cells;
mod notes;
mod overlays;
mod pictures;
mod screens;

use crate::app::{
    Effect, Model, Msg, Overlay, Screen,
    across::{self, Look},
    acts, columns,
    confirm::Pick,
    entry::Entry,
    files,
    form::Form,
    list::Step,
    log::{self, LogLook},
    meeting, merging, past, policy,
    system::Tab,
};
use crate::{
    domain::{Kind, page::QueueOf, people::Role, rules::may, verb::Verb},
    keymap::{Action, Context, Keymap},
};
use crossterm::event::{KeyCode, KeyEvent};

use cells::on_cell;
use overlays::{on_chooser, on_confirm, on_difference, on_filter, on_form, on_palette, on_reader};
pub(in crate::app) use screens::scoring;
pub(in crate::app) use screens::wear;
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
            Overlay::Policy(_) => Context::Policy,
            Overlay::Merge(_) => Context::Merge,
            Overlay::Filter(_) => Context::Filter,
            Overlay::Files(_) => Context::Files,
            Overlay::Columns(_) => Context::Columns,
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
        Screen::Meeting(_) => Context::Meeting,
        Screen::Log(_) => Context::Log,
        Screen::System(screen) if screen.scoring.is_some() => Context::Score,
        Screen::System(screen) if screen.map.is_some() => Context::Map,
        Screen::System(screen) => match screen.tab {
            Tab::Overview => Context::Overview,
            Tab::Inventory => Context::Inventory,
            Tab::Threats => Context::Threats,
            Tab::Controls => Context::Controls,
            Tab::Evidence => Context::Evidence,
            Tab::Privacy if screen.in_section() => Context::DpoSection,
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
    if let Some(why) = model.frozen().filter(|_| acts::verb_of(model, action).is_some()) {
        return Some(model.record.read_only.clone().unwrap_or(why));
    }
    meeting::refusal(model, action).or_else(|| acts::why_not(model, action).map(|refused| refused.says))
}

/// Takes one message; says at most one thing that the outside has to do.
pub fn update(model: &mut Model, keymap: &Keymap, msg: Msg) -> Option<Effect> {
    let effect = work_out(model, keymap, msg);
    let effect = past::guard(model, effect);
    let effect = across::guard(model, effect);
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
        Msg::Typed(key) if hat_key(model, &key).is_some() => {
            let found = hat_key(model, &key)?;
            model.overlays.pop();
            acts::act_in(model, found.0, found.1)
        }
        Msg::Typed(key) if files::open_files(model).is_some() => match model.overlays.last_mut() {
            Some(Overlay::Files(open)) => files::typed(open, key),
            _ => None,
        },
        Msg::Typed(key) => typed(model, |form| form.typed(key), |entry| entry.handle(key)),
        Msg::Pasted(text) => pasted(model, &text),
        Msg::Scrolled(lines) => {
            let (step, action) = if lines < 0 { (Step::Up, Action::Up) } else { (Step::Down, Action::Down) };
            // What lies on the screen is what scrolls; in a sheet there is nothing to scroll.
            let over = !model.overlays.is_empty();
            let times = if over && model.writing().is_some() { 0 } else { lines.unsigned_abs() };
            (0..times).fold(None, |effect, _| {
                let next = if over { act(model, keymap, action) } else { moved(model, step) };
                next.or(effect)
            })
        }
        Msg::Stale(today) => {
            model.now = today;
            if model.present.is_some() {
                // The past stays what it is.
                return None;
            }
            model.today = today;
            stale(model)
        }
    }
}

/// What is typed is kept before anything else happens to it.
fn keep(model: &mut Model) -> Option<Effect> {
    let form = model.overlays.iter_mut().rev().find_map(|overlay| match overlay {
        Overlay::Form(form) | Overlay::Cell(form) if form.unkept && !form.draft.is_empty() => Some(form),
        _ => None,
    });
    let Some(form) = form else { return model.unkept.take().map(|text| Effect::Remember("portfolio", text)) };
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
        Screen::Log(screen) => Some(Effect::Log(LogLook::New(screen.log.query.clone()))),
        Screen::System(screen) => Some(Effect::Open(screen.id()?, None)),
        Screen::Library(library) => {
            library.dossier().subject.map_or(Some(Effect::Library), |id| Some(Effect::Open(id, None)))
        }
        Screen::AllThreats(screen) => Some(Effect::AllThreats(Look::Again(screen.from), across::rows(model.page()))),
        Screen::Acceptances(_) => Some(Effect::Acceptances),
        Screen::Meeting(screen) => Some(meeting::look(screen)),
    }
}

/// Looks on for what was asked of the register over all systems, or of the journal.
fn go_on(model: &Model) -> Option<Effect> {
    if let Some(open) = files::open_files(model) {
        return Some(Effect::Glance(open.unseen(model.page()))).filter(|_| files::is_looking(model));
    }
    match &model.screen {
        Screen::AllThreats(_) => Some(Effect::AllThreats(Look::On, across::rows(model.page()))),
        Screen::Log(_) => Some(Effect::Log(LogLook::On)),
        Screen::System(screen) if screen.tab == Tab::History => Some(Effect::Log(LogLook::On)),
        Screen::System(_)
        | Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => None,
    }
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
                if palette.tested {
                    return Some(Effect::FindSystems(query));
                }
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
        Overlay::Confirm(_)
        | Overlay::Chooser(_)
        | Overlay::Reader(_)
        | Overlay::Difference(_)
        | Overlay::Files(_)
        | Overlay::Columns(_)
        | Overlay::Policy(_)
        | Overlay::Merge(_) => None,
    }
}

/// The hat that a letter chooses, where a list of hats is open, and what is done in it.
fn hat_key(model: &Model, key: &KeyEvent) -> Option<(Role, Action)> {
    let (Some(Overlay::Chooser(chooser)), KeyCode::Char(letter)) = (model.overlays.last(), key.code) else {
        return None;
    };
    chooser.options.iter().find_map(|(_, pick)| match pick {
        Pick::Hat(role, action) if role.letter() == letter => Some((*role, *action)),
        _ => None,
    })
}

fn set_filter(model: &mut Model, text: &str) -> Option<Effect> {
    let today = model.today;
    if log::open_log(model).is_some() {
        return log::set_words(model, text);
    }
    if let Screen::System(screen) = &mut model.screen {
        text.clone_into(&mut screen.pane_mut().filter);
        screen.refill(today);
    } else if let Screen::Library(library) = &mut model.screen {
        library.filter_by(text, today);
        return None;
    } else if matches!(model.screen, Screen::Meeting(_)) {
        return meeting::set_filter(model, text);
    } else if let Screen::Acceptances(screen) = &mut model.screen {
        screen.filter_by(text, today);
        return None;
    }
    across::set_filter(model, text)
}

fn pasted(model: &mut Model, text: &str) -> Option<Effect> {
    if model.overlays.is_empty() {
        return pasted_on_list(model, text);
    }
    if let Some(Overlay::Files(open)) = model.overlays.last_mut() {
        return files::pasted(open, text);
    }
    let mut fits = true;
    let effect = typed(
        model,
        |form| fits = form.paste(text),
        |entry| {
            entry.paste(text);
            true
        },
    );
    if !fits {
        model.say(true, "The pasted text was cut: it is longer than the field.");
    }
    effect
}

/// A table that is pasted onto a register becomes rows, after they were shown; nothing else does anything.
fn pasted_on_list(model: &mut Model, text: &str) -> Option<Effect> {
    let (Some(me), today) = (&model.me, model.today) else {
        model.say(true, "Pasted text runs no keys. Open a sheet or a filter first.");
        return None;
    };
    let kind = match &model.screen {
        Screen::System(screen) if screen.tab == Tab::Threats => Kind::Threat,
        Screen::System(screen) if screen.tab == Tab::Controls => Kind::Control,
        Screen::AllThreats(_) => {
            model.say(true, "A table is pasted into the register of one system: Enter on a number opens it.");
            return None;
        }
        Screen::System(_)
        | Screen::Board(_)
        | Screen::Library(_)
        | Screen::Queue(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_)
        | Screen::Welcome(_) => {
            model.say(true, "Pasted text runs no keys. Open a sheet or a filter, or the register for a table.");
            return None;
        }
    };
    let screen = model.system()?;
    if let Err(refused) = may(&screen.dossier, me.person, me.role, Verb::Add(kind), today) {
        model.say(true, format!("{refused} Change the hat with r, and paste again."));
        return None;
    }
    if let Some(why) = model.frozen() {
        model.say(true, why);
        return None;
    }
    Some(Effect::ReadPasted(kind, text.to_owned()))
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
        Some(Overlay::Merge(merge)) => merging::on_merge(model, merge, action),
        Some(Overlay::Policy(table)) => policy::on_policy(model, keymap, table, action),
        Some(Overlay::Files(open)) => files::on_files(model, open, action),
        Some(Overlay::Columns(table)) => columns::on_columns(model, table, action),
    }
}
