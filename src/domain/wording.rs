//! Values and events in words, made from the table of fields.

use super::{
    Dossier, Id, Kind,
    decision::SignedAct,
    event::Change,
    fields::{Choice, Entity, Field, Form, Moment, Vocabulary},
    people::Role,
    value::Value,
};

/// A number with a blank between its thousands.
pub fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// A value as people read it, on one line.
pub fn shown(dossier: &Dossier, field: &Field, value: &Value) -> String {
    match (field.form, value) {
        (_, Value::Null) => String::new(),
        (Form::Choice(words), Value::Text(code)) => label_of(words, code),
        (Form::Choices(words), Value::List(codes)) => {
            codes.iter().map(|code| label_of(words, code)).collect::<Vec<_>>().join(", ")
        }
        (Form::Person, Value::Text(id)) => person(dossier, Id::parse(id)),
        (Form::Moment, Value::Int(at)) => moment(Moment(*at)),
        (Form::Reference, Value::Text(id)) => reference(dossier, id),
        (Form::Marks, Value::List(marks)) => {
            marks.iter().map(|mark| reference(dossier, mark)).collect::<Vec<_>>().join(", ")
        }
        (Form::Digest, Value::Text(digest)) => digest.chars().take(16).collect::<String>() + "…",
        (_, Value::Text(text)) => text.replace('\n', " / "),
        (_, Value::Int(n)) => n.to_string(),
        (_, Value::List(items)) => items.join(", "),
    }
}

fn label_of(words: &[Choice], code: &str) -> String {
    words.iter().find(|word| word.code == code).map_or(code, |word| word.label).to_owned()
}

/// The name of a thing of this system, by its identity or its mark.
pub fn reference(dossier: &Dossier, id: &str) -> String {
    if let Some(code) = id.strip_prefix("library:") {
        let library = super::catalog::Library::of(dossier);
        return library.threat(code).map_or_else(|| code.to_owned(), |entry| format!("{code} {}", entry.title));
    }
    let Some(parsed) = Id::parse(id) else {
        return id.strip_prefix("data:").map_or_else(|| coded(id), |class| format!("{class} data"));
    };
    let named = Kind::ALL.iter().find_map(|kind| dossier.find(*kind, parsed));
    named.map_or_else(|| "something withdrawn".to_owned(), name_of)
}

/// A trigger of the library by its title, an item of a framework with its title; anything else as it is.
fn coded(code: &str) -> String {
    if let Some(trigger) = super::library::triggers().get(code) {
        return trigger.title.clone();
    }
    let numbered = code.bytes().any(|byte| byte.is_ascii_digit());
    let item = numbered.then(|| super::catalog::framework_item(code)).flatten();
    match item {
        Some(item) if item.title != item.id => format!("{} {}", item.id, item.title),
        Some(item) => item.id.clone(),
        None => code.to_owned(),
    }
}

/// What a thing is called: its first line of text.
pub fn name_of(entity: &dyn Entity) -> String {
    let first = entity.kind().fields().iter().find(|field| matches!(field.form, Form::Line | Form::Prose));
    match first.map(|field| entity.get(field.id)) {
        Some(Value::Text(text)) => text.lines().next().unwrap_or("").to_owned(),
        _ => entity.kind().label().to_owned(),
    }
}

/// The name of a person, or what stands in for it.
pub fn person(dossier: &Dossier, id: Option<Id>) -> String {
    id.and_then(|id| dossier.person_name(id)).map_or_else(|| "nobody".to_owned(), ToString::to_string)
}

/// A point in time, in UTC, as `2026-11-21 14:02`.
pub fn moment(at: Moment) -> String {
    chrono::DateTime::from_timestamp_millis(at.0).map_or_else(String::new, |at| at.format("%Y-%m-%d %H:%M").to_string())
}

/// The day of a point in time, in UTC.
pub fn day(at: Moment) -> String {
    moment(at).chars().take(10).collect()
}

/// What kind of thing it is and what it is called: `threat 3 "It leaks"`.
pub fn called(dossier: &Dossier, of: Kind, entity: Id) -> String {
    let name = dossier.find(of, entity).map(|thing| titled(dossier, thing)).unwrap_or_default();
    if name.is_empty() { of.label().to_owned() } else { format!("{} {name}", of.label()) }
}

