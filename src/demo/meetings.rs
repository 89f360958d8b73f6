//! The meetings of the sample: one that is over, around the newest decision, and the next one of its series.

use std::collections::BTreeMap;

use super::{
    Act, Deed,
    clock::{Clock, day_of},
    slot::person,
};
use crate::domain::{
    Id, Line,
    command::{Command, Fields},
    fields::{Day, Moment},
    meeting::{ItemMark, ItemRef, MeetingAct, NewTask, Presence},
    people::Role,
    value::Value,
};

/// What somebody does in a meeting of the sample, before the names in it are resolved.
#[derive(Debug, Clone, PartialEq)]
pub enum Sitting {
    /// Plan a meeting of the series on a day, led by somebody.
    Plan(String, Day, String),
    /// Open it.
    Open(String),
    /// Say who is there.
    Attend(String, Vec<String>),
    /// Take up the review of a system; none when nothing is on any more.
    TakeUp(String, Option<String>),
    /// Take up something that was put on the agenda by hand.
    Talk(String, String),
    /// Write a line of the minutes about a system.
    Remark(String, String, String),
    /// Give somebody something to do.
    Task(String, String, String, Day),
    /// Close it.
    Close(String),
}

const MINUTE: i64 = 60_000;
const PAST: &str = "meeting/past";
const NEXT: &str = "meeting/next";
const EVERY: i64 = 14;

impl Sitting {
    /// The meeting that it is about, by the name of the sample.
    pub fn meeting(&self) -> &str {
        match self {
            Self::Plan(name, ..)
            | Self::Open(name)
            | Self::Attend(name, _)
            | Self::TakeUp(name, _)
            | Self::Talk(name, _)
            | Self::Remark(name, ..)
            | Self::Task(name, ..)
            | Self::Close(name) => name,
        }
    }

    /// The command, with every name resolved.
    pub fn command(&self, ids: &BTreeMap<String, Id>) -> Result<Command, String> {
        let id = |name: &str| ids.get(name).copied().ok_or_else(|| format!("nothing is called {name} yet"));
        let who = |key: &String| id(&person(key));
        let review = |system: &String| Ok::<_, String>(format!("decide/{}", id(&format!("{system}/review"))?));
        let act = match self {
            Self::Plan(_, day, chair) => {
                let invited = ["elif", "mara", "amara", "soren", "tomas"].map(|key| id(&person(key)));
                MeetingAct::Plan(planned(*day, who(chair)?), invited.into_iter().collect::<Result<_, _>>()?)
            }
            Self::Open(name) => MeetingAct::Open(id(name)?),
            Self::Attend(name, here) => {
                let here = here.iter().map(|key| Ok((who(key)?, Presence::Present)));
                MeetingAct::Attend(id(name)?, here.collect::<Result<_, String>>()?, None)
            }
            Self::TakeUp(name, Some(system)) => {
                let item = ItemRef {
                    key: review(system)?,
                    title: Line::new("Voice Front Desk: Decide on review 1"),
                    about: Some(id(system)?),
                };
                MeetingAct::TakeUp(id(name)?, Some(item), None)
            }
            Self::TakeUp(name, None) => MeetingAct::TakeUp(id(name)?, None, Some(ItemMark::Done)),
            Self::Talk(name, title) => {
                // An item of the hand has a name of its own; any identity that stays the same will do.
                let item = ItemRef { key: format!("hand/{}", id(name)?), title: Line::new(title), about: None };
                MeetingAct::TakeUp(id(name)?, Some(item), None)
            }
            Self::Remark(name, system, text) => MeetingAct::Remark(id(name)?, review(system)?, text.as_str().into()),
            Self::Task(name, owner, text, due) => MeetingAct::AddTask(NewTask {
                text: Line::new(text),
                owner: Some(who(owner)?),
                due: Some(*due),
                meeting: Some(id(name)?),
                key: String::new(),
                about: None,
            }),
            Self::Close(name) => MeetingAct::Close(id(name)?),
        };
        Ok(Command::Meet(act))
    }
}

fn planned(day: Day, chair: Id) -> Fields {
    let text = |text: &str| Value::from(text);
    let set = [
        ("title", text("AI review board")),
        ("series", text("AI review board")),
        ("every", Value::Int(EVERY)),
        ("day", text(&day.to_string())),
        ("starts", text("14:00")),
        ("minutes", Value::Int(60)),
        ("chair", text(&chair.to_string())),
        ("quorum", Value::Int(3)),
        ("quorum_reason", text("Five are invited; three of them decide.")),
    ];
    set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

/// Everything that is done in the meetings around what the others do.
pub fn meetings(acts: &[Act], today: Day) -> Vec<Act> {
    let decided = acts.iter().rev().find(|act| matches!(act.deed, Deed::Plain(Command::Decide { .. })));
    let Some((at, system)) = decided.and_then(|act| Some((act.at, act.subject.clone()?))) else { return Vec::new() };
    let (past, next) = (PAST.to_owned(), NEXT.to_owned());
    let here = ["elif", "mara", "soren", "amara"].map(str::to_owned).to_vec();
    let say = |text: &str| Sitting::Remark(past.clone(), system.clone(), text.to_owned());
    let sittings = [
        (-40, "elif", Sitting::Plan(past.clone(), day_of(at), "elif".into())),
        (-9, "elif", Sitting::Open(past.clone())),
        (-8, "elif", Sitting::Attend(past.clone(), here)),
        (-7, "elif", Sitting::TakeUp(past.clone(), Some(system.clone()))),
        (-4, "amara", say("Callers have to hear that a machine answers before they say their name.")),
        (-2, "mara", say("A cloned voice must never be enough to change an address.")),
        (2, "elif", Sitting::Talk(past.clone(), "How often the board meets".into())),
        (
            6,
            "elif",
            Sitting::Task(past.clone(), "mara".into(), "Bring the count of spoofed calls".into(), today.plus(9)),
        ),
        (7, "elif", Sitting::TakeUp(past.clone(), None)),
        (8, "elif", Sitting::Close(past.clone())),
    ];
    let act = |at: Moment, who: &str, sitting: Sitting| Act {
        at,
        person: who.to_owned(),
        role: Role::Governance,
        subject: None,
        deed: Deed::Sit(sitting),
    };
    let mut all: Vec<Act> =
        sittings.into_iter().map(|(after, who, sitting)| act(Moment(at.0 + after * MINUTE), who, sitting)).collect();
    let planned = Clock::new(today, 41).next(3, true);
    all.push(act(planned, "elif", Sitting::Plan(next, today.plus(3), "elif".into())));
    all
}
