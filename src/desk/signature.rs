//! Signatures with SSH keys: what waits for one, what is kept, and which do not hold.

use std::collections::BTreeMap;

use super::{
    Desk, Trouble,
    keygen::{Asking, by_ssh_keygen},
};
use crate::domain::{
    Dossier, Id, Kind, Line, Prose,
    command::Command,
    decision::{
        Signable, Signature, SignedAct, latest_signoff, signable, signables, signature_wrong, signed,
        sshsig::{key_print, same_key},
    },
    people::Role,
    value::Value,
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
            let says = format!(
                "No SSH key is registered for {}. docket sign --register FILE takes it in, or \"Register SSH key\" in the palette.",
                me.name
            );
            return Err(Trouble::Usage(says));
        }
        Ok(me.ssh_key.to_string())
    }

    /// Registers the public key of whoever sits here; says by what people compare it.
    pub fn register_key(&mut self, role: Option<Role>, line: &str) -> Result<String, Trouble> {
        let print = key_print(line).map_err(|why| Trouble::Usage(format!("{why} Nothing was changed.")))?;
        self.own_key(role, &Command::RegisterKey(Line::new(line.trim())))?;
        Ok(print)
    }

    /// Withdraws the public key of whoever sits here; says by what people compare it.
    pub fn withdraw_key(&mut self, role: Option<Role>, why: &Prose) -> Result<String, Trouble> {
        let key = self.my_key()?;
        self.own_key(role, &Command::WithdrawKey(why.clone()))?;
        Ok(key_print(&key).unwrap_or_default())
    }

    /// A key is everybody's own, whatever their hat: the log names the one that is worn, else one that is held.
    fn own_key(&mut self, role: Option<Role>, command: &Command) -> Result<(), Trouble> {
        let held = self.hats()?;
        let role = role.or_else(|| held.iter().copied().find(|role| Role::REVIEW.contains(role)));
        let role = role.or_else(|| held.first().copied());
        let role = role.map_or_else(|| self.last_hat(None), |role| Ok(Some(role)))?.unwrap_or(Role::Owner);
        self.execute(None, role, command)?;
        Ok(())
    }

    /// Reads a public key: a line, or the file that holds one.
    pub fn public_key(&self, said: &str) -> Result<String, Trouble> {
        let said = said.trim();
        if key_print(said).is_ok() {
            return Ok(said.to_owned());
        }
        let path = super::expanded(said);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(text.trim().to_owned()),
            // What is no file is a line that was meant as a key, and is refused as one.
            Err(_) if said.contains(' ') => Ok(said.to_owned()),
            Err(error) => {
                Err(Trouble::Usage(format!("{} could not be read ({error}). Nothing was changed.", path.display())))
            }
        }
    }

    /// Has one act of whoever sits here signed by ssh-keygen and keeps the signature; says what was signed.
    pub fn sign_act(&mut self, system: Id, (sort, act): (SignedAct, Id), asking: Asking) -> Result<String, Trouble> {
        let public = self.my_key()?;
        let dossier = self.dossier(system)?;
        let found = signable(&dossier, sort, act);
        let act = found.ok_or_else(|| Trouble::Usage("What is to be signed is not in the record any more.".into()))?;
        let armored = by_ssh_keygen(&public, &act.text(), asking)?;
        self.keep_signature(system, &act, None, &armored)?;
        let print = key_print(&public).unwrap_or_default();
        Ok(format!("Signed with SSH key {print}: {}.", act.title(&dossier)))
    }

    /// The signatures that do not hold, each in a whole sentence, and the keys that were withdrawn with what they signed.
    pub(super) fn signatures_checked(&self) -> Result<(Vec<String>, Vec<String>), Trouble> {
        let store = self.as_saved()?;
        let (mut wrong, mut by_key) = (Vec::new(), BTreeMap::<(Id, String), Vec<i64>>::new());
        for system in store.systems_with(Kind::Signature)? {
            let dossier = self.dossier(system)?;
            for signature in &dossier.signatures {
                let n = store.entity_history(signature.id)?.last().map_or(0, |entry| entry.n);
                let keys = signature.person.map_or(Ok(Vec::new()), |who| self.key_turns(who.0))?;
                if let Some(why) = signature_wrong(&dossier, signature).or_else(|| out_of_turn(&keys, signature, n)) {
                    wrong.push(named(&dossier, signature, n, &why));
                } else {
                    let print = key_print(signature.key.as_str()).unwrap_or_default();
                    by_key.entry((signature.person.map_or(Id([0; 16]), |who| who.0), print)).or_default().push(n);
                }
            }
        }
        Ok((wrong, self.withdrawn_keys(&by_key)?))
    }

    /// Every turn of the key of a person: by which entry, and to which one.
    fn key_turns(&self, person: Id) -> Result<Vec<KeyTurn>, Trouble> {
        let mut turns = Vec::new();
        for entry in self.as_saved()?.entity_history(person)?.into_iter().rev() {
            let set = entry.body.set.iter().find(|change| change.field == "ssh_key");
            let line = match set.map(|change| &change.new) {
                None => continue,
                Some(Value::Text(line)) => line.clone(),
                Some(Value::Null | Value::Int(_) | Value::List(_)) => String::new(),
            };
            turns.push(KeyTurn { n: entry.n, line });
        }
        Ok(turns)
    }

    /// What is to be said of keys that were withdrawn: by which entry, and which signatures hold all the same.
    fn withdrawn_keys(&self, by_key: &BTreeMap<(Id, String), Vec<i64>>) -> Result<Vec<String>, Trouble> {
        let people = self.as_saved()?.people()?;
        let mut out = Vec::new();
        for person in &people.people {
            let turns = self.key_turns(person.id)?;
            for pair in turns.windows(2).filter(|pair| !pair[0].line.is_empty() && pair[1].line.is_empty()) {
                let print = key_print(&pair[0].line).unwrap_or_default();
                let signed = by_key.get(&(person.id, print.clone())).map_or(&[][..], Vec::as_slice);
                let held: Vec<String> = signed.iter().map(|n| format!("entry {n}")).collect();
                let held = match held.len() {
                    0 => "it signed nothing that is in the record".to_owned(),
                    _ => format!("what it signed before holds: {}", held.join(", ")),
                };
                let (name, n) = (&person.name, pair[1].n);
                out.push(format!("Entry {n} withdrew the SSH key {print} of {name}; {held}."));
            }
        }
        Ok(out)
    }
}

