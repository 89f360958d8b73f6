//! One plan that lacks nothing, and one change for each thing that a plan can lack.

use super::*;
use crate::domain::{
    Line,
    fields::{Marks, Score, Who},
    register::{Evidence, EvidenceKind, Gate, Link, Method, Supports, Treatment, Verification},
};

const THREAT: Id = Id([1; 16]);
const CONTROL: Id = Id([2; 16]);
const FINDING: Id = Id([6; 16]);

fn today() -> Day {
    Day::parse("2026-11-21").unwrap()
}

/// One high threat, one verified control against it with evidence in date, one finding that is remedied in time.
fn whole() -> Dossier {
    let score = Score::new(5);
    let threat = Threat {
        number: Some(1),
        title: Line::new("Leak"),
        likelihood: score,
        impact: score,
        treatment: Some(Treatment::Mitigate),
        ..Threat::empty(THREAT)
    };
    let control = Control {
        number: Some(1),
        title: Line::new("Filter"),
        owner_role: Some(Role::Builder),
        owner: Some(Who(Id([9; 16]))),
        gate: Some(Gate::Build),
        method: Some(Method::Test),
        status: Some(ControlStatus::Verified),
        due: Some(today().plus(-90)),
        ..Control::empty(CONTROL)
    };
    let link = Link { threat: Some(THREAT), control: Some(CONTROL), less_likely: Some(1), ..Link::empty(Id([3; 16])) };
    let evidence =
        Evidence { sort: Some(EvidenceKind::Test), supports: vec![Supports::Works], ..Evidence::empty(Id([4; 16])) };
    let look = Verification {
        control: Some(CONTROL),
        outcome: Some(Outcome::Works),
        valid_until: Some(today().plus(200)),
        evidence: Some(evidence.id),
        ..Verification::empty(Id([5; 16]))
    };
    let finding = Finding {
        number: Some(1),
        title: Line::new("Bypass"),
        threats: Marks(vec![THREAT.to_string()]),
        due: Some(today()),
        status: Some(FindingStatus::InRemediation),
        ..Finding::empty(FINDING)
    };
    Dossier {
        threats: [threat].into(),
        controls: [control].into(),
        links: [link].into(),
        evidence: [evidence].into(),
        verifications: [look].into(),
        findings: [finding].into(),
        ..Dossier::default()
    }
}

