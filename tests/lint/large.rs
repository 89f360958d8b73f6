//! A register of thousands: found in time that grows with it, not with its square.

use std::time::{Duration, Instant};

use docket::domain::{
    Dossier, Id, Kind, Line,
    fields::{Day, Score},
    lint::{Rule, lint},
    register::{Control, ControlStatus, Evidence, Link, Outcome, Threat, Treatment, Verification},
    system::Tool,
};

fn id(kind: u8, n: u16) -> Id {
    let mut bytes = [kind; 16];
    bytes[14..].copy_from_slice(&n.to_be_bytes());
    Id(bytes)
}

const WORDS: [&str; 17] = [
    "prompt", "index", "answer", "secret", "tool", "rights", "vendor", "model", "log", "person", "figure", "budget",
    "token", "plugin", "memory", "cache", "queue",
];

/// Every threat with its own tool, control and verification; `title` says what the threats are called.
fn register(threats: u16, title: &dyn Fn(usize) -> String) -> Dossier {
    let day = Day::parse("2026-11-21").expect("a day");
    let mut dossier = Dossier { subject: Some(Id([1; 16])), ..Dossier::default() };
    dossier.evidence.push(Evidence::empty(Id([2; 16])));
    for n in 0..threats {
        let (threat, control, tool) = (id(3, n), id(4, n), id(6, n));
        let mut made = Threat::empty(threat);
        (made.number, made.title) = (Some(i64::from(n) + 1), Line::new(&title(usize::from(n))));
        (made.likelihood, made.impact) = (Score::new(3), Score::new(4));
        (made.treatment, made.covers.0) = (Some(Treatment::Mitigate), vec![tool.to_string()]);
        dossier.threats.push(made);
        dossier.tools.push(Tool::empty(tool));
        let name = Line::new(&format!("Measure {n} against it"));
        dossier.controls.push(Control {
            title: name,
            status: Some(ControlStatus::Verified),
            ..Control::empty(control)
        });
        dossier.links.push(Link { threat: Some(threat), control: Some(control), ..Link::empty(id(5, n)) });
        dossier.verifications.push(Verification {
            control: Some(control),
            outcome: Some(Outcome::Works),
            valid_until: Some(day),
            evidence: Some(Id([2; 16])),
            ..Verification::empty(id(7, n))
        });
    }
    dossier
}

/// What is found, and how long it took.
fn timed(dossier: &Dossier) -> (Vec<Rule>, Duration) {
    let start = Instant::now();
    let found = lint(dossier, Day::parse("2026-11-21").expect("a day"));
    (found.into_iter().map(|remark| remark.rule).collect(), start.elapsed())
}

/// 100 ms in a release build; an unoptimised one on a busy machine is given what only a square would exceed.
const WITHIN: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3_000 } else { 100 });

#[test]
fn five_thousand_threats_are_read_at_once_whatever_they_are_called() {
    let mixed = |n: usize| {
        let word = |by: usize| WORDS[(n / by + n * by) % WORDS.len()];
        format!("{} of the {} in the {} number {}", word(1), word(7), word(31), n % 40)
    };
    let same = |_: usize| "An answer names a person who is not asking".to_owned();
    let counted = |n: usize| format!("Instructions hidden in a document are followed ({n})");
    for title in [&mixed as &dyn Fn(usize) -> String, &same, &counted] {
        let (found, took) = timed(&register(5_000, title));
        assert!(found.iter().all(|rule| *rule == Rule::ThreatsAlike), "{:?}", &found[..found.len().min(5)]);
        assert!(took < WITHIN, "{}: {took:?}", title(1));
    }
}

#[test]
fn the_same_threat_to_two_parts_is_two_threats_and_to_one_part_is_one() {
    let mut dossier = register(40, &|n| format!("Flooding of {}", WORDS[n % 10]));
    assert_eq!(timed(&dossier).0, [], "each covers a tool of its own");
    for at in 0..dossier.threats.len() {
        dossier.threats[at].covers.0.clear();
    }
    let (found, _) = timed(&dossier);
    assert_eq!(found, [Rule::ThreatsAlike; 30], "ten are the first of their kind");
    dossier.withdraw(Kind::Threat);
    assert_eq!(timed(&dossier).0, [], "what was withdrawn is like nothing");
}

trait Withdraw {
    fn withdraw(&mut self, kind: Kind);
}

impl Withdraw for Dossier {
    fn withdraw(&mut self, kind: Kind) {
        let ids: Vec<Id> = self.rows(kind).into_iter().map(docket::domain::fields::Entity::id).collect();
        for id in ids {
            self.entry(kind, id).put("archived", &docket::domain::value::Value::Int(1));
        }
    }
}
