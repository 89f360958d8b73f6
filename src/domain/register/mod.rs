//! The threat register, the control plan and the evidence behind them.

mod control_gaps;
mod file;
mod finding;
mod group;
mod score;
mod sieve;
mod tally;
mod trace;

pub use control_gaps::{ControlGap, Lack, control_gaps, finding_gaps};
pub use file::{FileCheck, FileSeen, LARGEST_KEPT, size_words};
pub use finding::{Finding, FindingSort, FindingStatus, Retest, Severity, open_findings, retest_evidence};
pub use group::Group;
pub use score::{Against, Plan, Rating, Ratings, Verified, counts_as_verified, ratings};
pub use sieve::{Asked, LEVEL_WORDS, Sieve};
pub use tally::{Levels, POINTS, Point, Scale, Tally, day_of, levels_on, moves_levels, point_days, turning_days};
pub use trace::{
    ENDS_SOON, Window, behind, counts_until, evidence_of, holding, reduces, shows_work, threats_of, verifications_of,
};

use super::{
    Id, Line, Prose,
    fields::{Day, Digest, Marks, Moment, Score, Who, YesNo, choices, entities},
    people::{ANY, CONTROL, DPO, RULE, SECURITY},
};

choices! {
    /// How far the analysis of a threat is.
    Analysis {
        Identified "identified" "identified",
        Discussed "in_discussion" "in discussion",
        Assessed "assessed" "assessed",
        Closed "closed" "closed",
    }
    /// What is to be done about a threat.
    Treatment {
        Undecided "undecided" "undecided",
        Mitigate "mitigate" "mitigate",
        Accept "accept" "accept",
        Avoid "avoid" "avoid",
        Transfer "transfer" "transfer",
        NotApplicable "not_applicable" "not applicable",
    }
    /// What a threat does to personal data.
    PersonalKind {
        Reidentification "re_identification" "re-identification",
        Inference "inference" "inference",
        Memorisation "memorisation" "memorisation",
        PurposeDrift "purpose_drift" "purpose drift",
        Retention "retention" "retention",
        Rights "rights" "rights",
    }
    /// What the DPO says of a threat to personal data.
    Verdict {
        Confirmed "confirmed" "confirmed",
        Changed "changed" "changed",
        Rejected "rejected" "rejected",
    }
    /// How sure a score or a piece of evidence is.
    Grade {
        Explicit "explicit" "explicit",
        Inferred "inferred" "inferred",
        Assumed "assumed" "assumed",
        Missing "missing" "missing",
    }
    /// The point in the life of a system at which a control has to be there.
    Gate {
        Intake "intake" "intake",
        Design "design" "design",
        Build "build" "build",
        PreProduction "pre_production" "pre-production",
        Production "production" "production",
        Change "change" "change",
        Retirement "retirement" "retirement",
    }
    /// How far a control is.
    ControlStatus {
        Proposed "proposed" "proposed",
        Planned "planned" "planned",
        InProgress "in_progress" "in progress",
        Implemented "implemented" "implemented",
        Verified "verified" "verified",
        Degraded "degraded" "degraded",
        Failed "failed" "failed",
        Retired "retired" "retired",
        NotApplicable "not_applicable" "not applicable",
    }
    /// How it is shown that a control works.
    Method {
        Review "review" "document review",
        Configuration "configuration" "configuration check",
        Test "test" "test",
        RedTeam "red_team" "red team",
        Monitoring "monitoring" "monitoring",
        Interview "interview" "interview",
        Attestation "attestation" "attestation",
    }
    /// What a verification found.
    Outcome {
        Works "works" "works",
        Partly "partly" "works in part",
        Fails "fails" "does not work",
    }
    /// What kind of thing a piece of evidence is.
    EvidenceKind {
        Inventory "inventory" "system inventory",
        Document "document" "document",
        Configuration "configuration" "configuration",
        Log "log" "log",
        Test "test" "test",
        RedTeam "red_team" "red-team run",
        Scan "scan" "scan",
        Dpia "dpia" "DPIA",
        Attestation "attestation" "attestation",
        Other "other" "other",
    }
    /// What a piece of evidence can show, and so what it cannot.
    Supports {
        Coverage "coverage" "coverage",
        Behaviour "behaviour" "runtime behaviour",
        Works "works" "that a control works",
        Intent "intent" "intent",
    }
}

