//! The DPO's part, and what the deciding person made of the advice.

use crate::domain::{
    fields::{Vocabulary, YesNo},
    privacy::{Advice, Asked, Dpia, Privacy, SectionNow, is_begun, screened, sections as all_sections},
};

use super::{
    ground::Ground,
    parts::{AnswerPart, DpiaPart, DpoPart, FollowedPart, PrivacyPart, SaidPart, ScreeningPart, SectionPart},
    words::{instant, said},
};

/// Whether personal data is in scope, and what the DPO made of it.
pub(crate) fn privacy(ground: &Ground) -> PrivacyPart {
    let part = PrivacyPart {
        personal_data: ground.d.personal_data(),
        because: ground.d.personal_data_because(),
        ..PrivacyPart::default()
    };
    let Some(assessment) = ground.d.privacy() else { return part };
    PrivacyPart {
        lawful_basis: said(&assessment.lawful_basis),
        minimisation: said(&assessment.minimisation),
        purpose_limitation: said(&assessment.purpose_limitation),
        retention: said(&assessment.retention),
        transfers: said(&assessment.transfers),
        rights: said(&assessment.rights),
        training_data: said(&assessment.training),
        dpia: dpia(assessment),
        dpo: part.personal_data.then(|| dpo(ground, assessment)),
        followed: assessment.followed.map(|followed| FollowedPart {
            outcome: followed.code(),
            reason: assessment.followed_reason.as_str().to_owned(),
        }),
        sections: sections(ground),
        screening: screening(ground, assessment),
        views: assessment.views.map(|word| SaidPart { outcome: word.code(), text: said(&assessment.views_text) }),
        prior_consultation: assessment
            .consultation
            .map(|word| SaidPart { outcome: word.code(), text: said(&assessment.consultation_text) }),
        ..part
    }
}

/// The assessment section by section, where the DPO went through the questions.
fn sections(ground: &Ground) -> Vec<SectionPart> {
    if !is_begun(ground.d) {
        return Vec::new();
    }
    let answer = |asked: &Asked<'_>| AnswerPart {
        id: &asked.check.id,
        question: &asked.check.question,
        answer: asked.answer.map(Vocabulary::code),
        chosen: asked.row.map(|row| row.chosen.0.clone()).unwrap_or_default(),
        note: asked.row.and_then(|row| said(&row.note)),
    };
    let part = |now: SectionNow<'_>| SectionPart {
        id: &now.section.id,
        title: &now.section.title,
        done: now.is_done(),
        outcome: now.outcome.map(Vocabulary::code),
        by_answers: now.suggested.map(Vocabulary::code),
        text: (!now.text.is_empty()).then(|| now.text.to_owned()),
        answers: now.asked.iter().map(answer).collect(),
    };
    all_sections(ground.d, ground.today).into_iter().map(part).collect()
}

fn screening(ground: &Ground, assessment: &Privacy) -> Option<ScreeningPart> {
    let now = screened(ground.d, ground.today);
    is_begun(ground.d).then(|| ScreeningPart {
        criteria_met: now.met,
        result: now.result.map(Vocabulary::code),
        rules: now.rules.iter().map(|rule| rule.id.as_str()).collect(),
        when_decided: assessment.screening.map(Vocabulary::code),
    })
}

fn dpia(assessment: &Privacy) -> Option<DpiaPart> {
    let status = match assessment.dpia? {
        Dpia::NotNeeded => "not-needed",
        Dpia::Missing => "missing",
        Dpia::InProgress => "in-progress",
        Dpia::Refused => "refused",
        Dpia::Validated => "validated",
    };
    let required = assessment.dpia_needed? == YesNo::Yes;
    Some(DpiaPart { required, status, reason: said(&assessment.dpia_reason) })
}

fn dpo(ground: &Ground, assessment: &Privacy) -> DpoPart {
    let opinion = match assessment.advice {
        Some(Advice::Favourable) => "favourable",
        Some(Advice::Conditions) => "favourable-with-conditions",
        Some(Advice::Unfavourable) => "unfavourable",
        None => "pending",
    };
    DpoPart {
        party: ground.party(assessment.advised_by),
        opinion,
        text: said(&assessment.advice_text),
        at: assessment.advised_at.map(instant),
    }
}
