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
        fields::{Digest, Vocabulary},
        people::Role,
        summary::NextStep,
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
        voided(self.as_saved()?, dossier, None)
    }

    /// Which entries made the content another one than the last decision was made on: `entry 41, Data classes, by …`.
    pub fn drifted_by(&self, dossier: &Dossier) -> Result<Option<String>, Trouble> {
        let Some(made) = dossier.last_disposition() else { return Ok(None) };
        // The authority signs by deciding: what it decided on is asked for as what a role signed for.
        let signed = Signoff {
            role: Some(Role::Signoff),
            review: made.review,
            content: made.content.clone(),
            ..Signoff::empty(made.id)
        };
        Ok(one(self.as_saved()?, dossier, &signed, None)?.map(|void| void.by()))
    }

    /// Says in next steps what voided a sign-off or made a clearance drift, where their lines say only that something did.
    pub(super) fn explain_steps(&self, steps: &mut [(Id, String, NextStep)]) -> Result<(), Trouble> {
        let vague = |step: &NextStep| step.what.starts_with(DRIFTED) || step.what.ends_with(VOIDED);
        for (system, _, step) in steps.iter_mut().filter(|(.., step)| vague(step)).take(EXPLAINED) {
            let newest = self.as_saved()?.history_after(Some(*system), 0, 1)?.first().map_or(0, |entry| entry.n);
            let known = self.explained.borrow().get(&(*system, newest)).cloned();
            let causes = match known {
                Some(causes) => causes,
                None => self.causes(*system, newest)?,
            };
            if let Some(by) = causes.drift.filter(|_| step.what.starts_with(DRIFTED)) {
                // The entry comes first: a line of the board is cut at its end.
                let by = by.replacen("entry", "Entry", 1);
                step.what = step.what.replacen(DRIFTED, &format!("{by}, changed what was decided on."), 1);
            }
            let of_role = |(role, _): &&(Role, String)| step.what.contains(&format!("of the {} was", role.label()));
            if let Some((_, by)) = causes.voids.iter().find(of_role).filter(|_| step.what.ends_with(VOIDED)) {
                step.what = format!("{}was voided by {by}", step.what.trim_end_matches(VOIDED));
            }
        }
        Ok(())
    }

    /// What the journal says of one system up to its newest entry; kept until it has another one.
    fn causes(&self, system: Id, newest: i64) -> Result<Causes, Trouble> {
        let dossier = self.as_saved()?.dossier(Some(system))?;
        let voids = self.voids(&dossier)?.iter().map(|void| (void.role, void.by())).collect();
        let causes = Causes { drift: self.drifted_by(&dossier)?, voids };
        let mut kept = self.explained.borrow_mut();
        kept.retain(|(of, _), _| *of != system);
        kept.insert((system, newest), causes.clone());
        Ok(causes)
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

/// What took the ground from the sign-offs and from the clearance of a system, in words.
#[derive(Debug, Clone, Default)]
pub(super) struct Causes {
    drift: Option<String>,
    voids: Vec<(Role, String)>,
}

/// How a line says that the content of a decision changed, and that a sign-off was voided, before the journal is asked.
const DRIFTED: &str = "The content changed since it was decided.";
const VOIDED: &str = "was voided by a later change";

/// So many next steps are explained at a time; what stands further down is read in the system itself.
const EXPLAINED: usize = 12;

/// Every sign-off of the current review that a later change voided, as far as the journal goes up to an entry.
pub(super) fn voided(store: &Store, dossier: &Dossier, upto: Option<i64>) -> Result<Vec<Void>, Trouble> {
    let voided = |signoff: &&Signoff| signoff_state(dossier, signoff) == SignoffState::Voided;
    let mut out = Vec::new();
    for signoff in dossier.signoffs_now().filter(voided) {
        out.extend(one(store, dossier, signoff, upto)?);
    }
    Ok(out)
}

fn one(store: &Store, dossier: &Dossier, signoff: &Signoff, upto: Option<i64>) -> Result<Option<Void>, Trouble> {
    let signed = store.blob(&signoff.content.0)?;
    let difference = since_signed(dossier, signoff, signed.as_deref());
    let since = store.entity_history(signoff.id)?.last().map_or(0, |entry| entry.n);
    let past = match &difference {
        Some(difference) => {
            let mut ids: Vec<Id> = difference.rows.iter().map(|row| row.id).collect();
            ids.sort_unstable();
            ids.dedup();
            store.unseen_by(&ids, since)?
        }
        None => all_since(store, dossier, since)?,
    };
    let then = |entry: &Entry| upto.is_none_or(|upto| entry.n <= upto);
    let past: Vec<Past> = past.into_iter().filter(then).filter_map(of_the_past).collect();
    Ok(void(dossier, signoff, difference, &past))
}

/// What changed since the content that was decided on, read without keeping it: for a point in the past.
pub(super) fn since_then(store: &Store, dossier: &Dossier) -> Result<Option<Arc<Since>>, Trouble> {
    let Some(disposition) = decided_last(dossier) else { return Ok(None) };
    let text = store.blob(&disposition.content.0)?;
    let reviewed = text.and_then(|text| Reviewed::of(&text, &disposition.content));
    Ok(reviewed.and_then(|reviewed| since_reviewed(dossier, disposition, &reviewed)).map(Arc::new))
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
