//! Small pieces that every screen is made of. Each is safe in any area, however small.

mod chart;
mod strip;
mod table;

pub use chart::{Bar, Part, Stacks, bars, stacks, trend};
pub use strip::{Hint, Tab, hints, tabs};
pub use table::{Cell, Column, Drawn, Table, table, widths};

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use super::theme::{Theme, Tone};
pub use crate::app::measure::{cut, width, wrap};
use crate::keymap::{Action, Chord, Keys};

/// Paints cells in the looks of a theme.
pub struct Pen<'a> {
    /// The cells.
    pub cells: &'a mut Buffer,
    /// The looks.
    pub theme: Theme,
    /// Where a click means something; of two that lie on each other the later one counts.
    pub spots: Vec<Spot>,
}

/// A place on the screen where a click means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The place.
    pub area: Rect,
    /// What a click there asks for.
    pub target: Target,
}

/// What a click asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The same as this key.
    Key(Chord),
    /// The same as an action by its name.
    Does(Action),
    /// To select this row of the list; the one that is selected now is clicked on to go in.
    Row {
        /// Its index in the list.
        at: usize,
        /// The index of the row that is selected.
        selected: usize,
    },
}

impl<'a> Pen<'a> {
    /// A pen for these cells.
    pub fn new(cells: &'a mut Buffer, theme: Theme) -> Self {
        Self { cells, theme, spots: Vec::new() }
    }

    /// Notes what a click on a place asks for.
    pub fn spot(&mut self, area: Rect, target: Target) {
        let area = self.within(area);
        if !area.is_empty() {
            self.spots.push(Spot { area, target });
        }
    }

    /// The same for a hint: a click on it is its key.
    pub fn spot_of(&mut self, area: Rect, hint: &Hint) {
        if let Ok(Keys { first, then: None }) = Keys::parse(&hint.key) {
            self.spot(area, Target::Key(first));
        }
    }

    /// The part of `area` that there are cells for.
    pub fn within(&self, area: Rect) -> Rect {
        area.intersection(self.cells.area)
    }

    /// Writes on the first line of `area`, cut where it ends; how many columns were written.
    pub fn write(&mut self, area: Rect, text: &str, tone: Tone) -> u16 {
        let area = self.within(area);
        if area.is_empty() {
            return 0;
        }
        let text = self.theme.fold(text);
        let text = cut(&text, usize::from(area.width), self.theme.glyphs().more);
        let style = self.theme.style(tone);
        // A look adds to the one below it: without this a title on a dim rule would be dim.
        let under = Rect { width: columns(&text).min(area.width), height: 1, ..area };
        self.cells.set_style(under, Style::reset());
        let (end, _) = self.cells.set_stringn(area.x, area.y, text, usize::from(area.width), style);
        end.saturating_sub(area.x)
    }

    /// Writes pieces one after another on the first line of `area`; how many columns were written.
    pub fn write_all<'t>(&mut self, area: Rect, pieces: impl IntoIterator<Item = (&'t str, Tone)>) -> u16 {
        let mut rest = area;
        for (text, tone) in pieces {
            let used = self.write(rest, text, tone);
            rest = after(rest, used);
        }
        area.width.saturating_sub(rest.width)
    }

    /// Writes at the right end of the first line of `area`; how many columns were written.
    pub fn write_right(&mut self, area: Rect, text: &str, tone: Tone) -> u16 {
        let used = columns(text).min(area.width);
        self.write(after(area, area.width.saturating_sub(used)), text, tone)
    }

    /// Shows the first line of `area` as selected: reverse and bold on top of what it has, and nothing in it dim.
    pub fn select(&mut self, area: Rect) {
        let line = self.within(Rect { height: area.height.min(1), ..area });
        let style = self.theme.style(Tone::Focus).patch(self.theme.style(Tone::Selected));
        self.cells.set_style(line, style.remove_modifier(Modifier::DIM));
    }

    /// Fills the first line of `area` with a sign.
    pub fn fill(&mut self, area: Rect, sign: &str, tone: Tone) {
        let area = self.within(Rect { height: area.height.min(1), ..area });
        let style = self.theme.style(tone);
        for position in area.positions() {
            self.cells[position].set_symbol(sign).set_style(Style::reset()).set_style(style);
        }
    }

    /// A rule with a title and, at its right end, a note; the mark of the focus has its place always.
    pub fn rule(&mut self, area: Rect, title: &str, note: &str, focused: bool) {
        self.rule_in(area, (title, Tone::Strong), (note, Tone::Muted), focused);
    }

    /// A rule whose title and note have tones of their own.
    pub fn rule_in(&mut self, area: Rect, (title, tone): (&str, Tone), (note, note_tone): (&str, Tone), focused: bool) {
        let glyphs = self.theme.glyphs();
        self.fill(area, glyphs.rule, Tone::Muted);
        if focused {
            self.write(area, glyphs.focus, Tone::Here);
        } else if !title.is_empty() {
            let gap = after(area, 2);
            self.write(Rect { width: gap.width.min(1), ..gap }, " ", Tone::Text);
        }
        let inner = after(area, 3);
        let used = self.write(Rect { width: inner.width.saturating_sub(1), ..inner }, title, tone);
        if used > 0 {
            self.write(Rect { width: inner.width.saturating_sub(used).min(1), ..after(inner, used) }, " ", Tone::Text);
        }
        let left = after(inner, used.saturating_add(3));
        let room = Rect { width: left.width.saturating_sub(1), ..left };
        // A note that is cut to a word or two says nothing any more.
        if !note.is_empty() && (columns(note).saturating_add(3) <= room.width || room.width > 20) {
            let note = cut(note, usize::from(room.width.saturating_sub(2)), self.theme.glyphs().more);
            self.write_right(room, &format!(" {note} "), note_tone);
        }
    }

    /// A word in brackets, such as the role; how many columns were written.
    pub fn badge(&mut self, area: Rect, word: &str, tone: Tone) -> u16 {
        self.write(area, &format!("[{word}]"), tone)
    }

    /// How much of it is done, as a bar as wide as `area`.
    pub fn progress(&mut self, area: Rect, done: usize, of: usize) {
        let glyphs = self.theme.glyphs();
        let area = self.within(area);
        // Full only when all is done, however long the list.
        let full = (usize::from(area.width) * done.min(of)).checked_div(of).unwrap_or(0);
        let full = u16::try_from(full).unwrap_or(area.width);
        let tone = if of > 0 && done >= of { Tone::Good } else { Tone::Text };
        self.fill(Rect { width: full, ..area }, glyphs.full, tone);
        self.fill(after(area, full), glyphs.empty, Tone::Later);
    }

    /// Text over as many lines as it needs and `area` has; how many it took.
    pub fn paragraph(&mut self, area: Rect, text: &str, tone: Tone) -> u16 {
        let lines = wrap(text, usize::from(area.width));
        let mut rest = area;
        for (at, line) in lines.iter().take(usize::from(area.height)).enumerate() {
            let last = at + 1 == usize::from(area.height) && lines.len() > at + 1;
            let more = if last { self.theme.glyphs().more } else { "" };
            self.write(rest, &format!("{line}{more}"), tone);
            rest = below(rest, 1);
        }
        area.height.saturating_sub(rest.height)
    }

    /// What stands where a list would be: a sentence that names the next key.
    pub fn nothing(&mut self, area: Rect, sentence: &str) {
        self.paragraph(after(area, 3), sentence, Tone::Muted);
    }

    /// The choices in columns: the strip after a prefix such as `g`.
    pub fn strip(&mut self, area: Rect, choices: &[Hint]) {
        let (across, each) = grid(area.width, choices);
        for (at, choice) in choices.iter().enumerate() {
            let row = u16::try_from(at / across).unwrap_or(u16::MAX);
            let column = u16::try_from(at % across).unwrap_or(0);
            let place = after(below(area, row), column.saturating_mul(each).saturating_add(1));
            if place.height > 0 {
                let width = choice.write(self, place);
                self.spot_of(Rect { width, height: 1, ..place }, choice);
            }
        }
    }
}

