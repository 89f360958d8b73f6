//! Whether a data protection impact assessment is due (GDPR Art. 35 and 36): the rules over the nine criteria of WP248.

use serde::Deserialize;

/// What a screening rule leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreeningResult {
    /// A DPIA is required (Art. 35).
    DpiaRequired,
    /// The DPO records a view and the reason.
    DpoJudgement,
    /// No DPIA; the reason is recorded.
    NoDpiaNeededRecordReason,
    /// The owner departs from the advice; the sign-off authority sees both views.
    RecordReasonAndEscalate,
    /// The authority is consulted (Art. 36).
    PriorConsultation,
}

/// A condition of a screening rule; all conditions of a rule must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScreeningTerm {
    /// At least so many of the nine criteria are met.
    AtLeast(u8),
    /// Exactly so many of the nine criteria are met.
    Exactly(u8),
    /// A named point is true, such as `art_35_3_or_national_list`.
    True(String),
}

/// A rule that turns the screening into a result.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreeningRule {
    /// Its number, such as DKT-D-S1.
    pub id: String,
    /// When it holds.
    #[serde(deserialize_with = "terms")]
    pub condition: Vec<ScreeningTerm>,
    /// What it leads to.
    pub result: ScreeningResult,
    /// Why, in a sentence.
    pub reason: String,
}

impl ScreeningRule {
    /// Whether it holds for a number of criteria met (0 to 9) and the points known to be true.
    #[must_use]
    pub fn holds(&self, criteria_met: u8, is_true: &dyn Fn(&str) -> bool) -> bool {
        self.condition.iter().all(|term| match term {
            ScreeningTerm::AtLeast(count) => criteria_met >= *count,
            ScreeningTerm::Exactly(count) => criteria_met == *count,
            ScreeningTerm::True(point) => is_true(point),
        })
    }
}

fn terms<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<ScreeningTerm>, D::Error> {
    let text = String::deserialize(from)?;
    let read: Option<Vec<ScreeningTerm>> = text.split(" and ").map(term).collect();
    read.ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not made of `criteria_met >= n` and `x == true`")))
}

fn term(text: &str) -> Option<ScreeningTerm> {
    match *text.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["criteria_met", ">=", count] => count.parse().ok().map(ScreeningTerm::AtLeast),
        ["criteria_met", "==", count] => count.parse().ok().map(ScreeningTerm::Exactly),
        [point, "==", "true"] => Some(ScreeningTerm::True(point.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::library::dpo_checklist;

    fn results(criteria_met: u8, points: &[&str]) -> Vec<ScreeningResult> {
        let rules = dpo_checklist().screen(criteria_met, &|point| points.contains(&point));
        rules.into_iter().map(|rule| rule.result).collect()
    }

    #[test]
    fn two_criteria_or_a_named_case_require_a_dpia() {
        assert_eq!(results(2, &[]), [ScreeningResult::DpiaRequired]);
        assert_eq!(results(9, &[]), [ScreeningResult::DpiaRequired]);
        assert_eq!(results(1, &[]), [ScreeningResult::DpoJudgement]);
        assert_eq!(results(0, &[]), [ScreeningResult::NoDpiaNeededRecordReason]);
        assert!(results(0, &["art_35_3_or_national_list"]).contains(&ScreeningResult::DpiaRequired));
    }

    #[test]
    fn a_rule_holds_only_when_all_its_conditions_do() {
        let escalates = |points: &[&str]| results(2, points).contains(&ScreeningResult::RecordReasonAndEscalate);
        assert!(escalates(&["dpia_required", "owner_disagrees"]));
        assert!(!escalates(&["dpia_required"]) && !escalates(&["owner_disagrees"]));
    }
}
