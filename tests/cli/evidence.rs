//! `docket evidence`: the files behind the evidence, checked, kept, changed, gone and damaged.

use crate::bench::Bench;
use docket::{
    desk::{Desk, Paths},
    domain::{Id, Kind, people::Role},
};

/// A seat at the record of a bench, and a system on it with the identity of one of its pieces of evidence.
fn seat(bench: &Bench, system: &str, number: &str) -> (Desk, Id, Id) {
    let paths = Paths { record: bench.record(), state: None };
    let mut desk = Desk::open(paths, false).unwrap();
    desk.sit("Mara Rossi").unwrap();
    let system = desk.find(system).unwrap();
    let dossier = desk.dossier(system).unwrap();
    let evidence = dossier.evidence.iter().find(|evidence| evidence.reference() == number).unwrap().id;
    (desk, system, evidence)
}

/// Attaches a file to a piece of evidence of the contract system, and says what became of it.
fn attach(bench: &Bench, number: &str, file: &str, content: &[u8], keep: bool) -> String {
    std::fs::write(bench.at(file), content).unwrap();
    let (mut desk, system, evidence) = seat(bench, "Contract Copilot", number);
    let path = bench.at(file).display().to_string();
    let (_, says) = desk.attach((Some(system), Role::Security), evidence, &path, keep).unwrap();
    desk.close().unwrap();
    says
}

fn states(bench: &Bench) -> Vec<(String, String)> {
    let json = bench.on(&["evidence", "check", "Contract", "--json"]).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    json["items"].as_array().unwrap().iter().map(|item| (text(&item["id"]), text(&item["state"]))).collect()
}

#[test]
fn the_sample_is_as_it_was_and_a_look_changes_nothing() {
    let bench = Bench::seeded();
    let head = bench.head();
    let says = bench.on(&["evidence", "check", "Hello"]).ok();
    assert!(says.contains("the copy in the record is as it was") && says.ends_with("nothing was changed.\n"), "{says}");
    assert!(says.lines().all(|line| line.chars().count() <= 80), "{says}");
    let json = bench.on(&["evidence", "check", "Hello", "--json"]).json();
    assert_eq!((&json["kind"], &json["ok"]), (&"docket.evidence".into(), &true.into()));
    assert_eq!(bench.head(), head);
}

#[test]
fn a_file_is_unchanged_then_changed_then_gone() {
    let bench = Bench::seeded();
    let says = attach(&bench, "E-2", "annex.txt", b"Nothing is kept.\n", false);
    assert!(says.starts_with("Attached by reference, 17 bytes."), "{says}");
    let state = || states(&bench).into_iter().find(|(id, _)| id == "E-2").unwrap().1;
    assert_eq!((state().as_str(), bench.on(&["evidence", "check", "Contract"]).code), ("unchanged", 0));
    std::fs::write(bench.at("annex.txt"), "Everything is kept.\n").unwrap();
    let said = bench.on(&["evidence", "check", "Contract"]);
    assert_eq!((state().as_str(), said.code), ("changed", 1));
    assert!(said.out.replace("\n  ", " ").contains("has changed: its SHA-256 is"), "{}", said.out);
    std::fs::remove_file(bench.at("annex.txt")).unwrap();
    let said = bench.on(&["evidence", "check", "Contract"]);
    assert_eq!((state().as_str(), said.code), ("gone", 1));
    bench.on(&["verify"]).ok();
    bench.on(&["evidence", "save", "Contract", "E-2", "out.txt"]).refused(2, "keeps no copy of E-2");
}

#[test]
fn a_copy_comes_back_byte_for_byte() {
    let bench = Bench::seeded();
    let content: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let says = attach(&bench, "E-3", "run.bin", &content, true);
    assert!(says.contains("with a copy of 68 KiB"), "{says}");
    std::fs::remove_file(bench.at("run.bin")).unwrap();
    assert!(states(&bench).contains(&("E-3".into(), "copy".into())));
    bench.on(&["evidence", "save", "Contract", "e-3", "back.bin"]).ok();
    assert_eq!(std::fs::read(bench.at("back.bin")).unwrap(), content);
    bench.on(&["evidence", "save", "Contract", "E-3", "back.bin"]).refused(2, "is there already");
    bench.on(&["evidence", "save", "Contract", "E-99", "other.bin"]).refused(2, "has no evidence \"E-99\"");
    bench.on(&["verify"]).ok();
}

