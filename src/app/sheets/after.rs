//! The sheets of what comes after clearance: triggers, changes, incidents, pauses.

use crate::app::{
    Me,
    form::{Form, FormField, Input},
    panes::name_of,
    system::SystemScreen,
};
use crate::domain::{
    Dossier, Id, Kind,
    after::{ChangeKind, IncidentPath, for_incident, proposals},
    decision::Triage,
    fields::{Day, Field, Form as FieldForm, Vocabulary},
    people::Role,
    value::Value,
};

use super::{Purpose, hat, line, on, prose, words};

/// A trigger fired.
pub fn fire(me: &Me, id: Id) -> Form {
    let mut form = Form::new(
        "A trigger fired",
        "fire it",
        Purpose::Fire(id),
        format!("fire/{id}"),
        vec![prose("why", "What happened", "The clearance follows at once.").needed()],
    );
    form.lines = vec![hat(me), "Until it is triaged, the system holds no effective clearance.".into()];
    form
}

/// What becomes of a fired trigger, a change or an incident.
pub fn triage(screen: &SystemScreen, me: &Me, kind: Kind, id: Id) -> Form {
    let roles = Role::CHOICES[..5].iter().map(|word| (word.code.to_owned(), word.label.to_owned())).collect::<Vec<_>>();
    let mut asked = FormField::new(
        "roles",
        "Who looks again",
        "For a scoped review only: Space ticks, ← → move.",
        FieldForm::Choices(&[]),
        &Value::Null,
    );
    asked.input = Input::Choices(roles, vec![false; 5], 0);
    let fields = vec![
        words::<Triage>("outcome", "It is", "Not material needs a reason as well.", None).needed(),
        asked,
        prose("reason", "Why", "Kept with it.").needed(),
    ];
    let name = screen.dossier.find(kind, id).map(name_of).unwrap_or_default();
    let title = format!("Triage the {}: {name}", kind.label());
    let mut form = Form::new(title, "triage", Purpose::Triage(id), format!("triage/{id}"), fields);
    form.lines = vec![
        hat(me),
        "Not material gives the clearance back. After a scoped or full review, R opens the next review.".into(),
    ];
    form
}

/// Something changed: what, since when, and which triggers it fires; the likely ones are ticked.
pub fn change(screen: &SystemScreen, me: &Me, sort: ChangeKind, today: Day) -> Form {
    let all = proposals(&screen.dossier, sort);
    let held: Vec<String> = all.iter().filter(|p| p.likely).map(|p| p.mark.clone()).collect();
    let value = if held.is_empty() { Value::Null } else { Value::List(held) };
    let on_list = all.iter().map(|proposal| proposal.likely).collect();
    let named = |p: &crate::domain::after::Proposal| {
        let state = if p.armed { "" } else { " (not armed)" };
        (p.mark.clone(), format!("{}{state}", p.title))
    };
    let mut fires = FormField::new(
        "fires",
        "It fires",
        "What docket proposes is ticked: Space ticks, ← → move.",
        FieldForm::Choices(&[]),
        &value,
    );
    fires.input = Input::Choices(all.iter().map(named).collect(), on_list, 0);
    let mut fields = vec![
        line("title", "Change", "What changed, in a few words.").needed(),
        on("since", "Since", "Since when it is so; -3 is three days ago.", Some(today)),
        prose("before", "Before", "How it was; may stay empty."),
        prose("after", "After", "How it is now; may stay empty."),
    ];
    if !all.is_empty() {
        fields.push(fires);
    }
    let purpose = Purpose::RecordChange(sort);
    let draft = format!("change/{}", sort.code());
    let mut form = Form::new(format!("A change: {}", sort.label()), "record and fire", purpose, draft, fields);
    form.lines = vec![hat(me)];
    form.lines.extend(all.iter().map(|proposal| format!("{}: {}", proposal.title, proposal.why)));
    form.lines.push(
        if all.iter().any(|proposal| proposal.likely) {
            "Until it is triaged, the system holds no effective clearance."
        } else {
            "No trigger waits for this: the change itself waits for its triage, and the clearance with it."
        }
        .into(),
    );
    form
}

