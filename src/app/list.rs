//! A selection over rows, and which rows a window shows.

use std::ops::Range;

use crate::keymap::Action;

/// A step in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Half a page up.
    HalfUp,
    /// Half a page down.
    HalfDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Step {
    const OF: [(Action, Self); 8] = [
        (Action::Up, Self::Up),
        (Action::Down, Self::Down),
        (Action::PageUp, Self::PageUp),
        (Action::PageDown, Self::PageDown),
        (Action::HalfUp, Self::HalfUp),
        (Action::HalfDown, Self::HalfDown),
        (Action::First, Self::First),
        (Action::Last, Self::Last),
    ];

    /// The step that `action` asks for, if it is one.
    pub fn of(action: Action) -> Option<Self> {
        Self::OF.iter().find(|(known, _)| *known == action).map(|(_, step)| *step)
    }
}

/// Which row is selected; the rows themselves are elsewhere, and may have become fewer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selection {
    at: usize,
}

impl Selection {
    /// The row with this index.
    pub fn new(at: usize) -> Self {
        Self { at }
    }

    /// The index of the selected row among `len`; nothing when there are none.
    pub fn among(self, len: usize) -> Option<usize> {
        len.checked_sub(1).map(|last| self.at.min(last))
    }

    /// Selects another row.
    pub fn select(&mut self, at: usize) {
        self.at = at;
    }

    /// Takes a step among `len` rows, of which a page holds `page`; whether another row is selected now.
    pub fn take(&mut self, step: Step, len: usize, page: usize) -> bool {
        let Some(from) = self.among(len) else { return false };
        let (page, half) = (page.max(1), (page / 2).max(1));
        let to = match step {
            Step::Up => from.saturating_sub(1),
            Step::Down => from.saturating_add(1),
            Step::PageUp => from.saturating_sub(page),
            Step::PageDown => from.saturating_add(page),
            Step::HalfUp => from.saturating_sub(half),
            Step::HalfDown => from.saturating_add(half),
            Step::First => 0,
            Step::Last => len,
        };
        self.at = to.min(len - 1);
        self.at != from
    }
}

/// The rows of `len` that a window of `height` shows, with the selected one in the middle where that can be.
pub fn window(selected: usize, len: usize, height: usize) -> Range<usize> {
    let start = selected.saturating_sub(height / 2).min(len.saturating_sub(height));
    start..start.saturating_add(height).min(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_among_the_rows() {
        let mut row = Selection::default();
        assert!(!row.take(Step::Down, 0, 10) && row.among(0).is_none());
        assert!(!row.take(Step::Up, 3, 10));
        assert!(row.take(Step::PageDown, 100, 10) && row.take(Step::HalfUp, 100, 10));
        assert_eq!(row.among(100), Some(5));
        assert!(row.take(Step::Last, 100, 10) && !row.take(Step::Down, 100, 10));
        assert_eq!(row.among(100), Some(99));
        assert_eq!(row.among(4), Some(3), "the rows have become fewer");
    }

    #[test]
    fn the_window_is_full_and_holds_the_selected_row() {
        for len in 0..12 {
            for height in 0..12 {
                for selected in 0..len {
                    let rows = window(selected, len, height);
                    assert_eq!(rows.len(), height.min(len));
                    assert!(height == 0 || rows.contains(&selected));
                }
            }
        }
        assert_eq!(window(50, 100, 10), 45..55);
    }

    #[test]
    fn only_moves_are_steps() {
        assert_eq!(Step::of(Action::HalfDown), Some(Step::HalfDown));
        assert_eq!(Step::of(Action::Sign), None);
    }
}
