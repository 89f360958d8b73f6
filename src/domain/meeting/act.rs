//! What can be asked of a meeting.

use super::{AgendaSection, ItemMark, OpinionKind, Presence, StanceKind};
use crate::domain::{Id, Line, Prose, command::Fields, fields::Day};

/// An item of the agenda, as far as it is kept when hands touch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRef {
    /// What it is about.
    pub key: String,
    /// What it is called.
    pub title: Line,
    /// The system that it is about.
    pub about: Option<Id>,
}

/// What a reviewer says to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opined {
    /// The item, by its key.
    pub key: String,
    /// Whether it approves, flags or comments.
    pub sort: OpinionKind,
    /// In their words.
    pub text: Prose,
    /// The fingerprint of what they saw.
    pub seen: String,
}

/// What is asked of a meeting, or of what came of one.
#[derive(Debug, Clone, PartialEq)]
pub enum MeetingAct {
    /// Plan a meeting, and invite people.
    Plan(Fields, Vec<Id>),
    /// Change what was planned.
    Change(Id, Fields),
    /// Call it off.
    Cancel(Id, Prose),
    /// Open it; whoever opens it is there.
    Open(Id),
    /// Plan one for right now and open it in one go.
    OpenNow(Fields),
    /// Say who is there, and who leads it where that is another one.
    Attend(Id, Vec<(Id, Presence)>, Option<Id>),
    /// Say by name who dissents, abstains, or has nothing to do with an item.
    Stand(Id, String, Id, StanceKind, Prose),
    /// Take an item up; what was on before gets a mark where it was not decided.
    TakeUp(Id, Option<ItemRef>, Option<ItemMark>),
    /// Stop the clocks.
    Pause(Id),
    /// Let the clocks go on.
    Resume(Id),
    /// Put an item elsewhere, or give it another time.
    Place(Id, ItemRef, Placing),
    /// Put several items elsewhere, in one act.
    Arrange(Id, Vec<(ItemRef, Placing)>),
    /// Skip, defer or drop an item, or take that back.
    Mark(Id, ItemRef, Option<ItemMark>, Prose),
    /// Put an item on the agenda by hand.
    AddItem(Id, ItemRef, AgendaSection, Option<i64>),
    /// Write a line of the minutes.
    Remark(Id, String, Prose),
    /// Give somebody something to do.
    AddTask(NewTask),
    /// Say that something is done, or given up, and what came of it.
    EndTask(Id, Prose),
    /// Say something to several items before the meeting, in one act with a note.
    Opine(Id, Vec<Opined>, Prose),
    /// Close it.
    Close(Id),
    /// Approve the minutes of an earlier meeting in another one.
    Approve(Id, Option<Id>),
}

/// Where an item is put; what is none stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Placing {
    /// The part of the agenda.
    pub section: Option<AgendaSection>,
    /// The place in that part.
    pub position: Option<i64>,
    /// The minutes.
    pub minutes: Option<i64>,
}

/// Something that somebody has to do.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTask {
    /// What.
    pub text: Line,
    /// Who.
    pub owner: Option<Id>,
    /// Until when.
    pub due: Option<Day>,
    /// The meeting in which it was given.
    pub meeting: Option<Id>,
    /// The item in which it was given, by its key.
    pub key: String,
    /// The system that it is about.
    pub about: Option<Id>,
}

impl MeetingAct {
    /// The meeting that it is an act of, where there is one already.
    pub fn meeting(&self) -> Option<Id> {
        match self {
            Self::Plan(..) | Self::OpenNow(_) | Self::EndTask(..) => None,
            Self::Change(id, _)
            | Self::Cancel(id, _)
            | Self::Open(id)
            | Self::Attend(id, ..)
            | Self::Stand(id, ..)
            | Self::TakeUp(id, ..)
            | Self::Pause(id)
            | Self::Resume(id)
            | Self::Place(id, ..)
            | Self::Arrange(id, _)
            | Self::Mark(id, ..)
            | Self::AddItem(id, ..)
            | Self::Remark(id, ..)
            | Self::Opine(id, ..)
            | Self::Close(id) => Some(*id),
            Self::AddTask(task) => task.meeting,
            Self::Approve(_, within) => *within,
        }
    }

    /// Whether it binds: opening and closing a meeting, approving its minutes, and what is said before it by name.
    pub fn binds(&self) -> bool {
        matches!(self, Self::Close(_) | Self::Approve(..) | Self::Opine(..) | Self::Cancel(..))
    }
}
