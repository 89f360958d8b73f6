//! What was signed beside what is there now: a text in two columns, or one below the other where there is no room.

use super::measure::wrap;
use crate::domain::{
    Dossier,
    decision::{Difference, Different, Differs, FieldDiffers, Section, Sections},
    fields::{Form, Vocabulary},
    people::Role,
    value::Value,
    wording,
};

/// Two contents side by side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// What is compared with what.
    pub title: String,
    /// How many things are the same, changed, new and gone.
    pub counts: String,
    /// What stands over the two columns.
    pub heads: (String, String),
    /// Its parts, from the top.
    parts: Vec<Part>,
    /// The first line shown.
    pub top: usize,
    /// The role that can confirm it again from here.
    pub again: Option<Role>,
}

/// A part of it.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    /// A section, with its counts.
    Section(String, String),
    /// A thing, and how it stands to what was there.
    Thing(Differs, String),
    /// A field: its name, what it said and what it says.
    Field(String, String, String),
    /// A sentence.
    Words(String),
}

/// One line, as it is drawn on a terminal of some width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A section, with its counts at the right end.
    Section(String, String),
    /// A thing.
    Thing(String),
    /// A line of a field in two columns: its name, what it said, what it says.
    Both(String, String, String),
    /// The name of a field, and under it what it said and says.
    Field(String),
    /// What it said.
    Before(String),
    /// What it says.
    After(String),
    /// A sentence.
    Words(String),
    /// Nothing.
    Blank,
}

/// It is never wider than this.
const WIDEST: u16 = 140;
/// Under this the two texts stand one below the other.
const NARROW: usize = 64;
/// What stands for nothing.
const NOTHING: &str = "-";
/// The box around it, with the header and the footer of the screen.
const AROUND: u16 = 5;

/// The columns of the name and of each side; none where there is no room for two sides.
pub fn sides(columns: usize) -> Option<(usize, usize)> {
    let label = (columns / 5).min(22);
    (columns >= NARROW).then(|| (label, (columns - label - 4) / 2))
}

impl Comparison {
    /// What differs in some sections, said in words.
    pub fn of(dossier: &Dossier, difference: &Difference, sections: &[Section]) -> Self {
        let mut parts = Vec::new();
        let wanted = Sections::of(sections);
        for section in sections {
            let rows: Vec<_> = difference.rows.iter().filter(|row| row.section == *section).collect();
            if rows.is_empty() {
                continue;
            }
            let counts = difference.counts(&[*section]).says();
            parts.push(Part::Section(section.label().to_owned(), counts));
            for row in rows {
                thing(dossier, row, &mut parts);
            }
        }
        if !difference.rows.iter().any(|row| wanted.has(row.section)) {
            parts.push(Part::Words("Nothing differs: what is there is what was there.".to_owned()));
        }
        Self { counts: difference.counts(sections).says(), parts, ..Self::default() }
    }

    /// With sentences before everything else.
    #[must_use]
    pub fn after(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.parts.splice(0..0, words.into_iter().map(Part::Words));
        self
    }

    /// With what is compared, what stands over the columns, and who can confirm it again from here.
    #[must_use]
    pub fn titled(mut self, title: String, heads: (String, String), again: Option<Role>) -> Self {
        (self.title, self.heads, self.again) = (title, heads, again);
        self
    }

    /// The columns that its text has on a terminal that is so wide.
    pub fn columns(terminal: u16) -> usize {
        usize::from(terminal.saturating_sub(4).min(WIDEST))
    }

    /// Every line of it, wrapped.
    pub fn lines(&self, columns: usize) -> Vec<Line> {
        let mut out = Vec::new();
        for part in &self.parts {
            match part {
                Part::Section(name, counts) => {
                    if !out.is_empty() {
                        out.push(Line::Blank);
                    }
                    out.push(Line::Section(name.clone(), counts.clone()));
                }
                Part::Thing(how, name) => {
                    let text = format!("{} {}: {name}", sign(*how), how.label());
                    out.extend(wrap(&text, columns).into_iter().map(Line::Thing));
                }
                Part::Field(label, before, after) => field((label, before, after), columns, &mut out),
                Part::Words(text) => out.extend(wrap(text, columns).into_iter().map(Line::Words)),
            }
        }
        out
    }

