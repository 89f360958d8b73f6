//! The three scores of a threat: inherent, now, target.

use super::{Control, ControlStatus, Evidence, Grade, Outcome, Supports, Threat};
use crate::domain::{
    Dossier,
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

/// The three scores of a threat on a day.
pub fn ratings(dossier: &Dossier, threat: &Threat, today: Day) -> Ratings {
    let (Some(likelihood), Some(impact)) = (threat.likelihood, threat.impact) else {
        return Ratings::default();
    };
    let lowered = |counts: &dyn Fn(&Control) -> bool| {
        let (mut less_likely, mut less_impact) = (0, 0);
        for (link, control) in dossier.controls_of(threat.id) {
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
        now: by_hand.or_else(|| lowered(&|control| counts_as_verified(dossier, control, today))),
        target: lowered(&Control::specified),
    }
}

/// Whether a control may be credited: it says verified, and a verification that still holds says that it works, with
/// evidence behind it.
pub fn counts_as_verified(dossier: &Dossier, control: &Control, today: Day) -> bool {
    control.stage() == ControlStatus::Verified
        && dossier.verifications.iter().any(|v| {
            !v.archived
                && v.control == Some(control.id)
                && v.outcome == Some(Outcome::Works)
                && v.valid_until.is_some_and(|until| today <= until)
                && v.evidence.is_some_and(|id| {
                    dossier
                        .evidence
                        .iter()
                        .any(|e| e.id == id && e.shows_work() && e.expires.is_none_or(|expires| today <= expires))
                })
        })
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
