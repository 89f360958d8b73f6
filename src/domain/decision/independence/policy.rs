//! The independence policy: what is said of a person who holds two roles, for each pair of roles and each tier. It is
//! kept in versions; version 0 is built in.

use super::Judgement;
use crate::domain::{
    Dossier, Line, Prose,
    fields::{Marks, Moment, Vocabulary, Who, entities},
    people::{RULE, Role},
    system::Tier,
};

entities! {
    /// One version of the independence policy of the record; the newest is in force.
    Policy {
        /// 1, 2, …; 0 is what docket has built in.
        number: Option<i64> = "Version", none, RULE, needed;
        /// Why it was changed.
        reason: Prose = "Why", none, RULE, needed;
        /// Every cell that says something else than what is built in.
        rules: Marks = "Other than built in", none, RULE, optional;
        /// Who changed it.
        person: Option<Who> = "Changed by", none, RULE, needed;
        /// Their name and title then.
        name: Line = "Name and title", none, RULE, needed;
        /// When.
        at: Option<Moment> = "Changed at", none, RULE, needed;
    }
}

/// Every pair of review roles, in the order of the track.
pub const PAIRS: [(Role, Role); 10] = [
    (Role::Owner, Role::Security),
    (Role::Owner, Role::Governance),
    (Role::Owner, Role::Dpo),
    (Role::Owner, Role::Signoff),
    (Role::Security, Role::Governance),
    (Role::Security, Role::Dpo),
    (Role::Security, Role::Signoff),
    (Role::Governance, Role::Dpo),
    (Role::Governance, Role::Signoff),
    (Role::Dpo, Role::Signoff),
];

/// How the mark of the quorum begins.
const QUORUM: &str = "quorum=";
/// What a quorum can be by policy; for more there are meetings of their own.
pub const QUORUMS: std::ops::RangeInclusive<u8> = 1..=20;

/// The rule that is built in: the DPO combined with a role that owns, works on or decides is a conflict of interest
/// (GDPR Art. 38(6)), noted on the low tiers and blocked on high and critical; every other pair is noted.
fn built_in(tier: Tier, (one, other): (Role, Role)) -> Judgement {
    let with_dpo = one == Role::Dpo || other == Role::Dpo;
    let low = matches!(tier, Tier::Minimal | Tier::Limited);
    if with_dpo && !low { Judgement::Block } else { Judgement::Note }
}

/// What the policy says, cell by cell: a row for each of [`PAIRS`], a column for each tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Which version it is; 0 is built in.
    pub version: i64,
    /// How many have to be there for a meeting of the board to decide; without it more than half of those invited.
    pub quorum: Option<u8>,
    cells: [[Judgement; 4]; PAIRS.len()],
}

impl Default for Rules {
    fn default() -> Self {
        let row = |at: usize| std::array::from_fn(|tier| built_in(Tier::ALL[tier], PAIRS[at]));
        Self { version: 0, quorum: None, cells: std::array::from_fn(row) }
    }
}

impl Rules {
    /// What a version says: the built-in rules, and on top of them its own cells. A mark that cannot be read says
    /// nothing, so that the built-in rule stands.
    pub fn of(policy: &Policy) -> Self {
        let mut rules = Self { version: policy.number.unwrap_or(0), ..Self::default() };
        for mark in &policy.rules.0 {
            // What cannot be read says nothing.
            let _ = rules.read(mark);
        }
        rules
    }

    /// What was asked for, if every mark can be read.
    pub fn from_marks(marks: &[String]) -> Option<Self> {
        let mut rules = Self::default();
        marks.iter().try_for_each(|mark| rules.read(mark))?;
        Some(rules)
    }

    /// Takes in one mark, if it can be read.
    fn read(&mut self, mark: &str) -> Option<()> {
        if let Some(count) = mark.strip_prefix(QUORUM) {
            self.quorum = Some(count.parse().ok().filter(|count| QUORUMS.contains(count))?);
        } else {
            let (pair, tier, judgement) = cell_of(mark)?;
            self.cells[pair][tier] = judgement;
        }
        Some(())
    }

