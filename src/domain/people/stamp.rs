//! Who acts, in which hat, and when.

use std::cell::Cell;

use super::Role;
use crate::domain::{
    Id, Line,
    fields::{Day, Moment},
};

/// What a rule knows of the outside: the clock, the person and the hat, handed in as a value.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// When, in UTC.
    pub at: Moment,
    /// The day it is for the person, in their time zone.
    pub today: Day,
    /// Who.
    pub by: Id,
    /// Their name, frozen into the journal.
    pub name: Line,
    /// In which hat.
    pub role: Role,
    /// The meeting of which it is an act, if it is one.
    pub meeting: Option<Id>,
    /// Ten bytes of chance for the identities that the command makes.
    pub chance: [u8; 10],
    /// How many identities were made so far.
    pub made: Cell<u32>,
}

impl Stamp {
    /// A new identity.
    pub fn fresh(&self) -> Id {
        let count = self.made.get();
        self.made.set(count + 1);
        Id::v7(self.at.0, self.chance, count)
    }
}
