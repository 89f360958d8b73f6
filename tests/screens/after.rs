//! What comes after clearance on the screen: changes, incidents, a pause, and their sheets.

use docket::{
    app::{Model, Screen, system::Tab},
    domain::{Change, Event, Id, Kind, Prose, value::Value},
    keymap::Action,
};

use crate::{sample, scenes::press};

fn event(of: Kind, n: u8, set: &[(&str, Value)]) -> Event {
    let change = |(field, new): &(&str, Value)| Change { field: (*field).into(), old: Value::Null, new: new.clone() };
    Event {
        of,
        verb: "record".into(),
        entity: Id([n; 16]),
        set: set.iter().map(change).collect(),
        why: Prose::default(),
        attach: None,
    }
}

/// The governance pane of a system to which much happened, seen from its end.
fn happened(size: (u16, u16)) -> Model {
    let mut model = sample::system(size, Tab::Governance);
    let today = model.today;
    let Screen::System(screen) = &mut model.screen else { unreachable!("it is a system") };
    for event in happenings() {
        screen.dossier.apply(&event);
    }
    screen.refresh(today);
    let on = |row: &docket::app::row::Row| row.text().contains("CH-1");
    if let Some(at) = screen.rows.iter().position(on) {
        screen.pane_mut().at.select(at);
    }
    model
}

/// Two changes, an incident and a pause.
fn happenings() -> [Event; 4] {
    let (text, at) = (|text: &str| Value::from(text), Value::Int(1_790_000_000_000));
    [
        event(
            Kind::Alteration,
            201,
            &[
                ("number", Value::Int(1)),
                ("title", text("Planner XL instead of L")),
                ("sort", text("model")),
                ("since", text("2026-11-02")),
                ("fires", Value::List(vec!["DKT-R-001".into()])),
                ("at", at.clone()),
            ],
        ),
        event(
            Kind::Alteration,
            202,
            &[
                ("number", Value::Int(2)),
                ("title", text("Release 1.1")),
                ("sort", text("release")),
                ("triage", text("not_material")),
                ("triage_reason", text("The same weights, compared by their digest")),
                ("at", at.clone()),
            ],
        ),
        event(
            Kind::Incident,
            203,
            &[
                ("number", Value::Int(1)),
                ("title", text("It told a member another one's address")),
                ("sort", text("leakage")),
                ("noticed", text("2026-11-03")),
                ("contact", text("privacy desk, 4711")),
                ("escalated", text("2026-11-03")),
                ("restriction", text("Drafts only, a person sends")),
                ("restricted_until", text("2027-01-31")),
                ("at", at.clone()),
            ],
        ),
        event(
            Kind::Pause,
            204,
            &[
                ("reason", text("The same answer to everybody")),
                ("name", text("Olena Koval, Head of Customer Service")),
                ("role", text("owner")),
                ("at", at),
            ],
        ),
    ]
}

fn with(mut model: Model, actions: &[Action]) -> Model {
    for action in actions {
        press(&mut model, *action);
    }
    model
}

/// Every scene by name.
pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    let pane = || sample::system(size, Tab::Governance);
    vec![
        ("after".to_owned(), happened(size)),
        ("form change".to_owned(), with(pane(), &[Action::RecordChange, Action::Down, Action::Accept])),
        ("form incident".to_owned(), with(pane(), &[Action::ReportIncident])),
        ("form pause".to_owned(), with(pane(), &[Action::PauseSystem])),
        ("form triage".to_owned(), with(happened(size), &[Action::ActAsGovernance, Action::Triage])),
        ("change in full".to_owned(), with(happened(size), &[Action::Down, Action::Open])),
    ]
}
