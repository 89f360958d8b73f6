//! The board: what waits for me over all my hats, and every system.

use ratatui::layout::{Position, Rect};

use super::{
    beside,
    part::{Cell, Column, Pen, Table, below, table},
    preview,
    theme::Tone,
    track::{State, Station, Track},
    words::days,
};
use crate::{
    app::{
        Model,
        board::{Board, Focus},
        panes::age,
    },
    domain::{
        decision::ClearanceState,
        fields::{Day, Vocabulary},
        summary::{NextStep, Summary},
    },
};

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, board: &Board) -> Option<Position> {
    if board.page.total == 0 {
        pen.rule(area, "Systems 0", "", true);
        pen.nothing(below(area, 2), "No systems yet. n enters one, i imports.");
        return Some(Position::new(area.x.saturating_add(1), area.y.saturating_add(2)));
    }
    let high = steps_height(area.height, board.page.steps.len());
    let upper = Rect { height: high.min(area.height), ..area };
    let lower = below(area, high);
    let one = steps(pen, upper, model, board);
    let side = if area.width >= 150 { 56 } else { 38 };
    let (list, right) = beside(pen, lower, side);
    let two = systems(pen, list, model, board);
    if let Some(right) = right {
        preview::draw(pen, right, model, board);
    }
    match board.focus {
        Focus::Steps => one,
        Focus::Systems => two,
    }
}

/// Both lists are in sight always; what waits gets as much as it needs, up to a good third.
fn steps_height(height: u16, steps: usize) -> u16 {
    let wanted = u16::try_from(steps.max(1)).unwrap_or(u16::MAX).saturating_add(1);
    wanted.min((height.saturating_mul(2) / 5).max(3))
}

fn steps(pen: &mut Pen, area: Rect, model: &Model, board: &Board) -> Option<Position> {
    let page = &board.page;
    let focused = board.focus == Focus::Steps;
    let hats = model.me.as_ref().map_or(0, |me| me.roles.len());
    let note = if hats == 1 { "of the hat you wear".into() } else { format!("of {hats} hats you hold") };
    pen.rule(area, &format!("Waiting for you {}", page.steps_total), &note, focused);
    let body = below(area, 1);
    if page.steps.is_empty() {
        pen.nothing(body, "Nothing waits for you.");
        return None;
    }
    let columns = [
        Column::fixed("", 9),
        Column { ideal: 26, ..Column::fixed("", 14) },
        Column::growing("", 12, 20),
        Column::fixed("", 14),
    ];
    let selected = board.step.among(page.steps.len());
    let shown = Table { columns: &columns, len: page.steps.len(), selected, cell: None, header: false };
    table(pen, body, &shown, |at| {
        page.steps.get(at).map_or_else(Vec::new, |(_, system, step)| step_cells(system, step, model.today))
    })
    .cursor
}

fn step_cells<'a>(system: &'a str, step: &'a NextStep, today: Day) -> Vec<Cell<'a>> {
    let late = step.due.is_some_and(|due| due < today);
    let since = age(step.since, today);
    let when = if late { Cell::new(format!("{since} ! late"), Tone::Alert) } else { Cell::new(since, Tone::Muted) };
    vec![
        Cell::new(step.role.short(), Tone::Strong),
        Cell::new(system, Tone::Text),
        Cell::new(step.what.as_str(), Tone::Text),
        when,
    ]
}

fn systems(pen: &mut Pen, area: Rect, model: &Model, board: &Board) -> Option<Position> {
    let focused = board.focus == Focus::Systems;
    pen.rule(area, &format!("Systems {}", board.page.total), "the most pressing first", focused);
    let columns = [
        Column::growing("Name", 12, 18),
        Column::fixed("Tier", 8).yielding(2),
        Column { ideal: 30, ..Column::fixed("Where it is", 11) },
        Column::fixed("Top risk", 10),
        Column { ideal: 16, ..Column::fixed("Missing", 8) },
        Column { ideal: 14, ..Column::fixed("Clearance", 9).yielding(1) },
    ];
    let selected = board.system.among(board.page.total);
    let shown = Table { columns: &columns, len: board.page.total, selected, cell: None, header: true };
    let from = board.page.from;
    table(pen, below(area, 1), &shown, |at| {
        let row = at.checked_sub(from).and_then(|at| board.page.rows.get(at));
        row.map_or_else(|| vec![Cell::new("…", Tone::Muted)], |(_, summary)| system_cells(summary, model.today))
    })
    .cursor
}

