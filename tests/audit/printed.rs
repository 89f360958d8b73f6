//! A decision prints for ever as it was made, whatever the matrix becomes; and everything that it rests on is traced.

use docket::{
    desk::{Desk, Paths},
    domain::{
        Id, Kind,
        command::Command,
        library::{put_other_editions_in_force, put_other_matrix_in_force},
        people::{Role, Stamp},
    },
    store::Open,
};

use crate::support::{Data, Desk as Bench, assign, edit, list};

/// A review that waits for its decision, in a file; and its system.
fn ready(folder: &std::path::Path) -> (Bench, Desk, Id) {
    let path = folder.join("a.docket");
    let mut bench = Bench::of_five();
    bench.ready(Data::Personal);
    bench.write(&path, 0);
    let desk = Desk::open(Paths { record: path, state: None }, false).unwrap();
    let system = bench.system();
    (bench, desk, system)
}

fn decide(bench: &Bench, desk: &mut Desk, system: Id) {
    let stamp = bench.stamp(Role::Signoff, bench.who(Role::Signoff));
    desk.execute_as(Some(system), &bench.proceed(), &stamp).unwrap();
}

#[test]
fn a_decision_prints_later_exactly_as_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let (bench, mut desk, system) = ready(folder.path());
    decide(&bench, &mut desk, system);
    let made = desk.printed_as_decided(system).unwrap();
    assert!(made.json.contains("\"disposition\": \"proceed\"") && made.markdown.starts_with('#'));
    let entries = desk.store().unwrap().entity_history(desk.dossier(system).unwrap().dispositions[0].id).unwrap();
    let decided = entries.iter().find(|entry| entry.verb() == "decide").unwrap().n;
    // Whatever happens afterwards, in the record and to docket itself.
    let stamp = bench.stamp(Role::Security, bench.who(Role::Security));
    let add = crate::support::add(docket::domain::Kind::Threat, [("title", crate::support::text("A later threat"))]);
    desk.execute_as(Some(system), &add, &stamp).unwrap();
    let n = desk.store().unwrap().head().unwrap().0;
    let now = || desk.printed_at(system, i64::try_from(n).unwrap()).unwrap();
    let before = now();
    put_other_matrix_in_force();
    assert_eq!(desk.printed_as_decided(system).unwrap(), made, "as decided");
    assert_eq!(desk.printed_at(system, decided).unwrap(), made, "at its entry");
    // A point in the past is judged by the matrix that was in force then, not by that of today.
    let (past, _) = desk.dossier_at(system, decided).unwrap();
    assert_eq!(past.matrix().version, past.dispositions[0].matrix.as_str());
    assert_eq!(now(), before, "a point in the past after the decision");
    let live = desk.dossier(system).unwrap();
    assert_eq!(live.matrix().version, "5x5-of-tomorrow", "and what is so now is judged by that of now");
    let today =
        docket::exchange::record::build(&live, bench.today(), bench.now, &desk.imprint(&live).unwrap()).unwrap();
    assert!(today.to_json().contains("5x5-of-tomorrow"));
}

/// An own entry of the team, as a file brings it in.
const OWN: &str = r#"
[[threat]]
id = "ACME-T-001"
title = "Prompts leak through the support console"
applies_when = ["uses_tools"]
controls = ["DKT-C-044"]
refs.owasp_llm_2025 = ["LLM02:2025"]
"#;

