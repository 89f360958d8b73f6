//! The sheet that opens a locked bundle.

use std::path::PathBuf;

use super::{Purpose, line};
use crate::app::form::{Form, FormField};

/// Asks for the passphrase of a bundle, or for the key file of whoever it was sent to. Nothing of it is kept, not even as
/// a draft.
pub fn unlock(path: PathBuf, name: &str, by_passphrase: bool) -> Form {
    let secret = |help: &str| FormField::secret("passphrase", "Passphrase", help);
    let fields = if by_passphrase {
        vec![secret("The one that the sender told you. It is not shown, and kept nowhere.").needed()]
    } else {
        let help = "Your age key, or your SSH private key such as ~/.ssh/id_ed25519.";
        vec![
            line("key", "Key file", help).needed(),
            secret("Only where the key file has one of its own. It is not shown, and kept nowhere."),
        ]
    };
    let mut form =
        Form::new(format!("Open {name}"), "open", Purpose::Unlock(path, by_passphrase), String::new(), fields);
    form.lines = vec![if by_passphrase {
        "This bundle is locked with a passphrase.".to_owned()
    } else {
        "This bundle is locked for the keys of those that it was sent to.".to_owned()
    }];
    form.lines.push("Opening it changes nothing: what it comes to is shown first.".to_owned());
    form
}
