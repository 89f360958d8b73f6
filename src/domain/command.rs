//! What can be asked of the domain.

use super::{
    Id, Kind, Line, Prose,
    decision::{Decision, ReturnReason, ReviewKind, SignedAct, Step, Triage},
    fields::Day,
    meeting::MeetingAct,
    people::Role,
    privacy::{Advice, CheckAnswer, Outcome},
    register::{FileCheck, FileSeen, Threat},
    system::Tier,
    value::Value,
};

/// Fields and what they are to hold.
pub type Fields = Vec<(String, Value)>;

/// What is asked of the domain, with its data.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Enter a system into the inventory; opens its first review.
    NewSystem(Fields),
    /// Add a thing. A control may name the threat that it is against, a verification its control.
    Add {
        /// What kind of thing.
        kind: Kind,
        /// Its fields.
        set: Fields,
        /// The thing that it belongs to.
        to: Option<Id>,
    },
    /// Add several things of one kind, all or none.
    AddAll {
        /// What kind of things.
        kind: Kind,
        /// The fields of each.
        sets: Vec<Fields>,
    },
    /// Set fields of a thing.
    Edit {
        /// What kind of thing.
        kind: Kind,
        /// Which.
        id: Id,
        /// What it is to hold.
        set: Fields,
        /// Why.
        why: Prose,
    },
    /// Set the same fields of several things; it is done to all of them or to none.
    EditAll {
        /// What kind of thing.
        kind: Kind,
        /// Which.
        ids: Vec<Id>,
        /// What each is to hold.
        set: Fields,
    },
    /// Withdraw several things for one reason.
    WithdrawAll {
        /// What kind of thing.
        kind: Kind,
        /// Which.
        ids: Vec<Id>,
        /// Why.
        why: Prose,
    },
    /// Write threats of this system a second time, so that each copy can be changed.
    Duplicate(Vec<Id>),
    /// Bring in the words of threats of another system; what was decided there is not brought along.
    CopyThreats {
        /// The other system.
        from: Line,
        /// The threats as they are there.
        threats: Vec<Threat>,
    },
    /// Withdraw a thing, with a reason; it is kept and counted nowhere.
    Withdraw {
        /// What kind of thing.
        kind: Kind,
        /// Which.
        id: Id,
        /// Why.
        why: Prose,
    },
    /// Take a withdrawn thing back in.
    Restore {
        /// What kind of thing.
        kind: Kind,
        /// Which.
        id: Id,
    },
    /// Attach a file to a piece of evidence: its digest, and its content where it is small enough.
    Attach {
        /// The piece of evidence.
        evidence: Id,
        /// The file as it was seen.
        file: FileSeen,
    },
    /// Files behind pieces of evidence were compared with their digests, with what was found.
    Compared(Vec<(Id, FileCheck)>),
    /// Give a role to a person, on this system or as the default of the record.
    Assign {
        /// The role.
        role: Role,
        /// Who gets it.
        person: Id,
        /// Who acts for them.
        delegate: Option<Id>,
        /// The last day on which it holds.
        until: Option<Day>,
    },
    /// Enter a new person and give them a role on this system.
    AssignNew {
        /// The role.
        role: Role,
        /// Their name.
        name: Line,
        /// Their title.
        title: Line,
        /// The last day on which it holds.
        until: Option<Day>,
    },
    /// Take in entries of the libraries: threats with the controls that go with them, controls, or triggers.
    FromLibrary(Vec<String>),
    /// Take entries of a library file into the team's own library.
    FillShelf(Vec<Fields>),
    /// Set the tier by hand; the computed one stays beside it. None takes the override back.
    OverrideTier {
        /// The tier.
        tier: Option<Tier>,
        /// Why.
        reason: Prose,
    },
    /// Hand over.
    Send {
        /// Which leg.
        step: Step,
        /// What the sender says.
        note: Prose,
        /// By when.
        due: Option<Day>,
    },
    /// Open a hand-off.
    Receive(Step),
    /// Confirm that a hand-off is enough.
    Confirm(Step),
    /// Send a hand-off back.
    Return {
        /// Which leg.
        step: Step,
        /// Why.
        reason: ReturnReason,
        /// What is missing, one gap a line.
        gaps: Prose,
        /// Who closes the gaps.
        role: Role,
    },
    /// Take a hand-off back before it is opened.
    Recall(Step),
    /// Ask that a residual risk be accepted.
    Propose {
        /// The threat.
        threat: Id,
        /// Why the risk may be carried.
        reason: Prose,
        /// What it depends on.
        condition: Prose,
        /// The last day.
        expires: Option<Day>,
        /// Who asks, where it is not whoever writes it down.
        requester: Option<Id>,
    },
    /// Ask anew for what was accepted once: a fresh decision, with the conditions of before to be agreed on again.
    Renew {
        /// The acceptance that it is to take the place of.
        acceptance: Id,
        /// Why the risk may still be carried.
        reason: Prose,
        /// What it depends on.
        condition: Prose,
        /// The last day.
        expires: Option<Day>,
        /// Who asks, where it is not whoever writes it down.
        requester: Option<Id>,
    },
    /// Accept a residual risk.
    AcceptRisk(Id),
    /// Decline to accept a residual risk.
    DeclineRisk(Id, Prose),
    /// Take back the request.
    WithdrawRisk(Id, Prose),
    /// Revoke an acceptance.
    RevokeRisk(Id, Prose),
    /// Give the DPO's advice.
    Advise {
        /// What is advised.
        advice: Advice,
        /// In words, with its conditions.
        text: Prose,
    },
    /// Answer a question of the DPO's checklist; without an answer it is open again.
    Answer {
        /// Which question.
        check: String,
        /// What is answered.
        answer: Option<CheckAnswer>,
        /// The articles that are chosen, where the question asks for some.
        chosen: Vec<String>,
        /// What is said with it; none leaves what was said.
        note: Option<Prose>,
    },
    /// Say what the DPO makes of a section.
    Conclude {
        /// Which section.
        section: String,
        /// In words.
        text: Prose,
        /// What is advised; none leaves it to what the answers come to.
        outcome: Option<Outcome>,
    },
    /// Declare the DPO's part not applicable.
    WaiveDpo(Prose),
    /// Sign for the sections that the acting role reviews.
    Sign(Prose),
    /// Confirm again what the acting role reviewed before, in one act: take up what lies with it, sign, hand on.
    Reconfirm(Prose),
    /// Withdraw one's own sign-off.
    Unsign(Prose),
    /// Record why one person may hold roles that the policy keeps apart.
    Override {
        /// Why.
        reason: Prose,
        /// What makes up for it.
        compensating: Line,
    },
    /// Countersign what somebody does in several roles.
    Countersign {
        /// Whose roles.
        whose: Id,
        /// What the second person says of it.
        statement: Prose,
    },
    /// Set the independence policy of the record: its next version.
    SetPolicy {
        /// Every cell that says something else than what is built in.
        rules: Vec<String>,
        /// Why.
        reason: Prose,
    },
    /// Sign an act of one's own with an SSH key.
    AddSignature {
        /// What kind of act.
        sort: SignedAct,
        /// Which one.
        act: Id,
        /// The armored SSH signature over its text.
        armored: Prose,
    },
    /// Register the public key with which one signs from now on.
    RegisterKey(Line),
    /// Withdraw it: it signs nothing more.
    WithdrawKey(Prose),
    /// Decide.
    Decide {
        /// What.
        decision: Decision,
        /// Why.
        rationale: Prose,
        /// What the use depends on: text and due day.
        conditions: Vec<(Prose, Day)>,
        /// The last day on which it holds.
        valid_until: Option<Day>,
    },
    /// Revoke the clearance.
    RevokeClearance(Prose),
    /// Record that a condition is met.
    MeetCondition(Id, Prose),
    /// Record that a condition of an acceptance is met, or how it stands.
    MeetProviso {
        /// The condition.
        id: Id,
        /// What shows it.
        proof: Prose,
        /// The piece of evidence that shows it.
        evidence: Option<Id>,
        /// What was measured, where a use is capped.
        measured: Option<i64>,
    },
    /// Approve or decline an exception.
    DecideException {
        /// The request.
        id: Id,
        /// Whether it is approved.
        approve: bool,
        /// Why; needed where it is declined.
        why: Prose,
    },
    /// Record that somebody looked at an exception again.
    ReviewException(Id, Prose),
    /// Bring an exception to its end.
    CloseException(Id, Prose),
    /// Record that a trigger fired.
    Fire(Id, Prose),
    /// Say what becomes of a fired trigger, a change or an incident; a scoped review names its roles.
    Triage(Id, Triage, Vec<Role>, Prose),
    /// Record that something about the system changed.
    RecordChange {
        /// What changed: title, kind, since when, before and after.
        what: Fields,
        /// The armed triggers that it fires, by identity, and entries of the library that are not armed, by code.
        fires: Vec<String>,
    },
    /// Report that something went wrong in use.
    ReportIncident(Fields),
    /// Restrict the use for the time being, because of an incident.
    Restrict {
        /// The incident.
        incident: Id,
        /// How the use is restricted.
        text: Prose,
        /// The last day of it.
        until: Option<Day>,
    },
    /// Close an incident: what was mended.
    CloseIncident(Id, Prose),
    /// Stop the system.
    Pause(Prose),
    /// Let a paused system run again.
    Resume(Prose),
    /// Open the next review.
    StartReview(ReviewKind),
    /// Take in one system of a file.
    Import(Import),
    /// Do something of a meeting.
    Meet(MeetingAct),
}

/// One system of an imported file.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The file, as a row of [`Kind::Source`].
    pub file: Fields,
    /// The rows, each with what identifies it in its source.
    pub rows: Vec<ImportRow>,
    /// What the next version of the file will have in common with it; empty where nothing is known of one.
    pub lineage: String,
    /// Whether it tells everything that its source holds: what it does not name any more is gone from there.
    pub whole: bool,
    /// Whether the file tells of the system by not naming it any more.
    pub gone: bool,
}

/// One row of an imported file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRow {
    /// What kind of thing.
    pub kind: Kind,
    /// What identifies it over two imports of the same source.
    pub key: String,
    /// Its fields.
    pub set: Fields,
    /// The keys of the rows that a threat covers.
    pub covers: Vec<String>,
    /// Fields that name another row of the file: the field, and the kind and the key of that row.
    pub refs: Vec<(String, Kind, String)>,
}
