//! A sheet: what goes along, the fields, and what is wanted in the one that has the keys.

use ratatui::layout::{Position, Rect};

use super::{boxed, field, hint, middle};
use crate::{
    app::form::{Form, FormField, Input},
    keymap::{Action, Context, Keymap},
    ui::{
        part::{Hint, Pen, after, below, columns, wrap},
        theme::Tone,
    },
};

/// Text is never wider than this.
const WIDEST: u16 = 100;

/// What is drawn of a sheet above its help: first what to know, then the fields, over as many lines as they need.
struct Sheet<'a> {
    form: &'a Form,
    /// Where the values begin, and how wide they may be.
    label: u16,
    value: u16,
    /// How high the text that has the keys may grow.
    most: u16,
}

/// Draws it; the field that has the keys is always in sight.
pub fn draw(pen: &mut Pen, area: Rect, keymap: &Keymap, form: &Form) -> Option<Position> {
    let wide = area.width.min(WIDEST);
    let inner = wide.saturating_sub(4);
    let help = help(form, inner);
    let error = form.error.as_ref().map_or_else(Vec::new, |error| wrap(error, usize::from(inner.saturating_sub(2))));
    let below_lines = u16::try_from(help.len() + error.len()).unwrap_or(0).saturating_add(1);
    let room = area.height.saturating_sub(2).saturating_sub(below_lines);
    let sheet = Sheet::new(form, inner, room);
    let all = sheet.lines(inner);
    let high = u16::try_from(all.len()).unwrap_or(u16::MAX).min(room);
    let place = middle(area, wide, high.saturating_add(below_lines).saturating_add(2));
    let note = format!("field {} of {}", (form.focus + 1).min(form.fields.len()), form.fields.len());
    let room = boxed(pen, place, (&form.title, &note), &keys(keymap, form, wide < 60));
    let (upper, lower) = (Rect { height: high.min(room.height), ..room }, below(room, high));
    let cursor = sheet.draw(pen, upper, &all);
    foot(pen, lower, &help, &error);
    cursor.or_else(|| (!room.is_empty()).then(|| room.as_position()))
}

fn keys(keymap: &Keymap, form: &Form, narrow: bool) -> Vec<Hint> {
    let context = if form.on_prose() { Context::Prose } else { Context::Form };
    let mut verb = form.verb.clone();
    if form.verb.is_empty() {
        verb.push_str("keep");
    }
    // What is a secret is kept in no draft.
    let kept = !form.fields.iter().all(FormField::is_secret);
    let all = [
        (Action::Save, verb.as_str()),
        (Action::NextPane, "next field"),
        (Action::EditorForText, "own editor"),
        (Action::Back, if narrow || !kept { "close" } else { "close, draft kept" }),
    ];
    let wanted = all.into_iter().filter(|(action, _)| *action != Action::EditorForText || form.on_prose());
    wanted.filter_map(|(action, word)| hint(keymap, context, action, word)).collect()
}

/// What is wanted in the field, and between what one chooses.
fn help(form: &Form, wide: u16) -> Vec<String> {
    let Some(field) = form.fields.get(form.focus) else { return Vec::new() };
    let needed = if field.needed { " (needed)" } else { "" };
    let mut lines = wrap(&format!("{}{needed}", field.help), usize::from(wide));
    if let Input::Choice(words, _) = &field.input {
        let labels: Vec<&str> = words.iter().map(|(_, label)| label.as_str()).collect();
        lines.extend(wrap(&labels.join(" / "), usize::from(wide)).into_iter().take(2));
    }
    lines.truncate(3);
    lines
}

fn foot(pen: &mut Pen, area: Rect, help: &[String], error: &[String]) {
    let mut rest = below(area, 1);
    for line in help {
        pen.write(rest, line, Tone::Muted);
        rest = below(rest, 1);
    }
    for (at, line) in error.iter().enumerate() {
        if at == 0 {
            pen.write(rest, pen.theme.glyphs().missing, Tone::Alert);
        }
        pen.write(after(rest, 2), line, Tone::Alert);
        rest = below(rest, 1);
    }
}

/// A line of a sheet.
enum Line {
    /// What to know.
    Note(String),
    /// Which line of which field.
    Field(usize, u16),
}

