//! The seven hand-offs: where each is, with whom since when, and what came back.

use super::{Cell, Row, Target, Tint, age, leg_title, person};
use crate::domain::{
    Dossier,
    decision::{Leg, LegState, Step, leg},
    fields::{Day, Vocabulary},
};

pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows =
        vec![Row::heading("Hand-offs of this review", "> hands over, a opens, c confirms, < sends back, t takes back")];
    for step in Step::ALL {
        if matches!(step, Step::SecurityDpo | Step::DpoSignoff) && !dossier.personal_data() {
            let cells = vec![
                Cell::plain(leg_title(*step)),
                Cell::new("not needed", Tint::Muted),
                Cell::new(dossier.personal_data_because(), Tint::Muted),
            ];
            rows.push(Row::item(Target::Leg(*step), cells).marked("[-]", Tint::Muted));
            continue;
        }
        let leg = leg(dossier, *step, today);
        rows.push(row(dossier, &leg, today));
        rows.extend(details(&leg));
    }
    rows.push(Row::heading("Passed so far", ""));
    for handoff in dossier.handoffs.iter().rev() {
        let step = handoff.step.map_or("", Vocabulary::label);
        let sent = handoff.sent_at.map_or_else(String::new, super::moment);
        let by = person(dossier, handoff.sent_by.map(|who| who.0));
        let state = handoff.state.map_or("", Vocabulary::label);
        let all = format!("{sent}  {step}\n{by}, {state}\n\n{}\n{}", handoff.note, handoff.gaps);
        let line = format!("{sent}  {step}  {by}  {state}  {}", handoff.note.as_str().replace('\n', " / "));
        rows.push(Row::words(line, all.trim_end()));
    }
    if dossier.handoffs.is_empty() {
        rows.push(Row::note("    Nothing was handed over yet."));
    }
    rows
}

fn row(dossier: &Dossier, leg: &Leg, today: Day) -> Row {
    let (mark, tint) = match leg.state {
        LegState::Completed => ("[x]", Tint::Good),
        LegState::Sent | LegState::Received => (" ► ", Tint::Here),
        LegState::Returned => ("[!]", Tint::Alert),
        LegState::Ready => ("[ ]", Tint::Strong),
        LegState::NotReady(_) => ("[ ]", Tint::Muted),
        LegState::Needless => ("[=]", Tint::Muted),
    };
    let text = match (&leg.state, leg.handoff) {
        (LegState::NotReady(missing), _) => missing.join(" "),
        (LegState::Needless, _) => "this scoped review does not ask for it: nothing it carries changed".to_owned(),
        (LegState::Sent | LegState::Received, Some(handoff)) => {
            let late = handoff.due.is_some_and(|due| due < today);
            let due =
                handoff.due.map_or_else(String::new, |due| format!(", due {due}{}", if late { " ! late" } else { "" }));
            let who = person(dossier, dossier.holder(leg.step.to(), today));
            format!("{} ({who}) for {}{due}", leg.step.to().label(), age(handoff.sent_at, today))
        }
        (LegState::Returned, Some(handoff)) => {
            let reason = handoff.reason.map_or("", Vocabulary::label);
            let to = handoff.gaps_role.map_or("", Vocabulary::label);
            format!("{reason}, to be closed by {to}, {}", age(handoff.closed_at, today))
        }
        (LegState::Completed, Some(handoff)) => {
            let by = person(dossier, handoff.closed_by.or(handoff.sent_by).map(|who| who.0));
            format!("{by}, {}", handoff.closed_at.or(handoff.sent_at).map_or_else(String::new, super::day))
        }
        _ => format!("carries {}", leg.step.carries_words()),
    };
    Row::item(
        Target::Leg(leg.step),
        vec![Cell::plain(leg_title(leg.step)), Cell::new(leg.state.word(), tint), Cell::plain(text)],
    )
    .marked(mark, tint)
}

fn details(leg: &Leg) -> Vec<Row> {
    let Some(handoff) = leg.handoff else { return Vec::new() };
    let quoted = |text: &str| text.lines().map(|line| Row::note(format!("        {line}"))).collect::<Vec<_>>();
    match leg.state {
        LegState::Returned => quoted(handoff.gaps.as_str()),
        LegState::Sent | LegState::Received => quoted(handoff.note.as_str()),
        LegState::Completed | LegState::Needless | LegState::Ready | LegState::NotReady(_) => Vec::new(),
    }
}
