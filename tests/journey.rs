//! Whole reviews through the screen, in a real terminal, with keys only.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "journey/alone.rs"]
mod alone;
#[path = "cli/case.rs"]
mod case;
#[path = "gate/cases.rs"]
mod cases;
#[path = "journey/drafts.rs"]
mod drafts;
#[path = "journey/evidence.rs"]
mod evidence;
#[path = "journey/meeting.rs"]
mod meeting;
#[path = "journey/pictures.rs"]
mod pictures;
mod pty;
#[path = "journey/real.rs"]
mod real;
#[path = "journey/refusals.rs"]
mod refusals;
#[path = "journey/review.rs"]
mod review;
#[path = "journey/sealed.rs"]
mod sealed;
#[path = "journey/shut.rs"]
mod shut;
#[path = "journey/steps.rs"]
mod steps;
mod support;
#[path = "journey/theirs.rs"]
mod theirs;
#[path = "journey/together.rs"]
mod together;
#[path = "journey/triage.rs"]
mod triage;

use case::{Case, case};
