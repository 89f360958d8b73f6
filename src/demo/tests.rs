//! The sample against the rules: no refusal, plausible times, the same record again.

use std::collections::BTreeSet;

use super::*;
use crate::domain::{Dossier, fields::Entity, rules, system::Tier, value::Value};
use chrono::{DateTime, Datelike, Timelike, Utc, Weekday};

/// A record in memory.
#[derive(Default)]
pub struct World {
    pub record: Dossier,
    pub systems: BTreeMap<Id, Dossier>,
    pub events: Vec<(Moment, Event)>,
}

impl World {
    fn perform(&mut self, subject: Option<Id>, command: &Command, stamp: &Stamp) -> Result<Vec<Event>, String> {
        let dossier = match subject {
            None => &mut self.record,
            Some(id) => {
                let fresh = || Dossier { subject, ..Dossier::default() };
                let dossier = self.systems.entry(id).or_insert_with(fresh);
                dossier.people.clone_from(&self.record.people);
                dossier.defaults.clone_from(&self.record.defaults);
                dossier
            }
        };
        let events = rules::decide(dossier, command, stamp).map_err(|refusal| format!("{refusal:?}"))?;
        for event in &events {
            dossier.apply(event);
            self.events.push((stamp.at, event.clone()));
        }
        if subject.is_none() {
            dossier.defaults = dossier.assignments.clone();
        }
        Ok(events)
    }
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn played(today: Day) -> (World, Demo) {
    let mut world = World::default();
    let demo = run(today, &mut |subject, command, stamp| world.perform(subject, command, stamp)).unwrap();
    (world, demo)
}

/// Days on which the sample has to work: year's end, leap days, every day of a week.
pub fn days() -> Vec<Day> {
    let odd = ["2026-12-31", "2027-01-01", "2028-02-29", "2028-03-01", "2028-10-29", "2032-06-14"];
    let week = (0..7).map(|n| day("2026-11-16").plus(n));
    odd.iter().map(|text| day(text)).chain(week).collect()
}

fn time(at: Moment) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.0).unwrap()
}

#[test]
fn no_act_is_refused_on_any_day() {
    for today in days() {
        let (world, demo) = played(today);
        assert!(world.systems.len() >= 12 && world.systems.len() == demo.systems.len());
        assert!(demo.commands < 1_200, "{} commands", demo.commands);
    }
}

#[test]
fn the_history_spans_months_of_working_hours_and_never_the_future() {
    for today in days() {
        let acts = script(today).unwrap();
        let (first, last) = (acts.first().unwrap().at, acts.last().unwrap().at);
        assert!(clock::day_of(first).days_to(clock::day_of(last)) > 150);
        assert!(clock::day_of(last) < today && clock::day_of(last).plus(5) > today);
        for act in &acts {
            let at = time(act.at);
            assert!((8..18).contains(&at.hour()), "{} at {at}", act.words());
            assert!(!matches!(at.weekday(), Weekday::Sat | Weekday::Sun), "{} at {at}", act.words());
        }
        assert!(acts.is_sorted_by(|a, b| a.at <= b.at));
    }
}

#[test]
fn the_same_day_gives_the_same_record() {
    let (one, two) = (played(day("2026-11-21")).0, played(day("2026-11-21")).0);
    assert_eq!(one.events, two.events);
    assert_eq!(one.systems, two.systems);
}

#[test]
fn nothing_has_the_identity_of_something_else() {
    let (world, _) = played(day("2026-11-21"));
    let made: Vec<Id> = world
        .systems
        .values()
        .flat_map(|d| Kind::ALL.iter().flat_map(|kind| d.rows(*kind)))
        .filter(|row| !matches!(row.kind(), Kind::Person))
        .map(Entity::id)
        .collect();
    assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), made.len());
}

#[test]
fn titles_are_unique() {
    let (world, _) = played(day("2026-11-21"));
    let mut names = BTreeSet::new();
    for dossier in world.systems.values() {
        assert!(names.insert(dossier.name().to_owned()), "{}", dossier.name());
        for kind in [Kind::Threat, Kind::Control, Kind::Evidence] {
            for row in dossier.rows(kind) {
                let Value::Text(title) = row.get("title") else { panic!("no title in {}", dossier.name()) };
                assert!(names.insert(title.clone()), "{title} twice");
            }
        }
    }
}

#[test]
fn the_content_names_only_kinds_that_there_are() {
    for sheet in sheet::sheets().unwrap() {
        for code in sheet.rows.keys() {
            assert!(Kind::parse(code).is_some(), "{}: {code}", sheet.key);
        }
    }
}

#[test]
fn every_tier_and_several_scripts_occur() {
    let (world, _) = played(day("2026-11-21"));
    for tier in Tier::ALL {
        assert!(world.systems.values().any(|d| d.tier() == Some(tier)), "{tier:?}");
    }
    let letters = |from: char, to: char| {
        world.record.people.iter().any(|p| p.name.as_str().chars().any(|c| (from..=to).contains(&c)))
    };
    assert!(letters('\u{4e00}', '\u{9fff}') && letters('\u{400}', '\u{4ff}') && letters('\u{370}', '\u{3ff}'));
}

#[test]
fn a_system_under_review_has_a_real_register() {
    let (world, demo) = played(day("2026-11-21"));
    for (key, id) in demo.systems.iter().filter(|(key, _)| !["code", "tickets", "tutor", "routes"].contains(&&**key)) {
        let threats = world.systems[id].threats.len();
        assert!((4..=9).contains(&threats), "{key} has {threats} threats");
    }
}
