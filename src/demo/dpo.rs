//! What the DPO of the sample answers to the questions of the checklist.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Deed, Trouble};
use crate::domain::{
    Prose,
    command::Command,
    fields::Vocabulary,
    library::{AnswerKind, DpoCheck, dpo_checklist},
    privacy::CheckAnswer,
};

/// The answers for one system: what is not said here is the answer that finds nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// The articles that the processing rests on.
    pub basis: Vec<String>,
    /// The criteria of the screening that are met.
    pub met: Vec<String>,
    /// Every other answer, by its question: the answer, and what is said with it.
    pub said: BTreeMap<String, (String, String)>,
}

impl Answers {
    /// A command for every question; none where the DPO did not begin.
    pub fn deeds(&self) -> Result<Vec<Deed>, Trouble> {
        if self.basis.is_empty() {
            return Ok(Vec::new());
        }
        let asked = dpo_checklist().checks().iter().filter(|check| check.answer != AnswerKind::ThreatValidation);
        asked.map(|check| self.answer(check).map(Deed::Plain)).collect()
    }

    fn answer(&self, check: &DpoCheck) -> Result<Command, Trouble> {
        let (answer, note) = match self.said.get(&check.id) {
            Some((code, note)) => {
                let known = CheckAnswer::parse(code);
                (known.ok_or_else(|| Trouble::Content(format!("{}: {code} is no answer", check.id)))?, note.as_str())
            }
            None => match self.silent(check) {
                // A criterion that the facts suggest is not waved away without a word.
                CheckAnswer::No if check.answer == AnswerKind::Criterion => {
                    (CheckAnswer::No, "Looked at; not so here.")
                }
                answer => (answer, ""),
            },
        };
        let chosen = if check.answer == AnswerKind::Choice { self.basis.clone() } else { Vec::new() };
        let note = (!note.is_empty()).then(|| Prose::new(note));
        Ok(Command::Answer { check: check.id.clone(), answer: Some(answer), chosen, note })
    }

    /// What is answered where nothing else is said.
    fn silent(&self, check: &DpoCheck) -> CheckAnswer {
        match check.answer {
            AnswerKind::Criterion if self.met.contains(&check.id) => CheckAnswer::Yes,
            AnswerKind::Criterion => CheckAnswer::No,
            _ if check.question.starts_with("If ") => CheckAnswer::NotApplicable,
            _ if check.inverse => CheckAnswer::No,
            _ => CheckAnswer::Yes,
        }
    }
}
