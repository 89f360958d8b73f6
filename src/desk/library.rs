//! The team's own library: taking in a file, in a hat that may.

use super::{Desk, Trouble};
use crate::{
    clock,
    domain::{
        Dossier, Rule,
        command::{Command, Fields},
        people::Role,
        rules::decide,
    },
};

impl Desk {
    /// What belongs to the record itself: people, default roles, the own library. Without a record there is nothing.
    pub fn record_itself(&self) -> Result<Dossier, Trouble> {
        if !self.has_record() {
            return Ok(Dossier::default());
        }
        Ok(self.store()?.dossier(None)?)
    }

    /// Takes entries into the own library, or only says what would follow: how many are new, how many change.
    pub fn fill_library(
        &mut self,
        role: Option<Role>,
        entries: Vec<Fields>,
        keep: bool,
    ) -> Result<(usize, usize), Trouble> {
        let record = self.store()?.dossier(None)?;
        let held = self.me().map(|me| record.roles_of(me, clock::today())).unwrap_or_default();
        let own = [Role::Security, Role::Governance].into_iter().find(|role| held.contains(role));
        let stamp = self.stamp(role.or(own).unwrap_or(Role::Security))?;
        let command = Command::FillShelf(entries);
        let events = match decide(&record, &command, &stamp) {
            Err(refusal) if refusal.rule == Rule::NothingChanged => return Ok((0, 0)),
            other => other?,
        };
        let new = events.iter().filter(|event| event.verb == "add").count();
        if keep {
            self.execute_as(None, &command, &stamp)?;
        }
        Ok((new, events.len() - new))
    }
}
