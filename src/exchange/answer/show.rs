//! `docket show SYSTEM`: where a review stands, what is missing and who is to do what.

use serde::Serialize;

use crate::domain::{
    Dossier, Id,
    decision::{Gap, Station, Void, conditions, court, explain, gate, stations},
    fields::{Day, Vocabulary},
    people::Role,
    register::{Finding, Threat, control_gaps},
    summary::{NextStep, Summary, summarise},
    system::Tier,
};
use crate::exchange::record::{Ground, standing};

use super::{ANSWER_VERSION, age, pretty};

mod words;

/// Everything that `docket show` says of a system on a day.
#[derive(Debug, Clone, Serialize)]
pub struct Show {
    /// `docket.show`.
    pub kind: &'static str,
    /// See [`ANSWER_VERSION`].
    pub version: &'static str,
    /// The day on which everything is computed.
    pub on: String,
    /// The system.
    pub system: SystemLine,
    /// The tier and how it came about.
    pub tier: TierLine,
    /// Who has to act now.
    pub court: Vec<CourtLine>,
    /// The five roles of the track.
    pub stations: Vec<StationLine>,
    /// What the decision is worth.
    pub clearance: ClearanceLine,
    /// What stands between the review and its clearance.
    pub gaps: Vec<GapLine>,
    /// What is to be done next, the most pressing first.
    pub next: Vec<NextLine>,
    /// How many of what.
    pub counts: Counts,
    /// What red teams, tests and audits found and is still open.
    pub findings: Vec<FindingLine>,
}

/// The system.
#[derive(Debug, Clone, Serialize)]
pub struct SystemLine {
    /// Its identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The code of the lifecycle.
    pub lifecycle: Option<&'static str>,
    /// The name of the accountable owner.
    pub owner: Option<String>,
    /// The release that the review is about, or `unreleased`.
    pub release: String,
    /// The number of the review.
    pub review: Option<i64>,
}

/// The tier.
#[derive(Debug, Clone, Serialize)]
pub struct TierLine {
    /// The one that counts.
    pub effective: Option<&'static str>,
    /// The one that follows from the answers.
    pub computed: Option<&'static str>,
    /// Why the computed one was set aside.
    pub by_hand: Option<String>,
    /// How the computed one came about, in sentences.
    pub explanation: Vec<String>,
}

/// One role that has to act.
#[derive(Debug, Clone, Serialize)]
pub struct CourtLine {
    /// The code of the role.
    pub role: &'static str,
    /// Who holds it.
    pub person: Option<String>,
    /// For how many days.
    pub days: Option<i64>,
    /// By when.
    pub due: Option<String>,
    /// Whether that day has passed.
    pub late: bool,
    /// The code of the hand-off.
    pub step: &'static str,
}

/// One station of the track.
#[derive(Debug, Clone, Serialize)]
pub struct StationLine {
    /// The code of the role.
    pub role: &'static str,
    /// `done`, `here`, `later` or `absent`.
    pub state: &'static str,
}

/// What the decision is worth.
#[derive(Debug, Clone, Serialize)]
pub struct ClearanceLine {
    /// The code of the state.
    pub state: &'static str,
    /// What was decided.
    pub disposition: Option<&'static str>,
    /// Why it is worth that.
    pub reason: String,
    /// What would restore it.
    pub restore: String,
    /// The last day on which the decision holds.
    pub valid_until: Option<String>,
}

/// One thing that is missing.
#[derive(Debug, Clone, Serialize)]
pub struct GapLine {
    /// Which of the eight conditions of the gate, 1 to 8.
    pub condition: u8,
    /// What is missing.
    pub what: String,
    /// The code of the role that closes it.
    pub role: &'static str,
    /// Who holds that role.
    pub person: Option<String>,
    /// For how many days it has been missing.
    pub days: Option<i64>,
    /// By when it is due.
    pub due: Option<String>,
    /// Where it is mended: `threat/<id>/likelihood/edit`.
    pub place: String,
}

/// One thing to be done.
#[derive(Debug, Clone, Serialize)]
pub struct NextLine {
    /// The code of the role.
    pub role: &'static str,
    /// Who holds it.
    pub person: Option<String>,
    /// What.
    pub what: String,
    /// By when.
    pub due: Option<String>,
    /// Where it is done.
    pub place: String,
}

/// One open finding.
#[derive(Debug, Clone, Serialize)]
pub struct FindingLine {
    /// Its number.
    pub id: String,
    /// What was found.
    pub title: String,
    /// The code of how bad it is.
    pub severity: Option<&'static str>,
    /// The code of how far its remediation is.
    pub status: &'static str,
    /// By when.
    pub due: Option<String>,
    /// Whether that day has passed.
    pub late: bool,
    /// The threats that it shows to be real.
    pub threats: Vec<String>,
}

/// How many of what.
#[derive(Debug, Clone, Serialize)]
pub struct Counts {
    /// Gaps of the gate.
    pub gaps: usize,
    /// Live threats that count.
    pub threats: u32,
    /// Those without a score.
    pub unscored: u32,
    /// Live controls.
    pub controls: usize,
    /// Pieces of evidence.
    pub evidence: usize,
    /// Acceptances of a residual risk, ended ones too.
    pub acceptances: usize,
    /// Registered triggers.
    pub triggers: usize,
    /// Findings, closed ones too.
    pub findings: usize,
    /// What the control plan lacks.
    pub control_gaps: usize,
}

