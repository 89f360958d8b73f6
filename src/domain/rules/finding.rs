//! Findings: who closes them on what grounds, and what a retest does to them.

use super::{Refusal, Rule, needs_reason};
use crate::domain::{
    Dossier, Id,
    fields::{Entity, Vocabulary},
    people::Role,
    register::{Finding, FindingSort, FindingStatus, Grade, Retest},
    value::Value,
};

/// Checks what is set of a finding, and adds what follows from it: a failed retest opens it again, a passed one closes
/// it.
pub fn settle(dossier: &Dossier, id: Id, set: &mut Vec<(&'static str, Value)>, role: Role) -> Result<(), Refusal> {
    let before = dossier.findings.iter().find(|finding| finding.id == id);
    let mut after = before.cloned().unwrap_or_else(|| Finding::empty(id));
    for (field, value) in set.iter() {
        after.put(field, value);
    }
    of_own_kind(before.unwrap_or(&after), role)?;
    of_own_kind(&after, role)?;
    stays_of_audit(before, &after)?;
    known_threats(dossier, &after)?;
    retested(dossier, before, &after)?;
    let named: Vec<&str> = set.iter().map(|(field, _)| *field).collect();
    let sets = |name: &str| named.contains(&name);
    let follows = match after.retest.filter(|_| sets("retest")) {
        Some(Retest::Failed) => Some(FindingStatus::Open),
        Some(Retest::Passed) if !sets("status") => Some(FindingStatus::Closed),
        None if before.is_none() && !sets("status") => Some(FindingStatus::Open),
        Some(Retest::Passed) | None => None,
    };
    if let Some(status) = follows {
        set.retain(|(field, _)| *field != "status");
        set.push(("status", Value::from(status.code())));
        after.status = Some(status);
    }
    let touched = follows.is_some() || sets("status") || sets("reason") || sets("retest");
    if touched { closing(before, &after, role) } else { Ok(()) }
}

/// An auditor sees to the findings of audits, and nobody else takes those back.
pub fn withdrawable(dossier: &Dossier, id: Id, role: Role) -> Result<(), Refusal> {
    let Some(finding) = dossier.findings.iter().find(|finding| finding.id == id) else { return Ok(()) };
    if finding.sort == Some(FindingSort::Audit) && role != Role::Auditor {
        let says = format!("{} is the finding of an audit; only an auditor takes it back.", finding.reference());
        return Err(Refusal::new(Rule::RoleMayNot, says).hint("Remedy it and set it ready for its retest."));
    }
    of_own_kind(finding, role)
}

fn of_own_kind(finding: &Finding, role: Role) -> Result<(), Refusal> {
    if role == Role::Auditor && finding.sort != Some(FindingSort::Audit) {
        return Err(Refusal::new(Rule::RoleMayNot, "An auditor raises and sees to the findings of audits only.")
            .hint("Say that it was found in an audit, or leave it to the security team."));
    }
    Ok(())
}

/// What an audit found is called nothing else afterwards, so that nobody else may close it or take it back.
fn stays_of_audit(before: Option<&Finding>, after: &Finding) -> Result<(), Refusal> {
    let audit = Some(FindingSort::Audit);
    match before.filter(|before| before.sort == audit && after.sort != audit) {
        None => Ok(()),
        Some(found) => {
            let says = format!("{} is the finding of an audit, and stays one.", found.reference());
            Err(Refusal::new(Rule::RoleMayNot, says).hint("Remedy it and set it ready for its retest."))
        }
    }
}

fn known_threats(dossier: &Dossier, finding: &Finding) -> Result<(), Refusal> {
    let known = |mark: &String| dossier.threats.iter().any(|threat| threat.id.to_string() == *mark);
    if finding.threats.0.iter().all(known) {
        return Ok(());
    }
    Err(Refusal::new(Rule::Unknown, "A finding names threats of this system; one of these is none."))
}

/// A retest has a day and evidence that is there; one that failed may be told without.
fn retested(dossier: &Dossier, before: Option<&Finding>, after: &Finding) -> Result<(), Refusal> {
    let named = after.retest_evidence.is_some();
    let there = dossier.evidence.iter().any(|evidence| {
        Some(evidence.id) == after.retest_evidence && !evidence.archived && evidence.grade != Some(Grade::Missing)
    });
    if named && !there && before.is_none_or(|before| before.retest_evidence != after.retest_evidence) {
        let says = "The evidence of the retest is not in the evidence pack.";
        return Err(Refusal::new(Rule::Unknown, says).hint("Add it there first."));
    }
    let newly = after.retest == Some(Retest::Passed) && before.is_none_or(|b| b.retest != Some(Retest::Passed));
    if newly && !(there && after.retested.is_some()) {
        let says = "A passed retest needs its day and a piece of evidence that shows it.";
        return Err(Refusal::new(Rule::Incomplete, says).hint("Add the evidence first, then name it here."));
    }
    if after.retest.is_none() && after.retested.is_some() && before.is_none_or(|b| b.retested.is_none()) {
        return Err(Refusal::new(Rule::Incomplete, "A retest needs its result: passed or failed."));
    }
    Ok(())
}

/// Closed needs a passed retest or a reason, and is not said by whoever had to remedy it.
fn closing(before: Option<&Finding>, after: &Finding, role: Role) -> Result<(), Refusal> {
    if !matches!(after.stage(), FindingStatus::Closed | FindingStatus::NotReproducible) {
        return Ok(());
    }
    if before.is_none_or(|before| before.stage() != after.stage()) && !matches!(role, Role::Security | Role::Auditor) {
        let says = format!("The {} does not close a finding; the security team or an auditor does.", role.label());
        return Err(Refusal::new(Rule::RoleMayNot, says).hint("Set it ready for its retest."));
    }
    let newly = before.is_none_or(|before| before.stage() != after.stage());
    if newly && after.sort == Some(FindingSort::Audit) && role != Role::Auditor {
        let says = format!("{} is the finding of an audit; only an auditor closes it.", after.reference());
        return Err(Refusal::new(Rule::RoleMayNot, says).hint("Remedy it and set it ready for its retest."));
    }
    let passed = after.stage() == FindingStatus::Closed && after.retest == Some(Retest::Passed);
    if passed || !after.reason.is_empty() {
        return Ok(());
    }
    if after.stage() == FindingStatus::NotReproducible {
        return needs_reason(&after.reason, "\"Not reproducible\"");
    }
    needs_reason(&after.reason, "To close a finding without a passed retest")
}