/// Something went wrong.
pub fn incident(screen: &SystemScreen, me: &Me, today: Day) -> Form {
    let fields = vec![
        line("title", "Incident", "What went wrong, in one line.").needed(),
        words::<IncidentPath>("sort", "Path", "Which way it goes up.", None).needed(),
        on("noticed", "Noticed on", "When it was noticed; -1 is yesterday.", Some(today)).needed(),
        prose("what", "What happened", "What happened, to whom, how much."),
        line("contact", "Escalated to", "Empty: the contact that the system names for its path."),
        on("escalated", "Escalated on", "On which day they were told.", Some(today)),
    ];
    let mut form = Form::new("An incident", "report it", Purpose::ReportIncident, "incident".into(), fields);
    form.lines = vec![hat(me)];
    if let Some(system) = screen.dossier.system() {
        let paths = [
            ("hallucination", &system.hallucination),
            ("leakage", &system.leakage),
            ("bias", &system.bias),
            ("unauthorised action", &system.unauthorised),
        ];
        let named: Vec<_> = paths.iter().filter(|(_, to)| !to.is_empty()).map(|(p, to)| format!("{p}: {to}")).collect();
        form.lines.push(if named.is_empty() {
            "The system names no contact for any path yet.".into()
        } else {
            format!("Contacts: {}.", named.join("; "))
        });
    }
    let fires: Vec<_> = for_incident(&screen.dossier).iter().map(|trigger| format!("\"{}\"", trigger.title)).collect();
    form.lines.push(if fires.is_empty() {
        "No armed trigger waits for incidents: it waits for its own triage, and the clearance with it.".into()
    } else {
        format!("It fires {}; the clearance follows at once.", fires.join(", "))
    });
    form
}

/// The use is restricted for the time being.
pub fn restrict(me: &Me, id: Id, today: Day) -> Form {
    let fields = vec![
        prose("restriction", "Restricted to", "What may still be done with it, and what not.").needed(),
        on("until", "Until", "The last day of the restriction; +14 is two weeks.", Some(today.plus(14))).needed(),
    ];
    let mut form = Form::new("Limit the use", "restrict it", Purpose::Restrict(id), format!("restrict/{id}"), fields);
    form.lines =
        vec![hat(me), "When its last day is over and the incident is not closed, the clearance has no effect.".into()];
    form
}

/// An incident is closed.
pub fn close_incident(screen: &SystemScreen, me: &Me, id: Id) -> Option<Form> {
    let incident = screen.dossier.incidents.iter().find(|incident| incident.id == id)?;
    let mut said = prose("correction", "Correction", "What was mended, so that it does not happen again.").needed();
    said.restore(incident.correction.as_str());
    let title = format!("Close {} \"{}\"", incident.reference(), incident.title);
    let mut form = Form::new(title, "close it", Purpose::CloseIncident(id), format!("close/{id}"), vec![said]);
    let about = incident.threats.0.len() + incident.controls.0.len();
    form.lines = vec![hat(me)];
    if about == 0 {
        form.lines.push("It names no threat and no control yet; Enter on the incident links them first.".into());
    }
    Some(form)
}

/// The system is stopped.
pub fn pause(screen: &SystemScreen, me: &Me) -> Form {
    let fields = vec![prose("reason", "Why", "Kept in the record and shown wherever the system is.").needed()];
    let title = format!("Pause {}", screen.dossier.name());
    let mut form = Form::new(title, "pause it", Purpose::Pause, "pause".into(), fields);
    form.lines = vec![hat(me)];
    if let Some(system) = screen.dossier.system().filter(|system| !system.pause.is_empty()) {
        form.lines.push(format!("Who can pause it: {}.", system.pause));
    }
    form.lines.push("docket records it; switching the system off is done where it runs.".into());
    form.lines.push("The sign-off authority or the governance lead lets it run again.".into());
    form
}

/// A paused system runs again.
pub fn resume(screen: &SystemScreen, me: &Me) -> Form {
    let fields = vec![prose("why", "Why", "What makes it safe to run again.").needed()];
    let title = format!("Let {} run again", screen.dossier.name());
    let mut form = Form::new(title, "let it run", Purpose::Resume, "resume".into(), fields);
    form.lines = vec![hat(me)];
    if let Some(pause) = crate::domain::after::paused(&screen.dossier) {
        form.lines.push(format!("Paused by {}: {}", pause.name, pause.reason.as_str().replace('\n', " / ")));
    }
    form.lines.push("Whatever else takes the clearance away still does.".into());
    form
}

/// What an incident is linked to, to be ticked: evidence, threats, controls.
pub(super) fn linked(dossier: &Dossier, field: &Field, value: &Value) -> FormField {
    let words: Vec<(String, String)> = match field.id {
        "threats" => {
            dossier.live_threats().map(|t| (t.id.to_string(), format!("{} {}", t.reference(), t.title))).collect()
        }
        "controls" => {
            dossier.live_controls().map(|c| (c.id.to_string(), format!("{} {}", c.reference(), c.title))).collect()
        }
        _ => {
            let live = dossier.evidence.iter().filter(|evidence| !evidence.archived);
            live.map(|e| (e.id.to_string(), format!("{} {}", e.reference(), e.title))).collect()
        }
    };
    let held = |id: &str| matches!(value, Value::List(marks) if marks.iter().any(|mark| mark == id));
    let ticked = words.iter().map(|(id, _)| held(id)).collect();
    let mut made = FormField::new(field.id, field.label, field.help, FieldForm::Choices(&[]), value);
    made.input = Input::Choices(words, ticked, 0);
    made
}
