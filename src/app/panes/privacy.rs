//! The DPO's pane: whether personal data is in scope, the assessment section by section, the impact assessment, the
//! threats to people, the advice.

use super::{Cell, Row, Target, Tint, field_rows, moment, person, section};
use crate::app::{register::columns::level, system::SystemScreen};
use crate::domain::{
    Dossier, Kind,
    decision::{Mend, Place},
    fields::{Day, Vocabulary},
    library::dpo_checklist,
    privacy::{Privacy, SCREENING, SectionNow, consultation_due, is_asked, screened, sections},
    register::ratings,
};

/// The fields on the impact assessment, the people's views and the authority.
pub(super) const IMPACT: [&str; 7] =
    ["dpia_needed", "dpia_reason", "dpia", "views", "views_text", "consultation", "consultation_text"];

pub(super) fn rows(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let dossier = &screen.dossier;
    if let Some(found) = screen.dpo.open.and_then(|id| section::rows(dossier, id, today)) {
        return found;
    }
    let scope = if dossier.personal_data() {
        "personal data in scope"
    } else if dossier.data_classes().is_empty() {
        "! not known yet"
    } else {
        "not applicable"
    };
    let mut rows =
        vec![Row::heading("Is the DPO needed?", scope), Row::note(format!("    {}", dossier.personal_data_because()))];
    let Some(assessment) = dossier.privacy() else { return rows };
    let all = sections(dossier, today);
    let done = all.iter().filter(|now| now.is_done()).count();
    let list = dpo_checklist();
    rows.push(Row::heading(
        "Section by section",
        format!("{done} of {} sections, checklist {}", all.len(), list.version()),
    ));
    rows.extend(all.iter().map(|now| one(dossier, now)));
    impact(dossier, assessment, today, &mut rows);
    let touching: Vec<_> = dossier.live_threats().filter(|threat| threat.personal.is_some()).collect();
    let told = touching.iter().filter(|threat| threat.dpo_verdict.is_some()).count();
    rows.push(Row::heading("Threats to personal data", format!("{told} of {}, v gives the verdict", touching.len())));
    rows.extend(threats(dossier, today));
    advice(dossier, assessment, &all, &mut rows);
    rows
}

/// A section in one line: how far it is, what it comes to, what is missing.
fn one(dossier: &Dossier, now: &SectionNow<'_>) -> Row {
    let title = format!("{:>2} {}", now.section.order, now.section.title);
    let begun = is_asked(dossier);
    let (mark, cell) = if now.is_done() {
        (("[x]", Tint::Good), Cell::plain(comes_to(dossier, now)))
    } else if now.lacks.is_empty() {
        // In words alone, what never had a field of its own is asked for by nobody.
        (("   ", Tint::Muted), Cell::new("-", Tint::Muted))
    } else {
        let answered =
            if begun { format!("{} of {} answered", now.answered(), now.asked.len()) } else { String::new() };
        let silent = now.lacks.iter().filter(|lack| lack.what.ends_with("say why")).count();
        let fields = now.lacks.iter().filter_map(|lack| lack.field);
        let fields = fields.map(|id| Kind::Privacy.field(id).map_or(id, |field| field.label));
        let mut parts: Vec<String> = fields.map(|label| format!("{label} missing")).collect();
        if silent > 0 {
            parts.push(format!("{silent} to explain"));
        }
        let parts: Vec<String> = [answered].into_iter().filter(|text| !text.is_empty()).chain(parts).collect();
        (("[!]", Tint::Alert), Cell::new(format!("! {}", parts.join(", ")), Tint::Alert))
    };
    Row::item(Target::Section(now.section.id.as_str()), vec![Cell::plain(title), cell]).marked(mark.0, mark.1)
}

