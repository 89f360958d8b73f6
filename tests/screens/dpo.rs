//! The DPO's pane section by section, and the independence policy.

use docket::{
    app::{Model, Overlay, Screen, policy::PolicyTable, system::Tab},
    domain::{Dossier, Prose, command::Command, library::dpo_checklist, people::Role, privacy::CheckAnswer},
    keymap::Action,
};

use crate::{
    sample::{self, BRANDT, Desk},
    scenes::with,
};

/// The copilot, its checklist answered in part: one bad answer explained, one not.
fn assessed() -> Dossier {
    let mut desk = Desk::over(sample::copilot());
    let mut answer = |check: &str, answer, note: &str| {
        let note = (!note.is_empty()).then(|| Prose::new(note));
        let command = Command::Answer { check: check.into(), answer: Some(answer), chosen: Vec::new(), note };
        desk.act((BRANDT, Role::Dpo), "2026-11-20", &command);
    };
    for check in &dpo_checklist().checks()[..2] {
        answer(&check.id, CheckAnswer::Yes, "");
    }
    answer("DKT-D-006", CheckAnswer::Yes, "");
    answer("DKT-D-012", CheckAnswer::No, "Nobody set a limit for the traces of the provider.");
    answer("DKT-D-013", CheckAnswer::No, "");
    for id in ["DKT-D-014", "DKT-D-017", "DKT-D-018"] {
        answer(id, CheckAnswer::Yes, "");
    }
    answer("DKT-D-016", CheckAnswer::No, "Nobody is watched.");
    desk.dossier
}

pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    let begun = || {
        let mut model = sample::system(size, Tab::Privacy);
        if let Screen::System(screen) = &mut model.screen {
            screen.dossier = assessed();
            screen.refresh(sample::today());
        }
        model
    };
    let opened = |id| {
        let mut model = begun();
        if let Screen::System(screen) = &mut model.screen {
            screen.open_section(id, sample::today());
        }
        model
    };
    let mut policy = sample::system(size, Tab::Signoff);
    let record = Dossier { subject: None, ..sample::copilot() };
    policy.overlays.push(Overlay::Policy(Box::new(PolicyTable::new(record))));
    let changed = [Action::Down, Action::Down, Action::Right, Action::Right, Action::SayCountersign];
    vec![
        ("dpo sections".to_owned(), begun()),
        ("dpo section".to_owned(), opened("retention")),
        ("dpo screening".to_owned(), opened("dpia_screening")),
        ("dpo threats".to_owned(), opened("threat_validation")),
        ("policy".to_owned(), with(policy, &changed)),
    ]
}
