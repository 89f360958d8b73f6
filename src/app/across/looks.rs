//! How the register over all systems is looked at: which threats, in which order, with which columns.

use std::ops::ControlFlow;

use super::{AcrossScreen, Look, rows};
use crate::{
    app::{
        Effect, Model, Overlay, Screen,
        confirm::{Chooser, Pick},
        entry::Entry,
        list::Selection,
        register::{Group, Order, columns::ALL, filter_help},
    },
    domain::{
        fields::Vocabulary,
        library::Level,
        page::{By, Query, Which},
        register::Treatment,
        system::Tier,
    },
    keymap::Action,
};

/// What an action changes of the question, if it is one of these.
fn asked(screen: &AcrossScreen, action: Action) -> Option<Query> {
    let query = screen.query.clone();
    let here = screen.selected();
    let which = match action {
        Action::OnlyMissing => return Some(Query { unscored: !query.unscored, ..query }),
        Action::ShowUnscored => return Some(Query { unscored: true, which: Which::All, ..query }),
        Action::ShowAll => return Some(Query { unscored: false, which: Which::All, filter: String::new(), ..query }),
        Action::ShowCritical => Which::Level(screen.scale, Level::Critical),
        Action::ShowHigh => Which::Level(screen.scale, Level::High),
        Action::ShowFlagged => Which::Flagged,
        Action::ShowUndecided => Which::Treated(Treatment::Undecided),
        Action::ShowSystem => Which::System(here?.system),
        Action::ShowTier => Which::Tier(Tier::parse(&here?.tier)),
        _ => return None,
    };
    // What has a level is scored.
    let unscored = query.unscored && !matches!(which, Which::Level(..));
    Some(Query { which, unscored, ..query })
}

/// Asks anew, from the top.
fn ask(model: &mut Model, query: Query) -> Option<Effect> {
    let count = rows(model.page());
    let Screen::AllThreats(screen) = &mut model.screen else { return None };
    let same = (query.which, query.unscored, &query.filter)
        == (screen.query.which, screen.query.unscored, &screen.query.filter);
    let given_up = !same && screen.marked.is_all();
    if given_up {
        // They stood for all that fitted, and something else is asked for.
        screen.marked.clear();
    }
    screen.query = query.clone();
    (screen.at, screen.from, screen.done) = (0, 0, false);
    // It is kept in the next pause: a word that is typed is not written letter by letter.
    model.unkept = Some(screen.to_text());
    if given_up {
        model.say(false, "All that fitted were marked; nothing is marked now that something else is asked for.");
    }
    Some(Effect::AllThreats(Look::New(query), count))
}

/// The words that are typed filter at once.
pub(in crate::app) fn set_filter(model: &mut Model, text: &str) -> Option<Effect> {
    let Screen::AllThreats(screen) = &model.screen else { return None };
    let query = Query { filter: text.to_owned(), ..screen.query.clone() };
    ask(model, query)
}

/// Changes how it is looked at; it goes on where the action is not of that.
pub(super) fn looks(model: &mut Model, action: Action) -> ControlFlow<Option<Effect>> {
    let Screen::AllThreats(screen) = &mut model.screen else { return ControlFlow::Continue(()) };
    if let Some(query) = asked(screen, action) {
        return ControlFlow::Break(ask(model, query));
    }
    if let Some((group, by)) = grouping(action) {
        return ControlFlow::Break(regroup(model, group, by));
    }
    match action {
        Action::NextScale => return ControlFlow::Break(next_scale(model)),
        Action::OrderBy => return ControlFlow::Break(order(model)),
        Action::Columns => {
            choose(model);
            return ControlFlow::Break(None);
        }
        Action::Filter => {
            let filter = Entry::line(&screen.query.filter);
            model.overlays.push(Overlay::Filter(filter));
            model.say(false, filter_help());
            return ControlFlow::Break(None);
        }
        Action::Widen => screen.register.view.widen(screen.register.cell, 4),
        Action::Narrow => screen.register.view.widen(screen.register.cell, -4),
        Action::UsualWidths => screen.register.view.usual_widths(),
        _ => return ControlFlow::Continue(()),
    }
    model.unkept = None;
    ControlFlow::Break(Some(Effect::Remember("portfolio", screen.to_text())))
}

