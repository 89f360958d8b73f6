//! The DPO's review section by section: what is answered, what is said, what it comes to, and what is still missing.

use super::{Assessed, Check, CheckAnswer, Outcome, Privacy, Screening, screened};
use crate::domain::{
    Dossier, Kind,
    decision::counted,
    fields::{Day, Entity, Field, Vocabulary},
    library::{AnswerKind, DpoCheck, DpoSection, dpo_checklist},
    value::Value,
};

/// The section that is about the impact assessment.
pub const SCREENING: &str = "dpia_screening";
/// The section that is about the threats to personal data.
pub const THREATS: &str = "threat_validation";

/// The sections whose words stand in a field of the assessment; they did so before there were questions.
const TEXTS: [(&str, &str); 7] = [
    ("lawful_basis", "lawful_basis"),
    ("purpose_limitation", "purpose_limitation"),
    ("data_minimisation", "minimisation"),
    ("retention", "retention"),
    ("rights", "rights"),
    ("provenance", "training"),
    ("transfers", "transfers"),
];
/// What is decided on the impact assessment.
const DPIA: [&str; 3] = ["dpia_needed", "dpia_reason", "dpia"];

/// The field of the assessment that holds the words of a section.
pub fn field_of(section: &str) -> Option<&'static Field> {
    let (_, field) = TEXTS.iter().find(|(id, _)| *id == section)?;
    Kind::Privacy.field(field)
}

/// One question, and how it is answered.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The question.
    pub check: &'static DpoCheck,
    /// What was answered, unless it is worked out.
    pub row: Option<&'a Check>,
    /// The answer: given, or worked out.
    pub answer: Option<CheckAnswer>,
    /// The system facts that make a "yes" likely.
    pub suggested: Vec<&'static str>,
}

impl Asked<'_> {
    /// Whether the answer asks for something: a bad one, or one that nobody is sure of.
    pub fn is_finding(&self) -> bool {
        is_finding(self.check, self.answer)
    }
    /// What was said with the answer.
    pub fn note(&self) -> &str {
        self.row.map_or("", |row| row.note.as_str())
    }
}

/// What is missing in a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The question that it is about; none where it is another field.
    pub check: Option<&'static str>,
    /// The field of the assessment that it is about.
    pub field: Option<&'static str>,
    /// What, in a few words.
    pub what: String,
}

/// One section as it stands.
#[derive(Debug, Clone)]
pub struct SectionNow<'a> {
    /// Which one.
    pub section: &'static DpoSection,
    /// Its questions.
    pub asked: Vec<Asked<'a>>,
    /// The assessment in words.
    pub text: &'a str,
    /// What the DPO advises on it, where that was said.
    pub said: Option<Outcome>,
    /// What the answers come to.
    pub suggested: Option<Outcome>,
    /// What the section comes to: what was said, else what the answers come to.
    pub outcome: Option<Outcome>,
    /// What is missing, in the order of the pane.
    pub lacks: Vec<Lack>,
}

impl SectionNow<'_> {
    /// How many questions are answered.
    pub fn answered(&self) -> usize {
        self.asked.iter().filter(|asked| asked.answer.is_some()).count()
    }
    /// Whether something was said of it, and nothing is missing.
    pub fn is_done(&self) -> bool {
        let given = self.asked.iter().any(|asked| asked.row.is_some_and(|row| row.answer.is_some()));
        self.lacks.is_empty() && (given || !self.text.is_empty() || self.said.is_some() || self.section.id == SCREENING)
    }
}

/// The answer to a question that was given, if one was.
pub fn answer_of<'a>(dossier: &'a Dossier, check: &str) -> Option<&'a Check> {
    dossier.checks.iter().rev().find(|row| !row.archived && row.check.as_str() == check)
}

/// What the DPO made of a section, if anything.
pub fn assessed<'a>(dossier: &'a Dossier, section: &str) -> Option<&'a Assessed> {
    dossier.assessed.iter().rev().find(|row| !row.archived && row.section.as_str() == section)
}

