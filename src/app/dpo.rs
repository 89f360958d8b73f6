//! The DPO's pane section by section: which section is open, and where the cursor goes after an answer.

use super::{
    row::{Row, Target},
    system::{SystemScreen, Tab},
};
use crate::domain::{
    Kind,
    fields::Day,
    library::{AnswerKind, dpo_checklist},
    privacy::{SectionNow, section, sections},
};

/// How the DPO's pane is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DpoView {
    /// The section that is open, by its id; none shows them all.
    pub open: Option<&'static str>,
    /// Whether the next open question is wanted once the answer is durable.
    pub on: bool,
}

/// A section of the checklist by its id, as it stands in the checklist.
pub fn known(id: &str) -> Option<&'static str> {
    dpo_checklist().sections().iter().map(|section| section.id.as_str()).find(|known| *known == id)
}

/// Whether a question is answered by what was done elsewhere.
fn is_worked_out(id: &str) -> bool {
    dpo_checklist().check(id).is_some_and(|check| check.answer == AnswerKind::ThreatValidation)
}

/// Whether a row waits for an answer or a verdict.
fn waits(row: &Row) -> bool {
    match &row.target {
        Some(Target::Check(id)) => row.mark.text == "[ ]" && !is_worked_out(id),
        Some(Target::Thing(Kind::Threat, _)) => row.mark.text == "[!]",
        _ => false,
    }
}

impl SystemScreen {
    /// Whether a section of the DPO's checklist is on the screen.
    pub fn in_section(&self) -> bool {
        self.tab == Tab::Privacy && self.dpo.open.is_some()
    }

    /// Opens a section, the cursor on what is missing first.
    pub fn open_section(&mut self, id: &'static str, today: Day) {
        self.dpo.open = Some(id);
        self.pane_mut().filter.clear();
        self.pane_mut().at.select(0);
        self.refill(today);
        if let Some(at) = self.next_open_row(None).or_else(|| self.silent_row(today)) {
            self.pane_mut().at.select(at);
        }
        self.settle();
    }

    /// Back to all sections, the cursor on the one that was open.
    pub fn close_section(&mut self, today: Day) {
        let Some(id) = self.dpo.open.take() else { return };
        self.refill(today);
        if let Some(at) = self.rows.iter().position(|row| row.target == Some(Target::Section(id))) {
            self.pane_mut().at.select(at);
        }
        self.settle();
    }

    /// To the next or the previous section, around the ends.
    pub fn turn_section(&mut self, forward: bool, today: Day) {
        let all = dpo_checklist().sections();
        let Some(at) = self.dpo.open.and_then(|id| all.iter().position(|section| section.id == id)) else { return };
        let by = if forward { 1 } else { all.len() - 1 };
        self.open_section(all[(at + by) % all.len()].id.as_str(), today);
    }

    /// After an answer: to the next question that is not answered, here or in the sections after this one; then to the
    /// bad answers on which nothing was said. Says whether all is done.
    pub fn next_question(&mut self, today: Day) -> bool {
        if !std::mem::take(&mut self.dpo.on) || !self.in_section() {
            return false;
        }
        if let Some(at) = self.next_open_row(self.at()) {
            self.pane_mut().at.select(at);
            return false;
        }
        let Some(here) = self.dpo.open else { return false };
        let Some(next) = self.next_section(here, today) else {
            self.close_section(today);
            return true;
        };
        if next == here {
            if let Some(at) = self.silent_row(today) {
                self.pane_mut().at.select(at);
            }
        } else {
            self.open_section(next, today);
        }
        false
    }

    /// The section to go on with: the next one with an open question, else the next one with a bad answer to explain.
    fn next_section(&self, here: &str, today: Day) -> Option<&'static str> {
        let all = sections(&self.dossier, today);
        let at = all.iter().position(|now| now.section.id == here).unwrap_or(0);
        let round = || (1..=all.len()).map(|by| &all[(at + by) % all.len()]);
        let open = |now: &&SectionNow<'_>| now.lacks.iter().any(|l| l.check.is_some() && !l.what.ends_with("say why"));
        let silent = |now: &&SectionNow<'_>| now.lacks.iter().any(|lack| lack.check.is_some());
        round().find(open).or_else(|| round().find(silent)).map(|now| now.section.id.as_str())
    }

    /// The next row of the open section that waits for an answer or a verdict, around the end.
    fn next_open_row(&self, from: Option<usize>) -> Option<usize> {
        let waits = |at: &usize| waits(&self.rows[*at]);
        let from = from.unwrap_or(0);
        (from..self.rows.len()).find(waits).or_else(|| (0..from).find(waits))
    }

    fn silent_row(&self, today: Day) -> Option<usize> {
        let now = section(&self.dossier, self.dpo.open?, today)?;
        let check = now.lacks.iter().find_map(|lack| lack.check)?;
        self.rows.iter().position(|row| row.target == Some(Target::Check(check)))
    }
}
