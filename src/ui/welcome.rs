//! The first run: what docket is, and the ways in.

use ratatui::layout::{Position, Rect};

use super::{
    beside,
    part::{Pen, after, below},
    theme::Tone,
    track::{State, Station, Track},
};
use crate::app::{
    Model,
    welcome::{WAYS, Welcome},
};

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &Welcome) -> Option<Position> {
    let roomy = area.height >= 16;
    let mut rest = below(area, u16::from(roomy));
    let words = [
        "Reviews of AI systems, from first question to signature.",
        "Everything stays in one file on this computer. No account, no network.",
    ];
    for text in words.iter().take(if roomy { 2 } else { 1 }) {
        let used = pen.paragraph(after(rest, 3), text, Tone::Text);
        rest = below(rest, used);
    }
    if roomy {
        rest = below(rest, 1);
        let (name, folder) = (model.record.name.as_str(), model.record.folder.as_str());
        if !name.is_empty() {
            let place = [("File   ", Tone::Muted), (name, Tone::Strong), (" in ", Tone::Muted), (folder, Tone::Text)];
            pen.write_all(after(rest, 3), place);
            rest = below(rest, 2);
        }
    }
    let (rest, cursor) = ways(pen, rest, screen);
    explain(pen, below(rest, u16::from(roomy)));
    cursor
}

fn ways(pen: &mut Pen, area: Rect, screen: &Welcome) -> (Rect, Option<Position>) {
    let note = if area.width >= 70 { "arrows or the letter, then Enter" } else { "" };
    pen.rule(area, "How do you want to start?", note, true);
    let mut rest = below(area, 1);
    let mut cursor = None;
    let chosen = screen.at.among(WAYS.len());
    for (at, (key, what, means, _)) in WAYS.iter().enumerate() {
        if rest.height == 0 {
            break;
        }
        let selected = chosen == Some(at);
        let mark = after(rest, 1);
        if selected {
            pen.write(mark, pen.theme.glyphs().selected, Tone::Selected);
            cursor = Some(mark.as_position());
        }
        let tone = if selected { Tone::Selected } else { Tone::Text };
        pen.write_all(after(rest, 3), [(key.to_string().as_str(), Tone::Strong), ("  ", Tone::Text), (what, tone)]);
        let (place, high) = if area.width >= 70 {
            (after(rest, 35), rest.height)
        } else {
            (after(below(rest, 1), 6), rest.height.saturating_sub(1))
        };
        let used = pen.paragraph(
            Rect { height: high.min(2), width: place.width.saturating_sub(1), ..place },
            means,
            Tone::Muted,
        );
        rest = below(rest, used.max(1).saturating_add(u16::from(area.width < 70)));
    }
    (rest, cursor)
}

fn explain(pen: &mut Pen, area: Rect) {
    if area.height < 4 {
        return;
    }
    let (left, right) = beside(pen, area, area.width.saturating_sub(70).clamp(30, 60));
    pen.rule(left, "What a docket is", "", false);
    let mut rest = below(left, 1);
    let used = pen.paragraph(
        after(rest, 3),
        "A folder that moves along a track. Each role does its part and hands it on; the checklist knows what is missing.",
        Tone::Text,
    );
    rest = below(rest, used.saturating_add(1));
    let station = |state| Station { state, ..Station::default() };
    let track = Track {
        owner: station(State::Done),
        security: station(State::Done),
        governance: station(State::Here),
        dpo: station(State::Here),
        signoff: station(State::Later),
    };
    track.draw(pen, after(rest, 2));
    let hats = "One person may hold several roles. Press r to change which one acts.";
    let lost = "Lost? ? shows what you can do here, Esc goes back, u undoes.";
    let place = match right {
        Some(right) => {
            pen.rule(right, "Four keys are enough", "", false);
            keys(pen, below(right, 1))
        }
        None => below(rest, 2),
    };
    let used = pen.paragraph(after(place, 3), hats, Tone::Text);
    pen.paragraph(after(below(place, used), 3), lost, Tone::Text);
}

fn keys(pen: &mut Pen, area: Rect) -> Rect {
    let mut rest = below(area, 1);
    for (key, what) in
        [("?", "what can I do here"), (":", "do or find anything, just type"), ("Esc", "back"), ("u", "undo")]
    {
        pen.write(after(rest, 3), key, Tone::Strong);
        pen.write(after(rest, 9), what, Tone::Text);
        rest = below(rest, 1);
    }
    below(rest, 1)
}
