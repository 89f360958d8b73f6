//! Every field of every kind of thing against every role's sign-off: voided exactly when the section that the field
//! belongs to was reviewed by that role. The rows of the test are the table of fields itself.

use crate::support::{Data, Desk, date, list, reference, text};
use docket::domain::{
    Id, Kind, Prose,
    command::Command,
    decision::{Section, SignoffState, latest_signoff, print_in, reviewed_by, signoff_state},
    fields::{By, Digest, Entity, Field, Form},
    people::Role,
    value::Value,
};

/// Sign-offs are what is looked at; a sign-off of a sign-off there is not.
fn looked_at(kind: Kind) -> bool {
    kind != Kind::Signoff
}

/// A value of this form that is not `now`.
fn other(desk: &Desk, field: &Field, now: &Value) -> Value {
    let one_of = |values: Vec<Value>| values.into_iter().find(|value| value != now).expect("there is another one");
    let days = [desk.day(3), desk.day(9)].map(date).to_vec();
    let codes = |choices: &[docket::domain::fields::Choice]| choices.iter().map(|c| c.code).collect::<Vec<_>>();
    one_of(match field.form {
        Form::Line | Form::Prose => vec![text("Said otherwise."), text("Said otherwise again.")],
        Form::Number => vec![Value::Int(70), Value::Int(71)],
        Form::Score => vec![Value::Int(2), Value::Int(3)],
        Form::Day => days,
        Form::Moment => vec![Value::Int(desk.now.0), Value::Int(desk.now.0 + 1)],
        Form::Choice(words) => codes(words).into_iter().map(text).collect(),
        Form::Choices(words) => codes(words).into_iter().map(|code| list(&[code])).collect(),
        Form::Person | Form::Reference => desk.people.iter().map(|id| reference(*id)).collect(),
        Form::Marks => vec![list(&["data:personal"]), list(&["data:public"])],
        Form::Digest => ["a", "b"].map(|digit| text(&digit.repeat(64))).to_vec(),
    })
}

/// A review with everybody's sign-off in force, in which there is a thing of every kind that says something in each field.
fn full() -> Desk {
    let mut desk = crate::ready(Data::Personal);
    for (n, kind) in (1u8..).zip(Kind::ALL.iter().filter(|kind| looked_at(**kind))) {
        if !desk.dossier.rows(*kind).iter().any(|row| !row.archived()) {
            let id = Id([n; 16]);
            for field in kind.fields() {
                let value = other(&desk, field, &Value::Null);
                desk.fact(*kind, id, [(field.id, value)]);
            }
        }
    }
    // What is still asked for belongs to something of this system, so that a rule lets it be reworded.
    let (acceptance, control) = (desk.last(Kind::Acceptance), desk.control(1));
    desk.fact(Kind::Proviso, desk.last(Kind::Proviso), [("acceptance", reference(acceptance))]);
    for kind in [Kind::Proviso, Kind::Exception] {
        desk.fact(kind, desk.last(kind), [("control", reference(control))]);
    }
    // A request to carry a risk is no content before somebody agreed.
    desk.fact(Kind::Acceptance, acceptance, [("status", text("accepted"))]);
    desk.hold_still();
    assert_eq!(voided(&desk, &prints(&desk)), []);
    desk
}

/// What the authority would decide on, by the fingerprint of it.
fn prints(desk: &Desk) -> Digest {
    print_in(&desk.dossier, Some(desk.review()), reviewed_by(Role::Signoff))
}

/// Whose sign-off does not stand for what is there; the authority's is the fingerprint that a decision would have had.
fn voided(desk: &Desk, before: &Digest) -> Vec<Role> {
    let lost = |role: &Role| match latest_signoff(&desk.dossier, *role) {
        Some(signoff) => signoff_state(&desk.dossier, signoff) == SignoffState::Voided,
        None => prints(desk) != *before,
    };
    Role::REVIEW.into_iter().filter(lost).collect()
}

/// Who reviewed one of these sections.
fn reviewers(sections: &[Section]) -> Vec<Role> {
    let reviewed = |role: &Role| sections.iter().any(|section| reviewed_by(*role).contains(section));
    Role::REVIEW.into_iter().filter(reviewed).collect()
}

/// The thing of a kind that the test changes: of several reviews the one that is signed.
fn thing(desk: &Desk, kind: Kind) -> Id {
    let rows = desk.dossier.rows(kind);
    rows.iter().rev().find(|row| !row.archived()).expect("there is one of every kind").id()
}

