//! What the gate asks, at a glance: its eight conditions, and the matrix of all threats; where a wide screen has room.

use ratatui::layout::Rect;

use super::{
    matrix::SIZE,
    part::{Pen, after, below},
    theme::Tone,
    threat,
};
use crate::{
    app::{
        Model,
        system::{SystemScreen, Tab},
    },
    domain::decision::conditions,
};

/// Lines of the conditions with their rule and the blank before it.
const HIGH: u16 = 10;

/// Draws it at the bottom of the room that is left.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &SystemScreen) {
    let wanted = matches!(screen.tab, Tab::Overview | Tab::Checklist | Tab::Signoff);
    if !wanted || area.height < HIGH {
        return;
    }
    let rest = asked(pen, below(area, 1), screen);
    if screen.tab == Tab::Overview && rest.height > SIZE.0 + 1 {
        let body = below(rest, 1);
        pen.rule(body, "Likelihood and impact", "all threats, now", false);
        threat::map(pen, below(body, 1), (model, screen), (None, false));
    }
}

/// Which of the conditions hold, and how much each misses; answers the room that is left.
fn asked(pen: &mut Pen, area: Rect, screen: &SystemScreen) -> Rect {
    let all = conditions();
    let open = |number: u8| screen.gaps.iter().filter(|gap| gap.condition == number).count();
    let held = all.iter().filter(|(number, _)| open(*number) == 0).count();
    pen.rule(area, "The gate", &format!("{held} of {} hold", all.len()), false);
    let mut rest = below(area, 1);
    for (number, title) in all {
        let missing = open(number);
        let glyphs = pen.theme.glyphs();
        let line = after(rest, 1);
        let (mark, tone) = if missing == 0 { (glyphs.ticked, Tone::Good) } else { ("[!]", Tone::Alert) };
        pen.write(line, mark, tone);
        let text = Rect { width: line.width.saturating_sub(9), ..after(line, 4) };
        pen.write(text, title, Tone::Text);
        if missing > 0 {
            pen.write_right(Rect { width: line.width.saturating_sub(1), ..line }, &missing.to_string(), Tone::Alert);
        }
        rest = below(rest, 1);
    }
    rest
}
