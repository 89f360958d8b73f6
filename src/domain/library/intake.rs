//! The intake questionnaire: seven questions, what each answer weighs, and the rules that raise the tier.

use super::answers::{Answers, QUESTIONS, WORST};
use super::asset::{LibraryError, Meta, read, shipped, unique};
use super::tier::Tier;
use serde::Deserialize;

const FILE: &str = "intake_questions.toml";

/// One of the seven questions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// One of [`QUESTIONS`].
    pub id: String,
    /// Its number in the library, such as DKT-I-001.
    pub code: String,
    /// What people read.
    pub title: String,
    /// The question itself.
    pub text: String,
    /// Why it is asked.
    pub why: String,
    /// Whether an intake without an answer is incomplete.
    pub required: bool,
    /// The level, 0 to 4, that no answer counts as.
    pub unknown_counts_as: u8,
}

/// One of the five answers to a question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerLevel {
    /// The question.
    pub question: String,
    /// 0 (mildest) to 4 (worst).
    pub level: u8,
    /// What people read.
    pub label: String,
    /// What it weighs, in points.
    pub points: u8,
    /// A system to which it applies.
    pub example: String,
    /// Facts that this answer makes likely; the owner confirms them.
    pub suggests_facts: Vec<String>,
}

/// The range of points that gives a tier.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The tier.
    pub tier: Tier,
    /// Fewest points, inclusive.
    pub min_points: u8,
    /// Most points, inclusive.
    pub max_points: u8,
    /// What the tier asks for, in a sentence.
    pub meaning: String,
}

/// A rule that raises the tier when all its conditions hold; it never lowers it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its number, such as DKT-I-R01.
    pub id: String,
    /// What people read.
    pub title: String,
    /// All of these must hold.
    pub when_all: Vec<Condition>,
    /// The tier is at least this one.
    pub floor: Tier,
    /// Why, in a sentence.
    pub reason: String,
    /// What has to happen before the work goes on.
    pub needs: Option<String>,
}

/// A condition of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawCondition")]
pub enum Condition {
    /// The answer to a question is at least a level (0 to 4).
    AtLeast {
        /// The question.
        question: String,
        /// The level.
        level: u8,
    },
    /// A system fact has a value.
    Fact {
        /// The fact.
        fact: String,
        /// The value.
        value: bool,
    },
    /// At least so many questions have no answer.
    Unknown {
        /// How many.
        count: u8,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    question: Option<String>,
    op: Option<String>,
    level: Option<u8>,
    fact: Option<String>,
    value: Option<bool>,
}

impl TryFrom<RawCondition> for Condition {
    type Error = &'static str;

    fn try_from(raw: RawCondition) -> Result<Self, Self::Error> {
        match (raw.question, raw.op.as_deref(), raw.level, raw.fact, raw.value) {
            (Some(all), Some("unknown_count"), Some(count), None, None) if all == "*" => Ok(Self::Unknown { count }),
            (Some(question), Some(">="), Some(level), None, None) => Ok(Self::AtLeast { question, level }),
            (None, None, None, Some(fact), Some(value)) => Ok(Self::Fact { fact, value }),
            _ => Err(
                "a condition is {question, op = \">=\", level}, {question = \"*\", op = \"unknown_count\", level} or {fact, value}",
            ),
        }
    }
}

/// The questionnaire as a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// Its heading.
    pub meta: Meta,
    question: Vec<Question>,
    level: Vec<AnswerLevel>,
    threshold: Vec<Threshold>,
    rule: Vec<Rule>,
}

impl Intake {
    /// Reads `text`; refuses other questions than the seven, missing levels, gaps between thresholds, unknown words in
    /// rules.
    pub fn parse(text: &str) -> Result<Self, LibraryError> {
        let read: Self = read(FILE, text)?;
        read.check_questions()?;
        read.check_thresholds()?;
        unique(FILE, read.rule.iter().map(|rule| rule.id.as_str()))?;
        for rule in &read.rule {
            rule.when_all.iter().try_for_each(|condition| check_condition(&rule.id, condition))?;
        }
        Ok(read)
    }

