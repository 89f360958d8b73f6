//! The review, and what was decided in it.

use crate::domain::{
    decision::{Condition, TriggerKind},
    fields::Vocabulary,
};

use super::{
    ground::Ground,
    model::{ClearancePart, ConditionPart, ReviewPart, VerdictPart},
    standing,
    words::{date, day_end, instant, said},
};

/// The review that the record is about.
pub(crate) fn review(ground: &Ground) -> ReviewPart {
    let Some(review) = ground.review else { return ReviewPart::default() };
    ReviewPart {
        number: review.number.filter(|number| *number > 0),
        kind: review.sort.map(Vocabulary::code),
        opened_at: review.opened_at.map(instant),
        due: review.due.map(date),
        draft: review.draft.map(Vocabulary::code),
        draft_reason: said(&review.draft_reason),
    }
}

/// What was decided, and what it is worth on the day.
pub(crate) fn verdict(ground: &Ground) -> VerdictPart {
    let standing = standing(ground.d, ground.today);
    let made = ground.disposition;
    let decided_at = made.and_then(|made| made.at).map(instant);
    let permits = made.and_then(|made| made.decision).is_some_and(crate::domain::decision::Decision::permits);
    VerdictPart {
        result: standing.result,
        disposition: made.and_then(|made| made.decision).map(Vocabulary::code),
        rationale: made.and_then(|made| said(&made.rationale)),
        decided_by: made.and_then(|made| ground.named(made.person, &made.name)),
        clearance: ClearancePart {
            state: standing.clearance.state.code(),
            on: date(ground.today),
            reason: standing.clearance.reason,
            restore: standing.clearance.restore,
        },
        valid_from: decided_at.clone().filter(|_| permits),
        decided_at,
        valid_until: made.and_then(|made| made.valid_until).filter(|_| permits).map(day_end),
        next_review: next_review(ground),
        reasons: standing.reasons,
        conditions: conditions(ground),
    }
}

/// The first day on which a time trigger asks for a new look.
fn next_review(ground: &Ground) -> Option<String> {
    let timed = ground.d.triggers.iter().filter(|t| !t.archived && t.sort == Some(TriggerKind::Time));
    timed.filter(|trigger| trigger.triage.is_none()).filter_map(|trigger| trigger.due).min().map(date)
}

fn conditions(ground: &Ground) -> Vec<ConditionPart> {
    let Some(made) = ground.disposition else { return Vec::new() };
    let bound = ground.d.conditions.iter().filter(|c| !c.archived && c.disposition == Some(made.id));
    let worded = bound.filter(|condition| !condition.text.is_empty() && condition.due.is_some());
    worded.enumerate().filter_map(|(at, condition)| one(ground, at + 1, condition)).collect()
}

fn one(ground: &Ground, number: usize, condition: &Condition) -> Option<ConditionPart> {
    Some(ConditionPart {
        id: format!("CD-{number}"),
        text: condition.text.as_str().to_owned(),
        owner: ground.party(condition.owner),
        due: date(condition.due?),
        met: condition.met_at.is_some(),
        proof: said(&condition.proof),
    })
}
