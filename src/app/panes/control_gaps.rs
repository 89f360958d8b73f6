//! What the control plan lacks, by what is lacking; Enter goes to the field that mends it.

use super::{Cell, Column, Row, Target, Tint, column, person};
use crate::app::row::Width::{Fixed, Share};
use crate::domain::{
    Dossier, Id,
    fields::{Day, Vocabulary},
    register::{ControlGap, Lack, control_gaps},
};

pub(super) const COLUMNS: &[Column] =
    &[column("What is lacking", Share(1), 0), column("Due", Fixed(10), 70), column("Who", Fixed(16), 0)];

pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let gaps = control_gaps(dossier, today);
    let mut rows = Vec::new();
    for lack in Lack::ALL {
        let of: Vec<&ControlGap> = gaps.iter().filter(|gap| gap.lack == *lack).collect();
        if !of.is_empty() {
            rows.push(Row::heading(lack.label(), of.len().to_string()));
        }
        rows.extend(of.into_iter().map(|gap| row(dossier, gap, today)));
    }
    if rows.is_empty() {
        rows.push(Row::note("    The control plan lacks nothing today. w shows the board by status."));
    }
    rows
}

/// The person who has to put a control in place, or sees to a finding, where it is theirs to mend.
fn bearer(dossier: &Dossier, gap: &ControlGap) -> Option<Id> {
    match gap.lack {
        Lack::Broken | Lack::Overdue => dossier.controls.iter().find(|c| c.id == gap.thing)?.owner.map(|who| who.0),
        Lack::Finding => dossier.findings.iter().find(|f| f.id == gap.thing)?.owner.map(|who| who.0),
        _ => None,
    }
}

fn row(dossier: &Dossier, gap: &ControlGap, today: Day) -> Row {
    let late = gap.due.is_some_and(|due| due < today);
    let by_name = bearer(dossier, gap).or_else(|| dossier.holder(gap.role, today));
    let who = by_name.map_or_else(|| gap.role.label().to_owned(), |id| person(dossier, Some(id)));
    let mark = if gap.lack == Lack::Ending { (" ! ", Tint::Alert) } else { ("[!]", Tint::Alert) };
    let cells = vec![
        Cell::plain(gap.what.clone()),
        Cell::new(
            gap.due.map_or_else(String::new, |due| due.to_string()),
            if late { Tint::Alert } else { Tint::Plain },
        ),
        Cell::plain(who),
    ];
    Row::item(Target::Gap(gap.place.clone()), cells).marked(mark.0, mark.1)
}