    /// How many lines are in sight on a terminal of this size; the heads of the columns take one.
    pub fn room(size: (u16, u16)) -> usize {
        let heads = u16::from(sides(Self::columns(size.0)).is_some());
        usize::from(size.1.saturating_sub(AROUND).saturating_sub(heads)).max(1)
    }

    /// The last line that has to stand on top so that the end is in sight.
    pub fn last(&self, size: (u16, u16)) -> usize {
        self.lines(Self::columns(size.0)).len().saturating_sub(Self::room(size))
    }
}

/// The sign before the word; the word says it too.
fn sign(how: Differs) -> &'static str {
    match how {
        Differs::New => "+",
        Differs::Changed => "*",
        Differs::Gone => "-",
    }
}

fn thing(dossier: &Dossier, row: &Different, parts: &mut Vec<Part>) {
    parts.push(Part::Thing(row.what, wording::called(dossier, row.kind, row.id)));
    let said = |differs: &FieldDiffers| {
        let side = |value: &Value| said(dossier, differs, value);
        Part::Field(differs.field.label.to_owned(), side(&differs.before), side(&differs.after))
    };
    parts.extend(row.fields.iter().map(said));
}

/// A value in full; a text keeps its lines.
fn said(dossier: &Dossier, differs: &FieldDiffers, value: &Value) -> String {
    match (differs.field.form, value) {
        (_, Value::Null) => NOTHING.to_owned(),
        (Form::Prose, Value::Text(text)) => text.clone(),
        (_, value) => wording::shown(dossier, differs.field, value),
    }
}

fn field((label, before, after): (&str, &str, &str), columns: usize, out: &mut Vec<Line>) {
    let Some((first, side)) = sides(columns) else {
        out.extend(wrap(&format!("  {label}"), columns).into_iter().map(|text| Line::Field(format!("  {text}"))));
        let room = columns.saturating_sub(6).max(1);
        // Nothing needs no line of its own here: the other side says whether it came or went.
        out.extend(wrap(before, room).into_iter().filter(|_| before != NOTHING).map(Line::Before));
        out.extend(wrap(after, room).into_iter().filter(|_| after != NOTHING).map(Line::After));
        return;
    };
    let texts = [wrap(label, first.saturating_sub(2)), wrap(before, side), wrap(after, side)];
    let high = texts.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..high {
        let [label, before, after] = [0, 1, 2].map(|column: usize| texts[column].get(at).cloned().unwrap_or_default());
        out.push(Line::Both(label, before, after));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::measure::width;

    fn comparison() -> Comparison {
        let long = "word ".repeat(60);
        let parts = vec![
            Part::Section("data classes".into(), "0 unchanged, 1 changed".into()),
            Part::Thing(Differs::Changed, "system \"Chat\"".into()),
            Part::Field("Data classes".into(), "personal".into(), long),
        ];
        Comparison { parts, ..Comparison::default() }
    }

    #[test]
    fn nothing_is_wider_than_its_column_and_no_word_is_lost() {
        for columns in 20..150 {
            let lines = comparison().lines(columns);
            let mut words = 0;
            for line in &lines {
                match line {
                    Line::Both(label, before, after) => {
                        let (first, side) = sides(columns).expect("there is room for two");
                        assert!(width(label) <= first && width(before) <= side && width(after) <= side);
                        words += after.split_whitespace().count();
                    }
                    Line::After(text) => words += text.split_whitespace().count(),
                    Line::Field(text) | Line::Thing(text) => assert!(width(text) <= columns, "{text}"),
                    _ => {}
                }
            }
            assert_eq!(words, 60, "{columns}");
        }
    }

    #[test]
    fn the_end_comes_into_sight() {
        for size in [(40, 10), (80, 24), (120, 36)] {
            let comparison = comparison();
            let all = comparison.lines(Comparison::columns(size.0)).len();
            assert_eq!(comparison.last(size) + Comparison::room(size).min(all), all);
        }
    }
}