#[test]
fn a_changed_library_leaves_every_byte_of_what_was_decided() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let mut bench = Bench::of_five();
    bench.ready(Data::Personal).must(Role::Security, Command::FromLibrary(vec!["DKT-T-016".into()]));
    bench.mend_all();
    bench.write(&path, 0);
    let mut desk = Desk::open(Paths { record: path, state: None }, false).unwrap();
    let system = bench.system();
    decide(&bench, &mut desk, system);
    let made = desk.printed_as_decided(system).unwrap();
    assert!(made.json.contains("\"framework\": "), "a threat of the library is mapped to a framework");
    let entries = desk.store().unwrap().entity_history(desk.dossier(system).unwrap().dispositions[0].id).unwrap();
    let decided = entries.iter().find(|entry| entry.verb() == "decide").unwrap().n;
    // The team fills its own library, and docket ships other editions.
    let stamp = bench.stamp(Role::Security, bench.who(Role::Security));
    let own = Command::FillShelf(docket::exchange::shelf::read(OWN.as_bytes()).unwrap());
    // The bench gives roles on its system alone; a library belongs to the record.
    desk.execute_as(None, &assign(Role::Security, bench.who(Role::Security)), &stamp).unwrap();
    desk.execute_as(None, &own, &Stamp { chance: [9; 10], ..stamp }).unwrap();
    put_other_editions_in_force();
    assert_eq!(desk.printed_as_decided(system).unwrap(), made, "as decided");
    assert_eq!(desk.printed_at(system, decided).unwrap(), made, "at its entry");
    let live = desk.dossier(system).unwrap();
    let today =
        docket::exchange::record::build(&live, bench.today(), bench.now, &desk.imprint(&live).unwrap()).unwrap();
    assert!(today.to_json().contains("of tomorrow"), "what is so now is told by the library of now");
}

/// What drifted is named by its entry on the board, and in the past only what was known by then voids.
#[test]
fn what_changed_since_is_named_by_its_entry() {
    let folder = tempfile::tempdir().unwrap();
    let (bench, mut desk, system) = ready(folder.path());
    decide(&bench, &mut desk, system);
    assert_eq!(desk.drifted_by(&desk.dossier(system).unwrap()).unwrap(), None);
    let stamp = |minutes: i64| Stamp {
        at: docket::domain::fields::Moment(bench.now.0 + minutes * 60_000),
        chance: [u8::try_from(minutes).unwrap(); 10],
        ..bench.stamp(Role::Owner, bench.who(Role::Owner))
    };
    let classes = |words: &[&str]| edit(Kind::System, system, [("data", list(words))]);
    let said = |desk: &mut Desk, minutes, words: &[&str]| {
        desk.execute_as(Some(system), &classes(words), &stamp(minutes)).unwrap();
        i64::try_from(desk.store().unwrap().head().unwrap().0).unwrap()
    };
    let first = said(&mut desk, 1, &["personal", "internal"]);
    let second = said(&mut desk, 2, &["personal", "special"]);
    let by = desk.drifted_by(&desk.dossier(system).unwrap()).unwrap().unwrap();
    let begins = format!("entry {first}, Data classes, by Olga Owner (System owner), ");
    assert!(by.starts_with(&begins) && by.ends_with("(and 1 more)"), "{by}");
    desk.sit("Gwen Governance").unwrap();
    let steps = desk.board(0).unwrap().steps;
    let begins = begins.replacen("entry", "Entry", 1);
    let named = |what: &str| what.starts_with(&begins) && what.contains("changed what was decided on. A review");
    let named = steps.iter().any(|(.., step)| named(&step.what));
    assert!(named, "{steps:#?}");
    for (n, causes) in [(first, 1), (second, 2)] {
        let (opened, _) = desk.as_of(system, n).unwrap();
        let void = opened.voided.iter().find(|void| void.role == Role::Dpo).expect("it is voided");
        assert_eq!(void.causes.len(), causes, "as of entry {n}");
        assert!(opened.since.is_some_and(|since| !since.difference.rows.is_empty()));
    }
    let before = desk.as_of(system, first - 1).unwrap().0;
    assert!(before.voided.is_empty(), "{:?}", before.voided);
}

#[test]
fn a_kept_record_that_was_changed_is_never_printed_as_what_was_decided() {
    let folder = tempfile::tempdir().unwrap();
    let (bench, mut desk, system) = ready(folder.path());
    decide(&bench, &mut desk, system);
    let digest = desk.dossier(system).unwrap().dispositions[0].record_text.0.clone();
    let path = desk.paths.record.clone();
    desk.close().unwrap();
    let tool = rusqlite::Connection::open(&path).unwrap();
    let forged = "UPDATE blob SET bytes=CAST('# Cleared' AS BLOB) WHERE sha256=unhex(?1)";
    assert_eq!(tool.execute(forged, [digest]).unwrap(), 1);
    drop(tool);
    let desk = Desk::open(Paths { record: path.clone(), state: None }, false).unwrap();
    assert!(desk.printed_as_decided(system).unwrap_err().to_string().contains("docket verify"));
    let found = docket::store::Store::open(&path, Open::default()).unwrap().verify(&mut |_| ()).unwrap().problems;
    assert!(found.iter().any(|line| line.contains("(disposition, print)")), "{found:?}");
}

