//! Checking the record with everything that the desk knows of it.

use super::{Desk, Trouble, summary_today};
use crate::{clock, domain::Id, store::Report};

impl Desk {
    /// The entries of one system, each against its seal.
    pub fn verify_system(&self, system: Id) -> Result<Report, Trouble> {
        Ok(self.store()?.verify_system(system)?)
    }

    /// Every chain, every attachment, every table, and the lines of the board, which rules make and not the journal.
    pub fn verify(&self) -> Result<Report, Trouble> {
        let store = self.store()?;
        let mut report = store.verify(&mut |_| {})?;
        // Where the tables are wrong already, their lines say nothing more.
        if report.problems.is_empty() {
            for system in store.wrong_lines(clock::today(), &summary_today)? {
                let says = format!(
                    "The line of system {system} on the board is not what its tables say; a rebuild puts it right."
                );
                report.problems.push(says);
            }
        }
        // An act that was altered is named with its signature, also where the tables differ already.
        match self.signatures_checked() {
            Ok((wrong, notes)) => {
                report.problems.extend(wrong);
                report.notes.extend(notes);
            }
            Err(trouble) if report.problems.is_empty() => return Err(trouble),
            // What cannot be read was found already.
            Err(_) => {}
        }
        Ok(report)
    }
}
