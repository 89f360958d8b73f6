//! One section of the DPO's checklist: its questions, what is said of it in words, and what is advised on it.

use super::{Cell, Row, Target, Tint, privacy};
use crate::domain::{
    Dossier,
    fields::{Day, Vocabulary},
    library::AnswerKind,
    privacy::{Asked, CheckAnswer, Outcome, SCREENING, SectionNow, THREATS, section, sections},
};

pub(super) fn rows(dossier: &Dossier, id: &str, today: Day) -> Option<Vec<Row>> {
    let now = section(dossier, id, today)?;
    let all = sections(dossier, today);
    let done = all.iter().filter(|now| now.is_done()).count();
    let place = format!("section {} of {}, {done} done", now.section.order, all.len());
    let mut rows = vec![Row::heading(now.section.title.clone(), place)];
    rows.extend(now.asked.iter().map(question));
    if id == SCREENING
        && let Some(assessment) = dossier.privacy()
    {
        privacy::impact(dossier, assessment, today, &mut rows);
    }
    if id == THREATS {
        let threats = privacy::threats(dossier, today);
        let says = if threats.is_empty() {
            "no threat is marked as one to personal data"
        } else {
            "y confirms, n rejects, v says more"
        };
        rows.push(Row::heading("Threats to personal data", says));
        rows.extend(threats);
    }
    let missing = match now.lacks.len() {
        0 => "nothing is missing".to_owned(),
        n => format!("! {n} missing"),
    };
    rows.push(Row::heading("What the DPO makes of it", missing));
    rows.extend(conclusion(&now));
    // What is not answered has an empty mark above.
    let told = now.lacks.iter().filter(|lack| lack.check.is_some() && !lack.what.ends_with("not answered"));
    rows.extend(told.map(|lack| Row::note(format!("    ! {}", lack.what))));
    Some(rows)
}

/// A question in one line: the answer, then the question; all of it stands beside or below the list.
fn question(asked: &Asked<'_>) -> Row {
    let (answer, tint) = match asked.answer {
        Some(_) if asked.is_finding() => (said(asked), Tint::Alert),
        Some(_) => (said(asked), Tint::Good),
        None if !asked.suggested.is_empty() => ("yes?".to_owned(), Tint::Muted),
        None => ("-".to_owned(), Tint::Muted),
    };
    let silent = asked.is_finding() && asked.note().is_empty();
    let (mark, mark_tint) = match asked.answer {
        None => ("[ ]", Tint::Plain),
        Some(_) if silent => ("[!]", Tint::Alert),
        Some(_) => ("[x]", Tint::Good),
    };
    let mut text = asked.check.question.clone();
    if !asked.note().is_empty() {
        text = format!("{text}  \"{}\"", asked.note().replace('\n', " / "));
    }
    let cells = vec![Cell::new(answer, tint), Cell::plain(text)];
    Row::item(Target::Check(asked.check.id.as_str()), cells).marked(mark, mark_tint)
}

/// The answer in a few letters.
fn said(asked: &Asked<'_>) -> String {
    let chosen = asked.row.map_or(&[][..], |row| &row.chosen.0);
    match (asked.check.answer, asked.answer) {
        (AnswerKind::Choice, Some(CheckAnswer::Yes)) => chosen.join(", "),
        (AnswerKind::ThreatValidation, Some(CheckAnswer::Yes)) => "all of them".to_owned(),
        (AnswerKind::ThreatValidation, _) => "no threat".to_owned(),
        (_, answer) => answer.map_or("", Vocabulary::label).to_owned(),
    }
}

fn conclusion(now: &SectionNow<'_>) -> [Row; 2] {
    let target = || Target::Section(now.section.id.as_str());
    let words =
        if now.text.is_empty() { Cell::new("-", Tint::Muted) } else { Cell::plain(now.text.replace('\n', " / ")) };
    let mark = |filled: bool| if filled { ("[x]", Tint::Good) } else { ("   ", Tint::Muted) };
    let outcome = match (now.said, now.suggested) {
        (Some(said), Some(by_answers)) if said != by_answers => {
            Cell::plain(format!("{}; the answers come to: {}", said.label(), by_answers.label()))
        }
        (Some(said), _) => Cell::plain(said.label()),
        (None, Some(by_answers)) => Cell::plain(format!("{}, by the answers", by_answers.label())),
        (None, None) => Cell::new("-", Tint::Muted),
    };
    let (worded, advised) = (mark(!now.text.is_empty()), mark(now.outcome.is_some()));
    [
        Row::item(target(), vec![Cell::plain("In words"), words]).marked(worded.0, worded.1),
        Row::item(target(), vec![Cell::plain("Outcome"), outcome]).marked(advised.0, advised.1),
    ]
}

/// What the sections come to together: how many of each outcome, and which are worse than no objection.
pub(in crate::app) fn summed(all: &[SectionNow<'_>]) -> Option<String> {
    let worse: Vec<String> = Outcome::ALL
        .iter()
        .rev()
        .filter(|outcome| **outcome > Outcome::NoObjection)
        .filter_map(|outcome| {
            let of: Vec<&str> =
                all.iter().filter(|now| now.outcome == Some(*outcome)).map(|now| now.section.title.as_str()).collect();
            (!of.is_empty()).then(|| format!("{}: {}", outcome.label(), of.join(", ")))
        })
        .collect();
    let fine = all.iter().filter(|now| now.outcome.is_some_and(|outcome| outcome <= Outcome::NoObjection)).count();
    if worse.is_empty() && fine == 0 {
        return None;
    }
    let rest = if fine > 0 { vec![format!("{fine} without objection")] } else { Vec::new() };
    Some(format!("By sections: {}.", [worse, rest].concat().join("; ")))
}
