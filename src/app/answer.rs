//! What comes back is absorbed; it asks for nothing.

use super::{
    Answer, BoardPage, ControlText, Model, Overlay, Screen, acceptances, across, acts,
    board::Board,
    files,
    library::{LibraryScreen, Part},
    only::Only,
    policy,
    queue::{Done, Queue, State},
    row::Target,
    system::{Scoring, SystemScreen, Tab},
};
use crate::domain::{Dossier, Id, Kind, decision::Place, fields::Vocabulary};

/// Takes in what came back from an effect, or the sentence why nothing did.
pub fn absorb(model: &mut Model, answer: Result<Answer, String>) {
    match answer {
        Err(says) => refused(model, says),
        Ok(Answer::Committed(opened, says)) => committed(model, *opened, says),
        Ok(Answer::CommittedRead(opened, reader)) => {
            open(model, *opened, None);
            read(model, reader);
        }
        Ok(Answer::Board(page)) => board(model, *page),
        Ok(Answer::Library(opened)) => over_the_board(model, *opened),
        Ok(Answer::Opened(opened, place)) => open(model, *opened, place.as_ref()),
        Ok(Answer::Portfolio(found)) => {
            if let Screen::Board(board) = &mut model.screen {
                board.draw(*found);
            }
        }
        Ok(Answer::AllThreats(part, says)) => across(model, *part, says),
        Ok(Answer::Acceptances(all)) => acceptances::take(model, all),
        Ok(Answer::Meeting(view, says)) => super::meeting::take(model, *view, says),
        Ok(Answer::Changed(opened, shown, says)) => super::meeting::changed(model, *opened, shown, says),
        Ok(Answer::NewTask(record, about)) => super::meeting::task_sheet(model, &record, about),
        Ok(Answer::Given(says)) => {
            close_form(model);
            model.say(false, says);
        }
        Ok(Answer::Log(page)) => super::log::absorb(model, page),
        Ok(Answer::AsOf(opened, point)) => super::past::enter(model, *opened, point),
        Ok(Answer::Marked(all)) => {
            if let Screen::AllThreats(screen) = &mut model.screen {
                screen.mark_all(&all, model.today);
            }
        }
        Ok(Answer::Threats(opened, group, ids)) => behind(model, *opened, Only { label: group.label(), ids }),
        Ok(Answer::Members(group, ids)) => only(model, group.label(), ids),
        Ok(Answer::Edited(text)) => edited(model, &text),
        Ok(Answer::Queue(of, items, beyond, dossier)) => {
            across::put_behind(model);
            model.screen = Screen::Queue(Box::new(Queue::new(of, (items, beyond), *dossier)));
        }
        Ok(Answer::Stepped(done, dossier)) => stepped(model, done, dossier.map(|dossier| *dossier)),
        Ok(Answer::Policy(record, says)) => policy::absorb(model, *record, says),
        Ok(Answer::Done(says)) => model.say(false, says),
        Ok(Answer::Kept) => {}
        Ok(Answer::Read(reader)) => read(model, reader),
        Ok(back @ (Answer::Compared(_) | Answer::Merged(_) | Answer::Locked(..))) => came_back(model, back),
        Ok(Answer::TakenIn(answer)) => {
            files::close(model);
            absorb(model, Ok(*answer));
        }
        Ok(file @ (Answer::Folder(_) | Answer::Glanced(_) | Answer::Receipt(_) | Answer::Columns(_))) => {
            files::absorb(model, file);
        }
        Ok(Answer::Found(query, hits)) => found(model, &query, hits),
        Ok(Answer::Texts(query, texts)) => texts_found(model, &query, texts),
        Ok(Answer::Begun(me, record, page)) => {
            model.overlays.clear();
            (model.me, model.record) = (Some(me), record);
            model.screen = Screen::Board(Board::new(*page));
        }
    }
}

/// A bundle that came back: to be decided, or taken in.
fn came_back(model: &mut Model, answer: Answer) {
    match answer {
        Answer::Compared(merge) => {
            close_form(model);
            files::close(model);
            model.overlays.push(Overlay::Merge(merge));
        }
        Answer::Locked(path, name, by_passphrase) => {
            let form = super::sheets::unlock(path, &name, by_passphrase);
            model.overlays.push(Overlay::Form(Box::new(form)));
        }
        Answer::Merged(opened) => {
            super::merging::close(model);
            let says = "Taken in: what came back is here, and what was decided is in the log.";
            committed(model, *opened, says.to_owned());
        }
        _ => {}
    }
}