    /// Version of the content.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// The seven questions, in the order in which they are asked.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.question
    }

    /// The question `id`.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.question.iter().find(|question| question.id == id)
    }

    /// The five answers to a question, mildest first.
    pub fn levels<'a>(&'a self, question: &'a str) -> impl Iterator<Item = &'a AnswerLevel> {
        self.level.iter().filter(move |level| level.question == question)
    }

    /// The answer of that level (0 to 4) to a question.
    #[must_use]
    pub fn level(&self, question: &str, level: u8) -> Option<&AnswerLevel> {
        self.level.iter().find(|entry| entry.question == question && entry.level == level)
    }

    /// The ranges of points, lowest first.
    #[must_use]
    pub fn thresholds(&self) -> &[Threshold] {
        &self.threshold
    }

    /// The rules that raise the tier.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rule
    }

    /// Highest sum of points there can be.
    #[must_use]
    pub fn max_points(&self) -> u8 {
        self.threshold.last().map_or(0, |threshold| threshold.max_points)
    }

    /// The answer that counts for a question: the worst one where it is unknown.
    pub(super) fn counted(&self, question: &str, answers: &Answers) -> Option<&AnswerLevel> {
        self.level(question, answers.counted(question))
    }

    fn check_questions(&self) -> Result<(), LibraryError> {
        if !self.question.iter().map(|question| question.id.as_str()).eq(QUESTIONS) {
            return Err(LibraryError::new(FILE, "question", format!("must be {}", QUESTIONS.join(", "))));
        }
        if let Some(stray) = self.level.iter().find(|level| self.question(&level.question).is_none()) {
            return Err(LibraryError::new(FILE, &stray.question, "no such question"));
        }
        for question in &self.question {
            let levels: Vec<&AnswerLevel> = self.levels(&question.id).collect();
            if !levels.iter().map(|level| level.level).eq(0..=WORST) {
                return Err(LibraryError::new(FILE, &question.id, "must have the levels 0 to 4 in order"));
            }
            if !levels.is_sorted_by_key(|level| level.points) {
                return Err(LibraryError::new(FILE, &question.id, "the points fall where the level rises"));
            }
            if question.unknown_counts_as != WORST {
                return Err(LibraryError::new(FILE, &question.id, "unknown_counts_as must be the worst level"));
            }
        }
        Ok(())
    }

    fn check_thresholds(&self) -> Result<(), LibraryError> {
        let bad = |reason: String| Err(LibraryError::new(FILE, "threshold", reason));
        if !self.threshold.iter().map(|threshold| threshold.tier).eq(Tier::ALL) {
            return bad("must be the four tiers, lowest first".into());
        }
        let mut next = 0;
        for threshold in &self.threshold {
            if u32::from(threshold.min_points) != next || threshold.max_points < threshold.min_points {
                return bad(format!("{} must begin at {next} points and not end before", threshold.tier.code()));
            }
            next = u32::from(threshold.max_points) + 1;
        }
        let top: u32 =
            QUESTIONS.iter().filter_map(|id| self.level(id, WORST)).map(|level| u32::from(level.points)).sum();
        if next != top + 1 || self.meta.max_points.map(u32::from) != Some(top) {
            return bad(format!("the thresholds and meta.max_points must end at {top} points"));
        }
        Ok(())
    }
}

fn check_condition(rule: &str, condition: &Condition) -> Result<(), LibraryError> {
    let known = match condition {
        Condition::AtLeast { question, level } => QUESTIONS.contains(&question.as_str()) && *level <= WORST,
        // A rule that asks for a "no" would fall away when the answer gets worse, and a rule may only raise.
        Condition::Fact { value, .. } => *value,
        Condition::Unknown { count } => *count >= 1,
    };
    if known { Ok(()) } else { Err(LibraryError::new(FILE, rule, "a condition that cannot be meant: when_all")) }
}

shipped! {
    /// The shipped questionnaire; parsed at the first call.
    intake -> Intake, "intake_questions.toml"
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../assets/frameworks/intake_questions.toml");

    fn key_after(from: &str, to: &str) -> String {
        assert!(TEXT.contains(from), "the file no longer holds {from}");
        Intake::parse(&TEXT.replacen(from, to, 1)).unwrap_err().key
    }

    #[test]
    fn a_bad_edit_is_refused_by_name() {
        assert_eq!(key_after("id = \"autonomy\"", "id = \"freedom\""), "question");
        assert_eq!(key_after("level = 3\n", "level = 5\n"), "data_sensitivity");
        assert_eq!(key_after("points = 1\n", "points = 3\n"), "data_sensitivity");
        assert_eq!(key_after("unknown_counts_as = 4", "unknown_counts_as = 0"), "data_sensitivity");
        assert_eq!(key_after("min_points = 6", "min_points = 7"), "threshold");
        assert_eq!(key_after("max_points = 28", "max_points = 27"), "threshold");
        assert_eq!(key_after("\"safety_relevant\", value = true", "\"safety_relevant\", value = false"), "DKT-I-R07");
        assert_eq!(key_after("DKT-I-R02", "DKT-I-R01"), "DKT-I-R01");
        assert!(key_after("floor = \"high\"", "floor = \"huge\"").contains("floor"));
        assert!(key_after("op = \">=\"", "op = \"<=\"").contains("line"));
    }

    #[test]
    fn every_question_has_five_answers() {
        for id in QUESTIONS {
            assert_eq!(intake().levels(id).count(), 5);
        }
        assert_eq!((intake().rules().len(), intake().max_points()), (19, 28));
    }
}
