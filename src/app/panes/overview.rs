//! The overview: what is missing first, then who holds which role, the tier, and the description.

use super::{Cell, Row, Target, Tint, age, field_rows, person};
use crate::{
    app::system::SystemScreen,
    domain::{
        answers_of,
        decision::{clearance, court, overlaps},
        fields::{Day, Vocabulary},
        people::Role,
        system::Intake,
    },
};

pub(super) fn rows(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let dossier = &screen.dossier;
    let mut rows = Vec::new();
    standing(screen, today, &mut rows);
    rows.push(Row::heading("Who holds which role", "A assigns"));
    for role in Role::REVIEW {
        let holder = dossier.holder(role, today);
        let absent = role == Role::Dpo && !dossier.personal_data();
        let cell = match holder {
            None if absent && dossier.data_classes().is_empty() => {
                Cell::new("not known yet: no data class is named", Tint::Alert)
            }
            None if absent => Cell::new("not needed: no personal data", Tint::Muted),
            None => Cell::new("nobody", Tint::Alert),
            Some(id) => Cell::plain(person(dossier, Some(id))),
        };
        let mark = if holder.is_some() {
            ("[x]", Tint::Good)
        } else if absent {
            ("[-]", Tint::Muted)
        } else {
            ("[!]", Tint::Alert)
        };
        rows.push(Row::item(Target::Holder(role), vec![Cell::plain(role.label()), cell]).marked(mark.0, mark.1));
    }
    for overlap in overlaps(dossier, today) {
        let roles: Vec<_> = overlap.roles.iter().map(|role| role.label()).collect();
        let who = person(dossier, Some(overlap.person));
        rows.push(Row::note(format!(
            "    {who} holds {} roles ({}): {}.",
            roles.len(),
            roles.join(", "),
            overlap.judgement.label()
        )));
    }
    tier(screen, &mut rows);
    if let Some(system) = dossier.system() {
        rows.push(Row::heading("Description", "Enter edits"));
        rows.extend(field_rows(dossier, system, &|field| field.id != "source" && field.id != "source_text"));
        if !system.source_text.is_empty() {
            rows.push(Row::heading("Words of the source", system.source.to_string()));
            let all = system.source_text.as_str();
            rows.extend(all.lines().map(|line| Row::words(line, all)));
        }
    }
    rows
}

/// Where it stands, in three lines: whose court, the clearance, the gaps of the most pressing roles.
fn standing(screen: &SystemScreen, today: Day, rows: &mut Vec<Row>) {
    let dossier = &screen.dossier;
    let cleared = clearance(dossier, today);
    rows.push(Row::heading("Where it stands", format!("clearance: {}", cleared.state.label())));
    for court in court(dossier) {
        let who = person(dossier, dossier.holder(court.role, today));
        let due = court.due.map_or_else(String::new, |due| {
            let late = due.days_to(today);
            if late > 0 { format!(", {late} days ! late") } else { format!(", due {due}") }
        });
        rows.push(Row::note(format!("  ► With {} ({who}) for {}{due}", court.role.label(), age(court.since, today))));
    }
    rows.push(Row::note(format!("    {} {}", cleared.reason, cleared.restore)));
    let moved = screen.since.as_ref().filter(|since| dossier.decided().is_none() || !since.difference.is_empty());
    rows.extend(moved.map(|since| super::changes_row(screen, since)));
    let missing = screen.gaps.len();
    if dossier.decided().is_none() {
        let first = screen.gaps.first().map_or_else(String::new, |gap| format!(" First: {}.", gap.what));
        let text = if missing == 0 {
            "    The gate is open: nothing is missing.".to_owned()
        } else {
            format!("  ! {missing} missing before it can be cleared.{first}")
        };
        rows.push(Row::note(text));
    }
}

fn tier(screen: &SystemScreen, rows: &mut Vec<Row>) {
    let dossier = &screen.dossier;
    let Some(intake) = dossier.intake() else { return };
    let word = dossier.tier().map_or("not tiered yet", Vocabulary::label);
    rows.push(Row::heading("Intake and tier", format!("tier: {word}")));
    for (question, answer) in answers_of(intake) {
        let Some(field) = Intake::FIELDS.iter().find(|field| field.id == question) else { continue };
        let text = answer.map(|a| {
            crate::domain::library::intake()
                .level(question, a.level())
                .map_or(String::new(), |l| format!("{} {}", a.level(), l.label))
        });
        let mark = if answer.is_some() { ("[x]", Tint::Good) } else { ("[!]", Tint::Alert) };
        let cell = text.map_or_else(|| Cell::new("not known: counts as the worst", Tint::Alert), Cell::plain);
        rows.push(
            Row::item(
                Target::Field(crate::domain::Kind::Intake, intake.id, field.id),
                vec![Cell::plain(field.label), cell],
            )
            .marked(mark.0, mark.1),
        );
    }
    let explained = dossier.computed_tier().map(|result| result.explain()).unwrap_or_default();
    let by_hand = intake.override_tier.map(|tier| format!("{} by hand: {}", tier.label(), intake.override_reason));
    let text =
        by_hand.or_else(|| explained.first().cloned()).unwrap_or_else(|| "Answer the seven questions".to_owned());
    rows.push(Row::item(Target::Tier, vec![Cell::plain("Tier"), Cell::plain(format!("{word}. {text}"))]));
    rows.extend(explained.iter().map(|line| Row::note(format!("    {line}"))));
}