/// An entry that changed the key of a person.
struct KeyTurn {
    n: i64,
    line: String,
}

/// Why a signature does not hold by the order of the journal: its key was not the registered one at its entry.
fn out_of_turn(turns: &[KeyTurn], signature: &Signature, n: i64) -> Option<String> {
    let before = turns.iter().rposition(|turn| turn.n < n);
    if before.is_some_and(|at| same_key(&turns[at].line, signature.key.as_str())) {
        return None;
    }
    let was =
        turns[..before.map_or(0, |at| at + 1)].iter().rposition(|turn| same_key(&turn.line, signature.key.as_str()));
    Some(match was.and_then(|at| turns.get(at + 1)) {
        Some(end) => {
            let word = if end.line.is_empty() { "withdrawn" } else { "replaced" };
            format!("It was made after its key was {word} by entry {}.", end.n)
        }
        None => "It was made before its key was registered.".to_owned(),
    })
}

fn named(dossier: &Dossier, signature: &Signature, n: i64, why: &str) -> String {
    let who = signature.person.and_then(|who| dossier.person_name(who.0));
    let who = who.map_or("nobody known", |name| name.as_str());
    let act = signables(dossier).into_iter().find(|act| Some(act.id) == signature.act);
    let act = act.map_or_else(|| "an act".to_owned(), |act| act.title(dossier));
    let name = dossier.name();
    format!("The SSH signature of {who} on the {act} in \"{name}\" (entry {n}) does not hold. {why}")
}