/// What happened to a thing, in one line: `threat T-3 "…": Likelihood 3 → 4`.
pub fn happened(dossier: &Dossier, of: Kind, entity: Id, verb: &str, set: &[Change]) -> String {
    let subject = called(dossier, of, entity);
    // Of an answer, what was answered is what happened.
    let answered = matches!(of, Kind::Check | Kind::Assessed);
    let beside = |field: &str| field == "archived" || (answered && ["version", "check", "section"].contains(&field));
    let plain = set.iter().filter(|change| !beside(&change.field));
    let made = matches!(
        verb,
        "add" | "open" | "import" | "propose" | "sign" | "seal" | "send" | "decide" | "assign" | "arm" | "set"
    );
    if made && !answered && set.iter().all(|change| change.old.is_null()) {
        return format!("{} {subject}", word(verb));
    }
    let changes: Vec<String> = plain.map(|change| changed(dossier, of, change)).collect();
    if changes.is_empty() {
        format!("{} {subject}", word(verb))
    } else {
        format!("{} {subject}: {}", word(verb), changes.join("; "))
    }
}

/// `Likelihood 3 → 4`.
pub fn changed(dossier: &Dossier, of: Kind, change: &Change) -> String {
    let Some(field) = of.field(&change.field) else { return change.field.clone() };
    let say = |value: &Value| {
        let text = shown(dossier, field, value);
        let short: String = text.chars().take(60).collect();
        if text.is_empty() {
            "empty".to_owned()
        } else if short.len() < text.len() {
            format!("{short}…")
        } else {
            short
        }
    };
    format!("{} {} → {}", field.label, say(&change.old), say(&change.new))
}

/// What a thing is called, with its number: `3 "It leaks"`.
pub fn titled(dossier: &Dossier, entity: &dyn Entity) -> String {
    let text = |field: &str| match entity.get(field) {
        Value::Text(text) => Some(text),
        _ => None,
    };
    let number = match entity.get("number") {
        Value::Int(n) => format!("{n} "),
        _ => String::new(),
    };
    let name = match entity.kind() {
        Kind::Handoff => {
            text("step").and_then(|code| super::decision::Step::parse(&code)).map(|step| step.label().to_owned())
        }
        Kind::Signoff | Kind::Assignment => {
            text("role").and_then(|code| Role::parse(&code)).map(|role| role.label().to_owned())
        }
        Kind::Disposition => text("decision"),
        Kind::Signature => text("sort").and_then(|code| SignedAct::parse(&code)).map(|act| act.label().to_owned()),
        Kind::Considered => text("subject").map(|mark| reference(dossier, &mark)),
        Kind::Fact => text("fact").map(|id| super::library::vocabulary().fact_title(&id).to_owned()),
        Kind::Assessed => text("section").and_then(|id| section_title(&id)),
        Kind::Countersign => text("whose").map(|id| person(dossier, Id::parse(&id))),
        Kind::Intake | Kind::Privacy | Kind::Link | Kind::Policy => None,
        _ => Some(name_of(entity)).filter(|name| *name != entity.kind().label()),
    };
    name.map_or_else(
        || number.trim().to_owned(),
        |name| format!("{number}\"{}\"", name.chars().take(60).collect::<String>()),
    )
}

fn section_title(id: &str) -> Option<String> {
    let all = super::library::dpo_checklist().sections();
    all.iter().find(|section| section.id == id).map(|section| section.title.clone())
}

/// The intent as a past participle.
fn word(verb: &str) -> &str {
    match verb {
        "add" => "added",
        "edit" => "changed",
        "archive" | "withdraw" => "withdrew",
        "restore" => "took back in",
        "assign" => "assigned",
        "send" => "handed over",
        "open" | "receive" => "opened",
        "confirm" => "confirmed",
        "return" => "sent back",
        "recall" | "take_back" => "took back",
        "propose" => "proposed",
        "accept" => "accepted",
        "decline" => "declined",
        "revoke" => "revoked",
        "supersede" => "superseded",
        "advise" => "gave the advice in",
        "sign" => "signed as",
        "seal" => "made",
        "override" | "override_tier" => "overrode",
        "decide" => "decided",
        "set" => "set",
        "meet" => "met",
        "merge" => "merged",
        "approve" => "approved",
        "reword" => "reworded",
        "review" => "looked again at",
        "close" => "closed",
        "fire" => "fired",
        "triage" => "triaged",
        "import" => "imported",
        "verify" => "verified",
        "arm" => "armed",
        "print" => "kept the printed record of",
        "attach" => "attached a file to",
        "check" => "compared the file of",
        "record" => "recorded",
        "report" => "reported",
        "restrict" => "limited the use after",
        "pause" => "paused the system:",
        "resume" => "let the system run again after",
        "replace" => "replaced",
        "register" => "registered the SSH key of",
        "withdraw_key" => "withdrew the SSH key of",
        other => other,
    }
}
