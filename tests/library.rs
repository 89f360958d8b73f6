//! The libraries: facts and where they come from, proposals and their reasons, what is taken, what a framework says is
//! covered, a team's own entries, and the screen over all of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "library/cover.rs"]
mod cover;
#[path = "library/facts.rs"]
mod facts;
#[path = "library/own.rs"]
mod own;
#[path = "library/screen.rs"]
mod screen;
mod support;
#[path = "library/taking.rs"]
mod taking;
