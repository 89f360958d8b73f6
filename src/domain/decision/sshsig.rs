//! Signatures with SSH keys in the SSHSIG format, which `ssh-keygen -Y verify` checks without docket.

use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

/// What a signature of docket is for; one that was made for something else is none.
pub const NAMESPACE: &str = "docket";

/// The public key of an OpenSSH line; why not, as a whole sentence.
fn key_of(line: &str) -> Result<PublicKey, &'static str> {
    let line = line.trim();
    // The word in front says the kind, also of those that this program cannot read.
    if let Some(why) = other_kind(line.split_whitespace().next().unwrap_or_default()) {
        return Err(why);
    }
    let key = PublicKey::from_openssh(line)
        .map_err(|_| "This is no OpenSSH public key; one is a line such as \"ssh-ed25519 AAAA… name\".")?;
    match key.algorithm() {
        Algorithm::Ed25519 | Algorithm::SkEd25519 => Ok(key),
        _ => Err("docket takes Ed25519 keys only, also those of a security key; ssh-keygen -t ed25519 makes one."),
    }
}

/// What is said of the other kinds that ssh-keygen makes.
fn other_kind(word: &str) -> Option<&'static str> {
    if word == "ssh-rsa" || word.starts_with("rsa-sha2-") {
        return Some(
            "This is an RSA key. docket takes Ed25519 keys only (ssh-ed25519, and sk-ssh-ed25519 of a security key); \
             ssh-keygen -t ed25519 makes one.",
        );
    }
    if word.starts_with("ecdsa-sha2-") || word.starts_with("sk-ecdsa-") {
        return Some(
            "This is an ECDSA key. docket takes Ed25519 keys only (ssh-ed25519, and sk-ssh-ed25519 of a security key); \
             ssh-keygen -t ed25519 makes one.",
        );
    }
    (word == "ssh-dss").then_some(
        "This is a DSA key. docket takes Ed25519 keys only (ssh-ed25519, and sk-ssh-ed25519 of a security key); \
         ssh-keygen -t ed25519 makes one.",
    )
}

/// How people compare keys: `SHA256:…`; or why the line is no key that docket can check.
pub fn key_print(line: &str) -> Result<String, &'static str> {
    Ok(key_of(line)?.fingerprint(HashAlg::Sha256).to_string())
}

/// The type and the bytes of a key, without what somebody wrote behind it.
pub fn key_alone(line: &str) -> Option<String> {
    let mut key = key_of(line).ok()?;
    key.set_comment("");
    key.to_openssh().ok().map(|line| line.trim().to_owned())
}

/// Whether two lines hold the same key.
pub fn same_key(one: &str, other: &str) -> bool {
    key_alone(one).is_some_and(|key| key_alone(other) == Some(key))
}

/// Whether an armored signature is one over exactly `text`, by this key, for docket; why not, as a whole sentence.
pub fn verify(key: &str, armored: &str, text: &str) -> Result<(), &'static str> {
    let key = key_of(key)?;
    let found = SshSig::from_pem(format!("{}\n", armored.trim()))
        .map_err(|_| "This is no SSH signature; one begins with \"-----BEGIN SSH SIGNATURE-----\".")?;
    if found.namespace() != NAMESPACE {
        return Err("The signature was made for something else, and not for docket.");
    }
    if found.public_key() != key.key_data() {
        return Err("The signature was made with another key.");
    }
    key.verify(NAMESPACE, text.as_bytes(), &found).map_err(|_| "The signature is over another text.")
}

/// Signs `text` with an OpenSSH private key that has no passphrase; why not, as a whole sentence.
pub fn sign(private: &str, text: &str) -> Result<String, &'static str> {
    let key = PrivateKey::from_openssh(private).map_err(|_| "This is no OpenSSH private key.")?;
    if key.is_encrypted() {
        return Err("The key has a passphrase; add it to the ssh-agent, and sign without --key.");
    }
    let made = key.sign(NAMESPACE, HashAlg::Sha512, text.as_bytes());
    let made = made.map_err(|_| "docket signs with Ed25519 keys only; for others, leave out --key.")?;
    made.to_pem(LineEnding::LF).map_err(|_| "The signature could not be written down.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssh_key::private::Ed25519Keypair;

    fn pair(seed: u8) -> (String, String) {
        let key = PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32]));
        (key.to_openssh(LineEnding::LF).unwrap().to_string(), key.public_key().to_openssh().unwrap())
    }

    #[test]
    fn a_signature_holds_for_its_key_its_text_and_docket_alone() {
        let ((private, public), (_, other)) = (pair(1), pair(2));
        let made = sign(&private, "one\n").unwrap();
        assert_eq!(verify(&public, &made, "one\n"), Ok(()));
        assert_eq!(verify(&format!("{public} ada@desk"), made.trim(), "one\n"), Ok(()), "a comment is no part of it");
        assert!(verify(&public, &made, "two\n").unwrap_err().contains("another text"));
        assert!(verify(&other, &made, "one\n").unwrap_err().contains("another key"));
        let key = PrivateKey::from_openssh(&private).unwrap();
        let file = key.sign("file", HashAlg::Sha512, b"one\n").unwrap().to_pem(LineEnding::LF).unwrap();
        assert!(verify(&public, &file, "one\n").unwrap_err().contains("something else"));
        assert!(verify(&public, "no", "one\n").unwrap_err().contains("no SSH signature"));
        assert!(sign(&public, "one\n").unwrap_err().contains("private key"));
    }

    #[test]
    fn a_key_is_known_by_its_bytes() {
        let (_, public) = pair(1);
        assert!(same_key(&public, &format!("{public} ada@desk")) && !same_key(&public, &pair(2).1));
        assert!(key_print(&public).unwrap().starts_with("SHA256:"));
        assert!(!same_key("no key", "no key") && key_print("ssh-ed25519 AAAA").is_err());
        let nist = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHwf2HMM5TRXvo2SQJjsNkiDD5KqiiNjrGVv3UUh+mMT5RHxiRtOnlqvjhQtBq0VpmpCV/PwUdhOig4vkbqAcEc=";
        assert!(key_print(nist).unwrap_err().contains("ECDSA"), "what docket cannot check is no key here");
        for (kind, word) in [("ssh-rsa AAAAB3NzaC1yc2E= ada", "RSA"), ("ssh-dss AAAA", "DSA")] {
            let why = key_print(kind).unwrap_err();
            assert!(why.contains(word) && why.contains("ssh-ed25519") && why.ends_with("makes one."), "{why}");
        }
    }
}
