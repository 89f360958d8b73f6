//! Choosing a file.

use docket::{
    app::{Msg, Screen},
    tui::feed,
};

use super::{browse, files, fixture, hands::Hands, names, read, receipt};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for inside in ["models", ".git"] {
        std::fs::create_dir(folder.path().join(inside)).unwrap();
    }
    std::fs::copy(fixture("dragon-v1.json"), folder.path().join("models/triage.json")).unwrap();
    std::fs::copy(fixture("register-systems.csv"), folder.path().join("risks.csv")).unwrap();
    std::fs::copy(fixture("garak.report.jsonl"), folder.path().join("report.jsonl")).unwrap();
    std::fs::write(folder.path().join("notes.txt"), "Only words.").unwrap();
    folder
}

/// Looks at the files in sight, as the loop does between two keys.
fn look(hands: &mut Hands) {
    while docket::app::files::is_looking(&hands.session.model) {
        feed(&mut hands.session, None, Msg::GoOn);
    }
}

#[test]
fn a_folder_says_what_its_files_are() {
    let (mut hands, folder) = (Hands::sit(), folder());
    browse(&mut hands, folder.path());
    assert_eq!(names(&hands), ["..", "models", "notes.txt", "report.jsonl", "risks.csv"]);
    look(&mut hands);
    let format = |name: &str| files(&hands).seen[&folder.path().join(name)].format;
    assert_eq!(format("report.jsonl"), Some("garak"));
    assert_eq!(format("risks.csv"), Some("CSV register"));
    assert_eq!(format("notes.txt"), None);
    hands.keys("ctrl-t");
    assert_eq!(names(&hands)[1], ".git");
    hands.keys("ctrl-t");
    assert_eq!(names(&hands).len(), 5);
}

#[test]
fn folders_are_gone_into_and_out_of_with_the_arrows() {
    let (mut hands, folder) = (Hands::sit(), folder());
    browse(&mut hands, folder.path());
    hands.keys("right");
    assert_eq!(
        (names(&hands), files(&hands).folder.path.clone()),
        (vec!["..".to_owned(), "triage.json".to_owned()], folder.path().join("models"))
    );
    hands.keys("left");
    assert_eq!(files(&hands).chosen().unwrap().name.as_str(), "models", "the cursor is where it came from");
    hands.keys("right backspace");
    assert_eq!(files(&hands).folder.path, folder.path());
    hands.keys("up enter");
    assert_eq!(Some(files(&hands).folder.path.as_path()), folder.path().parent());
    hands.keys("esc");
    assert!(hands.session.model.overlays.is_empty());
}

#[test]
fn what_is_typed_narrows_and_enter_reads() {
    let (mut hands, folder) = (Hands::sit(), folder());
    browse(&mut hands, folder.path());
    hands.text("rsk");
    assert_eq!(names(&hands), ["risks.csv"]);
    hands.keys("esc");
    assert_eq!(names(&hands).len(), 5, "the first Esc clears what was typed");
    hands.text("models/");
    assert_eq!(names(&hands), ["..", "triage.json"]);
    hands.keys("enter");
    let says = receipt(&hands).lines.join("\n");
    assert!(says.contains("Ticket triage assistant") && says.contains("3 threats"), "{says}");
    hands.keys("esc");
    assert_eq!(names(&hands), ["..", "triage.json"], "Esc comes back to the folder");
    hands.keys("enter enter");
    assert!(hands.said().starts_with("Imported: 1 system"), "{}", hands.said());
    assert!(hands.session.model.overlays.is_empty(), "the folder goes with the yes");
    assert!(matches!(hands.session.model.screen, Screen::System(_)));
}

#[test]
fn the_next_time_the_same_folder_is_open() {
    let (mut hands, folder) = (Hands::sit(), folder());
    read(&mut hands, &folder.path().join("risks.csv").display().to_string());
    hands.keys("esc esc esc i");
    assert_eq!(files(&hands).folder.path, folder.path());
    drop(folder);
    hands.keys("esc i");
    assert!(files(&hands).folder.path.is_dir(), "where it is gone, another one is open");
}

#[test]
fn what_cannot_be_read_is_said_and_the_folder_stays() {
    let (mut hands, folder) = (Hands::sit(), folder());
    browse(&mut hands, folder.path());
    hands.text("notes").keys("enter");
    assert!(hands.said().contains("nothing was changed"), "{}", hands.said());
    assert_eq!(names(&hands), ["notes.txt"]);
    hands.keys("esc").text("none/");
    assert!(hands.said().starts_with("There is no folder "), "{}", hands.said());
    assert_eq!(files(&hands).folder.path, folder.path());
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let (mut hands, folder) = (Hands::sit(), folder());
    let pipe = folder.path().join("pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    browse(&mut hands, folder.path());
    look(&mut hands);
    assert_eq!(files(&hands).seen[&pipe].bytes, None);
    hands.text("pipe").keys("enter");
    assert!(hands.said().contains("is no file"), "{}", hands.said());
}

#[test]
fn reading_that_is_stopped_keeps_nothing() {
    let (mut hands, folder) = (Hands::sit(), folder());
    let before = hands.session.desk.board(0).unwrap().total;
    let path = folder.path().join("report.jsonl");
    let mut asked = 0;
    let mut stop = |_, _| {
        asked += 1;
        false
    };
    let stopped = hands.session.desk.read_file(&path, docket::desk::Columns::AsBefore, &mut stop);
    assert_eq!(stopped.unwrap_err().to_string(), "Reading the file was stopped; nothing was changed.");
    assert!(hands.session.desk.receipt_read().is_err(), "nothing waits for a yes");
    assert_eq!(hands.session.desk.board(0).unwrap().total, before);
}
