//! The controls in columns by status. Where there is no room for columns it is a list in groups.

use super::{Cell, Column, Row, Target, Tint, column, controls};
use crate::app::row::Width::{Fixed, Share};
use crate::domain::{
    Dossier, Kind,
    fields::Day,
    register::{Control, ControlStatus, threats_of},
};

pub(super) const COLUMNS: &[Column] = &[
    column("No.", Fixed(5), 0),
    column("Control", Share(1), 0),
    column("Note", Fixed(12), 0),
    column("Owner", Fixed(16), 70),
];

/// The columns of the board, from left to right.
const STAGES: [(&str, &[ControlStatus]); 6] = [
    ("Proposed", &[ControlStatus::Proposed]),
    ("Planned", &[ControlStatus::Planned]),
    ("In progress", &[ControlStatus::InProgress]),
    ("Implemented", &[ControlStatus::Implemented]),
    ("Verified", &[ControlStatus::Verified]),
    ("Degraded, failed", &[ControlStatus::Degraded, ControlStatus::Failed]),
];

pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows = Vec::new();
    for (title, stages) in STAGES {
        group(dossier, (title, stages), today, &mut rows);
    }
    let gone = &[ControlStatus::Retired, ControlStatus::NotApplicable];
    if dossier.live_controls().any(|control| gone.contains(&control.stage())) {
        group(dossier, ("Retired, n/a", gone), today, &mut rows);
    }
    rows
}

fn group(dossier: &Dossier, (title, stages): (&str, &[ControlStatus]), today: Day, rows: &mut Vec<Row>) {
    let of: Vec<&Control> = dossier.live_controls().filter(|control| stages.contains(&control.stage())).collect();
    rows.push(Row::heading(title, of.len().to_string()));
    rows.extend(of.into_iter().map(|control| card(dossier, control, today)));
}

fn card(dossier: &Dossier, control: &Control, today: Day) -> Row {
    let status = controls::status(dossier, control, today);
    let note = if controls::is_late(control, today) {
        Cell::new("! late", Tint::Alert)
    } else if status.tint == Tint::Alert {
        status
    } else if threats_of(dossier, control.id).next().is_none() {
        Cell::new("! no threat", Tint::Alert)
    } else {
        Cell::new(control.due.map_or_else(String::new, |due| due.to_string()), Tint::Muted)
    };
    let cells = vec![
        Cell::plain(control.reference()),
        Cell::plain(control.title.to_string()),
        note,
        Cell::plain(controls::owner(dossier, control)),
    ];
    Row::item(Target::Thing(Kind::Control, control.id), cells)
}