/// Whether the DPO began to go through the questions. What was assessed in words alone counts as it did before there
/// were any; whoever begins goes through all of them.
pub fn is_begun(dossier: &Dossier) -> bool {
    dossier.checks.iter().any(|row| !row.archived && row.answer.is_some())
}

/// Whether the DPO's questions have to be answered: the review asks for them from its start wherever personal data is in
/// scope, and so does one in which somebody began. A review from before that keeps what was said in words alone.
pub fn is_asked(dossier: &Dossier) -> bool {
    let from_the_start = || dossier.review().is_some_and(|review| !review.checklist.is_empty());
    is_begun(dossier) || (dossier.personal_data() && from_the_start())
}

/// Whether an answer to a question asks for something.
pub fn is_finding(check: &DpoCheck, answer: Option<CheckAnswer>) -> bool {
    match (check.answer, answer) {
        (AnswerKind::Criterion, _) | (_, None | Some(CheckAnswer::NotApplicable)) => false,
        (_, Some(CheckAnswer::Unclear)) => true,
        (_, Some(CheckAnswer::Yes)) => check.inverse,
        (_, Some(CheckAnswer::No)) => !check.inverse,
    }
}

/// Every section, in the order of the checklist.
pub fn sections(dossier: &Dossier, today: Day) -> Vec<SectionNow<'_>> {
    dpo_checklist().sections().iter().map(|section| section_now(dossier, section, today)).collect()
}

/// One section by its id.
pub fn section<'a>(dossier: &'a Dossier, id: &str, today: Day) -> Option<SectionNow<'a>> {
    let section = dpo_checklist().sections().iter().find(|section| section.id == id)?;
    Some(section_now(dossier, section, today))
}

fn section_now<'a>(dossier: &'a Dossier, section: &'static DpoSection, today: Day) -> SectionNow<'a> {
    let asked: Vec<Asked<'a>> = dpo_checklist().of_section(&section.id).map(|check| asked(dossier, check)).collect();
    let row = assessed(dossier, &section.id);
    let own = row.map_or("", |row| row.text.as_str());
    let text = field_of(&section.id).and_then(|field| words(dossier.privacy()?, field.id)).unwrap_or(own);
    let said = row.and_then(|row| row.outcome);
    let mut now = SectionNow { section, asked, text, said, suggested: None, outcome: None, lacks: Vec::new() };
    now.suggested = suggestion(dossier, &now, today);
    now.outcome = said.or(now.suggested);
    now.lacks = lacks(dossier, &now);
    now
}

/// The words in a field of the assessment.
fn words<'a>(privacy: &'a Privacy, field: &str) -> Option<&'a str> {
    let text = match field {
        "lawful_basis" => &privacy.lawful_basis,
        "purpose_limitation" => &privacy.purpose_limitation,
        "minimisation" => &privacy.minimisation,
        "retention" => &privacy.retention,
        "rights" => &privacy.rights,
        "training" => &privacy.training,
        "transfers" => &privacy.transfers,
        _ => return None,
    };
    Some(text.as_str())
}

fn asked<'a>(dossier: &'a Dossier, check: &'static DpoCheck) -> Asked<'a> {
    let row = answer_of(dossier, &check.id);
    let given = row.and_then(|row| row.answer);
    let answer = if check.answer == AnswerKind::ThreatValidation { validated(dossier) } else { given };
    let holds = |fact: &&String| crate::domain::catalog::fact(dossier, fact).is_some_and(|f| f.holds == Some(true));
    let suggested = check.suggested_by_facts.iter().filter(holds).map(String::as_str).collect();
    Asked { check, row, answer, suggested }
}

/// Whether every threat to personal data has the DPO's verdict; where there is none, the question does not apply.
fn validated(dossier: &Dossier) -> Option<CheckAnswer> {
    let mut touching = dossier.live_threats().filter(|threat| threat.counts() && threat.personal.is_some()).peekable();
    if touching.peek().is_none() {
        return Some(CheckAnswer::NotApplicable);
    }
    touching.all(|threat| threat.dpo_verdict.is_some()).then_some(CheckAnswer::Yes)
}

