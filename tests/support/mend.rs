//! Closing a gap exactly where the gap itself says that it is closed.

use super::{Desk, add, assign, date, edit, int, list, reference, text};
use docket::domain::{
    Kind, Refusal,
    command::Command,
    decision::{Gap, Mend, Step},
    people::Role,
    privacy::{Advice, is_asked},
    value::Value,
};

impl Desk {
    /// Does what the place of a gap asks for, as the role whose gap it is.
    pub fn mend(&mut self, gap: &Gap) -> Result<(), Refusal> {
        let place = &gap.place;
        let role = gap.role;
        match place.mend {
            Mend::Edit => {
                let id = place.id.expect("a field is of a thing");
                if place.field == "consultation" {
                    let set = [("consultation", text("not_needed")), ("consultation_text", text("Said at last."))];
                    return self.by(role, edit(place.kind, id, set));
                }
                let value = self.value_for(place.kind, &place.field);
                self.by(role, edit(place.kind, id, [(place.field.as_str(), value)]))
            }
            Mend::Add => self.mend_by_adding(gap),
            Mend::Cover => {
                let set = [("subject", text(&place.field)), ("reason", text("Nothing of value in it."))];
                self.by(role, add(Kind::Considered, set))
            }
            Mend::Assign(missing) => {
                let by = if missing == role { Role::Governance } else { role };
                let by = if missing == by { Role::Owner } else { by };
                self.by(by, assign(missing, self.who(missing)))
            }
            Mend::Send(step) => self.by(role, Command::Send { step, note: "Again.".into(), due: None }),
            Mend::Confirm(step) => self.by(role, Command::Confirm(step)),
            Mend::Sign(of) => {
                assert_eq!(of, role, "nobody signs for another");
                self.by(role, Command::Sign("I stand by it.".into()))
            }
            Mend::Advise => self.by(role, Command::Advise { advice: Advice::Favourable, text: "Go.".into() }),
            Mend::Assess if is_asked(&self.dossier) => {
                self.answered();
                Ok(())
            }
            Mend::Assess => {
                let outcome = None;
                let section = place.field.clone();
                self.by(role, Command::Conclude { section, text: "Said at last.".into(), outcome })
            }
            Mend::Countersign => {
                let whose = place.id.expect("a countersignature is for somebody");
                self.by(role, Command::Countersign { whose, statement: "Read again.".into() })
            }
            Mend::Accept => self.accept(place.id.expect("an acceptance is of a threat"), 90),
            Mend::Override => {
                self.by(role, Command::Override { reason: "We are few.".into(), compensating: "Read outside.".into() })
            }
            Mend::Except => {
                let id = place.id.expect("an exception is there");
                self.by(role, Command::CloseException(id, "It holds again.".into()))
            }
            Mend::Decide | Mend::Renew | Mend::Meet | Mend::Triage | Mend::Review | Mend::Resume => {
                panic!("a gap is never closed by that")
            }
        }
    }

    fn mend_by_adding(&mut self, gap: &Gap) -> Result<(), Refusal> {
        let (role, place) = (gap.role, &gap.place);
        match (place.kind, place.id) {
            (Kind::Control, Some(threat)) => {
                self.add_control(threat);
                Ok(())
            }
            (Kind::Verification, Some(control)) => {
                self.add_evidence();
                self.verify(control, self.last(Kind::Evidence), self.day(365));
                Ok(())
            }
            (Kind::Evidence, None) => {
                self.add_evidence();
                Ok(())
            }
            (Kind::Threat, None) => {
                self.add_threat("Flooding", (2, 2), &[]);
                Ok(())
            }
            (Kind::Trigger, None) => {
                self.by(role, add(Kind::Trigger, [("title", text("New model")), ("sort", text("change"))]))
            }
            (Kind::Flow, None) => {
                let set = [("name", text("Answer")), ("origin", text("Model")), ("target", text("Agent"))];
                self.by(role, add(Kind::Flow, set))
            }
            (Kind::Intake, None) => self.by(role, add(Kind::Intake, [("data_sensitivity", text("1"))])),
            (Kind::Privacy, None) => self.by(role, add(Kind::Privacy, [("lawful_basis", text("Contract."))])),
            (kind, id) => panic!("nobody knows how to add a {} to {id:?}", kind.label()),
        }
    }

    /// Asks for an acceptance that runs so many days, and the governance lead accepts.
    pub fn accept(&mut self, threat: docket::domain::Id, days: i64) -> Result<(), Refusal> {
        let expires = Some(self.day(days));
        let (reason, condition) = ("Small and watched.".into(), "As long as it is watched.".into());
        self.by(Role::Security, Command::Propose { threat, reason, condition, expires, requester: None })?;
        self.by(Role::Governance, Command::AcceptRisk(self.last(Kind::Acceptance)))
    }

    /// A value that a needed field takes.
    fn value_for(&self, kind: Kind, field: &str) -> Value {
        match (kind, field) {
            (_, "owner" | "operator") => reference(self.who(Role::Owner)),
            (_, "likelihood" | "impact") => int(2),
            (_, "lifecycle") => text("production"),
            (_, "autonomy") => text("informs"),
            (_, "manifest" | "dpia_needed") => text("yes"),
            (_, "data") => list(&["internal"]),
            (Kind::Intake, _) => text("1"),
            (_, "dpia") => text("validated"),
            (_, "views") => text("sought"),
            (_, "draft") => text("hold"),
            (_, "dpo_verdict") => text("confirmed"),
            (_, "treatment") => text("mitigate"),
            (_, "followed") => text("followed"),
            (_, "status") => text("implemented"),
            (_, "due") => date(self.today()),
            _ => text("Said at last."),
        }
    }

    /// Mends what a mend before it has shaken, first things first, until the gate is open; says what was mended.
    #[track_caller]
    pub fn mend_all(&mut self) -> Vec<Gap> {
        let mut mended: Vec<Gap> = Vec::new();
        for _ in 0..200 {
            let mut gaps = self.gate();
            gaps.sort_by_key(order);
            let Some(gap) = gaps.into_iter().find(|gap| self.clone().mend(gap).is_ok()) else { break };
            self.mend(&gap).expect("it went through a moment ago");
            mended.push(gap);
        }
        assert!(self.gate().is_empty(), "still open: {:#?}", self.gaps());
        mended
    }
}

/// The order in which gaps can be closed: the work, then the hand-offs along the track, the signatures last.
fn order(gap: &Gap) -> (u8, u8) {
    match gap.place.mend {
        Mend::Send(step) | Mend::Confirm(step) => (1, step as u8),
        Mend::Sign(_) => (3, 0),
        Mend::Edit if gap.place.field.starts_with("followed") => (2, 0),
        _ => (0, gap.condition),
    }
}

/// Whether a gap only says that something has to be confirmed anew.
pub fn is_confirmation(gap: &Gap) -> bool {
    matches!(gap.place.mend, Mend::Sign(_) | Mend::Send(Step::OwnerSecurity) | Mend::Confirm(_))
}
