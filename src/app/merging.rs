//! A bundle that came back: what is new in it, and what both sides changed, to be decided one by one.

use super::{
    Effect, Model, Overlay,
    confirm::{Confirm, Yes},
    list::{Selection, Step},
};
use crate::{
    domain::merging::{Conflict, Side},
    keymap::Action,
};

/// What a bundle comes to, with what was decided of it so far.
#[derive(Debug)]
pub struct Merge {
    /// The name of the system.
    pub name: String,
    /// What is new in it, in sentences.
    pub lines: Vec<String>,
    /// What both sides changed.
    pub conflicts: Vec<Conflict>,
    /// Which side holds, for each; none as long as nobody said.
    pub sides: Vec<Option<Side>>,
    /// Which one the cursor is on.
    pub at: Selection,
}

impl Merge {
    /// Nothing of it is decided yet.
    pub fn new(name: String, lines: Vec<String>, conflicts: Vec<Conflict>) -> Self {
        let sides = vec![None; conflicts.len()];
        Self { name, lines, conflicts, sides, at: Selection::default() }
    }

    /// How many are still to be decided.
    pub fn open(&self) -> usize {
        self.sides.iter().filter(|side| side.is_none()).count()
    }

    /// The number of the conflict that the cursor is on.
    pub fn here(&self) -> Option<usize> {
        self.at.among(self.conflicts.len())
    }

    /// Decides the one under the cursor and goes to the next that is open, below it or from the top on.
    fn say(&mut self, side: Side) {
        let Some(here) = self.here() else { return };
        self.sides[here] = Some(side);
        let below = (here..self.sides.len()).find(|at| self.sides[*at].is_none());
        if let Some(next) = below.or_else(|| self.sides.iter().position(Option::is_none)) {
            self.at.select(next);
        }
    }
}

/// What an action does to it.
pub(super) fn on_merge(model: &mut Model, mut merge: Box<Merge>, action: Action) -> Option<Effect> {
    if let Some(step) = Step::of(action) {
        merge.at.take(step, merge.conflicts.len(), model.page());
    }
    match action {
        Action::KeepOurs | Action::Left => merge.say(Side::Ours),
        Action::TakeTheirs | Action::Right => merge.say(Side::Theirs),
        Action::AllOurs => merge.sides.fill(Some(Side::Ours)),
        Action::AllTheirs => merge.sides.fill(Some(Side::Theirs)),
        Action::Save => return take_in(model, merge),
        Action::Back => {
            model.say(false, "Nothing was taken in. The bundle stays as it is; i brings it again.");
            return None;
        }
        _ => {}
    }
    model.overlays.push(Overlay::Merge(merge));
    None
}

/// Asks once more, with another key, when everything is decided.
fn take_in(model: &mut Model, merge: Box<Merge>) -> Option<Effect> {
    let sides: Vec<Side> = merge.sides.iter().copied().flatten().collect();
    let open = merge.open();
    let question = format!("Take in what came back about {}?", merge.name);
    let ours = sides.iter().filter(|side| **side == Side::Ours).count();
    model.overlays.push(Overlay::Merge(merge));
    if open > 0 {
        let says = if open == 1 { "One is not decided yet".to_owned() } else { format!("{open} are not decided yet") };
        model.say(true, format!("{says}: o keeps what stands here, t takes what comes in."));
        return None;
    }
    if let Some(why) = model.frozen() {
        model.say(true, why);
        return None;
    }
    let mut lines = Vec::new();
    if !sides.is_empty() {
        lines.push(format!("Kept as it is here: {ours}; taken as it comes in: {}.", sides.len() - ours));
    }
    lines.push("It is one command and noted in the log; it cannot be undone.".to_owned());
    let yes = Yes::Carry(Box::new(Effect::Merge(sides)));
    model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes }));
    None
}

/// It was taken in: nothing is left to decide.
pub(super) fn close(model: &mut Model) {
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Merge(_)));
}
