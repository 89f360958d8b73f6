//! What changed, what went wrong, and stopping a system: recorded by whoever sees it, answered by whoever may.

use super::{
    Refusal, Rule,
    edit::{checked, next_number},
    event, needs_reason,
    trigger::{fired, is_waiting},
    unknown,
};
use crate::domain::{
    Dossier, Event, Id, Kind, Line, Prose,
    after::{Incident, IncidentPath, for_incident, paused},
    command::Fields,
    fields::{Day, Kept, Marks, Who},
    library::triggers,
    people::Stamp,
    value::Value,
};

type Outcome = Result<Vec<Event>, Refusal>;

/// What a person says of a change; the rest the rule sets.
const OF_CHANGE: [&str; 7] = ["title", "sort", "since", "before", "after", "source", "differences"];
/// What a person says of an incident.
const OF_INCIDENT: [&str; 10] =
    ["title", "sort", "noticed", "what", "contact", "escalated", "evidence", "threats", "controls", "correction"];

/// Records a change, and fires the triggers that were chosen for it, in one act.
pub fn change(dossier: &Dossier, set: &Fields, fires: &[String], stamp: &Stamp) -> Outcome {
    let mut set = said(dossier, Kind::Alteration, set, &OF_CHANGE)?;
    for needed in ["title", "sort"] {
        has(Kind::Alteration, &set, needed)?;
    }
    if recorded(dossier, &set) {
        return Err(Refusal::new(Rule::NothingChanged, "These differences were recorded already."));
    }
    let number = next_number(dossier, Kind::Alteration);
    let title = set.iter().find(|(field, _)| *field == "title").map(|(_, value)| Line::from_value(value));
    let why = Prose::new(&format!("CH-{number}: {}", title.unwrap_or_default()));
    let mut events = Vec::new();
    let mut marks = Vec::new();
    for mark in fires {
        let armed = dossier.triggers.iter().find(|trigger| !trigger.archived && trigger.id.to_string() == *mark);
        if let Some(trigger) = armed {
            // One that waits for its triage carries this change as well.
            events.extend((!is_waiting(trigger)).then(|| fired(dossier, trigger, &why, stamp)));
        } else if triggers().get(mark).is_none() {
            return Err(Refusal::new(Rule::Unknown, format!("There is no trigger {mark}.")));
        }
        if !marks.contains(mark) {
            marks.push(mark.clone());
        }
    }
    set.push(("number", Value::Int(number)));
    set.push(("fires", Marks(marks).to_value()));
    set.extend(recorder(dossier, stamp));
    events.insert(0, event(dossier, (Kind::Alteration, stamp.fresh(), "record"), set, &Prose::default()));
    Ok(events)
}

/// Whether the same differences were recorded since the last decision.
fn recorded(dossier: &Dossier, set: &[(&'static str, Value)]) -> bool {
    let Some((_, print)) = set.iter().find(|(field, value)| *field == "differences" && !value.is_null()) else {
        return false;
    };
    let decided = dossier.last_disposition().and_then(|made| made.at);
    dossier.alterations.iter().any(|c| !c.archived && c.differences.to_value() == *print && c.at > decided)
}

/// Reports an incident: it goes to the contact of its path, and fires what waits for incidents.
pub fn incident(dossier: &Dossier, set: &Fields, stamp: &Stamp) -> Outcome {
    let mut set = said(dossier, Kind::Incident, set, &OF_INCIDENT)?;
    for needed in ["title", "sort", "noticed"] {
        has(Kind::Incident, &set, needed)?;
    }
    let noticed = set.iter().find(|(field, _)| *field == "noticed").map(|(_, value)| value);
    if noticed.and_then(<Option<Day> as Kept>::from_value).is_some_and(|day| day > stamp.today) {
        return Err(Refusal::new(Rule::BadValue, "An incident cannot have been noticed in the future."));
    }
    let sort = set.iter().find(|(field, _)| *field == "sort").map(|(_, value)| value);
    let path = sort.and_then(<Option<IncidentPath> as Kept>::from_value);
    if !set.iter().any(|(field, value)| *field == "contact" && !value.is_null()) {
        let contact = path.map_or_else(Line::default, |path| contact(dossier, path));
        set.retain(|(field, _)| *field != "contact");
        set.push(("contact", contact.to_value()));
    }
    let number = next_number(dossier, Kind::Incident);
    let title = set.iter().find(|(field, _)| *field == "title").map(|(_, value)| Line::from_value(value));
    let why = Prose::new(&format!("I-{number}: {}", title.unwrap_or_default()));
    let matching = for_incident(dossier);
    let marks = matching.iter().map(|trigger| trigger.id.to_string()).collect();
    set.push(("number", Value::Int(number)));
    set.push(("fires", Marks(marks).to_value()));
    set.extend(recorder(dossier, stamp));
    let mut events = vec![event(dossier, (Kind::Incident, stamp.fresh(), "report"), set, &Prose::default())];
    let fresh = matching.into_iter().filter(|trigger| !is_waiting(trigger));
    events.extend(fresh.map(|trigger| fired(dossier, trigger, &why, stamp)));
    Ok(events)
}

/// Whom an incident of a path goes to, as the system says.
fn contact(dossier: &Dossier, path: IncidentPath) -> Line {
    dossier.system().map_or_else(Line::default, |system| match path {
        IncidentPath::Hallucination => system.hallucination.clone(),
        IncidentPath::Leakage => system.leakage.clone(),
        IncidentPath::Bias => system.bias.clone(),
        IncidentPath::Unauthorised => system.unauthorised.clone(),
    })
}

/// Restricts the use for the time being; a later restriction takes the place of an earlier one.
pub fn restrict(dossier: &Dossier, (id, until): (Id, Option<Day>), text: &Prose, stamp: &Stamp) -> Outcome {
    open(dossier, id)?;
    needs_reason(text, "A restriction")?;
    let Some(until) = until.filter(|until| *until >= stamp.today) else {
        let says = "A temporary restriction needs its last day, which is not in the past.";
        return Err(Refusal::new(Rule::ExpiryNeeded, says));
    };
    let set = vec![
        ("restriction", text.to_value()),
        ("restricted_until", Some(until).to_value()),
        ("restricted_by", Some(Who(stamp.by)).to_value()),
        ("restricted_name", dossier.name_and_title(stamp.by).to_value()),
        ("restricted_at", Some(stamp.at).to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Incident, id, "restrict"), set, text)])
}

