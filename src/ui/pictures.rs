//! The pictures: matrix, movement, bars and time together where there is room, one after another where there is not; and
//! below them the number under the cursor in words.

use ratatui::layout::{Position, Rect};

use super::{
    glyphs,
    matrix::{self, Matrix},
    part::{Bar, Part, Pen, Stacks, after, bars, below, stacks},
    theme::Tone,
};
use crate::{
    app::pictures::{Entry, Opens, Picture, Pictures},
    domain::{
        library::Matrix as Levels,
        register::{Group, POINTS, Point},
    },
};

/// Below this there is room for one picture only.
const ROOM: (u16, u16) = (76, 16);

/// Draws them; answers where the mark of the selected number is.
pub fn draw(pen: &mut Pen, area: Rect, pictures: &Pictures) -> Option<Position> {
    // A narrow line would cut the sentence; alone, a picture has a line to spare for it.
    let narrow = area.width < ROOM.0 && area.height >= 13;
    let words = if area.height >= 24 || narrow { 2 } else { 1 };
    let body = Rect { height: area.height.saturating_sub(words), ..area };
    say(pen, below(area, body.height), pictures);
    let cursor = if area.width < ROOM.0 || area.height < ROOM.1 {
        one(pen, body, (pictures, pictures.focus), true)
    } else {
        all(pen, body, pictures)
    };
    cursor.or_else(|| (!area.is_empty()).then(|| area.as_position()))
}

fn say(pen: &mut Pen, area: Rect, pictures: &Pictures) {
    let says = pictures.under().map(|under| under.says).unwrap_or_default();
    let place = after(area, 1);
    pen.paragraph(Rect { width: place.width.saturating_sub(1), ..place }, &says, Tone::Strong);
}

fn all(pen: &mut Pen, area: Rect, pictures: &Pictures) -> Option<Position> {
    let cell = cell(area, pictures.of_all());
    let wide = matrix::size(cell).0.saturating_add(2);
    let top = matrix::size(cell).1.saturating_add(2).max(if area.height > 44 { area.height / 3 } else { 0 });
    let (left, right) = (Rect { width: wide, height: top, ..area }, Rect { height: top, ..after(area, wide) });
    let rest = below(area, top);
    let half = if area.width >= 100 { wide } else { area.width / 2 };
    let (low_left, low_right) = (Rect { width: half, ..rest }, after(rest, half));
    let gap = |area: Rect| Rect { width: area.width.saturating_sub(1), ..area };
    let places = [gap(left), right, gap(low_left), low_right];
    let mut cursor = None;
    for (picture, place) in Picture::ALL.into_iter().zip(places) {
        let at = one(pen, place, (pictures, picture), false);
        cursor = cursor.or(at.filter(|_| picture == pictures.focus));
    }
    cursor
}

/// How large a cell of the matrix is: double size where there is room for it beside and above the others.
fn cell(area: Rect, of_all: bool) -> (u16, u16) {
    if area.width >= 118 && area.height >= 26 {
        matrix::DOUBLE_CELL
    } else if of_all || area.width >= 76 {
        matrix::WIDE_CELL
    } else {
        matrix::CELL
    }
}

/// One picture under its rule; `alone` says which of how many it is.
fn one(pen: &mut Pen, area: Rect, (pictures, picture): (&Pictures, Picture), alone: bool) -> Option<Position> {
    let active = picture == pictures.focus;
    let (title, note) = title(pictures, picture);
    let note = if alone { format!("{} of {}", picture as usize + 1, Picture::ALL.len()) } else { note };
    pen.rule(area, &title, &note, active);
    let body = below(area, 1);
    match picture {
        Picture::Matrix => places(pen, body, pictures, alone),
        Picture::List => {
            rows(pen, body, (&pictures.album.list, pictures.entry.among(pictures.album.list.len())), active)
        }
        Picture::Bars => rows(pen, body, (&pictures.album.bars, pictures.bar.among(pictures.album.bars.len())), active),
        Picture::Trend => time(pen, body, pictures),
    }
}

fn title(pictures: &Pictures, picture: Picture) -> (String, String) {
    let scale = pictures.scale.label();
    match picture {
        Picture::Matrix => (format!("Likelihood x impact, {scale}"), String::new()),
        Picture::List if pictures.of_all() => ("Most open risk".into(), "high, critical, unscored".into()),
        Picture::List => ("Movement".into(), "inherent, now, target".into()),
        Picture::Bars if pictures.of_all() && pictures.by == crate::app::pictures::By::Tier => {
            ("Systems by tier".into(), String::new())
        }
        Picture::Bars => (format!("Threats by {}", pictures.by.label()), scale.to_owned()),
        Picture::Trend => (format!("Threats by level, {} weeks", POINTS.0), "now; the last is today".into()),
    }
}

