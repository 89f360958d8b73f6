//! How the record writes points in time, days, places and field values.

use crate::domain::{
    Id, Line, Prose,
    fields::{Choice, Day, Field, Form, Moment},
    value::Value,
};

use super::ground::Ground;

/// A point in time in UTC, to the second.
pub(crate) fn instant(at: Moment) -> String {
    let time = chrono::DateTime::from_timestamp_millis(at.0).map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    four_digits(time, "9999-12-31T23:59:59Z")
}

/// A day is valid through its end.
pub(crate) fn day_end(day: Day) -> String {
    format!("{}T23:59:59Z", date(day))
}

/// The beginning of a day.
pub(crate) fn day_start(day: Day) -> String {
    format!("{}T00:00:00Z", date(day))
}

/// A day as `2026-11-21`.
pub(crate) fn date(day: Day) -> String {
    four_digits(Some(day.to_string()), "9999-12-31")
}

/// Years outside 0 to 9999 have no form that every reader knows.
fn four_digits(text: Option<String>, last: &str) -> String {
    text.filter(|text| text.len() == last.len()).unwrap_or_else(|| last.to_owned())
}

/// Text, or none where there is none.
pub(crate) fn said(text: &impl AsRef<str>) -> Option<String> {
    Some(text.as_ref()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Each line of a text that says something.
pub(crate) fn lines(text: &Prose) -> Vec<String> {
    text.as_str().lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A place as it may leave the machine: of a path that starts at a root only the last part remains.
pub(crate) fn portable(place: &str) -> String {
    if let Some(last) = last_of_rooted(place) {
        return last;
    }
    let words: Vec<_> = place.split(' ').map(|word| last_of_rooted(word).unwrap_or_else(|| word.to_owned())).collect();
    words.join(" ")
}

/// The last part of a path that starts at a root; none for everything else.
fn last_of_rooted(place: &str) -> Option<String> {
    let bare = place.strip_prefix("file:").unwrap_or(place);
    let drive = bare.as_bytes().get(1) == Some(&b':') && bare.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let rooted = bare.starts_with(['/', '\\']) || bare.starts_with("~/") || drive || bare.len() != place.len();
    let last = bare.rsplit(['/', '\\']).find(|part| !part.is_empty());
    // A slash between words is no path.
    (rooted && !matches!(place, "/" | "\\")).then(|| last.unwrap_or("(a folder)").to_owned())
}

/// References such as `C-3`, each once, by number.
pub(crate) fn by_number(references: impl Iterator<Item = String>) -> Vec<String> {
    let number = |text: &String| text.rsplit('-').next().and_then(|digits| digits.parse::<i64>().ok());
    let mut all: Vec<String> = references.collect();
    all.sort_by_key(|text| (number(text), text.clone()));
    all.dedup();
    all
}

/// The value of a field in words; none where nothing was said.
pub(crate) fn field_words(ground: &Ground, field: &Field, value: &Value) -> Option<String> {
    match (field.form, value) {
        (_, Value::Null) => None,
        (Form::Choice(words), Value::Text(code)) => Some(label_of(words, code)),
        (Form::Choices(words), Value::List(codes)) => {
            Some(codes.iter().map(|code| label_of(words, code)).collect::<Vec<_>>().join(", "))
        }
        (Form::Person, Value::Text(id)) => {
            let who = Id::parse(id).map(crate::domain::fields::Who);
            ground.party(who).map(|party| party.name)
        }
        (_, Value::Int(n)) => Some(n.to_string()),
        (_, Value::Text(text)) if field.id == "documents" => {
            Some(text.lines().map(portable).collect::<Vec<_>>().join("\n"))
        }
        (_, Value::Text(text)) => Some(text.clone()),
        // Lists are not cleaned where they enter; they are on their way out.
        (_, Value::List(items)) => Some(Line::new(&items.join(", ")).as_str().to_owned()),
    }
}

fn label_of(words: &[Choice], code: &str) -> String {
    words.iter().find(|word| word.code == code).map_or(code, |word| word.label).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_absolute_path_leaves_the_machine() {
        for (place, said) in [
            ("/srv/reviews/run.json", "run.json"),
            ("C:\\reviews\\run.json", "run.json"),
            ("file:///srv/run.json", "run.json"),
            ("~/run.json", "run.json"),
            ("\\\\server\\share\\run.json", "run.json"),
            ("//", "(a folder)"),
            ("see /srv/reviews/run.json and more", "see run.json and more"),
            ("yes / no", "yes / no"),
            ("~50 pages", "~50 pages"),
            ("https://example.org/run.json", "https://example.org/run.json"),
            ("evidence/run.json", "evidence/run.json"),
        ] {
            assert_eq!(portable(place), said);
        }
    }

    #[test]
    fn the_ends_of_time_keep_their_form() {
        assert_eq!(instant(Moment(0)), "1970-01-01T00:00:00Z");
        assert_eq!(instant(Moment(i64::MAX)), "9999-12-31T23:59:59Z");
        assert_eq!(date(Day(chrono::NaiveDate::MAX)), "9999-12-31");
    }
}
