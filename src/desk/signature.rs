//! Signatures with SSH keys: what waits for one, what is kept, and which do not hold.

use super::{Desk, Trouble};
use crate::{
    clock,
    domain::{
        Dossier, Id, Kind, Prose,
        command::Command,
        decision::{Signable, SignedAct, latest_signoff, signables, signature_wrong, signed, sshsig::key_print},
        people::Role,
        value::Value,
    },
};

impl Desk {
    /// What whoever sits here did on a system in its current review, that stands and is not signed with an SSH key.
    pub fn unsigned(&self, system: Id, sort: Option<SignedAct>) -> Result<(Dossier, Vec<Signable>), Trouble> {
        let dossier = self.dossier(system)?;
        let current = |act: &Signable| match act.sort {
            SignedAct::Signoff => latest_signoff(&dossier, act.role).is_some_and(|newest| newest.id == act.id),
            SignedAct::Disposition => dossier.decided().is_some_and(|newest| newest.id == act.id),
            SignedAct::Acceptance => true,
        };
        let mut acts = signables(&dossier);
        acts.retain(|act| {
            let wanted = sort.is_none_or(|sort| sort == act.sort) && Some(act.person) == self.me;
            wanted && act.stands && current(act) && signed(&dossier, act).is_none()
        });
        Ok((dossier, acts))
    }

    /// Keeps a signature.
    pub fn keep_signature(
        &mut self,
        system: Id,
        act: &Signable,
        role: Option<Role>,
        armored: &str,
    ) -> Result<(), Trouble> {
        let command = Command::AddSignature { sort: act.sort, act: act.id, armored: Prose::new(armored) };
        self.execute(Some(system), role.unwrap_or(act.role), &command)?;
        Ok(())
    }

    /// The public key that is registered for whoever sits here.
    pub fn my_key(&self) -> Result<String, Trouble> {
        let people = self.store()?.people()?;
        let me = self.me.and_then(|me| people.people.by_id(me));
        let me = me.ok_or_else(|| Trouble::Usage("Nobody sits here yet. Say who you are with --as NAME.".into()))?;
        if me.ssh_key.is_empty() {
            let says = format!("No SSH key is registered for {}. docket sign --register FILE takes it in.", me.name);
            return Err(Trouble::Usage(says));
        }
        Ok(me.ssh_key.to_string())
    }

    /// Registers the public key of whoever sits here; says by what people compare it.
    pub fn register_key(&mut self, role: Option<Role>, line: &str) -> Result<String, Trouble> {
        let print = key_print(line).map_err(|why| Trouble::Usage(format!("{why} Nothing was changed.")))?;
        let today = clock::today();
        let me = self.me.unwrap_or(Id([0; 16]));
        let held = self.store()?.people()?.roles_of(me, today);
        let role = role.or_else(|| held.into_iter().find(|role| Role::REVIEW.contains(role)));
        let role = role.map_or_else(|| self.last_hat(None), |role| Ok(Some(role)))?.unwrap_or(Role::Owner);
        let set = vec![("ssh_key".to_owned(), Value::from(line.trim()))];
        self.execute(None, role, &Command::Edit { kind: Kind::Person, id: me, set, why: Prose::default() })?;
        Ok(print)
    }

    /// The signatures that do not hold, each in a whole sentence.
    pub(super) fn wrong_signatures(&self) -> Result<Vec<String>, Trouble> {
        let mut out = Vec::new();
        for system in self.as_saved()?.systems_with(Kind::Signature)? {
            let dossier = self.dossier(system)?;
            for signature in &dossier.signatures {
                let Some(why) = signature_wrong(&dossier, signature) else { continue };
                let who = signature.person.and_then(|who| dossier.person_name(who.0));
                let who = who.map_or("nobody known", |name| name.as_str());
                let act = signables(&dossier).into_iter().find(|act| Some(act.id) == signature.act);
                let act = act.map_or_else(|| "an act".to_owned(), |act| act.title(&dossier));
                let name = dossier.name();
                out.push(format!("The SSH signature of {who} on the {act} in \"{name}\" does not hold. {why}"));
            }
        }
        Ok(out)
    }
}
