//! Threats by level, week by week: a column for each, the gravest below, what has no score on top.

use super::drawing::Drawing;
use crate::domain::{library::Level, register::Point};

const COLUMN: u32 = 48;
const HEIGHT: u32 = 150;
const LEFT: u32 = 8;

/// The columns, oldest first.
#[must_use]
pub fn weeks(points: &[Point]) -> String {
    let most = points.iter().map(|point| point.levels.all()).max().unwrap_or(0).max(1);
    let count = u32::try_from(points.len()).unwrap_or(0);
    let last = points.last().map_or(0, |point| point.levels.all());
    let says = format!("Threats by level over {count} weeks; {last} at the end.");
    let mut out = Drawing::new((LEFT * 2 + count.max(4) * COLUMN, HEIGHT + 62), &says);
    for (at, point) in (0u32..).zip(points) {
        let x = LEFT + at * COLUMN;
        let parts = Level::ALL.iter().rev().map(|level| (level.code(), point.levels.at(*level)));
        let mut from = HEIGHT + 16;
        for (class, n) in parts.chain([("unscored", point.levels.unscored())]) {
            let tall = n * HEIGHT / most;
            from -= tall;
            if tall > 0 {
                out.area((x + 4, from), (COLUMN - 8, tall), &format!("level {class}"));
            }
            if tall > 12 {
                out.words((x + COLUMN / 2, from + tall / 2 + 4), "middle strong", &n.to_string());
            }
        }
        let day = point.day.to_string();
        out.words((x + COLUMN / 2, HEIGHT + 32), "middle note", day.get(5..).unwrap_or_default());
    }
    out.words((LEFT, HEIGHT + 54), "note", "from below: critical, high, medium, low, without a score");
    out.finish()
}
