//! What an action does to the screen below: moving, hats, tabs, and what goes on to the acts.

use crate::app::{
    Effect, Model, Overlay, Screen, acceptances, across, acts, chosen,
    entry::Entry,
    library,
    list::Step,
    log, meeting,
    palette::Palette,
    past, queue, register,
    sheets::{self},
    system::{Scoring, SystemScreen, Tab},
    welcome,
};
use crate::{
    domain::{fields::Day, page::Query, people::Role},
    keymap::{Action, Keymap},
};

use super::{
    board,
    notes::{copied, guide, messages, theme},
    pictures, stale,
};

/// Changes the hat.
pub(in crate::app) fn wear(model: &mut Model, role: Role) {
    use crate::domain::fields::Vocabulary;
    let today = model.today;
    let Some(me) = &mut model.me else { return };
    let held = match &model.screen {
        Screen::System(screen) => screen.dossier.holds(me.person, role, today),
        Screen::Queue(queue) => queue.dossier.holds(me.person, role, today),
        Screen::Library(library) if library.system.is_some() => library.dossier().holds(me.person, role, today),
        Screen::Meeting(meeting) if meeting.system.is_some() => {
            meeting.system.as_ref().is_some_and(|(_, system)| system.dossier.holds(me.person, role, today))
        }
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_) => me.roles.contains(&role),
    };
    if held {
        me.role = role;
        let text = format!("You act as {} now.", role.label());
        model.say(false, text);
    } else {
        let who =
            model.system().map(|screen| crate::app::panes::person(&screen.dossier, screen.dossier.holder(role, today)));
        let holder = who.map_or_else(String::new, |who| format!(" {who} does."));
        let text = format!("You do not hold the role {} here.{holder}", role.label());
        model.say(true, text);
    }
}

pub(super) fn moved(model: &mut Model, step: Step) -> Option<Effect> {
    let page = model.page();
    if let Some(pictures) = pictures::open(&mut model.screen) {
        pictures.take(step, page);
        return None;
    }
    match &mut model.screen {
        Screen::Welcome(welcome) => {
            welcome.at.take(step, welcome::WAYS.len(), page);
            None
        }
        Screen::Board(board) => board.take(step, page),
        Screen::Queue(_) => None,
        Screen::System(screen) => {
            screen.step(step, page);
            log::more(model)
        }
        Screen::Library(screen) => {
            screen.step(step, page);
            None
        }
        Screen::AllThreats(screen) => screen.step(step, page),
        Screen::Acceptances(screen) => {
            screen.step(step, page);
            None
        }
        Screen::Log(screen) => screen.step(step, page),
        Screen::Meeting(_) => meeting::moved(model, step),
    }
}

pub(super) fn role_of(action: Action) -> Option<Role> {
    Some(match action {
        Action::ActAsOwner => Role::Owner,
        Action::ActAsSecurity => Role::Security,
        Action::ActAsGovernance => Role::Governance,
        Action::ActAsDpo => Role::Dpo,
        Action::ActAsSignoff => Role::Signoff,
        Action::ActAsOperator => Role::Operator,
        Action::ActAsBuilder => Role::Builder,
        Action::ActAsAuditor => Role::Auditor,
        _ => return None,
    })
}

pub(super) fn tab_of(action: Action) -> Option<Tab> {
    Some(match action {
        Action::TabOne | Action::GoOverview => Tab::Overview,
        Action::TabTwo | Action::GoInventory => Tab::Inventory,
        Action::TabThree | Action::GoThreats => Tab::Threats,
        Action::TabFour | Action::GoControls => Tab::Controls,
        Action::TabFive | Action::GoEvidence => Tab::Evidence,
        Action::TabSix | Action::GoPrivacy => Tab::Privacy,
        Action::TabSeven | Action::GoGovernance => Tab::Governance,
        Action::TabEight | Action::GoChecklist => Tab::Checklist,
        Action::TabNine | Action::GoHandoffs => Tab::Handoffs,
        Action::TabTen | Action::GoSignoff => Tab::Signoff,
        Action::GoHistory => Tab::History,
        Action::GoRisk => Tab::Risk,
        _ => return None,
    })
}