entities! {
    /// A threat in the register.
    Threat {
        /// Its number in this system, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// What could go wrong, in one line.
        title: Line = "Threat", Threats, SECURITY, needed;
        /// How it would happen and what it would do.
        description: Prose = "Description", none, SECURITY, optional;
        /// The category in the words of a framework.
        category: Line = "Category", none, SECURITY, optional;
        /// The entry of the library from which it was taken.
        library: Line = "Library entry", none, RULE, optional;
        /// The edition of that library when it was taken.
        edition: Line = "Library edition", none, RULE, optional;
        /// The part of the system that it is about.
        component: Line = "Component", none, SECURITY, optional;
        /// The flows, tools, connections, users and data classes that it covers.
        covers: Marks = "Covers", Threats, SECURITY, optional;
        /// Framework items with commas between them, such as LLM01:2025 or AML.T0054.
        maps: Marks = "Framework items", none, SECURITY, optional;
        /// How likely it is as things were before any control, 1 to 5.
        likelihood: Option<Score> = "Likelihood", Threats, SECURITY, needed;
        /// How bad it would be as things were before any control, 1 to 5.
        impact: Option<Score> = "Impact", Threats, SECURITY, needed;
        /// The likelihood now, where the verified controls do not tell it.
        now_likelihood: Option<Score> = "Likelihood now", Threats, SECURITY, optional;
        /// The impact now, where the verified controls do not tell it.
        now_impact: Option<Score> = "Impact now", Threats, SECURITY, optional;
        /// Why the score is what it is, above all where it was set by hand.
        score_reason: Prose = "Why this score", none, SECURITY, optional;
        /// How sure the score is.
        confidence: Option<Grade> = "Confidence", none, SECURITY, optional;
        /// How far the analysis is.
        status: Option<Analysis> = "Analysis", none, SECURITY, optional;
        /// What is to be done about it.
        treatment: Option<Treatment> = "Treatment", Threats, SECURITY, needed;
        /// Why this treatment; required for everything but mitigate.
        treatment_reason: Prose = "Why this treatment", none, SECURITY, optional;
        /// Who sees to it.
        owner: Option<Who> = "Owner", none, SECURITY, optional;
        /// By when it is to be treated.
        due: Option<Day> = "Due", none, SECURITY, optional;
        /// What it does to personal data, if it does.
        personal: Option<PersonalKind> = "Personal data", Threats, SECURITY, optional;
        /// What the DPO says of it, where it touches personal data.
        dpo_verdict: Option<Verdict> = "DPO says", Privacy, DPO, optional;
        /// Why the DPO says so.
        dpo_reason: Prose = "DPO's reason", Privacy, DPO, optional;
        /// Somebody wants the board to talk about it.
        flagged: Option<YesNo> = "For the board", none, ANY, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// The status in the words of the tool that it came from.
        status_word: Line = "Tool's status", none, RULE, optional;
        /// The severity in the words of the tool that it came from.
        severity_word: Line = "Tool's severity", none, RULE, optional;
        /// What the tool claims against it; a claim, never a verification.
        claim: Prose = "Tool's claim", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
        /// Since when the file that it came from does not hold it any more; it is kept all the same.
        gone: Option<Day> = "Gone from source", none, RULE, optional;
    }
    /// Something that is done against threats.
    Control {
        /// Its number in this system, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// What is done, in one line.
        title: Line = "Control", Controls, SECURITY, needed;
        /// How it works and where.
        description: Prose = "Description", none, SECURITY, optional;
        /// The entry of the library from which it was taken.
        library: Line = "Library entry", none, RULE, optional;
        /// The edition of that library when it was taken.
        edition: Line = "Library edition", none, RULE, optional;
        /// The role that has to put it in place.
        owner_role: Option<super::people::Role> = "Owner role", Controls, SECURITY, needed;
        /// The person who has to put it in place.
        owner: Option<Who> = "Owner", Controls, SECURITY, optional;
        /// The point in the life of the system at which it has to be there.
        gate: Option<Gate> = "Gate", Controls, SECURITY, needed;
        /// How it will be shown that it works.
        method: Option<Method> = "Verification method", Controls, SECURITY, needed;
        /// By when it has to be there.
        due: Option<Day> = "Due", Controls, SECURITY, optional;
        /// How far it is.
        status: Option<ControlStatus> = "Status", none, CONTROL, optional;
        /// What the person who reports on it says.
        status_note: Prose = "Status note", none, CONTROL, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
        /// Since when the file that it came from does not hold it any more; it is kept all the same.
        gone: Option<Day> = "Gone from source", none, RULE, optional;
    }
    /// That a control reduces a threat, and by how much.
    Link {
        /// The threat.
        threat: Option<Id> = "Threat", Controls, SECURITY, needed;
        /// The control.
        control: Option<Id> = "Control", Controls, SECURITY, needed;
        /// By how many steps it lowers the likelihood, 0 to 4.
        less_likely: Option<i64> = "Likelihood less by", Controls, SECURITY, optional;
        /// By how many steps it lowers the impact, 0 to 4.
        less_impact: Option<i64> = "Impact less by", Controls, SECURITY, optional;
    }
    /// One look at whether a control works.
    Verification {
        /// The control.
        control: Option<Id> = "Control", Evidence, SECURITY, needed;
        /// How it was looked at.
        method: Option<Method> = "Method", Evidence, SECURITY, needed;
        /// What was found.
        outcome: Option<Outcome> = "Result", Evidence, SECURITY, needed;
        /// Who looked.
        by: Option<Who> = "By", Evidence, SECURITY, needed;
        /// On which day.
        on: Option<Day> = "On", Evidence, SECURITY, needed;
        /// Until when the result counts.
        valid_until: Option<Day> = "Valid until", Evidence, SECURITY, needed;
        /// The evidence that shows it.
        evidence: Option<Id> = "Evidence", Evidence, SECURITY, needed;
    }
    /// A piece of evidence.
    Evidence {
        /// Its number in this system, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// What it is, in one line.
        title: Line = "Evidence", Evidence, CONTROL, needed;
        /// What kind of thing it is.
        sort: Option<EvidenceKind> = "Kind", Evidence, CONTROL, needed;
        /// What it can show.
        supports: Vec<Supports> = "May support", Evidence, CONTROL, needed;
        /// How strong it is.
        grade: Option<Grade> = "Grade", Evidence, CONTROL, needed;
        /// Where it lies.
        place: Line = "Location", Evidence, CONTROL, needed;
        /// The digest of what lies there.
        digest: Digest = "SHA-256", Evidence, CONTROL, optional;
        /// When it was collected.
        collected: Option<Day> = "Collected", Evidence, CONTROL, needed;
        /// Until when it counts.
        expires: Option<Day> = "Expires", Evidence, CONTROL, optional;
        /// The file of which the digest was taken.
        path: Line = "File", none, RULE, optional;
        /// How many bytes that file had.
        size: Option<i64> = "Bytes", none, RULE, optional;
        /// Whether the record keeps a copy of that file.
        kept: Option<YesNo> = "Copy in the record", none, RULE, optional;
        /// When that file was compared with its digest last.
        checked: Option<Moment> = "File compared", none, RULE, optional;
        /// What that found.
        check: Option<FileCheck> = "Comparison found", none, RULE, optional;
        /// Whether the run that it reports went to its end; one that did not shows nothing.
        ran: Option<YesNo> = "Ran to its end", Evidence, RULE, optional;
        /// How many checks the run made.
        checks: Option<i64> = "Checks", Evidence, RULE, optional;
        /// How many of them failed.
        failed: Option<i64> = "Failed", Evidence, RULE, optional;
        /// How many of them have no result.
        unscored: Option<i64> = "Without a result", Evidence, RULE, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
    }
    /// "Considered: none, because …": a part of the context against which there is no threat, with the reason.
    Considered {
        /// The flow, tool, connection, users or data class.
        subject: Line = "Considered", Threats, SECURITY, needed;
        /// Why there is no threat to it.
        reason: Prose = "None, because", Threats, SECURITY, needed;
    }
    /// A file that was imported.
    Source {
        /// The name of the file.
        name: Line = "File", none, RULE, needed;
        /// The format, as recognised by content.
        format: Line = "Format", none, RULE, needed;
        /// The digest of the file.
        digest: Digest = "SHA-256", none, RULE, needed;
        /// What the next version of the file will have in common with it.
        lineage: Line = "Lineage", none, RULE, optional;
        /// When it was imported.
        imported: Option<Moment> = "Imported", none, RULE, needed;
        /// What could not be carried over, in words.
        dropped: Prose = "Left out", none, RULE, optional;
    }
}

