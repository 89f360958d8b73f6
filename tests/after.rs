//! What comes after clearance: triggers and their triage, changes, incidents, pauses, and what each takes away.

mod support;
// A test program is a crate root: its modules would be programs of their own in tests/.
#[path = "after/change.rs"]
mod change;
#[path = "after/clock.rs"]
mod clock;
#[path = "after/incident.rs"]
mod incident;
#[path = "after/lanes.rs"]
mod lanes;
#[path = "after/pause.rs"]
mod pause;
#[path = "after/scoped.rs"]
mod scoped;
#[path = "after/told.rs"]
mod told;
#[path = "after/trigger.rs"]
mod trigger;

use docket::domain::decision::{Clearance, ClearanceState, clearance};
use support::{Data, Desk};

/// A system that was cleared for a year; made once, because each test starts from it.
fn cleared() -> Desk {
    use std::sync::OnceLock;
    static CLEARED: OnceLock<Desk> = OnceLock::new();
    let made = CLEARED.get_or_init(|| {
        let mut desk = Desk::of_five();
        desk.decided(Data::Internal);
        assert_eq!(state(&desk), ClearanceState::Current);
        desk
    });
    made.clone()
}

fn now(desk: &Desk) -> Clearance {
    clearance(&desk.dossier, desk.today())
}

fn state(desk: &Desk) -> ClearanceState {
    now(desk).state
}
