//! From a threat to its controls, their verifications and the evidence, and back.

use super::{Evidence, EvidenceKind, Grade, Link, Outcome, Supports, Threat, Verification};
use crate::domain::{Dossier, Id, fields::Day};

/// How many days before its end a verification or a piece of evidence counts as running out.
pub const ENDS_SOON: i64 = 30;

/// How long something still counts on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// It has no end.
    Open,
    /// It counts for so many days more.
    Holds(i64),
    /// It counts for so many days more, and they are few.
    Ending(i64),
    /// It ended so many days ago.
    Expired(i64),
}

impl Window {
    /// The window up to the end of a day.
    pub fn until(end: Option<Day>, today: Day) -> Self {
        match end.map(|end| today.days_to(end)) {
            None => Self::Open,
            Some(days) if days < 0 => Self::Expired(-days),
            Some(days) if days <= ENDS_SOON => Self::Ending(days),
            Some(days) => Self::Holds(days),
        }
    }
    /// In a few words: `! expired 3 days ago`, `! 12 days left`, `210 days left`.
    pub fn words(self) -> String {
        let days = |n: i64| if n == 1 { "1 day".to_owned() } else { format!("{n} days") };
        match self {
            Self::Open => "no end".to_owned(),
            Self::Holds(left) => format!("{} left", days(left)),
            Self::Ending(0) => "! ends today".to_owned(),
            Self::Ending(left) => format!("! {} left", days(left)),
            Self::Expired(ago) => format!("! expired {} ago", days(ago)),
        }
    }
    /// Whether somebody has to look at it.
    pub fn is_pressing(self) -> bool {
        matches!(self, Self::Ending(_) | Self::Expired(_))
    }
}

/// The links of a control to live threats, with the threat.
pub fn threats_of(dossier: &Dossier, control: Id) -> impl Iterator<Item = (&Link, &Threat)> {
    dossier.links.iter().filter(move |link| !link.archived && link.control == Some(control)).filter_map(|link| {
        let threat = dossier.live_threats().find(|threat| Some(threat.id) == link.threat)?;
        Some((link, threat))
    })
}

/// The verifications of a control, newest first; withdrawn ones are none.
pub fn verifications_of(dossier: &Dossier, control: Id) -> impl Iterator<Item = &Verification> {
    dossier.verifications.iter().rev().filter(move |look| !look.archived && look.control == Some(control))
}

/// The evidence behind a verification, as long as it was not withdrawn.
pub fn behind<'a>(dossier: &'a Dossier, look: &Verification) -> Option<&'a Evidence> {
    dossier.evidence.iter().find(|evidence| Some(evidence.id) == look.evidence && !evidence.archived)
}

/// The last day on which a verification counts: its own end, or that of its evidence if that is sooner.
pub fn counts_until(dossier: &Dossier, look: &Verification) -> Option<Day> {
    let evidence = behind(dossier, look).and_then(|evidence| evidence.expires);
    [look.valid_until, evidence].into_iter().flatten().min()
}

/// Whether a verification says that the control works, with evidence that can show it; whether it still counts is
/// another question.
pub fn shows_work(dossier: &Dossier, look: &Verification) -> bool {
    !look.archived
        && look.outcome == Some(Outcome::Works)
        && look.valid_until.is_some()
        && behind(dossier, look).is_some_and(Evidence::shows_work)
}

/// The verification by which a control is known to work on a day: of several the one that counts longest.
pub fn holding(dossier: &Dossier, control: Id, today: Day) -> Option<&Verification> {
    let counts = |look: &&Verification| {
        shows_work(dossier, look) && counts_until(dossier, look).is_some_and(|until| today <= until)
    };
    verifications_of(dossier, control).filter(counts).max_by_key(|look| counts_until(dossier, look))
}

/// The evidence behind the controls against a threat, each once, in the order of the evidence.
pub fn evidence_of(dossier: &Dossier, threat: Id) -> Vec<&Evidence> {
    let controls: Vec<Id> = dossier.controls_of(threat).map(|(_, control)| control.id).collect();
    let shown = |evidence: &&Evidence| {
        let by = |look: &Verification| look.control.is_some_and(|control| controls.contains(&control));
        dossier.verifications.iter().any(|look| !look.archived && look.evidence == Some(evidence.id) && by(look))
    };
    dossier.evidence.iter().filter(|evidence| !evidence.archived).filter(shown).collect()
}

/// What a link takes off, in words: `likelihood -2, impact -1`.
pub fn reduces(link: &Link) -> String {
    let part = |name: &str, by: Option<i64>| by.filter(|by| *by > 0).map(|by| format!("{name} -{by}"));
    let parts: Vec<String> =
        [part("likelihood", link.less_likely), part("impact", link.less_impact)].into_iter().flatten().collect();
    if parts.is_empty() { "reduces nothing yet".to_owned() } else { parts.join(", ") }
}

impl Evidence {
    /// What a piece of evidence of this kind shows at best, and what it does not, in a sentence.
    pub fn limit(&self) -> &'static str {
        if self.grade == Some(Grade::Missing) {
            return "It is missing, so it shows nothing yet.";
        }
        match self.sort {
            Some(EvidenceKind::Inventory) => "An inventory shows coverage, not that a control works.",
            Some(EvidenceKind::Log) => "A log shows runtime behaviour, not that a control works.",
            Some(EvidenceKind::Attestation) => "An attestation shows intent, not that a control works.",
            Some(EvidenceKind::Document) => "A document shows intent, not what runs.",
            Some(EvidenceKind::Configuration) => "A configuration shows how it is set, not how it behaves.",
            Some(EvidenceKind::Test | EvidenceKind::RedTeam) => {
                "A test shows that a control works as far as it was tried."
            }
            Some(EvidenceKind::Scan) => "A scan shows what it knows to look for, not that nothing else is there.",
            Some(EvidenceKind::Dpia) => "A DPIA shows what was weighed, not that a control works.",
            Some(EvidenceKind::Other) | None => "What it can show depends on what it is; say its kind.",
        }
    }
    /// Whether it is said to support more than its kind can show: then nobody should rely on it.
    pub fn overreaches(&self) -> bool {
        let weak = matches!(
            self.sort,
            Some(EvidenceKind::Inventory | EvidenceKind::Log | EvidenceKind::Attestation | EvidenceKind::Document)
        );
        weak && self.supports.contains(&Supports::Works)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_counts_through_the_end_of_its_day() {
        let today = Day::parse("2026-11-21").unwrap();
        let until = |days| Window::until(Some(today.plus(days)), today);
        assert_eq!(until(-1), Window::Expired(1));
        assert_eq!(until(0).words(), "! ends today");
        assert_eq!(until(ENDS_SOON), Window::Ending(ENDS_SOON));
        assert_eq!(until(ENDS_SOON + 1).words(), "31 days left");
        assert_eq!(Window::until(None, today), Window::Open);
        assert!(until(-1).is_pressing() && until(3).is_pressing() && !until(90).is_pressing());
    }

    #[test]
    fn a_kind_of_evidence_has_its_limit() {
        let of = |sort| Evidence { sort: Some(sort), supports: vec![Supports::Works], ..Evidence::empty(Id([1; 16])) };
        assert!(of(EvidenceKind::Log).overreaches() && of(EvidenceKind::Log).limit().contains("not that a control"));
        assert!(!of(EvidenceKind::Test).overreaches());
    }
}