/// Back, step by step: the marks, then what was filtered.
pub(super) fn back(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::AllThreats(screen) = &mut model.screen else { return None };
    if !screen.marked.is_empty() {
        screen.marked.clear();
        screen.refill(today);
        return None;
    }
    if !screen.query.filter.is_empty() {
        return set_filter(model, "");
    }
    if let Some(board) = screen.under.take() {
        model.screen = Screen::Board(*board);
        return Some(Effect::Portfolio);
    }
    Some(Effect::Board(0))
}

/// How an action groups the rows, and the order in which its groups are.
fn grouping(action: Action) -> Option<(Group, By)> {
    Some(match action {
        Action::GroupNone => (Group::None, By::Tier),
        Action::GroupSystem => (Group::System, By::System),
        Action::GroupTier => (Group::Tier, By::Tier),
        Action::GroupLevel => (Group::Level, By::Level),
        Action::GroupComponent => (Group::Component, By::Component),
        Action::GroupFramework => (Group::Framework, By::Framework),
        Action::GroupTreatment => (Group::Treatment, By::Treatment),
        _ => return None,
    })
}

/// Puts the rows under headings: their order is that of the groups.
fn regroup(model: &mut Model, group: Group, by: By) -> Option<Effect> {
    let Screen::AllThreats(screen) = &mut model.screen else { return None };
    (screen.register.view.group, screen.register.view.order) = (group, None);
    let query = Query { by, reversed: false, ..screen.query.clone() };
    let says = match group {
        Group::None => "In one list, the gravest tier first.".to_owned(),
        group => format!("Grouped {}.", group.label()),
    };
    model.say(false, says);
    ask(model, query)
}

/// The filters by level ask on the next scale, and so does what is shown where it asks for a level.
fn next_scale(model: &mut Model) -> Option<Effect> {
    let Screen::AllThreats(screen) = &mut model.screen else { return None };
    screen.scale = screen.scale.next();
    let (scale, query) = (screen.scale, screen.query.on_scale(screen.scale));
    model.say(false, format!("Levels are asked for on the scale \"{}\".", scale.label()));
    query.and_then(|query| ask(model, query))
}

/// Orders by the column that the cursor is in: then the other way round, then as usual.
fn order(model: &mut Model) -> Option<Effect> {
    let Screen::AllThreats(screen) = &mut model.screen else { return None };
    let column = screen.register.column();
    let by = |id: &str| match id {
        "tier" => Some(By::Tier),
        "title" => Some(By::Title),
        "score" | "inherent" => Some(By::Score),
        "now" => Some(By::Level),
        "component" => Some(By::Component),
        "library" => Some(By::Framework),
        "due" => Some(By::Due),
        "system" => Some(By::System),
        "treatment" => Some(By::Treatment),
        _ => None,
    };
    if by(column.id).is_none() {
        model.say(true, "Over all systems the order is by system, tier, title, component, L I, now, treatment or due.");
        return None;
    }
    screen.register.view.order_by(column.id);
    // An order of its own breaks up the groups.
    screen.register.view.group = Group::None;
    let order = screen.register.view.order;
    let query = Query {
        by: order.and_then(|Order { by: id, .. }| by(id)).unwrap_or_default(),
        reversed: order.is_some_and(|order| order.reversed),
        ..screen.query.clone()
    };
    let says = match order {
        None => "The gravest tier first, in it what is unscored.".to_owned(),
        Some(order) => {
            format!("In the order of {}{}.", column.column.title, if order.reversed { ", from the end" } else { "" })
        }
    };
    model.say(false, says);
    ask(model, query)
}

/// The columns, to be ticked.
fn choose(model: &mut Model) {
    let Screen::AllThreats(screen) = &model.screen else { return };
    let on = |id: &str| screen.register.view.shown.iter().any(|shown| shown.spec.id == id);
    let free = ALL.iter().filter(|spec| spec.id != ALL[0].id);
    let options = free.map(|spec| (spec.column.title.to_owned(), Pick::Column(spec.id, on(spec.id)))).collect();
    let title = "Which columns? Space ticks, Enter shows them".to_owned();
    model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
}

/// The ticked columns are shown, and remembered.
pub(in crate::app) fn columns(model: &mut Model, ids: &[String]) -> Option<Effect> {
    let today = model.today;
    let Screen::AllThreats(screen) = &mut model.screen else { return None };
    screen.register.view.choose(ids);
    screen.refill(today);
    model.unkept = None;
    Some(Effect::Remember("portfolio", screen.to_text()))
}
