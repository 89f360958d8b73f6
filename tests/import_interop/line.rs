//! The same files through the command line, as a script takes them in, and once more after a decision.

use docket::{
    desk::{Columns, Desk},
    domain::{Id, Kind, command::Command, people::Role, register::Treatment, value::Value},
};

use super::{Becomes, FILES, bench::Bench, differences, folder, truths};

/// The files that are read, with their paths.
fn readable(folder: &std::path::Path) -> impl Iterator<Item = (&'static str, Becomes, String)> {
    let path = |file: &str| folder.join(file).display().to_string();
    FILES
        .iter()
        .filter(|(_, becomes)| *becomes != Becomes::Refused)
        .map(move |(file, becomes)| (*file, *becomes, path(file)))
}

#[test]
fn the_command_line_prints_the_same_receipts() {
    let Some(folder) = folder() else { return };
    let (truths, bench) = (truths(&folder), Bench::empty());
    let mut wrong = Vec::new();
    for (file, _, path) in readable(&folder).filter(|(_, becomes, _)| *becomes == Becomes::Equal) {
        let receipt = bench.run(&["import", &path, "--dry-run", "--json"]).json();
        wrong.extend(differences(&receipt, &truths[file]).into_iter().map(|what| format!("{file}: {what}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(bench.there().is_empty(), "a dry run leaves a trace: {:?}", bench.there());
}

#[test]
fn what_is_refused_leaves_the_bytes_of_the_record() {
    let Some(folder) = folder() else { return };
    let bench = Bench::seeded();
    let before = bench.digest();
    for (file, _) in FILES.iter().filter(|(_, becomes)| *becomes == Becomes::Refused) {
        let path = folder.join(file).display().to_string();
        let said = bench.on(&["import", &path, "--yes"]);
        said.refused(2, "nothing was changed");
        assert_eq!((said.err.lines().count(), said.err.contains(". ")), (1, false), "{file}: {}", said.err);
        assert_eq!(bench.digest(), before, "{file}");
    }
}

#[test]
fn every_file_twice_changes_nothing_the_second_time() {
    let Some(folder) = folder() else { return };
    let files: Vec<_> = readable(&folder).map(|(file, _, path)| (file, path)).collect();
    // Every other file goes into another record, so that two of them are worked on at a time.
    std::thread::scope(|scope| {
        for part in 0..2 {
            let files = files.iter().skip(part).step_by(2);
            scope.spawn(move || {
                let bench = Bench::seeded();
                files.for_each(|(file, path)| twice(&bench, file, path));
            });
        }
    });
}

fn twice(bench: &Bench, file: &str, path: &str) {
    // Results say nothing of a system: it is named.
    let mut args = vec!["import", path, "--yes"];
    if bench.on(&args).code != 0 {
        args.extend(["--into", "Meeting Min"]);
        bench.on(&args).ok();
    }
    let head = bench.head();
    let says = bench.on(&args).ok();
    assert!(says.ends_with("This file was imported already; nothing has changed.\n"), "{file}: {says}");
    assert_eq!(bench.head(), head, "{file}");
}

/// Takes a file in, into the system that it went into before or into its own; says which systems have threats of it.
fn taken(desk: &mut Desk, path: &std::path::Path) -> Vec<Id> {
    desk.read_file(path, Columns::AsBefore, &mut |_, _| true).unwrap();
    let into = desk.went_into().unwrap();
    desk.take_in(into, Role::Security, &mut |_| true).unwrap();
    let rows = desk.board(0).unwrap().rows;
    rows.into_iter().map(|(id, _)| id).filter(|id| !desk.dossier(*id).unwrap().threats.is_empty()).collect()
}

#[test]
fn a_decision_stays_when_the_file_comes_again() {
    let Some(folder) = folder() else { return };
    let scratch = tempfile::tempdir().unwrap();
    let mut tried = 0;
    for (file, ..) in readable(&folder) {
        let draft = super::read(&folder, file).unwrap();
        if draft.results || draft.systems.iter().all(|system| system.threats.is_empty()) {
            continue;
        }
        let path = scratch.path().join(file.rsplit('/').next().unwrap());
        let mut bytes = std::fs::read(folder.join(file)).unwrap();
        std::fs::write(&path, &bytes).unwrap();
        let mut desk = Desk::in_memory().unwrap();
        desk.begin("Mara Lind", "Head of security", &Role::REVIEW).unwrap();
        let system = taken(&mut desk, &path)[0];
        let dossier = desk.dossier(system).unwrap();
        let (threat, count) = (dossier.threats[0].id, dossier.threats.len());
        let set = [("likelihood", Value::Int(2)), ("impact", Value::Int(5)), ("treatment", Value::from("avoid"))];
        let mut set: Vec<_> = set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
        set.push(("treatment_reason".into(), Value::from("The board said so.")));
        let decide = Command::Edit { kind: Kind::Threat, id: threat, set, why: "The board".into() };
        desk.execute(Some(system), Role::Security, &decide).unwrap();
        // The same content in another file: one blank line more.
        bytes.extend_from_slice(b"\n");
        std::fs::write(&path, &bytes).unwrap();
        taken(&mut desk, &path);
        let dossier = desk.dossier(system).unwrap();
        let decided = dossier.threats.iter().find(|one| one.id == threat).unwrap();
        let score = |score: Option<docket::domain::fields::Score>| score.map(docket::domain::fields::Score::get);
        assert_eq!((score(decided.likelihood), score(decided.impact)), (Some(2), Some(5)), "{file}");
        assert_eq!(decided.treated(), Treatment::Avoid, "{file}");
        assert_eq!(dossier.threats.len(), count, "{file}");
        tried += 1;
    }
    assert!(tried > 20, "{tried} files");
}
