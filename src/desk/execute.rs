//! Carrying out a command: asked, decided, saved, in one transaction.

use super::{Desk, Trouble, meeting, past, summary_today};
use crate::domain::{
    Dossier, Id,
    command::{Command, Fields},
    people::{Role, Stamp},
    refusal::Rule,
    rules::decide,
};

impl Desk {
    /// Carries out a command: durable when this returns. The line of the board follows from it and is made next, by
    /// [`Desk::settle`] or by whatever reads a line.
    pub fn execute(&mut self, subject: Option<Id>, role: Role, command: &Command) -> Result<Dossier, Trouble> {
        let stamp = self.stamp(role)?;
        self.execute_as(subject, command, &stamp)
    }

    /// Carries out a command for the person, the hat and the time of `stamp`.
    pub fn execute_as(&mut self, subject: Option<Id>, command: &Command, stamp: &Stamp) -> Result<Dossier, Trouble> {
        self.fits(subject, command, stamp)?;
        let looked = self.looked_at.clone();
        let store = self.store_mut()?;
        let ask = |dossier: &Dossier| {
            meeting::unchanged(looked.as_ref(), dossier, command)?;
            decide(dossier, command, stamp)
        };
        let done = match store.transact_owing(subject, stamp, &summary_today, ask)? {
            Err(refused) if refused.rule == Rule::ChangedSince => {
                // Whoever was told what changed has looked at it.
                let now = self.as_saved()?.dossier(subject)?;
                self.look_at(&now);
                return Err(refused.into());
            }
            done => done?,
        };
        if self.looked_at.as_ref().is_some_and(|looked| Some(looked.system) == subject) {
            self.look_at(&done.dossier);
        }
        if matches!(command, Command::Decide { .. }) {
            return past::keep_printed(self.store_mut()?, &done.dossier, stamp);
        }
        Ok(done.dossier)
    }

    /// Enters a system; its identity is new.
    pub fn new_system(&mut self, role: Role, set: Fields) -> Result<Dossier, Trouble> {
        let stamp = self.stamp(role)?;
        let subject = stamp.fresh();
        self.execute_as(Some(subject), &Command::NewSystem(set), &stamp)
    }
}
