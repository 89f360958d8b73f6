//! The register over all systems: looked at slice by slice, and changed over several systems in one command.

use super::{Desk, Trouble, summary_today};
use crate::{
    clock,
    domain::{
        Id, Kind, Refusal, Rule,
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
            let says = format!("At most {MARKS} threats are marked at once. Filter for fewer, and let the count end.");
            Trouble::Usage(says)
        })
    }

    /// What of it waits to be rated by whoever sits here in this hat.
    pub(super) fn unscored_shown(&self, role: Role) -> Result<Vec<QueueItem>, Trouble> {
        let me = self.me().ok_or_else(|| Trouble::Usage("Nobody sits here yet.".into()))?;
        self.looking_at(|store, scan| store.unscored_of(scan, (me, role), clock::today(), QUEUE))
    }

    /// Sets the same fields of threats of several systems: all of them or none, in one command that one undo takes back.
    pub fn edit_across(&mut self, role: Role, threats: &Across, set: &Fields) -> Result<(AllThreats, String), Trouble> {
        let stamp = self.stamp(role)?;
        let ids: Vec<Id> = threats.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
        let before = self.looking_at(|store, scan| store.fitting(scan, &ids))?;
        let mut steps = threats.iter().map(|(system, ids)| {
            let command = Command::EditAll { kind: Kind::Threat, ids: ids.clone(), set: set.clone() };
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
        let entries = match done {
            Ok(done) => done.entries,
            Err(Stopped::Refused(_, mut refusal)) => {
                if threats.len() > 1 {
                    refusal.says = format!("{} Nothing was changed in any system.", refusal.says);
                }
                return Err(refusal.into());
            }
            Err(Stopped::Cancelled) => return Err(Trouble::Usage("It was stopped.".into())),
        };
        if entries.is_empty() {
            return Err(Trouble::Usage("That is what they hold already.".into()));
        }
        let found = self.looking_at(|store, scan| store.changed(scan, &before, &ids))?;
        let what = counted(ids.len(), "threat", "threats");
        let of = if threats.len() > 1 { format!(" of {} systems", threats.len()) } else { String::new() };
        Ok((found, format!("Saved: {what}{of}.")))
    }
}
