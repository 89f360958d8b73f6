//! The checklist: DPO and governance steps that are missing come first and shout; what does not fit together comes last.

use super::{Cell, Row, Target, Tint, age, person};
use crate::{
    app::system::SystemScreen,
    domain::{
        decision::{Gap, conditions, counted},
        fields::Day,
        lint::{Remark, Severity, tally},
        people::Role,
    },
};

pub(super) fn rows(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let mut rows = Vec::new();
    let loud = [(Role::Dpo, "DATA PROTECTION"), (Role::Governance, "GOVERNANCE")];
    for (role, title) in loud {
        let gaps: Vec<&Gap> = screen.gaps.iter().filter(|gap| gap.role == role).collect();
        let unknown = role == Role::Dpo && screen.dossier.data_classes().is_empty();
        let absent = role == Role::Dpo && !screen.dossier.personal_data();
        let right = match gaps.len() {
            0 if unknown => "! not known yet".to_owned(),
            0 if absent => "[-] not applicable".to_owned(),
            0 => "[x] nothing missing".to_owned(),
            n => format!("! {n} missing"),
        };
        let bar = if gaps.is_empty() && !unknown { "  " } else { "▓▓" };
        rows.push(Row::heading(format!("{bar} {title}"), right));
        if absent {
            rows.push(Row::note(format!("    {}", screen.dossier.personal_data_because())));
        }
        rows.extend(gaps.into_iter().map(|gap| row(screen, gap, today)));
    }
    for (number, title) in conditions() {
        let rest = screen.gaps.iter().filter(|gap| gap.condition == number);
        let gaps: Vec<&Gap> = rest.filter(|gap| !loud.iter().any(|(role, _)| gap.role == *role)).collect();
        let elsewhere = screen.gaps.iter().any(|gap| gap.condition == number) && gaps.is_empty();
        if screen.only_missing && gaps.is_empty() {
            continue;
        }
        let right = if gaps.is_empty() && elsewhere {
            "see above".to_owned()
        } else if gaps.is_empty() {
            "[x]".to_owned()
        } else {
            format!("! {}", gaps.len())
        };
        rows.push(Row::heading(format!("{number} {title}"), right));
        rows.extend(gaps.into_iter().map(|gap| row(screen, gap, today)));
    }
    if screen.gaps.is_empty() {
        rows.push(Row::note("    Nothing is missing. The sign-off authority can decide: g s, then D."));
    }
    rows.extend(noticed(screen, today));
    rows
}

/// What does not fit together and is no gap: contradictions, then warnings.
fn noticed(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let (grave, mild) = tally(&screen.noticed);
    if screen.only_missing && screen.noticed.is_empty() {
        return Vec::new();
    }
    let right = match (grave, mild) {
        (0, 0) => "[x]".to_owned(),
        (0, mild) => counted(mild, "warning", "warnings"),
        (grave, 0) => format!("! {}", counted(grave, "contradiction", "contradictions")),
        (grave, mild) => {
            let grave = counted(grave, "contradiction", "contradictions");
            format!("! {grave}, {}", counted(mild, "warning", "warnings"))
        }
    };
    let heading = Row::heading("  Noticed", right);
    std::iter::once(heading).chain(screen.noticed.iter().map(|remark| remarked(screen, remark, today))).collect()
}

fn remarked(screen: &SystemScreen, remark: &Remark, today: Day) -> Row {
    let role = remark.rule.role();
    let who = format!("{} {}", role.short(), person(&screen.dossier, screen.dossier.holder(role, today)));
    let (mark, tint) = match remark.severity() {
        Severity::Contradiction => ("[!]", Tint::Alert),
        Severity::Warning => ("[?]", Tint::Plain),
    };
    let cells =
        vec![Cell::plain(format!("{}: {}", remark.rule.title(), remark.what)), Cell::plain(who), Cell::default()];
    Row::item(Target::Gap(remark.place.clone()), cells).marked(mark, tint)
}

fn row(screen: &SystemScreen, gap: &Gap, today: Day) -> Row {
    let who = format!("{} {}", gap.role.short(), person(&screen.dossier, gap.person));
    let late = gap.due.is_some_and(|due| due < today);
    let since = if late { format!("{} !", age(gap.since, today)) } else { age(gap.since, today) };
    let cells = vec![
        Cell::plain(gap.what.clone()),
        Cell::plain(who),
        Cell::new(since, if late { Tint::Alert } else { Tint::Muted }),
    ];
    Row::item(Target::Gap(gap.place.clone()), cells).marked("[!]", Tint::Alert)
}
