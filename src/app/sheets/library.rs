//! Sheets of the library: a fact corrected by hand, a threat that is not relevant, an entry of the team's own.

use crate::app::{
    Me,
    form::{Form, FormField, Input},
    system::SystemScreen,
};
use crate::domain::{
    Dossier, Id, Kind,
    catalog::{Library, fact, mark_of, subject},
    fields::{Field, Form as FieldForm},
    library::{FrameworkItem, vocabulary},
    value::Value,
};

use super::{Purpose, edit_in, editable, prose};

/// A threat of the library that is not relevant here, with the reason.
pub fn irrelevant(code: &str, title: &str) -> Form {
    let help = "Kept with the review and shown with the threat; it is not proposed again until this is taken back.";
    let fields = vec![prose("reason", "Not relevant because", help).needed()];
    let name = format!("Not relevant: {code} {title}");
    Form::new(name, "record it", Purpose::Cover(subject(code)), format!("cover/{code}"), fields)
}

/// A fact corrected by hand; what docket derived stays in sight.
pub fn correct(screen: &SystemScreen, me: &Me, id: &str) -> Form {
    let dossier = &screen.dossier;
    let mut fields = editable(dossier, Kind::Fact, me.role, &|_| Value::Null);
    for field in &mut fields {
        field.needed = true;
        if field.id == "fact" {
            field.restore(id);
        }
    }
    let title = vocabulary().fact_title(id);
    let draft = format!("add/fact/{id}");
    let mut form =
        Form::new(format!("Correct the fact \"{title}\""), "correct it", Purpose::Add(Kind::Fact, None), draft, fields);
    form.focus = form.fields.iter().position(|field| field.id == "holds").unwrap_or(0);
    form.lines = told(dossier, id);
    form
}

fn told(dossier: &Dossier, id: &str) -> Vec<String> {
    let Some((known, standing)) = vocabulary().fact(id).zip(fact(dossier, id)) else { return Vec::new() };
    let word = standing.holds.map_or("open", |holds| if holds { "yes" } else { "no" });
    vec![known.question.clone(), format!("Now {word}: {}.", standing.because)]
}

/// A new entry of the team's own library; from an item of a framework it brings that mapping along.
pub fn entry(dossier: &Dossier, me: &Me, sort: &str, item: Option<&FrameworkItem>) -> Form {
    let mut fields = editable(dossier, Kind::Shelf, me.role, &|_| Value::Null);
    for field in &mut fields {
        match (field.id.as_str(), item) {
            ("sort", _) => field.restore(sort),
            ("maps", Some(item)) => field.restore(&mark_of(item)),
            _ => {}
        }
    }
    let mut form =
        Form::new("New entry of our own library", "add", Purpose::Add(Kind::Shelf, None), "add/shelf".into(), fields);
    form.lines = vec!["It belongs to the whole record and is proposed like the entries that docket ships.".into()];
    form
}

/// What was entered in the library, to be changed; what it is about stays.
pub fn edit_entry(dossier: &Dossier, me: &Me, kind: Kind, id: Id) -> Option<Form> {
    let mut form = edit_in(dossier, me, kind, id, "")?;
    form.fields
        .retain(|field| !matches!((kind, field.id.as_str()), (Kind::Fact, "fact") | (Kind::Considered, "subject")));
    form.focus = 0;
    if let Some(row) = dossier.facts.iter().find(|row| row.id == id) {
        form.title = format!("Correct the fact \"{}\"", vocabulary().fact_title(row.fact.as_str()));
        form.lines = told(dossier, row.fact.as_str());
    }
    if let Some(code) = dossier.considered.iter().find(|row| row.id == id).map(|row| row.subject.to_string()) {
        let library = Library::of(dossier);
        let code = code.trim_start_matches("library:");
        let title = library.threat(code).map_or("", |entry| entry.title.as_str());
        form.title = format!("Not relevant: {code} {title}");
    }
    Some(form)
}

/// A field of the library kinds that is chosen from a list rather than typed.
pub(super) fn chosen(kind: Kind, field: &Field, value: &Value) -> Option<FormField> {
    let facts = || vocabulary().facts().iter().map(|fact| (fact.id.clone(), fact.title.clone())).collect::<Vec<_>>();
    match (kind, field.id) {
        (Kind::Fact, "fact") => Some(FormField::chooses(field.id, field.label, field.help, facts(), value)),
        (Kind::Shelf, "facts" | "any") => {
            let words = facts();
            let held = |id: &str| matches!(value, Value::List(ids) if ids.iter().any(|known| known == id));
            let on = words.iter().map(|(id, _)| held(id)).collect();
            let mut made = FormField::new(field.id, field.label, field.help, FieldForm::Choices(&[]), value);
            made.input = Input::Choices(words, on, 0);
            Some(made)
        }
        (Kind::Shelf, "maps" | "with") | (Kind::Threat, "maps") => {
            Some(FormField::new(field.id, field.label, field.help, field.form, value))
        }
        _ => None,
    }
}
