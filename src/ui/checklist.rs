//! A question and a section of the DPO's checklist in full, for the room beside or below the list.

use super::{detail::Fact, theme::Tone};
use crate::domain::{
    Dossier,
    catalog::fact,
    fields::{Day, Vocabulary},
    library::{AnswerKind, vocabulary},
    privacy::{self, Asked, sections},
};

/// A question: what is asked, what is answered, what makes an answer likely, what a bad one leads to.
pub fn question(dossier: &Dossier, id: &str, today: Day) -> (String, Vec<Fact>) {
    let all = sections(dossier, today);
    let Some(asked) = all.iter().flat_map(|now| &now.asked).find(|asked| asked.check.id == id) else {
        return (id.to_owned(), Vec::new());
    };
    let mut facts = vec![
        (String::new(), asked.check.question.clone(), Tone::Text),
        (String::new(), asked.check.help.clone(), Tone::Muted),
    ];
    facts.extend(answer(asked));
    for known in asked.suggested.iter().filter_map(|id| fact(dossier, id)) {
        let title = vocabulary().fact_title(known.fact);
        facts.push(("Suggests yes".into(), format!("{title}: {}", known.because), Tone::Text));
    }
    if asked.check.answer != AnswerKind::Criterion {
        let leads = privacy::Outcome::parse(asked.check.outcome_if_not_met.code()).map_or("", Vocabulary::label);
        let bad = if asked.check.inverse { "A yes" } else { "A no" };
        facts.push((format!("{bad} means"), leads.to_owned(), Tone::Muted));
    }
    let refs: Vec<&str> = asked.check.refs.values().flatten().map(String::as_str).collect();
    facts.push(("Rests on".into(), refs.join(", "), Tone::Muted));
    (id.to_owned(), facts)
}

fn answer(asked: &Asked<'_>) -> Vec<Fact> {
    let mut out = Vec::new();
    if let Some(answer) = asked.answer {
        let tone = if asked.is_finding() { Tone::Alert } else { Tone::Good };
        out.push(("Answer".into(), answer.label().to_owned(), tone));
    }
    if !asked.note().is_empty() {
        out.push(("Note".into(), asked.note().to_owned(), Tone::Text));
    } else if asked.is_finding() {
        out.push((String::new(), "! Say why: w writes it.".into(), Tone::Alert));
    }
    out
}

/// A section: how far it is, what is said, what it comes to, what is missing.
pub fn section(dossier: &Dossier, id: &str, today: Day) -> (String, Vec<Fact>) {
    let Some(now) = privacy::section(dossier, id, today) else { return (id.to_owned(), Vec::new()) };
    let mut facts = Vec::new();
    for lack in &now.lacks {
        facts.push((String::new(), format!("! {}", lack.what), Tone::Alert));
    }
    facts.push(("Answered".into(), format!("{} of {}", now.answered(), now.asked.len()), Tone::Text));
    if let Some(outcome) = now.outcome {
        let by = if now.said.is_some() { "" } else { ", by the answers" };
        facts.push(("Outcome".into(), format!("{}{by}", outcome.label()), Tone::Text));
    }
    if !now.text.is_empty() {
        facts.push(("In words".into(), now.text.to_owned(), Tone::Text));
    }
    for asked in now.asked.iter().filter(|asked| asked.is_finding()) {
        let answer = asked.answer.map_or("", Vocabulary::label);
        facts.push((format!("{}: {answer}", asked.check.id), asked.note().to_owned(), Tone::Text));
    }
    (format!("Section {}: {}", now.section.order, now.section.title), facts)
}
