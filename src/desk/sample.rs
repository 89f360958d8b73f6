//! The sample portfolio, in a record of its own that nothing else touches.

use std::path::{Path, PathBuf};

use super::{Desk, Paths, Trouble, summary_today};
use crate::{
    clock, demo,
    domain::{Event, Id, command::Command, people::Stamp, rules::decide},
    store::Store,
};

impl Desk {
    /// Makes the sample portfolio at `file`, which must not exist, or in a folder that goes when the desk is closed.
    pub fn sample(file: Option<PathBuf>) -> Result<Self, Trouble> {
        let (record, throw_away) = match file {
            Some(file) if file.exists() => return Err(crate::store::Fault::Exists(file).into()),
            Some(file) => (file, None),
            None => {
                let folder =
                    std::env::temp_dir().join(format!("docket-sample-{}", Id::v7(clock::now().0, clock::chance(), 0)));
                (folder.join("sample.docket"), Some(folder))
            }
        };
        let mut desk = Self::create(Paths { record, state: None }, true)?;
        desk.throw_away = throw_away;
        let me = desk.seed()?;
        desk.me = Some(me);
        desk.store_mut()?.put_setting("me", &me.to_string())?;
        Ok(desk)
    }

    /// Runs the sample's commands through the same door as everybody's.
    fn seed(&mut self) -> Result<Id, Trouble> {
        let store = self.store_mut()?;
        let today = clock::today();
        let demo = store.in_one_flush(|store| {
            let mut perform =
                |subject: Option<Id>, command: &Command, stamp: &Stamp| carry_out(store, subject, command, stamp);
            demo::run(today, &mut perform)
        })?;
        Ok(demo.map_err(|error| Trouble::Other(error.into()))?.me)
    }
}

fn carry_out(store: &mut Store, subject: Option<Id>, command: &Command, stamp: &Stamp) -> Result<Vec<Event>, String> {
    let mut made = Vec::new();
    let done = store.transact_owing(subject, stamp, &summary_today, |dossier| {
        let events = decide(dossier, command, stamp)?;
        made.clone_from(&events);
        Ok::<_, crate::domain::Refusal>(events)
    });
    match done {
        // A decision keeps its record as it was printed, here as everywhere.
        Ok(Ok(done)) if matches!(command, Command::Decide { .. }) => {
            super::past::keep_printed(store, &done.dossier, stamp).map(|_| made).map_err(|trouble| trouble.to_string())
        }
        Ok(Ok(_)) => Ok(made),
        Ok(Err(refusal)) => Err(refusal.to_string()),
        Err(fault) => Err(fault.to_string()),
    }
}

/// Removes the folder of a throw-away record.
pub(super) fn throw_away(folder: &Path) {
    // What cannot be removed lies in the temporary folder, where the system clears it.
    let _ = std::fs::remove_dir_all(folder);
}
