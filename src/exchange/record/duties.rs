//! Who holds which role, the policy, and whether one person did several steps.

use sha2::{Digest as _, Sha256};

use crate::domain::{
    Id,
    decision::{Overlap, countersigned, overlaps, overridden, requires_decision, rules_of_review},
    fields::{Vocabulary, Who},
    id::hex,
    library::Level,
    people::Role,
};

use super::{
    act_parts::{CountersignPart, DutiesPart, OverlapPart, OverridePart, RolePart, StepPart},
    canonical,
    ground::Ground,
    model::{Party, PolicyPart},
    words::{instant, said},
};

/// Every role with its holder on the day.
pub(crate) fn roles(ground: &Ground) -> Vec<RolePart> {
    let held = |role: Role| ground.party(ground.d.holder(role, ground.today).map(Who));
    let all = Role::ALL.iter().map(|role| RolePart { role: role.code(), party: held(*role) });
    // Operator, builder and auditor stand beside the review: nobody misses them.
    all.filter(|part| part.party.is_some() || Role::REVIEW.iter().any(|role| role.code() == part.role)).collect()
}

/// The rules by which the gate was computed; they are built in, so their hash is made over what they say.
pub(crate) fn policy(ground: &Ground) -> PolicyPart {
    let block_at = Level::ALL.into_iter().find(|level| requires_decision(*level)).map_or("critical", Level::code);
    let mut part = PolicyPart {
        id: "docket-gate",
        version: "1",
        sha256: String::new(),
        block_at,
        separation_of_duties: "declared",
        required_roles: due(ground).iter().map(|role| role.code()).collect(),
    };
    let value = serde_json::to_value(&part).unwrap_or_default();
    part.sha256 = hex(&Sha256::digest(canonical(&value).as_bytes()));
    part
}

/// The roles whose step the review needs.
fn due(ground: &Ground) -> Vec<Role> {
    Role::REVIEW.into_iter().filter(|role| *role != Role::Dpo || ground.d.personal_data()).collect()
}

/// Who did which step, and whether somebody did several.
pub(crate) fn duties(ground: &Ground) -> DutiesPart {
    let steps: Vec<StepPart> = due(ground).into_iter().map(|role| step(ground, role)).collect();
    let overlaps = shared(ground, &steps);
    let review = ground.review.filter(|review| !review.override_reason.is_empty());
    DutiesPart {
        satisfied: overlaps.is_empty(),
        policy_version: rules_of_review(ground.d).version,
        sentence: sentence(&steps, &overlaps),
        overlaps,
        steps,
        by_hand: review.map(|review| OverridePart {
            reason: review.override_reason.as_str().to_owned(),
            by: ground.party(review.override_by),
        }),
    }
}

/// Whoever signed or decided in the review stands for the step, else whoever holds the role.
fn step(ground: &Ground, role: Role) -> StepPart {
    let acted = acted(ground, role);
    let holder = || ground.party(ground.d.holder(role, ground.today).map(Who));
    StepPart { role: role.code(), acted: acted.is_some(), party: acted.or_else(holder) }
}

fn acted(ground: &Ground, role: Role) -> Option<Party> {
    let review = ground.review?.id;
    if role == Role::Signoff {
        let made = ground.disposition.filter(|made| made.review == Some(review))?;
        return ground.party(made.person);
    }
    let mut given = ground.d.signoffs.iter().rev().filter(|s| s.review == Some(review) && s.role == Some(role));
    ground.party(given.find(|signoff| signoff.withdrawn_at.is_none())?.person)
}

fn shared(ground: &Ground, steps: &[StepPart]) -> Vec<OverlapPart> {
    let compensating = ground.review.and_then(|review| said(&review.compensating));
    let judged = overlaps(ground.d, ground.today);
    let mut found: Vec<OverlapPart> = Vec::new();
    for (role, party) in steps.iter().filter_map(|step| Some((step.role, step.party.clone()?))) {
        if let Some(overlap) = found.iter_mut().find(|overlap| overlap.party.id == party.id) {
            overlap.roles.push(role);
        } else {
            let roles = vec![role];
            found.push(OverlapPart { party, roles, compensating: None, judgement: None, countersigned: None });
        }
    }
    found.retain(|overlap| overlap.roles.len() > 1);
    for overlap in &mut found {
        let Some(judged) = judged.iter().find(|judged| Id::parse(&overlap.party.id) == Some(judged.person)) else {
            overlap.compensating.clone_from(&compensating);
            continue;
        };
        overlap.judgement = Some(judged.judgement.code());
        overlap.countersigned = second(ground, judged);
        if overridden(ground.d, judged.person, &judged.roles) {
            overlap.compensating.clone_from(&compensating);
        }
    }
    found
}

/// The countersignature that stands for what somebody does in several roles.
fn second(ground: &Ground, overlap: &Overlap) -> Option<CountersignPart> {
    let found = countersigned(ground.d, overlap.person, &overlap.roles, ground.today)?;
    Some(CountersignPart {
        by: ground.party(found.person),
        role: found.hat.map(Vocabulary::code),
        at: found.at.map(instant),
        statement: found.statement.as_str().to_owned(),
    })
}

/// Said honestly and first: how many steps the busiest person stands for, and how many are done at all.
fn sentence(steps: &[StepPart], overlaps: &[OverlapPart]) -> String {
    let total = steps.len();
    let unnamed = steps.iter().filter(|step| step.party.is_none()).count();
    let done = steps.iter().filter(|step| step.acted).count();
    let most = overlaps.iter().map(|overlap| overlap.roles.len()).max();
    let said = match most {
        Some(most) => format!("{most} of {total} steps by the same person"),
        None if unnamed == 0 => format!("{total} of {total} steps by different people"),
        None => format!("{unnamed} of {total} steps without a person, so independence cannot be told"),
    };
    if done == total { said } else { format!("{said}; {done} of {total} done so far") }
}
