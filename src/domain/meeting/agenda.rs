//! The agenda: one pure function of the record, what is for the board, and the day.

use std::cmp::Reverse;

use super::{
    AgendaSection, Matter, MatterSort, Meeting, StanceKind, Task, elapsed,
    hands::{carry, left_over, opine, touch},
    quorum,
};
use crate::domain::{
    Dossier, Id,
    fields::{Day, Moment, choices},
    wording::person,
};

choices! {
    /// How an item of the agenda stands.
    ItemState {
        Now "now" "now",
        Missing "missing" "missing",
        Ready "ready" "ready",
        PreApproved "pre_approved" "pre-approved",
        Flagged "flagged" "flagged",
        Skipped "skipped" "skipped",
        Deferred "deferred" "deferred",
        Dropped "dropped" "dropped",
        Done "done" "done",
    }
}

impl ItemState {
    /// Whether nothing is to be done with it in this meeting any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Deferred | Self::Dropped | Self::Done)
    }
    /// The mark before it, so that it is told without colour and without its word.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Now => "►",
            Self::Missing => "!",
            Self::Ready => "○",
            Self::PreApproved => "+",
            Self::Flagged => "*",
            Self::Skipped => ">",
            Self::Deferred => "→",
            Self::Dropped => "-",
            Self::Done => "●",
        }
    }
}

/// What reviewers said to an item before the meeting.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opinions {
    /// Who approves what is there now.
    pub approve: Vec<(Id, String)>,
    /// Who approved something else than what is there now.
    pub outdated: Vec<String>,
    /// Who flags it, and why.
    pub flags: Vec<(String, String)>,
    /// Who comments on it, and what.
    pub comments: Vec<(String, String)>,
}

/// One item of the agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The same in every meeting.
    pub key: String,
    /// What it is about.
    pub sort: MatterSort,
    /// The thing that it is about.
    pub id: Id,
    /// The part of the agenda.
    pub section: AgendaSection,
    /// How it stands.
    pub state: ItemState,
    /// The system, with its name; none for what belongs to the record.
    pub system: Option<(Id, String)>,
    /// What is asked.
    pub what: String,
    /// Why it is here.
    pub why: String,
    /// Since when.
    pub since: Option<Moment>,
    /// The last day on which it still holds.
    pub lapses: Option<Day>,
    /// How many gaps stand before its decision.
    pub missing: u32,
    /// The fingerprint of what would be decided on.
    pub content: String,
    /// The code of what is proposed to be decided.
    pub proposal: String,
    /// The minutes that it is given.
    pub minutes: i64,
    /// The milliseconds that its clock ran before it was stopped last.
    pub spent: i64,
    /// Since when its clock runs.
    pub running_since: Option<Moment>,
    /// Why it was skipped, deferred or dropped.
    pub reason: String,
    /// What was said before the meeting.
    pub opinions: Opinions,
    /// Who dissents, abstains or has nothing to do with it.
    pub stances: Vec<(String, StanceKind, String)>,
    /// Whether it waits for something still, and was not only on the agenda when hands touched it.
    pub waits: bool,
}

impl Item {
    /// In one line: the system, and what is asked.
    pub fn title(&self) -> String {
        match &self.system {
            Some((_, name)) => format!("{name}: {}", self.what),
            None => self.what.clone(),
        }
    }
    /// The milliseconds that its clock shows.
    pub fn elapsed(&self, now: Moment) -> i64 {
        elapsed(Some(self.spent), self.running_since, now)
    }
    /// Whether it can be taken with the others of the consent part: pre-approved by enough, and nobody flags it.
    pub fn can_be_consented(&self) -> bool {
        let proposed = !self.proposal.is_empty() || self.sort == MatterSort::Minutes;
        self.section == AgendaSection::Consent && self.state == ItemState::PreApproved && self.waits && proposed
    }
}

