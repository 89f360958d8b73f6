//! For every rule at least one review that breaks it, and what mends that.

use docket::domain::{Id, Kind, command::Command, lint::Rule, people::Role, value::Value};

use crate::beside::beside;
use crate::planned;
use crate::support::{Data, Desk, date, int, list, reference, text};

/// One way to break one rule.
pub struct Case {
    pub rule: Rule,
    pub data: Data,
    pub says: &'static str,
    pub hurt: Box<dyn Fn(&mut Desk)>,
    pub mend: Box<dyn Fn(&mut Desk)>,
}

pub fn case(
    rule: Rule,
    says: &'static str,
    hurt: impl Fn(&mut Desk) + 'static,
    mend: impl Fn(&mut Desk) + 'static,
) -> Case {
    Case { rule, data: Data::Personal, says, hurt: Box::new(hurt), mend: Box::new(mend) }
}

pub fn all() -> Vec<Case> {
    [scores(), treatment(), acceptances(), evidence(), dates()].into_iter().flatten().chain(beside()).collect()
}

pub fn on<const N: usize>(desk: &mut Desk, threat: i64, set: [(&str, Value); N]) {
    desk.fact(Kind::Threat, desk.threat(threat), set);
}

fn by_hand(desk: &mut Desk, threat: i64, likelihood: i64, impact: i64) {
    let words = ("score_reason", text("As measured."));
    on(desk, threat, [("now_likelihood", int(likelihood)), ("now_impact", int(impact)), words]);
}

/// T-3 or T-4, which needs no control.
pub fn avoided(desk: &mut Desk, title: &str) -> i64 {
    let id = desk.add_threat(title, (3, 3), &[]);
    desk.fact(Kind::Threat, id, [("treatment", text("avoid")), ("treatment_reason", text("It is switched off."))]);
    desk.dossier.threats.last().and_then(|threat| threat.number).expect("a number")
}

/// A second piece of evidence, which nothing rests on.
fn second(desk: &mut Desk, collected: i64, expires: Option<i64>) {
    desk.add_evidence();
    desk.put(Kind::Evidence, "grade", text("inferred"));
    desk.put(Kind::Evidence, "collected", date(desk.day(collected)));
    desk.put(Kind::Evidence, "expires", expires.map_or(Value::Null, |days| date(desk.day(days))));
}

fn looked(desk: &mut Desk, control: i64, set: &[(&str, Value)]) -> Id {
    let id = Id::v7(desk.now.0, [5; 10], 0);
    let control = reference(desk.control(control));
    desk.fact(Kind::Verification, id, [("control", control), ("on", date(desk.today()))]);
    for (field, value) in set {
        desk.fact(Kind::Verification, id, [(field, value.clone())]);
    }
    id
}

fn scores() -> Vec<Case> {
    vec![
        case(
            Rule::ResidualAboveInherent,
            "T-2 \"Wrong answer\" has the likelihood 5 now, and 3 before any control",
            |desk| by_hand(desk, 2, 5, 3),
            |desk| by_hand(desk, 2, 3, 3),
        ),
        case(
            Rule::ResidualAboveInherent,
            "has the impact 4 now",
            |desk| by_hand(desk, 2, 1, 4),
            |desk| on(desk, 2, [("now_likelihood", Value::Null), ("now_impact", Value::Null)]),
        ),
        case(
            Rule::LoweredWithoutControl,
            "T-4 \"Flooding\" was lowered from 3 × 3 to 1 × 3, and no control is against it",
            |desk| {
                let number = avoided(desk, "Flooding");
                by_hand(desk, number, 1, 3);
            },
            |desk| {
                let (threat, control) = (reference(desk.threat(4)), reference(desk.control(1)));
                let link = Id::v7(desk.now.0, [6; 10], 0);
                desk.fact(Kind::Link, link, [("threat", threat), ("control", control), ("less_likely", int(4))]);
            },
        ),
        case(
            Rule::ByHandWithoutReason,
            "T-1 \"Injection\" has a score set by hand, and nobody said why",
            |desk| on(desk, 1, [("now_likelihood", int(3))]),
            |desk| on(desk, 1, [("score_reason", text("As measured."))]),
        ),
        case(
            Rule::LoweredUnverified,
            "T-2 \"Wrong answer\" was lowered by hand to 2 × 3",
            |desk| by_hand(desk, 2, 2, 3),
            |desk| {
                desk.verify(desk.control(2), desk.last(Kind::Evidence), desk.day(300));
            },
        ),
        case(
            Rule::NowBelowTarget,
            "and the whole plan reaches only",
            |desk| by_hand(desk, 1, 1, 1),
            |desk| on(desk, 1, [("now_likelihood", Value::Null), ("now_impact", Value::Null)]),
        ),
    ]
}

