//! The sign-off pane: the signatures, who did how much alone, the decision and what it is worth today.

use super::{Cell, Row, Target, Tint, field_rows, moment, person};
use crate::{
    app::system::SystemScreen,
    domain::{
        Dossier, Kind,
        decision::{Mend, Place, SignoffState, clearance, due_roles, latest_signoff, overlaps, signoff_state},
        fields::{Day, Vocabulary},
        people::Role,
    },
};

pub(super) fn rows(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let dossier = &screen.dossier;
    let missing = screen.gaps.len();
    let ready =
        if missing == 0 { "ready: nothing is missing".to_owned() } else { format!("! not ready: {missing} missing") };
    let mut rows = vec![Row::heading("Signatures", ready)];
    for role in due_roles(dossier) {
        rows.push(signature(screen, role, today));
    }
    if !dossier.personal_data() {
        rows.push(Row::note(format!("[-] DPO: not applicable. {}", dossier.personal_data_because())));
    }
    independence(dossier, today, &mut rows);
    if let Some(assessment) = dossier.privacy().filter(|assessment| assessment.advice.is_some()) {
        let advice = assessment.advice.map_or("", Vocabulary::label);
        rows.push(Row::heading("The DPO's advice", advice));
        let all = assessment.advice_text.as_str();
        rows.extend(all.lines().map(|line| Row::words(line, all)));
        rows.extend(field_rows(dossier, assessment, &|field| field.id.starts_with("followed")));
    }
    draft(dossier, &mut rows);
    decision(dossier, today, &mut rows);
    rows
}

fn signature(screen: &SystemScreen, role: Role, today: Day) -> Row {
    let dossier = &screen.dossier;
    let found = latest_signoff(dossier, role);
    let waits = || format!("waits for {}", person(dossier, dossier.holder(role, today)));
    let (mark, tint, text) = match found.map(|signoff| (signoff, signoff_state(dossier, signoff))) {
        Some((signoff, SignoffState::Valid)) => {
            let at = signoff.at.map_or_else(String::new, moment);
            ("[x]", Tint::Good, format!("{}  {at}  \"{}\"", signoff.name, signoff.statement))
        }
        Some((signoff, SignoffState::Voided)) => {
            let by = screen.voided.iter().find(|(of, _)| *of == role).map_or("a later change", |(_, text)| text);
            ("[!]", Tint::Alert, format!("! voided by {by}  (was {})", signoff.name))
        }
        Some((signoff, SignoffState::Withdrawn)) => {
            ("[!]", Tint::Alert, format!("! withdrawn: {}", signoff.withdrawn_why))
        }
        Some((_, SignoffState::Superseded)) | None => ("[ ]", Tint::Plain, waits()),
    };
    Row::item(Target::Signoff(role), vec![Cell::plain(role.label()), Cell::new(text, tint)]).marked(mark, tint)
}

fn independence(dossier: &Dossier, today: Day, rows: &mut Vec<Row>) {
    let overlaps = overlaps(dossier, today);
    if overlaps.is_empty() {
        rows.push(Row::note("    Every step is held by a person of its own."));
        return;
    }
    let due = due_roles(dossier).len() + 1;
    for overlap in overlaps {
        let who = person(dossier, Some(overlap.person));
        let roles: Vec<_> = overlap.roles.iter().map(|role| role.label()).collect();
        let text = format!(
            "{} of {due} steps by the same person, {who} ({}): {}",
            roles.len(),
            roles.join(", "),
            overlap.judgement.label()
        );
        let place = Place::act(Kind::Review, dossier.review().map(|review| review.id), Mend::Override);
        let overridden = dossier.review().filter(|review| !review.override_reason.is_empty());
        let blocked = overlap.judgement == crate::domain::decision::Judgement::Block && overridden.is_none();
        let (mark, tint) = if blocked { ("[!]", Tint::Alert) } else { ("[-]", Tint::Muted) };
        rows.push(
            Row::item(Target::Gap(place), vec![Cell::plain("Independence"), Cell::new(text, tint)]).marked(mark, tint),
        );
        if let Some(review) = overridden {
            rows.push(Row::note(format!(
                "    Allowed because {} Made up for by: {}",
                review.override_reason, review.compensating
            )));
        }
    }
}

fn draft(dossier: &Dossier, rows: &mut Vec<Row>) {
    let Some(review) = dossier.review() else { return };
    let proposed = review.draft.map_or("none yet", Vocabulary::label);
    rows.push(Row::heading("Governance proposes", proposed));
    let lines = review.draft_reason.as_str().lines().chain(review.draft_conditions.as_str().lines());
    rows.extend(lines.map(|line| Row::note(format!("    {line}"))));
}

fn decision(dossier: &Dossier, today: Day, rows: &mut Vec<Row>) {
    let cleared = clearance(dossier, today);
    rows.push(Row::heading("The decision", format!("clearance: {}", cleared.state.label())));
    rows.push(Row::note(format!("    {} {}", cleared.reason, cleared.restore)));
    let place = Place::act(Kind::Disposition, None, Mend::Decide);
    let decided = dossier.decided();
    let (mark, text) = match decided {
        None => (("[ ]", Tint::Plain), "D decides: proceed, conditional, restricted pilot, hold, decline".to_owned()),
        Some(d) => {
            let word = d.decision.map_or("", Vocabulary::label);
            (
                ("[x]", Tint::Good),
                format!("{word}, {}, {}: {}", d.name, d.at.map_or_else(String::new, moment), d.rationale),
            )
        }
    };
    rows.push(
        Row::item(Target::Gap(place), vec![Cell::plain("Decision"), Cell::plain(text.replace('\n', " / "))])
            .marked(mark.0, mark.1),
    );
}
