//! The DPO's questions: what each answer needs, what the gate says is missing, and what the nine criteria come to.

use crate::support::{Data, Desk, edit, text};
use docket::domain::{
    Change, Event, Kind, Prose, Rule,
    command::Command,
    decision::{ClearanceState, Mend, Place, ReviewKind, SignoffState, clearance, latest_signoff, signoff_state},
    library::{AnswerKind, DpoCheck, dpo_checklist},
    people::Role,
    privacy::{Advice, CheckAnswer, Outcome, Screening, answer_of, screened, section, sections},
    value::Value,
};

pub fn answer(check: &str, answer: CheckAnswer, note: &str) -> Command {
    let note = (!note.is_empty()).then(|| Prose::new(note));
    Command::Answer { check: check.to_owned(), answer: Some(answer), chosen: Vec::new(), note }
}

fn choose(check: &str, articles: &[&str]) -> Command {
    let chosen = articles.iter().map(|one| (*one).to_owned()).collect();
    Command::Answer { check: check.to_owned(), answer: Some(CheckAnswer::Yes), chosen, note: None }
}

/// The answer that finds nothing.
fn good(check: &DpoCheck) -> Command {
    match check.answer {
        AnswerKind::Choice => choose(&check.id, &["Art.6(1)(b)"]),
        AnswerKind::Criterion => answer(&check.id, CheckAnswer::No, "Looked at; not here."),
        _ if check.inverse => answer(&check.id, CheckAnswer::No, ""),
        _ => answer(&check.id, CheckAnswer::Yes, ""),
    }
}

/// Every question is answered, and nothing is found.
fn all_good(desk: &mut Desk) {
    for check in dpo_checklist().checks().iter().filter(|check| check.answer != AnswerKind::ThreatValidation) {
        desk.must(Role::Dpo, good(check));
    }
}

/// The DPO has what it takes to begin.
fn asked() -> Desk {
    let mut desk = Desk::of_five();
    desk.planned(Data::Personal).dpo_asked();
    desk
}

/// The sections that the gate says are missing, by their ids.
fn missing(desk: &Desk) -> Vec<String> {
    let gaps = desk.gate();
    let of = gaps.iter().filter(|gap| gap.condition == 6 && gap.place.mend == Mend::Assess);
    of.map(|gap| gap.place.field.clone()).collect()
}

fn says(desk: &Desk, what: &str) -> bool {
    desk.gate().iter().any(|gap| gap.condition == 6 && gap.what.contains(what))
}

#[test]
fn the_gate_names_each_section_that_is_not_assessed_and_where() {
    let mut desk = asked();
    let all: Vec<&str> = dpo_checklist().sections().iter().map(|section| section.id.as_str()).collect();
    assert_eq!(missing(&desk), all, "from the start of the review, before the first answer");
    desk.must(Role::Dpo, answer("DKT-D-002", CheckAnswer::Yes, ""));
    assert_eq!(missing(&desk), all, "a section with one more question is not done");
    let gap = desk.gate().into_iter().find(|gap| gap.place.field == "retention").unwrap();
    assert_eq!(gap.what, "Not assessed yet: DPO section 7, Retention: 2 questions are not answered");
    assert_eq!(gap.place, Place { field: "retention".into(), ..Place::act(Kind::Assessed, None, Mend::Assess) });
    assert_eq!(Place::parse(&gap.place.to_text()), Some(gap.place));
    for (at, section) in dpo_checklist().sections().iter().enumerate() {
        for check in dpo_checklist().of_section(&section.id).filter(|c| c.answer != AnswerKind::ThreatValidation) {
            let _ = desk.by(Role::Dpo, good(check));
        }
        assert_eq!(missing(&desk), all[at + 1..], "{}", section.id);
    }
}

/// The review as an older docket opened it: nobody was asked for the checklist then.
fn older(desk: &mut Desk) {
    let (id, old) = (desk.review(), dpo_checklist().version().into());
    let set = vec![Change { field: "checklist".into(), old, new: Value::Null }];
    let none = Prose::default();
    desk.dossier.apply(&Event { of: Kind::Review, verb: "edit".into(), entity: id, set, why: none, attach: None });
}