/// The agenda of one meeting, or of a day without one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Agenda {
    /// The meeting; none where none is planned.
    pub meeting: Option<Meeting>,
    /// Who is there, who is not, who is invited: by name.
    pub attendees: Vec<(Id, String, super::Presence)>,
    /// How many have to be there.
    pub quorum: usize,
    /// The day of the next meeting: what lapses before it is on this agenda.
    pub horizon: Option<Day>,
    /// The items, in their order.
    pub items: Vec<Item>,
}

impl Agenda {
    /// The item that is on.
    pub fn current(&self) -> Option<&Item> {
        let key = self.meeting.as_ref().filter(|meeting| meeting.runs())?.current.as_str();
        self.items.iter().find(|item| item.key == key && !key.is_empty())
    }
    /// How many are there.
    pub fn present(&self) -> usize {
        self.attendees.iter().filter(|(_, _, presence)| *presence == super::Presence::Present).count()
    }
    /// Whether it is run by one person alone: no attendance is asked then.
    pub fn is_alone(&self) -> bool {
        self.attendees.len() < 2 && self.quorum < 2
    }
    /// Whether fewer are there than a decision needs.
    pub fn lacks_quorum(&self) -> bool {
        !self.is_alone() && self.present() < self.quorum
    }
    /// The minutes that everything on it is given.
    pub fn planned_minutes(&self) -> i64 {
        self.items.iter().filter(|item| item.state != ItemState::Dropped).map(|item| item.minutes).sum()
    }
}

/// Everything of all systems that is for the board: the system, its name, the matter.
pub type Portfolio = Vec<(Id, String, Matter)>;

/// A next meeting that nobody planned is taken to be so many days away.
const SOON: i64 = 14;

/// The meeting that is shown: the one that runs, else the next one that is planned, the earliest first.
pub fn shown_meeting(record: &Dossier) -> Option<&Meeting> {
    let planned = || record.meetings.iter().filter(|meeting| meeting.is_planned()).min_by_key(|m| (m.day, m.number));
    record.running_meeting().or_else(planned)
}

/// The day of the meeting after this one: the next planned one of its series, else after as many days as the series has
/// between two, else in two weeks.
pub fn next_meeting(record: &Dossier, meeting: Option<&Meeting>, today: Day) -> Day {
    let day = meeting.and_then(|meeting| meeting.day).unwrap_or(today).max(today);
    let Some(meeting) = meeting else { return day.plus(SOON) };
    let later = |m: &&Meeting| m.is_planned() && m.id != meeting.id && m.series == meeting.series && m.day > Some(day);
    let planned = record.meetings.iter().filter(later).filter_map(|m| m.day).min();
    planned.unwrap_or_else(|| day.plus(meeting.every.filter(|every| *every > 0).unwrap_or(SOON)))
}

/// The agenda of a meeting on a day. What is asked of the board comes from the record; what hands did to it sticks to
/// the item by its key.
pub fn agenda(record: &Dossier, meeting: Option<&Meeting>, portfolio: &[(Id, String, Matter)], today: Day) -> Agenda {
    let horizon = next_meeting(record, meeting, today);
    let attendees: Vec<_> = meeting.map_or_else(Vec::new, |meeting| {
        let named = record.attendees_of(meeting.id).filter_map(|row| Some((row.person?.0, row.presence?)));
        named.map(|(id, presence)| (id, person(record, Some(id)), presence)).collect()
    });
    let quorum = meeting.map_or(1, |meeting| quorum(record, meeting));
    let mut items: Vec<Item> = own(record, meeting, today);
    // A day that is behind this meeting is for the next one.
    let near = |matter: &Matter| matter.lapses.is_none_or(|day| day <= horizon);
    items.extend(portfolio.iter().filter(|(_, _, matter)| near(matter)).map(|(id, name, m)| of(*id, name, m)));
    if let Some(meeting) = meeting {
        for item in &mut items {
            opine(item, record, meeting);
            touch(item, record, meeting, quorum);
        }
        items.extend(left_over(record, meeting, &items));
        carry(&mut items, record, meeting);
    }
    let place = |item: &Item| {
        let row = meeting.and_then(|meeting| record.item_of(meeting.id, &item.key));
        (item.section, row.and_then(|row| row.position).unwrap_or(i64::MAX))
    };
    items.sort_by_cached_key(|item| {
        (place(item), Reverse(item.sort.is_decided()), item.lapses.is_none(), item.lapses, item.since, item.title())
    });
    Agenda { meeting: meeting.cloned(), attendees, quorum, horizon: Some(horizon), items }
}

