//! What each action does in the library.

use super::{
    Card, LibraryScreen, Part,
    entries::{correct, edit, new_entry, not_relevant, read, withdraw},
};
use crate::{
    app::{Effect, Model, Overlay, Screen, acts, entry::Entry, row::Target},
    domain::{
        Kind,
        catalog::{Coverage, Library, offers},
        command::Command,
        decision::Place,
        verb::Verb,
    },
    keymap::Action,
};

/// Opens the library: over the system that is open, or over the board once the record was read.
pub(in crate::app) fn open(model: &mut Model, part: Part) -> Option<Effect> {
    let today = model.today;
    match std::mem::replace(&mut model.screen, Screen::Welcome(crate::app::welcome::Welcome::default())) {
        Screen::System(system) => {
            model.screen = Screen::Library(Box::new(LibraryScreen::new(Some(system), None, part, today)));
            None
        }
        Screen::Library(mut library) => {
            let part = if library.parts().contains(&part) { part } else { Part::Threats };
            library.show(part, today);
            model.screen = Screen::Library(library);
            None
        }
        Screen::Board(board) => {
            model.screen = Screen::Board(board);
            Some(Effect::Library)
        }
        // The first run has no record yet; a queue, and the registers over all systems, are left first.
        elsewhere @ (Screen::Welcome(_)
        | Screen::Queue(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_)) => {
            model.screen = elsewhere;
            None
        }
    }
}

/// The verb that an action asks the domain about, on what is selected. What belongs to the record is not asked of the
/// open system: the record itself refuses it.
pub(in crate::app) fn verb_of(screen: &LibraryScreen, action: Action) -> Option<Verb> {
    screen.system.as_ref()?;
    Some(match (action, screen.card()) {
        (Action::Open, _) if adds(screen) => Verb::Add(Kind::Threat),
        (Action::Open | Action::CorrectFact, Some(Card::Fact(_))) | (Action::CorrectFact, _) => Verb::Add(Kind::Fact),
        (Action::NotRelevant, _) => Verb::Add(Kind::Considered),
        (Action::Withdraw, Some(Card::Considered(_))) => Verb::Withdraw(Kind::Considered),
        (Action::Withdraw, Some(Card::Fact(_))) => Verb::Withdraw(Kind::Fact),
        _ => return None,
    })
}

/// What Enter does to what the cursor is on, in a word.
pub(super) fn word_of_enter(screen: &LibraryScreen) -> String {
    let count = screen.marked.len();
    match screen.card() {
        _ if adds(screen) && count > 0 => format!("add the {count} marked"),
        _ if adds(screen) => "add".to_owned(),
        Some(Card::Fact(_)) => "correct".to_owned(),
        Some(Card::Count(_)) => "show these".to_owned(),
        Some(Card::Threat(code) | Card::Control(code)) if code.starts_with("DKT-") => "read".to_owned(),
        Some(Card::Threat(_) | Card::Control(_)) => "edit".to_owned(),
        Some(Card::Considered(_)) => "change".to_owned(),
        Some(Card::Framework(_) | Card::Item(_)) | None => "open".to_owned(),
    }
}

/// Whether Enter adds: something is marked, or the cursor is on a proposal. A part of an item is opened.
fn adds(screen: &LibraryScreen) -> bool {
    if matches!(screen.card(), Some(Card::Item(_))) {
        return false;
    }
    let marks = !screen.marked.is_empty() && (screen.part == Part::Proposed || screen.on_entries());
    let proposal = screen.part == Part::Proposed && screen.framework.is_none();
    marks || (proposal && matches!(screen.card(), Some(Card::Threat(_))))
}

/// Does an action of the library.
pub(in crate::app) fn act(model: &mut Model, action: Action) -> Option<Effect> {
    if let Some(refused) = acts::why_not(model, action) {
        acts::refuse(model, action, &refused);
        return None;
    }
    let today = model.today;
    let Screen::Library(screen) = &mut model.screen else { return None };
    if let Some(part) = part_of(screen, action) {
        screen.show(part, today);
        return None;
    }
    match action {
        Action::Open if adds(screen) => add(model),
        Action::Open | Action::Edit => enter(model),
        Action::Tick => tick(model),
        Action::MarkFitting => mark_all(model),
        Action::NotRelevant => not_relevant(model),
        Action::CorrectFact => correct(model),
        Action::ReadEntry => read(model),
        Action::New => new_entry(model),
        Action::Withdraw => withdraw(model),
        Action::OnlyMissing if screen.on_items() && screen.system.is_some() => only(model, Coverage::Open),
        Action::Filter => {
            let filter = Entry::line(&screen.filter);
            model.overlays.push(Overlay::Filter(filter));
            None
        }
        Action::Copy | Action::CopyRow => {
            let text = screen.selected()?.copied(action == Action::Copy)?;
            Some(model.copy(text))
        }
        Action::Back => back(model),
        Action::GoBoard => Some(Effect::Board(0)),
        _ => None,
    }
}

