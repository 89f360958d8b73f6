//! The gate: for every gap that it can show, a review on which only this gap is open; nobody decides past it, and the
//! place that it names closes it.

#![allow(clippy::unwrap_used, reason = "tests may")]

mod support;
// A test program is a crate root: its modules would be programs of their own in tests/.
#[path = "gate/bound.rs"]
mod bound;
#[path = "gate/carried.rs"]
mod carried;
#[path = "gate/cases.rs"]
mod cases;
#[path = "gate/clearance.rs"]
mod clearance;
#[path = "gate/delta.rs"]
mod delta;
#[path = "gate/standing.rs"]
mod standing;
#[path = "gate/voiding.rs"]
mod voiding;
#[path = "gate/voids.rs"]
mod voids;

use docket::domain::{
    Rule,
    command::{Command, Import, ImportRow},
    decision::{Decision, Gap, Place, conditions},
    fields::Moment,
    people::Role,
};
use support::{Data, Desk, fields, text};

/// One way to open one gap.
struct Case {
    name: String,
    data: Data,
    condition: u8,
    role: Role,
    what: &'static str,
    hurt: Box<dyn Fn(&mut Desk)>,
    /// Whether the sign-offs and hand-offs stay good for the hurt content; not where they are what is hurt.
    still: bool,
}

/// A case with personal data, on which the sign-offs hold still.
fn case(condition: u8, role: Role, what: &'static str, hurt: impl Fn(&mut Desk) + 'static) -> Case {
    let (name, data) = (what.to_owned(), Data::Personal);
    Case { name, data, condition, role, what, hurt: Box::new(hurt), still: true }
}

/// A review that waits for its decision; made once, because each case starts from it.
fn ready(data: Data) -> Desk {
    use std::sync::OnceLock;
    static READY: [OnceLock<Desk>; 2] = [OnceLock::new(), OnceLock::new()];
    let made = READY[usize::from(data == Data::Personal)].get_or_init(|| {
        let mut desk = Desk::of_five();
        desk.ready(data).wait(1);
        assert_eq!(desk.gaps(), [""; 0]);
        desk
    });
    made.clone()
}

fn only_gap(case: &Case) -> (Desk, Gap) {
    let mut desk = ready(case.data);
    (case.hurt)(&mut desk);
    if case.still {
        desk.hold_still();
    }
    let mut gaps = desk.gate();
    assert_eq!(gaps.len(), 1, "{}: {:#?}", case.name, desk.gaps());
    (desk, gaps.remove(0))
}

fn check(case: &Case) {
    let (mut desk, gap) = only_gap(case);
    let name = &case.name;
    assert_eq!((gap.condition, gap.role), (case.condition, case.role), "{name}: {}", gap.what);
    assert!(gap.what.contains(case.what), "{name}: {}", gap.what);
    assert!(!gap.what.ends_with('.'), "{name}: without its full stop: {}", gap.what);
    assert_eq!(gap.person, desk.dossier.holder(gap.role, desk.today()), "{name}");
    let since = gap.since.unwrap_or(Moment(0));
    assert!(desk.dossier.opened_at() <= Some(since) && since <= desk.now, "{name}: {since:?}");
    assert_eq!(Place::parse(&gap.place.to_text()), Some(gap.place.clone()), "{name}");
    refused(&mut desk, &gap, name);
    desk.mend(&gap).unwrap_or_else(|refusal| panic!("{name}: its place does not mend it: {refusal}"));
    assert!(!desk.gate().iter().any(|g| g.place == gap.place && g.what == gap.what), "{name}: {:#?}", desk.gaps());
    desk.mend_all();
    let proceed = desk.proceed();
    desk.must(Role::Signoff, proceed);
}

/// No decision that permits use goes through, by command or by file; to hold and to decline is always free.
fn refused(desk: &mut Desk, gap: &Gap, name: &str) {
    let signing = desk.who(Role::Signoff);
    if !desk.dossier.holds(signing, Role::Signoff, desk.today()) {
        let proceed = desk.proceed();
        desk.refused(Role::Signoff, proceed, Rule::RoleNotHeld);
        return;
    }
    for decision in [Decision::Proceed, Decision::Conditional, Decision::Pilot] {
        let command = desk.decision(decision, &[("Log it", 30)]);
        let refusal = desk.refused(Role::Signoff, command, Rule::GateOpen);
        assert_eq!(refusal.says, format!("The gate is not open: {}.", gap.what), "{name}");
    }
    for decision in [Decision::Hold, Decision::Decline] {
        let command = desk.decision(decision, &[]);
        desk.clone().must(Role::Signoff, command);
    }
    let set = fields([("decision", text("proceed"))]);
    let row = ImportRow {
        kind: docket::domain::Kind::Disposition,
        key: "d".into(),
        set,
        covers: Vec::new(),
        refs: Vec::new(),
    };
    let file = Import {
        file: fields([("name", text("cleared.json"))]),
        rows: vec![row],
        lineage: String::new(),
        whole: false,
        gone: false,
    };
    let _ = desk.by(Role::Owner, Command::Import(file)).expect_err("no file decides");
    assert!(desk.dossier.dispositions.is_empty(), "{name}");
}

#[test]
fn each_gap_alone_keeps_the_gate_shut_and_is_mended_where_it_says() {
    let cases = cases::all();
    for (number, title) in conditions() {
        assert!(cases.iter().any(|case| case.condition == number), "no case for {number}, {title}");
    }
    for case in &cases {
        check(case);
    }
}

#[test]
fn the_list_begins_with_the_dpo_and_governance() {
    let mut desk = Desk::of_five();
    desk.described(Data::Personal);
    let gaps = desk.gate();
    let loud = |gap: &Gap| match gap.role {
        Role::Dpo => 0,
        Role::Governance => 1,
        _ => 2,
    };
    assert!(gaps.is_sorted_by_key(loud), "{:#?}", desk.gaps());
    assert_eq!((loud(&gaps[0]), loud(&gaps[gaps.len() - 1])), (0, 2));
}

#[test]
fn an_empty_review_lists_every_condition_that_is_not_met() {
    let desk = Desk::of_five();
    let mut numbers: Vec<u8> = desk.gate().iter().map(|gap| gap.condition).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers, [1, 2, 3, 5, 7, 8], "nothing to score yet, and no personal data");
}

#[test]
fn whatever_is_open_can_be_mended_to_the_end() {
    for (data, stage) in [(Data::Internal, 0), (Data::Personal, 0), (Data::Personal, 1), (Data::Personal, 2)] {
        let mut desk = Desk::of_five();
        desk.described(data);
        match stage {
            0 => {}
            1 => drop(desk.handed_to_security().rated()),
            _ => drop(desk.handed_to_security().rated().controlled().with_evidence().dpo_asked()),
        }
        assert!(!desk.mend_all().is_empty());
    }
}

#[test]
fn the_dpo_has_no_gap_where_no_personal_data_is_in_scope() {
    let mut desk = Desk::of_five();
    desk.described(Data::Internal).handed_to_security().rated();
    assert!(desk.gate().iter().all(|gap| gap.role != Role::Dpo && gap.condition != 6), "{:#?}", desk.gaps());
    assert!(desk.dossier.personal_data_because().starts_with("No personal data is in scope"));
}
