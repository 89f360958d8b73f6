//! What an action does to the board: going in, finding, its pictures.

use super::pictures;
use crate::{
    app::{Effect, Model, Overlay, Screen, board::Focus, log, palette::Palette},
    keymap::{Action, Keymap},
};

/// Does what an action asks for on the board.
pub(super) fn on_board(model: &mut Model, keymap: &Keymap, action: Action) -> Option<Effect> {
    let Screen::Board(board) = &mut model.screen else { return None };
    if board.pictures().is_some() {
        return on_pictures(model, action);
    }
    match action {
        Action::Open | Action::Edit => board.open(),
        Action::NextPane | Action::PrevPane => {
            board.turn();
            None
        }
        Action::TabOne => {
            board.focus = if board.page.steps.is_empty() { Focus::Systems } else { Focus::Steps };
            None
        }
        Action::TabTwo => {
            board.focus = Focus::Systems;
            None
        }
        Action::Filter => {
            // On the board the filter finds systems and threats by name; actions are what `:` is for.
            let palette = Palette { all: Vec::new(), shown: Vec::new(), ..Palette::over(model, keymap, false) };
            model.overlays.push(Overlay::Palette(palette));
            None
        }
        Action::ExportRecord => Some(Effect::Export(board.chosen_system()?)),
        Action::GoRisk => Some(Effect::Portfolio),
        Action::GoLog => Some(log::open(model)),
        Action::Back if board.page.only.is_some() => Some(Effect::Board(0)),
        Action::Back => {
            model.say(false, "This is the board. Ctrl-C quits; nothing is unsaved.");
            None
        }
        _ => None,
    }
}

/// The same while the pictures of the portfolio are drawn over it.
fn on_pictures(model: &mut Model, action: Action) -> Option<Effect> {
    let Screen::Board(board) = &mut model.screen else { return None };
    match action {
        Action::Open => pictures::enter(model),
        Action::Back | Action::GoBoard => {
            board.pictures = None;
            Some(board.reread())
        }
        _ => None,
    }
}
