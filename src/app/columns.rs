//! What the columns of a table are: shown beside its first rows, and changed by key.

use super::{
    Effect, Model, Overlay,
    confirm::{Chooser, Pick},
    list::{Selection, Step},
};
use crate::{domain::bring::TableColumns, keymap::Action};

/// The columns of a table, as they are read and as they are to be.
#[derive(Debug)]
pub struct ColumnsTable {
    /// As they are read.
    pub before: TableColumns,
    /// As they are to be.
    pub after: TableColumns,
    /// Which column.
    pub at: Selection,
}

impl ColumnsTable {
    /// The columns of a table.
    pub fn new(table: TableColumns) -> Self {
        Self { after: table.clone(), before: table, at: Selection::default() }
    }

    /// The column under the cursor.
    pub fn column(&self) -> usize {
        self.at.among(self.after.columns.len()).unwrap_or(0)
    }

    /// Whether anything was changed.
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }

    /// The next field for the column under the cursor that no other column has, or the one before; between the last and
    /// the first is none.
    fn turn(&mut self, forward: bool) {
        let column = self.column();
        let Some((_, now)) = self.after.columns.get(column) else { return };
        let count = self.after.fields().len();
        let free = |at: &usize| self.after.columns.iter().all(|(_, field)| *field != Some(*at));
        let next = match (*now, forward) {
            (None, true) => (0..count).find(free),
            (None, false) => (0..count).rev().find(free),
            (Some(at), true) => (at + 1..count).find(free),
            (Some(at), false) => (0..at).rev().find(free),
        };
        self.after.set(column, next);
    }

    /// Every field, to choose one for the column under the cursor.
    fn fields(&self) -> Chooser {
        let column = self.column();
        let (name, now) = self.after.columns.get(column).map_or(("", None), |(name, now)| (name.as_str(), *now));
        let taken = |at: usize| {
            let other =
                self.after.columns.iter().enumerate().find(|(of, (_, field))| *of != column && *field == Some(at));
            other.map_or_else(String::new, |(_, (name, _))| format!("   now {name}"))
        };
        let mut options = vec![("kept as it is".to_owned(), Pick::Field(column, None))];
        let fields = self.after.fields().iter().enumerate();
        options.extend(fields.map(|(at, word)| (format!("{word}{}", taken(at)), Pick::Field(column, Some(at)))));
        let at = Selection::new(now.map_or(0, |at| at + 1));
        Chooser { title: format!("What \"{name}\" is"), options, at }
    }
}

/// What an action does to it.
pub(super) fn on_columns(model: &mut Model, mut table: Box<ColumnsTable>, action: Action) -> Option<Effect> {
    let page = model.page();
    if let Some(step) = Step::of(action) {
        table.at.take(step, table.after.columns.len(), page);
    }
    match action {
        Action::Left | Action::Right => table.turn(action == Action::Right),
        Action::Accept => {
            let chooser = table.fields();
            model.overlays.push(Overlay::Columns(table));
            model.overlays.push(Overlay::Chooser(chooser));
            return None;
        }
        Action::Tick => {
            let column = table.column();
            table.after.set(column, None);
        }
        Action::NextPane => table.after.turn_kind(),
        Action::Save => {
            let wanted = table.after.clone();
            model.overlays.push(Overlay::Columns(table));
            return Some(Effect::ReadColumns(wanted));
        }
        Action::Back if table.is_changed() => {
            // What was changed and not kept goes only after a second key.
            table.after = table.before.clone();
            model.say(false, "The columns are as they were again; Esc closes them.");
        }
        Action::Back => return None,
        _ => {}
    }
    model.overlays.push(Overlay::Columns(table));
    None
}

/// A field was chosen from the list.
pub(super) fn chosen(model: &mut Model, column: usize, field: Option<usize>) {
    if let Some(Overlay::Columns(table)) = model.overlays.last_mut() {
        table.after.set(column, field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Line, bring::TableKind};

    #[test]
    fn a_field_is_turned_to_and_fro_with_none_in_between() {
        let kinds = vec![TableKind { word: "register", fields: vec!["id", "title", "owner"] }];
        let columns = vec![(Line::new("A"), None), (Line::new("B"), Some(1))];
        let mut table = ColumnsTable::new(TableColumns { kinds, columns, ..TableColumns::default() });
        let mut seen = Vec::new();
        for forward in [true, true, true, false, false, false] {
            table.turn(forward);
            seen.push(table.after.field(0));
        }
        assert_eq!(seen, [Some("id"), Some("owner"), None, Some("owner"), Some("id"), None]);
        assert_eq!(table.after.field(1), Some("title"), "what another column has is passed over");
        table.turn(true);
        assert!(table.is_changed());
        let list = table.fields();
        assert_eq!((list.options.len(), list.at.among(4)), (4, Some(1)));
        assert_eq!(list.options[2].0, "title   now B");
    }
}
