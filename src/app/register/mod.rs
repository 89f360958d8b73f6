//! The register as a table: which columns, in which order, grouped how, and what is marked.

pub mod columns;
mod groups;
mod map;
mod sift;
mod view;

pub use columns::{Line, Spec};
pub use groups::{Group, heading};
pub use map::{mark, remark};
pub use sift::{filter_help, sifted};
pub use view::{Order, Shown, View};

use std::collections::BTreeSet;

use crate::domain::Id;

/// What a person has set up and chosen in a register.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Columns, order and groups.
    pub view: View,
    /// The column that the cursor is in; the first one stands for the row.
    pub cell: usize,
    /// The threats that were marked.
    pub marks: BTreeSet<Id>,
    /// Whether withdrawn threats are shown as well.
    pub withdrawn: bool,
    /// Where the cursor goes once what was written is durable.
    pub then: Option<Then>,
}

/// Where the cursor goes once what was written in a cell is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// To this threat, which stood below.
    Row(Id),
    /// So many columns to the right.
    Cell(isize),
    /// To the threat that was just entered.
    Newest,
}

impl Register {
    /// The column that the cursor is in.
    pub fn column(&self) -> &'static Spec {
        let at = self.cell.min(self.view.shown.len().saturating_sub(1));
        self.view.shown.get(at).map_or(&columns::ALL[0], |shown| shown.spec)
    }

    /// Moves the cursor by columns; it stays inside.
    pub fn turn(&mut self, by: isize) {
        let last = self.view.shown.len().saturating_sub(1);
        self.cell = self.cell.min(last).saturating_add_signed(by).min(last);
    }

    /// Marks a threat, or no longer.
    pub fn mark(&mut self, id: Id) {
        if !self.marks.remove(&id) {
            self.marks.insert(id);
        }
    }
}
