//! Taking entries off the shelf: threats and triggers of the libraries.

use super::{Refusal, Rule, edit::next_number, event};
use crate::domain::{
    Dossier, Event, Kind, Prose,
    decision::TriggerKind,
    fields::{Kept, Marks, Vocabulary},
    library::{ThreatEntry, TriggerEntry, threats, triggers},
    people::Stamp,
    register::{Analysis, PersonalKind},
    value::Value,
};

/// Takes in the named entries; those that are here already are passed over.
pub fn take(dossier: &Dossier, ids: &[String], stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let mut number = next_number(dossier, Kind::Threat);
    let mut events = Vec::new();
    for id in ids {
        if dossier.threats.iter().any(|t| t.library.as_str() == id)
            || dossier.triggers.iter().any(|t| t.library.as_str() == id)
        {
            continue;
        }
        if let Some(entry) = threats().get(id) {
            events.push(event(
                dossier,
                (Kind::Threat, stamp.fresh(), "add"),
                threat(dossier, entry, number),
                &Prose::default(),
            ));
            number += 1;
        } else if let Some(entry) = triggers().get(id) {
            events.push(event(
                dossier,
                (Kind::Trigger, stamp.fresh(), "arm"),
                trigger(dossier, entry, stamp),
                &Prose::default(),
            ));
        } else {
            return Err(Refusal::new(Rule::Unknown, format!("No library has an entry {id}.")));
        }
    }
    if events.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "All of these are here already."));
    }
    Ok(events)
}

/// A threat of the library: unscored, because its default is nobody's judgement of this system.
fn threat(dossier: &Dossier, entry: &ThreatEntry, number: i64) -> Vec<(&'static str, Value)> {
    let personal = entry.personal_data_kinds.iter().find_map(|kind| PersonalKind::parse(kind));
    let personal = personal.filter(|_| entry.personal_data_risk && dossier.personal_data());
    vec![
        ("number", Value::Int(number)),
        ("title", Value::from(entry.title.as_str())),
        ("description", Value::from(entry.description.as_str())),
        ("library", Value::from(entry.id.as_str())),
        ("status", Value::from(Analysis::Identified.code())),
        ("personal", personal.to_value()),
        ("covers", Marks::default().to_value()),
    ]
}

/// A trigger of the library; a time trigger fires after the interval of the tier.
fn trigger(dossier: &Dossier, entry: &TriggerEntry, stamp: &Stamp) -> Vec<(&'static str, Value)> {
    let kind = TriggerKind::parse(entry.kind.code());
    let months = dossier.tier().map(|tier| i64::from(triggers().review_months(tier)));
    let due = months.filter(|_| kind == Some(TriggerKind::Time)).map(|months| stamp.today.plus(months * 30));
    vec![
        ("title", Value::from(entry.title.as_str())),
        ("library", Value::from(entry.id.as_str())),
        ("sort", kind.to_value()),
        ("detection", Value::from(entry.detection.as_str())),
        ("due", due.to_value()),
    ]
}
