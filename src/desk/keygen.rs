//! Signatures by stock ssh-keygen, which asks the ssh-agent, a security key, or for the passphrase of a key file.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::Trouble;
use crate::{
    clock,
    domain::{
        decision::sshsig::{NAMESPACE, same_key},
        id::hex,
    },
};

/// The program that signs and verifies.
pub const PROGRAM: &str = "ssh-keygen";

/// Whether ssh-keygen may ask for a passphrase where the person sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// At the terminal, which is its own for as long.
    Terminal,
    /// Not at all: what needs a passphrase is refused.
    Never,
}

/// Has `text` signed with the private half of a public key: by the ssh-agent, else with the key file of `~/.ssh` that
/// belongs to it.
pub fn by_ssh_keygen(public: &str, text: &str, asking: Asking) -> Result<String, Trouble> {
    let own = key_file(public);
    let (file, ours) = match own {
        Some(file) => (file, false),
        None => (written(public)?, true),
    };
    let asked = run(&["-Y", "sign", "-n", NAMESPACE, "-f", &file.to_string_lossy()], text, asking);
    if ours {
        // A public key that stays behind gives nothing away.
        let _ = std::fs::remove_file(&file);
    }
    let output = asked.map_err(|error| broken(&format!("ssh-keygen could not be started ({error}).")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").trim();
    Err(broken(&format!("ssh-keygen did not sign ({}).", last.trim_end_matches('.'))))
}

fn broken(why: &str) -> Trouble {
    let way = "Nothing was signed. Add the key to your ssh-agent with ssh-add, or name its file: docket sign SYSTEM --key FILE.";
    Trouble::Usage(format!("{why} {way}"))
}

/// The public key as a file, where the person has none of their own.
fn written(public: &str) -> Result<PathBuf, Trouble> {
    let file = std::env::temp_dir().join(format!("docket-{}.pub", hex(&clock::chance::<8>())));
    std::fs::write(&file, format!("{public}\n"))?;
    Ok(file)
}

/// The key file of this person whose public half is this key: ssh-keygen looks for the private one beside it.
fn key_file(public: &str) -> Option<PathBuf> {
    let folder = directories::BaseDirs::new()?.home_dir().join(".ssh");
    let named = |path: &Path| path.extension().is_some_and(|end| end == "pub");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    all.sort();
    all.retain(|path| named(path) && path.with_extension("").exists());
    all.into_iter().find(|path| std::fs::read_to_string(path).is_ok_and(|line| same_key(&line, public)))
}

fn run(args: &[&str], input: &str, asking: Asking) -> std::io::Result<std::process::Output> {
    let mut command = Command::new(PROGRAM);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if asking == Asking::Never {
        // Whatever it would ask is answered by a program that says nothing.
        command.env("SSH_ASKPASS", "false").env("SSH_ASKPASS_REQUIRE", "force");
    }
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // Where it ended early, its exit code says more than the pipe.
        let _ = stdin.write_all(input.as_bytes());
    }
    child.wait_with_output()
}
