//! Commands made at random from what a dossier holds, with words that fit often enough to get somewhere.

use crate::support::{Desk, fields};
use docket::domain::{
    Id, Kind,
    after::ChangeKind,
    command::{Command, Fields, Import, ImportRow},
    decision::{Decision, ReturnReason, ReviewKind, Step, Triage},
    fields::{Field, Form, Vocabulary},
    people::Role,
    privacy::Advice,
    system::Tier,
    value::Value,
};
use proptest::prelude::*;

/// The kinds on which most rules hang.
const OFTEN: &[Kind] = &[Kind::Threat, Kind::Control, Kind::Verification, Kind::Privacy, Kind::Flow, Kind::System];

/// One thing that somebody asks for; the numbers choose among what there is.
#[derive(Debug, Clone)]
pub struct Asked {
    pub role: Role,
    pub person: u8,
    /// Whether the one who holds the role that it takes asks for it.
    pub own: bool,
    /// Days that go by before.
    pub wait: u8,
    verb: u8,
    kind: u8,
    pick: [u8; 4],
    words: String,
}

pub fn sequence(most: usize) -> impl Strategy<Value = Vec<Asked>> {
    proptest::collection::vec(asked(), 0..most)
}

fn asked() -> impl Strategy<Value = Asked> {
    let role = (0..Role::ALL.len() + 5).prop_map(|at| Role::ALL[at % Role::ALL.len()]);
    let words = prop_oneof![4 => Just("As agreed.".to_owned()), 1 => Just(String::new()), 1 => ".{0,12}"];
    let wait = prop_oneof![6 => Just(0u8), 2 => 1u8..5, 1 => 20u8..200];
    (role, any::<bool>(), 0u8..5, wait, 0u8..48, any::<u8>(), any::<[u8; 4]>(), words).prop_map(
        |(role, own, person, wait, verb, kind, pick, words)| {
            let person = match Role::REVIEW.iter().position(|r| *r == role) {
                Some(at) if own => u8::try_from(at).unwrap_or(0),
                _ => person,
            };
            Asked { role, person, own, wait, verb, kind, pick, words }
        },
    )
}

/// The role that an act belongs to, where it is one.
pub fn natural(command: &Command) -> Option<Role> {
    match command {
        Command::Send { step, .. } | Command::Recall(step) => Some(step.from()),
        Command::Receive(step) | Command::Confirm(step) | Command::Return { step, .. } => Some(step.to()),
        Command::AcceptRisk(_)
        | Command::DecideException { .. }
        | Command::ReviewException(..)
        | Command::DeclineRisk(..)
        | Command::RevokeRisk(..)
        | Command::Triage(..) => Some(Role::Governance),
        Command::Propose { .. } | Command::Renew { .. } => Some(Role::Security),
        Command::Add { kind, .. } | Command::Withdraw { kind, .. } => match kind {
            Kind::Threat | Kind::Control | Kind::Verification | Kind::Considered => Some(Role::Security),
            _ => None,
        },
        Command::Advise { .. } => Some(Role::Dpo),
        Command::Decide { .. } | Command::RevokeClearance(_) => Some(Role::Signoff),
        _ => None,
    }
}

fn of<V: Vocabulary>(at: u8) -> V {
    V::ALL[usize::from(at) % V::ALL.len()]
}

fn row(desk: &Desk, kind: Kind, at: u8) -> Option<Id> {
    let rows = desk.dossier.rows(kind);
    if rows.is_empty() { None } else { Some(rows[usize::from(at) % rows.len()].id()) }
}