#[test]
fn every_condition_is_traced_to_who_when_in_which_hat_on_which_content_by_which_entry() {
    let folder = tempfile::tempdir().unwrap();
    let (bench, mut desk, system) = ready(folder.path());
    assert!(desk.trace(system, None).unwrap().lines()[0].contains("Nothing was decided yet"));
    decide(&bench, &mut desk, system);
    let trace = desk.trace(system, None).unwrap();
    let dossier = desk.dossier(system).unwrap();
    for role in [Role::Owner, Role::Security, Role::Governance, Role::Dpo] {
        let signoff = dossier.signoffs.iter().find(|signoff| signoff.role == Some(role)).unwrap();
        let found =
            trace.proofs.iter().find(|traced| traced.proof.hat == Some(role) && traced.proof.what == "Sign-off");
        let found = found.unwrap_or_else(|| panic!("no sign-off of {role:?}"));
        assert_eq!((found.proof.at, &found.proof.digest), (signoff.at, &signoff.content.0));
        assert_eq!(found.proof.who, signoff.name.as_str());
        let entry = desk.store().unwrap().entity_history(signoff.id).unwrap().pop().unwrap();
        assert_eq!(found.entry, Some((entry.n, entry.hash)));
    }
    for condition in 0..=8 {
        assert!(trace.proofs.iter().any(|traced| traced.proof.condition == condition), "condition {condition}");
    }
    assert_eq!(trace.head, desk.store().unwrap().head().unwrap());
    let said = trace.lines().join("\n");
    assert!(said.contains("The decision\n    Decided: proceed") && said.contains("6. Data protection"), "{said}");
    // Everything that somebody did has an entry.
    assert!(trace.proofs.iter().all(|traced| traced.proof.who.is_empty() || traced.entry.is_some()), "{said}");
}

/// The sample's own decisions are no other: each was printed when it was made, and prints so for ever.
#[test]
fn every_decision_of_the_sample_prints_as_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::sample(Some(folder.path().join("sample.docket"))).unwrap();
    let mut decided = Vec::new();
    for (system, _) in desk.store().unwrap().dashboard(0, 100).unwrap() {
        let dossier = desk.dossier(system).unwrap();
        let Some(last) = dossier.last_disposition() else { continue };
        let entries = desk.store().unwrap().entity_history(last.id).unwrap();
        let n = |verb: &str| entries.iter().find(|entry| entry.verb() == verb).map(|entry| entry.n);
        let (made, printed) = (n("decide").unwrap(), n("print").expect("it keeps its print"));
        // What the print says is what the decision of then said, of what the system was then.
        let kept = desk.printed_as_decided(system).unwrap();
        let said: serde_json::Value = serde_json::from_str(&kept.json).unwrap();
        let code = docket::domain::fields::Vocabulary::code(last.decision.unwrap());
        assert!(kept.json.contains(&format!("\"disposition\": \"{code}\"")), "{}", dossier.name());
        assert_eq!(said["changes"], serde_json::json!([]), "nothing had happened since");
        assert_eq!(desk.printed_at(system, made).unwrap(), kept, "at its entry");
        let after = desk.printed_at(system, printed + 1).unwrap();
        decided.push((system, kept, after));
    }
    assert!(decided.len() >= 6, "{} decisions in the sample", decided.len());
    assert!(decided.iter().any(|(_, kept, after)| kept.json != after.json), "the record goes on, the print does not");
    put_other_matrix_in_force();
    put_other_editions_in_force();
    for (system, kept, _) in &decided {
        assert_eq!(desk.printed_as_decided(*system).unwrap(), *kept);
    }
}
