//! The rules, each with the name by which a script may know it, how grave it is and whose it is to mend.

use crate::domain::people::Role;

/// How grave a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Two things that the record says cannot both be true.
    Contradiction,
    /// It may be so, and somebody should look.
    Warning,
}

impl Severity {
    /// The word in exports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Warning => "warning",
        }
    }
}

/// Declares the rules.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident $id:literal $severity:ident $role:ident;)+) => {
        /// What the linter looks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])* $rule),+ }

        impl Rule {
            /// Every rule, in the order in which remarks are listed.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];
            /// The name by which scripts know it; never renamed.
            pub fn id(self) -> &'static str {
                match self { $(Self::$rule => $id),+ }
            }
            /// How grave it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity),+ }
            }
            /// The role that mends it.
            pub fn role(self) -> Role {
                match self { $(Self::$rule => Role::$role),+ }
            }
        }
    };
}

rules! {
    /// A score after controls is worse than the one before any.
    ResidualAboveInherent "residual-above-inherent" Contradiction Security;
    /// A score was lowered by hand, and nothing is done against the threat.
    LoweredWithoutControl "lowered-without-control" Contradiction Security;
    /// A score was set by hand, and nobody said why.
    ByHandWithoutReason "by-hand-without-reason" Contradiction Security;
    /// A score was lowered by hand before any control was shown to work.
    LoweredUnverified "lowered-unverified" Warning Security;
    /// What was set by hand is better than what the whole plan would reach.
    NowBelowTarget "now-below-target" Warning Security;
    /// To be mitigated, and nothing is planned.
    MitigateWithoutPlan "mitigate-without-plan" Contradiction Security;
    /// To be accepted, and no acceptance is in force.
    AcceptWithoutAcceptance "accept-without-acceptance" Contradiction Governance;
    /// Avoided, transferred or not applicable, and nobody said why.
    TreatmentWithoutReason "treatment-without-reason" Contradiction Security;
    /// The analysis is closed, and nothing was decided.
    ClosedUndecided "closed-undecided" Contradiction Security;
    /// An acceptance was given for another score than the one of today.
    AcceptanceDrifted "acceptance-drifted" Contradiction Governance;
    /// An acceptance, or a proposal of one, is over.
    AcceptanceExpired "acceptance-expired" Warning Governance;
    /// A condition of an acceptance is broken.
    AcceptanceBreached "acceptance-breached" Contradiction Governance;
    /// A control claims verified, and nothing in date shows it.
    VerifiedWithoutEvidence "verified-without-evidence" Contradiction Security;
    /// A verification found that a control works, by evidence that cannot show it.
    VerificationUnshown "verification-unshown" Contradiction Security;
    /// Evidence is called explicit, and nothing ties it to its content.
    ExplicitWithoutDigest "explicit-without-digest" Warning Security;
    /// Something ends before it begins.
    DatesReversed "dates-reversed" Contradiction Security;
    /// Something was done on a day that has not come.
    DatedAhead "dated-ahead" Contradiction Security;
    /// The day by which a threat was to be treated is over.
    ThreatOverdue "threat-overdue" Warning Security;
    /// The day by which a control had to be there is over.
    ControlOverdue "control-overdue" Warning Security;
    /// Evidence is out of date.
    EvidenceExpired "evidence-expired" Warning Security;
    /// A release was to be live, and the system is still being made.
    ReleaseOverdue "release-overdue" Warning Owner;
    /// A decision was wanted, and none was made.
    DecisionOverdue "decision-overdue" Warning Governance;
    /// The DPO advised without having looked at every threat to personal data.
    AdvisedUnvalidated "advised-unvalidated" Contradiction Dpo;
    /// A threat touches personal data, and the inventory names none.
    PersonalWithoutData "personal-without-data" Contradiction Owner;
    /// A part of the context has a threat, and a reason why it has none.
    ConsideredAndCovered "considered-and-covered" Contradiction Security;
    /// A threat covers something that is not part of the system any more.
    CoversWithdrawn "covers-withdrawn" Warning Security;
    /// A threat of the library whose facts do not hold for this system.
    LibraryFactGone "library-fact-gone" Warning Security;
    /// Somebody wants the board to talk about a threat that nobody sees to.
    FlaggedWithoutOwner "flagged-without-owner" Warning Security;
    /// What somebody sees to who was withdrawn from the record.
    OwnerWithdrawn "owner-withdrawn" Warning Security;
    /// Two threats say nearly the same.
    ThreatsAlike "threats-alike" Warning Security;
    /// Two controls say nearly the same.
    ControlsAlike "controls-alike" Warning Security;
}

impl Rule {
    /// The name as people read it: `Residual above inherent`.
    pub fn title(self) -> String {
        let words = self.id().replace('-', " ");
        words[..1].to_uppercase() + &words[1..]
    }
    /// The rule with this name.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id)
    }
}
