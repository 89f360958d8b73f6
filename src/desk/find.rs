//! Finding a person or a system by what somebody wrote of the name.

use super::{Desk, Trouble};
use crate::{
    clock,
    domain::{Id, Kind, people::Role},
    store::Hit,
};

impl Desk {
    /// Sits down as the person of this name, or of whose name this is the one beginning.
    pub fn sit(&mut self, name: &str) -> Result<Id, Trouble> {
        let person = self.person(name)?;
        self.me = Some(person);
        if self.store()?.read_only().is_none() {
            self.store_mut()?.put_setting("me", &person.to_string())?;
        }
        Ok(person)
    }

    /// The person of this name, or of whose name this is the one beginning.
    pub fn person(&self, name: &str) -> Result<Id, Trouble> {
        let record = self.store()?.people()?;
        let wanted = name.trim().to_lowercase();
        let people = || record.people.iter().filter(|person| !person.archived);
        let exact = people().find(|person| person.name.as_str().to_lowercase() == wanted);
        let found: Vec<_> =
            people().filter(|person| person.name.as_str().to_lowercase().starts_with(&wanted)).collect();
        match (exact, found.as_slice()) {
            (Some(person), _) => Ok(person.id),
            (None, [person]) => Ok(person.id),
            (None, _) => {
                let names: Vec<_> = people().map(|person| person.name.as_str()).collect();
                let known = names.join(", ");
                Err(Trouble::Usage(format!("Nobody here is called \"{name}\". The record knows: {known}.")))
            }
        }
    }

    /// Every system, the most pressing first.
    pub fn systems(&self) -> Result<Vec<Id>, Trouble> {
        let store = self.store()?;
        let total = store.totals(crate::clock::today())?.systems as usize;
        Ok(store.dashboard(0, total)?.into_iter().map(|(id, _)| id).collect())
    }

    /// The system of this name, of whose name this is the one beginning, or of this identity.
    pub fn find(&self, name: &str) -> Result<Id, Trouble> {
        let store = self.store()?;
        if let Some(id) = Id::parse(name).filter(|id| store.dossier(Some(*id)).is_ok_and(|d| d.system().is_some())) {
            return Ok(id);
        }
        let wanted = name.trim().to_lowercase();
        if wanted.is_empty() {
            return Err(Trouble::Usage("The name of the system is empty. docket list shows them all.".into()));
        }
        let hits = store.search(name, 50)?;
        let begins = |hit: &&Hit| hit.kind == Kind::System && hit.text.as_str().to_lowercase().starts_with(&wanted);
        let systems: Vec<_> = hits.iter().filter(begins).collect();
        let exact: Vec<_> = systems.iter().filter(|hit| hit.text.as_str().to_lowercase() == wanted).copied().collect();
        let several = match (exact.as_slice(), systems.as_slice()) {
            ([one], _) | ([], [one]) => return Ok(one.system),
            ([], []) => {
                return Err(Trouble::Usage(format!(
                    "There is no system called \"{name}\". docket list shows them all."
                )));
            }
            ([], several) => {
                let names: Vec<_> = several.iter().take(5).map(|hit| hit.text.as_str()).collect();
                return Err(Trouble::Usage(format!(
                    "\"{name}\" could be several systems: {}. Write more of the name.",
                    names.join(", ")
                )));
            }
            (several, _) => several.iter().take(5).map(|hit| hit.system.to_string()).collect::<Vec<_>>(),
        };
        Err(Trouble::Usage(format!(
            "Several systems are called \"{name}\". Name one by its identity: {}.",
            several.join(", ")
        )))
    }

    /// The hat in which whoever sits here takes in a file: one that they hold there, so that it is not refused in vain.
    pub fn importing_hat(&self, system: Option<Id>) -> Result<Role, Trouble> {
        let Some(me) = self.me else { return Ok(Role::Security) };
        let held = self.store()?.dossier(system)?.roles_of(me, clock::today());
        let first = [Role::Security, Role::Owner].into_iter().find(|role| held.contains(role));
        Ok(first.or_else(|| held.first().copied()).unwrap_or(Role::Security))
    }
}
