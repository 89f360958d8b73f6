//! The sample against the rules: no refusal, every stage, deterministic.

use super::*;
use crate::domain::{Dossier, fields::Day, rules};

/// A record in memory.
#[derive(Default)]
struct World {
    record: Dossier,
    systems: BTreeMap<Id, Dossier>,
    events: Vec<(Moment, Event)>,
}

impl World {
    fn perform(&mut self, subject: Option<Id>, command: &Command, stamp: &Stamp) -> Result<Vec<Event>, String> {
        let dossier = match subject {
            None => &mut self.record,
            Some(id) => {
                let fresh = || Dossier { subject, ..Dossier::default() };
                let dossier = self.systems.entry(id).or_insert_with(fresh);
                dossier.people.clone_from(&self.record.people);
                dossier.defaults.clone_from(&self.record.assignments);
                dossier
            }
        };
        let events = rules::decide(dossier, command, stamp).map_err(|refusal| format!("{refusal:?}"))?;
        for event in &events {
            dossier.apply(event);
            self.events.push((stamp.at, event.clone()));
        }
        Ok(events)
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn played(today: Day) -> (World, Demo) {
    let mut world = World::default();
    let demo = run(today, &mut |subject, command, stamp| world.perform(subject, command, stamp)).unwrap();
    (world, demo)
}

#[test]
fn no_act_is_refused() {
    for today in ["2026-11-21", "2027-01-01", "2028-02-29", "2028-03-01", "2026-12-31", "2027-06-14"] {
        let (world, demo) = played(day(today));
        assert_eq!(world.systems.len(), demo.systems.len());
    }
}
