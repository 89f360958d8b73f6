//! The board: what waits for me over all my hats, and every system.

use std::borrow::Cow;

use ratatui::layout::{Position, Rect};

use super::{
    beside,
    part::{Cell, Column, Pen, Table, below, table},
    pictures, portfolio, preview,
    theme::Tone,
    track::{State, Station, Track},
    words::{days, many},
};
use crate::domain::page::{OnlySystems, STEPS};
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
    if let Some(shown) = board.pictures() {
        return pictures::draw(pen, area, shown);
    }
    if board.page.total == 0 {
        pen.rule(area, "Systems 0", "", true);
        pen.nothing(below(area, 2), "No systems yet. n enters one, i imports.");
        return Some(Position::new(area.x.saturating_add(1), area.y.saturating_add(2)));
    }
    // Whoever looks behind a number looks at the systems.
    let waits = if board.page.only.is_some() { 1 } else { board.page.steps.len() };
    let high = steps_height(area.height, waits);
    let upper = Rect { height: high.min(area.height), ..area };
    let one = steps(pen, upper, model, board);
    let side = (area.width.saturating_mul(3) / 10).clamp(32, 56);
    let (list, right) = beside(pen, below(area, high), side);
    let (list, under) = match right {
        Some(right) => (list, right),
        None => split(list),
    };
    let (list, risk) = portfolio::split(list, &board.page);
    if let Some(risk) = risk {
        portfolio::draw(pen, risk, &board.page);
    }
    let two = systems(pen, list, model, board);
    preview::draw(pen, under, model, board);
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

/// On a narrow screen the list, and below it a strip with what had no room in it.
fn split(area: Rect) -> (Rect, Rect) {
    let high = if area.height >= 9 { 3 } else { 0 };
    let list = Rect { height: area.height - high, ..area };
    (list, below(area, list.height))
}

fn steps(pen: &mut Pen, area: Rect, model: &Model, board: &Board) -> Option<Position> {
    let page = &board.page;
    let active = board.focus == Focus::Steps;
    let hats = model.me.as_ref().map_or(0, |me| me.roles.len());
    let note = if hats == 1 { "for the hat you hold".into() } else { format!("for any of {hats} hats you hold") };
    pen.rule(
        area,
        &format!("Waiting for you {}{}", page.steps_total, if page.steps_total >= STEPS { "+" } else { "" }),
        &note,
        active,
    );
    let body = below(area, 1);
    if page.steps.is_empty() {
        pen.nothing(body, "Nothing waits for you.");
        return None;
    }
    let all: Vec<Vec<Cell>> =
        page.steps.iter().map(|(_, system, step)| step_cells(system, step, model.today)).collect();
    // As wide as what stands in it, so that the sentence has the rest.
    let widest = |at: usize| all.iter().filter_map(|row| row.get(at)).map(Cell::columns).max().unwrap_or(0);
    let (name, when) = (widest(1), widest(3));
    let columns = [
        Column::fixed("", widest(0)),
        Column { ideal: name.min(area.width / 3), ..Column::fixed("", name.min(16)) },
        Column::growing("", 12, 44),
        Column::fixed("", when),
    ];
    let selected = board.step.among(page.steps.len());
    let shown = Table { columns: &columns, len: all.len(), selected, cell: None, header: false, active };
    table(pen, body, &shown, |at| all.get(at).cloned().unwrap_or_default()).cursor
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
    let active = board.focus == Focus::Systems;
    let only = board.page.only.as_deref();
    let (title, note) = only.map_or_else(
        || (format!("Systems {}", board.page.total), "the most pressing first".to_owned()),
        |only| behind(only, board.page.total),
    );
    pen.rule(area, &title, &note, active);
    let counts = only.filter(|only| only.threats > 0).map(|only| only.counts.as_slice());
    let mut columns = vec![
        Column::growing("Name", 12, 16),
        Column::fixed("Tier", 8).yielding(3),
        Column { ideal: 28, ..Column::fixed("Where it is", 20) },
        Column::fixed("Top risk", 10),
        Column::fixed("Missing", 12),
        Column::fixed("All", 3).right().yielding(2),
        Column { ideal: 18, ..Column::fixed("Clearance", 14).yielding(4) },
    ];
    if counts.is_some() {
        columns.insert(1, Column::fixed("Threats", 7).right());
    }
    let selected = board.system.among(board.page.total);
    let shown = Table { columns: &columns, len: board.page.total, selected, cell: None, header: true, active };
    let from = board.page.from;
    table(pen, below(area, 1), &shown, |at| {
        let row = at.checked_sub(from).and_then(|at| board.page.rows.get(at));
        let Some((_, summary)) = row else { return vec![Cell::new("…", Tone::Muted)] };
        let mut cells = system_cells(summary, model.today);
        if let Some(count) = counts.and_then(|counts| counts.get(at)) {
            cells.insert(1, Cell::new(count.to_string(), Tone::Strong));
        }
        cells
    })
    .cursor
}

