//! The preview beside the board: the selected system, upright.

use ratatui::layout::Rect;

use super::{
    board,
    part::{Cell, Pen, after, below},
    theme::Tone,
    track::{State, Track},
    words::days,
};
use crate::{
    app::{
        Model,
        board::{Board, Focus},
    },
    domain::{fields::Day, summary::Summary},
};

/// Draws the system that the cursor is on.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, board: &Board) {
    let id = match board.focus {
        Focus::Steps => board.chosen_step().map(|(id, ..)| *id),
        Focus::Systems => board.chosen_system(),
    };
    let found = id.and_then(|id| board.page.rows.iter().find(|(of, _)| *of == id));
    let Some((_, summary)) = found else {
        return pen.rule(area, "", "preview", false);
    };
    pen.rule(area, summary.name.as_str(), "preview", false);
    let rest = stations(pen, below(area, 1), summary, model.today);
    let rest = facts(pen, below(rest, 1), summary);
    next(pen, below(rest, 1), summary);
}

/// The track upright: governance and the DPO stand beside one another.
fn stations(pen: &mut Pen, area: Rect, summary: &Summary, today: Day) -> Rect {
    let track: Track = board::track(summary, today);
    let glyphs = pen.theme.glyphs();
    let mut rest = area;
    let rows = [
        ("Owner", track.owner, ""),
        ("Security", track.security, ""),
        ("Governance", track.governance, glyphs.part),
        ("DPO", track.dpo, glyphs.part),
        ("Sign-off", track.signoff, ""),
    ];
    for (name, station, part) in rows {
        if station.state == State::Absent {
            continue;
        }
        let (sign, tone, word) = match station.state {
            State::Done => (glyphs.done, Tone::Good, "done".to_owned()),
            State::Here => {
                let days = days(summary.since, today).map_or_else(String::new, |days| format!("since {days} d"));
                let late = if station.late { " ! late" } else { "" };
                (glyphs.here, if station.late { Tone::Alert } else { Tone::Here }, format!("{days}{late}"))
            }
            State::Later | State::Absent => (glyphs.later, Tone::Later, String::new()),
        };
        let beside = track.dpo.state != State::Absent && !part.is_empty();
        let lead = if beside { format!("{part}{} ", glyphs.ahead) } else { String::new() };
        let used = pen.write_all(
            after(rest, 1),
            [(lead.as_str(), Tone::Muted), (sign, tone), (" ", Tone::Text), (name, Tone::Text)],
        );
        pen.write(after(rest, used.saturating_add(2).max(20)), &word, tone);
        rest = below(rest, 1);
    }
    rest
}

fn facts(pen: &mut Pen, area: Rect, summary: &Summary) -> Rect {
    let mut rest = area;
    let threats = Cell::new(format!("{}, {} unscored", summary.threats, summary.unscored), Tone::Text);
    let tier = if summary.tier.is_empty() {
        Cell::new("? none", Tone::Alert)
    } else {
        Cell::new(summary.tier.as_str(), Tone::Text)
    };
    let all = [
        ("Tier", tier),
        ("Top risk", board::risk(summary)),
        ("Threats", threats),
        ("Clearance", board::clearance(summary)),
    ];
    for (label, cell) in all {
        pen.write(after(rest, 1), label, Tone::Muted);
        pen.write_all(after(rest, 12), cell.0.iter().map(|(text, tone)| (text.as_ref(), *tone)));
        rest = below(rest, 1);
    }
    rest
}

fn next(pen: &mut Pen, area: Rect, summary: &Summary) {
    if area.height < 2 || summary.steps.is_empty() {
        return;
    }
    pen.rule(area, "Next", "", false);
    let mut rest = below(area, 1);
    for step in &summary.steps {
        if rest.height == 0 {
            break;
        }
        pen.write(after(rest, 1), step.role.short(), Tone::Strong);
        let used = pen.paragraph(Rect { height: rest.height.min(3), ..after(rest, 10) }, &step.what, Tone::Text);
        rest = below(rest, used.max(1));
    }
}
