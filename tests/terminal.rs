//! The traps of a terminal, each in a real one.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

#[path = "terminal/drawing.rs"]
mod drawing;
#[path = "terminal/leaving.rs"]
mod leaving;
#[path = "terminal/outside.rs"]
mod outside;
mod pty;
