//! Which threats of the library a system should look at, and why.

use super::answers::{Answers, QUESTIONS};
use super::intake::intake;
use super::threat::ThreatEntry;

/// Whether a threat applies to what is known about a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit<'a> {
    /// It applies; these facts make it so (none when it applies to every system).
    Applies(Vec<&'a str>),
    /// It depends on these facts, which nobody settled. Not known is not no.
    Open(Vec<&'a str>),
    /// A fact that it needs is false.
    No,
}

/// A fact that an intake answer makes likely; the owner confirms it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Id of the fact.
    pub fact: &'static str,
    /// Why, in a sentence.
    pub because: String,
}

/// Whether a threat applies: all of one list of facts must hold, and one of the other where that is not empty.
#[must_use]
pub fn fit<'a>(threat: &'a ThreatEntry, facts: &dyn Fn(&str) -> Option<bool>) -> Fit<'a> {
    let with = |list: &'a [String], value: Option<bool>| -> Vec<&'a str> {
        list.iter().map(String::as_str).filter(|id| facts(id) == value).collect()
    };
    let (all, any) = (&threat.applies_when, &threat.applies_when_any);
    let (mut open, mut held) = (with(all, None), with(all, Some(true)));
    let one = with(any, Some(true));
    if !any.is_empty() && one.is_empty() {
        let unsettled = with(any, None);
        if unsettled.is_empty() {
            return Fit::No;
        }
        open.extend(unsettled);
    }
    held.extend(one);
    if !with(all, Some(false)).is_empty() {
        Fit::No
    } else if open.is_empty() {
        Fit::Applies(held)
    } else {
        Fit::Open(open)
    }
}

/// The facts that the answers make likely, each once, in the order of the questions. An unknown answer suggests
/// nothing here: the owner is asked, not told.
#[must_use]
pub fn suggested_facts(answers: &Answers) -> Vec<Suggestion> {
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for id in QUESTIONS {
        let Some(given) = answers.level(id).and_then(|level| intake().level(id, level)) else { continue };
        let title = intake().question(id).map_or(id, |question| question.title.as_str());
        for fact in &given.suggests_facts {
            if suggestions.iter().all(|known| known.fact != fact.as_str()) {
                let because = format!("{title} was answered with \"{}\".", given.label);
                suggestions.push(Suggestion { fact, because });
            }
        }
    }
    suggestions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::library::{threats, vocabulary};
    use proptest::prelude::*;

    fn known(yes: &'static [&'static str]) -> impl Fn(&str) -> Option<bool> {
        move |id| Some(yes.contains(&id))
    }

    fn threat(id: &str) -> &'static ThreatEntry {
        threats().get(id).unwrap()
    }

    #[test]
    fn all_facts_and_one_of_the_others_must_hold() {
        let first = threat("DKT-T-001");
        assert_eq!(
            fit(first, &known(&["generative_model", "uses_rag"])),
            Fit::Applies(vec!["generative_model", "uses_rag"])
        );
        assert_eq!(fit(first, &known(&["generative_model"])), Fit::No);
        assert_eq!(fit(first, &known(&["uses_rag"])), Fit::No);
    }

    #[test]
    fn not_known_is_not_no() {
        let first = threat("DKT-T-001");
        let facts = |id: &str| if id == "generative_model" { Some(true) } else { None };
        let Fit::Open(open) = fit(first, &facts) else { panic!("nobody settled the rest") };
        assert_eq!(open.len(), 5);
        assert_eq!(fit(first, &|id| if id == "generative_model" { Some(false) } else { None }), Fit::No);
        assert!(threats().all().iter().all(|threat| fit(threat, &|_| None) != Fit::No));
    }

    #[test]
    fn answers_suggest_facts_once_and_say_why() {
        let mut answers = Answers::default();
        assert!(suggested_facts(&answers).is_empty());
        answers.set("autonomy", Some(3));
        answers.set("tool_access", Some(4));
        let suggestions = suggested_facts(&answers);
        assert_eq!(suggestions.iter().map(|s| s.fact).collect::<Vec<_>>(), ["autonomous_actions", "uses_tools"]);
        assert!(suggestions[1].because.starts_with("Autonomy was answered with \"Acts alone"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn settling_an_open_fact_only_adds_or_removes_what_was_open(bits: u64, mask: u64) {
            let at = |id: &str| vocabulary().facts().iter().position(|fact| fact.id == id).unwrap();
            let full = |id: &str| Some(bits >> at(id) & 1 == 1);
            let part = |id: &str| if mask >> at(id) & 1 == 1 { full(id) } else { None };
            for threat in threats().all() {
                match fit(threat, &part) {
                    Fit::Applies(_) => prop_assert!(matches!(fit(threat, &full), Fit::Applies(_))),
                    Fit::No => prop_assert_eq!(fit(threat, &full), Fit::No),
                    Fit::Open(open) => prop_assert!(open.iter().all(|id| part(id).is_none())),
                }
            }
        }
    }
}
