//! One field of a sheet: how it is filled, and what it holds.

use crossterm::event::{KeyCode, KeyEvent};

use crate::{
    app::entry::Entry,
    domain::{
        fields::{Choice, Day, Form as FieldForm, Kept, Score},
        value::Value,
    },
};

/// How one field of a sheet is filled.
#[derive(Debug, Clone)]
pub enum Input {
    /// One line, or a day, a number, a score.
    Line(Entry),
    /// Many lines.
    Prose(Entry),
    /// One of several.
    Choice(Vec<(String, String)>, Option<usize>),
    /// Any of several, with the one that the cursor is on.
    Choices(Vec<(String, String)>, Vec<bool>, usize),
}

/// One field of a sheet.
#[derive(Debug, Clone)]
pub struct FormField {
    /// What the command calls it.
    pub id: String,
    /// What the screen calls it.
    pub label: String,
    /// What is wanted.
    pub help: String,
    /// How it is filled.
    pub input: Input,
    /// What it holds.
    pub form: FieldForm,
    /// Whether the gate, or the act, needs it.
    pub needed: bool,
    /// What it held when the sheet was opened.
    pub before: Value,
    /// What [`Self::draft`] gave then: only what differs is a draft, so that it never turns back what others wrote.
    pub fresh: String,
}

impl FormField {
    /// A field of the given form, holding `value`.
    pub fn new(id: &str, label: &str, help: &str, form: FieldForm, value: &Value) -> Self {
        let input = match form {
            FieldForm::Prose => Input::Prose(Entry::prose(&text(value))),
            FieldForm::Choice(words) => Input::Choice(pairs(words), at(&pairs(words), value)),
            FieldForm::Choices(words) => {
                let on = words.iter().map(|word| matches!(value, Value::List(l) if l.iter().any(|c| c == word.code)));
                Input::Choices(pairs(words), on.collect(), 0)
            }
            FieldForm::Line
            | FieldForm::Number
            | FieldForm::Score
            | FieldForm::Day
            | FieldForm::Moment
            | FieldForm::Person
            | FieldForm::Reference
            | FieldForm::Marks
            | FieldForm::Digest => Input::Line(Entry::line(&text(value))),
        };
        let (id, label, help) = (id.to_owned(), label.to_owned(), help.to_owned());
        Self { id, label, help, input, form, needed: false, before: value.clone(), fresh: String::new() }
    }

    /// A field that chooses among `words`: code and label.
    pub fn chooses(id: &str, label: &str, help: &str, words: Vec<(String, String)>, value: &Value) -> Self {
        let at = at(&words, value);
        let mut field = Self::new(id, label, help, FieldForm::Line, value);
        field.input = Input::Choice(words, at);
        field
    }

    /// A field for what is said once and kept nowhere.
    pub fn secret(id: &str, label: &str, help: &str) -> Self {
        let mut field = Self::new(id, label, help, FieldForm::Line, &Value::Null);
        field.input = Input::Line(Entry::secret());
        field
    }

    /// Whether it is written nowhere: into no draft, and into no file of an editor.
    pub fn is_secret(&self) -> bool {
        matches!(&self.input, Input::Line(entry) if entry.is_secret())
    }

    /// As one that has to be filled.
    #[must_use]
    pub fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    /// What it holds now, or what is wrong with it.
    pub fn value(&self, today: Day) -> Result<Value, String> {
        match &self.input {
            Input::Prose(entry) => Ok(Value::from(entry.text().trim())),
            Input::Choice(words, at) => {
                Ok(at.and_then(|at| words.get(at)).map_or(Value::Null, |w| Value::from(w.0.as_str())))
            }
            Input::Choices(words, on, _) => {
                let chosen: Vec<_> =
                    words.iter().zip(on).filter(|(_, on)| **on).map(|(word, _)| word.0.clone()).collect();
                Ok(if chosen.is_empty() { Value::Null } else { Value::List(chosen) })
            }
            // Each blank of a passphrase is a part of it.
            Input::Line(entry) if entry.is_secret() => {
                Ok(if entry.is_empty() { Value::Null } else { Value::Text(entry.text()) })
            }
            Input::Line(entry) => self.line(entry.text().trim(), today),
        }
    }

