//! For the tests of drawings: every size, every look, and what came of it as text.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Modifier},
};

use super::{
    part::Pen,
    theme::{Mode, Theme},
};

const WIDTHS: [u16; 12] = [0, 1, 2, 3, 7, 20, 39, 40, 60, 80, 120, 200];
const HEIGHTS: [u16; 9] = [0, 1, 2, 3, 6, 10, 20, 24, 60];

/// Draws at every size and in every look, inside the cells and beyond them, and holds plain looks to no colour.
pub fn on_every_size(mut draw: impl FnMut(&mut Pen, Rect)) {
    for mode in [Mode::Auto, Mode::Plain, Mode::Contrast, Mode::ColourBlind, Mode::None] {
        for ascii in [false, true] {
            let theme = Theme { mode, ascii, truecolour: true, light: false };
            for (width, height) in WIDTHS.into_iter().flat_map(|width| HEIGHTS.map(|height| (width, height))) {
                let area = Rect::new(0, 0, width, height);
                let mut cells = Buffer::empty(area);
                draw(&mut Pen::new(&mut cells, theme), area);
                draw(&mut Pen::new(&mut cells, theme), Rect::new(width / 2, height / 2, width + 9, height + 9));
                draw(&mut Pen::new(&mut cells, theme), Rect::new(width + 5, height + 5, 40, 5));
                held_to_its_look(&cells, theme);
            }
        }
    }
}

fn held_to_its_look(cells: &Buffer, theme: Theme) {
    for cell in cells.content() {
        let painted = cell.fg != Color::Reset || cell.bg != Color::Reset;
        assert!(!(painted && theme.mode == Mode::None), "a coloured cell in plain looks");
        assert!(
            !theme.ascii || cell.symbol().chars().all(|c| c.is_ascii() || c.is_alphanumeric()),
            "{}",
            cell.symbol()
        );
    }
}

/// What is drawn in the usual look, as text, without the blanks at the ends of the lines.
pub fn lines(width: u16, height: u16, draw: impl FnOnce(&mut Pen, Rect)) -> Vec<String> {
    lines_in(Theme::default(), (width, height), draw)
}

/// What is drawn in this look.
pub fn lines_in(theme: Theme, (width, height): (u16, u16), draw: impl FnOnce(&mut Pen, Rect)) -> Vec<String> {
    let cells = cells_in(theme, (width, height), draw);
    let line = |y| {
        let mut skip = 0;
        let mut out = String::new();
        for x in 0..width {
            let symbol = cells[(x, y)].symbol();
            if skip == 0 {
                out.push_str(symbol);
            }
            skip = if skip == 0 { super::part::width(symbol).saturating_sub(1) } else { skip - 1 };
        }
        out.trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// The cells that are drawn in this look.
pub fn cells_in(theme: Theme, (width, height): (u16, u16), draw: impl FnOnce(&mut Pen, Rect)) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut cells = Buffer::empty(area);
    draw(&mut Pen::new(&mut cells, theme), area);
    cells
}

/// How many cells stand out: bold, reverse or underlined.
pub fn standing_out(cells: &Buffer) -> usize {
    let marked = Modifier::BOLD | Modifier::REVERSED | Modifier::UNDERLINED;
    cells.content().iter().filter(|cell| cell.modifier.intersects(marked)).count()
}
