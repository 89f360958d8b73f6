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
    domain::{
        fields::{Day, Vocabulary},
        summary::Summary,
    },
};

/// Draws the system that the cursor is on; what has no room beside the lists stands in a strip below them.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, board: &Board) {
    if area.is_empty() {
        return;
    }
    let id = match board.focus {
        Focus::Steps => board.chosen_step().map(|(id, ..)| *id),
        Focus::Systems => board.chosen_system(),
    };
    let found = id.and_then(|id| board.page.rows.iter().find(|(of, _)| *of == id)).map(|(_, summary)| summary);
    if area.height <= 4 {
        return strip(pen, area, board, found);
    }
    let Some(summary) = found else {
        return pen.rule(area, "", "preview", false);
    };
    pen.rule(area, summary.name.as_str(), "preview", false);
    let rest = stations(pen, below(area, 1), &board::track(summary, model.today));
    let rest = facts(pen, below(rest, 1), summary, model.today);
    next(pen, below(rest, 1), summary);
}

/// The step in full, or what the row of the system leaves out.
fn strip(pen: &mut Pen, area: Rect, board: &Board, found: Option<&Summary>) {
    let body = after(below(area, 1), 1);
    match (board.focus, board.chosen_step(), found) {
        (Focus::Steps, Some((_, system, step)), _) => {
            pen.rule(area, system, step.role.label(), false);
            pen.paragraph(body, &step.what, Tone::Text);
        }
        (Focus::Steps | Focus::Systems, _, Some(summary)) => {
            pen.rule(area, summary.name.as_str(), "", false);
            let next = summary.steps.first().map(|step| format!("{}: {}", step.role.short(), step.what));
            let tier = if summary.tier.is_empty() { "none yet" } else { summary.tier.as_str() };
            let all = format!("tier {tier}   {} threats, {} missing   clearance ", summary.threats, summary.gaps);
            let clearance = board::clearance(summary);
            let pieces = clearance.0.iter().map(|(text, tone)| (text.as_ref(), *tone));
            pen.write_all(body, [(all.as_str(), Tone::Text)].into_iter().chain(pieces));
            pen.paragraph(below(body, 1), &next.unwrap_or_default(), Tone::Text);
        }
        (Focus::Steps | Focus::Systems, _, None) => pen.rule(area, "", "", false),
    }
}

/// The track upright: governance and the DPO stand beside one another.
fn stations(pen: &mut Pen, area: Rect, track: &Track) -> Rect {
    let glyphs = pen.theme.glyphs();
    let mut rest = area;
    let rows = [
        ("Owner", track.owner, false),
        ("Security", track.security, false),
        ("Governance", track.governance, true),
        ("DPO", track.dpo, true),
        ("Sign-off", track.signoff, false),
    ];
    let parts = track.dpo.state != State::Absent;
    for (name, station, side) in rows {
        let (sign, tone, word) = match station.state {
            State::Done => (glyphs.done, Tone::Good, "done"),
            State::Here if station.late => (glyphs.here, Tone::Alert, "here   ! late"),
            State::Here => (glyphs.here, Tone::Here, "here"),
            State::Later => (glyphs.later, Tone::Later, ""),
            State::Absent => (glyphs.unneeded, Tone::Later, "not needed"),
        };
        let lead = if parts && side { format!("{}{} ", glyphs.part, glyphs.ahead) } else { String::new() };
        let pieces = [(lead.as_str(), Tone::Muted), (sign, tone), (" ", Tone::Text), (name, Tone::Text)];
        pen.write_all(after(rest, 1), pieces);
        pen.write(after(rest, 18), word, tone);
        rest = below(rest, 1);
    }
    rest
}

fn facts(pen: &mut Pen, area: Rect, summary: &Summary, today: Day) -> Rect {
    let mut rest = area;
    let threats = Cell::new(format!("{}, {} unscored", summary.threats, summary.unscored), Tone::Text);
    let late = summary.due.is_some_and(|due| due < today);
    let waits = days(summary.since, today).filter(|_| !summary.court.is_empty()).map_or_else(
        || Cell::new("for nobody", Tone::Muted),
        |days| Cell::new(format!("{days} d for {}", summary.court), if late { Tone::Alert } else { Tone::Text }),
    );
    let all = [
        ("Waits", waits),
        ("Tier", board::tier(summary)),
        ("Top risk", board::risk(summary)),
        ("Threats", threats),
        ("Missing", board::missing(summary)),
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
