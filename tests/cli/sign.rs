//! `docket sign`: a key is registered, acts are signed, and stock ssh-keygen verifies them without docket.

use std::process::{Command, Stdio};

use crate::bench::Bench;
use ssh_key::{LineEnding, PrivateKey, private::Ed25519Keypair};

/// Writes a key pair as ssh-keygen would.
fn key(bench: &Bench, name: &str, seed: u8) {
    let key = PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32]));
    std::fs::write(bench.at(name), key.to_openssh(LineEnding::LF).unwrap().as_bytes()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(bench.at(name), std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    std::fs::write(bench.at(&format!("{name}.pub")), format!("{}\n", key.public_key().to_openssh().unwrap())).unwrap();
}

/// The sample with the decision on Hello signed.
fn signed() -> Bench {
    let bench = Bench::seeded();
    key(&bench, "key", 1);
    let says = bench.on(&["sign", "--register", "key.pub", "--as", "Mara"]).ok();
    assert!(says.starts_with("Registered: SHA256:"), "{says}");
    let says = bench.on(&["sign", "Hello", "--key", "key", "--as", "Mara"]).ok();
    assert!(says.lines().all(|line| line.starts_with("Signed: ") && line.contains("SSH key SHA256:")), "{says}");
    bench
}

#[test]
fn a_key_is_registered_and_what_was_done_is_signed_once() {
    let bench = Bench::seeded();
    key(&bench, "key", 1);
    key(&bench, "other", 2);
    bench.on(&["sign", "Hello", "--key", "key", "--as", "Mara"]).refused(2, "No SSH key is registered");
    bench.on(&["sign", "--register", "key", "--as", "Mara"]).refused(2, "no OpenSSH public key");
    bench.on(&["sign", "--register", "key.pub", "--as", "Mara"]).ok();
    bench.on(&["sign", "Hello", "--key", "other", "--as", "Mara"]).refused(2, "another key");
    bench.on(&["sign", "Hello", "--export", "out"]).refused(2, "Nothing on Hello");
    bench.on(&["sign", "Hello", "--what", "all", "--as", "Mara"]).refused(2, "signoff, acceptance or decision");
    bench.on(&["sign", "Hello", "--key", "key", "--as", "Mara"]).ok();
    bench.on(&["sign", "Hello", "--key", "key", "--as", "Mara"]).refused(2, "waits for an SSH signature");
    bench.on(&["verify"]).ok();
}

#[test]
fn verify_names_an_act_that_was_altered_after_it_was_signed() {
    let bench = signed();
    bench.on(&["verify"]).ok();
    bench.tamper("UPDATE signoff SET statement='I never said so.'");
    let said = bench.on(&["verify"]);
    assert_eq!(said.code, 1, "{said:?}");
    let line = said.out.lines().find(|line| line.starts_with("The SSH signature of Mara")).expect(&said.out);
    assert!(
        line.contains("on the sign-off as ") && line.ends_with("What was signed has been altered since."),
        "{line}"
    );
}

#[test]
fn without_ssh_keygen_it_says_so() {
    let bench = Bench::seeded();
    key(&bench, "key", 1);
    bench.on(&["sign", "--register", "key.pub", "--as", "Mara"]).ok();
    let nowhere = bench.at("nothing");
    let mut command = bench.command();
    command.env("PATH", nowhere).args(["--record", "record.docket", "sign", "Hello", "--as", "Mara"]);
    crate::bench::Said::of(&mut command).refused(2, "ssh-keygen could not be started");
}

/// Whether ssh-keygen of this machine verifies a text against its signature.
fn verifies(bench: &Bench, who: &str, text: &str, signature: &str) -> bool {
    let folder = bench.at("out");
    let input = std::fs::File::open(folder.join(text)).unwrap();
    let args = ["-Y", "verify", "-f", "allowed_signers", "-I", who, "-n", "docket", "-s", signature];
    let done = Command::new("ssh-keygen").args(args).current_dir(folder).stdin(input).output().unwrap();
    done.status.success()
}

#[test]
fn stock_ssh_keygen_verifies_what_was_exported() {
    let bench = signed();
    let says = bench.on(&["sign", "--export", "out", "Hello"]).ok();
    assert!(says.contains("ssh-keygen -Y verify -f allowed_signers -I mara-rossi -n docket"), "{says}");
    let asked = Command::new("ssh-keygen").arg("-Y").stdin(Stdio::null()).output();
    if asked.is_err() {
        println!("There is no ssh-keygen here: what it makes of the export was not looked at.");
        return;
    }
    assert!(verifies(&bench, "mara-rossi", "1.txt", "1.txt.sig"));
    assert!(!verifies(&bench, "somebody-else", "1.txt", "1.txt.sig"));
    let text = std::fs::read_to_string(bench.at("out/1.txt")).unwrap();
    std::fs::write(bench.at("out/1.txt"), text.replace("kind ", "kind of ")).unwrap();
    assert!(!verifies(&bench, "mara-rossi", "1.txt", "1.txt.sig"));
}

/// What signs is stock ssh-keygen itself: a key file beside the public key takes the place of the agent.
#[test]
fn what_stock_ssh_keygen_signs_holds_here() {
    let bench = Bench::seeded();
    key(&bench, "key", 1);
    let made = Command::new("ssh-keygen")
        .args(["-Y", "sign", "-n", "docket", "-f", "key", "key.pub"])
        .current_dir(bench.at(""))
        .output();
    let Ok(made) = made else {
        println!("There is no ssh-keygen here: what it signs was not looked at.");
        return;
    };
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let read = |name: &str| std::fs::read_to_string(bench.at(name)).unwrap();
    let held = docket::domain::decision::sshsig::verify(&read("key.pub"), &read("key.pub.sig"), &read("key.pub"));
    assert_eq!(held, Ok(()));
}