/// What the answers come to, once all are given: the gravest of what a bad answer leads to.
fn suggestion(dossier: &Dossier, now: &SectionNow<'_>, today: Day) -> Option<Outcome> {
    if now.asked.iter().any(|asked| asked.answer.is_none()) {
        return None;
    }
    if now.section.id == SCREENING {
        let settled = dossier.privacy().is_some_and(|p| p.dpia == Some(super::Dpia::Validated));
        let required = screened(dossier, today).result == Some(Screening::DpiaRequired);
        return Some(if required && !settled { Outcome::DpiaRequired } else { Outcome::NoObjection });
    }
    let bad = now.asked.iter().filter(|asked| asked.is_finding());
    let worst = bad.filter_map(|asked| Outcome::parse(asked.check.outcome_if_not_met.code())).max();
    Some(worst.unwrap_or(Outcome::NoObjection))
}

fn lacks(dossier: &Dossier, now: &SectionNow<'_>) -> Vec<Lack> {
    let (asked, id) = (is_asked(dossier), now.section.id.as_str());
    let field = field_of(id);
    let mut out = Vec::new();
    // Words count, as they did before there were questions: the section is assessed.
    let in_words = field.is_some() && !now.text.is_empty();
    if asked && !in_words {
        out.extend(now.asked.iter().filter_map(|asked| unanswered(asked, now)));
    } else if let Some(field) = field.filter(|field| field.needed && !in_words) {
        out.push(Lack { check: None, field: Some(field.id), what: "not assessed".to_owned() });
    }
    if id == SCREENING
        && let Some(privacy) = dossier.privacy()
    {
        let empty = DPIA.into_iter().filter(|field| privacy.get(field) == Value::Null);
        let label = |field: &'static str| Kind::Privacy.field(field).map_or(field, |field| field.label);
        out.extend(empty.map(|field| Lack { check: None, field: Some(field), what: label(field).to_owned() }));
    }
    out
}

/// What is missing of one question: its answer, or a word on a bad one.
fn unanswered(asked: &Asked<'_>, now: &SectionNow<'_>) -> Option<Lack> {
    let lack = |what: String| Some(Lack { check: Some(asked.check.id.as_str()), field: None, what });
    if asked.answer.is_none() {
        let what = match asked.check.answer {
            AnswerKind::ThreatValidation => "threats without a verdict".to_owned(),
            _ => format!("{} not answered", asked.check.id),
        };
        return lack(what);
    }
    let silent = asked.is_finding() && asked.note().is_empty() && now.text.is_empty();
    if silent { lack(format!("{}: say why", asked.check.id)) } else { None }
}

/// What a section lacks, in one sentence for the gate without its full stop; none where nothing is missing. Threats that
/// wait for their verdict are gaps of their own.
pub fn lacking(now: &SectionNow<'_>) -> Option<String> {
    let own: Vec<&Lack> =
        now.lacks.iter().filter(|lack| !(now.section.id == THREATS && lack.what.starts_with("threats"))).collect();
    let asked: Vec<&&Lack> = own.iter().filter(|lack| lack.check.is_some()).collect();
    let name = format!("DPO section {}, {}", now.section.order, now.section.title);
    if asked.is_empty() {
        let in_words = own.iter().any(|lack| lack.what == "not assessed");
        return in_words.then(|| format!("Not assessed yet: {}", now.section.title));
    }
    let open = asked.iter().filter(|lack| !lack.what.ends_with("say why")).count();
    let silent = asked.len() - open;
    let mut parts = Vec::new();
    if open > 0 {
        parts.push(counted(open, "question is not answered", "questions are not answered"));
    }
    if silent > 0 {
        parts.push(counted(silent, "bad answer has no reason", "bad answers have no reason"));
    }
    Some(format!("Not assessed yet: {name}: {}", parts.join(", ")))
}
