//! What must hold of the tier for any answers and facts.

use super::{Answers, QUESTIONS, Tier, TierResult, intake, tier, vocabulary};
use proptest::prelude::*;

const NOTHING: &dyn Fn(&str) -> Option<bool> = &|_| None;

fn given(levels: &[(&str, Option<u8>)]) -> Answers {
    let mut answers = Answers::new([Some(0); 7]);
    for (question, level) in levels {
        assert!(answers.set(question, *level), "{question}");
    }
    answers
}

/// The tier where exactly these facts are true.
fn tier_of(levels: &[(&str, Option<u8>)], yes: &[&str]) -> Tier {
    tier(&given(levels), &|id| Some(yes.contains(&id))).tier
}

#[test]
fn each_sample_has_its_tier() {
    let some = Some;
    assert_eq!(tier_of(&[], &[]), Tier::Minimal);
    assert_eq!(tier(&Answers::new([Some(4); 7]), NOTHING).tier, Tier::Critical);
    assert_eq!(tier_of(&[], &["processes_personal_data"]), Tier::Limited);
    assert_eq!(tier_of(&[("reversibility", some(3)), ("autonomy", some(3))], &[]), Tier::High);
    assert_eq!(tier_of(&[("user_impact", some(4)), ("autonomy", some(3))], &[]), Tier::Critical);
    assert_eq!(tier_of(&[("data_sensitivity", None)], &[]), Tier::Limited);
    assert_eq!(tier_of(&[("regulated_context", some(4))], &[]), Tier::High);
    let privileged = [("reversibility", some(4)), ("autonomy", some(3)), ("tool_access", some(4))];
    assert_eq!(tier_of(&privileged, &[]), Tier::Critical);
    assert_eq!(tier_of(&[("tool_access", some(4)), ("autonomy", some(4))], &[]), Tier::Critical);
    assert_eq!(tier_of(&[("external_exposure", some(3))], &["code_execution"]), Tier::Critical);
    let way_out = ["untrusted_content_ingested", "internet_egress"];
    assert_eq!(tier_of(&[("data_sensitivity", some(2))], &way_out), Tier::High);
    assert_eq!(tier_of(&[], &["safety_relevant"]), Tier::High);
    assert_eq!(tier_of(&[("user_impact", some(3))], &[]), Tier::High);
    assert_eq!(tier_of(&[("external_exposure", some(4))], &[]), Tier::Limited);
}

#[test]
fn tiers_are_those_of_the_vocabulary() {
    let terms = vocabulary().terms(super::Vocab::Tier);
    assert!(terms.iter().map(|t| (t.id.as_str(), t.label())).eq(Tier::ALL.map(|t| (t.code(), t.label()))));
    assert!(Tier::ALL.iter().all(|t| Tier::parse(t.code()) == Some(*t)));
    assert_eq!(Tier::parse("enormous"), None);
    assert!(Tier::ALL.is_sorted());
}

#[test]
fn the_explanation_names_the_answers_and_the_rule() {
    let answers = given(&[("user_impact", Some(3)), ("tool_access", Some(1))]);
    let result = tier(&answers, &|_| Some(false));
    assert_eq!((result.tier, result.by_points, result.points), (Tier::High, Tier::Minimal, 4));
    assert_eq!(
        result.explain(),
        [
            "The tier is High: 4 of 28 points alone would give Minimal, and a rule raises it.",
            "The answers that weigh most are Impact on people: \"Influences work, money, education, housing, care or \
             access to services\" (3 points) and Tool access: \"Reads a limited, approved set\" (1 point).",
            "Rule DKT-I-R05 raises it to High at least: Effects on work, money, health or rights justify full review \
             even with a low total.",
        ]
    );
}

#[test]
fn what_nobody_knows_is_said() {
    let result = tier(&given(&[("autonomy", None)]), NOTHING);
    assert_eq!(result.unknown, ["Autonomy"]);
    let said = result.explain();
    assert!(said.contains(&"Nobody could answer \"Autonomy\", so the worst answer counts.".to_owned()), "{said:#?}");
    assert_eq!(said[1], "The only answer with weight is Autonomy: not known (4 points).");
    let open = said.last().unwrap();
    assert!(open.starts_with("Still open, and enough to make it High: \"Decides about people\" (rule"), "{said:#?}");
    assert!(open.contains("\"Safety or essential services\" (rule DKT-I-R07)"), "{said:#?}");
}

#[test]
fn an_answer_implies_a_fact_until_someone_denies_it() {
    let answers = given(&[("data_sensitivity", Some(2))]);
    let implied = tier(&answers, NOTHING);
    assert_eq!((implied.tier, implied.by_points), (Tier::Limited, Tier::Minimal));
    assert_eq!(implied.raised_by[0].assumed, ["Personal data"]);
    assert_eq!(tier(&answers, &|_| Some(false)).tier, Tier::Minimal);
}

