//! The register in numbers: how many threats there are at each place of the matrix, on three scales.
//!
//! A level is always that of today's matrix, looked up for the score on one of the scales. What is called open risk is
//! read on the scale "now", where only verified controls count: on the day, and for any day before it alike.

use std::fmt::Write;

use super::{Plan, Rating, Ratings, Threat, Treatment};
use crate::domain::{
    Dossier, Kind,
    fields::{Day, Moment},
    library::{Level, Matrix},
};

/// Which of the three scores.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Before any control.
    Inherent,
    /// As it is: only verified controls count.
    #[default]
    Now,
    /// If the plan lands.
    Target,
}

impl Scale {
    /// Every scale, from before any control to the end of the plan.
    pub const ALL: [Self; 3] = [Self::Inherent, Self::Now, Self::Target];

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Inherent => "inherent",
            Self::Now => "now",
            Self::Target => "target",
        }
    }
    /// The next one; after the last the first.
    #[must_use]
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }
    /// The score on this scale.
    pub fn of(self, ratings: &Ratings) -> Option<Rating> {
        match self {
            Self::Inherent => ratings.inherent,
            Self::Now => ratings.now,
            Self::Target => ratings.target,
        }
    }
}

/// How many threats: without a score, then low to critical.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Levels(pub [u32; 5]);

impl Levels {
    /// All of them.
    pub fn all(self) -> u32 {
        self.0.iter().sum()
    }
    /// Those without a score.
    pub fn unscored(self) -> u32 {
        self.0[0]
    }
    /// Those on a level.
    pub fn at(self, level: Level) -> u32 {
        self.0[level as usize + 1]
    }
    /// What is open: high, critical, or not scored, which never counts as low.
    pub fn open(self) -> u32 {
        self.unscored() + self.at(Level::High) + self.at(Level::Critical)
    }
}

/// The levels at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub day: Day,
    /// How many on which level, on the scale "now".
    pub levels: Levels,
}

/// How many points a trend has, and how many days lie between two; the last one is today.
pub const POINTS: (usize, i64) = (12, 7);

/// The days of the points of a trend, oldest first.
pub fn point_days(today: Day) -> [Day; POINTS.0] {
    std::array::from_fn(|at| today.plus(-POINTS.1 * i64::try_from(POINTS.0 - 1 - at).unwrap_or(0)))
}

/// The register of one system, or of many, in numbers. Threats that are withdrawn or do not apply are not in it, but
/// for the treatments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many at each place: scale, likelihood - 1, impact - 1.
    pub places: [[[u32; 5]; 5]; 3],
    /// How many have no score.
    pub unscored: u32,
    /// How many by treatment, in the order of the vocabulary; those that do not apply are among them.
    pub treatments: [u32; 6],
}

/// How many numbers a tally has.
const NUMBERS: usize = 3 * 25 + 1 + 6;

impl Tally {
    /// The register of a system in numbers, as it is on a day.
    pub fn of(dossier: &Dossier, plan: &Plan<'_>) -> Self {
        let mut out = Self::default();
        dossier.live_threats().for_each(|threat| out.take(plan, threat));
        out
    }

    /// Counts a threat that was not withdrawn.
    pub fn take(&mut self, plan: &Plan<'_>, threat: &Threat) {
        self.treatments[threat.treated() as usize] += 1;
        if !threat.counts() {
            return;
        }
        let ratings = plan.ratings(threat);
        self.unscored += u32::from(ratings.now.is_none());
        for scale in Scale::ALL {
            if let Some(rating) = scale.of(&ratings) {
                let (l, i) = (usize::from(rating.likelihood.get() - 1), usize::from(rating.impact.get() - 1));
                self.places[scale as usize][l][i] += 1;
            }
        }
    }

    /// How many on which level of a scale, by look-up in the matrix in force.
    pub fn levels(&self, scale: Scale) -> Levels {
        let mut out = Levels([self.unscored, 0, 0, 0, 0]);
        for (likelihood, row) in (1..).zip(&self.places[scale as usize]) {
            for (impact, count) in (1..).zip(row) {
                if let Some(level) = Matrix::current().level(likelihood, impact) {
                    out.0[level as usize + 1] += count;
                }
            }
        }
        out
    }

    /// How many at a place of a scale, 1 to 5 each.
    pub fn at(&self, scale: Scale, likelihood: u8, impact: u8) -> u32 {
        let at = |n: u8| usize::from(n.clamp(1, 5) - 1);
        self.places[scale as usize][at(likelihood)][at(impact)]
    }

