//! The DPO's pane: whether personal data is in scope, the assessment, the threats to people, the advice.

use super::{Cell, Row, Target, Tint, field_rows, moment, person};
use crate::app::register::columns::level;
use crate::domain::{
    Dossier, Kind,
    fields::{By, Day, Vocabulary},
    people::Role,
    register::ratings,
};

pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let scope = if dossier.personal_data() { "personal data in scope" } else { "not applicable" };
    let mut rows =
        vec![Row::heading("Is the DPO needed?", scope), Row::note(format!("    {}", dossier.personal_data_because()))];
    let Some(assessment) = dossier.privacy() else { return rows };
    let by_dpo =
        |field: &crate::domain::fields::Field| matches!(field.by, By::Roles(roles) if roles.contains(&Role::Dpo));
    let own = field_rows(dossier, assessment, &|field| by_dpo(field) && field.id != "briefing");
    let done = own.iter().filter(|row| row.mark.text == "[x]").count();
    rows.push(Row::heading("Assessment", format!("{done} of {}", own.len())));
    rows.extend(own);
    rows.extend(field_rows(dossier, assessment, &|field| field.id == "briefing"));
    let touching: Vec<_> = dossier.live_threats().filter(|threat| threat.personal.is_some()).collect();
    rows.push(Row::heading("Threats to personal data", format!("{}, v gives the verdict", touching.len())));
    for threat in touching {
        let verdict = threat
            .dpo_verdict
            .map_or_else(|| "! not validated".to_owned(), |v| format!("{}  {}", v.label(), threat.dpo_reason));
        let kind = threat.personal.map_or("", Vocabulary::label);
        let now = level(ratings(dossier, threat, today).now, true);
        let missing = threat.dpo_verdict.is_none();
        let cells = vec![
            Cell::plain(format!("{} {}", threat.reference(), threat.title)),
            Cell::new(format!("{kind}  {}  {verdict}", now.text), now.tint),
        ];
        let mark = if missing { ("[!]", Tint::Alert) } else { ("[x]", Tint::Good) };
        rows.push(Row::item(Target::Thing(Kind::Threat, threat.id), cells).marked(mark.0, mark.1));
    }
    advice(dossier, &mut rows);
    rows
}

fn advice(dossier: &Dossier, rows: &mut Vec<Row>) {
    let Some(assessment) = dossier.privacy() else { return };
    let place =
        crate::domain::decision::Place::act(Kind::Privacy, Some(assessment.id), crate::domain::decision::Mend::Advise);
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
    let all = assessment.advice_text.as_str();
    rows.extend(all.lines().map(|line| Row::words(line, all)));
    rows.extend(field_rows(dossier, assessment, &|field| field.id.starts_with("followed")));
}
