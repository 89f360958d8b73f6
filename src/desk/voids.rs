//! What the journal says of sign-offs that no longer stand, and of the content that was decided on.

use std::sync::Arc;

use super::{Desk, Trouble};
use crate::{
    domain::{
        Dossier, Id, Line,
        decision::{
            Past, Reviewed, Signoff, SignoffState, Since, Void, decided_last, print_in, reviewed_by, signoff_state,
            since_reviewed, since_signed, void,
        },
        fields::Digest,
        people::Role,
    },
    store::{Entry, Store},
};

/// What was decided on, read back, and what it comes to beside one state of the content.
#[derive(Debug)]
pub(super) struct Decided {
    content: Digest,
    reviewed: Arc<Reviewed>,
    beside: Option<(Digest, Option<Arc<Since>>)>,
}

/// So many entries of a system are looked through where the text that was signed is gone.
const FAR: usize = 10_000;

impl Desk {
    /// Every sign-off of the current review that a later change voided: by which entries, and what differs.
    pub fn voids(&self, dossier: &Dossier) -> Result<Vec<Void>, Trouble> {
        let store = self.as_saved()?;
        let voided = |signoff: &&Signoff| signoff_state(dossier, signoff) == SignoffState::Voided;
        let mut out = Vec::new();
        for signoff in dossier.signoffs_now().filter(voided) {
            let signed = store.blob(&signoff.content.0)?;
            let difference = since_signed(dossier, signoff, signed.as_deref());
            let since = store.entity_history(signoff.id)?.last().map_or(0, |entry| entry.n);
            let past = match &difference {
                Some(difference) => {
                    let mut ids: Vec<Id> = difference.rows.iter().map(|row| row.id).collect();
                    ids.sort_unstable();
                    ids.dedup();
                    store.changes_of(&ids, since)?
                }
                None => all_since(store, dossier, since)?,
            };
            let past: Vec<Past> = past.into_iter().filter_map(of_the_past).collect();
            out.extend(void(dossier, signoff, difference, &past));
        }
        Ok(out)
    }

    /// What changed since the content that was decided on last. None in a first review, and where the text is gone.
    pub fn since(&self, dossier: &Dossier) -> Result<Option<Arc<Since>>, Trouble> {
        let Some(disposition) = decided_last(dossier) else { return Ok(None) };
        let mut kept = self.decided.borrow_mut();
        if kept.as_ref().is_none_or(|kept| kept.content != disposition.content) {
            let text = self.as_saved()?.blob(&disposition.content.0)?;
            let Some(reviewed) = text.and_then(|text| Reviewed::of(&text, &disposition.content)) else {
                return Ok(None);
            };
            *kept = Some(Decided { content: disposition.content.clone(), reviewed: Arc::new(reviewed), beside: None });
        }
        let Some(kept) = kept.as_mut() else { return Ok(None) };
        let now = print_in(dossier, disposition.review, reviewed_by(Role::Signoff));
        if kept.beside.as_ref().is_none_or(|(print, _)| *print != now) {
            let since = since_reviewed(dossier, disposition, &kept.reviewed);
            kept.beside = Some((now, since.map(Arc::new)));
        }
        Ok(kept.beside.as_ref().and_then(|(_, since)| since.clone()))
    }
}

fn all_since(store: &Store, dossier: &Dossier, since: i64) -> Result<Vec<Entry>, Trouble> {
    let mut entries = store.history_after(dossier.subject, since, FAR)?;
    entries.reverse();
    Ok(entries)
}

/// An entry as the rules look at it; what only a newer docket knows touches nothing that this one reviewed.
fn of_the_past(entry: Entry) -> Option<Past> {
    Some(Past {
        n: entry.n,
        at: entry.at,
        who: Line::new(&entry.name).to_string(),
        role: entry.role,
        of: entry.of?,
        entity: entry.entity,
        verb: entry.verb().to_owned(),
        set: entry.body.set,
    })
}
