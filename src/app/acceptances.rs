//! The register of all acceptances over the portfolio, the one that ends first on top.

use super::{
    Effect, Model, Overlay, Screen,
    entry::Entry,
    list::{Selection, Step},
};
use crate::{
    domain::{
        Id, Kind,
        acceptances::{AcceptanceRow, Wanted, register},
        decision::Place,
        fields::Day,
    },
    keymap::Action,
};

/// The register of all acceptances.
#[derive(Debug, Default)]
pub struct AcceptancesScreen {
    /// Every acceptance of every system.
    pub all: Vec<AcceptanceRow>,
    /// Which of them are shown, in their order.
    pub shown: Vec<usize>,
    /// Which are wanted.
    pub wanted: Wanted,
    /// What is typed as a filter.
    pub filter: String,
    /// The cursor.
    pub at: Selection,
}

impl AcceptancesScreen {
    /// Works out again what is shown; the cursor stays on its acceptance.
    pub fn refill(&mut self, today: Day) {
        let on = self.selected().map(|row| row.outlook.acceptance);
        self.fill(on, today);
    }

    fn fill(&mut self, on: Option<Id>, today: Day) {
        self.shown = register(&self.all, self.wanted, &self.filter, today);
        let same = |at: &usize| Some(self.all[*at].outlook.acceptance) == on;
        self.at.select(self.shown.iter().position(same).unwrap_or(0));
    }

    /// The acceptance that the cursor is on.
    pub fn selected(&self) -> Option<&AcceptanceRow> {
        self.all.get(*self.shown.get(self.at.among(self.shown.len())?)?)
    }

    /// Filters as it is typed.
    pub fn filter_by(&mut self, text: &str, today: Day) {
        text.clone_into(&mut self.filter);
        self.refill(today);
    }

    /// Moves the cursor.
    pub fn step(&mut self, step: Step, page: usize) {
        self.at.take(step, self.shown.len(), page);
    }
}

/// Takes in what was read; the cursor stays on its acceptance.
pub(super) fn take(model: &mut Model, all: Vec<AcceptanceRow>) {
    let today = model.today;
    if !matches!(model.screen, Screen::Acceptances(_)) {
        model.screen = Screen::Acceptances(model.accepted.take().unwrap_or_default());
    }
    let Screen::Acceptances(screen) = &mut model.screen else { return };
    let on = screen.selected().map(|row| row.outlook.acceptance);
    screen.all = all;
    screen.fill(on, today);
}

/// Does what an action asks for here.
pub(super) fn act(model: &mut Model, action: Action) -> Option<Effect> {
    let today = model.today;
    let Screen::Acceptances(screen) = &mut model.screen else { return None };
    match action {
        Action::Open | Action::Edit => {
            let row = screen.selected()?;
            Some(Effect::Open(row.system, Some(Place::field(Kind::Acceptance, row.outlook.acceptance, "none"))))
        }
        Action::OnlyMissing => {
            screen.wanted = screen.wanted.next();
            let says = format!("Shown: {}.", screen.wanted.label());
            screen.refill(today);
            model.say(false, says);
            None
        }
        Action::Filter => {
            let filter = Entry::line(&screen.filter);
            model.overlays.push(Overlay::Filter(filter));
            None
        }
        Action::Copy | Action::CopyRow => {
            let row = screen.selected()?;
            let text = if action == Action::Copy { row.name.clone() } else { row.words(today) };
            Some(model.copy(text))
        }
        Action::Back if !screen.filter.is_empty() => {
            screen.filter_by("", today);
            None
        }
        Action::Back | Action::GoBoard => Some(Effect::Board(0)),
        _ => None,
    }
}

/// Goes back to it from a system that was opened from it, to the same row.
pub(super) fn back(model: &Model) -> Option<Effect> {
    model.accepted.as_ref().map(|_| Effect::Acceptances)
}

/// Puts it behind what is opened next.
pub(super) fn put_behind(model: &mut Model) {
    if matches!(model.screen, Screen::Acceptances(_)) {
        let left = std::mem::replace(&mut model.screen, Screen::Board(super::board::Board::default()));
        let Screen::Acceptances(screen) = left else { return };
        model.accepted = Some(screen);
    }
}
