//! Meetings at the desk: the agenda from the record, acts of a meeting, and its minutes from the journal.

mod consent;
mod decide;
mod private;

pub use decide::ChangedSince;
pub(super) use decide::LookedAt;

use std::collections::{BTreeMap, btree_map::Entry as MapEntry};

use super::{Desk, Trouble};
use crate::{
    clock,
    domain::{
        Dossier, Id, Kind, Prose,
        command::Command,
        decision::{LegState, Step, counted, leg},
        fields::Vocabulary,
        meeting::{Agenda, Heard, Meeting, MeetingAct, Minutes, Portfolio, agenda, matters, minutes, shown_meeting},
        people::{Role, Stamp},
    },
};

impl Desk {
    /// What of all systems is for the board, also of those whose line is still owed.
    pub fn portfolio_for_the_board(&self) -> Result<Portfolio, Trouble> {
        let store = self.store()?;
        let mut all = store.matters()?;
        for system in store.owed()? {
            let dossier = store.dossier(Some(system))?;
            all.retain(|(id, ..)| *id != system);
            let name = dossier.name().to_owned();
            all.extend(matters(&dossier, clock::today()).into_iter().map(|matter| (system, name.clone(), matter)));
        }
        Ok(all)
    }

    /// What belongs to the record itself: people, meetings, actions.
    pub fn of_the_record(&self) -> Result<Dossier, Trouble> {
        Ok(self.as_saved()?.dossier(None)?)
    }

    /// Whether a meeting runs; asked at every start.
    pub fn a_meeting_runs(&self) -> Result<bool, Trouble> {
        Ok(self.as_saved()?.a_meeting_runs()?)
    }

    /// The agenda of a meeting; without one of the meeting that runs, else of the next one that is planned, else of the
    /// day. The record that it was made from comes along.
    pub fn agenda(&self, meeting: Option<Id>) -> Result<(Agenda, Dossier), Trouble> {
        let all = self.portfolio_for_the_board()?;
        let record = self.of_the_record()?;
        let meeting = match meeting {
            Some(id) => Some(record.meeting(id).ok_or_else(|| Trouble::Usage("There is no such meeting.".into()))?),
            None => shown_meeting(&record),
        };
        let mut made = agenda(&record, meeting, &all, clock::today());
        self.name_what_is_left(&mut made)?;
        Ok((made, record))
    }

    /// The names of systems that are on the agenda only because hands put them there, and since when something is flagged.
    fn name_what_is_left(&self, agenda: &mut Agenda) -> Result<(), Trouble> {
        let store = self.as_saved()?;
        for item in &mut agenda.items {
            if let Some((id, name)) = &mut item.system
                && name.is_empty()
            {
                *name = store.dossier(Some(*id)).map(|dossier| dossier.name().to_owned()).unwrap_or_default();
            }
            if item.since.is_none() && item.waits {
                let touched = store.entity_history(item.id)?;
                let flag = |entry: &&crate::store::Entry| entry.body.set.iter().any(|c| c.field == "flagged");
                item.since = touched.iter().find(flag).or(touched.last()).map(|entry| entry.at);
            }
        }
        Ok(())
    }

    /// From now on what is done here is done in this meeting; with none it no longer is.
    pub fn sit_in(&mut self, meeting: Option<Id>) {
        self.meeting = meeting;
    }

    /// Does something of a meeting, or of what came of one.
    pub fn meet(&mut self, role: Role, act: MeetingAct) -> Result<Dossier, Trouble> {
        let stamp = self.stamp(role)?;
        // A meeting of this moment is the first thing that its own command makes.
        let now = matches!(act, MeetingAct::OpenNow(_)).then(|| Id::v7(stamp.at.0, stamp.chance, 0));
        let stamp = Stamp { meeting: act.meeting().or(now).or(stamp.meeting), ..stamp };
        self.execute_as(None, &Command::Meet(act), &stamp)
    }

