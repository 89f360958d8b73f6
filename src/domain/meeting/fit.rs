//! Whether something may be decided in a meeting now: quorum, presence, recusal.

use super::{Meeting, Presence};
use crate::domain::{
    Dossier, Id,
    decision::{Rules, rules_in_force, rules_of_version},
    people::Stamp,
    refusal::{Refusal, Rule},
    verb::Verb,
    wording::person,
};

/// How many have to be there: as many as this meeting says, else as the policy says, else more than half of those
/// invited; at least one.
pub fn quorum(record: &Dossier, meeting: &Meeting) -> usize {
    let asked = meeting.quorum.and_then(|quorum| usize::try_from(quorum).ok()).filter(|quorum| *quorum > 0);
    let half = || (record.attendees_of(meeting.id).count() / 2 + 1).max(1).min(record.people.len().max(1));
    asked.or_else(|| policy_of(record, meeting).quorum.map(usize::from)).unwrap_or_else(half)
}

/// Where that number comes from, in words.
pub fn quorum_because(record: &Dossier, meeting: &Meeting) -> String {
    let policy = policy_of(record, meeting);
    match (meeting.quorum, policy.quorum) {
        (Some(_), _) if meeting.quorum_reason.is_empty() => "said for this meeting".to_owned(),
        (Some(_), _) => format!("said for this meeting, because: {}", meeting.quorum_reason),
        (None, Some(_)) => format!("version {} of the policy", policy.version),
        (None, None) => policy.quorum_words(),
    }
}

/// The policy that a meeting is held by: what was in force when it was opened, and until then what is in force now. One
/// that was opened before there were quorums in it keeps what is built in.
fn policy_of(record: &Dossier, meeting: &Meeting) -> Rules {
    match meeting.opened_at {
        Some(_) => rules_of_version(record, meeting.policy.unwrap_or(0)),
        None => rules_in_force(record),
    }
}

/// Whether enough are there.
pub fn quorum_met(record: &Dossier, meeting: &Meeting) -> bool {
    present(record, meeting) >= quorum(record, meeting)
}

fn present(record: &Dossier, meeting: &Meeting) -> usize {
    record.attendees_of(meeting.id).filter(|row| row.presence == Some(Presence::Present)).count()
}

/// The acts that are decisions of the board when they are done in a meeting.
pub fn is_decision(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Decide
            | Verb::AcceptRisk
            | Verb::RevokeRisk
            | Verb::DecideException
            | Verb::Triage
            | Verb::Return(_)
            | Verb::RevokeClearance
    )
}

/// Whether whoever acts may do `verb` on `system` as an act of the meeting that `stamp` names. Outside of a meeting the
/// rules of the system alone say so.
pub fn fit(record: &Dossier, system: Option<Id>, verb: Verb, stamp: &Stamp) -> Result<(), Refusal> {
    let Some(meeting) = stamp.meeting.and_then(|id| record.meeting(id)).filter(|_| is_decision(verb)) else {
        return Ok(());
    };
    if !meeting.runs() {
        return Err(Refusal::new(Rule::WrongState, format!("The meeting \"{}\" does not run.", meeting.title))
            .hint("Open it first, or decide outside of it."));
    }
    if !record.is_present(meeting.id, stamp.by) {
        let who = person(record, Some(stamp.by));
        return Err(
            Refusal::new(Rule::NoQuorum, format!("{who} is not there in this meeting.")).hint("Say who is here first.")
        );
    }
    let (there, wanted) = (present(record, meeting), quorum(record, meeting));
    if there < wanted {
        let says = format!("There is no quorum: {there} of the {wanted} that have to be there are.");
        return Err(Refusal::new(Rule::NoQuorum, says).hint("Say who is here, or take the item up next time."));
    }
    let on_it = record.stances_of(meeting.id).find(|row| {
        let mine = row.person.is_some_and(|who| who.0 == stamp.by);
        let item = record.item_of(meeting.id, row.key.as_str());
        let here = item.is_some_and(|item| item.about.is_some() && item.about == system);
        mine && row.stance == Some(super::StanceKind::Recused)
            && (here || (row.key == meeting.current && !row.key.is_empty()))
    });
    if on_it.is_some() {
        let who = person(record, Some(stamp.by));
        let says = format!("{who} is recused from this item and does not decide on it.");
        return Err(Refusal::new(Rule::Recused, says).hint("Let another one decide."));
    }
    Ok(())
}
