//! Carrying out a command: asked, decided, saved, in one transaction.

use super::{Desk, Trouble, past, summary_today};
use crate::domain::{
    Dossier, Id,
    command::{Command, Fields},
    people::{Role, Stamp},
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
        let done = if self.decides_here(command, stamp) {
            self.decide_here(subject, command, stamp)?
        } else {
            let ask = |dossier: &Dossier| decide(dossier, command, stamp);
            self.store_mut()?.transact_owing(subject, stamp, &summary_today, ask)??
        };
        if self.looked_at.as_ref().is_some_and(|looked| looked.is_at(subject)) {
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
