//! The command line as a pipeline and a person at a shell see it: arguments in, bytes and an exit code out.
//!
//! Every run has an empty environment, a home in a temporary folder and a clock that stands still.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod support;
// A test program is a crate root: its modules would be programs of their own in tests/.
#[path = "cli/acceptances.rs"]
mod acceptances;
#[path = "cli/answers.rs"]
mod answers;
#[path = "cli/bench.rs"]
mod bench;
#[path = "cli/calendar.rs"]
mod calendar;
#[path = "cli/case.rs"]
mod case;
#[path = "gate/cases.rs"]
#[allow(dead_code, reason = "shared with other test programs, each of which uses a part")]
mod cases;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/conditions.rs"]
mod conditions;
#[path = "cli/evidence.rs"]
mod evidence;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/exported.rs"]
mod exported;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/gate.rs"]
mod gate;
#[path = "cli/habits.rs"]
mod habits;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/library.rs"]
mod library;
#[path = "cli/manifest.rs"]
mod manifest;
#[path = "cli/meeting.rs"]
mod meeting;
#[path = "cli/outside.rs"]
mod outside;
#[path = "cli/past.rs"]
mod past;
#[path = "cli/sign.rs"]
mod sign;
#[path = "cli/truth.rs"]
mod truth;
#[path = "cli/valid.rs"]
mod valid;

use case::{Case, case};