/// The command that is asked for; none where there is nothing to ask it of.
pub fn command(desk: &Desk, asked: &Asked) -> Option<Command> {
    let [a, b, c, d] = asked.pick;
    let kinds = if asked.kind < 128 { Kind::ALL } else { OFTEN };
    let kind = kinds[usize::from(asked.kind) % kinds.len()];
    let prose = || asked.words.as_str().into();
    let soon = |n: u8| Some(desk.day(i64::from(n) - 20)).filter(|_| n != 0);
    Some(match asked.verb {
        0..=7 => Command::Edit { kind, id: row(desk, kind, a)?, set: some_fields(desk, kind, asked), why: prose() },
        8..=12 => {
            let of = match kind {
                Kind::Verification => Kind::Control,
                Kind::Proviso => Kind::Acceptance,
                _ => Kind::Threat,
            };
            let to = row(desk, of, c);
            Command::Add { kind, set: some_fields(desk, kind, asked), to }
        }
        13 => Command::Withdraw { kind, id: row(desk, kind, a)?, why: prose() },
        14 => Command::Restore { kind, id: row(desk, kind, a)? },
        15..=18 => Command::Send { step: of(a), note: prose(), due: soon(b) },
        19 => Command::Receive(of(a)),
        20..=23 => Command::Confirm(of(a)),
        24 => Command::Return { step: of::<Step>(a), reason: of::<ReturnReason>(b), gaps: prose(), role: of(c) },
        25 => Command::Recall(of(a)),
        26 => Command::Assign {
            role: of(a),
            person: desk.people[usize::from(b) % 5],
            delegate: row(desk, Kind::Person, c).filter(|_| d.is_multiple_of(3)),
            until: soon(d).filter(|_| d.is_multiple_of(5)),
        },
        27..=42 => act(desk, asked)?,
        43 => import(desk, asked, kind),
        44 => Command::StartReview(of::<ReviewKind>(a)),
        45 => Command::OverrideTier { tier: Some(of::<Tier>(a)).filter(|_| b > 40), reason: prose() },
        46 => Command::WaiveDpo(prose()),
        _ => Command::NewSystem(some_fields(desk, Kind::System, asked)),
    })
}

/// The acts that bind.
fn act(desk: &Desk, asked: &Asked) -> Option<Command> {
    let [a, b, c, _] = asked.pick;
    let prose = || asked.words.as_str().into();
    let soon = |n: u8| Some(desk.day(i64::from(n) - 20)).filter(|_| n != 0);
    Some(match asked.verb {
        27 if c.is_multiple_of(3) => Command::Renew {
            acceptance: row(desk, Kind::Acceptance, a)?,
            reason: prose(),
            condition: prose(),
            expires: soon(b),
            requester: None,
        },
        28 if c.is_multiple_of(3) => Command::MeetProviso {
            id: row(desk, Kind::Proviso, a)?,
            proof: prose(),
            evidence: row(desk, Kind::Evidence, b).filter(|_| c.is_multiple_of(2)),
            measured: Some(i64::from(b)),
        },
        27 | 28 => Command::Propose {
            threat: row(desk, Kind::Threat, a)?,
            reason: prose(),
            condition: prose(),
            expires: soon(b),
            requester: row(desk, Kind::Person, c).filter(|_| c.is_multiple_of(5)),
        },
        29 | 30 => Command::AcceptRisk(row(desk, Kind::Acceptance, a)?),
        31 => Command::DeclineRisk(row(desk, Kind::Acceptance, a)?, prose()),
        32 => Command::WithdrawRisk(row(desk, Kind::Acceptance, a)?, prose()),
        33 => Command::RevokeRisk(row(desk, Kind::Acceptance, a)?, prose()),
        34 => Command::Advise { advice: of::<Advice>(a), text: prose() },
        35 | 36 => Command::Sign(prose()),
        37 => Command::Unsign(prose()),
        38 => Command::Override { reason: prose(), compensating: asked.words.as_str().into() },
        39 => Command::Decide {
            decision: of::<Decision>(a),
            rationale: prose(),
            conditions: vec![(prose(), desk.day(i64::from(b) - 5))],
            valid_until: soon(c),
        },
        40 => match a % 6 {
            3 => Command::DecideException { id: row(desk, Kind::Exception, b)?, approve: c > 60, why: prose() },
            4 => Command::ReviewException(row(desk, Kind::Exception, b)?, prose()),
            5 => Command::CloseException(row(desk, Kind::Exception, b)?, prose()),
            0 => Command::RevokeClearance(prose()),
            1 => Command::MeetCondition(row(desk, Kind::Condition, b)?, prose()),
            _ => Command::Triage(row(desk, Kind::Trigger, b)?, of::<Triage>(c), vec![], prose()),
        },
        41 => match b % 4 {
            0 => afterwards(desk, asked)?,
            _ => Command::Fire(row(desk, Kind::Trigger, a)?, prose()),
        },
        _ => {
            Command::Triage(row(desk, Kind::Trigger, a)?, of::<Triage>(b), vec![Role::Dpo; usize::from(c % 2)], prose())
        }
    })
}

