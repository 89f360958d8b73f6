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
    std::fs::write(bench.at("rsa.pub"), "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ== mara\n").unwrap();
    bench.on(&["sign", "--register", "rsa.pub", "--as", "Mara"]).refused(2, "takes Ed25519 keys only");
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

#[test]
fn a_withdrawn_key_is_told_by_entry_with_what_it_signed() {
    let bench = signed();
    bench.on(&["sign", "--withdraw", "", "--as", "Mara"]).refused(2, "needs a reason");
    let says = bench.on(&["sign", "--withdraw", "The laptop was lost.", "--as", "Mara"]).ok();
    assert!(says.starts_with("Withdrawn: SHA256:"), "{says}");
    bench.on(&["sign", "--register", "key.pub", "--as", "Mara"]).refused(2, "does not come back");
    bench.on(&["sign", "Hello", "--key", "key", "--as", "Mara"]).refused(2, "No SSH key is registered");
    let said = bench.on(&["verify"]).ok();
    let line = said.lines().find(|line| line.contains("withdrew the SSH key SHA256:")).expect(&said);
    assert!(
        line.starts_with("Entry ") && line.contains(" of Mara Rossi; what it signed before holds: entry "),
        "{line}"
    );
}

/// A forger who has the old key and knows every hash cannot put a signature behind the withdrawal: its entry tells.
#[test]
fn a_signature_behind_the_withdrawal_is_named_with_both_entries() {
    let bench = signed();
    bench.on(&["sign", "--withdraw", "The laptop was lost.", "--as", "Mara"]).ok();
    // The end of the key is taken out of the row: the journal still knows it.
    bench.tamper("UPDATE person SET ssh_keys_ended=NULL");
    let swap = "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; PRAGMA foreign_keys=OFF;
                UPDATE event SET n=n+100000 WHERE kind='signature.seal'";
    bench.tamper(swap);
    let said = bench.on(&["verify"]);
    assert_eq!(said.code, 1, "{said:?}");
    let found = said.out.lines().any(|line| {
        line.starts_with("The SSH signature of Mara")
            && line.contains("It was made after its key was withdrawn by entry ")
    });
    assert!(found, "{}", said.out);
}

/// An ssh-agent of its own, which ends with the test.
struct Agent(std::process::Child, std::path::PathBuf);

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts an agent that holds this key; none where the machine has no agent.
fn agent(bench: &Bench, key: &str) -> Option<Agent> {
    let socket = bench.at("agent");
    let child = Command::new("ssh-agent").args(["-D", "-a"]).arg(&socket).stdout(Stdio::null()).spawn().ok()?;
    let agent = Agent(child, socket);
    for _ in 0..200 {
        let mut add = Command::new("ssh-add");
        add.arg(bench.at(key)).env("SSH_AUTH_SOCK", &agent.1).stderr(Stdio::null());
        if add.status().ok()?.success() {
            return Some(agent);
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    None
}

#[test]
fn a_live_agent_signs_without_the_key_file() {
    let bench = Bench::seeded();
    key(&bench, "key", 1);
    bench.on(&["sign", "--register", "key.pub", "--as", "Mara"]).ok();
    let Some(agent) = agent(&bench, "key") else {
        println!("There is no ssh-agent here: signing with one was not looked at.");
        return;
    };
    std::fs::remove_file(bench.at("key")).unwrap();
    let mut command = bench.command();
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("SSH_AUTH_SOCK", &agent.1).env("PATH", path);
    command.args(["--record", "record.docket", "sign", "Hello", "--as", "Mara"]);
    let says = crate::bench::Said::of(&mut command).ok();
    assert!(says.starts_with("Signed: "), "{says}");
    bench.on(&["verify"]).ok();
    // Without the agent, and without a key file, nobody signs.
    drop(agent);
    let fraud = bench.on(&["record", "Hello", "--json"]).json();
    let made = &fraud["integrity"]["signatures"][0];
    assert!(made["holds"] == true && made["fingerprint"].as_str().unwrap().starts_with("SHA256:"), "{made}");
}

/// The exported record alone is enough: its JSON holds texts, signatures, principals and keys.
#[test]
fn the_json_of_a_record_verifies_with_stock_ssh_keygen_alone() {
    let bench = signed();
    let record = bench.on(&["record", "Hello", "--json"]).json();
    let all = record["integrity"]["signatures"].as_array().unwrap().clone();
    assert!(!all.is_empty());
    let page = bench.on(&["record", "Hello"]).ok();
    assert!(page.contains("## SSH signatures") && page.contains("holds; key SHA256:"), "{page}");
    if Command::new("ssh-keygen").arg("-Y").stdin(Stdio::null()).output().is_err() {
        println!("There is no ssh-keygen here: what it makes of the record was not looked at.");
        return;
    }
    std::fs::create_dir(bench.at("out")).unwrap();
    for (at, part) in all.iter().enumerate() {
        let of = |name: &str| part[name].as_str().unwrap().to_owned();
        let (text, signature) = (format!("{}.txt", at + 1), format!("{}.txt.sig", at + 1));
        std::fs::write(bench.at("out").join(&text), of("text")).unwrap();
        std::fs::write(bench.at("out").join(&signature), format!("{}\n", of("signature"))).unwrap();
        let allowed = format!("{} namespaces=\"{}\" {}\n", of("principal"), of("namespace"), of("key"));
        std::fs::write(bench.at("out/allowed_signers"), allowed).unwrap();
        assert!(verifies(&bench, &of("principal"), &text, &signature), "{part}");
        assert!(of("verify").ends_with(&format!("-s {signature} < {text}")), "{part}");
    }
}
