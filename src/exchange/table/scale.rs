//! Numbers for likelihood and impact: 1 to 5, probabilities, percent, with a point or a comma.

use super::layout::Layout;

/// What the numbers of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Steps from 1 to 5.
    Steps,
    /// Probabilities from 0 to 1.
    Probability,
    /// Probabilities from 0 to 100 %.
    Percent,
    /// Words, or numbers of another scale.
    Other,
}

impl Scale {
    /// Finds out what the numbers in a column mean.
    pub(super) fn of(layout: &Layout, column: Option<usize>) -> Self {
        let Some(column) = column else { return Self::Other };
        let cells = || layout.sample.iter().filter_map(|row| row.get(column));
        let numbers: Vec<f64> = cells().filter_map(number).collect();
        let most = numbers.iter().copied().fold(0.0, f64::max);
        match () {
            () if numbers.is_empty() => Self::Other,
            () if cells().any(|cell| cell.contains('%')) => Self::Percent,
            () if most <= 1.0 && numbers.iter().any(|n| n.fract() != 0.0) => Self::Probability,
            () if most <= 5.0 => Self::Steps,
            () => Self::Other,
        }
    }

    /// The step from 1 to 5 that a cell means; none where it holds no number of this scale.
    pub(super) fn step(self, cell: &str) -> Option<u8> {
        let number = number(cell)?;
        let share = match self {
            Self::Steps => return STEPS.iter().find(|(_, step)| (*step - number).abs() < 0.25).map(|(n, _)| *n),
            Self::Probability => number,
            Self::Percent => number / 100.0,
            Self::Other => return None,
        };
        let top = [(1, 0.2), (2, 0.4), (3, 0.6), (4, 0.8), (5, 1.0)];
        top.into_iter().find(|(_, top)| (0.0..=*top + 1e-9).contains(&share)).map(|(step, _)| step)
    }
}

const STEPS: [(u8, f64); 5] = [(1, 1.0), (2, 2.0), (3, 3.0), (4, 4.0), (5, 5.0)];

/// The number that a cell holds: `4`, `0,2`, `20 %`, `4 - Likely`, `Likely (4)`.
pub(super) fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let inner = cell.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
    leading(cell).or_else(|| leading(inner?))
}

fn leading(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    // "3rd party" and "2024-05-01" are no numbers.
    let rest = rest.trim_start();
    let closed =
        rest.is_empty() || rest.starts_with(['%', '(', ':', '–']) || rest.starts_with("- ") || rest.starts_with("/5");
    let number = digits.trim_end_matches(['.', ',']).replace(',', ".");
    if closed { number.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_what_people_write() {
        let cases = [("4", 4.0), ("0,2", 0.2), ("20 %", 20.0), ("4 - Likely", 4.0), ("Likely (4)", 4.0), ("3/5", 3.0)];
        for (cell, expected) in cases {
            assert!(number(cell).is_some_and(|n| (n - expected).abs() < 1e-9), "{cell}");
        }
        for cell in ["", "High", "2024-05-01", "3rd party", "1.2.3", "--"] {
            assert!(number(cell).is_none(), "{cell}");
        }
    }

    #[test]
    fn steps_come_from_every_scale() {
        assert_eq!(Scale::Steps.step("4 - Likely"), Some(4));
        assert_eq!(Scale::Steps.step("9"), None);
        assert_eq!(Scale::Probability.step("0,2"), Some(1));
        assert_eq!(Scale::Probability.step("0.75"), Some(4));
        assert_eq!(Scale::Percent.step("100%"), Some(5));
        assert_eq!(Scale::Other.step("3"), None);
    }
}
