//! What each action does in the library.

use super::{Card, LibraryScreen, Part, about};
use crate::{
    app::{
        Effect, Model, Overlay, Screen, acts,
        confirm::{Chooser, Pick, Reader},
        entry::Entry,
        list::Selection,
        row::Target,
        sheets,
    },
    domain::{
        Id, Kind,
        catalog::{Coverage, Library, OF_DATA_CLASSES, correction, fact, offers},
        command::Command,
        decision::Place,
        library::vocabulary,
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

/// Whether Enter adds: something is marked, or the cursor is on a proposal.
fn adds(screen: &LibraryScreen) -> bool {
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
        Target::Library(Card::Item(id)) => {
            screen.item = screen.framework?.item(id);
            screen.filter.clear();
            screen.refill(today);
        }
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

fn edit(model: &mut Model, kind: Kind, id: Id) -> Option<Effect> {
    let me = model.me.clone()?;
    let Screen::Library(screen) = &model.screen else { return None };
    let form = sheets::edit_entry(screen.dossier(), &me, kind, id);
    match form {
        Some(form) => acts::push(model, form),
        None => say(model, "This is for the security team or the governance lead to change."),
    }
}

fn say(model: &mut Model, text: &str) -> Option<Effect> {
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

fn not_relevant(model: &mut Model) -> Option<Effect> {
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
fn correct(model: &mut Model) -> Option<Effect> {
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
fn read(model: &mut Model) -> Option<Effect> {
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

fn new_entry(model: &mut Model) -> Option<Effect> {
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

fn withdraw(model: &mut Model) -> Option<Effect> {
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

/// Back one level: the filter, the item, the framework, and then what is below.
fn back(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::Library(screen) = &mut model.screen else { return None };
    if !screen.filter.is_empty() {
        screen.filter_by("", today);
    } else if screen.item.take().is_none() && screen.framework.take().is_none() {
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
