//! What is typed into the filter of a register: words, and levels on one of the three scales, such as `now:high+`.

use super::{Ratings, Scale, Threat};
use crate::domain::library::Level;

/// What a filter says beside its words, for the help.
pub const LEVEL_WORDS: &str = "now:high, now:high+, inherent:critical, target:medium-, now:unscored";

/// Which levels of a scale are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// What has no score.
    Unscored,
    /// This one.
    Exactly(Level),
    /// This one and what is worse.
    AtLeast(Level),
    /// This one and what is less.
    AtMost(Level),
}

impl Asked {
    /// Whether a level is asked for; none is that of what has no score.
    pub fn takes(self, level: Option<Level>) -> bool {
        match (self, level) {
            (Self::Unscored, level) => level.is_none(),
            (Self::Exactly(wanted), Some(level)) => level == wanted,
            (Self::AtLeast(wanted), Some(level)) => level >= wanted,
            (Self::AtMost(wanted), Some(level)) => level <= wanted,
            (Self::Exactly(_) | Self::AtLeast(_) | Self::AtMost(_), None) => false,
        }
    }

    /// The least level that is asked for; none where any is.
    pub fn least(self) -> Option<Level> {
        match self {
            Self::Exactly(level) | Self::AtLeast(level) => Some(level),
            Self::Unscored | Self::AtMost(_) => None,
        }
    }
}

/// A filter, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sieve {
    /// The words, in small letters, in the order in which they were typed.
    pub words: Vec<String>,
    /// What is asked for on which scale: all of it.
    pub levels: Vec<(Scale, Asked)>,
}

impl Sieve {
    /// Reads a filter. A level that is only begun (`now:`) asks for nothing yet, one that there is not is a word like any
    /// other: while it is typed the rows do not come and go for nothing.
    pub fn parse(text: &str) -> Self {
        let mut sieve = Self::default();
        for word in text.split_whitespace().map(str::to_lowercase) {
            match word.split_once(':').and_then(|(scale, level)| Some((scale_of(scale)?, level))) {
                Some((_, "")) => {}
                Some((scale, level)) => match asked(level) {
                    Some(asked) => sieve.levels.push((scale, asked)),
                    None => sieve.words.push(word),
                },
                None => sieve.words.push(word),
            }
        }
        sieve
    }

    /// Whether a threat with these scores is on the levels that are asked for. What does not apply is on none.
    pub fn takes(&self, threat: &Threat, ratings: &Ratings) -> bool {
        let on = |(scale, asked): &(Scale, Asked)| asked.takes(scale.of(ratings).map(|rating| rating.level));
        self.levels.is_empty() || threat.counts() && self.levels.iter().all(on)
    }
}

/// A scale by the word for it on the screen, or by the one in the columns.
fn scale_of(word: &str) -> Option<Scale> {
    let known = match word {
        "current" => "now",
        "first" => "inherent",
        "planned" => "target",
        word => word,
    };
    Scale::ALL.into_iter().find(|scale| scale.label() == known)
}

/// What is asked for: a level, or as much of it as tells it from the others, and + for worse, - for less as well.
fn asked(word: &str) -> Option<Asked> {
    let bare = word.trim_end_matches(['+', '-']);
    if bare.is_empty() {
        return None;
    }
    if "unscored".starts_with(bare) && bare == word {
        return Some(Asked::Unscored);
    }
    let level = Level::ALL.into_iter().find(|level| level.code().starts_with(bare))?;
    match &word[bare.len()..] {
        "" => Some(Asked::Exactly(level)),
        "+" => Some(Asked::AtLeast(level)),
        "-" => Some(Asked::AtMost(level)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_told_from_words() {
        let sieve = Sieve::parse("Prompt now:high+ target:low leak:data");
        assert_eq!(sieve.words, ["prompt", "leak:data"]);
        assert_eq!(
            sieve.levels,
            [(Scale::Now, Asked::AtLeast(Level::High)), (Scale::Target, Asked::Exactly(Level::Low))]
        );
        assert_eq!(Sieve::parse("current:crit planned:medium-").levels.len(), 2, "the words of the columns");
        assert_eq!(Sieve::parse("now:unscored").levels, [(Scale::Now, Asked::Unscored)]);
        assert_eq!(Sieve::parse("now:"), Sieve::default(), "it is only begun");
        for word in ["now:grave", "now:high++", "when:high", "now:+"] {
            assert_eq!(Sieve::parse(word).words, [word], "{word}");
        }
    }

    #[test]
    fn a_level_takes_what_it_says() {
        let on = |asked: Asked| Level::ALL.map(|level| asked.takes(Some(level)));
        assert_eq!(on(Asked::Exactly(Level::High)), [false, false, true, false]);
        assert_eq!(on(Asked::AtLeast(Level::High)), [false, false, true, true]);
        assert_eq!(on(Asked::AtMost(Level::Medium)), [true, true, false, false]);
        assert!(Asked::Unscored.takes(None) && !Asked::AtMost(Level::Critical).takes(None));
        assert!(!on(Asked::Unscored).contains(&true));
    }
}
