//! The tier: the sum of seven answers, raised where a rule says so, with the reasons kept.

use super::answers::{Answers, QUESTIONS};
use super::intake::{Condition, Intake, Rule, intake};
use serde::Deserialize;

/// How much review a system needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Registered; looked at again on change.
    Minimal,
    /// A short review.
    Limited,
    /// A full review by all roles.
    High,
    /// A full review, tested by others and signed at the top.
    Critical,
}

impl Tier {
    /// Every tier, from minimal to critical.
    pub const ALL: [Self; 4] = [Self::Minimal, Self::Limited, Self::High, Self::Critical];

    /// What the record stores.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Limited => "limited",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Minimal => "Minimal",
            Self::Limited => "Limited",
            Self::High => "High",
            Self::Critical => "Critical",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.code() == code)
    }
}

/// A rule that raised the tier above what the points gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    /// Number of the rule, such as DKT-I-R05.
    pub rule: String,
    /// Why, in a sentence.
    pub reason: String,
    /// The tier is at least this one.
    pub floor: Tier,
    /// Titles of the facts that nobody confirmed and the answers imply.
    pub assumed: Vec<String>,
}

/// An answer that added points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driver {
    /// Title of the question.
    pub question: String,
    /// What was answered; the worst answer where it is unknown.
    pub label: String,
    /// Whether it was answered at all.
    pub known: bool,
    /// What it weighs, 1 or more.
    pub points: u8,
}

/// A rule that would raise the tier if facts that nobody knows yet turned out to be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Number of the rule.
    pub rule: String,
    /// Ids of the open facts; all of them would have to be true.
    pub facts: Vec<String>,
    /// The tier would be at least this one.
    pub floor: Tier,
}

/// A tier and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierResult {
    /// The tier that counts.
    pub tier: Tier,
    /// Sum of the answers, 0 to `max_points`.
    pub points: u8,
    /// Highest sum there can be.
    pub max_points: u8,
    /// What the points alone give.
    pub by_points: Tier,
    /// Rules that ask for more than the points give, highest floor first.
    pub raised_by: Vec<Raise>,
    /// Answers that added points, heaviest first.
    pub drivers: Vec<Driver>,
    /// Titles of the questions nobody could answer; each counts as the worst.
    pub unknown: Vec<String>,
    /// Rules that open facts could still set off, highest floor first.
    pub pending: Vec<Pending>,
    /// What rules that hold ask for before the work goes on.
    pub needs: Vec<String>,
}

/// Works out the tier from the answers and from what is known about the system (true, false, or none when nobody
/// said). A fact that nobody settled is taken from the answers where they imply it; where they do not, the rules that
/// wait for it are in [`TierResult::pending`].
#[must_use]
pub fn tier(answers: &Answers, facts: &dyn Fn(&str) -> Option<bool>) -> TierResult {
    Given { intake: intake(), answers, facts }.result()
}

/// What a tier is worked out from.
pub(super) struct Given<'a> {
    pub(super) intake: &'a Intake,
    pub(super) answers: &'a Answers,
    pub(super) facts: &'a dyn Fn(&str) -> Option<bool>,
}

/// How far a rule is from holding.
struct Standing<'a> {
    rule: &'a Rule,
    /// Facts taken from the answers.
    assumed: Vec<&'a str>,
    /// Facts that are open; the rule holds when there are none.
    open: Vec<&'a str>,
}

impl<'a> Given<'a> {
    fn result(&self) -> TierResult {
        let drivers = self.drivers();
        let points = drivers.iter().fold(0u8, |sum, driver| sum.saturating_add(driver.points));
        let by_points = self.by_points(points);
        let (hold, wait): (Vec<_>, Vec<_>) =
            self.intake.rules().iter().filter_map(|rule| self.standing(rule)).partition(|s| s.open.is_empty());
        let tier = hold.iter().map(|standing| standing.rule.floor).fold(by_points, Tier::max);
        TierResult {
            tier,
            points,
            max_points: self.intake.max_points(),
            by_points,
            raised_by: raises(&hold, by_points),
            drivers,
            unknown: self.unknown(),
            pending: pending(&wait, tier),
            needs: needs(&hold),
        }
    }

