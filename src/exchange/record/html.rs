//! The record as one page of HTML: made from the two texts that are kept with a decision, so that it says what they say.

use serde_json::Value;

use crate::{
    domain::{
        fields::{Day, Vocabulary},
        people::Role,
    },
    exchange::web::{self, Moment, Place, Sheet},
};

/// The page of a record that is there as JSON and as Markdown.
#[must_use]
pub fn html(json: &str, markdown: &str) -> String {
    // Whatever is not there is not drawn; the words say so.
    let record: Value = serde_json::from_str(json).unwrap_or_default();
    let title = format!("{}: disposition record", text(&record["system"]["name"]));
    let places = |which: &str| scores(&record, which);
    let (before, now) = (places("inherent"), places("residual"));
    let mut pictures = vec![("Threats before and after their controls", web::matrix(&before, &now))];
    let until = day(&record["verdict"]["valid_until"]);
    let course = web::course(&Role::REVIEW.map(|role| role.label().to_owned()), &moments(&record), until);
    if !course.is_empty() {
        pictures.push(("The course of the review; the upright line is the day until which the decision holds", course));
    }
    web::page(&Sheet { title: &title, words: markdown, pictures, data: Some(json) })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn day(value: &Value) -> Option<Day> {
    Day::parse(text(value).get(..10)?)
}

fn scores(record: &Value, which: &str) -> Vec<Option<Place>> {
    let score = |threat: &Value, field: &str| threat[which][field].as_u64().and_then(|n| u8::try_from(n).ok());
    let threats = record["threats"]["items"].as_array();
    let place = |threat: &Value| Some((score(threat, "likelihood")?, score(threat, "impact")?));
    threats.map_or_else(Vec::new, |all| all.iter().map(place).collect())
}

fn moments(record: &Value) -> Vec<Moment> {
    let mut out = Vec::new();
    let mut put = |role: &Value, at: &Value, what: &str| {
        if let Some((role, day)) = Role::parse(text(role)).zip(day(at)) {
            out.push(Moment { lane: role.label().to_owned(), day, what: what.to_owned() });
        }
    };
    let all = |part: &str| record[part].as_array().cloned().unwrap_or_default();
    for handoff in all("handoffs") {
        put(&handoff["from"], &handoff["sent_at"], "sent");
        put(&handoff["to"], &handoff["received_at"], "received");
    }
    for signoff in all("signoffs") {
        put(&signoff["role"], &signoff["at"], "signed");
    }
    put(&Value::from(Role::Signoff.code()), &record["verdict"]["decided_at"], "decided");
    out
}
