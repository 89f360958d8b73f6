//! Signing with an SSH key from the screen: the passphrase is asked for on a plain terminal, and the screen comes back.

use std::process::{Command, Stdio};

use super::{
    pty::{Home, PATIENCE},
    steps::{Person, Text},
};

/// Makes a key with a passphrase in the home's `.ssh`; false where this machine has no ssh-keygen.
fn key(home: &Home) -> bool {
    std::fs::create_dir(home.path(".ssh")).unwrap();
    let file = home.path(".ssh/id_ed25519");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "open sesame", "-C", "mara", "-f"])
        .arg(&file)
        .stdin(Stdio::null())
        .status();
    made.is_ok_and(|status| status.success())
}

#[test]
fn a_decision_is_signed_on_the_screen_with_a_key_that_has_a_passphrase() {
    let home = Home::new();
    if !key(&home) {
        println!("There is no ssh-keygen here: signing on the screen was not looked at.");
        return;
    }
    assert_eq!(home.docket(&["demo", "--seed-only", "--record", "sample.docket"]).code, 0);
    let at = ["--record", "sample.docket"];
    let me = &mut Person::at(home.open_at(&[&at[..], &["--as", "Mara Rossi"]].concat(), (120, 36)));
    me.keys("/").see("Do or find");
    me.term.text("Hello Velmora");
    me.see("Hello Velmora").keys("enter").see("[1 Overview").pane("g s", "0 Sign");
    me.row("no; Mara Rossi has no SSH key").keys("a s").see("No SSH key of yours is registered yet");
    me.keys(":").term.text("Register SSH");
    me.see("Register SSH key").keys("enter").see("field 1 of");
    // The usual file stands there already.
    me.fill(&[("Your initials", Text("MR"))]).keys("ctrl-s").see("Your key: SHA256:").keys("esc");
    // What follows an escape too soon is taken for one key with it.
    me.term.gone("Your key:");
    me.row("no; Mara Rossi can: a s").keys("a s").see("with your SSH key?").keys("y");
    me.see("Enter passphrase");
    assert!(!me.term.has("SSH signatures"), "the screen was left: {}", me.term.screen());
    me.term.text("wrong").keys("enter");
    me.see("ssh-keygen did not sign").see("SSH signatures");
    me.keys("a s").see("with your SSH key?").keys("y");
    // The first question still stands on the plain screen.
    me.term.until("the second question", PATIENCE, |screen| screen.contents().matches("Enter passphrase").count() == 2);
    me.term.text("open sesame").keys("enter");
    me.see("Signed with SSH key SHA256:").see("holds, SHA256:");
    me.keys("enter").see("The text that is signed:").keys("esc");
    me.term.gone("The text that is signed:");
    me.keys(":").term.text("Withdraw SSH");
    me.see("Withdraw SSH key").keys("enter").see("field 1 of");
    me.fill(&[("Why", Text("It was lost.")), ("Your initials", Text("MR"))]).keys("ctrl-s").see("Withdrawn: SHA256:");
    me.keys("esc").see("which was withdrawn on");
    let said = home.docket(&[&at[..], &["verify"]].concat());
    assert!(said.code == 0 && said.out.contains("of Mara Rossi; what it signed before holds: entry "), "{}", said.out);
}
