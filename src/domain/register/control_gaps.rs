//! The control gap list: what the control plan still lacks, each with the field that mends it.

use super::{
    Control, ControlStatus, Finding, FindingSort, FindingStatus, Outcome, Plan, Threat, Window, counts_until, holding,
    shows_work, threats_of, verifications_of,
};
use crate::domain::{
    Dossier, Id, Kind,
    decision::{Mend, Place, active_acceptance, requires_decision},
    fields::{Day, Vocabulary, choices},
    people::Role,
};

choices! {
    /// What is lacking, the most pressing first.
    Lack {
        Control "no_control" "Threats without a control",
        Broken "broken" "Degraded or failed",
        Overdue "overdue" "Overdue",
        Unverified "unverified" "Not verified",
        Expired "expired" "Verification expired",
        Ending "ending" "Verification about to end",
        Owner "no_owner" "Without an owner",
        Purpose "against_nothing" "In place, but against nothing",
        Finding "finding_overdue" "Findings overdue",
        Retest "retest" "Findings ready for their retest",
    }
}

/// One thing that the control plan lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlGap {
    /// What is lacking.
    pub lack: Lack,
    /// The kind of thing that it is about.
    pub kind: Kind,
    /// The thing that it is about.
    pub thing: Id,
    /// What it is, as a sentence without its full stop.
    pub what: String,
    /// The role that mends it.
    pub role: Role,
    /// By when it is, or was, due.
    pub due: Option<Day>,
    /// The exact place that mends it.
    pub place: Place,
}

/// Everything that the control plan lacks on a day, by what is lacking.
pub fn control_gaps(dossier: &Dossier, today: Day) -> Vec<ControlGap> {
    let plan = Plan::of(dossier, today);
    let mut gaps: Vec<ControlGap> =
        dossier.live_threats().filter_map(|threat| without_control(dossier, &plan, threat, today)).collect();
    for control in dossier.live_controls().filter(|control| in_plan(control)) {
        gaps.extend(broken(control));
        gaps.extend(overdue(control, today));
        gaps.extend(unproved(dossier, control, today));
        gaps.extend(unowned(control));
        gaps.extend(pointless(dossier, control));
    }
    gaps.extend(finding_gaps(dossier, today));
    gaps.sort_by_key(|gap| gap.lack);
    gaps
}

/// The findings that are late, and those that wait for their retest.
pub fn finding_gaps(dossier: &Dossier, today: Day) -> Vec<ControlGap> {
    dossier.findings.iter().filter_map(|finding| of_finding(finding, today)).collect()
}

/// What was retired or does not apply lacks nothing.
fn in_plan(control: &Control) -> bool {
    !matches!(control.stage(), ControlStatus::Retired | ControlStatus::NotApplicable)
}

fn named(control: &Control) -> String {
    format!("{} \"{}\"", control.reference(), control.title)
}

fn gap(lack: Lack, control: &Control, what: String, role: Role, place: Place) -> ControlGap {
    ControlGap { lack, kind: Kind::Control, thing: control.id, what, role, due: control.due, place }
}

fn field(control: &Control, name: &str) -> Place {
    Place::field(Kind::Control, control.id, name)
}

fn to_verify(control: &Control) -> Place {
    Place { id: Some(control.id), ..Place::add(Kind::Verification) }
}

/// The role that has to put a control in place.
fn bearer(control: &Control) -> Role {
    control.owner_role.unwrap_or(Role::Owner)
}

/// A threat that is not known to be low enough, without a specified control and without an acceptance in force.
fn without_control(dossier: &Dossier, plan: &Plan<'_>, threat: &Threat, today: Day) -> Option<ControlGap> {
    let specified = plan.controls_of(threat.id).any(|(_, control)| control.specified());
    if !threat.counts() || specified || active_acceptance(dossier, threat.id, today).is_some() {
        return None;
    }
    let name = format!("{} \"{}\"", threat.reference(), threat.title);
    let (what, place) = match plan.ratings(threat).now {
        None => (
            format!("{name} is unscored and has no specified control"),
            Place::field(Kind::Threat, threat.id, if threat.likelihood.is_none() { "likelihood" } else { "impact" }),
        ),
        Some(now) if requires_decision(now.level) => (
            format!("{name} is {} and has no specified control", now.level.label()),
            Place { id: Some(threat.id), ..Place::add(Kind::Control) },
        ),
        Some(_) => return None,
    };
    let (lack, kind, role) = (Lack::Control, Kind::Threat, Role::Security);
    Some(ControlGap { lack, kind, thing: threat.id, what, role, due: threat.due, place })
}