#[test]
fn what_is_too_large_is_kept_by_reference_and_what_is_no_file_is_refused() {
    let bench = Bench::seeded();
    let says = attach(&bench, "E-2", "large.log", &vec![b'x'; 1024 * 1024 + 1], true);
    assert!(says.contains("up to 1 MiB") && says.contains("kept by reference"), "{says}");
    bench.on(&["evidence", "save", "Contract", "E-2", "out.log"]).refused(2, "keeps no copy");
    let (mut desk, system, evidence) = seat(&bench, "Contract Copilot", "E-1");
    for (path, says) in [(bench.at("none"), "There is no file"), (bench.at("."), "cannot be read")] {
        let path = path.display().to_string();
        let refused = desk.attach((Some(system), Role::Security), evidence, &path, true).unwrap_err().to_string();
        assert!(refused.contains(says) && refused.ends_with("Nothing was attached."), "{refused}");
    }
    desk.close().unwrap();
}

#[test]
fn a_damaged_attachment_is_found_by_every_look() {
    let bench = Bench::seeded();
    bench.tamper("UPDATE blob SET bytes=CAST('crossed 12' AS BLOB) WHERE mime='application/octet-stream'");
    let verify = bench.on(&["verify"]);
    assert!(verify.code == 1 && verify.out.contains("The attached file"), "{}", verify.out);
    let check = bench.on(&["evidence", "check", "Contract"]);
    assert!(
        check.code == 1 && check.out.replace("\n  ", " ").contains("is not what its SHA-256 says"),
        "{}",
        check.out
    );
    bench.on(&["evidence", "save", "Contract", "E-1", "out.log"]).refused(2, "not what its SHA-256 says");
    assert!(!bench.at("out.log").exists());
    let bench = Bench::seeded();
    bench.tamper("DELETE FROM blob WHERE mime='application/octet-stream'");
    let verify = bench.on(&["verify"]);
    assert!(verify.code == 1 && verify.out.contains("The file ") && verify.out.contains("missing"), "{}", verify.out);
    assert!(states(&bench).contains(&("E-1".into(), "damaged".into())));
}

#[test]
fn attaching_can_be_undone_and_done_again() {
    let bench = Bench::seeded();
    attach(&bench, "E-2", "annex.txt", b"one", true);
    let (mut desk, system, evidence) = seat(&bench, "Contract Copilot", "E-2");
    let digest = |desk: &Desk| {
        let dossier = desk.dossier(system).unwrap();
        dossier.find(Kind::Evidence, evidence).unwrap().get("digest").to_json()
    };
    let first = digest(&desk);
    desk.turn_back(Role::Security, false).unwrap();
    assert_eq!(digest(&desk), "null");
    desk.turn_back(Role::Security, true).unwrap();
    assert_eq!(digest(&desk), first);
    desk.close().unwrap();
    bench.on(&["evidence", "save", "Contract", "E-2", "back.txt"]).ok();
    bench.on(&["verify"]).ok();
}

#[test]
fn texts_of_controls_come_from_other_systems_and_are_only_words() {
    let bench = Bench::seeded();
    let (desk, system, _) = seat(&bench, "Contract Copilot", "E-1");
    let all = desk.control_texts(Some(system), "").unwrap();
    let own = desk.dossier(system).unwrap();
    assert!(all.len() > 20 && all.iter().all(|text| own.controls.iter().all(|c| c.title.as_str() != text.title)));
    let found = desk.control_texts(Some(system), "transcripts DELETED").unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].place.as_str(), found[0].method.as_str()), ("Hello Velmora", "configuration"));
    assert_eq!(desk.control_texts(Some(system), "100%").unwrap(), []);
    desk.close().unwrap();
}

#[test]
fn open_findings_are_shown_and_are_in_the_record() {
    let bench = Bench::seeded();
    let text = bench.on(&["show", "Contract"]).ok();
    assert!(text.contains("Open findings") && text.contains("2 findings (2 open)"), "{text}");
    let json = bench.on(&["show", "Contract", "--json"]).json();
    let first = &json["findings"][0];
    assert_eq!((&first["id"], &first["late"], &first["threats"][0]), (&"F-1".into(), &true.into(), &"T-1".into()));
    let record = bench.on(&["record", "Hello", "--json"]).json();
    assert_eq!(
        (&record["findings"][0]["state"], &record["findings"][0]["retest"]["result"]),
        (&"fixed".into(), &"passed".into())
    );
    let page = bench.on(&["record", "Contract"]).ok();
    assert!(page.contains("## Findings") && page.contains("**late**"), "{page}");
}

#[test]
fn a_look_is_written_into_the_journal_where_it_is_asked_for() {
    let bench = Bench::seeded();
    attach(&bench, "E-2", "annex.txt", b"Nothing is kept.\n", false);
    let head = bench.head();
    bench.on(&["evidence", "check", "Contract"]).ok();
    assert_eq!(bench.head(), head, "without --log nothing is written");
    let said = bench.on(&["--as", "Mara Rossi", "evidence", "check", "Contract", "--log"]).ok();
    assert!(said.contains("what was found is in the log"), "{said}");
    assert_ne!(bench.head(), head);
    assert!(bench.on(&["journal"]).out.contains("evidence.check"));
    bench.on(&["verify"]).ok();
}
