//! The DPO's part, and what the deciding person made of the advice.

use crate::domain::{
    fields::{Vocabulary, YesNo},
    privacy::{Advice, Dpia, Privacy},
};

use super::{
    ground::Ground,
    parts::{DpiaPart, DpoPart, FollowedPart, PrivacyPart},
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
        ..part
    }
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