/// What the DPO writes in the fields that there were before there were questions.
fn in_words(desk: &mut Desk) {
    let words = ["lawful_basis", "minimisation", "purpose_limitation", "retention", "transfers", "rights"];
    let set: Vec<(String, Value)> = words.map(|field| (field.to_owned(), text("Looked at."))).to_vec();
    let dpia = [("dpia_needed", "no"), ("dpia_reason", "No large scale."), ("dpia", "not_needed")];
    let set = set.into_iter().chain(dpia.map(|(field, word)| (field.to_owned(), text(word)))).collect();
    desk.must(Role::Dpo, Command::Edit { kind: Kind::Privacy, id: desk.privacy(), set, why: "".into() });
}

/// A system gets personal data in the middle of its review: the questions are asked from then on, and without personal
/// data nobody is asked for any.
#[test]
fn the_questions_are_asked_wherever_personal_data_is_in_scope() {
    let mut desk = Desk::of_five();
    desk.planned(Data::Internal);
    assert!(missing(&desk).is_empty(), "no part for the DPO");
    let data = edit(Kind::System, desk.system(), [("data", crate::support::list(&["personal"]))]);
    desk.must(Role::Owner, data);
    assert_eq!(missing(&desk).len(), dpo_checklist().sections().len());
    in_words(&mut desk);
    assert!(missing(&desk).contains(&"accuracy".to_owned()), "words of the old fields answer only for their sections");
    assert!(!missing(&desk).contains(&"retention".to_owned()));
}

/// What an older docket decided on words stays decided, and its next review asks for the checklist.
#[test]
fn a_review_of_before_keeps_its_words_and_the_next_one_asks() {
    let mut desk = asked();
    older(&mut desk);
    in_words(&mut desk);
    assert!(missing(&desk).is_empty(), "{:#?}", desk.gaps());
    desk.must(Role::Dpo, Command::Advise { advice: Advice::Favourable, text: "Go ahead.".into() });
    desk.mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    let worth = || clearance(&desk.dossier, desk.today());
    assert_eq!(worth().state, ClearanceState::Current);
    assert_eq!(answer_of(&desk.dossier, "DKT-D-002"), None, "nobody answered a question");
    desk.must(Role::Governance, Command::StartReview(ReviewKind::Delta));
    assert!(missing(&desk).contains(&"accuracy".to_owned()), "the next review asks from its start");
}

#[test]
fn what_was_written_before_there_were_questions_counts() {
    let mut desk = asked();
    older(&mut desk);
    in_words(&mut desk);
    assert!(!says(&desk, "Not assessed"), "{:#?}", desk.gaps());
    let set = edit(Kind::Privacy, desk.privacy(), [("training", text("Bought, with a licence."))]);
    desk.must(Role::Dpo, set).must(Role::Dpo, answer("DKT-D-002", CheckAnswer::Yes, ""));
    for kept in
        ["lawful_basis", "purpose_limitation", "data_minimisation", "retention", "rights", "provenance", "transfers"]
    {
        assert!(!missing(&desk).iter().any(|id| id == kept), "{kept} is assessed in words");
    }
    assert!(missing(&desk).iter().any(|id| id == "accuracy"));
}

#[test]
fn a_bad_answer_is_explained_before_its_section_is_done() {
    let mut desk = asked();
    desk.must(Role::Dpo, answer("DKT-D-012", CheckAnswer::Yes, ""));
    desk.must(Role::Dpo, answer("DKT-D-013", CheckAnswer::No, ""));
    assert!(says(&desk, "Retention: 1 bad answer has no reason"), "{:#?}", desk.gaps());
    let today = desk.today();
    let now = section(&desk.dossier, "retention", today).unwrap();
    assert_eq!((now.suggested, now.is_done()), (Some(Outcome::Conditions), false));
    desk.must(Role::Dpo, answer("DKT-D-013", CheckAnswer::No, "Never tried for the back-ups."));
    assert!(section(&desk.dossier, "retention", today).unwrap().is_done());
    // Unclear is no yes.
    desk.must(Role::Dpo, answer("DKT-D-012", CheckAnswer::Unclear, ""));
    assert!(!section(&desk.dossier, "retention", today).unwrap().is_done());
    // Where yes is the finding, yes has to be explained.
    desk.must(Role::Dpo, answer("DKT-D-023", CheckAnswer::Yes, ""));
    let screening = section(&desk.dossier, "dpia_screening", today).unwrap();
    assert!(screening.asked.iter().any(|asked| asked.check.inverse && asked.is_finding()));
}

