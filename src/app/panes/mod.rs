//! The panes of a system as rows, made from the dossier and the table of fields.

mod acceptances;
mod after;
mod checklist;
mod control_board;
mod control_gaps;
mod controls;
mod evidence;
mod exceptions;
mod governance;
mod handoffs;
mod independence;
mod inventory;
mod overview;
mod privacy;
mod seals;
pub(in crate::app) mod section;
mod signoff;
mod threats;

use std::borrow::Cow;

pub use after::in_full;

use super::{
    row::{
        Cell, Column, Row, Target, Tint,
        Width::{Fixed, Share},
        column,
    },
    system::{SystemScreen, Tab},
};
pub use exceptions::in_full as exception_in_full;
pub use seals::in_full as seal_in_full;

pub use acceptances::{in_full as acceptance_in_full, line as condition_line, look as acceptance_look};

pub use crate::domain::wording::{day, moment, name_of, person, shown};
use crate::domain::{
    Dossier, Kind,
    decision::{Mend, Place, Since, Step, is_scoped, reviewed_by},
    fields::{Day, Entity, Field, Moment},
    people::Role,
};

/// The rows of the open pane.
pub fn rows(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let dossier = &screen.dossier;
    match screen.tab {
        Tab::Overview => overview::rows(screen, today),
        Tab::Inventory => inventory::rows(dossier),
        Tab::Threats => threats::rows(screen, today),
        Tab::Controls => controls::rows(screen, today),
        Tab::Evidence => evidence::rows(dossier, today),
        Tab::Privacy => privacy::rows(screen, today),
        Tab::Governance => governance::rows(dossier, today),
        Tab::Checklist => checklist::rows(screen, today),
        Tab::Handoffs => handoffs::rows(dossier, today),
        Tab::Signoff => signoff::rows(screen, today),
        Tab::History => super::log::rows(screen),
        Tab::Risk => Vec::new(),
    }
}

/// The columns of the open pane, from left to right; those of the register are chosen by hand.
pub fn columns(screen: &SystemScreen) -> Cow<'static, [Column]> {
    match screen.tab {
        Tab::Threats => Cow::Owned(screen.register.view.columns()),
        Tab::Controls => Cow::Borrowed(controls::columns(screen)),
        Tab::Privacy if screen.in_section() => Cow::Borrowed(ANSWERS),
        tab => Cow::Borrowed(fixed(tab)),
    }
}

/// The columns of one section of the DPO's checklist.
const ANSWERS: &[Column] = &[column("", Fixed(22), 0), column("", Share(1), 0)];

fn fixed(tab: Tab) -> &'static [Column] {
    match tab {
        Tab::Overview => const { &[column("", Fixed(24), 0), column("", Share(1), 0)] },
        Tab::Inventory => const { &[column("Name", Share(2), 0), column("What", Share(3), 0)] },
        Tab::Controls => {
            const {
                &[
                    column("No.", Fixed(5), 0),
                    column("Control", Share(1), 0),
                    column("Status", Fixed(13), 0),
                    column("Owner", Fixed(16), 90),
                    column("Gate", Fixed(14), 100),
                    column("Due", Fixed(10), 70),
                    column("Against", Fixed(12), 0),
                ]
            }
        }
        Tab::Evidence => {
            const {
                &[
                    column("No.", Fixed(5), 0),
                    column("Evidence", Share(1), 0),
                    column("Kind", Fixed(14), 0),
                    column("Grade", Fixed(9), 76),
                    column("Collected", Fixed(10), 104),
                    column("File", Fixed(6), 90),
                    column("Until", Fixed(18), 0),
                ]
            }
        }
        Tab::Privacy => const { &[column("", Fixed(34), 0), column("", Share(1), 0)] },
        Tab::Governance => const { &[column("", Fixed(26), 0), column("", Share(1), 0)] },
        Tab::Checklist => {
            const { &[column("What is missing", Share(1), 0), column("Who", Fixed(18), 0), column("Since", Fixed(9), 0)] }
        }
        Tab::Handoffs => {
            const { &[column("Hand-off", Fixed(24), 0), column("State", Fixed(11), 0), column("", Share(1), 0)] }
        }
        Tab::Signoff => const { &[column("", Fixed(20), 0), column("", Share(1), 0)] },
        Tab::History => &super::log::COLUMNS,
        // The register's are chosen by hand, and pictures have none.
        Tab::Threats | Tab::Risk => &[],
    }
}

