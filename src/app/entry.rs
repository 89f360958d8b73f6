//! Text entry: a line or a text of many lines, with our keys only.
//!
//! The one file of this layer that knows the text area behind it. Its own key table is not used: there Ctrl-U is undo,
//! where people expect it to clear the line.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::{
    layout::{Position, Rect},
    style::Style,
};
use ratatui_textarea::{CursorMove, Input, Key, Scrolling, TextArea, WrapMode};

use crate::domain::{
    Line, Prose,
    text::{LINE_MAX, PROSE_MAX, is_visible},
};

/// How many steps of typing can be undone.
const STEPS: usize = 500;

/// A text that is being written.
#[derive(Debug, Clone)]
pub struct Entry {
    area: TextArea<'static>,
    many: bool,
    secret: bool,
}

impl Entry {
    /// One line, with the cursor at its end.
    pub fn line(text: &str) -> Self {
        Self::with(Line::new(text).as_str(), false)
    }

    /// Many lines, softly wrapped, with the cursor at the end.
    pub fn prose(text: &str) -> Self {
        Self::with(Prose::new(text).as_str(), true)
    }

    /// One line that nobody is to read over a shoulder, and that is kept nowhere.
    pub fn secret() -> Self {
        Self { secret: true, ..Self::line("") }
    }

    /// Whether nobody is to read it.
    pub fn is_secret(&self) -> bool {
        self.secret
    }

    fn with(text: &str, many: bool) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_cursor_line_style(Style::new());
        // The terminal's own cursor shows the place; a painted one under it would vanish in some terminals.
        area.set_cursor_style(Style::new());
        area.set_max_histories(STEPS);
        if many {
            area.set_wrap_mode(WrapMode::WordOrGlyph);
        }
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, many, secret: false }
    }

    /// What is written so far, as it was typed.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Whether it may have many lines.
    pub fn is_prose(&self) -> bool {
        self.many
    }

    /// Takes a key; whether the text changed by it.
    pub fn handle(&mut self, key: KeyEvent) -> bool {
        if key.kind == KeyEventKind::Release {
            return false;
        }
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            // Windows sends AltGr as Ctrl with Alt: what it types is text.
            KeyCode::Char(c) if ctrl == alt => self.typed(c),
            KeyCode::Char(c) if ctrl => self.control(c.to_ascii_lowercase()),
            KeyCode::Enter if self.many => self.room() > 0 && self.plain(Key::Enter),
            KeyCode::Backspace if alt || ctrl => self.area.delete_word(),
            KeyCode::Backspace => self.plain(Key::Backspace),
            KeyCode::Delete if ctrl => self.area.delete_next_word(),
            KeyCode::Delete => self.plain(Key::Delete),
            code => {
                self.moved(code, ctrl || alt);
                false
            }
        }
    }

    /// Takes pasted text, cleaned by the rules of the domain; whether all of it had room.
    pub fn paste(&mut self, raw: &str) -> bool {
        let (cleaned, most) =
            if self.many { (Prose::new(raw).to_string(), PROSE_MAX) } else { (Line::new(raw).to_string(), LINE_MAX) };
        let (room, long) = (self.room(), cleaned.chars().count());
        let fits: String = cleaned.chars().take(room).collect();
        self.area.insert_str(&fits);
        long <= room && (long < most || raw.chars().count() <= most)
    }

    /// The text area, for drawing.
    pub fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    /// Where the terminal's cursor belongs, once the text has been drawn in `area`.
    pub fn cursor_in(&self, area: Rect) -> Option<Position> {
        let (top, left) = self.area.scroll_offset();
        let at = self.area.screen_cursor();
        let row = u16::try_from(at.row).ok()?.checked_sub(top)?;
        let column = u16::try_from(at.col).ok()?.checked_sub(left)?;
        let last = area.width.checked_sub(1)?;
        (row < area.height).then(|| Position::new(area.x + column.min(last), area.y + row))
    }

    /// How many characters more it may have.
    fn room(&self) -> usize {
        let lines = self.area.lines();
        let used = lines.iter().map(|line| line.chars().count()).sum::<usize>() + lines.len().saturating_sub(1);
        if self.many { PROSE_MAX } else { LINE_MAX }.saturating_sub(used)
    }

    fn typed(&mut self, c: char) -> bool {
        is_visible(c) && self.room() > 0 && self.plain(Key::Char(c))
    }

    fn plain(&mut self, key: Key) -> bool {
        self.area.input_without_shortcuts(Input { key, ctrl: false, alt: false, shift: false })
    }

    fn control(&mut self, c: char) -> bool {
        match c {
            'a' => self.go(CursorMove::Head),
            'e' => self.go(CursorMove::End),
            'u' => self.area.delete_line_by_head(),
            'k' => self.area.delete_line_by_end(),
            'w' => self.area.delete_word(),
            // Some terminals send Ctrl-H for Backspace.
            'h' => self.plain(Key::Backspace),
            'z' => self.area.undo(),
            'y' => self.area.redo(),
            _ => false,
        }
    }

    /// Moves the cursor, by words or to the ends of the text with `far`.
    fn moved(&mut self, code: KeyCode, far: bool) {
        let to = match (code, far) {
            (KeyCode::Left, false) => CursorMove::Back,
            (KeyCode::Left, true) => CursorMove::WordBack,
            (KeyCode::Right, false) => CursorMove::Forward,
            (KeyCode::Right, true) => CursorMove::WordForward,
            (KeyCode::Home, false) => CursorMove::Head,
            (KeyCode::End, false) => CursorMove::End,
            (KeyCode::Home, true) => CursorMove::Top,
            (KeyCode::End, true) => CursorMove::Bottom,
            (KeyCode::Up, _) => CursorMove::Up,
            (KeyCode::Down, _) => CursorMove::Down,
            (KeyCode::PageUp, _) => return self.area.scroll(Scrolling::PageUp),
            (KeyCode::PageDown, _) => return self.area.scroll(Scrolling::PageDown),
            _ => return,
        };
        self.go(to);
        if far && code == KeyCode::End {
            self.go(CursorMove::End);
        }
        if far && code == KeyCode::Home {
            self.go(CursorMove::Head);
        }
    }

    fn go(&mut self, to: CursorMove) -> bool {
        self.area.move_cursor(to);
        false
    }
}

