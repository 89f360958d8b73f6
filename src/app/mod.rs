//! The model: plain data and its updates; nothing drawn, no file.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests may; the build without them still forbids it"))]

pub mod entry;
pub mod fuzzy;
pub mod list;
