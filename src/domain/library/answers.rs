//! The answers to the seven intake questions.

/// The ids of the seven factors, in the order in which they are asked.
pub const QUESTIONS: [&str; 7] = [
    "data_sensitivity",
    "autonomy",
    "external_exposure",
    "user_impact",
    "regulated_context",
    "tool_access",
    "reversibility",
];

/// The highest, that is the worst, level of an answer.
pub const WORST: u8 = 4;

/// An answer per question: a level 0 to 4, or none when nobody knows, which counts as the worst.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Answers {
    levels: [Option<u8>; 7],
}

impl Answers {
    /// Makes answers of levels in the order of [`QUESTIONS`]; a level over 4 becomes 4.
    #[must_use]
    pub fn new(levels: [Option<u8>; 7]) -> Self {
        Self { levels: levels.map(|level| level.map(|n| n.min(WORST))) }
    }

    /// Records the level of one question and says whether there is such a question; a level over 4 becomes 4.
    pub fn set(&mut self, question: &str, level: Option<u8>) -> bool {
        let Some(at) = position(question) else { return false };
        self.levels[at] = level.map(|n| n.min(WORST));
        true
    }

    /// The level of a question, 0 to 4; none when it is unknown.
    #[must_use]
    pub fn level(&self, question: &str) -> Option<u8> {
        self.levels[position(question)?]
    }

    /// The level that counts, 0 to 4: an unknown answer counts as the worst.
    #[must_use]
    pub fn counted(&self, question: &str) -> u8 {
        self.level(question).unwrap_or(WORST)
    }

    /// The questions that have no answer, in the order in which they are asked.
    pub fn unknown(&self) -> impl Iterator<Item = &'static str> {
        QUESTIONS.into_iter().filter(|question| self.level(question).is_none())
    }
}

fn position(question: &str) -> Option<usize> {
    QUESTIONS.iter().position(|id| *id == question)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_kept_within_their_range() {
        let mut answers = Answers::new([Some(255); 7]);
        assert_eq!(answers.level("autonomy"), Some(4));
        assert!(answers.set("autonomy", Some(9)) && answers.set("reversibility", None));
        assert_eq!((answers.counted("autonomy"), answers.counted("reversibility")), (4, 4));
        assert_eq!(answers.unknown().collect::<Vec<_>>(), ["reversibility"]);
    }

    #[test]
    fn a_question_that_does_not_exist_is_unknown() {
        let mut answers = Answers::new([Some(0); 7]);
        assert!(!answers.set("colour", Some(1)));
        assert_eq!((answers.level("colour"), answers.counted("colour")), (None, 4));
    }
}