#[cfg(test)]
mod tests {
    use ratatui::{buffer::Buffer, widgets::Widget};

    use super::*;

    fn press(entry: &mut Entry, code: KeyCode, modifiers: KeyModifiers) -> bool {
        entry.handle(KeyEvent::new(code, modifiers))
    }

    fn write(entry: &mut Entry, text: &str) {
        for c in text.chars() {
            press(entry, KeyCode::Char(c), KeyModifiers::NONE);
        }
    }

    fn ctrl(entry: &mut Entry, c: char) -> bool {
        press(entry, KeyCode::Char(c), KeyModifiers::CONTROL)
    }

    #[test]
    fn our_keys_do_what_people_expect() {
        let mut entry = Entry::line("one two three");
        ctrl(&mut entry, 'w');
        assert_eq!(entry.text(), "one two ");
        press(&mut entry, KeyCode::Left, KeyModifiers::CONTROL);
        ctrl(&mut entry, 'u');
        assert_eq!(entry.text(), "two ");
        ctrl(&mut entry, 'k');
        assert_eq!(entry.text(), "");
        assert!(ctrl(&mut entry, 'z') && ctrl(&mut entry, 'z'));
        assert_eq!(entry.text(), "one two ");
        assert!(ctrl(&mut entry, 'y'));
        ctrl(&mut entry, 'e');
        ctrl(&mut entry, 'h');
        assert_eq!(entry.text(), "two");
        ctrl(&mut entry, 'a');
        write(&mut entry, "x");
        assert_eq!(entry.text(), "xtwo");
    }

    #[test]
    fn alt_gr_is_text_and_alt_is_not() {
        let mut entry = Entry::line("");
        assert!(press(&mut entry, KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT));
        assert!(!press(&mut entry, KeyCode::Char('x'), KeyModifiers::ALT));
        assert!(!ctrl(&mut entry, 'x'));
        assert!(!press(&mut entry, KeyCode::Tab, KeyModifiers::NONE));
        assert_eq!(entry.text(), "@");
    }

    #[test]
    fn a_line_stays_one_line_whatever_comes() {
        let mut entry = Entry::line("a");
        assert!(!press(&mut entry, KeyCode::Enter, KeyModifiers::NONE));
        assert!(entry.paste("b\nc\u{1b}[31m\u{202e}d\te\r\n"));
        write(&mut entry, "\u{7}\u{200d}f");
        assert_eq!(entry.text(), "ab c[31md ef");
    }

    #[test]
    fn prose_keeps_lines_and_takes_a_large_paste() {
        let mut entry = Entry::prose("one\r\ntwo");
        assert!(press(&mut entry, KeyCode::Enter, KeyModifiers::NONE));
        assert!(entry.paste("three\r\nfour\u{7}"));
        assert_eq!(entry.text(), "one\ntwo\nthree\nfour");
        assert!(!entry.paste(&"x".repeat(1_000_000)));
        assert_eq!(entry.text().chars().count(), PROSE_MAX);
        assert!(!press(&mut entry, KeyCode::Char('y'), KeyModifiers::NONE));
    }

    #[test]
    fn a_line_has_an_end() {
        let mut entry = Entry::line(&"x".repeat(LINE_MAX - 1));
        assert!(press(&mut entry, KeyCode::Char('y'), KeyModifiers::NONE));
        assert!(!press(&mut entry, KeyCode::Char('z'), KeyModifiers::NONE));
    }

    #[test]
    fn the_cursor_is_where_the_next_letter_goes() {
        let area = Rect::new(2, 1, 10, 3);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 6));
        let mut entry = Entry::prose("alpha beta gamma delta 模型");
        entry.area().render(area, &mut buffer);
        press(&mut entry, KeyCode::Char('!'), KeyModifiers::NONE);
        entry.area().render(area, &mut buffer);
        let at = entry.cursor_in(area).unwrap();
        assert_eq!(buffer[(at.x - 1, at.y)].symbol(), "!");
        assert!(entry.cursor_in(Rect::ZERO).is_none());
    }

    #[test]
    fn a_fresh_text_has_its_cursor_on_the_first_frame() {
        let area = Rect::new(0, 0, 10, 3);
        let entry = Entry::prose("alpha beta gamma delta");
        let mut buffer = Buffer::empty(area);
        entry.area().render(area, &mut buffer);
        let at = entry.cursor_in(area).unwrap();
        assert_eq!(buffer[(at.x - 1, at.y)].symbol(), "a");
    }
}
