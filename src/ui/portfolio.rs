//! The risk of all systems below their list: the matrix of now, and open risk over the last weeks.

use ratatui::layout::Rect;

use super::{
    matrix::{self, Matrix},
    part::{Pen, after, below, columns, trend},
    theme::Tone,
};
use crate::{
    app::BoardPage,
    domain::{
        library::Matrix as Levels,
        register::{POINTS, Scale},
    },
};

/// How high it is.
pub const HEIGHT: u16 = 8;

/// The list without what the strip takes below it; no strip where the list would lose what it needs.
pub fn split(area: Rect, page: &BoardPage) -> (Rect, Option<Rect>) {
    let wanted = u16::try_from(page.total).unwrap_or(u16::MAX).clamp(6, 8).saturating_add(2);
    if page.only.is_some() || area.width < 78 || area.height < HEIGHT.saturating_add(wanted) {
        return (area, None);
    }
    let list = Rect { height: area.height - HEIGHT, ..area };
    (list, Some(below(area, list.height)))
}

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, page: &BoardPage) {
    let cell = matrix::WIDE_CELL;
    let wide = matrix::size(cell).0.saturating_add(2);
    let left = Rect { width: wide.min(area.width), ..area };
    let now = page.risk.tally.levels(Scale::Now);
    pen.rule(left, &format!("Risk, all systems {}", now.all()), "now", false);
    let shown = Matrix { counts: page.risk.tally.places[Scale::Now as usize], cell, ..Matrix::default() };
    let levels = Levels::current();
    shown.draw(pen, below(left, 1), |l, i| levels.level(l, i).map_or(u8::MAX, |level| level as u8));
    let tone = if now.unscored() > 0 { Tone::Alert } else { Tone::Muted };
    pen.write(after(below(left, 7), 1), &format!("?  {} without a score", now.unscored()), tone);

    let right = after(area, wide.saturating_add(1));
    let title = format!("Open risk, {} weeks", POINTS.0);
    pen.rule(right, &title, "high, critical, unscored", false);
    let values: Vec<u32> = page.risk.trend.iter().map(|point| point.levels.open()).collect();
    let chart = Rect { height: right.height.saturating_sub(2), ..below(after(right, 1), 1) };
    let words = [format!("{} peak", values.iter().max().unwrap_or(&0)), format!("{} now", values.last().unwrap_or(&0))];
    let room = words.iter().map(|word| columns(word)).max().unwrap_or(0).saturating_add(2);
    let field = Rect { width: chart.width.saturating_sub(room).min(48), ..chart };
    trend(pen, field, &values);
    let each = (field.width / 12).min(4);
    let beside = after(chart, each.saturating_mul(12).saturating_add(1));
    pen.write(beside, &words[0], Tone::Muted);
    pen.write(below(beside, chart.height.saturating_sub(1)), &words[1], Tone::Strong);
    let days = [page.risk.trend.first(), page.risk.trend.last()];
    let day = |at: usize| days[at].map_or_else(String::new, |point| point.day.0.format("%d %b").to_string());
    let foot = below(right, right.height.saturating_sub(1));
    let foot = Rect { width: each.saturating_mul(12).min(foot.width), ..after(foot, 1) };
    pen.write(foot, &day(0), Tone::Muted);
    pen.write_right(foot, &day(1), Tone::Muted);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            fields::Day,
            register::{Levels as Counts, Point, point_days},
        },
        ui::sizes::{lines, on_every_size},
    };

    fn sample() -> BoardPage {
        let mut page = BoardPage { total: 9, ..BoardPage::default() };
        page.risk.tally.places[Scale::Now as usize][3][4] = 7;
        page.risk.tally.unscored = 2;
        let levels = |n: u32| Counts([1, 4, 4, n, n]);
        let days = point_days(Day::parse("2026-11-21").unwrap());
        page.risk.trend = days.into_iter().zip(0..).map(|(day, n)| Point { day, levels: levels(n) }).collect();
        page
    }

    #[test]
    fn it_says_what_it_counts() {
        let picture = lines(82, HEIGHT, |pen, area| draw(pen, area, &sample()));
        let expected = ["── Risk, all systems 9 ─────────── now ─ ── Open risk, 12 weeks ──────── high, cri…"];
        assert!(picture[0].starts_with(&expected[0][..60]), "{}", picture.join("\n"));
        assert!(picture[1].ends_with("23 peak") && picture[6].ends_with("23 now"), "{}", picture.join("\n"));
        assert!(picture[2].contains("7!") && picture[7].contains("?  2 without a score"), "{}", picture.join("\n"));
        assert!(picture[7].ends_with("21 Nov"), "{}", picture.join("\n"));
    }

    #[test]
    fn the_list_keeps_what_it_needs() {
        let area = |height| Rect::new(0, 0, 82, height);
        assert!(split(area(17), &sample()).1.is_none());
        assert_eq!(split(area(18), &sample()).0.height, 10);
        assert!(split(Rect::new(0, 0, 70, 40), &sample()).1.is_none());
        on_every_size(|pen, area| draw(pen, area, &sample()));
    }
}
