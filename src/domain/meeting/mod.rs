//! The meeting: what is planned, who is there, which item is on, what hands did to the agenda.
//!
//! What is decided in a meeting is not kept here: every entry that is made in one carries its identity, and the minutes
//! are those entries, so that the two cannot disagree. Kept here is only what no other act says: the attendance, the
//! clocks as points in time, the order of the agenda, who dissents, what somebody has to do, and lines of the minutes.

mod act;
mod agenda;
mod briefing;
mod clock;
mod fit;
mod hands;
mod matter;
mod minutes;

pub use act::{ItemRef, MeetingAct, NewTask, Opined, Placing};
pub use agenda::{Agenda, Item, ItemState, Opinions, Portfolio, agenda, next_meeting, shown_meeting};
pub use briefing::{briefing, worst};
pub use clock::{clock_text, elapsed, spent_in};
pub use fit::{fit, is_decision, quorum, quorum_because, quorum_met};
pub use matter::{Matter, MatterSort, matters};
pub use minutes::{Heard, Minutes, MinutesItem, Outcome, Voice, minutes};

use super::{
    Dossier, Id, Line, Prose,
    fields::{Day, Moment, Who, choices, entities},
    people::RULE,
};

choices! {
    /// A part of the agenda.
    AgendaSection {
        Consent "consent" "consent",
        Decision "decision" "decision",
        Discussion "discussion" "discussion",
        FollowUp "follow_up" "follow-up",
    }
    /// What was done with an item of the agenda by hand; that it was decided is computed.
    ItemMark {
        Skipped "skipped" "skipped",
        Deferred "deferred" "deferred",
        Dropped "dropped" "dropped",
        Done "done" "discussed",
    }
    /// Whether somebody is there.
    Presence {
        Invited "invited" "invited",
        Present "present" "present",
        Absent "absent" "absent",
    }
    /// What somebody says to what is decided on an item, by name.
    StanceKind {
        Dissents "dissents" "dissents",
        Abstains "abstains" "abstains",
        Recused "recused" "recused",
    }
    /// What a reviewer says to an item before the meeting.
    OpinionKind {
        Approve "approve" "pre-approves",
        Flag "flag" "flags",
        Comment "comment" "comments",
    }
}

entities! {
    /// A meeting, planned, running or over.
    Meeting {
        /// Its number in the record, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// What it is called.
        title: Line = "Title", none, RULE, needed;
        /// The series that it belongs to; empty where it takes place once.
        series: Line = "Series", none, RULE, optional;
        /// After how many days the next one of the series takes place.
        every: Option<i64> = "Every (days)", none, RULE, optional;
        /// The day.
        day: Option<Day> = "Day", none, RULE, needed;
        /// When it starts, such as 14:00.
        starts: Line = "Starts at", none, RULE, optional;
        /// How long it is to take, in minutes.
        minutes: Option<i64> = "Minutes", none, RULE, optional;
        /// Who leads it.
        chair: Option<Who> = "Chair", none, RULE, optional;
        /// How many have to be there in this meeting; without it what the policy says.
        quorum: Option<i64> = "Quorum", none, RULE, optional;
        /// Why it is another number than the policy says.
        quorum_reason: Prose = "Other quorum because", none, RULE, optional;
        /// The version of the policy that was in force when it was opened.
        policy: Option<i64> = "Policy", none, RULE, optional;
        /// When it was opened.
        opened_at: Option<Moment> = "Opened", none, RULE, optional;
        /// When it was closed.
        closed_at: Option<Moment> = "Closed", none, RULE, optional;
        /// Why it does not take place.
        cancelled: Prose = "Called off because", none, RULE, optional;
        /// The item that is on, by its key.
        current: Line = "Item", none, RULE, optional;
        /// The milliseconds that its clock ran before it was stopped last.
        spent: Option<i64> = "Clock (ms)", none, RULE, optional;
        /// Since when its clock runs.
        running_since: Option<Moment> = "Clock since", none, RULE, optional;
        /// When its minutes were approved.
        approved_at: Option<Moment> = "Minutes approved", none, RULE, optional;
        /// The meeting that approved them.
        approved_in: Option<Id> = "Approved in", none, RULE, optional;
    }
    /// That somebody is invited to a meeting, and whether they are there.
    Attendee {
        /// The meeting.
        meeting: Option<Id> = "Meeting", none, RULE, needed;
        /// Who.
        person: Option<Who> = "Person", none, RULE, needed;
        /// Whether they are there.
        presence: Option<Presence> = "Presence", none, RULE, needed;
    }
    /// What hands did to an item of the agenda of one meeting, and its clock.
    AgendaItem {
        /// The meeting.
        meeting: Option<Id> = "Meeting", none, RULE, needed;
        /// What it is about: the same in every meeting.
        key: Line = "Key", none, RULE, needed;
        /// What it is called.
        title: Line = "Title", none, RULE, needed;
        /// The system that it is about.
        about: Option<Id> = "System", none, RULE, optional;
        /// The part of the agenda that it was put into by hand.
        section: Option<AgendaSection> = "Section", none, RULE, optional;
        /// Its place in that part, where it was put there by hand.
        position: Option<i64> = "Position", none, RULE, optional;
        /// How many minutes it is given.
        minutes: Option<i64> = "Timebox (min)", none, RULE, optional;
        /// What was done with it by hand.
        mark: Option<ItemMark> = "Marked", none, RULE, optional;
        /// Why.
        reason: Prose = "Because", none, RULE, optional;
        /// When it was taken up first.
        taken_up: Option<Moment> = "Taken up", none, RULE, optional;
        /// The milliseconds that its clock ran before it was stopped last.
        spent: Option<i64> = "Clock (ms)", none, RULE, optional;
        /// Since when its clock runs.
        running_since: Option<Moment> = "Clock since", none, RULE, optional;
    }
    /// What one person says to what is decided on one item.
    Stance {
        /// The meeting.
        meeting: Option<Id> = "Meeting", none, RULE, needed;
        /// The item, by its key.
        key: Line = "Key", none, RULE, needed;
        /// Who.
        person: Option<Who> = "Person", none, RULE, needed;
        /// What they do.
        stance: Option<StanceKind> = "Stance", none, RULE, needed;
        /// Why, in their words.
        text: Prose = "Because", none, RULE, optional;
    }
    /// Something that somebody has to do until a day.
    Task {
        /// Its number in the record, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// What is to be done.
        text: Line = "To do", none, RULE, needed;
        /// Who does it.
        owner: Option<Who> = "Owner", none, RULE, needed;
        /// Until when.
        due: Option<Day> = "Due", none, RULE, needed;
        /// The meeting in which it was given.
        meeting: Option<Id> = "Meeting", none, RULE, optional;
        /// The item in which it was given, by its key.
        key: Line = "Key", none, RULE, optional;
        /// The system that it is about.
        about: Option<Id> = "System", none, RULE, optional;
        /// When it was done, or given up.
        done_at: Option<Moment> = "Done", none, RULE, optional;
        /// What came of it.
        outcome: Prose = "Outcome", none, RULE, optional;
    }
    /// A line of the minutes.
    Remark {
        /// The meeting.
        meeting: Option<Id> = "Meeting", none, RULE, needed;
        /// The item, by its key; empty where it is about the whole meeting.
        key: Line = "Key", none, RULE, optional;
        /// What was said.
        text: Prose = "Line", none, RULE, needed;
        /// Who wrote it down.
        by: Option<Who> = "Written by", none, RULE, needed;
        /// When.
        at: Option<Moment> = "When", none, RULE, needed;
    }
    /// What one reviewer says to one item before the meeting.
    Opinion {
        /// The meeting.
        meeting: Option<Id> = "Meeting", none, RULE, needed;
        /// The item, by its key.
        key: Line = "Key", none, RULE, needed;
        /// Who.
        person: Option<Who> = "Person", none, RULE, needed;
        /// Whether it approves, flags or comments.
        sort: Option<OpinionKind> = "Says", none, RULE, needed;
        /// In their words.
        text: Prose = "In words", none, RULE, optional;
        /// The fingerprint of what they saw; an approval of something else counts for nothing.
        seen: Line = "Seen", none, RULE, optional;
        /// When.
        at: Option<Moment> = "When", none, RULE, needed;
    }
}

