//! The register of all acceptances.

use super::{Desk, Trouble};
use crate::domain::acceptances::AcceptanceRow;

impl Desk {
    /// Every acceptance of every system. What each is worth on which day is kept with it, so that no system is read and
    /// nothing has to be brought up to date first.
    pub fn acceptances(&self) -> Result<Vec<AcceptanceRow>, Trouble> {
        Ok(self.store()?.acceptances()?)
    }
}
