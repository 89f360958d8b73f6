//! A sheet: what goes along, the fields, and what is wanted in the one that has the keys.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Modifier,
    widgets::Widget,
};

use super::{boxed, hint, middle};
use crate::{
    app::{
        entry::Entry,
        form::{Form, FormField, Input},
    },
    keymap::{Action, Context, Keymap},
    ui::{
        part::{Hint, Pen, after, below, columns, cut, wrap},
        theme::{Theme, Tone},
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
    let room = boxed(pen, place, (&form.title, &note), &keys(keymap, form));
    let (upper, lower) = (Rect { height: high.min(room.height), ..room }, below(room, high));
    let cursor = sheet.draw(pen, upper, &all);
    foot(pen, lower, &help, &error);
    cursor.or_else(|| (!room.is_empty()).then(|| room.as_position()))
}

fn keys(keymap: &Keymap, form: &Form) -> Vec<Hint> {
    let context = if form.on_prose() { Context::Prose } else { Context::Form };
    let mut verb = form.verb.clone();
    if form.verb.is_empty() {
        verb.push_str("keep");
    }
    let all = [
        (Action::Save, verb.as_str()),
        (Action::NextPane, "next field"),
        (Action::EditorForText, "own editor"),
        (Action::Back, "close, draft kept"),
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
                u16::try_from(rows(words, self.value).len()).unwrap_or(u16::MAX).clamp(1, self.most)
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
        let field = self.form.fields.get(at)?;
        let focused = at == self.form.focus;
        if line == 0 {
            self.label(pen, area, field, focused);
        }
        let height = if focused { self.height(at, field).min(area.height) } else { 1 };
        let place = Rect { width: self.value, height, ..after(area, self.label) };
        if !focused {
            let last = line + 1 == self.height(at, field);
            resting(pen, place, field, (usize::from(line), last));
            return None;
        }
        value(pen, place, field).or_else(|| (!place.is_empty()).then(|| place.as_position()))
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

/// The field that has the keys.
fn value(pen: &mut Pen, area: Rect, field: &FormField) -> Option<Position> {
    match &field.input {
        Input::Line(entry) | Input::Prose(entry) => typed(pen, area, entry),
        Input::Choice(words, at) => choice(pen, area, (words, *at)),
        Input::Choices(words, on, at) => ticks(pen, area, (words, on), Some(*at)),
    }
}

/// One line of a field that does not have the keys; its last line says whether there is more.
fn resting(pen: &mut Pen, area: Rect, field: &FormField, (line, last): (usize, bool)) {
    match &field.input {
        Input::Line(entry) | Input::Prose(entry) if entry.is_empty() => {
            pen.fill(Rect { width: area.width.min(12), ..area }, "_", Tone::Later);
        }
        Input::Line(entry) => {
            pen.write(area, &entry.text(), Tone::Text);
        }
        Input::Prose(entry) => {
            let all = wrap(&entry.text(), usize::from(area.width));
            let more = if last && all.len() > line + 1 { pen.theme.glyphs().more } else { "" };
            let text = all.get(line).map_or("", String::as_str);
            let text = cut(text, usize::from(area.width.saturating_sub(columns(more))), "");
            pen.write(area, &format!("{text}{more}"), Tone::Text);
        }
        Input::Choice(words, at) => {
            let label = at.and_then(|at| words.get(at)).map(|(_, label)| label.as_str());
            let (text, tone) = label.map_or(("not chosen", Tone::Later), |label| (label, Tone::Text));
            pen.write(area, text, tone);
        }
        Input::Choices(words, on, _) => {
            if let Some(row) = rows(words, area.width).get(line) {
                tick_line(pen, area, (words, on), (row, None));
            }
        }
    }
}

/// The text that is being written, on a line of its own look so that its room can be seen.
fn typed(pen: &mut Pen, area: Rect, entry: &Entry) -> Option<Position> {
    let area = pen.within(area);
    if area.is_empty() {
        return None;
    }
    entry.area().render(area, pen.cells);
    underline(pen.cells, area, pen.theme);
    entry.cursor_in(area)
}

fn underline(cells: &mut Buffer, area: Rect, theme: Theme) {
    cells.set_style(area, theme.style(Tone::Text).add_modifier(Modifier::UNDERLINED));
}

fn choice(pen: &mut Pen, area: Rect, (words, at): (&[(String, String)], Option<usize>)) -> Option<Position> {
    let label = at.and_then(|at| words.get(at)).map(|(_, label)| label.as_str());
    let [back, on] = pen.theme.glyphs().turn;
    let place =
        at.map_or_else(|| format!("{} to choose from", words.len()), |at| format!("{} of {}", at + 1, words.len()));
    let room = usize::from(area.width.saturating_sub(columns(&place)).saturating_sub(7));
    let label = cut(label.unwrap_or("not chosen"), room, pen.theme.glyphs().more);
    let (strong, blank) = (Tone::Strong, (" ", Tone::Text));
    let pieces =
        [(back, strong), blank, (&label, Tone::Focus), blank, (on, strong), blank, blank, (&place, Tone::Muted)];
    pen.write_all(area, pieces);
    (area.width > 2).then(|| after(area, 2).as_position())
}

/// The words of a tick list as they stand in lines: which, and at which column.
fn rows(words: &[(String, String)], wide: u16) -> Vec<Vec<(usize, u16)>> {
    let mut out: Vec<Vec<(usize, u16)>> = vec![Vec::new()];
    let mut used = 0u16;
    for (at, (_, label)) in words.iter().enumerate() {
        let each = columns(label).saturating_add(4);
        if used > 0 && used.saturating_add(each) > wide {
            out.push(Vec::new());
            used = 0;
        }
        if let Some(line) = out.last_mut() {
            line.push((at, used));
        }
        used = used.saturating_add(each).saturating_add(2);
    }
    out
}

/// A tick list; `at` is the word that the cursor is on.
fn ticks(pen: &mut Pen, area: Rect, list: (&[(String, String)], &[bool]), at: Option<usize>) -> Option<Position> {
    let all = rows(list.0, area.width);
    let chosen = all.iter().position(|line| line.iter().any(|(word, _)| Some(*word) == at)).unwrap_or(0);
    let height = usize::from(area.height);
    let mut cursor = None;
    let mut rest = area;
    for line in all.iter().skip((chosen + 1).saturating_sub(height)).take(height) {
        cursor = cursor.or(tick_line(pen, rest, list, (line, at)));
        rest = below(rest, 1);
    }
    cursor
}

fn tick_line(
    pen: &mut Pen,
    area: Rect,
    (words, on): (&[(String, String)], &[bool]),
    (line, at): (&[(usize, u16)], Option<usize>),
) -> Option<Position> {
    let mut cursor = None;
    for (word, from) in line {
        let here = after(area, *from);
        let ticked = on.get(*word).copied().unwrap_or(false);
        let glyphs = pen.theme.glyphs();
        let (sign, tone) = if ticked { (glyphs.ticked, Tone::Good) } else { (glyphs.open, Tone::Text) };
        let label = words.get(*word).map_or("", |(_, label)| label.as_str());
        let chosen = Some(*word) == at;
        let own = if chosen { Tone::Focus } else { Tone::Text };
        pen.write_all(here, [(sign, tone), (" ", Tone::Text), (label, own)]);
        if chosen {
            cursor = (here.width > 1).then(|| after(here, 1).as_position());
        }
    }
    cursor
}
