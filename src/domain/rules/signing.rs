//! Signing, withdrawing a sign-off, and the DPO's advice.

use super::{Refusal, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Kind, Prose,
    decision::{fingerprint, latest_signoff, snapshot},
    fields::{Kept, Who},
    people::Stamp,
    privacy::Advice,
    value::Value,
};

type Outcome = Result<Vec<Event>, Refusal>;

/// Signs for exactly what the acting role reviews: the text is kept under its fingerprint.
pub fn sign(dossier: &Dossier, statement: &Prose, stamp: &Stamp) -> Outcome {
    let review = dossier.review().ok_or_else(|| unknown(Kind::Review))?;
    let text = snapshot(dossier, stamp.role);
    let set = vec![
        ("review", Some(review.id).to_value()),
        ("role", Some(stamp.role).to_value()),
        ("person", Some(Who(stamp.by)).to_value()),
        ("name", dossier.name_and_title(stamp.by).to_value()),
        ("at", Some(stamp.at).to_value()),
        ("statement", statement.to_value()),
        ("content", fingerprint(&text).to_value()),
        ("matrix", Value::from(dossier.matrix().version)),
    ];
    let mut event = event(dossier, (Kind::Signoff, stamp.fresh(), "sign"), set, &Prose::default());
    event.attach = Some(text.into());
    Ok(vec![event])
}

/// Withdraws the newest sign-off of the acting role; the journal keeps both.
pub fn unsign(dossier: &Dossier, why: &Prose, stamp: &Stamp) -> Outcome {
    needs_reason(why, "To withdraw a sign-off")?;
    let signoff = latest_signoff(dossier, stamp.role).ok_or_else(|| unknown(Kind::Signoff))?;
    let set = vec![("withdrawn_at", Some(stamp.at).to_value()), ("withdrawn_why", why.to_value())];
    Ok(vec![event(dossier, (Kind::Signoff, signoff.id, "withdraw"), set, why)])
}

/// Gives the DPO's advice: the DPO advises, the deciding person answers.
pub fn advise(dossier: &Dossier, advice: Advice, text: &Prose, stamp: &Stamp) -> Outcome {
    let assessment = dossier.privacy().ok_or_else(|| unknown(Kind::Privacy))?;
    if advice != Advice::Favourable {
        needs_reason(text, "Advice with conditions, and an objection,")?;
    }
    super::privacy::not_milder(dossier, advice, text, stamp)?;
    let set = vec![
        ("advice", Some(advice).to_value()),
        ("advice_text", text.to_value()),
        ("advised_by", Some(Who(stamp.by)).to_value()),
        ("advised_at", Some(stamp.at).to_value()),
        ("followed", Value::Null),
        ("followed_reason", Value::Null),
    ];
    Ok(vec![event(dossier, (Kind::Privacy, assessment.id, "advise"), set, &Prose::default())])
}
