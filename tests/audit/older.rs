//! A review that was begun before the DPO's checklist was asked from the start, in a record that is kept as it was then:
//! every later docket prints it byte by byte as it was decided.

use std::{
    fs,
    path::{Path, PathBuf},
};

use docket::{
    desk::{Desk, Paths, Printed},
    domain::{
        Id, Kind,
        command::Command,
        decision::{ReviewKind, rules_in_force},
        library::{put_other_editions_in_force, put_other_matrix_in_force},
        people::{Role, Stamp},
        privacy::{Advice, is_asked},
        value::Value,
    },
    store::{Open, Store},
};
use serde_json::Value as Json;

use crate::support::{Data, Desk as Bench, assign, edit, text};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/printed");

/// A file that is kept with the tests.
fn kept(name: &str) -> PathBuf {
    Path::new(FOLDER).join(name)
}

/// A review as an older docket opened it: nobody was asked for the checklist, and the DPO wrote in words alone.
fn begun_before() -> Bench {
    let mut bench = Bench::of_five();
    bench.planned(Data::Personal).dpo_asked();
    bench.fact(Kind::Review, bench.review(), [("checklist", Value::Null)]);
    let words = ["lawful_basis", "minimisation", "purpose_limitation", "retention", "transfers", "rights"];
    for field in words {
        bench.must(Role::Dpo, edit(Kind::Privacy, bench.privacy(), [(field, text("Looked at, nothing found."))]));
    }
    let dpia = [("dpia_needed", text("no")), ("dpia_reason", text("No large scale.")), ("dpia", text("not_needed"))];
    bench.must(Role::Dpo, edit(Kind::Privacy, bench.privacy(), dpia));
    bench.must(Role::Dpo, Command::Advise { advice: Advice::Favourable, text: "Go ahead.".into() });
    bench.mend_all();
    assert!(!is_asked(&bench.dossier), "nobody began the checklist");
    bench
}

/// Makes the files that are kept, once: the record, and what was printed when it was decided. They stay as they are,
/// whatever docket becomes; a file that is there is never written again.
fn make(bench: &Bench, folder: &Path) {
    let path = folder.join("made.docket");
    bench.write(&path, 0);
    let mut desk = Desk::open(Paths { record: path, state: None }, false).unwrap();
    let stamp = bench.stamp(Role::Signoff, bench.who(Role::Signoff));
    desk.execute_as(Some(bench.system()), &bench.proceed(), &stamp).unwrap();
    let made = desk.printed_as_decided(bench.system()).unwrap();
    fs::create_dir_all(FOLDER).unwrap();
    desk.store().unwrap().backup(&kept("words.docket")).unwrap();
    fs::write(kept("words.json"), made.json).unwrap();
    fs::write(kept("words.md"), made.markdown).unwrap();
}

/// The kept record in a folder of its own.
fn opened(folder: &Path) -> Desk {
    let path = folder.join("words.docket");
    fs::copy(kept("words.docket"), &path).unwrap();
    Desk::open(Paths { record: path, state: None }, false).unwrap()
}

fn decided(desk: &Desk, system: Id) -> i64 {
    let entries = desk.store().unwrap().entity_history(desk.dossier(system).unwrap().dispositions[0].id).unwrap();
    entries.iter().find(|entry| entry.verb() == "decide").unwrap().n
}

fn problems(desk: &Desk) -> Vec<String> {
    Store::open(&desk.paths.record, Open::default()).unwrap().verify(&mut |_| ()).unwrap().problems
}

#[test]
fn a_review_of_before_the_checklist_prints_byte_by_byte_as_it_was_decided() {
    let folder = tempfile::tempdir().unwrap();
    let bench = begun_before();
    if std::env::var_os("DOCKET_BLESS").is_some() && !kept("words.docket").exists() {
        make(&bench, folder.path());
    }
    let as_decided = Printed {
        json: fs::read_to_string(kept("words.json")).unwrap(),
        markdown: fs::read_to_string(kept("words.md")).unwrap(),
    };
    let mut desk = opened(folder.path());
    let system = bench.system();
    let review = desk.dossier(system).unwrap().review().cloned().unwrap();
    assert!(review.checklist.is_empty(), "it is a review of before");
    let n = decided(&desk, system);
    let same = |desk: &Desk, when: &str| {
        assert_eq!(desk.printed_as_decided(system).unwrap(), as_decided, "{when}: as decided");
        assert_eq!(desk.printed_at(system, n).unwrap(), as_decided, "{when}: at its entry");
    };
    same(&desk, "as it came");
    assert_eq!(problems(&desk), [""; 0]);
    // What a docket of now would make of the same entry says the same of the data protection and of the verdict: nobody is
    // asked afterwards for what was not asked for then.
    let (dossier, _) = desk.dossier_at(system, n).unwrap();
    let now = desk.imprint(&dossier).unwrap();
    let now = docket::exchange::record::build(&dossier, bench.today(), bench.now, &now).unwrap().to_json();
    let (then, now): (Json, Json) = (parsed(&as_decided.json), parsed(&now));
    for part in ["gaps", "privacy", "verdict"] {
        assert_eq!(then[part], now[part], "{part}");
    }
    let of_privacy = |gap: &&Json| gap["part"] == "privacy";
    assert_eq!(then["gaps"].as_array().unwrap().iter().find(of_privacy), None);
    // Another policy, then the next review, which asks for the checklist; then other editions and another matrix.
    let stamp = |n: u8, role| Stamp { chance: [n; 10], ..bench.stamp(role, bench.who(role)) };
    let gwen = bench.who(Role::Governance);
    desk.execute_as(None, &assign(Role::Governance, gwen), &stamp(1, Role::Governance)).unwrap();
    let rules = vec!["high:governance+dpo=countersign".to_owned()];
    let policy = Command::SetPolicy { rules, reason: "Four eyes.".into() };
    desk.execute_as(None, &policy, &stamp(2, Role::Governance)).unwrap();
    assert_eq!(rules_in_force(&desk.dossier(system).unwrap()).version, 1);
    same(&desk, "under another policy");
    let next = Command::StartReview(ReviewKind::Delta);
    desk.execute_as(Some(system), &next, &stamp(3, Role::Governance)).unwrap();
    assert!(is_asked(&desk.dossier(system).unwrap()), "the next review asks from its start");
    same(&desk, "with the next review begun");
    put_other_matrix_in_force();
    put_other_editions_in_force();
    same(&desk, "with other libraries and another matrix");
    assert_eq!(problems(&desk), [""; 0]);
    // And once every table was made again from the journal.
    desk.rebuild().unwrap();
    same(&desk, "from the journal alone");
}

fn parsed(json: &str) -> Json {
    serde_json::from_str(json).unwrap()
}
