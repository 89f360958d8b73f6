//! The risk matrix: a level looked up, never calculated, and frozen by version into what was decided with it.

use serde::Deserialize;

/// How serious a risk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Watch it.
    Low,
    /// Treat it in the ordinary course of work.
    Medium,
    /// Treat it before release.
    High,
    /// Stops the work until it is treated.
    Critical,
}

impl Level {
    /// Every level, from low to critical.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// What the record stores; a severity of the vocabulary.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
            Self::Critical => "Critical",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// A likelihood-by-impact table. A released version is never edited: a new judgement is a new version.
#[derive(Debug, PartialEq, Eq)]
pub struct Matrix {
    /// Name of the table, stored with every level that was read from it.
    pub version: &'static str,
    /// Rows by likelihood 1 to 5, columns by impact 1 to 5.
    cells: [[Level; 5]; 5],
}

const L: Level = Level::Low;
const M: Level = Level::Medium;
const H: Level = Level::High;
const C: Level = Level::Critical;

/// Impact outweighs likelihood: what is rare but disastrous is medium at least, what is constant but trifling stays low.
static MATRICES: [Matrix; 1] = [Matrix {
    version: "5x5-1",
    cells: [
        // impact 1  2  3  4  5
        [L, L, L, M, M], // likelihood 1
        [L, L, M, M, H], // likelihood 2
        [L, M, M, H, C], // likelihood 3
        [L, M, H, H, C], // likelihood 4
        [L, M, H, C, C], // likelihood 5
    ],
}];

#[cfg(debug_assertions)]
thread_local! {
    static IN_FORCE: std::cell::Cell<Option<&'static Matrix>> = const { std::cell::Cell::new(None) };
}

/// Puts another matrix in force on this thread, as a later docket might: every level is that of the first cell turned
/// round. Only a debug build can do this, to see that what was decided stays what it is.
#[cfg(debug_assertions)]
pub fn put_other_matrix_in_force() {
    static OTHER: Matrix = Matrix { version: "5x5-of-tomorrow", cells: [[C; 5], [H; 5], [M; 5], [L; 5], [L; 5]] };
    IN_FORCE.set(Some(&OTHER));
}

impl Matrix {
    /// The matrix that new levels are read from.
    #[must_use]
    pub fn current() -> &'static Self {
        #[cfg(debug_assertions)]
        if let Some(other) = IN_FORCE.get() {
            return other;
        }
        &MATRICES[MATRICES.len() - 1]
    }

    /// The matrix of that version, as old decisions name it.
    #[must_use]
    pub fn by_version(version: &str) -> Option<&'static Self> {
        MATRICES.iter().find(|matrix| matrix.version == version)
    }

    /// The level for a likelihood and an impact, each 1 to 5; none outside that range.
    #[must_use]
    pub fn level(&self, likelihood: u8, impact: u8) -> Option<Level> {
        let row = self.cells.get(usize::from(likelihood).checked_sub(1)?)?;
        row.get(usize::from(impact).checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::library::{Vocab, vocabulary};

    fn at(likelihood: u8, impact: u8) -> Level {
        Matrix::current().level(likelihood, impact).unwrap()
    }

    #[test]
    fn a_higher_score_is_never_a_lower_level() {
        for a in 1..=5 {
            for b in 1..5 {
                assert!(at(a, b) <= at(a, b + 1) && at(b, a) <= at(b + 1, a), "{a} {b}");
            }
        }
    }

    #[test]
    fn impact_outweighs_likelihood() {
        assert!(at(1, 5) >= Level::Medium);
        for low in 1..=5 {
            for high in low..=5 {
                assert!(at(low, high) >= at(high, low), "{low} {high}");
            }
        }
        assert!((1..=3).all(|n| at(n, 5) > at(5, n)));
    }

    #[test]
    fn the_corners_are_the_ends_and_each_level_is_reachable() {
        assert_eq!((at(1, 1), at(5, 5)), (Level::Low, Level::Critical));
        let all: std::collections::BTreeSet<_> = (1..=5).flat_map(|l| (1..=5).map(move |i| at(l, i))).collect();
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn nothing_outside_one_to_five() {
        for out in [0, 6, 255] {
            assert_eq!(Matrix::current().level(out, 3), None);
            assert_eq!(Matrix::current().level(3, out), None);
        }
    }

    #[test]
    fn versions_are_found_by_name_and_differ() {
        assert_eq!(Matrix::by_version("5x5-1"), Some(&MATRICES[0]));
        assert_eq!(Matrix::by_version("9x9-9"), None);
        for (n, matrix) in MATRICES.iter().enumerate() {
            assert!(MATRICES[..n].iter().all(|old| old.version != matrix.version));
        }
    }

    #[test]
    fn levels_are_the_severities_of_the_vocabulary() {
        let terms = vocabulary().terms(Vocab::Severity);
        assert!(terms.iter().map(|t| (t.id.as_str(), t.label())).eq(Level::ALL.map(|l| (l.code(), l.label()))));
        assert!(Level::ALL.iter().all(|l| Level::parse(l.code()) == Some(*l)));
        assert_eq!(Level::parse("grave"), None);
    }
}
