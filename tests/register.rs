//! The register at full speed: how many keys it takes, what undo restores, and what is done to many at once.

#![allow(clippy::unwrap_used, reason = "tests may")]

#[path = "register/acceptances.rs"]
mod acceptances;
#[path = "register/across.rs"]
mod across;
#[path = "register/after.rs"]
mod after;
#[path = "register/again.rs"]
mod again;
#[path = "register/arriving.rs"]
mod arriving;
#[path = "support/checklist.rs"]
mod checklist;
#[path = "register/files.rs"]
mod files;
#[path = "register/grouped.rs"]
mod grouped;
#[path = "support/hands.rs"]
mod hands;
#[path = "register/map.rs"]
mod map;
#[path = "register/marks.rs"]
mod marks;
#[path = "register/mouse.rs"]
mod mouse;
#[path = "register/over_all.rs"]
mod over_all;
#[path = "register/paste.rs"]
mod paste;
#[path = "register/queues.rs"]
mod queues;
#[path = "register/table.rs"]
mod table;
#[path = "register/undo.rs"]
mod undo;
