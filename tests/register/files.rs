//! The files behind the evidence, compared at the screen: what was found is in the log.

use docket::{
    app::Overlay,
    domain::{Kind, people::Role, register::FileCheck},
};

use crate::hands::Hands;

#[test]
fn a_comparison_at_the_screen_is_in_the_log_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.log");
    std::fs::write(&path, "ten of ten").unwrap();
    let mut hands = Hands::sit();
    let system = hands.system(&[("name", "Desk")]);
    let set = [("title", "Run"), ("sort", "test"), ("grade", "explicit"), ("place", "here")];
    hands.add(system, Role::Security, Kind::Evidence, &set);
    let evidence = hands.dossier(system).evidence[0].id;
    let typed = path.display().to_string();
    hands.session.desk.attach((Some(system), Role::Security), evidence, &typed, false).unwrap();
    hands.open(system).keys("g e v");
    let found = |hands: &Hands| hands.dossier(system).evidence[0].check;
    assert_eq!(found(&hands), Some(FileCheck::Unchanged), "{}", hands.said());
    assert!(hands.said().contains("unchanged") && hands.said().contains("log"), "{}", hands.said());
    std::fs::write(&path, "nine of ten").unwrap();
    hands.keys("V");
    assert_eq!(found(&hands), Some(FileCheck::Changed));
    let Some(Overlay::Reader(reader)) = hands.session.model.overlays.last() else { panic!("{}", hands.said()) };
    assert!(reader.title.contains("not as it was"), "{}", reader.title);
    hands.keys("esc");
    let shown = hands.session.model.system().unwrap();
    assert_eq!(shown.dossier.evidence[0].check, Some(FileCheck::Changed), "the screen knows it, too");
    assert!(shown.history[0].what.contains("compared the file of"), "{}", shown.history[0].what);
    hands.keys("u");
    assert_eq!(found(&hands), Some(FileCheck::Unchanged), "{}", hands.said());
}
