//! What an action does to the pictures, of one system or of all; Enter opens the rows behind the number.

use crate::app::{
    Effect, Model, Screen, across,
    only::Only,
    pictures::{Opens, Pictures, Under},
    system::{SystemScreen, Tab},
};
use crate::{
    domain::{
        fields::Day,
        page::{Behind, Query},
        register::Group,
    },
    keymap::Action,
};

/// The pictures that have the keys, if any do.
pub(super) fn open(screen: &mut Screen) -> Option<&mut Pictures> {
    match screen {
        Screen::System(screen) => {
            let screen = screen.as_mut();
            if screen.tab == Tab::Risk { Some(&mut screen.pictures) } else { screen.map.as_mut() }
        }
        Screen::Board(board) => board.pictures_mut(),
        Screen::Library(_)
        | Screen::Queue(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_)
        | Screen::Welcome(_) => None,
    }
}

/// Does what concerns the pictures only; whether it did.
pub(super) fn on_pictures(model: &mut Model, action: Action) -> bool {
    let today = model.today;
    if let Some(done) = leaves_map(model, action) {
        return done;
    }
    let Some(pictures) = open(&mut model.screen) else { return false };
    match action {
        Action::NextPane | Action::PrevPane => pictures.turn(action == Action::NextPane),
        Action::Right | Action::Left => pictures.side(action == Action::Right),
        Action::NextScale => pictures.next_scale(),
        Action::NextBy => pictures.next_by(),
        Action::Filter => model.say(false, "Pictures have no filter: Enter on a number opens the rows behind it."),
        _ => return false,
    }
    // Moving about changes no number: only what is drawn in another way is counted again.
    if matches!(action, Action::NextScale | Action::NextBy) {
        match &mut model.screen {
            Screen::System(screen) => screen.refill(today),
            Screen::Board(board) => board.pictures_mut().into_iter().for_each(Pictures::draw_all),
            Screen::Library(_)
            | Screen::Queue(_)
            | Screen::AllThreats(_)
            | Screen::Acceptances(_)
            | Screen::Meeting(_)
            | Screen::Log(_)
            | Screen::Welcome(_) => {}
        }
    }
    true
}

/// Opens the rows behind the number under the cursor.
pub(super) fn enter(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Under { says, count, opens } = open(&mut model.screen)?.under()?;
    if count == 0 {
        model.say(false, format!("{says} There is nothing to open."));
        return None;
    }
    match (&mut model.screen, opens) {
        (Screen::System(screen), Opens::Threats(group)) => threats(screen, group, today),
        (Screen::System(_), Opens::Tier(_) | Opens::System(..))
        | (
            Screen::Library(_)
            | Screen::Queue(_)
            | Screen::AllThreats(_)
            | Screen::Acceptances(_)
            | Screen::Meeting(_)
            | Screen::Log(_)
            | Screen::Welcome(_),
            _,
        ) => None,
        (Screen::Board(_), Opens::Threats(group)) => Some(match Query::behind(&group) {
            // What counts now are rows of the register over all systems; a day that is over is told system by system.
            Some(query) if !matches!(group, Group::Then(_)) => across::open_over(model, query),
            _ => Effect::Behind(Behind::Threats(group), 0),
        }),
        (Screen::Board(_), Opens::Tier(code)) => Some(Effect::Behind(Behind::Tier(code), 0)),
        (Screen::Board(_), Opens::System(id, group)) => Some(Effect::Threats(id, group)),
    }
}

/// What counts now is in the dossier; what counted on a day that is over is read from the journal.
fn threats(screen: &mut SystemScreen, group: Group, today: Day) -> Option<Effect> {
    if let Group::Then(day) = group
        && day < today
    {
        let system = screen.id()?;
        let past = screen.as_of.is_some();
        return Some(if past { Effect::Members(system, group) } else { Effect::Threats(system, group) });
    }
    let only = Only { label: group.label(), ids: group.members(&screen.dossier, today) };
    screen.show_only(only, today);
    None
}

/// The matrix beside a register gives the keys back to the list; whether that was all, where it does.
fn leaves_map(model: &mut Model, action: Action) -> Option<bool> {
    let Screen::System(screen) = &mut model.screen else { return None };
    screen.map.as_ref()?;
    let back = matches!(action, Action::NextPane | Action::PrevPane | Action::Back);
    // What belongs to the list is done in the list.
    if !back && !matches!(action, Action::Filter | Action::NextBy) {
        return None;
    }
    screen.map = None;
    Some(back)
}