type Case = (&'static str, fn(&mut Dossier), Lack, &'static str, &'static str, Mend);

/// What is changed, what is then lacking, words of its sentence, the field that mends it and how.
const CASES: &[Case] = &[
    ("no link", |d| d.links[0].archived = true, Lack::Control, "no specified control", "", Mend::Add),
    (
        "only proposed",
        |d| d.controls[0].status = Some(ControlStatus::Proposed),
        Lack::Control,
        "no specified control",
        "",
        Mend::Add,
    ),
    (
        "unscored",
        |d| {
            d.threats[0].impact = None;
            d.links.clear();
        },
        Lack::Control,
        "unscored",
        "impact",
        Mend::Edit,
    ),
    (
        "degraded",
        |d| d.controls[0].status = Some(ControlStatus::Degraded),
        Lack::Broken,
        "is degraded",
        "status",
        Mend::Edit,
    ),
    ("failed", |d| d.controls[0].status = Some(ControlStatus::Failed), Lack::Broken, "is failed", "status", Mend::Edit),
    (
        "late",
        |d| d.controls[0].status = Some(ControlStatus::InProgress),
        Lack::Overdue,
        "was due on 2026-08-23",
        "status",
        Mend::Edit,
    ),
    (
        "implemented only",
        |d| {
            d.controls[0].status = Some(ControlStatus::Implemented);
            d.verifications.clear();
        },
        Lack::Unverified,
        "nobody has verified it",
        "",
        Mend::Add,
    ),
    (
        "claims it",
        |d| d.evidence[0].supports = vec![Supports::Intent],
        Lack::Unverified,
        "no evidence that shows it",
        "",
        Mend::Add,
    ),
    (
        "did not work",
        |d| d.verifications[0].outcome = Some(Outcome::Partly),
        Lack::Unverified,
        "did not find it working",
        "",
        Mend::Add,
    ),
    (
        "expired",
        |d| d.verifications[0].valid_until = Some(today().plus(-1)),
        Lack::Expired,
        "ended on 2026-11-20",
        "",
        Mend::Add,
    ),
    (
        "its evidence expired",
        |d| d.evidence[0].expires = Some(today().plus(-2)),
        Lack::Expired,
        "ended on 2026-11-19",
        "",
        Mend::Add,
    ),
    (
        "ends soon",
        |d| d.verifications[0].valid_until = Some(today().plus(30)),
        Lack::Ending,
        "only until 2026-12-21",
        "",
        Mend::Add,
    ),
    ("no person", |d| d.controls[0].owner = None, Lack::Owner, "no person", "owner", Mend::Edit),
    ("no role", |d| d.controls[0].owner_role = None, Lack::Owner, "no role", "owner_role", Mend::Edit),
    (
        "its threat is gone",
        |d| d.threats[0].archived = true,
        Lack::Purpose,
        "against no threat that counts",
        "",
        Mend::Add,
    ),
    (
        "reduces nothing",
        |d| d.links[0].less_likely = Some(0),
        Lack::Purpose,
        "reduces nothing",
        "less_likely",
        Mend::Edit,
    ),
    (
        "finding late",
        |d| d.findings[0].due = Some(today().plus(-1)),
        Lack::Finding,
        "was due on 2026-11-20",
        "status",
        Mend::Edit,
    ),
    (
        "to be retested",
        |d| d.findings[0].status = Some(FindingStatus::ReadyForRetest),
        Lack::Retest,
        "ready for its retest",
        "retest",
        Mend::Edit,
    ),
];

#[test]
fn a_whole_plan_lacks_nothing() {
    assert_eq!(control_gaps(&whole(), today()), []);
}

#[test]
fn each_lack_is_found_with_its_sentence_and_the_place_that_mends_it() {
    for (name, change, lack, words, field, mend) in CASES {
        let mut dossier = whole();
        change(&mut dossier);
        let found = control_gaps(&dossier, today());
        let gap = found.iter().find(|gap| gap.lack == *lack).unwrap_or_else(|| panic!("{name}: {found:?}"));
        assert!(gap.what.contains(words), "{name}: {}", gap.what);
        assert!(!gap.what.ends_with('.') && gap.what.contains('"'), "{name}: {}", gap.what);
        assert_eq!((gap.place.field.as_str(), gap.place.mend), (*field, *mend), "{name}");
        assert!(gap.place.id.is_some(), "{name}");
    }
    for lack in Lack::ALL {
        assert!(CASES.iter().any(|case| case.2 == *lack), "no case for {lack:?}");
    }
}

#[test]
fn what_is_retired_or_accepted_or_closed_lacks_nothing() {
    let mut retired = whole();
    retired.controls[0].status = Some(ControlStatus::Retired);
    retired.threats[0].treatment = Some(Treatment::NotApplicable);
    assert_eq!(control_gaps(&retired, today()), []);
    let mut closed = whole();
    closed.findings[0].due = Some(today().plus(-9));
    closed.findings[0].status = Some(FindingStatus::Closed);
    assert_eq!(control_gaps(&closed, today()), []);
}

#[test]
fn the_list_begins_with_what_presses_most() {
    let mut dossier = whole();
    dossier.controls[0].owner = None;
    dossier.controls[0].status = Some(ControlStatus::Failed);
    dossier.findings[0].status = Some(FindingStatus::ReadyForRetest);
    let lacks: Vec<Lack> = control_gaps(&dossier, today()).iter().map(|gap| gap.lack).collect();
    assert_eq!(lacks, [Lack::Control, Lack::Broken, Lack::Owner, Lack::Retest]);
}
