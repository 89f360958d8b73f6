//! The threat register; below it, what the threat model does not cover yet.

use super::{Cell, Row, Target, Tint};
use crate::{
    app::{
        register::{Group, Line, Register, columns, mark},
        system::SystemScreen,
    },
    domain::{
        Dossier, Kind,
        decision::{Mend, Place, Subject, uncovered},
        fields::Day,
        register::Plan,
    },
};

pub(super) fn rows(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let (dossier, register) = (&screen.dossier, &screen.register);
    let plan = Plan::of(dossier, today);
    let mut lines: Vec<Line> = dossier
        .threats
        .iter()
        .filter(|threat| register.withdrawn || !threat.archived)
        .map(|threat| Line {
            dossier,
            threat,
            scores: plan.ratings(threat),
            controls: plan.controls_of(threat.id).len(),
            system: dossier.name(),
            tier: "",
            today,
        })
        .collect();
    register.view.sort(&mut lines);
    let mut rows = match register.view.group {
        Group::Coverage => return coverage(dossier, register, &lines),
        Group::None => lines.iter().map(|line| row(register, line)).collect(),
        group => grouped(register, group, lines),
    };
    if rows.is_empty() {
        rows.push(Row::note(
            "    No threats yet. n adds one, a proposes those that fit, docket import brings a model.",
        ));
    }
    let open = uncovered(dossier);
    if !open.is_empty() {
        rows.push(Row::heading(format!("Not covered yet {}", open.len()), "n a threat to it, Enter none, because …"));
    }
    rows.extend(open.into_iter().map(gap));
    rows
}

fn grouped(register: &Register, group: Group, lines: Vec<Line<'_>>) -> Vec<Row> {
    let mut rows = Vec::with_capacity(lines.len() + 8);
    for (title, lines) in group.headed(lines) {
        rows.push(Row::heading(format!("{title} {}", lines.len()), ""));
        rows.extend(lines.iter().map(|line| row(register, line)));
    }
    rows
}

/// Every part of the context with the threats on it, or with the reason why there is none.
fn coverage(dossier: &Dossier, register: &Register, lines: &[Line<'_>]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (subject, lines) in Group::covered(dossier, lines) {
        let considered = dossier.considered.iter().find(|c| !c.archived && c.subject.as_str() == subject.mark);
        let note = match (lines.len(), considered) {
            (0, Some(_)) => "[x] considered: none".to_owned(),
            (0, None) => "! no threat".to_owned(),
            (n, _) => crate::domain::decision::counted(n, "threat", "threats"),
        };
        rows.push(Row::heading(subject.label.clone(), note));
        if let (true, Some(considered)) = (lines.is_empty(), considered) {
            let why = format!("none, because {}", considered.reason.as_str().replace('\n', " / "));
            let target = Target::Thing(Kind::Considered, considered.id);
            rows.push(Row::item(target, vec![Cell::default(), Cell::plain(why)]).marked("[x]", Tint::Good));
        } else if lines.is_empty() {
            rows.push(gap(subject));
        }
        rows.extend(lines.iter().map(|line| row(register, line)));
    }
    let loose: Vec<_> = lines.iter().filter(|line| line.threat.covers.0.is_empty()).collect();
    if !loose.is_empty() {
        rows.push(Row::heading(format!("Against nothing of the inventory in particular {}", loose.len()), ""));
        rows.extend(loose.into_iter().map(|line| row(register, line)));
    }
    if rows.is_empty() {
        rows.push(Row::note("    Nothing is described yet that a threat could cover: g f goes to flows and tools."));
    }
    rows
}

fn gap(subject: Subject) -> Row {
    let says = format!("no threat covers the {}", subject.label);
    let place = Place { kind: Kind::Considered, id: None, field: subject.mark, mend: Mend::Cover };
    Row::item(Target::Gap(place), vec![Cell::default(), Cell::plain(says)]).marked("[!]", Tint::Alert)
}

fn row(register: &Register, line: &Line<'_>) -> Row {
    let cells = register.view.shown.iter().map(|shown| shown.spec.cell(line)).collect();
    let mark = mark(register.marks.contains(&line.threat.id), columns::flagged(line.threat));
    let row = Row::item(Target::Thing(Kind::Threat, line.threat.id), cells).struck(!line.threat.counts());
    Row { mark, ..row }
}
