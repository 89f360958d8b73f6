//! The control plan and the evidence pack.

use super::{Cell, Row, Target, Tint, person};
use crate::domain::{
    Dossier, Kind,
    fields::{Day, Vocabulary},
    register::{Control, ControlStatus, counts_as_verified},
};

pub(super) fn controls(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows: Vec<Row> = dossier.controls.iter().map(|control| row(dossier, control, today)).collect();
    if rows.is_empty() {
        rows.push(Row::note("    No controls yet. On a threat, c adds the first one; here n adds one."));
    }
    rows
}

fn row(dossier: &Dossier, control: &Control, today: Day) -> Row {
    use ControlStatus::{Degraded, Failed, Verified};
    let against: Vec<String> = dossier
        .links
        .iter()
        .filter(|link| !link.archived && link.control == Some(control.id))
        .filter_map(|link| dossier.live_threats().find(|threat| Some(threat.id) == link.threat))
        .map(crate::domain::register::Threat::reference)
        .collect();
    let stage = control.stage();
    let unproved = stage == Verified && !counts_as_verified(dossier, control, today);
    let late = control.due.is_some_and(|due| due < today) && !matches!(stage, Verified | ControlStatus::Implemented);
    let status = match stage {
        Verified if unproved => Cell::new("! unproved", Tint::Alert),
        Verified => Cell::new("verified", Tint::Good),
        Degraded | Failed => Cell::new(format!("! {}", stage.label()), Tint::Alert),
        ControlStatus::Proposed
        | ControlStatus::Planned
        | ControlStatus::InProgress
        | ControlStatus::Implemented
        | ControlStatus::Retired
        | ControlStatus::NotApplicable => Cell::plain(stage.label()),
    };
    let owner = control.owner.map_or_else(
        || control.owner_role.map_or_else(|| "! nobody".to_owned(), |role| role.label().to_owned()),
        |who| person(dossier, Some(who.0)),
    );
    let due = control.due.map_or_else(String::new, |due| due.to_string());
    let cells = vec![
        Cell::plain(control.reference()),
        Cell::plain(control.title.to_string()),
        status,
        Cell::plain(owner),
        Cell::plain(control.gate.map_or("-", Vocabulary::label)),
        Cell::new(due, if late { Tint::Alert } else { Tint::Plain }),
        if against.is_empty() { Cell::new("! nothing", Tint::Alert) } else { Cell::plain(against.join(" ")) },
    ];
    let mark = if late { (" ! ", Tint::Alert) } else { ("   ", Tint::Plain) };
    Row::item(Target::Thing(Kind::Control, control.id), cells).marked(mark.0, mark.1).struck(control.archived)
}

pub(super) fn evidence(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows = vec![Row::heading("Evidence", "n adds, f adds a file")];
    for evidence in &dossier.evidence {
        let expired = evidence.expires.is_some_and(|expires| expires < today);
        let until = evidence.expires.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let cells = vec![
            Cell::plain(evidence.reference()),
            Cell::plain(format!("{}  {}", evidence.title, evidence.place)),
            Cell::plain(evidence.sort.map_or("-", Vocabulary::label)),
            Cell::plain(evidence.grade.map_or("-", Vocabulary::label)),
            Cell::plain(evidence.collected.map_or_else(String::new, |day| day.to_string())),
            Cell::new(until, if expired { Tint::Alert } else { Tint::Plain }),
        ];
        rows.push(Row::item(Target::Thing(Kind::Evidence, evidence.id), cells).struck(evidence.archived));
    }
    if dossier.evidence.is_empty() {
        rows.push(Row::note("    No evidence yet. n adds a piece; the gate wants what claims \"verified\" proved."));
    }
    rows.push(Row::heading("Verifications", "on a control, v records one"));
    for look in &dossier.verifications {
        let control = dossier.live_controls().find(|control| Some(control.id) == look.control);
        let expired = look.valid_until.is_some_and(|until| until < today);
        let cells = vec![
            Cell::plain(control.map_or_else(String::new, Control::reference)),
            Cell::plain(format!(
                "{} by {}",
                look.method.map_or("-", Vocabulary::label),
                person(dossier, look.by.map(|who| who.0))
            )),
            Cell::plain(look.outcome.map_or("-", Vocabulary::label)),
            Cell::default(),
            Cell::plain(look.on.map_or_else(String::new, |day| day.to_string())),
            Cell::new(
                look.valid_until.map_or_else(String::new, |day| day.to_string()),
                if expired { Tint::Alert } else { Tint::Plain },
            ),
        ];
        rows.push(Row::item(Target::Thing(Kind::Verification, look.id), cells).struck(look.archived));
    }
    rows
}