pub(super) fn on_screen(model: &mut Model, keymap: &Keymap, action: Action) -> Option<Effect> {
    if matches!(model.screen, Screen::Queue(_))
        && !matches!(
            action,
            Action::Undo | Action::Redo | Action::Help | Action::Palette | Action::Guide | Action::AddTask
        )
    {
        return queue::on_queue(model, action);
    }
    if let Some(step) = Step::of(action) {
        return if scoring(model, action) { None } else { moved(model, step) };
    }
    if let Some(role) = role_of(action) {
        wear(model, role);
        return None;
    }
    if pictures::on_pictures(model, action) {
        return None;
    }
    match action {
        Action::Palette | Action::Help => {
            let palette = Palette::over(model, keymap, action == Action::Help);
            model.overlays.push(Overlay::Palette(palette));
            None
        }
        Action::ActAs => {
            model.pending = crate::keymap::Chord::parse("r").ok();
            None
        }
        Action::Guide => guide(model),
        Action::Messages => messages(model),
        Action::Copied => copied(model),
        Action::Theme => theme(model),
        Action::MouseToggle => {
            model.mouse = !model.mouse;
            model.say(
                false,
                if model.mouse {
                    "The wheel moves through lists now; hold Shift to select text."
                } else {
                    "The mouse is left to the terminal."
                },
            );
            Some(Effect::Mouse(model.mouse))
        }
        Action::Refresh if model.present.is_some() => Some(Effect::Repaint),
        Action::Refresh => stale(model).or(Some(Effect::Repaint)),
        Action::Undo => Some(Effect::Undo),
        Action::Redo => Some(Effect::Redo),
        Action::Import => Some(Effect::Folder(None)),
        Action::NewSystem if model.me.is_some() => acts::push(model, sheets::new_system()),
        Action::Sample => Some(Effect::Sample),
        Action::StartBoard => acts::push(model, sheets::begin()),
        Action::VerifyLog => Some(Effect::Verify),
        Action::AddTask => meeting::task(model),
        Action::RegisterKey | Action::WithdrawKey => acts::own_key(model, action),
        _ => goes(model, keymap, action),
    }
}

/// To a place of the whole record, or what the screen that is there makes of it.
fn goes(model: &mut Model, keymap: &Keymap, action: Action) -> Option<Effect> {
    match action {
        Action::RateQueue => queue::rate_queue(model),
        Action::TierQueue => queue::tier_queue(model),
        Action::GoRegister => Some(across::open_again(model)),
        Action::GoUnscored => Some(across::open(model, Query::unscored())),
        Action::GoAcceptances => Some(Effect::Acceptances),
        Action::GoMeeting => Some(Effect::Meeting(meeting::MeetingAsk::Look(None))),
        Action::GoLibrary => library::open(model, library::Part::Threats),
        Action::GoPolicy => Some(Effect::Policy),
        _ => on_kind_of_screen(model, keymap, action),
    }
}

pub(super) fn on_kind_of_screen(model: &mut Model, keymap: &Keymap, action: Action) -> Option<Effect> {
    match &mut model.screen {
        Screen::Welcome(welcome) => match action {
            Action::Open => {
                let chosen = welcome.chosen();
                on_screen(model, keymap, chosen)
            }
            _ => None,
        },
        Screen::Board(_) => board::on_board(model, keymap, action),
        Screen::System(_) => on_system(model, action),
        Screen::AllThreats(_) => across::on_portfolio(model, action),
        Screen::Acceptances(_) => acceptances::act(model, action),
        Screen::Meeting(_) => meeting::act(model, action),
        Screen::Log(_) => match log::on_log(model, action) {
            std::ops::ControlFlow::Break(effect) => effect,
            std::ops::ControlFlow::Continue(()) => None,
        },
        Screen::Queue(_) => None,
        Screen::Library(_) => library::act(model, action),
    }
}

