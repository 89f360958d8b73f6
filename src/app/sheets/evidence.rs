//! Sheets of the control plan and the evidence pack.

use crate::app::{
    ControlText, Me,
    form::{Form, FormField, Input},
    panes::name_of,
    system::SystemScreen,
};
use crate::domain::{
    Dossier, Id, Kind,
    fields::{Day, Field, Form as FieldForm, YesNo},
    people::Role,
    value::Value,
};

use super::{Purpose, add, edit, line, preset, words};

/// A file that shows a piece of evidence.
pub fn attach(screen: &SystemScreen, id: Id) -> Option<Form> {
    let evidence = screen.dossier.evidence.iter().find(|evidence| evidence.id == id)?;
    let mut path = line("path", "File", "Its path on this computer; ~ stands for your home folder.").needed();
    path.restore(evidence.path.as_str());
    let keep = words::<YesNo>(
        "keep",
        "Keep a copy",
        "Yes keeps up to 1 MiB in the record; else only the path and the SHA-256 stay.",
        Some(YesNo::Yes),
    );
    let title = format!("Attach a file to {} \"{}\"", evidence.reference(), evidence.title);
    let mut form = Form::new(title, "attach it", Purpose::Attach(id), format!("attach/{id}"), vec![path, keep]);
    form.lines.push("Its SHA-256 is computed now; v in the pane compares it again at any time.".into());
    Some(form)
}

/// A new finding, raised on a threat or not.
pub fn finding(screen: &SystemScreen, me: &Me, threat: Option<Id>, today: Day) -> Form {
    let mut form = add(screen, me, Kind::Finding, threat);
    form.fields.retain(|field| !matches!(field.id.as_str(), "retested" | "retest" | "retest_evidence" | "reason"));
    preset(&mut form.fields, "found", &today.to_string());
    preset(&mut form.fields, "status", "open");
    preset(&mut form.fields, "sort", if me.role == Role::Auditor { "audit" } else { "red_team" });
    if let Some(threat) = threat {
        preset(&mut form.fields, "threats", &threat.to_string());
    }
    settled(&mut form);
    form
}

/// What the sheet begins with is no draft of anybody.
fn settled(form: &mut Form) {
    for field in &mut form.fields {
        field.fresh = field.draft();
    }
}

/// The retest of a finding; none where the acting role records none.
pub fn retest(screen: &SystemScreen, me: &Me, id: Id, today: Day) -> Option<Form> {
    let finding = screen.dossier.findings.iter().find(|finding| finding.id == id)?;
    let mut form = edit(screen, me, Kind::Finding, id, "retest")?;
    form.fields.retain(|field| matches!(field.id.as_str(), "retested" | "retest" | "retest_evidence"));
    form.fields.sort_by_key(|field| field.id != "retest");
    if form.fields.len() < 3 {
        return None;
    }
    if finding.retested.is_none() {
        preset(&mut form.fields, "retested", &today.to_string());
    }
    form.focus = 0;
    form.title = format!("Retest {} \"{}\"", finding.reference(), finding.title);
    form.lines.push("Passed closes it and needs evidence; failed opens it again.".into());
    form.draft = format!("retest/{id}");
    Some(form)
}

/// A new control with the text of one of another system: what is done and how it is shown, and nothing of how far it is.
pub fn reused(screen: &SystemScreen, me: &Me, text: &ControlText) -> Form {
    let mut form = add(screen, me, Kind::Control, None);
    for (field, said) in [("title", &text.title), ("description", &text.description), ("method", &text.method)] {
        preset(&mut form.fields, field, said);
    }
    form.lines.push(format!(
        "The text of {}. Its status, its owner and its proof stay there: here it begins anew.",
        text.place
    ));
    form.draft = format!("reuse/{}", text.title);
    settled(&mut form);
    form
}

/// The threats that a finding shows to be real, to be ticked.
pub(super) fn threats(dossier: &Dossier, field: &Field, value: &Value) -> FormField {
    let all: Vec<_> = dossier.live_threats().collect();
    let held = |id: &str| matches!(value, Value::List(marks) if marks.iter().any(|mark| mark == id));
    let on = all.iter().map(|threat| held(&threat.id.to_string())).collect();
    let words = all.iter().map(|t| (t.id.to_string(), format!("{} {}", t.reference(), t.title))).collect();
    let mut made = FormField::new(field.id, field.label, field.help, FieldForm::Choices(&[]), value);
    made.input = Input::Choices(words, on, 0);
    made
}

/// What a thing is called in the title of its sheet: a link by its two ends.
pub(super) fn titled(dossier: &Dossier, kind: Kind, id: Id) -> String {
    let link = dossier.links.iter().find(|link| link.id == id && kind == Kind::Link);
    let ends = link.and_then(|link| {
        let control = dossier.controls.iter().find(|control| Some(control.id) == link.control)?;
        let threat = dossier.threats.iter().find(|threat| Some(threat.id) == link.threat)?;
        Some(format!("What {} takes off {} \"{}\"", control.reference(), threat.reference(), threat.title))
    });
    ends.unwrap_or_else(|| {
        let name = dossier.find(kind, id).map(name_of).unwrap_or_default();
        format!("{}: {name}", kind.label())
    })
}

/// What is fixed of a new thing by what it belongs to.
pub(super) fn fixed(fields: &mut [FormField], kind: Kind, to: Option<Id>) {
    if let (Kind::Link, Some(control)) = (kind, to) {
        preset(fields, "control", &control.to_string());
        preset(fields, "less_likely", "1");
    }
}