fn treatment() -> Vec<Case> {
    vec![
        case(
            Rule::MitigateWithoutPlan,
            "T-4 \"Flooding\" is to be mitigated, and no control is planned",
            |desk| {
                desk.add_threat("Flooding", (2, 2), &[]);
            },
            |desk| planned(desk, 4, "A limit per minute"),
        ),
        case(
            Rule::MitigateWithoutPlan,
            "T-2 \"Wrong answer\" is to be mitigated",
            |desk| {
                desk.fact(Kind::Control, desk.control(2), [("status", text("retired"))]);
            },
            |desk| {
                desk.fact(Kind::Control, desk.control(2), [("status", text("proposed"))]);
            },
        ),
        case(
            Rule::TreatmentWithoutReason,
            "T-2 \"Wrong answer\" has the treatment \"transfer\"",
            |desk| on(desk, 2, [("treatment", text("transfer"))]),
            |desk| on(desk, 2, [("treatment_reason", text("Our insurer carries it."))]),
        ),
        case(
            Rule::TreatmentWithoutReason,
            "has the treatment \"not applicable\"",
            |desk| on(desk, 2, [("treatment", text("not_applicable"))]),
            |desk| on(desk, 2, [("treatment_reason", text("It answers nothing."))]),
        ),
        case(
            Rule::ClosedUndecided,
            "The analysis of T-2 \"Wrong answer\" is closed",
            |desk| on(desk, 2, [("treatment", Value::Null), ("status", text("closed"))]),
            |desk| on(desk, 2, [("treatment", text("mitigate"))]),
        ),
    ]
}

fn accepted(desk: &mut Desk, days: i64) {
    desk.accept(desk.threat(2), days).expect("accepted");
}

fn breached() -> Case {
    case(
        Rule::AcceptanceBreached,
        "The acceptance of T-2 \"Wrong answer\" does not hold. The condition",
        |desk| {
            accepted(desk, 90);
            let id = desk.last(Kind::Acceptance);
            let due = [("sort", text("report")), ("due", date(desk.day(5)))];
            desk.fact(Kind::Proviso, Id([0x77; 16]), due);
            desk.fact(Kind::Proviso, Id([0x77; 16]), [("acceptance", reference(id))]);
            desk.wait(6);
        },
        |desk| {
            let proof = "Minutes.".into();
            let id = desk.last(Kind::Proviso);
            let met = Command::MeetProviso { id, proof, evidence: None, measured: None };
            desk.must(Role::Owner, met);
        },
    )
}

fn acceptances() -> Vec<Case> {
    let accept = |desk: &mut Desk| on(desk, 2, [("treatment", text("accept"))]);
    vec![
        case(
            Rule::AcceptWithoutAcceptance,
            "T-2 \"Wrong answer\" is to be accepted, and nobody accepted it",
            accept,
            |desk| accepted(desk, 90),
        ),
        case(
            Rule::AcceptWithoutAcceptance,
            "and its acceptance lapsed on",
            move |desk| {
                accept(desk);
                accepted(desk, 10);
                desk.wait(11);
            },
            |desk| accepted(desk, 90),
        ),
        case(
            Rule::AcceptanceDrifted,
            "The acceptance of T-2 \"Wrong answer\" was given for another score",
            |desk| {
                accepted(desk, 90);
                on(desk, 2, [("likelihood", int(4))]);
            },
            |desk| on(desk, 2, [("likelihood", int(3))]),
        ),
        breached(),
        case(
            Rule::AcceptanceExpired,
            "The acceptance of T-2 \"Wrong answer\" lapsed on",
            |desk| {
                accepted(desk, 10);
                desk.wait(11);
            },
            |desk| accepted(desk, 90),
        ),
        case(
            Rule::AcceptanceExpired,
            "was asked for until",
            |desk| {
                accepted(desk, 10);
                desk.put(Kind::Acceptance, "status", text("proposed"));
                desk.wait(11);
            },
            |desk| desk.put(Kind::Acceptance, "status", text("declined")),
        ),
    ]
}