/// The pane on which a place is mended.
pub fn tab_of(place: &Place) -> Tab {
    match place.mend {
        Mend::Assign(_) | Mend::Review => return Tab::Overview,
        Mend::Send(_) | Mend::Confirm(_) => return Tab::Handoffs,
        Mend::Sign(_) | Mend::Override | Mend::Countersign | Mend::Decide => return Tab::Signoff,
        Mend::Advise | Mend::Assess => return Tab::Privacy,
        Mend::Accept | Mend::Renew | Mend::Meet | Mend::Except | Mend::Triage | Mend::Resume => {
            return Tab::Governance;
        }
        Mend::Cover => return Tab::Threats,
        Mend::Edit | Mend::Add => {}
    }
    match place.kind {
        // Nothing of a meeting is in a system.
        Kind::System
        | Kind::Intake
        | Kind::Person
        | Kind::Assignment
        | Kind::Meeting
        | Kind::Attendee
        | Kind::AgendaItem
        | Kind::Stance
        | Kind::Task
        | Kind::Remark
        | Kind::Opinion => Tab::Overview,
        Kind::Release
        | Kind::Component
        | Kind::Flow
        | Kind::Tool
        | Kind::Connection
        | Kind::Model
        | Kind::Retrieval
        | Kind::Source => Tab::Inventory,
        Kind::Threat if place.field.starts_with("dpo") => Tab::Privacy,
        Kind::Threat | Kind::Considered | Kind::Fact | Kind::Shelf => Tab::Threats,
        Kind::Control | Kind::Link | Kind::Verification => Tab::Controls,
        Kind::Evidence | Kind::Finding => Tab::Evidence,
        Kind::Privacy if place.field.starts_with("followed") => Tab::Signoff,
        Kind::Privacy | Kind::Check | Kind::Assessed => Tab::Privacy,
        Kind::Review
        | Kind::Acceptance
        | Kind::Proviso
        | Kind::Exception
        | Kind::Trigger
        | Kind::Condition
        | Kind::Alteration
        | Kind::Incident
        | Kind::Pause => Tab::Governance,
        Kind::Handoff => Tab::Handoffs,
        Kind::Signoff | Kind::Disposition | Kind::Policy | Kind::Countersign | Kind::Signature => Tab::Signoff,
    }
}

/// The row of a place.
pub fn find(rows: &[Row], place: &Place) -> Option<usize> {
    let on = |target: &Target| match (target, place.mend) {
        (Target::Leg(step), Mend::Send(wanted) | Mend::Confirm(wanted)) => *step == wanted,
        (Target::Signoff(role), Mend::Sign(wanted)) | (Target::Holder(role), Mend::Assign(wanted)) => *role == wanted,
        (Target::Field(kind, id, field), _) => {
            *kind == place.kind && Some(*id) == place.id && (*field == place.field || place.field.is_empty())
        }
        (Target::Thing(_, id), _) => Some(*id) == place.id,
        (Target::Gap(own), _) => own == place,
        _ => false,
    };
    rows.iter().position(|row| row.target.as_ref().is_some_and(on))
}

/// The fields of a thing as rows: what is needed and empty is marked.
fn field_rows(dossier: &Dossier, entity: &dyn Entity, only: &dyn Fn(&Field) -> bool) -> Vec<Row> {
    let kind = entity.kind();
    kind.fields()
        .iter()
        .filter(|field| only(field))
        .map(|field| {
            let value = entity.get(field.id);
            let text = shown(dossier, field, &value);
            let (mark, tint) = match (value.is_null(), field.needed) {
                (true, true) => ("[!]", Tint::Alert),
                (true, false) => ("   ", Tint::Muted),
                (false, _) => ("[x]", Tint::Good),
            };
            let cell = match (value.is_null(), field.needed) {
                (true, true) => Cell::new("missing", Tint::Alert),
                (true, false) => Cell::new("-", Tint::Muted),
                (false, _) => Cell::plain(text),
            };
            Row::item(Target::Field(kind, entity.id(), field.id), vec![Cell::plain(field.label), cell])
                .marked(mark, tint)
        })
        .collect()
}

/// What changed since the last decision, with its count; Enter shows it side by side.
fn changes_row(screen: &SystemScreen, since: &Since) -> Row {
    let counts = since.difference.counts(reviewed_by(Role::Signoff));
    let label = match screen.dossier.review().filter(|_| screen.dossier.decided().is_none()) {
        Some(review) => format!("Review {}", review.number.unwrap_or(0)),
        None => "Since decided".to_owned(),
    };
    let text = match screen.dossier.decided() {
        None => {
            format!("{}starts from review {}: {}", scoped_to(&screen.dossier), since.number, counts.says())
        }
        Some(_) => counts.says(),
    };
    let (mark, tint) = if counts.unchanged() { ("[=]", Tint::Muted) } else { ("[*]", Tint::Here) };
    Row::item(Target::Changes(None), vec![Cell::plain(label), Cell::plain(text)]).marked(mark, tint)
}

/// Whom a scoped review asks to look again: `scoped to Security, Govern.; `.
fn scoped_to(dossier: &Dossier) -> String {
    let review = dossier.review().filter(|_| is_scoped(dossier));
    let named = |roles: &[Role]| roles.iter().map(|role| role.short()).collect::<Vec<_>>().join(", ");
    review.map_or_else(String::new, |review| format!("scoped to {}; ", named(&review.roles)))
}

/// How long ago, in whole days: `today`, `1 day`, `5 days`.
pub fn age(since: Option<Moment>, today: Day) -> String {
    let since = since.and_then(|since| chrono::DateTime::from_timestamp_millis(since.0));
    match since.map(|since| Day(since.date_naive()).days_to(today)) {
        None => String::new(),
        Some(days) if days <= 0 => "today".to_owned(),
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
    }
}

/// The word for what a leg of the track is, with its receiver.
pub fn leg_title(step: Step) -> String {
    use crate::domain::fields::Vocabulary;
    step.label().to_owned()
}

/// The kinds of thing that the inventory holds.
pub fn inventory_kinds() -> &'static [Kind] {
    &inventory::KINDS
}

/// A title, and behind it that its source does not hold the thing any more; the filter of the pane finds it.
pub fn with_gone(title: &str, gone: Option<Day>) -> String {
    if gone.is_some() { format!("{title}  (gone from source)") } else { title.to_owned() }
}
