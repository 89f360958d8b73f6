//! The half of the governance pane that is about what comes after clearance: triggers, changes, incidents, pauses.

use super::{Cell, Row, Target, Tint, name_of, person};
use crate::domain::{
    Dossier, Id, Kind,
    after::{Alteration, Incident, Pause, came, carried, fires_on, pending, title_of},
    decision::{Triage, Trigger},
    fields::{Day, Marks, Vocabulary},
    people::Role,
    wording::day,
};

/// The rows, the triggers first; a system that stands still says so before everything else.
pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows = Vec::new();
    if dossier.pauses.iter().any(Pause::holds) {
        rows.push(Row::heading("It stands still", "t r lets it run again"));
        rows.extend(dossier.pauses.iter().filter(|pause| pause.holds()).map(|pause| stopped(dossier, pause)));
    }
    rows.push(Row::heading("Re-assessment triggers", "t a arms, n adds, t f fires, t t triages"));
    rows.extend(dossier.triggers.iter().map(|trigger| armed(dossier, trigger, today)));
    if dossier.triggers.is_empty() {
        rows.push(Row::note(
            "  ! None is registered. What will make this review stale has to be said before clearance.",
        ));
    }
    rows.push(Row::heading("Changes", "t c records one"));
    rows.extend(dossier.alterations.iter().rev().map(|change| changed(dossier, change)));
    if dossier.alterations.is_empty() {
        rows.push(Row::note("    None was recorded. A new model, tool, data class, user group or term is one."));
    }
    rows.push(Row::heading("Incidents", "t i reports one, t l limits the use, t x closes"));
    rows.extend(dossier.incidents.iter().rev().map(|incident| reported(dossier, incident, today)));
    if dossier.incidents.is_empty() {
        rows.push(Row::note("    None was reported."));
    }
    let over: Vec<&Pause> = dossier.pauses.iter().filter(|pause| !pause.holds()).collect();
    rows.push(Row::heading("Pauses", "t p stops the system at once"));
    if over.is_empty() {
        let may = dossier.system().map_or("", |system| system.pause.as_str());
        let who = if may.is_empty() { "owner, operator, security or sign-off" } else { may };
        rows.push(Row::note(format!("    Who can pause it: {who}.")));
    }
    rows.extend(over.into_iter().rev().map(|pause| stopped(dossier, pause)));
    rows
}

fn flat(text: &str) -> String {
    text.replace('\n', " / ")
}

/// What became of something that fired, and whether that is over with.
fn answered(
    dossier: &Dossier,
    triage: Option<Triage>,
    (roles, why): (&[Role], &str),
    open: bool,
) -> Option<(&'static str, Tint, String)> {
    let names: Vec<_> = roles.iter().map(|role| role.short()).collect();
    let by = if names.is_empty() { String::new() } else { format!(" by {}", names.join(", ")) };
    let text = format!("{}{by}: {}", triage?.label(), flat(why));
    let begun = dossier.review().filter(|_| dossier.decided().is_none() && !dossier.dispositions.is_empty());
    let next = begun
        .map_or_else(|| "R opens it".to_owned(), |review| format!("review {} is open", review.number.unwrap_or(0)));
    Some(if open { ("[!]", Tint::Here, format!("► {text}; {next}")) } else { ("[x]", Tint::Good, text) })
}

fn armed(dossier: &Dossier, trigger: &Trigger, today: Day) -> Row {
    let due = fires_on(dossier, trigger);
    let open = match dossier.last_disposition() {
        Some(made) if made.stands() => pending(dossier, trigger, made, today),
        _ => trigger.triage.is_none() && (trigger.fired_at.is_some() || came(dossier, trigger, today)),
    };
    let fired = trigger.fired_at.map(day).filter(|_| open);
    let kind = trigger.sort.map_or("", Vocabulary::label);
    let (mark, tint, word) = match (open, trigger.triage.filter(|triage| *triage != Triage::NotMaterial || !open)) {
        (_, Some(triage)) => {
            let said = (trigger.roles.as_slice(), trigger.triage_reason.as_str());
            answered(dossier, Some(triage), said, open).unwrap_or_default()
        }
        (true, None) => {
            let what = fired.map_or_else(
                || due.map_or_else(String::new, |due| format!("its day came on {due}")),
                |on| format!("fired on {on}: {}", flat(trigger.fired_why.as_str())),
            );
            ("[!]", Tint::Alert, format!("! {what}"))
        }
        (false, None) => {
            let on = due.map_or_else(String::new, |due| format!(", fires on {due}"));
            ("[ ]", Tint::Plain, format!("armed ({kind}{on}) {}", flat(trigger.detection.as_str())))
        }
    };
    Row::item(
        Target::Thing(Kind::Trigger, trigger.id),
        vec![Cell::plain(trigger.title.to_string()), Cell::new(word, tint)],
    )
    .marked(mark, tint)
    .struck(trigger.archived)
}

/// What a change or an incident fired, in words.
fn fires(dossier: &Dossier, marks: &Marks) -> String {
    let names: Vec<_> = marks.0.iter().filter_map(|mark| title_of(dossier, mark)).collect();
    if names.is_empty() { String::new() } else { format!("; fires {}", names.join(", ")) }
}

