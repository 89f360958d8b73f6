//! The past: the log narrowed with keys, a system as it was, what changed since, and a decision that prints for ever as it
//! was made.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "support/hands.rs"]
#[allow(dead_code, reason = "shared with other test programs, each of which uses a part")]
mod hands;
mod support;
// A test program is a crate root: its modules would be programs of their own in tests/.
#[path = "audit/keys.rs"]
mod keys;
#[path = "audit/many.rs"]
mod many;
#[path = "audit/older.rs"]
mod older;
#[path = "audit/printed.rs"]
mod printed;
