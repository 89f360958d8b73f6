//! Which threats a number counts. The picture and the rows behind it ask the same function.

use super::{Plan, Ratings, Scale, Tally, Threat, Treatment};
use crate::domain::{
    Dossier, Id, Line,
    fields::{Day, Vocabulary},
    library::Level,
    register::Analysis,
};

/// A group of threats of a system, as a picture counts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// At a place of the matrix: scale, likelihood, impact.
    Place(Scale, u8, u8),
    /// Without a score.
    Unscored,
    /// On a level of a scale.
    Level(Scale, Level),
    /// High, critical or not scored, now.
    Open,
    /// With a treatment.
    Treated(Treatment),
    /// Of a category.
    Category(Line),
    /// About a part of the system.
    Component(Line),
    /// As far analysed as this.
    Analysed(Option<Analysis>),
    /// On a lower level on the second scale than on the first.
    Fell(Scale, Scale),
    /// On a higher level on the second scale than on the first.
    Rose(Scale, Scale),
    /// One threat, with its number.
    One(Id, i64),
    /// Every threat that counts.
    All,
    /// Every threat as the register was at the end of a day.
    Then(Day),
}

impl Group {
    /// The threats of the group as the register is on a day. For [`Group::Then`] the dossier is that of the day.
    pub fn members(&self, dossier: &Dossier, today: Day) -> Vec<Id> {
        let plan = Plan::of(dossier, today);
        let inside = |threat: &&Threat| self.has(threat, &plan.ratings(threat));
        dossier.live_threats().filter(inside).map(|threat| threat.id).collect()
    }

    /// Whether a threat with these scores is one of them.
    pub fn has(&self, threat: &Threat, ratings: &Ratings) -> bool {
        if let Self::Treated(treatment) = self {
            return !threat.archived && threat.treated() == *treatment;
        }
        let level = |scale: Scale| scale.of(ratings).map(|rating| rating.level);
        let both = |from, to| level(from).zip(level(to));
        threat.counts()
            && match self {
                Self::Place(scale, l, i) => {
                    scale.of(ratings).is_some_and(|r| (r.likelihood.get(), r.impact.get()) == (*l, *i))
                }
                Self::Unscored => ratings.now.is_none(),
                Self::Level(scale, wanted) => level(*scale) == Some(*wanted),
                Self::Open => level(Scale::Now).is_none_or(|level| level >= Level::High),
                Self::Category(category) => threat.category == *category,
                Self::Component(component) => threat.component == *component,
                Self::Analysed(status) => threat.status == *status,
                Self::Fell(from, to) => both(*from, *to).is_some_and(|(before, after)| after < before),
                Self::Rose(from, to) => both(*from, *to).is_some_and(|(before, after)| after > before),
                Self::One(id, _) => threat.id == *id,
                Self::Treated(_) | Self::All | Self::Then(_) => true,
            }
    }

    /// How many of them there are in a register of which only the numbers are known; none where these do not tell.
    pub fn count(&self, tally: &Tally) -> Option<u32> {
        match self {
            Self::Place(scale, l, i) => Some(tally.at(*scale, *l, *i)),
            Self::Unscored => Some(tally.unscored),
            Self::Level(scale, level) => Some(tally.levels(*scale).at(*level)),
            Self::Open => Some(tally.levels(Scale::Now).open()),
            Self::Treated(treatment) => Some(tally.treated(*treatment)),
            Self::All => Some(tally.levels(Scale::Now).all()),
            Self::Category(_)
            | Self::Component(_)
            | Self::Analysed(_)
            | Self::Fell(..)
            | Self::Rose(..)
            | Self::One(..)
            | Self::Then(_) => None,
        }
    }

    /// What the group is called, in a title.
    pub fn label(&self) -> String {
        let or = |text: &Line, empty: &str| if text.is_empty() { empty.to_owned() } else { text.to_string() };
        match self {
            Self::Place(scale, l, i) => format!("{l}x{i} {}", scale.label()),
            Self::Unscored => "unscored".to_owned(),
            Self::Level(scale, level) => format!("{} {}", level.label().to_lowercase(), scale.label()),
            Self::Open => "high, critical or unscored now".to_owned(),
            Self::Treated(treatment) => treatment.label().to_owned(),
            Self::Category(category) => or(category, "no category"),
            Self::Component(component) => or(component, "no component"),
            Self::Analysed(status) => status.map_or("no status", Vocabulary::label).to_owned(),
            Self::Fell(from, to) => format!("fell, {} to {}", from.label(), to.label()),
            Self::Rose(from, to) => format!("rose, {} to {}", from.label(), to.label()),
            Self::One(_, number) => format!("T-{number}"),
            Self::All => "in the register now".to_owned(),
            Self::Then(day) => format!("in the register on {day}"),
        }
    }
}
