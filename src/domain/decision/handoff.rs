//! Where the work is: the legs of the track, and in whose court a review lies since when.

use super::{Handoff, HandoffState, Step, missing_for, needless, section::Section};
use crate::domain::{
    Dossier,
    fields::{Day, Moment},
    people::Role,
};

impl Step {
    /// Who hands over.
    pub fn from(self) -> Role {
        match self {
            Self::OwnerSecurity | Self::OwnerAll => Role::Owner,
            Self::SecurityGovernance | Self::SecurityDpo => Role::Security,
            Self::GovernanceSignoff => Role::Governance,
            Self::DpoSignoff => Role::Dpo,
            Self::SignoffOwner => Role::Signoff,
        }
    }
    /// Who receives; `OwnerAll` is for everybody, and security stands for them.
    pub fn to(self) -> Role {
        match self {
            Self::OwnerSecurity | Self::OwnerAll => Role::Security,
            Self::SecurityGovernance => Role::Governance,
            Self::SecurityDpo => Role::Dpo,
            Self::GovernanceSignoff | Self::DpoSignoff => Role::Signoff,
            Self::SignoffOwner => Role::Owner,
        }
    }
    /// The sections that it carries.
    pub fn carries(self) -> &'static [Section] {
        match self {
            Self::OwnerSecurity => &[Section::Description, Section::Context, Section::Flows, Section::Manifest],
            Self::SecurityGovernance => &[Section::Threats, Section::Controls, Section::Evidence],
            Self::SecurityDpo => &[Section::Flows, Section::Data],
            Self::GovernanceSignoff => &[Section::Acceptances, Section::Triggers, Section::Draft],
            Self::DpoSignoff => &[Section::Privacy],
            Self::SignoffOwner | Self::OwnerAll => &[],
        }
    }
    /// What it carries, in words.
    pub fn carries_words(self) -> &'static str {
        match self {
            Self::OwnerSecurity => "description, context, architecture documents, data flows, tool manifest",
            Self::SecurityGovernance => "threat register, control plan, gap list, evidence pack",
            Self::SecurityDpo => "data flows, data classification, training-data provenance",
            Self::GovernanceSignoff => "acceptances, registered triggers, draft disposition",
            Self::DpoSignoff => "advisory, DPIA status",
            Self::SignoffOwner => "the signed disposition record",
            Self::OwnerAll => "control implementation status",
        }
    }
    /// What the receiver confirms.
    pub fn complete_when(self) -> &'static str {
        match self {
            Self::OwnerSecurity => "there is enough to begin the threat model",
            Self::SecurityGovernance => "the plan addresses the risk profile",
            Self::SecurityDpo => "there is enough for the DPO's assessment",
            Self::GovernanceSignoff | Self::DpoSignoff => "the sign-off authority takes it up",
            Self::SignoffOwner => "the owner acknowledges the conditions",
            Self::OwnerAll => "the status is recorded",
        }
    }
    /// Days that a receiver has, unless the sender names a day.
    pub fn default_days(self) -> i64 {
        match self {
            Self::OwnerSecurity | Self::SecurityGovernance | Self::SecurityDpo => 5,
            Self::GovernanceSignoff | Self::DpoSignoff | Self::SignoffOwner | Self::OwnerAll => 3,
        }
    }
}

/// The state of one leg of the track, computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LegState {
    /// What is missing before it can be sent.
    NotReady(Vec<String>),
    /// It can be sent.
    Ready,
    /// It waits to be opened.
    Sent,
    /// It is with the receiver.
    Received,
    /// It came back.
    Returned,
    /// The receiver confirmed it.
    Completed,
    /// A scoped review does not ask for it.
    Needless,
}

impl LegState {
    /// The word on screen.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotReady(_) => "not ready",
            Self::Ready => "ready",
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Returned => "returned",
            Self::Completed => "completed",
            Self::Needless => "not needed",
        }
    }
}

/// One leg of the track.
#[derive(Debug, Clone)]
pub struct Leg<'a> {
    /// Which hand-off.
    pub step: Step,
    /// Where it is.
    pub state: LegState,
    /// The newest hand-off, unless it was recalled.
    pub handoff: Option<&'a Handoff>,
}

