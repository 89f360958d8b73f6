//! Breaking one thing on a review that is ready, so that only one gap is open.

use super::{Desk, add, date, int, text};
use docket::domain::{
    Id, Kind,
    decision::{HandoffState, Step, due_roles, fingerprint, latest_signoff, snapshot, snapshot_of},
    fields::{Entity, Vocabulary},
    library::dpo_checklist,
    people::Role,
    privacy::{answer_of, field_of},
    value::Value,
};

/// Every hand-off, in the order of the track.
const STEPS: [Step; 5] =
    [Step::OwnerSecurity, Step::SecurityGovernance, Step::SecurityDpo, Step::GovernanceSignoff, Step::DpoSignoff];

impl Desk {
    /// Sign-offs and hand-offs hold for what is there now, as if it had been so all along.
    pub fn hold_still(&mut self) -> &mut Self {
        for role in due_roles(&self.dossier) {
            let Some(id) = latest_signoff(&self.dossier, role).map(|signoff| signoff.id) else { continue };
            let content = fingerprint(&snapshot(&self.dossier, role));
            self.fact(Kind::Signoff, id, [("content", text(&content.0))]);
        }
        for step in STEPS {
            let Some(id) = self.dossier.handoff(step).map(|handoff| handoff.id) else { continue };
            let carried = fingerprint(&snapshot_of(&self.dossier, step.carries()));
            self.fact(Kind::Handoff, id, [("carried", text(&carried.0))]);
        }
        self
    }

    /// Blanks a field.
    pub fn blank(&mut self, kind: Kind, field: &str) {
        self.fact(kind, self.last(kind), [(field, Value::Null)]);
    }

    /// What the DPO said in a field goes, and so do the answers of the section that it stands for.
    pub fn unassessed(&mut self, field: &str) {
        self.blank(Kind::Privacy, field);
        let mut sections = dpo_checklist().sections().iter();
        if let Some(section) = sections.find(|section| field_of(&section.id).is_some_and(|known| known.id == field)) {
            self.unanswered(&section.id);
        }
    }

    /// The answers of a section of the DPO's checklist go.
    pub fn unanswered(&mut self, section: &str) {
        for check in dpo_checklist().of_section(section) {
            if let Some(row) = answer_of(&self.dossier, &check.id).map(|row| row.id) {
                self.fact(Kind::Check, row, [("archived", int(1))]);
            }
        }
    }

    /// Puts a word into a field.
    pub fn put(&mut self, kind: Kind, field: &str, value: Value) {
        self.fact(kind, self.last(kind), [(field, value)]);
    }

    /// Something was found that bad, and nothing was said of what is done about it.
    pub fn found(&mut self, severity: &str) {
        let set = [("title", "A canary comes back"), ("sort", "red_team"), ("severity", severity)];
        let set = set.map(|(field, value)| (field, text(value)));
        let day = self.today();
        self.must(Role::Security, add(Kind::Finding, set));
        self.put(Kind::Finding, "found", date(day));
    }

    /// Takes everything of a kind out of the record.
    pub fn without(&mut self, kind: Kind) {
        let rows: Vec<_> = self.dossier.rows(kind).into_iter().map(Entity::id).collect();
        for id in rows {
            self.fact(kind, id, [("archived", int(1))]);
        }
    }

    /// Nobody holds the role any more.
    pub fn unassigned(&mut self, role: Role) {
        let rows = self.dossier.assignments.iter().filter(|a| a.role == Some(role)).map(|a| a.id).collect::<Vec<_>>();
        for id in rows {
            self.fact(Kind::Assignment, id, [("archived", int(1))]);
        }
    }

    /// A hand-off that is where it was a while ago; none takes it out.
    pub fn moved(&mut self, step: Step, state: Option<HandoffState>) {
        let id = self.dossier.handoff(step).expect("it was handed over").id;
        match state {
            Some(state) => self.fact(Kind::Handoff, id, [("state", text(state.code()))]),
            None => self.fact(Kind::Handoff, id, [("state", text("recalled"))]),
        };
    }

    /// The newest sign-off of a role.
    pub fn signoff(&self, role: Role) -> Id {
        latest_signoff(&self.dossier, role).expect("it was signed").id
    }
}