/// Edits a field as somebody who may; says which fields that set. A value that a rule does not take comes as a fact.
fn edit(desk: &mut Desk, kind: Kind, id: Id, field: &Field, value: Value) -> (Vec<String>, bool) {
    let set = vec![(field.id.to_owned(), value.clone())];
    let roles: &[Role] = match field.by {
        By::Roles(roles) => roles,
        By::Rule => &[],
    };
    let events = desk.events.len();
    let command = Command::Edit { kind, id, set, why: Prose::default() };
    let by_rule = roles.iter().any(|role| Role::REVIEW.contains(role) && desk.by(*role, command.clone()).is_ok());
    if !by_rule {
        desk.fact(kind, id, [(field.id, value)]);
    }
    let set = desk.events[events..].iter().flat_map(|event| &event.set).map(|change| change.field.clone());
    (set.collect(), by_rule)
}

#[test]
fn every_field_voids_exactly_the_sign_offs_of_those_who_reviewed_its_section() {
    let full = full();
    let before = prints(&full);
    let (mut looked, mut editable, mut by_rules) = (0, 0, 0);
    for kind in Kind::ALL.iter().filter(|kind| looked_at(**kind)) {
        let id = thing(&full, *kind);
        for field in kind.fields() {
            let mut desk = full.clone();
            let now = desk.dossier.find(*kind, id).unwrap().get(field.id);
            let value = other(&desk, field, &now);
            let (set, by_rule) = edit(&mut desk, *kind, id, field, value);
            assert!(set.iter().any(|set| set == field.id), "{kind:?} {}", field.id);
            let sections: Vec<Section> =
                kind.fields().iter().filter(|f| set.iter().any(|set| set == f.id)).filter_map(|f| f.section).collect();
            assert_eq!(voided(&desk, &before), reviewers(&sections), "{kind:?} {}", field.id);
            // It says again what was signed: nothing is voided any more.
            for change in set {
                let was = full.dossier.find(*kind, id).unwrap().get(&change);
                desk.fact(*kind, id, [(change.as_str(), was)]);
            }
            assert_eq!(voided(&desk, &before), [], "{kind:?} {} put back", field.id);
            looked += 1;
            editable += usize::from(matches!(field.by, By::Roles(_)));
            by_rules += usize::from(by_rule);
        }
    }
    assert!(looked > 250 && editable > 150, "{looked} fields, {editable} of them editable");
    assert!(by_rules * 3 >= editable * 2, "{by_rules} of {editable} editable fields took the value through the rules");
}

/// The sections in which a thing says something.
fn says_in(row: &dyn Entity) -> Vec<Section> {
    row.kind().fields().iter().filter(|field| !row.get(field.id).is_null()).filter_map(|field| field.section).collect()
}

#[test]
fn a_thing_that_comes_goes_and_comes_back_voids_those_who_review_what_it_says() {
    let full = full();
    let before = prints(&full);
    for kind in Kind::ALL.iter().filter(|kind| looked_at(**kind)) {
        let id = thing(&full, *kind);
        let roles = reviewers(&says_in(full.dossier.find(*kind, id).unwrap()));
        let mut desk = full.clone();
        let withdraw = Command::Withdraw { kind: *kind, id, why: "It is gone.".into() };
        if !Role::REVIEW.into_iter().any(|role| desk.by(role, withdraw.clone()).is_ok()) {
            desk.fact(*kind, id, [("archived", Value::Int(1))]);
        }
        // The review that was withdrawn is not the one that is decided: its sign-offs are looked at one by one.
        let lost: Vec<Role> = if *kind == Kind::Review {
            let given = full.dossier.signoffs_now().filter(|s| signoff_state(&desk.dossier, s) == SignoffState::Voided);
            given.filter_map(|signoff| signoff.role).collect()
        } else {
            voided(&desk, &before)
        };
        let roles: Vec<Role> =
            roles.into_iter().filter(|role| *kind != Kind::Review || *role != Role::Signoff).collect();
        assert_eq!(lost, roles, "{kind:?} withdrawn");
        let restore = Command::Restore { kind: *kind, id };
        if !Role::REVIEW.into_iter().any(|role| desk.by(role, restore.clone()).is_ok()) {
            desk.fact(*kind, id, [("archived", Value::Null)]);
        }
        assert_eq!(voided(&desk, &before), [], "{kind:?} taken back in");

        let mut desk = full.clone();
        let new = Id([0x7f; 16]);
        for field in kind.fields() {
            let value = other(&desk, field, &Value::Null);
            desk.fact(*kind, new, [(field.id, value)]);
        }
        if *kind == Kind::Acceptance {
            assert_eq!(voided(&desk, &before), [], "a request is no content");
            desk.fact(*kind, new, [("status", text("accepted"))]);
        }
        if *kind == Kind::Proviso {
            desk.fact(*kind, new, [("acceptance", reference(full.last(Kind::Acceptance)))]);
        }
        if *kind == Kind::Review {
            let stands = |signoff| signoff_state(&desk.dossier, signoff) == SignoffState::Valid;
            assert!(full.dossier.signoffs_now().all(stands), "another review is no content of this one");
            continue;
        }
        let all = reviewers(&says_in(desk.dossier.find(*kind, new).unwrap()));
        assert_eq!(voided(&desk, &before), all, "{kind:?} added");
    }
}
