//! Whole reviews through the screen, in a real terminal, with keys only.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

#[path = "journey/alone.rs"]
mod alone;
#[path = "journey/drafts.rs"]
mod drafts;
#[path = "journey/refusals.rs"]
mod refusals;
#[path = "journey/together.rs"]
mod together;
mod pty;
#[path = "journey/steps.rs"]
mod steps;
