//! The journal: what an entry says, how it is sealed, and how a chain of entries is checked.
//!
//! Pure: entries come in as values and go out as findings. The text that is hashed is simple enough that twenty lines
//! in any language can check it, see `tests/verify_journal.py`.

mod body;
mod carried;
mod chain;
mod envelope;
mod line;

pub use body::{Body, Seen};
pub use carried::{Blob, Carried, Device, Part, Piece};
pub use chain::{Chain, Finding, combined_head, verify};
pub use envelope::{Content, Envelope, NOTHING, Sealed, digest};
pub use line::{json_line, parse_line, unhex};
