//! The SSH signatures over what people did, so that the document verifies without docket.

use crate::domain::{
    decision::{
        AcceptanceStatus, SignedAct, principal, seal, signable, signed_text,
        sshsig::{NAMESPACE, key_alone},
    },
    fields::Vocabulary,
    id::Id,
};

use super::{ground::Ground, model::SignaturePart, words::instant};

/// Of every sign-off and decision of the review, and of every acceptance that was given: its SSH signature, if it has one.
pub(crate) fn signatures(ground: &Ground) -> Vec<SignaturePart> {
    let review = ground.review.map(|review| review.id);
    let signoffs = ground.d.signoffs.iter().filter(|row| !row.archived && row.review == review && review.is_some());
    let decisions =
        ground.d.dispositions.iter().filter(|row| !row.archived && row.review == review && review.is_some());
    let given = |status| {
        matches!(status, Some(AcceptanceStatus::Accepted | AcceptanceStatus::Revoked | AcceptanceStatus::Superseded))
    };
    let accepted = ground.d.acceptances.iter().filter(|row| !row.archived && given(row.status));
    let all = signoffs.map(|row| (SignedAct::Signoff, row.id));
    let all = all.chain(decisions.map(|row| (SignedAct::Disposition, row.id)));
    let all = all.chain(accepted.map(|row| (SignedAct::Acceptance, row.id)));
    let mut number = 0;
    all.filter_map(|(sort, id)| {
        let part = one(ground, (sort, id), number + 1)?;
        number += 1;
        Some(part)
    })
    .collect()
}

fn one(ground: &Ground, (sort, id): (SignedAct, Id), number: usize) -> Option<SignaturePart> {
    let seal = seal(ground.d, sort, id)?;
    let (made, who) = (seal.signature, seal.signature.person?);
    let principal = principal(ground.d, who.0);
    let files = format!("-n {NAMESPACE} -s {number}.txt.sig < {number}.txt");
    Some(SignaturePart {
        kind: sort.code(),
        of: signable(ground.d, sort, id).map_or_else(|| sort.label().to_owned(), |act| act.title(ground.d)),
        signed_by: ground.party(made.person),
        at: made.at.map(instant),
        namespace: made.namespace.to_string(),
        key: key_alone(made.key.as_str()).unwrap_or_else(|| made.key.to_string()),
        fingerprint: seal.print.clone(),
        holds: seal.wrong.is_none(),
        why: seal.wrong.clone(),
        key_ended: seal.ended.as_ref().map(|end| format!("{} {}", end.word(), instant(end.at))),
        text: signed_text(ground.d, made).unwrap_or_default(),
        signature: made.armored.to_string(),
        verify: format!("ssh-keygen -Y verify -f allowed_signers -I {principal} {files}"),
        principal,
    })
}
