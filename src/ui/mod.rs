//! Drawing, and nothing else: it looks at the model and paints cells.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests may; the build without them still forbids it"))]

pub mod glyphs;
pub mod matrix;
pub mod part;
pub mod theme;
pub mod track;

#[cfg(test)]
mod sizes;
