//! What every part of a record is made from: the dossier, the day, and the one review that the record is about.

use crate::domain::{
    Dossier, Id, Line,
    catalog::Library,
    decision::{Disposition, Review},
    fields::{Day, Who},
    system::{Release, System},
};

use super::model::Party;

/// The dossier on a day, with the review and the decision that the record is about.
pub(crate) struct Ground<'a> {
    /// The dossier.
    pub(crate) d: &'a Dossier,
    /// The day on which everything is computed.
    pub(crate) today: Day,
    /// The system.
    pub(crate) system: &'a System,
    /// The review that was decided last, else the one that is worked on.
    pub(crate) review: Option<&'a Review>,
    /// What was decided last.
    pub(crate) disposition: Option<&'a Disposition>,
    /// The shipped libraries and the team's own as one.
    pub(crate) library: Library<'a>,
}

impl<'a> Ground<'a> {
    /// None for a dossier that is not about a system.
    pub(crate) fn of(d: &'a Dossier, today: Day) -> Option<Self> {
        let disposition = d.last_disposition();
        let decided = disposition.and_then(|made| d.reviews.iter().find(|review| Some(review.id) == made.review));
        let review = decided.or_else(|| d.review());
        Some(Self { d, today, system: d.system()?, review, disposition, library: Library::of(d) })
    }

    /// A newer review that is not decided yet, while the record is about an older one.
    pub(crate) fn open_review(&self) -> Option<&'a Review> {
        self.d.review().filter(|newest| self.review.is_some_and(|review| review.id != newest.id))
    }

    /// The release of the review, else the newest one; a release that came after the decision was not decided on.
    pub(crate) fn release(&self) -> Option<&'a Release> {
        let decided = self.disposition.and_then(|made| made.at);
        let known = |release: &&Release| decided.is_none_or(|at| release.id.made_at() <= at.0);
        let live = || self.d.releases.iter().filter(|release| !release.archived && !release.version.is_empty());
        let named = self.review.and_then(|review| review.release);
        live().find(|release| Some(release.id) == named).or_else(|| live().rfind(known))
    }

    /// The version of the release, or the word for none.
    pub(crate) fn release_name(&self) -> &'a str {
        self.release().map_or(super::UNRELEASED, |release| release.version.as_str())
    }

    /// A person; none where nobody is named.
    pub(crate) fn party(&self, who: Option<Who>) -> Option<Party> {
        self.named(who, &Line::default())
    }

    /// A person under the name that was frozen when they acted.
    pub(crate) fn named(&self, who: Option<Who>, frozen: &Line) -> Option<Party> {
        let id = who?.0;
        let known = self.d.person_name(id).filter(|name| !name.is_empty());
        let name = if frozen.is_empty() { known } else { Some(frozen) };
        let name = name.map_or("not in the record", Line::as_str).to_owned();
        Some(Party { id: id.to_string(), name })
    }

    /// `C-3` for a control, by identity.
    pub(crate) fn control_ref(&self, id: Id) -> Option<String> {
        self.d.controls.iter().find(|control| control.id == id).map(crate::domain::register::Control::reference)
    }

    /// `E-2` for a piece of evidence, by identity.
    pub(crate) fn evidence_ref(&self, id: Option<Id>) -> Option<String> {
        let found = self.d.evidence.iter().find(|evidence| Some(evidence.id) == id)?;
        Some(found.reference())
    }
}