    /// Every cell that differs from what is built in: `high:governance+dpo=countersign`.
    pub fn marks(&self) -> Vec<String> {
        let built_in = Self::default();
        let cells = self.differs(&built_in).map(|(pair, tier)| mark_of(pair, tier, self.cells[pair][tier]));
        cells.chain(self.quorum.map(|count| format!("{QUORUM}{count}"))).collect()
    }

    /// What changes from `before` to this one, in words, a line for each cell.
    pub fn changes(&self, before: &Self) -> Vec<String> {
        let line = |(pair, tier): (usize, usize)| {
            let (one, other) = PAIRS[pair];
            let (was, is) = (before.cells[pair][tier], self.cells[pair][tier]);
            let tier = Tier::ALL[tier].label();
            format!("{} and {}, {tier} tier: {} → {}", one.label(), other.label(), was.label(), is.label())
        };
        let quorum = (self.quorum != before.quorum)
            .then(|| format!("quorum of a meeting: {} → {}", before.quorum_words(), self.quorum_words()));
        self.differs(before).map(line).chain(quorum).collect()
    }

    fn differs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (usize, usize)> + 'a {
        let all = (0..PAIRS.len()).flat_map(|pair| (0..Tier::ALL.len()).map(move |tier| (pair, tier)));
        all.filter(|(pair, tier)| self.cells[*pair][*tier] != other.cells[*pair][*tier])
    }

    /// How many have to be there, in words.
    pub fn quorum_words(&self) -> String {
        self.quorum.map_or_else(|| "more than half of those invited".to_owned(), |count| count.to_string())
    }

    /// One cell: a row of [`PAIRS`] and a tier.
    pub fn cell(&self, pair: usize, tier: usize) -> Judgement {
        self.cells[pair][tier]
    }

    /// Says something else in one cell.
    pub fn set(&mut self, pair: usize, tier: usize, judgement: Judgement) {
        self.cells[pair][tier] = judgement;
    }

    /// What is said of a person who holds both roles on a system of this tier. An unknown tier counts as the worst, and
    /// one role, or a role beside the review, is nobody's conflict.
    pub fn judge(&self, tier: Option<Tier>, one: Role, other: Role) -> Judgement {
        let tier = tier.unwrap_or(Tier::Critical) as usize;
        let pair = PAIRS.iter().position(|pair| *pair == (one, other) || *pair == (other, one));
        pair.map_or(Judgement::Allow, |pair| self.cells[pair][tier])
    }
}

fn mark_of(pair: usize, tier: usize, judgement: Judgement) -> String {
    let (one, other) = PAIRS[pair];
    format!("{}:{}+{}={}", Tier::ALL[tier].code(), one.code(), other.code(), judgement.code())
}

fn cell_of(mark: &str) -> Option<(usize, usize, Judgement)> {
    let (tier, rest) = mark.split_once(':')?;
    let (roles, judgement) = rest.split_once('=')?;
    let (one, other) = roles.split_once('+')?;
    let pair = (Role::parse(one)?, Role::parse(other)?);
    let at = PAIRS.iter().position(|known| *known == pair)?;
    Some((at, Tier::parse(tier)? as usize, Judgement::parse(judgement)?))
}

/// The newest version of the policy.
pub fn newest_policy(dossier: &Dossier) -> Option<&Policy> {
    dossier.policies.iter().filter(|policy| !policy.archived).max_by_key(|policy| policy.number)
}

/// What is in force now, for whoever decides now.
pub fn rules_in_force(dossier: &Dossier) -> Rules {
    newest_policy(dossier).map_or_else(Rules::default, Rules::of)
}

/// The rules of a version, which stays as it is whatever comes after it; of a version that nobody knows the built-in ones.
pub fn rules_of_version(dossier: &Dossier, version: i64) -> Rules {
    let found = dossier.policies.iter().find(|policy| policy.number == Some(version));
    found.map_or_else(Rules::default, Rules::of)
}

