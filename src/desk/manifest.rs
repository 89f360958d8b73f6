//! A system manifest beside what was cleared, and the change that it is recorded as.

use super::{Desk, Trouble};
use crate::{
    clock,
    domain::{
        Dossier, Id, Refusal, Rule,
        command::Command,
        decision::fingerprint,
        manifest::{Manifest, cleared_by, decided_on, from_snapshot},
        people::Role,
        rules::may,
        verb::Verb,
    },
    exchange::{answer::manifest::Base, manifest},
};

impl Desk {
    /// What a manifest of a system is compared with: the content of the last decision that permits use, else the
    /// inventory.
    pub fn manifest_base(&self, dossier: &Dossier, inventory: bool) -> Result<Base, Trouble> {
        let of_now = || Base { manifest: Manifest::of(dossier), cleared_on: None };
        let Some(made) = cleared_by(dossier).filter(|_| !inventory) else { return Ok(of_now()) };
        let kept = self.store()?.content(&made.content.0)?.and_then(|bytes| String::from_utf8(bytes).ok());
        // What was changed behind docket's back is not what was cleared.
        let Some(snapshot) = kept.filter(|text| fingerprint(text) == made.content) else {
            let says = "What was decided on is not in the record as it was, so nothing can be compared with it.";
            return Err(Trouble::Other(anyhow::anyhow!(
                "{says} docket verify says more; --inventory compares anyway."
            )));
        };
        let mut cleared = from_snapshot(&snapshot);
        // A snapshot holds the review that was decided, and the releases of its day.
        cleared.subject = dossier.subject;
        Ok(Base { manifest: Manifest::of(&cleared), cleared_on: decided_on(made) })
    }

    /// Reads a manifest from a file, or from standard input where it is called `-`.
    pub fn read_manifest(&self, path: &std::path::Path) -> Result<manifest::Read, Trouble> {
        use std::io::Read;
        let name = if path.as_os_str() == "-" { "standard input".to_owned() } else { super::file_name(path) };
        let limit = manifest::MANIFEST_MAX as u64 + 1;
        let mut bytes = Vec::new();
        let failed = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => Trouble::Usage(format!("There is no file {name}. Nothing was changed.")),
            _ => Trouble::Usage(format!("{name} could not be read ({error}). Nothing was changed.")),
        };
        if path.as_os_str() == "-" {
            std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(failed)?;
        } else {
            std::fs::File::open(path).map_err(failed)?.take(limit).read_to_end(&mut bytes).map_err(failed)?;
        }
        manifest::read(&bytes, &name).map_err(Trouble::Usage)
    }

    /// Records the differences as a change and fires its triggers; says under which number, also where the same ones
    /// were recorded before.
    pub fn record_change(&mut self, system: Id, role: Option<Role>, command: &Command) -> Result<String, Trouble> {
        let dossier = self.dossier(system)?;
        let role = match (role, self.me()) {
            (Some(role), _) => role,
            (None, Some(me)) => {
                let today = clock::today();
                let allowed = |role: &Role| may(&dossier, me, *role, Verb::RecordChange, today).is_ok();
                dossier.roles_of(me, today).into_iter().find(allowed).ok_or_else(|| {
                    let says = format!("You hold no role on {}, so nothing was recorded in your name.", dossier.name());
                    Refusal::new(Rule::RoleNotHeld, says)
                })?
            }
            (None, None) => Role::Builder,
        };
        let number = |dossier: &Dossier| dossier.alterations.last().map(crate::domain::after::Alteration::reference);
        match self.execute(Some(system), role, command) {
            Ok(after) => Ok(format!("Recorded as {}.", number(&after).unwrap_or_default())),
            Err(Trouble::Refused(refusal)) if refusal.rule == Rule::NothingChanged => {
                Ok("Recorded already; nothing was added.".to_owned())
            }
            Err(trouble) => Err(trouble),
        }
    }
}
