//! What the dashboard shows of one system, and what is to be done next for it.
//!
//! Computed from a dossier by one function and kept beside it, so that a portfolio of ten thousand systems opens in the
//! blink of an eye; [`Summary::good_until`] says when time alone makes it stale.

use std::sync::Arc;

use super::{
    Dossier, Id, Kind, Line,
    decision::{
        Clearance, ClearanceState, Gap, LegState, Mend, Outlook, Place, Station, Step, clearance, court, duties, gaps,
        good_until, leg, look, outlooks, stations,
    },
    fields::{Day, Moment, Vocabulary},
    meeting::{Matter, matters},
    people::Role,
    register::{Finding, FindingSort, FindingStatus, Tally, finding_gaps},
    system::Tier,
};

/// One line of the dashboard.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// The name of the system.
    pub name: Line,
    /// The code of the tier that counts; empty before the intake.
    pub tier: String,
    /// The code of the lifecycle.
    pub lifecycle: String,
    /// The track in short form: one letter a station, see `decision::stage`.
    pub track: String,
    /// In whose court it is, in words: `DPO`, `Governance + DPO`, `cleared`.
    pub court: String,
    /// Since when.
    pub since: Option<Moment>,
    /// By when the next thing is due.
    pub due: Option<Day>,
    /// Gaps that the DPO has to close.
    pub dpo_gaps: u32,
    /// Gaps that governance has to close.
    pub governance_gaps: u32,
    /// All gaps of the gate, after a decision too: what the checklist and `docket show` list.
    pub gaps: u32,
    /// Live threats.
    pub threats: u32,
    /// Threats without a score.
    pub unscored: u32,
    /// The worst current level, 0 none to 4 critical.
    pub worst: u8,
    /// The code of the effective clearance.
    pub clearance: String,
    /// How far up in the list: greater is more pressing.
    pub rank: i64,
    /// The last day on which this holds without anything happening.
    pub good_until: Option<Day>,
    /// The threats in numbers.
    pub risk: Tally,
    /// What is to be done next, most pressing first.
    pub steps: Vec<NextStep>,
    /// Every acceptance of a risk, with what it is worth from which day on.
    pub acceptances: Vec<Outlook>,
    /// What of it is for the board.
    pub matters: Vec<Matter>,
}

/// One thing that somebody has to do.
#[derive(Debug, Clone, PartialEq)]
pub struct NextStep {
    /// In which role.
    pub role: Role,
    /// Who holds it, if anybody does.
    pub person: Option<Id>,
    /// What, in one sentence without a full stop.
    pub what: String,
    /// Since when it is missing.
    pub since: Option<Moment>,
    /// By when it is due.
    pub due: Option<Day>,
    /// Where it is done: see `decision::Place`, written as text.
    pub place: String,
}