fn places(pen: &mut Pen, area: Rect, pictures: &Pictures, alone: bool) -> Option<Position> {
    // Where there are others beside it, the room was measured for it; alone, it may be high enough for it or not.
    let cell = match area.width {
        59.. if !alone || area.height >= 12 => matrix::DOUBLE_CELL,
        40.. => matrix::WIDE_CELL,
        _ => matrix::CELL,
    };
    map(pen, area, pictures, cell)
}

/// The matrix with its cursor, and below it those without a score; answers where the cursor is.
pub fn map(pen: &mut Pen, area: Rect, pictures: &Pictures, cell: (u16, u16)) -> Option<Position> {
    let active = pictures.focus == Picture::Matrix;
    let shown = Matrix {
        counts: pictures.album.tally.places[pictures.scale as usize],
        cursor: Some((pictures.place, active)),
        cell,
        ..Matrix::default()
    };
    let levels = Levels::current();
    let found = shown.draw(pen, area, |l, i| levels.level(l, i).map_or(u8::MAX, |level| level as u8));
    let line = Rect { height: 1, ..below(area, matrix::size(cell).1) };
    if !unscored(pen, area, cell, pictures.album.tally.unscored) || pictures.place.0 > 0 {
        return found;
    }
    let mark = after(line, 1);
    pen.write(mark, pen.theme.glyphs().selected, Tone::Selected);
    if active {
        pen.select(Rect { width: 24, ..after(line, 3) }.intersection(line));
    }
    (!mark.is_empty()).then(|| mark.as_position())
}

/// How many have no score, in the line below a matrix; whether there is room for it.
pub fn unscored(pen: &mut Pen, area: Rect, cell: (u16, u16), count: u32) -> bool {
    let line = Rect { height: 1, ..below(area, matrix::size(cell).1) };
    if line.y >= area.y.saturating_add(area.height) {
        return false;
    }
    let tone = if count > 0 { Tone::Alert } else { Tone::Muted };
    pen.write(after(line, 3), &format!("? {count} without a score"), tone);
    true
}

/// The sign of a level, 0 not scored, 1 low to 4 critical, and how it looks.
fn sign(level: Option<u8>) -> (&'static str, Tone) {
    match level {
        None => (" ", Tone::Text),
        Some(0) => ("?", Tone::Alert),
        Some(level) => (glyphs::level(level - 1), Tone::Level(level - 1)),
    }
}

fn rows(pen: &mut Pen, area: Rect, (all, selected): (&[Entry], Option<usize>), active: bool) -> Option<Position> {
    let Some(selected) = selected else {
        pen.nothing(area, "Nothing to show yet.");
        return (area.width > 1 && area.height > 0).then(|| after(area, 1).as_position());
    };
    let bar = |entry: &'_ Entry| {
        let level = entry.level.filter(|_| entry.count > 0);
        let alone = matches!(entry.opens, Opens::Threats(Group::One(..)));
        (level, (!alone).then_some(entry.count))
    };
    let all: Vec<Bar> = all
        .iter()
        .map(|entry| {
            let (level, count) = bar(entry);
            let (sign, tone) = sign(level);
            Bar { label: &entry.label, sign, tone, count }
        })
        .collect();
    bars(pen, area, &all, (selected, active))
}

/// The parts of a column, the worst at the bottom; unscored stands with what is open.
fn parts(point: &Point) -> Vec<Part> {
    let [unscored, low, medium, high, critical] = point.levels.0;
    let level = |count: u32, level: u8| (count, glyphs::level(level), Tone::Level(level));
    vec![level(critical, 3), level(high, 2), (unscored, "?", Tone::Alert), level(medium, 1), level(low, 0)]
}

fn time(pen: &mut Pen, area: Rect, pictures: &Pictures) -> Option<Position> {
    let points = &pictures.album.points;
    let selected = pictures.point.among(points.len())?;
    let columns: Vec<Vec<Part>> = points.iter().map(parts).collect();
    let end = |point: Option<&Point>| point.map_or_else(String::new, |point| point.day.0.format("%d %b").to_string());
    let ends = (end(points.first()), end(points.last()));
    let shown =
        Stacks { columns: &columns, ends: (&ends.0, &ends.1), selected, active: pictures.focus == Picture::Trend };
    stacks(pen, area, &shown)
}
