//! The DPO's review section by section, and independence: the policy, the countersignature, the hat that is asked for.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "dpo/checklist.rs"]
mod checklist;
#[allow(dead_code, reason = "shared with tests that use more of it")]
#[path = "support/hands.rs"]
mod hands;
#[path = "dpo/independence.rs"]
mod independence;
#[path = "dpo/screen.rs"]
mod screen;
mod support;
