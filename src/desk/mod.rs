//! The desk: where commands are carried out, by the screen and by the command line alike.

mod acceptances;
mod across;
mod anew;
pub mod carry;
mod check;
mod copy;
mod drafts;
mod evidence;
mod execute;
mod find;
mod folder;
mod import;
pub mod keygen;
mod library;
mod log;
mod manifest;
mod meeting;
mod merge;
mod opening;
mod past;
mod paste;
mod pictures;
mod queue;
mod sample;
mod signature;
mod trace;
mod trouble;
mod view;
mod voids;

pub use anew::Anew;
pub use evidence::expanded;
pub use folder::glances;
pub use import::{Columns, Taken};
pub use meeting::ChangedSince;
pub use merge::Compared;
pub use opening::Paths;
pub use past::Printed;
pub use trace::Trace;
pub use trouble::Trouble;

pub use crate::store::Written;

use std::{
    cell::RefCell,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    clock,
    domain::{
        Dossier, Id, Line,
        fields::Day,
        people::{Role, Stamp, last_held},
        summary::{Summary, summarise},
    },
    exchange::record,
    store::{self, Store, Wait},
};

/// One record, and who sits at it.
#[derive(Debug)]
pub struct Desk {
    /// Where it is.
    pub paths: Paths,
    /// Whether it is the sample.
    pub sample: bool,
    store: Option<Store>,
    me: Option<Id>,
    /// The folder that goes when the desk is closed.
    throw_away: Option<PathBuf>,
    /// The file that was read last and waits for a yes.
    read: Option<import::Waiting>,
    /// Where the file lies that was read last, or of whose columns was asked.
    looked_at_file: Option<PathBuf>,
    /// The bundle that was compared last and waits for what is decided.
    compared: Option<Compared>,
    /// The history on the screen.
    pages: RefCell<view::Pages>,
    /// What was decided on last, read back.
    decided: RefCell<Option<voids::Decided>>,
    /// What next steps on the board were explained with, by system and its newest entry then.
    explained: RefCell<BTreeMap<(Id, i64), voids::Causes>>,
    /// The look at the register over all systems.
    scan: RefCell<Option<store::Scan>>,
    /// The look through the journal.
    looking_through: RefCell<Option<log::Looking>>,
    /// The meeting that what is done here is done in.
    meeting: Option<Id>,
    /// What was looked at when the item that is on was taken up.
    looked_at: Option<meeting::LookedAt>,
    /// What a decision was refused for a moment ago, because it was not what was looked at.
    changed: Option<ChangedSince>,
}

impl Drop for Desk {
    /// However the desk is left: everything is in the one file, and what was to be thrown away is gone.
    fn drop(&mut self) {
        self.settle();
        // Who wants to hear of a failure calls `close`.
        let _ = self.store.take().map_or(Ok(()), Store::close);
        if let Some(folder) = &self.throw_away {
            sample::throw_away(folder);
        }
    }
}

/// A date in the dossier changes what it is worth, so the summary is made for the day on which it is written.
fn summary_today(dossier: &Dossier) -> Option<Summary> {
    summarise(dossier, clock::today())
}

impl Desk {
    /// The record, every line of its dashboard made that a command left owing.
    pub fn store(&self) -> Result<&Store, Trouble> {
        let store = self.as_saved()?;
        // What cannot be made now is still owed, and is made when the record is brought up to date.
        let _ = store.settle(clock::today(), &summary_today, Wait::Nothing);
        Ok(store)
    }
    /// The record as the last command left it, for what reads no line of the dashboard.
    fn as_saved(&self) -> Result<&Store, Trouble> {
        self.store.as_ref().ok_or_else(|| store::Fault::NotFound(self.paths.record.clone()).into())
    }
    fn store_mut(&mut self) -> Result<&mut Store, Trouble> {
        let missing = || store::Fault::NotFound(self.paths.record.clone()).into();
        self.store.as_mut().ok_or_else(missing)
    }

    /// Whether there is a record yet.
    pub fn has_record(&self) -> bool {
        self.store.is_some()
    }

    /// Who sits here.
    pub fn me(&self) -> Option<Id> {
        self.me
    }

    /// Who sat here last, else the only person of the record.
    fn only_person(&self) -> Result<Option<Id>, Trouble> {
        let Some(store) = &self.store else { return Ok(None) };
        let record = store.people()?;
        let known = |id: &Id| record.people.iter().any(|person| person.id == *id && !person.archived);
        let last = store.setting("me")?.and_then(|id| Id::parse(&id)).filter(known);
        let only = || record.people.first().filter(|_| record.people.len() == 1).map(|one| one.id);
        Ok(last.or_else(only))
    }

    /// Who acts now, in which hat.
    fn stamp(&self, role: Role) -> Result<Stamp, Trouble> {
        let me =
            self.me.ok_or_else(|| Trouble::Usage("Nobody sits here yet. Say who you are with --as NAME.".into()))?;
        let name = self.as_saved()?.person_name(me)?.unwrap_or_default();
        Ok(Stamp { meeting: self.meeting, ..stamp(me, name, role) })
    }

