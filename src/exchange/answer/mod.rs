//! The answers of `list`, `show`, `check` and `gate`: as data for a pipeline, as text for people.

pub mod acceptances;
pub mod agenda;
pub mod check;
pub mod evidence;
pub mod exported;
pub mod gate;
pub mod library;
pub mod list;
pub mod manifest;
pub mod past;
pub mod report;
pub mod show;
mod text;

pub(in crate::exchange) use text::wrapped;

/// The version of the answers as data; a field is added under the same number, never renamed.
pub const ANSWER_VERSION: &str = "1.0.0";

/// JSON over several lines, with a line end at the end.
fn pretty(answer: &impl serde::Serialize) -> String {
    // A struct of text, whole numbers and lists always has a JSON form.
    let mut text = serde_json::to_string_pretty(answer).unwrap_or_default();
    text.push('\n');
    text
}

/// Whole days from a point in time to a day, none of them negative.
fn age(since: crate::domain::fields::Moment, today: crate::domain::fields::Day) -> i64 {
    let day = chrono::DateTime::from_timestamp_millis(since.0).map(|time| time.date_naive());
    day.map_or(0, |day| crate::domain::fields::Day(day).days_to(today).max(0))
}
