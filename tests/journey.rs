//! Whole reviews through the screen, in a real terminal, with keys only.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "journey/alone.rs"]
mod alone;
#[path = "journey/drafts.rs"]
mod drafts;
#[path = "journey/evidence.rs"]
mod evidence;
mod pty;
#[path = "journey/real.rs"]
mod real;
#[path = "journey/refusals.rs"]
mod refusals;
#[path = "journey/steps.rs"]
mod steps;
#[path = "journey/together.rs"]
mod together;
