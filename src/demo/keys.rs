//! The SSH keys of the sample. They follow from a name, so that the sample is always the same; they guard nothing.

use ssh_key::{LineEnding, PrivateKey, private::Ed25519Keypair};

use crate::domain::{
    Dossier, Id, Line, Prose,
    command::Command,
    decision::{Signable, SignedAct, signables, sshsig},
    journal::digest,
    people::Role,
};

/// The key pair of somebody, by their key in the sample.
fn pair(who: &str) -> PrivateKey {
    PrivateKey::from(Ed25519Keypair::from_seed(&digest(format!("the sample key of {who}").as_bytes())))
}

/// Registers the public half, as the person would.
pub fn register(who: &str) -> Result<Command, String> {
    let line = pair(who).public_key().to_openssh().map_err(|why| why.to_string())?;
    Ok(Command::RegisterKey(Line::new(&format!("{line} {who}@velmora"))))
}

/// Signs the newest act of a kind that somebody did in a hat, and that stands.
pub fn seal(dossier: &Dossier, who: (&str, Id), role: Role, sort: SignedAct) -> Result<Command, String> {
    let theirs = |act: &&Signable| act.sort == sort && act.person == who.1 && act.role == role && act.stands;
    let acts = signables(dossier);
    let act = acts.iter().rev().find(theirs).ok_or("nothing of theirs waits for a signature")?;
    let private = pair(who.0).to_openssh(LineEnding::LF).map_err(|why| why.to_string())?;
    let armored = Prose::new(&sshsig::sign(&private, &act.text())?);
    Ok(Command::AddSignature { sort, act: act.id, armored })
}