/// A text to be read, in the place of the sheet that asked for it.
fn read(model: &mut Model, reader: super::confirm::Reader) {
    close_form(model);
    model.overlays.push(Overlay::Reader(reader));
}

/// Only some threats of the system that is open.
fn only(model: &mut Model, label: String, ids: Vec<Id>) {
    let today = model.today;
    if let Screen::System(screen) = &mut model.screen {
        screen.show_only(Only { label, ids }, today);
    }
}

/// The board, or a newer page of it.
fn board(model: &mut Model, page: BoardPage) {
    match &mut model.screen {
        Screen::Board(board) => board.replace(page),
        Screen::System(_)
        | Screen::Library(_)
        | Screen::Queue(_)
        | Screen::Welcome(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_) => {
            (model.behind, model.accepted, model.sitting) = (None, None, None);
            model.screen = Screen::Board(Board::new(page));
        }
    }
}

/// Texts of controls that were asked for, where they still are.
fn texts_found(model: &mut Model, query: &str, texts: Vec<ControlText>) {
    if let Some(Overlay::Palette(palette)) = model.overlays.last_mut()
        && palette.texts
        && palette.query.text() == query
    {
        palette.all = texts.into_iter().map(super::palette::Item::Text).collect();
        palette.fill();
    }
}

/// It is durable: the screen shows the new truth.
fn committed(model: &mut Model, opened: super::Opened, mut says: String) {
    close_form(model);
    match &mut model.screen {
        Screen::System(screen) if screen.dossier.subject == opened.dossier.subject => {
            let before = asked_for(&screen.dossier);
            screen.replace(opened, model.today);
            screen.go_on();
            let new = asked_for(&screen.dossier).into_iter().find(|asked| !before.contains(asked));
            if let Some((kind, id)) = new.filter(|_| screen.tab == Tab::Governance) {
                screen.go_to(&Place::field(kind, id, ""), model.today);
            }
            if screen.next_question(model.today) {
                "Every section is assessed: a gives the advice on the whole.".clone_into(&mut says);
            }
        }
        Screen::Queue(queue) => queue.replace(opened.dossier, model.today),
        Screen::Library(library) if library.dossier().subject == opened.dossier.subject => {
            let before = library.dossier().live_threats().count();
            library.replace(opened, model.today);
            let more = library.dossier().live_threats().count().saturating_sub(before);
            if more > 1 {
                says = format!("{more} threats were added with their controls; u takes them back as one.");
            }
        }
        Screen::System(_)
        | Screen::Board(_)
        | Screen::Welcome(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_) => {
            model.screen = Screen::System(Box::new(SystemScreen::new(opened, model.today)));
        }
    }
    model.say(false, says);
    next_unscored(model);
}

/// What was asked for last: what comes next is asked of it, so the cursor goes there.
fn asked_for(dossier: &Dossier) -> Vec<(Kind, Id)> {
    let acceptance = dossier.acceptances.last().map(|last| (Kind::Acceptance, last.id));
    let exception = dossier.exceptions.last().map(|last| (Kind::Exception, last.id));
    acceptance.into_iter().chain(exception).collect()
}

/// What was written in the person's own editor is in the field.
fn edited(model: &mut Model, text: &str) {
    if let Some(form) = model.writing_mut() {
        if let Some(field) = form.focused() {
            field.restore(text.trim_end());
        }
        form.note(true);
    }
}

/// The libraries over the board, or their newer state.
fn over_the_board(model: &mut Model, opened: super::Opened) {
    let today = model.today;
    match &mut model.screen {
        Screen::Library(library) if library.system.is_none() => library.replace(opened, today),
        Screen::Library(_)
        | Screen::Board(_)
        | Screen::System(_)
        | Screen::Queue(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_)
        | Screen::Welcome(_) => {
            let screen = LibraryScreen::new(None, Some(opened), Part::Threats, today);
            model.screen = Screen::Library(Box::new(screen));
        }
    }
}

