//! What a queue is made of, and its first thing.

use super::{Desk, Trouble};
use crate::{
    clock,
    domain::{
        Dossier, Id,
        fields::Vocabulary,
        page::{QUEUE, QueueItem, QueueOf},
        people::Role,
        register::{Plan, Threat},
    },
};

impl Desk {
    /// What waits to be rated or tiered by whoever sits here in this hat, how many more there are than are handed out,
    /// and the system of the first; a sentence where nothing waits.
    pub fn queue(&self, of: QueueOf, role: Role) -> Result<(Vec<QueueItem>, usize, Dossier), Trouble> {
        let me = self.me().ok_or_else(|| Trouble::Usage("Nobody sits here yet.".into()))?;
        let (store, today) = (self.store()?, clock::today());
        let (mut items, all) = match of {
            QueueOf::Threats(Some(system)) => {
                let items = self.unscored_of(system)?;
                let all = items.len();
                (items, all)
            }
            QueueOf::Threats(None) => (store.unscored(me, role, today, QUEUE)?, store.waiting(me, role, today)?.0),
            QueueOf::Shown => {
                let items = self.unscored_shown(role)?;
                let all = items.len();
                (items, all)
            }
            QueueOf::Intakes => (store.untiered(me, role, today, QUEUE)?, store.waiting(me, role, today)?.1),
        };
        items.truncate(QUEUE);
        let beyond = all.saturating_sub(items.len());
        let nothing = match of {
            QueueOf::Threats(Some(_)) => "Every threat of this system is scored.",
            QueueOf::Threats(None) => "Every threat of every system where you act as this role is scored.",
            QueueOf::Shown => "Of what is shown, every threat of every system where you act as this role is scored.",
            QueueOf::Intakes => "Every system where you act as this role has a tier.",
        };
        let Some(first) = items.first().map(|item| item.system) else {
            return Err(Trouble::Usage(format!("{nothing}{}", self.elsewhere(of, role)?)));
        };
        Ok((items, beyond, self.dossier(first)?))
    }

    /// In which other hat something would wait.
    fn elsewhere(&self, of: QueueOf, role: Role) -> Result<String, Trouble> {
        let tiering = [Role::Owner, Role::Security, Role::Dpo, Role::Operator, Role::Builder];
        let wanted: &[Role] = match of {
            QueueOf::Threats(Some(_)) => &[],
            QueueOf::Threats(None) | QueueOf::Shown => &[Role::Security],
            QueueOf::Intakes => &tiering,
        };
        let me = self.me().unwrap_or(Id([0; 16]));
        for other in wanted.iter().filter(|other| **other != role) {
            let (threats, systems) = self.store()?.waiting(me, *other, clock::today())?;
            let count = if of == QueueOf::Intakes { systems } else { threats };
            if count > 0 {
                return Ok(format!(
                    " As {} you have {count} waiting: r {} changes the hat.",
                    other.label(),
                    other.letter()
                ));
            }
        }
        Ok(String::new())
    }

    fn unscored_of(&self, system: Id) -> Result<Vec<QueueItem>, Trouble> {
        let dossier = self.dossier(system)?;
        let plan = Plan::of(&dossier, clock::today());
        let waits = |threat: &&Threat| threat.counts() && plan.ratings(threat).inherent.is_none();
        let tier = dossier.tier().map(|tier| tier.code().to_owned()).unwrap_or_default();
        let item = |threat: &Threat| QueueItem {
            system,
            name: dossier.name().to_owned(),
            tier: tier.clone(),
            threat: Some(threat.id),
            title: threat.title.to_string(),
        };
        Ok(dossier.live_threats().filter(waits).map(item).collect())
    }
}