/// What the dashboard shows of one system on a day; none for a dossier that is not about a system.
pub fn summarise(dossier: &Dossier, today: Day) -> Option<Summary> {
    let system = dossier.system()?;
    let gaps = gaps(dossier, today);
    let courts = court(dossier);
    let clearance = clearance(dossier, today);
    let tier = dossier.tier();
    let threats = look(dossier, today);
    let mut risk = Tally::default();
    for part in &threats {
        risk.shift(&Tally::default(), &part.tally);
    }
    let count = |role: Role| gaps.iter().filter(|gap| gap.role == role).count();
    let since = courts.iter().filter_map(|court| court.since).min();
    let due = courts.iter().filter_map(|court| court.due).min();
    let mut names: Vec<_> = courts.iter().map(|court| court.role.short()).collect();
    names.dedup();
    let mut summary = Summary {
        name: system.name.clone(),
        tier: tier.map(|tier| tier.code().to_owned()).unwrap_or_default(),
        lifecycle: system.lifecycle.map(|word| word.code().to_owned()).unwrap_or_default(),
        track: track(dossier),
        court: names.join(" + "),
        since,
        due,
        dpo_gaps: small(count(Role::Dpo)),
        governance_gaps: small(count(Role::Governance)),
        gaps: small(gaps.len()),
        threats: small(threats.iter().map(|part| part.counting).sum()),
        unscored: small(threats.iter().map(|part| part.unscored).sum()),
        worst: threats.iter().map(|part| part.worst).max().unwrap_or(0),
        clearance: clearance.state.code().to_owned(),
        rank: 0,
        good_until: good_until(dossier, today),
        risk,
        steps: steps(dossier, &gaps, &clearance, today),
        acceptances: outlooks(dossier),
        matters: matters(dossier, today),
    };
    summary.rank = rank(&summary, tier, clearance.state, today);
    Some(summary)
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// One letter a station: `d`one, `h`ere, `l`ater, `-` absent; owner, security, governance, DPO, sign-off.
fn track(dossier: &Dossier) -> String {
    let letter = |station| match station {
        Station::Done => 'd',
        Station::Here => 'h',
        Station::Later => 'l',
        Station::Absent => '-',
    };
    stations(dossier).into_iter().map(letter).collect()
}

/// Lost clearances first, then the untiered, then by tier, lateness and worst risk.
fn rank(summary: &Summary, tier: Option<Tier>, state: ClearanceState, today: Day) -> i64 {
    let lost = !matches!(state, ClearanceState::None | ClearanceState::Current | ClearanceState::Superseded);
    let open = i64::from(!summary.court.is_empty());
    let tier = tier.map_or(2, |tier| tier as i64);
    let late = i64::from(summary.due.is_some_and(|due| due < today));
    i64::from(lost) * 100_000
        + open * 10_000
        + late * 5_000
        + tier * 1_000
        + i64::from(summary.worst) * 100
        + i64::from(summary.gaps.min(99))
}

/// What is to be done next: what takes the clearance away, the hand-offs that lie with somebody, then the gaps of the
/// roles whose court it is, DPO and governance first; at the end the findings that are late or wait for their retest.
fn steps(dossier: &Dossier, gaps: &[Arc<Gap>], clearance: &Clearance, today: Day) -> Vec<NextStep> {
    let mut steps = Vec::new();
    let step = |role: Role, what: String, since, due, place: &Place| NextStep {
        role,
        person: dossier.holder(role, today),
        what,
        since,
        due,
        place: place.to_text(),
    };
    if !clearance.restore.is_empty() && clearance.disposition.is_some() {
        let what = format!("{} {}", clearance.reason, clearance.restore);
        let role = if clearance.place.mend == Mend::Resume { Role::Signoff } else { Role::Governance };
        steps.push(step(role, what.trim_end_matches('.').to_owned(), None, None, &clearance.place));
    }
    for court in court(dossier) {
        let (what, mend) = match leg(dossier, court.step, today).state {
            LegState::Ready if court.step == Step::SignoffOwner => {
                ("Hand the signed record to the owner".to_owned(), Mend::Send(court.step))
            }
            LegState::Ready => (format!("Hand over: {}", court.step.label()), Mend::Send(court.step)),
            LegState::Sent | LegState::Received => {
                (format!("Confirm or return: {}", court.step.label()), Mend::Confirm(court.step))
            }
            LegState::Returned => {
                (format!("Close the gaps and hand over again: {}", court.step.label()), Mend::Send(court.step))
            }
            LegState::NotReady(_) if court.role == Role::Signoff && gaps.is_empty() => {
                ("Decide".to_owned(), Mend::Decide)
            }
            LegState::NotReady(_) | LegState::Completed | LegState::Needless => continue,
        };
        let place = Place::act(Kind::Handoff, None, mend);
        steps.push(step(court.role, what, court.since, court.due, &place));
    }
    if dossier.decided().is_none() {
        let turn: Vec<Role> = court(dossier).iter().map(|court| court.role).collect();
        let known = |gap: &&Arc<Gap>| !matches!(gap.place.mend, Mend::Send(_) | Mend::Confirm(_));
        let mut own: Vec<&Arc<Gap>> = gaps.iter().filter(known).collect();
        own.sort_by_key(|gap| !turn.contains(&gap.role));
        steps.extend(
            own.into_iter().take(20).map(|gap| step(gap.role, gap.what.clone(), gap.since, gap.due, &gap.place)),
        );
    }
    // A decision does not close what was found wrong.
    for gap in finding_gaps(dossier, today) {
        steps.push(step(gap.role, gap.what, None, gap.due, &gap.place));
    }
    steps.extend(duties(dossier, gaps, today));
    // What an audit found goes to the owner at once.
    let of_audit = |finding: &&Finding| {
        let waits = finding.stage() == FindingStatus::ReadyForRetest || finding.is_overdue(today);
        finding.sort == Some(FindingSort::Audit) && finding.is_open() && !waits
    };
    for finding in dossier.findings.iter().filter(of_audit) {
        if steps.iter().any(|known| known.place.starts_with(&format!("{}/{}", Kind::Finding.code(), finding.id))) {
            continue;
        }
        let what = format!("{} \"{}\" of the audit is open", finding.reference(), finding.title);
        let place = Place { mend: Mend::Edit, ..Place::field(Kind::Finding, finding.id, "status") };
        steps.push(step(Role::Owner, what, None, finding.due, &place));
    }
    steps
}
