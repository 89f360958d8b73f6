//! Drawing, and nothing else: it looks at the model and paints cells.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests may; the build without them still forbids it"))]

mod acceptances;
mod across;
mod board;
mod checklist;
mod control_board;
mod detail;
mod footer;
mod gate;
pub mod glyphs;
mod header;
mod intake;
mod library;
mod log;
pub mod matrix;
mod meeting;
mod overlay;
pub mod part;
mod pictures;
mod plan;
mod portfolio;
mod preview;
mod queue;
mod rows;
mod system;
mod tally;
pub mod theme;
mod threat;
pub mod track;
mod welcome;
mod words;

#[cfg(test)]
mod sizes;

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{
    app::{Look, MIN_SIZE, Model, Screen},
    keymap::Keymap,
};
use part::{Pen, Spot, after, below};
use theme::{Mode, Theme, Tone};

/// From this width on there is room for two panes side by side.
const WIDE: u16 = 100;

/// Draws everything, and puts the terminal's cursor where the eye belongs.
pub fn view(model: &Model, keymap: &Keymap, theme: Theme, frame: &mut Frame) {
    let theme = Theme { mode: mode(model.look, theme.mode), ..theme };
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), theme);
    if let Some(at) = draw(&mut pen, area, model, keymap) {
        frame.set_cursor_position(at);
    }
}

/// Where on a screen of this size a click means something; the last one that holds a place counts.
pub fn spots(model: &Model, keymap: &Keymap, (columns, rows): (u16, u16)) -> Vec<Spot> {
    let area = Rect { x: 0, y: 0, width: columns, height: rows };
    let mut cells = Buffer::empty(area);
    let mut pen = Pen::new(&mut cells, Theme::default());
    let _ = draw(&mut pen, area, model, keymap);
    pen.spots
}

/// Where no colour is wanted at all, no choice made inside brings it back.
fn mode(look: Look, found: Mode) -> Mode {
    match (look, found) {
        (_, Mode::None) | (Look::None, _) => Mode::None,
        (Look::Plain, _) => Mode::Plain,
        (Look::Contrast, _) => Mode::Contrast,
        (Look::ColourBlind, _) => Mode::ColourBlind,
        (Look::Auto, found) => found,
    }
}

/// The parts of the screen, from top to bottom.
struct Rooms {
    header: Rect,
    body: Rect,
    footer: Rect,
    /// Where overlays may lie: the first line and the footer stay in sight.
    over: Rect,
}

impl Rooms {
    fn of(area: Rect, model: &Model) -> Self {
        let top = header::lines(model, area.height);
        let bottom = footer::lines(area.height);
        let cut = |area: Rect, top: u16| {
            let rest = below(area, top);
            Rect { height: rest.height.saturating_sub(bottom), ..rest }
        };
        Self {
            header: Rect { height: top.min(area.height), ..area },
            body: cut(area, top),
            footer: below(area, area.height.saturating_sub(bottom)),
            over: cut(area, 1),
        }
    }
}

fn draw(pen: &mut Pen, area: Rect, model: &Model, keymap: &Keymap) -> Option<Position> {
    if area.width < MIN_SIZE.0 || area.height < MIN_SIZE.1 {
        return too_small(pen, area);
    }
    let rooms = Rooms::of(area, model);
    header::draw(pen, rooms.header, model, keymap);
    let mut cursor = match &model.screen {
        Screen::Welcome(screen) => welcome::draw(pen, rooms.body, model, screen),
        Screen::Board(screen) => board::draw(pen, rooms.body, model, screen),
        Screen::System(screen) => system::draw(pen, rooms.body, model, screen),
        Screen::Queue(screen) => queue::draw(pen, rooms.body, screen),
        Screen::Library(screen) => library::draw(pen, rooms.body, model, screen),
        Screen::AllThreats(screen) => across::draw(pen, rooms.body, model, screen),
        Screen::Acceptances(screen) => acceptances::draw(pen, rooms.body, model, screen),
        Screen::Log(screen) => log::draw(pen, rooms.body, model, screen),
        Screen::Meeting(screen) => meeting::draw(pen, rooms.body, model, screen),
    };
    if !model.overlays.is_empty() {
        // What lies below has no keys now, and no clicks.
        pen.spots.clear();
    }
    for overlay in &model.overlays {
        cursor = overlay::draw(pen, rooms.over, (model, keymap), overlay).or(cursor);
    }
    footer::draw(pen, rooms.footer, model, keymap);
    cursor
}

fn too_small(pen: &mut Pen, area: Rect) -> Option<Position> {
    let (columns, rows) = MIN_SIZE;
    let text = format!("docket needs {columns} columns, {rows} lines. Make the window larger; Ctrl-C quits.");
    pen.paragraph(area, &text, Tone::Text);
    (!area.is_empty()).then(|| area.as_position())
}

/// Splits off so many columns at the right, behind a bar; nothing where there is no room for two panes.
fn beside(pen: &mut Pen, area: Rect, side: u16) -> (Rect, Option<Rect>) {
    if area.width < WIDE {
        return (area, None);
    }
    let left = area.width.saturating_sub(side.saturating_add(2));
    let bar = pen.theme.glyphs().bar;
    for line in 0..area.height {
        pen.write(after(below(area, line), left), bar, Tone::Muted);
    }
    (
        Rect { width: left.saturating_sub(1), ..area },
        Some(Rect { width: side.saturating_sub(1), ..after(area, left.saturating_add(2)) }),
    )
}