impl Meeting {
    /// Whether it was opened and not closed.
    pub fn runs(&self) -> bool {
        !self.archived && self.opened_at.is_some() && self.closed_at.is_none()
    }
    /// Whether it is still to come.
    pub fn is_planned(&self) -> bool {
        !self.archived && self.opened_at.is_none() && self.cancelled.is_empty()
    }
    /// Whether its clock stands still although it runs.
    pub fn is_paused(&self) -> bool {
        self.runs() && self.running_since.is_none()
    }
}

impl Dossier {
    /// A meeting that was not withdrawn.
    pub fn meeting(&self, id: Id) -> Option<&Meeting> {
        self.meetings.by_id(id).filter(|meeting| !meeting.archived)
    }
    /// The meeting that runs.
    pub fn running_meeting(&self) -> Option<&Meeting> {
        self.meetings.iter().rev().find(|meeting| meeting.runs())
    }
    /// Who is invited to a meeting, or there.
    pub fn attendees_of(&self, meeting: Id) -> impl Iterator<Item = &Attendee> {
        self.attendees.iter().filter(move |row| !row.archived && row.meeting == Some(meeting))
    }
    /// What hands did to an item of a meeting.
    pub fn item_of(&self, meeting: Id, key: &str) -> Option<&AgendaItem> {
        self.agenda_items.iter().rev().find(|i| !i.archived && i.meeting == Some(meeting) && i.key.as_str() == key)
    }
    /// What people say to the items of a meeting.
    pub fn stances_of(&self, meeting: Id) -> impl Iterator<Item = &Stance> {
        self.stances.iter().filter(move |row| !row.archived && row.meeting == Some(meeting))
    }
    /// The tasks that nobody has done yet.
    pub fn open_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| !task.archived && task.done_at.is_none())
    }
    /// Whether somebody is there in a meeting.
    pub fn is_present(&self, meeting: Id, person: Id) -> bool {
        let there = |row: &Attendee| row.person == Some(Who(person)) && row.presence == Some(Presence::Present);
        self.attendees_of(meeting).any(there)
    }
    /// Whether somebody has nothing to do with an item.
    pub fn is_recused(&self, meeting: Id, key: &str, person: Id) -> bool {
        let recused = |row: &Stance| {
            row.key.as_str() == key && row.person == Some(Who(person)) && row.stance == Some(StanceKind::Recused)
        };
        self.stances_of(meeting).any(recused)
    }
}
