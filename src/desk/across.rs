//! The register over all systems: looked at slice by slice, and changed over several systems in one command.

use super::{Desk, Trouble, summary_today};
use crate::{
    clock,
    domain::{
        Id, Kind, Prose, Refusal, Rule,
        command::{Command, Fields},
        decision::counted,
        page::{Across, AllThreats, MARKS, QUEUE, Query, QueueItem},
        people::Role,
        rules::decide,
    },
    store::{Ask, Scan, Stopped, Store},
};

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

    /// Every threat that fits, to be marked.
    pub fn all_that_fit(&self) -> Result<Across, Trouble> {
        let all = self.looking_at(|store, scan| store.all_that_fit(scan, MARKS))?;
        all.ok_or_else(|| {
            let scan = self.scan.borrow();
            let counted = scan.as_ref().filter(|scan| !scan.unfinished()).map(Scan::matches);
            Trouble::Usage(counted.map_or_else(
                || "They are still being counted. Mark all of them when the count has ended.".to_owned(),
                |count| {
                    format!(
                        "{count} threats fit, and at most {MARKS} are marked at once: what is done to them is one \
                         command that one undo takes back. Filter for fewer."
                    )
                },
            ))
        })
    }

    /// What of it waits to be rated by whoever sits here in this hat.
    pub(super) fn unscored_shown(&self, role: Role) -> Result<Vec<QueueItem>, Trouble> {
        let me = self.me().ok_or_else(|| Trouble::Usage("Nobody sits here yet.".into()))?;
        self.looking_at(|store, scan| store.unscored_of(scan, (me, role), clock::today(), QUEUE))
    }

    /// Sets the same fields of threats of several systems: all of them or none, in one command that one undo takes back.
    pub fn edit_across(&mut self, role: Role, threats: &Across, set: &Fields) -> Result<(AllThreats, String), Trouble> {
        let edit = |ids: &[Id]| Command::EditAll { kind: Kind::Threat, ids: ids.to_vec(), set: set.clone() };
        self.changed_across(role, threats, &edit)
    }

    /// Withdraws threats of several systems for one reason: all of them or none.
    pub fn withdraw_across(
        &mut self,
        role: Role,
        threats: &Across,
        why: &Prose,
    ) -> Result<(AllThreats, String), Trouble> {
        let withdraw = |ids: &[Id]| Command::WithdrawAll { kind: Kind::Threat, ids: ids.to_vec(), why: why.clone() };
        let (part, _) = self.changed_across(role, threats, &withdraw)?;
        let says = format!("Withdrawn: {}; u brings them back.", several(threats));
        Ok((AllThreats { unmark: true, ..part }, says))
    }

    /// Writes threats of several systems a second time, each in its own system: all of them or none.
    pub fn duplicate_across(&mut self, role: Role, threats: &Across) -> Result<String, Trouble> {
        self.do_across(role, threats, &|ids| Command::Duplicate(ids.to_vec()))?;
        Ok(format!("Written a second time: {}.", several(threats)))
    }

    /// Does it, and reads what is shown again: the rows stay where they are.
    fn changed_across(
        &mut self,
        role: Role,
        threats: &Across,
        make: &dyn Fn(&[Id]) -> Command,
    ) -> Result<(AllThreats, String), Trouble> {
        let ids: Vec<Id> = threats.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
        let before = self.looking_at(|store, scan| store.fitting(scan, &ids))?;
        self.do_across(role, threats, make)?;
        let found = self.looking_at(|store, scan| store.changed(scan, &before, &ids))?;
        Ok((found, format!("Saved: {}.", several(threats))))
    }

    /// One command for threats of several systems, system by system in one transaction.
    fn do_across(&mut self, role: Role, threats: &Across, make: &dyn Fn(&[Id]) -> Command) -> Result<(), Trouble> {
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
        let done = self.store_mut()?.batch(&stamp, &summary_today, &mut steps, &mut |_| true)?;
        match done {
            Ok(done) if done.entries.is_empty() => Err(Trouble::Usage("That is what they hold already.".into())),
            Ok(_) => Ok(()),
            Err(Stopped::Refused(_, mut refusal)) => {
                if threats.len() > 1 {
                    refusal.says = format!("{} Nothing was changed in any system.", refusal.says);
                }
                Err(refusal.into())
            }
            Err(Stopped::Cancelled) => Err(Trouble::Usage("It was stopped.".into())),
        }
    }
}

/// How many threats, and of how many systems where it is not one.
fn several(threats: &Across) -> String {
    let what = counted(threats.iter().map(|(_, ids)| ids.len()).sum(), "threat", "threats");
    let of = if threats.len() > 1 { format!(" of {} systems", threats.len()) } else { String::new() };
    format!("{what}{of}")
}