    fn line(&self, text: &str, today: Day) -> Result<Value, String> {
        if text.is_empty() {
            return Ok(Value::Null);
        }
        match self.form {
            FieldForm::Day => day(text, today)
                .map(|day| Value::Text(day.to_string()))
                .ok_or_else(|| format!("{} needs a day such as {today}, or +30 for thirty days from now.", self.label)),
            FieldForm::Number => {
                text.parse().map(Value::Int).map_err(|_| format!("{} needs a whole number.", self.label))
            }
            FieldForm::Score => text
                .parse()
                .ok()
                .and_then(Score::new)
                .map(|score| Some(score).to_value())
                .ok_or_else(|| format!("{} needs 1 to 5.", self.label)),
            FieldForm::Marks => Ok(Value::List(text.split(',').map(|mark| mark.trim().to_owned()).collect())),
            FieldForm::Line
            | FieldForm::Prose
            | FieldForm::Moment
            | FieldForm::Choice(_)
            | FieldForm::Choices(_)
            | FieldForm::Person
            | FieldForm::Reference
            | FieldForm::Digest => Ok(Value::from(text)),
        }
    }

    /// Takes a key that is text, or that chooses; whether anything changed.
    pub fn typed(&mut self, key: KeyEvent) -> bool {
        match &mut self.input {
            Input::Line(entry) | Input::Prose(entry) => entry.handle(key),
            Input::Choice(words, at) => choose(words, at, key.code),
            Input::Choices(words, on, at) => tick(words, on, at, key.code),
        }
    }

    /// What is in it as text, for the draft.
    pub fn draft(&self) -> String {
        match &self.input {
            Input::Line(entry) if entry.is_secret() => String::new(),
            Input::Line(entry) | Input::Prose(entry) => entry.text(),
            Input::Choice(words, at) => at.and_then(|at| words.get(at)).map(|word| word.0.clone()).unwrap_or_default(),
            Input::Choices(words, on, _) => {
                words.iter().zip(on).filter(|(_, on)| **on).map(|(w, _)| w.0.as_str()).collect::<Vec<_>>().join(",")
            }
        }
    }

    /// Takes back what [`Self::draft`] gave.
    pub fn restore(&mut self, draft: &str) {
        match &mut self.input {
            Input::Line(entry) => *entry = Entry::line(draft),
            Input::Prose(entry) => *entry = Entry::prose(draft),
            Input::Choice(words, at) => *at = words.iter().position(|word| word.0 == draft),
            Input::Choices(words, on, _) => {
                for (word, on) in words.iter().zip(on) {
                    *on = draft.split(',').any(|code| code == word.0);
                }
            }
        }
    }
}

/// A day as people write it: `2026-12-01`, or `+30`.
pub fn day(text: &str, today: Day) -> Option<Day> {
    match text.strip_prefix('+') {
        Some(days) => days
            .trim()
            .trim_end_matches('d')
            .parse::<i64>()
            .ok()
            .filter(|d| (0..=36_500).contains(d))
            .map(|d| today.plus(d)),
        None => Day::parse(text),
    }
}

/// Left, right and space go through the words; a letter goes to the next word that begins with it; Backspace clears.
fn choose(words: &[(String, String)], at: &mut Option<usize>, key: KeyCode) -> bool {
    let before = *at;
    let len = words.len();
    if len == 0 {
        return false;
    }
    match key {
        KeyCode::Right | KeyCode::Char(' ') => *at = Some(at.map_or(0, |at| (at + 1) % len)),
        KeyCode::Left => *at = Some(at.map_or(len - 1, |at| (at + len - 1) % len)),
        KeyCode::Backspace | KeyCode::Delete => *at = None,
        KeyCode::Char(c) => {
            let from = at.map_or(0, |at| at + 1);
            let starts = |i: &usize| words[*i].1.to_lowercase().starts_with(c.to_ascii_lowercase());
            *at = (from..len).chain(0..from.min(len)).find(starts).or(*at);
        }
        _ => {}
    }
    *at != before
}

fn tick(words: &[(String, String)], on: &mut [bool], at: &mut usize, key: KeyCode) -> bool {
    let len = words.len().max(1);
    match key {
        KeyCode::Right => *at = (*at + 1) % len,
        KeyCode::Left => *at = (*at + len - 1) % len,
        KeyCode::Char(' ') => {
            if let Some(on) = on.get_mut(*at) {
                *on = !*on;
                return true;
            }
        }
        KeyCode::Char(c) => {
            // The next word that begins with the letter; Space ticks it.
            let starts = |i: &usize| words[*i].1.to_lowercase().starts_with(c.to_ascii_lowercase());
            *at = (*at + 1..words.len()).chain(0..words.len()).find(starts).unwrap_or(*at);
        }
        _ => {}
    }
    false
}

fn pairs(words: &[Choice]) -> Vec<(String, String)> {
    words.iter().map(|word| (word.code.to_owned(), word.label.to_owned())).collect()
}

fn at(words: &[(String, String)], value: &Value) -> Option<usize> {
    words.iter().position(|word| matches!(value, Value::Text(code) if *code == word.0))
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Int(n) => n.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(items) => items.join(", "),
    }
}