#[test]
fn a_worse_answer_implies_no_less() {
    // Reading mail from outside suggests content from strangers; the answer above it, customers, does not say so again.
    for exposure in [Some(2), Some(3), Some(4), None] {
        let answers = given(&[("external_exposure", exposure), ("tool_access", Some(3))]);
        assert_eq!(tier(&answers, NOTHING).tier, Tier::High, "{exposure:?}");
    }
}

#[test]
fn a_need_is_named_even_when_the_rule_changes_nothing() {
    let result = tier(&Answers::new([Some(4); 7]), NOTHING);
    assert!(result.raised_by.is_empty());
    assert_eq!(result.needs, ["legal classification before design"]);
    assert!(
        result.explain().iter().any(|s| s == "Needed before the work goes on: legal classification before design.")
    );
}

/// A level of 0 to 4, one far outside, or none.
fn level() -> impl Strategy<Value = Option<u8>> {
    prop_oneof![8 => (0u8..=4).prop_map(Some), 1 => any::<u8>().prop_map(Some), 1 => Just(None)]
}

fn answers() -> impl Strategy<Value = Answers> {
    prop::array::uniform7(level()).prop_map(Answers::new)
}

/// What is known: true, false or nothing for each fact; often nothing at all, as on the first day.
fn facts() -> impl Strategy<Value = Vec<Option<bool>>> {
    let count = vocabulary().facts().len();
    prop_oneof![prop::collection::vec(any::<Option<bool>>(), count), Just(vec![None; count])]
}

fn run(answers: &Answers, facts: &[Option<bool>]) -> TierResult {
    tier(answers, &|id| vocabulary().facts().iter().position(|fact| fact.id == id).and_then(|at| facts[at]))
}

fn ordered(level: Option<u8>) -> u8 {
    level.unwrap_or(5)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_worse_answer_never_lowers_the_tier(base in answers(), at in 0..7usize, to in level(), facts in facts()) {
        let mut worse = base;
        worse.set(QUESTIONS[at], to);
        prop_assume!(ordered(worse.level(QUESTIONS[at])) >= ordered(base.level(QUESTIONS[at])));
        let (before, after) = (run(&base, &facts), run(&worse, &facts));
        prop_assert!(after.tier >= before.tier && after.points >= before.points && after.by_points >= before.by_points);
    }

    #[test]
    fn an_unknown_answer_counts_as_the_worst(base in answers(), at in 0..7usize, facts in facts()) {
        let (mut unknown, mut worst) = (base, base);
        unknown.set(QUESTIONS[at], None);
        worst.set(QUESTIONS[at], Some(4));
        let (unknown, worst) = (run(&unknown, &facts), run(&worst, &facts));
        prop_assert!(unknown.tier >= worst.tier);
        prop_assert_eq!((unknown.points, unknown.by_points), (worst.points, worst.by_points));
    }

    #[test]
    fn a_rule_only_raises(base in answers(), facts in facts()) {
        let result = run(&base, &facts);
        let highest = result.raised_by.iter().map(|raise| raise.floor).max();
        prop_assert_eq!(result.tier, highest.unwrap_or(result.by_points));
        prop_assert!(result.raised_by.iter().all(|raise| raise.floor > result.by_points));
        prop_assert!(result.pending.iter().all(|rule| rule.floor > result.tier));
    }

    #[test]
    fn a_fact_found_true_never_lowers_the_tier(base in answers(), facts in facts(), at in 0..vocabulary().facts().len()) {
        let mut yes = facts.clone();
        yes[at] = Some(true);
        let (before, after) = (run(&base, &facts), run(&base, &yes));
        prop_assert!(after.tier >= before.tier);
        // What the pending rules promised for this fact comes about.
        let alone = std::slice::from_ref(&vocabulary().facts()[at].id);
        prop_assert!(before.pending.iter().filter(|rule| rule.facts == alone).all(|rule| after.tier >= rule.floor));
    }

    #[test]
    fn the_account_adds_up(base in answers(), facts in facts()) {
        let result = run(&base, &facts);
        prop_assert_eq!(result.drivers.iter().map(|driver| driver.points).sum::<u8>(), result.points);
        prop_assert!(result.drivers.is_sorted_by_key(|driver| std::cmp::Reverse(driver.points)));
        prop_assert!(result.points <= intake().max_points());
        prop_assert_eq!(result.unknown.len(), base.unknown().count());
        let said = result.explain();
        prop_assert!(said.iter().all(|sentence| sentence.ends_with('.')), "{:?}", said);
        prop_assert!(result.raised_by.iter().all(|raise| said.iter().any(|sentence| sentence.contains(&raise.rule))));
    }
}
