//! A record of every format that was ever released: each later build must open, verify and rebuild it. That is the
//! promise that a record outlives the program.

use std::{fmt::Write, fs, path::Path};

use docket::{
    domain::{Event, Id, Kind, fields::Form, id::hex, value::Value},
    store::{Open, Store},
};

use crate::seat::{ADA, add, commit, create, event, fill, id, problems, rename, stamp, summarise};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

/// What the record says, without what later versions add: the head, and every field that holds something.
fn fingerprint(store: &Store) -> String {
    let (count, head) = store.head().unwrap();
    let mut out = format!("entries {count}\nhead {}\n", hex(&head));
    for subject in [None, Some(id(100))] {
        let dossier = store.dossier(subject).unwrap();
        for kind in Kind::ALL.iter().filter(|kind| subject.is_some() || **kind == Kind::Assignment) {
            for entity in dossier.rows(*kind) {
                for field in kind.fields().iter().map(|field| field.id).chain(["archived"]) {
                    let value = entity.get(field);
                    if !value.is_null() {
                        let _ = writeln!(out, "{} {} {field} {}", kind.code(), entity.id(), value.to_json());
                    }
                }
            }
        }
    }
    out
}

/// Something for every field of a kind.
fn full(of: Kind, entity: Id) -> Event {
    let sets: Vec<_> = of.fields().iter().map(|field| (field.id, Value::Null, sample(field.form))).collect();
    event(of, "add", entity, &sets)
}

fn sample(form: Form) -> Value {
    let text = |text: &str| Value::Text(text.into());
    match form {
        Form::Line | Form::Prose => text("Grün, \"quoted\" \\ 模型"),
        Form::Number | Form::Moment => Value::Int(1_700_000_000_000),
        Form::Score => Value::Int(3),
        Form::Day => text("2026-11-21"),
        Form::Choice(choices) => text(choices[0].code),
        Form::Choices(choices) => Value::List(vec![choices[0].code.into()]),
        Form::Person => text(&ADA.to_string()),
        Form::Reference => text(&id(1).to_string()),
        Form::Marks => Value::List(vec!["b".into(), "a".into()]),
        Form::Digest => text(&"ab".repeat(32)),
    }
}

/// A record with every kind, every form, an undo, a withdrawal, a text and a field of tomorrow.
fn write(path: &Path) {
    let mut store = Store::open(path, create()).unwrap();
    fill(&mut store);
    let kinds = Kind::ALL.iter().zip(500..).filter(|(kind, _)| **kind != Kind::System);
    let mut events: Vec<Event> = kinds.map(|(kind, n)| full(*kind, id(n))).collect();
    events[0].attach = Some("A text that was signed.".into());
    commit(&mut store, Some(id(100)), events);
    commit(&mut store, None, vec![full(Kind::Assignment, id(600))]);
    commit(&mut store, Some(id(100)), vec![rename(Kind::Threat, id(2), "threat 2", "to be undone")]);
    store.undo(ADA, &stamp(), &summarise).unwrap().unwrap();
    let archived = [("archived", Value::Null, Value::Int(1)), ("of_tomorrow", Value::Null, Value::Int(7))];
    commit(
        &mut store,
        Some(id(100)),
        vec![event(Kind::Threat, "archive", id(3), &archived), add(Kind::Threat, id(9), "last")],
    );
    let copy = path.with_extension("copy");
    store.backup(&copy).unwrap();
    drop(store);
    fs::rename(copy, path).unwrap();
}

#[test]
fn every_released_format_opens_verifies_and_rebuilds() {
    let made = Path::new(FOLDER).join("v1.docket");
    if std::env::var_os("DOCKET_BLESS").is_some() {
        let _ = fs::remove_file(&made);
        write(&made);
        fs::write(
            made.with_extension("txt"),
            fingerprint(&Store::open(&made, Open { read_only: true, ..Open::default() }).unwrap()),
        )
        .unwrap();
    }
    for golden in fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()) {
        if golden.extension().is_none_or(|ending| ending != "docket") {
            continue;
        }
        let expected = fs::read_to_string(golden.with_extension("txt")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("golden.docket");
        fs::copy(&golden, &path).unwrap();
        let mut store = Store::open(&path, Open::default()).unwrap();
        assert_eq!((fingerprint(&store), problems(&store)), (expected.clone(), vec![]));
        store.rebuild().unwrap();
        assert_eq!((fingerprint(&store), problems(&store)), (expected, vec![]));
    }
}
