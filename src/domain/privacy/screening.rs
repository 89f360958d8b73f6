//! The screening as it stands: which of the nine criteria are met, what the rules make of it, and what the DPO decided.

use super::{CheckAnswer, Consultation, Followed, Outcome, Privacy, Screening, answer_of};
use crate::domain::{
    Dossier,
    fields::{Day, YesNo},
    library::{Level, ScreeningResult, ScreeningRule, dpo_checklist},
    register::{Verdict, ratings},
};

/// The question that asks for the cases of Art. 35(3) and the national list.
pub const NAMED_CASES: &str = "DKT-D-023";

/// What the answers come to.
#[derive(Debug, Clone)]
pub struct Screened {
    /// How many of the nine criteria are met.
    pub met: u8,
    /// How many of the ten questions are not answered.
    pub open: usize,
    /// The rules that hold.
    pub rules: Vec<&'static ScreeningRule>,
    /// What they come to; none while it depends on what is not answered.
    pub result: Option<Screening>,
    /// Whether high risk remains on a threat to personal data: the authority is consulted (Art. 36).
    pub consult: bool,
}

impl Screened {
    /// In a few words: how many criteria are met, and by which rules.
    pub fn because(&self) -> String {
        let rules: Vec<&str> = self.rules.iter().map(|rule| rule.id.as_str()).collect();
        format!("{} of 9 criteria met; {}; checklist {}", self.met, rules.join(", "), dpo_checklist().version())
    }
    /// Whether a decision departs from the result. Where the DPO judges, nothing departs.
    pub fn contradicts(&self, needed: YesNo) -> bool {
        let wanted = match self.result {
            Some(Screening::DpiaRequired) => YesNo::Yes,
            Some(Screening::NotNeeded) => YesNo::No,
            Some(Screening::DpoJudgement) | None => return false,
        };
        needed != wanted
    }
}

/// What the answers come to on a day.
pub fn screened(dossier: &Dossier, today: Day) -> Screened {
    let list = dpo_checklist();
    let given = |id: &str| answer_of(dossier, id).and_then(|row| row.answer);
    let met = list.criteria().filter(|check| given(&check.id) == Some(CheckAnswer::Yes)).count();
    let met = u8::try_from(met).unwrap_or(u8::MAX);
    let unanswered = list.criteria().filter(|check| given(&check.id).is_none()).count();
    let named = given(NAMED_CASES) == Some(CheckAnswer::Yes);
    let open = unanswered + usize::from(given(NAMED_CASES).is_none());
    let residual = high_risk_remains(dossier, today);
    let disagrees = dossier.privacy().is_some_and(|p| matches!(p.followed, Some(Followed::Partly | Followed::Not)));
    let required = list.screen(met, &|point| point == "art_35_3_or_national_list" && named);
    let required = required.iter().any(|rule| rule.result == ScreeningResult::DpiaRequired);
    let rules = list.screen(met, &|point| match point {
        "art_35_3_or_national_list" => named,
        "dpia_required" => required,
        "owner_disagrees" => disagrees,
        "residual_high_risk" => residual,
        _ => false,
    });
    let has = |result: ScreeningResult| rules.iter().any(|rule| rule.result == result);
    // More answers can only add to what requires a DPIA; to need none, all of them are known.
    let result = if has(ScreeningResult::DpiaRequired) {
        Some(Screening::DpiaRequired)
    } else if open > 0 {
        None
    } else if has(ScreeningResult::DpoJudgement) {
        Some(Screening::DpoJudgement)
    } else {
        has(ScreeningResult::NoDpiaNeededRecordReason).then_some(Screening::NotNeeded)
    };
    let consult = has(ScreeningResult::PriorConsultation);
    // While it depends on what is not answered, only what holds whatever the answer is said.
    let certain = |rule: &&ScreeningRule| {
        !matches!(rule.result, ScreeningResult::DpoJudgement | ScreeningResult::NoDpiaNeededRecordReason)
            || result.is_some_and(|result| result != Screening::DpiaRequired)
    };
    Screened { met, open, rules: rules.into_iter().filter(certain).collect(), result, consult }
}

/// Whether a threat to personal data that the DPO did not reject is high or critical after what is verified.
fn high_risk_remains(dossier: &Dossier, today: Day) -> bool {
    dossier
        .live_threats()
        .filter(|threat| threat.counts() && threat.personal.is_some() && threat.dpo_verdict != Some(Verdict::Rejected))
        .any(|threat| ratings(dossier, threat, today).now.is_some_and(|now| now.level >= Level::High))
}

/// Whether the DPO's decision on the DPIA departs from what the screening says now, and not from what it said when the
/// decision was made: then it has to be looked at again.
pub fn outrun(privacy: &Privacy, screened: &Screened) -> bool {
    privacy.dpia_needed.is_some_and(|needed| screened.contradicts(needed)) && privacy.screening != screened.result
}

/// Why the authority may have to be consulted before processing (Art. 36): high risk that remains, or a section that
/// says so.
pub fn consultation_due(dossier: &Dossier, today: Day) -> Option<String> {
    if screened(dossier, today).consult {
        return Some("high risk to people remains after the measures".to_owned());
    }
    let section =
        super::sections(dossier, today).into_iter().find(|s| s.outcome == Some(Outcome::PriorConsultation))?;
    Some(format!("the section \"{}\" asks for it", section.section.title))
}

/// What is missing of the consultation, if anything is.
pub fn consultation_lacks(privacy: &Privacy, due: Option<String>) -> Option<String> {
    match (privacy.consultation, due) {
        (None, Some(due)) => {
            Some(format!("Nobody said whether the authority is consulted beforehand (Art. 36): {due}"))
        }
        (Some(Consultation::Needed), _) => Some("The authority was not asked yet (Art. 36)".to_owned()),
        (Some(Consultation::Asked), _) => Some("The authority has not answered yet (Art. 36)".to_owned()),
        (None, None) | (Some(Consultation::NotNeeded | Consultation::Answered), _) => None,
    }
}
