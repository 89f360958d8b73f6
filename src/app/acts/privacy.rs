//! Acts on the DPO's pane: answering a question with one key, and saying what it comes to.

use super::perform::{push, say};
use crate::app::{Effect, Model, Screen, row::Target, sheets};
use crate::domain::{
    Id, Kind, Prose,
    command::Command,
    fields::Vocabulary,
    library::AnswerKind,
    privacy::{Asked, CheckAnswer, sections},
    register::Verdict,
    value::Value,
    verb::Verb,
};
use crate::keymap::Action;

/// The verb of an act of this file.
pub(super) fn verb(action: Action) -> Option<Verb> {
    is_own(action).then_some(Verb::Assess)
}

/// Whether an act belongs to this file.
pub(super) fn is_own(action: Action) -> bool {
    answer_of(action).is_some() || action == Action::Explain
}

fn answer_of(action: Action) -> Option<CheckAnswer> {
    Some(match action {
        Action::AnswerYes => CheckAnswer::Yes,
        Action::AnswerNo => CheckAnswer::No,
        Action::AnswerUnclear => CheckAnswer::Unclear,
        Action::AnswerNone => CheckAnswer::NotApplicable,
        _ => return None,
    })
}

/// Does an act of this file.
pub(super) fn perform(model: &mut Model, action: Action) -> Option<Effect> {
    let target = model.system()?.selected().and_then(|row| row.target.clone());
    match (answer_of(action), target) {
        (Some(answer), Some(Target::Check(id))) => give(model, id, answer),
        (Some(answer), Some(Target::Thing(Kind::Threat, id))) => verdict(model, id, answer),
        (None, Some(Target::Check(id))) => {
            let form = sheets::answer(model.system()?, id, None, model.today)?;
            push(model, form)
        }
        (None, Some(Target::Section(id))) => {
            let form = sheets::conclude(model.system()?, id, model.today)?;
            push(model, form)
        }
        (None, Some(Target::Thing(Kind::Threat, _))) => super::act(model, Action::GiveVerdict),
        _ => say(model, "Put the cursor on a question."),
    }
}

/// Keeps an answer at once where it needs no words, else asks for them.
fn give(model: &mut Model, id: &'static str, answer: CheckAnswer) -> Option<Effect> {
    let screen = model.system()?;
    let all = sections(&screen.dossier, model.today);
    let asked = all.iter().flat_map(|now| &now.asked).find(|asked| asked.check.id == id)?;
    if asked.check.answer == AnswerKind::ThreatValidation {
        return say(model, "This follows from the verdicts on the threats below: y confirms one, n rejects it.");
    }
    if needs_words(asked, answer) {
        let form = sheets::answer(screen, id, Some(answer), model.today)?;
        return push(model, form);
    }
    let effect = Effect::Commit(
        screen.id(),
        Command::Answer { check: id.to_owned(), answer: Some(answer), chosen: Vec::new(), note: None },
    );
    go_on(model);
    Some(effect)
}

/// Whether the rules want a word with such an answer, or a choice.
fn needs_words(asked: &Asked<'_>, answer: CheckAnswer) -> bool {
    let departs = answer == CheckAnswer::No && !asked.suggested.is_empty();
    let left_out = answer == CheckAnswer::NotApplicable && !asked.check.question.starts_with("If ");
    let chooses = asked.check.answer == AnswerKind::Choice && answer == CheckAnswer::Yes;
    chooses || (asked.note().is_empty() && (departs || left_out))
}

/// Yes confirms a threat to personal data at once; whoever rejects it says why.
fn verdict(model: &mut Model, id: Id, answer: CheckAnswer) -> Option<Effect> {
    match answer {
        CheckAnswer::Yes => {
            let set = vec![("dpo_verdict".to_owned(), Value::from(Verdict::Confirmed.code()))];
            let command = Command::Edit { kind: Kind::Threat, id, set, why: Prose::default() };
            let effect = Effect::Commit(model.system()?.id(), command);
            go_on(model);
            Some(effect)
        }
        CheckAnswer::No => {
            let form = sheets::reject(model.system()?, &model.me.clone()?, id)?;
            push(model, form)
        }
        CheckAnswer::Unclear | CheckAnswer::NotApplicable => {
            say(model, "y confirms the threat, n rejects it, v says what is changed.")
        }
    }
}

/// Once it is durable, the next open question is there.
pub(in crate::app) fn go_on(model: &mut Model) {
    if let Screen::System(screen) = &mut model.screen {
        screen.dpo.on = true;
    }
}
