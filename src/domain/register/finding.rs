//! Findings: what a red team, a penetration test or an audit found, its remediation and its retest.

use super::Evidence;
use crate::domain::{
    Dossier, Id, Line, Prose,
    fields::{Day, Marks, Who, choices, entities},
    people::{FINDING, RETEST, RULE, Role},
};

choices! {
    /// What kind of look brought a finding.
    FindingSort {
        RedTeam "red_team" "red team",
        Pentest "pentest" "penetration test",
        Audit "audit" "audit",
        Scan "scan" "scan",
        Other "other" "other",
    }
    /// How bad a finding is, in the words of whoever found it.
    Severity {
        Low "low" "low",
        Medium "medium" "medium",
        High "high" "high",
        Critical "critical" "critical",
    }
    /// How far the remediation of a finding is.
    FindingStatus {
        Open "open" "open",
        InRemediation "in_remediation" "in remediation",
        ReadyForRetest "ready_for_retest" "ready for retest",
        Closed "closed" "closed",
        NotReproducible "not_reproducible" "not reproducible",
    }
    /// What a retest came to.
    Retest {
        Passed "passed" "passed",
        Failed "failed" "failed",
    }
}

entities! {
    /// Something that was found wrong, with what is done about it.
    Finding {
        /// Its number in this system, never given twice.
        number: Option<i64> = "No.", none, RULE, optional;
        /// What was found, in one line.
        title: Line = "Finding", Evidence, FINDING, needed;
        /// How it was found, and what it allows.
        description: Prose = "Description", none, FINDING, optional;
        /// What kind of look brought it.
        sort: Option<FindingSort> = "Found in", Evidence, FINDING, needed;
        /// How bad it is.
        severity: Option<Severity> = "Severity", Evidence, FINDING, needed;
        /// On which day it was found.
        found: Option<Day> = "Found on", Evidence, FINDING, needed;
        /// Who found it: a person, a firm or a tool.
        by: Line = "Found by", none, FINDING, optional;
        /// The threats that it shows to be real.
        threats: Marks = "Threats", Evidence, FINDING, optional;
        /// What is done about it.
        remediation: Prose = "Remediation", none, FINDING, optional;
        /// Who sees to it.
        owner: Option<Who> = "Owner", none, FINDING, optional;
        /// By when it is to be remedied.
        due: Option<Day> = "Due", none, FINDING, optional;
        /// How far the remediation is.
        status: Option<FindingStatus> = "Status", none, FINDING, optional;
        /// Why it is closed without a passed retest, or cannot be reproduced.
        reason: Prose = "Closed because", none, FINDING, optional;
        /// On which day it was tested again.
        retested: Option<Day> = "Retested on", Evidence, RETEST, optional;
        /// What the retest came to.
        retest: Option<Retest> = "Retest result", Evidence, RETEST, optional;
        /// The evidence of the retest.
        retest_evidence: Option<Id> = "Evidence of the retest", Evidence, RETEST, optional;
        /// How often the tool hit on it.
        occurrences: Option<i64> = "Occurrences", none, RULE, optional;
        /// The severity in the words of the tool that found it.
        severity_word: Line = "Tool's severity", none, RULE, optional;
        /// The status in the words of the tool that found it.
        status_word: Line = "Tool's status", none, RULE, optional;
        /// What the tool claims about it, such as that it was accepted there; a claim, never a decision.
        claim: Prose = "Tool's claim", none, RULE, optional;
        /// Where an import found it.
        source: Line = "Imported from", none, RULE, optional;
        /// What the last import said of it, to tell later what was changed since; by whom, a digest for each field.
        imported: Line = "As imported", none, RULE, optional;
        /// Since when the file that it came from does not hold it any more; it is kept all the same.
        gone: Option<Day> = "Gone from source", none, RULE, optional;
    }
}

impl Finding {
    /// The number as people say it: `F-4`.
    pub fn reference(&self) -> String {
        format!("F-{}", self.number.unwrap_or(0))
    }
    /// How far it is; nothing said is open.
    pub fn stage(&self) -> FindingStatus {
        self.status.unwrap_or(FindingStatus::Open)
    }
    /// Whether something is still to be done about it.
    pub fn is_open(&self) -> bool {
        !self.archived && !matches!(self.stage(), FindingStatus::Closed | FindingStatus::NotReproducible)
    }
    /// Who says what is done about it: what an audit found goes to the owner.
    pub fn remedied_by(&self) -> Role {
        if self.sort == Some(FindingSort::Audit) { Role::Owner } else { Role::Security }
    }
    /// Whether its day has passed and it is still open.
    pub fn is_overdue(&self, today: Day) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }
    /// Whether it shows a threat to be real.
    pub fn is_against(&self, threat: Id) -> bool {
        self.threats.has(&threat.to_string())
    }
}

/// The findings that show a threat to be real and are still open.
pub fn open_findings(dossier: &Dossier, threat: Id) -> impl Iterator<Item = &Finding> {
    dossier.findings.iter().filter(move |finding| finding.is_open() && finding.is_against(threat))
}

/// The evidence of a retest, as long as it was not withdrawn.
pub fn retest_evidence<'a>(dossier: &'a Dossier, finding: &Finding) -> Option<&'a Evidence> {
    dossier.evidence.iter().find(|evidence| Some(evidence.id) == finding.retest_evidence && !evidence.archived)
}
