//! The DPO's answers, question by question, and what the DPO makes of each section.

use super::{Refusal, Rule, event, needs_reason, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    fields::{Entity, Kept, Marks, Vocabulary, YesNo},
    library::{AnswerKind, DpoCheck, dpo_checklist},
    people::Stamp,
    privacy::{
        Advice, CheckAnswer, Consultation, Outcome, Privacy, SectionNow, Views, answer_of, assessed, field_of,
        screened, section, sections,
    },
    value::Value,
};

type Done = Result<Vec<Event>, Refusal>;

/// What is answered to a question: the answer, the articles chosen, and what is said with it.
pub struct Given<'a> {
    /// Yes, no, unclear, or it does not apply; none takes the answer back.
    pub answer: Option<CheckAnswer>,
    /// The articles that are chosen.
    pub chosen: &'a [String],
    /// What is said; none leaves what was said.
    pub note: Option<&'a Prose>,
}

/// Answers a question of the checklist.
pub fn answer(dossier: &Dossier, check: &str, given: &Given<'_>, stamp: &Stamp) -> Done {
    let check = dpo_checklist().check(check).ok_or_else(|| {
        Refusal::new(Rule::Unknown, format!("The checklist {} has no question {check}.", dpo_checklist().version()))
    })?;
    let row = answer_of(dossier, &check.id);
    let empty = Prose::default();
    let note = given.note.unwrap_or_else(|| row.map_or(&empty, |row| &row.note));
    let answer = allowed(check, given)?;
    explained(dossier, check, (answer, note))?;
    let chosen = Marks(if answer == Some(CheckAnswer::Yes) { given.chosen.to_vec() } else { Vec::new() });
    let set = vec![
        ("check", Value::from(check.id.as_str())),
        ("answer", answer.to_value()),
        ("chosen", chosen.to_value()),
        ("note", note.to_value()),
        ("version", Value::from(dpo_checklist().version())),
    ];
    let (id, verb) = row.map_or_else(|| (stamp.fresh(), "add"), |row| (row.id, "edit"));
    let event = event(dossier, (Kind::Check, id, verb), set, &Prose::default());
    if event.set.is_empty() || (verb == "add" && answer.is_none() && note.is_empty()) {
        return Err(Refusal::new(Rule::NothingChanged, "It is answered so already."));
    }
    Ok(vec![event])
}

/// Whether the question takes such an answer.
fn allowed(check: &DpoCheck, given: &Given<'_>) -> Result<Option<CheckAnswer>, Refusal> {
    use CheckAnswer::{NotApplicable, Unclear, Yes};
    let bad = |says: &str| Err(Refusal::new(Rule::BadValue, says));
    match (check.answer, given.answer) {
        (AnswerKind::ThreatValidation, _) => Err(Refusal::new(
            Rule::SetByRule,
            "This is worked out from the DPO's verdicts on the threats to personal data.",
        )
        .hint("Give each of them its verdict.")),
        (AnswerKind::Criterion, Some(Unclear | NotApplicable)) => {
            bad("A criterion is met or not: yes or no. What is unclear counts as met until it is known.")
        }
        (AnswerKind::Choice, Some(Yes)) if given.chosen.is_empty() => {
            Err(Refusal::new(Rule::Incomplete, "Choose at least one article."))
        }
        (AnswerKind::Choice, _) if given.chosen.iter().any(|one| !check.choices.contains(one)) => {
            bad("The question does not offer this article.")
        }
        (AnswerKind::Choice, None) if !given.chosen.is_empty() => Ok(Some(Yes)),
        (_, answer) => Ok(answer),
    }
}

/// What departs from what the facts suggest has a reason, and so has what is left out. A question that begins with a
/// condition says by itself when it does not apply.
fn explained(
    dossier: &Dossier,
    check: &DpoCheck,
    (answer, note): (Option<CheckAnswer>, &Prose),
) -> Result<(), Refusal> {
    let holds = |fact: &&String| crate::domain::catalog::fact(dossier, fact).is_some_and(|f| f.holds == Some(true));
    let departs = check.answer == AnswerKind::Criterion && answer == Some(CheckAnswer::No);
    if departs && check.suggested_by_facts.iter().any(|fact| holds(&fact)) {
        return needs_reason(note, "A criterion that the facts suggest, and that is not met,");
    }
    if answer == Some(CheckAnswer::NotApplicable) && !check.question.starts_with("If ") {
        return needs_reason(note, "A question that does not apply");
    }
    Ok(())
}

