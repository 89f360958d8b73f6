//! A file that somebody else's tool wrote, where the folder of such files is beside the project.

use std::path::Path;

use super::{
    pty::Home,
    steps::{Person, Text},
};

#[test]
fn a_real_threat_dragon_model_comes_in_through_the_screen() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/interop/threat-dragon/v2-demo.json");
    if !file.exists() {
        eprintln!("skipped: there is no ../shared/interop/threat-dragon here");
        return;
    }
    let home = Home::new();
    let mut me = Person::at(home.open(&[]));
    me.open("n", "Start our own record").fill(&[("Your name", Text("Mara Lind"))]).keys("ctrl-s").see("No systems yet");
    let path = file.canonicalize().unwrap().display().to_string();
    me.open("i", "Bring what you have").fill(&[("File", Text(&path))]).keys("enter").see("Nothing is kept yet");
    me.keys("enter").see("Imported: 1 system").hat("s", "SECURITY").pane("g t", "3 Threats").row("T-1");
    me.keys("s 3 4 enter").see("3 4");
    me.keys("esc");
    me.term.quit();
    let list = home.docket(&["list"]);
    assert!(list.code == 0 && list.out.lines().count() >= 1, "{}{}", list.out, list.err);
    assert_eq!(home.docket(&["verify"]).code, 0);
}
