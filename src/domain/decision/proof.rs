//! What a clearance rests on: for each condition of the gate who did what, when, in which hat, on which content.

use super::{
    Disposition, HandoffState, Step, clearance_of, conditions, due_roles, fingerprint, reviewed_by, signoff_state,
    snapshot_in, subjects,
};
use crate::domain::{
    Dossier, Id, Kind,
    decision::acceptance_state,
    fields::{Day, Moment, Vocabulary},
    people::Role,
    privacy::Advice,
    wording,
};

/// One thing that a clearance rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Which of the eight conditions it is for; 0 for the decision itself.
    pub condition: u8,
    /// What it is, in words.
    pub what: String,
    /// Who: the name of then where it was kept, else of now. Empty where a rule says it and nobody.
    pub who: String,
    /// In which hat.
    pub hat: Option<Role>,
    /// When.
    pub at: Option<Moment>,
    /// The SHA-256 of the content that it is for.
    pub digest: String,
    /// What it is worth today, in a word; empty where it is not worth more or less.
    pub worth: String,
    /// The thing and the act by which the journal knows it; none where it follows from many.
    pub entry: Option<(Kind, Id, &'static str)>,
}

/// A proof, and the entry of the journal that it is.
#[derive(Debug, Clone)]
pub struct Traced {
    /// What it rests on.
    pub proof: Proof,
    /// The number of the entry in this file, and its hash; none where no single entry says it.
    pub entry: Option<(i64, [u8; 32])>,
}

/// The eight conditions with the decision before them, as titles.
pub fn proof_titles() -> Vec<(u8, &'static str)> {
    std::iter::once((0, "The decision")).chain(conditions()).collect()
}

/// Everything that the last decision rests on; nothing where nothing was decided.
pub fn proofs(dossier: &Dossier, today: Day) -> Vec<Proof> {
    let Some(made) = dossier.last_disposition() else { return Vec::new() };
    let ground = Ground { dossier, today, made };
    let mut out = vec![ground.decision()];
    out.extend(ground.roles());
    out.extend(ground.handoffs(2, &[Step::OwnerSecurity]));
    out.extend(ground.signoff(2, Role::Owner));
    out.extend(ground.coverage());
    out.extend(ground.signoff(3, Role::Security));
    out.extend(ground.acceptances());
    out.extend(ground.handoffs(5, &[Step::SecurityGovernance, Step::GovernanceSignoff]));
    out.extend(ground.signoff(5, Role::Governance));
    out.extend(ground.triggers());
    out.extend(ground.privacy());
    out.extend(ground.evidence());
    out.extend(ground.independence());
    out
}

struct Ground<'a> {
    dossier: &'a Dossier,
    today: Day,
    made: &'a Disposition,
}

fn proof(condition: u8, what: impl Into<String>) -> Proof {
    Proof {
        condition,
        what: what.into(),
        who: String::new(),
        hat: None,
        at: None,
        digest: String::new(),
        worth: String::new(),
        entry: None,
    }
}

