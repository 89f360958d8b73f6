//! Deciding in a meeting: on what was looked at, and only where the meeting may, both asked in the transaction that
//! writes the decision.

use crate::{
    desk::{Desk, Trouble, summary_today},
    domain::{
        Dossier, Event, Id,
        command::Command,
        decision::{Difference, Reviewed, reviewed_by, snapshot},
        meeting::{fit, is_decision},
        people::{Role, Stamp},
        refusal::{Refusal, Rule},
        rules::decide,
    },
    store::{Committed, Fault},
};

/// What somebody looked at when they took an item up: the system, and everything that a decision on it rests on.
#[derive(Debug, Clone)]
pub(in crate::desk) struct LookedAt {
    system: Id,
    snapshot: String,
}

/// What somebody had looked at beside what is there now, after a decision was refused for it.
#[derive(Debug, Clone)]
pub struct ChangedSince {
    /// The system.
    pub dossier: Dossier,
    /// What differs of what the decision rests on.
    pub difference: Difference,
}

impl LookedAt {
    /// Whether it is this system.
    pub fn is_at(&self, system: Option<Id>) -> bool {
        Some(self.system) == system
    }
}

impl Desk {
    /// Remembers what of a system is looked at, so that a decision on something else asks again.
    pub fn look_at(&mut self, dossier: &Dossier) {
        let seen = dossier.subject.map(|system| LookedAt { system, snapshot: snapshot(dossier, Role::Signoff) });
        self.looked_at = seen;
    }

    /// Whether something is looked at.
    pub fn looks(&self) -> bool {
        self.looked_at.is_some()
    }

    /// What is decided from now on is decided on whatever is there.
    pub fn forget_look(&mut self) {
        self.looked_at = None;
    }

    /// What a decision was refused for a moment ago; asked once.
    pub fn take_changed(&mut self) -> Option<ChangedSince> {
        self.changed.take()
    }

    /// Whether a command is a decision of the board, in a meeting or on what an agenda shows.
    pub(in crate::desk) fn decides_here(&self, command: &Command, stamp: &Stamp) -> bool {
        is_decision(command.verb()) && (stamp.meeting.is_some() || self.looks())
    }

    /// Decides in the meeting that the stamp names: whether the meeting may, whether this is what was looked at, and the
    /// rules of the system itself, all of it on the rows that the transaction sees.
    pub(in crate::desk) fn decide_here(
        &mut self,
        subject: Option<Id>,
        command: &Command,
        stamp: &Stamp,
    ) -> Result<Committed, Trouble> {
        let looked = self.looked_at.clone();
        let ask = |record: &Dossier, dossier: &Dossier| {
            fit(record, subject, command.verb(), stamp)?;
            unchanged(looked.as_ref(), dossier, command)?;
            decide(dossier, command, stamp)
        };
        let done: Result<Result<Committed, Refusal>, Fault> =
            self.store_mut()?.transact_with_record(subject, stamp, &summary_today, ask);
        match done? {
            Err(refused) if refused.rule == Rule::ChangedSince => {
                // Whoever is told what changed has looked at it then.
                let now = self.as_saved()?.dossier(subject)?;
                self.changed =
                    looked.map(|looked| ChangedSince { difference: differs(&looked, &now), dossier: now.clone() });
                self.look_at(&now);
                Err(refused.into())
            }
            done => Ok(done?),
        }
    }
}

fn differs(looked: &LookedAt, now: &Dossier) -> Difference {
    let now = snapshot(now, Role::Signoff);
    Difference::between(&Reviewed::read(&looked.snapshot), &Reviewed::read(&now), reviewed_by(Role::Signoff))
}

/// Refuses a decision on something that was changed since it was looked at, and says what changed.
fn unchanged(looked: Option<&LookedAt>, dossier: &Dossier, command: &Command) -> Result<(), Refusal> {
    let Some(looked) = looked.filter(|looked| Some(looked.system) == dossier.subject && is_decision(command.verb()))
    else {
        return Ok(());
    };
    if snapshot(dossier, Role::Signoff) == looked.snapshot {
        return Ok(());
    }
    let mut lines = differs(looked, dossier).lines(dossier, reviewed_by(Role::Signoff));
    let more = lines.len().saturating_sub(4);
    lines.truncate(4);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let says = format!("This changed since you took it up: {}{more}.", lines.join("; "));
    Err(Refusal::new(Rule::ChangedSince, says).hint("Read it, and decide once more if it still stands."))
}

/// The events of a step of the consent block, or why the meeting may not take it.
pub(super) fn fitting(record: &Dossier, steps: &[(Id, Command)], stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    for (system, command) in steps {
        fit(record, Some(*system), command.verb(), stamp)?;
    }
    Ok(Vec::new())
}
