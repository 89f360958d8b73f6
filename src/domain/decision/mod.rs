//! Hand-offs, the gate, sign-offs, acceptances, triggers, and the clearance that follows.

mod acceptance;
mod clearance;
mod coverage;
mod delta;
mod difference;
mod duty;
mod exception;
mod gap;
mod gate;
mod handoff;
mod independence;
mod outlook;
mod proof;
mod proviso;
mod readiness;
mod scope;
mod section;
mod signature;
mod signoff;
mod ssh_key;
pub mod sshsig;
mod voiding;

pub(crate) use acceptance::acceptance_state_by;
pub use acceptance::{
    AcceptanceState, acceptance_state, acceptance_why, active_acceptance, changed_since, requires_decision,
    threat_revision, threat_then,
};
pub use clearance::{Clearance, ClearanceState, clearance, clearance_of, good_until};
use coverage::uncovered_by;
pub use coverage::{Subject, subjects, uncovered};
pub use delta::{Quote, Since, decided_last, quote, since_reviewed, starts_from};
pub use difference::{Counts, Difference, Different, Differs, FieldDiffers, Reviewed};
pub use duty::duties;
pub use exception::{ENDING_DAYS, Exception, ExceptionState, ExceptionStatus, exception_over};
pub use gap::{Gap, Mend, Place};
pub use gate::{Looked, conditions, gaps, gate, look};
pub use handoff::{Court, Leg, LegState, Station, court, leg, stations};
pub use independence::{
    Countersign, Judgement, Overlap, PAIRS, Policy, QUORUMS, Rules, SECOND, Wanted, blocked, countersignable,
    countersigned, held_by, independent, kept_apart, newest_policy, overlaps, overridden, rules_in_force,
    rules_of_review, rules_of_version, second_role, wanted,
};
pub use outlook::{Outlook, Turn, outlooks};
pub use proof::{Proof, Traced, proof_titles, proofs};
pub use proviso::{Proviso, ProvisoKind, ProvisoStanding, ProvisoState, proviso_says, proviso_standing};
pub use readiness::{counted, missing_for};
pub use scope::{
    asked_as_well, asked_roles, is_scoped, needless, relied, relied_on, scope_of_next, standing_signoff,
    unscoped_because,
};
pub(crate) use section::section;
pub use section::{
    Section, Sections, fingerprint, print_in, print_of, reviewed_by, snapshot, snapshot_in, snapshot_of,
};
pub(crate) use signature::kept;
pub use signature::{
    Seal, Signable, Signature, SignedAct, principal, seal, signable, signables, signature_wrong, signed, signed_text,
};
pub use signoff::{SignoffState, due_roles, latest_signoff, signoff_state};

pub use ssh_key::{EndedKey, ended_key, keys_of};
pub use voiding::{Cause, Past, Void, explain, since_signed, void};

use super::{
    Id, Line, Prose,
    fields::{Day, Digest, Marks, Moment, Score, Who, choices, entities},
    people::{ANY, GOVERNANCE, RULE, Role},
};

choices! {
    /// How much of a system a review looks at.
    ReviewKind {
        Initial "initial" "initial",
        Delta "delta" "delta",
        Scoped "scoped" "scoped",
        Full "full" "full",
    }
    /// One of the seven hand-offs.
    Step {
        OwnerSecurity "owner_security" "owner → security",
        SecurityGovernance "security_governance" "security → governance",
        SecurityDpo "security_dpo" "security → DPO",
        GovernanceSignoff "governance_signoff" "governance → sign-off",
        DpoSignoff "dpo_signoff" "DPO → sign-off",
        SignoffOwner "signoff_owner" "sign-off → owner",
        OwnerAll "owner_all" "owner → all",
    }
    /// Where a hand-off is; not ready and ready are computed.
    HandoffState {
        Sent "sent" "sent",
        Received "received" "received",
        Returned "returned" "returned",
        Completed "completed" "completed",
        Recalled "recalled" "recalled",
    }
    /// Why a hand-off comes back.
    ReturnReason {
        MissingEvidence "missing_evidence" "missing evidence",
        WrongScope "wrong_scope" "wrong scope",
        UnclearOwner "unclear_owner" "unclear owner",
        NotMyRole "not_my_role" "not my role",
        Other "other" "other",
    }
    /// What the sign-off authority decides.
    Decision {
        Proceed "proceed" "proceed",
        Conditional "conditional" "conditional",
        Pilot "restricted_pilot" "restricted pilot",
        Hold "hold" "hold",
        Decline "decline" "decline",
    }
    /// What was stored of an acceptance; whether it still holds is computed.
    AcceptanceStatus {
        Proposed "proposed" "proposed",
        Accepted "accepted" "accepted",
        Declined "declined" "declined",
        Withdrawn "withdrawn" "withdrawn",
        Revoked "revoked" "revoked",
        Superseded "superseded" "superseded",
    }
    /// What kind of thing sets off a trigger.
    TriggerKind {
        Change "change" "change",
        Event "event" "event",
        Time "time" "time",
    }
    /// What became of a fired trigger.
    Triage {
        NotMaterial "not_material" "not material",
        Scoped "scoped" "scoped review",
        Full "full" "full review",
    }
}

