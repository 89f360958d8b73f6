//! Effects on threats of several systems: the screen says how far they are, and Esc stops them.

use super::{
    perform::{Outcome, drop_draft},
    run::Session,
    terminal::Console,
    working::working,
};
use crate::{
    app::{Answer, Effect, across::rows},
    domain::{Prose, command::Fields, page::Chosen, people::Role},
};

/// How far it is, in words.
fn words(done: usize, all: usize) -> String {
    format!("{done} of {all} systems are done; nothing is kept before all of them are.")
}

/// Carries out an effect on threats of several systems; no other comes here.
pub(super) fn perform(session: &mut Session, console: Option<&mut Console>, role: Role, effect: Effect) -> Outcome {
    match effect {
        Effect::EditAcross(threats, set) => changed(session, console, (role, &threats), &set),
        Effect::WithdrawAcross(threats, why) => withdrawn(session, console, (role, &threats), &why),
        Effect::DuplicateAcross(threats, from) => duplicated(session, console, (role, &threats), from),
        _ => Ok(Answer::Kept),
    }
}

/// Threats of several systems are changed; the draft of the cell or the sheet is not needed any more.
fn changed(
    session: &mut Session,
    console: Option<&mut Console>,
    (role, threats): (Role, &Chosen),
    set: &Fields,
) -> Outcome {
    let (part, says) = working(session, console, |desk, work| {
        desk.edit_across(role, threats, set, &mut |done, all| work.tell(|| words(done, all)))
    })?;
    drop_draft(session)?;
    Ok(Answer::AllThreats(Box::new(part), Some(says)))
}

/// Threats of several systems are withdrawn.
fn withdrawn(
    session: &mut Session,
    console: Option<&mut Console>,
    (role, threats): (Role, &Chosen),
    why: &Prose,
) -> Outcome {
    let (part, says) = working(session, console, |desk, work| {
        desk.withdraw_across(role, threats, why, &mut |done, all| work.tell(|| words(done, all)))
    })?;
    drop_draft(session)?;
    Ok(Answer::AllThreats(Box::new(part), Some(says)))
}

/// Threats of several systems are written a second time.
fn duplicated(
    session: &mut Session,
    console: Option<&mut Console>,
    (role, threats): (Role, &Chosen),
    from: usize,
) -> Outcome {
    let says = working(session, console, |desk, work| {
        desk.duplicate_across(role, threats, &mut |done, all| work.tell(|| words(done, all)))
    })?;
    let part = session.desk.look_again(from, rows(session.model.page()))?;
    Ok(Answer::AllThreats(Box::new(part), Some(says)))
}
