//! The terminal itself: entering and leaving it, what comes in, and the signals.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests may; the build without them still forbids it"))]

pub mod input;
pub mod signals;
pub mod terminal;
