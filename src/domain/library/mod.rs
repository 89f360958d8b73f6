//! What docket knows before anyone types: the threats, controls, questions and frameworks it ships with.
//!
//! Read-only values, parsed from the files compiled into the program at their first use, never at start-up. Every
//! library carries a version, so that a decision can say which edition it was made with. Ids are stable across editions.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests may; the build without them still forbids it"))]

mod answers;
mod asset;
#[cfg(test)]
mod check_tier;
mod intake;
mod matrix;
mod tier;
mod tier_text;
mod vocabulary;

pub use answers::{Answers, QUESTIONS, WORST};
pub use asset::{LibraryError, Meta, Refs};
pub use intake::{AnswerLevel, Condition, Intake, Question, Rule, Threshold, intake};
pub use matrix::{Level, Matrix};
pub use tier::{Driver, Pending, Raise, Tier, TierResult, tier};
pub use vocabulary::{SystemFact, Term, Vocab, Vocabulary, vocabulary};
