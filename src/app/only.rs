//! A register that shows only the threats behind a number.

use std::collections::BTreeSet;

use super::row::{Row, Target};
use crate::domain::{Id, Kind};

/// Which threats are shown only, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    /// What the number counts.
    pub label: String,
    /// The threats.
    pub ids: Vec<Id>,
}

impl Only {
    /// The rows of these threats, and how many threats there are without the number.
    pub fn keep(&self, rows: Vec<Row>) -> (Vec<Row>, usize) {
        let threat = |row: &Row| match row.target {
            Some(Target::Thing(Kind::Threat, id)) => Some(id),
            _ => None,
        };
        let all = rows.iter().filter(|row| threat(row).is_some()).count();
        let wanted: BTreeSet<Id> = self.ids.iter().copied().collect();
        (rows.into_iter().filter(|row| threat(row).is_some_and(|id| wanted.contains(&id))).collect(), all)
    }
}
