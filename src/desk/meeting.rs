//! Meetings at the desk: the agenda from the record, acts of a meeting, and its minutes from the journal.

use std::collections::{BTreeMap, btree_map::Entry as MapEntry};

use super::{Desk, Trouble};
use crate::{
    clock,
    domain::{
        Dossier, Id, Kind, Line, Prose,
        command::Command,
        decision::{Difference, LegState, Reviewed, Step, counted, leg, reviewed_by, snapshot},
        fields::{Day, Vocabulary},
        meeting::{
            Agenda, AgendaSection, Heard, Item, ItemRef, MatterSort, Meeting, MeetingAct, Minutes, Opined, OpinionKind,
            Placing, Portfolio, agenda, fit, is_decision, matters, minutes, shown_meeting,
        },
        people::{Role, Stamp},
        refusal::{Refusal, Rule},
        rules::decide,
    },
    store::{Ask, Stopped},
};

/// What somebody looked at when they took an item up: the system, and everything that a decision on it rests on.
#[derive(Debug, Clone)]
pub(super) struct LookedAt {
    pub system: Id,
    pub snapshot: String,
}

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

    /// Remembers what of a system is looked at, so that a decision on something else asks again.
    pub fn look_at(&mut self, dossier: &Dossier) {
        let seen = dossier.subject.map(|system| LookedAt { system, snapshot: snapshot(dossier, Role::Signoff) });
        self.looked_at = seen;
    }

    /// Does something of a meeting, or of what came of one.
    pub fn meet(&mut self, role: Role, act: MeetingAct) -> Result<Dossier, Trouble> {
        let stamp = self.stamp(role)?;
        // A meeting of this moment is the first thing that its own command makes.
        let now = matches!(act, MeetingAct::OpenNow(_)).then(|| Id::v7(stamp.at.0, stamp.chance, 0));
        let stamp = Stamp { meeting: act.meeting().or(now).or(stamp.meeting), ..stamp };
        self.execute_as(None, &Command::Meet(act), &stamp)
    }

    /// Whether whoever acts may decide it in the meeting that they sit in.
    pub(super) fn fits(&self, subject: Option<Id>, command: &Command, stamp: &Stamp) -> Result<(), Trouble> {
        if stamp.meeting.is_some() && is_decision(command.verb()) {
            fit(&self.of_the_record()?, subject, command.verb(), stamp)?;
        }
        Ok(())
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
                what: super::view::what(dossier, &entry),
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

/// Refuses a decision on something that was changed since it was looked at, and says what changed.
pub(super) fn unchanged(looked: Option<&LookedAt>, dossier: &Dossier, command: &Command) -> Result<(), Refusal> {
    let Some(looked) = looked.filter(|looked| Some(looked.system) == dossier.subject && is_decision(command.verb()))
    else {
        return Ok(());
    };
    let now = snapshot(dossier, Role::Signoff);
    if now == looked.snapshot {
        return Ok(());
    }
    let sections = reviewed_by(Role::Signoff);
    let found = Difference::between(&Reviewed::read(&looked.snapshot), &Reviewed::read(&now), sections);
    let mut lines = found.lines(dossier, sections);
    let more = lines.len().saturating_sub(4);
    lines.truncate(4);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let says = format!("This changed since you took it up: {}{more}.", lines.join("; "));
    Err(Refusal::new(Rule::ChangedSince, says).hint("Read it, and decide once more if it still stands."))
}

impl Desk {
    /// What only whoever sits here sees of an agenda: what they mean to say, and what they have read.
    pub fn private(&self) -> Result<(Vec<Opined>, BTreeMap<String, String>), Trouble> {
        let kept = self.drafts()?.into_iter().find(|(key, _)| key == PRIVATE).map(|(_, text)| text);
        let (queue, read): (Vec<Kept>, BTreeMap<String, String>) =
            kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let said = queue.into_iter().filter_map(|(key, sort, text, seen)| {
            Some(Opined { key, sort: OpinionKind::parse(&sort)?, text: Prose::new(&text), seen })
        });
        Ok((said.collect(), read))
    }

    /// Keeps it.
    pub fn keep_private(&mut self, queue: &[Opined], read: &BTreeMap<String, String>) -> Result<(), Trouble> {
        let kept = |said: &Opined| -> Kept {
            (said.key.clone(), said.sort.code().to_owned(), said.text.to_string(), said.seen.clone())
        };
        let queue: Vec<Kept> = queue.iter().map(kept).collect();
        let text = serde_json::to_string(&(queue, read)).map_err(anyhow::Error::from)?;
        self.keep_draft(PRIVATE, &text)
    }

    /// Whether something is looked at.
    pub fn looks(&self) -> bool {
        self.looked_at.is_some()
    }

    /// What is decided from now on is decided on whatever is there.
    pub fn forget_look(&mut self) {
        self.looked_at = None;
    }

    /// Takes everything of the consent part that is pre-approved by enough and that nobody flags: what each hat decides in
    /// one command, all of it or none. What is taken is worked out anew, so that a flag of a moment ago counts.
    pub fn take_consent(&mut self, meeting: Id) -> Result<String, Trouble> {
        let (agenda, _) = self.agenda(Some(meeting))?;
        let block: Vec<Item> = agenda.items.iter().filter(|item| item.can_be_consented()).cloned().collect();
        if block.is_empty() {
            return Err(Trouble::Usage("Nothing is pre-approved by enough and unflagged any more.".into()));
        }
        let mut taken = 0;
        for role in [Role::Signoff, Role::Governance] {
            let mut steps = Vec::new();
            for item in &block {
                let Some((system, _)) = &item.system else { continue };
                let dossier = self.dossier(*system)?;
                if let Some((hat, command)) = by_consent(&dossier, item, clock::today()).filter(|(hat, _)| *hat == role)
                {
                    steps.push((*system, command));
                    debug_assert_eq!(hat, role, "each hat takes its own");
                }
            }
            taken += steps.len();
            self.all_or_none(meeting, role, &steps)?;
        }
        for item in block.iter().filter(|item| item.sort == MatterSort::Minutes) {
            self.meet(Role::Signoff, MeetingAct::Approve(item.id, Some(meeting)))?;
            taken += 1;
        }
        for item in &block {
            // The minutes name what was taken, also what hands had not touched before.
            let kept = ItemRef {
                key: item.key.clone(),
                title: Line::new(&item.title()),
                about: item.system.as_ref().map(|(id, _)| *id),
            };
            let placing = Placing { section: Some(AgendaSection::Consent), ..Placing::default() };
            self.meet(Role::Signoff, MeetingAct::Place(meeting, kept, placing)).or_else(unchanged_is_fine)?;
        }
        Ok(format!("{} by consent.", counted(taken, "item was taken", "items were taken")))
    }

    /// Decides several things in one hat, all of them or none.
    fn all_or_none(&mut self, meeting: Id, role: Role, steps: &[(Id, Command)]) -> Result<(), Trouble> {
        if steps.is_empty() {
            return Ok(());
        }
        let stamp = Stamp { meeting: Some(meeting), ..self.stamp(role)? };
        for (system, command) in steps {
            self.fits(Some(*system), command, &stamp)?;
        }
        let mut asks = steps.iter().map(|(system, command)| {
            let stamp = &stamp;
            let ask: Ask<'_, Refusal> = Box::new(move |dossier: &Dossier| decide(dossier, command, stamp));
            (Some(*system), ask)
        });
        let done = self.store_mut()?.batch(&stamp, &super::summary_today, &mut asks, &mut |_| true)?;
        drop(asks);
        match done {
            Ok(_) => {}
            Err(Stopped::Refused(at, refusal)) => {
                let name = steps.get(at).and_then(|(id, _)| self.dossier(*id).ok()).map(|d| d.name().to_owned());
                let says = format!("{}: {} Nothing was taken.", name.unwrap_or_default(), refusal.says);
                return Err(Refusal { says, ..refusal }.into());
            }
            Err(Stopped::Cancelled) => return Err(Trouble::Usage("It was stopped.".into())),
        }
        for (system, command) in steps {
            if matches!(command, Command::Decide { .. }) {
                let dossier = self.dossier(*system)?;
                super::past::keep_printed(self.store_mut()?, &dossier, &stamp)?;
            }
        }
        Ok(())
    }

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

/// What is decided where an item is taken by consent, and in which hat: what was proposed, in the words in which it was.
fn by_consent(dossier: &Dossier, item: &Item, today: Day) -> Option<(Role, Command)> {
    match item.sort {
        MatterSort::Decide => Some((Role::Signoff, as_drafted(dossier, today)?)),
        MatterSort::Accept => Some((Role::Governance, Command::AcceptRisk(item.id))),
        MatterSort::Except => {
            Some((Role::Governance, Command::DecideException { id: item.id, approve: true, why: Prose::default() }))
        }
        _ => None,
    }
}

/// The decision that governance drafted, valid for a year; a condition without a day is due in ninety.
fn as_drafted(dossier: &Dossier, today: Day) -> Option<Command> {
    let review = dossier.review()?;
    let decision = review.draft?;
    let until = today.plus(365);
    let conditions = review.draft_conditions.as_str().lines().map(str::trim).filter(|line| !line.is_empty());
    let conditions = conditions.map(|line| {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match Day::parse(first.trim_end_matches(':')).filter(|_| !rest.is_empty()) {
            Some(day) => (Prose::new(rest), day),
            None => (Prose::new(line), today.plus(90)),
        }
    });
    let said = review.draft_reason.as_str();
    let rationale = Prose::new(&if said.is_empty() {
        "By consent, as proposed.".to_owned()
    } else {
        format!("By consent: {said}")
    });
    let valid_until = decision.permits().then_some(until);
    Some(Command::Decide { decision, rationale, conditions: conditions.collect(), valid_until })
}

fn unchanged_is_fine(trouble: Trouble) -> Result<Dossier, Trouble> {
    match trouble {
        Trouble::Refused(refusal) if refusal.rule == Rule::NothingChanged => Ok(Dossier::default()),
        other => Err(other),
    }
}

/// The name under which the private part of an agenda is kept.
const PRIVATE: &str = "agenda";

/// Something to be said, as it is kept: key, kind, words, what was seen.
type Kept = (String, String, String, String);
