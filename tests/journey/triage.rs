//! A security lead in a hurry: tier a new system, write threats into the register, rate them, without a sheet.

use super::{
    pty::Home,
    steps::{Person, Text},
};

#[test]
fn a_system_is_tiered_and_its_threats_rated_in_a_minute() {
    let home = Home::new();
    let mut me = Person::at(home.open(&[]));
    me.open("n", "Start our own record").fill(&[("Your name", Text("Mara Lind"))]).keys("ctrl-s").see("No systems yet");
    me.sheet("n", "New system", &[("Name", Text("Helpdesk"))]).keys("g b").see("Systems 1");
    me.keys("T").see("seven answers").keys("3 1 2 2 0 1 2").see("Tier so far:").keys("enter").see("1 system tiered");
    me.keys("enter").see("Systems 1").hat("s", "SECURITY").keys("2 enter").see("[1 Overview").pane("g t", "3 Threats");
    for title in ["Prompt steers the answer", "A ticket is sent to a stranger", "Names in the log"] {
        me.new_threat(title);
    }
    me.keys("T").see("1 of 3").see("Prompt steers the answer").keys("4 3 m").see("2 of 3").keys("2 2 enter");
    me.see("3 of 3").keys("n").see("not applicable: why?");
    me.term.text("There is no log.");
    me.keys("ctrl-s").see("3 threats rated").see("High").see("Low").see("not applicable");
    me.keys("enter").see("[3 Threats").see("4 3");
    me.keys("right right enter").see("L _ I _");
    me.term.quit();
    assert_eq!(home.docket(&["verify"]).code, 0);
}
