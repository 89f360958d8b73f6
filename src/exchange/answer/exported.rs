//! `docket gate --from FILE`: the same question to a record that was written out, where there is no database.
//!
//! The document says what the decision was worth on the day it was written. Days that have passed since can only take
//! from that: what it says is over by then counts as over, and nothing counts as mended.

use serde_json::Value;

use super::gate::{Options, Verdict, exit, nothing, other_digest, visible};
use crate::{
    domain::{
        decision::ClearanceState,
        fields::{Day, Vocabulary},
        text::Line,
    },
    exchange::record::{Class, Reason, UNRELEASED, content_sha256},
};

/// The codes that a record gives, each with what kind of no it is.
const CODES: [(&str, Class); 18] = [
    ("rejected", Class::No),
    ("condition-overdue", Class::No),
    ("acceptance-expired", Class::No),
    ("paused", Class::No),
    ("revoked", Class::No),
    ("contradiction", Class::No),
    ("on-hold", Class::Nothing),
    ("no-decision", Class::Nothing),
    ("lapsed", Class::Nothing),
    ("content-changed", Class::Nothing),
    ("trigger-pending", Class::Nothing),
    ("superseded", Class::Nothing),
    ("undecided-threat", Class::Nothing),
    ("dpia-missing", Class::Nothing),
    ("evidence-missing", Class::Nothing),
    ("separation-of-duties", Class::Nothing),
    ("missing-signoff", Class::Nothing),
    ("open-gap", Class::Nothing),
];

