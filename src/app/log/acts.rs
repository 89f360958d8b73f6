//! What is done in the journal: narrowing it, marking a point, going back in time.

use std::ops::ControlFlow;

use super::{
    LogLook, Point, ask, choose,
    facets::{cursor, here},
    open_log,
};
use crate::{
    app::{Effect, Model, Overlay, Screen, confirm::Reader, entry::Entry},
    domain::log::LogQuery,
    keymap::Action,
};

/// What an action does in the journal, where it is of that.
pub(in crate::app) fn on_log(model: &mut Model, action: Action) -> ControlFlow<Option<Effect>> {
    let Some(log) = open_log(model) else { return ControlFlow::Continue(()) };
    ControlFlow::Break(match action {
        Action::NarrowLog => choose(model),
        Action::MarkEntry => mark(model),
        Action::WhatChanged => changes(model),
        Action::AsItWas => as_it_was(model),
        Action::Filter => {
            let filter = Entry::line(&log.query.words);
            model.overlays.push(Overlay::Filter(filter));
            None
        }
        Action::Back if !log.query.is_wide() || log.mark.is_some() => widen(model),
        Action::Open | Action::Edit if matches!(model.screen, Screen::Log(_)) => read(model),
        Action::Back | Action::GoBoard if matches!(model.screen, Screen::Log(_)) => Some(Effect::Board(0)),
        Action::Copy | Action::CopyRow if matches!(model.screen, Screen::Log(_)) => copy(model, action),
        _ => return ControlFlow::Continue(()),
    })
}

/// The words that are typed filter at once.
pub(in crate::app) fn set_words(model: &mut Model, text: &str) -> Option<Effect> {
    let query = LogQuery { words: text.to_owned(), ..open_log(model)?.query.clone() };
    if let Screen::System(screen) = &mut model.screen {
        text.clone_into(&mut screen.pane_mut().filter);
    }
    ask(model, query)
}

/// More of the log of a system, when the cursor comes near the end of what was read.
pub(in crate::app) fn more(model: &Model) -> Option<Effect> {
    let Screen::System(screen) = &model.screen else { return None };
    if screen.tab != crate::app::system::Tab::History {
        return None;
    }
    let near = screen.at()? + model.page() >= screen.rows.len();
    if !near {
        return None;
    }
    if screen.log.begun {
        return (!screen.log.done).then_some(Effect::Log(LogLook::More));
    }
    // The newest entries came with the system; whether there are older ones nobody has asked yet.
    (screen.history.len() >= FULL).then(|| Effect::Log(LogLook::New(screen.log.query.clone())))
}

/// With so many entries the log of a system may go on.
const FULL: usize = 400;

/// Gives up what narrows it: the point that was marked, the words, then the rest.
fn widen(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let log = open_log(model)?;
    if log.mark.take().is_some() {
        refill(model, today);
        return None;
    }
    let query = log.query.clone();
    if !query.words.is_empty() {
        return set_words(model, "");
    }
    let whole = matches!(model.screen, Screen::Log(_));
    let system = if whole { None } else { query.system };
    ask(model, LogQuery { upto: query.upto, ..LogQuery::of(system) })
}

fn refill(model: &mut Model, today: crate::domain::fields::Day) {
    match &mut model.screen {
        Screen::Log(screen) => screen.refill(),
        Screen::System(screen) => screen.refill(today),
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => {}
    }
}

/// Marks the point from which a change is to be told; the same one again takes the mark off.
fn mark(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Some(point) = cursor(model) else {
        model.say(true, "Put the cursor on an entry of the log.");
        return None;
    };
    let log = open_log(model)?;
    let off = log.mark == Some(point);
    log.mark = (!off).then_some(point);
    refill(model, today);
    let says = if off {
        "The mark is off.".to_owned()
    } else {
        format!("Entry {} is marked: c shows what changed between it and the cursor.", point.n)
    };
    model.say(false, says);
    None
}

/// What changed between the mark and the cursor; without a mark, between the cursor and now.
fn changes(model: &mut Model) -> Option<Effect> {
    let (Some(point), Some((system, _))) = (cursor(model), here(model)) else {
        model.say(true, "Put the cursor on an entry of a system.");
        return None;
    };
    let upto = open_log(model)?.query.upto;
    let mark = open_log(model)?.mark;
    let (since, until) = match mark {
        Some(Point { n, .. }) if n != point.n => (n.min(point.n), Some(n.max(point.n))),
        Some(_) | None => (point.n, upto),
    };
    Some(Effect::Changes(system, since, until))
}

/// The system as it was right after the entry under the cursor.
fn as_it_was(model: &mut Model) -> Option<Effect> {
    let (Some(point), Some((system, _))) = (cursor(model), here(model)) else {
        model.say(true, "Put the cursor on an entry of a system.");
        return None;
    };
    Some(Effect::AsOf(system, point.n))
}

fn read(model: &mut Model) -> Option<Effect> {
    let Screen::Log(screen) = &model.screen else { return None };
    let n = screen.selected()?.line.n;
    let reader = reader(model, n)?;
    model.overlays.push(Overlay::Reader(reader));
    None
}

/// An entry in full.
pub(in crate::app) fn reader(model: &Model, n: i64) -> Option<Reader> {
    let line = super::entry(model, n)?;
    let mut lines =
        vec![format!("{} by {} as {}", crate::app::panes::moment(line.at), line.who, line.role), String::new()];
    lines.extend(line.what.split("; ").map(str::to_owned));
    if !line.why.is_empty() {
        lines.extend([String::new(), "Why:".to_owned()]);
        lines.extend(line.why.lines().map(str::to_owned));
    }
    Some(Reader { title: format!("Entry {n}"), lines, top: 0, take_in: None })
}

fn copy(model: &mut Model, action: Action) -> Option<Effect> {
    let Screen::Log(screen) = &model.screen else { return None };
    let text = screen.rows.get(screen.here()?)?.copied(action == Action::Copy)?;
    Some(model.copy(text))
}
