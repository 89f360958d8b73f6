//! A command without its data: what may be asked, and whether it binds.

use super::{Kind, command::Command, decision::Step};

/// A command without its data, to ask whether it may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Enter a system.
    NewSystem,
    /// Add a thing of this kind.
    Add(Kind),
    /// Edit a thing of this kind.
    Edit(Kind),
    /// Withdraw or restore a thing of this kind.
    Withdraw(Kind),
    /// Give a role to a person.
    Assign,
    /// Set the tier by hand.
    OverrideTier,
    /// Hand over.
    Send(Step),
    /// Open a hand-off.
    Receive(Step),
    /// Confirm a hand-off.
    Confirm(Step),
    /// Send a hand-off back.
    Return(Step),
    /// Take a hand-off back.
    Recall(Step),
    /// Ask that a residual risk be accepted.
    Propose,
    /// Accept or decline a residual risk.
    AcceptRisk,
    /// Take back the request.
    WithdrawRisk,
    /// Revoke an acceptance.
    RevokeRisk,
    /// Give the DPO's advice.
    Advise,
    /// Answer the DPO's questions and conclude sections.
    Assess,
    /// Declare the DPO's part not applicable.
    WaiveDpo,
    /// Sign.
    Sign,
    /// Confirm again what was reviewed before.
    Reconfirm,
    /// Withdraw one's own sign-off.
    Unsign,
    /// Record why roles are combined.
    Override,
    /// Countersign what somebody does in several roles.
    Countersign,
    /// Set the independence policy.
    SetPolicy,
    /// Sign an act of one's own with an SSH key.
    AddSignature,
    /// Register or withdraw the public key with which one signs.
    OwnKey,
    /// Decide.
    Decide,
    /// Revoke the clearance.
    RevokeClearance,
    /// Record that a condition is met.
    MeetCondition,
    /// Approve or decline an exception.
    DecideException,
    /// Look at an exception again.
    ReviewException,
    /// Bring an exception to its end.
    CloseException,
    /// Record that a trigger fired.
    Fire,
    /// Say what becomes of what fired.
    Triage,
    /// Record that something changed.
    RecordChange,
    /// Report that something went wrong.
    ReportIncident,
    /// Restrict the use for the time being.
    Restrict,
    /// Close an incident.
    CloseIncident,
    /// Stop the system.
    Pause,
    /// Let a paused system run again.
    Resume,
    /// Open the next review.
    StartReview,
    /// Take in a file.
    Import,
    /// Take in a bundle that came back.
    Merge,
    /// Record that a file was compared with its digest.
    Compare,
    /// Do something of a meeting.
    Meet,
}

impl Command {
    /// The command without its data.
    pub fn verb(&self) -> Verb {
        match self {
            Self::NewSystem(_) => Verb::NewSystem,
            Self::Add { kind, .. } | Self::AddAll { kind, .. } => Verb::Add(*kind),
            Self::Edit { kind, .. } | Self::EditAll { kind, .. } => Verb::Edit(*kind),
            Self::Attach { .. } => Verb::Edit(Kind::Evidence),
            Self::Withdraw { kind, .. } | Self::WithdrawAll { kind, .. } | Self::Restore { kind, .. } => {
                Verb::Withdraw(*kind)
            }
            Self::Assign { .. } | Self::AssignNew { .. } => Verb::Assign,
            Self::FromLibrary(ids) if ids.iter().any(|id| id.starts_with("DKT-R")) => Verb::Add(Kind::Trigger),
            Self::FromLibrary(_) | Self::Duplicate(_) | Self::CopyThreats { .. } => Verb::Add(Kind::Threat),
            Self::FillShelf(_) => Verb::Add(Kind::Shelf),
            Self::OverrideTier { .. } => Verb::OverrideTier,
            Self::Send { step, .. } => Verb::Send(*step),
            Self::Receive(step) => Verb::Receive(*step),
            Self::Confirm(step) => Verb::Confirm(*step),
            Self::Return { step, .. } => Verb::Return(*step),
            Self::Recall(step) => Verb::Recall(*step),
            Self::Propose { .. } | Self::Renew { .. } => Verb::Propose,
            Self::AcceptRisk(_) | Self::DeclineRisk(..) => Verb::AcceptRisk,
            Self::WithdrawRisk(..) => Verb::WithdrawRisk,
            Self::RevokeRisk(..) => Verb::RevokeRisk,
            Self::Advise { .. } => Verb::Advise,
            Self::Answer { .. } | Self::Conclude { .. } => Verb::Assess,
            Self::WaiveDpo(_) => Verb::WaiveDpo,
            Self::Sign(_) => Verb::Sign,
            Self::Reconfirm(_) => Verb::Reconfirm,
            Self::Unsign(_) => Verb::Unsign,
            Self::Override { .. } => Verb::Override,
            Self::Countersign { .. } => Verb::Countersign,
            Self::SetPolicy { .. } => Verb::SetPolicy,
            Self::AddSignature { .. } => Verb::AddSignature,
            Self::RegisterKey(_) | Self::WithdrawKey(_) => Verb::OwnKey,
            Self::Decide { .. } => Verb::Decide,
            Self::RevokeClearance(_) => Verb::RevokeClearance,
            Self::MeetCondition(..) | Self::MeetProviso { .. } => Verb::MeetCondition,
            Self::DecideException { .. } => Verb::DecideException,
            Self::ReviewException(..) => Verb::ReviewException,
            Self::CloseException(..) => Verb::CloseException,
            Self::Fire(..) => Verb::Fire,
            Self::Triage(..) => Verb::Triage,
            Self::RecordChange { .. } => Verb::RecordChange,
            Self::ReportIncident(_) => Verb::ReportIncident,
            Self::Restrict { .. } => Verb::Restrict,
            Self::CloseIncident(..) => Verb::CloseIncident,
            Self::Pause(_) => Verb::Pause,
            Self::Resume(_) => Verb::Resume,
            Self::StartReview(_) => Verb::StartReview,
            Self::Import(_) => Verb::Import,
            Self::Compared(_) => Verb::Compare,
            Self::Meet(_) => Verb::Meet,
        }
    }
}

impl Verb {
    /// Whether it binds: confirmed by a different key than the one that asked, and superseded rather than undone.
    pub fn binds(self) -> bool {
        !matches!(
            self,
            Self::NewSystem
                | Self::Add(_)
                | Self::Edit(_)
                | Self::Withdraw(_)
                | Self::Import
                | Self::Receive(_)
                | Self::Assess
                | Self::Compare
                | Self::Meet
        )
    }

    /// Whether the hat says only who did it, and not what is done: the same act in one hat or in another.
    pub fn in_any_hat(self) -> bool {
        (self.binds() || matches!(self, Self::Withdraw(_)))
            && !matches!(self, Self::Sign | Self::Reconfirm | Self::Unsign)
    }

    /// Whether somebody answers for it in the hat in which it is done, so that it is asked for even where the one that is
    /// worn would do. What only keeps the record (who holds a role, a tier, a new review) is done in that one.
    pub fn is_answered_for(self) -> bool {
        self.in_any_hat() && !matches!(self, Self::Assign | Self::OverrideTier | Self::StartReview | Self::Withdraw(_))
    }
}
