//! From the evidence to its file and back, and a finding to its end, with keys only.

use super::{
    pty::Home,
    steps::{Person, Text, Word},
};

#[test]
fn a_file_is_attached_by_its_path_and_a_change_of_it_is_seen() {
    let home = Home::new();
    std::fs::write(home.path("run.log"), "400 queries, none crossed\n").unwrap();
    let mut me = Person::at(home.open(&[]));
    me.open("n", "Start our own record").fill(&[("Your name", Text("Mara Lind"))]).keys("ctrl-s").see("No systems yet");
    me.sheet("n", "New system", &[("Name", Text("Helpdesk"))]);
    me.pane("g e", "5 Evidence").sheet("n", "New evidence", &[("Evidence", Text("Wall test"))]);
    me.row("Wall test").open("p", "Attach a file to E-1").fill(&[("File", Text("~/run.log"))]).keys("ctrl-s");
    me.see("Attached with a copy of 26 bytes");
    me.keys("v").see("run.log is unchanged.");
    std::fs::write(home.path("run.log"), "400 queries, one crossed\n").unwrap();
    me.keys("v").see("has changed").see("The copy in the record is as it was.").keys("esc");
    me.term.gone("has changed");
    me.open("p", "Attach a file to E-1").fill(&[("File", Text("x"))]).keys("ctrl-s").see("There is no file");
    me.keys("esc y").see("The draft is kept");
    me.term.quit();
    let said = home.docket(&["evidence", "check", "Helpdesk"]);
    assert_eq!((said.code, said.out.contains("has changed")), (1, true), "{} {}", said.out, said.err);
    let back = home.path("back.log").display().to_string();
    assert_eq!(home.docket(&["evidence", "save", "Helpdesk", "E-1", &back]).code, 0);
    assert_eq!(std::fs::read_to_string(back).unwrap(), "400 queries, none crossed\n");
    assert_eq!(home.docket(&["verify"]).code, 0);
}

#[test]
fn a_finding_goes_from_found_to_retested_and_back() {
    let home = Home::new();
    let mut me = Person::at(home.open(&[]));
    me.open("n", "Start our own record").fill(&[("Your name", Text("Mara Lind"))]).keys("ctrl-s").see("No systems yet");
    me.sheet("n", "New system", &[("Name", Text("Helpdesk"))]).hat("s", "SECURITY");
    me.pane("g e", "5 Evidence").sheet("n", "New evidence", &[("Evidence", Text("Second run"))]);
    me.sheet("d", "New finding", &[("Finding", Text("Names come back")), ("Severity", Word("high"))]);
    me.row("Names come back").sheet("enter", "finding: ", &[("Status", Word("ready for retest"))]).see("► retest");
    me.pane("g c", "4 Controls").keys("w").see("Findings ready for their retest").keys("w w");
    me.pane("g e", "5 Evidence").row("Names come back").open("t", "Retest F-1");
    me.fill(&[("Retest result", Word("passed"))]).keys("ctrl-s").see("needs its day and a piece of evidence");
    me.fill(&[("Evidence of the retest", Word("Second run"))]).save().see("closed");
    me.sheet("t", "Retest F-1", &[("Retest result", Word("failed"))]).see("! reopened");
    me.term.quit();
}
