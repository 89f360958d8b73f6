//! Where a record is, and how it is opened: to work in it, to look at it, or for the first time.

use std::{cell::RefCell, path::PathBuf};

use super::{Anew, Desk, Trouble, stamp};
use crate::{
    clock,
    domain::{
        Id, Kind, Line,
        command::Command,
        people::{Role, Stamp},
        value::Value,
    },
    store::{Open, Store},
};

/// Where things are on this machine.
#[derive(Debug, Clone)]
pub struct Paths {
    /// The record.
    pub record: PathBuf,
    /// The folder that remembers how far each record was; it outlives the record.
    pub state: Option<PathBuf>,
}

impl Paths {
    /// The record that was asked for, else the one in the platform's data directory.
    pub fn find(record: Option<PathBuf>) -> anyhow::Result<Self> {
        let own = directories::ProjectDirs::from("", "", "docket");
        let state = own.as_ref().map(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_path_buf());
        let record = match (record, own) {
            (Some(record), _) => record,
            (None, Some(dirs)) => dirs.data_dir().join("record.docket"),
            (None, None) => anyhow::bail!("There is no home folder to keep the record in. Name a file with --record."),
        };
        Ok(Self { record, state })
    }
}

impl Desk {
    /// Opens the record if there is one; the first run has none.
    pub fn open(paths: Paths, sample: bool) -> Result<Self, Trouble> {
        Self::open_telling(paths, sample, &mut |_| ())
    }

    /// [`Self::open`], which tells how far it is where another docket made the rows and they are made anew.
    pub fn open_telling(paths: Paths, sample: bool, told: &mut dyn FnMut(Anew)) -> Result<Self, Trouble> {
        let there = paths.record.exists();
        let rows = &mut |done, all| told(Anew::Rows(done, all));
        let store = if there { Some(Store::open_telling(&paths.record, how(&paths), rows)?) } else { None };
        let mut desk = Self::at(paths, sample, store);
        desk.me = desk.only_person()?;
        // A board of empty lines would say that nothing has a tier and nothing waits. What has no line yet gets it now.
        if desk.store.as_ref().is_some_and(Store::was_made_anew) {
            let (today, mut done) = (clock::today(), 0);
            let all = desk.store()?.count_stale(today)?;
            loop {
                let more = desk.freshen(today, ANEW)?;
                if more == 0 {
                    break;
                }
                done += more;
                told(Anew::Lines(done, all.max(done)));
            }
        }
        Ok(desk)
    }

    /// Opens the record, made empty where there is none.
    pub fn create(paths: Paths, sample: bool) -> Result<Self, Trouble> {
        let store = Some(made(&paths)?);
        Ok(Self::at(paths, sample, store))
    }

    /// A record that is gone when it is closed; for tests.
    pub fn in_memory() -> anyhow::Result<Self> {
        let paths = Paths { record: PathBuf::from("memory"), state: None };
        Ok(Self::at(paths, false, Some(Store::in_memory()?)))
    }

    /// A desk at which nobody sits yet.
    fn at(paths: Paths, sample: bool, store: Option<Store>) -> Self {
        Self {
            paths,
            sample,
            store,
            me: None,
            throw_away: None,
            read: None,
            looked_at_file: None,
            compared: None,
            pages: RefCell::default(),
            decided: RefCell::default(),
            explained: RefCell::default(),
            scan: RefCell::default(),
            looking_through: RefCell::default(),
            meeting: None,
            looked_at: None,
            changed: None,
        }
    }

    /// Opens the record to be looked at only: nothing is brought up to date in it, and it is never locked for whoever
    /// writes.
    pub fn reading(paths: Paths) -> Result<Self, Trouble> {
        let store = Store::open(&paths.record, Open { read_only: true, ..how(&paths) })?;
        Ok(Self::at(paths, false, Some(store)))
    }

    /// The first run: makes the record, enters the person and gives them their default hats, all or nothing but the file.
    pub fn begin(&mut self, name: &str, title: &str, roles: &[Role]) -> Result<Id, Trouble> {
        if self.store.is_none() {
            self.store = Some(made(&self.paths)?);
        }
        let name = Line::new(name);
        let first = stamp(Id([0; 16]), name.clone(), roles.first().copied().unwrap_or(Role::Owner));
        // The person who enters themself is the first thing that this command makes.
        let me = Id::v7(first.at.0, first.chance, 0);
        let first = Stamp { by: me, ..first };
        let set = vec![("name".into(), Value::from(name.as_str())), ("title".into(), Value::from(title))];
        self.execute_as(None, &Command::Add { kind: Kind::Person, set, to: None }, &first)?;
        self.me = Some(me);
        for role in roles {
            self.execute(None, *role, &Command::Assign { role: *role, person: me, delegate: None, until: None })
                .or_else(|trouble| {
                    // Later roles are given by the first one that is held.
                    let first_role = roles.first().copied().unwrap_or(*role);
                    let command = Command::Assign { role: *role, person: me, delegate: None, until: None };
                    self.execute(None, first_role, &command).map_err(|_| trouble)
                })?;
        }
        self.store_mut()?.put_setting("me", &me.to_string())?;
        Ok(me)
    }
}

/// How many lines are made at a time after the rows of a whole record were replayed.
pub(super) const ANEW: usize = 250;

/// How a record is opened.
fn how(paths: &Paths) -> Open {
    Open { state_dir: paths.state.clone(), ..Open::default() }
}

fn made(paths: &Paths) -> Result<Store, Trouble> {
    Ok(Store::open(&paths.record, Open { create: true, ..how(paths) })?)
}
