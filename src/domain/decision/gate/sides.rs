//! Conditions 5 and 6: governance and the DPO, side by side.

use super::gap;
use crate::domain::{
    Dossier, Kind,
    decision::{Gap, HandoffState, Mend, Place, Step, handoff::completed, needless},
    fields::{Day, Vocabulary, YesNo},
    people::Role,
    privacy::{
        Dpia, Followed, Privacy, consultation_due, consultation_lacks, is_asked, lacking, outrun, screened, sections,
    },
};

/// 5. Governance confirmed the plan; re-assessment triggers are registered.
pub(super) fn governance(dossier: &Dossier, gaps: &mut Vec<Gap>) {
    let act = |mend| Place::act(Kind::Handoff, None, mend);
    let step = Step::SecurityGovernance;
    if !completed(dossier, step) {
        let sent = dossier.handoff(step).is_some_and(|h| h.state != Some(HandoffState::Returned));
        gaps.push(if sent {
            gap(5, Role::Governance, "Governance has not confirmed the plan", act(Mend::Confirm(step)))
        } else {
            gap(5, Role::Security, "The plan was not handed to governance", act(Mend::Send(step)))
        });
    }
    if !dossier.triggers.iter().any(|trigger| !trigger.archived) {
        let what = "No re-assessment trigger is registered";
        gaps.push(gap(5, Role::Governance, what, Place::add(Kind::Trigger)));
    }
    if let Some(review) = dossier.review() {
        let draft = [
            (review.draft.is_none(), "draft", "There is no draft disposition"),
            (review.draft_reason.is_empty(), "draft_reason", "The draft disposition has no rationale"),
        ];
        for (_, field, what) in draft.iter().filter(|(missing, ..)| *missing) {
            gaps.push(gap(5, Role::Governance, *what, Place::field(Kind::Review, review.id, field)));
        }
    }
    handed_on(dossier, Step::GovernanceSignoff, 5, gaps);
}

/// The last leg of a side: sent by it, taken up by the authority.
fn handed_on(dossier: &Dossier, step: Step, condition: u8, gaps: &mut Vec<Gap>) {
    if completed(dossier, step) {
        return;
    }
    let waiting = dossier.handoff(step).is_some_and(|h| h.state != Some(HandoffState::Returned));
    let (role, mend, what) = if waiting {
        (Role::Signoff, Mend::Confirm(step), "The sign-off authority has not taken up the hand-off")
    } else {
        (step.from(), Mend::Send(step), "The hand-off to the sign-off authority is missing:")
    };
    gaps.push(gap(condition, role, format!("{what} {}", step.label()), Place::act(Kind::Handoff, None, mend)));
}

/// 6. DPO: sections assessed, advisory given, DPIA status settled, data flows handed over; else not applicable, derived.
pub(super) fn privacy(dossier: &Dossier, today: Day, gaps: &mut Vec<Gap>) {
    if !dossier.personal_data() {
        return;
    }
    let step = Step::SecurityDpo;
    if !completed(dossier, step) {
        let sent = dossier.handoff(step).is_some_and(|h| h.state != Some(HandoffState::Returned));
        let (role, mend, what) = if sent {
            (Role::Dpo, Mend::Confirm(step), "The DPO has not confirmed that there is enough")
        } else {
            (Role::Security, Mend::Send(step), "The DPO was never asked: the data flows were not handed over")
        };
        gaps.push(gap(6, role, what, Place::act(Kind::Handoff, None, mend)));
    }
    let Some(assessment) = dossier.privacy() else {
        gaps.push(gap(6, Role::Dpo, "There is no DPO assessment", Place::add(Kind::Privacy)));
        return;
    };
    for section in sections(dossier, today) {
        if let Some(what) = lacking(&section) {
            let place = Place { field: section.section.id.clone(), ..Place::act(Kind::Assessed, None, Mend::Assess) };
            gaps.push(gap(6, Role::Dpo, what, place));
        }
        for field in section.lacks.iter().filter_map(|lack| lack.field).filter(|field| field.starts_with("dpia")) {
            let label = Kind::Privacy.field(field).map_or(field, |field| field.label);
            let place = Place::field(Kind::Privacy, assessment.id, field);
            gaps.push(gap(6, Role::Dpo, format!("Not assessed yet: {label}"), place));
        }
    }
    impact(dossier, assessment, today, gaps);
    validations(dossier, gaps);
    advice(dossier, assessment, gaps);
    handed_on(dossier, Step::DpoSignoff, 6, gaps);
}

/// The impact assessment, the views of the people, and the authority: what was begun is brought to its end.
fn impact(dossier: &Dossier, assessment: &Privacy, today: Day, gaps: &mut Vec<Gap>) {
    let mut lacks = |field: &str, what: &str| {
        gaps.push(gap(6, Role::Dpo, what, Place::field(Kind::Privacy, assessment.id, field)));
    };
    let skipped = assessment.dpia_needed == Some(YesNo::Yes) && assessment.dpia == Some(Dpia::NotNeeded);
    if skipped || matches!(assessment.dpia, Some(Dpia::Missing | Dpia::InProgress | Dpia::Refused)) {
        lacks("dpia", "The DPIA is not settled");
    }
    let asked = is_asked(dossier);
    if asked && outrun(assessment, &screened(dossier, today)) {
        lacks("dpia_needed", "The screening came to something else since it was decided whether a DPIA is needed");
    }
    if asked && assessment.dpia_needed == Some(YesNo::Yes) && assessment.views.is_none() {
        lacks("views", "Nobody said whether the people concerned were heard (Art. 35(9))");
    }
    let due = if asked { consultation_due(dossier, today) } else { None };
    if let Some(what) = consultation_lacks(assessment, due) {
        lacks("consultation", &what);
    }
}

fn validations(dossier: &Dossier, gaps: &mut Vec<Gap>) {
    for threat in dossier.live_threats().filter(|t| t.counts() && t.personal.is_some() && t.dpo_verdict.is_none()) {
        let what = format!("The DPO has not validated {} \"{}\"", threat.reference(), threat.title);
        gaps.push(gap(6, Role::Dpo, what, Place::field(Kind::Threat, threat.id, "dpo_verdict")));
    }
}

fn advice(dossier: &Dossier, assessment: &Privacy, gaps: &mut Vec<Gap>) {
    let place = Place::act(Kind::Privacy, Some(assessment.id), Mend::Advise);
    // A scoped review that does not ask the DPO relies on the advice as it does on the sign-off.
    let relies = needless(dossier, Step::DpoSignoff) && assessment.advice.is_some();
    if dossier.advice().is_none() && !relies {
        gaps.push(gap(6, Role::Dpo, "The DPO's advice is missing", place));
    } else if assessment.followed.is_none() && completed(dossier, Step::DpoSignoff) {
        let place = Place::field(Kind::Privacy, assessment.id, "followed");
        gaps.push(gap(6, Role::Signoff, "Nobody recorded whether the DPO's advice is followed", place));
    } else if assessment.followed.is_some_and(|f| f != Followed::Fully) && assessment.followed_reason.is_empty() {
        let place = Place::field(Kind::Privacy, assessment.id, "followed_reason");
        gaps.push(gap(6, Role::Signoff, "The DPO's advice is not followed in full, and no reason is given", place));
    }
}