/// Closes an incident: what was mended is said, and linked to the threats or controls that it is about.
pub fn close(dossier: &Dossier, id: Id, correction: &Prose, stamp: &Stamp) -> Outcome {
    let incident = open(dossier, id)?;
    needs_reason(correction, "To close an incident")?;
    let live = |mark: &String| {
        let is = |id: Id| id.to_string() == *mark;
        dossier.live_threats().any(|t| is(t.id)) || dossier.live_controls().any(|c| is(c.id))
    };
    if !incident.threats.0.iter().chain(&incident.controls.0).any(live) {
        let says = format!("{} names no threat and no control that is in the record.", incident.reference());
        return Err(Refusal::new(Rule::Incomplete, says)
            .hint("Link what it was about: a new threat where the register has none."));
    }
    let set = vec![
        ("correction", correction.to_value()),
        ("closed_at", Some(stamp.at).to_value()),
        ("closed_by", Some(Who(stamp.by)).to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Incident, id, "close"), set, correction)])
}

fn open(dossier: &Dossier, id: Id) -> Result<&Incident, Refusal> {
    let incident = dossier.incidents.iter().find(|row| row.id == id && !row.archived);
    let incident = incident.ok_or_else(|| unknown(Kind::Incident))?;
    if incident.is_open() {
        return Ok(incident);
    }
    Err(Refusal::new(Rule::WrongState, "The incident is closed already."))
}

/// Stops a system.
pub fn pause(dossier: &Dossier, reason: &Prose, stamp: &Stamp) -> Outcome {
    needs_reason(reason, "To pause a system")?;
    let set = vec![
        ("reason", reason.to_value()),
        ("by", Some(Who(stamp.by)).to_value()),
        ("name", dossier.name_and_title(stamp.by).to_value()),
        ("role", Some(stamp.role).to_value()),
        ("at", Some(stamp.at).to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Pause, stamp.fresh(), "pause"), set, reason)])
}

/// Lets a paused system run again.
pub fn resume(dossier: &Dossier, why: &Prose, stamp: &Stamp) -> Outcome {
    let pause = paused(dossier).ok_or_else(|| unknown(Kind::Pause))?;
    needs_reason(why, "To let a system run again")?;
    let set = vec![
        ("resumed_at", Some(stamp.at).to_value()),
        ("resumed_by", Some(Who(stamp.by)).to_value()),
        ("resumed_name", dossier.name_and_title(stamp.by).to_value()),
        ("resumed_why", why.to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Pause, pause.id, "resume"), set, why)])
}

/// What a person said, as it will be kept; nothing that only a rule sets.
fn said(dossier: &Dossier, kind: Kind, set: &Fields, open: &[&str]) -> Result<Vec<(&'static str, Value)>, Refusal> {
    let set = checked(dossier, kind, set, None)?;
    match set.iter().find(|(field, _)| !open.contains(field)) {
        Some((field, _)) => {
            let label = kind.field(field).map_or("This", |field| field.label);
            Err(Refusal::new(Rule::SetByRule, format!("{label} is set by a rule, never by hand.")))
        }
        None => Ok(set),
    }
}

fn has(kind: Kind, set: &[(&'static str, Value)], field: &str) -> Result<(), Refusal> {
    if set.iter().any(|(id, value)| *id == field && !value.is_null()) {
        return Ok(());
    }
    let label = kind.field(field).map_or(field, |field| field.label).to_lowercase();
    Err(Refusal::new(Rule::Incomplete, format!("The {} needs: {label}.", kind.label())))
}

/// Who records it, and when.
fn recorder(dossier: &Dossier, stamp: &Stamp) -> [(&'static str, Value); 3] {
    let name = dossier.person_name(stamp.by).cloned().unwrap_or_default();
    [("by", Some(Who(stamp.by)).to_value()), ("name", name.to_value()), ("at", Some(stamp.at).to_value())]
}
