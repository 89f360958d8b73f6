//! What a field can hold: the typed side of [`Value`].

use chrono::NaiveDate;

use super::choice::{Choice, Vocabulary};
use crate::domain::{
    Id, Line, Prose,
    id::hex,
    value::{Value, write_json_text},
};

/// What a field holds, and so how it is entered and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One line of text.
    Line,
    /// Several lines of text.
    Prose,
    /// A whole number.
    Number,
    /// 1 to 5, or unscored.
    Score,
    /// A day, valid through its end in the reader's time zone.
    Day,
    /// A point in time.
    Moment,
    /// One word of a vocabulary.
    Choice(&'static [Choice]),
    /// Any number of words of a vocabulary.
    Choices(&'static [Choice]),
    /// A person of the record.
    Person,
    /// Another entity of the same system.
    Reference,
    /// Several codes or identities.
    Marks,
    /// A SHA-256 in hexadecimal.
    Digest,
}

/// A type that a field can have.
pub trait Kept: Default {
    /// How it is entered and shown.
    const FORM: Form;
    /// As the journal keeps it; nothing said is [`Value::Null`].
    fn to_value(&self) -> Value;
    /// As read from the journal; what cannot be read is nothing said, because a replay never fails.
    fn from_value(value: &Value) -> Self;
    /// Writes the canonical JSON of its value; says whether there is one, and writes nothing where nothing was said.
    fn write_json(&self, out: &mut String) -> bool {
        let value = self.to_value();
        if !value.is_null() {
            value.write_json(out);
        }
        !value.is_null()
    }
    /// The day that it holds, if it holds one.
    fn day(&self) -> Option<Day> {
        None
    }
}

/// Likelihood or impact, 1 (lowest) to 5 (highest).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u8);

impl Score {
    /// A score from 1 to 5.
    pub fn new(n: i64) -> Option<Self> {
        u8::try_from(n).ok().filter(|n| (1..=5).contains(n)).map(Self)
    }
    /// 1 to 5.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

impl Day {
    /// Reads `2026-11-21`.
    pub fn parse(text: &str) -> Option<Self> {
        NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().map(Self)
    }
    /// Whole days from this day to `later`; negative when it lies before.
    pub fn days_to(self, later: Day) -> i64 {
        (later.0 - self.0).num_days()
    }
    /// The day `days` later; the last day there is when that overflows.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(chrono::TimeDelta::try_days(days).and_then(|d| self.0.checked_add_signed(d)).unwrap_or(NaiveDate::MAX))
    }
    /// The same day `months` later, the last of the month where that has no such day.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        let months = chrono::Months::new(u32::try_from(months.max(0)).unwrap_or(u32::MAX));
        Self(self.0.checked_add_months(months).unwrap_or(NaiveDate::MAX))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0.format("%Y-%m-%d").to_string())
    }
}

/// A point in time, in milliseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// A person, by identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Who(pub Id);

/// Codes or identities, in the order given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(pub Vec<String>);

impl Marks {
    /// Whether `mark` is among them.
    pub fn has(&self, mark: &str) -> bool {
        self.0.iter().any(|m| m == mark)
    }
}

/// A SHA-256 in lower-case hexadecimal, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Digest(pub String);

impl Kept for Line {
    const FORM: Form = Form::Line;
    fn to_value(&self) -> Value {
        Value::from(self.as_str())
    }
    fn from_value(value: &Value) -> Self {
        text_of(value).map_or_else(Self::default, Line::new)
    }
    fn write_json(&self, out: &mut String) -> bool {
        write_text(self.as_str(), out)
    }
}

impl Kept for Prose {
    const FORM: Form = Form::Prose;
    fn to_value(&self) -> Value {
        Value::from(self.as_str())
    }
    fn from_value(value: &Value) -> Self {
        text_of(value).map_or_else(Self::default, Prose::new)
    }
    fn write_json(&self, out: &mut String) -> bool {
        write_text(self.as_str(), out)
    }
}

impl Kept for Digest {
    const FORM: Form = Form::Digest;
    fn to_value(&self) -> Value {
        Value::from(self.0.as_str())
    }
    fn from_value(value: &Value) -> Self {
        let is_digest = |text: &&str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        Self(text_of(value).filter(is_digest).map(str::to_ascii_lowercase).unwrap_or_default())
    }
}

impl Kept for Marks {
    const FORM: Form = Form::Marks;
    fn to_value(&self) -> Value {
        if self.0.is_empty() { Value::Null } else { Value::List(self.0.clone()) }
    }
    fn from_value(value: &Value) -> Self {
        Self(list_of(value).to_vec())
    }
}

impl Kept for Option<i64> {
    const FORM: Form = Form::Number;
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, Value::Int)
    }
    fn from_value(value: &Value) -> Self {
        int_of(value)
    }
}

impl Kept for Option<Score> {
    const FORM: Form = Form::Score;
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, |score| Value::Int(score.0.into()))
    }
    fn from_value(value: &Value) -> Self {
        int_of(value).and_then(Score::new)
    }
}

impl Kept for Option<Moment> {
    const FORM: Form = Form::Moment;
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, |at| Value::Int(at.0))
    }
    fn from_value(value: &Value) -> Self {
        int_of(value).map(Moment)
    }
}

impl Kept for Option<Day> {
    const FORM: Form = Form::Day;
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, |day| Value::Text(day.to_string()))
    }
    fn from_value(value: &Value) -> Self {
        text_of(value).and_then(Day::parse)
    }
    fn day(&self) -> Option<Day> {
        *self
    }
}

impl Kept for Option<Who> {
    const FORM: Form = Form::Person;
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, |who| Value::Text(who.0.to_string()))
    }
    fn from_value(value: &Value) -> Self {
        text_of(value).and_then(Id::parse).map(Who)
    }
}

impl Kept for Option<Id> {
    const FORM: Form = Form::Reference;
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, |id| Value::Text(id.to_string()))
    }
    fn from_value(value: &Value) -> Self {
        text_of(value).and_then(Id::parse)
    }
    fn write_json(&self, out: &mut String) -> bool {
        self.is_some_and(|id| write_text(&hex(&id.0), out))
    }
}

impl<V: Vocabulary> Kept for Option<V> {
    const FORM: Form = Form::Choice(V::CHOICES);
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, |word| Value::Text(word.code().to_owned()))
    }
    fn from_value(value: &Value) -> Self {
        text_of(value).and_then(V::parse)
    }
    fn write_json(&self, out: &mut String) -> bool {
        self.is_some_and(|word| write_text(word.code(), out))
    }
}

impl<V: Vocabulary> Kept for Vec<V> {
    const FORM: Form = Form::Choices(V::CHOICES);
    fn to_value(&self) -> Value {
        if self.is_empty() {
            return Value::Null;
        }
        Value::List(self.iter().map(|word| word.code().to_owned()).collect())
    }
    fn from_value(value: &Value) -> Self {
        list_of(value).iter().filter_map(|code| V::parse(code)).collect()
    }
}

/// Text that says something, as [`Kept::write_json`] has it.
fn write_text(text: &str, out: &mut String) -> bool {
    if !text.is_empty() {
        write_json_text(text, out);
    }
    !text.is_empty()
}

fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Null | Value::Int(_) | Value::List(_) => None,
    }
}

fn int_of(value: &Value) -> Option<i64> {
    match value {
        Value::Int(n) => Some(*n),
        Value::Null | Value::Text(_) | Value::List(_) => None,
    }
}

fn list_of(value: &Value) -> &[String] {
    match value {
        Value::List(items) => items,
        Value::Null | Value::Int(_) | Value::Text(_) => &[],
    }
}