#[test]
fn each_kind_of_question_takes_its_own_answers() {
    let mut desk = asked();
    let refused = |desk: &mut Desk, command, rule| desk.refused(Role::Dpo, command, rule);
    refused(&mut desk, answer("DKT-D-999", CheckAnswer::Yes, ""), Rule::Unknown);
    refused(&mut desk, answer("DKT-D-024", CheckAnswer::Yes, ""), Rule::SetByRule);
    refused(&mut desk, answer("DKT-D-014", CheckAnswer::Unclear, ""), Rule::BadValue);
    refused(&mut desk, answer("DKT-D-003", CheckAnswer::Yes, ""), Rule::Incomplete);
    refused(&mut desk, choose("DKT-D-003", &["Art.9(1)"]), Rule::BadValue);
    desk.must(Role::Dpo, choose("DKT-D-003", &["Art.6(1)(b)", "Art.6(1)(f)"]));
    refused(&mut desk, choose("DKT-D-003", &["Art.6(1)(b)", "Art.6(1)(f)"]), Rule::NothingChanged);
    refused(&mut desk, answer("DKT-D-012", CheckAnswer::NotApplicable, ""), Rule::ReasonNeeded);
    desk.must(Role::Dpo, answer("DKT-D-005", CheckAnswer::NotApplicable, ""));
    desk.refused(Role::Governance, answer("DKT-D-012", CheckAnswer::Yes, ""), Rule::RoleMayNot);
}

#[test]
fn a_criterion_that_the_facts_suggest_is_denied_with_a_reason() {
    let mut desk = asked();
    let set = edit(Kind::System, desk.system(), [("data", crate::support::list(&["personal", "special"]))]);
    desk.must(Role::Owner, set);
    let today = desk.today();
    let screening = section(&desk.dossier, "dpia_screening", today).unwrap();
    let sensitive = screening.asked.iter().find(|asked| asked.check.id == "DKT-D-017").unwrap();
    assert_eq!(sensitive.suggested, ["special_category_data"]);
    desk.refused(Role::Dpo, answer("DKT-D-017", CheckAnswer::No, ""), Rule::ReasonNeeded);
    desk.must(Role::Dpo, answer("DKT-D-017", CheckAnswer::No, "Only in a field that is cut."));
    desk.must(Role::Dpo, answer("DKT-D-018", CheckAnswer::No, ""));
}

#[test]
fn the_nine_criteria_decide_and_a_departing_decision_says_why_and_stays_beside_the_result() {
    let mut desk = asked();
    all_good(&mut desk);
    let now = |desk: &Desk| screened(&desk.dossier, desk.today());
    assert_eq!((now(&desk).met, now(&desk).result), (0, Some(Screening::NotNeeded)));
    desk.must(Role::Dpo, answer("DKT-D-014", CheckAnswer::Yes, ""));
    assert_eq!(now(&desk).result, Some(Screening::DpoJudgement), "one can be enough");
    desk.must(Role::Dpo, answer("DKT-D-018", CheckAnswer::Yes, ""));
    assert_eq!(now(&desk).result, Some(Screening::DpiaRequired));
    assert_eq!(now(&desk).because(), "2 of 9 criteria met; DKT-D-S1; checklist 1.0");
    let needed = |word: &str, why: &str| {
        edit(Kind::Privacy, desk.privacy(), [("dpia_needed", text(word)), ("dpia_reason", text(why))])
    };
    let (alone, told) = (needed("no", ""), needed("no", "One pilot of ten people."));
    desk.refused(Role::Dpo, alone, Rule::ReasonNeeded);
    desk.must(Role::Dpo, told);
    let kept = desk.dossier.privacy().unwrap();
    assert_eq!(kept.screening, Some(Screening::DpiaRequired), "what the rules said stands beside the decision");
    assert!(kept.screening_because.as_str().starts_with("2 of 9"));
    assert!(!says(&desk, "came to something else"), "it was decided in the knowledge of it");
    // The answers change after the decision: it has to be looked at again.
    for id in ["DKT-D-014", "DKT-D-018"] {
        desk.must(Role::Dpo, answer(id, CheckAnswer::No, "Not after all."));
    }
    let yes = edit(Kind::Privacy, desk.privacy(), [("dpia_needed", text("no")), ("dpia_reason", text("None met."))]);
    desk.must(Role::Dpo, yes);
    for id in ["DKT-D-014", "DKT-D-018"] {
        desk.must(Role::Dpo, answer(id, CheckAnswer::Yes, "It is, after all."));
    }
    assert!(says(&desk, "The screening came to something else"), "{:#?}", desk.gaps());
    let again = edit(Kind::Privacy, desk.privacy(), [("dpia_needed", text("yes"))]);
    desk.must(Role::Dpo, again);
    assert!(!says(&desk, "The screening came to something else"));
    assert!(says(&desk, "whether the people concerned were heard"), "a DPIA hears the people");
    let silent = edit(Kind::Privacy, desk.privacy(), [("views", text("not_sought"))]);
    desk.refused(Role::Dpo, silent, Rule::ReasonNeeded);
    let heard =
        edit(Kind::Privacy, desk.privacy(), [("views", text("sought")), ("views_text", text("Works council."))]);
    desk.must(Role::Dpo, heard);
    assert!(!says(&desk, "whether the people concerned were heard"));
}

