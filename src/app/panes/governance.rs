//! Governance: acceptances, the draft disposition, the conditions of a decision; what comes after clearance is `after`.

use super::{Cell, Row, Target, Tint, field_rows, person};
use crate::domain::{Dossier, Kind, fields::Day};

pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows = super::acceptances::rows(dossier, today);
    rows.extend(super::exceptions::rows(dossier, today));
    rows.extend(super::after::rows(dossier, today));
    if let Some(review) = dossier.review() {
        rows.push(Row::heading("Draft disposition", "goes to the sign-off authority"));
        rows.extend(field_rows(dossier, review, &|f| f.id.starts_with("draft") || f.id == "due" || f.id == "release"));
    }
    if !dossier.conditions.is_empty() {
        rows.push(Row::heading("Conditions of the decision", "Enter records that one is met"));
    }
    for condition in dossier.conditions.iter().filter(|condition| !condition.archived) {
        let late = condition.met_at.is_none() && condition.due.is_some_and(|due| due < today);
        let due = condition.due.map_or_else(String::new, |due| due.to_string());
        let who = person(dossier, condition.owner.map(|who| who.0));
        let (mark, word) = match (condition.met_at.is_some(), late) {
            (true, _) => (("[x]", Tint::Good), format!("met: {}", condition.proof)),
            (false, true) => (("[!]", Tint::Alert), format!("! overdue since {due}, {who}")),
            (false, false) => (("[ ]", Tint::Plain), format!("due {due}, {who}")),
        };
        let cells = vec![
            Cell::plain(condition.text.to_string().replace('\n', " / ")),
            Cell::new(word, if late { Tint::Alert } else { Tint::Plain }),
        ];
        rows.push(Row::item(Target::Thing(Kind::Condition, condition.id), cells).marked(mark.0, mark.1));
    }
    rows
}