entities! {
    /// One assessment of a system; what is decided on.
    Review {
        /// 1, 2, … within the system.
        number: Option<i64> = "No.", none, RULE, needed;
        /// How much it looks at.
        sort: Option<ReviewKind> = "Kind", none, RULE, needed;
        /// When it was opened.
        opened_at: Option<Moment> = "Opened", none, RULE, needed;
        /// Of a scoped review, the roles that sign anew.
        roles: Vec<Role> = "Roles to sign anew", none, RULE, optional;
        /// The version of the DPO's checklist that it asks for; empty in a review from before it was asked from the start.
        checklist: Line = "DPO checklist", none, RULE, optional;
        /// The release that it is about.
        release: Option<Id> = "Release", Draft, ANY, optional;
        /// Until when a decision is wanted.
        due: Option<Day> = "Decision wanted by", none, ANY, optional;
        /// What governance proposes to decide.
        draft: Option<Decision> = "Draft disposition", Draft, GOVERNANCE, needed;
        /// Why governance proposes it.
        draft_reason: Prose = "Rationale of the draft", Draft, GOVERNANCE, needed;
        /// What the use is to depend on, one condition per line.
        draft_conditions: Prose = "Conditions proposed", Draft, GOVERNANCE, optional;
        /// Why one person may hold roles that the policy keeps apart.
        override_reason: Prose = "Roles combined because", none, RULE, optional;
        /// Who allowed it.
        override_by: Option<Who> = "Allowed by", none, RULE, optional;
        /// What makes up for it.
        compensating: Line = "Compensating measure", none, RULE, optional;
        /// Whose roles it is about.
        override_who: Marks = "Roles of", none, RULE, optional;
        /// Which roles they combine.
        override_roles: Vec<Role> = "Roles combined", none, RULE, optional;
    }
    /// Work on its way from one role to another.
    Handoff {
        /// The review.
        review: Option<Id> = "Review", none, RULE, needed;
        /// Which of the seven.
        step: Option<Step> = "Hand-off", none, RULE, needed;
        /// Where it is.
        state: Option<HandoffState> = "State", none, RULE, needed;
        /// What the sender says with it.
        note: Prose = "Note", none, RULE, optional;
        /// By when it is to be taken up and confirmed.
        due: Option<Day> = "Due", none, RULE, optional;
        /// Who sent it.
        sent_by: Option<Who> = "Sent by", none, RULE, needed;
        /// When.
        sent_at: Option<Moment> = "Sent", none, RULE, needed;
        /// Who opened it.
        received_by: Option<Who> = "Received by", none, RULE, optional;
        /// When.
        received_at: Option<Moment> = "Received", none, RULE, optional;
        /// Who confirmed or returned it.
        closed_by: Option<Who> = "Closed by", none, RULE, optional;
        /// When.
        closed_at: Option<Moment> = "Closed", none, RULE, optional;
        /// Why it came back.
        reason: Option<ReturnReason> = "Returned for", none, RULE, optional;
        /// What is missing, one gap per line.
        gaps: Prose = "Gaps", none, RULE, optional;
        /// Which role closes the gaps.
        gaps_role: Option<Role> = "Closed by role", none, RULE, optional;
        /// The fingerprint of what it carries, at the last moment that mattered.
        carried: Digest = "Carries", none, RULE, optional;
    }
    /// What one role confirmed of one review.
    Signoff {
        /// The review.
        review: Option<Id> = "Review", none, RULE, needed;
        /// In which role.
        role: Option<Role> = "Role", none, RULE, needed;
        /// Who.
        person: Option<Who> = "Person", none, RULE, needed;
        /// Their name and title then.
        name: Line = "Name", none, RULE, needed;
        /// When.
        at: Option<Moment> = "Signed", none, RULE, needed;
        /// What they say with it.
        statement: Prose = "Statement", none, RULE, optional;
        /// The fingerprint of exactly what they reviewed; the text itself is kept under it.
        content: Digest = "Content", none, RULE, needed;
        /// The version of the risk matrix then.
        matrix: Line = "Matrix", none, RULE, optional;
        /// When it was withdrawn.
        withdrawn_at: Option<Moment> = "Withdrawn", none, RULE, optional;
        /// Why it was withdrawn.
        withdrawn_why: Prose = "Withdrawn because", none, RULE, optional;
    }
    /// A named, conditional, expiring acceptance of one residual risk.
    Acceptance {
        /// Its number in this system, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// The threat.
        threat: Option<Id> = "Threat", Acceptances, RULE, needed;
        /// Where it stands.
        status: Option<AcceptanceStatus> = "Status", Acceptances, RULE, needed;
        /// Why the risk may be carried.
        reason: Prose = "Reason", Acceptances, RULE, needed;
        /// What it depends on.
        condition: Prose = "Condition", Acceptances, RULE, needed;
        /// The last day on which it holds.
        expires: Option<Day> = "Expires", Acceptances, RULE, needed;
        /// Who asked for it.
        requester: Option<Who> = "Requested by", Acceptances, RULE, needed;
        /// Who accepted the risk.
        acceptor: Option<Who> = "Accepted by", Acceptances, RULE, optional;
        /// Their name and title then.
        acceptor_name: Line = "Name and title", Acceptances, RULE, optional;
        /// Who typed it in.
        recorder: Option<Who> = "Recorded by", none, RULE, optional;
        /// When it was decided.
        decided_at: Option<Moment> = "Decided", none, RULE, optional;
        /// Likelihood then.
        likelihood: Option<Score> = "Likelihood then", Acceptances, RULE, optional;
        /// Impact then.
        impact: Option<Score> = "Impact then", Acceptances, RULE, optional;
        /// The level then, by the matrix of then.
        level: Line = "Level then", Acceptances, RULE, optional;
        /// The version of the matrix.
        matrix: Line = "Matrix", none, RULE, optional;
        /// The fingerprint of the threat then.
        revision: Digest = "Threat then", none, RULE, optional;
        /// What the threat said then, one field a line.
        threat_then: Prose = "Words of the threat then", none, RULE, optional;
        /// The acceptance that it is to take the place of.
        renews: Option<Id> = "Renews", none, RULE, optional;
        /// The controls that counted then.
        credited: Marks = "Controls credited", none, RULE, optional;
        /// Why it was declined, withdrawn or revoked.
        ended_why: Prose = "Ended because", none, RULE, optional;
    }
    /// What will require a new assessment.
    Trigger {
        /// What has to happen.
        title: Line = "Trigger", Triggers, GOVERNANCE, needed;
        /// The entry of the library from which it was taken.
        library: Line = "Library entry", none, RULE, optional;
        /// What kind of thing sets it off.
        sort: Option<TriggerKind> = "Kind", Triggers, GOVERNANCE, needed;
        /// How it will be noticed.
        detection: Prose = "Noticed by", none, GOVERNANCE, optional;
        /// The day on which a time trigger fires.
        due: Option<Day> = "Fires on", Triggers, GOVERNANCE, optional;
        /// After how many months from the decision a time trigger fires; empty: the interval of the tier, or its day.
        months: Option<i64> = "Fires after, months", Triggers, GOVERNANCE, optional;
        /// When it fired.
        fired_at: Option<Moment> = "Fired", none, RULE, optional;
        /// What happened.
        fired_why: Prose = "What happened", none, RULE, optional;
        /// What became of it.
        triage: Option<Triage> = "Triage", none, RULE, optional;
        /// Why.
        triage_reason: Prose = "Why", none, RULE, optional;
        /// Who triaged it.
        triaged_by: Option<Who> = "Triaged by", none, RULE, optional;
        /// When it was triaged.
        triaged_at: Option<Moment> = "Triaged", none, RULE, optional;
        /// The roles that are to look again.
        roles: Vec<Role> = "Roles to look again", none, RULE, optional;
    }
    /// What the sign-off authority decided.
    Disposition {
        /// The review.
        review: Option<Id> = "Review", none, RULE, needed;
        /// The decision.
        decision: Option<Decision> = "Decision", none, RULE, needed;
        /// Why.
        rationale: Prose = "Rationale", none, RULE, needed;
        /// Who.
        person: Option<Who> = "Decided by", none, RULE, needed;
        /// Their name and title then.
        name: Line = "Name and title", none, RULE, needed;
        /// When.
        at: Option<Moment> = "Decided", none, RULE, needed;
        /// The last day on which it holds.
        valid_until: Option<Day> = "Valid until", none, RULE, optional;
        /// The earlier sign-offs that a scoped review relied on as unchanged.
        relies_on: Marks = "Relies on", none, RULE, optional;
        /// The fingerprint of everything that was decided on.
        content: Digest = "Content", none, RULE, needed;
        /// The version of the risk matrix then.
        matrix: Line = "Matrix", none, RULE, optional;
        /// The version of the independence policy then; 0 is what is built in.
        policy: Option<i64> = "Independence policy", none, RULE, optional;
        /// When it was revoked.
        revoked_at: Option<Moment> = "Revoked", none, RULE, optional;
        /// Why it was revoked.
        revoked_why: Prose = "Revoked because", none, RULE, optional;
        /// The record as it was printed then, as JSON; the text itself is kept under it.
        record_json: Digest = "Record as JSON", none, RULE, optional;
        /// The same as people read it.
        record_text: Digest = "Record as text", none, RULE, optional;
    }
    /// What a disposition depends on.
    Condition {
        /// The disposition.
        disposition: Option<Id> = "Disposition", none, RULE, needed;
        /// What has to be so.
        text: Prose = "Condition", none, RULE, needed;
        /// Who sees to it.
        owner: Option<Who> = "Owner", none, ANY, optional;
        /// By when.
        due: Option<Day> = "Due", none, RULE, needed;
        /// When it was met.
        met_at: Option<Moment> = "Met", none, RULE, optional;
        /// What shows that it was met.
        proof: Prose = "Proof", none, RULE, optional;
    }
}