#[test]
fn high_risk_that_remains_asks_for_the_authority() {
    let mut desk = asked();
    all_good(&mut desk);
    assert!(!says(&desk, "Art. 36"));
    let worse = edit(
        Kind::Threat,
        desk.threat(3),
        [("likelihood", crate::support::int(5)), ("impact", crate::support::int(5))],
    );
    desk.must(Role::Security, worse);
    assert!(says(&desk, "whether the authority is consulted beforehand (Art. 36): high risk"), "{:#?}", desk.gaps());
    let put = |word: &str, why: &str| {
        edit(Kind::Privacy, desk.privacy(), [("consultation", text(word)), ("consultation_text", text(why))])
    };
    let (silent, asked, told) =
        (put("not_needed", ""), put("asked", "Letter of today."), put("answered", "No objection."));
    desk.refused(Role::Dpo, silent, Rule::ReasonNeeded);
    desk.must(Role::Dpo, asked);
    assert!(says(&desk, "The authority has not answered yet"));
    desk.must(Role::Dpo, told);
    assert!(!says(&desk, "Art. 36"));
}

#[test]
fn what_is_milder_than_the_answers_is_explained() {
    let mut desk = asked();
    all_good(&mut desk);
    desk.must(Role::Dpo, answer("DKT-D-026", CheckAnswer::No, "It decides alone."));
    let conclude = |text: &str, outcome| Command::Conclude {
        section: "automated_decisions".into(),
        text: text.into(),
        outcome: Some(outcome),
    };
    let gravest = sections(&desk.dossier, desk.today()).into_iter().filter_map(|now| now.outcome).max();
    assert_eq!(gravest, Some(Outcome::AdviseAgainst));
    desk.refused(Role::Dpo, conclude("", Outcome::Comments), Rule::ReasonNeeded);
    let advise = |advice, text: &str| Command::Advise { advice, text: text.into() };
    desk.refused(Role::Dpo, advise(Advice::Favourable, ""), Rule::ReasonNeeded);
    desk.must(Role::Dpo, conclude("A person confirms from May on.", Outcome::Comments));
    desk.must(Role::Dpo, advise(Advice::Favourable, ""));
    assert_eq!(desk.dossier.assessed.len(), 1);
}

#[test]
fn an_answer_voids_the_dpos_sign_off_and_no_other() {
    let mut desk = Desk::of_five();
    desk.ready(Data::Personal);
    let state = |desk: &Desk, role| signoff_state(&desk.dossier, latest_signoff(&desk.dossier, role).unwrap());
    desk.must(Role::Dpo, answer("DKT-D-002", CheckAnswer::No, "The vendor decides as well."));
    assert_eq!(state(&desk, Role::Dpo), SignoffState::Voided);
    for role in [Role::Owner, Role::Security, Role::Governance] {
        assert_eq!(state(&desk, role), SignoffState::Valid, "{role:?}");
    }
}
