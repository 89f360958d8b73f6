//! What happened since the decision.

use std::fmt::Write;

use super::writer::{Page, day_or, name, plain, role, word};
use crate::exchange::record::{
    Record,
    since::{ChangePart, IncidentPart, PausePart, TriagePart},
};

/// Changes, incidents and pauses; what there is none of says so.
pub(super) fn happened(page: &mut Page, record: &Record) {
    page.heading(2, "Since the decision");
    for part in &record.changes {
        page.item(&changed(part));
    }
    if record.changes.is_empty() {
        page.item("Changes: none");
    }
    for part in &record.incidents {
        page.item(&went_wrong(part));
    }
    if record.incidents.is_empty() {
        page.item("Incidents: none");
    }
    for part in &record.pauses {
        page.item(&stopped(part));
    }
    if record.pauses.is_empty() {
        page.item("Pauses: none");
    }
}

fn changed(part: &ChangePart) -> String {
    let (kind, who) = (part.kind.unwrap_or("kind not said"), name(part.recorded_by.as_ref()));
    let mut said = format!(
        "Change {} ({}): {}; recorded by {who} on {}",
        part.id,
        word(kind),
        plain(&part.title),
        day_or(part.recorded_at.as_ref())
    );
    for (label, text) in [("since", &part.since), ("before", &part.before), ("now", &part.after)] {
        if let Some(text) = text {
            let _ = write!(said, "; {label} {}", plain(text));
        }
    }
    said + &answered(&part.triage)
}

fn went_wrong(part: &IncidentPart) -> String {
    let (path, who) = (part.path.unwrap_or("path not said"), name(part.reported_by.as_ref()));
    let mut said = format!(
        "Incident {} ({}): {}; reported by {who} on {}",
        part.id,
        word(path),
        plain(&part.title),
        day_or(part.reported_at.as_ref())
    );
    let texts = [("noticed", &part.noticed), ("what happened:", &part.what), ("told", &part.escalated_to)];
    for (label, text) in
        texts.into_iter().chain([("restricted to", &part.restriction), ("until", &part.restricted_until)])
    {
        if let Some(text) = text {
            let _ = write!(said, "; {label} {}", plain(text));
        }
    }
    for (label, rows) in [("evidence", &part.evidence), ("threats", &part.threats), ("controls", &part.controls)] {
        if !rows.is_empty() {
            let _ = write!(said, "; {label} {}", rows.join(", "));
        }
    }
    if let Some(text) = &part.correction {
        let _ = write!(said, "; mended: {}", plain(text));
    }
    let end = match &part.closed_at {
        Some(_) => format!("; closed on {}", day_or(part.closed_at.as_ref())),
        None => "; **open**".to_owned(),
    };
    said + &answered(&part.triage) + &end
}

fn stopped(part: &PausePart) -> String {
    let hat = part.role.map_or_else(|| "role not said".to_owned(), role);
    let who = name(part.by.as_ref());
    let begun = format!("Paused by {who} ({hat}) on {}: {}", day_or(part.at.as_ref()), plain(&part.reason));
    if part.resumed_at.is_none() {
        return format!("{begun}; **it stands still**");
    }
    let why = part.resumed_because.as_deref().map_or(String::new(), |why| format!(": {}", plain(why)));
    let on = day_or(part.resumed_at.as_ref());
    format!("{begun}; resumed by {} on {on}{why}", name(part.resumed_by.as_ref()))
}

fn answered(part: &TriagePart) -> String {
    let mut said = String::new();
    if !part.fires.is_empty() {
        let fires: Vec<_> = part.fires.iter().map(|title| plain(title)).collect();
        let _ = write!(said, "; fires {}", fires.join(", "));
    }
    if let Some(triage) = part.triage {
        let roles: Vec<_> = part.triage_roles.iter().map(|code| role(code)).collect();
        let roles = if roles.is_empty() { String::new() } else { format!(" of {}", roles.join(", ")) };
        let why = part.triage_reason.as_deref().map_or(String::new(), |why| format!(", because {}", plain(why)));
        let _ = write!(said, "; triaged by {}: {}{roles}{why}", name(part.triaged_by.as_ref()), word(triage));
    }
    said
}
