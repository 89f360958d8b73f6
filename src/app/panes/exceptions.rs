//! The exceptions of a system.

use super::{Cell, Row, Target, Tint, person};
use crate::domain::{
    Dossier, Kind,
    decision::{Exception, ExceptionState},
    fields::{Day, Vocabulary},
};

pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows = vec![Row::heading("Exceptions", "a x asks for one; a a approves, a v reviews, a r closes")];
    rows.extend(dossier.exceptions.iter().map(|exception| excepted(dossier, exception, today)));
    if dossier.exceptions.is_empty() {
        rows.push(Row::note("    None: every requirement holds, as far as anybody said."));
    }
    rows
}

fn excepted(dossier: &Dossier, exception: &Exception, today: Day) -> Row {
    let state = exception.state(today);
    let (mark, tint) = match state {
        ExceptionState::Open => ("[x]", Tint::Good),
        ExceptionState::Requested => ("[ ]", Tint::Here),
        ExceptionState::ReviewDue | ExceptionState::Overdue => ("[!]", Tint::Alert),
        ExceptionState::Declined | ExceptionState::Closed => ("[-]", Tint::Muted),
    };
    let until = exception.deadline.map_or_else(String::new, |day| format!(" until {day}"));
    let review = match (state, exception.review_due) {
        (ExceptionState::Open | ExceptionState::ReviewDue | ExceptionState::Overdue, Some(day)) => {
            format!(", review on {day}")
        }
        _ => String::new(),
    };
    let owner = person(dossier, exception.owner.map(|who| who.0));
    let by = if exception.approver_name.is_empty() {
        format!("asked by {}", person(dossier, exception.requester.map(|who| who.0)))
    } else {
        exception.approver_name.to_string()
    };
    let control = exception.control.and_then(|id| dossier.controls.by_id(id));
    let control = control.map_or_else(String::new, |control| format!("  {}", control.reference()));
    let text = format!(
        "{}{until}{review}, {owner}{control}  {by}: {}  meanwhile {}",
        state.label(),
        exception.reason,
        exception.compensating
    );
    let cells = vec![
        Cell::plain(format!("{} {}", exception.reference(), exception.title)),
        Cell::new(text.replace('\n', " / "), tint),
    ];
    Row::item(Target::Thing(Kind::Exception, exception.id), cells).marked(mark, tint).struck(exception.archived)
}

/// An exception in full, to be read.
pub fn in_full(dossier: &Dossier, exception: &Exception, today: Day) -> Vec<String> {
    let mut out = vec![exception.state(today).label().to_owned(), String::new()];
    let terms =
        if exception.approved_as.is_empty() { exception.terms(dossier) } else { exception.approved_as.to_string() };
    out.extend(terms.lines().map(str::to_owned));
    out.push(String::new());
    out.push(format!("Owner: {}", person(dossier, exception.owner.map(|who| who.0))));
    out.push(format!("Asked for by {}", person(dossier, exception.requester.map(|who| who.0))));
    let mut add = |label: &str, text: &str| {
        if !text.is_empty() {
            out.push(format!("{label}: {}", text.replace('\n', " / ")));
        }
    };
    add("Decided by", exception.approver_name.as_str());
    add("Last review", exception.review_note.as_str());
    add("Next review", &exception.review_due.map_or_else(String::new, |day| day.to_string()));
    add("Ended because", exception.ended_why.as_str());
    out
}