/// The answer of a record that was written out; why nothing can be told where the document is not one.
pub fn ask_exported(document: &str, options: &Options, today: Day) -> Result<Verdict, String> {
    let record: Value = serde_json::from_str(document).map_err(|_| "It is not JSON.".to_owned())?;
    whole(&record)?;
    let day = options.at.unwrap_or(today);
    let release = text(&record["system"]["release"]);
    let mut reasons = Vec::new();
    if content_sha256(&record) != text(&record["integrity"]["content_sha256"]) {
        let says = "The document is not as it was written: its content has another SHA-256 than it says.";
        reasons.push(nothing("content-changed", says.to_owned()));
    }
    reasons.extend(other_release(release, options));
    reasons.extend(digest(&record, options));
    reasons.extend(not_yet(&record, day));
    reasons.extend(list(&record["verdict"]["reasons"]).iter().map(said));
    reasons.extend(over(&record, day));
    let result = ["approved", "approved-with-conditions", "rejected"];
    let result = result.into_iter().find(|known| *known == text(&record["verdict"]["result"])).unwrap_or("undecided");
    if reasons.is_empty() && !result.starts_with("approved") {
        reasons.push(nothing("no-decision", "The document holds no decision that permits use.".to_owned()));
    }
    if reasons.is_empty() && release == UNRELEASED && !options.any_release {
        let says = "The review names no release, so it says nothing about one that goes live.";
        reasons.push(nothing("no-release", says.to_owned()));
    }
    let answer = exit(&reasons);
    let state = ClearanceState::parse(text(&record["verdict"]["clearance"]["state"])).unwrap_or(ClearanceState::None);
    Ok(Verdict {
        kind: "docket.gate",
        result: match answer {
            0 => result,
            1 if result == "rejected" => "rejected",
            _ => "undecided",
        },
        exit: if options.advisory { 0 } else { answer },
        would_exit: options.advisory.then_some(answer),
        system: Line::new(text(&record["system"]["id"])).to_string(),
        name: Line::new(text(&record["system"]["name"])).to_string(),
        release: Line::new(release).to_string(),
        record_id: (!record["verdict"]["decided_at"].is_null())
            .then(|| Line::new(text(&record["record"]["id"])).to_string()),
        clearance: state.code(),
        at: day.to_string(),
        valid_until: day_of(&record["verdict"]["valid_until"]).map(|until| until.to_string()),
        reasons,
        noticed: Vec::new(),
    })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn day_of(value: &Value) -> Option<Day> {
    Day::parse(text(value).get(..10)?)
}

/// Whether it is a record of a form that is known, with everything that the answer needs.
fn whole(record: &Value) -> Result<(), String> {
    if record["kind"] != "docket.disposition-record" {
        return Err("It is not a disposition record.".to_owned());
    }
    let version = text(&record["schema_version"]);
    if !version.starts_with("1.") {
        return Err(format!("It is of version {} of the record, and this docket knows version 1.", visible(version)));
    }
    let needed = [
        "/record/id",
        "/system/id",
        "/system/release",
        "/verdict/result",
        "/verdict/clearance/state",
        "/integrity/content_sha256",
    ];
    let missing = needed.into_iter().find(|path| record.pointer(path).is_none_or(|value| !value.is_string()));
    if let Some(missing) = missing {
        return Err(format!("It is incomplete: {missing} is missing."));
    }
    let lists = ["/verdict/reasons", "/verdict/conditions", "/acceptances"];
    let broken = lists.into_iter().find(|path| record.pointer(path).is_none_or(|value| !value.is_array()));
    broken.map_or(Ok(()), |path| Err(format!("It is incomplete: {path} is missing.")))
}

fn other_release(release: &str, options: &Options) -> Option<Reason> {
    let unreleased = release == UNRELEASED;
    let asked = options.release.as_deref().filter(|asked| *asked != release || unreleased)?;
    let says = format!("The record is about {}, not about {}.", visible(release), visible(asked));
    Some(nothing("other-release", says))
}

fn digest(record: &Value, options: &Options) -> Option<Reason> {
    let known = list(&record["system"]["subjects"]).first().map(|subject| text(&subject["digest"]["sha256"]));
    other_digest(known.filter(|known| !known.is_empty()), options)
}

fn not_yet(record: &Value, day: Day) -> Option<Reason> {
    let decided = day_of(&record["verdict"]["decided_at"])?;
    (day < decided).then(|| nothing("no-decision", format!("It was decided on {decided}, after the day asked for.")))
}

/// A reason that the document gives itself. A code that is not known is no permission.
fn said(reason: &Value) -> Reason {
    let known = CODES.into_iter().find(|(code, _)| *code == text(&reason["code"]));
    let (code, class) = known.unwrap_or(("open-gap", Class::Nothing));
    Reason { code, text: Line::new(text(&reason["text"])).to_string(), class }
}

/// What has run out since the document was written.
fn over(record: &Value, day: Day) -> Vec<Reason> {
    let passed = |value: &Value| day_of(value).filter(|last| day > *last);
    let no = |code, text| Reason { code, text, class: Class::No };
    let mut out = Vec::new();
    if let Some(last) = passed(&record["verdict"]["valid_until"]) {
        out.push(nothing("lapsed", format!("It was valid until {last}.")));
    }
    for condition in list(&record["verdict"]["conditions"]) {
        if let Some(due) = passed(&condition["due"]).filter(|_| condition["met"] != true) {
            let name = Line::new(text(&condition["id"]));
            out.push(no("condition-overdue", format!("The condition {name} was due on {due} and is not met.")));
        }
    }
    for acceptance in list(&record["acceptances"]) {
        let name = Line::new(text(&acceptance["id"]));
        let holds = !acceptance["decided_at"].is_null() && acceptance["ended_because"].is_null();
        if let Some(last) = passed(&acceptance["expires_at"]).filter(|_| holds) {
            out.push(no("acceptance-expired", format!("The acceptance {name} ended on {last}.")));
        }
    }
    // What the document says itself is not said twice.
    let own: Vec<&str> = list(&record["verdict"]["reasons"]).iter().map(|reason| text(&reason["code"])).collect();
    out.retain(|reason| !own.contains(&reason.code));
    out
}
