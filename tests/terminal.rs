//! The traps of a terminal, each in a real one.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "terminal/breaking.rs"]
mod breaking;
#[path = "terminal/drawing.rs"]
mod drawing;
#[path = "terminal/hostile.rs"]
mod hostile;
#[path = "terminal/leaving.rs"]
mod leaving;
#[path = "terminal/outside.rs"]
mod outside;
#[path = "terminal/pausing.rs"]
mod pausing;
mod pty;
#[path = "terminal/strict.rs"]
mod strict;
mod support;
