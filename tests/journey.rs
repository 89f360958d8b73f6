//! Whole reviews through the screen, in a real terminal, with keys only.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

#[path = "journey/alone.rs"]
mod alone;
mod pty;
#[path = "journey/steps.rs"]
mod steps;