pub(super) fn on_system(model: &mut Model, action: Action) -> Option<Effect> {
    let today = model.today;
    if scoring(model, action) {
        return None;
    }
    let Screen::System(screen) = &mut model.screen else { return None };
    if screen.scoring.is_some() {
        return chosen::score(model, action);
    }
    if let Some(tab) = tab_of(action) {
        screen.show(tab, today);
        return None;
    }
    if let std::ops::ControlFlow::Break(effect) = super::cells::on_register(model, action) {
        return effect;
    }
    if let std::ops::ControlFlow::Break(effect) = log::on_log(model, action) {
        return effect;
    }
    let Screen::System(screen) = &mut model.screen else { return None };
    match action {
        Action::Right | Action::Left => {
            sideways(screen, action == Action::Right, today);
            None
        }
        Action::NextPane | Action::PrevPane => {
            turned(screen, action == Action::NextPane, today);
            None
        }
        Action::Open if screen.tab == Tab::Risk || screen.map.is_some() => pictures::enter(model),
        Action::Back => back(model),
        Action::GoBoard => Some(Effect::Board(0)),
        Action::OnlyMissing => {
            screen.only_missing = !screen.only_missing;
            screen.refill(today);
            None
        }
        Action::Filter => {
            let filter = Entry::line(&screen.pane().filter);
            let register = screen.tab == Tab::Threats;
            model.overlays.push(Overlay::Filter(filter));
            if register {
                model.say(false, register::filter_help());
            }
            None
        }
        Action::Copy | Action::CopyRow => {
            let text = screen.selected()?.copied(action == Action::Copy)?;
            Some(model.copy(text))
        }
        Action::TraceDecision => Some(Effect::Trace(screen.id()?, screen.as_of.map(|point| point.n))),
        Action::ExportRecord => Some(match screen.as_of {
            Some(point) => Effect::ExportAt(screen.id()?, point.n),
            None => Effect::Export(screen.id()?),
        }),
        _ => acts::act(model, action),
    }
}

/// To the next section of the DPO's checklist where one is open, else to the next group of rows.
fn turned(screen: &mut SystemScreen, on: bool, today: Day) {
    if screen.in_section() {
        screen.turn_section(on, today);
    } else {
        screen.turn_group(on);
    }
}

/// One step back: out of what narrows the list, out of a section, out of the past, to where the system was opened from.
fn back(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::System(screen) = &mut model.screen else { return None };
    if screen.in_section() && screen.pane().filter.is_empty() {
        screen.close_section(today);
        return None;
    }
    if widened(screen) {
        screen.refill(today);
        return None;
    }
    if screen.as_of.is_some() {
        return past::leave(model);
    }
    if model.behind.is_some() {
        return across::back(model);
    }
    if model.accepted.is_some() {
        return acceptances::back(model);
    }
    if model.sitting.is_some() {
        return meeting::back(model);
    }
    Some(Effect::Board(0))
}

/// To the next column of a board, else to the next pane.
fn sideways(screen: &mut SystemScreen, right: bool, today: Day) {
    if screen.on_board() {
        return screen.turn_column(right);
    }
    let by = if right { 1 } else { Tab::ALL.len() - 1 };
    screen.show(Tab::ALL[(screen.tab as usize + by) % Tab::ALL.len()], today);
}

/// Gives up what narrows the list: the filter first, then what a number of a picture left of it. Whether there was any.
fn widened(screen: &mut SystemScreen) -> bool {
    if !screen.pane().filter.is_empty() {
        screen.pane_mut().filter.clear();
        return true;
    }
    screen.tab == Tab::Threats && screen.only.take().is_some()
}

/// Digits while scoring: likelihood, then impact.
pub(in crate::app) fn scoring(model: &mut Model, action: Action) -> bool {
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
            return false;
        }
    };
    let Some(Scoring { likelihood, impact }) = scoring else { return false };
    let Some(digit) = action.digit() else { return false };
    if likelihood.is_none() || impact.is_some() {
        (*likelihood, *impact) = (Some(digit), None);
    } else {
        *impact = Some(digit);
    }
    true
}