/// The list that a digit, an arrow or Tab leads to.
fn part_of(screen: &LibraryScreen, action: Action) -> Option<Part> {
    let parts = screen.parts();
    let by = match action {
        Action::Right | Action::NextPane => 1,
        Action::Left | Action::PrevPane => parts.len() - 1,
        _ => return action.digit().and_then(|digit| parts.get(usize::from(digit).checked_sub(1)?)).copied(),
    };
    let at = parts.iter().position(|part| *part == screen.part).unwrap_or(0);
    Some(parts[(at + by) % parts.len()])
}

/// Everything that is marked, else the proposal under the cursor, with its controls: one command, one undo.
fn add(model: &mut Model) -> Option<Effect> {
    let Screen::Library(screen) = &mut model.screen else { return None };
    let mut codes: Vec<String> = screen.marked.iter().cloned().collect();
    if codes.is_empty()
        && let Some(Card::Threat(code)) = screen.card()
    {
        codes.push(code.clone());
    }
    Some(Effect::Commit(screen.dossier().subject, Command::FromLibrary(codes)))
}

fn enter(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::Library(screen) = &mut model.screen else { return None };
    match screen.selected()?.target.clone()? {
        Target::Library(Card::Framework(key)) => screen.enter(key, today),
        Target::Library(Card::Item(id)) => screen.enter_item(id, today),
        Target::Library(Card::Count(state)) => return only(model, state),
        Target::Library(Card::Fact(_)) => return correct(model),
        Target::Library(Card::Considered(id)) => return edit(model, Kind::Considered, id),
        Target::Library(Card::Threat(code) | Card::Control(code)) => {
            let own = screen.dossier().shelf.iter().find(|entry| !entry.archived && entry.code.as_str() == code);
            return match own.map(|entry| entry.id) {
                Some(id) => edit(model, Kind::Shelf, id),
                None => read(model),
            };
        }
        Target::Thing(kind, id) => leave_to(model, &Place::field(kind, id, "")),
        _ => {}
    }
    None
}

fn only(model: &mut Model, state: Coverage) -> Option<Effect> {
    let today = model.today;
    let Screen::Library(screen) = &mut model.screen else { return None };
    screen.only = if screen.only == Some(state) { None } else { Some(state) };
    screen.refill(today);
    None
}

/// Says why not.
pub(super) fn say(model: &mut Model, text: &str) -> Option<Effect> {
    model.say(true, text);
    None
}

fn tick(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::Library(screen) = &mut model.screen else { return None };
    let Some(Card::Threat(code)) = screen.card().cloned() else {
        return say(model, "Only threats are marked here; they bring their controls along.");
    };
    if !screen.can_add(&code) {
        let why = if screen.system.is_none() {
            "Open a system first: a threat is added to its register."
        } else {
            "It is in the register already, or was considered."
        };
        return say(model, why);
    }
    if !screen.marked.remove(&code) {
        screen.marked.insert(code);
    }
    screen.refill(today);
    screen.step(crate::app::list::Step::Down, 1);
    None
}

/// Marks all that apply in the proposals, every threat of the item elsewhere; a second time takes the marks off.
fn mark_all(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::Library(screen) = &mut model.screen else { return None };
    let shown = screen.rows.iter().filter_map(|row| match &row.target {
        Some(Target::Library(Card::Threat(code))) if screen.can_add(code) => Some(code.clone()),
        _ => None,
    });
    let mut all: Vec<String> = shown.collect();
    if screen.part == Part::Proposed && screen.framework.is_none() {
        let library = Library::of(screen.dossier());
        let offers = offers(&library, screen.dossier());
        all.retain(|code| offers.iter().any(|offer| offer.threat.id == *code && offer.applies()));
    }
    if all.is_empty() {
        return say(model, "There is nothing here to be marked.");
    }
    if all.iter().all(|code| screen.marked.contains(code)) {
        screen.marked.retain(|code| !all.contains(code));
    } else {
        screen.marked.extend(all);
    }
    screen.refill(today);
    let count = screen.marked.len();
    model.say(false, format!("{count} marked. Enter adds them with their controls; u undoes it as one."));
    None
}

/// Back one level: the filter, the item, the framework, and then what is below.
fn back(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::Library(screen) = &mut model.screen else { return None };
    if !screen.filter.is_empty() {
        screen.filter_by("", today);
    } else if screen.leave_item(today) {
        return None;
    } else if screen.framework.take().is_none() {
        let Some(mut system) = screen.system.take() else { return Some(Effect::Board(0)) };
        system.refresh(today);
        model.screen = Screen::System(system);
        return None;
    }
    screen.refill(today);
    None
}

/// Leaves the library for a place in the open system.
fn leave_to(model: &mut Model, place: &Place) {
    let today = model.today;
    let Screen::Library(screen) = &mut model.screen else { return };
    if let Some(mut system) = screen.system.take() {
        system.refresh(today);
        system.go_to(place, today);
        model.screen = Screen::System(system);
    }
}
