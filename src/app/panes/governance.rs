//! Governance: acceptances, the draft disposition, the conditions of a decision; what comes after clearance is `after`.

use super::{Cell, Row, Target, Tint, field_rows, person};
use crate::domain::{
    Dossier, Kind,
    decision::{Acceptance, AcceptanceState, acceptance_state},
    fields::{Day, Vocabulary},
};

pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows = vec![Row::heading("Risk acceptances", "a p proposes, a a accepts, a d declines, a r revokes")];
    rows.extend(dossier.acceptances.iter().map(|acceptance| accepted(dossier, acceptance, today)));
    if dossier.acceptances.is_empty() {
        rows.push(Row::note(
            "    None. A risk above the threshold needs a control, or the governance lead's acceptance.",
        ));
    }
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

fn accepted(dossier: &Dossier, acceptance: &Acceptance, today: Day) -> Row {
    let state = acceptance_state(dossier, acceptance, today);
    let threat = dossier.threats.iter().find(|threat| Some(threat.id) == acceptance.threat);
    let name = threat.map_or_else(String::new, |threat| format!("{} {}", threat.reference(), threat.title));
    let until = acceptance.expires.map_or_else(String::new, |day| format!("until {day}"));
    let (mark, tint) = match state {
        AcceptanceState::Active => ("[x]", Tint::Good),
        AcceptanceState::Proposed => ("[ ]", Tint::Here),
        AcceptanceState::Expiring | AcceptanceState::Lapsed | AcceptanceState::Drifted => ("[!]", Tint::Alert),
        AcceptanceState::Declined
        | AcceptanceState::Withdrawn
        | AcceptanceState::Revoked
        | AcceptanceState::Superseded => ("[-]", Tint::Muted),
    };
    let by = if acceptance.acceptor_name.is_empty() {
        format!("asked by {}", person(dossier, acceptance.requester.map(|who| who.0)))
    } else {
        acceptance.acceptor_name.to_string()
    };
    let text = format!("{} {until}  {by}: {}  if {}", state.label(), acceptance.reason, acceptance.condition);
    Row::item(
        Target::Thing(Kind::Acceptance, acceptance.id),
        vec![Cell::plain(name), Cell::new(text.replace('\n', " / "), tint)],
    )
    .marked(mark, tint)
}