    /// The minutes of a meeting, from what was written in it.
    pub fn minutes(&self, meeting: Id) -> Result<Minutes, Trouble> {
        let store = self.store()?;
        let record = store.dossier(None)?;
        let found = record.meeting(meeting).ok_or_else(|| Trouble::Usage("There is no such meeting.".into()))?;
        let mut known: BTreeMap<Option<Id>, Dossier> = BTreeMap::new();
        let mut heard = Vec::new();
        for entry in store.written_in(meeting)? {
            let system = entry.body.system.or((entry.of == Some(Kind::System)).then_some(entry.entity));
            let dossier = match known.entry(system) {
                MapEntry::Occupied(known) => known.into_mut(),
                MapEntry::Vacant(new) => new.insert(store.dossier(system)?),
            };
            heard.push(Heard {
                n: entry.n,
                at: entry.at,
                who: entry.name.clone(),
                role: entry.role.map(|role| role.label().to_owned()).unwrap_or_default(),
                verb: entry.verb().to_owned(),
                of: entry.of,
                entity: entry.entity,
                system: system.map(|id| (id, dossier.name().to_owned())),
                what: crate::desk::view::what(dossier, &entry),
                why: entry.body.why.clone(),
                hash: entry.hash,
                set: entry.body.set,
            });
        }
        Ok(minutes(&record, found, &heard, clock::now()))
    }

    /// The meeting that was named on the command line: its number, or the beginning of its title; without a name the last
    /// one that was opened.
    pub fn meeting_named(&self, name: Option<&str>) -> Result<Meeting, Trouble> {
        let record = self.of_the_record()?;
        let live = || record.meetings.iter().filter(|meeting| !meeting.archived);
        let found = match name {
            None => live().filter(|m| m.opened_at.is_some()).max_by_key(|m| m.opened_at),
            Some(name) => {
                let number = name.trim_start_matches("M-").parse().ok();
                let by_title = |m: &&Meeting| m.title.as_str().to_lowercase().starts_with(&name.to_lowercase());
                live().find(|m| number.is_some() && m.number == number).or_else(|| live().rev().find(by_title))
            }
        };
        found.cloned().ok_or_else(|| {
            Trouble::Usage(name.map_or_else(
                || "No meeting was opened in this record yet.".to_owned(),
                |name| format!("There is no meeting \"{name}\"; a number or the beginning of a title names one."),
            ))
        })
    }
}

impl Desk {
    /// Closes a meeting. What was decided in it goes to the owners first, as far as whoever sits here may send it.
    pub fn close_meeting(&mut self, role: Role, meeting: Id) -> Result<String, Trouble> {
        let made = self.minutes(meeting)?;
        let outcomes = made.items.iter().flat_map(|item| &item.outcomes).chain(&made.beside);
        let mut systems: Vec<Id> =
            outcomes.filter(|o| o.of == Kind::Disposition).filter_map(|o| Some(o.system.as_ref()?.0)).collect();
        systems.dedup();
        let (mut sent, mut left) = (0, Vec::new());
        let stamp = Stamp { meeting: Some(meeting), ..self.stamp(Role::Signoff)? };
        for system in systems {
            let dossier = self.dossier(system)?;
            if leg(&dossier, Step::SignoffOwner, clock::today()).state != LegState::Ready {
                continue;
            }
            let note = Prose::new(&format!("Decided in the meeting \"{}\".", made.meeting.title));
            let command = Command::Send { step: Step::SignoffOwner, note, due: None };
            match self.execute_as(Some(system), &command, &stamp) {
                Ok(_) => sent += 1,
                Err(Trouble::Refused(_)) => left.push(dossier.name().to_owned()),
                Err(other) => return Err(other),
            }
        }
        self.meet(role, MeetingAct::Close(meeting))?;
        self.sit_in(None);
        let mut says = "The meeting is closed; V reads the minutes, W writes them to files.".to_owned();
        if sent > 0 {
            let sent = counted(sent, "decision was handed", "decisions were handed");
            says = format!("{says} {sent} to the owners.");
        }
        if !left.is_empty() {
            says = format!("{says} The sign-off authority still has to hand over: {}.", left.join(", "));
        }
        Ok(says)
    }
}
