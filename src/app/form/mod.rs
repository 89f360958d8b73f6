//! A sheet: fields, the focus, and what they would be as a command. It closes in two places only: when it is left with
//! a word, and when what it asked for is durable. A refused sheet keeps every word.

mod field;

pub use field::{FormField, Input, day};

use crossterm::event::KeyEvent;

use super::sheets::Purpose;
use crate::domain::{fields::Day, value::Value};

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
        let changed = self.focused().is_some_and(|field| field.typed(key));
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
