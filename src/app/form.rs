//! A sheet: fields, the focus, and what they would be as a command. It closes in two places only: when it is left with
//! a word, and when what it asked for is durable. A refused sheet keeps every word.

use crossterm::event::{KeyCode, KeyEvent};

use super::{entry::Entry, sheets::Purpose};
use crate::domain::{
    fields::{Choice, Day, Form as FieldForm, Kept, Score},
    value::Value,
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

/// A sheet.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is for.
    pub title: String,
    /// Who does it in which hat, what goes along, what to know.
    pub lines: Vec<String>,
    /// The fields.
    pub fields: Vec<FormField>,
    /// Which field has the keys.
    pub focus: usize,
    /// What Ctrl-S does, as a verb.
    pub verb: String,
    /// What is made of the fields.
    pub purpose: Purpose,
    /// Under which name its draft is kept.
    pub draft: String,
    /// Whether something was typed.
    pub touched: bool,
    /// Whether something was typed since the draft was kept.
    pub unkept: bool,
    /// Why it was refused.
    pub error: Option<String>,
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

    /// What is in it as text, for the draft.
    pub fn draft(&self) -> String {
        match &self.input {
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

impl Form {
    /// A sheet.
    pub fn new(title: impl Into<String>, verb: &str, purpose: Purpose, draft: String, fields: Vec<FormField>) -> Self {
        let (title, verb) = (title.into(), verb.to_owned());
        let fresh = |field: FormField| FormField { fresh: field.draft(), ..field };
        let fields = fields.into_iter().map(fresh).collect();
        Self {
            title,
            lines: Vec::new(),
            fields,
            focus: 0,
            verb,
            purpose,
            draft,
            touched: false,
            unkept: false,
            error: None,
        }
    }

    /// The field that has the keys.
    pub fn focused(&mut self) -> Option<&mut FormField> {
        self.fields.get_mut(self.focus)
    }

    /// Whether the focus is on a text of many lines.
    pub fn on_prose(&self) -> bool {
        matches!(self.fields.get(self.focus).map(|field| &field.input), Some(Input::Prose(_)))
    }

    /// Moves the focus by one field, around the ends.
    pub fn turn(&mut self, by: isize) {
        let len = self.fields.len().max(1);
        self.focus = self.focus.checked_add_signed(by).unwrap_or(len - 1) % len;
    }

    /// Takes a key that is text, or that chooses.
    pub fn typed(&mut self, key: KeyEvent) {
        let changed = self.focused().is_some_and(|field| field_typed(field, key));
        self.note(changed);
    }

    /// Takes pasted text; whether all of it had room.
    pub fn paste(&mut self, text: &str) -> bool {
        let fits = match self.focused().map(|field| &mut field.input) {
            Some(Input::Line(entry) | Input::Prose(entry)) => entry.paste(text),
            Some(Input::Choice(..) | Input::Choices(..)) | None => true,
        };
        self.note(true);
        fits
    }

    /// Remembers that something changed.
    pub fn note(&mut self, changed: bool) {
        self.touched |= changed;
        self.unkept |= changed;
        if changed {
            self.error = None;
        }
    }

    /// Every field with what it holds, or the first thing that is wrong.
    pub fn values(&self, today: Day) -> Result<Vec<(String, Value)>, String> {
        let mut all = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let value = field.value(today)?;
            if field.needed && value.is_null() && !self.may_wait(&field.id) {
                return Err(format!("{} is needed.", field.label));
            }
            all.push((field.id.clone(), value));
        }
        Ok(all)
    }

    /// Whether a needed field of a thing may be filled later: what only the gate needs is no reason to keep a thing out.
    fn may_wait(&self, field: &str) -> bool {
        match &self.purpose {
            Purpose::Edit(..) => true,
            Purpose::Add(..) => self.fields.first().is_some_and(|first| first.id != field),
            _ => false,
        }
    }

    /// The draft: what was changed, by field, in JSON.
    pub fn to_draft(&self) -> String {
        let all = self.fields.iter().map(|field| (field.id.as_str(), field.draft(), &field.fresh));
        let fields: std::collections::BTreeMap<&str, String> =
            all.filter(|(_, now, fresh)| now != *fresh).map(|(id, now, _)| (id, now)).collect();
        serde_json::to_string(&fields).unwrap_or_default()
    }

    /// Takes a draft back in; whether it changed anything.
    pub fn restore(&mut self, draft: &str) -> bool {
        let Ok(kept) = serde_json::from_str::<std::collections::BTreeMap<String, String>>(draft) else { return false };
        let before = self.to_draft();
        for field in &mut self.fields {
            if let Some(text) = kept.get(&field.id) {
                field.restore(text);
            }
        }
        self.touched = self.to_draft() != before;
        self.touched
    }
}

fn field_typed(field: &mut FormField, key: KeyEvent) -> bool {
    match &mut field.input {
        Input::Line(entry) | Input::Prose(entry) => entry.handle(key),
        Input::Choice(words, at) => choose(words, at, key.code),
        Input::Choices(words, on, at) => tick(words, on, at, key.code),
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
