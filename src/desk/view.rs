//! What the screens show: the board, and one system with its history.

use std::collections::VecDeque;

use super::{Desk, Trouble, file_name};
use crate::{
    clock,
    domain::{
        Dossier, Id, Kind, Prose,
        fields::Form,
        page::{BoardPage, HistoryLine, Hit, Me, Opened, PAGE, RecordInfo, STEPS},
        people::{Person, Role},
        rows::Rows,
        wording::happened,
    },
    store::{Entry, Store},
};

/// How many entries of the history a screen holds.
const HISTORY: usize = 400;

/// The setting that says how the register was looked at last.
const REGISTER: &str = "register";

impl Desk {
    /// Keeps how something is looked at, for the next time; what cannot be kept is not worth a refusal.
    pub fn remember(&mut self, key: &str, text: &str) -> Result<(), Trouble> {
        if self.store()?.read_only().is_none() {
            self.store_mut()?.put_setting(key, text)?;
        }
        Ok(())
    }

    /// A part of the board, with what waits for the person who sits here. Lines that no longer hold are shown as they
    /// were: whoever shows them brings them up to date by and by, see [`Desk::freshen`].
    pub fn board(&self, from: usize) -> Result<BoardPage, Trouble> {
        let today = clock::today();
        let Some(me) = self.me() else { return Ok(BoardPage::default()) };
        let store = self.store()?;
        let totals = store.totals(today)?;
        let steps = store.steps(me, STEPS)?;
        let steps_total = steps.len();
        let mut steps: Vec<_> =
            steps.into_iter().map(|pending| (pending.system, pending.name.to_string(), pending.step)).collect();
        self.explain_steps(&mut steps)?;
        Ok(BoardPage {
            from,
            rows: store.dashboard(from, PAGE)?,
            total: totals.systems as usize,
            late: totals.overdue as usize,
            cleared: totals.cleared as usize,
            with_gaps: totals.with_gaps as usize,
            unscored: totals.unscored as usize,
            steps,
            steps_total,
            drafts: self.drafts()?,
            risk: Box::new(self.risk(today)?),
            only: None,
        })
    }

    /// One system, as its screen shows it.
    pub fn opened(&self, system: Id) -> Result<Opened, Trouble> {
        let store = self.store()?;
        let dossier = store.dossier(Some(system))?;
        self.shown(dossier)
    }

    /// A dossier that was just read or written, with its history.
    pub fn shown(&self, dossier: Dossier) -> Result<Opened, Trouble> {
        let store = self.as_saved()?;
        let history = self.pages.borrow_mut().read(store, &dossier)?;
        let voided = self.voids(&dossier)?;
        let since = self.since(&dossier)?;
        let drafts = self.drafts()?;
        let register = self.as_saved()?.setting(REGISTER)?;
        let trend = store.trend(&dossier, clock::today())?;
        Ok(Opened { dossier, history, voided, since, drafts, register, trend })
    }

    /// Who sits here, with their hats.
    pub fn seat(&self, wanted: Option<Role>) -> Result<Option<Me>, Trouble> {
        let Some(person) = self.me() else { return Ok(None) };
        let record = self.store()?.people()?;
        let name = record.person_name(person).map_or_else(String::new, ToString::to_string);
        let roles = self.hats()?;
        // The hat in which the most pressing work waits, so that the first Enter needs no question.
        let waiting = self.store()?.steps(person, 1)?.first().map(|pending| pending.step.role);
        let role = wanted.or(waiting).or_else(|| roles.first().copied()).unwrap_or(Role::Auditor);
        Ok(Some(Me { person, name, role, roles }))
    }

    /// What the record is, for the header.
    pub fn info(&self) -> RecordInfo {
        RecordInfo {
            name: file_name(&self.paths.record),
            folder: self.paths.record.parent().map(super::folder::shown).unwrap_or_default().to_string(),
            sample: self.sample,
            read_only: self.store().ok().and_then(Store::read_only),
        }
    }

    /// Systems and threats with this in their name.
    pub fn search(&self, query: &str) -> Result<Vec<Hit>, Trouble> {
        let store = self.store()?;
        let hits = store.search(query, 20)?;
        let named = |system: Id| store.dossier(Some(system)).map(|d| d.name().to_owned()).unwrap_or_default();
        let hit = |hit: crate::store::Hit| {
            let threat = hit.kind == Kind::Threat;
            let place = if threat { named(hit.system) } else { String::new() };
            Hit { system: hit.system, thing: threat.then_some(hit.entity), text: hit.text.to_string(), place }
        };
        Ok(hits.into_iter().map(hit).collect())
    }
}

