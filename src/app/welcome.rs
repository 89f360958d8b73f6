//! The first run: from an empty folder to something useful in under a minute.

use super::list::Selection;
use crate::keymap::Action;

/// The first run.
#[derive(Debug, Clone, Default)]
pub struct Welcome {
    /// Which of the ways in the cursor is on.
    pub at: Selection,
}

/// The ways in: letter, what, what it means, which action.
pub const WAYS: [(char, &str, &str, Action); 4] = [
    ('n', "Start our own record", "your name and your hats; one minute", Action::StartBoard),
    ('i', "Bring what you have", "threat models, registers, inventories, test results", Action::Import),
    ('s', "Look around", "19 made-up systems in a file of their own; break things", Action::Sample),
    ('g', "Read the two-minute guide", "also at F1, any time", Action::Guide),
];

impl Welcome {
    /// The action that the cursor is on.
    pub fn chosen(&self) -> Action {
        self.at.among(WAYS.len()).map_or(Action::StartBoard, |at| WAYS[at].3)
    }
}