    /// Takes back the last change of this person, or does it again.
    pub fn turn_back(&mut self, role: Role, again: bool) -> Result<(Vec<Option<Id>>, String), Trouble> {
        let stamp = self.stamp(role)?;
        let me = stamp.by;
        let store = self.store_mut()?;
        let done =
            if again { store.redo(me, &stamp, &summary_today)? } else { store.undo(me, &stamp, &summary_today)? };
        let done = done.map_err(|why| Trouble::Usage(why.to_string()))?;
        let subject = done.subjects.first().copied().flatten();
        let dossier = self.store()?.dossier(subject)?;
        let what = done.taken_back.as_ref().map(|entry| view::what(&dossier, entry)).unwrap_or_default();
        let word = if again { "Done again" } else { "Undone" };
        Ok((done.subjects, format!("{word}: {what}.")))
    }

    /// Everything about a system.
    pub fn dossier(&self, system: Id) -> Result<Dossier, Trouble> {
        Ok(self.as_saved()?.dossier(Some(system))?)
    }

    /// Whether another process has written since the last look.
    pub fn changed_elsewhere(&self) -> bool {
        self.store.as_ref().is_some_and(|store| store.changed_elsewhere().unwrap_or(false))
    }

    /// Brings the summaries up to date that time alone, or a change of people and roles, has made stale; at most
    /// `limit` of them. Says how many there were.
    pub fn freshen(&mut self, today: Day, limit: usize) -> Result<usize, Trouble> {
        let Some(store) = &mut self.store else { return Ok(0) };
        if store.read_only().is_some() {
            return Ok(0);
        }
        Ok(store.refresh_stale(today, limit, &|dossier| summarise(dossier, today))?)
    }

    /// Makes every table again from the journal.
    pub fn rebuild(&mut self) -> Result<String, Trouble> {
        let entries = self.store_mut()?.rebuild()?;
        while self.freshen(clock::today(), 1_000)? > 0 {}
        Ok(format!("Every table was made again from {entries} entries."))
    }

    /// Whether the last command left a line of the board owing.
    pub fn owes(&self) -> bool {
        self.as_saved().is_ok_and(Store::owes)
    }

    /// Makes the line of the board that the last command left owing, and waits for the disk: it is for a moment at which
    /// nobody does anything.
    pub fn settle(&self) {
        // What cannot be made now is still owed, and is made when the record is brought up to date.
        let _ = self.as_saved().map(|store| store.settle(clock::today(), &summary_today, Wait::Disk));
    }

    /// Closes the record, so that everything is in the one file.
    pub fn close(mut self) -> Result<(), Trouble> {
        self.settle();
        Ok(self.store.take().map_or(Ok(()), Store::close)?)
    }

    /// Every hat that this person holds by default, or on any system.
    pub fn hats(&self) -> Result<Vec<Role>, Trouble> {
        let Some(me) = self.me else { return Ok(Vec::new()) };
        let store = self.store()?;
        let record = store.people()?;
        let today = clock::today();
        let by_default = record.roles_of(me, today);
        let elsewhere = store.roles_held(me, today)?;
        let mut roles: Vec<Role> = by_default.into_iter().chain(elsewhere).collect();
        roles.sort_unstable();
        roles.dedup();
        Ok(roles)
    }
}

impl Desk {
    /// The review role that whoever sits here held last, on a system or by default; it may have ended.
    pub fn last_hat(&self, system: Option<Id>) -> Result<Option<Role>, Trouble> {
        let held = last_held(&self.store()?.dossier(system)?);
        Ok(held.into_iter().find(|(person, _)| Some(*person) == self.me).map(|(_, role)| role))
    }

    /// The head of the journal and the version of this program, for everything that is printed of a system, and what
    /// voided its sign-offs.
    pub fn imprint(&self, dossier: &Dossier) -> Result<record::Context, Trouble> {
        imprint(self.store()?, dossier)
    }
}

/// The same where only the record is at hand.
fn imprint(store: &Store, dossier: &Dossier) -> Result<record::Context, Trouble> {
    let (events, head) = store.head()?;
    let events = i64::try_from(events).unwrap_or(i64::MAX);
    let voided = voids::voided(store, dossier, None)?;
    Ok(record::Context { version: env!("CARGO_PKG_VERSION").into(), head: Some(head), events, voided })
}

/// A stamp of this moment.
pub fn stamp(by: Id, name: Line, role: Role) -> Stamp {
    Stamp {
        at: clock::now(),
        today: clock::today(),
        by,
        name,
        role,
        meeting: None,
        chance: clock::chance(),
        made: 0.into(),
    }
}

/// The name of a file without its folder, as it may be shown: a name may hold whatever a text may.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    Line::new(&name.to_string_lossy()).to_string()
}
