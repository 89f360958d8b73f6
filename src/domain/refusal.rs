//! The rules said no: whole sentences, and which rule it was.

use std::fmt;

/// Which rule refused; tests and pipelines tell refusals apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The role may not do this.
    RoleMayNot,
    /// The person does not hold the role on this system.
    RoleNotHeld,
    /// The gate has gaps.
    GateOpen,
    /// Something is missing before it can be handed over.
    NotReady,
    /// It is not in the state that this needs.
    WrongState,
    /// A reason has to be given.
    ReasonNeeded,
    /// A return names at least one gap and who closes it.
    GapNeeded,
    /// Only a governance lead accepts a risk.
    OnlyGovernanceAccepts,
    /// An acceptance has an end.
    ExpiryNeeded,
    /// Personal data is in scope, so the DPO's part cannot be waved away.
    PersonalDataInScope,
    /// A field does not take this value.
    BadValue,
    /// A field that has to be filled is empty.
    Incomplete,
    /// There is no such thing.
    Unknown,
    /// Nothing would change.
    NothingChanged,
    /// The field is set by a rule, never by hand.
    SetByRule,
    /// Too few are there to decide in a meeting, or whoever decides is not.
    NoQuorum,
    /// Whoever decides has nothing to do with the item.
    Recused,
    /// What is decided on is not any more what was looked at.
    ChangedSince,
}

/// What the rules refused, and what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which rule.
    pub rule: Rule,
    /// What it says, in whole sentences.
    pub says: String,
    /// What to do instead; empty where nothing helps.
    pub hint: String,
}

impl Refusal {
    /// A refusal without a hint.
    pub fn new(rule: Rule, says: impl Into<String>) -> Self {
        Self { rule, says: says.into(), hint: String::new() }
    }
    /// With what to do instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)?;
        if !self.hint.is_empty() {
            write!(f, " {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