/// What the rows behind a number are, and how many of what there is.
fn behind(only: &OnlySystems, systems: usize) -> (String, String) {
    let of = format!("{systems} of {} systems, Esc clears", only.of);
    let label = only.behind.label();
    let threats = many(only.threats as usize, "threat", "threats");
    (if only.threats > 0 { format!("{label}: {threats}") } else { label }, of)
}

fn system_cells(summary: &Summary, today: Day) -> Vec<Cell<'_>> {
    vec![
        Cell::new(summary.name.as_str(), Tone::Text),
        tier(summary),
        place(summary, today),
        risk(summary),
        missing(summary),
        all(summary),
        clearance(summary),
    ]
}

/// The tier; before the intake there is none.
pub fn tier(summary: &Summary) -> Cell<'_> {
    if summary.tier.is_empty() {
        Cell::new("? none", Tone::Alert)
    } else {
        Cell::new(summary.tier.as_str(), Tone::Text)
    }
}

/// The short track, whose court it is, and since when.
fn place(summary: &Summary, today: Day) -> Cell<'_> {
    let late = summary.due.is_some_and(|due| due < today);
    let mut pieces: Vec<(Cow<str>, Tone)> = track(summary, today)
        .short(&super::glyphs::UNICODE)
        .into_iter()
        .map(|(text, tone)| (text.into(), tone))
        .collect();
    let wide: usize = pieces.iter().map(|(text, _)| super::part::width(text)).sum();
    // A track without the DPO is shorter; the courts still stand under one another.
    pieces.push((" ".repeat(12usize.saturating_sub(wide)).into(), Tone::Text));
    if summary.court.is_empty() {
        // The first word of it; the strip and the preview say it in full.
        let brief = |text: &str| text.split(' ').take(2).collect::<Vec<_>>().join(" ");
        pieces.extend(clearance(summary).0.into_iter().map(|(text, tone)| (brief(&text).into(), tone)));
        return Cell(pieces);
    }
    pieces.push((court(&summary.court).into(), Tone::Strong));
    if let Some(days) = days(summary.since, today) {
        let mark = if late { "!" } else { "" };
        pieces.push((format!(" {days} d{mark}").into(), if late { Tone::Alert } else { Tone::Muted }));
    }
    Cell(pieces)
}

/// Two courts at once have no room for their names in full.
fn court(text: &str) -> String {
    if text.contains('+') {
        text.replace("Govern.", "Gov").replace("Security", "Sec").replace(" + ", "+")
    } else {
        text.to_owned()
    }
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

/// The worst level as a sign and a word; and how much is not scored, which never looks calm.
pub fn risk(summary: &Summary) -> Cell<'_> {
    const WORDS: [(&str, &str); 4] =
        [(". low", ". low"), ("o medium", "o med"), ("# high", "# high"), ("! critical", "! crit")];
    let at = summary.worst.checked_sub(1);
    let worst = at.and_then(|at| WORDS.get(usize::from(at)).map(|words| (at, *words)));
    match (worst, summary.unscored) {
        (Some((level, (word, _))), 0) => Cell::new(word, Tone::Level(level)),
        (Some((level, (_, word))), open) => {
            Cell(vec![(word.into(), Tone::Level(level)), (format!(" ?{open}").into(), Tone::Alert)])
        }
        (None, 0) => Cell::new("-", Tone::Muted),
        (None, open) => Cell::new(format!("? {open} open"), Tone::Alert),
    }
}

/// What the DPO and governance miss stands out.
pub fn missing(summary: &Summary) -> Cell<'_> {
    let of = [("DPO", summary.dpo_gaps), ("GOV", summary.governance_gaps)];
    let said: Vec<String> =
        of.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count}")).collect();
    if said.is_empty() { Cell::new("-", Tone::Muted) } else { Cell::new(said.join(" "), Tone::Alert) }
}

fn all(summary: &Summary) -> Cell<'_> {
    Cell::new(if summary.gaps > 0 { summary.gaps.to_string() } else { "-".to_owned() }, Tone::Muted)
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
