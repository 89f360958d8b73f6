//! The register over all systems: looked at slice by slice, and changed over several systems in one command.

use std::collections::BTreeSet;

use super::{Desk, Trouble, summary_today};
use crate::{
    clock,
    domain::{
        Id, Kind, Prose, Refusal, Rule,
        command::{Command, Fields},
        decision::counted,
        page::{Across, AllThreats, Chosen, MARKS, QUEUE, Query, QueueItem},
        people::Role,
        rules::decide,
    },
    store::{Ask, Scan, Stopped, Store},
};

/// Told after each system how many are done and how many there are; says whether to go on.
pub type Going<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// The setting that says how the register over all systems was looked at last.
const LOOK: &str = "portfolio";

impl Desk {
    /// Begins to look at the threats of all systems, for so many rows at a time.
    pub fn look(&self, query: Query, count: usize) -> Result<AllThreats, Trouble> {
        let store = self.store()?;
        let before = self.scan.take();
        let (scan, found) = store.look(query, count, before, clock::today())?;
        self.scan.replace(Some(scan));
        Ok(AllThreats { look: store.setting(LOOK)?, ..found })
    }

    /// Looks at them as they were looked at last: in that order, with that filter.
    pub fn look_as_kept(&self, count: usize) -> Result<AllThreats, Trouble> {
        let kept = self.store()?.setting(LOOK)?;
        let query = kept.as_deref().and_then(|text| Query::from_text(text.lines().nth(1)?));
        let found = self.look(query.clone().unwrap_or_default(), count)?;
        Ok(AllThreats { query: Some(query.unwrap_or_default()), ..found })
    }

    /// Looks on for as long as a key may wait.
    pub fn look_on(&self) -> Result<AllThreats, Trouble> {
        self.looking_at(Store::look_on)
    }

    /// Whether there is something left to look at.
    pub fn looking(&self) -> bool {
        self.scan.borrow().as_ref().is_some_and(Scan::unfinished)
    }

    /// Another part of the same look.
    pub fn part(&self, from: usize, count: usize) -> Result<AllThreats, Trouble> {
        self.looking_at(|store, scan| store.part(scan, from, count))
    }

    /// The last part of the same look.
    pub fn last_part(&self, count: usize) -> Result<AllThreats, Trouble> {
        self.looking_at(|store, scan| store.last_part(scan, count))
    }

    /// The same look at the record as it is now.
    pub fn look_again(&self, from: usize, count: usize) -> Result<AllThreats, Trouble> {
        self.looking_at(|store, scan| store.look_again(scan, from, count, clock::today()))
    }

    fn looking_at<T>(&self, run: impl FnOnce(&Store, &mut Scan) -> anyhow::Result<T>) -> Result<T, Trouble> {
        let store = self.store()?;
        let mut scan = self.scan.borrow_mut();
        let scan = scan.as_mut().ok_or_else(|| Trouble::Usage("Nothing is looked for.".into()))?;
        Ok(run(store, scan)?)
    }

    /// Every threat that fits, to be marked: one by one, or where they are many as all that fit.
    pub fn all_that_fit(&self) -> Result<Chosen, Trouble> {
        let many = {
            let scan = self.scan.borrow();
            let counted = scan.as_ref().filter(|scan| !scan.unfinished()).map(Scan::matches);
            counted.ok_or_else(|| {
                Trouble::Usage("They are still being counted. Mark all of them when the count has ended.".into())
            })?
        };
        if many > MARKS {
            return Ok(Chosen::AllBut(BTreeSet::new()));
        }
        Ok(Chosen::These(self.looking_at(Store::all_that_fit)?))
    }

    /// The threats that are meant, system by system.
    fn meant(&self, chosen: &Chosen) -> Result<Across, Trouble> {
        Ok(match chosen {
            Chosen::These(all) => all.clone(),
            Chosen::AllBut(not) => {
                let mut all = self.looking_at(Store::all_that_fit)?;
                for (_, ids) in &mut all {
                    ids.retain(|id| !not.contains(id));
                }
                all.retain(|(_, ids)| !ids.is_empty());
                all
            }
        })
    }

    /// What of it waits to be rated by whoever sits here in this hat.
    pub(super) fn unscored_shown(&self, role: Role) -> Result<Vec<QueueItem>, Trouble> {
        let me = self.me().ok_or_else(|| Trouble::Usage("Nobody sits here yet.".into()))?;
        self.looking_at(|store, scan| store.unscored_of(scan, (me, role), clock::today(), QUEUE))
    }