    /// How many with a treatment.
    pub fn treated(&self, treatment: Treatment) -> u32 {
        self.treatments[treatment as usize]
    }

    fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        let places = self.places.iter().flatten().flatten().copied();
        places.chain([self.unscored]).chain(self.treatments)
    }

    fn numbers_mut(&mut self) -> impl Iterator<Item = &mut u32> {
        let places = self.places.iter_mut().flatten().flatten();
        places.chain([&mut self.unscored]).chain(&mut self.treatments)
    }

    /// Takes away what one part held and adds what it holds now.
    pub fn shift(&mut self, from: &Self, to: &Self) {
        for ((own, from), to) in self.numbers_mut().zip(from.numbers()).zip(to.numbers()) {
            *own = own.saturating_add(to).saturating_sub(from);
        }
    }

    /// As the record keeps it: the numbers that are not nothing, each with its place in the order.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (at, count) in self.numbers().enumerate().filter(|(_, count)| *count > 0) {
            let blank = if out.is_empty() { "" } else { " " };
            let _ = write!(out, "{blank}{at}:{count}");
        }
        out
    }

    /// Reads what [`Tally::to_text`] wrote; what cannot be read is nothing.
    pub fn parse(text: &str) -> Self {
        let mut all = [0; NUMBERS];
        for (at, count) in text.split(' ').filter_map(|pair| pair.split_once(':')) {
            if let (Ok(at), Ok(count)) = (at.parse::<usize>(), count.parse())
                && let Some(number) = all.get_mut(at)
            {
                *number = count;
            }
        }
        let mut out = Self::default();
        out.numbers_mut().zip(all).for_each(|(own, read)| *own = read);
        out
    }
}

/// The threats of a system by level, on the scale "now" of a day; none when the system is withdrawn.
pub fn levels_on(dossier: &Dossier, day: Day) -> Levels {
    if dossier.system().is_none() {
        return Levels::default();
    }
    Tally::of(dossier, &Plan::of(dossier, day)).levels(Scale::Now)
}

/// Whether a change of such a thing can change the levels.
pub fn moves_levels(kind: Kind) -> bool {
    matches!(kind, Kind::System | Kind::Threat | Kind::Control | Kind::Link | Kind::Verification | Kind::Evidence)
}

/// The days after one day, up to another, on which time alone can change the levels: a verification or a piece of
/// evidence does not count any more.
pub fn turning_days(dossier: &Dossier, after: Day, until: Day) -> Vec<Day> {
    let checked = dossier.verifications.iter().filter(|v| !v.archived).filter_map(|v| v.valid_until);
    let shown = dossier.evidence.iter().filter(|e| !e.archived).filter_map(|e| e.expires);
    let mut days: Vec<Day> = checked.chain(shown).map(|last| last.plus(1)).collect();
    days.retain(|day| *day > after && *day <= until);
    days.sort_unstable();
    days.dedup();
    days
}

/// The day of a moment, in UTC, as the journal counts days.
pub fn day_of(at: Moment) -> Day {
    chrono::DateTime::from_timestamp_millis(at.0).map_or(Day(chrono::NaiveDate::MIN), |at| Day(at.date_naive()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Tally {
        let mut tally = Tally { unscored: 2, treatments: [1, 2, 3, 4, 5, 6], ..Tally::default() };
        tally.places[Scale::Now as usize][3][4] = 7;
        tally.places[Scale::Target as usize][0][0] = 1;
        tally
    }

    #[test]
    fn what_is_written_is_read_again() {
        for tally in [Tally::default(), sample()] {
            assert_eq!(Tally::parse(&tally.to_text()), tally);
        }
        assert_eq!(sample().numbers().count(), NUMBERS);
        assert_eq!(Tally::parse("x 3:y 999:1 :"), Tally::default());
    }

    #[test]
    fn unscored_is_open_and_never_low() {
        let levels = sample().levels(Scale::Now);
        assert_eq!((levels.unscored(), levels.at(Level::Critical), levels.at(Level::Low)), (2, 7, 0));
        assert_eq!((levels.open(), levels.all()), (9, 9));
    }

    #[test]
    fn a_part_that_changes_shifts_the_whole() {
        let mut whole = Tally::default();
        whole.shift(&Tally::default(), &sample());
        whole.shift(&Tally::default(), &sample());
        whole.shift(&sample(), &Tally::default());
        assert_eq!(whole, sample());
    }

    #[test]
    fn the_last_point_is_today() {
        let today = Day::parse("2026-11-21").unwrap();
        let days = point_days(today);
        assert_eq!((days[11], days[10]), (today, today.plus(-7)));
    }
}
