//! The board: the whole portfolio, and what waits for me over all my hats.

use super::{
    BoardPage, Effect,
    list::{Selection, Step},
    pictures::Pictures,
};
pub use crate::domain::page::PAGE;
use crate::domain::{
    Id,
    decision::Place,
    page::{Behind, Portfolio},
};

/// Which list of the board has the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    /// What waits for me.
    #[default]
    Steps,
    /// Every system.
    Systems,
}

/// The board.
#[derive(Debug, Default)]
pub struct Board {
    /// What was read of it.
    pub page: BoardPage,
    /// Which list has the keys.
    pub focus: Focus,
    /// The cursor in what waits.
    pub step: Selection,
    /// The cursor over all systems.
    pub system: Selection,
    /// The pictures of the portfolio, once they were asked for; the rows behind a number lie on them.
    pub pictures: Option<Box<Pictures>>,
}

impl Board {
    /// A board with its first page; the keys are where there is something to do.
    pub fn new(page: BoardPage) -> Self {
        let focus = if page.steps.is_empty() { Focus::Systems } else { Focus::Steps };
        Self { page, focus, ..Self::default() }
    }

    /// Takes in a newer page; the cursors stay on the same things.
    pub fn replace(&mut self, page: BoardPage) {
        let step = self.chosen_step().map(|(id, _, step)| (*id, step.place.clone()));
        // Other rows than before: the cursor is on the first of them.
        if self.page.only.as_ref().map(|only| &only.behind) != page.only.as_ref().map(|only| &only.behind) {
            self.system = Selection::default();
            self.focus = if page.only.is_some() { Focus::Systems } else { self.focus };
        }
        self.page = page;
        if let Some((id, place)) = step
            && let Some(at) = self.page.steps.iter().position(|(of, _, step)| *of == id && step.place == place)
        {
            self.step.select(at);
        }
        if self.page.steps.is_empty() {
            self.focus = Focus::Systems;
        }
    }

    /// The step that the cursor is on.
    pub fn chosen_step(&self) -> Option<&(Id, String, crate::domain::summary::NextStep)> {
        self.page.steps.get(self.step.among(self.page.steps.len())?)
    }

    /// The system that the cursor is on.
    pub fn chosen_system(&self) -> Option<Id> {
        let at = self.system.among(self.page.total)?;
        self.page.rows.get(at.checked_sub(self.page.from)?).map(|(id, _)| *id)
    }

    /// What Enter opens: the system, and the place in it.
    pub fn open(&self) -> Option<Effect> {
        match self.focus {
            Focus::Steps => {
                let (id, _, step) = self.chosen_step()?;
                Some(Effect::Open(*id, Place::parse(&step.place)))
            }
            Focus::Systems => {
                let system = self.chosen_system()?;
                Some(match self.page.only.as_ref().map(|only| &only.behind) {
                    Some(Behind::Threats(group)) => Effect::Threats(system, group.clone()),
                    Some(Behind::Tier(_)) | None => Effect::Open(system, None),
                })
            }
        }
    }

    /// Moves the cursor; asks for another part of a long list when it leaves the one that was read.
    pub fn take(&mut self, step: Step, page: usize) -> Option<Effect> {
        match self.focus {
            Focus::Steps => {
                let moved = self.step.take(step, self.page.steps.len(), page);
                // The two lists read as one: down from the last step is the first system.
                if !moved && step == Step::Down {
                    self.focus = Focus::Systems;
                }
                None
            }
            Focus::Systems => {
                let moved = self.system.take(step, self.page.total, page);
                if !moved && step == Step::Up && !self.page.steps.is_empty() {
                    self.focus = Focus::Steps;
                }
                let at = self.system.among(self.page.total)?;
                let (first, last) = (self.page.from, self.page.from + self.page.rows.len());
                let margin = page.min(PAGE / 4);
                let near = at < first + margin && first > 0 || at + margin >= last && last < self.page.total;
                near.then(|| self.read(at.saturating_sub(PAGE / 2)))
            }
        }
    }

    /// Asks for the rows from this one on: of all systems, or of those behind a number.
    fn read(&self, from: usize) -> Effect {
        match &self.page.only {
            Some(only) => Effect::Behind(only.behind.clone(), from),
            None => Effect::Board(from),
        }
    }

    /// Asks again for what is shown.
    pub fn reread(&self) -> Effect {
        if self.pictures().is_some() { Effect::Portfolio } else { self.read(self.page.from) }
    }

    /// The pictures, where they are what is shown.
    pub fn pictures(&self) -> Option<&Pictures> {
        self.pictures.as_deref().filter(|_| self.page.only.is_none())
    }

    /// The pictures, where they are what is shown.
    pub fn pictures_mut(&mut self) -> Option<&mut Pictures> {
        self.pictures.as_deref_mut().filter(|_| self.page.only.is_none())
    }

    /// Takes in the numbers of the portfolio, and shows its pictures.
    pub fn draw(&mut self, found: Portfolio) {
        self.pictures.get_or_insert_default().show_all(found);
    }

    /// Goes to the other list.
    pub fn turn(&mut self) {
        self.focus = match self.focus {
            Focus::Steps => Focus::Systems,
            Focus::Systems if self.page.steps.is_empty() => Focus::Systems,
            Focus::Systems => Focus::Steps,
        };
    }
}
