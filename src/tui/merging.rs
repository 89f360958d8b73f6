//! A bundle that came back, from the file to the screen and into the record.

use std::path::Path;

use super::{perform::Outcome, run::Session};
use crate::{
    app::{Answer, merging::Merge},
    desk::{
        Compared, Desk, Trouble,
        carry::{Keys, LockedBy, key_file, locked_by, look},
        expanded, file_name,
    },
    domain::{Secret, merging::Side, people::Role},
};

/// Compares a bundle with the record that is open.
pub(super) fn compare(session: &mut Session, path: &Path) -> Outcome {
    if !session.desk.has_record() || session.desk.me().is_none() {
        let says = "A bundle is opened from the command line, with docket open, where there is no record yet. Nothing was changed.";
        return Err(Trouble::Usage(says.into()));
    }
    if let Some(lock) = locked_by(path)? {
        return Ok(Answer::Locked(path.to_owned(), file_name(path), lock == LockedBy::Passphrase));
    }
    opened(session, path, Keys::default())
}

/// Opens a locked bundle with what was said, and compares it.
pub(super) fn unlock(session: &mut Session, path: &Path, key: &str, passphrase: Secret) -> Outcome {
    let files = if key.is_empty() { Vec::new() } else { vec![key_file(&expanded(key))?] };
    opened(session, path, Keys { files, passphrase })
}

fn opened(session: &mut Session, path: &Path, keys: Keys) -> Outcome {
    let compared = session.desk.compare(look(path, keys)?)?;
    if compared.is_known() {
        return Ok(Answer::Given("Everything in this bundle is here already; nothing has changed.".into()));
    }
    Ok(Answer::Compared(Box::new(shown(&mut session.desk, compared)?)))
}

/// What was compared, as the screen shows it.
pub fn shown(desk: &mut Desk, compared: Compared) -> Result<Merge, Trouble> {
    let (name, lines, conflicts) = desk.keep_compared(compared)?;
    Ok(Merge::new(name, lines, conflicts))
}

/// Takes in what was decided.
pub(super) fn merge(session: &mut Session, role: Role, sides: &[Side]) -> Outcome {
    let dossier = session.desk.merge_kept(sides, role)?;
    Ok(Answer::Merged(Box::new(session.desk.shown(dossier)?)))
}
