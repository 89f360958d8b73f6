//! From a draft of a file to commands, one for each system in it.

mod read;
mod rows;

pub use read::{Columns, Waiting};

use std::collections::{HashMap, HashSet};

use super::{Desk, Trouble, evidence::Told, summary_today};
use crate::{
    clock,
    domain::{
        Dossier, Event, Id, Refusal, Rule,
        command::{Command, Import},
        people::Role,
        rules::{self, Merged, decide},
    },
    exchange::{Draft, Refused, shelf},
    store::{Ask, Stopped, Written},
};
use rows::{import, key_of};

/// Systems by what identifies them in their source.
type Known = HashMap<String, Id>;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Systems that something was taken in for.
    pub systems: usize,
    /// The system, where there was one only.
    pub only: Option<Id>,
    /// Whether the file was here already and nothing changed.
    pub unchanged: bool,
}

impl Desk {
    /// What taking in the file that was read last would come to, against the record as it is. It is told how many rows of
    /// how many are compared, and stops with a sentence where the answer is no.
    pub fn compare_read(&self, system: Option<Id>, role: Role, told: Told<'_>) -> Result<Option<Merged>, Trouble> {
        let Some(draft) = self.waiting().filter(|_| self.me.is_some()) else { return Ok(None) };
        let (stamp, known) = (self.stamp(role)?, self.known_sources()?);
        let mut all = Merged::default();
        let (mut done, whole) = (0, draft.systems.iter().map(rows::count).sum::<usize>());
        let mut against = |id: Option<Id>, file: &Import| -> Result<(), Trouble> {
            let merged = match id {
                Some(id) => rules::compare(&self.dossier(id)?, file, &stamp, &mut |rows| {
                    told((done + rows) as u64, whole.max(done + rows) as u64)
                }),
                None if !told(done as u64, whole.max(done) as u64) => Ok(None),
                None => Ok(Some(Merged { new: rules::counted_rows(file), ..Merged::default() })),
            };
            done += file.rows.len();
            match merged {
                Ok(Some(merged)) => all.add(merged),
                Ok(None) => return Err(Refused::Cancelled.into()),
                Err(refusal) if refusal.rule == Rule::NothingChanged => all.same += rules::counted_rows(file),
                Err(refusal) => return Err(refusal.into()),
            }
            Ok(())
        };
        for found in &draft.systems {
            let target = system.or_else(|| known.get(&key_of(draft, found)).copied());
            against(target, &import(draft, found, ""))?;
        }
        for (id, file) in self.gone(draft, &known)? {
            against(Some(id), &file)?;
        }
        Ok(Some(all))
    }

    /// The systems that an older file of the same source brought and that this one does not name any more. A file none of
    /// whose systems is known may be another one that looks the same.
    fn gone(&self, draft: &Draft, known: &Known) -> Result<Vec<(Id, Import)>, Trouble> {
        let named: HashSet<String> = draft.systems.iter().map(|found| key_of(draft, found)).collect();
        let again = named.iter().any(|key| known.contains_key(key));
        if draft.results || !draft.whole || !again {
            return Ok(Vec::new());
        }
        let (source, today) = (rows::source_of(draft), clock::today());
        let here: HashSet<Id> = named.iter().filter_map(|key| known.get(key)).copied().collect();
        let missing =
            known.iter().filter(|(key, id)| key.starts_with(&source) && !named.contains(*key) && !here.contains(id));
        let mut out = Vec::new();
        for (key, id) in missing {
            let dossier = self.dossier(*id)?;
            let before = dossier.system().map(|system| system.source_text.to_string()).unwrap_or_default();
            out.push((*id, rows::gone(draft, key, &before, today)));
        }
        out.sort_by_key(|(id, _)| *id);
        Ok(out)
    }

    /// The system into which the file that was read last went before, where it holds one system and went into one.
    pub fn went_into(&self) -> Result<Option<Id>, Trouble> {
        let Some(draft) = self.waiting().filter(|draft| draft.systems.len() == 1) else { return Ok(None) };
        Ok(self.known_sources()?.get(&key_of(draft, &draft.systems[0])).copied())
    }

