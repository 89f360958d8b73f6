//! The table of fields: every entity's fields, declared once.
//!
//! From it come forms and detail views, completeness, the wording of the history, fingerprints, the JSON export, the
//! columns of the projections and undo. Adding a field is one line in one of the `entities!` declarations.

mod choice;
mod entity;
mod kept;

pub(crate) use choice::choices;
pub use choice::{Choice, Vocabulary, YesNo};
pub use entity::Entity;
pub(crate) use entity::{entities, needed, write_line};
pub use kept::{Day, Digest, Form, Kept, Marks, Moment, Score, Who};

use super::{decision::Section, people::Role};

/// One field of an entity: what it is called, what it holds, whose it is and what it is needed for.
#[derive(Debug)]
pub struct Field {
    /// The name in the journal, in exports and on the command line: `[a-z_]+`, never renamed.
    pub id: &'static str,
    /// The name on screen, at most 24 columns.
    pub label: &'static str,
    /// One sentence that says what is wanted.
    pub help: &'static str,
    /// What it holds and how it is entered.
    pub form: Form,
    /// The section that it belongs to: a change voids the sign-offs of the roles that reviewed it.
    pub section: Option<Section>,
    /// Who may edit it in a form.
    pub by: By,
    /// Whether the gate needs it.
    pub needed: bool,
}

/// Who may edit a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Anybody who holds one of these roles on the system, acting in it.
    Roles(&'static [Role]),
    /// Nobody by hand: a command sets it when its rule holds.
    Rule,
}

impl By {
    /// Whether `role` may edit the field in a form.
    pub fn allows(self, role: Role) -> bool {
        match self {
            Self::Roles(roles) => roles.contains(&role),
            Self::Rule => false,
        }
    }
}
