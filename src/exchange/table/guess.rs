//! Guesses columns by their cells, where a table has no column names.

use super::field::Field;
use super::layout::Layout;
use super::scale;
use crate::exchange::words::{self, Severity};

/// What one column holds, in numbers of cells.
#[derive(Default)]
struct Held {
    filled: usize,
    letters: usize,
    severities: usize,
    statuses: usize,
    small: usize,
    short_ids: usize,
}

/// Guesses the field of every column from the first rows.
pub(super) fn from_cells(layout: &Layout) -> Vec<Option<Field>> {
    let held: Vec<Held> = (0..layout.header.len()).map(|column| Held::of(layout, column)).collect();
    let mut out = vec![None; held.len()];
    claim(&mut out, &held, Field::Severity, |h| h.severities);
    claim(&mut out, &held, Field::Status, |h| h.statuses);
    // Two columns of small numbers are likelihood and impact, in this order, as in every register that was looked at.
    let small: Vec<usize> = (0..held.len()).filter(|&i| out[i].is_none() && all(&held[i], held[i].small)).collect();
    if let [likelihood, impact, ..] = small[..] {
        out[likelihood] = Some(Field::Likelihood);
        out[impact] = Some(Field::Impact);
    }
    claim(&mut out, &held, Field::Id, |h| h.short_ids);
    let mut texts: Vec<usize> = (0..held.len()).filter(|&i| out[i].is_none() && held[i].letters > 0).collect();
    texts.sort_by_key(|&i| std::cmp::Reverse(held[i].letters / held[i].filled.max(1)));
    match texts[..] {
        [one] => out[one] = Some(Field::Title),
        [longest, second, ..] => {
            // Of the two longest texts the one further left is the title.
            out[longest.min(second)] = Some(Field::Title);
            out[longest.max(second)] = Some(Field::Description);
        }
        [] => {}
    }
    out
}

fn claim(out: &mut [Option<Field>], held: &[Held], field: Field, count: impl Fn(&Held) -> usize) {
    let found = (0..held.len()).find(|&i| out[i].is_none() && all(&held[i], count(&held[i])));
    if let Some(column) = found {
        out[column] = Some(field);
    }
}

/// Whether nearly all filled cells are of one sort.
fn all(held: &Held, count: usize) -> bool {
    held.filled > 0 && count * 10 >= held.filled * 9
}

impl Held {
    fn of(layout: &Layout, column: usize) -> Self {
        let mut held = Self::default();
        for cell in
            layout.sample.iter().filter_map(|row| row.get(column)).map(str::trim).filter(|cell| !cell.is_empty())
        {
            held.filled += 1;
            held.letters += cell.chars().filter(|c| c.is_alphabetic()).count();
            held.severities += usize::from(words::severity(cell).is_some_and(|s| s != Severity::Unrated));
            held.statuses += usize::from(words::status(cell).is_some());
            held.small += usize::from(scale::number(cell).is_some_and(|n| (0.0..=5.0).contains(&n)));
            let digits = cell.chars().any(|c| c.is_ascii_digit());
            held.short_ids += usize::from(digits && cell.len() <= 20 && !cell.contains(' '));
        }
        held
    }
}
