//! One way to open one gap of the gate, as `tests/gate/cases.rs` lists them.

use docket::domain::people::Role;

use crate::support::{Data, Desk};

/// A review on which only this gap is open.
pub struct Case {
    pub name: String,
    pub data: Data,
    pub condition: u8,
    pub role: Role,
    pub what: &'static str,
    pub hurt: Box<dyn Fn(&mut Desk)>,
    pub still: bool,
}

/// A case with personal data, on which the sign-offs hold still.
pub fn case(condition: u8, role: Role, what: &'static str, hurt: impl Fn(&mut Desk) + 'static) -> Case {
    let (name, data) = (what.to_owned(), Data::Personal);
    Case { name, data, condition, role, what, hurt: Box::new(hurt), still: true }
}