fn system_cells(summary: &Summary, today: Day) -> Vec<Cell<'_>> {
    vec![
        Cell::new(summary.name.as_str(), Tone::Text),
        tier(summary),
        place(summary, today),
        risk(summary),
        missing(summary),
        clearance(summary),
    ]
}

fn tier(summary: &Summary) -> Cell<'_> {
    if summary.tier.is_empty() {
        Cell::new("? none", Tone::Alert)
    } else {
        Cell::new(summary.tier.as_str(), Tone::Text)
    }
}

/// The short track, whose court it is, and since when.
fn place(summary: &Summary, today: Day) -> Cell<'_> {
    let late = summary.due.is_some_and(|due| due < today);
    let mut pieces: Vec<_> = track(summary, today)
        .short(&super::glyphs::UNICODE)
        .into_iter()
        .map(|(text, tone)| (text.into(), tone))
        .collect();
    let wide: usize = pieces.iter().map(|(text, _): &(std::borrow::Cow<str>, Tone)| super::part::width(text)).sum();
    // A track without the DPO is shorter; the courts still stand under one another.
    pieces.push((" ".repeat(12usize.saturating_sub(wide)).into(), Tone::Text));
    pieces.push((summary.court.as_str().into(), Tone::Strong));
    if let Some(days) = days(summary.since, today).filter(|_| !summary.court.is_empty()) {
        let (text, tone) =
            if late { (format!(" {days} d !"), Tone::Alert) } else { (format!(" {days} d"), Tone::Muted) };
        pieces.push((text.into(), tone));
    }
    Cell(pieces)
}

/// The track from its short form.
pub fn track(summary: &Summary, today: Day) -> Track {
    let late = summary.due.is_some_and(|due| due < today);
    let mut letters = summary.track.chars();
    let mut next = || {
        let state = match letters.next() {
            Some('d') => State::Done,
            Some('h') => State::Here,
            Some('-') => State::Absent,
            Some(_) | None => State::Later,
        };
        Station { state, days: None, late: late && state == State::Here }
    };
    Track { owner: next(), security: next(), governance: next(), dpo: next(), signoff: next() }
}

/// The worst level as a sign and a word; what is not scored is said before all else.
pub fn risk(summary: &Summary) -> Cell<'_> {
    const WORDS: [&str; 4] = [". low", "o medium", "# high", "! critical"];
    if summary.unscored > 0 {
        return Cell::new(format!("? {} open", summary.unscored), Tone::Alert);
    }
    let at = summary.worst.checked_sub(1);
    match at.and_then(|at| WORDS.get(usize::from(at)).map(|word| (at, *word))) {
        Some((level, word)) => Cell::new(word, Tone::Level(level)),
        None => Cell::new("-", Tone::Muted),
    }
}

/// What the DPO and governance miss stands out; then how much is missing in all.
fn missing(summary: &Summary) -> Cell<'_> {
    if summary.gaps == 0 && summary.dpo_gaps == 0 && summary.governance_gaps == 0 {
        return Cell::new("-", Tone::Muted);
    }
    let mut pieces = Vec::new();
    for (name, count) in [("DPO", summary.dpo_gaps), ("GOV", summary.governance_gaps)] {
        if count > 0 {
            pieces.push((format!("{name} {count} ").into(), Tone::Alert));
        }
    }
    pieces.push((format!("/{}", summary.gaps).into(), Tone::Muted));
    Cell(pieces)
}

/// What the clearance is worth, in a word.
pub fn clearance(summary: &Summary) -> Cell<'_> {
    match ClearanceState::parse(&summary.clearance) {
        Some(ClearanceState::None) | None => Cell::new("not yet", Tone::Muted),
        Some(ClearanceState::Current) => Cell::new("[x] current", Tone::Good),
        Some(state @ ClearanceState::Superseded) => Cell::new(state.label(), Tone::Muted),
        Some(
            state @ (ClearanceState::ConditionsDue
            | ClearanceState::Lapsed
            | ClearanceState::Drifted
            | ClearanceState::TriggerPending
            | ClearanceState::Revoked),
        ) => Cell::new(format!("! {}", state.label()), Tone::Alert),
    }
}
