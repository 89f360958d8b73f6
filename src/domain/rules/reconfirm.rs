//! Confirming again what a role reviewed before: one act for everything that is its own turn.
//!
//! It is no short cut past a rule: each part is the command of its own, asked of the same rules one after the other, and
//! either all of it is done or nothing. Opinions and decisions (the DPO's advice, the draft, acceptances, the
//! disposition) are no part of it: those are given anew.

use std::borrow::Cow;

use super::{Refusal, Rule, decide, handoff::is_stale};
use crate::domain::{
    Dossier, Event, Kind, Prose,
    command::Command,
    decision::{
        HandoffState, LegState, SignoffState, Step, asked_roles, latest_signoff, leg, missing_for, quote, signoff_state,
    },
    fields::{Day, Kept, Vocabulary},
    people::{Role, Stamp},
};

/// What one act of a role is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// The hand-offs that lie with it, which it confirms.
    pub confirms: Vec<Step>,
    /// The hand-offs that are its own to send.
    pub sends: Vec<Step>,
    /// Whether it signs.
    pub signs: bool,
}

impl Round {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.confirms.is_empty() && self.sends.is_empty() && !self.signs
    }

    /// In words: `confirms owner → security, hands over security → governance, and signs`.
    pub fn says(&self) -> String {
        let legs = |legs: &[Step]| legs.iter().map(|step| step.label()).collect::<Vec<_>>().join(", ");
        let mut parts = Vec::new();
        if !self.confirms.is_empty() {
            parts.push(format!("confirms {}", legs(&self.confirms)));
        }
        if !self.sends.is_empty() {
            parts.push(format!("hands over {}", legs(&self.sends)));
        }
        if self.signs {
            parts.push("signs".to_owned());
        }
        parts.join(", ")
    }
}

/// What it would be made of for a role now.
pub fn round(dossier: &Dossier, role: Role, today: Day) -> Round {
    let state = |step: &Step| dossier.handoff(*step).and_then(|handoff| handoff.state);
    let lies = |step: &Step| matches!(state(step), Some(HandoffState::Sent | HandoffState::Received));
    let wanted = |step: &Step| dossier.personal_data() || !matches!(step, Step::SecurityDpo | Step::DpoSignoff);
    let on_the_way = |step: &Step| !matches!(step, Step::SignoffOwner | Step::OwnerAll);
    let legs = || Step::ALL.iter().copied().filter(on_the_way);
    let due = |step: &Step| match leg(dossier, *step, today).state {
        LegState::Sent | LegState::Received | LegState::Needless => false,
        LegState::Completed => is_stale(dossier, *step),
        LegState::Returned | LegState::Ready | LegState::NotReady(_) => true,
    };
    let stands = latest_signoff(dossier, role).is_some_and(|s| signoff_state(dossier, s) == SignoffState::Valid);
    Round {
        confirms: legs().filter(|step| step.to() == role).filter(lies).collect(),
        sends: legs().filter(|step| step.from() == role).filter(wanted).filter(due).collect(),
        signs: asked_roles(dossier).contains(&role) && !stands,
    }
}

/// Whether a role may do it now: it reviewed this before, in this review or in the last one, and something is to be done.
pub(super) fn open_to(dossier: &Dossier, role: Role, today: Day) -> Result<(), Refusal> {
    let refused = |says: String| Err(Refusal::new(Rule::WrongState, says));
    if dossier.decided().is_some() {
        return refused("This review is decided; a new review is what re-confirms.".to_owned());
    }
    let round = round(dossier, role, today);
    if round.is_empty() {
        return refused(
            "Nothing waits for you here: what you reviewed stands, and no hand-off lies with you.".to_owned(),
        );
    }
    let before = quote(dossier, role).is_some()
        || latest_signoff(dossier, role).is_some_and(|signoff| signoff.withdrawn_at.is_none());
    let took_up = role == Role::Signoff && !round.confirms.is_empty();
    if !before && !took_up {
        return Err(Refusal::new(Rule::WrongState, "You have signed nothing before that could be confirmed again.")
            .hint("The first time each step is taken by itself."));
    }
    // What would be refused half way is refused now, with the same sentence.
    let then = confirmed(dossier, &round);
    let missing =
        round.sends.iter().find_map(|step| Some((step, missing_for(&then, *step, today).into_iter().next()?)));
    match missing {
        Some((step, missing)) => {
            Err(Refusal::new(Rule::NotReady, format!("The hand-off {} is not ready. {missing}", step.label())))
        }
        None => Ok(()),
    }
}

/// The dossier as it is once what lies with the role is confirmed.
fn confirmed<'a>(dossier: &'a Dossier, round: &Round) -> Cow<'a, Dossier> {
    let mut then = Cow::Borrowed(dossier);
    for handoff in round.confirms.iter().filter_map(|step| dossier.handoff(*step)) {
        let completed = Some(HandoffState::Completed).to_value();
        then.to_mut().entry(Kind::Handoff, handoff.id).put("state", &completed);
    }
    then
}

/// Confirms, hands on and signs, each by its own rule.
pub fn reconfirm(dossier: &Dossier, statement: &Prose, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let round = round(dossier, stamp.role, stamp.today);
    let note = statement.clone();
    let confirms = round.confirms.iter().map(|step| Command::Confirm(*step));
    let sends = round.sends.iter().map(|step| Command::Send { step: *step, note: note.clone(), due: None });
    let signs = round.signs.then(|| Command::Sign(statement.clone()));
    let (mut now, mut done) = (dossier.clone(), Vec::new());
    for command in confirms.chain(sends).chain(signs) {
        let events = decide(&now, &command, stamp)?;
        for event in &events {
            now.apply(event);
        }
        done.extend(events);
    }
    Ok(done)
}