    /// Sets the same fields of threats of several systems: all of them or none, in one command that one undo takes back.
    pub fn edit_across(
        &mut self,
        role: Role,
        chosen: &Chosen,
        set: &Fields,
        going: Going<'_>,
    ) -> Result<(AllThreats, String), Trouble> {
        let edit = |ids: &[Id]| Command::EditAll { kind: Kind::Threat, ids: ids.to_vec(), set: set.clone() };
        let (part, threats) = self.changed_across(role, chosen, &edit, going)?;
        Ok((part, format!("Saved: {}.", several(&threats))))
    }

    /// Withdraws threats of several systems for one reason: all of them or none.
    pub fn withdraw_across(
        &mut self,
        role: Role,
        chosen: &Chosen,
        why: &Prose,
        going: Going<'_>,
    ) -> Result<(AllThreats, String), Trouble> {
        let withdraw = |ids: &[Id]| Command::WithdrawAll { kind: Kind::Threat, ids: ids.to_vec(), why: why.clone() };
        let (part, threats) = self.changed_across(role, chosen, &withdraw, going)?;
        let says = format!("Withdrawn: {}; u brings them back.", several(&threats));
        Ok((AllThreats { unmark: true, ..part }, says))
    }

    /// Writes threats of several systems a second time, each in its own system: all of them or none.
    pub fn duplicate_across(&mut self, role: Role, chosen: &Chosen, going: Going<'_>) -> Result<String, Trouble> {
        let threats = self.meant(chosen)?;
        self.do_across(role, &threats, &|ids| Command::Duplicate(ids.to_vec()), going)?;
        Ok(format!("Written a second time: {}.", several(&threats)))
    }

    /// Does it, and reads what is shown again: the rows stay where they are. Where all that fit were meant these are as
    /// many as there may be: then it is looked anew, and nothing is marked any more.
    fn changed_across(
        &mut self,
        role: Role,
        chosen: &Chosen,
        make: &dyn Fn(&[Id]) -> Command,
        going: Going<'_>,
    ) -> Result<(AllThreats, Across), Trouble> {
        let threats = self.meant(chosen)?;
        if matches!(chosen, Chosen::AllBut(_)) {
            let (from, count) = self.looking_at(|_, scan| Ok(scan.shown()))?;
            self.do_across(role, &threats, make, going)?;
            let found = self.look_again(from, count)?;
            return Ok((AllThreats { unmark: true, ..found }, threats));
        }
        let ids: Vec<Id> = threats.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
        let before = self.looking_at(|store, scan| store.fitting(scan, &ids))?;
        self.do_across(role, &threats, make, going)?;
        let found = self.looking_at(|store, scan| store.changed(scan, &before, &ids))?;
        Ok((found, threats))
    }

    /// One command for threats of several systems, system by system in one transaction.
    fn do_across(
        &mut self,
        role: Role,
        threats: &Across,
        make: &dyn Fn(&[Id]) -> Command,
        going: Going<'_>,
    ) -> Result<(), Trouble> {
        let many = threats.len();
        let stamp = self.stamp(role)?;
        let mut steps = threats.iter().map(|(system, ids)| {
            let command = make(ids);
            let stamp = &stamp;
            let ask: Ask<'_, Refusal> = Box::new(move |dossier| match decide(dossier, &command, stamp) {
                // Of a system where all of them hold it already there is nothing to write.
                Err(refused) if refused.rule == Rule::NothingChanged => Ok(Vec::new()),
                Err(refused) => Err(Refusal { says: format!("{}: {}", dossier.name(), refused.says), ..refused }),
                done => done,
            });
            (Some(*system), ask)
        });
        let done = self.store_mut()?.batch(&stamp, &summary_today, &mut steps, &mut |done| going(done.steps, many))?;
        match done {
            Ok(done) if done.entries.is_empty() => Err(Trouble::Usage("That is what they hold already.".into())),
            Ok(_) => Ok(()),
            Err(Stopped::Refused(_, mut refusal)) => {
                if threats.len() > 1 {
                    refusal.says = format!("{} Nothing was changed in any system.", refusal.says);
                }
                Err(refusal.into())
            }
            Err(Stopped::Cancelled) => Err(Trouble::Usage("It was stopped. Nothing was changed in any system.".into())),
        }
    }
}

/// How many threats, and of how many systems where it is not one.
fn several(threats: &Across) -> String {
    let what = counted(threats.iter().map(|(_, ids)| ids.len()).sum(), "threat", "threats");
    let of = if threats.len() > 1 { format!(" of {} systems", threats.len()) } else { String::new() };
    format!("{what}{of}")
}
