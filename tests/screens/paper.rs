//! The screen as cells and as text.

use docket::{app::Model, keymap::Keymap, ui, ui::theme::Theme};
use ratatui::{
    Terminal,
    backend::{Backend, TestBackend},
    buffer::Buffer,
    layout::Position,
};
use unicode_width::UnicodeWidthStr;

/// What is drawn of it, and where the terminal's cursor is, if it is shown.
pub fn cells(model: &Model, theme: Theme) -> (Buffer, Option<Position>) {
    let mut terminal = Terminal::new(TestBackend::new(model.size.0, model.size.1)).unwrap();
    let mut area = None;
    terminal
        .draw(|frame| {
            ui::view(model, &Keymap::default(), theme, frame);
            area = Some(frame.area());
        })
        .unwrap();
    let cursor = terminal.backend_mut().get_cursor_position().ok();
    let shown = terminal.backend().cursor_visible();
    (terminal.backend().buffer().clone(), cursor.filter(|_| shown))
}

/// Line by line, without the blanks at their ends.
pub fn lines(model: &Model, theme: Theme) -> Vec<String> {
    let (cells, _) = cells(model, theme);
    let line = |y| {
        let (mut out, mut skip) = (String::new(), 0);
        for x in 0..cells.area.width {
            let symbol = cells[(x, y)].symbol();
            if skip == 0 {
                out.push_str(symbol);
                skip = symbol.width().saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        out.trim_end().to_owned()
    };
    (0..cells.area.height).map(line).collect()
}

/// As one text.
pub fn shown(model: &Model, theme: Theme) -> String {
    lines(model, theme).join("\n")
}