/// One leg of the current review.
pub fn leg(dossier: &Dossier, step: Step, today: Day) -> Leg<'_> {
    let handoff = dossier.handoff(step);
    let state = match handoff.and_then(|handoff| handoff.state) {
        Some(HandoffState::Sent) => LegState::Sent,
        Some(HandoffState::Received) => LegState::Received,
        Some(HandoffState::Completed) => LegState::Completed,
        Some(HandoffState::Returned) => LegState::Returned,
        None if needless(dossier, step) => LegState::Needless,
        Some(HandoffState::Recalled) | None => {
            let missing = missing_for(dossier, step, today);
            if missing.is_empty() { LegState::Ready } else { LegState::NotReady(missing) }
        }
    };
    Leg { step, state, handoff }
}

/// Whether a leg is completed, or not asked for.
pub fn completed(dossier: &Dossier, step: Step) -> bool {
    let done = dossier.handoff(step).is_some_and(|handoff| handoff.state == Some(HandoffState::Completed));
    done || needless(dossier, step)
}

/// In whose court the review lies, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Court {
    /// Who has to act.
    pub role: Role,
    /// Since when.
    pub since: Option<Moment>,
    /// By when.
    pub due: Option<Day>,
    /// On which leg.
    pub step: Step,
}

/// Every leg on which somebody has to act now: governance and the DPO side by side, then the authority alone. One role
/// may hold both sides. Empty when the review was decided and the owner acknowledged it.
pub fn court(dossier: &Dossier) -> Vec<Court> {
    if dossier.review().is_none() {
        return Vec::new();
    }
    if let Some(decided) = dossier.decided() {
        return holder_of(dossier, Step::SignoffOwner, decided.at).into_iter().collect();
    }
    if let Some(court) = holder_of(dossier, Step::OwnerSecurity, dossier.opened_at()) {
        return vec![court];
    }
    let mut sides = vec![side(dossier, Step::SecurityGovernance, Step::GovernanceSignoff)];
    if dossier.personal_data() {
        sides.push(side(dossier, Step::SecurityDpo, Step::DpoSignoff));
    }
    let mut open: Vec<Court> = sides.into_iter().flatten().collect();
    if open.is_empty() {
        let last =
            [Step::GovernanceSignoff, Step::DpoSignoff].iter().filter_map(|step| dossier.handoff(*step)?.closed_at);
        open.push(Court {
            role: Role::Signoff,
            since: last.max(),
            due: dossier.review().and_then(|r| r.due),
            step: Step::SignoffOwner,
        });
    }
    open
}

fn side(dossier: &Dossier, first: Step, second: Step) -> Option<Court> {
    let begun = dossier.handoff(Step::OwnerSecurity).and_then(|handoff| handoff.closed_at);
    holder_of(dossier, first, begun).or_else(|| {
        let confirmed = dossier.handoff(first).and_then(|handoff| handoff.closed_at);
        holder_of(dossier, second, confirmed)
    })
}

/// Who holds an unfinished leg; none when it is completed.
fn holder_of(dossier: &Dossier, step: Step, begun: Option<Moment>) -> Option<Court> {
    let Some(handoff) = dossier.handoff(step) else {
        if needless(dossier, step) {
            return None;
        }
        return Some(Court { role: step.from(), since: begun, due: None, step });
    };
    let (role, since, due) = match handoff.state? {
        HandoffState::Completed => return None,
        HandoffState::Sent | HandoffState::Received => (step.to(), handoff.sent_at, handoff.due),
        HandoffState::Returned => (handoff.gaps_role.unwrap_or(step.from()), handoff.closed_at, None),
        HandoffState::Recalled => (step.from(), begun, None),
    };
    Some(Court { role, since, due, step })
}

/// What the track shows of one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Station {
    /// Its part is done.
    Done,
    /// It has to act now.
    Here,
    /// Its turn comes.
    Later,
    /// It has no part: no personal data is in scope.
    Absent,
}

/// The five stations in the order owner, security, governance, DPO, sign-off.
pub fn stations(dossier: &Dossier) -> [Station; 5] {
    let here = court(dossier);
    Role::REVIEW.map(|role| {
        let done = match role {
            Role::Owner => completed(dossier, Step::OwnerSecurity),
            Role::Security => {
                completed(dossier, Step::SecurityGovernance)
                    && (!dossier.personal_data() || completed(dossier, Step::SecurityDpo))
            }
            Role::Governance => completed(dossier, Step::GovernanceSignoff),
            Role::Dpo => completed(dossier, Step::DpoSignoff),
            Role::Signoff => dossier.decided().is_some(),
            Role::Operator | Role::Builder | Role::Auditor => false,
        };
        if role == Role::Dpo && !dossier.personal_data() {
            Station::Absent
        } else if here.iter().any(|court| court.role == role) {
            Station::Here
        } else if done {
            Station::Done
        } else {
            Station::Later
        }
    })
}
