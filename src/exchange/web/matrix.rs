//! The risk matrix: how many threats stand in each cell, before and after what is done against them.

use super::drawing::Drawing;
use crate::domain::library::Matrix;

/// Likelihood and impact, 1 to 5 each.
pub type Place = (u8, u8);

const CELL: (u32, u32) = (62, 40);
const LEFT: u32 = 34;

/// The matrix with what stands in it at first, and now; what has no score stands beside it.
#[must_use]
pub fn matrix(before: &[Option<Place>], now: &[Option<Place>]) -> String {
    let unscored = before.iter().filter(|place| place.is_none()).count();
    let says = format!("Risk matrix of {} threats, {unscored} without a score.", before.len());
    let mut out = Drawing::new((LEFT + 5 * CELL.0 + 8, 5 * CELL.1 + 58), &says);
    for likelihood in (1..=5u8).rev() {
        let y = u32::from(5 - likelihood) * CELL.1 + 2;
        out.words((LEFT - 8, y + 25), "end", &format!("L{likelihood}"));
        for impact in 1..=5u8 {
            let corner = (LEFT + u32::from(impact - 1) * CELL.0, y);
            cell(&mut out, corner, (likelihood, impact), (before, now));
        }
    }
    let below = 5 * CELL.1 + 20;
    for impact in 1..=5u32 {
        out.words((LEFT + impact * CELL.0 - CELL.0 / 2, below), "middle", &format!("I{impact}"));
    }
    out.words((LEFT, below + 22), "note", &format!("in a cell: before controls → now; {unscored} without a score"));
    out.finish()
}

fn cell(out: &mut Drawing, corner: (u32, u32), place: Place, (before, now): (&[Option<Place>], &[Option<Place>])) {
    let count = |places: &[Option<Place>]| places.iter().filter(|at| **at == Some(place)).count();
    let Some(level) = Matrix::current().level(place.0, place.1) else { return };
    out.area(corner, (CELL.0 - 2, CELL.1 - 2), &format!("level {}", level.code()));
    // Not by colour alone.
    let letter: String = level.label().chars().take(1).collect();
    out.words((corner.0 + 5, corner.1 + 12), "letter", &letter);
    let (first, last) = (count(before), count(now));
    let middle = (corner.0 + CELL.0 / 2 - 1, corner.1 + 25);
    if first + last == 0 {
        return;
    }
    let show = |n: usize| if n == 0 { "·".to_owned() } else { n.to_string() };
    out.words(middle, "middle strong", &format!("{} → {}", show(first), show(last)));
}
