//! The threats of every system in one register: what is asked for, and what comes back of it.

use super::{
    Dossier, Id,
    fields::Vocabulary,
    library::{Level, Matrix},
    register::{Ratings, Threat, Treatment},
    system::Tier,
};

/// Which threats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// All that were not withdrawn, of every system on the board.
    #[default]
    All,
    /// Those of this level before any control.
    Level(Level),
    /// Those that the board is to talk about.
    Flagged,
    /// Those that are treated so; nothing said is undecided.
    Treated(Treatment),
    /// Those of one system.
    System(Id),
    /// Those of the systems of a tier; none is before the intake.
    Tier(Option<Tier>),
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum By {
    /// The gravest tier first, in it what is unscored, and then system by system.
    #[default]
    Tier,
    /// By title.
    Title,
    /// Unscored first, then the worst before any control.
    Score,
    /// By the day on which it is due; without one last.
    Due,
    /// By the name of the system.
    System,
    /// By what is to be done.
    Treatment,
}

impl By {
    /// Every order.
    pub const ALL: [Self; 6] = [Self::Tier, Self::Title, Self::Score, Self::Due, Self::System, Self::Treatment];
}

/// What is asked of the register over all systems. What does not apply stands at the end of any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Which threats.
    pub which: Which,
    /// Whether only those that are not scored.
    pub unscored: bool,
    /// Words that all are in the title, the component or the name of the system.
    pub filter: String,
    /// The order.
    pub by: By,
    /// Whether from its end.
    pub reversed: bool,
}

impl Query {
    /// What is unscored, of the gravest tier first.
    pub fn unscored() -> Self {
        Self { unscored: true, ..Self::default() }
    }

    /// What is shown, in a few words; nothing for all.
    pub fn words(&self) -> String {
        let which = match self.which {
            Which::All => String::new(),
            Which::Level(level) => format!("{} before controls", level.label().to_lowercase()),
            Which::Flagged => "flagged for the board".into(),
            Which::Treated(treatment) => treatment.label().into(),
            Which::System(_) => "of one system".into(),
            Which::Tier(tier) => format!("{} tier", tier.map_or("no", |tier| tier.code())),
        };
        let unscored = if self.unscored { "unscored" } else { "" };
        [unscored, &which].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The words of the filter, as they are looked for.
    pub fn needles(&self) -> Vec<String> {
        self.filter.split_whitespace().map(str::to_lowercase).collect()
    }
}

/// A likelihood and an impact, where each was given.
pub type Pair = (Option<u8>, Option<u8>);

/// Every pair of scores in the order of the register: what is unscored, and then from the worst to the least.
pub fn pairs() -> Vec<Pair> {
    let one = || std::iter::once(None).chain((1..=5).map(Some));
    let mut all: Vec<Pair> = one().flat_map(|l| one().map(move |i| (l, i))).collect();
    let rank = |(l, i): &Pair| {
        let level = Matrix::current().level((*l)?, (*i)?)?;
        Some((std::cmp::Reverse(level), std::cmp::Reverse(*i), std::cmp::Reverse(*l)))
    };
    // None comes first, and keeps its own order.
    all.sort_by_key(rank);
    all
}

/// One threat of the register over all systems.
#[derive(Debug, Clone, PartialEq)]
pub struct AcrossRow {
    /// The system.
    pub system: Id,
    /// Its name.
    pub name: String,
    /// The code of its tier; empty before the intake.
    pub tier: String,
    /// The threat.
    pub threat: Threat,
    /// Its three scores.
    pub scores: Ratings,
    /// How many live controls stand against it.
    pub controls: usize,
}

/// The rows of a part, and where people and things have their names.
#[derive(Debug, Clone, Default)]
pub struct AcrossRows {
    /// The number of the first one.
    pub from: usize,
    /// The rows.
    pub rows: Vec<AcrossRow>,
    /// All people, and of other things only what these rows show.
    pub dossier: Dossier,
}

/// A part of the register over all systems, and how far the look at it is.
#[derive(Debug, Default)]
pub struct AllThreats {
    /// The rows, where they are others than were handed out last.
    pub rows: Option<Box<AcrossRows>>,
    /// How many fit, as far as was looked.
    pub matches: usize,
    /// How many threats were looked at.
    pub scanned: usize,
    /// How many there are to look at, about.
    pub total: usize,
    /// Whether all were looked at and all rows that were asked for are there.
    pub done: bool,
    /// How the register was looked at last, as a line of text; only with the first part.
    pub look: Option<String>,
    /// Where the cursor was to go: to the last row.
    pub last: bool,
}

/// The threats of several systems: the system, and which of its threats.
pub type Across = Vec<(Id, Vec<Id>)>;

/// So many threats are marked at once at most.
pub const MARKS: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unscored_come_first_and_then_the_worst() {
        let all = pairs();
        assert_eq!(all.len(), 36);
        assert!(all[..11].iter().all(|(l, i)| l.is_none() || i.is_none()));
        assert_eq!((all[11], all[35]), ((Some(5), Some(5)), (Some(1), Some(1))));
        let levels = all[11..].iter().map(|(l, i)| Matrix::current().level(l.unwrap(), i.unwrap()).unwrap());
        assert!(levels.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn what_is_shown_is_said() {
        assert_eq!(Query::default().words(), "");
        let both = Query { which: Which::Tier(Some(Tier::Critical)), ..Query::unscored() };
        assert_eq!(both.words(), "unscored, critical tier");
        assert_eq!(Query { filter: " Prompt  LEAK ".into(), ..Query::default() }.needles(), ["prompt", "leak"]);
    }
}