    fn drivers(&self) -> Vec<Driver> {
        let mut drivers: Vec<Driver> = self
            .intake
            .questions()
            .iter()
            .filter_map(|question| {
                let level = self.intake.counted(&question.id, self.answers)?;
                let known = self.answers.level(&question.id).is_some();
                Some(Driver {
                    question: question.title.clone(),
                    label: level.label.clone(),
                    known,
                    points: level.points,
                })
            })
            .filter(|driver| driver.points > 0)
            .collect();
        drivers.sort_by_key(|driver| std::cmp::Reverse(driver.points));
        drivers
    }

    /// More points than any threshold names cannot be harmless.
    fn by_points(&self, points: u8) -> Tier {
        let found = self.intake.thresholds().iter().find(|threshold| points <= threshold.max_points);
        found.map_or(Tier::Critical, |threshold| threshold.tier)
    }

    fn unknown(&self) -> Vec<String> {
        self.answers.unknown().filter_map(|id| self.intake.question(id)).map(|q| q.title.clone()).collect()
    }

    /// Where a rule stands; none when a condition fails for good.
    fn standing(&self, rule: &'a Rule) -> Option<Standing<'a>> {
        let mut standing = Standing { rule, assumed: Vec::new(), open: Vec::new() };
        for condition in &rule.when_all {
            match condition {
                Condition::AtLeast { question, level } if self.answers.counted(question) < *level => return None,
                Condition::Unknown { count } if self.answers.unknown().count() < usize::from(*count) => return None,
                Condition::AtLeast { .. } | Condition::Unknown { .. } => {}
                Condition::Fact { fact, value } => match (self.facts)(fact) {
                    Some(known) if known != *value => return None,
                    Some(_) => {}
                    None if *value && self.implied(fact) => standing.assumed.push(fact),
                    None => standing.open.push(fact),
                },
            }
        }
        Some(standing)
    }

    /// Whether the answer given, or a milder one to the same question, suggests a fact. The milder ones count because a
    /// worse answer must never imply less: who talks to customers also reads what strangers write.
    fn implied(&self, fact: &str) -> bool {
        QUESTIONS.iter().any(|question| {
            let counted = self.answers.counted(question);
            let mut up_to = self.intake.levels(question).filter(|level| level.level <= counted);
            up_to.any(|level| level.suggests_facts.iter().any(|id| id == fact))
        })
    }
}

fn raises(hold: &[Standing], by_points: Tier) -> Vec<Raise> {
    let words = super::vocabulary::vocabulary();
    let mut raises: Vec<Raise> = hold
        .iter()
        .filter(|standing| standing.rule.floor > by_points)
        .map(|standing| Raise {
            rule: standing.rule.id.clone(),
            reason: standing.rule.reason.clone(),
            floor: standing.rule.floor,
            assumed: standing.assumed.iter().map(|id| words.fact_title(id).to_owned()).collect(),
        })
        .collect();
    raises.sort_by_key(|raise| std::cmp::Reverse(raise.floor));
    raises
}

fn pending(wait: &[Standing], tier: Tier) -> Vec<Pending> {
    let mut pending: Vec<Pending> = wait
        .iter()
        .filter(|standing| standing.rule.floor > tier)
        .map(|standing| Pending {
            rule: standing.rule.id.clone(),
            facts: standing.open.iter().map(|id| (*id).to_owned()).collect(),
            floor: standing.rule.floor,
        })
        .collect();
    pending.sort_by_key(|rule| std::cmp::Reverse(rule.floor));
    pending
}

fn needs(hold: &[Standing]) -> Vec<String> {
    let mut needs: Vec<String> = Vec::new();
    for need in hold.iter().filter_map(|standing| standing.rule.needs.as_ref()) {
        if !needs.contains(need) {
            needs.push(need.clone());
        }
    }
    needs
}