    /// How many systems the file holds that was read last.
    pub fn systems_read(&self) -> usize {
        self.waiting().map_or(0, |draft| draft.systems.len())
    }

    /// Takes in the file that was read last, all or nothing: into `system`, or each of its systems into its own.
    pub fn take_in(
        &mut self,
        system: Option<Id>,
        role: Role,
        progress: &mut dyn FnMut(Written) -> bool,
    ) -> Result<Taken, Trouble> {
        let Waiting { draft, path } = self.read.take().ok_or_else(|| Trouble::Usage("No file was read yet.".into()))?;
        if !draft.library.is_empty() {
            let (new, changed) = self.fill_library(Some(role), shelf::taken(&draft.library), true)?;
            return Ok(Taken { systems: 0, only: None, unchanged: new + changed == 0 });
        }
        let many = draft.systems.len();
        if system.is_some() && many != 1 {
            let says = format!(
                "The file holds {many} systems, and only a file of one can go into a system that is there. Nothing was changed."
            );
            return Err(Trouble::Usage(says));
        }
        let stamp = self.stamp(role)?;
        let known = self.known_sources()?;
        if draft.results
            && system.is_none()
            && draft.systems.iter().any(|found| !known.contains_key(&key_of(&draft, found)))
        {
            self.read = Some(Waiting { draft, path });
            return Err(Trouble::Usage(
                "The file holds results of tests and says nothing of a system. Nothing was changed; name the system that was tested with --system, or open it first.".into(),
            ));
        }
        let whole = path.display().to_string();
        let mut commands = Vec::new();
        for found in &draft.systems {
            let key = key_of(&draft, found);
            let id = system.or_else(|| known.get(&key).copied());
            commands.push((id.unwrap_or_else(|| stamp.fresh()), Command::Import(import(&draft, found, &whole))));
        }
        if system.is_none() {
            let gone = self.gone(&draft, &known)?;
            commands.extend(gone.into_iter().map(|(id, file)| (id, Command::Import(file))));
        }
        let mapping = read::chosen(&draft);
        // Everything of it is in the commands now; a large one is not held twice.
        drop(draft);
        let only = if let [(id, _)] = commands.as_slice() { Some(*id) } else { None };
        let unchanged = std::cell::Cell::new(0);
        let (count, all) = (many, commands.len());
        let (stamp, unchanged_ref) = (&stamp, &unchanged);
        let mut steps = commands.iter().map(|(id, command)| {
            let ask: Ask<'_, Refusal> =
                Box::new(move |dossier: &Dossier| settle(decide(dossier, command, stamp), unchanged_ref));
            (Some(*id), ask)
        });
        let done = self.store_mut()?.batch(stamp, &summary_today, &mut steps, progress)?;
        match done {
            Ok(_) => {
                if let Some(mapping) = mapping {
                    self.keep_columns(&mapping)?;
                }
                Ok(Taken { systems: count, only, unchanged: unchanged.get() == all })
            }
            Err(Stopped::Refused(_, refusal)) => Err(refusal.into()),
            Err(Stopped::Cancelled) => Err(Trouble::Usage("The import was stopped. Nothing was changed.".into())),
        }
    }

    /// The systems that an import brought, by what identifies them in their source.
    fn known_sources(&self) -> Result<Known, Trouble> {
        Ok(self.store()?.sources()?.into_iter().collect())
    }
}

/// The same file again is no reason to stop the others.
fn settle(events: Result<Vec<Event>, Refusal>, unchanged: &std::cell::Cell<usize>) -> Result<Vec<Event>, Refusal> {
    match events {
        Err(refusal) if refusal.rule == Rule::NothingChanged => {
            unchanged.set(unchanged.get() + 1);
            Ok(Vec::new())
        }
        other => other,
    }
}
