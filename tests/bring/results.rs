//! Results of tests: which system was tested, and what an import again comes to.

use docket::{
    app::{Overlay, confirm::Take},
    domain::people::Role,
};

use super::{fixture, hands::Hands, read, receipt};

#[test]
fn results_ask_which_system_was_tested() {
    let mut hands = Hands::sit();
    let wanted = hands.system(&[("name", "Permit helper"), ("purpose", "Answers questions on permits.")]);
    hands.system(&[("name", "Quarterly numbers"), ("purpose", "Adds up.")]);
    hands.session.model.screen =
        docket::app::Screen::Board(docket::app::board::Board::new(hands.session.desk.board(0).unwrap()));
    read(&mut hands, &fixture("garak.report.jsonl"));
    assert_eq!(receipt(&hands).take_in, Some(Take::Choose));
    hands.keys("enter");
    let Some(Overlay::Palette(palette)) = hands.session.model.overlays.last() else { panic!("{}", hands.said()) };
    assert_eq!((palette.tested, palette.shown.len()), (true, 2));
    hands.text("permit").keys("enter");
    let says = receipt(&hands).lines.join("\n");
    assert!(says.contains("Enter takes it into Permit helper"), "{says}");
    hands.keys("enter");
    assert!(hands.session.model.overlays.is_empty(), "{}", hands.said());
    let dossier = hands.dossier(wanted);
    assert!(!dossier.findings.is_empty() && dossier.evidence.len() == 1);
    // The same lineage is known from now on: nobody is asked again.
    read(&mut hands, &fixture("garak.report.jsonl"));
    assert_eq!(receipt(&hands).take_in, Some(Take::File(Some(wanted))));
}

#[test]
fn an_import_again_says_what_is_new_changed_kept_and_gone() {
    let (mut hands, folder) = (Hands::sit(), tempfile::tempdir().unwrap());
    let path = folder.path().join("risks.csv");
    let head = "Risk ID,Risk Title,Category,Likelihood,Impact\n";
    std::fs::write(&path, format!("{head}R1,A leak,Names,4,5\nR2,A drift,Model,2,2\nR3,A misuse,Tool,3,3\n")).unwrap();
    read(&mut hands, &path.display().to_string());
    hands.keys("enter");
    let system = hands.session.model.system().unwrap().id().unwrap();
    let decided = hands.dossier(system).threats[1].id;
    let score = docket::domain::command::Command::Edit {
        kind: docket::domain::Kind::Threat,
        id: decided,
        set: vec![("impact".into(), docket::domain::value::Value::Int(5))],
        why: "The board".into(),
    };
    hands.done(system, Role::Security, &score);
    std::fs::write(&path, format!("{head}R1,A leak of names,Names,4,5\nR2,A drift,Model,2,2\nR4,A fraud,Money,1,1\n"))
        .unwrap();
    read(&mut hands, &path.display().to_string());
    let says = receipt(&hands).lines.join("\n");
    let line = "against the record: 1 new, 1 changed, 1 gone from the source, 1 kept as decided here, 0 unchanged";
    assert!(says.contains(line), "{says}");
    hands.keys("enter");
    assert!(hands.said().contains("1 gone from the source"), "{}", hands.said());
    let dossier = hands.dossier(system);
    assert_eq!(dossier.threats.iter().filter(|threat| threat.gone.is_some()).count(), 1);
    assert_eq!(dossier.threats.len(), 4);
    assert_eq!(
        dossier.threats.iter().find(|t| t.id == decided).unwrap().impact.map(docket::domain::fields::Score::get),
        Some(5)
    );
}
