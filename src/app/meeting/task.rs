//! An action for somebody, from wherever it comes up: whose it is, until when, and what it is about.

use super::{MeetingAsk, acts::say, sheets};
use crate::{
    app::{Effect, Model, Screen, acts::push},
    domain::{Dossier, Id},
};

/// Asks for the people of the record, of which one is to do it; the sheet comes with them.
pub(in crate::app) fn task(model: &mut Model) -> Option<Effect> {
    if let Some(why) = model.frozen() {
        return say(model, &why);
    }
    if model.me.is_none() {
        return say(model, "Nobody sits here yet, so nobody can give an action.");
    }
    Some(Effect::Meeting(MeetingAsk::NewTask(about(model))))
}

/// The system that the cursor is on, or in.
fn about(model: &Model) -> Option<Id> {
    match &model.screen {
        Screen::Board(board) => board.chosen_system(),
        Screen::System(screen) => screen.id(),
        Screen::Library(library) => library.dossier().subject,
        Screen::AllThreats(screen) => screen.selected().map(|row| row.system),
        Screen::Acceptances(screen) => screen.selected().map(|row| row.system),
        Screen::Queue(queue) => queue.dossier.subject,
        Screen::Meeting(screen) => screen.selected().and_then(|item| Some(item.system.as_ref()?.0)),
        Screen::Log(_) | Screen::Welcome(_) => None,
    }
}

/// The sheet, in the meeting that is on the screen or behind it, if one runs.
pub(in crate::app) fn task_sheet(model: &mut Model, record: &Dossier, about: Option<Id>) {
    let item = match &model.screen {
        Screen::Meeting(screen) => screen.selected(),
        _ => model.meeting_screen().and_then(|sitting| sitting.agenda.current()),
    };
    let key = item.map_or_else(String::new, |item| item.key.clone());
    let form = sheets::task(sheets::people(record), (model.sits_in(), key, about), model.today);
    // A sheet that was left with words in it comes back with them; it asks for nothing.
    let effect = push(model, form);
    debug_assert!(effect.is_none(), "a sheet asks for nothing before it is filled in");
}