/// What there is to say of a system on a day, with what the journal says of sign-offs that were voided; none for a dossier
/// that is not about a system.
pub fn show(dossier: &Dossier, voided: &[Void], today: Day) -> Option<Show> {
    let ground = Ground::of(dossier, today)?;
    let summary = summarise(dossier, today)?;
    let mut gaps = gate(dossier, today);
    explain(&mut gaps, voided);
    let gaps: Vec<GapLine> = gaps.iter().map(|gap| gap_line(dossier, gap, today)).collect();
    Some(Show {
        kind: "docket.show",
        version: ANSWER_VERSION,
        on: today.to_string(),
        system: SystemLine {
            id: ground.system.id.to_string(),
            name: ground.system.name.as_str().to_owned(),
            lifecycle: ground.system.lifecycle.map(Vocabulary::code),
            owner: ground.system.owner.and_then(|who| named(dossier, Some(who.0))),
            release: ground.release_name().to_owned(),
            review: dossier.review().and_then(|review| review.number),
        },
        tier: tier(dossier),
        court: courts(dossier, today),
        stations: track(dossier),
        clearance: worth(&ground),
        counts: counts(dossier, &summary, (gaps.len(), today)),
        findings: dossier.findings.iter().filter(|f| f.is_open()).map(|f| finding_line(dossier, f, today)).collect(),
        gaps,
        next: summary.steps.iter().map(|step| next(dossier, step)).collect(),
    })
}

impl Show {
    /// For a pipeline.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// For people, at most 80 columns.
    #[must_use]
    pub fn to_text(&self) -> String {
        words::page(self)
    }
}

fn named(dossier: &Dossier, id: Option<Id>) -> Option<String> {
    dossier.person_name(id?).map(|name| name.as_str().to_owned())
}

fn tier(dossier: &Dossier) -> TierLine {
    let computed = dossier.computed_tier();
    let intake = dossier.intake().filter(|intake| intake.override_tier.is_some());
    TierLine {
        effective: dossier.tier().map(Tier::code),
        computed: computed.as_ref().map(|result| Tier::code(result.tier)),
        by_hand: intake.map(|intake| intake.override_reason.as_str().to_owned()),
        explanation: computed.map(|result| result.explain()).unwrap_or_default(),
    }
}

fn courts(dossier: &Dossier, today: Day) -> Vec<CourtLine> {
    let all = court(dossier).into_iter();
    all.map(|court| CourtLine {
        role: court.role.code(),
        person: named(dossier, dossier.holder(court.role, today)),
        days: court.since.map(|since| age(since, today)),
        due: court.due.map(|due| due.to_string()),
        late: court.due.is_some_and(|due| due < today),
        step: court.step.code(),
    })
    .collect()
}

fn track(dossier: &Dossier) -> Vec<StationLine> {
    let state = |station| match station {
        Station::Done => "done",
        Station::Here => "here",
        Station::Later => "later",
        Station::Absent => "absent",
    };
    let all = Role::REVIEW.into_iter().zip(stations(dossier));
    all.map(|(role, station)| StationLine { role: role.code(), state: state(station) }).collect()
}

fn worth(ground: &Ground) -> ClearanceLine {
    let clearance = standing(ground.d, ground.today).clearance;
    ClearanceLine {
        state: clearance.state.code(),
        disposition: ground.disposition.and_then(|made| made.decision).map(Vocabulary::code),
        reason: clearance.reason,
        restore: clearance.restore,
        valid_until: ground.disposition.and_then(|made| made.valid_until).map(|until| until.to_string()),
    }
}

fn gap_line(dossier: &Dossier, gap: &Gap, today: Day) -> GapLine {
    GapLine {
        condition: gap.condition,
        what: gap.what.clone(),
        role: gap.role.code(),
        person: named(dossier, gap.person),
        days: gap.since.map(|since| age(since, today)),
        due: gap.due.map(|due| due.to_string()),
        place: gap.place.to_text(),
    }
}

fn next(dossier: &Dossier, step: &NextStep) -> NextLine {
    NextLine {
        role: step.role.code(),
        person: named(dossier, step.person),
        what: step.what.clone(),
        due: step.due.map(|due| due.to_string()),
        place: step.place.clone(),
    }
}

fn finding_line(dossier: &Dossier, finding: &Finding, today: Day) -> FindingLine {
    let against = dossier.live_threats().filter(|threat| finding.is_against(threat.id));
    FindingLine {
        id: finding.reference(),
        title: finding.title.as_str().to_owned(),
        severity: finding.severity.map(Vocabulary::code),
        status: finding.stage().code(),
        due: finding.due.map(|due| due.to_string()),
        late: finding.is_overdue(today),
        threats: against.map(Threat::reference).collect(),
    }
}

fn counts(dossier: &Dossier, summary: &Summary, (gaps, today): (usize, Day)) -> Counts {
    Counts {
        gaps,
        threats: summary.threats,
        unscored: summary.unscored,
        controls: dossier.live_controls().count(),
        evidence: dossier.evidence.iter().filter(|evidence| !evidence.archived).count(),
        acceptances: dossier.acceptances.iter().filter(|acceptance| !acceptance.archived).count(),
        triggers: dossier.triggers.iter().filter(|trigger| !trigger.archived).count(),
        findings: dossier.findings.iter().filter(|finding| !finding.archived).count(),
        control_gaps: control_gaps(dossier, today).len(),
    }
}

/// What the checklist calls a condition.
fn condition_name(number: u8) -> &'static str {
    conditions().into_iter().find(|(known, _)| *known == number).map_or("", |(_, name)| name)
}
