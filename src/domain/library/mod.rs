//! What docket knows before anyone types: the threats, controls, questions and frameworks it ships with.
//!
//! Read-only values, parsed from the files compiled into the program at their first use, never at start-up. Every
//! library carries a version, so that a decision can say which edition it was made with. Ids are stable across editions.

mod answers;
mod asset;
mod control;
mod framework;
mod intake;
mod matrix;
mod ownership;
mod privacy;
mod propose;
mod screening;
mod threat;
mod tier;
mod tier_text;
mod trigger;
mod vocabulary;

#[cfg(test)]
mod check_frameworks;
#[cfg(test)]
mod check_libraries;
#[cfg(test)]
mod check_tier;

pub use answers::{Answers, QUESTIONS, WORST};
pub use asset::{LibraryError, Meta, Refs};
pub use control::{ControlEntry, Controls, controls};
#[cfg(debug_assertions)]
pub use framework::put_other_editions_in_force;
pub use framework::{Framework, FrameworkItem, FrameworkMeta, framework, framework_keys, frameworks, item};
pub use intake::{AnswerLevel, Condition, Intake, Question, Rule, Threshold, intake};
#[cfg(debug_assertions)]
pub use matrix::put_other_matrix_in_force;
pub use matrix::{Level, Matrix};
pub use ownership::{Band, BandCondition, DecisionRight, Metric, Ownership, OwnershipDomain, ownership};
pub use privacy::{AdvisoryOutcome, AnswerKind, DpoCheck, DpoChecklist, DpoSection, dpo_checklist};
pub use propose::{Fit, Suggestion, fit, suggested_facts};
pub use screening::{ScreeningResult, ScreeningRule, ScreeningTerm};
pub use threat::{ThreatEntry, Threats, threats};
pub use tier::{Driver, Pending, Raise, Tier, TierResult, tier};
pub use trigger::{TriggerEntry, TriggerKind, Triggers, triggers};
pub use vocabulary::{SystemFact, Term, Vocab, Vocabulary, vocabulary};
