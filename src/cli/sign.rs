//! `docket sign`: acts under an SSH signature, and the files with which ssh-keygen verifies them without docket.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use clap::ValueHint;

use super::{Outcome, clean, open::Opening, print};
use crate::{
    clock,
    desk::Trouble,
    domain::{
        Dossier, Id,
        decision::{
            SignedAct, keys_of, signable, signed_text,
            sshsig::{self, NAMESPACE, key_alone, key_print},
        },
        id::hex,
        people::Role,
    },
};

/// Signing with an SSH key.
#[derive(Debug, clap::Args)]
pub struct Sign {
    /// The name of the system, or its beginning.
    #[arg(required_unless_present = "register")]
    pub system: Option<String>,
    /// Only what is of this kind: signoff, acceptance, decision.
    #[arg(long, value_name = "WHAT")]
    pub what: Option<String>,
    /// Sign with this OpenSSH private key, which has no passphrase; else ssh-keygen asks your ssh-agent.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: Option<PathBuf>,
    /// Register this public key as yours; keys from before stay good for what they signed.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["system", "key", "export"])]
    pub register: Option<PathBuf>,
    /// Write every signature of the system with its text, and the list of allowed signers, into this folder.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, conflicts_with_all = ["key", "what"])]
    pub export: Option<PathBuf>,
}

/// Exit codes: 0 done, 2 nothing was signed.
pub(super) fn sign(open: &Opening, role: Option<Role>, args: &Sign) -> Outcome {
    let mut desk = open.desk()?;
    if let Some(file) = &args.register {
        let print_of = desk.register_key(role, &read(file)?)?;
        desk.close()?;
        return print(&format!("Registered: {print_of}."));
    }
    let system = desk.find(args.system.as_deref().unwrap_or_default())?;
    if let Some(folder) = &args.export {
        let dossier = desk.dossier(system)?;
        desk.close()?;
        return export(open, &dossier, folder);
    }
    let sort = args.what.as_deref().map(sort_named).transpose()?;
    let public = desk.my_key()?;
    let (dossier, acts) = desk.unsigned(system, sort)?;
    if acts.is_empty() {
        let says = format!("Nothing of yours on {} waits for an SSH signature.", dossier.name());
        return Err(Trouble::Usage(says));
    }
    let private = args.key.as_deref().map(read).transpose()?;
    let mut says = String::new();
    for act in &acts {
        let made = match &private {
            Some(private) => sshsig::sign(private, &act.text()).map_err(|why| Trouble::Usage(why.to_owned()))?,
            None => by_agent(&public, &act.text())?,
        };
        desk.keep_signature(system, act, role, &made)?;
        let print = key_print(&public).unwrap_or_default();
        says.extend(["Signed: ", &act.title(&dossier), ", with SSH key ", &print, ".\n"]);
    }
    desk.close()?;
    print(&clean(&says))
}

fn sort_named(word: &str) -> Result<SignedAct, Trouble> {
    match word {
        "signoff" | "sign-off" => Ok(SignedAct::Signoff),
        "acceptance" => Ok(SignedAct::Acceptance),
        "decision" => Ok(SignedAct::Disposition),
        _ => Err(Trouble::Usage(format!("There is no \"{word}\" to sign; it is signoff, acceptance or decision."))),
    }
}

fn read(file: &Path) -> Result<String, Trouble> {
    std::fs::read_to_string(file)
        .map_err(|error| Trouble::Usage(format!("{} could not be read ({error}).", file.display())))
}

/// Asks stock ssh-keygen, and through it the ssh-agent or the security key, for a signature.
fn by_agent(public: &str, text: &str) -> Result<String, Trouble> {
    let broken = |why: String| Trouble::Usage(format!("{why} Nothing was signed; name a private key with --key FILE."));
    let file = std::env::temp_dir().join(format!("docket-{}.pub", hex(&clock::chance::<8>())));
    std::fs::write(&file, format!("{public}\n"))?;
    let asked = run(&["-Y", "sign", "-n", NAMESPACE, "-f", &file.to_string_lossy()], text);
    // A public key that stays behind gives nothing away.
    let _ = std::fs::remove_file(&file);
    let output = asked.map_err(|error| broken(format!("ssh-keygen could not be started ({error}).")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").trim();
    Err(broken(format!("ssh-keygen did not sign ({last}).")))
}

fn run(args: &[&str], input: &str) -> std::io::Result<std::process::Output> {
    let mut child = Command::new("ssh-keygen")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // Where it ended early, its exit code says more than the pipe.
        let _ = stdin.write_all(input.as_bytes());
    }
    child.wait_with_output()
}

/// Writes what ssh-keygen needs, and says how to call it.
fn export(open: &Opening, dossier: &Dossier, folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)
        .map_err(|error| Trouble::Usage(format!("{} could not be made ({error}).", folder.display())))?;
    let (mut says, mut signers) = (String::new(), Vec::<Id>::new());
    let mut count = 0;
    for signature in &dossier.signatures {
        let (Some(text), Some(who)) = (signed_text(dossier, signature), signature.person) else { continue };
        count += 1;
        open.write(&folder.join(format!("{count}.txt")), text.as_bytes())?;
        open.write(&folder.join(format!("{count}.txt.sig")), format!("{}\n", signature.armored).as_bytes())?;
        if !signers.contains(&who.0) {
            signers.push(who.0);
        }
        let act = signature.sort.zip(signature.act).and_then(|(sort, id)| signable(dossier, sort, id));
        let act = act.map_or_else(String::new, |act| act.title(dossier));
        let call = format!("ssh-keygen -Y verify -f allowed_signers -I {}", principal(dossier, who.0));
        let files = format!("-n {NAMESPACE} -s {count}.txt.sig < {count}.txt");
        says.extend([&format!("{count}: {act}\n  "), &*call, " ", &files, "\n"]);
    }
    if count == 0 {
        return Err(Trouble::Usage(format!("Nothing on {} is signed with an SSH key.", dossier.name())));
    }
    let mut allowed = String::new();
    for id in signers {
        let keys = dossier.people.by_id(id).into_iter().flat_map(keys_of).filter_map(key_alone);
        for key in keys {
            allowed.extend([&principal(dossier, id), " namespaces=\"", NAMESPACE, "\" ", &key, "\n"]);
        }
    }
    open.write(&folder.join("allowed_signers"), allowed.as_bytes())?;
    print(&clean(&format!("Written to {}, {count} signed; there:\n{says}", folder.display())))
}

/// A person as `allowed_signers` names them, without a letter that means something there: `mara-rossi`. Two people of
/// one name are told apart by the end of their identity.
fn principal(dossier: &Dossier, id: Id) -> String {
    let short = |id: Id| {
        let name = dossier.person_name(id).map_or_else(String::new, |name| name.as_str().to_lowercase());
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    };
    let own = Some(short(id)).filter(|own| !own.is_empty()).unwrap_or_else(|| "person".to_owned());
    let alone = own != "person" && dossier.people.iter().all(|other| other.id == id || short(other.id) != own);
    if alone { own } else { format!("{own}.{}", hex(&id.0[12..])) }
}
