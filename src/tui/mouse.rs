//! Clicks: on a hint or a tab it is its key, on a row it selects, and on the selected row it goes in.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Position;

use super::{
    run::{Session, feed, message},
    terminal::Console,
};
use crate::{
    app::{Msg, context},
    ui::{
        self,
        part::{Spot, Target},
    },
};

/// How often the way to a row is looked at again: headings lie between rows, and steps pass over them.
const LOOKS: usize = 4;

/// What lies under a place.
fn under(session: &Session, place: Position) -> Option<Target> {
    let all = ui::spots(&session.model, &session.keymap, session.model.size);
    all.iter().rev().find(|spot| spot.area.contains(place)).map(|spot| spot.target)
}

/// The list that has the keys: the row that is selected, as an index.
fn selected(session: &Session) -> Option<usize> {
    let all = ui::spots(&session.model, &session.keymap, session.model.size);
    all.iter().rev().find_map(|Spot { target, .. }| match target {
        Target::Row { selected, .. } => Some(*selected),
        Target::Key(_) | Target::Does(_) => None,
    })
}

/// Takes a click of the left button.
pub fn click(session: &mut Session, mut console: Option<&mut Console>, (x, y): (u16, u16)) {
    match under(session, Position { x, y }) {
        Some(Target::Key(chord)) => {
            // A hint is never text: what is being written stays as it is.
            if !(context(&session.model).is_text() && chord.is_text()) {
                press(session, console, chord.event());
            }
        }
        Some(Target::Does(action)) => feed(session, console, Msg::Act(action)),
        Some(Target::Row { at, selected: now }) if at == now => {
            press(session, console, KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
        }
        Some(Target::Row { at, .. }) => {
            for _ in 0..LOOKS {
                let Some(now) = selected(session).filter(|now| *now != at) else { break };
                let way = i64::try_from(at).unwrap_or(0) - i64::try_from(now).unwrap_or(0);
                let lines = i32::try_from(way).unwrap_or(0);
                feed(session, console.as_deref_mut(), Msg::Scrolled(lines));
                if selected(session) == Some(now) {
                    break;
                }
            }
        }
        None => {}
    }
}

fn press(session: &mut Session, console: Option<&mut Console>, key: KeyEvent) {
    if let Some(msg) = message(session, &Event::Key(key), &mut None) {
        feed(session, console, msg);
    }
}
