//! The three scores of a threat: inherent, now, target.

use std::{
    collections::{HashMap, HashSet},
    hash::BuildHasherDefault,
    ops::Range,
    sync::Arc,
};

use super::{Control, ControlStatus, Evidence, Grade, Link, Outcome, Supports, Threat, Verification};
use crate::domain::{
    Dossier, Id, Kind,
    fields::{Day, Score, YesNo},
    library::Level,
    memo::Of,
    rows::IdHasher,
};

/// A likelihood, an impact and the level that the matrix gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// 1 to 5.
    pub likelihood: Score,
    /// 1 to 5.
    pub impact: Score,
    /// By look-up in the matrix in force.
    pub level: Level,
}

/// The three scores; none where nothing was scored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratings {
    /// Before any control.
    pub inherent: Option<Rating>,
    /// As it is: only verified controls count, unless set by hand.
    pub now: Option<Rating>,
    /// If the plan lands.
    pub target: Option<Rating>,
}

/// The three scores of a threat on a day.
pub fn ratings(dossier: &Dossier, threat: &Threat, today: Day) -> Ratings {
    Plan::of(dossier, today).ratings(threat)
}

/// Which controls stand against which threat on a day: so that a register of thousands is read in one go.
#[derive(Debug)]
pub struct Plan<'a> {
    dossier: &'a Dossier,
    against: Arc<Against>,
    verified: Arc<Verified>,
}

impl<'a> Plan<'a> {
    /// The plan of a system as it is on a day.
    pub fn of(dossier: &'a Dossier, today: Day) -> Self {
        let of = Of::kinds(dossier, &[Kind::Control, Kind::Verification, Kind::Evidence], Some(today));
        let verified = dossier.memo.verified(of, || Verified::of(dossier, today));
        Self { dossier, against: Against::of(dossier), verified }
    }

    /// The same for a day that is asked about once: what is kept of today stays.
    pub fn fresh(dossier: &'a Dossier, day: Day) -> Self {
        Self { dossier, against: Against::of(dossier), verified: Verified::of(dossier, day).into() }
    }

    /// Whether a live control may be credited, as [`counts_as_verified`] has it.
    pub fn is_verified(&self, control: Id) -> bool {
        self.verified.0.contains(&control)
    }

    /// The links of a threat to live controls, with the control.
    pub fn controls_of(&self, threat: Id) -> impl ExactSizeIterator<Item = (&'a Link, &'a Control)> + Clone {
        self.against.of_threat(self.dossier, threat)
    }

    /// Whether a control may be credited, see [`counts_as_verified`].
    pub fn counts(&self, control: &Control) -> bool {
        self.verified.0.contains(&control.id)
    }

    /// The three scores of a threat.
    pub fn ratings(&self, threat: &Threat) -> Ratings {
        scored(self.dossier, threat, &self.controls_of(threat.id), &|control| self.counts(control))
    }
}

/// Every link between a threat and a live control, found by the threat.
#[derive(Debug, Default)]
pub struct Against {
    /// Where the link and the control are, threat by threat.
    pairs: Vec<(Id, usize, usize)>,
    /// Which pairs are those of a threat.
    threats: HashMap<Id, Range<usize>, BuildHasherDefault<IdHasher>>,
}

impl Against {
    /// The links of a dossier, kept with it.
    pub fn of(dossier: &Dossier) -> Arc<Self> {
        dossier.memo.against(Of::kinds(dossier, &[Kind::Control, Kind::Link], None), || Self::made(dossier))
    }

    fn made(dossier: &Dossier) -> Self {
        let live = |at: &usize| dossier.controls.get(*at).is_some_and(|control| !control.archived);
        let pair = |(at, link): (usize, &Link)| {
            let control = dossier.controls.position(link.control?).filter(live)?;
            Some((link.threat.filter(|_| !link.archived)?, at, control))
        };
        let mut pairs: Vec<_> = dossier.links.iter().enumerate().filter_map(pair).collect();
        // Stable: the links of one threat stay in the order in which they were made.
        pairs.sort_by_key(|(threat, ..)| *threat);
        let mut threats = HashMap::default();
        let mut from = 0;
        for part in pairs.chunk_by(|one, next| one.0 == next.0) {
            threats.insert(part[0].0, from..from + part.len());
            from += part.len();
        }
        Self { pairs, threats }
    }

    /// The links of a threat of the dossier that this was made of, with the control.
    pub fn of_threat<'a>(
        &self,
        dossier: &'a Dossier,
        threat: Id,
    ) -> impl ExactSizeIterator<Item = (&'a Link, &'a Control)> + Clone {
        let found = self.threats.get(&threat).cloned().unwrap_or_default();
        self.pairs[found].iter().map(|(_, link, control)| (&dossier.links[*link], &dossier.controls[*control]))
    }
}

/// The controls that may be credited, see [`counts_as_verified`].
#[derive(Debug, Default)]
pub struct Verified(HashSet<Id, BuildHasherDefault<IdHasher>>);