fn evidence() -> Vec<Case> {
    let works = |desk: &mut Desk, evidence: Value| {
        let until = ("valid_until", date(desk.day(90)));
        looked(desk, 2, &[("outcome", text("works")), until, ("evidence", evidence)]);
    };
    let withdrawn = |desk: &mut Desk| desk.put(Kind::Verification, "archived", int(1));
    vec![
        case(
            Rule::VerifiedWithoutEvidence,
            "C-2 \"Answer from the manual only\" is called verified",
            |desk| {
                desk.fact(Kind::Control, desk.control(2), [("status", text("verified"))]);
            },
            |desk| {
                desk.verify(desk.control(2), desk.last(Kind::Evidence), desk.day(300));
            },
        ),
        case(
            Rule::VerificationUnshown,
            "says that C-2 \"Answer from the manual only\" works, and has no evidence",
            move |desk| works(desk, Value::Null),
            withdrawn,
        ),
        case(
            Rule::VerificationUnshown,
            "works, and rests on E-2, which cannot show it",
            move |desk| {
                second(desk, 0, None);
                desk.put(Kind::Evidence, "supports", list(&["intent"]));
                works(desk, reference(desk.last(Kind::Evidence)));
            },
            |desk| desk.put(Kind::Evidence, "supports", list(&["intent", "works"])),
        ),
        case(
            Rule::ExplicitWithoutDigest,
            "E-1 \"Test run\" is called explicit",
            |desk| desk.blank(Kind::Evidence, "digest"),
            |desk| desk.put(Kind::Evidence, "grade", text("assumed")),
        ),
    ]
}

fn dates() -> Vec<Case> {
    vec![
        case(
            Rule::DatesReversed,
            "E-2 \"Test run\" was collected on",
            |desk| second(desk, -2, Some(-5)),
            |desk| desk.put(Kind::Evidence, "expires", date(desk.day(5))),
        ),
        case(
            Rule::DatesReversed,
            "A verification of C-2 \"Answer from the manual only\" was made on",
            |desk| {
                let until = date(desk.day(-1));
                looked(desk, 2, &[("outcome", text("partly")), ("valid_until", until)]);
            },
            |desk| desk.put(Kind::Verification, "valid_until", date(desk.day(30))),
        ),
        case(
            Rule::DatesReversed,
            "before it was given",
            |desk| {
                accepted(desk, 90);
                desk.put(Kind::Acceptance, "expires", date(desk.day(-9)));
                desk.put(Kind::Acceptance, "status", text("revoked"));
            },
            |desk| desk.put(Kind::Acceptance, "expires", date(desk.day(9))),
        ),
        case(
            Rule::DatedAhead,
            "E-2 \"Test run\" is said to be collected on",
            |desk| second(desk, 3, None),
            |desk| {
                desk.wait(3);
            },
        ),
        case(
            Rule::DatedAhead,
            "A verification of C-2 \"Answer from the manual only\" is dated",
            |desk| {
                let day = date(desk.day(3));
                looked(desk, 2, &[("on", day)]);
            },
            |desk| {
                desk.wait(3);
            },
        ),
        case(
            Rule::EvidenceExpired,
            "E-2 \"Test run\" counted until",
            |desk| second(desk, -9, Some(-1)),
            |desk| desk.put(Kind::Evidence, "expires", date(desk.today())),
        ),
    ]
}