/// Whether it waits for its own triage: not where an armed trigger carries it, not where a decision came after it.
fn waits(dossier: &Dossier, at: Option<crate::domain::fields::Moment>, marks: &Marks) -> bool {
    let decided = dossier.last_disposition().and_then(|made| made.at);
    !carried(dossier, marks) && (decided.is_none() || at > decided)
}

fn changed(dossier: &Dossier, change: &Alteration) -> Row {
    let open = waits(dossier, change.at, &change.fires);
    let kind = change.sort.map_or("", Vocabulary::label);
    let since = change.since.map_or_else(String::new, |day| format!(", since {day}"));
    let by = person(dossier, change.by.map(|who| who.0));
    let text = format!("{kind}{since}, by {by}{}", fires(dossier, &change.fires));
    let left = open && change.triage != Some(Triage::NotMaterial);
    let found = answered(dossier, change.triage, (&change.roles, change.triage_reason.as_str()), left);
    let (mark, tint, word) = match found {
        Some((mark, tint, says)) => (mark, tint, format!("{says} ({text})")),
        None if open => ("[!]", Tint::Alert, format!("! not triaged: {text}")),
        None => ("[x]", Tint::Plain, text),
    };
    let cells = vec![Cell::plain(format!("{} {}", change.reference(), change.title)), Cell::new(word, tint)];
    Row::item(Target::Thing(Kind::Alteration, change.id), cells).marked(mark, tint).struck(change.archived)
}

fn reported(dossier: &Dossier, incident: &Incident, today: Day) -> Row {
    let path = incident.sort.map_or("", Vocabulary::label);
    let to = if incident.contact.is_empty() { "nobody yet".to_owned() } else { incident.contact.to_string() };
    let told = incident.escalated.map_or_else(String::new, |day| format!(" on {day}"));
    let text = format!("{path}, told {to}{told}{}", fires(dossier, &incident.fires));
    let limit = incident.restricted_until.filter(|_| incident.is_open()).map(|until| {
        let over = if incident.outlived(today) { "! restriction ended" } else { "restricted until" };
        format!("{over} {until}: {}; ", flat(incident.restriction.as_str()))
    });
    let open = waits(dossier, incident.at, &incident.fires) && incident.triage != Some(Triage::NotMaterial);
    let found = answered(dossier, incident.triage, (&incident.roles, incident.triage_reason.as_str()), open);
    let (mark, tint, word) = match found {
        _ if !incident.is_open() && !open => {
            let when = incident.closed_at.map_or_else(String::new, day);
            ("[x]", Tint::Good, format!("closed on {when}: {} ({text})", flat(incident.correction.as_str())))
        }
        Some((mark, tint, says)) => (mark, tint, format!("{says} ({text})")),
        None if open => ("[!]", Tint::Alert, format!("! not triaged: {text}")),
        None => ("[!]", Tint::Here, format!("open: {text}")),
    };
    let tint = if incident.outlived(today) { Tint::Alert } else { tint };
    let cells = vec![
        Cell::plain(format!("{} {}", incident.reference(), incident.title)),
        Cell::new(format!("{}{word}", limit.unwrap_or_default()), tint),
    ];
    Row::item(Target::Thing(Kind::Incident, incident.id), cells).marked(mark, tint).struck(incident.archived)
}

fn stopped(dossier: &Dossier, pause: &Pause) -> Row {
    let on = pause.at.map_or_else(String::new, day);
    let role = pause.role.map_or("", Vocabulary::label);
    let by = if pause.name.is_empty() { person(dossier, pause.by.map(|who| who.0)) } else { pause.name.to_string() };
    let (mark, tint, end) = match pause.resumed_at {
        None => ("[!]", Tint::Alert, String::new()),
        Some(at) => (
            "[x]",
            Tint::Muted,
            format!("; resumed {} by {}: {}", day(at), pause.resumed_name, flat(pause.resumed_why.as_str())),
        ),
    };
    let first = if pause.holds() { format!("! paused {on}") } else { format!("paused {on}") };
    let text = format!("{by} ({role}): {}{end}", flat(pause.reason.as_str()));
    Row::item(Target::Thing(Kind::Pause, pause.id), vec![Cell::new(first, tint), Cell::new(text, tint)])
        .marked(mark, tint)
}

/// Everything about a change, an incident or a pause, to be read in full.
pub fn in_full(dossier: &Dossier, kind: Kind, id: Id) -> Option<(String, Vec<String>)> {
    let row = dossier.find(kind, id)?;
    let mut lines = Vec::new();
    for field in kind.fields() {
        let value = row.get(field.id);
        if value.is_null() || matches!(field.id, "number" | "differences") {
            continue;
        }
        let text = match field.id {
            "fires" => <Marks as crate::domain::fields::Kept>::from_value(&value)
                .0
                .iter()
                .map(|mark| title_of(dossier, mark).unwrap_or_else(|| mark.clone()))
                .collect::<Vec<_>>()
                .join(", "),
            _ => match &value {
                // Long text keeps its lines.
                crate::domain::value::Value::Text(text) if text.contains('\n') => text.clone(),
                _ => super::shown(dossier, field, &value),
            },
        };
        let mut parts = text.lines();
        lines.push(format!("{}: {}", field.label, parts.next().unwrap_or_default()));
        lines.extend(parts.map(|line| format!("    {line}")));
    }
    Some((format!("{}: {}", kind.label(), name_of(row)), lines))
}