/// Says what the DPO makes of a section. What is milder than its answers come to is explained.
pub fn conclude(dossier: &Dossier, id: &str, (text, outcome): (&Prose, Option<Outcome>), stamp: &Stamp) -> Done {
    let privacy = dossier.privacy().ok_or_else(|| unknown(Kind::Privacy))?;
    let now = section(dossier, id, stamp.today)
        .ok_or_else(|| Refusal::new(Rule::Unknown, format!("The checklist has no section {id}.")))?;
    if text.is_empty() && outcome.is_some_and(|outcome| now.suggested.is_some_and(|worse| outcome < worse)) {
        let worse = now.suggested.map_or("", Vocabulary::label);
        needs_reason(text, &format!("An outcome milder than the answers come to ({worse})"))?;
    }
    let none = Prose::default();
    let mut events = Vec::new();
    if let Some(field) = field_of(id) {
        let written = event(dossier, (Kind::Privacy, privacy.id, "edit"), vec![(field.id, text.to_value())], &none);
        events.push(written);
    }
    let row = assessed(dossier, id);
    let (row, verb) = row.map_or_else(|| (stamp.fresh(), "add"), |row| (row.id, "edit"));
    let mut set = vec![("outcome", outcome.to_value())];
    if field_of(id).is_none() {
        set.push(("text", text.to_value()));
    }
    let mut own = event(dossier, (Kind::Assessed, row, verb), set, &none);
    if !own.set.is_empty() && verb == "add" {
        own.set.push(crate::domain::Change { field: "section".into(), old: Value::Null, new: Value::from(id) });
    }
    events.push(own);
    events.retain(|event| !event.set.is_empty());
    if events.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "It says this already."));
    }
    Ok(events)
}

/// Advice that is milder than what the sections come to says why; the sections stand beside it.
pub fn not_milder(dossier: &Dossier, advice: Advice, text: &Prose, stamp: &Stamp) -> Result<(), Refusal> {
    let worst = worst(&sections(dossier, stamp.today));
    let wanted = worst.map_or(Advice::Favourable, advice_for);
    if advice < wanted && text.is_empty() {
        let worst = worst.map_or("", Vocabulary::label);
        return needs_reason(text, &format!("Advice that is milder than a section of its own ({worst})"));
    }
    Ok(())
}

/// The gravest outcome of the sections.
pub fn worst(sections: &[SectionNow<'_>]) -> Option<Outcome> {
    sections.iter().filter_map(|section| section.outcome).max()
}

/// The advice on the whole that follows from the gravest outcome of a section.
pub fn advice_for(worst: Outcome) -> Advice {
    match worst {
        Outcome::NotApplicable | Outcome::NoObjection | Outcome::Comments => Advice::Favourable,
        Outcome::Conditions | Outcome::DpiaRequired | Outcome::PriorConsultation => Advice::Conditions,
        Outcome::AdviseAgainst => Advice::Unfavourable,
    }
}

/// What the screening says is kept beside the decision on the DPIA.
pub fn beside(
    dossier: &Dossier,
    kind: Kind,
    set: &[(&'static str, Value)],
    stamp: &Stamp,
) -> Vec<(&'static str, Value)> {
    let decides = kind == Kind::Privacy && set.iter().any(|(field, _)| ["dpia_needed", "dpia_reason"].contains(field));
    if !decides {
        return Vec::new();
    }
    let now = screened(dossier, stamp.today);
    let because = if now.result.is_some() { Value::from(now.because().as_str()) } else { Value::Null };
    vec![("screening", now.result.to_value()), ("screening_because", because)]
}

/// Rules over several fields of the assessment.
pub fn consistent(dossier: &Dossier, kind: Kind, set: &[(&'static str, Value)], stamp: &Stamp) -> Result<(), Refusal> {
    if kind != Kind::Privacy {
        return Ok(());
    }
    let mut after = dossier.privacy().cloned().unwrap_or_else(|| Privacy::empty(Id([0; 16])));
    for (field, value) in set {
        after.put(field, value);
    }
    let sets = |names: &[&str]| set.iter().any(|(field, _)| names.contains(field));
    let departs = |needed: YesNo| screened(dossier, stamp.today).contradicts(needed);
    if sets(&["dpia_needed", "dpia_reason"]) && after.dpia_needed.is_some_and(departs) {
        needs_reason(&after.dpia_reason, "A decision that departs from the screening")?;
    }
    if sets(&["views", "views_text"]) && after.views == Some(Views::NotSought) {
        needs_reason(&after.views_text, "Not to ask the people concerned")?;
    }
    let told = matches!(after.consultation, Some(Consultation::NotNeeded | Consultation::Answered));
    if sets(&["consultation", "consultation_text"]) && told {
        needs_reason(&after.consultation_text, "What is said of the prior consultation")?;
    }
    Ok(())
}