impl Verified {
    fn of(dossier: &Dossier, today: Day) -> Self {
        let shown: HashSet<Id> = dossier
            .evidence
            .iter()
            .filter(|e| e.shows_work() && e.expires.is_none_or(|expires| today <= expires))
            .map(|evidence| evidence.id)
            .collect();
        let works = |v: &&Verification| {
            !v.archived
                && v.outcome == Some(Outcome::Works)
                && v.valid_until.is_some_and(|until| today <= until)
                && v.evidence.is_some_and(|id| shown.contains(&id))
        };
        let works: HashSet<Id> = dossier.verifications.iter().filter(works).filter_map(|v| v.control).collect();
        let claims = |control: &&Control| control.stage() == ControlStatus::Verified && works.contains(&control.id);
        Self(dossier.controls.iter().filter(claims).map(|control| control.id).collect())
    }
}

fn scored<'a>(
    dossier: &Dossier,
    threat: &Threat,
    controls: &(impl Iterator<Item = (&'a Link, &'a Control)> + Clone),
    verified: &dyn Fn(&Control) -> bool,
) -> Ratings {
    let (Some(likelihood), Some(impact)) = (threat.likelihood, threat.impact) else {
        return Ratings::default();
    };
    let lowered = |counts: &dyn Fn(&Control) -> bool| {
        let (mut less_likely, mut less_impact) = (0, 0);
        for (link, control) in controls.clone() {
            if counts(control) {
                less_likely += link.less_likely.unwrap_or(0).clamp(0, 4);
                less_impact += link.less_impact.unwrap_or(0).clamp(0, 4);
            }
        }
        rating(dossier, lower(likelihood, less_likely), lower(impact, less_impact))
    };
    let by_hand = match (threat.now_likelihood, threat.now_impact) {
        (None, None) => None,
        (l, i) => rating(dossier, l.unwrap_or(likelihood), i.unwrap_or(impact)),
    };
    Ratings {
        inherent: rating(dossier, likelihood, impact),
        now: by_hand.or_else(|| lowered(verified)),
        target: lowered(&Control::specified),
    }
}

/// Whether a control may be credited: it says verified, and a verification that still holds says that it works, with
/// evidence behind it.
pub fn counts_as_verified(dossier: &Dossier, control: &Control, today: Day) -> bool {
    Plan::of(dossier, today).counts(control)
}

impl Evidence {
    /// Whether it can show that a control works: it is there, and it does not merely speak of coverage or intent.
    pub fn shows_work(&self) -> bool {
        // No result is not a pass.
        let ran = self.ran != Some(YesNo::No);
        let may = self.supports.is_empty()
            || self.supports.iter().any(|s| matches!(s, Supports::Works | Supports::Behaviour));
        !self.archived && self.grade != Some(Grade::Missing) && may && ran
    }
}

fn lower(score: Score, by: i64) -> Score {
    Score::new((i64::from(score.get()) - by).max(1)).unwrap_or(score)
}

fn rating(dossier: &Dossier, likelihood: Score, impact: Score) -> Option<Rating> {
    let level = dossier.matrix().level(likelihood.get(), impact.get())?;
    Some(Rating { likelihood, impact, level })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::register::Gate;

    #[test]
    fn the_plan_finds_the_links_of_every_threat_in_their_order() {
        let (id, day) = (|n| Id([n; 16]), Day::parse("2026-03-02").unwrap());
        let mut dossier = Dossier::default();
        for n in 1..=6u8 {
            let score = |n| Score::new(i64::from(n));
            let (likelihood, impact) = (score(n % 5 + 1).filter(|_| n != 6), score(5));
            dossier.threats.push(Threat { likelihood, impact, ..Threat::empty(id(n)) });
            dossier.controls.push(Control {
                owner_role: Some(crate::domain::people::Role::Builder),
                gate: Some(Gate::Build),
                method: Some(super::super::Method::Test),
                status: Some(if n == 2 { ControlStatus::Proposed } else { ControlStatus::Implemented }),
                archived: n == 3,
                ..Control::empty(id(100 + n))
            });
            for (more, threat) in [(0, n), (20, n % 3 + 1)] {
                dossier.links.push(Link {
                    threat: Some(id(threat)),
                    control: Some(id(100 + n)),
                    less_likely: Some(i64::from(n)),
                    less_impact: Some(1),
                    archived: n == 4,
                    ..Link::empty(id(150 + more + n))
                });
            }
        }
        let plan = Plan::of(&dossier, day);
        for threat in &dossier.threats {
            let live = |link: &&Link| !link.archived && link.threat == Some(threat.id);
            let alone = dossier.links.iter().filter(live).filter_map(|link| {
                Some((link, dossier.live_controls().find(|control| Some(control.id) == link.control)?))
            });
            assert!(plan.controls_of(threat.id).eq(alone));
        }
    }
}
