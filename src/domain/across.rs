//! The threats of every system in one register: what is asked for, and what comes back of it.

use std::collections::BTreeSet;

use super::{
    Dossier, Id,
    fields::Vocabulary,
    library::{Level, Matrix},
    register::{Group, Rating, Ratings, Scale, Sieve, Threat, Treatment},
    system::Tier,
};

/// Which threats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// All that were not withdrawn, of every system on the board.
    #[default]
    All,
    /// All that count: without those that do not apply.
    Counting,
    /// Those that count and are on this level of a scale.
    Level(Scale, Level),
    /// Those that count and are at this place of a scale: likelihood, impact.
    Place(Scale, u8, u8),
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
    /// Unscored first, then by the level as it is now, the worst first.
    Level,
    /// By the part of the system; without one last.
    Component,
    /// By the item of the framework that registers are grouped by; without one last.
    Framework,
}

impl By {
    /// Every order.
    pub const ALL: [Self; 9] = [
        Self::Tier,
        Self::Title,
        Self::Score,
        Self::Due,
        Self::System,
        Self::Treatment,
        Self::Level,
        Self::Component,
        Self::Framework,
    ];

    /// The word that is remembered; never renamed.
    pub fn code(self) -> &'static str {
        match self {
            Self::Tier => "tier",
            Self::Title => "title",
            Self::Score => "score",
            Self::Due => "due",
            Self::System => "system",
            Self::Treatment => "treatment",
            Self::Level => "level",
            Self::Component => "component",
            Self::Framework => "framework",
        }
    }
}

/// What is asked of the register over all systems. What does not apply stands at the end of any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Which threats.
    pub which: Which,
    /// Whether only those that are not scored.
    pub unscored: bool,
    /// Words that all are in the title, the component or the name of the system, and levels: see [`Sieve`].
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
            Which::Counting => "without those that do not apply".into(),
            Which::Level(scale, level) => format!("{} {}", level.label().to_lowercase(), scale.label()),
            Which::Place(scale, l, i) => format!("{l}x{i} {}", scale.label()),
            Which::Flagged => "flagged for the board".into(),
            Which::Treated(treatment) => treatment.label().into(),
            Which::System(_) => "of one system".into(),
            Which::Tier(tier) => format!("{} tier", tier.map_or("no", |tier| tier.code())),
        };
        let unscored = if self.unscored { "unscored" } else { "" };
        [unscored, &which].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// What a number of the pictures counts, where the rows of all systems can be asked for it.
    pub fn behind(group: &Group) -> Option<Self> {
        let which = match group {
            Group::Unscored => return Some(Self::unscored()),
            Group::Place(scale, l, i) => Which::Place(*scale, *l, *i),
            Group::Level(scale, level) => Which::Level(*scale, *level),
            Group::Treated(treatment) => Which::Treated(*treatment),
            Group::All => Which::Counting,
            Group::Open
            | Group::Category(_)
            | Group::Component(_)
            | Group::Analysed(_)
            | Group::Fell(..)
            | Group::Rose(..)
            | Group::One(..)
            | Group::Then(_) => return None,
        };
        Some(Self { which, ..Self::default() })
    }

    /// As a line of text, to be asked again another day: which, whether unscored, the order, the filter.
    pub fn to_text(&self) -> String {
        let level = |level: Level| level.label().to_lowercase();
        let which = match self.which {
            Which::All => "all".to_owned(),
            Which::Counting => "counting".to_owned(),
            Which::Level(scale, of) => format!("level:{}:{}", scale.label(), level(of)),
            Which::Place(scale, l, i) => format!("place:{}:{l}:{i}", scale.label()),
            Which::Flagged => "flagged".to_owned(),
            Which::Treated(treatment) => format!("treated:{}", treatment.code()),
            Which::System(system) => format!("system:{system}"),
            Which::Tier(tier) => format!("tier:{}", tier.map_or("", Tier::code)),
        };
        let unscored = if self.unscored { "unscored" } else { "" };
        format!("{which}|{unscored}|{}{}|{}", self.by.code(), if self.reversed { "-" } else { "" }, self.filter)
    }

    /// From [`Self::to_text`]; none of what another docket wrote and this one does not know.
    pub fn from_text(text: &str) -> Option<Self> {
        let [which, unscored, by, filter] = text.splitn(4, '|').collect::<Vec<_>>().try_into().ok()?;
        let words: Vec<&str> = which.split(':').collect();
        let scale = |word: &str| Scale::ALL.into_iter().find(|scale| scale.label() == word);
        let digit = |word: &str| word.parse::<u8>().ok().filter(|n| (1..=5).contains(n));
        let which = match words.as_slice() {
            ["all"] => Which::All,
            ["counting"] => Which::Counting,
            ["level", on, word] => {
                Which::Level(scale(on)?, Level::ALL.into_iter().find(|level| level.label().to_lowercase() == *word)?)
            }
            ["place", on, l, i] => Which::Place(scale(on)?, digit(l)?, digit(i)?),
            ["flagged"] => Which::Flagged,
            ["treated", code] => Which::Treated(Treatment::parse(code)?),
            ["system", id] => Which::System(Id::parse(id)?),
            ["tier", ""] => Which::Tier(None),
            ["tier", code] => Which::Tier(Some(Tier::parse(code)?)),
            _ => return None,
        };
        let by_code = by.trim_end_matches('-');
        let by_of = By::ALL.into_iter().find(|known| known.code() == by_code)?;
        Some(Self {
            which,
            unscored: unscored == "unscored",
            filter: filter.into(),
            by: by_of,
            reversed: by.ends_with('-'),
        })
    }

    /// The same question on another scale; none where it asks of no scale.
    #[must_use]
    pub fn on_scale(&self, scale: Scale) -> Option<Self> {
        let which = match self.which {
            Which::Level(_, level) => Which::Level(scale, level),
            Which::Place(_, l, i) => Which::Place(scale, l, i),
            Which::All | Which::Counting | Which::Flagged | Which::Treated(_) | Which::System(_) | Which::Tier(_) => {
                return None;
            }
        };
        Some(Self { which, ..self.clone() })
    }

    /// The filter, read: its words and the levels that it asks for.
    pub fn sieve(&self) -> Sieve {
        Sieve::parse(&self.filter)
    }
}