/// What is recorded after clearance.
fn afterwards(desk: &Desk, asked: &Asked) -> Option<Command> {
    let [a, b, c, d] = asked.pick;
    let prose = || asked.words.as_str().into();
    let soon = |n: u8| Some(desk.day(i64::from(n) - 20)).filter(|_| n != 0);
    Some(match c % 7 {
        0 => Command::Pause(prose()),
        1 => Command::Resume(prose()),
        2 => {
            let mut fires: Vec<String> = row(desk, Kind::Trigger, a).iter().map(ToString::to_string).collect();
            fires.push("DKT-R-001".to_owned());
            let kind = of::<ChangeKind>(b).code();
            Command::RecordChange {
                what: fields([("title", Value::from("Other")), ("sort", Value::from(kind))]),
                fires,
            }
        }
        3 => Command::ReportIncident(fields([
            ("title", Value::from("Leak")),
            ("sort", Value::from("leakage")),
            ("noticed", Value::Text(desk.today().to_string())),
        ])),
        4 => Command::Restrict { incident: row(desk, Kind::Incident, a)?, text: prose(), until: soon(d) },
        5 => Command::CloseIncident(row(desk, Kind::Incident, a)?, prose()),
        _ => Command::Triage(row(desk, Kind::Alteration, a)?, of::<Triage>(b), vec![Role::Dpo], prose()),
    })
}

fn import(desk: &Desk, asked: &Asked, kind: Kind) -> Command {
    let digest = format!("{:064x}", u32::from_be_bytes(asked.pick));
    let file = fields([("name", Value::from("file.json")), ("digest", Value::Text(digest))]);
    let kinds = [kind, Kind::Threat, Kind::Flow];
    let rows = kinds.into_iter().take(1 + usize::from(asked.pick[0] % 3)).enumerate().map(|(at, kind)| ImportRow {
        kind,
        key: format!("k{}", at + usize::from(asked.pick[1] % 4)),
        set: some_fields(desk, kind, asked),
        covers: vec!["k2".into()],
        refs: Vec::new(),
    });
    Command::Import(Import { file, rows: rows.collect(), lineage: String::new(), whole: false, gone: false })
}

/// Up to three fields of a kind, most often with a value that fits.
fn some_fields(desk: &Desk, kind: Kind, asked: &Asked) -> Fields {
    let all = kind.fields();
    let own: Vec<&Field> = all.iter().filter(|field| field.by.allows(asked.role)).collect();
    let mut set = Fields::new();
    if let Some(first) = all.iter().find(|field| field.needed && field.by.allows(asked.role)) {
        set.push((first.id.to_owned(), value(desk, first, asked.pick[3], &asked.words)));
    }
    for at in &asked.pick[1..] {
        let field = match own.len() {
            0 => &all[usize::from(*at) % all.len()],
            _ if at.is_multiple_of(16) => &all[usize::from(*at) % all.len()],
            n => own[usize::from(*at) % n],
        };
        if !set.iter().any(|(id, _)| id == field.id) {
            set.push((field.id.to_owned(), value(desk, field, at.wrapping_mul(31), &asked.words)));
        }
    }
    set
}

fn value(desk: &Desk, field: &Field, at: u8, words: &str) -> Value {
    let n = usize::from(at);
    match field.form {
        _ if at.is_multiple_of(23) => Value::Null,
        Form::Line | Form::Prose => Value::from(if words.is_empty() { "Said." } else { words }),
        Form::Number | Form::Score | Form::Moment => Value::Int(i64::from(at % 7)),
        Form::Day => Value::Text(desk.day(i64::from(at) - 20).to_string()),
        Form::Choice(all) => Value::from(all[n % all.len()].code),
        Form::Choices(all) => {
            Value::List(vec![all[n % all.len()].code.to_owned(), all[(n / 7) % all.len()].code.to_owned()])
        }
        Form::Person => Value::Text(desk.people[n % 5].to_string()),
        Form::Reference => {
            let kind = [Kind::Threat, Kind::Control, Kind::Evidence, Kind::Release][n % 4];
            row(desk, kind, at / 4).map_or(Value::Null, |id| Value::Text(id.to_string()))
        }
        Form::Marks => {
            let all = docket::domain::decision::subjects(&desk.dossier);
            let marks: Vec<String> = all.into_iter().skip(n % 3).map(|subject| subject.mark).collect();
            if marks.is_empty() { Value::Null } else { Value::List(marks) }
        }
        Form::Digest => Value::Text("ab".repeat(32)),
    }
}