impl Ground<'_> {
    fn person(&self, id: Option<Id>) -> String {
        id.map_or_else(String::new, |id| wording::person(self.dossier, Some(id)))
    }

    fn decision(&self) -> Proof {
        let made = self.made;
        let until = made.valid_until.map_or_else(String::new, |day| format!(", valid until {day}"));
        let word = made.decision.map_or("", Vocabulary::label);
        Proof {
            who: made.name.to_string(),
            hat: Some(Role::Signoff),
            at: made.at,
            digest: made.content.0.clone(),
            worth: clearance_of(self.dossier, made, self.today).state.label().to_owned(),
            entry: Some((Kind::Disposition, made.id, "decide")),
            ..proof(0, format!("Decided: {word}{until}"))
        }
    }

    /// Who held which role of the review, and the assignment by which they did.
    fn roles(&self) -> Vec<Proof> {
        let d = self.dossier;
        let of = |role: &Role| {
            let holder = d.holder(*role, self.today)?;
            let own = d.assignments.iter().rev().find(|a| !a.archived && a.role == Some(*role));
            let row = own.or_else(|| d.defaults.iter().rev().find(|a| !a.archived && a.role == Some(*role)))?;
            let how = if own.is_some() { "for this system" } else { "by default" };
            Some(Proof {
                who: self.person(Some(holder)),
                hat: Some(*role),
                entry: Some((Kind::Assignment, row.id, "assign")),
                ..proof(1, format!("Holds the role {how}"))
            })
        };
        Role::REVIEW.iter().filter_map(of).collect()
    }

    fn handoffs(&self, condition: u8, steps: &[Step]) -> Vec<Proof> {
        let of = |step: &Step| {
            let mut all = self.dossier.handoffs.iter().rev();
            let handoff = all.find(|h| h.review == self.made.review && h.step == Some(*step))?;
            let closed = handoff.state == Some(HandoffState::Completed);
            let (who, at, verb) = if closed {
                (handoff.closed_by, handoff.closed_at, "confirm")
            } else {
                (handoff.sent_by, handoff.sent_at, "send")
            };
            let hat = if closed { step.to() } else { step.from() };
            let what = if closed { step.complete_when() } else { "sent, not confirmed" };
            Some(Proof {
                who: self.person(who.map(|who| who.0)),
                hat: Some(hat),
                at,
                digest: handoff.carried.0.clone(),
                entry: Some((Kind::Handoff, handoff.id, verb)),
                ..proof(condition, format!("Hand-off {}: {what}", step.label()))
            })
        };
        steps.iter().filter_map(of).collect()
    }

    fn signoff(&self, condition: u8, role: Role) -> Option<Proof> {
        let mut given = self.dossier.signoffs.iter().rev();
        let relied = |id: Id| self.made.relies_on.0.iter().any(|mark| Id::parse(mark) == Some(id));
        let signoff = given.find(|s| s.role == Some(role) && (s.review == self.made.review || relied(s.id)))?;
        let what = if relied(signoff.id) { "Sign-off of before, relied on as unchanged" } else { "Sign-off" };
        Some(Proof {
            who: signoff.name.to_string(),
            hat: Some(role),
            at: signoff.at,
            digest: signoff.content.0.clone(),
            worth: signoff_state(self.dossier, signoff).label().to_owned(),
            entry: Some((Kind::Signoff, signoff.id, "sign")),
            ..proof(condition, what)
        })
    }

    /// What was covered by a threat, and what by "considered: none, because …".
    fn coverage(&self) -> Vec<Proof> {
        let all = subjects(self.dossier).len();
        let threats = self.dossier.live_threats().filter(|threat| threat.counts()).count();
        let first = proof(3, format!("{threats} threats over {all} parts of the stated context"));
        let considered = self.dossier.considered.iter().filter(|row| !row.archived).map(|row| Proof {
            entry: Some((Kind::Considered, row.id, "add")),
            ..proof(3, format!("Considered, none: {}", wording::titled(self.dossier, row)))
        });
        std::iter::once(first).chain(considered).collect()
    }

    fn acceptances(&self) -> Vec<Proof> {
        let scored = self.dossier.live_threats().filter(|t| t.likelihood.is_some() && t.impact.is_some()).count();
        let all = self.dossier.live_threats().filter(|threat| threat.counts()).count();
        let first = proof(4, format!("{scored} of {all} threats scored, by matrix {}", self.made.matrix));
        let accepted = self.dossier.acceptances.iter().filter(|a| !a.archived && a.decided_at.is_some()).map(|a| {
            let threat = self.dossier.threats.iter().find(|threat| Some(threat.id) == a.threat);
            let name = threat.map_or_else(String::new, |threat| format!(" of {}", threat.reference()));
            let until = a.expires.map_or_else(String::new, |day| format!(", until {day}"));
            Proof {
                who: a.acceptor_name.to_string(),
                hat: Some(Role::Governance),
                at: a.decided_at,
                digest: a.revision.0.clone(),
                worth: acceptance_state(self.dossier, a, self.today).label().to_owned(),
                entry: Some((Kind::Acceptance, a.id, "accept")),
                ..proof(4, format!("Residual risk{name} at {}{until}", a.level))
            }
        });
        std::iter::once(first).chain(accepted).collect()
    }

    fn triggers(&self) -> Vec<Proof> {
        let armed = self.dossier.triggers.iter().filter(|trigger| !trigger.archived);
        armed
            .map(|trigger| Proof {
                worth: if trigger.fired_at.is_some() { "fired".to_owned() } else { "armed".to_owned() },
                entry: Some((Kind::Trigger, trigger.id, "arm")),
                ..proof(5, format!("Trigger: {}", trigger.title))
            })
            .collect()
    }

    fn privacy(&self) -> Vec<Proof> {
        if !due_roles(self.dossier).contains(&Role::Dpo) {
            return vec![proof(6, format!("Not applicable. {}", self.dossier.personal_data_because()))];
        }
        let mut out = self.handoffs(6, &[Step::SecurityDpo, Step::DpoSignoff]);
        if let Some(privacy) = self.dossier.privacy().filter(|privacy| privacy.advice.is_some()) {
            let dpia = privacy.dpia.map_or_else(String::new, |dpia| format!("; DPIA: {}", dpia.label()));
            let answer =
                privacy.followed.map_or_else(String::new, |answer| format!("; the advice was {}", answer.label()));
            let advice = privacy.advice.map_or("", Advice::label);
            let sections = snapshot_in(self.dossier, self.made.review, &[super::Section::Privacy]);
            out.push(Proof {
                who: self.person(privacy.advised_by.map(|who| who.0)),
                hat: Some(Role::Dpo),
                at: privacy.advised_at,
                digest: fingerprint(&sections).0,
                entry: Some((Kind::Privacy, privacy.id, "advise")),
                ..proof(6, format!("Advice: {advice}{dpia}{answer}"))
            });
        }
        out.extend(self.signoff(6, Role::Dpo));
        out
    }

    fn evidence(&self) -> Vec<Proof> {
        let live = self.dossier.evidence.iter().filter(|evidence| !evidence.archived);
        live.map(|evidence| Proof {
            digest: evidence.digest.0.clone(),
            entry: Some((Kind::Evidence, evidence.id, "add")),
            ..proof(7, format!("{} {}", evidence.reference(), evidence.title))
        })
        .collect()
    }

    fn independence(&self) -> Vec<Proof> {
        let review = self.dossier.reviews.iter().find(|review| Some(review.id) == self.made.review);
        let by_hand = review.filter(|review| !review.override_reason.is_empty()).map(|review| Proof {
            who: self.person(review.override_by.map(|who| who.0)),
            entry: Some((Kind::Review, review.id, "override")),
            ..proof(
                8,
                format!("Roles combined, because: {}", review.override_reason.as_str().lines().next().unwrap_or("")),
            )
        });
        let reviewed = reviewed_by(Role::Signoff).len();
        let whole = proof(8, format!("The decision binds {reviewed} sections by one digest"));
        std::iter::once(whole).chain(by_hand).collect()
    }
}
