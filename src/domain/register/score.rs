//! The three scores of a threat: inherent, now, target.

use std::collections::{HashMap, HashSet};

use super::{Control, ControlStatus, Evidence, Grade, Link, Supports, Threat, holding};
use crate::domain::{
    Dossier, Id,
    fields::{Day, Score},
    library::Level,
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

/// The three scores of a threat on a day. For a whole register see [`Plan`].
pub fn ratings(dossier: &Dossier, threat: &Threat, today: Day) -> Ratings {
    let verified = |control: &Control| counts_as_verified(dossier, control, today);
    scored(dossier, threat, &mut || dossier.controls_of(threat.id), &verified)
}

/// Which controls stand against which threat on a day: made once, so that a register of thousands is read in one go.
#[derive(Debug)]
pub struct Plan<'a> {
    dossier: &'a Dossier,
    against: HashMap<Id, Vec<(&'a Link, &'a Control)>>,
    verified: HashSet<Id>,
}

impl<'a> Plan<'a> {
    /// The plan of a system as it is on a day.
    pub fn of(dossier: &'a Dossier, today: Day) -> Self {
        let mut controls: HashMap<Id, &Control> = HashMap::with_capacity(dossier.controls.len());
        for control in dossier.live_controls() {
            controls.entry(control.id).or_insert(control);
        }
        let mut against: HashMap<Id, Vec<(&Link, &Control)>> = HashMap::with_capacity(dossier.links.len());
        for link in dossier.links.iter().filter(|link| !link.archived) {
            let control = link.control.and_then(|control| controls.get(&control));
            if let (Some(threat), Some(control)) = (link.threat, control) {
                against.entry(threat).or_default().push((link, control));
            }
        }
        let counts = |control: &&Control| counts_as_verified(dossier, control, today);
        let verified = dossier.live_controls().filter(counts).map(|control| control.id).collect();
        Self { dossier, against, verified }
    }

    /// The links of a threat to live controls, with the control.
    pub fn controls_of(&self, threat: Id) -> &[(&'a Link, &'a Control)] {
        self.against.get(&threat).map_or(&[], Vec::as_slice)
    }

    /// The three scores of a threat.
    pub fn ratings(&self, threat: &Threat) -> Ratings {
        let verified = |control: &Control| self.verified.contains(&control.id);
        scored(self.dossier, threat, &mut || self.controls_of(threat.id).iter().copied(), &verified)
    }
}

fn scored<'a, I: Iterator<Item = (&'a Link, &'a Control)>>(
    dossier: &Dossier,
    threat: &Threat,
    controls: &mut dyn FnMut() -> I,
    verified: &dyn Fn(&Control) -> bool,
) -> Ratings {
    let (Some(likelihood), Some(impact)) = (threat.likelihood, threat.impact) else {
        return Ratings::default();
    };
    let mut lowered = |counts: &dyn Fn(&Control) -> bool| {
        let (mut less_likely, mut less_impact) = (0, 0);
        for (link, control) in controls() {
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
    control.stage() == ControlStatus::Verified && holding(dossier, control.id, today).is_some()
}

impl Evidence {
    /// Whether it can show that a control works: it is there, and it does not merely speak of coverage or intent.
    pub fn shows_work(&self) -> bool {
        let may = self.supports.is_empty()
            || self.supports.iter().any(|s| matches!(s, Supports::Works | Supports::Behaviour));
        !self.archived && self.grade != Some(Grade::Missing) && may
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
    fn the_plan_scores_every_threat_as_one_alone_is_scored() {
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
            assert_eq!(plan.ratings(threat), ratings(&dossier, threat, day));
            let alone: Vec<_> = dossier.controls_of(threat.id).collect();
            assert!(plan.controls_of(threat.id) == alone.as_slice());
        }
    }
}