impl Which {
    /// The scale on which it asks for a rating.
    pub fn scale(self) -> Option<Scale> {
        match self {
            Self::Level(scale, _) | Self::Place(scale, ..) => Some(scale),
            Self::All | Self::Counting | Self::Flagged | Self::Treated(_) | Self::System(_) | Self::Tier(_) => None,
        }
    }

    /// Whether a threat with this rating on that scale is asked for.
    pub fn takes(self, rating: Rating) -> bool {
        match self {
            Self::Level(_, level) => rating.level == level,
            Self::Place(_, l, i) => (rating.likelihood.get(), rating.impact.get()) == (l, i),
            Self::All | Self::Counting | Self::Flagged | Self::Treated(_) | Self::System(_) | Self::Tier(_) => true,
        }
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
    /// The item of the framework that it stands under in a grouped register; empty without one.
    pub item: String,
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
    /// What was asked, where it is what was asked last time.
    pub query: Option<Query>,
    /// Where the cursor was to go: to the last row.
    pub last: bool,
    /// Whether the marks are used up: what was marked is gone.
    pub unmark: bool,
}

/// The threats of several systems: the system, and which of its threats.
pub type Across = Vec<(Id, Vec<Id>)>;

/// Which threats of several systems something is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// These.
    These(Across),
    /// All that fit what is looked for, but these.
    AllBut(BTreeSet<Id>),
}

/// So many threats are marked one by one at most; of more only what is not marked is kept.
pub const MARKS: usize = 10_000;

/// So many entries of one command are taken back in one step at most; of more, the question before it says so.
pub const TAKEN_BACK: usize = 200_000;

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
        assert_eq!(Query { filter: " Prompt  LEAK ".into(), ..Query::default() }.sieve().words, ["prompt", "leak"]);
    }

    #[test]
    fn a_question_is_kept_as_a_line_of_text() {
        use crate::domain::Id;
        let all = [
            Which::All,
            Which::Counting,
            Which::Level(Scale::Now, Level::Critical),
            Which::Place(Scale::Target, 4, 5),
            Which::Flagged,
            Which::Treated(Treatment::NotApplicable),
            Which::System(Id([7; 16])),
            Which::Tier(None),
            Which::Tier(Some(Tier::High)),
        ];
        for which in all {
            for by in By::ALL {
                let query =
                    Query { which, unscored: by == By::Due, filter: "a|b c".into(), by, reversed: by == By::Score };
                assert_eq!(Query::from_text(&query.to_text()), Some(query));
            }
        }
        for text in ["", "all", "level:now:grave||tier|", "all||weight|", "place:now:6:1||tier|"] {
            assert_eq!(Query::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_scale_is_switched_only_where_one_is_asked_for() {
        let query = Query { which: Which::Level(Scale::Now, Level::High), ..Query::default() };
        assert_eq!(query.words(), "high now");
        assert_eq!(query.on_scale(Scale::Inherent).map(|query| query.words()), Some("high inherent".into()));
        assert_eq!(Query::default().on_scale(Scale::Now), None);
    }
}
