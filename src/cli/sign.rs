//! `docket sign`: acts under an SSH signature, and the files with which ssh-keygen verifies them without docket.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::{Outcome, clean, open::Opening, print};
use crate::{
    desk::{
        Trouble,
        keygen::{Asking, by_ssh_keygen},
    },
    domain::{
        Dossier, Id, Prose,
        decision::{
            SignedAct, keys_of, principal, signable, signed_text,
            sshsig::{self, NAMESPACE, key_alone, key_print},
        },
        people::Role,
    },
};

/// Signing with an SSH key.
#[derive(Debug, clap::Args)]
pub struct Sign {
    /// The name of the system, or its beginning.
    #[arg(required_unless_present_any = ["register", "withdraw"])]
    pub system: Option<String>,
    /// Only what is of this kind: signoff, acceptance, decision.
    #[arg(long, value_name = "WHAT")]
    pub what: Option<String>,
    /// Sign with this OpenSSH private key, which has no passphrase; else ssh-keygen asks your ssh-agent, or for the
    /// passphrase of the key file in ~/.ssh that belongs to your key.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: Option<PathBuf>,
    /// Register this public key as yours; keys from before stay good for what they signed.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["system", "key", "export"])]
    pub register: Option<PathBuf>,
    /// Withdraw your key, for this reason: it signs nothing more, and what it signed until now holds.
    #[arg(long, value_name = "WHY", conflicts_with_all = ["system", "key", "export", "register"])]
    pub withdraw: Option<String>,
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
    if let Some(why) = &args.withdraw {
        let print_of = desk.withdraw_key(role, &Prose::new(why))?;
        desk.close()?;
        return print(&format!("Withdrawn: {print_of}. It signs nothing more; what it signed until now holds."));
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
            None => by_ssh_keygen(&public, &act.text(), Asking::Terminal)?,
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