/// What a section comes to, and how it begins in words.
fn comes_to(dossier: &Dossier, now: &SectionNow<'_>) -> String {
    let first = now.text.lines().next().unwrap_or("");
    let outcome = now.outcome.map_or("", Vocabulary::label);
    if now.section.id == SCREENING
        && let Some(privacy) = dossier.privacy()
    {
        let needed = privacy.dpia_needed.map_or("", Vocabulary::label);
        return format!("DPIA needed: {needed}; {}", privacy.dpia.map_or("", Vocabulary::label));
    }
    [outcome, first].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ")
}

/// What the screening says, what was decided beside it, the people's views, and the authority.
pub(super) fn impact(dossier: &Dossier, assessment: &Privacy, today: Day, rows: &mut Vec<Row>) {
    let now = screened(dossier, today);
    let says = match now.result {
        Some(result) => format!("{} of 9 criteria: {}", now.met, result.label()),
        None => format!("{} of 9 criteria so far, {} not answered", now.met, now.open),
    };
    rows.push(Row::heading("Impact assessment (Art. 35, 36)", says));
    rows.extend(now.rules.iter().map(|rule| Row::note(format!("    {}: {}", rule.id, rule.reason))));
    if assessment.dpia_needed.is_some_and(|needed| now.contradicts(needed)) {
        let because = assessment.dpia_reason.as_str().lines().next().unwrap_or("");
        rows.push(Row::note(format!("    ! The DPO decided otherwise than the screening says, because: {because}")));
    }
    if let Some(why) = consultation_due(dossier, today) {
        rows.push(Row::note(format!("    ! The authority may have to be asked beforehand: {why}.")));
    }
    rows.extend(field_rows(dossier, assessment, &|field| IMPACT.contains(&field.id)));
}

/// The threats to personal data, each with the DPO's verdict.
pub(super) fn threats(dossier: &Dossier, today: Day) -> Vec<Row> {
    let touching = dossier.live_threats().filter(|threat| threat.personal.is_some());
    touching
        .map(|threat| {
            let verdict = threat
                .dpo_verdict
                .map_or_else(|| "! not validated".to_owned(), |v| format!("{}  {}", v.label(), threat.dpo_reason));
            let kind = threat.personal.map_or("", Vocabulary::label);
            let now = level(ratings(dossier, threat, today).now, true);
            let cells = vec![
                Cell::plain(format!("{} {}", threat.reference(), threat.title)),
                Cell::new(format!("{kind}  {}  {verdict}", now.text), now.tint),
            ];
            let mark = if threat.dpo_verdict.is_none() { ("[!]", Tint::Alert) } else { ("[x]", Tint::Good) };
            Row::item(Target::Thing(Kind::Threat, threat.id), cells).marked(mark.0, mark.1)
        })
        .collect()
}

fn advice(dossier: &Dossier, assessment: &Privacy, all: &[SectionNow<'_>], rows: &mut Vec<Row>) {
    let place = Place::act(Kind::Privacy, Some(assessment.id), Mend::Advise);
    rows.push(Row::heading("The advice", "a gives it; the DPO advises, the board decides"));
    let (mark, cell) = match assessment.advice {
        None if dossier.personal_data() => (("[!]", Tint::Alert), Cell::new("not given yet", Tint::Alert)),
        None => (("[-]", Tint::Muted), Cell::new("not needed", Tint::Muted)),
        Some(advice) => {
            let who = person(dossier, assessment.advised_by.map(|who| who.0));
            let at = assessment.advised_at.map_or_else(String::new, moment);
            (("[x]", Tint::Good), Cell::plain(format!("{}, {who}, {at}", advice.label())))
        }
    };
    rows.push(Row::item(Target::Gap(place), vec![Cell::plain("Advice"), cell]).marked(mark.0, mark.1));
    let words = assessment.advice_text.as_str();
    rows.extend(words.lines().map(|line| Row::words(line, words)));
    if let Some(says) = section::summed(all) {
        rows.push(Row::note(format!("    {says}")));
    }
    rows.extend(field_rows(dossier, assessment, &|field| field.id == "briefing"));
    rows.extend(field_rows(dossier, assessment, &|field| field.id.starts_with("followed")));
}