/// What was found for what is typed; for anything else it comes too late.
fn found(model: &mut Model, query: &str, hits: Vec<super::palette::Hit>) {
    if let Some(Overlay::Palette(palette)) = model.overlays.last_mut()
        && palette.query.text() == query
    {
        palette.hits = hits;
        palette.fill();
    }
}

/// A part of the register over all systems; where something was done, the sheet or the cell that asked for it closes.
fn across(model: &mut Model, part: crate::domain::page::AllThreats, says: Option<String>) {
    let today = model.today;
    let Screen::AllThreats(screen) = &mut model.screen else { return };
    screen.take(part, today);
    let Some(says) = says else { return };
    screen.go_on();
    close_form(model);
    model.say(false, says);
}

/// What was decided of the thing at hand is durable, or another one was asked for.
fn stepped(model: &mut Model, done: Option<Done>, dossier: Option<Dossier>) {
    close_form(model);
    let Screen::Queue(queue) = &mut model.screen else { return };
    if let Some(done) = done {
        queue.go_on(State::Done(done), dossier);
    } else if let Some(dossier) = dossier {
        queue.dossier = dossier;
        queue.take_up(queue.at);
    }
}

/// A refused sheet stays open and shows the sentence.
fn refused(model: &mut Model, says: String) {
    if let Some(form) = model.writing_mut() {
        form.error = Some(says.clone());
    }
    if let Some(register) = model.register_mut() {
        register.then = None;
    }
    if let Screen::System(screen) = &mut model.screen {
        screen.dpo.on = false;
    }
    model.say(true, says);
}

/// What the sheet asked for is durable.
fn close_form(model: &mut Model) {
    if model.writing().is_some() {
        model.overlays.pop();
    }
}

fn open(model: &mut Model, opened: super::Opened, place: Option<&Place>) {
    let today = model.today;
    match &mut model.screen {
        Screen::System(screen) if screen.dossier.subject == opened.dossier.subject => screen.replace(opened, today),
        Screen::Library(library) if library.dossier().subject == opened.dossier.subject && place.is_none() => {
            library.replace(opened, today);
        }
        Screen::System(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Welcome(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_) => {
            close_form(model);
            across::put_behind(model);
            acceptances::put_behind(model);
            super::meeting::put_behind(model);
            model.screen = Screen::System(Box::new(SystemScreen::new(opened, today)));
            hat_that_fits(model);
        }
    }
    let Some(place) = place else { return };
    if place.field == "none" {
        if let Screen::System(screen) = &mut model.screen {
            screen.go_to(&Place { field: String::new(), ..place.clone() }, today);
        }
    } else {
        acts::arrive(model, place);
    }
}

/// Opens a system on the threats behind a number.
fn behind(model: &mut Model, opened: super::Opened, only: Only) {
    open(model, opened, None);
    let today = model.today;
    if let Screen::System(screen) = &mut model.screen {
        screen.show_only(only, today);
    }
}

/// Whoever opens a system without a role there in the hat they wear gets the one that they do hold, and is told so.
fn hat_that_fits(model: &mut Model) {
    let (today, Screen::System(screen)) = (model.today, &model.screen) else { return };
    let Some(me) = &mut model.me else { return };
    let held = screen.dossier.roles_of(me.person, today);
    if held.contains(&me.role) {
        return;
    }
    if let Some(role) = held.first() {
        me.role = *role;
        let text = format!("You act as {} now: that is your role here.", role.label());
        model.say(false, text);
    }
}

/// After an unscored threat was scored, the next unscored one is there.
fn next_unscored(model: &mut Model) {
    let Screen::System(screen) = &mut model.screen else { return };
    if !std::mem::take(&mut screen.next_unscored) || screen.tab != Tab::Threats {
        return;
    }
    let unscored = |target: &Option<Target>| match target {
        Some(Target::Thing(Kind::Threat, id)) => screen
            .dossier
            .threats
            .iter()
            .any(|t| t.id == *id && t.counts() && (t.likelihood.is_none() || t.impact.is_none())),
        _ => false,
    };
    if let Some(at) = screen.rows.iter().position(|row| unscored(&row.target)) {
        screen.pane_mut().at.select(at);
        screen.scoring = Some(Scoring::default());
    }
}
