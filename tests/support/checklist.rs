//! The answers of a DPO who finds nothing.

use docket::domain::{
    command::Command,
    library::{AnswerKind, DpoCheck},
    privacy::CheckAnswer,
};

/// The answer to a question of the DPO's checklist that finds nothing.
pub fn nothing_found(check: &DpoCheck) -> Command {
    let (answer, note) = match check.answer {
        AnswerKind::Criterion => (CheckAnswer::No, Some("Looked at; not here.".into())),
        _ if check.inverse => (CheckAnswer::No, None),
        _ => (CheckAnswer::Yes, None),
    };
    let chosen = if check.answer == AnswerKind::Choice { vec!["Art.6(1)(b)".to_owned()] } else { Vec::new() };
    Command::Answer { check: check.id.clone(), answer: Some(answer), chosen, note }
}