/// The history that was shown last. The journal is append-only: what was read of it stays as it is, and after a command
/// only its own entries are read.
#[derive(Debug, Default)]
pub(super) struct Pages {
    subject: Option<Id>,
    /// Lines name people too, and those are renamed elsewhere.
    people: Rows<Person>,
    entries: VecDeque<Entry>,
    lines: VecDeque<HistoryLine>,
}

impl Pages {
    fn read(&mut self, store: &Store, dossier: &Dossier) -> Result<Vec<HistoryLine>, Trouble> {
        if self.subject != dossier.subject {
            *self = Self { subject: dossier.subject, ..Self::default() };
        }
        let last = self.entries.front().map_or(0, |entry| entry.n);
        let new = store.history_after(dossier.subject, last, HISTORY)?;
        // An older line names what it is about as it is called now.
        if new.iter().any(may_rename) || self.people != dossier.people {
            self.lines.clear();
        }
        self.people.clone_from(&dossier.people);
        for entry in new.into_iter().rev() {
            self.entries.push_front(entry);
        }
        self.entries.truncate(HISTORY);
        let known = self.lines.front().map_or(0, |line| line.n);
        let unsaid: Vec<_> = self.entries.iter().take_while(|entry| entry.n > known).collect();
        for entry in unsaid.into_iter().rev() {
            self.lines.push_front(super::log::line(dossier, entry));
        }
        self.lines.truncate(HISTORY);
        Ok(self.lines.iter().cloned().collect())
    }
}

/// Whether something may be called otherwise after this entry: its number, its first text, or the word it goes by.
fn may_rename(entry: &Entry) -> bool {
    let Some(of) = entry.of else { return false };
    let first = of.fields().iter().find(|field| matches!(field.form, Form::Line | Form::Prose)).map(|field| field.id);
    let names = |field: &str| Some(field) == first || ["number", "step", "role", "decision"].contains(&field);
    entry.body.set.iter().any(|change| names(&change.field))
}

/// What an entry says, in words. The journal holds what was written into it, so it is cleaned like all that is read.
pub fn what(dossier: &Dossier, entry: &Entry) -> String {
    let raw = match entry.of {
        Some(of) => happened(dossier, of, entry.entity, entry.verb(), &entry.body.set),
        None if entry.kind == "bundle.merge" => "took in what came back in a bundle".to_owned(),
        None => entry.kind.replace('.', " "),
    };
    Prose::new(&raw).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Prose, command::Command, value::Value};

    #[test]
    fn who_is_in_the_record_is_the_same_read_alone() {
        let mut desk = Desk::in_memory().unwrap();
        let me = desk.begin("Ada", "", &[Role::Security, Role::Dpo]).unwrap();
        let (alone, whole) = (desk.store().unwrap().people().unwrap(), desk.store().unwrap().dossier(None).unwrap());
        assert_eq!((&alone.people, &alone.defaults), (&whole.people, &whole.defaults));
        assert_eq!(alone.roles_of(me, clock::today()), whole.roles_of(me, clock::today()));
        assert_eq!(alone.roles_of(me, clock::today()).len(), 2);
    }

    #[test]
    fn the_history_that_is_kept_is_the_history_that_would_be_read() {
        let mut desk = Desk::in_memory().unwrap();
        let me = desk.begin("Ada", "", &Role::REVIEW).unwrap();
        let text = |text: &str| Value::from(text);
        let id = desk.new_system(Role::Security, vec![("name".into(), text("Chat"))]).unwrap().subject;
        let add = Command::Add { kind: Kind::Threat, set: vec![("title".into(), text("It leaks"))], to: None };
        let threat = desk.execute(id, Role::Security, &add).unwrap().threats[0].id;
        let edit = |kind, id, field: &str, value| Command::Edit {
            kind,
            id,
            set: vec![(field.into(), value)],
            why: Prose::default(),
        };
        for (subject, command) in [
            (id, edit(Kind::Threat, threat, "likelihood", Value::Int(3))),
            (id, edit(Kind::Threat, threat, "title", text("It lies"))),
            (id, edit(Kind::Threat, threat, "owner", text(&me.to_string()))),
            (None, edit(Kind::Person, me, "name", text("Ada L"))),
            (id, edit(Kind::Threat, threat, "impact", Value::Int(4))),
            (id, Command::Withdraw { kind: Kind::Threat, id: threat, why: "Wrong.".into() }),
        ] {
            desk.execute(subject, Role::Security, &command).unwrap();
            // The same page again, and another one in between.
            for subject in [id, id, None, id] {
                let dossier = desk.store().unwrap().dossier(subject).unwrap();
                let anew = Pages::default().read(desk.store().unwrap(), &dossier).unwrap();
                assert!(anew.len() > 1 && anew == desk.shown(dossier).unwrap().history, "{command:?}");
            }
        }
    }
}