impl<'a> Sheet<'a> {
    fn new(form: &'a Form, wide: u16, room: u16) -> Self {
        let longest = form.fields.iter().map(|field| columns(&field.label)).max().unwrap_or(0);
        let label = longest.min(wide / 3).saturating_add(4);
        Self { form, label, value: wide.saturating_sub(label), most: room.saturating_sub(2).clamp(1, 14) }
    }

    fn lines(&self, wide: u16) -> Vec<Line> {
        let notes = self.form.lines.iter().flat_map(|line| wrap(line, usize::from(wide))).map(Line::Note);
        let mut out: Vec<Line> = notes.collect();
        if !out.is_empty() {
            out.push(Line::Note(String::new()));
        }
        for (at, field) in self.form.fields.iter().enumerate() {
            out.extend((0..self.height(at, field)).map(|line| Line::Field(at, line)));
        }
        out
    }

    /// How many lines a field takes; a long text grows while it has the keys.
    fn height(&self, at: usize, field: &FormField) -> u16 {
        let focused = at == self.form.focus;
        match &field.input {
            Input::Line(_) | Input::Choice(..) => 1,
            Input::Prose(entry) => {
                let lines = u16::try_from(wrap(&entry.text(), usize::from(self.value)).len()).unwrap_or(u16::MAX);
                let wanted = if focused { lines.saturating_add(1).max(3) } else { lines.clamp(1, 3) };
                wanted.min(self.most)
            }
            Input::Choices(words, ..) => {
                u16::try_from(field::rows(words, self.value).len()).unwrap_or(u16::MAX).clamp(1, self.most)
            }
        }
    }

    /// The first line to draw: no more is scrolled than the focused field needs, with the next one in sight.
    fn top(&self, all: &[Line], room: usize) -> usize {
        let of = |line: &Line| matches!(line, Line::Field(at, _) if *at == self.form.focus);
        let Some(first) = all.iter().position(of) else { return 0 };
        let last = all.iter().rposition(of).unwrap_or(first);
        let wanted = (last + 2).min(all.len());
        wanted.saturating_sub(room).min(first)
    }

    fn draw(&self, pen: &mut Pen, area: Rect, all: &[Line]) -> Option<Position> {
        let top = self.top(all, usize::from(area.height));
        let mut cursor = None;
        let mut rest = area;
        for line in all.iter().skip(top).take(usize::from(area.height)) {
            match line {
                Line::Note(text) => {
                    pen.write(rest, text, Tone::Muted);
                }
                Line::Field(at, line) if *at == self.form.focus && *line > 0 => {}
                Line::Field(at, line) => cursor = cursor.or(self.field(pen, rest, (*at, *line))),
            }
            rest = below(rest, 1);
        }
        cursor
    }

    /// Draws a field, or of one without the keys the line that is in sight.
    fn field(&self, pen: &mut Pen, area: Rect, (at, line): (usize, u16)) -> Option<Position> {
        let of = self.form.fields.get(at)?;
        let focused = at == self.form.focus;
        if line == 0 {
            self.label(pen, area, of, focused);
        }
        let height = if focused { self.height(at, of).min(area.height) } else { 1 };
        let place = Rect { width: self.value, height, ..after(area, self.label) };
        if !focused {
            let last = line + 1 == self.height(at, of);
            field::resting(pen, place, of, (usize::from(line), last));
            return None;
        }
        field::value(pen, place, of).or_else(|| (!place.is_empty()).then(|| place.as_position()))
    }

    fn label(&self, pen: &mut Pen, area: Rect, field: &FormField, focused: bool) {
        if focused {
            pen.write(area, pen.theme.glyphs().selected, Tone::Selected);
        }
        if field.needed {
            let tone = if is_empty(field) { Tone::Alert } else { Tone::Muted };
            pen.write(after(area, 1), "*", tone);
        }
        let label = Rect { width: self.label.saturating_sub(4), ..after(area, 2) };
        pen.write(label, &field.label, if focused { Tone::Strong } else { Tone::Text });
    }
}

fn is_empty(field: &FormField) -> bool {
    match &field.input {
        Input::Line(entry) | Input::Prose(entry) => entry.text().trim().is_empty(),
        Input::Choice(_, at) => at.is_none(),
        Input::Choices(_, on, _) => !on.iter().any(|on| *on),
    }
}
