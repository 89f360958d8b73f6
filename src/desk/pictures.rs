//! What the pictures show, and the rows behind each of their numbers.

use super::{Desk, Trouble};
use crate::{
    clock,
    domain::{
        Id,
        fields::Day,
        page::{Behind, BoardPage, Opened, PAGE, Portfolio, Risk},
        register::Group,
    },
};

impl Desk {
    /// The risk of all systems, now and over time.
    pub(super) fn risk(&self, today: Day) -> Result<Risk, Trouble> {
        let store = self.store()?;
        Ok(Risk { tally: store.risk()?, trend: store.trend_of_all(today)? })
    }

    /// The whole portfolio in pictures.
    pub fn portfolio(&self) -> Result<Portfolio, Trouble> {
        Ok(Portfolio { risk: self.risk(clock::today())?, ..self.store()?.portfolio()? })
    }

    /// A part of the board with only the systems behind a number.
    pub fn behind(&self, behind: &Behind, from: usize) -> Result<BoardPage, Trouble> {
        let (rows, only) = self.store()?.behind(behind, from, PAGE)?;
        Ok(BoardPage { from, rows, total: only.counts.len(), only: Some(Box::new(only)), ..self.board(0)? })
    }

    /// One system, and the threats of a group in it; those of a day that is over are read from the journal.
    pub fn members(&self, system: Id, group: &Group) -> Result<(Opened, Vec<Id>), Trouble> {
        let opened = self.opened(system)?;
        let today = clock::today();
        let ids = match group {
            Group::Then(day) if *day < today => group.members(&self.store()?.dossier_on(system, *day)?, *day),
            _ => group.members(&opened.dossier, today),
        };
        Ok((opened, ids))
    }
}