/// What the current review is judged by: a review that was decided keeps the version of its decision, any other follows
/// what is in force. One that was only put on hold is not decided.
pub fn rules_of_review(dossier: &Dossier) -> Rules {
    use crate::domain::decision::Decision;
    let Some(decided) = dossier.decided().filter(|d| d.decision != Some(Decision::Hold)) else {
        return rules_in_force(dossier);
    };
    // What was decided before there were versions was judged by what is built in.
    rules_of_version(dossier, decided.policy.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Id, decision::Disposition};

    #[test]
    fn the_dpo_beside_any_other_review_role_is_noted_on_low_tiers_and_blocked_on_the_others() {
        let rules = Rules::default();
        for one in Role::REVIEW {
            for other in Role::REVIEW {
                for tier in Tier::ALL.iter().copied().map(Some).chain([None]) {
                    let low = matches!(tier, Some(Tier::Minimal | Tier::Limited));
                    let wanted = match (one == other, one == Role::Dpo || other == Role::Dpo) {
                        (true, _) => Judgement::Allow,
                        (false, true) if !low => Judgement::Block,
                        (false, _) => Judgement::Note,
                    };
                    assert_eq!(rules.judge(tier, one, other), wanted, "{one:?} {other:?} {tier:?}");
                }
            }
        }
        assert_eq!(rules.judge(None, Role::Dpo, Role::Auditor), Judgement::Allow);
    }

    #[test]
    fn a_version_survives_as_marks_and_says_what_it_changes() {
        let mut rules = Rules::default();
        rules.set(9, Tier::High as usize, Judgement::Countersign);
        rules.set(0, Tier::Minimal as usize, Judgement::Allow);
        let marks = rules.marks();
        assert_eq!(marks, ["minimal:owner+security=allow", "high:dpo+sign_off=countersign"]);
        let policy = Policy { number: Some(3), rules: Marks(marks.clone()), ..Policy::empty(Id([1; 16])) };
        assert_eq!(Rules::of(&policy), Rules { version: 3, ..rules.clone() });
        assert_eq!(Rules::from_marks(&marks), Some(rules.clone()));
        let changes = rules.changes(&Rules::default());
        assert!(changes[1].ends_with("blocked unless overridden → needs a countersignature"), "{changes:?}");
        rules.quorum = Some(3);
        assert_eq!(rules.marks().last().map(String::as_str), Some("quorum=3"));
        assert_eq!(Rules::from_marks(&rules.marks()), Some(rules.clone()));
        assert_eq!(
            rules.changes(&Rules::default()).last().map(String::as_str),
            Some("quorum of a meeting: more than half of those invited → 3")
        );
        for bad in [
            "quorum=0",
            "quorum=21",
            "quorum=many",
            "high:dpo+owner=block",
            "soon:owner+dpo=block",
            "high:owner+dpo=shrug",
            "nonsense",
        ] {
            assert_eq!(Rules::from_marks(&[bad.to_owned()]), None, "{bad}");
        }
    }

    fn policy_of(n: u8) -> Policy {
        let mark = if n == 1 { "high:owner+dpo=allow" } else { "high:owner+dpo=countersign" };
        Policy { number: Some(n.into()), rules: Marks(vec![mark.to_owned()]), ..Policy::empty(Id([n; 16])) }
    }

    #[test]
    fn a_decided_review_keeps_the_version_of_its_decision() {
        use crate::domain::decision::{Decision, Review};
        let policy = |n: u8, marks: &[&str]| Policy {
            number: Some(n.into()),
            rules: Marks(marks.iter().map(|mark| (*mark).to_owned()).collect()),
            ..Policy::empty(Id([n; 16]))
        };
        let review = Id([9; 16]);
        let decided = |decision, policy| Dossier {
            policies: [policy_of(1), policy_of(2)].into(),
            reviews: [Review::empty(review)].into(),
            dispositions: [crate::domain::decision::Disposition {
                review: Some(review),
                decision: Some(decision),
                policy,
                ..Disposition::empty(Id([8; 16]))
            }]
            .into(),
            ..Dossier::default()
        };
        let judged = |d: &Dossier| rules_of_review(d).judge(Some(Tier::High), Role::Owner, Role::Dpo);
        assert_eq!(judged(&decided(Decision::Proceed, Some(1))), Judgement::Allow);
        assert_eq!(judged(&decided(Decision::Proceed, None)), Judgement::Block, "before there were versions");
        assert_eq!(judged(&decided(Decision::Hold, Some(1))), Judgement::Countersign, "a hold decides nothing");
        let open = Dossier { policies: [policy(1, &[])].into(), ..Dossier::default() };
        assert_eq!((rules_of_review(&open).version, judged(&open)), (1, Judgement::Block));
    }
}