impl Threat {
    /// The number as people say it: `T-14`.
    pub fn reference(&self) -> String {
        format!("T-{}", self.number.unwrap_or(0))
    }
    /// Whether it counts: neither withdrawn nor found not applicable.
    pub fn counts(&self) -> bool {
        !self.archived && self.treatment != Some(Treatment::NotApplicable)
    }
    /// What is to be done about it; nothing said is undecided.
    pub fn treated(&self) -> Treatment {
        self.treatment.unwrap_or(Treatment::Undecided)
    }
}

impl Control {
    /// The number as people say it: `C-3`.
    pub fn reference(&self) -> String {
        format!("C-{}", self.number.unwrap_or(0))
    }
    /// How far it is; nothing said is proposed.
    pub fn stage(&self) -> ControlStatus {
        self.status.unwrap_or(ControlStatus::Proposed)
    }
    /// Whether it is part of the plan: specified enough to be built, and neither dropped nor broken.
    pub fn specified(&self) -> bool {
        use ControlStatus::{Failed, NotApplicable, Proposed, Retired};
        !self.archived
            && self.owner_role.is_some()
            && self.gate.is_some()
            && self.method.is_some()
            && !matches!(self.stage(), Proposed | Failed | Retired | NotApplicable)
    }
}

impl Evidence {
    /// The number as people say it: `E-2`.
    pub fn reference(&self) -> String {
        format!("E-{}", self.number.unwrap_or(0))
    }
}