/// How many choices stand side by side in so much room, and how wide each is.
pub fn grid(width: u16, choices: &[Hint]) -> (usize, u16) {
    let each = choices.iter().map(|choice| choice.columns().saturating_add(2)).max().unwrap_or(1).max(1);
    (usize::from((width.saturating_sub(1) / each).max(1)), each)
}

/// What is left of `area` after so many columns.
pub fn after(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x.saturating_add(columns), width: area.width - columns, ..area }
}

/// What is left of `area` under so many lines.
pub fn below(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect { y: area.y.saturating_add(lines), height: area.height - lines, ..area }
}

/// The display width of `text` as the screen counts.
pub fn columns(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sizes::{lines, on_every_size};

    #[test]
    fn a_rule_carries_its_title_and_its_note() {
        let rule = |width, focused| {
            lines(width, 1, |pen, area| pen.rule(area, "Threats 8", "all saved 14:02", focused)).remove(0)
        };
        assert_eq!(rule(44, true), "──►Threats 8 ───────────── all saved 14:02 ─");
        assert_eq!(rule(44, false), "── Threats 8 ───────────── all saved 14:02 ─");
        assert_eq!(rule(24, false), "── Threats 8 ───────────");
    }

    #[test]
    fn a_bar_is_full_only_when_all_is_done() {
        let bar = |done, of| lines(10, 1, |pen, area| pen.progress(area, done, of)).remove(0);
        assert_eq!(bar(5, 7), "■■■■■■■□□□");
        assert_eq!(bar(999, 1000), "■■■■■■■■■□");
        assert_eq!(bar(3, 3), "■■■■■■■■■■");
        assert_eq!(bar(0, 0), "□□□□□□□□□□");
    }

    #[test]
    fn a_paragraph_says_when_it_was_cut() {
        let picture = lines(12, 2, |pen, area| {
            assert_eq!(pen.paragraph(area, "one two three four five six", Tone::Text), 2);
        });
        assert_eq!(picture, ["one two", "three four…"]);
    }

    #[test]
    fn the_strip_stands_in_columns() {
        let choices =
            [("o", "overview"), ("t", "threats"), ("c", "controls")].map(|(key, title)| Hint::new(key, title));
        let picture = lines(26, 2, |pen, area| pen.strip(area, &choices));
        assert_eq!(picture, [" o overview  t threats", " c controls"]);
    }

    #[test]
    fn any_size_will_do() {
        on_every_size(|pen, area| {
            pen.rule(area, "Threats", "all saved", true);
            pen.badge(area, "SECURITY", Tone::Role);
            pen.progress(area, 3, 7);
            pen.paragraph(area, "模型 some longer text, and more of it\n\nend", Tone::Muted);
            pen.nothing(area, "No threats yet. n adds one.");
            pen.strip(area, &[Hint::new("g", "first row"), Hint::new("t", "threats")]);
            pen.write_right(area, "note", Tone::Alert);
        });
    }
}