fn broken(control: &Control) -> Option<ControlGap> {
    let stage = control.stage();
    matches!(stage, ControlStatus::Degraded | ControlStatus::Failed).then(|| {
        let what = format!("{} is {}", named(control), stage.label());
        gap(Lack::Broken, control, what, bearer(control), field(control, "status"))
    })
}

fn overdue(control: &Control, today: Day) -> Option<ControlGap> {
    use ControlStatus::{InProgress, Planned, Proposed};
    let due = control.due.filter(|due| *due < today)?;
    matches!(control.stage(), Proposed | Planned | InProgress).then(|| {
        let what = format!("{} was due on {due} and is {}", named(control), control.stage().label());
        gap(Lack::Overdue, control, what, bearer(control), field(control, "status"))
    })
}

/// In place, but nothing shows today that it works; or what shows it ends soon.
fn unproved(dossier: &Dossier, control: &Control, today: Day) -> Option<ControlGap> {
    if !matches!(control.stage(), ControlStatus::Implemented | ControlStatus::Verified) {
        return None;
    }
    let name = named(control);
    let made = |lack, what| gap(lack, control, what, Role::Security, to_verify(control));
    if let Some(look) = holding(dossier, control.id, today) {
        let until = counts_until(dossier, look);
        return matches!(Window::until(until, today), Window::Ending(_)).then(|| {
            let until = until.map_or_else(String::new, |day| day.to_string());
            let mut found = made(Lack::Ending, format!("The verification of {name} counts only until {until}"));
            found.due = counts_until(dossier, look);
            found
        });
    }
    let looks = || verifications_of(dossier, control.id);
    if let Some(until) = looks().filter(|look| shows_work(dossier, look)).filter_map(|l| counts_until(dossier, l)).max()
    {
        let mut found = made(Lack::Expired, format!("The verification of {name} ended on {until}"));
        found.due = Some(until);
        return Some(found);
    }
    let why = match looks().next().map(|look| look.outcome) {
        None => "nobody has verified it",
        Some(Some(Outcome::Fails | Outcome::Partly)) => "its verification did not find it working",
        Some(_) => "its verification has no evidence that shows it",
    };
    Some(made(Lack::Unverified, format!("{name} is {}, and {why}", control.stage().label())))
}

fn unowned(control: &Control) -> Option<ControlGap> {
    let (missing, what) = match (control.owner_role, control.owner) {
        (None, _) => ("owner_role", "no role has to put it in place"),
        (Some(_), None) => ("owner", "no person has to put it in place"),
        (Some(_), Some(_)) => return None,
    };
    let what = format!("{}: {what}", named(control));
    Some(gap(Lack::Owner, control, what, Role::Security, field(control, missing)))
}

/// In place, but no threat that counts is less for it.
fn pointless(dossier: &Dossier, control: &Control) -> Option<ControlGap> {
    if !matches!(control.stage(), ControlStatus::Implemented | ControlStatus::Verified) {
        return None;
    }
    let links: Vec<_> = threats_of(dossier, control.id).filter(|(_, threat)| threat.counts()).collect();
    let lowers = |by: Option<i64>| by.is_some_and(|by| by > 0);
    let (what, place) = match links.first() {
        None => ("is against no threat that counts", Place { id: Some(control.id), ..Place::add(Kind::Link) }),
        Some((link, _)) if links.iter().all(|(l, _)| !lowers(l.less_likely) && !lowers(l.less_impact)) => {
            ("reduces nothing of what it is against", Place::field(Kind::Link, link.id, "less_likely"))
        }
        Some(_) => return None,
    };
    let what = format!("{} is in place and {what}", named(control));
    Some(gap(Lack::Purpose, control, what, Role::Security, place))
}

fn of_finding(finding: &Finding, today: Day) -> Option<ControlGap> {
    let name = format!("{} \"{}\"", finding.reference(), finding.title);
    let place = |name: &str| Place { mend: Mend::Edit, ..Place::field(Kind::Finding, finding.id, name) };
    let (lack, what, role, place) = if finding.archived {
        return None;
    } else if finding.stage() == FindingStatus::ReadyForRetest {
        // What an audit found goes back to the auditor.
        let role = if finding.sort == Some(FindingSort::Audit) { Role::Auditor } else { Role::Security };
        (Lack::Retest, format!("{name} is ready for its retest"), role, place("retest"))
    } else if finding.is_overdue(today) {
        let due = finding.due.map_or_else(String::new, |due| due.to_string());
        (Lack::Finding, format!("{name} was due on {due}"), Role::Owner, place("status"))
    } else {
        return None;
    };
    Some(ControlGap { lack, kind: Kind::Finding, thing: finding.id, what, role, due: finding.due, place })
}

#[cfg(test)]
#[path = "control_gaps_tests.rs"]
mod tests;