fn of(system: Id, name: &str, matter: &Matter) -> Item {
    Item { system: Some((system, name.to_owned())), ..bare(matter) }
}

/// An item that no hand has touched.
pub(super) fn bare(matter: &Matter) -> Item {
    let section = usual(matter.sort);
    let state = if matter.missing > 0 { ItemState::Missing } else { ItemState::Ready };
    Item {
        key: matter.key(),
        sort: matter.sort,
        id: matter.id,
        section,
        state,
        system: None,
        what: matter.what.clone(),
        why: matter.why.clone(),
        since: matter.since,
        lapses: matter.lapses,
        missing: matter.missing,
        content: matter.content.clone(),
        proposal: matter.proposal.clone(),
        minutes: usual_minutes(section),
        spent: 0,
        running_since: None,
        reason: String::new(),
        opinions: Opinions::default(),
        stances: Vec::new(),
        waits: true,
    }
}

/// The part of the agenda that something belongs to as long as nobody puts it elsewhere.
fn usual(sort: MatterSort) -> AgendaSection {
    match sort {
        MatterSort::Minutes => AgendaSection::Consent,
        MatterSort::Decide | MatterSort::Accept | MatterSort::Except | MatterSort::Triage => AgendaSection::Decision,
        MatterSort::Returned
        | MatterSort::Lapse
        | MatterSort::Condition
        | MatterSort::Proviso
        | MatterSort::Expires
        | MatterSort::Flagged
        | MatterSort::Hand => AgendaSection::Discussion,
        MatterSort::Task => AgendaSection::FollowUp,
    }
}

pub(super) fn usual_minutes(section: AgendaSection) -> i64 {
    match section {
        AgendaSection::Consent => 1,
        AgendaSection::Decision => 10,
        AgendaSection::Discussion => 5,
        AgendaSection::FollowUp => 2,
    }
}

/// What belongs to the record itself: minutes that wait for their approval, tasks, and what was put here by hand.
fn own(record: &Dossier, meeting: Option<&Meeting>, today: Day) -> Vec<Item> {
    let mut all: Vec<Item> = waiting_minutes(record, meeting).map(|m| bare(&m)).collect();
    all.extend(record.open_tasks().map(|task| bare(&task_matter(record, task, today))));
    all
}

pub(super) fn record_matter(sort: MatterSort, id: Id, what: String, why: String, since: Option<Moment>) -> Matter {
    let (content, proposal) = (String::new(), String::new());
    Matter { sort, id, what, why, since, lapses: None, missing: 0, content, proposal }
}

fn task_matter(record: &Dossier, task: &Task, today: Day) -> Matter {
    let what = format!("AC-{} {}: {}", task.number.unwrap_or(0), person(record, task.owner.map(|w| w.0)), task.text);
    let why = match task.due {
        Some(due) if due < today => format!("it was due on {due}"),
        Some(due) => format!("carried over; due on {due}"),
        None => "carried over".to_owned(),
    };
    record_matter(MatterSort::Task, task.id, what, why, Some(Moment(task.id.made_at())))
}

/// Minutes of meetings that are over, of the same series, that nobody approved.
fn waiting_minutes<'a>(record: &'a Dossier, meeting: Option<&'a Meeting>) -> impl Iterator<Item = Matter> + 'a {
    let same = move |m: &&Meeting| meeting.is_none_or(|meeting| m.series == meeting.series && m.id != meeting.id);
    let over = |m: &&Meeting| !m.archived && m.closed_at.is_some() && m.approved_at.is_none();
    record.meetings.iter().filter(over).filter(same).map(|m| {
        let what = format!("Approve the minutes of \"{}\"", m.title);
        record_matter(MatterSort::Minutes, m.id, what, "they were not approved yet".to_owned(), m.closed_at)
    })
}
