//! The control plan: every control, and below it what it is against, how it was verified and on what evidence.

use super::{Cell, Column, Row, SystemScreen, Tab, Target, Tint, control_board, control_gaps, person};
use crate::{
    app::plan::View,
    domain::{
        Dossier, Kind,
        fields::{Day, Vocabulary},
        register::{
            Control, ControlStatus, Finding, Link, Threat, Verification, Window, behind, counts_as_verified,
            counts_until, open_findings, reduces, threats_of, verifications_of,
        },
    },
};

/// The rows of the view that is open.
pub(super) fn rows(screen: &SystemScreen, today: Day) -> Vec<Row> {
    match screen.plan.view {
        View::Plan => plan(screen, today),
        View::Gaps => control_gaps::rows(&screen.dossier, today),
        View::Board => control_board::rows(&screen.dossier, today),
    }
}

/// The columns of the view that is open.
pub(super) fn columns(screen: &SystemScreen) -> &'static [Column] {
    match screen.plan.view {
        View::Plan => super::fixed(Tab::Controls),
        View::Gaps => control_gaps::COLUMNS,
        View::Board => control_board::COLUMNS,
    }
}

fn plan(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let dossier = &screen.dossier;
    let mut rows = Vec::new();
    for control in &dossier.controls {
        rows.push(row(dossier, control, today));
        if screen.plan.unfolded.contains(&control.id) {
            rows.extend(threats_of(dossier, control.id).map(|(link, threat)| link_row(dossier, link, threat)));
            for look in verifications_of(dossier, control.id) {
                rows.extend(look_rows(dossier, look, today));
            }
        }
    }
    if rows.is_empty() {
        rows.push(Row::note("    No controls yet. On a threat, c adds the first one; here n adds one, and a takes the text of a control of another system."));
    }
    rows
}

fn row(dossier: &Dossier, control: &Control, today: Day) -> Row {
    let against: Vec<String> = threats_of(dossier, control.id).map(|(_, threat)| threat.reference()).collect();
    let late = is_late(control, today);
    let due = control.due.map_or_else(String::new, |due| due.to_string());
    let cells = vec![
        Cell::plain(control.reference()),
        Cell::plain(super::with_gone(control.title.as_str(), control.gone)),
        status(dossier, control, today),
        Cell::plain(owner(dossier, control)),
        Cell::plain(control.gate.map_or("-", Vocabulary::label)),
        Cell::new(due, if late { Tint::Alert } else { Tint::Plain }),
        if against.is_empty() { Cell::new("! nothing", Tint::Alert) } else { Cell::plain(against.join(" ")) },
    ];
    let mark = if late { (" ! ", Tint::Alert) } else { ("   ", Tint::Plain) };
    Row::item(Target::Thing(Kind::Control, control.id), cells).marked(mark.0, mark.1).struck(control.archived)
}

/// Whether its day has passed and it is not in place.
pub(super) fn is_late(control: &Control, today: Day) -> bool {
    use ControlStatus::{Implemented, NotApplicable, Retired, Verified};
    let over = matches!(control.stage(), Verified | Implemented | Retired | NotApplicable);
    control.due.is_some_and(|due| due < today) && !over
}

/// How far it is; verified without proof in date is said to be unproved.
pub(super) fn status(dossier: &Dossier, control: &Control, today: Day) -> Cell {
    use ControlStatus::{Degraded, Failed, Verified};
    let stage = control.stage();
    match stage {
        Verified if !counts_as_verified(dossier, control, today) => Cell::new("! unproved", Tint::Alert),
        Verified => Cell::new("verified", Tint::Good),
        Degraded | Failed => Cell::new(format!("! {}", stage.label()), Tint::Alert),
        ControlStatus::Proposed
        | ControlStatus::Planned
        | ControlStatus::InProgress
        | ControlStatus::Implemented
        | ControlStatus::Retired
        | ControlStatus::NotApplicable => Cell::plain(stage.label()),
    }
}

/// Who has to put it in place: the person, else the role.
pub(super) fn owner(dossier: &Dossier, control: &Control) -> String {
    control.owner.map_or_else(
        || control.owner_role.map_or_else(|| "! nobody".to_owned(), |role| role.label().to_owned()),
        |who| person(dossier, Some(who.0)),
    )
}

fn link_row(dossier: &Dossier, link: &Link, threat: &Threat) -> Row {
    let found: Vec<String> = open_findings(dossier, threat.id).map(Finding::reference).collect();
    let open = if found.is_empty() { String::new() } else { format!("   ! open {}", found.join(" ")) };
    let cells = vec![
        Cell::default(),
        Cell::plain(format!("  against {} {}", threat.reference(), threat.title)),
        Cell::new(format!("{}{open}", reduces(link)), if open.is_empty() { Tint::Plain } else { Tint::Alert }),
    ];
    Row::item(Target::Thing(Kind::Link, link.id), cells)
}

fn look_rows(dossier: &Dossier, look: &Verification, today: Day) -> Vec<Row> {
    let until = counts_until(dossier, look);
    let window = Window::until(until, today);
    let word = |word: Option<&'static str>| word.unwrap_or("-");
    let how = format!(
        "  {} on {}: {}",
        word(look.method.map(Vocabulary::label)),
        look.on.map_or_else(|| "-".to_owned(), |day| day.to_string()),
        word(look.outcome.map(Vocabulary::label))
    );
    let end = until.map_or_else(|| window.words(), |until| format!("until {until}, {}", window.words()));
    let tint = if window.is_pressing() { Tint::Alert } else { Tint::Plain };
    let mut rows = vec![Row::item(
        Target::Thing(Kind::Verification, look.id),
        vec![Cell::default(), Cell::plain(how), Cell::new(end, tint)],
    )];
    if let Some(evidence) = behind(dossier, look) {
        let cells = vec![
            Cell::default(),
            Cell::new(format!("    {} {}", evidence.reference(), evidence.title), Tint::Muted),
            Cell::new(evidence.sort.map_or("-", Vocabulary::label), Tint::Muted),
        ];
        rows.push(Row::item(Target::Thing(Kind::Evidence, evidence.id), cells));
    }
    rows
}
