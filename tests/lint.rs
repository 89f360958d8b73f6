//! The linter: for every rule a review in which only this rule has something to say, and what makes it silent again.

mod support;
// A test program is a crate root: its modules would be programs of their own in tests/.
#[path = "lint/beside.rs"]
mod beside;
#[path = "lint/cases.rs"]
mod cases;
#[path = "lint/jump.rs"]
mod jump;
#[path = "lint/large.rs"]
mod large;

use docket::domain::{
    Kind,
    decision::{Mend, Place},
    lint::{Remark, Rule, Severity, lint, noticed, tally},
    people::Role,
};
use support::{Data, Desk, add_to, text};

/// A review that is ready to be decided and in which everything fits together; made once.
fn clean(data: Data) -> Desk {
    use std::sync::OnceLock;
    static CLEAN: [OnceLock<Desk>; 2] = [OnceLock::new(), OnceLock::new()];
    let made = CLEAN[usize::from(data == Data::Personal)].get_or_init(|| {
        let mut desk = Desk::of_five();
        desk.ready(data);
        let names = [(2, "Answer from the manual only"), (3, "Cut names before logging")];
        for (threat, title) in names.into_iter().take(desk.dossier.threats.len() - 1) {
            planned(&mut desk, threat, title);
        }
        desk.put(Kind::Evidence, "digest", text(&"ab".repeat(32)));
        desk.wait(20);
        desk
    });
    made.clone()
}

/// A control against a threat, under a title of its own.
fn planned(desk: &mut Desk, threat: i64, title: &str) {
    let words = [("title", title), ("owner_role", "builder"), ("gate", "build"), ("method", "test")];
    let words = words.map(|(field, word)| (field, text(word)));
    desk.must(Role::Security, add_to(desk.threat(threat), Kind::Control, words));
    desk.put(Kind::Control, "status", text("implemented"));
}

fn remarks(desk: &Desk) -> Vec<Remark> {
    lint(&desk.dossier, desk.today())
}

#[test]
fn what_fits_together_has_no_remark() {
    for data in [Data::Personal, Data::Internal] {
        assert_eq!(remarks(&clean(data)), [], "{data:?}");
    }
    assert_eq!(remarks(&Desk::empty()), []);
}

#[test]
fn each_rule_alone_says_what_it_is_for_and_is_silent_once_it_is_mended() {
    let cases = cases::all();
    for rule in Rule::ALL {
        assert!(cases.iter().any(|case| case.rule == *rule), "no case for {}", rule.id());
    }
    for case in &cases {
        let id = case.rule.id();
        let mut desk = clean(case.data);
        (case.hurt)(&mut desk);
        let found = remarks(&desk);
        let rules: Vec<_> = found.iter().map(|remark| remark.rule.id()).collect();
        assert_eq!(rules, [id], "{found:#?}");
        let remark = &found[0];
        assert!(remark.what.contains(case.says), "{id}: {}", remark.what);
        for sentence in [&remark.what, &remark.mend] {
            assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{id}: {sentence}");
        }
        is_a_place(&desk, &remark.place, id);
        (case.mend)(&mut desk);
        assert_eq!(remarks(&desk), [], "{id} is mended");
    }
}

/// The place is of this system, and a field that it names is one.
fn is_a_place(desk: &Desk, place: &Place, id: &str) {
    assert_eq!(Place::parse(&place.to_text()).as_ref(), Some(place), "{id}");
    let of = match (place.mend, place.kind) {
        (Mend::Add, Kind::Control) | (Mend::Accept, _) => Kind::Threat,
        (Mend::Add, Kind::Verification) => Kind::Control,
        (_, kind) => kind,
    };
    let thing = place.id.expect("a remark is about something");
    assert!(desk.dossier.find(of, thing).is_some_and(|row| !row.archived()), "{id}: {place:?}");
    assert!(place.field.is_empty() || place.kind.field(&place.field).is_some(), "{id}: {place:?}");
}

#[test]
fn contradictions_come_first_and_are_counted() {
    let mut desk = clean(Data::Personal);
    for case in cases::all().iter().filter(|case| case.data == Data::Personal) {
        (case.hurt)(&mut desk);
    }
    let found = remarks(&desk);
    assert!(found.is_sorted_by_key(|remark| (remark.severity(), remark.rule)), "{found:#?}");
    let (grave, mild) = tally(&found);
    assert_eq!(grave, found.iter().filter(|remark| remark.severity() == Severity::Contradiction).count());
    assert!(grave > 5 && mild > 5 && grave + mild == found.len(), "{grave} {mild}");
}

#[test]
fn what_the_gate_says_already_is_not_noticed_again() {
    let mut desk = clean(Data::Personal);
    let gaps = desk.gate();
    let hurt = |rule: Rule, desk: &mut Desk| {
        let case = cases::all().into_iter().find(|case| case.rule == rule).expect("a case");
        (case.hurt)(desk);
    };
    hurt(Rule::TreatmentWithoutReason, &mut desk);
    hurt(Rule::VerifiedWithoutEvidence, &mut desk);
    hurt(Rule::AdvisedUnvalidated, &mut desk);
    hurt(Rule::ResidualAboveInherent, &mut desk);
    assert_eq!(remarks(&desk).len(), 4);
    let rules = |found: Vec<Remark>| found.into_iter().map(|remark| remark.rule).collect::<Vec<_>>();
    let left = rules(noticed(&desk.dossier, &desk.gate(), desk.today()));
    assert_eq!(left, [Rule::ResidualAboveInherent, Rule::TreatmentWithoutReason], "transferred is no gap");
    assert_eq!(rules(noticed(&desk.dossier, &gaps, desk.today())).len(), 4);
}
