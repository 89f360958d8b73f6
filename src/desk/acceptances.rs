//! The register of all acceptances.

use super::{Desk, Trouble};
use crate::domain::{acceptances::AcceptanceRow, decision::outlooks, fields::Vocabulary, wording::person};

impl Desk {
    /// Every acceptance of every system. What each is worth on which day is kept with it, so that no system is read for
    /// it, but for the few whose lines are still owed.
    pub fn acceptances(&self) -> Result<Vec<AcceptanceRow>, Trouble> {
        let store = self.store()?;
        let mut all = store.acceptances()?;
        for system in store.owed()? {
            let dossier = store.dossier(Some(system))?;
            all.retain(|row| row.system != system);
            all.extend(outlooks(&dossier).into_iter().map(|outlook| {
                let (name, requester) = (dossier.name().to_owned(), person(&dossier, outlook.requester));
                let tier = dossier.tier().map_or("", Vocabulary::code).to_owned();
                AcceptanceRow { system, name, tier, requester, outlook }.cleaned()
            }));
        }
        Ok(all)
    }
}
