//! Rows: what every list of a system is made of, so that moving, filtering, copying and drawing are written once.

use crate::domain::{
    Id, Kind,
    decision::{Place, SignedAct, Step},
    people::Role,
};

/// What a row or a cell is to look like; never colour alone, the text says it too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tint {
    /// Plain text.
    #[default]
    Plain,
    /// Less important.
    Muted,
    /// More important.
    Strong,
    /// Done.
    Good,
    /// Missing or late.
    Alert,
    /// Here now.
    Here,
    /// A risk level: 0 unscored, 1 low to 4 critical.
    Level(u8),
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub tint: Tint,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// A heading with a text at its right end; cannot be selected.
    Heading(String),
    /// A line of text that cannot be selected.
    Note,
    /// A row.
    Item,
    /// A row that was withdrawn.
    Struck,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A field of a thing.
    Field(Kind, Id, &'static str),
    /// A thing.
    Thing(Kind, Id),
    /// A hand-off.
    Leg(Step),
    /// A gap, with the place that mends it.
    Gap(Place),
    /// The sign-off of a role.
    Signoff(Role),
    /// The SSH signature of an act, or that there is none.
    Seal(SignedAct, Id),
    /// What changed since the last decision, for one role or for all.
    Changes(Option<Role>),
    /// An entry of the journal.
    Entry(i64),
    /// The tier.
    Tier,
    /// A role and who holds it.
    Holder(Role),
    /// Words to be read in full.
    Text(String),
    /// A section of the DPO's checklist, by its id.
    Section(&'static str),
    /// A question of the DPO's checklist, by its number.
    Check(&'static str),
    /// Something of the libraries.
    Library(super::library::Card),
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// A mark in front: `[x]`, `[!]`, `►`; empty for none.
    pub mark: Cell,
    /// The cells; how wide each may be, the pane says.
    pub cells: Vec<Cell>,
    /// What it is about.
    pub target: Option<Target>,
}

impl Cell {
    /// A cell.
    pub fn new(text: impl Into<String>, tint: Tint) -> Self {
        Self { text: text.into(), tint }
    }
    /// A plain cell.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Tint::Plain)
    }
}

impl Row {
    /// A heading.
    pub fn heading(text: impl Into<String>, right: impl Into<String>) -> Self {
        Self {
            kind: RowKind::Heading(right.into()),
            mark: Cell::default(),
            cells: vec![Cell::new(text, Tint::Strong)],
            target: None,
        }
    }
    /// A line of text.
    pub fn note(text: impl Into<String>) -> Self {
        Self { kind: RowKind::Note, mark: Cell::default(), cells: vec![Cell::new(text, Tint::Muted)], target: None }
    }
    /// A row about something.
    pub fn item(target: Target, cells: Vec<Cell>) -> Self {
        Self { kind: RowKind::Item, mark: Cell::default(), cells, target: Some(target) }
    }
    /// A line of a longer text: the cursor gets there, and Enter reads all of it.
    pub fn words(line: impl Into<String>, all: &str) -> Self {
        Self::item(Target::Text(all.to_owned()), vec![Cell::new(line, Tint::Muted)])
    }
    /// With a mark in front.
    #[must_use]
    pub fn marked(mut self, text: &str, tint: Tint) -> Self {
        self.mark = Cell::new(text, tint);
        self
    }
    /// As a withdrawn one.
    #[must_use]
    pub fn struck(mut self, struck: bool) -> Self {
        if struck {
            self.kind = RowKind::Struck;
        }
        self
    }
    /// Whether it can be selected.
    pub fn selectable(&self) -> bool {
        self.target.is_some()
    }
    /// What is copied of it: its last cell, or all of it.
    pub fn copied(&self, cell: bool) -> Option<String> {
        if cell { self.cells.last().map(|cell| cell.text.clone()) } else { Some(self.text()) }
    }
    /// The whole text, for the filter and for copying.
    pub fn text(&self) -> String {
        self.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("  ")
    }
}

/// How wide the columns of a list are: a fixed width, or a share of what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// This many columns.
    Fixed(u16),
    /// A share of what the fixed ones leave.
    Share(u16),
}

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub title: &'static str,
    /// How wide it is.
    pub width: Width,
    /// The least width of the list at which it is shown.
    pub from: u16,
}

/// A column.
pub const fn column(title: &'static str, width: Width, from: u16) -> Column {
    Column { title, width, from }
}
